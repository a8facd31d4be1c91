/**
 * The lines that bash counts. Its parser and its commands share one counter (`line_number`): an error that gives up a command
 * line leaves it where the failed command stood, or where the outermost function was called, and the parser counts on from
 * there. Where that command line goes on for more lines, all that is read afterwards stands further up than it does in the text.
 */
import type { Fragment, Step, TextPart } from '../bundle.ts';
import type { ShellState } from './state.ts';

/** Line ends in a fragment's text. */
export const newlines = (text: readonly TextPart[]): number =>
  text.reduce((count, part) => count + (typeof part === 'string' ? part.split('\n').length - 1 : 0), 0);

/** How many lines further on bash counts what runs now than it stands: a function has the count that it was read with. */
export function lineShift({ frames, readings, shift }: ShellState): number {
  const frame = frames.at(-1);
  if (frame) return frame.shift ?? 0;
  const reading = readings?.at(-1);
  return (reading ? reading.shift : shift) ?? 0;
}

/** The step with the lines that bash counts in this state. */
export function counted(step: Step, state: ShellState): Step {
  const shift = lineShift(state);
  if (shift === 0) return step;
  const { line, trapLine } = step.fragment;
  // No line is before the first.
  const moved = (to: number): number => Math.max(to + shift, 1);
  const fragment = {
    ...step.fragment,
    line: moved(line),
    ...(trapLine === undefined ? {} : { trapLine: moved(trapLine) }),
  };
  return { ...step, fragment };
}

/** The state with what the script, or the file that is read, is counted by from here on. */
function withShift(state: ShellState, shift: number): ShellState {
  const reading = state.readings?.at(-1);
  if (!reading) return { ...state, shift };
  return { ...state, readings: [...state.readings!.slice(0, -1), { ...reading, shift }] };
}

/** The state behind several command lines: bash has recorded its own count there, whichever of them it has given up. */
export function readOn(state: ShellState, { lines, line, text }: Fragment): ShellState {
  if (!lines) return state;
  const mark = text.findIndex((part) => part[0] === 'mark');
  const before = line + newlines(text.slice(0, mark));
  return before === state.line ? state : withShift(state, lineShift(state) + state.line - before);
}

/**
 * The state once a command line has been given up, functions left.
 * @param line the line that bash counted the failed command on
 * @param lastLine the line that the command line ends on, where it has several
 */
export function givenUp(state: ShellState, before: ShellState, line: number, lastLine: number | undefined): ShellState {
  const [outermost] = before.frames;
  const at = outermost ? outermost.line : line;
  const end = outermost ? outermost.lastLine : lastLine;
  if (end === undefined) return { ...state, line: at };
  return withShift({ ...state, line: at }, at - end);
}
