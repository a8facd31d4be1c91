/** Text for a shell that stays from one fragment to the next. */
import type { Fragment } from '../../bundle.ts';
import { quote } from '../state.ts';
import { bodyText } from './fragment.ts';
import type { Leaf } from './place.ts';

/** The variable that holds what the shell has been told to run. */
export const TOLD = '__sh2sfn_t';

/** Matches a number of so many digits that it may be none of the system's. */
const LONG = '[0-9]'.repeat(10);

/**
 * The text of a fragment for a shell that stays, and has the state already.
 * @param report text that tells how it ended, by a control
 * @param decline text that tells that it has not run, because of what a variable holds
 */
export function composeNext(leaf: Leaf, report: (control: string) => string, decline: string): string {
  const { fragment, state, request } = leaf;
  const before = Math.max(Math.min(state.line, fragment.line) - 1, 0);
  const bindings = state.bindings.map(([name, value]) => `${name}=${quote(value)};`).join('');
  const status = request.status & 255;
  // The shell's own loop leaves 0.
  const entry =
    status === 0
      ? ''
      : `__sh2sfn() { builtin unset -f __sh2sfn; builtin return ${status}; };{ __sh2sfn && builtin :; } 2>/dev/null;`;
  // The text that the shell has been told is not needed any more: that it is gone says that an item has been chosen.
  const tell = (control: string): string =>
    fragment.kind === 'case' ? `{ ${report(control)}; ${TOLD}=; }` : report(control);
  const body = bodyText(leaf, tell, () => report('next'), `[[ ! $${TOLD} ]]`);
  const text = `${entry}${'\n'.repeat(fragment.line - 1 - before)}${body}`;
  const { numbers = [], operands = [] } = fragment.forkIf ?? {};
  const values = (names: readonly string[]): string => names.map((name) => `\${${name}-},`).join('');
  const guards: string[] = [];
  // A number with a leading zero is octal, or an error; anything else may be an expression.
  if (numbers.length > 0) guards.push(`,${values(numbers)} in *,,*|*[!0-9,]*|*,0[0-9]*|*${LONG}*`);
  if (operands.length > 0) guards.push(`${values(operands)} in *[!-0-9,\\ ]*`);
  const guarded = guards.reduceRight((inner, guard) => `case ${guard}) ${decline};; *) ${inner}\n;; esac`, text);
  return `${'\n'.repeat(before)}${bindings}${guarded}`;
}

/** The fragment of a shell that stays: it runs what it is told, until it is told to record its state. */
export function stayingFragment(channel: string): Fragment {
  return {
    kind: 'command',
    text: [`while IFS= builtin read -r -d '' ${TOLD} <${channel}; do builtin eval -- "$${TOLD}"; done`, ['mark']],
    line: 1,
    fork: true,
  };
}
