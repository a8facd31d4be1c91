/**
 * Random scripts never differ from bash: seeds 1 to PROPERTY_COUNT (500), odd ones with `auto`, even ones with `command`.
 * tools/soak.ts runs many more; what it finds becomes a case in test/spec/found.test.sh.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mapPool } from '../spec/runner/pool.ts';
import { agree } from './agree.ts';
import { scriptOf } from './scripts.ts';

const count = Number(process.env.PROPERTY_COUNT ?? 500);

test(`${count} random scripts do what bash does`, { timeout: 1_800_000 }, async () => {
  const seeds = Array.from({ length: count }, (_, index) => index + 1);
  const failures: string[] = [];
  let stable = 0;
  await mapPool(seeds, 2, async (seed) => {
    const judge = seed % 2 === 0 ? 'command' : 'auto';
    const answer = await agree(scriptOf(seed), judge);
    if (answer.kind !== 'unstable') stable += 1;
    if (answer.kind === 'differs') failures.push(`seed ${seed}, ${judge}: ${answer.text}`);
    // The generator writes only what is supported: a refusal would hide what it was to test.
    if (answer.kind === 'refused') failures.push(`seed ${seed}, ${judge}: refused with ${answer.code}`);
  });
  assert.deepEqual(failures, [], `${failures.length} of ${count} differ; tools/soak.ts --seed N --count 1 shrinks one`);
  assert.ok(stable >= count * 0.9, `only ${stable} of ${count} scripts do the same twice under bash`);
});

test('a seed always gives the same script', () => {
  assert.equal(scriptOf(7), scriptOf(7));
});
