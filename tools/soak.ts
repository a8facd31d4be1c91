/**
 * Compares many random scripts with bash.
 *
 *   npm run soak -- [--count 1000] [--seed 1] [--granularity both|auto|command] [--jobs 2] [--shrink SECONDS] [--wide]
 *     [--print]
 *
 * --wide: the scripts of test/property/wide.ts. Prints the seed of each script that differs, and the script shrunk as far as
 * the time for it allows (60 s; 0: not at all). Exit status 1 if any differed.
 */
import { parseArgs } from 'node:util';
import { agree } from '../test/property/agree.ts';
import type { Granularity } from '../test/property/here.ts';
import { scriptOf } from '../test/property/scripts.ts';
import { shrink } from '../test/property/shrink.ts';
import { wideScriptOf } from '../test/property/wide.ts';
import { mapPool } from '../test/spec/runner/pool.ts';

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '1000' },
    seed: { type: 'string', default: '1' },
    granularity: { type: 'string', default: 'both' },
    jobs: { type: 'string', default: '2' },
    shrink: { type: 'string', default: '60' },
    wide: { type: 'boolean' },
    print: { type: 'boolean' },
  },
});

/** Under `auto`, a script that calls no program of its own is one step: a fourth of those will do. */
function granularitiesOf(seed: number, code: string): Granularity[] {
  if (values.granularity !== 'both') return [values.granularity as Granularity];
  return code.includes('./p.sh') || seed % 4 === 0 ? ['auto', 'command'] : ['command'];
}

const first = Number(values.seed);
const seeds = Array.from({ length: Number(values.count) }, (_, index) => first + index);
const tally: Record<string, number> = { same: 0, unstable: 0, refused: 0, chance: 0, differs: 0 };
const failing: string[] = [];
const started = Date.now();
let done = 0;
await mapPool(seeds, Number(values.jobs), async (seed) => {
  const script = values.wide ? wideScriptOf(seed) : scriptOf(seed);
  if (values.print) console.log(script.code);
  const granularities = granularitiesOf(seed, script.code);
  const answers = await agree(script, granularities);
  done += 1;
  if (done % 1_000 === 0) console.error(`${done} scripts, ${Math.round((Date.now() - started) / 1_000)} s`);
  for (const [index, answer] of answers.entries()) {
    const granularity = granularities[index]!;
    const kind = answer.kind === 'differs' && answer.chance ? 'chance' : answer.kind;
    tally[kind]! += 1;
    if (answer.kind === 'refused') console.log(`seed ${seed} ${granularity}: refused with ${answer.code}`);
    if (answer.kind !== 'differs') continue;
    if (kind === 'differs') failing.push(`${seed} ${granularity}`);
    const fails = async (candidate: typeof script) => {
      const [again] = await agree(candidate, [granularity]);
      return again!.kind === 'differs' && !again!.chance;
    };
    const seconds = Number(values.shrink);
    const small = seconds > 0 && kind === 'differs' ? await shrink(script, fails, seconds) : script;
    const shown = small === script ? answer : (await agree(small, [granularity]))[0]!;
    const how = kind === 'chance' ? ' (once; not again)' : '';
    console.log(`### seed ${seed} ${granularity}${how}: ${shown.kind === 'differs' ? shown.text : answer.text}`);
    console.log(`--- script ${JSON.stringify(small.args)} ${JSON.stringify(small.stdin ?? '')}\n${small.code}---`);
  }
});
const seconds = Math.round((Date.now() - started) / 1_000);
console.log(`seeds ${first} to ${first + seeds.length - 1}: ${JSON.stringify(tally)} in ${seconds} s`);
if (failing.length > 0) {
  console.log(`differ: ${failing.join(', ')}`);
  process.exitCode = 1;
}
