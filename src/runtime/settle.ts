/** Answers that no edge of the machine expects become failures that its Catch takes. */
import type { StepFailure, StepRequest, StepResponse } from './protocol.ts';

/** A step's failure: its name and message become the function error's type and message. */
export class StepFault extends Error implements StepFailure {
  readonly errorType: string;
  readonly errorMessage: string;

  constructor(errorType: string, errorMessage: string) {
    super(errorMessage);
    this.name = errorType;
    this.errorType = errorType;
    this.errorMessage = errorMessage;
  }
}

/**
 * Passes a response on, or throws.
 * @throws StepFault `Sh2sfn.Exit` or `Sh2sfn.Discard` with `{status, frames}` where the machine has no edge for it
 */
export function settle(request: StepRequest, response: StepResponse): StepResponse {
  const { control, status, frames } = response;
  if ((control !== 'exit' && control !== 'discard') || request.expects?.includes(control)) return response;
  throw new StepFault(control === 'exit' ? 'Sh2sfn.Exit' : 'Sh2sfn.Discard', JSON.stringify({ status, frames }));
}
