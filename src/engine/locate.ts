/** Where an error arose, in the words of AWS. */
import { QueryError, StateError } from './errors.ts';
import type { Frame } from './frame.ts';

/** Errors whose cause names the state already, or is the user's own words. */
const located = new WeakSet<StateError>();

/** Marks an error whose cause stays as it is: a task's or a Fail state's. */
export function asItIs<E extends StateError>(error: E): E {
  located.add(error);
  return error;
}

/** Says, as AWS does, in which state an error arose; records a failed expression. */
export function locate(error: StateError, frame: Frame): StateError {
  if (located.has(error)) return error;
  const where = `An error occurred while executing the state '${frame.state.name}' (entered at the event id #${frame.enteredEvent}).`;
  const detail = error.detail === undefined ? undefined : `${where} ${error.detail}`;
  if (error instanceof QueryError) {
    frame.execution.history.add(frame.scope.chain, 'EvaluationFailed', () => [
      'evaluationFailed',
      { error: error.error, cause: detail, location: error.location, state: frame.state.name },
    ]);
  }
  return asItIs(new StateError(error.error, detail));
}
