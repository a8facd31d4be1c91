/** Which commands read standard input, as far as their words tell. */
import type { StepCommand } from '../bundle.ts';

/** Other names of standard input. */
const INPUT = /^(\/dev\/(stdin|fd\/0)|\/proc\/self\/fd\/0)$/;

/** Builtins that read standard input, unless told to read another descriptor. */
const READERS = new Set(['read', 'mapfile', 'readarray', 'select']);
/** Programs that read standard input whatever they are given. */
const ALWAYS = new Set(['tr', 'tee', 'xargs']);
/** Programs that read it where no file is named: the words that come before the files. */
const FILTERS: Record<string, number> = Object.fromEntries([
  ...'cat tac nl rev wc sort uniq head tail od fold fmt expand unexpand paste shuf pr tsort base64 base32 basenc cksum sum bash sh'
    .split(' ')
    .map((name) => [name, 0]),
  ...'b2sum md5sum sha1sum sha224sum sha256sum sha384sum sha512sum cut'.split(' ').map((name) => [name, 0]),
  ...'grep egrep fgrep sed awk gawk'.split(' ').map((name) => [name, 1]),
]);
/** Their options whose value is the next word. */
const VALUED: Record<string, RegExp> = {
  head: /^-[nc]$/,
  tail: /^-[nc]$/,
  sort: /^-[kotST]$/,
  uniq: /^-[fsw]$/,
  cut: /^-[bcdf]$/,
  fold: /^-[w]$/,
  od: /^-[AjNtw]$/,
  nl: /^-[bdfhilnsvw]$/,
  paste: /^-d$/,
  awk: /^-[Fv]$/,
  gawk: /^-[Fv]$/,
  grep: /^-[mABC]$/,
  bash: /^-[oO]$/,
};
/** Options that take the place of the first word: the program's text is elsewhere. */
const SCRIPTED: Record<string, RegExp> = {
  grep: /^(-[a-zA-Z]*[ef]|--regexp=|--file=)/,
  egrep: /^-[a-zA-Z]*[ef]/,
  fgrep: /^-[a-zA-Z]*[ef]/,
  sed: /^(-[a-zA-Z]*[ef]|--expression=|--file=)/,
  awk: /^-f/,
  gawk: /^-f/,
  bash: /^-[a-z]*c/,
  sh: /^-[a-z]*c/,
};

/** Whether a command reads the standard input of its step. */
export function readsInput({ words, fed }: StepCommand): boolean {
  if (fed) return false;
  const values = words.map(({ value }) => value);
  while (values[0] === 'command' || values[0] === 'builtin') values.shift();
  const [name, ...rest] = values;
  if (name === undefined || name === null) return false;
  if (rest.some((value) => value !== null && INPUT.test(value))) return true;
  if (READERS.has(name)) return !rest.some((value) => value === null || /^-\w*u/.test(value));
  if (ALWAYS.has(name)) return true;
  let before = Object.hasOwn(FILTERS, name) ? FILTERS[name]! : undefined;
  if (before === undefined) return false;
  for (let at = 0; at < rest.length; at += 1) {
    const value = rest[at];
    if (value === '-') return true;
    // A file that only run time knows is taken for one.
    if (value === null || value === undefined) {
      before -= 1;
    } else if (value.startsWith('-')) {
      if (SCRIPTED[name]?.test(value)) return /^(bash|sh)$/.test(name) ? false : rest.length <= at + 2;
      if (value === '--help' || value === '--version') return false;
      if (VALUED[name]?.test(value)) at += 1;
    } else before -= 1;
    if (before < 0) return false;
  }
  return true;
}
