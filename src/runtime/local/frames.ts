/** Functions that the shell enters and leaves. */
import { ERR_TRAP, type Frame, type ShellState } from '../state.ts';

/** The state within a call. Without errtrace the function does not have the ERR trap. */
export function entered(state: ShellState, frame: Frame): ShellState {
  const errTrap = state.traps.find((line) => ERR_TRAP.test(line));
  if (errTrap === undefined) return { ...state, frames: [...state.frames, frame] };
  const trapped = { ...frame, trapped: true };
  if (state.options.includes('set -o errtrace')) return { ...state, frames: [...state.frames, trapped] };
  return {
    ...state,
    frames: [...state.frames, { ...trapped, errTrap }],
    traps: state.traps.filter((line) => line !== errTrap),
  };
}

/** The state once all calls but the outermost `depth` have been left: with the caller's ERR trap, where none has been set. */
export function left(state: ShellState, depth: number): ShellState {
  const errTrap = state.frames.slice(depth).findLast((frame) => frame.errTrap !== undefined)?.errTrap;
  const kept = errTrap === undefined || state.traps.some((line) => ERR_TRAP.test(line));
  return { ...state, frames: state.frames.slice(0, depth), traps: kept ? state.traps : [...state.traps, errTrap] };
}
