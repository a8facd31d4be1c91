/** Where PIPESTATUS may be read before any command has set it. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { compileScript } from '../../src/compile.ts';
import { SourceFile } from '../../src/source/source-file.ts';

const codes = (text: string): string[] =>
  compileScript(new SourceFile('t.sh', `${text}\n`), { granularity: 'command' }).diagnostics.map(({ code }) => code);

describe('PIPESTATUS before any command', () => {
  for (const text of [
    'echo "${PIPESTATUS[@]}"',
    'set',
    "'declare' -p",
    'typeset -pa',
    'command typeset',
    'builtin command -p set',
    'f() { declare -p; }; set | cat',
    'eval declare -p',
    "eval 'echo ${PIPESTATUS+set}'",
    'declare -p PIPESTATUS',
    'declare -n n=PIPESTATUS',
    'declare -p ${!PIPE*}',
    '[[ -v PIPESTATUS ]]',
    'test -v PIPESTATUS',
    'compgen -v',
    'set $x',
    'builtin set "$@" ${y}',
    'PIPESTATUS=5',
    'printf -v PIPESTATUS x',
    'sleep 1 &\nsleep 1 | cat &\nset',
    "set | grep '^PIPE'",
    'typeset | grep -c .',
    'set | sed -n /^PI/p',
    'set | grep -v y',
  ])
    it(`refused: ${text}`, () => assert.deepEqual([...new Set(codes(text))], ['SH2002']));
  for (const text of [
    ':; set',
    'x=1; command typeset -p',
    'echo PIPESTATUS declare set',
    'set -e',
    'set $x y',
    'set -- "$@"',
    'declare -rp',
    'typeset -f',
    'set | grep x',
    "set | sed -n 's/^IFS=//p'",
    'set | grep "^$x="',
    'unset PIPESTATUS',
    'compgen -b',
    'compgen -A function',
    'compgen -A "$x" -- "$2"',
    'echo ${!H*}',
  ])
    it(`compiled: ${text}`, () => assert.deepEqual(codes(text), []));
});
