/** What Linux tells of the processes of this machine. */
import { readdirSync, readFileSync } from 'node:fs';

export interface ProcessEntry {
  parent: number;
  session: number;
  /** It has ended, and its parent has not asked for its status yet. */
  zombie: boolean;
  /** When it was started, in ticks since the machine was. */
  start: number;
}

/** Where the moment of its start stands behind the command's name (proc(5), `starttime`). */
const START = 19;

/** All processes by their ids. */
export function processTable(): Map<number, ProcessEntry> {
  const table = new Map<number, ProcessEntry>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const entry = processEntry(Number(name));
    if (entry) table.set(Number(name), entry);
  }
  return table;
}

/** A process; undefined where there is none of that id. */
export function processEntry(pid: number): ProcessEntry | undefined {
  try {
    // The command's name, in parentheses, may hold anything.
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const [state, parent, , session] = fields;
    const start = fields[START];
    return {
      parent: Number(parent),
      session: Number(session),
      zombie: state === 'Z' || state === 'X',
      start: Number(start),
    };
  } catch {
    return undefined;
  }
}
