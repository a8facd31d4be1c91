/**
 * Spec cases on AWS's API: of each file of test/spec some that need no stream and no file between steps are deployed,
 * each command a function of its own where that is possible, and started; the outcome must be bash's. Where ministack's
 * own interpreter of definitions is wrong, the case stands in FAULTS with the fault: there our engine executes the
 * definition that was deployed, and the functions are still those of ministack's Lambda.
 */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { compileScript } from '../../src/compile.ts';
import { type Clients, connect } from '../../src/deploy/clients.ts';
import { deploy, planDeployment, prepareDeploy } from '../../src/deploy/deploy.ts';
import { initialInput } from '../../src/deploy/input.ts';
import { findDeployed, follow, startExecution } from '../../src/deploy/start.ts';
import { TaskError } from '../../src/engine/errors.ts';
import { execute } from '../../src/engine/execute.ts';
import { framesIn, framesOfFailure } from '../../src/runtime/failure.ts';
import { readHandler } from '../../src/runtime/lambda/handler-file.ts';
import type { Frame } from '../../src/runtime/protocol.ts';
import { SourceFile } from '../../src/source/source-file.ts';
import { runBash } from '../spec/runner/bash.ts';
import type { SpecCase } from '../spec/runner/case-file.ts';
import { beyondLambda, type Granularity } from '../spec/runner/lambda.ts';
import { caseFiles, loadCases, ticket } from '../spec/runner/load.ts';
import { type Ministack, startMinistack } from './ministack.ts';

/** `file: case` → what ministack's interpreter does wrong with its machine. */
const FAULTS: Record<string, string> = {};

/** Cases of each file, and steps that one may have: the whole must be quick. */
const PER_FILE = 2;
const STEPS = [2, 6] as const;
/** Cases that must be found. */
const LEAST = 40;

const compiled = (spec: SpecCase, granularity: Granularity, name: string) =>
  compileScript(new SourceFile('../t.sh', spec.code), { granularity, name }).value!.bundle;

interface Chosen {
  spec: SpecCase;
  granularity: Granularity;
}

/** The cases: always the same ones, whatever else is added to a file before or after them. */
async function choose(): Promise<Chosen[]> {
  const chosen: Chosen[] = [];
  for (const file of caseFiles()) {
    let found = 0;
    for (const spec of loadCases(file).cases.sort((a, b) => ticket(a) - ticket(b))) {
      if (found === PER_FILE) break;
      const bash = await runBash(spec);
      const granularity = (['command', 'auto'] as const).find((one) => {
        if (beyondLambda(spec, bash, one) !== undefined) return false;
        const prepared = prepareDeploy(compiled(spec, one, 't'), () => undefined, new Uint8Array());
        const steps = prepared.value?.bundle.manifest.steps.length ?? 0;
        return steps >= STEPS[0] && steps <= STEPS[1];
      });
      if (!granularity) continue;
      chosen.push({ spec, granularity });
      found += 1;
    }
  }
  return chosen;
}

interface Outcome {
  stdout: string;
  status: number;
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
  const execution = await startExecution(clients, machine, initialInput('../t.sh', args));
  const { print, stdout } = collector();
  const { status, diagnostics } = await follow(clients, execution, { print });
  assert.deepEqual(diagnostics, []);
  return { stdout: stdout(), status };
}

/** The deployed definition on our engine, with the deployed functions. */
async function executeHere(clients: Clients, name: string, spec: SpecCase): Promise<Outcome> {
  const { arn } = await findDeployed(clients, name);
  const { definition } = await clients.sfn.describeStateMachine({ stateMachineArn: arn });
  const { print, stdout } = collector();
  const result = await execute(JSON.parse(definition!) as Record<string, unknown>, {
    input: initialInput('../t.sh', spec.args),
    selfArn: arn,
    handler: async ({ arguments: given }) => {
      const { FunctionName, Payload: request } = given as { FunctionName: string; Payload: unknown };
      const answer = await clients.lambda.invoke({ FunctionName, Payload: JSON.stringify(request) });
      const text = answer.Payload!.transformToString();
      const payload = JSON.parse(text) as { errorType?: string };
      if (answer.FunctionError) {
        framesOfFailure(payload.errorType, text).forEach(print);
        throw new TaskError(payload.errorType ?? 'Lambda.Unknown', text);
      }
      framesIn(payload).forEach(print);
      return { ExecutedVersion: answer.ExecutedVersion, StatusCode: answer.StatusCode, Payload: payload };
    },
  });
  assert.equal(result.status, 'SUCCEEDED', `${result.error}: ${result.cause}`);
  return { stdout: stdout(), status: (result.output as { status: number }).status };
}

describe('spec cases on ministack', { concurrency: 2 }, async () => {
  let server: Ministack;
  let clients: Clients;
  let functions = 0;
  before(async () => {
    server = await startMinistack();
    Object.assign(process.env, server.environment);
    clients = await connect();
  });
  after(async () => {
    clients?.close();
    await server?.stop();
  });

  const chosen = await choose();
  it(`at least ${LEAST} cases`, () => {
    assert.ok(chosen.length >= LEAST, String(chosen.length));
    assert.ok(chosen.filter(({ granularity }) => granularity === 'command').length >= LEAST / 2);
  });
  it('faults are of cases that are chosen', () => {
    const names = new Set(chosen.map(({ spec }) => `${spec.file}: ${spec.name}`));
    assert.deepEqual(
      Object.keys(FAULTS).filter((key) => !names.has(key)),
      [],
    );
  });
  for (const [index, { spec, granularity }] of chosen.entries()) {
    it(`${spec.file}: ${spec.name} (${granularity})`, async () => {
      const name = `spec-${index}`;
      const expected = await runBash(spec);
      const prepared = prepareDeploy(compiled(spec, granularity, name), () => undefined, readHandler());
      const plan = await planDeployment(clients, prepared.value!);
      await deploy(clients, plan);
      functions += plan.desired.functions.length;
      const run = `${spec.file}: ${spec.name}` in FAULTS ? executeHere : startThere;
      const { stdout, status } = await run(clients, name, spec);
      assert.deepEqual({ stdout, status }, { stdout: expected.stdout, status: expected.status });
    });
  }
  after(() => console.log(`${chosen.length} cases, ${functions} functions`));
});
