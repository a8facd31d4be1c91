/** Transitions of the machine beside the commands that its steps executed, for the examples, as `run --stats` counts. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Benchmark, ROOT, sh2sfn } from './measure.ts';

const GOALS = { auto: 1.3, command: 2.2 };

/** Scripts of the examples: each is the one that is named as its folder. */
function examples(root: string): string[] {
  return readdirSync(join(root, 'examples'))
    .sort()
    .flatMap((folder) =>
      readdirSync(join(root, 'examples', folder))
        .filter((name) => name === `${folder}.sh`)
        .map((name) => join(folder, name)),
    );
}

export const bench: Benchmark = (print) => {
  const directory = mkdtempSync(join(tmpdir(), 'bench-'));
  try {
    cpSync(join(ROOT, 'examples'), join(directory, 'examples'), { recursive: true });
    for (const script of examples(ROOT)) {
      for (const granularity of ['auto', 'command'] as const) {
        const words = sh2sfn('run', '--stats', '--granularity', granularity, join(directory, 'examples', script));
        const { stderr } = spawnSync(words[0]!, words.slice(1), { cwd: directory, encoding: 'utf8' });
        const [, transitions, commands] = /^transitions (\d+), commands (\d+)/m.exec(stderr) ?? [];
        if (!transitions || !commands) throw new Error(`${script}: no statistics\n${stderr}`);
        print({
          what: `examples/${script}, ${granularity}: transitions`,
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
