/** Text on its way to a terminal or a report: bytes become characters, and nothing in it can command the terminal. */

/** Writes control characters as `\xNN`, so that data cannot move the cursor or colour the screen. */
export function printable(text: string): string {
  return text.replace(/[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/g, (c) => {
    const code = c.charCodeAt(0);
    return code > 0xff ? `\\u${code.toString(16)}` : `\\x${code.toString(16).padStart(2, '0')}`;
  });
}

const decoder = new TextDecoder('utf-8');

/** Decodes a slice of a source text (one code unit a byte) for reading. */
export function readable(latin1: string): string {
  if (!/[\x80-\xff]/.test(latin1)) return latin1;
  return decoder.decode(Uint8Array.from(latin1, (c) => c.charCodeAt(0)));
}

/** A slice of a source text as a message quotes it: one short printable line between backquotes. */
export function quoted(latin1: string): string {
  const line = printable(readable(latin1).replace(/\n/g, ' ')).trim();
  return `\`${line.length > 60 ? `${line.slice(0, 57)}...` : line}\``;
}

/** Columns that a text takes on a terminal. */
export function width(text: string): number {
  let columns = 0;
  // Made here: their sets of characters take time, and most runs draw nothing.
  const mark = /\p{Mark}/u;
  const wide =
    /\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Hangul}|\p{Emoji_Presentation}|[\uff01-\uff60]/u;
  for (const character of text) {
    if (mark.test(character)) continue;
    columns += wide.test(character) ? 2 : 1;
  }
  return columns;
}
