import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Bundle } from '../../src/bundle.ts';
import { prepareDeploy } from '../../src/deploy/deploy.ts';
import { buildDesired, type Desired, type DesiredOptions } from '../../src/deploy/desired.ts';
import type { Observed } from '../../src/deploy/observe.ts';
import { planDeploy, planDestroy } from '../../src/deploy/plan.ts';
import { fakeHandler, makeBundle, makeStep, readFile, seedBundle } from './fixture.ts';

const PLACE = { partition: 'aws', region: 'eu-west-1', account: '123456789012' };

function desire(bundle: Bundle = seedBundle(), options: DesiredOptions = {}): Desired {
  const { value } = prepareDeploy(bundle, readFile, fakeHandler);
  return buildDesired(value!.bundle, value!.roles, value!.zips, PLACE, options);
}

const nothing = (): Observed => ({ roles: new Map(), logGroups: new Map(), functions: new Map() });

/** What AWS holds once that is deployed. */
function deployed(desired: Desired, running: string[] = []): Observed {
  const { identity } = desired.names;
  return {
    roles: new Map(desired.roles.map(({ name, hash }) => [name, { name, hash, identity }])),
    logGroups: new Map(desired.logGroups.map((group) => [group.name, group])),
    functions: new Map(
      desired.functions.map(({ name, hash }) => [name, { name, hash, identity, arn: `arn:${name}`, version: '1' }]),
    ),
    machine: { ...desired.machine, identity, running },
  };
}

const show = (plan: { changes: { action: string; kind: string }[] }): string[] =>
  [...new Set(plan.changes.map(({ action, kind }) => `${action} ${kind}`))].sort();

describe('a plan', () => {
  it('of a first deployment creates everything, roles first and the machine last', () => {
    const { changes } = planDeploy(desire(), nothing());
    const kinds = changes.map(({ kind }) => kind);
    assert.deepEqual([kinds[0], kinds.at(-1), kinds.length], ['role', 'machine', 4 + 3 + 3 + 1]);
    assert.ok(changes.every(({ action }) => action === 'create'));
  });
  it('after its apply is empty', () => {
    const plan = planDeploy(desire(), deployed(desire()));
    assert.deepEqual([plan.changes, plan.unchanged], [[], 11]);
  });
  it('finishes what an earlier deployment left unfinished', () => {
    const observed = deployed(desire());
    const [role] = observed.roles.values();
    const [fn] = observed.functions.values();
    delete role!.hash;
    delete fn!.version;
    assert.deepEqual(show(planDeploy(desire(), observed)), ['update function', 'update role']);
  });
  it('of a new memory size updates the function and the machine', () => {
    const changed = makeBundle([makeStep('first', './first.sh', { settings: { memory: 512 } })]);
    const observed = deployed(desire(makeBundle([makeStep('first', './first.sh')])));
    assert.deepEqual(show(planDeploy(desire(changed), observed)), ['update function', 'update machine']);
  });
  it('of a permissions boundary updates the roles alone', () => {
    const boundary = 'arn:aws:iam::123456789012:policy/b';
    assert.deepEqual(show(planDeploy(desire(seedBundle(), { boundary }), deployed(desire()))), ['update role']);
  });
  it('deletes what the machine no longer has', () => {
    const plan = planDeploy(desire(makeBundle([makeStep('first', './first.sh')])), deployed(desire()));
    assert.deepEqual(show(plan), ['delete function', 'delete log-group', 'delete role', 'update machine']);
  });
  it('but not while an execution is running', () => {
    const plan = planDeploy(desire(makeBundle([makeStep('first', './first.sh')])), deployed(desire(), ['arn:e']));
    assert.deepEqual(show(plan), ['update machine']);
    assert.equal(plan.kept.length, 6);
  });
  it('looks again at versions that an execution was using, once none does', () => {
    const stale = (running: string[]): string[] => {
      const observed = deployed(desire(), running);
      for (const fn of observed.functions.values()) fn.stale = true;
      return show(planDeploy(desire(), observed));
    };
    assert.deepEqual(stale(['arn:e']), []);
    assert.deepEqual(stale([]), ['update function']);
  });
  it('never touches what carries another identity', () => {
    const observed = deployed(desire());
    for (const role of observed.roles.values()) role.identity = 'other';
    observed.machine!.identity = undefined;
    const plan = planDeploy(desire(), observed);
    assert.deepEqual([plan.changes.length, plan.foreign.length], [0, 5]);
    const removal = planDestroy(desire().names, observed);
    assert.deepEqual(show(removal), ['delete function', 'delete log-group']);
    assert.equal(removal.foreign.length, 5);
  });
  it('of a destruction ends with the roles', () => {
    const { changes } = planDestroy(desire().names, deployed(desire()));
    assert.deepEqual([changes[0]!.kind, changes.at(-1)!.kind, changes.length], ['machine', 'role', 11]);
  });
});

describe('what is desired', () => {
  it('is the same twice', () => assert.equal(JSON.stringify(desire()), JSON.stringify(desire())));
  it('has account and names in its policies, and no placeholder', () => {
    const { roles, names } = desire();
    for (const { policy, trust } of roles) assert.doesNotMatch(policy + trust, /\$\{[A-Z]/);
    assert.match(roles[0]!.policy, new RegExp(`log-group:/aws/lambda/${names.step('first')}:\\*`));
    assert.match(roles.at(-1)!.policy, new RegExp(`:function:${names.prefix}\\*`));
  });
  it('leaves text of the user alone that looks like a placeholder', () => {
    const layers = ['arn:aws:lambda:us-east-1:1:layer:aws:1'];
    const command = makeStep('s', 'aws s3 rm x', { settings: { layers } });
    command.commands[0]!.words[3] = { text: "'s3://bkt/${Account}'", value: 's3://bkt/${Account}' };
    assert.match(desire(makeBundle([command])).roles[0]!.policy, /bkt\/\$\{\$\}\{Account\}/);
  });
});
