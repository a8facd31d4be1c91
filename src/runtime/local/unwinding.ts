/** Steps that the runtime adds: what bash does behind a command before it goes on. */
import type { Step } from '../../bundle.ts';
import type { StepRequest } from '../protocol.ts';
import { hasExitTrap, type ShellState } from '../state.ts';
import type { Driver } from './driver.ts';
import type { Drivers } from './drivers.ts';

/** True if the script's EXIT trap has to run outside of the redirections around a step, should an error end it. */
export function unwinds(drivers: Drivers, driver: Driver, { fragment }: Step, state: ShellState): boolean {
  return (
    drivers.shellOf(driver, state.saved.length) !== driver &&
    state.exiting === undefined &&
    hasExitTrap(state) &&
    !fragment.hold &&
    !fragment.text.some((part) => part[0] === 'dot')
  );
}

/** True if an error of a command that otherwise cannot end its shell may do so there. */
export const errorsEnd = ({ flags, options }: ShellState): boolean =>
  flags.includes('u') || options.includes('set -o posix');

/**
 * True if a failure may end the script's own shell in a file that is read: bash runs the EXIT trap within the functions that
 * are being called, which a fork has left by then.
 */
export const endsReading = (state: ShellState, { ignore }: StepRequest): boolean =>
  state.readings !== undefined &&
  state.readings.length > 0 &&
  state.saved.length === 0 &&
  (errorsEnd(state) || (!ignore && state.flags.includes('e'))) &&
  hasExitTrap(state);

/** A step that ends the shell with a status, and so runs its EXIT trap. */
export function exitStep(step: Step, status: number): Step {
  const { loops: _, reads: __, ...fragment } = step.fragment;
  return {
    ...step,
    fragment: { ...fragment, kind: 'command', untraced: true, text: [`builtin exit ${status}`, ['mark']] },
  };
}

/** A step that ends a shell of its own so, within the functions that are being called. */
export function failingStep(step: Step, status: number): Step {
  const ending = exitStep(step, status);
  const { forkIf: _, program: __, ...fragment } = ending.fragment;
  return { ...ending, fragment: { ...fragment, fork: false } };
}

/** A step that does nothing: the signals which wait for its shell are handled there. */
export function handlingStep(step: Step): Step {
  const { loops: _, reads: __, ends: ___, ...fragment } = step.fragment;
  return { ...step, fragment: { ...fragment, fork: false, untraced: true, text: [['mark']] } };
}
