/**
 * The text of a function as it stands in its file. Of a function that only run time knew, bash tells its name, its file, its
 * line, and a body that is laid out anew, in which commands are on other lines. The text that bash makes the same function of
 * is looked for in that file: where a parser says that it stands, or, without one, at each of its possible ends.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { type ForeignFunction, quote } from './state.ts';

/** Beyond this a file is no library of functions. */
const LARGEST = 1_048_576;
/** Places where a function may begin, ends that are tried for each where no parser knows it, and for all of those together. */
const MOST_BEGINNINGS = 8;
const MOST_ENDS = 400;
const MOST_TRIED = 4_000;
/** Milliseconds after which the shell that tries them is stopped. */
const LONGEST = 10_000;
/** Names that the shell which tries them needs for itself. */
const NEEDED = new Set(['builtin', 'eval', 'declare', 'unset', 'printf', 'mapfile', 'set', 'shift', 'shopt', 'break']);
/** Were a text ever more than a definition to bash, none of its commands would be found. */
const HARMLESS = `for b in $(compgen -b); do case $b in ${[...NEEDED, 'enable'].join('|')}) ;; *) enable -n -- "$b" ;; esac; done; enable -n enable`;

type Named = ForeignFunction & { name: string };

interface SourceText {
  path: string;
  text: string;
  /** Where a parser sees definitions begin, and end. */
  ends: ReadonlyMap<number, number>;
}

/** Where the definition of a function may begin, and where it may end. */
interface Candidate {
  wanted: Named;
  file: SourceText;
  from: number;
  ends: number[];
}

/** A function's text, and the line where it has to begin so that bash takes it to be where it was. */
export interface Original {
  original: string;
  begins: number;
}

/** A parser: the offsets where the definitions in a text begin, with those behind their ends. */
export type FunctionEnds = (text: string) => ReadonlyMap<number, number>;

export class Originals {
  private readonly bash: string;
  private readonly functionEnds: FunctionEnds;
  /** What has been looked for, and what was found. */
  private readonly known = new Map<string, Original | undefined>();

  constructor(bash: string, functionEnds: FunctionEnds = () => new Map()) {
    this.bash = bash;
    this.functionEnds = functionEnds;
  }

  /** The original texts of those functions that have one. `directories`: where their files' names may start. */
  find(functions: readonly Named[], directories: readonly string[]): Map<string, Original> {
    const keyOf = ({ name, text, source, line }: Named): string => [name, source, line, text].join('\0');
    const files = new Map<string, SourceText | undefined>();
    const candidates: Candidate[] = [];
    for (const wanted of functions) {
      const { name, source } = wanted;
      if (source === undefined || NEEDED.has(name) || this.known.has(keyOf(wanted))) continue;
      if (!files.has(source)) files.set(source, this.readSource(source, directories));
      const file = files.get(source);
      if (file) for (const from of beginnings(file.text, wanted)) candidates.push(candidate(file, wanted, from));
    }
    const tried = this.attempt(affordable(candidates));
    const found = new Map<string, Original>();
    for (const wanted of functions) {
      const key = keyOf(wanted);
      if (!this.known.has(key)) this.known.set(key, tried.get(wanted));
      const original = this.known.get(key);
      if (original !== undefined) found.set(wanted.name, original);
    }
    return found;
  }

