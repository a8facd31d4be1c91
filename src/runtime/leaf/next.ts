/** Text for a shell that stays from one fragment to the next. */
import type { CallWord, ForkValues, Fragment } from '../../bundle.ts';
import { quote } from '../state.ts';
import { callerText } from './calls.ts';
import { bodyText, wordsText } from './fragment.ts';
import type { Leaf, LeafPlace } from './place.ts';
import { globalsText, headText, hidden } from './record.ts';
import { definitionText, evaluate, frameFile, functionSource } from './source.ts';

/** The variable that holds what the shell has been told to run. */
export const TOLD = '__sh2sfn_t';

/** Matches a number of so many digits that it may be none of the system's. */
const LONG = '[0-9]'.repeat(10);

/** How a text begins: what loops have bound, the number of lines before it, and what makes the status. */
function beginningOf({ fragment, state, request }: Leaf): { bindings: string; before: number; entry: string } {
  const status = request.status & 255;
  return {
    bindings: state.bindings.map(([name, value]) => `${name}=${quote(value)};`).join(''),
    before: Math.max(Math.min(state.line, fragment.line) - 1, 0),
    // The shell's own loop leaves 0.
    entry:
      status === 0
        ? ''
        : `__sh2sfn() { builtin unset -f __sh2sfn; builtin return ${status}; };{ __sh2sfn && builtin :; } 2>/dev/null;`,
  };
}

/**
 * The text of a fragment for a shell that stays, and has the state already.
 * @param report text that tells how it ended, by a control
 * @param decline text that tells that it has not run, because of what a variable holds
 */
export function composeNext(leaf: Leaf, report: (control: string) => string, decline: string): string {
  const { fragment } = leaf;
  const { before, bindings, entry } = beginningOf(leaf);
  // The text that the shell has been told is not needed any more: that it is gone says that an item has been chosen.
  const tell = (control: string): string =>
    fragment.kind === 'case' ? `{ ${report(control)}; ${TOLD}=; }` : report(control);
  const body = bodyText(leaf, tell, () => report('next'), `[[ ! $${TOLD} ]]`);
  const words = fragment.kind === 'words' ? wordsText(leaf.place) : '';
  const text = `${words}${entry}${'\n'.repeat(fragment.line - 1 - before)}${body}`;
  return `${'\n'.repeat(before)}${bindings}${guarded(text, fragment.forkIf ?? {}, decline)}`;
}

/** The text, where the variables hold such values. */
function guarded(
  text: string,
  { numbers = [], operands = [], filled = [] }: Partial<ForkValues>,
  decline: string,
): string {
  const values = (names: readonly string[]): string => names.map((name) => `\${${name}-},`).join('');
  const guards: string[] = [];
  // A number with a leading zero is octal, or an error; anything else may be an expression.
  if (numbers.length > 0) guards.push(`,${values(numbers)} in *,,*|*[!0-9,]*|*,0[0-9]*|*${LONG}*`);
  if (operands.length > 0) guards.push(`${values(operands)} in *[!-0-9,\\ ]*`);
  if (filled.length > 0) guards.push(`,${filled.map((name) => `\${${name}:+x},`).join('')} in *,,*`);
  return guards.reduceRight((inner, guard) => `case ${guard}) ${decline};; *) ${inner}\n;; esac`, text);
}

/**
 * The text of `return` for a shell that stays: it only tells the status, and leaves the call once it is told to.
 * @param report text that tells the status, of which this is the word
 */
export function composeReturn(leaf: Leaf, word: CallWord, report: (status: string) => string, decline: string): string {
  const { before, bindings } = beginningOf(leaf);
  const [, parameter] = typeof word === 'string' ? [] : word;
  const numbers = parameter === undefined || parameter === '?' ? [] : [parameter];
  const value = parameter === undefined ? word : parameter === '?' ? leaf.request.status : `\${${parameter}}`;
  return `${'\n'.repeat(before)}${bindings}${guarded(report(`"$((${value} & 255))"`), { numbers }, decline)}`;
}

const loopText = (channel: string): string =>
  `while IFS= builtin read -r -d '' ${TOLD} <${channel}; do builtin eval -- "$${TOLD}"; done`;

/** True where the shell has recorded its state in a call: it only ends. */
const HAS_RECORDED = `[[ ! $${TOLD} ]]`;

/** The fragment of a shell that stays: it runs what it is told, until it is told to record its state. */
export function stayingFragment(channel: string): Fragment {
  return {
    kind: 'command',
    text: [`${loopText(channel)}; if ! ${HAS_RECORDED}; then builtin :`, ['mark'], '; fi'],
    line: 1,
    fork: true,
  };
}

/** Has a shell that stays leave its loop: it goes back from the call that this is in, or records its state where it is in none. */
export const LEAVE = 'builtin break';

/** Has a shell that stays record its state in a call that it has made itself, and end. */
export const recordText = (place: LeafPlace): string =>
  `${headText(place, 'next', true)}; ${hidden(`${TOLD}=`)}; ${LEAVE}`;

/**
 * The text of a call for a shell that stays: the function's place is taken by one of its name that runs what the shell is told
 * from then on, and in which the function is itself again.
 * @param name of the function; the state is the caller's
 * @param report text that tells that the shell is in the call
 */
export function composeCall(leaf: Leaf, name: string, channel: string, report: string): string {
  const { fragment, state, request, place } = leaf;
  const depth = state.frames.length;
  const source = functionSource(name, state, place);
  const real = `builtin eval -- ${quote(definitionText(name, state, place))};`;
  const told = hidden(`builtin printf '%s\\0' ${name} "$@" >|${place.prefix}.a; ${report}`);
  const entered = `${name} () { ${real}${told}; ${loopText(channel)}\n}`;
  const define = evaluate(quote(entered), source, frameFile(depth - 1, state, place), place);
  // Once all calls have been left, what the script's shell has; before that, what the caller sees.
  const kept = depth > 0 ? callerText(place, depth - 1) : globalsText(place, 'frames', 0, false);
  const back = `if ${HAS_RECORDED}; then ${kept}; ${LEAVE}; fi`;
  const { before, bindings, entry } = beginningOf(leaf);
  const text = bodyText(
    { ...leaf, request: { ...request, ignore: false } },
    () => back,
    () => '',
  );
  return `${define}${'\n'.repeat(before)}${bindings}${entry}${'\n'.repeat(fragment.line - 1 - before)}${text}`;
}
