/** Which fragments the fork of a shell that is there may run, in place of a fresh shell, and what follows of that. */

import type { ForkValues, Fragment, Step, StepCommand } from '../../bundle.ts';
import { lookUp } from '../../record.ts';
import type { StepRequest } from '../protocol.ts';
import { isIgnored, isNamedOutside, LOCALE_NAMES, type ShellState } from '../state.ts';
import type { Driver } from './driver.ts';
import type { Invocation } from './invocation.ts';
import { mentions } from './known.ts';
import { calledFunction } from './plain-call.ts';
import {
  assignsElements,
  assignsKeys,
  assignsPlainly,
  heldValue,
  isPlain,
  isReference,
  isSet,
  refersToElements,
} from './recorded.ts';

/**
 * True if what looks like a program is a function that only run time knew: it may change anything, and end its shell. Or if one
 * may be unset, which a fork does not record.
 */
function callsFunction(step: Step, { functions }: ShellState): boolean {
  if (!Object.values(functions).some((entry) => 'text' in entry)) return false;
  const isFunction = (word: StepCommand['words'][number] | undefined): boolean =>
    typeof word?.value === 'string' && Object.hasOwn(functions, word.value);
  return step.commands.some(({ words: [name, ...others] }) =>
    name?.value === 'unset' ? others.some(isFunction) : isFunction(name),
  );
}

/** True if nothing but an expansion error can have ended a forked shell that ran the fragment, with status 1. */
export function cannotExit(step: Step, state: ShellState): boolean {
  const { fork, forkIf } = step.fragment;
  return (
    (fork || forkIf !== undefined) &&
    !callsFunction(step, state) &&
    !/[eu]/.test(state.flags) &&
    // In POSIX mode, a special builtin's errors end the shell.
    !state.options.includes('set -o posix') &&
    state.traps.length === 0 &&
    state.aliases.length === 0
  );
}

/** With -c, an unset variable ends the shell with another status than it ends a subshell. */
function unsetEnds({ flags }: ShellState, { options }: Invocation): boolean {
  return options.inline !== undefined && flags.includes('u');
}

