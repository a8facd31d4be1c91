/** Limits that `ulimit` sets and that the runtime never reaches. */
import type { Command } from '../parse/ast.ts';
import { AMPLE_FILE_SIZE, ENDLESS_FILE_SIZE } from '../runtime/protocol.ts';
import { assignedTexts, surelyAssigned } from './assigned-texts.ts';

/** The runtime's own descriptors are below this one. */
export const OWN_DESCRIPTORS = 300;

/**
 * True if a word is a variable that holds the highest limit there is, a number that leaves room for the runtime's descriptors,
 * or no number: by all that assigns to it.
 */
export function isWide(word: string, source: string, asked: readonly string[] = []): boolean {
  if (asked.includes(word)) return true;
  const values = assignedTexts(word, source);
  return (
    values?.every((value) => {
      if (/^\d+$/.test(value)) return Number(value) >= OWN_DESCRIPTORS;
      if (/^[a-z]*$/.test(value) || /^(\$\(|`)[ ]*ulimit (-H -n|-n -H|-Hn|-nH)[ ]*(\)|`)$/.test(value)) return true;
      return isWide(value, source, [...asked, word]);
    }) === true
  );
}

/** True if a number, or a constant that is shifted, is a limit on the size of files that nothing comes near which the runtime writes. */
function isAmple(text: string): boolean {
  const [, plain, base, by] =
    /^(?:(\d{1,15})|\$\(\([ ]*(0|[1-9]\d{0,8})[ ]*<<[ ]*(\d|[1-5]\d)[ ]*\)\))$/.exec(text) ?? [];
  const number = BigInt.asIntN(64, BigInt(plain ?? base ?? 0) << BigInt(by ?? 0));
  return text === 'unlimited' || (number >= BigInt(AMPLE_FILE_SIZE) && number < BigInt(ENDLESS_FILE_SIZE));
}

/** True if `ulimit` with these words limits the size of files to one that the runtime never reaches. */
export function limitsAmply(values: readonly (string | null)[], command: Command, source: string): boolean {
  const limit = command.args.at(-1)?.text ?? '';
  return (
    values.slice(0, -1).every((v) => v !== null && /^-[SHf]+$/.test(v)) &&
    (surelyAssigned(limit, source) ?? [limit]).every(isAmple)
  );
}
