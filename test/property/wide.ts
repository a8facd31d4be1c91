/**
 * Random scripts of features that scripts.ts leaves out or has in one form only: commands from wide.txt, one within
 * another and between those of the others. They end and always do the same under bash, as those do.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Script } from '../spec/runner/case-file.ts';
import { Chance } from './chance.ts';
import { simple } from './commands.ts';
import { mutate } from './mutate.ts';
import { type Place, TOPICS, type Topic } from './place.ts';
import { scriptOf } from './scripts.ts';
import { arithmetic, type Context, condition, plain, quoted, variable, word } from './words.ts';

interface Template {
  text: string;
  /** Where it may stand: words of the line above it, and what its text tells. */
  needs: ReadonlySet<string>;
}

interface Section {
  topic: string;
  probability: number;
  templates: Template[];
}

/** Reads or changes files that another command may change. */
const TOUCHES_FILES = />\|?\s*"?[fj][\d$mn]|mkdir|\bl\d\.sh|\.hid|\btee\b|f\*|f\?|\bls\b|\bcat [fj][^4]/;

function read(text: string): Section[] {
  const sections = text.split(/^== /m).slice(1);
  return sections.map((section) => {
    const [head, ...lines] = section.split('\n');
    const [topic, probability] = head!.split(' ');
    const first = lines[0]!.startsWith('%%') ? '\n' : '\n%%\n';
    const templates = `${first}${lines.join('\n').trimEnd()}`.split('\n%%').slice(1);
    return {
      topic: topic!,
      probability: Number(probability),
      templates: templates.map((template) => {
        const [needs, ...body] = template.split('\n');
        const code = body.join('\n');
        const needed = new Set(needs!.trim().split(' '));
        if (TOUCHES_FILES.test(code)) needed.add('seq');
        if (/§[bslghpiMef]/.test(code)) needed.add('depth');
        return { text: code, needs: needed };
      }),
    };
  });
}

const [HEADERS, ...SECTIONS] = read(readFileSync(join(import.meta.dirname, 'wide.txt'), 'utf8'));

/** Topics of the other scripts: seldom what ends one early, and no calls, which are chosen here. */
const OTHERS: Partial<Record<Topic, number>> = {
  functions: 0,
  leaving: 0.1,
  errors: 0.05,
  replaced: 0.02,
  nounset: 0.03,
  extglob: 0,
};

const REDIRECTIONS = [
  '2>&1',
  '< f4',
  '<<< "$a"',
  '3>&1 >&3',
  '2>/dev/null',
  '< <(echo ps)',
  '2>&1 >/dev/null',
  '<&-',
  '< nofile',
  '> /nofile/x',
  '3<&0 <&3 3<&-',
];
const FILES = ['> f1', '>> f2', '> "f$((k++))"', '&>> f5', '> f$(echo 9)', '> f1 2>&1', '2>> f5 < f4 >> f2', '> "$a"'];

/** Functions that a script defines first; in the last one nothing else runs at once. */
const FUNCTIONS = 3;

class Writer implements Context {
  readonly chance: Chance;
  private readonly topics: readonly Section[];
  private readonly others: ReadonlySet<Topic>;
  private documents = 0;

  constructor(chance: Chance) {
    this.chance = chance;
    this.topics = SECTIONS.filter(({ probability }) => chance.maybe(probability));
    const all = Object.entries(TOPICS) as [Topic, number][];
    this.others = new Set(all.filter(([topic, p]) => chance.maybe(OTHERS[topic] ?? p * 0.6)).map(([topic]) => topic));
  }

  has = (topic: Topic): boolean => this.others.has(topic);

  delimiter = (): string => {
    this.documents += 1;
    return `E${this.documents}`;
  };

  list(place: Place, max: number): string {
    return this.chance.several(1, this.chance.maybe(0.5) ? 1 : max, () => this.statement(place)).join('\n');
  }

  statement(place: Place): string {
    return this.chance.maybe(0.35) ? simple(this, place) : this.featured(place);
  }

  /** A command of one of the script's own topics. */
  private featured(place: Place): string {
    const fits = ({ needs }: Template): boolean =>
      (place.depth > 0 || !needs.has('depth')) &&
      (place.body >= 0 || !needs.has('fn')) &&
      (place.loops > 0 || !needs.has('loop')) &&
      (place.input || !needs.has('input')) &&
      !(place.parallel && needs.has('seq')) &&
      !((place.parallel || place.forked) && needs.has('main'));
    const fitting = this.chance.pick(this.topics).templates.filter(fits);
    if (fitting.length === 0) return simple(this, place);
    return this.fill(this.chance.pick(fitting).text, place);
  }

  private fill(template: string, place: Place): string {
    const same: Record<string, string> = {};
    return template.replace(/§(.)/g, (_, slot: string) => {
      if (!'vDd'.includes(slot)) return this.slot(slot, place);
      same[slot] ??= this.slot(slot, place);
      return same[slot];
    });
  }

