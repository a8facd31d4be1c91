/**
 * The second opinion: mvdan/sh, compiled to WebAssembly, reads the few scripts that our parser cannot and bash can. It is
 * loaded only when our parser has failed.
 */
import { LangVariant, parse } from 'sh-syntax';

/**
 * True if mvdan/sh accepts the text (bytes as latin1) as bash. What stands in backticks bash reads when it comes there: a
 * fault in it is none of the script's.
 * @param at where our parser has found a fault, as an offset in the text
 */
export async function secondOpinion(text: string, at: number): Promise<boolean> {
  if (await accepts(text)) return true;
  const backticks = [...text.matchAll(/(?<!\\)`(?:[^`\\]|\\[\s\S])*`/g)];
  const within = backticks.findIndex(({ index, 0: quoted }) => index < at && at < index + quoted.length);
  if (within < 0) return false;
  // There may be more behind it.
  for (const faulty of [backticks.slice(within, within + 1), backticks.slice(within)])
    if (await accepts(withOthers(text, faulty))) return true;
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

/** The text with another command in place of each of these substitutions. */
function withOthers(text: string, substitutions: readonly RegExpExecArray[]): string {
  let made = '';
  let end = 0;
  for (const { index, 0: quoted } of substitutions) {
    made += `${text.slice(end, index)}\`:\``;
    end = index + quoted.length;
  }
  return made + text.slice(end);
}
