/** The order of an associative array's elements outlives its declaration anew: judged by a hash table like bash's. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { inHashOrder, insertionOrder } from '../../src/runtime/hash-order.ts';

/** What a table lists that has taken the numbers in this order, each of which is its own hash. */
function listing(inserted: readonly number[], buckets: number): number[] {
  let table: number[][] = Array.from({ length: buckets }, () => []);
  inserted.forEach((number, count) => {
    if (count >= table.length * 2) {
      const old = table.flat();
      table = Array.from({ length: table.length * 4 }, () => []);
      for (const item of old) table[item % table.length]!.unshift(item);
    }
    table[number % table.length]!.unshift(number);
  });
  return table.flat();
}

describe('the order of an associative array', () => {
  for (const size of [1, 2, 4, 5, 16, 17, 40, 64, 65, 255, 256, 257, 1000]) {
    it(`is kept for ${size} elements`, () => {
      const inserted = Array.from({ length: size }, (_, index) => (index * 7919) % 10007);
      const listed = listing(inserted, 2);
      assert.deepEqual(listing(insertionOrder(listed, 2), 2), listed);
    });
  }

  it('leaves alone what is not an associative array, or not understood', () => {
    for (const line of ['declare -a x=([0]="1" [1]="2")', 'declare -- x="declare -A y=([a]="', 'declare -A x'])
      assert.equal(inHashOrder(line), line);
  });

  it('reads keys and values as they are printed', () => {
    const line = `declare -A x=(["a b"]="]=\\"" [$'q\\n\\'']=$'\\t' [k]="(" )`;
    const parts = [`["a b"]="]=\\"" `, `[$'q\\n\\'']=$'\\t' `, '[k]="(" '];
    const made = inHashOrder(line);
    for (const part of parts) assert.ok(made.includes(part), made);
    assert.equal(made.length, line.length);
  });
});
