/** Turns whatever was thrown into one diagnostic: no stack trace ever reaches a user, unless asked for. */
import { createDiagnostic } from '../diagnostics/catalog.ts';
import { type Diagnostic, DiagnosticError } from '../diagnostics/diagnostic.ts';
import { report, type Session, STATUS } from './session.ts';

/** Standard output was closed by its reader (`sh2sfn graph x.sh | head -1`). */
export class OutputClosedError extends Error {}

/** What the operating system says of a file that cannot be written. */
const WRITE_FAULTS: Record<string, string> = {
  EACCES: 'permission denied',
  EPERM: 'the operation is not permitted',
  EROFS: 'the file system is read-only',
  ENOSPC: 'no space is left on the device',
  EDQUOT: 'the disk quota is exceeded',
  EFBIG: 'the file is too large',
  EIO: 'the device reports an error',
  ENOTDIR: 'a part of the path is not a directory',
  EEXIST: 'a part of the path is not a directory',
  EISDIR: 'it is a directory',
  ENOENT: 'a part of the path does not exist',
  ELOOP: 'the path has too many symbolic links',
  ENAMETOOLONG: 'the name is too long',
  EMFILE: 'too many files are open',
  ENFILE: 'too many files are open',
};

/** True for an error of the operating system. */
export function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && typeof (error as NodeJS.ErrnoException).code === 'string' && 'errno' in error;
}

/** Diagnostic for a failure to write `path`; undefined if the error is of another kind. */
export function writeDiagnostic(error: unknown, path: string): Diagnostic | undefined {
  if (error instanceof Error && error.name === 'NotABundleError') {
    return createDiagnostic('SH9002', {
      message: `cannot write \`${path}\`: it exists and is not a bundle`,
      hints: ['choose another directory with `-o`, or remove this one yourself'],
    });
  }
  if (!isSystemError(error)) return undefined;
  const reason = WRITE_FAULTS[error.code ?? ''] ?? `error ${error.code}`;
  return createDiagnostic('SH9002', {
    message: `cannot write \`${path}\`: ${reason}`,
    hints: ['make room, choose another place with `-o`, or change the permissions; nothing was changed'],
  });
}

/** Reports an error that ended a command, and answers the exit status. */
export function reportError(session: Session, error: unknown): number {
  if (error instanceof OutputClosedError) return 141;
  if (error instanceof DiagnosticError) {
    report(session, error.diagnostics);
    return STATUS.refused;
  }
  if (isSystemError(error) && error.code === 'EINVAL' && error.syscall?.startsWith('spawn')) {
    // A shell's channels have numbers beyond those that scripts use.
    report(session, [
      createDiagnostic('SH9004', {
        message: 'the limit of open files (`ulimit -n`) is below 256',
        hints: ['raise the hard limit to 256 or more; a script that sets a lower one for itself may be run'],
      }),
    ]);
    return STATUS.refused;
  }
  const details = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  report(session, [
    createDiagnostic('SH9001', {
      message: 'sh2sfn met an error that it did not expect',
      cause: details.split('\n')[0]!.slice(0, 500),
      hints: ['this is a bug: please report it with the script, if you may; SH2SFN_DEBUG=1 prints the stack'],
    }),
  ]);
  if (session.env.SH2SFN_DEBUG === '1' && error instanceof Error) session.stderr(`${error.stack}\n`);
  return STATUS.failed;
}
