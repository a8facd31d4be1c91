/** Records what a fragment prints, through named pipes: a script may open /dev/stdout again, which fails on a socket. */
import { spawnSync } from 'node:child_process';
import { closeSync, constants, openSync } from 'node:fs';
import { Socket } from 'node:net';
import { join } from 'node:path';
import type { Frame } from '../protocol.ts';

const END_MS = 1000;

export class Recorder {
  /** The pipes' ends for the shell's descriptors 1 and 2. */
  readonly writers: [number, number];
  private readonly readers: Socket[] = [];
  private readonly chunks: { fd: 1 | 2; bytes: Buffer }[] = [];
  private readonly ended: Promise<unknown>;
  private size = 0;
  private open = true;

  /** `overflow` is called when more than `limit` bytes were printed; what comes after that is lost. */
  constructor(directory: string, limit: number, overflow: () => void) {
    const names = [1, 2].map((fd) => join(directory, String(fd)));
    const made = spawnSync('mkfifo', ['-m', '600', ...names], { stdio: 'ignore' });
    if (made.status !== 0) throw made.error ?? new Error('mkfifo failed');
    const ends: Promise<unknown>[] = [];
    const writers = names.map((name, index) => {
      const fd = index === 0 ? 1 : 2;
      // Without the flag it would wait for a writer, which is opened only then.
      const reader = new Socket({
        fd: openSync(name, constants.O_RDONLY | constants.O_NONBLOCK),
        readable: true,
        writable: false,
      });
      const writer = openSync(name, constants.O_WRONLY);
      ends.push(new Promise((resolve) => reader.once('close', resolve)));
      reader.on('error', () => reader.destroy());
      reader.on('data', (bytes: Buffer) => {
        if (this.size > limit) return;
        this.size += bytes.length;
        this.chunks.push({ fd, bytes });
        if (this.size > limit) overflow();
      });
      this.readers.push(reader);
      return writer;
    });
    this.writers = [writers[0]!, writers[1]!];
    this.ended = Promise.all(ends);
  }

  /** The shell has its ends: ours go, so that the pipes end with the last process that has one. */
  release(): void {
    if (this.open) for (const fd of this.writers) closeSync(fd);
    this.open = false;
  }

  /** Everything printed, in order. Call it when no process is left that could print. */
  async finish(): Promise<Frame[]> {
    this.release();
    let timer: NodeJS.Timeout | undefined;
    await Promise.race([
      this.ended,
      new Promise((resolve) => {
        timer = setTimeout(resolve, END_MS);
      }),
    ]);
    clearTimeout(timer);
    for (const reader of this.readers) reader.destroy();
    const frames: { fd: 1 | 2; bytes: Buffer[] }[] = [];
    for (const { fd, bytes } of this.chunks) {
      const last = frames[frames.length - 1];
      if (last?.fd === fd) last.bytes.push(bytes);
      else frames.push({ fd, bytes: [bytes] });
    }
    return frames.map(({ fd, bytes }) => ({ fd, bytes: Buffer.concat(bytes).toString('base64') }));
  }
}
