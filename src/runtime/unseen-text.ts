/** Texts that a shell of the script evaluates and that the compiler has not seen. */
import { composesName } from '../composed-names.ts';

/** What in a text may tie what follows to the shell that evaluates it; the text may say so of something else. */
const TIES = new RegExp(
  [
    // A job.
    String.raw`(?<![&><|\\])&(?![&>\d-])`,
    // What a shell keeps in its own process: jobs, tables, limits, handlers, the text of aliases; and what may be any of it.
    String.raw`\b(alias|bg|bind|compgen|coproc|disown|enable|eval|exec|fc|fg|getopts|hash|history|jobs|kill|source|times|trap|ulimit|wait)\b`,
    String.raw`(^|[;&|({\s])\.\s`,
    String.raw`\$[$!_]|\$\{[$!_]\W|\b(BASH\w+|PPID|PIPESTATUS|RANDOM)\b`,
    // Modes.
    String.raw`\b(execfail|extdebug|functrace|errtrace|keyword|lastpipe|localvar_unset|monitor|noexec|onecmd|verbose)\b`,
    String.raw`\bset\s+([-+]\w+\s+)*[-+]\w*[ETkmntv]`,
    // A command whose name is put together: "${prefix}$1", ${1#--}.
    String.raw`(?:^|[;&|({!]|\b(?:do|elif|else|if|then|until|while))[ \t]*"?\$(?:\w+"?\$|\{\w+(?:\}"?\$|[#%,^/@]))`,
    String.raw`\blocal\s+-(?!\w)|\bunset\b.*\b[A-Z]{5}|\{\w+\}[<>]`,
  ].join('|'),
  'm',
);

/** What in a text may call any function, or show its text. */
const CALLS_ANY =
  /(?:^|[;&|({!]|\b(?:do|elif|else|if|then|until|while)\b)[ \t]*["']?[$`]|\b(?:declare|typeset|export|readonly)\b[^\n]*\s-\w*[fFp]|\btype\b|\bset\s*(?:$|[;&|)}]|-\w*a)|allexport|PS4|@P/m;

/** True if a text may call one of these functions, or show its text. */
export const mayUse = (text: string, names: readonly string[]): boolean =>
  names.length > 0 && (CALLS_ANY.test(codeOf(text)) || mayName(text, names));

/** True if a text may tie what follows to the shell that evaluates it. @param names of functions that do */
export function mayTie(text: string, names: readonly string[] = []): boolean {
  // `wa\it` is `wait`.
  const code = codeOf(text);
  return TIES.test(code) || namesIn(code, names);
}

/** What in a text may name the process id of the shell that evaluates it, or evaluate another text. */
const NAMES_IDS = new RegExp(
  [
    String.raw`\$(?:\\|""|'')?\$|\$\{[#!]?\$|PPID|BASHPID`,
    String.raw`(?:^|[;&|({!"'\x60]|\b(?:do|elif|else|if|then|until|while|builtin|command)\b)[ \t]*(?:eval|source|trap|\.)[ \t]`,
  ].join('|'),
  'm',
);

/** True if a text may name the process id of the shell that evaluates it. */
export const mayNameIds = (text: string): boolean => NAMES_IDS.test(codeOf(text));

/** True if a text may name one of these functions. */
export const mayName = (text: string, names: readonly string[]): boolean => namesIn(codeOf(text), names);

const codeOf = (text: string): string => text.replace(/^[ \t]*#.*$/gm, '').replace(/(?<=\w)(?:\\|""|'')(?=\w)/g, '');

function namesIn(code: string, names: readonly string[]): boolean {
  const words = new Set(code.split(/[^\w-]+/));
  return (
    names.some((name) => words.has(name) || (/[^\w-]/.test(name) && code.includes(name))) || composesName(code, names)
  );
}
