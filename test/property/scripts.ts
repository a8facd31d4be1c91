/**
 * Random shell scripts that end and always do the same under bash: loops and recursion are bounded, stages of a pipeline
 * share no file, background jobs are waited for at once.
 *
 * A script is built from texts, each made by an arbitrary whose parts shrink: a failing script gets shorter by itself.
 */
import fc from 'fast-check';

type Text = fc.Arbitrary<string>;

/** What may stand at a place of the script. */
interface Place {
  /** Levels of compound commands that may still be opened. */
  depth: number;
  /** Enclosing loops that `break` and `continue` reach. */
  loops: number;
  /** Number of the function whose body this is, or -1; a body calls itself and functions with lower numbers. */
  body: number;
  /** Runs at once with other commands: no files, no signals. */
  parallel: boolean;
  /** Not the script's own shell: signals to `$$` would go elsewhere. */
  forked: boolean;
}

const FUNCTIONS = 3;

const name = fc.constantFrom('a', 'b', 'c');
const plain = fc.constantFrom('0', '1', '2', '7', 'x', 'yz', 'foo.bar');
const status = fc.constantFrom('0', '1', '2', '3', '42');

/** Double-quoted or plain words that expand to anything. */
const word: Text = fc.oneof(
  plain,
  name.map((v) => `$${v}`),
  name.map((v) => `"$${v}"`),
  fc.constantFrom(`'p  q'`, `"it's"`, '"$@"', '"$*"', '$#', '$?', '"${PIPESTATUS[*]}"', "'*'", '""', '{1,2}'),
  fc.constantFrom(`"'; {% \\$x %}"`, '"${1-none}"', '${2:-two}', '"${arr[*]}"', '${#arr[@]}', '"${arr[1]}"', '$-z'),
  fc
    .tuple(name, fc.constantFrom('-d', ':-d', '+s', ':+s', ':=w', '#?', '%?', '##*o', '/o/0', '^^', ':1:1'))
    .map(([v, operator]) => `"\${${v}${operator}}"`),
  name.map((v) => `\${#${v}}`),
  fc.tuple(name, fc.constantFrom('+1', '*2', '++', '=5', '-1', '+=2', '==1')).map(([v, op]) => `$((${v}${op}))`),
);

const words = (max: number): Text => fc.array(word, { minLength: 1, maxLength: max }).map((list) => list.join(' '));

const test: Text = fc.oneof(
  fc.tuple(word, word).map(([x, y]) => `[ ${quoted(x)} = ${quoted(y)} ]`),
  name.map((v) => `[ -n "$${v}" ]`),
  fc.tuple(name, plain).map(([v, x]) => `[[ $${v} == *${x}* ]]`),
  fc.tuple(name, fc.constantFrom('> 0', '== 1', '< 5', '% 2')).map(([v, x]) => `((${v} ${x}))`),
  name.map((v) => `[[ -v ${v} ]]`),
);

