/** The values that a variable has, by all that the script's text assigns to it. */
import { variableOf, withoutAllComments } from './text-search.ts';

/** The texts of all values that a word may stand for which is a variable, by all that assigns to that; undefined where it cannot be told. */
export function assignedTexts(word: string, source: string): string[] | undefined {
  const name = variableOf(word);
  if (name === undefined || !/^[A-Za-z_]/.test(name)) return undefined;
  const text = withoutAllComments(source);
  const mentions = [...text.matchAll(new RegExp(`(?<![\\w-])${name}(?!\\w)`, 'g'))];
  const values: string[] = [];
  for (const { index } of mentions) {
    const rest = text.slice(index + name.length);
    if (/(\$|\$\{)$/.test(text.slice(0, index))) {
      if (/\{$/.test(text.slice(0, index)) && !rest.startsWith('}')) return undefined;
      continue;
    }
    const value =
      /^=("[^"\n]*"|'[^'\n]*'|`[^`\n]*`|\$\(\([^()\n]*\)\)|\$\([^()\n]*\)|[^\s;&|]*)(?=[ \t]*($|[\n;&|)]))/.exec(
        rest,
      )?.[1];
    if (value === undefined) return undefined;
    values.push(value.replace(/^(["'])(.*)\1$/, '$2'));
  }
  // What the environment gives it must not matter.
  const first = mentions[0]?.index;
  return first !== undefined && /(^|\n)[ \t]*$/.test(text.slice(0, first)) && values.length > 0 ? values : undefined;
}

/** What may assign to variables whose names the text does not show, or split words otherwise. */
const ASSIGNS_UNSEEN =
  /\b(eval|source|declare|typeset|local|export|readonly|read|printf|mapfile|readarray|getopts|let|coproc|IFS)\b|(^|[\s;&|({])\.[ \t]|\$\{!|\(\(/m;

/** {@link assignedTexts}, where nothing of the script may assign to the variable in another way, or leave it to the environment. */
export function surelyAssigned(word: string, source: string): string[] | undefined {
  const text = withoutAllComments(source);
  const name = /\w+/.exec(word)?.[0];
  if (name === undefined || ASSIGNS_UNSEEN.test(text.replaceAll('$((', '$('))) return undefined;
  const [, before, line] = new RegExp(`^([^]*?)(?<![\\w-])${name}(?!\\w)([^\\n]*\\n)`).exec(text) ?? [];
  if (before === undefined || !/^=([^\s;&|()]|\$\(\([^()]*\)\))*[ \t]*\n$/.test(line!)) return undefined;
  return runsForSure(before) ? assignedTexts(word, source) : undefined;
}

/** True if what stands behind a text is a line of the script's own level, as far as its words and brackets tell: it must be plain. */
function runsForSure(text: string): boolean {
  const quoted = /'[^'\n]*'|"(?:[^"\\\n`$]|\$\w+|\$\{\w+\})*"/g;
  const unquoted = /\\['"]/.test(text) ? text : text.replace(quoted, 'x');
  const before = unquoted.replace(/^[ \t]*case [^\s()]+ in [^\n]*\besac[ \t]*$/gm, ':');
  const count = (pattern: RegExp): number => before.match(pattern)?.length ?? 0;
  return (
    /^$|[^\s\\&|]\s*\n$/.test(before) &&
    !/["'`\\]|<<|\bcase\b/.test(before) &&
    count(/\b(if|do)\b/g) === count(/\b(fi|done)\b/g) &&
    count(/\{/g) === count(/\}/g) &&
    count(/\(/g) === count(/\)/g)
  );
}
