/** `run --lambda`: every step's package, executed as Lambda would. */

import { mkdtempSync, readFileSync, realpathSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Bundle } from '../../bundle.ts';
import { readHandler } from './handler-file.ts';
import { HANDLER, type ReadFile, readFiles, stepPayload, zipStep } from './package.ts';
import { FunctionError, Sandbox } from './server.ts';

export interface LambdaInvokerOptions {
  /** Finds the user's files, as the script names them; by default in the working directory. */
  readFile?: ReadFile;
  /** The built handler; by default dist/lambda/index.cjs. */
  handler?: Uint8Array;
  environment?: Record<string, string>;
}

export interface LambdaInvoker {
  /** Invokes a step's function. Rejects with a {@link FunctionError}, whose `error` and `cause` the state machine sees. */
  invoke(step: string, payload: unknown): Promise<unknown>;
  /** Ends all sandboxes. */
  close(): Promise<void>;
}

const LAMBDA_SECONDS = 900;

/** An invoker for the bundle. Sandboxes start when first needed; a function that runs twice at once gets two. */
export function createLambdaInvoker({ manifest }: Bundle, options: LambdaInvokerOptions = {}): LambdaInvoker {
  const { readFile = readUserFile, environment } = options;
  const handler = options.handler ?? readHandler();
  const zips = new Map<string, Uint8Array>();
  const sandboxes = new Map<string, Sandbox[]>();
  // In Lambda it has the same name in every function, and a script may remember it.
  let temporary: string | undefined;

  const zipOf = (key: string): Uint8Array => {
    const known = zips.get(key);
    if (known) return known;
    const step = manifest.steps.find((candidate) => candidate.key === key);
    if (!step) throw new Error(`the bundle has no step ${JSON.stringify(key)}`);
    const { files, problems } = readFiles(step, readFile);
    const [problem] = problems;
    if (problem) {
      const errorMessage = `the file ${problem.path} of step ${step.state} ${problem.reason}`;
      throw new FunctionError('Sh2sfn.Package', JSON.stringify({ errorType: 'Sh2sfn.Package', errorMessage }));
    }
    const zip = zipStep(stepPayload(manifest, step), files, handler);
    zips.set(key, zip);
    return zip;
  };

  return {
    async invoke(key, payload) {
      const zip = zipOf(key);
      const own = sandboxes.get(key) ?? [];
      sandboxes.set(key, own);
      let sandbox = own.find((candidate) => !candidate.busy);
      if (!sandbox) {
        const { memory, timeout = LAMBDA_SECONDS } = manifest.steps.find((step) => step.key === key)!.settings;
        temporary ??= mkdtempSync(join(realpathSync(tmpdir()), 'sh2sfn-tmp-'));
        sandbox = new Sandbox({ name: key, zip, handler: HANDLER, timeout, memory, temporary, environment });
        own.push(sandbox);
      }
      return sandbox.invoke(payload);
    },
    async close() {
      await Promise.all([...sandboxes.values()].flat().map((sandbox) => sandbox.close()));
      sandboxes.clear();
      if (temporary) rmSync(temporary, { recursive: true, force: true });
      temporary = undefined;
    },
  };
}

/** A file of the working directory; its name is bytes of the script, one code unit each. */
function readUserFile(path: string): ReturnType<ReadFile> {
  const name = Buffer.from(path, 'latin1');
  try {
    const stat = statSync(name);
    return stat.isFile() ? { bytes: readFileSync(name), mode: stat.mode & 0o777 } : undefined;
  } catch {
    return undefined;
  }
}
