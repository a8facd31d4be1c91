/**
 * The examples, as a user runs them: bash and sh2sfn in copies of the example's directory must agree on standard output,
 * status and files, and with what is committed below expected/. UPDATE_GOLDEN=1 writes that anew.
 */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { MAIN, ROOT, temporary } from './cli/harness.ts';
import { RUNS, type Run } from './example-runs.ts';

/** Machines that are committed: example, script, `--emit`, file. */
const MACHINES: [example: string, script: string, emit: string, file: string][] = [
  ['seed', 'seed.sh', 'graph', 'machine.mmd'],
  ['seed', 'seed.sh', 'asl', 'definition.asl.json'],
  ['nightly', 'nightly.sh', 'graph', 'machine.mmd'],
];

/**
 * What shares a step under `--granularity command`, by reason: script → reason → commands. Calls with redirections are
 * not divided where `set -e` and an EXIT trap meet: readings has some.
 */
const SHARED: Record<string, Record<string, number>> = {
  'nightly/nightly.sh': { substitution: 2 },
  'readings/readings.sh': { substitution: 2 },
  'orders/load.sh': {},
  'backup/backup.sh': { substitution: 2 },
  'weblog/report.sh': {},
  'handbook/build.sh': { background: 14, 'not-called': 6 },
  'release/ci.sh': {},
};

interface Observed {
  status: number | null;
  stdout: string;
  stderr: string;
  files: Record<string, string>;
}

function observe(context: TestContext, run: Run, command: string[]): Observed {
  const directory = join(temporary(context), run.example);
  cpSync(join(ROOT, 'examples', run.example), directory, {
    recursive: true,
    filter: (path) => !/\/(out|sh2sfn\.out)$/.test(path),
  });
  const [program, ...words] = command;
  const { status, stdout, stderr } = spawnSync(program!, [...words, run.script, ...(run.args ?? [])], {
    cwd: directory,
    env: { PATH: process.env.PATH, HOME: directory, ...run.env },
    encoding: 'latin1',
    timeout: 60_000,
  });
  return { status, stdout, stderr, files: filesBelow(directory) };
}

function filesBelow(directory: string, below = ''): Record<string, string> {
  const files: Record<string, string> = {};
  for (const entry of readdirSync(join(directory, below), { withFileTypes: true })) {
    const path = join(below, entry.name);
    if (entry.isDirectory()) Object.assign(files, filesBelow(directory, path));
    else files[path] = readFileSync(join(directory, path), 'latin1');
  }
  return files;
}

function golden(example: string, file: string, actual: string): void {
  const path = join(ROOT, 'examples', example, 'expected', file);
  if (process.env.UPDATE_GOLDEN === '1') {
    mkdirSync(join(path, '..'), { recursive: true });
    writeFileSync(path, actual, 'latin1');
  }
  assert.ok(existsSync(path), `${path} is missing: run with UPDATE_GOLDEN=1`);
  assert.equal(actual, readFileSync(path, 'latin1'));
}

const sh2sfn = (granularity: string): string[] => [process.execPath, MAIN, 'run', '--granularity', granularity];

describe('examples', () => {
  for (const run of RUNS) {
    for (const granularity of ['auto', 'command']) {
      it(`${run.name}, ${granularity}`, (context) => {
        const bash = observe(context, run, ['bash']);
        assert.equal(bash.status, run.status, bash.stderr);
        for (const [file, source] of Object.entries(run.expected ?? {})) {
          golden(run.example, file, source === 'stdout' ? bash.stdout : bash.files[source]!);
        }
        assert.deepEqual(observe(context, run, sh2sfn(granularity)), bash);
      });
    }
  }

  for (const [path, reasons] of Object.entries(SHARED)) {
    it(`${path}: what shares a step`, () => {
      const arguments_ = [MAIN, 'compile', path, '--stats', '--json', '--granularity', 'command'];
      const { stdout, stderr, status } = spawnSync(process.execPath, arguments_, {
        cwd: join(ROOT, 'examples'),
        encoding: 'latin1',
      });
      assert.equal(status, 0, stderr);
      const statistics = JSON.parse(stdout);
      assert.deepEqual(statistics.reasons, reasons, JSON.stringify(statistics.shared, undefined, 1));
      assert.equal(statistics.shared.length, statistics.commands - statistics.split);
    });
  }

  for (const [example, script, emit, file] of MACHINES) {
    it(`${example}: ${file}`, () => {
      const { stdout, stderr, status } = spawnSync(process.execPath, [MAIN, 'compile', script, '--emit', emit], {
        cwd: join(ROOT, 'examples', example),
        encoding: 'latin1',
      });
      assert.equal(status, 0, stderr);
      golden(example, file, stdout);
    });
  }
});
