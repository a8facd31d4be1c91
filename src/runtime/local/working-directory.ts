/** Whether the name of a working directory still leads to it: another shell of the script may have moved or removed it. */
import * as fs from 'node:fs';
import * as path from 'node:path';
import type { ShellState } from '../state.ts';
import { onDisk } from './directory.ts';

/**
 * What tells a directory from another that stands in its place later; undefined where there is none. Its number may be that of
 * one that has been removed: when it was made counts, too. It counts in the same run on the same machine only, of which `run`,
 * the private directory's path, is the mark.
 */
export function placeOf(directory: string, run: string): string | undefined {
  try {
    const { dev, ino, birthtimeNs } = fs.statSync(onDisk(directory), { bigint: true });
    return `${run} ${dev} ${ino} ${birthtimeNs}`;
  } catch {
    return undefined;
  }
}

/** The state, with what has become of its working directory since it was recorded: it is looked for beside its old place. */
export function located(state: ShellState, run: string): ShellState {
  const { cwd, gone, place } = state;
  if (gone || !place?.startsWith(`${run} `) || placeOf(cwd, run) === place) return state;
  return { ...state, gone: beside(cwd).find((directory) => placeOf(directory, run) === place) ?? true };
}

function beside(directory: string): string[] {
  const parent = path.dirname(directory);
  try {
    return fs.readdirSync(onDisk(parent), 'latin1').map((name) => path.join(parent, name));
  } catch {
    return [];
  }
}
