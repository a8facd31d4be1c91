/**
 * How closely sh2sfn keeps to bash, and how far it splits scripts into steps.
 *
 *   npm run conformance -- DIR            every *.sh below DIR, with DIR's files around it: bash against sh2sfn
 *   npm run conformance -- --spec         the cases of test/spec
 *   npm run conformance -- --suite oils   a public suite (or smoosh, all), judged by the suites' own runner
 *                                         (SHELL_SUITES_RUNNER); with --split only how far it is divided
 *
 * Options: --granularity auto|command|script (default: command), --sample N, --jobs N, --verbose, --json, --record (into
 * docs/conformance.md).
 * Exit status 1 if anything was wrong.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { parse } from 'unbash';
import type { Statistics } from '../src/bundle.ts';
import { isSimpleCommand } from '../src/ir/lower/split.ts';
import { walk } from '../src/parse/ast.ts';
import { runBash } from '../test/spec/runner/bash.ts';
import type { Script } from '../test/spec/runner/case-file.ts';
import { cli, differences, refusalOf } from '../test/spec/runner/judge.ts';
import { caseFiles, loadCases } from '../test/spec/runner/load.ts';
import { mapPool } from '../test/spec/runner/pool.ts';
import { captureStdout, type Outcome, runScript } from '../test/spec/runner/sandbox.ts';
import { record } from './conformance-record.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    granularity: { type: 'string', default: 'command' },
    suite: { type: 'string' },
    spec: { type: 'boolean' },
    sample: { type: 'string' },
    jobs: { type: 'string', default: '2' },
    verbose: { type: 'boolean' },
    json: { type: 'boolean' },
    split: { type: 'boolean' },
    record: { type: 'boolean' },
  },
});

interface Item {
  name: string;
  script: Script;
  /** A folder whose content lies around the script, and the script's path in it. */
  folder?: { root: string; path: string };
}

/** How many of 100 scripts were what. */
interface Tally {
  identical: number;
  refused: number;
  wrong: number;
  count: number;
}

type Verdict = 'identical' | 'refused' | 'wrong';

interface Result {
  name: string;
  verdict?: Verdict;
  /** Code of the refusal, or what differs. */
  note: string;
  statistics: Omit<Statistics, 'states'>;
}

const granularity = ['--granularity', values.granularity];

/** Every *.sh below a folder, as the path seen from it. */
function shellScripts(root: string, under = ''): string[] {
  return readdirSync(join(root, under), { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(under, entry.name);
      if (entry.isDirectory()) return shellScripts(root, path);
      return entry.isFile() && entry.name.endsWith('.sh') ? [path] : [];
    });
}

function folderItems(directory: string): Item[] {
  const root = resolve(directory);
  return shellScripts(root).map((path) => ({
    name: relative('.', join(root, path)),
    script: { code: readFileSync(join(root, path), 'latin1'), args: [] },
    folder: { root, path },
  }));
}

function specItems(): Item[] {
  return caseFiles().flatMap((file) =>
    loadCases(file).cases.map((spec) => ({ name: `${spec.file}: ${spec.name}`, script: spec })),
  );
}

/** The program that knows the public suites. */
function suitesRunner(): string {
  const runner = process.env.SHELL_SUITES_RUNNER;
  if (runner) return resolve(runner);
  console.error("SHELL_SUITES_RUNNER must name the suites' runner (docs/conformance.md)");
  process.exit(2);
}

