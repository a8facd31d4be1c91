/**
 * Captured output. What a substitution prints goes through a named pipe, as in bash: programs see a pipe, `>/dev/stdout` opens
 * it once more and loses nothing, and the substitution ends when nobody can print any more. Its bytes are kept in a file.
 */
import * as fs from 'node:fs';
import { Socket } from 'node:net';

/** Where nothing is to be read yet. */
const NOTHING_YET = 'EAGAIN';

/** Bytes that a pipe holds (pipe(7)). */
const PIPE_SIZE = 65_536;

/** A capture that is being printed to. */
interface Capture {
  pipe: string;
  reader: Socket;
  /** The reader's descriptor. */
  from: number;
  /** Keeps the pipe from ending between two steps. */
  writer: number | undefined;
  /** The file that the bytes are kept in. */
  to: number;
  ended: Promise<void>;
  error?: Error;
}

export class Captures {
  private readonly open = new Map<string, Capture>();
  private readonly takeFifo: () => string;
  private readonly giveBack: (fifo: string) => void;

  constructor(takeFifo: () => string, giveBack: (fifo: string) => void) {
    this.takeFifo = takeFifo;
    this.giveBack = giveBack;
  }

  /** The pipe that leads to a capture's file. */
  pipeTo(file: string): string {
    let capture = this.open.get(file);
    if (!capture) this.open.set(file, (capture = this.begin(file)));
    return capture.pipe;
  }

  private begin(file: string): Capture {
    const pipe = this.takeFifo();
    const from = fs.openSync(pipe, fs.constants.O_RDONLY | fs.constants.O_NONBLOCK);
    const writer = fs.openSync(pipe, fs.constants.O_WRONLY);
    const to = fs.openSync(file, 'a', 0o600);
    const reader = new Socket({ fd: from, readable: true, writable: false });
    const ended = new Promise<void>((resolve) => reader.once('close', () => resolve()));
    const capture: Capture = { pipe, reader, from, writer, to, ended };
    reader.on('data', (bytes: Buffer) => keep(capture, bytes));
    reader.on('error', (error) => {
      capture.error ??= error;
    });
    return capture;
  }

  /** Takes what has been printed so far: no more than a pipe holds. @throws where it cannot be kept */
  drain(file: string): void {
    const capture = this.open.get(file);
    if (!capture) return;
    const block = Buffer.allocUnsafe(PIPE_SIZE);
    for (let left = PIPE_SIZE; left > 0; ) {
      const size = readNow(capture.from, block.subarray(0, left));
      if (size === 0) break;
      keep(capture, block.subarray(0, size));
      left -= size;
    }
    if (capture.error) throw capture.error;
  }

  /** Waits until nobody can print to it any more. @throws where something printed could not be kept */
  async end(file: string): Promise<void> {
    const capture = this.open.get(file);
    if (capture?.writer === undefined) return;
    fs.closeSync(capture.writer);
    capture.writer = undefined;
    await capture.ended;
    if (!this.open.delete(file)) return;
    fs.closeSync(capture.to);
    this.giveBack(capture.pipe);
    if (capture.error) throw capture.error;
  }

  /** Ends all. */
  close(): void {
    for (const { reader, writer, to } of this.open.values()) {
      reader.destroy();
      if (writer !== undefined) fs.closeSync(writer);
      fs.closeSync(to);
    }
    this.open.clear();
  }
}

function keep(capture: Capture, bytes: Uint8Array): void {
  try {
    for (let done = 0; done < bytes.length; ) done += fs.writeSync(capture.to, bytes, done);
  } catch (error) {
    capture.error ??= error as Error;
  }
}

/** Reads what is there; 0 if nothing is. */
function readNow(descriptor: number, block: Buffer): number {
  try {
    return fs.readSync(descriptor, block);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === NOTHING_YET) return 0;
    throw error;
  }
}
