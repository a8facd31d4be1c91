/** Libraries that are being read. */
import type { Fragment } from '../../bundle.ts';
import { lookUp } from '../../record.ts';
import { ERREXIT, quote, type Reading, type ShellState } from '../state.ts';
import type { Leaf, LeafPlace, LeafText } from './place.ts';
import { globalsText, headText } from './record.ts';

/** True if the words of a command are taken down first, and then it is seen what they name or say. */
export const asksForWords = ({ reads, unseen }: Fragment): boolean => reads !== undefined || unseen !== undefined;

/** Takes down the words of a command, in place of reading or evaluating what they name or say. */
export function readText(place: LeafPlace): string {
  const record = `builtin printf '%s\\0' "$?" "\${BASH_LINENO[0]}" "$@" >|${place.prefix}.a; builtin unset -f __sh2sfn_read`;
  return `__sh2sfn_read () { { ${record}; } 2>/dev/null; }`;
}

/**
 * The outermost of the libraries whose `.` is not judged, within which bash acts as if errexit were off; its flag is on.
 * Bash: `execute_builtin` sets `exit_immediately_on_error` aside.
 */
export function ignoredReading({ readings, options }: ShellState): Reading | undefined {
  return options.includes(ERREXIT) ? readings?.find(({ ignored }) => ignored) : undefined;
}

/**
 * The innermost library that is being read has the fragment in its file, and each one around it reads the next, so that all
 * that bash knows of them is so: FUNCNAME, BASH_SOURCE, BASH_LINENO, the names in messages, `return`.
 */
export function withLibraries({ text, frames, files }: LeafText, { fragment, state, request, place }: Leaf): LeafText {
  let inner = text;
  const ignored = ignoredReading(state);
  state
    .readings!.slice()
    .reverse()
    .forEach((reading, index) => {
      const name = place.named ? `BASH_SOURCE[0]=${quote(state.libraries![reading.library]!)};` : '';
      files.set(reading.library, `${name}${inner}`);
      const args = (reading.args ?? []).map((arg) => ` ${quote(arg)}`).join('');
      const flag = reading === ignored ? `builtin ${ERREXIT};` : '';
      // Behind `builtin`, bash does not know it for what it is.
      const dot = flag && !lookUp(state.functions, '.') ? '\\.' : 'builtin .';
      const unjudged = (index === 0 && request.ignore && !fragment.ends) || reading === ignored ? ' && builtin :' : '';
      inner = `${'\n'.repeat(Math.max(reading.line - 1, 0))}${flag}${dot} ${place.libraries}${reading.library}${args}${unjudged}`;
      if (index > 0 || fragment.ends) return;
      // `return` has left it.
      const recorded = ['h', 't'].map((suffix) => `builtin [ -s ${place.prefix}.${suffix} ]`).join(' || ');
      const record = `${headText(place, 'return', false)};${globalsText(place, 'return', 0, !place.fork)}`;
      const status = '(builtin exit $__sh2sfn_e) && builtin :';
      inner += `; __sh2sfn_e=$?; { ${recorded}; } 2>/dev/null || { ${status}; ${record}; }`;
    });
  return { text: `${inner}\n`, frames, files };
}
