/** Time: sleeping, time limits and giving way to the event loop. */
import { setMaxListeners } from 'node:events';
import { setImmediate, setTimeout } from 'node:timers/promises';
import { Aborted } from './errors.ts';

/** The longest timer Node has. */
const LONGEST = 2 ** 31 - 1;

/** Sleeps; ends early, without an error, when the signal is aborted. */
export async function sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
  for (let left = milliseconds; left > 0 && !signal.aborted; left -= LONGEST) {
    await setTimeout(Math.min(left, LONGEST), undefined, { signal }).catch(() => {});
  }
}

/** Lets timers, tasks and signals have their turn. */
export async function yieldToEvents(): Promise<void> {
  await setImmediate();
}

/** Calls back after a time; answers how to stop that. */
export function after(milliseconds: number, call: () => void): () => void {
  const stopped = new AbortController();
  void sleep(milliseconds, stopped.signal).then(() => {
    if (!stopped.signal.aborted) call();
  });
  return () => stopped.abort();
}

/** A controller that is aborted with an outer signal too; `release` forgets the outer one. */
export function linkedController(outer: AbortSignal): { controller: AbortController; release(): void } {
  const controller = new AbortController();
  // Every task and branch within listens; that is no leak.
  setMaxListeners(0, controller.signal);
  const abort = (): void => controller.abort();
  if (outer.aborted) abort();
  outer.addEventListener('abort', abort, { once: true });
  return { controller, release: () => outer.removeEventListener('abort', abort) };
}

/** A promise's outcome, or {@link Aborted} as soon as the signal is aborted: nothing waits for what was given up. */
export function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const abort = (): void => reject(new Aborted());
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
