/**
 * Random shell scripts that end and always do the same under bash: loops and recursion are bounded, stages of a pipeline
 * share no file, readers of a pipe read it to its end, background jobs write nowhere or to files of their own.
 *
 * Each script is about some topics only: what is always there hides what only its absence shows.
 */
import type { Script } from '../spec/runner/case-file.ts';
import { Chance } from './chance.ts';
import { assignment, call, FUNCTIONS, simple } from './commands.ts';
import { type Place, TOPICS, type Topic } from './place.ts';
import { type Context, condition, plain, quoted, variable, word, words } from './words.ts';

type Has = (topic: Topic, weight?: number) => number;

class Writer implements Context {
  readonly chance: Chance;
  private readonly topics: ReadonlySet<Topic>;
  private counters = 0;
  private documents = 0;

  constructor(chance: Chance) {
    this.chance = chance;
    const all = Object.entries(TOPICS) as [Topic, number][];
    this.topics = new Set(all.filter(([, p]) => chance.maybe(p)).map(([topic]) => topic));
  }

  delimiter = (): string => {
    this.documents += 1;
    return `E${this.documents}`;
  };

  has = (topic: Topic): boolean => this.topics.has(topic);

  private weigh: Has = (topic, weight = 1) => (this.has(topic) ? weight : 0);

  list(place: Place, max: number): string {
    const all = this.chance.several(1, this.chance.maybe(0.5) ? 1 : max, () => this.statement(place));
    const joined = this.has('oneLine') && all.every((text) => !text.includes('\n')) && this.chance.maybe(0.7);
    return all.join(joined ? '; ' : '\n');
  }

  /** A list of up to three commands one level deeper. */
  private body(place: Place, changes: Partial<Place> = {}): string {
    return this.list({ ...place, depth: place.depth - 1, ...changes }, 3);
  }

  statement(place: Place): string {
    if (place.depth <= 0) return simple(this, place);
    return this.chance.among<string>([
      [5, () => simple(this, place)],
      [2, () => this.andOr(place)],
      [4, () => this.compound(place)],
    ]);
  }

  /** One operand of && and ||. */
  private operand(place: Place): string {
    const inner = { ...place, depth: place.depth - 1 };
    return this.chance.among<string>([
      [4, () => condition(this, place)],
      [3, () => this.chance.pick(['true', 'false', 'echo or', '(exit 3)', 'k=$((k+1))', 'a=$(false)'])],
      [this.weigh('programs', 2), () => `./p.sh ${this.chance.word('0 1 3')}`],
      [2, () => `{\n${this.list(inner, 3)}\n}`],
      [1, () => this.subshell(place)],
      [this.weigh('functions', 2), () => `{ ${call(this, place)}; }`],
      [
        this.weigh('functions', 1),
        () =>
          `f${this.chance.integer(0, Math.max(0, (place.body < 0 ? FUNCTIONS : place.body) - 1))} 0`.replace(
            /^f0 0$/,
            place.body === 0 ? 'true' : 'f0 0',
          ),
      ],
      [this.weigh('pipelines', 0.7), () => this.pipeline(place)],
    ]);
  }

  private andOr(place: Place): string {
    const { chance } = this;
    const rest = chance.several(
      chance.maybe(0.2) ? 0 : 1,
      2,
      () => ` ${chance.word('&& ||')} ${this.negation(0.15)}${this.operand(place)}`,
    );
    return `${this.negation(0.3)}${this.operand(place)}${rest.join('')}`;
  }

  private negation(p: number): string {
    return this.chance.maybe(p) ? '! ' : '';
  }

  /** What stands behind `if` and `while`. */
  private clause(place: Place): string {
    return this.chance.among<string>([
      [4, () => condition(this, place)],
      [3, () => this.andOr({ ...place, depth: place.depth - 1 })],
      [1, () => this.body(place)],
      [this.weigh('functions'), () => call(this, place)],
      [this.weigh('programs'), () => `./p.sh ${this.chance.word('0 1')}`],
    ]);
  }

