/** What `auto` deems worth a step of its own. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { compileScript } from '../../src/compile.ts';
import { SourceFile } from '../../src/source/source-file.ts';

const FILES: Record<string, string> = {
  'plain.sh': '#!/bin/sh\nsort "$1"\n',
  'store.sh': '#!/bin/sh\naws s3 cp "$1" s3://bucket/\n',
  'first.sh': '#!/bin/sh\n./second.sh\naws s3 ls\n',
  'second.sh': '#!/bin/sh\n./first.sh\n',
  'outer.sh': '#!/bin/sh\n./store.sh "$1"\n./outer.sh\n',
};

/** The Task states of a script that stands in a directory with these files. */
function tasks(text: string): string[] {
  const { value, diagnostics } = compileScript(new SourceFile('x.sh', text), {
    readLibrary: (path) => (path in FILES ? { bytes: Buffer.from(FILES[path]!) } : undefined),
  });
  assert.deepEqual(diagnostics, []);
  return value!.bundle.manifest.steps.map(({ state }) => state);
}

describe('auto', () => {
  for (const [what, text, expected] of [
    ['programs of the user’s in a list', './plain.sh a && ./plain.sh b; ./plain.sh c', ['plain', 'plain 2', 'plain 3']],
    ['one in a loop', 'for x in a b; do ./plain.sh "$x"; done; ./plain.sh c', ['plain', 'plain 2']],
    ['behind a loop', 'set x\nwhile shift; do ./plain.sh; done\necho y', ['set']],
    ['in a function that a loop calls', 'f() { ./plain.sh; }\nfor x in a b; do f; done', ['f']],
    ['by way of another function', 'f() { ./plain.sh; }\ng() { f; }\nfor x in a b; do g; done', ['f']],
    ['in a function that is called once too', 'f() { ./plain.sh; }\nfor x in a; do f; done\nf', ['f', 'f 2', 'plain']],
    ['one that is not there', 'for x in a b; do ./none "$x"; done', ['none']],
    ['rights in a loop', 'for x in a b; do aws s3 ls "$x"; done', ['for x', 'aws']],
    ['a program that needs rights in a loop', 'for x in a b; do ./store.sh "$x"; done', ['for x', 'store']],
    ['one that runs such a program', 'for x in a b; do ./outer.sh "$x"; done', ['for x', 'outer']],
    [
      'two that call each other',
      'for x in a; do ./first.sh; done\nfor y in b; do ./second.sh; done',
      ['for x', 'first', 'for y', 'second'],
    ],
    ['both in a loop', 'for x in a b; do ./plain.sh; aws s3 ls "$x"; done', ['for x', 'plain', 'aws']],
    ['settings in a loop', 'for x in a b; do\n  ./plain.sh # sh2sfn: split\ndone', ['for x', 'plain']],
    ['a loop in a loop', 'for x in a; do aws s3 ls; for y in b; do ./plain.sh; done; done', ['for x', 'aws', 'plain']],
    ['a trap’s function', 'f() { ./plain.sh; }\ntrap f EXIT\necho a', ['trap', 'EXIT', 'plain']],
  ] as const)
    it(what, () => assert.deepEqual(tasks(text), expected));
});

describe('the end of the shell', () => {
  const choices = (text: string): string[] => {
    const { definition } = compileScript(new SourceFile('x.sh', text), { granularity: 'command' }).value!.bundle;
    const states = Object.entries(definition.States as Record<string, { Type: string }>);
    // Those that failures lead to are beside the script's way.
    return states
      .filter(([name, { Type }]) => Type === 'Choice' && !/^(failed|given up)/.test(name))
      .map(([name]) => name);
  };
  for (const [what, text, expected] of [
    ['by set -e', 'set -e\ntar x\ntar y', []],
    ['in failure', 'tar x\n{ tar y; exit 3; }\ntar z', []],
    ['in success', 'tar x\nif tar y; then exit 0; fi\ntar z', ['if (line 2)', 'control (line 2)']],
    ['in a subshell', 'set -e\n(tar x; tar y)\n', ['control (line 2)', 'errexit (line 2)', 'control (line 2) 2']],
  ] as const)
    it(what, () => assert.deepEqual(choices(text), expected));
});
