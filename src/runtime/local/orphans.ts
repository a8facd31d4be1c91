/**
 * Jobs whose step's shell has ended belong to the machine's first process. Bash would have collected them as soon as they
 * ended: where that process takes its time (in a container, often), `kill` and `ps` would still find them.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { processEntry, processTable } from '../process-table.ts';

const ROUND_MS = 10;
/** How long the first process may take. One that never collects any is not waited for again. */
const PATIENCE_MS = 4000;

export class Orphans {
  private readonly lost = new Set<number>();

  /**
   * Waits until none is left that has ended.
   * @param shell the run's first shell: jobs are of its session, and younger
   */
  async collected(shell: number): Promise<void> {
    const first = processEntry(shell);
    if (!first) return;
    const found = (): number[] =>
      [...processTable()]
        .filter(([pid, { parent, session, zombie, start }]) => {
          const belongs = parent === 1 && session === first.session && start >= first.start;
          return zombie && belongs && !this.lost.has(pid);
        })
        .map(([pid]) => pid);
    let left = found();
    for (const end = Date.now() + PATIENCE_MS; left.length > 0 && Date.now() < end; left = found())
      await sleep(ROUND_MS);
    for (const pid of left) this.lost.add(pid);
  }
}
