/**
 * Compares many random scripts with bash.
 *
 *   node tools/soak.ts [--count 1000] [--seed 1] [--granularity both|auto|command] [--jobs 2] [--shrink SECONDS]
 *
 * Prints the seed of each script that differs, and the script shrunk as far as the time for it allows (60 s; 0: not at
 * all). Exit status 1 if any differed.
 */
import { parseArgs } from 'node:util';
import fc from 'fast-check';
import { agree } from '../test/property/agree.ts';
import { script, scriptOf } from '../test/property/scripts.ts';
import type { Judge } from '../test/spec/runner/judge.ts';
import { mapPool } from '../test/spec/runner/pool.ts';

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '1000' },
    seed: { type: 'string', default: '1' },
    granularity: { type: 'string', default: 'both' },
    jobs: { type: 'string', default: '2' },
    shrink: { type: 'string', default: '60' },
    print: { type: 'boolean' },
  },
});
const judges: Judge[] = values.granularity === 'both' ? ['auto', 'command'] : [values.granularity as Judge];
const shrinkTime = Number(values.shrink) * 1_000;

/** The smallest script found that still differs, starting from a seed's. */
async function shrink(seed: number, judge: Judge): Promise<string> {
  let smallest = scriptOf(seed);
  const property = fc.asyncProperty(script, async (code) => {
    const differs = (await agree(code, judge)).kind === 'differs';
    if (differs && code.length < smallest.length) smallest = code;
    return !differs;
  });
  await fc.check(property, { seed, numRuns: 1, interruptAfterTimeLimit: shrinkTime });
  return smallest;
}

const first = Number(values.seed);
const seeds = Array.from({ length: Number(values.count) }, (_, index) => first + index);
const tally: Record<string, number> = { same: 0, unstable: 0, refused: 0, differs: 0 };
const failing: string[] = [];
await mapPool(seeds, Number(values.jobs), async (seed) => {
  if (values.print) console.log(scriptOf(seed));
  for (const judge of judges) {
    const answer = await agree(scriptOf(seed), judge);
    tally[answer.kind]! += 1;
    if (answer.kind === 'refused') console.log(`seed ${seed} ${judge}: refused with ${answer.code}`);
    if (answer.kind !== 'differs') continue;
    failing.push(`${seed} ${judge}`);
    const shown = shrinkTime > 0 ? await shrink(seed, judge) : scriptOf(seed);
    console.log(`seed ${seed} ${judge}: ${answer.text}\n--- script\n${shown}---`);
  }
});
console.log(`seeds ${first} to ${first + seeds.length - 1}: ${JSON.stringify(tally)}`);
if (failing.length > 0) {
  console.log(`differ: ${failing.join(', ')}`);
  process.exitCode = 1;
}
