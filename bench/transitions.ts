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
    for (const granularity of ['auto', 'command'] as const) {
      const all = { transitions: 0, commands: 0 };
      const report = (what: string, { transitions, commands }: typeof all): void =>
        print({
          what: `${what}, ${granularity}: transitions`,
          measured: String(transitions),
          beside: 'steps that executed a command',
          other: String(commands),
          ratio: transitions / commands,
          goal: { most: GOALS[granularity] },
        });
      for (const { example, script, args = [], env } of first) {
        const cwd = join(directory, granularity, example);
        cpSync(join(ROOT, 'examples', example), cwd, { recursive: true });
        const words = sh2sfn('run', '--stats', '--granularity', granularity, script, ...args);
        const { stderr } = spawnSync(words[0]!, words.slice(1), {
          cwd,
          encoding: 'utf8',
          env: { ...process.env, ...env },
        });
        const [, transitions, commands] = /^transitions (\d+), commands (\d+)/m.exec(stderr)?.map(Number) ?? [];
        if (!transitions || !commands) throw new Error(`${script}: no statistics\n${stderr}`);
        all.transitions += transitions;
        all.commands += commands;
        report(`examples/${example}/${script}`, { transitions, commands });
      }
      report('examples, all', all);
    }
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
};
