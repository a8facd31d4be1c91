import type { Tightness } from './types.ts';
import type { Part, Word } from './words.ts';

/** Letters and digits that a name must have in its known parts before a pattern on it counts as narrow. */
const KNOWN_ENOUGH = 3;

/**
 * Text inside a policy: IAM reads `*` and `?` as wildcards and `${…}` as a variable, each of which has an escape.
 * It also keeps text of the user's from being taken for a placeholder of ours.
 */
export function escapePolicy(text: string): string {
  return text.replace(/[*?$]/g, (char) => `\${${char}}`);
}

/** A pattern of a directive: `*` and `?` mean what they mean to IAM, `$` is literal. */
export function patternPolicy(glob: string): string {
  return glob.replace(/\$/g, '${$}');
}

/** The word as a pattern of IAM: what is unknown becomes `*`. */
export function toPattern(word: Word): string {
  const pattern = word.map(partPattern).join('');
  // Neighbouring unknowns are one.
  return pattern.replace(/(?<!\$\{)\*{2,}/g, '*');
}

function partPattern(part: Part): string {
  if (part.kind === 'text') return escapePolicy(part.text);
  return part.kind === 'glob' ? patternPolicy(part.glob) : '*';
}

/** Whether so little of the word is known that a pattern made of it would match the neighbours' resources too. */
export function isUnknown(word: Word): boolean {
  let known = 0;
  for (const part of word) {
    if (part.kind === 'glob') return false;
    if (part.kind === 'text') known += part.text.replace(/[^A-Za-z0-9]/g, '').length;
  }
  return known < KNOWN_ENOUGH && word.some((part) => part.kind === 'unknown');
}

/** How tight a list of resource patterns is: the loosest of them counts. */
export function tightness(resources: readonly string[]): Tightness {
  let worst: Tightness = 'exact';
  for (const resource of resources) {
    // Escaped characters, and the random end of a secret's ARN, are no wildcards.
    const bare = resource.replace(/\$\{[*?$]\}/g, '').replace(/-\?{6}$/, '');
    if (!/[*?]/.test(bare)) continue;
    if (bare === '*' || /[*?]/.test(bare.slice(0, -1))) return 'wildcard';
    worst = 'prefix';
  }
  return worst;
}
