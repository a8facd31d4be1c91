import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { SourceFile } from '../../src/source/source-file.ts';

describe('SourceFile', () => {
  const source = new SourceFile('x.sh', 'one\ntwo\n\nfour');

  const positions: [offset: number, line: number, column: number][] = [
    [0, 1, 1],
    [3, 1, 4],
    [4, 2, 1],
    [8, 3, 1],
    [9, 4, 1],
    [13, 4, 5],
  ];
  for (const [offset, line, column] of positions) {
    it(`offset ${offset} is ${line}:${column}`, () => assert.deepEqual(source.position(offset), { line, column }));
  }

  it('gives lines without their newline', () => {
    assert.deepEqual(
      [1, 2, 3, 4, 5, 0].map((n) => source.line(n)),
      ['one', 'two', '', 'four', '', ''],
    );
  });

  it('has one line where there is no text', () => {
    const empty = new SourceFile('x.sh', '');
    assert.deepEqual(empty.position(0), { line: 1, column: 1 });
    assert.equal(empty.line(1), '');
  });

  it('finds its way in a long file', () => {
    const long = new SourceFile('x.sh', 'x\n'.repeat(100_000));
    assert.deepEqual(long.position(150_001), { line: 75_001, column: 2 });
  });
});
