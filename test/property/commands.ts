/** Simple commands of random scripts. */
import type { Place } from './place.ts';
import { arithmetic, type Context, condition, plain, quoted, value, variable, word, words } from './words.ts';

/** Functions that a script defines first. */
export const FUNCTIONS = 3;

export function assignment(context: Context, place: Place): string {
  const { chance } = context;
  const name = variable(context);
  return chance.among<string>([
    [5, () => `${name}=${value(context, place)}`],
    [1, () => `${name}=${value(context, place)} ${variable(context)}=${value(context, place)}`],
    [1, () => `${name}+=${value(context, place)}`],
    [2, () => `k=${chance.pick(['0', '3', '$((k+1))', '$k'])}`],
    [1, () => `name=${chance.word('a b k')}`],
    [context.has('arrays') ? 2 : 0, () => `arr=(${words(context, place, 0, 3)})`],
    [context.has('arrays') ? 1 : 0, () => `arr+=(${word(context, place)})`],
    [context.has('arrays') ? 1 : 0, () => `arr[${chance.pick(['0', '2', 'k', 'k+1', '$k'])}]=${value(context, place)}`],
    [context.has('maps') ? 2 : 0, () => `map[${chance.pick(['x', '$a', 'x y', '"$b"'])}]=${value(context, place)}`],
  ]);
}

