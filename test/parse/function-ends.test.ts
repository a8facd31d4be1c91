import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { functionEnds } from '../../src/parse/function-ends.ts';

const textsOf = (text: string): string[] => [...functionEnds(text)].map(([from, end]) => text.slice(from, end));

describe('functionEnds', () => {
  it('holds redirections, functions within others, and those in substitutions', () => {
    const text = 'a() { echo }; b() ( : ) ; } >x 2>&1\nx=$(function c { :; }; c)\n';
    assert.deepEqual(textsOf(text), ['a() { echo }; b() ( : ) ; } >x 2>&1', 'b() ( : )', 'function c { :; }']);
  });

  it('is not led astray by here-documents and comments', () => {
    const text = 'f() {\n  cat <<X\n}\nX\n  : # }\n}\n# g() { :; }\n';
    assert.deepEqual(textsOf(text), ['f() {\n  cat <<X\n}\nX\n  : # }\n}']);
  });

  it('knows what stands before an error', () => {
    assert.deepEqual(textsOf('f() { :; }\n(('), ['f() { :; }']);
  });
});
