/** Signals while a script runs: they are the script's, as they are in a shell, and we end only after it. */
import { constants } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { isatty } from 'node:tty';
import { GROUP_DELAY } from '../runtime/local/drivers.ts';

export interface Signals {
  /** The first signal that came. */
  readonly received: NodeJS.Signals | undefined;
  /** Aborted when a signal ends the script, or the user insists. */
  readonly aborted: AbortSignal;
  /** Waits for the news of a signal that the script died of with this status: it comes to us when it may. */
  settled: (status: number) => Promise<void>;
  /** Gives the signals back to the process. */
  stop: () => void;
}

const NAMES = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'] as const;

/** How many times a signal is passed on before the execution is given up. */
const PATIENCE = 2;

/**
 * Takes the signals of this process and passes them on to what runs.
 * @param forward told whether what runs has the signal already; answers whether it ends the script now
 */
export function forwardSignals(forward: (signal: NodeJS.Signals, there: boolean) => boolean): Signals {
  const controller = new AbortController();
  let received: Signals['received'];
  let count = 0;
  const listener = (name: NodeJS.Signals): void => {
    received ??= name;
    count += 1;
    // A terminal sends ^C and ^\ to the whole foreground group: the commands of the script already have it.
    const fromTerminal = (name === 'SIGINT' || name === 'SIGQUIT') && [0, 1, 2].some((fd) => isatty(fd));
    const ends = forward(name, fromTerminal);
    if (ends || count > PATIENCE) controller.abort();
  };
  for (const name of NAMES) process.on(name, listener);
  return {
    get received() {
      return received;
    },
    aborted: controller.signal,
    settled: async (status) => {
      if (!received && status > 128 && NAMES.some((name) => status === 128 + constants.signals[name]))
        await sleep(GROUP_DELAY);
    },
    stop: () => {
      for (const name of NAMES) process.off(name, listener);
    },
  };
}
