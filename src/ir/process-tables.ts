/** Tables of a shell's process that no other process can be given: of builtins, key bindings, the history. */
import type { Command } from '../parse/ast.ts';

/** Tables of the process itself that no other process can be given, by the commands that use them. */
export const PROCESS_TABLES = new Map([
  ['enable', 'enable'],
  // It may ask which builtins there are.
  ['compgen', 'enable'],
  ['bind', 'bind'],
  ['history', 'history'],
  ['fc', 'history'],
]);

/** Arguments, each with a space behind it, with which such a command leaves its table as it is. */
const ASKS: Record<string, RegExp> = {
  enable: /^(-[anps]+ )*$/,
  bind: /^(-m \S+ )?((-[lpPsSvVX]+ )*|-q \S+ )$/,
  history: /^(-[wp] .*|[-+]?\d+ .*|[^-].*)?$/,
  fc: /^-[nr]*l[lnr]* .*$/,
};

/** Matches an option that such a command has not. */
const FOREIGN_OPTION: Record<string, RegExp> = {
  enable: /^-[anps]*(?!-$)[^adfnps]/,
  history: /^-[acnprsw]*[^acdnprsw-]/,
};

/** True if a command does nothing but fail: by its first word, or because what is no name is none of a builtin. */
export const onlyFails = (name: string, values: readonly (string | null)[]): boolean =>
  FOREIGN_OPTION[name]?.test(values[0] ?? '') ||
  (name === 'enable' && values.length > 0 && values.every((value) => /^\w+\W/.test(value ?? '')));

/** True if a command leaves the table that it uses as it is. */
export const onlyAsks = (name: string, values: readonly (string | null)[]): boolean =>
  !values.includes(null) && ASKS[name]?.test(values.map((value) => `${value} `).join('')) === true;

/** Matches what edits lines with the key bindings. */
const EDITS_LINES = /\bread\b[^\n]*\s-\w*e/;

/** True if `bind` does the same whatever the bindings are, and nothing but itself uses them. */
export const bindsBlindly = (values: readonly (string | null)[], source: string): boolean =>
  values.length > 0 &&
  values.every((value) => value !== null && !/^-[^fmx]*[^-fmx]/.test(value)) &&
  !EDITS_LINES.test(source);

/** True of the words with which `enable` loads builtins from a file, which only run time knows to be there. */
export const loadsBuiltins = ([option, file]: readonly (string | null)[]): boolean =>
  option === '-f' && file !== undefined;

/** Options of `compgen` that take a word. */
const TAKES_WORD = /^[-+][^AoGWFCXPS]*[AoGWFCXPS]$/;

/** The options and the other words of `compgen`; null where only run time knows whether it is one. */
function completionWords(values: readonly (string | null)[], args: Command['args']): (string | null)[] {
  const found: (string | null)[] = [];
  let options = true;
  for (let i = 0; i < values.length; i += 1) {
    // What begins with a letter is a name.
    const value = values[i] ?? (/^"?\w/.test(args[i]!.text) ? 'name' : null);
    if (options && value === '--') options = false;
    else found.push(options ? value : 'name');
    if (options && value !== null && TAKES_WORD.test(value)) i += 1;
  }
  return found;
}

/** True if `compgen` may print which builtins are enabled; it knows nothing of completions that are set. */
export const asksForEnabled = (values: readonly (string | null)[], args: Command['args']): boolean =>
  completionWords(values, args).includes(null) ||
  values.some(
    (value, i) =>
      /^(-\S*A)?(en|dis)abled$/.test(value ?? '') || (/^-[^oGWFCXPS]*A$/.test(value ?? '') && values[i + 1] === null),
  );
