/**
 * Runs scripts without a process of the command line: what `sh2sfn run` does between reading the script and ending with
 * its status, in this process, so that thousands of random scripts take minutes. test/spec runs the command line itself.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, mkdirSync, mkdtempSync, openSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import { compileScript } from '../../src/compile.ts';
import { hasErrors } from '../../src/diagnostics/diagnostic.ts';
import { TaskError } from '../../src/engine/errors.ts';
import { execute } from '../../src/engine/execute.ts';
import { linkDefinition } from '../../src/link.ts';
import { LocalRuntime } from '../../src/runtime/local.ts';
import type { StepRequest } from '../../src/runtime/protocol.ts';
import { settle } from '../../src/runtime/settle.ts';
import { SourceFile } from '../../src/source/source-file.ts';
import type { Script } from '../spec/runner/case-file.ts';
import { environmentOf, type Outcome, remove, snapshot } from '../spec/runner/sandbox.ts';

export type Granularity = 'auto' | 'command';

/** How a run in a sandbox ended: a status (-1 where its time was over), or the code of a refusal. */
type Ending = number | { refused: string };

/** An outcome, or the code of the diagnostic by which the script was refused. */
export type Run = (Outcome & { refused?: undefined }) | { refused: string };

interface Sandbox {
  top: string;
  cwd: string;
  stdio: [number, number, number];
}

const script = '../t.sh';
const arn = 'arn:aws:states:us-east-1:000000000000:stateMachine:random';

async function inSandbox({ code, stdin }: Script, body: (sandbox: Sandbox) => Promise<Ending>): Promise<Run> {
  const top = realpathSync(mkdtempSync('/dev/shm/random-'));
  try {
    const cwd = join(top, 'cwd');
    mkdirSync(cwd);
    mkdirSync(join(top, 'tmp'));
    writeFileSync(join(top, 't.sh'), code, 'latin1');
    writeFileSync(join(top, '.stdin'), stdin ?? '', 'latin1');
    const files = ['.stdin', '.stdout', '.stderr'].map((name) => join(top, name)) as [string, string, string];
    const stdio: Sandbox['stdio'] = [openSync(files[0], 'r'), openSync(files[1], 'a'), openSync(files[2], 'a')];
    let ending: Ending;
    try {
      ending = await body({ top, cwd, stdio });
    } finally {
      for (const descriptor of stdio) closeSync(descriptor);
    }
    if (typeof ending !== 'number') return ending;
    // Where in the script a message comes from may be told in other words.
    const normal = (text: string) => text.replaceAll(top, '@TOP@').replace(/(t\.sh: (?:eval: )?line )\d+:/g, '$1N:');
    const [stdout, stderr] = files.slice(1).map((file) => normal(readFileSync(file, 'latin1')));
    return { stdout: stdout!, stderr: stderr!, status: ending, files: snapshot(cwd, normal) };
  } finally {
    remove(top);
  }
}

function killGroup(pid: number | undefined): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  } catch {
    // Nothing was left.
  }
}

/** What bash itself does; status -1 where that takes longer than `patience` milliseconds. */
export function runBashHere(given: Script, patience: number): Promise<Run> {
  return inSandbox(given, ({ top, cwd, stdio }) => {
    const child: ChildProcess = spawn('bash', [script, ...given.args], {
      cwd,
      env: environmentOf(top),
      stdio,
      detached: true,
    });
    return new Promise((resolve, reject) => {
      let late = false;
      const timer = setTimeout(() => {
        late = true;
        killGroup(child.pid);
      }, patience);
      child.on('error', reject);
      child.on('exit', (code, signal) => {
        clearTimeout(timer);
        killGroup(child.pid);
        resolve(late ? -1 : (code ?? 128 + constants.signals[signal!]));
      });
    });
  });
}

/** What sh2sfn does; status -1 where that takes longer than `patience` milliseconds. */
export function runHere(given: Script, granularity: Granularity, patience: number): Promise<Run> {
  return inSandbox(given, async (sandbox) => {
    const { value, diagnostics } = compileScript(new SourceFile(script, given.code), { granularity });
    if (!value || hasErrors(diagnostics)) return { refused: diagnostics[0]!.code };
    const { bundle } = value;
    const definition = linkDefinition(bundle.definition, { partition: 'aws', self: arn, step: (key) => key });
    const env = { ...environmentOf(sandbox.top), PWD: sandbox.cwd };
    const { cwd, stdio } = sandbox;
    const runtime = new LocalRuntime({
      argv0: script,
      args: given.args,
      cwd,
      env,
      stdio,
      detached: true,
    });
    const aborted = new AbortController();
    const timer = setTimeout(() => {
      killGroup(runtime.pid);
      aborted.abort();
    }, patience);
    try {
      const input = await runtime.start(bundle.manifest);
      const handler = async (task: { arguments: unknown; signal: AbortSignal }) => {
        const { Payload } = task.arguments as { Payload: StepRequest };
        return {
          StatusCode: 200,
          Payload: settle(Payload, await runtime.run(Payload, task.signal), (state) => runtime.shorten(state)),
        };
      };
      const result = await execute(definition, {
        input,
        handler: (task) => handler(task).catch(asTaskError),
        selfArn: arn,
        signal: aborted.signal,
        check: false,
        history: false,
      });
      if (result.status === 'SUCCEEDED') return (result.output as { status: number }).status;
      if (result.status === 'ABORTED') return -1;
      writeFileSync(stdio[2], `execution ${result.status}: ${result.error} ${result.cause}\n`);
      return 1;
    } finally {
      clearTimeout(timer);
      await runtime.close();
      killGroup(runtime.pid);
    }
  });
}

/** A step's failure as the machine sees it: a name that Catch can match, and the cause. */
function asTaskError(fault: unknown): never {
  const { errorType, errorMessage } = fault as Record<string, unknown>;
  if (typeof errorType === 'string') throw new TaskError(errorType, JSON.stringify({ errorType, errorMessage }));
  throw fault;
}
