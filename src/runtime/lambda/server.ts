/**
 * Lambda on this machine: the Runtime API (2018-06-01) for one sandbox, and the child process in it that runs the very
 * zip that is deployed. Each sandbox has a directory of its own, in which the package is unzipped and read-only, a
 * temporary folder of its own, and an environment that inherits nothing.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { unzipSync } from 'fflate';
import { BOOTSTRAP } from './bootstrap.ts';
import { killProcesses } from './leftovers.ts';

/** Bytes that Lambda allows in a request, and in a response: as AWS's runtime interface emulator has it, 100 more. */
const PAYLOAD_LIMIT = 6 * 1024 * 1024;
const RESPONSE_LIMIT = PAYLOAD_LIMIT + 100;
/** Milliseconds that Lambda gives a function to start. */
const INIT_MS = 10_000;

export interface SandboxOptions {
  /** Name of the function. */
  name: string;
  zip: Uint8Array;
  /** Such as `index.handler`. */
  handler: string;
  /** Seconds. */
  timeout: number;
  memory?: number;
  /** The directory for temporary files; by default one of the sandbox's own. */
  temporary?: string;
  /** Beside Lambda's own variables. */
  environment?: Record<string, string>;
  /** Program that runs the bootstrap. */
  node?: string;
}

/** Lambda's words for signals. */
const SIGNALS: Partial<Record<NodeJS.Signals, string>> = {
  SIGKILL: 'killed',
  SIGTERM: 'terminated',
  SIGABRT: 'aborted',
  SIGSEGV: 'segmentation fault',
};

/** What the function answered in place of a result: its error, as Lambda passes it on. */
export class FunctionError extends Error {
  /** Name of the error to the state machine. */
  readonly error: string;
  /** JSON with errorType and errorMessage. */
  override readonly cause: string;

  constructor(error: string, cause: string) {
    super(`${error}: ${cause}`);
    this.name = 'FunctionError';
    this.error = error;
    this.cause = cause;
  }
}

interface Invocation {
  id: string;
  payload: string;
  deadline: number;
  resolve: (result: unknown) => void;
  reject: (error: FunctionError) => void;
}

/** One execution environment: runs one invocation at a time, as Lambda's do. */
export class Sandbox {
  private readonly options: SandboxOptions;
  private readonly server: Server;
  private directory = '';
  private child: ChildProcess | undefined;
  /** The bootstrap's open `/next`. */
  private waiting: ServerResponse | undefined;
  private current: Invocation | undefined;
  private timer: NodeJS.Timeout | undefined;
  private listening: Promise<void> | undefined;
  /** The end of all that the last process had started. */
  private ending: Promise<void> | undefined;

  constructor(options: SandboxOptions) {
    this.options = options;
    this.server = createServer((request, response) => {
      this.serve(request, response).catch(() => response.destroy());
    });
    // A `/next` may stay open for as long as nothing is invoked.
    this.server.requestTimeout = 0;
    this.server.keepAliveTimeout = 0;
  }

  get busy(): boolean {
    return this.current !== undefined;
  }

  /** Invokes the function. Rejects with a {@link FunctionError}. */
  invoke(payload: unknown): Promise<unknown> {
    if (this.current) throw new Error(`the sandbox of ${this.options.name} is busy`);
    const text = JSON.stringify(payload);
    return new Promise((resolve, reject) => {
      if (Buffer.byteLength(text) > PAYLOAD_LIMIT) {
        reject(functionError('Lambda.RequestEntityTooLarge', `the request has more than ${PAYLOAD_LIMIT} bytes`));
        return;
      }
      this.current = { id: randomUUID(), payload: text, deadline: 0, resolve, reject };
      this.start().then(
        () => this.hand(),
        (error: unknown) =>
          this.settle((invocation) => invocation.reject(functionError('Runtime.StartError', String(error)))),
      );
    });
  }

  /** Ends the child and everything below it, and removes the directory. */
  async close(): Promise<void> {
    this.kill();
    this.settle((invocation) => invocation.reject(functionError('Lambda.Unknown', 'the sandbox was closed')));
    await new Promise<void>((resolve) => {
      this.server.close(() => resolve());
      this.server.closeAllConnections();
    });
    if (this.directory) removeDirectory(this.directory);
    this.directory = '';
  }

