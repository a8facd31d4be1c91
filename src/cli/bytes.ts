/**
 * Words and variables as bytes, one code unit each, as the shell's state has them. Node.js decodes them as UTF-8 and puts
 * U+FFFD where they are not: then the system is asked for what they were.
 */
import type { Session } from './session.ts';

const LOST = '\ufffd';

/** UTF-8 text as its bytes. */
export const bytesOf = (text: string): string => Buffer.from(text).toString('latin1');

const decoded = (bytes: string): string => Buffer.from(bytes, 'latin1').toString();

/** The last words of the command line as bytes. */
export function bytesOfWords(words: readonly string[], session: Session): string[] {
  if (!words.some((word) => word.includes(LOST))) return words.map(bytesOf);
  const raw = session.raw?.('cmdline').slice(-words.length) ?? [];
  return words.map((word, index) =>
    raw[index] !== undefined && decoded(raw[index]) === word ? raw[index] : bytesOf(word),
  );
}

/** Variables of the environment whose values are not UTF-8, as bytes. */
export function undecoded({ env, raw }: Session): Record<string, string> {
  if (!raw || !Object.values(env).some((value) => value?.includes(LOST))) return {};
  const pairs = raw('environ').map((entry) => [
    entry.slice(0, entry.indexOf('=')),
    entry.slice(entry.indexOf('=') + 1),
  ]);
  return Object.fromEntries(
    pairs.filter(([name, value]) => env[name!]?.includes(LOST) && decoded(value!) === env[name!]),
  );
}