/** The number of elements of an array, or the length of one: where it is unset, `set -u` gives up the line, and ends no shell. */
const COUNTS_ELEMENTS = /\$\{#\w+\[/;

/** True if neither what the shell has, nor what it calls, keeps a fragment from another shell than one of its own. */
const mayShare = (step: Step, state: ShellState, invocation: Invocation): boolean =>
  !callsFunction(step, state) &&
  !isNamedOutside(state) &&
  !refersToElements(state) &&
  !state.flags.includes('x') &&
  !(state.flags.includes('u') && mentions(step.fragment.text, COUNTS_ELEMENTS)) &&
  !unsetEnds(state, invocation);

/** True if a forked shell may run the step. */
export function mayFork(step: Step, state: ShellState, invocation: Invocation): boolean {
  const { fork, forkIf } = step.fragment;
  return (fork || (forkIf !== undefined && holdsSafely(forkIf, state))) && mayShare(step, state, invocation);
}

/** A number that arithmetic takes as it stands: no octal one, and none that may be too large. */
const PLAIN_NUMBER = /^(0|[1-9]\d{0,8})$/;

/** A value that names nothing. */
const NAMELESS = /^[-\d ]*$/;

/** True if assigning to the variables does no more than that. */
const mayAssign = (
  { assigned, arrays, keyed = [] }: Omit<ForkValues, 'numbers' | 'operands'>,
  state: ShellState,
): boolean =>
  assigned.every((name) => assignsPlainly(name, state)) &&
  arrays.every((name) => assignsElements(name, state)) &&
  keyed.every((name) => assignsKeys(name, state));

/** True if a fork may run a fragment that depends on these variables. */
function holdsSafely({ numbers, operands, filled = [], ...others }: ForkValues, state: ShellState): boolean {
  const { args } = state.frames.at(-1) ?? state;
  const held = (name: string): string | undefined =>
    /^\d/.test(name) ? args[Number(name) - 1] : heldValue(name, state);
  return (
    mayAssign(others, state) &&
    numbers.every((name) => PLAIN_NUMBER.test(held(name) ?? '')) &&
    filled.every((name) => held(name)) &&
    operands.every((name) => {
      const value = held(name);
      // Of a variable that is set, only a shell may be able to tell.
      return value === undefined ? /^\d/.test(name) || !isSet(name, state) : NAMELESS.test(value);
    })
  );
}

/**
 * True if the fragment, a program that is the last one in the scope of a fork, may run in that shell instead of a fork of it:
 * nothing is expanded that could end it or show where it runs, and it goes on when the program fails.
 */
export function mayReplace({ forked }: Driver, { text }: Fragment, { flags, limits, shopt }: ShellState): boolean {
  return (
    forked !== undefined &&
    !/[em]/.test(flags) &&
    limits.length === 0 &&
    !shopt.includes('shopt -s failglob') &&
    text.every((part) => (typeof part === 'string' ? !/[$`(]/.test(part) : part[0] === 'mark'))
  );
}

const LOCALE = new RegExp(`\\b(${LOCALE_NAMES.join('|')})\\b`);

/** True if a shell that stays may find out whether it may run a fragment: to ask a reference for its value may fail. */
function asksSafely({ numbers, operands, filled = [], ...others }: ForkValues, state: ShellState): boolean {
  return mayAssign(others, state) && [...numbers, ...operands, ...filled].every((name) => !isReference(name, state));
}

/** True if the step's command is a function, which the shell runs itself. */
const namesFunction = ({ fragment: { text } }: Step, { functions }: ShellState): boolean => {
  const [, name] = /^\s*([^\s;]+)/.exec(typeof text[0] === 'string' ? text[0] : '') ?? [];
  return name !== undefined && Object.hasOwn(functions, name);
};

/** True if a trap may judge commands, or what functions return. */
const judgesCommands = ({ traps }: ShellState): boolean =>
  traps.some((line) => !isIgnored(line) && / (DEBUG|ERR|RETURN)$/.test(line));

/**
 * True if `set -e` may end the shell within a call. Bash 5.2 complains where it does from within two texts of `eval`: a shell that
 * stays only tells the status then.
 */
export const judgesInCall = ({ flags, frames }: Pick<ShellState, 'flags' | 'frames'>): boolean =>
  flags.includes('e') && frames.length > 0;

/** True of `return` where nothing but its status matters. */
const returnsPlainly = ({ fragment: { returns, loops } }: Step, state: ShellState): boolean =>
  returns !== undefined && !loops && state.frames.length > 0 && !state.readings?.length && !judgesCommands(state);

/** True if a shell that stays may run the step as well as one that is forked for it. */
export function mayStay(step: Step, state: ShellState, request: StepRequest, invocation: Invocation): boolean {
  const { fragment } = step;
  return (
    (fragment.fork ||
      (fragment.forkIf !== undefined && asksSafely(fragment.forkIf, state)) ||
      returnsPlainly(step, state)) &&
    (fragment.kind === 'command' ? !fragment.quiet : fragment.kind === 'case' || fragment.kind === 'words') &&
    !request.leave &&
    // What the locale was before matters where there is none of a name.
    !(fragment.program === undefined && mentions(fragment.text, LOCALE)) &&
    !state.gone &&
    state.exiting === undefined &&
    !state.flags.includes('a') &&
    mayShare(step, state, invocation) &&
    !(judgesInCall(state) && judgesCommands(state)) &&
    // `set -e` may end the function that it calls.
    !(state.flags.includes('e') && !request.ignore && namesFunction(step, state)) &&
    !/^declare -\w*r/.test(state.variables.IFS ?? '')
  );
}

/** A call deeper than this is made by a shell of its own. */
const DEEPEST = 100;

/** Options by which what a function is left with is not what its caller had, or which show how it is called. */
const TELLS_OF_CALLS = /^(set -o (errtrace|functrace)|shopt -s (extdebug|localvar_\w+))$/;

/** True if the step is a call of a function that a shell that stays may make, and stay in. */
export function staysInCall(step: Step, state: ShellState, request: StepRequest, invocation: Invocation): boolean {
  const name = calledFunction(step, state);
  const { kind, loops, ends, falls, hold } = step.fragment;
  return (
    name !== undefined &&
    kind === 'command' &&
    !(loops || ends || falls || hold) &&
    lookUp(state.functions, name)?.attributes === undefined &&
    !request.leave &&
    !mentions(step.fragment.text, LOCALE) &&
    state.frames.length < DEEPEST &&
    !judgesCommands(state) &&
    !state.flags.includes('a') &&
    ![...state.options, ...state.shopt].some((line) => TELLS_OF_CALLS.test(line)) &&
    mayShare(step, state, invocation) &&
    !/^declare -\w*r/.test(state.variables.IFS ?? '')
  );
}

/** True if nothing but the variables themselves changes with the assignments that wait. */
export const bindsPlainly = ({ bindings, variables }: ShellState): boolean =>
  bindings.every(([name]) => /^[a-z_]\w*$/.test(name) && name !== 'ignoreeof' && isPlain(lookUp(variables, name)));

/** Whether the name is that of a program now, and all that a program can change is recorded (`afterProgram`). */
export function runsProgram(name: string | undefined, state: ShellState, { importsFunctions }: Invocation): boolean {
  return (
    name !== undefined &&
    !importsFunctions &&
    state.frames.length === 0 &&
    state.aliases.length === 0 &&
    !Object.hasOwn(state.functions, name) &&
    // A trap may run behind the program, and change anything.
    state.traps.every(isIgnored) &&
    !state.options.includes('set -o allexport') &&
    bindsPlainly(state) &&
    isPlain(state.variables.LINES) &&
    isPlain(state.variables.COLUMNS)
  );
}
