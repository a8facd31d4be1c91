/** What is refused as a syntax error, with `bash -n` as the judge; and how far a script is read. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { describe, it } from 'node:test';
import { parseScript } from '../../src/parse/parse.ts';
import { SourceFile } from '../../src/source/source-file.ts';

/** Lines that the parser by itself lets pass, and their neighbours that are right. */
const LINES = [
  'echo (',
  'echo(',
  'echo(  x',
  'if echo ( ; then :; fi',
  'x=$(echo ( )',
  'f() ( echo a )',
  'ls 2>&1>/dev/null; ls >&2</dev/null; cat <&0>o',
  'ls >1>o',
  'ls &>1>o',
  'x=1 f() { :; }',
  'echo a; >o f() { :; }',
  'a=(1 2) f() { :; }',
  'case x in x) f() { :; };; esac; time f() { :; }; ! g() { :; }; (f() { :; }); x=$(f() { :; }; f) y=`f() { :; }`',
  'if true; then f() { :; }; elif f() { :; }; then :; else f() { :; }; fi; true && f() { :; } || g() { :; }',
  'x=(a b); echo a',
  'case x in (x) echo;; (y) echo;; esac',
  '! && true',
  '! || true',
  '! |cat',
  '!',
  '! ; echo',
  '{ ! ; }',
  '{ ! }',
  '( ! )',
  '! & echo',
  'time && true',
  'time',
  'if true;! then :; fi',
  'case a in a) ! ;; esac',
  'cat <<"E',
  "cat <<'E' \na\nE",
  'cat <<\\E\na\nE',
  `cat <<E"'"\na\nE'`,
  'echo ${ x',
  'echo "${x"',
  'echo $(',
  'echo `',
  'echo )',
  'if false; ; then :; fi',
  'echo a; ; echo b',
  'echo a & ; echo b',
  'case a in a) echo a; ;; b) echo b & ;; c) echo c; ;& d) :;; esac',
  'echo a;\n\necho b &\necho c; # ; ;',
  'if :\n; then :; fi',
  'if :; then :\n; fi',
  'while : # c\n\n; do break; done',
  'echo a; # c\n\n # d\n; echo b',
  'echo a &\n; echo b',
  '{ echo a\n}\n; echo b',
  'cat <<E; echo a\n;\nE\nx=$(cat <<E\n;\nE\n)\ncase a in a) echo\n;; b) :\n;& c) :\n;;& esac',
  'echo "a\n;"\necho a \\\n; echo b',
  '[[ ( a ) && (b) ]]',
  'function < () { :; }',
  'function & { :; }',
  'cat <<< ',
  'cat <<< 2>/dev/null',
  'echo > 2> f',
  'echo > 2 > f; cat <<< 2 > f; echo 2>&1 >f 3>g',
  'fi',
  'if :; then',
  'while :; do ;; done',
  'echo a;;',
  'echo a & & echo',
  '[[ a ]] ]]',
  '[[ a',
  '(( 1',
  'for i in a; do',
  'f() echo',
  'coproc',
];

const parse = (text: string) => parseScript(new SourceFile('x.sh', text));

describe('syntax errors are bash’s', () => {
  for (const line of LINES) {
    it(JSON.stringify(line), () => {
      const { status, stderr } = spawnSync('bash', ['-O', 'extglob', '-n'], { input: `${line}\n`, encoding: 'utf8' });
      const refused = status !== 0 || /syntax error|unexpected EOF/.test(stderr);
      assert.deepEqual(
        parse(`${line}\n`)
          .diagnostics.map(({ code }) => code)
          .slice(0, 1),
        refused ? ['SH1001'] : [],
        stderr,
      );
    });
  }
});

/** Text → the part that is read, or the code of its refusal. */
const READ: Record<string, [text: string, read: string]> = {
  'garbage behind exit': ['echo a\nexit 3\n\0\0\xff(((', 'echo a\nexit 3\n'],
  'exit with the last status': ['false\nexit $?\n"', 'false\nexit $?\n'],
  'the first of two': ['exit\n)\nexit\n)\n', 'exit\n'],
  'exit of a branch': ['if x; then\nexit 3\nfi\n)', 'SH1001'],
  'exit in a function': ['f() {\nexit\n}\nf\n)', 'SH1001'],
  'exit in a subshell': ['(exit)\n)', 'SH1001'],
  'exit under a condition': ['x && exit\n)', 'SH1001'],
  'exit in the background': ['exit &\n)', 'SH1001'],
  'exit of a pipeline': ['exit | cat\n)', 'SH1001'],
  'more words than exit takes, perhaps': ['exit $x\n)', 'SH1001'],
  'too many words': ['exit 1 2\n)', 'SH1001'],
  'an operand that bash gives up at, with no status': ['[[ a && ) ]]\n', 'SH1001'],
  'an error on the same line': ['exit; )\n', 'SH1001'],
  'an error before': [')\nexit\n', 'SH1001'],
  'exit is a function': ['exit() { :; }\nexit\n)', 'SH1001'],
  'exit is an alias': ['alias exit=:\nexit\n)', 'SH1001'],
  'NUL in a command': ['echo \0\nexit\n', 'SH1003'],
  'NUL behind a branch that leaves': ['if x; then\nexit\nfi\necho \0\n', 'SH1003'],
  'exec of a program': ['exec prog "$@" `x`y\n)', 'SH1001'],
  'exec of words that surely are some': ['exec prog "$@" "`x`" $y\n)', 'exec prog "$@" "`x`" $y\n'],
  'exec in quotes, of a path': [`'''exec' "$(a)/b" c\n' '''\n)`, `'''exec' "$(a)/b" c\n`],
  'exec of a variable': ['exec "$x"\n)', 'SH1001'],
  'exec of a path of a variable': ['exec "$x/y" -z\n)', 'exec "$x/y" -z\n'],
  'exec with an option': ['exec -a x y\n)', 'SH1001'],
  'exec with redirections': ['exec x > y\n)', 'SH1001'],
  'exec that need not leave': ['shopt -s execfail\nexec x\n)', 'SH1001'],
  'exec with arithmetic': ['exec x $((y))\n)', 'SH1001'],
  'nothing wrong behind exit': ['exit\necho\n', 'exit\necho\n'],
};

describe('how far a script is read', () => {
  for (const [name, [text, read]] of Object.entries(READ)) {
    it(name, () => {
      const { value, diagnostics } = parse(text);
      assert.equal(value ? text.slice(0, value.end) : diagnostics[0]?.code, read);
    });
  }
});
