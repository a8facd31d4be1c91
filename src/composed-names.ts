/** Names of functions that a text puts together, from what stands in it and what only run time knows. */

/** True if what a text puts together from words of its own and others (`cmd_$1`, `"${1}_cmd"`) may be one of these names. */
export function composesName(code: string, names: readonly string[]): boolean {
  if (names.length === 0) return false;
  const starts = Array.from(code.matchAll(/([\w:.+-]{2,})["'\\]*[$`%{]/g), ([, start]) => start!);
  const ends = Array.from(code.matchAll(/(?:[}`)]|\$[\d@*]|\$\w+["']|%s)["']*([\w:.+-]{2,})/g), ([, end]) => end!);
  return names.some((name) => starts.some((start) => name.startsWith(start)) || ends.some((end) => name.endsWith(end)));
}
