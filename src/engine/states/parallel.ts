/** Parallel: runs its branches at once; if one fails, the others are given up. */
import type { ParallelState } from '../../asl/definition.ts';
import { linkedController } from '../clock.ts';
import { Aborted } from '../errors.ts';
import type { Templates } from '../evaluate.ts';
import type { Frame, Scope } from '../frame.ts';
import type { Chain } from '../history.ts';
import { checkPayload, Variables } from '../limits.ts';
import { Graph, type Run } from '../machine.ts';
import { compileResults, complete } from '../results.ts';
import { compileHandlers, withHandlers } from '../retry-catch.ts';

export function compileParallel(state: ParallelState, templates: Templates): Run {
  const branches = state.Branches.map((branch) => new Graph(branch, templates));
  const argument = templates.compile(state.Arguments, 'Arguments');
  const results = compileResults(state, '', templates);
  const handlers = compileHandlers(state, templates);

  const attempt = async (frame: Frame): Promise<void> => {
    const { execution, scope } = frame;
    const input = argument ? await argument(frame) : frame.input;
    checkPayload(input, `arguments of the state '${frame.state.name}'`, execution.limits);
    execution.history.add(scope.chain, 'ParallelStateStarted');
    const outputs = await runTogether(
      frame,
      'ParallelState',
      branches.map((branch) => (inner) => execution.runGraph(branch, input, inner)),
    );
    frame.result = outputs;
    await complete(frame, results, outputs);
  };
  return (frame) => withHandlers(frame, handlers, attempt);
}

/**
 * Runs branches or iterations, at most `width` at once, each in a scope of its own within the frame's, and answers
 * their outputs in order. The first failure gives up the others and is thrown once all have stopped.
 */
export async function runTogether(
  frame: Frame,
  kind: 'ParallelState' | 'MapState',
  work: readonly ((scope: Scope) => Promise<unknown>)[],
  width = work.length,
): Promise<unknown[]> {
  const { execution, scope } = frame;
  const { history, limits } = execution;
  const { chain } = scope;
  const { controller, release } = linkedController(scope.signal);
  const started = chain.previous;
  let last: Chain = chain;
  const failures: unknown[] = [];
  let next = 0;
  const outputs: unknown[] = new Array(work.length);

  const worker = async (): Promise<void> => {
    while (next < work.length && failures.length === 0) {
      const i = next;
      next += 1;
      const inner: Scope = {
        variables: new Variables(limits, scope.variables),
        chain: { previous: started },
        signal: controller.signal,
      };
      try {
        outputs[i] = await work[i]!(inner);
      } catch (error) {
        failures.push(error);
        controller.abort();
      } finally {
        inner.variables.end();
        last = inner.chain;
      }
    }
  };
  try {
    await Promise.all(Array.from({ length: Math.min(width, work.length) }, worker));
  } finally {
    release();
  }
  chain.previous = last.previous;
  if (failures.length > 0) {
    // What the others throw because they are given up is not the reason.
    const reason = failures.find((error) => !(error instanceof Aborted)) ?? failures[0];
    if (!(reason instanceof Aborted)) history.add(chain, `${kind}Failed`);
    throw reason;
  }
  history.add(chain, `${kind}Succeeded`);
  return outputs;
}