  private subshell(place: Place): string {
    const trap = this.has('subshellTrap') && this.chance.maybe(0.5) ? `trap 'echo sub $?' EXIT\n` : '';
    return `(\n${trap}${this.body(place, { loops: 0, forked: true })}\n)`;
  }

  private compound(place: Place): string {
    return this.chance.among<string>([
      [1.5, () => `{\n${this.body(place)}\n}`],
      [this.weigh('subshells', 2), () => this.subshell(place)],
      [3, () => this.conditional(place)],
      [this.weigh('loops', 4), () => this.loop(place)],
      [this.weigh('cases', 2), () => this.cases(place)],
      [this.weigh('substitution', 2), () => this.captured(place)],
      [this.weigh('pipelines', 2.5), () => this.pipeline(place)],
      [this.weigh('jobs', 2), () => this.job(place)],
      [place.parallel ? 0 : this.weigh('files', 2), () => this.redirected(place)],
      [
        this.weigh('documents'),
        () =>
          `${this.grouped(place, { input: true })} ${this.document(`one ${quoted(this, place).slice(1, -1)}\nl 2\n$k`)}`,
      ],
      [this.weigh('functions', 0.7) * (place.body < 0 ? 1 : 0.3), () => this.definition(place)],
      [this.weigh('reading', 2), () => this.readLoop(place)],
      [this.weigh('shadowing', 0.7), () => this.shadow(place)],
      [this.weigh('processes', 3), () => this.process(place)],
    ]);
  }

  private conditional(place: Place): string {
    const { chance } = this;
    let text = `if ${this.clause(place)}\nthen\n${this.body(place)}\n`;
    if (chance.maybe(0.25)) text += `elif ${this.clause(place)}\nthen\n${this.body(place)}\n`;
    if (chance.maybe(0.5)) text += `else\n${this.body(place)}\n`;
    return `${text}fi`;
  }

  /** A fresh counter, local to the function that it stands in. */
  private counter(place: Place, start: string): [name: string, set: string] {
    this.counters += 1;
    const name = `i${this.counters}`;
    return [name, place.body >= 0 ? `local ${name}=${start}` : `${name}=${start}`];
  }

  private loop(place: Place): string {
    const { chance } = this;
    const body = this.body(place, { loops: place.loops + 1 });
    const times = chance.word('1 2 2 3');
    const name = chance.maybe(0.8) ? variable(this) : 'q';
    const [i, set] = this.counter(place, '0');
    return chance.among<string>([
      [4, () => `for ${name} in ${words(this, place, 1, 3)}; do\n${body}\ndone`],
      [this.weigh('positional'), () => `for ${name}${chance.pick(['', ' in "$@"', ' in $*'])}; do\n${body}\ndone`],
      [this.weigh('arrays'), () => `for ${name} in "\${arr[@]}"; do\n${body}\ndone`],
      [2, () => `${set}\nwhile ((${i}++ < ${times})) && { ${condition(this, place)}; :; }; do\n${body}\ndone`],
      [2, () => `${set}\nwhile [ $${i} -lt ${times} ]; do\n${i}=$((${i}+1))\n${body}\ndone`],
      [2, () => `${set}\nwhile ((${i}++ < ${times})) && ${this.operand(place)}; do\n${body}\ndone`],
      [2, () => `${set}\nuntil [ $${i} -ge ${times} ]; do\n${i}=$((${i}+1))\n${body}\ndone`],
      [2, () => `${place.body >= 0 ? `local ${i}\n` : ''}for ((${i}=0; ${i}<${times}; ${i}++)); do\n${body}\ndone`],
      [1, () => `${set}\nwhile :; do\n((++${i} > ${times})) && break\n${body}\ndone`],
    ]);
  }

