/** Whether ending a fragment before its time loses a change of the shell's state. */
import type { Step } from '../../bundle.ts';
import type { ShellState } from '../state.ts';

/** Builtins that change nothing but what they print and answer. */
const HARMLESS = new Set(
  '[ [[ : caller compgen dirs echo false hash help history kill printf pwd sleep test times true type wait'.split(' '),
);
const BUILTINS = new Set(
  (
    '. alias bg bind break builtin cd command complete compopt continue coproc declare disown enable eval exec exit export fc fg getopts ' +
    'jobs let local logout mapfile popd printf pushd read readarray readonly return set shift shopt source suspend trap typeset ulimit umask ' +
    'unalias unset ('
  ).split(' '),
);
/** Assignments, arithmetic, `${x:=…}` and loops over a variable; rather one word of data too many. */
const EFFECTS =
  /(?:^|[\s;&|(){}`])[A-Za-z_]\w*(?:\[[^\]]*\])?\+?=|\(\(|\$\[|:?=[^}]*\}|\b(?:for|select|coproc|function)\b/;

/** True unless all that the step's commands do is to run programs and to print. */
export function mayChangeState(step: Step, state: ShellState): boolean {
  const text = step.fragment.text.map((part) => (typeof part === 'string' ? part : ' ')).join('');
  if (EFFECTS.test(text)) return true;
  return step.commands.some(({ words, file }) => {
    // Commands of the user's own scripts run in shells of their own.
    if (file !== undefined) return false;
    const name = words[0]?.value;
    if (name === undefined || name === null) return true;
    if (Object.hasOwn(state.functions, name)) return true;
    if (name === 'printf') return words.some(({ value }) => value === null || value.startsWith('-v'));
    return BUILTINS.has(name) && !HARMLESS.has(name);
  });
}