/** Commands that change the state of the shell. */
function stateful(context: Context, place: Place): string {
  const { chance } = context;
  const has = (topic: Parameters<typeof context.has>[0], weight = 1): number => (context.has(topic) ? weight : 0);
  const name = variable(context);
  return chance.among<string>([
    [6, () => assignment(context, place)],
    [1, () => `((${arithmetic(context)}))`],
    [0.5, () => `let ${chance.pick(['k+=1', "'k = k * 2'", 'k=0'])}`],
    [has('positional', 2), () => `set -- ${words(context, place, 0, 3)}`],
    [has('positional', 1), () => chance.pick(['shift', 'shift 2', 'set --', 'shift $#'])],
    [has('errexit', 1.5), () => chance.pick(['set -e', 'set +e'])],
    [has('pipefail'), () => chance.pick(['set -o pipefail', 'set +o pipefail'])],
    [has('nounset'), () => chance.pick(['set -u', 'set +u'])],
    [
      has('options'),
      () =>
        chance.pick([
          'set -f',
          'set +f',
          'shopt -s nullglob',
          'shopt -u nullglob',
          'IFS=:',
          'IFS=',
          'unset IFS',
          'shopt -s nocasematch',
          'set -C',
          'set +C',
          'shopt -s inherit_errexit',
          'set -a',
        ]),
    ],
    [0.5, () => `${chance.pick(['export', 'declare', 'declare -x'])} ${name}=${quoted(context, place)}`],
    [0.3, () => `export ${name}`],
    [has('unset'), () => `unset ${chance.pick([name, 'arr', 'arr[1]', '-f f0', 'k', 'nothing'])}`],
    [
      has('attributes'),
      () =>
        chance.pick([
          `declare -i ${name}`,
          `declare -u ${name}`,
          `readonly ro=${plain(context)}`,
          'ro=again',
          `declare -r ${name}`,
          `declare -n ref=${name}`,
          'ref=via',
          'declare -p a b',
        ]),
    ],
    [0.5, () => `printf -v ${name} '%s-' ${word(context, place)}`],
    [
      has('arrays'),
      () =>
        chance.pick([
          'read -ra arr <<< "$a $b c"',
          'printf -v "arr[1]" %s p',
          'arr=([3]=t [1]="$a")',
          'unset "arr[k]"',
          'declare -a arr; arr[1]+=z',
          'arr=("${arr[@]/o/0}")',
          'arr=("${arr[@]:1}" end)',
        ]),
    ],
    [
      has('maps'),
      () => chance.pick(['unset "map[x]"', 'map+=([y]=2 ["p q"]="$a")', 'declare -A map=()', 'map[$k]+=s']),
    ],
    [has('aliases'), () => chance.pick(["alias e='echo al'", 'unalias e', 'alias', 'e x'])],
    [has('errTrap'), () => chance.pick([`trap 'echo E$?' ERR`, 'trap - ERR', 'set -E', 'set +E'])],
    [
      has('exitTrap'),
      () =>
        chance.pick([
          `trap 'echo bye $? "$a"' EXIT`,
          'trap - EXIT',
          `trap 'k=9; false; echo x$k' EXIT`,
          `trap 'exit 5' EXIT`,
          "trap '' EXIT",
        ]),
    ],
    [
      has('signalTrap') && !place.parallel && !place.forked ? 1 : 0,
      () => `trap 'echo usr $?; ${chance.pick(['k=8', ':', 'false', 'a=$b'])}' USR1`,
    ],
    [has('signalTrap') && !place.parallel ? 1 : 0, () => chance.pick(['trap', 'trap - USR1', "trap '' USR1"])],
    // In a subshell, when the trap runs is a matter of chance.
    [has('signalTrap') && !place.parallel && !place.forked ? 0.7 : 0, () => 'kill -USR1 $$'],
    [
      has('signalTrap') && !place.parallel && !place.forked ? 0.5 : 0,
      () =>
        chance.pick([
          "trap 'echo term; exit 3' TERM",
          'kill $$',
          "trap 'k=7' TERM",
          'kill -s TERM "$$"',
          "trap '' TERM",
        ]),
    ],
    [
      has('directories'),
      () =>
        chance.pick([
          'mkdir -p d; cd d',
          'cd "${OLDPWD-.}"',
          'cd - >/dev/null',
          'pwd',
          'cd nowhere',
          'pushd . >/dev/null',
          'popd',
          'dirs',
        ]),
    ],
    [0.15, () => chance.pick(['umask 027', 'umask', 'umask 022'])],
    [
      has('redefinition'),
      () =>
        `f${chance.integer(0, FUNCTIONS - 1)}() { ${chance.pick(['echo "new $# $1"', 'return 4', 'echo "$a" | cat', 'local b=in; k=1; f0 "$b"', 'false; echo on'])}; }`.replace(
          /^f0\(\)(.*)f0 /,
          'f1()$1f0 ',
        ),
    ],
    [
      place.body >= 0 ? 2.5 : 0,
      () =>
        chance.pick([
          `local ${name}=${quoted(context, place)}`,
          `local ${name}`,
          'local k=7',
          `local -i ${name}=2`,
          'local -a arr=(l m)',
          `declare ${name}=x`,
          `declare -g ${name}=g`,
          'local x=$(false)',
          'local IFS=:',
          `unset ${name}`,
        ]),
    ],
    [has('trace'), () => chance.pick(['set -x', 'set +x', "PS4='> '"])],
    [has('lastpipe'), () => chance.pick(['shopt -s lastpipe', 'shopt -u lastpipe'])],
    [has('exported'), () => chance.pick(['export -f f1', 'export a b', 'export -n a', 'declare -x k'])],
    [has('positional'), () => chance.pick(['set -- "$@" x', 'set -- "${@:2}"', 'set -- $a $b'])],
    [
      place.body >= 0 ? 0.4 : 0,
      () => chance.pick(['local -n r=a; r=z; echo "$a"', 'local a b=2 k', 'local a="$a+" b', 'declare -gi k=4']),
    ],
    [
      has('debugTrap'),
      () =>
        chance.pick([
          `trap 'echo D' DEBUG`,
          'trap - DEBUG',
          `trap 'echo R$?' RETURN`,
          'trap - RETURN',
          'set -T',
          `trap 'k=5' DEBUG`,
        ]),
    ],
    [has('posix'), () => chance.pick(['set -o posix', 'set +o posix'])],
    [
      has('extglob'),
      () => chance.pick(['shopt -s extglob', 'shopt -u extglob', 'shopt -s dotglob', 'shopt -s failglob']),
    ],
    [
      has('random'),
      () => chance.pick(['RANDOM=3', `${name}=$RANDOM`, 'RANDOM=7; echo "$RANDOM"', 'echo $((SECONDS < 9))']),
    ],
    [
      has('times'),
      () => chance.pick(['TIMEFORMAT=t', 'TIMEFORMAT=x; time :', 'TIMEFORMAT=; time false', 'times >/dev/null']),
    ],
    [
      place.body >= 0 && context.has('localOptions') ? 2 : 0,
      () => chance.pick(['local -; set -f', 'local -; set -u', 'local -; set -e', 'local -; set +e', 'local -']),
    ],
    [has('getopts'), () => chance.pick([`while getopts xy: o -x -y v rest; do echo "$o $OPTARG"; done`, 'OPTIND=1'])],
  ]);
}

