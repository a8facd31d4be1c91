import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { namesOf } from '../../src/deploy/names.ts';

describe('names', () => {
  const names = namesOf('nightly', 'eu-west-1');
  it('of steps begin with the prefix', () => assert.equal(names.step('first'), `${names.prefix}first`));
  it('fit into 64 characters and stay apart', () => {
    const long = namesOf('n'.repeat(60), 'eu-west-1');
    const keys = ['k'.repeat(70), `${'k'.repeat(70)}x`];
    const made = keys.map((key) => long.step(key));
    assert.ok(made.every((name) => name.length <= 64 && name.startsWith(long.prefix)));
    assert.notEqual(made[0], made[1]);
  });
  it('of two regions and of two machines differ', () => {
    assert.notEqual(names.prefix, namesOf('nightly', 'us-east-1').prefix);
    assert.notEqual(names.prefix, namesOf('nightly-b', 'eu-west-1').prefix);
  });
  it('of a machine are no prefix of another', () => {
    const other = namesOf('nightly-x', 'eu-west-1');
    assert.ok(!other.prefix.startsWith(names.prefix) && !other.machineRole.startsWith(names.machineRole));
  });
});
