/** ministack, the AWS emulator of the tests: started by the test itself, in a process group and directory of its own. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { after, before } from 'node:test';
import { fileURLToPath } from 'node:url';
import { type Clients, connect } from '../../src/deploy/clients.ts';

const VERSION = '1.5.33';
const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** Where the tests' Python programs live. */
export const VENV = join(ROOT, '.venv');
const PROGRAM = join(VENV, 'bin', 'ministack');

/** Runs the installation alone: test files run at the same time. */
export function installing(program: string, install: () => void): void {
  const lock = `${VENV}.lock`;
  for (let waited = 0; !existsSync(program); waited += 200) {
    try {
      mkdirSync(lock);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || waited > 300_000) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
      continue;
    }
    try {
      if (!existsSync(join(VENV, 'bin', 'pip'))) execFileSync('python3', ['-m', 'venv', VENV], { stdio: 'ignore' });
      if (!existsSync(program)) install();
    } finally {
      rmdirSync(lock);
    }
  }
}

/** Calls pip of the private environment. */
export function pip(...words: string[]): void {
  const [command, ...rest] = words;
  const quiet = [command!, '--quiet', '--disable-pip-version-check'];
  execFileSync(join(VENV, 'bin', 'pip'), [...quiet, ...rest], { stdio: ['ignore', 'ignore', 'inherit'] });
}

/** A port of 127.0.0.1 that nobody listens on. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
}

interface Ministack {
  endpoint: string;
  /** Variables for the SDK. */
  environment: Record<string, string>;
  stop(): Promise<void>;
}

/** Starts ministack and waits until it answers. `auth`: roles of functions are enforced. */
async function startMinistack({ auth = false } = {}): Promise<Ministack> {
  installing(PROGRAM, () => pip('install', `ministack==${VERSION}`));
  const port = await freePort();
  const endpoint = `http://127.0.0.1:${port}`;
  const directory = mkdtempSync(join(tmpdir(), 'sh2sfn-ministack-'));
  const child = spawn(PROGRAM, [], {
    cwd: directory,
    detached: true,
    stdio: ['ignore', 'ignore', process.env.SH2SFN_DEBUG === '1' ? 'inherit' : 'ignore'],
    env: {
      // The node that the functions run on is the one that runs the tests.
      PATH: [dirname(process.execPath), process.env.PATH].join(delimiter),
      HOME: directory,
      TMPDIR: directory,
      BIND_HOST: '127.0.0.1',
      GATEWAY_PORT: String(port),
      IOT_MTLS_ENABLED: '0',
      SFTP_ENABLED: '0',
      AWS_ENDPOINT_URL: endpoint,
      // Its own calls are made with that key, which the functions' clients have not.
      ...(auth ? { AUTH: 'true', AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' } : {}),
    },
  });
  const stop = async (): Promise<void> => {
    await fetch(`${endpoint}/_ministack/reset`, { method: 'POST' }).catch(() => undefined);
    await killGroup(child);
    rmSync(directory, { recursive: true, force: true });
  };
  for (let waited = 0; ; waited += 100) {
    if (child.exitCode !== null || waited > 30_000) {
      await stop();
      throw new Error('ministack did not start');
    }
    const answer = await fetch(`${endpoint}/_ministack/health`).catch(() => undefined);
    if (answer?.ok) break;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  const environment = {
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: auth ? '123456789012' : 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
  };
  return { endpoint, environment, stop };
}

/** What the tests of a file or suite have while they run. */
interface Fixture {
  endpoint: string;
  /** Connected to ministack. */
  clients: Clients;
}

/** Runs ministack while the tests of this file or suite run; the SDK finds it by the environment. Filled in before the first. */
export function useMinistack(options?: Parameters<typeof startMinistack>[0]): Fixture {
  const fixture = {} as Fixture;
  let server: Ministack | undefined;
  before(async () => {
    server = await startMinistack(options);
    Object.assign(process.env, server.environment);
    fixture.endpoint = server.endpoint;
    fixture.clients = await connect();
  });
  after(async () => {
    fixture.clients?.close();
    await server?.stop();
  });
  return fixture;
}

/** Ends a process that was started as the leader of a group, and the group with it. */
export async function killGroup(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  process.kill(-child.pid, 'SIGKILL');
  await ended;
}
