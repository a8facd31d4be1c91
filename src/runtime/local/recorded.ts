/** What a leaf has recorded, read from its text: each section is what some builtin of bash printed. */
import { lookUp } from '../../record.ts';
import { AMPLE_FILE_SIZE, type Control, ENDLESS_FILE_SIZE } from '../protocol.ts';
import { declaredLines, ERR_TRAP, quoteDeclared, RETURN_TRAP, type ShellState } from '../state.ts';

export const fields = (text: string): string[] => text.split('\0').slice(0, -1);
/** Positional parameters, recorded behind their number: printf prints its format once even for none. */
export const parameters = (text: string): string[] => fields(text).slice(1, Number(fields(text)[0]) + 1);

/** PIPESTATUS, which is recorded quoted, with the first character of IFS between the elements. */
export const statuses = (quoted: string): string => [...quoted.matchAll(/'(\d+)'/g)].map(([, one]) => one).join(' ');

/** The moment at which SECONDS was 0, from EPOCHSECONDS and SECONDS as read one after the other. */
export function secondsOrigin([before, seconds, after]: string[], known: number): number {
  const origin = Number(after) - Number(seconds);
  if (!after || !seconds || Number.isNaN(origin)) return known;
  // The clock may have ticked between the two.
  return before !== after && Math.abs(origin - known) <= 1 ? known : origin;
}

/** The control that a marker names, with the number behind it (levels of `break`, the branch of `next`, …), and the status of a jump. */
export function readMarker(marker: string): { control: Control; value: number | undefined; jump: number } {
  const [control, value, jump] = marker.split(':');
  return {
    control: control as Control,
    value: value === undefined ? undefined : Number(value),
    jump: control === 'break' ? Number(jump ?? 0) : 0,
  };
}

/** `$-` with what the machine asks for besides. */
export function flagsOf(letters: string, { options, traps, frames }: ShellState): string {
  // Those of callers count: the machine goes on in them without being told.
  const trapped = (trap: RegExp, callers: 'errTrap' | 'returnTrap'): boolean =>
    frames.some((frame) => frame[callers] !== undefined) || traps.some((line) => trap.test(line));
  return (
    letters +
    (options.includes('set -o pipefail') ? 'P' : '') +
    (trapped(ERR_TRAP, 'errTrap') ? 'T' : '') +
    (trapped(RETURN_TRAP, 'returnTrap') ? 'R' : '')
  );
}

/** `hash -l`, as commands. */
export function hashLines(text: string): string[] {
  return text.split('\n').filter((line) => line.startsWith('builtin hash -p '));
}

/** True of a variable that is not set, or that has no attribute by which an assignment would give it another value. */
export function isPlain(line: string | undefined): boolean {
  return line === undefined || /^declare -[-x] [^=]+(=[^(]|$)/.test(line);
}

/** The `declare` line of a variable, as the innermost function sees it. */
function lineOf(name: string, { frames, variables }: ShellState): string | undefined {
  const locals = frames.flatMap((frame) => frame.locals);
  return locals.findLast((one) => one.split(' ', 3)[2]!.split('=', 1)[0] === name) ?? lookUp(variables, name);
}

/** True if there is such a variable, be it without a value. */
export const isSet = (name: string, state: ShellState): boolean =>
  lineOf(name, state) !== undefined || state.bindings.some(([other]) => other === name);

/** True if assigning to a variable gives it that value, as {@link isPlain} says of its line. */
export const assignsPlainly = (name: string, state: ShellState): boolean => isPlain(lineOf(name, state));

/** True if a variable is an array with numbers for subscripts, or becomes one, and may be assigned to. */
export const assignsElements = (name: string, state: ShellState): boolean =>
  /^declare -[-ax]+ /.test(lineOf(name, state) ?? 'declare -- ');

/** True if a variable is an associative array, and may be assigned to. */
export const assignsKeys = (name: string, state: ShellState): boolean =>
  /^declare -[Ax]+ /.test(lineOf(name, state) ?? '');

/** True if a variable is a reference to another. */
export const isReference = (name: string, state: ShellState): boolean =>
  /^declare -\w*n/.test(lineOf(name, state) ?? '');

/** True if a variable refers to an element of an array, be it by its loop: an error in its subscript abandons the command line. */
export const refersToElements = (state: ShellState): boolean =>
  declaredLines(state).some((line) => REFERENCE.test(line)) ||
  state.bindings.some(([name, value]) => value.includes('[') && isReference(name, state));

const REFERENCE = /^declare -\w*n\w* [^=]+="[^"]*\[/;

/** The value of a variable that is no array, whatever its attributes, if that is text without what `declare -p` escapes. */
export function heldValue(name: string, state: ShellState): string | undefined {
  const bound = state.bindings.findLast(([other]) => other === name);
  return bound?.[1] ?? VALUE.exec(lineOf(name, state) ?? '')?.[1];
}

const VALUE = /^[^=]+="([^"\\$`]*)"$/;

/** The value of a variable, if that is text without what `declare -p` escapes, and no attribute makes another of it. */
export function plainValue(name: string, state: ShellState): string | undefined {
  return assignsPlainly(name, state) ? heldValue(name, state) : undefined;
}

/** The `declare` line of a variable after an assignment. */
export function redeclared(name: string, line: string | undefined, value: string): string {
  return `${line?.split(' ', 2).join(' ') ?? 'declare --'} ${name}=${quoteDeclared(value)}`;
}

/** A smaller limit on the size of files would hold for what records the state, too: what follows it shares a step. */
const isAmple = (limit: string): boolean =>
  limit === 'unlimited' || (Number(limit) >= AMPLE_FILE_SIZE && Number(limit) < ENDLESS_FILE_SIZE);

/** `ulimit -Sa` and then `ulimit -Ha`, as commands that set the same. */
export function limitLines(text: string): string[] {
  const lines = text.split('\n').filter(Boolean);
  return lines.map((line, index) => {
    const match = /\((?:.*, )?-(\w)\)\s+(\S+)$/.exec(line);
    return match && match[1] !== 'p' && (match[1] !== 'f' || isAmple(match[2]!))
      ? `builtin ulimit -${index < lines.length / 2 ? 'S' : 'H'} -${match[1]} ${match[2]}`
      : ':';
  });
}

/** Lines of `trap -p`, `alias -p` or `complete -p`, which begin with the word: a command or value may span lines. */
export function splitEntries(text: string, word: 'trap -- ' | 'alias ' | 'complete '): string[] {
  const entries: string[] = [];
  for (const line of text.replace(/\n$/, '').split('\n')) {
    const last = entries.length - 1;
    if (last >= 0 && !complete(entries[last]!)) entries[last] += `\n${line}`;
    else if (line.startsWith(word)) entries.push(line);
  }
  return entries;
}

/** True if the quotes of a line are closed. */
function complete(text: string): boolean {
  let quoted = false;
  for (let i = 0; i < text.length; i += 1) {
    if (text[i] === '\\' && !quoted) i += 1;
    else if (text[i] === "'") quoted = !quoted;
  }
  return !quoted;
}
