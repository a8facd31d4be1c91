/** Wait: for a number of seconds, or until a time. */
import type { WaitState } from '../../asl/definition.ts';
import { LIMITS } from '../../asl/limits.ts';
import { parseTimestamp } from '../../asl/timestamp.ts';
import { QueryError } from '../errors.ts';
import type { Templates } from '../evaluate.ts';
import type { Run } from '../machine.ts';
import { compileResults, complete } from '../results.ts';
import { pause } from '../retry-catch.ts';

export function compileWait(state: WaitState, templates: Templates): Run {
  const field = state.Seconds === undefined ? 'Timestamp' : 'Seconds';
  const evaluate = templates.compile(state[field], field)!;
  const results = compileResults(state, '', templates);
  return async (frame) => {
    const value = await evaluate(frame);
    await pause(frame, field === 'Seconds' ? seconds(value, field) : (time(value) - frame.now()) / 1000);
    await complete(frame, results, frame.input);
  };
}

/** A number of seconds that a field may have. */
export function seconds(value: unknown, field: string, least = 0): number {
  if (Number.isInteger(value) && (value as number) >= least && (value as number) <= LIMITS.seconds) {
    return value as number;
  }
  throw new QueryError(field, `The field '${field}' must be a whole number from ${least} to ${LIMITS.seconds}.`);
}

function time(value: unknown): number {
  const at = parseTimestamp(value);
  if (Number.isNaN(at)) throw new QueryError('Timestamp', `The field 'Timestamp' must be a timestamp of RFC 3339.`);
  return at;
}
