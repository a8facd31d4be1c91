/** Reads what a step's failure says: the cause of a function error, as Lambda and the state machine pass it on. */
import { inflateRawSync } from 'node:zlib';
import type { FailureReport, Frame, StepResponse } from './protocol.ts';

function parse(text: unknown): Record<string, unknown> {
  try {
    const value: unknown = typeof text === 'string' ? JSON.parse(text) : undefined;
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    // Another kind of text.
    return {};
  }
}

/** What the step printed before it failed, or ended the shell. */
export function framesOfFailure(cause: unknown): Frame[] {
  const report: Partial<FailureReport> = parse(parse(cause).errorMessage);
  return framesIn(report.packed ? { frames: unpack(report.packed) } : report);
}

function unpack({ frames, bytes }: NonNullable<FailureReport['packed']>): Frame[] {
  try {
    const all = inflateRawSync(Buffer.from(bytes, 'base64'));
    let at = 0;
    return frames.map(([fd, length]) => {
      at += length;
      return { fd, bytes: all.toString('base64', at - length, at) };
    });
  } catch {
    // Nothing that a step of ours has packed.
    return [];
  }
}

/** The frames of an answer; anything else has none. */
export function framesIn(answer: unknown): Frame[] {
  const { frames } = (answer ?? {}) as Partial<StepResponse>;
  return Array.isArray(frames) ? frames.filter((frame) => frame.fd === 1 || frame.fd === 2) : [];
}

/** The message for people within a cause. */
export function messageOfCause(cause: string | undefined): string | undefined {
  const { errorMessage } = parse(cause);
  if (typeof errorMessage !== 'string') return cause;
  const { message } = parse(errorMessage);
  return typeof message === 'string' ? message : errorMessage;
}
