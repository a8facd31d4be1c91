/**
 * Spec cases on AWS's API: of each file of test/spec some that need no stream and no file between steps are deployed,
 * each command a function of its own where that is possible, and started; the outcome must be bash's. Where ministack
 * itself is wrong, the case says so, and our engine executes the definition and the packages that were deployed.
 */
import assert from 'node:assert/strict';
import { posix } from 'node:path';
import { after, describe, it } from 'node:test';
import { bytesOf } from '../../src/cli/bytes.ts';
import { compileScript } from '../../src/compile.ts';
import type { Clients } from '../../src/deploy/clients.ts';
import { deploy, planDeployment, prepareDeploy } from '../../src/deploy/deploy.ts';
import { initialInput } from '../../src/deploy/input.ts';
import { findDeployed, follow, startExecution } from '../../src/deploy/start.ts';
import { TaskError } from '../../src/engine/errors.ts';
import { execute } from '../../src/engine/execute.ts';
import { framesIn, framesOfFailure } from '../../src/runtime/failure.ts';
import { readHandler } from '../../src/runtime/lambda/handler-file.ts';
import { FunctionError, Sandbox } from '../../src/runtime/lambda/server.ts';
import type { Frame } from '../../src/runtime/protocol.ts';
import { SourceFile } from '../../src/source/source-file.ts';
import { runBash } from '../spec/runner/bash.ts';
import type { SpecCase } from '../spec/runner/case-file.ts';
import { beyondLambda, type Granularity } from '../spec/runner/lambda.ts';
import { caseFiles, loadCases, ticket } from '../spec/runner/load.ts';
import { useMinistack } from './ministack.ts';