/** Commands that print. */
function output(context: Context, place: Place): string {
  const { chance } = context;
  const has = (topic: Parameters<typeof context.has>[0], weight = 1): number => (context.has(topic) ? weight : 0);
  return chance.among<string>([
    [6, () => `echo ${words(context, place, 1, 3)}`],
    [2, () => `printf '<%s>' ${words(context, place, 1, 2)}; echo`],
    [1, () => `sh -c 'echo "sh $a $1"; exit ${chance.word('0 0 3')}' - ${word(context, place)}`],
    [1, () => `a=${value(context, place)} sh -c 'echo "env $a"'`],
    [1, () => chance.pick(['true', 'false', ':', 'true', 'false'])],
    [0.5, () => `(exit ${chance.word('0 1 3')})`],
    [0.4, () => chance.pick(['no_such_command_1', 'cat nofile', 'ls nofile', './nofile'])],
    [has('programs', 4), () => `./p.sh ${chance.word('0 0 1 3')} ${words(context, place, 0, 2)}`],
    [has('programs'), () => `"./p.sh" 0 $((k++)) ${word(context, place)}`],
    [has('lines'), () => 'echo "$LINENO"'],
    [has('pipestatus'), () => 'echo "${PIPESTATUS[*]}" $?'],
    [has('lastArgument'), () => 'echo "$_"'],
    [
      has('frames', 2),
      () =>
        chance.pick([
          'echo "${FUNCNAME[*]}"',
          'echo "${#FUNCNAME[@]} ${BASH_LINENO[*]}"',
          'caller',
          'caller 0',
          'caller 1',
          'echo "${FUNCNAME-top}"',
          'declare -F f1',
          'echo "${BASH_SOURCE[0]##*/}"',
          'g() { echo "in ${FUNCNAME[*]}"; }; g',
        ]),
    ],
    [
      has('introspection', 2),
      () =>
        chance.pick([
          'type -t f1 echo cat',
          'command -V f1',
          'trap -p',
          'trap -p EXIT',
          'shopt -p nullglob extglob',
          'set -o | grep -E "pipefail|noglob"',
          'declare -p arr',
          'hash -r',
          'type -a true | head -n 1',
          'declare -f f1 | wc -l',
          'compgen -A function',
          'export -p | grep -c " a"',
          'echo "$BASHOPTS" | grep -c nullglob',
          '[[ -o errexit ]] && echo on',
          'alias -p',
          'ulimit -c',
          'umask -S',
          'readonly -p | grep " ro="',
        ]),
    ],
    [
      has('transforms', 2),
      () =>
        chance.pick([
          `echo "\${${variable(context)}@${chance.word('Q U u L E P A a K')}}"`,
          'echo "${arr[@]@Q}" "${arr[*]@A}"',
          'echo "${@@Q}"',
          'echo "${!a@}" "${!na*}"',
          `x=a; echo "\${!x}" "\${!x-none}" "\${!x:1}"`,
          'echo "${arr[@]/#/p}" "${arr[@]%o}" "${#arr[0]}"',
          'echo "${arr[@]: -1}" "${*: -2:1}"',
          `x='arr[0]'; echo "\${!x}"`,
          'printf "%s|" "${arr[@]^}" "${@#o}"; echo',
        ]),
    ],
    [
      has('menus'),
      () =>
        chance.pick([
          'select q in x "y z"; do echo "$REPLY $q"; break; done <<< 2',
          'select q in "$a" b; do case $q in b) break;; *) echo "no $REPLY";; esac; done < <(printf "9\n2\n")',
        ]),
    ],
    [
      place.parallel || place.forked ? 0 : has('coprocesses'),
      () =>
        chance.pick([
          'coproc cat; echo "to $a" >&"${COPROC[1]}"; read -r b <&"${COPROC[0]}"; echo "$b"; eval "exec ${COPROC[1]}>&-"; wait',
          'coproc P { read -r x; echo "got $x"; }; echo "$k" >&"${P[1]}"; read -r b <&"${P[0]}"; echo "$b"; wait',
        ]),
    ],
    [
      has('waiting', 2),
      () =>
        chance.pick([
          '(exit 4) & wait -n; echo "n $?"',
          'false & p=$!; wait "$p"; echo "p $?"',
          'wait; echo "w $?"',
          'wait 99999 2>/dev/null; echo "nf $?"',
          'true & wait -p who -n; echo "$? ${who:+set}"',
          'jobs',
        ]),
    ],
    [has('documents', 2), () => document(context, place)],
    [has('documents'), () => `cat <<< ${quoted(context, place)}`],
    [
      0.3,
      () =>
        chance.pick([
          'type f0',
          'command -v echo',
          'declare -p k',
          'test -n "$a"',
          'set -o | grep errexit',
          'declare -f f1',
          'echo "$-" | tr -d hBc',
        ]),
    ],
    [0.3, () => 'echo ${BASH_SUBSHELL}'],
    [
      has('prefixes', 3),
      () =>
        chance.pick([
          `command echo ${word(context, place)}`,
          `builtin echo ${word(context, place)}`,
          'command cd .',
          'command false',
          'command -p cat f4',
          `\\echo ${word(context, place)}`,
          `env -i x=1 /bin/sh -c 'echo "$x$a"'`,
          'builtin set -- p q',
          'command eval "k=3"',
          'command no_such_command_2',
          'printf \'%q\\n\' "$a"',
          "echo -n n; echo -e 'e\\tf'",
          'command read a < /dev/null',
          `[[ $a =~ (.)(.*) ]] && echo "\${BASH_REMATCH[2]}"`,
        ]),
    ],
    [
      has('exported', 2),
      () =>
        chance.pick([
          // In the bodies of f0 and f1 the call would never end.
          place.body === 0 || place.body === 1 ? `bash -c 'echo "$a"'` : `bash -c 'f1 0 2>/dev/null; echo "$a"'`,
          `bash -c 'echo "$b $1"' - ${word(context, place)}`,
        ]),
    ],
  ]);
}

