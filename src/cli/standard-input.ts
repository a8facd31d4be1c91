/** Standard input that a machine in Lambda cannot be given. */
import { fstatSync } from 'node:fs';
import { createDiagnostic } from '../diagnostics/catalog.ts';
import { DiagnosticError } from '../diagnostics/diagnostic.ts';

/**
 * Refuses a file with something in it as standard input: the script would not see it. Whether a pipe will ever hold
 * anything cannot be known without reading it, and many callers leave one open.
 */
export function refuseInput(): void {
  let size: number;
  try {
    const stat = fstatSync(0);
    size = stat.isFile() ? stat.size : 0;
  } catch {
    return;
  }
  if (size === 0) return;
  throw new DiagnosticError(
    createDiagnostic('SH6014', {
      message: 'standard input is a file, and steps in Lambda would not see it',
      hints: ['pass the data as arguments, or in S3; `</dev/null` says that none is needed'],
    }),
  );
}
