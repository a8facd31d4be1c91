/** 200 MB through a pipeline of three steps beside the same pipeline in bash; and that memory does not grow with it. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Benchmark, command, inTurn, sh2sfn, timeRow, warm } from './measure.ts';
import { peakMemory, showMemory } from './peak.ts';

const pipeline = (megabytes: number): string => `head -c ${megabytes * 1_000_000} /dev/zero | tr '\\0' x | wc -c\n`;

export const bench: Benchmark = async (print) => {
  const directory = mkdtempSync(join(tmpdir(), 'bench-'));
  const write = (name: string, megabytes: number): string => {
    writeFileSync(join(directory, name), pipeline(megabytes));
    return join(directory, name);
  };
  try {
    const large = write('large.sh', 200);
    const small = write('small.sh', 1);
    const run = (script: string) => sh2sfn('run', '--granularity', 'command', script);
    if (command(run(large), directory) !== command(['bash', large], directory)) throw new Error('the streams differ');
    warm(() => command(run(large), directory));
    const times = await inTurn(5, {
      bash: () => command(['bash', large], directory),
      ours: () => command(run(large), directory),
    });
    print(timeRow('200 MB through three steps', times.ours, 'bash', times.bash, { goal: { most: 1.3 } }));
    const [much, little] = [large, small].map((script) => peakMemory(run(script).slice(1), directory)) as [
      number,
      number,
    ];
    print({
      what: 'peak memory of it',
      measured: showMemory(much),
      beside: 'with 1 MB',
      other: showMemory(little),
      ratio: much / little,
      goal: { most: 1.1 },
    });
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
};
