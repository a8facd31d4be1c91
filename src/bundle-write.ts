/** The bundle on disk: its files, written whole or not at all, and compared for `--check`. */
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, posix } from 'node:path';
import type { Bundle } from './bundle.ts';
import { readable } from './diagnostics/text.ts';
import { renderMermaid } from './graph.ts';

/** A file of the bundle. */
export interface BundleFile {
  bytes: Uint8Array;
  /** Permission bits; of no meaning beyond those of `files/`, which keep the user's. */
  mode: number;
}

/** Answers the bytes of a user's file by the path in the manifest. */
export type ReadUserFile = (path: string) => { bytes: Uint8Array } | undefined;

/** Raised where a directory stands in the way that is no bundle: it is not ours to replace. */
export class NotABundleError extends Error {
  readonly directory: string;

  constructor(directory: string) {
    super(`${directory} exists and is not a bundle`);
    this.name = 'NotABundleError';
    this.directory = directory;
  }
}

const json = (value: unknown): Uint8Array => Buffer.from(`${JSON.stringify(value, null, 2)}\n`);

/**
 * The place of a user's file in a step's package. A path that leaves the working directory (`../lib.sh`, `/etc/x`) has
 * none: a package cannot restore it there.
 */
export function packagePath(path: string): string | undefined {
  const normal = posix.normalize(readable(path));
  return posix.isAbsolute(normal) || normal === '..' || normal.startsWith('../') || normal === '.' ? undefined : normal;
}

/** All files of a bundle, by path below its directory. The same bundle gives the same bytes. */
export function bundleFiles(bundle: Bundle, readUserFile: ReadUserFile): Map<string, BundleFile> {
  const files = new Map<string, BundleFile>();
  const add = (path: string, bytes: Uint8Array, mode = 0o644): void => void files.set(path, { bytes, mode });
  add('definition.asl.json', json(bundle.definition));
  add('manifest.json', json(bundle.manifest));
  add('graph.mmd', Buffer.from(renderMermaid(bundle.definition)));
  for (const step of bundle.manifest.steps) {
    add(`steps/${step.key}/step.json`, json({ steps: { [step.key]: step }, functions: bundle.manifest.functions }));
    for (const file of step.files) {
      const path = packagePath(file.path);
      const found = path === undefined ? undefined : readUserFile(file.path);
      if (found) add(`steps/${step.key}/files/${path}`, found.bytes, file.mode);
    }
  }
  for (const [key, role] of Object.entries(bundle.roles)) add(`roles/${key}.json`, json(role));
  return files;
}

/** Writes the files beside the directory and renames: what was there before stays until all is written. */
export function writeBundle(directory: string, files: ReadonlyMap<string, BundleFile>): void {
  const exists = checkReplaceable(directory);
  const parent = dirname(directory);
  makeDirectories(parent);
  const unique = `.${basename(directory)}.${randomBytes(6).toString('hex')}`;
  const fresh = join(parent, `${unique}.new`);
  const old = join(parent, `${unique}.old`);
  try {
    mkdirSync(fresh);
    for (const [path, { bytes, mode }] of files) {
      const target = join(fresh, path);
      makeDirectories(dirname(target));
      writeFileSync(target, bytes, { flag: 'wx' });
      if (mode !== 0o644) chmodSync(target, mode);
    }
    if (exists) renameSync(directory, old);
    try {
      renameSync(fresh, directory);
    } catch (error) {
      if (exists) renameSync(old, directory);
      throw error;
    }
  } catch (error) {
    rmSync(fresh, { recursive: true, force: true });
    throw error;
  }
  rmSync(old, { recursive: true, force: true });
}

/** Makes a directory with its parents. (Node's own way reports ENOENT where a file system is read-only.) */
function makeDirectories(directory: string): void {
  try {
    mkdirSync(directory);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' && dirname(directory) !== directory) {
      makeDirectories(dirname(directory));
      mkdirSync(directory);
    } else if (code !== 'EEXIST' || !statSync(directory).isDirectory()) throw error;
  }
}

/** True if a bundle stands there; throws for anything else but an empty directory. */
function checkReplaceable(directory: string): boolean {
  const stat = lstatSync(directory, { throwIfNoEntry: false });
  if (!stat) return false;
  if (!stat.isDirectory()) throw new NotABundleError(directory);
  const entries = readdirSync(directory);
  if (entries.length > 0 && !(entries.includes('manifest.json') && entries.includes('definition.asl.json'))) {
    throw new NotABundleError(directory);
  }
  return true;
}

/** Paths of the bundle that are missing, different or no longer wanted on disk, in order. */
export function staleFiles(directory: string, files: ReadonlyMap<string, BundleFile>): string[] {
  const stale: string[] = [];
  for (const [path, { bytes, mode }] of files) {
    const target = join(directory, path);
    const stat = lstatSync(target, { throwIfNoEntry: false });
    const same = stat?.isFile() && Buffer.compare(readFileSync(target), bytes) === 0;
    // Only the owner's right to execute matters: the umask decides the rest.
    if (!same || (stat!.mode & 0o100) !== (mode & 0o100)) stale.push(path);
  }
  for (const path of list(directory)) if (!files.has(path)) stale.push(path);
  return stale.sort();
}

function list(directory: string, below = ''): string[] {
  if (!lstatSync(directory, { throwIfNoEntry: false })?.isDirectory()) return [];
  return readdirSync(join(directory, below), { withFileTypes: true }).flatMap((entry) => {
    const path = posix.join(below, entry.name);
    return entry.isDirectory() ? list(directory, path) : [path];
  });
}
