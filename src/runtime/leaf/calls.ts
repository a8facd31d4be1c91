/** Function calls: those under way, which a shell replays, and those that the machine makes. */

import type { TextPart } from '../../bundle.ts';
import { lookUp } from '../../record.ts';
import { inHashOrder } from '../hash-order.ts';
import { MARK } from '../section.ts';
import { type Frame, quote, type ShellState } from '../state.ts';
import { captureText, linesIn, remainingText } from './fragment.ts';
import type { Leaf, LeafPlace } from './place.ts';
import { redeclare } from './prelude.ts';
import { leftText, unwindingRedirection } from './record.ts';
import { definitionText, evaluate, frameFile, functionSource, identityPart, NO_FILE } from './source.ts';

/** Expands a command's words to see which function it calls, if one, and puts that function's stub in its place. */
export function findText(
  words: readonly TextPart[],
  stubs: readonly string[],
  state: ShellState,
  place: LeafPlace,
): string {
  if (stubs.length === 0) return '';
  const around = frameFile(state.frames.length - 1, state, place) ?? NO_FILE;
  const cases = stubs.map((name) => `${name}) ${stubText(name, state, place, around)};`).join('');
  const text = words
    .map((part) => identityPart(part, place) ?? (part[0] === 'capture' ? captureText(part[1], part[2], state) : ''))
    .join('');
  const find = `builtin eval ${quote(`__sh2sfn_find ${text}`)} 2>/dev/null`;
  // `${x?}` ends the shell: then it is the command itself that must say so.
  const tried = /\$\{[^}]*\?/.test(text)
    ? `if (builtin eval ${quote(`builtin : ${text}`)}) >/dev/null 2>&1; then ${find}; else builtin unset -f __sh2sfn_find; fi`
    : find;
  return `__sh2sfn_find() { builtin unset -f __sh2sfn_find; case \${1-} in ${cases} esac; };${tried};`;
}

/** A function that the machine calls: it records its arguments; in a subshell of the fragment it is itself. */
export function stubText(name: string, state: ShellState, place: LeafPlace, around: string | undefined): string {
  const real = definitionText(name, state, place);
  // Nothing of it shows in a trace, nor depends on IFS.
  const quietly = (commands: string): string => `{ ${commands}; } 2>/dev/null`;
  const entry = quietly('builtin set -- "$?" "$@"');
  const again = 'builtin eval "builtin shift; (builtin exit $1) && builtin :"';
  const itself = `${quietly(`builtin eval -- ${quote(real)}; ${again}`)}; ${name} "$@"; builtin return`;
  const record = quietly(`builtin printf '%s\\0' ${name} "\${BASH_LINENO[0]}" "$@" >|${place.prefix}.a`);
  const text = `${name} () { ${entry}; if ${quietly(`((BASH_SUBSHELL > ${state.level}))`)}; then ${itself}; fi; ${record}; }`;
  return evaluate(quote(text), functionSource(name, state, place), around, place);
}

/** Local variables begin with what they hide. */
const INHERITS = 'shopt -s localvar_inherit';

const isExported = (line: string): boolean => /^declare -\w*x/.test(line);

/** A local variable is exported if the one that it hides is, unless that was taken from it; takes down which are. */
function localDeclaration(line: string, exported: Set<string>): string {
  const name = /^(?:declare -\S+|local) ([A-Za-z_]\w*)/.exec(line)?.[1];
  if (name === undefined || /^declare -\w*n/.test(line)) return inHashOrder(line);
  if (isExported(line)) exported.add(name);
  else if (exported.delete(name)) return `${redeclare(name, line)};declare +x ${name}`;
  return redeclare(name, line);
}

/** Records what a function that has called another sees once it goes on: by its number, from the outermost. */
export const callerText = ({ prefix }: LeafPlace, index: number, more = ''): string =>
  `{ builtin printf '%s\\0' "$?" "$_" "$@"; builtin printf '${MARK}'; builtin local -p; ${more} } 2>/dev/null >|${prefix}.f${index}`;

