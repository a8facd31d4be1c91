/** AWS's own runtime interface emulator, from the aws-sam-cli wheel: the judge of our bootstrap and Runtime API server. */
import { spawn } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { unzipSync } from 'fflate';
import { BOOTSTRAP } from '../../src/runtime/lambda/bootstrap.ts';
import { freePort, installing, killGroup, pip, VENV } from './ministack.ts';

const VERSION = '1.170.0';
const PROGRAM = join(VENV, 'rie', 'aws-lambda-rie');

/** Takes the emulator out of the wheel. */
function installRie(): void {
  const directory = dirname(PROGRAM);
  mkdirSync(directory, { recursive: true });
  pip('download', '--no-deps', '--dest', directory, `aws-sam-cli==${VERSION}`);
  const wheel = join(directory, readdirSync(directory).find((name) => name.endsWith('.whl'))!);
  const name = `samcli/local/rapid/aws-lambda-rie-${process.arch === 'arm64' ? 'arm64' : 'x86_64'}`;
  const files = unzipSync(readFileSync(wheel), { filter: (file) => file.name === name });
  writeFileSync(`${PROGRAM}.part`, files[name]!, { mode: 0o755 });
  renameSync(`${PROGRAM}.part`, PROGRAM);
  rmSync(wheel);
}

export interface Rie {
  /** Invokes the function; the answer as Lambda gives it to a synchronous caller. */
  invoke(payload: unknown): Promise<unknown>;
  stop(): Promise<void>;
}

/** Starts the emulator with a package, unzipped into a directory of its own. */
export async function startRie(zip: Uint8Array, timeout: number): Promise<Rie> {
  installing(PROGRAM, installRie);
  const directory = mkdtempSync(join(tmpdir(), 'sh2sfn-rie-'));
  const task = join(directory, 'task');
  for (const [path, bytes] of Object.entries(unzipSync(zip))) {
    mkdirSync(dirname(join(task, path)), { recursive: true });
    writeFileSync(join(task, path), bytes);
  }
  mkdirSync(join(directory, 'tmp'));
  writeFileSync(join(directory, 'bootstrap.cjs'), BOOTSTRAP);
  const bootstrap = join(directory, 'bootstrap');
  writeFileSync(bootstrap, `#!/bin/sh\nexec '${process.execPath}' '${join(directory, 'bootstrap.cjs')}'\n`);
  chmodSync(bootstrap, 0o755);

  const [front, api] = [await freePort(), await freePort()];
  const addresses = [
    '--runtime-interface-emulator-address',
    `127.0.0.1:${front}`,
    '--runtime-api-address',
    `127.0.0.1:${api}`,
  ];
  const child = spawn(PROGRAM, [...addresses, bootstrap], {
    cwd: task,
    detached: true,
    stdio: ['ignore', 'ignore', 'ignore'],
    env: {
      PATH: process.env.PATH,
      TMPDIR: join(directory, 'tmp'),
      _HANDLER: 'index.handler',
      LAMBDA_TASK_ROOT: task,
      AWS_LAMBDA_FUNCTION_NAME: 'f',
      AWS_LAMBDA_FUNCTION_TIMEOUT: String(timeout),
    },
  });
  const url = `http://127.0.0.1:${front}/2015-03-31/functions/function/invocations`;
  for (let waited = 0; ; waited += 50) {
    // Anything but a POST to that address is answered without an invocation.
    if (await fetch(`http://127.0.0.1:${front}/`).catch(() => undefined)) break;
    if (waited > 10_000) throw new Error('the runtime interface emulator did not start');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return {
    async invoke(payload) {
      const answer = await fetch(url, { method: 'POST', body: JSON.stringify(payload) });
      const text = await answer.text();
      try {
        return JSON.parse(text);
      } catch {
        return text;
      }
    },
    async stop() {
      await killGroup(child);
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
