/** Calls of functions whose words need no shell to be expanded. */
import type { CallWord, Step } from '../../bundle.ts';
import { lookUp } from '../../record.ts';
import type { ShellState } from '../state.ts';
import { plainValue } from './recorded.ts';

/** What bash takes for IFS when nobody has set it. */
const IFS = "declare -- IFS=$' \\t\\n'";

/** A value that is one word, and no pattern, where IFS is as bash sets it. */
const WORD = /^[\w./:=,%+-]+$/;

/** The function that a step calls for sure, with words that are texts or values of parameters. */
export function calledFunction({ fragment }: Step, state: ShellState): string | undefined {
  const { callWords = [], calls = {} } = fragment;
  const [name] = callWords;
  if (typeof name !== 'string') return undefined;
  const called = lookUp(state.functions, name);
  if (!called || !('id' in called) || !lookUp(calls, name)?.includes(called.id)) return undefined;
  if (state.aliases.length > 0 || state.gone || state.exiting !== undefined || state.readings?.length) return undefined;
  return state.flags.includes('x') || state.options.includes('set -o posix') ? undefined : name;
}

/** The words of the call that a step makes, if they and the function are known; undefined where a shell must find out. */
export function plainCall(step: Step, state: ShellState): string[] | undefined {
  if (calledFunction(step, state) === undefined) return undefined;
  const { callWords = [] } = step.fragment;
  const words: string[] = [];
  for (const word of callWords) {
    const values = expand(word, state);
    if (!values) return undefined;
    words.push(...values);
  }
  return words;
}

/** What a word expands to, where that needs no shell. */
export function expand(word: CallWord, state: ShellState): readonly string[] | undefined {
  if (typeof word === 'string') return [word];
  const [kind, parameter] = word;
  const { args } = state.frames.at(-1) ?? state;
  if (parameter === '@') return args;
  const value = /^\d$/.test(parameter) ? args[Number(parameter) - 1] : plainValue(parameter, state);
  if (value === undefined) return undefined;
  if (kind === 'quoted') return [value];
  return WORD.test(value) && dividesAsUsual(state) ? [value] : undefined;
}

/** True if nobody has set IFS. */
const dividesAsUsual = ({ bindings, frames, variables }: ShellState): boolean =>
  lookUp(variables, 'IFS') === IFS &&
  frames.every(({ locals }) => locals.every((line) => !/ IFS(=|$)/.test(line))) &&
  bindings.every(([name]) => name !== 'IFS');