  private cases(place: Place): string {
    const { chance } = this;
    const items = chance.several(1, 3, () => {
      const pattern =
        this.has('extglob') && chance.maybe(0.3)
          ? chance.pick(['@(x|1)*', '!(*o*)', '+([a-z])', '?(y)*'])
          : chance.pick(['*o*', '1|2', '[a-m]*', '?', '"$a"', '$b', 'x*|yz', "''", plain(this), '$((k++))']);
      const end = chance.pick([';;', ';;', ';;', ';&', ';;&']);
      return `${chance.maybe(0.3) ? '(' : ''}${pattern}) ${chance.maybe(0.1) ? '' : this.body(place)}\n${end}`;
    });
    const last = chance.maybe(0.5) ? `\n*) ${chance.pick(['echo other', ':', 'false'])};;` : '';
    return `case ${word(this, place).replace('"$@"', '"$*"')} in\n${items.join('\n')}${last}\nesac`;
  }

  /** A command substitution of its own: in an assignment, an argument, a here-document, a list of words. */
  private captured(place: Place): string {
    const { chance } = this;
    const inner: Partial<Place> = { loops: 0, forked: true };
    const body = this.body(place, inner);
    return chance.among<string>([
      [4, () => `${variable(this)}=$(\n${body}\n)`],
      [2, () => `${variable(this)}="x$(\n${body}\n)y"`],
      [2, () => `echo "[$(\n${body}\n)]" ${word(this, place)} $?`],
      [1, () => `${chance.word('export declare')} ${variable(this)}=$(\n${body}\n)`],
      [place.body >= 0 ? 1.5 : 0, () => `local ${variable(this)}=$(\n${body}\n)`],
      [1, () => `for q in $(\n${body}\n); do\n${this.body(place, { loops: place.loops + 1 })}\ndone`],
      [1, () => `if [ -n "$(\n${body}\n)" ]; then\n${this.body(place)}\nfi`],
      [
        1,
        () =>
          `case $(\n${body}\n) in\n*o*) echo has o;;\n'') echo empty;;\n*) ${simple(this, { ...place, depth: 0 })}\nesac`,
      ],
      [1, () => `set -- $(\n${body}\n) ${plain(this)}`],
      [this.weigh('arrays'), () => `arr=($(\n${body}\n))`],
      [this.weigh('documents'), () => `cat ${this.document(`<$(\n${body}\n)>`)}`],
      [
        this.weigh('functions'),
        () =>
          `f${chance.integer(0, Math.max(0, place.body < 0 ? FUNCTIONS - 1 : place.body - 1))} 0 "$(\n${body}\n)"`.replace(
            /^f0 /,
            place.body === 0 ? 'echo ' : 'f0 ',
          ),
      ],
      [1, () => `echo $(\n${body}\n) | cat`],
    ]);
  }

  /** Stages read all that is written to them, and share no files. */
  private pipeline(place: Place): string {
    const { chance } = this;
    const stage: Partial<Place> = { loops: 0, forked: true, parallel: true, input: false };
    const first = chance.among<string>([
      [3, () => `{\n${this.body(place, stage)}\n}`],
      [2, () => `echo ${words(this, place, 1, 2)}`],
      [1, () => `(\n${this.body(place, stage)}\n)`],
      [1, () => `printf '%s\\n' l1 'l 2' l3`],
      [this.weigh('functions'), () => call(this, { ...place, ...stage, body: place.body })],
      [this.weigh('programs'), () => `./p.sh ${chance.word('0 1')} ${word(this, place)}`],
      [0.5, () => 'false'],
    ]);
    const last = chance.among<string>([
      [
        2,
        () => chance.pick(['cat', 'sort', 'tr a-z A-Z', 'wc -l', 'sed s/o/0/', 'grep -c o', 'tail -n 1', 'sh -c cat']),
      ],
      [2, () => `while read -r b; do\n${this.body(place, { ...stage, loops: 1 })}\ndone`],
      [1, () => `{\ncat\n${this.body(place, stage)}\n}`],
      [1, () => `{\nread a b\necho "$a" "\${b-}"\ncat\n${this.body(place, stage)}\n}`],
      [1, () => `(\ncat\n${this.body(place, stage)}\n)`],
      [0.5, () => `xargs ${chance.word('echo printf')}`],
      [0.5, () => `{ cat; exit ${chance.word('0 2')}; }`],
    ]);
    const middle = chance.maybe(0.25)
      ? ` | ${chance.pick(['cat', 'tr o 0', '{ cat; false; }', 'sed p', '(cat; exit 4)'])}`
      : '';
    return `${this.negation(0.1)}${first}${middle} ${chance.maybe(0.1) ? '|&' : '|'} ${last}`;
  }

