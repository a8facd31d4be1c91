/** Runs command lines of sh2sfn for tests: within the process, or as a process of its own. */
import assert from 'node:assert/strict';
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import { main } from '../../src/cli/command-line.ts';
import type { Outcome, Session } from '../../src/cli/session.ts';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** The built program: what is installed, and starts in a fraction of the time that the sources take. */
export const MAIN = join(ROOT, 'bin/sh2sfn.js');

/** Milliseconds after which what a test has started is taken to hang, and is killed. */
const LIMIT = 300_000;
/** And those of what is to be met by a signal. */
const LIVES = 60_000;

export interface Result {
  status: Outcome | null;
  stdout: string;
  stderr: string;
}

/** Runs a command line in this process. */
export async function invoke(args: string[], cwd: string, env: Session['env'] = {}): Promise<Result> {
  const out: Buffer[] = [];
  const err: Buffer[] = [];
  const status = await main(args, {
    stdout: (data) => void out.push(Buffer.from(data)),
    stderr: (data) => void err.push(Buffer.from(data)),
    env: { PATH: process.env.PATH, ...env },
    cwd,
    color: { stdout: false, stderr: false },
    format: 'text',
  });
  return { status, stdout: Buffer.concat(out).toString(), stderr: Buffer.concat(err).toString() };
}

export interface ProcessOptions {
  cwd: string;
  env?: NodeJS.ProcessEnv;
  input?: string | Buffer;
}

const environment = (env: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv => ({
  PATH: process.env.PATH,
  NODE: process.execPath,
  MAIN,
  ...env,
});

/** Runs a command line in a process of its own. */
export function spawnCli(
  args: string[],
  { cwd, env, input = '' }: ProcessOptions,
): { status: number | null; signal: NodeJS.Signals | null; stdout: Buffer; stderr: string } {
  const { status, signal, stdout, stderr } = spawnSync(process.execPath, [MAIN, ...args], {
    cwd,
    env: environment(env),
    input,
    timeout: LIMIT,
    killSignal: 'SIGKILL',
  });
  return { status, signal, stdout, stderr: stderr.toString() };
}

/**
 * Compares what sh2sfn does with what bash does where time decides what a signal meets: they are run anew until sh2sfn does what
 * bash has done in one of its runs.
 * @param attempts so many times at most
 */
export async function assertAgree(
  attempts: number,
  bash: () => Promise<unknown>,
  here: () => Promise<unknown>,
): Promise<void> {
  const seen: unknown[] = [];
  for (let attempt = 1; ; attempt += 1) {
    const [expected, outcome] = await Promise.all([bash(), here()]);
    seen.push(expected);
    if (seen.some((one) => isDeepStrictEqual(outcome, one))) return;
    if (attempt === attempts) return assert.deepEqual(outcome, expected);
  }
}

/** Runs a shell line in which `sh2sfn` is the CLI. (Bash takes the socket on stdin for a remote login: no .bashrc.) */
export function shell(line: string, { cwd, env, input = '' }: ProcessOptions): Result {
  const script = `sh2sfn() { "$NODE" "$MAIN" "$@"; }\n${line}`;
  const { status, stdout, stderr } = spawnSync('bash', ['--norc', '-c', script], {
    cwd,
    env: environment(env),
    input,
    encoding: 'utf8',
    timeout: LIMIT,
    killSignal: 'SIGKILL',
  });
  return { status, stdout, stderr };
}

/** Starts a command line and leaves it running. */
export const startCli = (args: string[], cwd: string): ChildProcess =>
  startProgram(process.execPath, [MAIN, ...args], { cwd, env: environment() });

/** Starts a program in a process group of its own, and leaves it running: for a while, should nothing end it. */
export function startProgram(
  program: string,
  args: readonly string[],
  { cwd, env }: { cwd: string; env?: NodeJS.ProcessEnv },
): ChildProcess {
  const child = spawn(program, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  const timer = setTimeout(() => process.kill(-child.pid!, 'SIGKILL'), LIVES);
  child.on('exit', () => clearTimeout(timer));
  return child;
}

/** A fresh directory that goes with the test. */
export function temporary(context: { after: (fn: () => void) => void }): string {
  const directory = mkdtempSync(join(tmpdir(), 'sh2sfn-test-'));
  context.after(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}
