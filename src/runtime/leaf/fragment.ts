/** The fragment's own text, and what stands in it for the machine. */
import type { Fragment, TextPart } from '../../bundle.ts';
import { listKey, quote, type ShellState } from '../state.ts';
import type { Leaf, LeafPlace } from './place.ts';
import { statusText } from './prelude.ts';
import { hidden, recorded } from './record.ts';
import { identityPart } from './source.ts';

/** What follows a head, and what stands behind it where bash shows the function that it is made. */
const HEADS = [
  { start: /^for\s/, rest: '\ndo :; done', behind: ';\n    do\n' },
  { start: /^case\s/, rest: ' *) :; esac', behind: ' \n        *)' },
  { start: /^/, rest: '', behind: '\n}' },
];

/**
 * The trace of the head of a `for` (which bash shows each time round) or `case`, or of an array that is assigned: what stands before it is that of a command
 * here, and the head itself what bash makes of its text.
 */
function headTraceText(head: string, place: LeafPlace): string {
  const file = `${place.prefix}.x`;
  const read = (name: string): string => `IFS= builtin read -r -d '' ${name} <${file} || builtin :`;
  const { rest, behind } = HEADS.find(({ start }) => start.test(head))!;
  const show = [
    'builtin local LC_ALL=C __sh2sfn_a __sh2sfn_b',
    read('__sh2sfn_a'),
    `builtin declare -f __sh2sfn_f >|${file}`,
    read('__sh2sfn_b'),
    `__sh2sfn_b=\${__sh2sfn_b#*"    "}`,
    `builtin printf '%s%s\\n' "\${__sh2sfn_a%"builtin :"*}" "\${__sh2sfn_b%${quote(behind)}*}"`,
  ].join(';');
  return (
    `{ builtin :; } 2>|${file}; __sh2sfn_f () { ${head}${rest}; }; ` +
    `{ __sh2sfn_t () { ${show}; }; __sh2sfn_t; builtin unset -f __sh2sfn_t __sh2sfn_f; } >&2 2>/dev/null`
  );
}

/** What turns the trace on, or reads a file that may. */
export const TRACES = /\bset\s+-\w*x|xtrace|\bsource\b|(?<!\S)\.\s/;
/** Or evaluates a text that may. */
export const MAY_TRACE = new RegExp(`${TRACES.source}|\\beval\\b`);

/** In a substitution, a trace shows its depth (`++ date`): so it does in `eval`. */
export function indirect(text: string, { fragment, state }: Leaf): string {
  if (fragment.kind !== 'command' && fragment.kind !== 'case') return text;
  const traced =
    state.flags.includes('x') ||
    fragment.text.some((part) => part[0] === 'dot' || (typeof part === 'string' && MAY_TRACE.test(part)));
  if (!traced) return text;
  const depth = state.saved.filter((saved) => saved.capture !== undefined).length;
  return Array.from({ length: depth }).reduce<string>((inner) => `builtin eval -- ${quote(inner)}`, text);
}

/** The bytes of a capture. Newlines behind the name would have bash read nothing, in a here-document. */
export const captureText = (id: string, lines = 0, state: ShellState): string =>
  `$(${'\n'.repeat(lines)}<${quote(state.captures[id] ?? '/dev/null')})`;

/** How many lines begin in a text. */
export const linesIn = (text: readonly TextPart[]): number =>
  text.reduce((sum, part) => sum + (typeof part === 'string' ? part.split('\n').length - 1 : 0), 0);

/** Defines the command that takes down the words of a `for` loop, behind the status of the last substitution among them. */
export const wordsText = ({ prefix }: Pick<LeafPlace, 'prefix'>): string =>
  `builtin eval ${quote(`__sh2sfn_words () { builtin local s="$?"; builtin unset -f __sh2sfn_words; builtin shift; builtin printf '%s\\0' "$s" "$@" >|${prefix}.w; }`)};`;

/** The words of a `for` loop, of a call so deep, from the one on that its variable has. */
export function remainingText([, list, name]: readonly string[], depth: number, { lists, passes }: ShellState): string {
  const key = listKey(list!, depth);
  const rest = (lists[key] ?? []).slice((passes?.[key] ?? 0) + 1);
  return [`"\${${name}-}"`, ...rest.map(quote)].join(' ');
}

/** True if the status is recorded on the line that the fragment ends on: bash names that line where it fails. */
const isOnItsLine = ({ kind, text }: Fragment): boolean =>
  (kind === 'command' && text.at(-1) !== '\n}') || (kind === 'redirect' && text.at(-1)?.[0] === 'mark');

/** The shell has started no job: then the commands that follow run. The status is still that of the command before. */
const IF_NO_JOB = `case \${!:-} in ('')`;
const SAME_STATUS = '( builtin exit $? ) && builtin :';