/** A here-document: expanded, quoted, or with its tabs taken away. */
function document(context: Context, place: Place): string {
  const { chance } = context;
  const end = context.delimiter();
  const body = `d ${quoted(context, place).slice(1, -1)}\n\t$a ${chance.pick(['`echo q`', '\\$b', "'$k'", '$((k+1))'])}`;
  return `cat <<${chance.pick([end, `'${end}'`, `-${end}`])}\n${body}\n${end}`;
}

/** Commands that read standard input. */
function reading(context: Context): string {
  const { chance } = context;
  if (context.has('readOptions') && chance.maybe(0.5))
    return chance.pick([
      'read -d , a',
      "IFS= read -rd '' a",
      'read -N 3 a',
      'read -ra arr',
      'read -u 0 -r b',
      'read',
      'read -t 5 a b c',
      'read -rn 1 a',
      'readarray -t -n 2 arr',
      'mapfile -d , arr',
      'IFS=" ," read -r a b',
      'read -r -p prompt a',
      'read -r a < <(cat)',
    ]);
  return chance.pick([
    'read a',
    'read -r a b',
    'read -n 2 b',
    'head -n 1',
    'cat',
    'mapfile -n 1 -t arr',
    'wc -l',
    'IFS=, read a b',
    'read line && echo "$line"',
    'sort',
  ]);
}

function files(context: Context, place: Place): string {
  const { chance } = context;
  const has = (topic: Parameters<typeof context.has>[0], weight = 1): number => (context.has(topic) ? weight : 0);
  return chance.among<string>([
    [2, () => `echo ${words(context, place, 1, 2)} > ${chance.pick(['f1', 'f2', '"f$k"'])}`],
    [1, () => `echo ${word(context, place)} >> f2`],
    [
      2,
      () =>
        chance.pick([
          'cat f1',
          'cat < f2',
          'read a < f1',
          'wc -l < f2',
          'rm -f f1',
          'echo f*',
          'cat f1 f2 2>&1',
          'ls nofile 2> f5',
          'cp f1 f2',
          '> f1',
          'sort f2 -o f2',
        ]),
    ],
    [
      1,
      () => `{ echo out; echo err >&2; } ${chance.pick(['> f1 2>&1', '2>&1 > f1', '&> f1', '2> f1', '>> f1 2>> f2'])}`,
    ],
    [
      has('execRedirect'),
      () => chance.pick(['exec > f7', 'exec >> f7', 'exec 2> f8', 'exec 2>&1', 'exec < f4', 'exec 1>&2']),
    ],
    [
      has('descriptors'),
      () =>
        chance.pick([
          'exec 3> f3; echo three >&3; exec 3>&-',
          'exec 3>&1; echo d3 >&3',
          'exec 4< f4; read a <&4; exec 4<&-',
          'echo x >&3',
          'exec {fd}> f6; echo y >&$fd; exec {fd}>&-',
        ]),
    ],
    [0.5, () => 'mapfile -t arr < f2'],
  ]);
}

