/**
 * What one split step costs: a script of many against a script of one, divided, beside a process that spawns
 * `bash FILE` for the same command. The spawn is Node's own, as it would be without a runtime of ours.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Benchmark, command, inTurn, ROOT, sh2sfn, timeRow } from './measure.ts';

const STEPS = 200;

/** Spawns bash for a file so many times, one after the other, without blocking: as the runtime would have to. */
const SPAWNER = `
import { spawn } from 'node:child_process';
const [file, times] = process.argv.slice(1);
for (let i = 0; i < Number(times); i += 1)
  await new Promise((resolve) => spawn('bash', [file], { stdio: 'inherit' }).on('exit', resolve));
`;

const LINES: [name: string, line: string][] = [
  ['an external command', '/bin/true'],
  ['a builtin in a forked shell', 'echo >/dev/null'],
  ['a builtin in a fresh shell', 'printf "" >/dev/null'],
];

export const bench: Benchmark = async (print) => {
  const directory = mkdtempSync(join(tmpdir(), 'bench-'));
  const write = (name: string, text: string): string => {
    writeFileSync(join(directory, name), text);
    return join(directory, name);
  };
  try {
    for (const [name, line] of LINES) {
      const one = write('one.sh', `${line}\n`);
      const two = write('two.sh', `${line}\n`.repeat(2));
      const many = write('many.sh', `${line}\n`.repeat(STEPS + 2));
      const run = (script: string) => command(sh2sfn('run', '--granularity', 'command', script), directory);
      const spawner = (times: number) =>
        command([process.execPath, '--input-type=module', '-e', SPAWNER, one, String(times)], ROOT);
      const times = await inTurn(5, {
        many: () => run(many),
        two: () => run(two),
        spawns: () => spawner(STEPS),
        none: () => spawner(0),
      });
      const step = (times.many - times.two) / STEPS;
      const spawn = (times.spawns - times.none) / STEPS;
      print(timeRow(`a step: ${name}`, step, 'spawn of bash FILE with it', spawn, { goal: { most: 2 } }));
    }
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
};
