import { createDiagnostic, type Severity } from '../diagnostics/catalog.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { StepProblem } from './infer.ts';

/**
 * Diagnostics of what could not be inferred. An unknown permission is a warning to compile and run, where no policy is
 * needed, and an error to deploy.
 */
export function roleDiagnostics(problems: readonly StepProblem[], deploying: boolean): Diagnostic[] {
  return problems.map(({ code, message, hints, step }) => {
    const { start, end, file } = step.source;
    const severity: Severity = deploying || code === 'SH5004' ? 'error' : 'warning';
    return createDiagnostic(code, {
      message,
      severity,
      labels: file === undefined ? [{ span: { start, end }, text: '', primary: true }] : [],
      hints,
    });
  });
}
