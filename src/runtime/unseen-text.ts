/** Texts that a shell of the script evaluates and that the compiler has not seen. */

/** What in a text may tie what follows to the shell that evaluates it; the text may say so of something else. */
const TIES = new RegExp(
  [
    // A job.
    String.raw`(?<![&><|\\])&(?![&>\d-])`,
    // What a shell keeps in its own process: jobs, tables, limits, handlers, the text of aliases; and what may be any of it.
    String.raw`\b(alias|bg|bind|compgen|complete|compopt|coproc|disown|enable|eval|exec|fc|fg|getopts|hash|history|jobs|kill|source|times|trap|ulimit|wait)\b`,
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

/** True if a text may tie what follows to the shell that evaluates it. @param names of functions that do */
export function mayTie(text: string, names: readonly string[] = []): boolean {
  // `wa\it` is `wait`.
  const code = text.replace(/^[ \t]*#.*$/gm, '').replace(/(?<=\w)(?:\\|""|'')(?=\w)/g, '');
  if (TIES.test(code)) return true;
  const words = new Set(code.split(/[^\w-]+/));
  return (
    names.some((name) => words.has(name) || (/[^\w-]/.test(name) && code.includes(name))) || composesName(code, names)
  );
}

/** True if what a text puts together from words of its own and others (`cmd_$1`, `"${1}_cmd"`) may be one of these names. */
export function composesName(code: string, names: readonly string[]): boolean {
  if (names.length === 0) return false;
  const starts = Array.from(code.matchAll(/([\w:.+-]{2,})["'\\]*[$`%{]/g), ([, start]) => start!);
  const ends = Array.from(code.matchAll(/(?:[}`)]|\$[\d@*]|\$\w+["']|%s)["']*([\w:.+-]{2,})/g), ([, end]) => end!);
  return names.some((name) => starts.some((start) => name.startsWith(start)) || ends.some((end) => name.endsWith(end)));
}
