/** The input of an execution whose steps run in Lambda. */
import type { RunContext, Value } from '../runtime/protocol.ts';

/** What a run begins with: the shell's state and the facts of the run. */
export interface RunInput {
  state: Value | null;
  run: RunContext;
}

/** How the shell of the run is called, beside its arguments. */
export interface ShellMode {
  /** Words for `set`. */
  set?: readonly string[];
  posix?: boolean;
}

/**
 * The input of a run with this name and these arguments, as bytes, one code unit each. The first step makes the state: only it knows the shell that it starts, and
 * nothing of the caller's environment goes along. Every step shows the caller's process id as the shell's own.
 */
export function initialInput(argv0: string, args: readonly string[], mode: ShellMode = {}): RunInput {
  const run: RunContext = {
    argv0,
    args: [...args],
    pid: process.pid,
    ppid: process.ppid,
    began: Math.floor(Date.now() / 1000),
  };
  if (mode.set && mode.set.length > 0) run.set = [...mode.set];
  if (mode.posix) run.posix = true;
  return { state: null, run };
}