  private job(place: Place): string {
    const { chance } = this;
    const body = this.body(place, { loops: 0, forked: true, parallel: true, input: false });
    const quiet: Place = { ...place, depth: 0, loops: 0, forked: true, parallel: true, input: false };
    return chance.among<string>([
      [3, () => `{\n${body}\n} &\nwait $!`],
      [1, () => `(\n${body}\n) &\np=$!\nwait $p; echo "job $?"`],
      [1, () => `{\n${body}\n} &\nwait\necho "waited $?"`],
      [place.parallel ? 0 : 2, () => `{\n${body}\n} > j1 &\n${simple(this, quiet)}\nwait\ncat j1`],
      [place.parallel ? 0 : 1, () => `for q in 1 2; do ./p.sh $q > j$q & done\nwait; cat j1 j2`],
      [1, () => `(exit ${chance.word('0 3')}) & wait $!`],
      // In the body of f0 it would never end.
      [this.weigh('functions', 0.5), () => (place.body === 0 ? 'false & wait' : 'f0 0 & wait')],
    ]);
  }

  private grouped(place: Place, changes: Partial<Place>): string {
    const { chance } = this;
    return chance.among<string>([
      [4, () => `{\n${this.body(place, changes)}\n}`],
      [2, () => `(\n${this.body(place, { ...changes, loops: 0, forked: true })}\n)`],
      [1, () => `if ${condition(this, place)}; then\n${this.body(place, changes)}\nfi`],
      [1, () => `for q in 1 2; do\n${this.body(place, { ...changes, loops: place.loops + 1 })}\ndone`],
    ]);
  }

  private redirected(place: Place): string {
    const { chance } = this;
    const redirection = chance.pick([
      '> f1',
      '>> f2',
      '2>&1',
      '2> f5',
      '> "f$((k++))"',
      '3>&1 >&3',
      '< /dev/null',
      '< f4',
      '> f1 2>&1',
      '&> f5',
      '< nofile',
      '> /nofile/x',
      '> "$a"',
      '<<< "$a $b"',
      '>&2',
      '> f$(echo 9)',
      '3> f3',
    ]);
    const input = /^<(?! \/dev|<)/.test(redirection) || redirection.startsWith('<<<');
    return `${this.grouped(place, input ? { input: true } : {})} ${redirection}`;
  }

  private readLoop(place: Place): string {
    const { chance } = this;
    const body = this.body(place, { loops: place.loops + 1, input: true });
    const head = chance.pick([
      'while read a',
      'while read -r a b',
      'while IFS= read -r a',
      'while IFS=, read -r a b',
      'while read -r a && [ "$a" != l3 ]',
    ]);
    const from = chance.pick([
      this.document('l1 a,b\nl 2\n$b'),
      "<<< $'u v\\nw'",
      ...(place.parallel ? [] : ['< f4', '< f4', '< f4']),
      ...(place.input ? [''] : []),
    ]);
    return `${head}; do\n${body}\ndone ${from}`.trimEnd();
  }

  /** A process substitution that is read to its end. */
  private process(place: Place): string {
    const { chance } = this;
    const body = this.body(place, { loops: 0, forked: true, parallel: true, input: false });
    return chance.among<string>([
      [2, () => `cat <(\n${body}\n)`],
      [
        2,
        () =>
          `while read -r a; do\n${this.body(place, { loops: place.loops + 1, parallel: true })}\ndone < <(\n${body}\n)`,
      ],
      [1, () => `cat < <(\n${body}\n)`],
      [1, () => `mapfile -t arr < <(\n${body}\n)`],
      [1, () => `diff <(echo "$a") <(echo "$b")`],
    ]);
  }

