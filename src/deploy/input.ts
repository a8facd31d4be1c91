/** The input of an execution whose steps run in Lambda. */
import type { RunContext, Value } from '../runtime/protocol.ts';

/** What a run begins with: the shell's state and the facts of the run. */
export interface RunInput {
  state: Value | null;
  run: RunContext;
}

/**
 * The input of a run with these arguments. The first step makes the state: only it knows the shell that it starts, and
 * nothing of the caller's environment goes along.
 */
export function initialInput(argv0: string, args: readonly string[]): RunInput {
  return { state: null, run: { argv0, args: [...args] } };
}
