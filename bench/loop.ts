/** Loops over external commands, whole and split, beside bash. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Benchmark, command, inTurn, sh2sfn, timeRow } from './measure.ts';

/** The loop that has goals, and others that show what they cost; `@` is the number of iterations. */
const LOOPS: [name: string, times: number, text: string][] = [
  ['1,000 times: for, /bin/true', 1000, 'for i in $(seq @); do\n  /bin/true "$i"\ndone\n'],
  ['200 times: while read, /bin/true', 200, 'seq @ | while read -r i; do\n  /bin/true "$i"\ndone\n'],
  [
    '200 times: while [ ], /bin/true, i=$((i+1))',
    200,
    'i=0\nwhile [ "$i" -lt @ ]; do\n  /bin/true "$i"\n  i=$((i+1))\ndone\n',
  ],
];

export const bench: Benchmark = async (print) => {
  const directory = mkdtempSync(join(tmpdir(), 'bench-'));
  try {
    for (const [name, iterations, text] of LOOPS) {
      const hasGoals = iterations === 1000;
      const script = join(directory, 'loop.sh');
      writeFileSync(script, text.replace('@', String(iterations)));
      const times = await inTurn(3, {
        bash: () => command(['bash', script], directory),
        auto: () => command(sh2sfn('run', script), directory),
        split: () => command(sh2sfn('run', '--granularity', 'command', script), directory),
      });
      print(timeRow(`${name}, auto`, times.auto, 'bash', times.bash, hasGoals ? { goal: { most: 1.5 } } : {}));
      print(timeRow(`${name}, command`, times.split, 'bash', times.bash, hasGoals ? { goal: { most: 4 } } : {}));
    }
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
};
