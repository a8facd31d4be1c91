/** State that one step leaves is what the next one finds: lines run as steps of their own print what bash prints. */
import { deepEqual } from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { test } from 'node:test';
import { leaf, type RunOptions, runBash, runLeaves } from './steps.ts';

interface Case extends RunOptions {
  /** Lines of the script; each is a step. */
  lines: string[];
  /** Also with the second and later lines run by a forked shell. */
  fork?: boolean;
  /** Compare standard error as well. */
  stderr?: boolean;
}

/** The script's own descriptor, and what this process was given by whoever started it. */
const KNOWN = ['255', ...readdirSync('/proc/self/fd').filter((fd) => Number(fd) > 200)].join('|');
const HARD = `'; {% $x %} "$(id)\` \\ \${y} !`;
const cases: Record<string, Case> = {
  scalar: { lines: ['x=1 y="a b" z=', 'echo "<$x><$y><$z>${z+set}"; declare -p x y z'], fork: true },
  'hard text': {
    lines: [`x=$'${HARD.replaceAll(/['\\]/g, '\\$&')}'`, 'printf "%s\\n" "$x"; declare -p x'],
    fork: true,
  },
  newlines: { lines: ["x=$'a\\nb\\n\\n' y=$'\\t\\r\\f'", 'printf "%s|" "$x" "$y"; declare -p x y'], fork: true },
  bytes: {
    lines: ["x=$'\\377\\376\\001\\177' y=$'\\303\\251'", 'printf "%s|" "$x" "$y"; echo ${#x} ${#y}'],
    fork: true,
  },
  'bytes in C': {
    lines: ["x=$'\\377\\376\\001\\177' y=$'\\303\\251'", 'printf "%s|" "$x" "$y"; echo ${#x} ${#y}'],
    env: { LC_ALL: 'C' },
  },
  'every byte': {
    lines: [
      'x=; for ((i=1;i<256;i++)); do printf -v c \'\\\\x%x\' $i; printf -v c "$c"; x+=$c; done',
      'LC_ALL=C; echo ${#x}; printf %s "$x" | od -An -tx1',
    ],
  },
  array: { lines: ["a=(1 'b c' $'\\n'); a[10]=x; unset 'a[0]'", 'declare -p a; echo "${#a[@]} ${!a[*]}"'], fork: true },
  assoc: {
    lines: [
      "declare -A m=([k]=v ['a b']=1 [']']=2 ['$x']=3 ['\"']=4 [@]=5 [$'\\n']=6)",
      'for k in "${!m[@]}"; do echo "$k=${m[$k]}"; done | sort',
    ],
    fork: true,
  },
  'empty arrays': {
    lines: ['declare -a a=(); declare -A m=(); declare -a b; declare -A n', 'declare -p a m b n'],
    fork: true,
  },
  nameref: { lines: ['t=1; declare -n r=t', 'r=2; echo $t; declare -p r', 'echo ${!r} $r'] },
  'nameref element': { lines: ['a=(1 2 3); declare -n r="a[1]"', 'r=9; echo "${a[@]}"'] },
  integer: { lines: ['declare -i i=5', 'i=i+2; echo $i', 'declare -p i'] },
  'integer with text': { lines: ['x=abc; declare -i x', 'declare -p x'] },
  'upper and lower': {
    lines: ['declare -u u=abc; declare -l l=ABC; v=mixed; declare -u v', 'declare -p u l v; u=q; echo $u'],
  },
  readonly: { lines: ['readonly r="a b"; declare -ra ra=(1 2)', 'declare -p r ra; (r=2) 2>/dev/null || echo refused'] },
  exported: {
    lines: ['export e="a b"; f=1; export f; export g', 'printenv e f; printenv g || echo none; declare -p e f g'],
    fork: true,
  },
  'export taken back': { lines: ['export -n HOME', 'printenv HOME || echo none; declare -p HOME'], fork: true },
  unset: { lines: ['unset HOME', 'echo "${HOME-none}"; printenv HOME || echo none'], fork: true },
  'unset value': { lines: ['declare d; declare -i n; declare -a a', 'declare -p d n a; echo "${d-unset}"'] },
  IFS: { lines: ['IFS=:', 'x=a:b:c; printf "<%s>" $x; declare -p IFS'], fork: true },
  'IFS unset': { lines: ['unset IFS', 'x="a b"; printf "<%s>" $x; echo "${IFS-unset}"'], fork: true },
  rematch: { lines: ['[[ abc =~ (b)(c) ]]', 'echo "${BASH_REMATCH[@]}"'] },
  positional: {
    lines: ['echo "$# $1"; shift', 'echo "$# $*"; set -- "a b" "" c', 'echo $#; printf "<%s>" "$@"'],
    args: ['1', '2', '3'],
    fork: true,
  },
  options: {
    lines: ['set -u -o pipefail -f', 'echo $-; echo *; set -o | grep -E "pipefail|nounset"', 'set +f', 'echo $-'],
  },
  allexport: { lines: ['set -a; q=1', 'r=2', 'printenv q r; echo $-'] },
  shopt: {
    lines: [
      'shopt -s extglob nullglob; shopt -u sourcepath',
      'echo no*such; case ab in @(ab|c)) echo yes;; esac; shopt -p extglob nullglob sourcepath',
    ],
    fork: true,
  },
  posix: {
    lines: ['set -o posix', 'echo ${POSIXLY_CORRECT-unset}; set -o | grep posix', 'declare -p POSIXLY_CORRECT'],
  },
  aliases: { lines: [`shopt -s expand_aliases; alias hi="echo 'it is'" ll='ls -l'`, 'hi; alias'] },
  'alias with newline': { lines: ["shopt -s expand_aliases; alias two=$'echo 1\\n\\necho 2'", 'two', 'alias -p'] },
  functions: {
    lines: [
      'f() { echo "f $1"; }\ng() {\n  echo g\n}',
      'f x; g; declare -f f',
      'unset -f f',
      'declare -F; type f >/dev/null 2>&1 || echo gone',
    ],
  },
  'exported function': { lines: ['f() { echo "in f $1"; }; export -f f', 'bash -c "f 1"; declare -F'] },
  'function with hard text': {
    lines: ["f() { cat <<'E'\n$x `y` \"z\" '\\''\ng () \n}\nE\n}\ng() { echo g; }", 'f; g; declare -F'],
  },
  traps: {
    lines: ["trap 'echo usr1' USR1; trap '' HUP; trap \"echo 'a\nb'\" INT", 'trap -p; kill -USR1 $$; echo done'],
  },
  'exit trap': { lines: ["trap 'echo bye $?' EXIT", 'echo hi', 'exit 3'] },
  'exit trap not early': { lines: ["trap 'echo bye' EXIT; trap", 'echo a', 'trap - EXIT', 'echo end'] },
  'err trap': { lines: ["trap 'echo err $?' ERR", 'false', 'true; (exit 3)'] },
  umask: {
    lines: ['umask 077', 'umask; touch f; stat -c %a f', 'umask 000', 'umask; touch g; stat -c %a g'],
    fork: true,
  },
  'umask shuts': { lines: ['umask 777', 'umask; touch f; stat -c %a f'] },
  directory: {
    lines: ['mkdir d; cd d', 'pwd; echo "$PWD $OLDPWD"; ls -d ../d; cd -', 'pwd; echo "$OLDPWD"'],
    fork: true,
  },
  'directory with odd name': { lines: ['d=$\'a b\\n"$x\'; mkdir "$d"; cd "$d"', 'pwd; cd ..', 'pwd; echo "$OLDPWD"'] },
  'directory by link': { lines: ['mkdir d; ln -s d l; cd l', 'pwd; pwd -P; cd ..', 'pwd'] },
  dirstack: {
    lines: [
      'mkdir a b; pushd a >/dev/null; pushd ../b >/dev/null',
      'dirs; dirs -p | wc -l; popd >/dev/null',
      'dirs; echo "${DIRSTACK[@]}"',
      'popd',
      'dirs',
    ],
  },
  optind: {
    lines: [
      'getopts ab: o -a -b x; echo $o $OPTIND',
      'getopts ab: o -a -b x; echo $o $OPTIND $OPTARG',
      'OPTIND=1',
      'echo $OPTIND',
    ],
  },
  seconds: { lines: ['SECONDS=100', 'echo $((SECONDS/10))', 'sleep 1.1; echo $((SECONDS > 100))'] },
  'seconds go on': {
    lines: ['sleep 0.6', 'sleep 0.6', 'sleep 0.6', 'sleep 0.6', 'echo $((SECONDS >= 2 && SECONDS <= 3))'],
  },
  status: { lines: ['(exit 7)', 'echo $?', 'false', 'echo $? $?'], fork: true },
  'status with errexit': { lines: ['set -e', '! true', 'echo $?', '! false', 'echo $?'] },
  'last argument': { lines: ['echo a "b c"', 'echo "$_"', ': x', 'echo "<$_>"'], fork: true },
  PIPESTATUS: {
    lines: [
      '(exit 3) | true | (exit 4)',
      'echo "${PIPESTATUS[@]} $?"',
      'false | true',
      'a=("${PIPESTATUS[@]}" $?); echo "${a[@]}"',
    ],
  },
  'PIPESTATUS of one': { lines: ['(exit 3)', 'echo "${PIPESTATUS[@]}"'] },
  'PIPESTATUS and pipefail': { lines: ['set -o pipefail; false | true', 'echo "$? ${PIPESTATUS[@]}"'] },
  LINENO: {
    lines: [
      'echo $LINENO',
      'echo $LINENO\necho $LINENO',
      'echo "\n$LINENO" $LINENO',
      'f() {\n\n echo $LINENO; }; f; echo $LINENO',
    ],
    fork: true,
  },
  name: {
    lines: [
      'echo "$0 ${BASH_SOURCE[0]} ${#BASH_SOURCE[@]} ${FUNCNAME[*]}"',
      'nosuchcommand',
      'f() { echo "${FUNCNAME[@]} ${BASH_SOURCE[@]} ${BASH_LINENO[@]}"; caller 0; }\nf',
      'f',
    ],
    stderr: true,
  },
  'name without slash': { lines: ['echo "$0 ${BASH_SOURCE[0]}"', 'nosuchcommand'], argv0: 't.sh', stderr: true },
  'name with dash': { lines: ['echo "$0"'], argv0: './-t.sh' },
  pid: { lines: ['x=$BASHPID', '[ "$x" ] && echo set'] },
  nounset: { lines: ['set -u', 'echo $nosuch', 'echo not reached'], stderr: true },
  'division by zero': { lines: ['echo $((1/0)); echo same line', 'echo next $?'], stderr: true },
  'readonly assignment': { lines: ['readonly r=1', 'r=2; echo same line', 'echo next $?'], stderr: true },
  'bad substitution': { lines: ['echo ${x!y}; echo same line', 'echo next $?'], stderr: true },
  'fatal expansion': { lines: ['echo ${x?gone}; echo same line', 'echo not reached'], stderr: true },
  errexit: { lines: ['set -e', 'false', 'echo not reached'] },
  'errexit in a list': {
    lines: [
      'set -e',
      'false || echo or',
      'if false; then :; fi',
      '{ false; echo group; } || echo second',
      'false; echo not reached',
    ],
  },
  exec: { lines: ['exec echo gone', 'echo not reached'] },
  'signal ends': { lines: ['kill -TERM $$', 'echo not reached'], stderr: false },
  'here-document': { lines: ['cat <<E\na $((1+1))\nE', "cat <<'E' | tr a-z A-Z\n$x\nE"] },
  stdin: { lines: ['read a', 'read b; echo "$a $b"', 'cat'], stdin: 'one\ntwo\nthree\nfour\n' },
  'stdin by head': { lines: ['head -n1', 'head -n1', 'read x; echo "<$x>"'], stdin: 'one\ntwo\nthree\nfour\n' },
  environment: {
    lines: [':', 'printenv | grep -v "^_=" | sort', 'declare -p | grep -c sh2sfn; declare -F; trap -p; alias; jobs'],
    fork: true,
  },
  'all variables': {
    lines: [
      ':',
      "declare -p | grep -vE '^declare -\\S+ (BASHPID|EPOCH|RANDOM|SRANDOM|LINENO|PPID|_|BASH_ARGV|BASH_ARGC|BASH_LINENO|DIRSTACK|BASH_COMMAND|SECONDS)'",
    ],
    fork: true,
  },
  descriptors: {
    lines: [
      ':',
      'for f in /proc/self/fd/*; do echo ${f##*/}; done | grep -vxE "$KNOWN"; bash -c "ls /proc/self/fd" | grep -vxE "$KNOWN"; ls /proc/self/fd | grep -vxE "$KNOWN"',
    ],
    fork: true,
    env: { KNOWN },
  },
  SHLVL: {
    lines: ['echo $SHLVL', 'echo $SHLVL; bash -c "echo \\$SHLVL"', 'SHLVL=9', 'echo $SHLVL'],
    env: { SHLVL: '3' },
    fork: true,
  },
  // Of variables in one bucket of its table, bash passes on the newest first.
  'order of the environment': {
    lines: ['printenv | grep "^V"', 'VAAA=0; printenv | grep "^V"'],
    env: { VCEK: '1', VAAB: '2', VAAA: '3', VFKX: '4', VFWO: '5', VCEH: '6' },
    fork: true,
  },
  'odd environment': {
    lines: ['printenv A', 'printenv a.b; declare -p A'],
    env: { A: "x\n'y'", 'a.b': 'c' },
    fork: true,
  },
  'environment that steers bash': {
    lines: ['echo "$TMOUT $PS4"', 'echo "${TMOUT}"; printenv TMOUT'],
    env: { TMOUT: '1', PS4: '> ' },
  },
  'standing pipe': { lines: ['shopt -s lastpipe; echo a | read x', 'echo "<$x>"'] },
  background: { lines: ['sleep 0.2 & wait; echo waited $?', 'echo next'] },
  'ends with background': { lines: ['true &', 'echo next'] },
  'local in function': { lines: ['f() { local x=1; g; }; g() { x=2; echo $x; }; x=0', 'f; echo $x'] },
  xtrace: { lines: ['set -x', 'echo a "b c"', 'x=1', 'set +x', 'echo end'], stderr: true },
  'extglob in functions': {
    lines: [
      'shopt -s extglob',
      'f() { case $1 in +([0-9])) echo number;; *) echo other;; esac; }',
      'shopt -u extglob',
      'f 12; f a; shopt extglob',
    ],
  },
  noclobber: { lines: ['set -C; echo a >f', 'echo b >f', 'cat f; echo c >|f', 'cat f'], stderr: true },
  locale: { lines: ['x=é; echo ${#x}; LC_ALL=C', 'echo ${#x}', 'LC_ALL=C.UTF-8', 'echo ${#x}'] },
  limit: { lines: ['ulimit -n 200', 'ulimit -n; ulimit -Hn'] },
  'random is not seeded': { lines: ['a=$RANDOM', 'b=$RANDOM', 'c=$RANDOM; [ "$a$b" != "$b$c" ] && echo differs'] },
  time: { lines: ['TIMEFORMAT=%0lR', 'time true'], stderr: true },
};

for (const [name, { lines, fork, stderr, ...options }] of Object.entries(cases)) {
  const numbered = (forked: boolean) => {
    let line = 1;
    return lines.map((text) => {
      const made = leaf(text, line, { fork: forked && line > 1 });
      line += text.split('\n').length;
      return made;
    });
  };
  test(`steps do as bash: ${name}`, async (t) => {
    const expected = runBash(`${lines.join('\n')}\n`, options);
    for (const forked of fork ? [false, true] : [false]) {
      await t.test(forked ? 'forked' : 'from a file', async () => {
        const { stdout, stderr: errors, status, last } = await runLeaves(numbered(forked), options);
        const shown = { stdout, status, ...(stderr ? { stderr: errors } : {}) };
        deepEqual(
          shown,
          { stdout: expected.stdout, status: expected.status, ...(stderr ? { stderr: expected.stderr } : {}) },
          `control ${last.control}\n${errors}`,
        );
      });
    }
  });
}
