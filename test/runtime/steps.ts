/** Runs fragments one after the other, each in a step of its own, with its output in files. */
import { spawnSync } from 'node:child_process';
import { closeSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Fragment, FunctionDefinition, Manifest, Step } from '../../src/bundle.ts';
import { LocalRuntime } from '../../src/runtime/local.ts';
import type { Op, StepRequest, StepResponse } from '../../src/runtime/protocol.ts';

/** A fragment with what its request says beside the state. */
export interface Leaf extends Partial<Fragment> {
  ops?: Op[];
  ignore?: boolean;
  status?: number;
  scope?: string;
  leave?: boolean;
}

export interface RunOptions {
  argv0?: string;
  args?: string[];
  set?: string[];
  env?: Record<string, string>;
  functions?: FunctionDefinition[];
  stdin?: string;
}

export interface RunResult {
  stdout: string;
  stderr: string;
  /** The last response. */
  last: StepResponse;
  responses: StepResponse[];
  /** `$?` after the last step. */
  status: number;
}

export const ENVIRONMENT: Record<string, string> = {
  PATH: process.env.PATH ?? '/usr/bin:/bin',
  HOME: '/nowhere',
  LC_ALL: 'C.UTF-8',
};

/** A fragment of plain text on the given line. */
export function leaf(text: string, line = 1, more: Leaf = {}): Leaf {
  // The bodies of here-documents come after the mark.
  const [, head, body] = /^(.*<<[^<\n]*)(\n[\s\S]*)$/.exec(text) ?? [];
  const parts: Fragment['text'] = head === undefined ? [text, ['mark']] : [head, ['mark'], `${body}\n`];
  return { kind: 'command', text: parts, line, fork: false, ...more };
}

export function makeManifest(leaves: readonly Leaf[], functions: FunctionDefinition[] = []): Manifest {
  const steps = leaves.map((fragment, index): Step => {
    const { ops: _ops, ignore: _ignore, status: _status, scope: _scope, leave: _leave, ...rest } = fragment;
    return {
      key: `s${index}`,
      state: `s${index}`,
      fragment: { kind: 'command', text: [], line: 1, fork: false, ...rest },
      commands: [],
      files: [],
      settings: {},
      source: { line: 1, column: 1, start: 0, end: 0 },
      streams: false,
    };
  });
  return {
    protocol: 1,
    name: 't',
    identity: 't',
    script: { path: 't.sh', sha256: '' },
    granularity: 'command',
    functions,
    traps: [],
    steps,
    sourceMap: {},
    statistics: { commands: 0, split: 0, states: 0, plain: 0, plainSplit: 0, reasons: {} },
  };
}

/** A session of a runtime with captured output, for tests that decide between steps. */
export class Session {
  readonly directory = mkdtempSync(join(tmpdir(), 'step-test-'));
  readonly runtime: LocalRuntime;
  private readonly leaves: readonly Leaf[];
  private readonly functions: RunOptions['functions'];
  private readonly fds: number[];
  private current: Pick<StepRequest, 'state' | 'run' | 'status'> | undefined;

  constructor(leaves: readonly Leaf[], options: RunOptions = {}) {
    this.leaves = leaves;
    this.functions = options.functions;
    const work = join(this.directory, 'work');
    mkdirSync(work);
    writeFileSync(join(this.directory, 'in'), options.stdin ?? '');
    this.fds = [
      openSync(join(this.directory, 'in'), 'r'),
      openSync(join(this.directory, 'out'), 'a'),
      openSync(join(this.directory, 'err'), 'a'),
    ];
    this.runtime = new LocalRuntime({
      argv0: options.argv0 ?? './t.sh',
      args: options.args ?? [],
      cwd: work,
      env: { ...ENVIRONMENT, ...options.env },
      options: { set: options.set ?? [] },
      stdio: this.fds as [number, number, number],
    });
  }

  async start(): Promise<void> {
    this.current = { ...(await this.runtime.start(makeManifest(this.leaves, this.functions))), status: 0 };
  }

  /** Runs step number `index`, on top of the last response. */
  async step(index: number, more: Partial<StepRequest> = {}): Promise<StepResponse> {
    const { ops = [], ignore = false, status, scope = '', leave } = this.leaves[index]!;
    const current = this.current!;
    const request: StepRequest = {
      protocol: 1,
      step: `s${index}`,
      run: current.run,
      state: current.state,
      ops,
      status: status ?? current.status,
      ignore,
      scope,
      ...more,
    };
    if (leave) request.leave = true;
    const response = await this.runtime.run(request);
    this.current = { run: current.run, state: response.state, status: response.status };
    return response;
  }

  get stdout(): string {
    return readFileSync(join(this.directory, 'out'), 'latin1');
  }

  get stderr(): string {
    return readFileSync(join(this.directory, 'err'), 'latin1');
  }

  async close(): Promise<void> {
    await this.runtime.close();
    for (const fd of this.fds) closeSync(fd);
    rmSync(this.directory, { recursive: true, force: true });
  }
}

/** Runs the leaves in order until the shell ends. */
export async function runLeaves(leaves: readonly Leaf[], options: RunOptions = {}): Promise<RunResult> {
  const session = new Session(leaves, options);
  try {
    await session.start();
    const responses: StepResponse[] = [];
    for (const index of leaves.keys()) {
      responses.push(await session.step(index));
      if (responses.at(-1)!.control === 'exit') break;
    }
    const last = responses.at(-1)!;
    const clean = (text: string): string => text.replaceAll(session.directory, 'DIR');
    return { stdout: clean(session.stdout), stderr: clean(session.stderr), last, responses, status: last.status };
  } finally {
    await session.close();
  }
}

/** What bash itself makes of a script. */
export function runBash(text: string, options: RunOptions = {}): { stdout: string; stderr: string; status: number } {
  const directory = mkdtempSync(join(tmpdir(), 'step-test-'));
  try {
    const work = join(directory, 'work');
    mkdirSync(work);
    const name = options.argv0 ?? './t.sh';
    writeFileSync(join(work, name), text, { encoding: 'latin1' });
    writeFileSync(join(directory, 'in'), options.stdin ?? '');
    const input = openSync(join(directory, 'in'), 'r');
    const { stdout, stderr, status, signal } = spawnSync(
      'bash',
      [...(options.set ?? []), name, ...(options.args ?? [])],
      {
        cwd: work,
        env: { ...ENVIRONMENT, ...options.env },
        stdio: [input, 'pipe', 'pipe'],
        encoding: 'latin1',
      },
    );
    closeSync(input);
    const clean = (text: string): string => text.replaceAll(directory, 'DIR');
    return { stdout: clean(stdout), stderr: clean(stderr), status: signal ? 128 + constants.signals[signal] : status! };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