/**
 * The fragment with what its points stand for.
 * @param capture text that tells how it ended
 * @param abandoned text that tells that its line was given up
 * @param isCaptured a command that is true if it has been told how it ended
 */
export function bodyText(
  leaf: Leaf,
  capture: (control: string) => string,
  abandoned: () => string,
  isCaptured = hidden(`builtin [ -s ${leaf.place.prefix}.h ]`),
): string {
  const { fragment, state, request, place } = leaf;
  const parts: string[] = [];
  let captured = false;
  const loops = fragment.loops ?? 0;
  for (const part of fragment.text) {
    const plain = identityPart(part, place);
    if (plain !== undefined) {
      parts.push(plain);
      continue;
    }
    switch (part[0]) {
      case 'dot':
        parts.push('__sh2sfn_read');
        break;
      case 'code':
        parts.push(String(request.status & 255));
        break;
      case 'status':
        if ((request.status & 255) !== 0) parts.push(`$({ builtin exit ${request.status & 255}; } 2>/dev/null)`);
        break;
      case 'capture':
        parts.push(captureText(part[1], part[2], state));
        break;
      case 'enter':
        parts.push(`${capture('next')};`);
        break;
      case 'stage':
        parts.push(place.hooks[part[1] as number]!);
        break;
      case 'branch':
        parts.push(`${capture(`next:${part[1]}`)};`);
        break;
      case 'words':
        // Bash takes a command's line from its second word: `:` holds those of several lines off.
        parts.push('__sh2sfn_words :');
        break;
      case 'remaining':
        parts.push(remainingText(part, state.frames.length, state));
        break;
      case 'head':
        parts.push(headTraceText(part[1], place));
        break;
      case 'left':
        if (part[1] === 'command') {
          parts.push(`; ${IF_NO_JOB} ${capture('next')}; builtin exit 0;; (*) `);
          captured = true;
          break;
        }
        // The status is kept, and nothing is judged twice.
        if (part[1] === 'lines') parts.push(`${SAME_STATUS} `);
        parts.push(`;; esac\n${IF_NO_JOB} ${recorded(`${place.prefix}.h`)} || { ${abandoned()}; }; builtin exit 0;; `);
        parts.push(`(*) ${SAME_STATUS};; esac; `);
        break;
      case 'mark': {
        if (fragment.ends || fragment.falls) break;
        // What a backslash quotes separates no commands.
        const before = parts[parts.length - 1]?.replace(/\\./gs, '.').trimEnd() ?? '';
        const joint = before.endsWith('&') && !before.endsWith('&&') ? ' ' : parts.length === 0 ? '' : '; ';
        // Where no item matches: on the same line, which bash gives up after an error.
        if (fragment.kind === 'case') {
          parts.push(`; ${isCaptured} || ${capture('next:-1')}`);
          captured = true;
          break;
        }
        if (loops > 0) break;
        // On the command's own line, which bash names where a signal ended it; a group of several goes on behind the mark.
        if (request.ignore && before !== '' && isOnItsLine(fragment)) {
          parts.unshift('if { ');
          parts.push(`${joint}}; then ${capture('next')}; else ${capture('next')}; fi`);
          captured = true;
          break;
        }
        if (request.ignore) break;
        parts.push(`${joint}${capture('next')}`);
        captured = true;
        break;
      }
      default:
    }
  }
  let body = parts.join('');
  // Behind a `;`, `&> file` would be `;&`.
  if (body.startsWith('&')) body = ` ${body}`;
  if (!captured && !fragment.ends && !fragment.falls) {
    let inner = body;
    if (loops > 0) {
      inner = `${statusText(leaf)}${body}\n${capture('next')};${hidden('builtin break 9999')}`;
      for (let k = 1; k <= loops; k += 1) {
        const flag = `${place.prefix}.l${k}`;
        // As a keyword it leaves `$_` as the jump has set it.
        const isRecorded = hidden(`[[ -s ${place.prefix}.h ]]`);
        // A loop whose number is out of range has failed, and so have all around it.
        // What records them compares descriptors: nothing may be redirected around it.
        const left = `if ${hidden('[[ $? == 0 ]]')}; then ${isRecorded} || ${capture(`break:${k}`)}; else ${isRecorded} || ${capture(`break:${k}:1`)}; fi`;
        inner = `while if ${hidden(`[[ -e ${flag} ]]`)}; then ${isRecorded} || ${capture(`continue:${k}`)}; ${hidden('builtin false')}; else ${hidden(`builtin : >|${flag}`)}; fi; do ${inner}\ndone; ${left}`;
      }
      body = inner;
      if (request.ignore) body = `if { ${inner}\n}; then builtin :; fi`;
    } else body = `if { ${inner}\n}; then ${capture('next')}; else ${capture('next')}; fi`;
  }
  return body;
}
