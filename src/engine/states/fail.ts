/** Fail: ends the execution, or the branch that a Parallel or Map state may catch, with an error. */
import type { FailState } from '../../asl/definition.ts';
import { QueryError, StateError } from '../errors.ts';
import type { Evaluator, Templates } from '../evaluate.ts';
import type { Frame } from '../frame.ts';
import { asItIs } from '../locate.ts';
import type { Run } from '../machine.ts';

export function compileFail(state: FailState, templates: Templates): Run {
  const error = templates.compile(state.Error, 'Error');
  const cause = templates.compile(state.Cause, 'Cause');
  return async (frame) => {
    throw asItIs(new StateError((await text(error, 'Error', frame)) ?? '', await text(cause, 'Cause', frame)));
  };
}

async function text(evaluate: Evaluator | undefined, field: string, frame: Frame): Promise<string | undefined> {
  const value = await evaluate?.(frame);
  if (value === undefined || typeof value === 'string') return value;
  throw new QueryError(field, `The field '${field}' must evaluate to a string.`);
}
