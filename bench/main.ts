/**
 * The benchmarks: `npm run bench`, or `npm run bench -- NAME…` for some. Each is a file of its own, and everything is
 * printed as a ratio to bash, a peer or the bare library, taken in turn in the same run. `--json` prints the rows as JSON.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { type Benchmark, ROOT, type Row } from './measure.ts';

const BENCHMARKS: Record<string, () => Promise<{ bench: Benchmark }>> = {
  engine: () => import('./engine.ts'),
  compile: () => import('./compile.ts'),
  start: () => import('./start.ts'),
  step: () => import('./step.ts'),
  loop: () => import('./loop.ts'),
  stream: () => import('./stream.ts'),
  memory: () => import('./memory.ts'),
  transitions: () => import('./transitions.ts'),
};

const flags = process.argv.slice(2);
const asJson = flags.includes('--json');
const wanted = flags.filter((flag) => !flag.startsWith('--'));
const unknown = wanted.filter((name) => !(name in BENCHMARKS));
if (unknown.length > 0 || flags.some((flag) => flag.startsWith('--') && flag !== '--json')) {
  console.error(`usage: npm run bench -- [--json] [NAME…], of ${Object.keys(BENCHMARKS).join(', ')}`);
  process.exit(2);
}

const isMet = ({ ratio, goal }: Row): boolean | undefined =>
  goal && ('most' in goal ? ratio <= goal.most : ratio >= goal.least);

function show(row: Row): string {
  const { what, beside, measured, other, ratio, goal, note } = row;
  const digits = ratio >= 10 ? 0 : 2;
  const cells = [
    what.padEnd(50),
    measured.padStart(12),
    beside.padEnd(36),
    other.padStart(12),
    `${ratio.toFixed(digits)}×`.padStart(8),
    (goal ? ('most' in goal ? `≤ ${goal.most}` : `≥ ${goal.least}`) : '').padStart(8),
    { true: 'met', false: 'NOT MET', undefined: '' }[String(isMet(row))]!.padStart(8),
  ];
  return `  ${cells.join('  ')}${note ? `\n    ${note}` : ''}`.trimEnd();
}

// The built command is measured, so it is built first.
const build = spawnSync(process.execPath, [join(ROOT, 'tools/build.mjs')], { stdio: 'inherit' });
if (build.status !== 0) process.exit(1);

const rows: (Row & { benchmark: string })[] = [];
for (const [name, load] of Object.entries(BENCHMARKS)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  if (!asJson) console.log(name);
  const { bench } = await load();
  await bench((row) => {
    rows.push({ benchmark: name, ...row });
    if (!asJson) console.log(show(row));
  });
}
if (asJson) console.log(JSON.stringify(rows, null, 2));
else {
  const judged = rows.map(isMet).filter((met) => met !== undefined);
  console.log(`${judged.filter(Boolean).length} of ${judged.length} goals met`);
}
