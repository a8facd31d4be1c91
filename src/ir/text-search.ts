/** Searches of the whole text of a script, each made once: lowering asks the same of many nodes. */

/** The source without the lines that are comments. */
export const withoutCommentLines = (source: string): string => source.replace(/^[ \t]*#.*$/gm, '');

/** The source without whatever looks like a comment. */
export const withoutAllComments = (source: string): string => source.replace(/(^|[ \t])#.*$/gm, '');

/** Matches where a script may read a file with `.` or `source`. */
export const READS_FILES = /(^|[\s;&|({!])(\.|source)\s/m;

/** The name of the variable that a word is, quoted or not; undefined of other words. */
export const variableOf = (word: string): string | undefined => /^"?\$\{?(\w+)\}?"?$/.exec(word)?.[1];

let searched = '';
const found = new Map<string, boolean>();
const stretchesByWords = new Map<string, string[]>();

/** Results hold for one text: the script that is being compiled. */
function renew(text: string): void {
  if (text === searched) return;
  searched = text;
  found.clear();
  stretchesByWords.clear();
}

/** Whether a pattern matches somewhere in the text. */
export function textMatches(text: string, pattern: RegExp): boolean {
  renew(text);
  const key = String(pattern);
  let matches = found.get(key);
  if (matches === undefined) {
    matches = pattern.test(text);
    found.set(key, matches);
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
  if (!stretches) {
    // From the first of the words to the end: what stands behind a later one stands behind the first.
    stretches = text.match(new RegExp(`\\b(${words})\\b[^\\n;]*`, 'g')) ?? [];
    stretchesByWords.set(words, stretches);
  }
  if (stretches.length === 0) return false;
  const key = `${words} ${name}`;
  let mentioned = found.get(key);
  if (mentioned === undefined) {
    const pattern = new RegExp(`^(${words})\\b.*\\b${name}\\b(?!=)`, 's');
    mentioned = stretches.some((stretch) => pattern.test(stretch));
    found.set(key, mentioned);
  }
  return mentioned;
}
