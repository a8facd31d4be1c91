/** Variables that the environment of a step has for itself: the state has them only where the script changed them. */
import { lookUp } from '../../record.ts';
import type { ShellState } from '../state.ts';
import type { LocalRuntimeOptions } from './invocation.ts';

type Ambient = LocalRuntimeOptions['ambient'];

/** Gives a fragment the variables that are the step's own. */
export function withAmbient(state: ShellState, base: Record<string, string>, ambient: Ambient): ShellState {
  const groups = (ambient ?? []).filter((names) => !names.some((name) => Object.hasOwn(state.variables, name)));
  if (groups.length === 0) return state;
  const variables = { ...state.variables };
  for (const name of groups.flat()) if (base[name] !== undefined) variables[name] = base[name];
  return { ...state, variables };
}

/** Takes away the variables that are the step's own. */
export function withoutAmbient(
  variables: Record<string, string>,
  base: Record<string, string>,
  ambient: Ambient,
): Record<string, string> {
  const own = new Set((ambient ?? []).flat());
  return Object.fromEntries(
    Object.entries(variables).filter(([name, line]) => !own.has(name) || lookUp(base, name) !== line),
  );
}
