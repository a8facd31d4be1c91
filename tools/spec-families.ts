/**
 * Writes the spec cases that are a matrix: every kind of shell state in every place that keeps or drops it, every way
 * out of every construct, and so on. The result is committed and read like any other case; run this after a change here.
 *
 *   node tools/spec-families.ts    writes test/spec/family-*.test.sh, with what bash does
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runBash } from '../test/spec/runner/bash.ts';
import { formatCaseFile, type SpecCase } from '../test/spec/runner/case-file.ts';
import { specDirectory } from '../test/spec/runner/load.ts';
import { mapPool } from '../test/spec/runner/pool.ts';

/** Name → lines of shell. */
type Table = Record<string, string>;
type Case = [name: string, code: string];

const product = (
  left: Table,
  right: Table,
  make: (a: string, b: string, first: string, second: string) => Case,
): Case[] =>
  Object.entries(left).flatMap(([first, a]) => Object.entries(right).map(([second, b]) => make(a, b, first, second)));

/** Kinds of state: what changes it; `show` prints it. */
const states: Record<string, { change: string; show: string; before?: string }> = {
  'a variable': { change: 'v=new', show: 'echo "[${v-unset}]"', before: 'v=old' },
  'an unset variable': { change: 'unset v', show: 'echo "[${v-unset}]"', before: 'v=old' },
  'an exported variable': { change: 'export v=new', show: `sh -c 'echo "[\${v-unset}]"'` },
  'an array': { change: 'a+=(two "th ree")', show: 'printf "<%s>" "${a[@]}"; echo', before: 'a=(one)' },
  'an associative array': { change: 'h[k]=2', show: 'echo "${h[k]-none} ${#h[@]}"', before: 'declare -A h=([j]=1)' },
  'a function': { change: 'f() { echo new; }', show: 'f', before: 'f() { echo old; }' },
  'the working directory': {
    change: 'cd d',
    show: 'basename "$PWD" | sed s/cwd/top/; ls',
    before: 'mkdir d; touch d/inside',
  },
  'the umask': { change: 'umask 077', show: 'umask', before: 'umask 022' },
  'an option': { change: 'set -f', show: 'case $- in *f*) echo on;; *) echo off;; esac' },
  'a shopt': { change: 'shopt -s nullglob', show: 'echo [ none* ]' },
  'the positional parameters': { change: 'set -- x "y z"', show: 'echo $# "$@"', before: 'set -- a' },
  'a shifted parameter': { change: 'shift', show: 'echo $# "$@"', before: 'set -- a b c' },
  'an EXIT trap': { change: "trap 'echo changed' EXIT", show: 'trap -p EXIT', before: "trap 'echo before' EXIT" },
  'a signal trap': { change: "trap 'echo got' USR1", show: 'trap -p USR1' },
  'the IFS': { change: 'IFS=:', show: 'w=a:b; set -- $w; echo $#' },
  'a counter in arithmetic': { change: '((n += 2))', show: 'echo $((n))', before: 'n=1' },
  'a default assigned by an expansion': { change: ': ${v:=made}', show: 'echo "[${v-unset}]"' },
  'a read variable': { change: 'read v <<< "in put"', show: 'echo "[${v-unset}]"' },
  'an integer attribute': { change: 'declare -gi v; v=2+3', show: 'v+=1; echo $v', before: 'v=0' },
  'a nameref': { change: 'declare -gn r=t; r=5', show: 'echo "${t-none} ${r-none}"' },
  'the getopts position': { change: 'getopts ab o', show: 'getopts ab o; echo "$o $OPTIND"', before: 'set -- -a -b' },
  'the directory stack': { change: 'pushd d > /dev/null', show: 'echo ${#DIRSTACK[@]}', before: 'mkdir d' },
};

/** Places where a change may happen; CHANGE stands for it. */
const places: Table = {
  'a brace group': '{ CHANGE; }',
  'a subshell': '(CHANGE)',
  'a function': 'run() { CHANGE; }\nrun "$@"',
  'a pipeline stage': 'true | { CHANGE; }',
  'a first stage': '{ CHANGE; } | cat',
  'a substitution': 'x=$(CHANGE)',
  'an if branch': 'if true; then CHANGE; fi',
  'an if condition': 'if CHANGE; then :; fi',
  'an and list': 'true && { CHANGE; } && true',
  'a for body': 'for i in 1; do CHANGE; done',
  'a while condition': 'while CHANGE; break; do :; done',
  'a case branch': 'case x in x) CHANGE;; esac',
  'a redirected group': '{ CHANGE; } > /dev/null',
  'a background job': '{ CHANGE; } & wait',
  eval: "eval 'CHANGE_QUOTED'",
  'a sourced file': "cat > lib <<'E'\nCHANGE\nE\n. ./lib",
};

const quoteForEval = (text: string) => text.replaceAll("'", "'\\''");

