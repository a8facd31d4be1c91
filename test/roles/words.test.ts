import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { toPattern } from '../../src/roles/arn.ts';
import { readWord } from '../../src/roles/words.ts';

const TABLE: [source: string, pattern: string][] = [
  ['plain', 'plain'],
  ["'a $b'c", 'a ${$}bc'],
  ['"a $b c"', 'a * c'],
  ['a\\$b', 'a${$}b'],
  ['"a\\$b\\c"', 'a${$}b\\c'],
  ['${a:-x}y', '*y'],
  ['${a}${b}', '*'],
  ['$(echo ")" | tr a b)z', '*z'],
  ['`date`.log', '*.log'],
  ["$'a\\n'b", '*b'],
  ['$((1+(2)))k', '*k'],
  ['a{b,c}d', 'a*d'],
  ['a[0-9]d', 'a*d'],
  ['~/x', '*/x'],
  ['a~b', 'a~b'],
  ['"${a[@]}"', '*'],
  ['$1.$2', '*.*'],
  ['a$', 'a${$}'],
  ['"unfinished $(x', 'unfinished *'],
];

describe('a word as a pattern', () => {
  for (const [source, pattern] of TABLE) it(source, () => assert.equal(toPattern(readWord(source)), pattern));
});
