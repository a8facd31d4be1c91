// Runs the tests and prints `N passed, N failed` last. Arguments pick files: `npm test -- test/cli`.
// Does its own set-up: the tests run the built CLI as well as the sources.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const node = join(root, 'node_modules/.bin/node');

// The sources are TypeScript, which older Nodes do not read: go on in the one that the package brings.
if (process.execPath !== process.env.SH2SFN_TEST_NODE) {
  const build = spawnSync(process.execPath, [join(root, 'tools/build.mjs')], { stdio: 'inherit' });
  if (build.status !== 0) process.exit(1);
  const { stdout } = spawnSync(node, ['-p', 'process.execPath'], { encoding: 'utf8' });
  const { status } = spawnSync(node, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], {
    stdio: 'inherit',
    env: { ...process.env, SH2SFN_TEST_NODE: stdout.trim() },
  });
  process.exit(status ?? 1);
}
delete process.env.SH2SFN_TEST_NODE;

/** Test files at or below a path, in order. */
function testFiles(path) {
  if (!existsSync(path)) {
    console.error(`there are no tests at ${path}`);
    process.exit(1);
  }
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path)
    .sort()
    .flatMap((name) => testFiles(join(path, name)))
    .filter((file) => file.endsWith('.test.ts'));
}

const wanted = process.argv.slice(2);
const files = (wanted.length > 0 ? wanted : ['test']).flatMap((path) =>
  testFiles(join(root, relative(root, join(process.cwd(), path)))),
);

let passed = 0;
let failed = 0;
// What hangs must fail, and not hold up everything: a test, and all of them. (`forceExit` would end a file that hangs behind its
// tests, but also loses what others have reported and not yet written.)
const limit = AbortSignal.timeout(60 * 60_000);
const stream = run({ files, concurrency: 2, timeout: 25 * 60_000, signal: limit });
/** Whole files and suites are containers: their tests are what counts, unless a file fails by itself. */
const isContainer = (event) => event.details?.type === 'suite' || (event.nesting === 0 && files.includes(event.name));
stream.on('test:pass', (event) => {
  if (isContainer(event) || event.todo) return;
  // A tool that is missing here may be there elsewhere; in CI nothing may be missing.
  if (event.skip === undefined || event.skip === false) passed += 1;
  else if (process.env.CI) failed += 1;
});
stream.on('test:fail', (event) => {
  if (event.todo) return;
  const own = event.details?.error?.failureType;
  if (!isContainer(event) || own !== 'subtestsFailed') failed += 1;
});
const output = stream.compose(spec);
output.pipe(process.stdout, { end: false });
output.on('end', () => {
  if (passed === 0 || limit.aborted) failed += 1;
  process.stdout.write(`${passed} passed, ${failed} failed\n`);
  process.exitCode = failed > 0 ? 1 : 0;
});
