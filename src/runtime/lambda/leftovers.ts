/** Finds and ends every process that a fragment left, wherever it hides. */
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { processTable } from '../process-table.ts';

const ROUND_MS = 5;
const MOST_ROUNDS = 200;

/** True if the process has something of the directory open, or is in it. */
function uses(pid: number, directory: string): boolean {
  const inside = (link: string): boolean => {
    try {
      const target = readlinkSync(link);
      return target === directory || target.startsWith(`${directory}/`);
    } catch {
      return false;
    }
  };
  try {
    return inside(`/proc/${pid}/cwd`) || readdirSync(`/proc/${pid}/fd`).some((fd) => inside(`/proc/${pid}/fd/${fd}`));
  } catch {
    return false;
  }
}

/** How a fragment's processes are known. */
export interface Suspects {
  /** The shell that leads their session. */
  shell: number;
  /** The private directory: daemons that left the session have something of it open. */
  directory: string;
  /** Where nothing else runs: the processes that were there before. All others are the fragment's. */
  before?: ReadonlySet<number>;
}

/** The ids of all processes. */
export function allProcesses(): Set<number> {
  return new Set(processTable().keys());
}

/** Processes that live, of a fragment: those below its shell, those of its session, and its daemons. */
export function findProcesses({ shell, directory, before }: Suspects, table = processTable()): number[] {
  const known = new Map<number, boolean>([[process.pid, false]]);
  const belongs = (pid: number): boolean => {
    const answer = known.get(pid);
    if (answer !== undefined) return answer;
    const entry = table.get(pid);
    if (!entry) return false;
    known.set(pid, false);
    const found =
      pid === shell ||
      (before !== undefined && !before.has(pid)) ||
      entry.session === shell ||
      belongs(entry.parent) ||
      (!entry.zombie && uses(pid, directory));
    known.set(pid, found);
    return found;
  };
  return [...table.keys()].filter((pid) => belongs(pid) && !table.get(pid)!.zombie);
}

/**
 * Names of the jobs that a fragment has left, sorted: what is still in the session of its shell. Daemons, which have
 * sessions of their own, are as gone with the function as a machine's are when it is switched off.
 */
export function findJobs(suspects: Suspects): string[] {
  const table = processTable();
  const jobs = findProcesses(suspects, table).filter(
    (pid) => pid !== suspects.shell && table.get(pid)!.session === suspects.shell,
  );
  return jobs.flatMap((pid) => processName(pid) ?? []).sort();
}

/** The name of a process, as the kernel keeps it (15 bytes of it); undefined once it has ended. */
function processName(pid: number): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/comm`, 'latin1').trim();
  } catch {
    return undefined;
  }
}

/** Waits until only the shell is left, at most so many milliseconds: what reads the end of a pipe needs a moment. */
export async function awaitProcesses(suspects: Suspects, ms: number): Promise<void> {
  for (const end = Date.now() + ms; findProcesses(suspects).some((pid) => pid !== suspects.shell) && Date.now() < end; )
    await sleep(ROUND_MS);
}

/** Kills them until none is left: one that forks while it is looked for is found in the next round. */
export async function killProcesses(suspects: Suspects): Promise<void> {
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const found = findProcesses(suspects);
    if (found.length === 0) return;
    for (const pid of found) {
      try {
        process.kill(pid, 'SIGKILL');
      } catch {
        // It ended in the meantime.
      }
    }
    await sleep(ROUND_MS);
  }
}