/** Commands that end or leave something. */
function leaving(context: Context, place: Place): string {
  const { chance } = context;
  const status = chance.pick(['', '', ' 0', ' 1', ' 3', ' $k', ' $?']);
  const dynamic = context.has('dynamicNames') && chance.maybe(0.15);
  const wrap = (name: string, rest: string): string => (dynamic ? `c=${name}; $c${rest}` : `${name}${rest}`);
  return chance.among<string>([
    [1, () => wrap('exit', status)],
    [
      context.has('replaced') ? 1 : 0,
      () => chance.pick(['exec ./p.sh 2', 'exec true', 'exec sh -c "exit 6"', 'exec no_such_command_3']),
    ],
    [place.body >= 0 ? 3 : 0.1, () => wrap('return', status)],
    [place.loops > 0 ? 3 : 0.1, () => wrap(chance.word('break continue'), '')],
    [place.loops > 1 ? 1.5 : 0, () => wrap(chance.word('break continue'), ' 2')],
    [place.loops > 0 ? 0.2 : 0, () => wrap('break', ' 9')],
  ]);
}

/** A call of a function: a body's own with one level less, others with a depth of their own. */
export function call(context: Context, place: Place): string {
  const { chance } = context;
  const below = place.body >= 0 ? place.body : FUNCTIONS;
  const other = (): string => `f${chance.integer(0, below - 1)}`;
  return chance.among<string>([
    [below > 0 ? 4 : 0, () => `${other()} ${chance.word('0 1 2')} ${words(context, place, 0, 2)}`],
    [below > 0 ? 0.4 : 0, () => `${chance.word('a k')}=pre ${other()} 1`],
    [
      below > 0 && context.has('dynamicNames') ? 2 : 0,
      () => `c=${other()}; $c ${chance.word('0 1')} ${word(context, place)}`,
    ],
    [below > 0 && !place.parallel && context.has('files') ? 0.7 : 0, () => `${other()} 1 > f1`],
    [place.body >= 0 ? 1.5 : 0, () => `[ "\${n-0}" -gt 0 ] && f${place.body} $((n-1))`],
    [place.body >= 0 ? 0.5 : 0, () => `if ((n > 0)); then f${place.body} $((n-1)) ${word(context, place)}; fi`],
    [0.1, () => 'f9 not defined'],
  ]);
}

/** A command without parts of its own. */
export function simple(context: Context, place: Place): string {
  const { chance } = context;
  const has = (topic: Parameters<typeof context.has>[0], weight = 1): number => (context.has(topic) ? weight : 0);
  return chance.among<string>([
    [8, () => output(context, place)],
    [7, () => stateful(context, place)],
    [has('leaving', 1.2), () => leaving(context, place)],
    [has('functions', place.body < 0 ? 5 : 2), () => call(context, place)],
    [
      has('dynamicNames', 0.7),
      () =>
        chance.pick([
          'c=echo; $c dyn "$a"',
          'c="echo two"; $c "$b"',
          '"${c:-true}" x',
          '$nothing echo np',
          '$nothing',
          "c=eval; $c 'k=4'",
          'c="set -- q r"; $c',
          'c=cd; $c .',
        ]),
    ],
    [place.parallel ? 0 : has('files', 3), () => files(context, place)],
    [place.input ? has('reading', 2.5) : 0, () => reading(context)],
    [has('tests', 1), () => condition(context, place)],
    [has('eval', 1), () => evaluated(context, place)],
    [
      has('errors', 0.7),
      () =>
        chance.pick([
          'echo ${a?} ${unset_3?msg}',
          'echo $((1/0))',
          'echo ${a:$((k-9)):-9}',
          'cd a b c',
          'echo > /nofile/x',
          'cat < nofile',
          'unset "a b"',
          'shift 99',
          '((k/0))',
          'k=$((08))',
          'local q=1',
          'export 1a=2',
        ]),
    ],
  ]);
}

/** A command in the text of `eval`. */
function evaluated(context: Context, place: Place): string {
  const { chance } = context;
  const text = chance.among<string>([
    [
      3,
      () =>
        chance
          .several(1, 2, () =>
            simple({ ...context, has: (t) => t !== 'eval' && context.has(t) }, { ...place, depth: 0 }),
          )
          .join('\n'),
    ],
    [
      1,
      () =>
        chance.pick([
          'false',
          'k=1; a=$b',
          'echo "$a" | cat',
          'for q in 1 2; do echo $q; done',
          'x=$(echo in); echo "$x"',
          '(exit 2)',
        ]),
    ],
  ]);
  if (chance.maybe(0.15)) return `eval "a=\\$${variable(context)}"`;
  return `eval '${text.replaceAll("'", "'\\''")}'`;
}
