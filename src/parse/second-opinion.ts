/**
 * The second opinion: mvdan/sh, compiled to WebAssembly, reads the few scripts that our parser cannot and bash can. It is
 * loaded only when our parser has failed.
 */
import { LangVariant, parse } from 'sh-syntax';

/** A substitution in backticks, and another one. */
const BACKTICKS = /(?<!\\)`(?:[^`\\]|\\[\s\S])*`/g;
const OTHER = '`:`';

/**
 * True if mvdan/sh accepts the text (bytes as latin1) as bash. What stands in backticks bash reads when it comes there: a
 * fault in it is none of the script's.
 * @param at where our parser has found a fault, as an offset in the text
 */
export async function secondOpinion(text: string, at: number): Promise<boolean> {
  if (await accepts(text)) return true;
  const within = [...text.matchAll(BACKTICKS)].find(({ index, 0: all }) => index < at && at < index + all.length);
  if (!within) return false;
  const [before, behind] = [text.slice(0, within.index), text.slice(within.index)];
  // There may be more of them behind it.
  for (const other of [OTHER + behind.slice(within[0].length), behind.replaceAll(BACKTICKS, OTHER)])
    if (await accepts(before + other)) return true;
  return false;
}

async function accepts(text: string): Promise<boolean> {
  try {
    await parse(Buffer.from(text, 'latin1').toString('utf8'), { variant: LangVariant.LangBash });
    return true;
  } catch {
    return false;
  }
}
