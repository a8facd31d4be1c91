/** The run's private directory: what its shells read and write, under names that nothing else has. */
import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import { constants, tmpdir } from 'node:os';
import * as path from 'node:path';

/** Bytes that the private directory's file system must have free after a step. */
const RESERVE = 65_536;
/** And before a run: file systems in memory can be small. */
const ROOM = 256 * 1024 * 1024;

export const digest = (text: string | Uint8Array): string => createHash('sha256').update(text).digest('hex');

/** A path of bytes, one code unit each, as the file system takes it. */
export const onDisk = (bytes: string): Buffer => Buffer.from(bytes, 'latin1');

/** A file's bytes, one code unit each; undefined where it cannot be read. */
export const latin1 = (file: string): string | undefined => {
  try {
    return fs.readFileSync(file, 'latin1');
  } catch {
    return undefined;
  }
};

/** What a leaf wrote to one of its files, which are made beforehand: the leaf's umask may leave it none to make. */
export const written = (file: string): string | undefined => latin1(file) || undefined;

export class PrivateDirectory {
  readonly path: string;
  private counter = 0;

  /** @param parent where it is made; by default in memory, or in the temporary directory */
  constructor(parent?: string) {
    this.path = fs.mkdtempSync(path.join(parent ?? defaultDirectory(), 'sh2sfn-'));
  }

  /** A number that has not been given to anything yet. */
  next(): number {
    this.counter += 1;
    return this.counter;
  }

  /** The file or directory of that name. */
  at(...names: readonly string[]): string {
    return path.join(this.path, ...names);
  }

  /** The text that a driver or a shell that stays is told to run under this number. */
  command(number: number): string {
    return this.at(`x${number}`);
  }

  /**
   * The error of a full private directory. Captured output and the state's records lie there: what had no room would
   * silently be missing.
   */
  full(): NodeJS.ErrnoException | undefined {
    const { bavail, bsize, files, ffree } = fs.statfsSync(this.path);
    if (bavail * bsize >= RESERVE && (files === 0 || ffree > 0)) return undefined;
    return Object.assign(new Error('no space is left'), {
      code: 'ENOSPC',
      errno: -constants.errno.ENOSPC,
      path: this.path,
    });
  }

  remove(): void {
    fs.rmSync(this.path, { recursive: true, force: true });
  }
}

/** The file system in memory where there is one. */
function defaultDirectory(): string {
  const shm = '/dev/shm';
  try {
    fs.accessSync(shm, fs.constants.W_OK | fs.constants.X_OK);
    const { bavail, bsize } = fs.statfsSync(shm);
    if (bavail * bsize >= ROOM) return shm;
  } catch {
    // There is none.
  }
  // The run's own shells name it without quotes.
  return /^[\w./-]+$/.test(tmpdir()) ? tmpdir() : '/tmp';
}