  /**
   * A shell defines what each text is the first to define completely, and tells whether that is the function. Nothing is
   * executed: what begins as a definition is an error until it is complete, and then is the definition and nothing else.
   */
  private attempt(candidates: readonly Candidate[]): Map<Named, Original> {
    const found = new Map<Named, Original>();
    if (candidates.length === 0) return found;
    const lines = candidates.map(({ wanted: { name, text }, file, from, ends }, index) => {
      const read = file === candidates[index - 1]?.file ? '' : `builtin mapfile -d '' -t f <${quote(file.path)}; `;
      const complete = `builtin eval '__sh2sfn() { :; }'; builtin eval -- "\${f[0]:${from}:$n-${from}}" && builtin declare -F -- ${quote(name)} >/dev/null`;
      const same = `[[ $(builtin declare -f -- ${quote(name)}) == ${quote(text)} ]]`;
      const tell = `${lineOf('__sh2sfn')}; l=$1; ${lineOf(name)}; e="$n $(($1-l))"`;
      return `${read}e=; for n in ${ends.join(' ')}; do if ${complete}; then if ${same}; then ${tell}; fi; builtin unset -f -- ${quote(name)}; break; fi; done; builtin printf '%s\\n' "$e"`;
    });
    const { stdout } = spawnSync(this.bash, ['--norc', '-O', 'extglob', '-s'], {
      input: Buffer.from(`exec 2>/dev/null\n${HARMLESS}\n${lines.join('\n')}\n`, 'latin1'),
      encoding: 'latin1',
      env: { LC_ALL: 'C', PATH: '' },
      timeout: LONGEST,
    });
    stdout.split('\n').forEach((answer, index) => {
      const { wanted, file, from } = candidates[index] ?? {};
      if (!wanted || answer === '' || found.has(wanted)) return;
      const [end, behind] = answer.split(' ').map(Number);
      found.set(wanted, { original: file!.text.slice(from, end), begins: Math.max(wanted.line! - behind!, 1) });
    });
    return found;
  }

  private readSource(name: string, directories: readonly string[]): SourceText | undefined {
    for (const directory of directories) {
      const path = resolve(directory, name);
      try {
        const bytes = readFileSync(Buffer.from(path, 'latin1'));
        if (bytes.length > LARGEST) return undefined;
        const text = bytes.toString('latin1');
        return { path, text, ends: this.functionEnds(text) };
      } catch {
        // It may be named from another directory.
      }
    }
    return undefined;
  }
}

/** Has the line of a function in `$1`: of one that holds another, bash takes down the line of the last. */
const lineOf = (name: string): string =>
  `builtin set -- $(builtin shopt -s extdebug; builtin declare -F -- ${quote(name)}); builtin shift`;

/** Offsets where a definition of that name may begin, the nearest to its line first. */
function beginnings(file: string, { name, line }: Named): number[] {
  const escaped = name.replace(/[^\w]/g, '\\$&');
  const pattern = new RegExp(
    `(?<![^\\s;&|(){}'"])(?:function[ \\t]+${escaped}(?=[\\s(])|${escaped}[ \\t]*\\([ \\t]*\\))`,
    'g',
  );
  const distance = (offset: number): number => Math.abs(file.slice(0, offset).split('\n').length - (line ?? 1));
  return [...file.matchAll(pattern)]
    .map(({ index }) => ({ index, distance: distance(index) }))
    .sort((a, b) => a.distance - b.distance)
    .slice(0, MOST_BEGINNINGS)
    .map(({ index }) => index);
}

/** Redirections of the whole function. */
const REDIRECTIONS = /(?:[ \t]*\d*(?:<|>>?)&?[ \t]*[\w./-]+)*/y;

function candidate(file: SourceText, wanted: Named, from: number): Candidate {
  const { text } = file;
  const known = file.ends.get(from);
  if (known !== undefined) return { wanted, file, from, ends: [known] };
  const ends: number[] = [];
  const end = /[})]|\b(?:fi|done|esac)\b|\]\]/g;
  end.lastIndex = from;
  while (ends.length < MOST_ENDS && end.exec(text)) {
    REDIRECTIONS.lastIndex = end.lastIndex;
    ends.push(end.lastIndex + REDIRECTIONS.exec(text)![0].length);
  }
  return { wanted, file, from, ends };
}

/** Those that take no longer to try than they are worth. */
function affordable(candidates: readonly Candidate[]): Candidate[] {
  let tried = 0;
  return candidates.filter(({ ends }) => {
    if (ends.length > 1) tried += ends.length;
    return ends.length === 1 || tried <= MOST_TRIED;
  });
}
