/** The input of a deployed machine's execution. */
import type { RunContext } from '../runtime/protocol.ts';

/** What a run begins with: the shell's state and the facts of the run. */
export interface RunInput {
  state: unknown;
  run: RunContext;
}

export function initialInput(argv0: string, _args: readonly string[]): RunInput {
  return { state: null, run: { argv0 } };
}
