/** Expressions that are parsed without JSONata have the trees that JSONata makes. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import jsonata from 'jsonata';
import { commonTree } from '../../src/asl/common-expression.ts';
import { parseExpression } from '../../src/asl/expression.ts';

describe('parseExpression', () => {
  for (const text of [
    '$status',
    '$states.result.Payload.state',
    '$x1.and2.b',
    '$x.and.b',
    '$scopes1[0]',
    '$scopes_2[10]',
    '$x[1234567890]',
    '$x[-1]',
    '$x[0].y',
    '$x [0]',
    '$x[0][1]',
    '$states.result.Payload.scopes[0].a',
    '$status = 0',
    '($stack.to = "R1") and ((($status != 0) and $contains($options, "e")) and ($stack.ignore ? false : true))',
    '$parse($parse($states.errorOutput.Cause).errorMessage).status',
    '$append($ops, [["capture", "c1"], []])',
    '$a + 1 - 2 & "x" <= $b ? $c : ($d > 3 ? 1 : null)',
    '$step in ["set", true]',
    '$now()',
    '1.5 + $a',
    '$a := 1',
    '[$a..$b]',
    '($a; $b)',
    '$f(?, 1)',
    '$a.b(1)',
    '$a.true',
    '$a "x"',
    '"a\\n"',
    "'a'",
    '$a-1',
    '-$a',
    '/* c */ $a',
    '[1].a',
    '(($a))[0].b',
  ]) {
    it(text, () => {
      const parsed = parseExpression(text);
      assert.deepEqual('ast' in parsed ? plain(parsed.ast) : undefined, treeOf(text));
    });
  }

  it('random tokens', () => {
    const token = fc.constantFrom(
      ...'$a $b.c $f( ) ( [ ] , . = != < <= > >= + - & ? : and or in true null name "s" 0 12 0.5 .. := ; { } * ! \n'.split(
        ' ',
      ),
      ' ',
    );
    let common = 0;
    const property = fc.property(fc.array(token, { maxLength: 12 }), (tokens) => {
      const text = tokens.join('');
      const tree = commonTree(text);
      if (!tree) return;
      common += 1;
      assert.deepEqual(plain(tree), treeOf(text), text);
    });
    fc.assert(property, { numRuns: 20_000, seed: 1 });
    assert.ok(common > 300, `${common} were common expressions`);
  });

  it('is not led into a recursion without end', () => {
    const deep = `${'('.repeat(100_000)}$a${')'.repeat(100_000)}`;
    assert.equal(commonTree(deep), undefined);
  });

  it('leaves to JSONata what is no expression', () => {
    for (const text of ['$x[01]', '$x[', '$1[0]', '$a or$b', '$a in"b"'])
      assert.equal('ast' in parseExpression(text), parses(text), text);
  });
});

/** A tree as data: without fields that are undefined. */
const plain = (tree: unknown): unknown => JSON.parse(JSON.stringify(tree));

/** The tree that JSONata makes; undefined where it makes none. */
function treeOf(text: string): unknown {
  try {
    return plain(jsonata(text).ast());
  } catch {
    return undefined;
  }
}

function parses(text: string): boolean {
  try {
    jsonata(text);
    return true;
  } catch {
    return false;
  }
}
