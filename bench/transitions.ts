/** Transitions of the machine beside the commands that its steps executed, for the examples, as `run --stats` counts. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RUNS } from '../test/example-runs.ts';
import { type Benchmark, ROOT, sh2sfn } from './measure.ts';

const GOALS = { auto: 1.3, command: 2.2 };

export const bench: Benchmark = (print) => {
  const directory = mkdtempSync(join(tmpdir(), 'bench-'));
  try {
    const first = RUNS.filter(({ example }, index) => RUNS.findIndex((run) => run.example === example) === index);
    for (const { example, script, args = [], env } of first) {
      for (const granularity of ['auto', 'command'] as const) {
        const cwd = join(directory, granularity, example);
        cpSync(join(ROOT, 'examples', example), cwd, { recursive: true });
        const words = sh2sfn('run', '--stats', '--granularity', granularity, script, ...args);
        const { stderr } = spawnSync(words[0]!, words.slice(1), {
          cwd,
          encoding: 'utf8',
          env: { ...process.env, ...env },
        });
        const [, transitions, commands] = /^transitions (\d+), commands (\d+)/m.exec(stderr) ?? [];
        if (!transitions || !commands) throw new Error(`${script}: no statistics\n${stderr}`);
        print({
          what: `examples/${example}/${script}, ${granularity}: transitions`,
          measured: transitions,
          beside: 'steps that executed a command',
          other: commands,
          ratio: Number(transitions) / Number(commands),
          goal: { most: GOALS[granularity] },
        });
      }
    }
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
};