function stateCases(): Case[] {
  return Object.entries(states).flatMap(([state, { change, show, before }]) =>
    Object.entries(places).map(([place, text]): Case => {
      const middle = text.replace('CHANGE_QUOTED', () => quoteForEval(change)).replace('CHANGE', () => change);
      return [`${state} changed in ${place}`, `${before === undefined ? '' : `${before}\n`}${middle}\n${show}`];
    }),
  );
}

/** Ways to fail, and contexts of `set -e`. */
const failures: Table = {
  false: 'false',
  'an external command': 'grep -q x /dev/null',
  'a subshell': '(exit 3)',
  'a group': '{ true; false; }',
  'a function': 'bad',
  'a deep function': 'worse',
  'a pipeline': 'true | false',
  'an and list': 'true && false',
  'an assignment': 'x=$(exit 4)',
  arithmetic: '((0))',
  'a test': '[[ a == b ]]',
  'a loop': 'for i in 1; do false; done',
  'a missing command': 'no_such_cmd 2>/dev/null',
  'a variable command': '$no_command',
};

const errexitContexts: Table = {
  plain: 'FAIL\necho next',
  'left of and': 'FAIL && echo and\necho next',
  'left of or': 'FAIL || echo or\necho next',
  'right of and': 'true && FAIL\necho next',
  'a condition': 'if FAIL; then echo then; else echo else; fi\necho next',
  'an until condition': 'n=0\nuntil FAIL || ((n++ > 0)); do echo body; done\necho next',
  bang: '! FAIL\necho next',
  'a group left of or': '{ FAIL; echo inside; } || echo or\necho next',
  'a subshell': '(FAIL; echo inside)\necho next',
  'a function': 'g() { FAIL; echo inside; }\ng\necho next',
  'a function left of or': 'g() { FAIL; echo inside; }\ng || echo or\necho next',
  'a function in a condition in a function':
    'g() { FAIL; echo inside; }\nh() { if g; then echo yes; else echo no; fi; }\nh\necho next',
  'a substitution': 'x=$(FAIL; echo inside)\necho "[$x]"',
  'a pipeline stage': '{ FAIL; echo inside; } | cat\necho next',
  'a loop in an or list': 'for k in 1 2; do FAIL; echo $k; done || echo or\necho next',
};

function errexitCases(): Case[] {
  return product(failures, errexitContexts, (failure, context, first, second) => [
    `${first} fails, ${second}`,
    `set -e; no_command=false\nbad() { return 3; }\nworse() { bad; echo deep; }\n${context.replaceAll('FAIL', () => failure)}`,
  ]);
}

/** Ways out, and what they leave. */
const exits: Table = {
  break: 'break',
  'break 2': 'break 2',
  continue: 'continue',
  'continue 2': 'continue 2',
  return: 'return 3',
  exit: 'exit 4',
  'break by a variable': 'c=break; $c',
  'return by a variable': 'c="return 5"; $c',
  'exit by eval': "eval 'exit 6'",
  errexit: 'set -e; false',
};

const enclosures: Table = {
  'an if': 'if [ $j = 2 ]; then LEAVE; fi',
  'an and list': '[ $j = 2 ] && { LEAVE; }',
  'an or list': '[ $j != 2 ] || { LEAVE; }',
  'a case': 'case $j in 2) LEAVE;; esac',
  'a redirected group': '{ if [ $j = 2 ]; then LEAVE; fi; } > /dev/null',
  'a subshell': '( if [ $j = 2 ]; then LEAVE; fi; echo sub ) 2>/dev/null',
  'a pipeline': '{ if [ $j = 2 ]; then LEAVE; fi; echo pipe; } 2>/dev/null | cat',
  'a substitution': 'x=$( { if [ $j = 2 ]; then LEAVE; fi; echo subst; } 2>/dev/null); echo "$x $?"',
  'an else': 'if [ $j != 2 ]; then :; else LEAVE; fi',
  'a nested group': '{ { { if [ $j = 2 ]; then LEAVE; fi; }; }; }',
};

function leavingCases(): Case[] {
  return product(exits, enclosures, (leave, enclosure, first, second) => [
    `${first} in ${second} in two loops in a function`,
    [
      'trap \'echo "trap $?"\' EXIT',
      'f() {',
      '  for i in a b; do',
      '    for j in 1 2 3; do',
      `      ${enclosure.replace('LEAVE', () => leave)}`,
      '      echo $i$j',
      '    done',
      '    echo "inner $?"',
      '  done',
      '  echo "outer $?"',
      '}',
      'f',
      'echo "end $?"',
    ].join('\n'),
  ]);
}

/** Compound commands, and redirections of the whole. */
const compounds: Table = {
  'a group': '{ read x; echo "$x"; sh -c "echo child >&2"; }',
  'a subshell': '(read x; echo "$x"; sh -c "echo child >&2")',
  'an if': 'if read x; then echo "$x"; sh -c "echo child >&2"; fi',
  'a while': 'while read x; do echo "$x"; sh -c "echo child >&2"; done',
  'a for': 'for i in 1 2; do read x; echo "$i $x"; done',
  'a C-style for': 'for ((i=0; i<2; i++)); do read x; echo "$i $x"; done',
  'a case': 'case y in y) read x; echo "$x"; cat;; esac',
  'a function call': 'f',
  eval: 'eval \'read x; echo "$x"; cat >&2\'',
};

