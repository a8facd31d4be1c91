/** How the examples are run, by the tests and the benchmarks alike: the first run of each is the one that its README shows. */

export interface Run {
  name: string;
  example: string;
  script: string;
  args?: string[];
  env?: Record<string, string>;
  status: number;
  /** Expected file → file that the script writes, or its standard output. */
  expected?: Record<string, string>;
}

export const RUNS: readonly Run[] = [
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
