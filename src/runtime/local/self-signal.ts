/** Steps of which it is sure what has ended their shell: a signal that they send it themselves. */
import type { Step, StepCommand } from '../../bundle.ts';

/** Builtins that neither end a shell nor run what may. */
const HARMLESS: ReadonlySet<string> = new Set([':', 'true', 'false', 'echo', 'printf', 'test', '[', 'kill', 'trap']);

/** A command of a handler that neither ends a shell but by a signal nor runs what may. */
const HARMLESS_TEXT = /^(?:(?:echo|printf|rm|rmdir|kill|true|:)(?:\s[^|&<>`(]*)?|trap\s+-\s[^|&<>`(]*)?$/;

/** True if a handler leaves its shell a status of its own in no other way than by a signal. */
const isHarmless = (handler: string): boolean =>
  handler === '-' || handler === '' || handler.split(/[;\n]|&&/).every((command) => HARMLESS_TEXT.test(command.trim()));

/** True of a trap, as the shell's state has it, that leaves its shell no status of its own. */
export const keepsStatus = (trap: string): boolean => {
  const handler = /^trap -- '([^']*)' \w+$/.exec(trap)?.[1];
  return handler !== undefined && isHarmless(handler);
};

const OWN_ID = /^"?\$(\$|\{\$\})"?$/;

const signals = ({ words: [name, ...others] }: StepCommand): boolean =>
  name?.value === 'kill' && others.some(({ text }) => OWN_ID.test(text));

const leavesStatus = ({ words: [name, handler] }: StepCommand): boolean =>
  HARMLESS.has(name?.value ?? '') && (name?.value !== 'trap' || isHarmless(handler?.value ?? 'exit'));

/** True if a step sends its own shell a signal, and nothing else in it could end that with a signal's status. */
export const signalsItself = ({ commands }: Pick<Step, 'commands'>): boolean =>
  commands.some(signals) && commands.every(leavesStatus);