const redirections: Table = {
  'output to a file': '> out < in',
  'appended output': '>> out < in',
  'a here-document': '<<E\nhere 1\nhere $((n++))\nE',
  'a here-string': '<<< "string $((n++))"',
  'output and error together': '> out 2>&1 < in',
  'error first': '2>&1 > out < in',
  'two files': '> out 2> err < in',
  'a file named by an effect': '> "out$((n++))" < in',
  'a saved descriptor': '3>&1 > out < in',
  'output to standard error': '>&2 < in',
};

function redirectionCases(): Case[] {
  return product(compounds, redirections, (compound, redirection, first, second) => [
    `${first} with ${second}`,
    [
      "printf '%s\\n' one two three > in; echo kept > out; n=0",
      'f() { read x; echo "f $x"; cat >&2; }',
      `${compound} ${redirection}`,
      'echo "status $? n $n x ${x-}"',
      'for o in out* err*; do [ -f "$o" ] && sed "s/^/$o: /" "$o"; done',
    ].join('\n'),
  ]);
}

/** Commands that yield output, and places of a substitution. */
const producers: Table = {
  'two words': 'echo one two',
  lines: "printf 'l1\\nl 2\\n\\n'",
  'nothing and a status': 'exit 3',
  'a glob': "echo '*.q'",
  'a function with effects': 'prod',
  'a pipeline': 'printf "b\\na\\n" | sort',
  'hostile text': `echo "'; {% \\$x %}"`,
};

const holes: Table = {
  'an argument': 'printf "<%s>" $(CMD); echo " $?"',
  'a quoted argument': 'printf "<%s>" "$(CMD)" "a$(CMD)b"; echo',
  'an assignment': 'v=$(CMD); echo "$? [$v]"',
  'a local': 'g() { local v=$(CMD); echo "$? [$v]"; }; g',
  'an array': 'v=($(CMD)); echo "$? ${#v[@]} ${v[0]-none}"',
  'a for list': 'for w in $(CMD) end; do echo "<$w>"; done',
  'a case word': 'case $(CMD) in one*) echo one;; "") echo "empty $?";; *) echo other;; esac',
  'a condition': 'if [ "$(CMD)" ]; then echo some; else echo "none $?"; fi',
  'a here-document': 'cat <<E\n[$(CMD)]\nE',
  'a here-string': 'cat <<< "[$(CMD)]"',
  'a default': 'echo "${none:-$(CMD)}" "${set+$(CMD)}"; set=1',
  backquotes: 'printf "<%s>" `CMD`; echo',
  'a nested substitution': 'echo "$(echo "<$(CMD)>" | cat)"',
  'a prefix assignment': 'V="$(CMD)" sh -c \'echo "[$V]"\'',
  'a function argument': 'h() { echo "$# <$1>"; }; h $(CMD) x',
};

function substitutionCases(): Case[] {
  return product(producers, holes, (producer, hole, first, second) => {
    const inBackquotes = second === 'backquotes' ? producer.replaceAll('\\', '\\\\') : producer;
    return [
      `${first} in ${second}`,
      `touch a.q; prod() { echo "made $((++made))"; }\n${hole.replaceAll('CMD', () => inBackquotes)}\necho "after \${made-0}"`,
    ];
  });
}

const families: Record<string, { header: string; cases: Case[] }> = {
  state: { header: 'Every kind of state, changed in every place that keeps or drops it.', cases: stateCases() },
  errexit: { header: 'Every kind of failure in every context of set -e.', cases: errexitCases() },
  leaving: { header: 'Every way out, from inside every construct.', cases: leavingCases() },
  redirection: { header: 'Every compound command with every kind of redirection.', cases: redirectionCases() },
  substitution: { header: 'Output of every kind, substituted everywhere.', cases: substitutionCases() },
};

for (const [name, { header, cases }] of Object.entries(families)) {
  const file = `family-${name}`;
  const specs = await mapPool(cases, 2, async ([title, text], index): Promise<SpecCase> => {
    const spec: SpecCase = { file, name: title, line: index, code: `${text}\n`, stdout: '', status: 0, args: [] };
    const [first, second] = [await runBash(spec), await runBash(spec, true)];
    if (JSON.stringify(first) !== JSON.stringify(second)) console.error(`${file}: ${title}: unstable`);
    if (first.status < 0) console.error(`${file}: ${title}: timed out`);
    if (/syntax error/.test(first.stderr)) console.error(`${file}: ${title}: ${first.stderr}`);
    return { ...spec, stdout: first.stdout, status: first.status };
  });
  const top = `# ${header}\n# Generated by tools/spec-families.ts.`;
  writeFileSync(join(specDirectory, `${file}.test.sh`), formatCaseFile(top, specs), 'latin1');
  console.log(`${file}: ${specs.length} cases`);
}
