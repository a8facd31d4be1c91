/** Process ids in a text that the script's own shell runs: `$$` is there what the source says. */
import type { TextPart } from './bundle.ts';

/** What expands to nothing, set or not: behind digits, which what follows would make something else of. */
export const NOTHING = '${_+}';

const isId = (part: TextPart | undefined): boolean => typeof part !== 'string' && part?.[0] === 'pid';

/** That text with `$$` as it stands in the source: `set -v` and a history show it. */
export const withOwnIds = (parts: readonly TextPart[]): TextPart[] =>
  parts.map((part, index) => {
    if (typeof part !== 'string') return isId(part) ? ['self'] : part;
    return isId(parts[index - 1]) && part.startsWith(NOTHING) ? part.slice(NOTHING.length) : part;
  });
