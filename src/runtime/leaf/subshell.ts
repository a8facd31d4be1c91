/** Leaves that stand for a subshell, where bash makes a difference between that and a shell of its own. */
import { STAGE_INPUT as INPUT, type StepRequest } from '../protocol.ts';
import { hasExitTrap, quote, type ShellState } from '../state.ts';
import type { Leaf, LeafText } from './place.ts';

/**
 * True if errexit may end a subshell within functions that are being called: its EXIT trap sees their variables, which those of
 * the script's own shell, of a substitution, and of a fork that evaluates its text do not.
 */
export const endsInCalls = (state: ShellState, { ignore }: Pick<StepRequest, 'ignore'>): boolean =>
  state.saved.length > 0 &&
  state.saved.at(-1)!.capture === undefined &&
  state.frames.length > 0 &&
  !ignore &&
  state.flags.includes('e') &&
  hasExitTrap(state);

/** In a file that is read, `exit` leaves more behind than in a subshell there. */
export function readInSubshell(made: LeafText, { state, place }: Leaf): LeafText {
  const trapped = state.saved.length > 0 && !place.fork && hasExitTrap(state);
  return trapped ? { ...made, text: `(${made.text})\nbuiltin exit\n` } : made;
}

/** The text in a subshell of its shell, where it has to be. */
export function inSubshell(made: LeafText, { state, request, place }: Leaf): LeafText {
  if (place.fork || state.saved.length === 0) return made;
  const lines = made.text.endsWith('\n') ? made.text : `${made.text}\n`;
  if (state.saved.at(-1)!.noExitTrap) return { ...made, text: withoutExitTrap(lines) };
  // A trace shows a subshell's EXIT trap one level deeper than the script's.
  const traced = state.flags.includes('x') && hasExitTrap(state);
  // An error in text that `eval` runs ends a subshell, and nothing but that text in the script's own shell.
  if (!place.evaluates && !traced && !(endsInCalls(state, request) && !state.readings?.length)) return made;
  // In `( … )` itself, bash 5.2 may give the shell's place to the last program of a file that it reads; in no substitution or stage.
  const inner = state.saved.findLast(({ stage, capture }) => stage || capture === undefined);
  const text = !inner || inner.stage ? inStage(`{ exec <&${INPUT} ${INPUT}<&-; ${lines}}`) : `(${lines})\n`;
  return { ...made, text };
}

/** A stage that is a compound command runs no EXIT trap where it ends, however that is: so does one that runs the text. */
const withoutExitTrap = (text: string): string => inStage(`if builtin :; then ${text}fi <&${INPUT} ${INPUT}<&-`);

/** A command as the last stage of a pipeline, which gets its standard input from elsewhere. */
const inStage = (command: string): string =>
  `{ exec ${INPUT}<&0; } 2>/dev/null || exec ${INPUT}</dev/null; builtin : | ${command}\n`;

/** The text as that of an EXIT trap that is running. */
export const inExitTrap = (made: LeafText, status: number): LeafText => ({
  ...made,
  text: `trap ${quote(made.text)} EXIT; exit ${status}\n`,
});
