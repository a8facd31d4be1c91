/** Expressions that are parsed without JSONata have the trees that JSONata makes. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import jsonata from 'jsonata';
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
  ]) {
    it(text, () => {
      let expected: unknown;
      try {
        expected = JSON.parse(JSON.stringify(jsonata(text).ast()));
      } catch {
        expected = undefined;
      }
      const parsed = parseExpression(text);
      const ast = 'ast' in parsed ? JSON.parse(JSON.stringify(parsed.ast)) : undefined;
      assert.deepEqual(ast, expected);
    });
  }

  it('leaves to JSONata what is no expression', () => {
    for (const text of ['$x[01]', '$x[', '$1[0]']) assert.equal('ast' in parseExpression(text), parses(text), text);
  });
});

function parses(text: string): boolean {
  try {
    jsonata(text);
    return true;
  } catch {
    return false;
  }
}
