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

interface Run {
  name: string;
  example: string;
  script: string;
  args?: string[];
  env?: Record<string, string>;
  status: number;
  /** Expected file → file that the script writes, or its standard output. */
  expected?: Record<string, string>;
}

const RUNS: Run[] = [
  ...[0, 1].flatMap((first) =>
    [0, 2].flatMap((second) =>
      [0, 4].map((third) => ({
        name: `seed with statuses ${first}, ${second}, ${third}`,
        example: 'seed',
        script: 'seed.sh',
        env: { FIRST: `${first}`, SECOND: `${second}`, THIRD: `${third}` },
        status: third,
      })),
    ),
  ),
  {
    name: 'nightly',
    example: 'nightly',
    script: 'nightly.sh',
    status: 3,
    expected: { 'stdout.txt': 'stdout', 'report.txt': 'out/2025b/report.txt' },
  },
  {
    name: 'nightly with a missing edition',
    example: 'nightly',
    script: 'nightly.sh',
    args: ['2025b', '1999z'],
    status: 1,
  },
  {
    name: 'readings',
    example: 'readings',
    script: 'readings.sh',
    args: ['-v', '-d', '2026-03-02'],
    status: 3,
    expected: { 'stdout.txt': 'stdout' },
  },
  { name: 'readings without a usable file', example: 'readings', script: 'readings.sh', args: ['-nk1'], status: 4 },
  {
    name: 'readings of some stations',
    example: 'readings',
    script: 'readings.sh',
    args: ['-vnd2026-03-01', '-g', '30', 'fjord', 'summit'],
    status: 0,
  },
  { name: 'readings with a wrong option', example: 'readings', script: 'readings.sh', args: ['-nx'], status: 64 },
  { name: 'orders', example: 'orders', script: 'load.sh', status: 3, expected: { 'stdout.txt': 'stdout' } },
  {
    name: 'orders of a month',
    example: 'orders',
    script: 'load.sh',
    args: ['2026-02'],
    env: { REJECT_LIMIT: '9', TABLES: 'out/february' },
    status: 0,
  },
  { name: 'orders of a month that is none', example: 'orders', script: 'load.sh', args: ['2026-2'], status: 2 },
  { name: 'backup', example: 'backup', script: 'backup.sh', args: ['-t', '2026-03-01'], status: 0 },
  {
    name: 'backup, nothing to list',
    example: 'backup',
    script: 'backup.sh',
    args: ['-qt', '2026-03-02', 'list'],
    status: 1,
  },
  {
    name: 'backup, nothing to restore',
    example: 'backup',
    script: 'backup.sh',
    args: ['restore', '2026', 'out'],
    status: 1,
  },
  {
    name: 'weblog',
    example: 'weblog',
    script: 'report.sh',
    status: 1,
    expected: { 'report.txt': 'out/report.txt' },
  },
  { name: 'weblog, all logs', example: 'weblog', script: 'report.sh', args: ['-n', '2', '-a'], status: 1 },
  { name: 'weblog, wrong usage', example: 'weblog', script: 'report.sh', args: ['-n', 'many'], status: 2 },
  { name: 'handbook', example: 'handbook', script: 'build.sh', env: { JOBS: '2' }, status: 2 },
  { name: 'handbook, clean', example: 'handbook', script: 'build.sh', args: ['clean'], status: 0 },
  { name: 'release: help', example: 'release', script: 'ci.sh', status: 0 },
  { name: 'release: lint', example: 'release', script: 'ci.sh', args: ['lint'], status: 1 },
  { name: 'release: test', example: 'release', script: 'ci.sh', args: ['test'], env: { CI_GROUPS: '1' }, status: 0 },
  { name: 'release: version', example: 'release', script: 'ci.sh', args: ['version', '--next', 'minor'], status: 0 },
  { name: 'release: package', example: 'release', script: 'ci.sh', args: ['package'], status: 0 },
  { name: 'release: all', example: 'release', script: 'ci.sh', args: ['all'], status: 1 },
  { name: 'nightly, nothing changed', example: 'nightly', script: 'nightly.sh', args: ['2025b', '2025b'], status: 0 },
];

/** Machines that are committed: example, script, `--emit`, file. */
const MACHINES: [example: string, script: string, emit: string, file: string][] = [
  ['seed', 'seed.sh', 'graph', 'machine.mmd'],
  ['seed', 'seed.sh', 'asl', 'definition.asl.json'],
  ['nightly', 'nightly.sh', 'graph', 'machine.mmd'],
  ['readings', 'readings.sh', 'graph', 'machine.mmd'],
];

/**
 * What shares a step under `--granularity command`, by reason: script → reason → commands. Calls with redirections are
 * not divided where `set -e` and an EXIT trap meet: readings has some.
 */
const SHARED: Record<string, Record<string, number>> = {
  'nightly/nightly.sh': { 'not-called': 6 },
  'readings/readings.sh': { 'not-called': 17 },
  'orders/load.sh': {},
  'backup/backup.sh': { 'not-called': 5, substitution: 1 },
  'weblog/report.sh': { substitution: 2 },
  'handbook/build.sh': { background: 14, 'not-called': 8 },
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
