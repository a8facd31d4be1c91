/** Retry and Catch, of Task, Parallel and Map states. */
import type { ErrorHandling, Retrier } from '../asl/definition.ts';
import { Aborted, matchesError, StateError } from './errors.ts';
import type { Templates } from './evaluate.ts';
import type { Frame } from './frame.ts';
import { locate } from './locate.ts';
import { compileResults, complete, type Results } from './results.ts';

interface CompiledCatcher extends Results {
  errors: readonly string[];
  next: string;
}

export interface Handlers {
  retriers: readonly Retrier[];
  catchers: readonly CompiledCatcher[];
}

export function compileHandlers({ Retry = [], Catch = [] }: ErrorHandling, templates: Templates): Handlers {
  return {
    retriers: Retry,
    catchers: Catch.map((catcher, i) => ({
      ...compileResults(catcher, `Catch[${i}]/`, templates),
      errors: catcher.ErrorEquals,
      next: catcher.Next,
    })),
  };
}

/** Runs a state's work, again as its retriers say, and then goes where a catcher leads. */
export async function withHandlers(
  frame: Frame,
  { retriers, catchers }: Handlers,
  attempt: (frame: Frame) => Promise<void>,
): Promise<void> {
  const used = new Map<Retrier, number>();
  for (;;) {
    try {
      await attempt(frame);
      return;
    } catch (thrown) {
      if (!(thrown instanceof StateError)) throw thrown;
      const error = locate(thrown, frame);
      const retrier = retriers.find(({ ErrorEquals }) => ErrorEquals.some((name) => matchesError(name, error.error)));
      const attempts = retrier ? (used.get(retrier) ?? 0) : 0;
      if (retrier && attempts < (retrier.MaxAttempts ?? 3)) {
        used.set(retrier, attempts + 1);
        await pause(
          frame,
          delay(retrier, attempts, () => frame.random()),
        );
        frame.retries += 1;
        frame.execution.countTransition();
        continue;
      }
      const catcher = catchers.find(({ errors }) => errors.some((name) => matchesError(name, error.error)));
      if (!catcher) throw error;
      frame.result = undefined;
      frame.errorOutput = errorOutput(error);
      await complete(frame, catcher, frame.errorOutput);
      frame.next = catcher.next;
      return;
    }
  }
}

function errorOutput({ error, detail }: StateError): Record<string, string> {
  return { Error: error, ...(detail === undefined ? {} : { Cause: detail }) };
}

/** Seconds before the next attempt. */
export function delay(retrier: Retrier, attempts: number, random: () => number): number {
  const { IntervalSeconds = 1, BackoffRate = 2, MaxDelaySeconds = Number.POSITIVE_INFINITY } = retrier;
  const seconds = Math.min(IntervalSeconds * BackoffRate ** attempts, MaxDelaySeconds);
  return retrier.JitterStrategy === 'FULL' ? seconds * random() : seconds;
}

/** Sleeps within a state. */
export async function pause(frame: Frame, seconds: number): Promise<void> {
  const { signal } = frame.scope;
  await frame.execution.sleep(seconds * 1000, signal);
  if (signal.aborted) throw new Aborted();
}
