/** The table of docs/conformance.md is what docs/conformance.json says, and nothing published is wrong. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { PAGE, readFigures, withTable } from '../tools/conformance-record.ts';

describe('docs/conformance.md', () => {
  it('shows the recorded figures', () => {
    const page = readFileSync(PAGE, 'utf8');
    assert.equal(withTable(page, readFigures()), page);
  });

  it('adds up', () => {
    for (const { scripts, identical, refused, wrong, split, commands, plain, plainSplit } of readFigures()) {
      assert.ok(Math.abs(identical + refused + wrong - 100) < 0.2, scripts);
      assert.ok(split <= commands && plainSplit <= plain && plain <= commands, scripts);
    }
  });
});
