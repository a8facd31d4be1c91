/** Errors of the AWS SDK as diagnostics: the outside world's doing is never a stack trace. */
import { createDiagnostic } from '../diagnostics/catalog.ts';
import { type Diagnostic, DiagnosticError } from '../diagnostics/diagnostic.ts';

const UNREACHABLE = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ETIMEDOUT',
]);
const CREDENTIALS =
  /^(CredentialsProviderError|TokenProviderError|ExpiredToken.*|UnrecognizedClientException|InvalidClientTokenId|InvalidSignatureException|SignatureDoesNotMatch|AuthFailure|MissingAuthenticationToken.*)$/;

/** The name of a service's error, such as `ResourceNotFoundException`. */
export function errorName(error: unknown): string {
  return error instanceof Error ? error.name : '';
}

/** Whether a service answered that the thing does not exist. */
export function isMissing(error: unknown): boolean {
  return /^(ResourceNotFoundException|NoSuchEntity(Exception)?|StateMachineDoesNotExist|ExecutionDoesNotExist)$/.test(
    errorName(error),
  );
}

/** System error code, also where it is one of several behind one connection attempt. */
function systemCode(error: unknown): string {
  for (let at = error; at instanceof Error; at = at.cause) {
    if ('code' in at && typeof at.code === 'string') return at.code;
    if (at instanceof AggregateError && at.errors.length > 0) return systemCode(at.errors[0]);
  }
  return '';
}

/**
 * The diagnostic for an error that a call to AWS ended in.
 *
 * @param doing what was being done, such as "create the role sh2sfn-x"
 */
export function awsDiagnostic(error: unknown, doing: string): Diagnostic {
  const name = errorName(error);
  const text = (error instanceof Error ? error.message : String(error)).split('\n')[0]!.trim();
  const cause = name && name !== 'Error' ? `${name}: ${text}` : text;
  const code = systemCode(error);
  if (/^Region (is missing|not accepted)/.test(text)) {
    const hints = ['set AWS_REGION, or `region` in the profile'];
    const message = /missing/.test(text) ? 'no AWS region is configured' : 'the AWS region is not the name of one';
    return createDiagnostic('SH6003', { message, hints });
  }
  if (CREDENTIALS.test(name) || /could not load credentials/i.test(text)) {
    return createDiagnostic('SH6003', {
      message: 'there are no usable AWS credentials',
      hints: [
        'set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY; `aws sts get-caller-identity` shows whether they work',
      ],
      cause,
    });
  }
  if (UNREACHABLE.has(code) || name === 'TimeoutError') {
    return createDiagnostic('SH6004', {
      message: `the AWS endpoint does not answer: could not ${doing}`,
      hints: ['check --endpoint-url or AWS_ENDPOINT_URL, the region and the network'],
      cause: code ? `${code}: ${text || 'no answer'}` : cause,
    });
  }
  if (/^AccessDenied|^UnauthorizedOperation$|^NotAuthorized/.test(name)) {
    return createDiagnostic('SH6005', {
      message: `not authorized to ${doing}`,
      hints: ['the caller needs the permission that the message names'],
      cause,
    });
  }
  return createDiagnostic('SH6011', { message: `could not ${doing}`, hints: [], cause });
}

/** Runs a call to AWS; an error becomes a {@link DiagnosticError}. */
export async function calling<T>(doing: string, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (error instanceof DiagnosticError || isFault(error)) throw error;
    throw new DiagnosticError(awsDiagnostic(error, doing));
  }
}

/** A mistake of ours, which must stay visible as one. */
function isFault(error: unknown): boolean {
  return (
    (error instanceof TypeError && systemCode(error) === '') ||
    error instanceof RangeError ||
    error instanceof ReferenceError
  );
}

/** Like {@link calling}, with undefined where the thing does not exist. */
export async function finding<T>(doing: string, call: () => Promise<T>): Promise<T | undefined> {
  return calling(doing, async () => {
    try {
      return await call();
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  });
}
