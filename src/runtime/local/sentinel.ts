/** Tells a signal that the whole process group was sent from one for this process alone. */
import { type ChildProcess, spawn } from 'node:child_process';

/**
 * A process of our group that does nothing but wait: what ends it was sent to all of us, the script's commands among them. Node.js
 * does not say who sent a signal, or to whom.
 */
export class Sentinel {
  private readonly bash: string;
  private process: ChildProcess | undefined;
  /** The signal that has ended the last one, and when, in milliseconds since the epoch. */
  private last: { signal: NodeJS.Signals; at: number } | undefined;
  private readonly waiting = new Set<() => void>();

  /** @param bash path of the shell that it is */
  constructor(bash: string) {
    this.bash = bash;
  }

  /** Starts it, unless it is there. */
  start(): void {
    if (this.process) return;
    // It ends with us: nobody else holds the other end of its input.
    const started = spawn(this.bash, ['--norc', '-c', 'builtin read'], {
      stdio: ['pipe', 'ignore', 'ignore'],
      env: {},
    });
    this.process = started;
    const gone = (signal: NodeJS.Signals | null): void => {
      if (this.process !== started) return;
      this.process = undefined;
      if (!signal) return;
      this.last = { signal, at: Date.now() };
      for (const wake of this.waiting) wake();
      this.start();
    };
    // Where it cannot be started, nothing is known of a signal.
    started.on('error', () => gone(null));
    started.on('exit', (_, signal) => gone(signal));
    started.unref();
    started.stdin!.on('error', () => {});
    (started.stdin as unknown as { unref: () => void }).unref();
  }

  /**
   * True if the group was sent a signal that this process has just had. The news of it comes within a moment.
   * @param within that moment, in milliseconds
   */
  async struck(signal: NodeJS.Signals, within: number): Promise<boolean> {
    const since = Date.now() - within;
    const isStruck = (): boolean => this.last?.signal === signal && this.last.at >= since;
    if (!isStruck() && this.process)
      await new Promise<void>((resolve) => {
        const done = (): void => {
          clearTimeout(timer);
          this.waiting.delete(done);
          resolve();
        };
        const timer = setTimeout(done, within);
        this.waiting.add(done);
      });
    return isStruck();
  }

  /** Ends it. */
  close(): void {
    const { process: there } = this;
    this.process = undefined;
    there?.kill('SIGKILL');
  }
}