/** How many of a suite's scripts do what bash does, as its runner judges. */
function judgeSuite(suite: string): Tally {
  const command = [process.execPath, cli, 'run', ...granularity, '{}'].join(' ');
  const sample = values.sample ? ['--sample', values.sample] : [];
  const { stdout } = spawnSync(
    'python3',
    [suitesRunner(), suite, '--cmd', command, '--jobs', values.jobs, '--timeout', '30', '--report', '-', ...sample],
    { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'], maxBuffer: 2 ** 28 },
  );
  const summary = stdout.trimEnd().split('\n').at(-1)!;
  const share = (outcome: string): number => Number(new RegExp(`\\b${outcome} ([\\d.]+)%`).exec(summary)?.[1] ?? 0);
  const count = Number(/\(n=(\d+)\)$/.exec(summary)?.[1]);
  if (Number.isNaN(count)) throw new Error(`the runner's last line is no summary:\n${stdout.slice(-500)}`);
  if (!values.json) process.stdout.write(stdout.slice(0, stdout.trimEnd().lastIndexOf('\n') + 1));
  // A script that does not end where bash's does is wrong, too.
  return { identical: share('identical'), refused: share('refused'), wrong: share('wrong') + share('timeout'), count };
}

/** The scripts of a public suite, written out by its runner. */
function suiteItems(suite: string): Item[] {
  const runner = suitesRunner();
  const directory = mkdtempSync(join(tmpdir(), 'suite-'));
  try {
    execFileSync('python3', [runner, suite, '--extract', directory], { stdio: ['ignore', 'ignore', 'inherit'] });
    return readdirSync(directory)
      .sort()
      .map((name) => ({ name, script: { code: readFileSync(join(directory, name), 'latin1'), args: [] } }));
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** Simple commands of a script that was refused: all of them count as not split. */
function unsplit(code: string): Omit<Statistics, 'states'> {
  let commands = 0;
  try {
    walk(parse(code), (node) => {
      if (node.type === 'Command' && isSimpleCommand(node)) commands += 1;
    });
  } catch {
    // Not even the parser can say.
  }
  return { commands, split: 0, plain: 0, plainSplit: 0, reasons: { refused: commands } };
}

async function statisticsOf(item: Item, directory: string): Promise<Omit<Statistics, 'states'>> {
  const path = item.folder ? join(item.folder.root, item.folder.path) : join(directory, 't.sh');
  if (!item.folder) writeFileSync(path, item.script.code, 'latin1');
  const cwd = item.folder?.root ?? directory;
  const command = [process.execPath, cli, 'compile', ...granularity, '--stats', '--json', path];
  const { status, stdout } = await captureStdout(command, cwd);
  return status === 0 ? (JSON.parse(stdout) as Statistics) : unsplit(item.script.code);
}

async function compare(item: Item): Promise<{ verdict: Verdict; note: string }> {
  const options = { ...item.folder, timeout: 30_000 };
  const run = (): Promise<Outcome> => runScript([process.execPath, cli, 'run', ...granularity], item.script, options);
  const bash = await runBash(item.script, false, options);
  const got = await run();
  let found = differences(bash, got, false);
  if (found.length === 0) return { verdict: 'identical', note: '' };
  const code = refusalOf(got);
  if (code) return { verdict: 'refused', note: code };
  // A race, or a time-out under load? Both run once more.
  found = differences(await runBash(item.script, true, options), await run(), false);
  return found.length === 0 ? { verdict: 'identical', note: '' } : { verdict: 'wrong', note: found.join('\n') };
}

async function judge(item: Item): Promise<Result> {
  const directory = mkdtempSync(join(tmpdir(), 'conformance-'));
  try {
    const statistics = await statisticsOf(item, directory);
    if (values.suite || values.split) return { name: item.name, note: '', statistics };
    return { name: item.name, ...(await compare(item)), statistics };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

function thinned(items: Item[]): Item[] {
  const wanted = Number(values.sample ?? items.length);
  const step = Math.max(items.length / wanted, 1);
  return items.filter((_, index) => Math.floor(index / step) !== Math.floor((index - 1) / step));
}

const percent = (part: number, whole: number) => (whole === 0 ? '-' : `${((100 * part) / whole).toFixed(1)}%`);

function report(results: Result[]): void {
  const sum = (pick: (result: Result) => number) => results.reduce((total, result) => total + pick(result), 0);
  const [commands, split] = [sum(({ statistics }) => statistics.commands), sum(({ statistics }) => statistics.split)];
  const [plain, plainSplit] = [
    sum(({ statistics }) => statistics.plain),
    sum(({ statistics }) => statistics.plainSplit),
  ];
  const reasons: Record<string, number> = {};
  for (const { statistics } of results) {
    for (const [reason, count] of Object.entries(statistics.reasons)) reasons[reason] = (reasons[reason] ?? 0) + count;
  }
  const tally = values.split ? undefined : values.suite ? judgeSuite(values.suite) : tallyOf(results);
  if (tally && tally.wrong > 0) process.exitCode = 1;
  const scripts = values.suite ?? (values.spec ? 'spec' : relative('.', resolve(directory!)));
  const figures = { commands, split, plain, plainSplit };
  if (values.record && tally) record({ scripts, granularity: values.granularity, ...tally, ...figures });
  if (values.json) {
    console.log(JSON.stringify({ scripts, ...tally, ...figures, reasons }, null, 2));
    return;
  }
  for (const { name, verdict, note } of results) {
    if (verdict === 'wrong') console.log(`wrong      ${name}\n${note.replace(/^/gm, '  ')}`);
    else if (verdict === 'refused') console.log(`refused    ${name}  ${note}`);
    else if (values.verbose) console.log(`${verdict ?? 'compiled'}  ${name}`);
  }
  for (const [reason, number] of Object.entries(reasons).sort(([, a], [, b]) => b - a)) {
    console.log(`  ${String(number).padStart(6)}  ${reason}`);
  }
  console.log(`split ratio (${values.granularity}): ${percent(split, commands)} of ${commands} simple commands`);
  console.log(`  outside control structures, functions and substitutions: ${percent(plainSplit, plain)} of ${plain}`);
  if (!tally) return;
  const [identical, refused, wrong] = [tally.identical, tally.refused, tally.wrong].map(
    (share) => `${share.toFixed(1)}%`,
  );
  console.log(`identical ${identical} refused ${refused} wrong ${wrong} (n=${tally.count})`);
}

function tallyOf(results: Result[]): Tally {
  const share = (verdict: Verdict): number =>
    (100 * results.filter((result) => result.verdict === verdict).length) / results.length;
  return { identical: share('identical'), refused: share('refused'), wrong: share('wrong'), count: results.length };
}

const [directory] = positionals;
if (!directory && !values.spec && !values.suite) {
  console.error('usage: npm run conformance -- DIR | --spec | --suite oils|smoosh|all  [--granularity …] [--sample N]');
  process.exit(2);
}
const items = thinned(values.suite ? suiteItems(values.suite) : values.spec ? specItems() : folderItems(directory!));
if (items.length === 0) {
  console.error(`no *.sh below ${basename(directory ?? '.')}`);
  process.exit(2);
}
const results = await mapPool(items, Number(values.jobs), judge);
report(results);
