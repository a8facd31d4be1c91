/**
 * The second opinion: mvdan/sh, compiled to WebAssembly, reads the few scripts that our parser cannot and bash can. It is
 * loaded only when our parser has failed.
 */
import { LangVariant, parse } from 'sh-syntax';

/** True if mvdan/sh accepts the text (bytes as latin1) as bash. */
export async function secondOpinion(text: string): Promise<boolean> {
  try {
    await parse(Buffer.from(text, 'latin1').toString('utf8'), { variant: LangVariant.LangBash });
    return true;
  } catch {
    return false;
  }
}
