import { createDiagnostic } from '../diagnostics/catalog.ts';
import { DiagnosticError } from '../diagnostics/diagnostic.ts';

/** A wrong command line, to be thrown: status 2. */
export function usageError(message: string, ...hints: string[]): DiagnosticError {
  return new DiagnosticError(createDiagnostic('SH1007', { message, hints }));
}
