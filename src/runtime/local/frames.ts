/** Functions that the shell enters and leaves. */
import { ERR_TRAP, type Frame, isIgnored, RETURN_TRAP, type ShellState } from '../state.ts';

/** The state within a call. Without functrace it does not have the RETURN trap, nor without errtrace the ERR trap. */
export function entered({ traps, ...state }: ShellState, frame: Frame): ShellState {
  const inner: Frame = { ...frame };
  const errTrap = traps.find((line) => ERR_TRAP.test(line) && !isIgnored(line));
  if (errTrap !== undefined) inner.trapped = true;
  const hidden: string[] = [];
  if (errTrap !== undefined && !state.options.includes('set -o errtrace')) hidden.push((inner.errTrap = errTrap));
  const returnTrap = traps.find((line) => RETURN_TRAP.test(line) && !isIgnored(line));
  if (returnTrap !== undefined && !state.options.includes('set -o functrace'))
    hidden.push((inner.returnTrap = returnTrap));
  return { ...state, frames: [...state.frames, inner], traps: traps.filter((line) => !hidden.includes(line)) };
}

/** The state once all calls but the outermost `depth` have been left: with the caller's traps, where none have been set. */
export function left({ traps, ...state }: ShellState, depth: number): ShellState {
  const kept = [...traps];
  for (const [trap, key] of [
    [ERR_TRAP, 'errTrap'],
    [RETURN_TRAP, 'returnTrap'],
  ] as const) {
    const line = state.frames.slice(depth).findLast((frame) => frame[key] !== undefined)?.[key];
    if (line !== undefined && !kept.some((other) => trap.test(other))) kept.push(line);
  }
  return { ...state, frames: state.frames.slice(0, depth), traps: kept };
}
