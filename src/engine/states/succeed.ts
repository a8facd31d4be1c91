/** Succeed: ends its graph of states. */
import type { SucceedState } from '../../asl/definition.ts';
import type { Templates } from '../evaluate.ts';
import type { Run } from '../machine.ts';
import { compileResults, complete } from '../results.ts';

export function compileSucceed(state: SucceedState, templates: Templates): Run {
  const results = compileResults({ Output: state.Output }, '', templates);
  return (frame) => complete(frame, results, frame.input);
}
