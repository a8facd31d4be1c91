/**
 * The text that a bash runs for a fragment: on its first line what restores the shell's state, then the fragment at its
 * own lines, then what records the state. Nothing of ours is visible to the fragment: no variable, function, descriptor
 * or trap stays.
 */
import { findText, frameText, stubText } from './leaf/calls.ts';
import { bodyText, indirect, wordsText } from './leaf/fragment.ts';
import type { Leaf, LeafText } from './leaf/place.ts';
import { enterText, isFed, restoreText, statusText } from './leaf/prelude.ts';
import { asksForWords, readText, withLibraries } from './leaf/reading.ts';
import {
  DISCARD,
  globalsText,
  headText,
  hidden,
  optionsText,
  programText,
  recorded,
  TRACED,
  unwindingRedirection,
} from './leaf/record.ts';
import { fileOf, sourceText } from './leaf/source.ts';
import { inExitTrap, inSubshell, readInSubshell } from './leaf/subshell.ts';
import { isNamedOutside, quote } from './state.ts';

/** Composes the leaf for a fragment. */
export function composeLeaf(leaf: Leaf): LeafText {
  const { state, place } = leaf;
  const made = state.readings?.length ? withLibraries(readInSubshell(shellText(leaf), leaf), leaf) : shellText(leaf);
  if (place.named && !place.fork)
    made.text = `${sourceText(place.name)}${place.early ? 'unset -v BASH_ENV;' : ''}${made.text}`;
  // Its subshells are shells like others.
  const whole =
    state.exiting !== undefined && state.saved.length === 0 ? inExitTrap(made, state.exiting) : inSubshell(made, leaf);
  if (!isNamedOutside(state) || !place.named || place.fork) return whole;
  return { ...whole, text: `${sourceText(place.name)}${NAMES_MAIN}${whole.text}` };
}

/** An error ends a function, from where FUNCNAME is there, and the text that `eval` runs. */
const NAMES_MAIN = `builtin eval ${quote('__sh2sfn() { builtin unset -f __sh2sfn; builtin : "$((1/0))"; } 2>/dev/null; __sh2sfn')};`;

function shellText(leaf: Leaf): LeafText {
  const { fragment, state, request, place, stubs } = leaf;
  const depth = state.frames.length;
  // Where only run time knows whether a function is called, its stub is made then.
  const sure = fragment.dynamic ? [] : stubs;
  const stubbed = new Set(sure);
  const functions = !place.fork;
  const options = (place.getopts ? optionsText(place) : '') + (place.untraced ? TRACED : '');
  const capture = (control: string): string =>
    place.program
      ? programText(place, control)
      : (depth > 0
          ? headText(place, control, true, options)
          : `${headText(place, control, false, options)};${globalsText(place, control, 0, functions)}`) +
        (depth === 0 && place.hold ? `;${place.hold}` : '');

  const abandoned = (behind = 1): string =>
    depth > 0
      ? globalsText(place, DISCARD, depth, functions)
      : `${headText(place, DISCARD, false, '', behind)};${globalsText(place, 'discard', 0, functions)}`;
  let body = bodyText(leaf, capture, abandoned);
  // Behind a here-document the text is on a line of its own.
  const behind = 2 + (/\n*$/.exec(body)?.[0].length ?? 0);
  const stubTexts = new Map(sure.map((name) => [name, stubText(name, state, place, fileOf(state, place))]));
  let prelude = restoreText(state, place, stubbed) + [...stubTexts.values()].join('');
  if (fragment.kind === 'words') prelude += wordsText(place);
  if (asksForWords(fragment)) prelude += `builtin eval ${quote(readText(place))};`;
  prelude += state.args.length > 0 ? `builtin set -- ${state.args.map(quote).join(' ')};` : 'builtin set --;';
  // The shell enters on the line of the command before, which is what LINENO says until the next one runs.
  const entered = depth > 0 ? fragment.trapLine : undefined;
  const before = fragment.falls ? 0 : Math.max((entered ?? Math.min(state.line, fragment.line)) - 1, 0);
  const enter =
    '\n'.repeat(before) +
    enterText(
      leaf,
      fragment.dynamic ? findText(fragment.dynamic, stubs, state, place) : '',
      place.unwinds ? abandoned() : undefined,
    ) +
    (fragment.loops ? '' : statusText(leaf));
  let pad = fragment.falls ? '' : '\n'.repeat(Math.max(fragment.line - 1 - before, 0));
  // A new line of the script forgets it. Where the shell only ends, there is no command.
  if (isFed(leaf) && body.trim() !== '') [pad, body] = [`{ ${pad}`, `${body}\n}`];
  if (place.unwinds && body.trim() !== '') {
    // Of redirections, bash names the line on which the command line ends.
    const hasDocument = fragment.text.some((part) => typeof part === 'string' && /(?<!<)<<(?!<)/.test(part));
    const sameLine = fragment.kind === 'redirect' && !hasDocument;
    [pad, body] = [`{ ${pad}`, `${body}${sameLine ? ';' : '\n'}} ${unwindingRedirection(isFed(leaf))}`];
  }
  if (depth > 0) {
    const inside = `${enter}${pad}${body}`;
    const text = indirect(frameText(leaf, prelude, stubTexts, inside), leaf);
    if (fragment.outer) return { text, frames: 0, files: new Map() };
    // A function that fails where errexit is ignored must not end the shell that replays it.
    const ignored = request.ignore ? ` && ${hidden('builtin :')}` : '';
    return {
      text: `${text}${ignored}; ${globalsText(place, 'frames', depth, functions)}${place.hold ? `;${place.hold}` : ''}\n\n${recorded(`${place.prefix}.t`)} || ${abandoned()}\n`,
      frames: depth,
      files: new Map(),
    };
  }
  let text = `${prelude}${indirect(`${enter}${pad}${body}`, leaf)}${fragment.ends ? '' : '\n'}`;
  // An abandoned command line ends a forked shell at once. An empty line: the one behind an unfinished quote that `eval` ran is misread.
  if (!fragment.ends && !fragment.falls && !place.fork)
    text += `\n${recorded(`${place.prefix}.h`)} || { ${abandoned(behind)}; }\n`;
  return { text, frames: 0, files: new Map() };
}