  private document(body: string): string {
    const end = this.delimiter();
    return `<<${end}\n${body}\n${end}`;
  }

  private definition(place: Place): string {
    const n = this.chance.integer(0, FUNCTIONS - 1);
    const body = this.list(
      { ...place, depth: Math.min(place.depth - 1, 1), loops: 0, body: n, parallel: true, forked: true, input: false },
      3,
    );
    return `f${n}() {\nlocal n=\${1:-0}\n${body}\n}`;
  }

  /** A function of a builtin's or a program's name. */
  private shadow(place: Place): string {
    const { chance } = this;
    const body = chance.pick([
      'command printf "sh:%s " "$@"; command printf "\\n"',
      'builtin echo "[$*]"',
      'return 3',
      'k=6',
    ]);
    return `${chance.pick(['echo', 'true', 'cd', 'cat', 'read', 'test'])}() { ${body}; }\n${simple(this, { ...place, depth: 0 })}`;
  }

  script(): Script {
    const { chance } = this;
    const input = this.has('stdin');
    const lines = [
      `a=${chance.word('1 x foo.bar')} b=${chance.pick(['x', "'y z'", "''"])} k=${chance.word('0 1 2')} name=a`,
    ];
    if (this.has('programs') || this.has('jobs'))
      lines.push(`printf '%s\\n' '#!/bin/sh' 'echo "p $*"' 'exit \${1:-0}' > p.sh; chmod +x p.sh`);
    if (this.has('files') || this.has('reading')) lines.push(`printf 'l1 a,b\\nl 2\\nl3\\n' > f4`);
    if (this.has('maps')) lines[0] += '; declare -A map=([x]=1)';
    if (this.has('errexit') && chance.maybe(0.6)) lines.push(this.has('pipefail') ? 'set -eo pipefail' : 'set -e');
    if (this.has('exitTrap') && chance.maybe(0.4)) lines.push(`trap 'echo end $? "$a"' EXIT`);
    if (this.has('sourcing'))
      lines.push(
        `cat > lib.sh <<'L'\n${simple(this, { depth: 0, loops: 0, body: -1, parallel: false, forked: false, input: false })}\nlib() { echo "lib $1"; }\n${chance.pick(['', 'return 3', 'false', 'set -e', 'k=2; return'])}\nL\n. ./lib.sh\nlib $?`,
      );
    if (this.has('functions')) {
      for (let body = 0; body < FUNCTIONS; body += 1) {
        if (chance.maybe(0.5)) continue;
        const text = this.list(
          {
            depth: chance.maybe(0.2) ? 2 : chance.integer(0, 1),
            loops: 0,
            body,
            parallel: true,
            forked: true,
            input: false,
          },
          3,
        );
        lines.push(`f${body}() {\nlocal n=\${1:-0}\n${text}\n}`);
      }
    }
    const place: Place = { depth: chance.integer(1, 3), loops: 0, body: -1, parallel: false, forked: false, input };
    lines.push(...chance.several(1, chance.maybe(0.3) ? 5 : 3, () => this.statement(place)));
    lines.push(
      chance.pick([
        `echo "end $? $a $b $k $#"`,
        `echo "end $? $a $b $c $k $# \${arr[*]-} $PWD"`,
        'false',
        condition(this, place),
        assignment(this, place),
        '((k))',
      ]),
    );
    const script: Script = {
      code: `${lines.join('\n')}\n`,
      args: this.has('positional') ? chance.several(0, 3, () => chance.pick(['one', 'two words', '*', ''])) : [],
    };
    if (input) script.stdin = chance.pick(['in1 x\nin2\nin3,y\n', 'only', 'a b c\n\nz\n']);
    return script;
  }
}

/** The script that belongs to a seed. */
export function scriptOf(seed: number): Script {
  return new Writer(new Chance(seed)).script();
}
