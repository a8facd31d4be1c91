/**
 * The semantic tests: one table, two judges. Real bash must match every case's expectation; then sh2sfn must do what
 * bash does (stdout, status, files; stderr without positions where the case records it), in both granularities, and a
 * tenth of the cases through the steps' packages too. A refusal is allowed only where test/spec/refused.txt lists it.
 *
 *   SPEC_SAMPLE=N     sh2sfn judges about N of the cases, always the same ones (600; `full`: all of them); bash judges all
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
import { caseFiles, loadCases, sampleOf, ticket } from './spec/runner/load.ts';
import { loadRefused, refusalKey, saveRefused } from './spec/runner/refused.ts';
import { runScript } from './spec/runner/sandbox.ts';

const sample = process.env.SPEC_SAMPLE ?? '600';
const filter = new RegExp(process.env.SPEC_FILTER ?? '');
const judges = new Set((process.env.SPEC_JUDGES ?? 'bash,auto,command,lambda').split(','));
const rewrite = process.env.SPEC_REFUSED === 'write';

const all = caseFiles().flatMap((file) => loadCases(file).cases);
const sampled = new Set(sample === 'full' || process.env.SPEC_FILTER ? all : sampleOf(all, Number(sample)));
const chosen = all.filter(({ file, name }) => filter.test(`${file}: ${name}`));
const refused = loadRefused();

/** Judges a case by sh2sfn; true refusals are recorded, or must be known. */
async function judge(spec: SpecCase, by: Judge): Promise<string[]> {
  const expected = await runBash(spec);
  const key = refusalKey(spec.file, spec.name, by);
  let got = await runScript(commandOf(by), spec);
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
  if (got.status === -1) {
    // A loaded machine: give it one more chance, with more time.
    got = await runScript(commandOf(by), spec, { timeout: 60_000 });
    found = differences(expected, got, spec.stderr !== undefined);
  }
  return found.length > 0 ? [...found, `stderr: ${got.stderr}`] : [];
}

describe('spec', { concurrency: Number(process.env.SPEC_JOBS ?? 2) }, () => {
  test('sh2sfn is built', () => {
    if (judges.size === 1 && judges.has('bash')) return;
    assert.ok(existsSync(join(import.meta.dirname, '../dist/main.js')), 'run `npm run build` first');
  });
  for (const spec of chosen) {
    test(`${spec.file}: ${spec.name}`, async () => {
      const outcome = await runBash(spec);
      assert.equal(outcome.stdout, spec.stdout, 'stdout of bash');
      assert.equal(outcome.status, spec.status, 'status of bash');
      if (spec.stderr !== undefined) assert.equal(outcome.stderr, spec.stderr, 'stderr of bash');
      const failures: string[] = [];
      for (const by of ['auto', 'command', 'lambda'] as const) {
        if (!judges.has(by) || !sampled.has(spec) || (by === 'lambda' && ticket(spec) % 10 !== 0)) continue;
        const found = await judge(spec, by);
        if (found.length > 0) failures.push(`${by}: ${found.join('\n')}`);
      }
      if (failures.length > 0) assert.fail(`test/spec/${spec.file}.test.sh:${spec.line}\n${failures.join('\n')}`);
    });
  }
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
