/**
 * Random scripts never differ from bash, whatever the granularity: seeds 1 to PROPERTY_COUNT (500), and of the wide ones 1
 * to PROPERTY_WIDE (100).
 * tools/soak.ts runs many more; what it finds becomes a case in test/spec/found.test.sh.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mapPool } from '../spec/runner/pool.ts';
import { agree } from './agree.ts';
import type { Granularity } from './here.ts';
import { scriptOf } from './scripts.ts';
import { wideScriptOf } from './wide.ts';

const generators = [
  { name: 'random', option: '', make: scriptOf, count: Number(process.env.PROPERTY_COUNT ?? 500) },
  { name: 'wide random', option: '--wide ', make: wideScriptOf, count: Number(process.env.PROPERTY_WIDE ?? 100) },
];
const granularities: Granularity[] = ['auto', 'command'];

for (const { name, option, make, count } of generators)
  test(`${count} ${name} scripts do what bash does`, { timeout: 1_800_000 }, async () => {
    const seeds = Array.from({ length: count }, (_, index) => index + 1);
    const failures: string[] = [];
    /** What differed in one run of two: signals and stages of a script may meet in either order, in bash as here. */
    const once: string[] = [];
    let stable = 0;
    await mapPool(seeds, 2, async (seed) => {
      const answers = await agree(make(seed), granularities);
      if (answers[0]!.kind !== 'unstable') stable += 1;
      for (const [index, answer] of answers.entries()) {
        const where = `seed ${seed}, ${granularities[index]}`;
        if (answer.kind === 'differs') (answer.chance ? once : failures).push(`${where}: ${answer.text}`);
        // The generator writes only what is supported: a refusal would hide what it was to test.
        if (answer.kind === 'refused') failures.push(`${where}: refused with ${answer.code}`);
      }
    });
    assert.deepEqual(
      failures,
      [],
      `${failures.length} of ${count} differ; npm run soak -- ${option}--seed N --count 1 shrinks one`,
    );
    assert.ok(once.length <= count / 100, `too many differ once: ${once.join('\n')}`);
    assert.ok(stable >= count * 0.9, `only ${stable} of ${count} scripts do the same twice under bash`);
  });

test('a seed always gives the same script', () => {
  for (const { make } of generators) assert.deepEqual(make(7), make(7));
});