  private async start(): Promise<void> {
    this.listening ??= new Promise((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen(0, '127.0.0.1', resolve);
    });
    await this.listening;
    // What the last process left is found by its directory, where the next one will be.
    await this.ending;
    if (this.child) return;
    const { name, handler, memory = 1024, temporary, environment = {}, node = process.execPath } = this.options;
    if (!this.directory) this.directory = this.unpack();
    const { port } = this.server.address() as AddressInfo;
    const child = spawn(node, [join(this.directory, 'bootstrap.cjs')], {
      cwd: join(this.directory, 'task'),
      detached: true,
      stdio: ['ignore', 'ignore', 'ignore'],
      env: {
        ...environment,
        PATH: `${dirname(realpathSync(node))}:/usr/local/bin:/usr/bin:/bin:/opt/bin`,
        LANG: 'en_US.UTF-8',
        TZ: ':UTC',
        TMPDIR: temporary ?? join(this.directory, 'tmp'),
        _HANDLER: handler,
        LAMBDA_TASK_ROOT: join(this.directory, 'task'),
        LAMBDA_RUNTIME_DIR: this.directory,
        AWS_LAMBDA_RUNTIME_API: `127.0.0.1:${port}`,
        AWS_LAMBDA_FUNCTION_NAME: name,
        AWS_LAMBDA_FUNCTION_VERSION: '1',
        AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memory),
        AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
      },
    });
    this.child = child;
    const gone = (how: string): void => {
      if (this.child !== child) return;
      this.child = undefined;
      this.waiting = undefined;
      const running = this.current;
      const fail = (): void => {
        if (this.current === running) this.fail('Runtime.ExitError', `Error: Runtime exited ${how}`);
      };
      // What it was running lives on without it; Lambda's sandbox ends whole.
      const remains = { shell: child.pid ?? 0, directory: temporary ?? this.directory };
      this.ending = killProcesses(remains).then(fail, fail);
    };
    child.once('error', (error) => gone(`with error: ${error.message}`));
    child.once('exit', (status, signal) => {
      if (signal) gone(`with error: signal: ${SIGNALS[signal] ?? signal}`);
      else gone(status === 0 ? 'without providing a reason' : `with error: exit status ${status}`);
    });
    this.arm(INIT_MS, 'Error: Runtime did not start in time');
  }

  /** Unzips the package; nobody but us can read it. */
  private unpack(): string {
    const directory = mkdtempSync(join(realpathSync(tmpdir()), 'sh2sfn-lambda-'));
    mkdirSync(join(directory, 'tmp'), { mode: 0o700 });
    const task = join(directory, 'task');
    mkdirSync(task, { mode: 0o755 });
    for (const [path, bytes] of Object.entries(unzipSync(this.options.zip))) {
      const file = join(task, path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, bytes, { mode: 0o555 });
    }
    for (const path of [...readdirSync(task, { recursive: true, withFileTypes: true })]) {
      if (path.isDirectory()) chmodSync(join(path.parentPath, path.name), 0o555);
    }
    chmodSync(task, 0o555);
    writeFileSync(join(directory, 'bootstrap.cjs'), BOOTSTRAP, { mode: 0o400 });
    return directory;
  }

  /** Gives the waiting bootstrap the invocation, once there are both. */
  private hand(): void {
    const invocation = this.current;
    if (!invocation || !this.waiting || invocation.deadline > 0) return;
    const { timeout, name } = this.options;
    invocation.deadline = Date.now() + timeout * 1000;
    this.arm(timeout * 1000, `Error: Task timed out after ${timeout.toFixed(2)} seconds`);
    this.waiting.writeHead(200, {
      'Content-Type': 'application/json',
      'Lambda-Runtime-Aws-Request-Id': invocation.id,
      'Lambda-Runtime-Deadline-Ms': String(invocation.deadline),
      'Lambda-Runtime-Invoked-Function-Arn': `arn:aws:lambda:us-east-1:000000000000:function:${name}`,
      'Lambda-Runtime-Trace-Id': 'Root=1-00000000-000000000000000000000000;Sampled=0',
    });
    this.waiting.end(invocation.payload);
    this.waiting = undefined;
  }

  /** After that time the sandbox is killed, and the next invocation gets a new process. */
  private arm(ms: number, message: string): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.kill();
      this.fail('Sandbox.Timedout', message);
    }, ms);
  }

  private fail(type: string, message: string): void {
    this.settle((invocation) => invocation.reject(functionError(type, `RequestId: ${invocation.id} ${message}`)));
  }

  private settle(how: (invocation: Invocation) => void): void {
    clearTimeout(this.timer);
    const invocation = this.current;
    this.current = undefined;
    if (invocation) how(invocation);
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [, version, runtime, ...rest] = (request.url ?? '').split('/');
    const accept = (): void => {
      response.writeHead(202, { 'Content-Type': 'application/json' }).end('{"status":"OK"}\n');
    };
    if (version !== '2018-06-01' || runtime !== 'runtime') return void response.writeHead(404).end();
    const what = rest.join('/');
    if (request.method === 'GET' && what === 'invocation/next') {
      // Stays open until there is something to do.
      this.waiting = response;
      if (!this.current) clearTimeout(this.timer);
      this.hand();
      return;
    }
    const body = await read(request);
    if (what === 'init/error') {
      accept();
      const { errorType } = parseFailure(body);
      // It is about to end: the next invocation must not wait for it.
      this.kill();
      this.settle((invocation) => invocation.reject(new FunctionError(errorType, body.toString())));
      return;
    }
    const [, id, kind] = rest;
    if (id !== this.current?.id || (kind !== 'response' && kind !== 'error')) {
      response.writeHead(400, { 'Content-Type': 'application/json' });
      response.end('{"errorType":"InvalidRequestID","errorMessage":"Invalid request ID"}');
      return;
    }
    if (kind === 'response' && body.length > RESPONSE_LIMIT) {
      response.writeHead(413, { 'Content-Type': 'application/json' });
      response.end('{"errorType":"RequestEntityTooLarge","errorMessage":"Exceeded maximum allowed payload size"}');
      const message = `Response payload size exceeded maximum allowed payload size (${RESPONSE_LIMIT} bytes).`;
      this.settle((invocation) => invocation.reject(functionError('Function.ResponseSizeTooLarge', message)));
      return;
    }
    accept();
    if (kind === 'error') {
      const text = body.toString();
      this.settle((invocation) => invocation.reject(new FunctionError(parseFailure(body).errorType, text)));
      return;
    }
    const text = body.toString();
    this.settle((invocation) => {
      try {
        invocation.resolve(JSON.parse(text));
      } catch {
        invocation.reject(functionError('Runtime.MarshalError', 'the response is not JSON'));
      }
    });
  }

  /** Kills the child and all of its descendants, those in process groups of their own too. */
  private kill(): void {
    const { child } = this;
    this.child = undefined;
    this.waiting = undefined;
    if (child?.pid === undefined) return;
    for (const pid of [...descendants(child.pid), child.pid]) {
      try {
        process.kill(pid, 'SIGKILL');
      } catch {
        // It ended in the meantime.
      }
    }
  }
}

