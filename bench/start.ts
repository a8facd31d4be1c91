/** What the command costs before it does anything: beside a Node that does nothing. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Benchmark, command, inTurn, sh2sfn, timeRow } from './measure.ts';

export const bench: Benchmark = async (print) => {
  const directory = mkdtempSync(join(tmpdir(), 'bench-'));
  try {
    const script = join(directory, 'line.sh');
    writeFileSync(script, 'echo hello | tr a-z A-Z\n');
    const times = await inTurn(15, {
      node: () => command([process.execPath, '-e', '0']),
      version: () => command(sh2sfn('--version')),
      run: () => command(sh2sfn('run', script), directory),
      split: () => command(sh2sfn('run', '--granularity', 'command', script), directory),
      compile: () => command(sh2sfn('compile', '--emit', 'asl', script), directory),
    });
    const beside = 'node -e 0';
    print(timeRow('sh2sfn --version', times.version, beside, times.node, { goal: { most: 2 } }));
    print(timeRow('sh2sfn run of one line', times.run, beside, times.node, { goal: { most: 3 } }));
    print(timeRow('the same, split: a pipeline of two steps', times.split, beside, times.node));
    print(timeRow('sh2sfn compile of one line', times.compile, beside, times.node));
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
};
