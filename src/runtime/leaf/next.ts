/** Text for a shell that stays from one fragment to the next. */
import type { Fragment } from '../../bundle.ts';
import { quote } from '../state.ts';
import { bodyText } from './fragment.ts';
import type { Leaf } from './place.ts';

/**
 * The text of a fragment for a shell that stays, and has the state already.
 * @param report text that tells how it ended
 * @param decline text that tells that it has not run, since a variable holds no plain number
 */
export function composeNext(leaf: Leaf, report: string, decline: string): string {
  const { fragment, state, request } = leaf;
  const before = Math.max(Math.min(state.line, fragment.line) - 1, 0);
  const bindings = state.bindings.map(([name, value]) => `${name}=${quote(value)};`).join('');
  const status = request.status & 255;
  // The shell's own loop leaves 0.
  const entry =
    status === 0
      ? ''
      : `__sh2sfn() { builtin unset -f __sh2sfn; builtin return ${status}; };{ __sh2sfn && builtin :; } 2>/dev/null;`;
  const tell = (): string => report;
  const text = `${entry}${'\n'.repeat(fragment.line - 1 - before)}${bodyText(leaf, tell, tell)}`;
  const { numbers = [] } = fragment;
  if (numbers.length === 0) return `${'\n'.repeat(before)}${bindings}${text}`;
  // A number with a leading zero is octal, or an error; anything else may be an expression.
  const values = numbers.map((name) => `\${${name}-},`).join('');
  return `${'\n'.repeat(before)}${bindings}case ,${values} in *,,*|*[!0-9,]*|*,0[0-9]*|*,??????????*) ${decline};; *) ${text}\n;; esac`;
}

/** The fragment of a shell that stays: it runs what it is told, until it is told to record its state. */
export function stayingFragment(channel: string): Fragment {
  return {
    kind: 'command',
    text: [`while IFS= builtin read -r -d '' __sh2sfn_t <${channel}; do builtin eval -- "$__sh2sfn_t"; done`, ['mark']],
    line: 1,
    fork: true,
  };
}
