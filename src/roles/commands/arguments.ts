import { dropStart, literal, literalStart, type Word } from '../words.ts';

/** Arguments of an AWS CLI command, taken apart. */
export interface Arguments {
  positional: Word[];
  /** Option without its dashes → its values. */
  options: Map<string, Word[]>;
  /** A word may be any number of arguments, or may be an option: nothing is certain after it. */
  uncertain: boolean;
}

/** Options of the `aws` command itself that take a value, and those that take none. */
const GLOBAL_VALUE = new Set(
  'endpoint-url output query profile region color ca-bundle cli-read-timeout cli-connect-timeout cli-binary-format cli-error-format'.split(
    ' ',
  ),
);
const GLOBAL_FLAG = new Set(
  'debug no-verify-ssl no-paginate version no-sign-request no-cli-pager cli-auto-prompt no-cli-auto-prompt'.split(' '),
);

/**
 * Takes arguments apart. `flags` are the options without a value; an option that is neither one of them nor in
 * `single` takes all the words up to the next option.
 */
export function readArguments(
  words: readonly Word[],
  flags: ReadonlySet<string>,
  single: ReadonlySet<string>,
): Arguments {
  const result: Arguments = { positional: [], options: new Map(), uncertain: false };
  for (let at = 0; at < words.length; at++) {
    const word = words[at]!;
    if (word.some((part) => part.kind === 'unknown' && part.many)) result.uncertain = true;
    const start = literalStart(word);
    if (!start.startsWith('--')) {
      result.positional.push(word);
      continue;
    }
    // `--option=value` or `--option value …`.
    const equals = start.indexOf('=');
    const name = equals < 0 ? literal(word)?.slice(2) : start.slice(2, equals);
    if (name === undefined) {
      result.uncertain = true;
      continue;
    }
    const values: Word[] = [];
    if (equals >= 0) values.push(dropStart(word, equals + 1));
    else if (!flags.has(name) && !GLOBAL_FLAG.has(name)) {
      const one = single.has(name) || GLOBAL_VALUE.has(name);
      while (at + 1 < words.length && (one ? values.length < 1 : !literalStart(words[at + 1]!).startsWith('--'))) {
        values.push(words[++at]!);
      }
    }
    result.options.set(name, values);
  }
  return result;
}

/** Splits the words after `aws` into the service and what follows it, global options last. */
export function readService(words: readonly Word[]): { service?: Word; rest: Word[] } {
  const before: Word[] = [];
  for (let at = 0; at < words.length; at++) {
    const text = literalStart(words[at]!);
    if (!text.startsWith('--')) return { service: words[at], rest: [...words.slice(at + 1), ...before] };
    before.push(words[at]!);
    if (!text.includes('=') && GLOBAL_VALUE.has(text.slice(2)) && at + 1 < words.length) before.push(words[++at]!);
  }
  return { rest: before };
}
