/**
 * Words of a command as far as they can be known without running it: `s3://logs-$ENV/in/*` is the literal `s3://logs-`,
 * something unknown, the literal `/in/`, something unknown. Literal parts keep a policy narrow.
 */

/** A piece of a word: known text, a pattern that a `resource` directive gave, or something that only run time knows. */
export type Part =
  | { kind: 'text'; text: string }
  | { kind: 'glob'; glob: string }
  | {
      kind: 'unknown';
      /** Name of the variable, where it is nothing but that. */
      name?: string;
      /** It may be any number of words (`"$@"`, `"${a[@]}"`). */
      many?: boolean;
    };

export type Word = Part[];

/** The word as text, if all of it is known. */
export function literal(word: Word | undefined): string | undefined {
  if (!word) return undefined;
  let text = '';
  for (const part of word) {
    if (part.kind !== 'text') return undefined;
    text += part.text;
  }
  return text;
}

/** The known text at the start of the word. */
export function literalStart(word: Word): string {
  const first = word[0];
  return first?.kind === 'text' ? first.text : '';
}

/** Drops the first `length` characters, which must be known text. */
export function dropStart(word: Word, length: number): Word {
  const [first, ...rest] = word;
  if (first?.kind !== 'text') return word;
  const text = first.text.slice(length);
  return text ? [{ kind: 'text', text }, ...rest] : rest;
}

/** Cuts the word at the first known `separator`: what stands before it and after it (undefined: there is none). */
export function cut(word: Word, separator: string): [Word, Word | undefined] {
  for (const [index, part] of word.entries()) {
    const text = part.kind === 'text' ? part.text : part.kind === 'glob' ? part.glob : '';
    const at = text.indexOf(separator);
    if (at < 0) continue;
    const piece = (value: string): Word =>
      !value ? [] : [part.kind === 'glob' ? { kind: 'glob', glob: value } : { kind: 'text', text: value }];
    return [
      [...word.slice(0, index), ...piece(text.slice(0, at))],
      [...piece(text.slice(at + separator.length)), ...word.slice(index + 1)],
    ];
  }
  return [word, undefined];
}

/**
 * Reads a word from its shell source.
 *
 * @param patterns what a `resource` directive says about variables: name → pattern in which `*` matches anything
 */
export function readWord(source: string, patterns: Record<string, string> = {}): Word {
  const parts: Word = [];
  const add = (part: Part): void => {
    const last = parts.at(-1);
    if (part.kind === 'text' && last?.kind === 'text') last.text += part.text;
    else parts.push(part);
  };
  const text = (value: string): void => {
    if (value) add({ kind: 'text', text: value });
  };
  const variable = (name: string): void => {
    const glob = Object.hasOwn(patterns, name) ? patterns[name] : undefined;
    add(glob === undefined ? { kind: 'unknown', name } : { kind: 'glob', glob });
  };

  let at = 0;
  let quoted = false;
  while (at < source.length) {
    const char = source[at]!;
    const next = source[at + 1] ?? '';
    if (char === "'" && !quoted) {
      const end = source.indexOf("'", at + 1);
      text(source.slice(at + 1, end < 0 ? source.length : end));
      at = end < 0 ? source.length : end + 1;
    } else if (char === '"') {
      quoted = !quoted;
      at++;
    } else if (char === '\\') {
      if (next === '\n') at += 2;
      else if (quoted && !'$`"\\'.includes(next)) {
        text(char);
        at++;
      } else {
        text(next);
        at += 2;
      }
    } else if (char === '`') {
      add({ kind: 'unknown' });
      at = skipTo(source, at + 1, '`');
    } else if (char === '$' && !quoted && (next === "'" || next === '"')) {
      // $'…' has escapes of its own, $"…" is translated: not worth reading here.
      add({ kind: 'unknown' });
      at = skipTo(source, at + 2, next);
    } else if (char === '$' && (next === '(' || next === '{')) {
      const end = skipNested(source, at + 1);
      const inner = source.slice(at + 2, end - 1);
      if (next === '{' && /^[A-Za-z_]\w*$/.test(inner)) variable(inner);
      else if (next === '{' && /^([@*]|\w+\[[@*]\])/.test(inner)) add({ kind: 'unknown', many: true });
      else add({ kind: 'unknown' });
      at = end;
    } else if (char === '$' && /[A-Za-z_]/.test(next)) {
      const name = /^\w+/.exec(source.slice(at + 1))![0];
      variable(name);
      at += 1 + name.length;
    } else if (char === '$' && /[\d?!#$@*-]/.test(next)) {
      add({ kind: 'unknown', many: next === '@' || next === '*' });
      at += 2;
    } else if (!quoted && '*?[{~'.includes(char) && !(char === '~' && at > 0)) {
      // A glob, a brace expansion or a home directory: some text that we do not know.
      add({ kind: 'unknown' });
      at = char === '{' ? skipNested(source, at) : char === '[' ? skipTo(source, at + 1, ']') : at + 1;
    } else {
      text(char);
      at++;
    }
  }
  return parts;
}

/** The index after the next unescaped `end`. */
function skipTo(source: string, from: number, end: string): number {
  for (let at = from; at < source.length; at++) {
    if (source[at] === '\\') at++;
    else if (source[at] === end) return at + 1;
  }
  return source.length;
}

/** The index after the bracket that closes the one at `from`, past quotes and nested brackets. */
function skipNested(source: string, from: number): number {
  const open = source[from]!;
  const close = open === '(' ? ')' : '}';
  let depth = 0;
  for (let at = from; at < source.length; at++) {
    const char = source[at]!;
    if (char === '\\') at++;
    else if (char === "'") at = skipTo(source, at + 1, "'") - 1;
    else if (char === '"') at = skipTo(source, at + 1, '"') - 1;
    else if (char === open) depth++;
    else if (char === close && --depth === 0) return at + 1;
  }
  return source.length;
}