/** A word as one argument, so that `[` sees three of them. */
function quoted(text: string): string {
  return text.startsWith('"') || text.startsWith("'") || !/[$*{]/.test(text)
    ? text.replace('"$@"', '"$*"')
    : `"${text}"`;
}

const assignment: Text = fc.oneof(
  fc.tuple(name, word).map(([v, w]) => `${v}=${w === '"$@"' ? '"$*"' : w}`),
  fc.tuple(name, word, name, word).map(([v, w, u, x]) => `${v}=${w} ${u}=${x}`.replaceAll('"$@"', '"$*"')),
  fc.tuple(name, word).map(([v, w]) => `${v}+=${w === '"$@"' ? '"$*"' : w}`),
  words(3).map((list) => `arr=(${list})`),
  words(2).map((list) => `arr+=(${list})`),
);

/** Simple commands that touch the state of the shell. */
const stateful: Text = fc.oneof(
  assignment,
  words(3).map((list) => `set -- ${list}`),
  fc.constantFrom('shift', 'shift 2', 'set -e', 'set +e', 'set -o pipefail', 'set +o pipefail', 'set -f', 'set +f'),
  fc.constantFrom('IFS=:', 'unset IFS', 'shopt -s nullglob', 'set -u', 'set +u', 'unset arr', 'umask 027', 'umask'),
  name.map((v) => `unset ${v}`),
  name.map((v) => `export ${v}`),
  name.map((v) => `declare -i ${v}`),
  fc.tuple(name, plain).map(([v, x]) => `printf -v ${v} '%s-' ${x}`),
  fc.tuple(name, plain).map(([v, x]) => `readonly ro_${v}=${x}`),
  name.map((v) => `((${v}++))`),
  fc.tuple(name, name, plain).map(([v, u, x]) => `read ${v} ${u} <<< "${x} and more"`),
  fc.constantFrom(`trap 'echo E$?' ERR`, 'trap - ERR', `trap 'echo bye $?' EXIT`, 'trap - EXIT', 'set -E', 'set -T'),
);

const output: Text = fc.oneof(
  words(3).map((list) => `echo ${list}`),
  words(2).map((list) => `printf '<%s>' ${list}; echo`),
  words(1).map((text) => `sh -c 'echo "sh $a $1"' - ${text}`),
  name.map((v) => `echo "$${v}" | cat`),
  fc.constantFrom('true', 'false', ':', 'no_such_command_1', 'echo "$BASH_SUBSHELL $#"', 'echo "$LINENO"', 'echo *'),
  status.map((n) => `(exit ${n})`),
);

const onFiles: Text = fc.oneof(
  words(2).map((list) => `echo ${list} > f1`),
  words(2).map((list) => `echo ${list} >> f2`),
  fc.constantFrom(
    'cat f1',
    'cat < f2',
    'read a < f1',
    'wc -l < f2',
    'rm -f f1',
    'mkdir -p d; cd d',
    'cd "${OLDPWD-.}"',
  ),
  fc.constantFrom('exec 3> f3; echo three >&3; exec 3>&-', 'mapfile -t arr < f2', 'touch g1 g2; echo g*'),
);

function memo<K, V>(make: (key: K) => V): (key: K) => V {
  const known = new Map<string, V>();
  return (key) => {
    const text = JSON.stringify(key);
    let value = known.get(text);
    if (value === undefined) {
      value = make(key);
      known.set(text, value);
    }
    return value;
  };
}

/** Commands that end or leave something. */
function leaving(place: Place): Text[] {
  const found: Text[] = [status.map((n) => `exit ${n}`)];
  if (place.body >= 0)
    found.push(
      status.map((n) => `return ${n}`),
      fc.constant('return'),
    );
  if (place.loops > 0) {
    found.push(fc.constantFrom('break', 'continue'));
    if (place.loops > 1) found.push(fc.constantFrom('break 2', 'continue 2'));
  }
  return found;
}

/** Calls of functions: a body's own with one level less, others with a depth of their own. */
function calls(place: Place): Text[] {
  const found: Text[] = [];
  const below = place.body >= 0 ? place.body : FUNCTIONS;
  if (below > 0) {
    found.push(
      fc.tuple(fc.nat(below - 1), fc.nat(2), word).map(([number, depth, text]) => `f${number} ${depth} ${text}`),
      fc.tuple(fc.nat(below - 1), fc.nat(1)).map(([number, depth]) => `c=f${number}; $c ${depth}`),
    );
  }
  if (place.body >= 0) found.push(fc.constant(`[ "\${n-0}" -gt 0 ] && f${place.body} $((n-1))`));
  return found;
}

/** A command without parts of its own. */
const simple = memo((place: Place): Text => {
  const common = [
    { arbitrary: output, weight: 8 },
    { arbitrary: stateful, weight: 6 },
    ...leaving(place).map((arbitrary) => ({ arbitrary, weight: 1 })),
    ...calls(place).map((arbitrary) => ({ arbitrary, weight: 1 })),
  ];
  if (!place.parallel) common.push({ arbitrary: onFiles, weight: 3 });
  if (!place.parallel && !place.forked)
    common.push({ arbitrary: fc.constant(`trap 'echo usr' USR1; kill -USR1 $$`), weight: 1 });
  if (place.body >= 0) common.push({ arbitrary: fc.tuple(name, word).map(([v, w]) => `local ${v}=${w}`), weight: 3 });
  return fc.oneof({ withCrossShrink: true }, ...common);
});

const list = memo(
  (place: Place): Text => fc.array(statement(place), { minLength: 1, maxLength: 3 }).map((all) => all.join('\n')),
);

/** One operand of && and ||, and a stage of a pipeline: a test, a group, a subshell. */
const operand = memo((place: Place): Text => {
  const inner = { ...place, depth: place.depth - 1 };
  return fc.oneof(
    { withCrossShrink: true },
    { arbitrary: test, weight: 4 },
    { arbitrary: fc.constantFrom('true', 'false', 'echo or', '(exit 3)'), weight: 3 },
    { arbitrary: list(inner).map((body) => `{\n${body}\n}`), weight: 2 },
    { arbitrary: list({ ...inner, loops: 0, forked: true }).map((body) => `(\n${body}\n)`), weight: 1 },
    ...calls(place).map((arbitrary) => ({ arbitrary: arbitrary.map((text) => `{ ${text}; }`), weight: 1 })),
  );
});

const andOr = memo(
  (place: Place): Text =>
    fc
      .tuple(
        fc.boolean(),
        operand(place),
        fc.array(fc.tuple(fc.constantFrom('&&', '||'), operand(place)), { minLength: 1, maxLength: 2 }),
      )
      .map(
        ([bang, first, rest]) =>
          `${bang ? '! ' : ''}${first}${rest.map(([operator, text]) => ` ${operator} ${text}`).join('')}`,
      ),
);

const compound = memo((place: Place): Text => {
  const inner: Place = { ...place, depth: place.depth - 1 };
  const loop: Place = { ...inner, loops: place.loops + 1 };
  const forked: Place = { ...inner, loops: 0, forked: true };
  const stage: Place = { ...forked, parallel: true };
  const counter = `i${place.body + 1}_${place.depth}`;
  const condition = fc.oneof(test, andOr(inner), list(inner));
  return fc.oneof(
    { withCrossShrink: true },
    list(inner).map((body) => `{\n${body}\n}`),
    list(forked).map((body) => `(\n${body}\n)`),
    fc.tuple(condition, list(inner)).map(([test, body]) => `if ${test}\nthen\n${body}\nfi`),
    fc.tuple(condition, list(inner), list(inner)).map(([test, yes, no]) => `if ${test}\nthen\n${yes}\nelse\n${no}\nfi`),
    fc.tuple(name, words(3), list(loop)).map(([v, all, body]) => `for ${v} in ${all}; do\n${body}\ndone`),
    fc
      .tuple(fc.constantFrom('1', '2', '3'), test, list(loop))
      .map(([n, extra, body]) => `${counter}=0\nwhile ((${counter}++ < ${n})) && { ${extra}; :; }; do\n${body}\ndone`),
    fc
      .tuple(fc.constantFrom('1', '2'), list(loop))
      .map(
        ([n, body]) => `${counter}=0\nuntil [ $${counter} -ge ${n} ]; do\n${counter}=$((${counter}+1))\n${body}\ndone`,
      ),
    fc
      .tuple(fc.constantFrom('1', '2'), list(loop))
      .map(([n, body]) => `for ((${counter}=0; ${counter}<${n}; ${counter}++)); do\n${body}\ndone`),
    fc
      .tuple(word, plain, fc.constantFrom(';;', ';&', ';;&'), list(inner), list(inner))
      .map(
        ([w, pattern, end, one, two]) =>
          `case ${w} in\n${pattern}) ${one}\n${end}\n*o*|1) ${two}\n;;\n*) echo other;;\nesac`,
      ),
    list({ ...forked, parallel: place.parallel }).map((body) => `a=$(\n${body}\n)`),
    list({ ...forked, parallel: place.parallel }).map((body) => `echo "[$(\n${body}\n)]" $?`),
    fc
      .tuple(list(stage), fc.constantFrom('cat', 'sort', 'tr a-z A-Z', 'wc -l'))
      .map(([body, filter]) => `{\n${body}\n} | ${filter}`),
    fc
      .tuple(list(stage), list({ ...stage, loops: 1 }))
      .map(([body, reader]) => `{\n${body}\n} | while read -r b; do\n${reader}\ndone`),
    fc.tuple(list(stage), list(stage)).map(([one, two]) => `{\n${one}\n} | {\ncat\n${two}\n}`),
    list(forked).map((body) => `{\n${body}\n} &\nwait $!`),
    fc.tuple(list(loop), words(2)).map(([body, text]) => `while read a b; do\n${body}\ndone <<E\n${text}\nl 2\nE`),
    ...(place.parallel
      ? []
      : [
          fc
            .tuple(list(inner), fc.constantFrom('> f1', '>> f2', '2>&1', '> "f$((a++))"', '3>&1 >&3', '< /dev/null'))
            .map(([body, redirection]) => `{\n${body}\n} ${redirection}`),
          fc
            .tuple(name, list(loop))
            .map(([v, body]) => `printf 'l1\\nl 2\\nl3\\n' > f4\nwhile read ${v}; do\n${body}\ndone < f4`),
        ]),
    fc
      .tuple(fc.nat(FUNCTIONS - 1), list({ ...inner, depth: 0, loops: 0, body: 0 }))
      .map(([n, body]) => `f${n}() {\nlocal n=\${1:-0}\n${body}\n}`),
    simple({ ...place, depth: 0 }).map((text) => `eval '${text.replaceAll("'", "'\\''")}'`),
  );
});

const statement: (place: Place) => Text = memo((place: Place): Text => {
  if (place.depth <= 0) return simple(place);
  return fc.oneof(
    { withCrossShrink: true },
    { arbitrary: simple(place), weight: 5 },
    { arbitrary: andOr({ ...place, depth: place.depth - 1 }), weight: 2 },
    { arbitrary: compound(place), weight: 4 },
  );
});

/** Bodies of functions 0 to 2. */
const functions: Text = fc
  .tuple(
    ...Array.from({ length: FUNCTIONS }, (_, body) =>
      list({ depth: 1, loops: 0, body, parallel: true, forked: true }).map(
        (text) => `f${body}() {\nlocal n=\${1:-0}\n${text}\n}`,
      ),
    ),
  )
  .map((all) => all.join('\n'));

/** A whole script; its last line prints what became of the variables. */
export const script: Text = fc
  .tuple(
    functions,
    fc.array(statement({ depth: 3, loops: 0, body: -1, parallel: false, forked: false }), {
      minLength: 2,
      maxLength: 7,
    }),
  )
  .map(([definitions, body]) => `a=1 b=x\n${definitions}\n${body.join('\n')}\necho "end $? $a $b $c $# \${arr[*]}"\n`);

/** The script that belongs to a seed. */
export function scriptOf(seed: number): string {
  return fc.sample(script, { seed, numRuns: 1 })[0]!;
}
