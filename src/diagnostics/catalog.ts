/**
 * Every diagnostic that sh2sfn knows. Codes are numbered by hand and never reused: SH1xxx syntax, SH2xxx not supported,
 * SH3xxx differs from bash, SH4xxx limits of the target, SH5xxx roles, SH6xxx deploy, SH9xxx our fault or the machine's.
 * Each has a page docs/diagnostics/CODE.md; a test demands it.
 */

import type { Diagnostic } from './diagnostic.ts';

export type Severity = 'error' | 'warning' | 'note';

export interface CatalogEntry {
  slug: string;
  title: string;
  severity: Severity;
}

const error = (slug: string, title: string): CatalogEntry => ({ slug, title, severity: 'error' });
const warning = (slug: string, title: string): CatalogEntry => ({ slug, title, severity: 'warning' });

export const CATALOG = {
  SH1001: error('syntax-error', 'The script has a syntax error'),
  SH1002: error('unreadable-script', 'The script cannot be read'),
  SH1003: error('binary-script', 'The file is not a shell script'),
  SH1004: error('crlf-line-ends', 'The script has Windows line ends'),
  SH1005: error('unknown-directive', 'A directive has an unknown key'),
  SH1006: error('bad-directive-value', 'A directive has a wrong value'),
  SH1007: error('usage', 'The command line is wrong'),
  SH2001: error('not-supported-yet', 'The script uses something that is not supported yet'),
  SH2002: error('pipestatus-unset', 'PIPESTATUS is read before any command has set it'),
  SH4001: error('nesting-too-deep', 'The script is nested too deeply'),
  SH4002: error('definition-too-large', 'The state machine is too large'),
  SH5001: warning('unknown-permission', 'It is not known which permission a command needs'),
  SH5002: warning('unknown-resource', 'It is not known which resource a command touches'),
  SH5003: warning('dynamic-aws-command', 'Only run time knows which AWS call a command makes'),
  SH5004: error('bad-permission', 'A directive names no permission'),
  SH6001: error('streams-cross-steps', 'A stream would have to cross steps'),
  SH6002: error('command-not-in-lambda', 'A command does not exist in the Lambda runtime'),
  SH6003: error('no-credentials', 'There are no usable AWS credentials'),
  SH6004: error('endpoint-unreachable', 'The AWS endpoint does not answer'),
  SH6005: error('not-authorized', 'AWS refused a call'),
  SH6006: error('machine-not-found', 'There is no such deployed machine'),
  SH6007: error('execution-failed', 'An execution failed'),
  SH6008: error('setting-not-deployable', 'A setting of a step cannot be deployed yet'),
  SH6009: error('file-not-packaged', 'A file of a step cannot be packaged'),
  SH6010: error('name-taken', 'A resource of that name exists and is not ours'),
  SH6011: error('deploy-failed', 'AWS did not do what was asked'),
  SH6012: error('files-cross-steps', 'A file would have to cross steps'),
  SH6013: error('not-confirmed', 'Nobody confirmed the change'),
  SH6014: error('input-not-passed', 'A step reads standard input, which a deployed machine has not'),
  SH6015: error('job-outlives-step', 'A background job would have to outlive its step'),
  SH9001: error('internal-error', 'sh2sfn has a bug'),
  SH9002: error('cannot-write', 'An output file cannot be written'),
  SH9003: error('bash-not-found', 'No usable bash was found'),
  SH9004: error('too-few-descriptors', 'Fewer descriptors are allowed than a run needs'),
} satisfies Record<string, CatalogEntry>;

export type Code = keyof typeof CATALOG;

/** True for a code that the catalog holds. */
export function isCode(text: string): text is Code {
  return Object.hasOwn(CATALOG, text);
}

/** What a diagnostic says beyond its catalog entry. */
export type DiagnosticDetails = Pick<Diagnostic, 'message'> & Partial<Omit<Diagnostic, 'code' | 'slug' | 'message'>>;

/** Makes a diagnostic; slug and severity come from the catalog, unless the details say otherwise. */
export function createDiagnostic(code: Code, details: DiagnosticDetails): Diagnostic {
  const { slug, severity } = CATALOG[code];
  return { code, slug, severity, labels: [], hints: [], ...details };
}
