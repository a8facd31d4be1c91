/** What shares a step under `command`, and why: what is near by must be divided. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { compileScript } from '../../src/compile.ts';
import { SourceFile } from '../../src/source/source-file.ts';

/** The commands that have no step of their own, each with its reason. */
function shared(text: string): string[] {
  const { value, diagnostics } = compileScript(new SourceFile('x.sh', text), { granularity: 'command' });
  assert.deepEqual(diagnostics, []);
  return value!.shared().map((command) => `${command.text}: ${command.reason}`);
}

const TABLES: Record<string, readonly (readonly [what: string, text: string, expected: readonly string[]])[]> = {
  'substitutions whose function may set a trap': [
    ['ends in a program', 'f() { eval "$x"; cat a; }\ny=$(f)\nf', ['f: substitution']],
    ['by another function', 'f() { eval "$x"; g; }\ng() { cat a; }\ny=$(f)\nf', ['f: substitution']],
    ['by a name that run time knows', 'f() { eval "$x"; cat a; }\ny=$($z a)\nf', ['$z a: substitution']],
    ['ends in a builtin', 'f() { eval "$x"; echo a; }\ny=$(f)\nf', []],
    ['ends in a compound command', 'f() { eval "$x"; if a; then cat b; fi; }\ny=$(f)\nf', []],
    ['ends in a redirected program', 'f() { eval "$x"; cat < a; }\ny=$(f)\nf', []],
    ['is not what the substitution ends in', 'f() { eval "$x"; cat a; }\ny=$(f; echo b)\nf', []],
  ],
};

for (const [title, cases] of Object.entries(TABLES))
  describe(title, () => {
    for (const [what, text, expected] of cases) it(what, () => assert.deepEqual(shared(text), expected));
  });
