/** Runs command lines of sh2sfn for tests: within the process, or as a process of its own. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { main } from '../../src/cli/command-line.ts';
import type { Outcome, Session } from '../../src/cli/session.ts';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));
export const MAIN = join(ROOT, 'src/cli/main.ts');

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
  });
  return { status, signal, stdout, stderr: stderr.toString() };
}

/** Runs a shell line in which `sh2sfn` is the CLI. (Bash takes the socket on stdin for a remote login: no .bashrc.) */
export function shell(line: string, { cwd, env, input = '' }: ProcessOptions): Result {
  const script = `sh2sfn() { "$NODE" "$MAIN" "$@"; }\n${line}`;
  const { status, stdout, stderr } = spawnSync('bash', ['--norc', '-c', script], {
    cwd,
    env: environment(env),
    input,
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

/** Starts a command line and leaves it running. */
export function startCli(args: string[], cwd: string): ChildProcess {
  return spawn(process.execPath, [MAIN, ...args], {
    cwd,
    env: environment(),
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
}

/** A fresh directory that goes with the test. */
export function temporary(context: { after: (fn: () => void) => void }): string {
  const directory = mkdtempSync(join(tmpdir(), 'sh2sfn-test-'));
  context.after(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}
