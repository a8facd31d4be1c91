/**
 * Writes what bash does into the spec cases.
 *
 *   node tools/spec-record.ts [FILE…]     records test/spec/FILE.test.sh (all files without arguments)
 *   node tools/spec-record.ts --check …   writes nothing; exit 1 if a file would change
 *
 * A case that prints to stderr without a `## STDERR:` section, takes long or gives something else the second time is
 * reported: most often it says that the case does not test what its author meant.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { runBash } from '../test/spec/runner/bash.ts';
import { formatCaseFile, type SpecCase } from '../test/spec/runner/case-file.ts';
import { caseFiles, loadCases, specDirectory } from '../test/spec/runner/load.ts';
import { mapPool } from '../test/spec/runner/pool.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { check: { type: 'boolean' }, quiet: { type: 'boolean' } },
});

async function record(spec: SpecCase): Promise<SpecCase> {
  const warn = (text: string) => console.error(`${spec.file}:${spec.line}: ${spec.name}: ${text}`);
  const started = performance.now();
  const first = await runBash(spec, true);
  const took = performance.now() - started;
  const second = await runBash(spec, true);
  if (JSON.stringify(first) !== JSON.stringify(second)) {
    warn(`unstable\n  ${JSON.stringify(first)}\n  ${JSON.stringify(second)}`);
  }
  if (first.status < 0) warn('timed out');
  else if (took > 1_000) warn(`took ${Math.round(took)} ms`);
  if (/@TOP@/.test(first.stdout)) warn('prints its temporary directory');
  if (first.stderr !== '' && spec.stderr === undefined && !values.quiet) warn(`stderr ${JSON.stringify(first.stderr)}`);
  return {
    ...spec,
    stdout: first.stdout,
    status: first.status,
    stderr: spec.stderr === undefined ? undefined : first.stderr,
  };
}

let changed = 0;
let count = 0;
for (const file of positionals.length > 0 ? positionals : caseFiles()) {
  const { header, cases } = loadCases(file);
  const text = formatCaseFile(header, await mapPool(cases, 2, record));
  count += cases.length;
  const path = join(specDirectory, `${file}.test.sh`);
  if (readFileSync(path, 'latin1') === text) continue;
  changed++;
  if (values.check) console.error(`${file}: expectations are not what bash gives`);
  else writeFileSync(path, text, 'latin1');
}
console.log(`${count} cases; ${changed} files ${values.check ? 'differ' : 'changed'}`);
if (values.check && changed > 0) process.exitCode = 1;
