/** Runs a command line in this process: the only place that touches its globals. */
import { readFileSync, writeSync } from 'node:fs';
import { constants } from 'node:os';
import { main } from './command-line.ts';
import { OutputClosedError, reportError, writeDiagnostic } from './errors.ts';
import { givenDescriptors } from './given-descriptors.ts';
import { DEFAULTS, type Outcome, report, type Session, STATUS, wantsColor } from './session.ts';

/** Writes all of it now, so that nothing is lost when the process ends, whatever the descriptor is. */
function writeAll(fd: 1 | 2, data: string | Uint8Array): void {
  const bytes = typeof data === 'string' ? Buffer.from(data) : data;
  for (let at = 0; at < bytes.length; ) {
    try {
      at += writeSync(fd, bytes, at);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EAGAIN') Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
      else if (fd === 2) return;
      else if (code === 'EPIPE') throw new OutputClosedError();
      else throw error;
    }
  }
}

function processSession(): Session {
  const { env } = process;
  return {
    stdout: (data) => writeAll(1, data),
    stderr: (data) => writeAll(2, data),
    env,
    cwd: process.cwd(),
    ends: true,
    raw: (what) => readFileSync(`/proc/self/${what}`, 'latin1').split('\0').slice(0, -1),
    descriptors: givenDescriptors,
    // Asked for late: a run that has nothing to say does not open its streams.
    color: {
      get stdout() {
        return wantsColor(env, process.stdout.isTTY === true);
      },
      get stderr() {
        return wantsColor(env, process.stderr.isTTY === true);
      },
    },
    format: DEFAULTS.diagnostics,
  };
}

/** Milliseconds in which a signal has ended the process, if it does. */
const STRUCK = 200;

/** Runs the command line and ends the process with its outcome. */
export async function runProcess(args: string[]): Promise<void> {
  const session = processSession();
  const fail = (error: unknown): void => process.exit(reportError(session, error));
  process.on('uncaughtException', fail);
  process.on('unhandledRejection', fail);
  let outcome: Outcome;
  try {
    outcome = await main(args, session);
  } catch (error) {
    // What a command does not explain itself is a write to standard output that failed, or our bug.
    const unwritable =
      (error as NodeJS.ErrnoException).syscall === 'write' ? writeDiagnostic(error, 'standard output') : undefined;
    if (unwritable) report(session, [unwritable]);
    outcome = unwritable ? STATUS.failed : reportError(session, error);
  }
  if (typeof outcome === 'string') {
    // Die of the signal that the script died of, so that whoever waits for us sees it. Node.js takes some for itself until a
    // listener has come and gone.
    if (outcome !== 'SIGKILL') process.once(outcome, () => {}).removeAllListeners(outcome);
    process.kill(process.pid, outcome);
    // One that ends no process, or that was ignored when this one began.
    setTimeout(() => process.exit(128 + constants.signals[outcome]), STRUCK);
    return;
  }
  process.exit(outcome);
}
