/** Finds and ends every process that a fragment left, wherever it hides. */
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const ROUND_MS = 5;
const MOST_ROUNDS = 200;

interface Entry {
  parent: number;
  session: number;
  zombie: boolean;
}

function processTable(): Map<number, Entry> {
  const table = new Map<number, Entry>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      // The command's name, in parentheses, may hold anything.
      const stat = readFileSync(`/proc/${name}/stat`, 'latin1');
      const [state, parent, , session] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      table.set(Number(name), {
        parent: Number(parent),
        session: Number(session),
        zombie: state === 'Z' || state === 'X',
      });
    } catch {
      // It ended in the meantime.
    }
  }
  return table;
}

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

/**
 * Processes that live, of a shell that leads a session: those below it, those of its session, and those that have
 * something of the private directory open (daemons that left both).
 */
export function findProcesses(shell: number, directory: string): number[] {
  const table = processTable();
  const known = new Map<number, boolean>([[process.pid, false]]);
  const belongs = (pid: number): boolean => {
    const before = known.get(pid);
    if (before !== undefined) return before;
    const entry = table.get(pid);
    if (!entry) return false;
    known.set(pid, false);
    const found =
      pid === shell || entry.session === shell || belongs(entry.parent) || (!entry.zombie && uses(pid, directory));
    known.set(pid, found);
    return found;
  };
  return [...table.keys()].filter((pid) => belongs(pid) && !table.get(pid)!.zombie);
}

/** Waits until only the shell is left, at most so many milliseconds: what reads the end of a pipe needs a moment. */
export async function awaitProcesses(shell: number, directory: string, ms: number): Promise<void> {
  for (const end = Date.now() + ms; findProcesses(shell, directory).some((pid) => pid !== shell) && Date.now() < end; )
    await sleep(ROUND_MS);
}

/** Kills them until none is left: one that forks while it is looked for is found in the next round. */
export async function killProcesses(shell: number, directory: string): Promise<void> {
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const found = findProcesses(shell, directory);
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
