/** Answers that no edge of the machine expects become failures that its Catch takes. */
import type { StepFailure, StepRequest, StepResponse, Value } from './protocol.ts';

/** Bytes of state that a failure's message may carry: Step Functions cuts causes off at 32 KiB. */
export const FAILURE_STATE_LIMIT = 20_000;

/** A step's failure: its name and message become the function error's type and message. */
export class StepFault extends Error implements StepFailure {
  readonly errorType: string;
  readonly errorMessage: string;

  constructor(errorType: string, errorMessage: string) {
    super(errorMessage);
    this.name = errorType;
    // What runs the handler answers the stack too, and there is room for little (CAUSE_LIMIT).
    this.stack = errorType;
    this.errorType = errorType;
    this.errorMessage = errorMessage;
  }
}

/**
 * Passes a response on, or throws.
 * @param shorten makes of a state one that fits into a failure's message
 * @throws StepFault where the machine has no edge for the response's control: `Sh2sfn.Exit` with `{status, frames}` and, where
 *   a command substitution begins with the step, `state`,
 *   `Sh2sfn.Discard` with `{status, frames, step, state}`, `Sh2sfn.Next` with `{status, frames, state, options}`. A shell that
 *   ended leaves no state behind, one that gave up a line or has not done the one thing that is foreseen goes on with it
 */
export function settle(request: StepRequest, response: StepResponse, shorten: (state: Value) => Value): StepResponse {
  const { control, status, frames, options } = response;
  const foreseen = [request.only, 'exit', 'discard'].includes(control);
  if (request.only !== undefined && !foreseen)
    throw new StepFault('Sh2sfn.Next', JSON.stringify({ status, frames, state: shorten(response.state), options }));
  if ((control !== 'exit' && control !== 'discard') || request.leave || request.expects?.includes(control))
    return response;
  if (control === 'exit') {
    const known = request.opens ? { state: shorten(response.state) } : {};
    throw new StepFault('Sh2sfn.Exit', JSON.stringify({ status, frames, ...known }));
  }
  throw new StepFault(
    'Sh2sfn.Discard',
    JSON.stringify({ status, frames, step: request.step, state: shorten(response.state) }),
  );
}
