/**
 * The semantic tests: one table, two judges. Real bash must match every case's expectation; then sh2sfn must do what
 * bash does (stdout, status, files; stderr without positions where the case records it), in both granularities, and a
 * tenth of all cases through the steps' packages too, chosen among those that Lambda can run (runner/lambda.ts); of the
 * others some are tried, and must be equal or end with a diagnostic. A refusal is allowed only where
 * test/spec/refused.txt lists it. What differs runs once more, as with the public suites' runner; hardly a case may need that.
 *
 *   SPEC_SAMPLE=N     sh2sfn judges about N of the cases, always the same ones (`full`: all of them; by default all with a
 *                     step for each command, and 600 as `auto` divides them); bash judges all
 *   SPEC_FILTER=RE    only cases whose `file: name` matches
 *   SPEC_JUDGES=…     of bash,auto,command,lambda; all by default
 *   SPEC_JOBS=N       cases at a time (2)
 *   SPEC_REFUSED=write  rewrite refused.txt instead of checking it
 */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { runBash } from './spec/runner/bash.ts';
import type { SpecCase } from './spec/runner/case-file.ts';
import { commandOf, differences, type Judge, refusalOf } from './spec/runner/judge.ts';
import { beyondLambda, beyondProblems, type Granularity } from './spec/runner/lambda.ts';
import { caseFiles, loadCases, sampleOf, ticket } from './spec/runner/load.ts';
import { loadRefused, refusalKey, saveRefused } from './spec/runner/refused.ts';
import { type Outcome, runScript } from './spec/runner/sandbox.ts';

const sample = process.env.SPEC_SAMPLE;
const filter = new RegExp(process.env.SPEC_FILTER ?? '');
const judges = new Set((process.env.SPEC_JUDGES ?? 'bash,auto,command,lambda').split(','));
const rewrite = process.env.SPEC_REFUSED === 'write';
/** Share of the cases that the packages are tried with: somewhat more than a tenth can run there. */
const LAMBDA_SHARE = 0.15;
/** Share of the others that are tried there. */
const BEYOND_SHARE = 0.03;

const all = caseFiles().flatMap((file) => loadCases(file).cases);
const sampled = (size: string): ReadonlySet<SpecCase> =>
  new Set(size === 'full' || process.env.SPEC_FILTER ? all : sampleOf(all, Number(size)));
const cases = { auto: sampled(sample ?? '600'), command: sampled(sample ?? 'full') };
const chosen = all.filter(({ file, name }) => filter.test(`${file}: ${name}`));
const refused = loadRefused();

/** Judges a case by sh2sfn; true refusals are recorded, or must be known. */
async function judge(spec: SpecCase, by: Judge, granularity?: Granularity): Promise<string[]> {
  const expected = await runBash(spec);
  const key = refusalKey(spec.file, spec.name, by);
  let got = await runScript(commandOf(by, granularity), spec);
  let found = differences(expected, got, spec.stderr !== undefined);
  const code = found.length > 0 ? refusalOf(got) : undefined;
  if (rewrite) {
    if (code) refused.set(key, code);
    else refused.delete(key);
    return code ? [] : found;
  }
  if (code) {
    if (refused.get(key) === code) return [];
    return [`refused with ${code}, which refused.txt does not list\n${got.stderr}`];
  }
  if (refused.has(key)) return ['no longer refused: take it out of refused.txt'];
  if (found.length > 0) {
    // Time decides what some cases meet, and a loaded machine is slow: one more chance, with more time.
    const before = found;
    got = await runScript(commandOf(by, granularity), spec, { timeout: 60_000 });
    found = differences(expected, got, spec.stderr !== undefined);
    if (found.length === 0) unstable.push(`${key}: ${before.join('\n')}`);
  }
  return found.length > 0 ? [...found, `stderr: ${got.stderr}`] : [];
}

