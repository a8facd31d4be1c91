/** docs/support.md: it is what the fixtures say today, every fixture does what bash does, and the list of reasons is whole. */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { REASONS } from '../src/ir/reasons.ts';
import { PAGE, readSections, renderPage, supportOf } from '../tools/support.ts';
import { runBash } from './spec/runner/bash.ts';
import { commandOf, differences, refusalOf } from './spec/runner/judge.ts';
import { runScript } from './spec/runner/sandbox.ts';

const filter = new RegExp(process.env.FILTER ?? '');

describe('docs/support.md', () => {
  it('is up to date', () => {
    const page = renderPage();
    if (process.env.UPDATE_GOLDEN === '1') writeFileSync(PAGE, page);
    assert.equal(readFileSync(PAGE, 'utf8'), page, 'UPDATE_GOLDEN=1 writes it anew');
  });

  it('shows at least half of the reasons at work', () => {
    const seen = new Set(readSections().flatMap(({ constructs }) => constructs.flatMap((c) => supportOf(c).reasons)));
    for (const reason of seen) assert.ok(Object.hasOwn(REASONS, reason), reason);
    assert.ok(seen.size >= Object.keys(REASONS).length / 2, [...seen].join(' '));
  });
});

for (const { title, constructs } of readSections()) {
  describe(title, { concurrency: 2 }, () => {
    for (const construct of constructs) {
      if (!filter.test(construct.name)) continue;
      it(construct.name, async () => {
        const script = { code: Buffer.from(construct.code).toString('latin1'), args: [] };
        const expected = await runBash(script);
        const got = await runScript(commandOf('command'), script);
        const { refused } = supportOf(construct);
        if (refused) assert.equal(refusalOf(got), refused);
        else assert.deepEqual(differences(expected, got, false), [], got.stderr);
      });
    }
  });
}
