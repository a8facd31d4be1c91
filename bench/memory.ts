/** Peak memory: of a command of ours beside a Node that does nothing, and of what grows with the script or the run. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Benchmark, CLI, median } from './measure.ts';
import { mixedScript } from './mixed-script.ts';
import { peakMemory, showMemory } from './peak.ts';

export const bench: Benchmark = (print) => {
  const directory = mkdtempSync(join(tmpdir(), 'bench-'));
  const write = (name: string, text: string): string => {
    writeFileSync(join(directory, name), text);
    return join(directory, name);
  };
  const peak = (words: readonly string[]) => median([0, 1, 2].map(() => peakMemory(words, directory)));
  try {
    const node = peak(['-e', '0']);
    const row = (what: string, words: string[], beside = 'node -e 0', other = node) => {
      const measured = peak(words);
      print({ what, measured: showMemory(measured), beside, other: showMemory(other), ratio: measured / other });
      return measured;
    };
    const split = ['--granularity', 'command'];
    const line = write('line.sh', 'echo hello\n');
    row('sh2sfn --version', [CLI, '--version']);
    const one = row('run of one line', [CLI, 'run', line]);
    const loop = write('loop.sh', 'for i in $(seq 1000); do :; done\n');
    row('run of 1,000 split steps in a loop', [CLI, 'run', ...split, loop], 'run of one line', one);
    const small = row('compile of 10 lines', [CLI, 'compile', '--emit', 'asl', write('10.sh', mixedScript(10))]);
    const beside = 'compile of 10 lines';
    row(
      'compile of 1,000 lines',
      [CLI, 'compile', '--emit', 'asl', write('1000.sh', mixedScript(1000))],
      beside,
      small,
    );
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
};
