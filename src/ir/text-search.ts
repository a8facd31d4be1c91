/** Searches of the whole text of a script, each made once: lowering asks the same of many nodes. */

/** The source without the lines that are comments. */
export const withoutCommentLines = (source: string): string => source.replace(/^[ \t]*#.*$/gm, '');

/** The source without the lines that are comments whatever is around them: neither does one end a quote, nor go on from the line before. */
export const withoutSureComments = (source: string): string => source.replace(/(?<!\\\n)^[ \t]*#(?!!)[^'"`\n]*$/gm, '');

/** The source without whatever looks like a comment. */
export const withoutAllComments = (source: string): string => source.replace(/(^|[ \t])#.*$/gm, '');

/** Matches where a script may read a file with `.` or `source`. */
export const READS_FILES = /(^|[\s;&|({!])(\.|source)\s/m;

/** The name of the variable that a word is, quoted or not; undefined of other words. */
export const variableOf = (word: string): string | undefined => /^"?\$\{?(\w+)\}?"?$/.exec(word)?.[1];

/** A regular expression's text that matches a name as it stands. */
export const verbatim = (name: string): string => name.replace(/\W/g, '\\$&');

/** How often a name stands in the text as a word that may be a command. */
export const countMentions = (text: string, name: string): number =>
  text.split(new RegExp(`(?<![\\w-])${verbatim(name)}(?![\\w-])`)).length - 1;

let searched = '';
const found = new Map<string, boolean>();
let foundBy = new WeakMap<RegExp, boolean>();
const stretchesByWords = new Map<string, string>();

/** Results hold for one text: the script that is being compiled. */
function renew(text: string): void {
  if (text === searched) return;
  searched = text;
  found.clear();
  foundBy = new WeakMap();
  stretchesByWords.clear();
}

/** Whether a pattern matches somewhere in the text. */
export function textMatches(text: string, pattern: RegExp): boolean {
  renew(text);
  let matches = foundBy.get(pattern);
  if (matches === undefined) {
    // The same pattern may be another object.
    const key = String(pattern);
    matches = found.get(key) ?? pattern.test(text);
    found.set(key, matches);
    foundBy.set(pattern, matches);
  }
  return matches;
}

/**
 * Whether a name (a regular expression's text) is mentioned behind one of some words, before the line or command ends,
 * as `\b(words)\b[^\n;]*\bname\b` followed by no `=`.
 */
export function mentionedBehind(text: string, words: string, name: string): boolean {
  renew(text);
  let stretches = stretchesByWords.get(words);
  if (stretches === undefined) {
    // From the first of the words to the end: what stands behind a later one stands behind the first.
    stretches = (text.match(new RegExp(`\\b(${words})\\b[^\\n;]*`, 'g')) ?? []).join('\n');
    stretchesByWords.set(words, stretches);
  }
  if (stretches === '' || (/^\w+$/.test(name) && !stretches.includes(name))) return false;
  const key = `${words} ${name}`;
  let mentioned = found.get(key);
  if (mentioned === undefined) {
    mentioned = new RegExp(`^(${words})\\b[^\\n]*\\b${name}\\b(?!=)`, 'm').test(stretches);
    found.set(key, mentioned);
  }
  return mentioned;
}