  private slot(slot: string, place: Place): string {
    const { chance } = this;
    const inner: Place = { ...place, depth: place.depth - 1 };
    const forked: Place = { ...inner, loops: 0, forked: true };
    switch (slot) {
      case 'v':
        return variable(this);
      case 'D':
      case 'd':
        return this.delimiter();
      case 'w':
        return word(this, inner);
      case 'q':
        return quoted(this, inner);
      case 'x':
        return plain(this);
      case 'a':
        return arithmetic(this);
      case 'k':
        return condition(this, inner);
      case 'n':
        return chance.word('0 1 2 3');
      case 'f':
        return this.call(place);
      case 'r':
        return chance.pick(place.parallel ? REDIRECTIONS : [...REDIRECTIONS, ...FILES, ...FILES]);
      case 'b':
        return this.list(inner, 3);
      case 's':
        return this.statement(inner);
      case 'l':
        return this.list({ ...inner, loops: place.loops + 1 }, 2);
      case 'g':
        return this.list(forked, 2);
      case 'h':
        return this.list({ ...forked, loops: 1 }, 2);
      case 'p':
        return this.list({ ...forked, parallel: true, input: false }, 2);
      case 'i':
        return this.list({ ...inner, input: true }, 2);
      case 'M':
        return this.list({ ...forked, body: Math.max(place.body, 0), parallel: true, input: false }, 2);
      case 'e':
        return inQuotes(this.list(inner, 2));
      case 't':
        return inQuotes(this.statement({ ...forked, depth: 0, input: false }));
      default:
        throw new Error(`no slot §${slot}`);
    }
  }

  /** A call of a function with a lower number, or of the function itself with one level less. */
  private call(place: Place): string {
    const { chance } = this;
    const below = Math.min(place.body >= 0 ? place.body : FUNCTIONS, place.parallel ? FUNCTIONS - 1 : FUNCTIONS);
    const inner: Place = { ...place, depth: place.depth - 1 };
    if (place.body >= 0 && (below === 0 || chance.maybe(0.3)))
      return `[ "\${n-0}" -gt 0 ] && f${Math.min(place.body, FUNCTIONS - 2)} $((n-1)) ${word(this, inner)}`;
    const given = chance.several(0, 2, () => word(this, inner)).join(' ');
    return `${chance.maybe(0.1) ? `${variable(this)}=tmp ` : ''}f${chance.integer(0, below - 1)} ${chance.word('0 1 2')} ${given}`;
  }

  script(): Script {
    const { chance } = this;
    const lines = [
      `a=${chance.word('1 x foo.bar')} b=${chance.pick(['x', "'y z'", "''"])} k=${chance.word('0 1 2')} name=a`,
      `arr=(one 'two words' foo); declare -A map=([x]=1)`,
      `printf '%s\\n' '#!/bin/sh' 'echo "p $*"' 'exit \${1:-0}' > p.sh; chmod +x p.sh`,
      `printf 'l1 a,b\\nl 2\\nl3\\n' > f4`,
    ];
    if (this.topics.some(({ topic }) => topic === 'extglob')) lines.push('shopt -s extglob');
    const library: Place = { depth: 1, loops: 0, body: 0, parallel: true, forked: true, input: false };
    for (const name of ['lib1.sh', 'lib2.sh']) {
      const text = this.list({ ...library, depth: chance.integer(0, 1) }, 2).replace(/lib\d\.sh/g, '/dev/null');
      const end = this.delimiter();
      lines.push(`cat > ${name} <<'${end}'\n${text}\n${chance.pick(['', '', 'return 3', 'false'])}\n${end}`);
    }
    for (let body = 0; body < FUNCTIONS; body += 1) {
      const text = this.list({ ...library, depth: chance.integer(0, 2), body, parallel: body < FUNCTIONS - 1 }, 3);
      lines.push(`f${body}() {\nlocal n=\${1:-0}\n${text}\n}`);
    }
    const start = lines.join('\n').length;
    const input = chance.maybe(0.3);
    const main: Place = { depth: chance.integer(1, 3), loops: 0, body: -1, parallel: false, forked: false, input };
    // For the whole script.
    for (let i = chance.integer(-1, 2); i > 0; i -= 1)
      lines.push(this.fill(chance.pick(HEADERS!.templates).text, main));
    lines.push(...chance.several(4, 9, () => this.statement(main)));
    lines.push('echo "end $? $a $b $k $# ${arr[*]-} ${PWD##*/}"');
    const code = `${lines.join('\n')}\n`;
    const script: Script = {
      code: chance.maybe(0.7) ? mutate(code, start, chance.integer(1, 6), chance) : code,
      args: chance.several(0, 3, () => chance.pick(['one', 'two words', '*', ''])),
    };
    if (input) script.stdin = chance.pick(['in1 x\nin2\nin3,y\n', 'only', 'a b c\n\nz\n']);
    return script;
  }
}

/** The wide script that belongs to a seed: some are others with changes. */
export function wideScriptOf(seed: number): Script {
  const chance = new Chance(seed);
  if (chance.maybe(0.8)) return new Writer(chance).script();
  const other = scriptOf(seed);
  return { ...other, code: mutate(other.code, other.code.indexOf('\n'), chance.integer(1, 8), chance) };
}

function inQuotes(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
