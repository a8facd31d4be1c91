/**
 * Jobs whose step's shell has ended belong to the machine's first process. Bash would have collected them as soon as they
 * ended: where that process takes its time (in a container, often), `kill` and `ps` would still find them.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { type ProcessEntry, processEntry, processTable } from '../process-table.ts';

const ROUND_MS = 10;
/** How long the first process may take. One that takes longer collects none, and is not waited for again. */
const PATIENCE_MS = 4000;

export class Orphans {
  private waits = true;

  /**
   * Waits until none is left that has ended.
   * @param shell the run's first shell: jobs are of its session, and younger
   */
  async collected(shell: number): Promise<void> {
    const first = this.waits ? processEntry(shell) : undefined;
    if (!first) return;
    const isLeft = ({ parent, session, zombie, start }: ProcessEntry): boolean =>
      zombie && parent === 1 && session === first.session && start >= first.start;
    for (const end = Date.now() + PATIENCE_MS; [...processTable().values()].some(isLeft); await sleep(ROUND_MS)) {
      if (Date.now() < end) continue;
      this.waits = false;
      return;
    }
  }
}
