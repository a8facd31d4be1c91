/**
 * Shells that do nothing but start a pipeline. The driver's own fork does that as it is, without the script's state, and so
 * do the forks that become the stages' drivers: they are the shell that the driver was, with its base.
 */
import type { Fragment, TextPart } from '../../bundle.ts';
import { isIgnored, PLACE_NAMES, type ShellState } from '../state.ts';
import type { Base } from './driver.ts';
import { bindsPlainly } from './fork.ts';
import type { Invocation } from './invocation.ts';

/** Options that change more than themselves, or what restoring them does. */
const FAR_REACHING = /^(set -o posix|shopt -s (extdebug|lastpipe|compat\d+))$/;

/** Variables that bash sets when a child has ended. */
const TERMINAL = ['LINES', 'COLUMNS'];

/**
 * True if a fork of the driver, which may run the fragment, may also start its pipeline without the script's state: what that
 * would change is known. Bindings in a function may be those of its locals. (What starts jobs, or opens files around a
 * subshell, is of the same kind, and for no fork.)
 */
export function opensBare({ kind }: Fragment, state: ShellState, base: Base, invocation: Invocation): boolean {
  const { options, importsFunctions } = invocation;
  return (
    kind === 'pipeline' &&
    !importsFunctions &&
    options.ambient === undefined &&
    state.traps.every(isIgnored) &&
    state.exiting === undefined &&
    !state.gone &&
    state.limits.length === 0 &&
    state.argv0 === options.argv0 &&
    bindsPlainly(state) &&
    (state.bindings.length === 0 || state.frames.length === 0) &&
    PLACE_NAMES.every((name) => /^(declare -x |$)/.test(state.variables[name] ?? '')) &&
    TERMINAL.every((name) => state.variables[name] === base.variables[name]) &&
    [...state.options, ...state.shopt, ...base.options, ...base.shopt].every((line) => !FAR_REACHING.test(line))
  );
}

/** The state for such a fork: the driver's own, but for the working directory, options and what belongs to the moment. */
export function bareState(state: ShellState, { variables }: Base): ShellState {
  const { readings: _, ...rest } = state;
  const bare = {
    args: [],
    frames: [],
    functions: {},
    aliases: [],
    directories: [],
    hashed: [],
    bindings: [],
    pipestatus: '0',
    line: 1,
  };
  const place = Object.entries(state.variables).filter(([name]) => PLACE_NAMES.includes(name));
  return { ...rest, ...bare, variables: { ...variables, ...Object.fromEntries(place) } };
}

/**
 * The fragment for such a fork: on the first line, as that of the driver is, since what a scope's driver evaluates is numbered
 * from there.
 */
export function bareFragment(fragment: Fragment): Fragment {
  const pipes = fragment.text.flatMap((part, index): TextPart[] => {
    if (part[0] === 'stage') return [part];
    const isPipe = typeof part === 'string' && fragment.text[index - 1]?.[0] === 'stage' && /\|/.test(part);
    return isPipe ? [/^(\s|\\\n)*\|&/.test(part) ? ' |& ' : ' | '] : [];
  });
  return { ...fragment, line: 1, text: [...pipes, ['mark']] };
}