/** What was different at first, and not when it ran again. */
const unstable: string[] = [];
/** So many of those are chance; more are a race that somebody has made. */
const MOST_UNSTABLE = 4;

/** Cases that were judged in Lambda's packages. */
let inLambda = 0;

/** Judges a case through the steps' packages. */
async function judgeLambda(spec: SpecCase): Promise<string[]> {
  const share = ticket(spec) / 2 ** 32;
  if (!process.env.SPEC_FILTER && share >= LAMBDA_SHARE) return [];
  const bash = await runBash(spec);
  // Every other case with a function for each command, where its streams allow that.
  const wanted: Granularity[] = ticket(spec) % 2 === 0 ? ['command', 'auto'] : ['auto'];
  const granularity = wanted.find((one) => beyondLambda(spec, bash, one) === undefined);
  if (granularity) {
    inLambda += 1;
    return judge(spec, 'lambda', granularity);
  }
  if (!process.env.SPEC_FILTER && share >= BEYOND_SHARE) return [];
  const got = await runScript(commandOf('lambda', 'command'), spec, { timeout: 60_000 });
  return beyondProblems(spec, bash, got);
}

/**
 * What bash does with a case. A case with jobs rests on their order, and a loaded machine may turn that even in bash: then it runs
 * again, since what stands in the file has to be what bash does, not what it does on every machine at every time.
 */
async function bashOf(spec: SpecCase): Promise<Outcome> {
  let outcome = await runBash(spec);
  for (let run = 0; run < 2 && !asWritten(spec, outcome); run += 1) outcome = await runBash(spec, true);
  return outcome;
}

function asWritten({ stdout, status, stderr }: SpecCase, outcome: Outcome): boolean {
  return outcome.stdout === stdout && outcome.status === status && (stderr ?? outcome.stderr) === outcome.stderr;
}

describe('spec', { concurrency: Number(process.env.SPEC_JOBS ?? 2) }, () => {
  test('sh2sfn is built', () => {
    if (judges.size === 1 && judges.has('bash')) return;
    assert.ok(existsSync(join(import.meta.dirname, '../dist/process.js')), 'run `npm run build` first');
  });
  for (const spec of chosen) {
    test(`${spec.file}: ${spec.name}`, async () => {
      const outcome = await bashOf(spec);
      assert.equal(outcome.stdout, spec.stdout, 'stdout of bash');
      assert.equal(outcome.status, spec.status, 'status of bash');
      if (spec.stderr !== undefined) assert.equal(outcome.stderr, spec.stderr, 'stderr of bash');
      const failures: string[] = [];
      for (const by of ['auto', 'command'] as const) {
        if (!judges.has(by) || !cases[by].has(spec)) continue;
        const found = await judge(spec, by);
        if (found.length > 0) failures.push(`${by}: ${found.join('\n')}`);
      }
      const found = judges.has('lambda') ? await judgeLambda(spec) : [];
      if (found.length > 0) failures.push(`lambda: ${found.join('\n')}`);
      if (failures.length > 0) assert.fail(`test/spec/${spec.file}.test.sh:${spec.line}\n${failures.join('\n')}`);
    });
  }
  test('a tenth of the cases ran in packages', { skip: !judges.has('lambda') || filter.source !== '(?:)' }, () => {
    assert.ok(inLambda >= all.length / 10, `${inLambda} of ${all.length}`);
  });
  test('hardly a case is different at first', (context) => {
    for (const one of unstable) context.diagnostic(one);
    assert.ok(unstable.length <= MOST_UNSTABLE, unstable.join('\n'));
  });
  test('refused.txt lists only cases that exist', { skip: rewrite }, () => {
    const known = new Set(
      all.flatMap(({ file, name }) => (['auto', 'command', 'lambda'] as const).map((by) => refusalKey(file, name, by))),
    );
    assert.deepEqual(
      [...refused.keys()].filter((key) => !known.has(key)),
      [],
    );
  });
});

if (rewrite) process.on('exit', () => saveRefused(refused));
