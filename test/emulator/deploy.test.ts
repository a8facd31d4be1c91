/** Deploy, start and destroy against a real server. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deploy, destroy, planDeployment, planDestruction, prepareDeploy } from '../../src/deploy/deploy.ts';
import { initialInput } from '../../src/deploy/input.ts';
import { namesOf } from '../../src/deploy/names.ts';
import { observe } from '../../src/deploy/observe.ts';
import { findDeployed, follow, startExecution } from '../../src/deploy/start.ts';
import { fakeHandler, makeBundle, makeStep, readFile, seedBundle } from '../deploy/fixture.ts';
import { useMinistack } from './ministack.ts';

const ministack = useMinistack();

async function put(bundle = seedBundle()): Promise<string[]> {
  const prepared = prepareDeploy(bundle, readFile, fakeHandler);
  assert.deepEqual(prepared.diagnostics, []);
  const planned = await planDeployment(ministack.clients, prepared.value!);
  await deploy(ministack.clients, planned);
  return planned.plan.changes.map(({ action, kind }) => `${action} ${kind}`);
}

test('a deployment makes a role and a function a step, and the machine', async () => {
  const changes = await put();
  assert.equal(changes.filter((change) => change === 'create role').length, 4);
  assert.equal(changes.filter((change) => change === 'create function').length, 3);
  assert.equal(changes.filter((change) => change === 'create machine').length, 1);
});

test('a second deployment changes nothing', async () => {
  assert.deepEqual(await put(), []);
});

test('start prints the output of each step and ends with the status', async () => {
  const machine = await findDeployed(ministack.clients, 'fixture');
  const execution = await startExecution(ministack.clients, machine, initialInput('fixture.sh', []));
  let output = '';
  const outcome = await follow(ministack.clients, execution, {
    print: ({ bytes }) => {
      output += Buffer.from(bytes, 'base64').toString();
    },
  });
  assert.deepEqual(outcome, { status: 3, diagnostics: [] });
  assert.equal(output, 'first\nsecond\nalways-third\n');
});

test('a changed machine updates, and loses what it no longer has', async () => {
  const bundle = makeBundle([
    makeStep('first', './first.sh', { settings: { memory: 256 } }),
    makeStep('other', 'date'),
  ]);
  assert.deepEqual((await put(bundle)).sort(), [
    'create function',
    'create log-group',
    'create role',
    'delete function',
    'delete function',
    'delete log-group',
    'delete log-group',
    'delete role',
    'delete role',
    'update function',
    'update machine',
  ]);
  assert.deepEqual(await put(bundle), []);
});

test('versions stay while an execution may use them, and go with the next deployment', async () => {
  const versions = async (name: string): Promise<number> =>
    (await ministack.clients.lambda.listVersionsByFunction({ FunctionName: name })).Versions!.length - 1;
  const change = (memory: number) => makeBundle([makeStep('first', './first.sh', { settings: { memory } })]);
  await put(change(256));
  const { value } = prepareDeploy(change(512), readFile, fakeHandler);
  const planned = await planDeployment(ministack.clients, value!);
  // As if one were running.
  planned.observed.machine!.running.push('arn:e');
  await deploy(ministack.clients, planned);
  const name = planned.desired.functions[0]!.name;
  assert.equal(await versions(name), 2);
  assert.deepEqual(await put(change(512)), ['update function']);
  assert.equal(await versions(name), 1);
  assert.deepEqual(await put(change(512)), []);
});

test('a definition that is too large with its versions is refused before anything is made', async () => {
  const bundle = makeBundle(
    Array.from({ length: 60 }, (_, index) => makeStep(`s${index}`, 'date')),
    'large',
  );
  const states = bundle.definition.States as Record<string, Record<string, unknown>>;
  states.end!.Comment = 'x'.repeat(1_048_576 - Buffer.byteLength(JSON.stringify(bundle.definition)) - 20);
  assert.ok(Buffer.byteLength(JSON.stringify(bundle.definition)) <= 1_048_576);
  const { value } = prepareDeploy(bundle, readFile, fakeHandler);
  await assert.rejects(planDeployment(ministack.clients, value!), /SH4002/);
});

test('destroy leaves nothing, and only what is ours goes', async () => {
  await ministack.clients.iam.createRole({ RoleName: 'neighbour', Path: '/sh2sfn/', AssumeRolePolicyDocument: '{}' });
  await destroy(ministack.clients, await planDestruction(ministack.clients, 'fixture'));
  const left = await observe(ministack.clients, namesOf('fixture', ministack.clients.region));
  assert.deepEqual([left.machine, left.functions.size, left.roles.size, left.logGroups.size], [undefined, 0, 0, 0]);
  const { Roles } = await ministack.clients.iam.listRoles({ PathPrefix: '/sh2sfn/' });
  assert.deepEqual(
    Roles?.map((role) => role.RoleName),
    ['neighbour'],
  );
  await assert.rejects(planDestruction(ministack.clients, 'fixture'), /SH6006/);
});