/** A fault of ministack's, known by how an execution fails there. */
const FAULT = {
  name: "ministack's Lambda answers Runtime.HandlerError for whatever a handler throws, so no Catch takes it by its name",
  sign: /: Runtime\.HandlerError$/,
  /** What the handler threw is an answer that some Catch of the machine takes. */
  cause: /^\{"status":\d+,"frames":/,
};
/** Share of the cases that the fault may concern. */
const FAULTY = 0.15;

/** Cases that are wanted, and steps that one may have: the whole must be quick. */
const WANTED = 45;
const STEPS = [2, 6] as const;
/** Cases that must be found. */
const LEAST = 40;

/** Reads the files that the case has beside its script. */
const given =
  (spec: SpecCase) =>
  (path: string): { bytes: Uint8Array; mode: number } | undefined => {
    const text = spec.given?.[posix.normalize(path)];
    return text === undefined ? undefined : { bytes: Buffer.from(text, 'latin1'), mode: 0o644 };
  };

const compiled = (spec: SpecCase, granularity: Granularity, name: string) =>
  compileScript(new SourceFile('../t.sh', spec.code), { granularity, name, readFile: given(spec) }).value!.bundle;

interface Chosen {
  spec: SpecCase;
  granularity: Granularity;
}

/** Whether a case can be deployed, with how many steps. */
async function suits(spec: SpecCase): Promise<Granularity | undefined> {
  const bash = await runBash(spec);
  return (['command', 'auto'] as const).find((one) => {
    if (beyondLambda(spec, bash, one) !== undefined) return false;
    const prepared = prepareDeploy(compiled(spec, one, 't'), given(spec), new Uint8Array());
    const steps = prepared.value?.bundle.manifest.steps.length ?? 0;
    return steps >= STEPS[0] && steps <= STEPS[1];
  });
}

/** The cases: one of each file, then a second one, and so on; always the same ones of those that are there. */
async function choose(): Promise<Chosen[]> {
  const chosen: Chosen[] = [];
  const files = caseFiles().map((file) => loadCases(file).cases.sort((a, b) => ticket(a) - ticket(b)));
  while (chosen.length < WANTED && files.some((cases) => cases.length > 0)) {
    for (const cases of files) {
      for (let spec = cases.shift(); spec && chosen.length < WANTED; spec = cases.shift()) {
        const granularity = await suits(spec);
        if (!granularity) continue;
        chosen.push({ spec, granularity });
        break;
      }
    }
  }
  return chosen;
}

interface Outcome {
  stdout: string;
  status: number;
  /** ministack met its fault. */
  fault?: boolean;
}

/** Collects frames as a terminal would show them. */
function collector(): { print: (frame: Frame) => void; stdout: () => string } {
  let text = '';
  return {
    print: ({ fd, bytes }) => {
      if (fd === 1) text += Buffer.from(bytes, 'base64').toString('latin1');
    },
    stdout: () => text,
  };
}

/** What `sh2sfn start` does. */
async function startThere(clients: Clients, name: string, spec: SpecCase): Promise<Outcome> {
  const machine = await findDeployed(clients, name);
  const args = spec.args.map((arg) => Buffer.from(arg, 'latin1').toString());
  const execution = await startExecution(clients, machine, initialInput('../t.sh', args.map(bytesOf)));
  const { print, stdout } = collector();
  const { status, diagnostics } = await follow(clients, execution, { print });
  const [failed] = diagnostics;
  if (failed && FAULT.sign.test(failed.message) && FAULT.cause.test(failed.cause ?? ''))
    return { stdout: '', status, fault: true };
  assert.deepEqual(diagnostics, []);
  return { stdout: stdout(), status };
}

/** Invokes a version's package as it was deployed, under our Runtime API server. */
const invokePackage =
  ({ lambda }: Clients, sandboxes: Map<string, Sandbox>) =>
  async (FunctionName: string, request: unknown): Promise<unknown> => {
    let sandbox = sandboxes.get(FunctionName);
    if (!sandbox) {
      const { Code, Configuration } = await lambda.getFunction({ FunctionName });
      const zip = new Uint8Array(await (await fetch(Code!.Location!)).arrayBuffer());
      sandbox = new Sandbox({ name: 'f', zip, handler: Configuration!.Handler!, timeout: Configuration!.Timeout! });
      sandboxes.set(FunctionName, sandbox);
    }
    try {
      return await sandbox.invoke(request);
    } catch (error) {
      assert.ok(error instanceof FunctionError);
      throw new TaskError(error.error, error.cause);
    }
  };

/** The deployed definition on our engine. */
async function executeHere(clients: Clients, name: string, spec: SpecCase): Promise<Outcome> {
  const sandboxes = new Map<string, Sandbox>();
  const invoke = invokePackage(clients, sandboxes);
  const { arn } = await findDeployed(clients, name);
  const { definition } = await clients.sfn.describeStateMachine({ stateMachineArn: arn });
  const { print, stdout } = collector();
  const result = await execute(JSON.parse(definition!) as Record<string, unknown>, {
    input: initialInput('../t.sh', spec.args.map(bytesOf)),
    selfArn: arn,
    handler: async ({ arguments: given }) => {
      const { FunctionName, Payload: request } = given as { FunctionName: string; Payload: unknown };
      try {
        const Payload = await invoke(FunctionName, request);
        framesIn(Payload).forEach(print);
        return { ExecutedVersion: '1', StatusCode: 200, Payload };
      } catch (error) {
        if (error instanceof TaskError) framesOfFailure(error.detail).forEach(print);
        throw error;
      }
    },
  });
  for (const sandbox of sandboxes.values()) await sandbox.close();
  assert.equal(result.status, 'SUCCEEDED', `${result.error}: ${result.cause}`);
  return { stdout: stdout(), status: (result.output as { status: number }).status };
}

describe('spec cases on ministack', { concurrency: 2 }, async () => {
  const ministack = useMinistack();
  let functions = 0;
  let faults = 0;

  const chosen = await choose();
  it(`at least ${LEAST} cases`, () => {
    assert.ok(chosen.length >= LEAST, String(chosen.length));
    assert.ok(chosen.filter(({ granularity }) => granularity === 'command').length >= LEAST / 2);
  });
  for (const [index, { spec, granularity }] of chosen.entries()) {
    it(`${spec.file}: ${spec.name} (${granularity})`, async (t) => {
      const name = `spec-${index}`;
      const expected = await runBash(spec);
      const prepared = prepareDeploy(compiled(spec, granularity, name), given(spec), readHandler());
      const { clients } = ministack;
      const plan = await planDeployment(clients, prepared.value!);
      await deploy(clients, plan);
      functions += plan.desired.functions.length;
      let outcome = await startThere(clients, name, spec);
      if (outcome.fault) {
        t.diagnostic(FAULT.name);
        faults += 1;
        outcome = await executeHere(clients, name, spec);
      }
      const { stdout, status } = outcome;
      assert.deepEqual({ stdout, status }, { stdout: expected.stdout, status: expected.status });
    });
  }
  after(() => {
    console.log(`${chosen.length} cases, ${functions} functions, ${faults} not wholly on ministack`);
    assert.ok(faults <= chosen.length * FAULTY, `${faults} of ${chosen.length} met the fault`);
  });
});
