/** Waits for what AWS says is done before it is. */

export interface RetryOptions {
  /** Milliseconds after which the last error stands. */
  within?: number;
  sleep?: (ms: number) => Promise<void>;
}

export const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Repeats the call while `again` says so of its error, with growing pauses, for about a minute. */
export async function retry<T>(
  call: () => Promise<T>,
  again: (error: unknown) => boolean,
  options: RetryOptions = {},
): Promise<T> {
  const within = options.within ?? 60_000;
  const pause = options.sleep ?? sleep;
  let waited = 0;
  for (let delay = 500; ; delay = Math.min(delay * 2, 8_000)) {
    try {
      return await call();
    } catch (error) {
      if (!again(error) || waited + delay > within) throw error;
    }
    await pause(delay);
    waited += delay;
  }
}

/** A role that was just created cannot be assumed for some seconds. */
export function isRoleNotReady(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error.name === 'InvalidParameterValueException') return /cannot be assumed by Lambda/i.test(error.message);
  return error.name === 'AccessDeniedException' && /not authorized to assume the provided role/i.test(error.message);
}

/** The function is still busy with an earlier change. */
export function isFunctionBusy(error: unknown): boolean {
  return (
    error instanceof Error && error.name === 'ResourceConflictException' && /in progress|pending/i.test(error.message)
  );
}

/** Runs the work over the items, a few at a time. The first failure stops what has not begun, once the rest has ended. */
export async function pool<T>(items: readonly T[], size: number, work: (item: T) => Promise<void>): Promise<void> {
  const queue = [...items];
  let failed = false;
  const worker = async (): Promise<void> => {
    for (let item = queue.shift(); item !== undefined && !failed; item = queue.shift()) {
      try {
        await work(item);
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  const results = await Promise.allSettled(Array.from({ length: Math.min(size, items.length) }, worker));
  for (const result of results) if (result.status === 'rejected') throw result.reason;
}
