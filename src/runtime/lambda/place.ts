/**
 * An invocation's private directory: the work directory with the step's files, and room for the runtime's own. Made
 * anew for each invocation and removed before it is answered.
 */
import {
  chmodSync,
  copyFileSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, posix } from 'node:path';
import type { StepFile } from '../../bundle.ts';

/** Path as the file system's bytes, one code unit each → what Node takes. */
const native = (path: string): Buffer => Buffer.from(path, 'latin1');

/** What a directory holds: path → what changes when a file does. */
export type Snapshot = ReadonlyMap<string, string>;

export interface Place {
  root: string;
  /** The script's working directory. */
  work: string;
  captures: string;
  /** The script's HOME and directory for temporary files. */
  home: string;
  /** Removes all of it. */
  remove: () => void;
}

let inUse = false;

/**
 * Makes the directory. Its name is the same in every function, so that the work directory's name may travel in a
 * variable; where another process has that name, as on a machine that runs several functions, it is one of a kind.
 */
export function makePlace(): Place {
  const top = realpathSync(tmpdir());
  const usual = join(top, 'sh2sfn');
  const mine = !inUse && claim(usual);
  const root = mine ? usual : mkdtempSync(join(top, 'sh2sfn-'));
  if (mine) inUse = true;
  const work = join(root, 'work');
  const captures = join(root, 'captures');
  const home = join(root, 'tmp');
  for (const directory of [work, captures, home]) mkdirSync(directory, { mode: 0o700 });
  const remove = (): void => {
    removeTree(root);
    if (mine) inUse = false;
  };
  return { root, work, captures, home, remove };
}

/** Takes the usual name; false if a living process, or another user, has it. */
function claim(root: string): boolean {
  const owner = join(root, 'owner');
  for (let attempt = 0; attempt < 2; attempt += 1) {
    try {
      mkdirSync(root, { mode: 0o700 });
      writeFileSync(owner, String(process.pid), { flag: 'wx', mode: 0o600 });
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const found = lstatSync(root, { throwIfNoEntry: false });
    // Whoever had it has just removed it.
    if (!found) continue;
    // What an invocation left that was killed is swept away.
    if (found.uid !== process.getuid?.() || isAlive(owner)) return false;
    removeTree(root);
  }
  return false;
}

function isAlive(owner: string): boolean {
  try {
    const pid = Number(readFileSync(owner, 'utf8'));
    if (pid === process.pid) return false;
    process.kill(pid, 0);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ENOENT') return code === 'EPERM';
    // Between making the directory and writing the name, its owner is alive.
    const made = lstatSync(dirname(owner), { throwIfNoEntry: false })?.mtimeMs;
    return made !== undefined && Date.now() - made < 1000;
  }
}

/** Puts the step's files where the script names them, with their own modes: the package is read-only and has lost them. */
export function restoreFiles(files: readonly StepFile[], packageRoot: string, work: string): void {
  for (const { path, mode } of files) {
    const name = Buffer.from(posix.normalize(native(path).toString()));
    const target = native(join(work, name.toString('latin1')));
    mkdirSync(native(join(work, posix.dirname(name.toString('latin1')))), { recursive: true, mode: 0o755 });
    copyFileSync(join(packageRoot, 'files', name.toString()), target);
    chmodSync(target, mode & 0o777);
  }
}

/** What stands below a directory but for what `skip` names in it. */
export function snapshot(top: string, skip: (name: string) => boolean = () => false): Snapshot {
  const found = new Map<string, string>();
  const walk = (directory: string, prefix: string): void => {
    let names: string[];
    try {
      names = readdirSync(native(directory), { encoding: 'latin1' });
    } catch {
      return;
    }
    for (const name of names) {
      if (prefix === '' && skip(name)) continue;
      const path = join(directory, name);
      let stat: ReturnType<typeof lstatSync>;
      try {
        stat = lstatSync(native(path), { bigint: true });
      } catch {
        continue;
      }
      // A directory's times change with any temporary file in it.
      const isDirectory = stat.isDirectory();
      found.set(
        prefix + name + (isDirectory ? '/' : ''),
        isDirectory
          ? String(stat.mode)
          : [
              stat.mode,
              stat.ino,
              stat.size,
              'mtimeNs' in stat ? stat.mtimeNs : 0,
              'ctimeNs' in stat ? stat.ctimeNs : 0,
            ].join(),
      );
      if (isDirectory) walk(path, `${prefix}${name}/`);
    }
  };
  walk(top, '');
  return found;
}

/** Paths that were made, changed or removed, sorted; of a new or removed directory only itself. */
export function changes(before: Snapshot, after: Snapshot): string[] {
  const differing = [...new Set([...before.keys(), ...after.keys()])]
    .filter((path) => before.get(path) !== after.get(path))
    .sort();
  const whole = new Set(differing.filter((path) => path.endsWith('/') && before.has(path) !== after.has(path)));
  return differing.filter((path) => ![...whole].some((directory) => path !== directory && path.startsWith(directory)));
}

/** Removes a directory, whatever modes the script gave to what is in it. */
export function removeTree(top: string): void {
  const open = (directory: string): void => {
    chmodSync(native(directory), 0o700);
    for (const entry of readdirSync(native(directory), { encoding: 'latin1', withFileTypes: true }))
      if (entry.isDirectory()) open(join(directory, entry.name));
  };
  try {
    open(top);
  } catch {
    // What cannot be opened, rm will say.
  }
  rmSync(native(top), { recursive: true, force: true });
}
