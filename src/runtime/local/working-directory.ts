/** Whether the name of a working directory still leads to it: another shell of the script may have moved or removed it. */
import * as fs from 'node:fs';
import * as path from 'node:path';
import type { ShellState } from '../state.ts';
import { onDisk } from './directory.ts';

/** statfs(2)'s type of an overlay, as containers have it. */
const OVERLAY = 0x794c7630;
/** open(2)'s flag for a descriptor that only names a file, for which no permission is needed: Node.js does not list it. */
const O_PATH = 0o10000000;
/** Stands in a place for the moment when the directory was made. */
const OF_OVERLAY = 'overlay';
/** Directories that are kept open at once: those that a script works in by turns. */
const HELD = 32;

export class WorkingDirectories {
  private readonly run: string;
  /** Whether a device is an overlay. */
  private readonly overlays = new Map<bigint, boolean>();
  /** Descriptors by place: of directories on overlays. */
  private readonly held = new Map<string, number>();

  /** @param run mark of the run: the private directory's path */
  constructor(run: string) {
    this.run = run;
  }

  /**
   * What tells a directory from another that stands in its place later; undefined where there is none. It counts in the same
   * run on the same machine only. Its number may be that of one that has been removed: when it was made counts, too. But on an
   * overlay, a directory of a lower layer becomes one of the upper layer, made then, when something is written into it: there,
   * a descriptor is kept, which tells whether it has been removed.
   */
  placeOf(directory: string): string | undefined {
    const place = this.nameOf(directory);
    if (place?.endsWith(OF_OVERLAY)) this.hold(directory, place);
    return place;
  }

  /** The state, with what has become of its working directory since it was recorded: it is looked for beside its old place. */
  located(state: ShellState): ShellState {
    const { cwd, gone, place } = state;
    if (gone || !place?.startsWith(`${this.run} `)) return state;
    const removed = this.wasRemoved(place);
    if (!removed && this.nameOf(cwd) === place) return state;
    const moved = removed ? undefined : beside(cwd).find((directory) => this.nameOf(directory) === place);
    return { ...state, gone: moved ?? true };
  }

  /**
   * What a shell has found of the working directory that it had before: `pwd -P` looks for one without a name among its
   * neighbours by its number, which on an overlay may be another's.
   */
  confirm<T extends ShellState['gone']>(gone: T, { place }: ShellState): T | true {
    return typeof gone === 'string' && place !== undefined && this.wasRemoved(place) ? true : gone;
  }

  /** Lets go of the directories. */
  close(): void {
    for (const place of [...this.held.keys()]) this.release(place);
  }

  private isOverlay(name: Buffer, device: bigint): boolean {
    let overlay = this.overlays.get(device);
    if (overlay === undefined) {
      overlay = fs.statfsSync(name).type === OVERLAY;
      this.overlays.set(device, overlay);
    }
    return overlay;
  }

  private nameOf(directory: string): string | undefined {
    const name = onDisk(directory);
    try {
      const { dev, ino, birthtimeNs } = fs.statSync(name, { bigint: true });
      return `${this.run} ${dev} ${ino} ${this.isOverlay(name, dev) ? OF_OVERLAY : birthtimeNs}`;
    } catch {
      return undefined;
    }
  }

  private hold(directory: string, place: string): void {
    const before = this.held.get(place);
    if (before !== undefined && !this.wasRemoved(place)) {
      // The one used last comes last.
      this.held.delete(place);
      this.held.set(place, before);
      return;
    }
    this.release(place);
    const [oldest] = this.held.keys();
    if (this.held.size >= HELD) this.release(oldest!);
    try {
      this.held.set(place, fs.openSync(onDisk(directory), O_PATH | fs.constants.O_DIRECTORY));
    } catch {
      // It has been removed just now.
    }
  }

  private release(place: string): void {
    const descriptor = this.held.get(place);
    if (descriptor !== undefined) fs.closeSync(descriptor);
    this.held.delete(place);
  }

  private wasRemoved(place: string): boolean {
    const descriptor = this.held.get(place);
    return descriptor !== undefined && fs.fstatSync(descriptor).nlink === 0;
  }
}

function beside(directory: string): string[] {
  const parent = path.dirname(directory);
  try {
    return fs.readdirSync(onDisk(parent), 'latin1').map((name) => path.join(parent, name));
  } catch {
    return [];
  }
}
