/** Other people's validators accept what our machines are made of, and so does our own checker. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkDefinition } from '../../src/asl/check.ts';
import { validatorProblems } from '../asl/validators.ts';
import { cases } from './machines.ts';

for (const { name, definition } of cases) {
  test(`accepted: ${name}`, async () => {
    // What the tables leave undefined is not there.
    const plain: unknown = JSON.parse(JSON.stringify(definition));
    assert.deepEqual(checkDefinition(plain), []);
    assert.deepEqual(await validatorProblems(plain), []);
  });
}