/**
 * The call stack as functions of the same names, each on lines of its own so that every call stands where it stood: each
 * declares its locals, defines the next one and calls it, and records its locals when it is back. The innermost restores
 * the script's own definitions and holds the fragment.
 */
export function frameText(
  { fragment, state, place }: Leaf,
  prelude: string,
  stubs: ReadonlyMap<string, string>,
  inside: string,
): string {
  const { frames } = state;
  const file = (index: number): string | undefined => frameFile(index, state, place);
  const own = [...new Set(frames.map((frame) => frame.name))]
    .map((name) => {
      if (stubs.has(name)) return stubText(name, state, place, file(frames.length - 1));
      if (!lookUp(state.functions, name)) return `builtin unset -f ${name};`;
      const text = quote(definitionText(name, state, place));
      return evaluate(text, functionSource(name, state, place), file(frames.length - 1), place);
    })
    .join('');
  // Texts in an array: quoted within one another they would double at each level.
  const define = (index: number): string => evaluate(`"\${__sh2sfn_d[${index}]}"`, file(index), file(index - 1), place);
  const words = ({ name, args }: Frame): string => [name, ...args.map(quote)].join(' ');
  const call = (index: number): string => {
    const rest = fragment.outer?.[index];
    const textOf = (parts: readonly TextPart[]): string =>
      parts
        .map((part) => (part[0] === 'remaining' ? remainingText(part, index, state) : identityPart(part, place)) ?? '')
        .join('');
    const text = rest ? `${textOf(rest.open)}${words(frames[index]!)}${textOf(rest.text)}\n` : words(frames[index]!);
    return '\n'.repeat(Math.max(frames[index]!.line - 1 - linesIn(rest?.open ?? []), 0)) + text;
  };
  const exported = new Set(Object.keys(state.variables).filter((name) => isExported(state.variables[name]!)));
  const texts = frames.map((frame, index) => {
    const declarations = frame.locals.map((line) => localDeclaration(line, exported));
    // They would take the values of those that they hide.
    if (state.shopt.includes(INHERITS)) {
      declarations.unshift(`builtin ${INHERITS.replace('-s', '-u')}`);
      declarations.push(`builtin ${INHERITS}`);
    }
    const locals = frame.locals.length > 0 ? `builtin eval ${quote(declarations.join('\n'))} 2>/dev/null;` : '';
    if (index === frames.length - 1) {
      if (!fragment.falls) return `${frame.name} () { ${locals}builtin unset -v __sh2sfn_d;${own}${inside}\n}`;
      // A function that is not left by `return` has the line of its body again where it ends. Definitions count from the first.
      const define = `__sh2sfn_o () { builtin unset -f __sh2sfn_o;${own}};`;
      const lines = '\n'.repeat(Math.max(fragment.line - 1, 0));
      return `${define}${lines}${frame.name} () { ${locals}builtin unset -v __sh2sfn_d;__sh2sfn_o;${inside}\n}`;
    }
    const callsInnermost = index === frames.length - 2;
    const options = callsInnermost ? leftText(place) : '';
    const dump = callerText(place, index, options);
    if (fragment.outer) return `${frame.name} () { ${locals}${define(index + 1)}${call(index + 1)}}`;
    // One without locals is as it was: what it calls cannot give it any.
    const kept = callsInnermost || frame.locals.length > 0 ? `${dump};` : '';
    return `${frame.name} () { ${locals}${define(index + 1)}${call(index + 1)}; ${kept} }`;
  });
  const begin = `${prelude}__sh2sfn_d=(${texts.map(quote).join(' ')});${define(0)}`;
  // A handler that ends the shell does that within the redirections around the call.
  return fragment.falls && place.unwinds
    ? `${begin}{ ${call(0)}; } ${unwindingRedirection(state.fed === true)}`
    : `${begin}${call(0)}`;
}
