/** Where the steps of a run are executed: in shells of this machine, or in their Lambda packages. */
import { statSync } from 'node:fs';
import type { Bundle } from '../bundle.ts';
import { functionEnds } from '../parse/function-ends.ts';
import { framesOfFailure } from '../runtime/failure.ts';
import { type KnownSteps, LocalRuntime } from '../runtime/local.ts';
import type { Frame, StepRequest } from '../runtime/protocol.ts';
import { settle } from '../runtime/settle.ts';
import { bytesOf, undecoded } from './bytes.ts';
import { userFiles } from './script.ts';
import type { Session } from './session.ts';

/** How a script is called: text is bytes, one code unit each. */
export interface Invocation {
  /** The bash to run; by default the one in PATH. */
  bash?: string;
  argv0: string;
  args: readonly string[];
  /** The script's text where it was given with `-c`. */
  inline?: string;
  /** Words for the shell's `set`. */
  set: readonly string[];
  posix: boolean;
}

/** The working directory by the name that the caller used for it, as bash takes it from PWD: links are kept. */
function workingDirectory({ cwd, env }: Session): string {
  const { PWD } = env;
  if (PWD === undefined || !PWD.startsWith('/') || /\/\.{1,2}(\/|$)/.test(PWD)) return cwd;
  const named = statSync(PWD, { throwIfNoEntry: false });
  const here = statSync(cwd);
  return named && named.ino === here.ino && named.dev === here.dev ? PWD : cwd;
}

/**
 * `$_` as bash has it when it starts. A shell notes there which command it runs: instead of this one, bash, which is the
 * default. What another program has left there is for bash, too; where there is nothing, bash takes the name it is called by.
 */
function startedAs({ env }: Session): string | undefined {
  const noted = env._;
  if (noted === undefined) return 'bash';
  return /(^|\/)(sh2sfn(\.js)?|node|npx)$/.test(noted) ? undefined : bytesOf(noted);
}

export interface StepHost {
  /** Gets ready to execute the steps, and answers the execution's input. */
  start: (steps: KnownSteps) => Promise<unknown>;
  /** Runs a step; rejects with `{error, cause}` where the step failed as a platform's function fails. */
  invoke: (key: string, request: StepRequest, signal: AbortSignal) => Promise<unknown>;
  /** Passes on a signal, which the commands may have already (`there`). Answers whether it ends the script now, whatever still runs. */
  kill: (signal: NodeJS.Signals, there: boolean) => boolean;
  /** The signal that the script's own shell has died of, where that is sure. */
  fatal: () => NodeJS.Signals | undefined;
  close: () => Promise<void>;
}

/** Steps in real shells with the process's own standard streams. The first shell starts now. */
export function localHost(invocation: Invocation, session: Session): StepHost {
  const { bash, argv0, args, inline, set, posix } = invocation;
  const runtime = new LocalRuntime({
    bash,
    argv0,
    args: [...args],
    inline,
    cwd: bytesOf(workingDirectory(session)),
    env: session.env,
    undecoded: undecoded(session),
    lastArgument: startedAs(session),
    options: { set: [...set], posix },
    given: session.descriptors?.(),
    pipes: true,
    // Who called bash has called this process.
    identity: { ppid: process.ppid },
    functionEnds,
  });
  runtime.begin();
  return {
    start: (steps) => runtime.start(steps),
    invoke: async (_key, request, signal) =>
      settle(request, await runtime.run(request, signal), (state) => runtime.shorten(state)),
    kill: (signal, there) => runtime.kill(signal, there),
    fatal: () => runtime.fatal,
    close: () => runtime.close(),
  };
}

/** Each step's own package, run as Lambda runs it; what it printed is passed on when it has ended. */
export async function lambdaHost(bundle: Bundle, invocation: Invocation, session: Session): Promise<StepHost> {
  const [{ createLambdaInvoker }, { initialInput }] = await Promise.all([
    import('../runtime/lambda/invoke.ts'),
    import('../deploy/input.ts'),
  ]);
  const invoker = createLambdaInvoker(bundle, { readFile: userFiles(session.cwd) });
  const print = (frames: readonly Frame[] = []): void => {
    for (const { fd, bytes } of frames) (fd === 1 ? session.stdout : session.stderr)(Buffer.from(bytes, 'base64'));
  };
  return {
    start: async () => initialInput(invocation.argv0, invocation.args, invocation),
    invoke: async (key, request) => {
      try {
        const response = (await invoker.invoke(key, request)) as { frames?: Frame[] };
        print(response.frames);
        return { ...response, frames: [] };
      } catch (error) {
        print(framesOfFailure((error as { cause?: unknown }).cause));
        throw error;
      }
    },
    kill: (_, there) => {
      if (!there) void invoker.close();
      return false;
    },
    fatal: () => undefined,
    close: () => invoker.close(),
  };
}