function functionError(errorType: string, errorMessage: string): FunctionError {
  return new FunctionError(errorType, JSON.stringify({ errorType, errorMessage }));
}

function parseFailure(body: Buffer): { errorType: string; errorMessage: string } {
  try {
    const { errorType = 'Error', errorMessage = '' } = JSON.parse(body.toString()) as {
      errorType?: string;
      errorMessage?: string;
    };
    return { errorType, errorMessage };
  } catch {
    return { errorType: 'Runtime.Unknown', errorMessage: '' };
  }
}

async function read(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

/** Process ids below one, from /proc; none where there is no /proc. */
function descendants(root: number): number[] {
  const children = new Map<number, number[]>();
  let names: string[];
  try {
    names = readdirSync('/proc');
  } catch {
    return [];
  }
  for (const name of names) {
    if (!/^\d+$/.test(name)) continue;
    try {
      // The command's name, in parentheses, may hold anything.
      const stat = readFileSync(`/proc/${name}/stat`, 'latin1');
      const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
      children.set(parent, [...(children.get(parent) ?? []), Number(name)]);
    } catch {
      // It ended in the meantime.
    }
  }
  const found: number[] = [];
  const queue = [root];
  for (let pid = queue.shift(); pid !== undefined; pid = queue.shift()) {
    const below = children.get(pid) ?? [];
    found.push(...below);
    queue.push(...below);
  }
  return found;
}

/** Removes a directory that holds read-only directories. */
function removeDirectory(directory: string): void {
  const open = (path: string): void => {
    chmodSync(path, 0o700);
    for (const entry of readdirSync(path, { withFileTypes: true }))
      if (entry.isDirectory()) open(join(path, entry.name));
  };
  try {
    open(directory);
  } catch {
    // What cannot be opened, rm will say.
  }
  rmSync(directory, { recursive: true, force: true });
}
