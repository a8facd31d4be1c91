import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { jsonSize } from '../../src/asl/size.ts';

const long = (text: string): string => text + 'x'.repeat(100);

/** Strings by what JSON does to them. */
const texts = [
  '',
  'a',
  '"',
  '\\',
  '\n',
  '\u0001',
  '\u007f',
  'é',
  '\u2028',
  '\u{1f600}',
  '\ud800',
  '\udc00a',
  'a"é\ud800\n',
];

for (const text of [...texts, ...texts.map(long)]) {
  test(`size of ${JSON.stringify(text).slice(0, 20)}`, () => {
    assert.equal(jsonSize(text), Buffer.byteLength(JSON.stringify(text)));
  });
}

test('size of any JSON', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      assert.equal(jsonSize(value), Buffer.byteLength(JSON.stringify(value)));
      // The second time it is known.
      assert.equal(jsonSize(value), Buffer.byteLength(JSON.stringify(value)));
    }),
    { numRuns: 2000 },
  );
});
