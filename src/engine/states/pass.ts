/** Pass: hands on its input, or what Output makes of it. */
import type { PassState } from '../../asl/definition.ts';
import type { Templates } from '../evaluate.ts';
import type { Run } from '../machine.ts';
import { compileResults, complete } from '../results.ts';

export function compilePass(state: PassState, templates: Templates): Run {
  const results = compileResults(state, '', templates);
  return (frame) => complete(frame, results, frame.input);
}
