/** Text that restores the shell's state in front of the fragment. */
import type { Fragment } from '../../bundle.ts';
import { lookUp } from '../../record.ts';
import { inHashOrder, inSharedBuckets } from '../hash-order.ts';
import {
  declaredLines,
  ERR_TRAP,
  ERREXIT,
  EXIT_TRAP,
  GROUP,
  isNamedOutside,
  isOwn,
  LOCALE_NAMES,
  PLACE_NAMES,
  quote,
  type ShellState,
  trapOf,
} from '../state.ts';
import type { Leaf, LeafPlace } from './place.ts';
import { ignoredReading } from './reading.ts';
import { NOTING, UNWINDING } from './record.ts';
import { functionsText } from './source.ts';

/** Attributes of functions: a read-only one cannot be defined again. */
function attributesText(state: ShellState): string {
  return Object.entries(state.functions)
    .map(([name, { attributes }]) => (attributes ? `builtin declare -f${attributes} -- ${quote(name)};` : ''))
    .join('');
}

const OPTION_LAST = new Set([
  'xtrace',
  'errexit',
  'nounset',
  'posix',
  'noclobber',
  'pipefail',
  'errtrace',
  'functrace',
  'noglob',
  'allexport',
  'physical',
]);

/** The last of all, in order: in POSIX mode much is fatal, and its variable is not exported by `set -a`; a trace would show the rest. */
const LATEST = ['posix', 'allexport', 'xtrace'];

/** What `set -o posix` makes of its variable. */
const POSIX_VARIABLE = 'declare -- POSIXLY_CORRECT="y"';

/**
 * A `declare` line as text that makes the same variable: a value from before the variable became an integer or upper case
 * must not be evaluated or converted.
 */
export function redeclare(name: string, line: string): string {
  // A reference to itself comes of a variable that had its own name for a value, and in no other way.
  if (/^declare -\w*n\w* ([A-Za-z_]\w*)="\1"$/.test(line))
    return `declare -- ${name}="${name}";${line.slice(0, line.indexOf('='))}`;
  const ordered = inHashOrder(line);
  const match = /^declare -(\w*[ilcu]\w*) [^=]+(=[\s\S]*)$/.exec(ordered);
  if (!match) return ordered;
  const array = match[1]!.replace(/[^aA]/g, '');
  return `declare -${array || '-'} ${name}${match[2]};declare -${match[1]} ${name}`;
}

/** Bytes that a name may have for the system to find it at once. */
export const LONGEST_NAME = 4000;

/** Goes to a directory: by as many parts of its name as it takes. */
function goText(directory: string): string {
  const parts: string[] = [];
  for (let rest = directory; rest !== ''; ) {
    const end = rest.length > LONGEST_NAME ? rest.lastIndexOf('/', LONGEST_NAME) : rest.length;
    parts.push(`${parts.length > 0 ? './' : ''}${rest.slice(0, end)}`);
    rest = rest.slice(end + 1);
  }
  return parts.map((part) => `builtin cd -- ${quote(part)} 2>/dev/null`).join(' && ');
}

const PLACES_AND_LOCALE: ReadonlySet<string> = new Set([...PLACE_NAMES, ...LOCALE_NAMES]);

/** True if unsetting a variable does more than that. */
const isParticular = (name: string): boolean =>
  isOwn(name) || PLACES_AND_LOCALE.has(name) || /^(BASH_|HIST|histchars$|COMP_|OPTIND$|POSIXLY_CORRECT$)/.test(name);

/**
 * Variables to be made anew, the oldest first: bash passes on the newest of a bucket of its table first, so that a shell which
 * another starts has them turned round.
 */
function turnedRound({ variables }: ShellState, { given, base }: LeafPlace): string[] {
  if (!given) return [];
  // Bash makes SHLVL behind what it is given.
  const names = [...new Set([...given, 'SHLVL', ...Object.keys(variables)])];
  const passedOn = (name: string): boolean => /^declare -\w*x/.test(lookUp(base, name) ?? '');
  return inSharedBuckets(
    names.filter((name) => passedOn(name) && Object.hasOwn(variables, name) && !isParticular(name)),
  );
}

/** Restores everything but frames, options and the status. */
export function restoreText(state: ShellState, place: LeafPlace, stubs: ReadonlySet<string>): string {
  const out: string[] = [];
  const unset = Object.keys(place.base).filter((name) => !Object.hasOwn(state.variables, name) && !isOwn(name));
  const anew = turnedRound(state, place);
  unset.push(...anew);
  // The driver's own loop has set them.
  if (place.fork) unset.push('REPLY', 'MAPFILE');
  // A declaration adds attributes and takes nothing away: what the base has otherwise, or with a value, is made anew.
  const attributes = (line: string): string => line.split(' ', 2)[1]!;
  for (const [name, line] of Object.entries(state.variables)) {
    const inBase = lookUp(place.base, name);
    if (inBase === undefined || inBase === line || isOwn(name)) continue;
    if (attributes(inBase) !== attributes(line) || !line.includes('=')) unset.push(name);
  }
  if (unset.length > 0) out.push(`builtin unset -v ${unset.join(' ')}`);
  if (state.locale && state.locale.length > 1) out.push(...state.locale);
  const late: string[] = [];
  const first = anew.map((name) => [name, state.variables[name]!] as const);
  const ordered = first.length > 0 ? { ...Object.fromEntries(first), ...state.variables } : state.variables;
  const stands = (name: string, line: string): boolean =>
    lookUp(place.base, name) === line && !anew.includes(name) && !(name === 'SHLVL' && !place.fork);
  for (const [name, line] of Object.entries(ordered)) {
    // Going there sets them: they may be read-only only then.
    if (PLACE_NAMES.includes(name)) continue;
    if (isOwn(name) || stands(name, line)) continue;
    // An assignment to it truncates the history file.
    if (name === 'HISTFILESIZE') {
      late.push('HISTFILE=/dev/null', line, lookUp(state.variables, 'HISTFILE') ?? 'builtin unset -v HISTFILE');
      continue;
    }
    if (name === 'HISTFILE' && ![undefined, place.base.HISTFILESIZE].includes(state.variables.HISTFILESIZE)) continue;
    // Name references are made after what they refer to, and assigning to OPTIND forgets where getopts is.
    (/^declare -\w*n/.test(line) || name === 'OPTIND' ? late : out).push(
      name === 'POSIXLY_CORRECT' ? ':' : redeclare(name, line),
    );
  }
  out.push(...late);
  // A fragment that ran somewhere else would be silently wrong.
  out.push(`${goText(state.cwd)} || { builtin printf x >|${place.prefix}.h; builtin exit 1; }`);
  if (place.link !== undefined) out.push(`builtin command -p rm -f -- ${quote(place.link)}`);
  if (place.remade.length > 0) out.push(`builtin command -p rmdir -- ${place.remade.map(quote).join(' ')}`);
  if (place.aside) out.push(`builtin command -p mv -- ${quote(place.aside.from)} ${quote(place.aside.to)}`);
  const pwd = state.variables.PWD;
  out.push(pwd ?? 'builtin unset -v PWD');
  // Going there has set it.
  out.push(`builtin unset -v OLDPWD${state.variables.OLDPWD ? `;${state.variables.OLDPWD}` : ''}`);
  for (const directory of [...state.directories].reverse())
    out.push(`builtin pushd -n -- ${quote(directory)} >/dev/null`);
  // `set` lists EPOCHSECONDS from when it was first read, and SECONDS likewise, which is an integer from then on.
  if (place.seconds)
    out.push(
      `builtin printf -v __sh2sfn_s '%(%s)T' -1;SECONDS=$((__sh2sfn_s-${state.seconds}));builtin unset -v __sh2sfn_s`,
    );
  out.push(...state.aliases.map((line) => `builtin ${line}`));
  out.push(...completionLines(state));
  // The shell may be a fork, or a subshell of its own.
  if (place.fork || state.level > 0 || state.saved.length > 0) out.push(`BASH_SUBSHELL=${state.level}`);
  if (state.umask !== '') out.push(`builtin umask ${state.umask}`);
  out.push(...state.limits);
  // After PATH: an assignment to that forgets them.
  out.push(...state.hashed);
  if (place.rename || state.argv0 !== place.argv0) out.push(`BASH_ARGV0=${quote(state.argv0)}`);
  let text = `builtin eval ${quote(`${out.filter((line) => line !== ':').join('\n')}\n`)} 2>/dev/null;`;
  text += `builtin shopt -s extglob;${functionsText(state, place, stubs)}`;
  if (!state.shopt.includes('shopt -s extglob')) text += `builtin shopt -u extglob;`;
  // The variable has set its option: setting that would write the variable anew.
  const set = Object.hasOwn(state.variables, 'BASH_COMPAT') ? / compat\d+$/ : /^$/;
  const shopt = state.shopt.filter((line) => !place.baseShopt.has(line) && !set.test(line));
  if (shopt.length > 0) text += `${shopt.map((line) => `builtin ${line}`).join(';')};`;
  // POSIX mode, which comes later, expands aliases: the fragment's first line is read before.
  if (expandsByMode(state)) text += `builtin ${EXPANDS_ALIASES};`;
  return text;
}

const EXPANDS_ALIASES = 'shopt -s expand_aliases';

/** The options and the name that a line of `complete -p` has. */
const COMPLETION = /^complete((?: (?:\\'|'[^']*'|[^ '\\])*)*) ((?:\\'|'[^']*'|[^ '\\])+)$/;
/** Completions that make bash's table grow, which lays it out anew; it never shrinks. */
const GROWS_BEYOND = 1024;

/** Completions as commands: of names that share a bucket of bash's table, it lists first what came last. */
function completionLines({ completions = [] }: ShellState): string[] {
  const lines = completions.map((line) => `builtin ${line.replace(COMPLETION, completionText)}`).reverse();
  return completions.length > GROWS_BEYOND ? [...lines, 'builtin complete -r', ...lines] : lines;
}

/** Bash quotes neither a function's name that is empty, nor a name that looks like an option. */
const completionText = (_: string, options: string, name: string): string =>
  `complete${options.replace(/ -F $/, " -F ''")} ${/^-[DEI]$/.test(name) ? '' : '-- '}${name}`;

/** True if the shell expands aliases because it is in POSIX mode. */
const expandsByMode = ({ options, aliases, shopt }: ShellState): boolean =>
  options.includes('set -o posix') && aliases.length > 0 && !shopt.includes(EXPANDS_ALIASES);

/** Traps that are in force: not an EXIT trap that is running, nor an ERR trap that does not judge the call it was set in. */
export function activeTraps({ exiting, traps, untrapped }: ShellState, { text }: Fragment): string[] {
  const judges = text.some((part) => part[0] === 'code');
  return traps.filter(
    (line) => (exiting === undefined || !EXIT_TRAP.test(line)) && !(untrapped && judges && ERR_TRAP.test(line)),
  );
}

/** The lines of traps, in such an order that the shell catches without them what the script's does (`ENDING`). */
function inOrder(lines: readonly string[], { uncaught }: ShellState): string[] {
  if (uncaught === undefined) return [...lines];
  const traps = [...lines];
  const first = uncaught.flatMap((name) => trapOf(name, { traps }) ?? []);
  const gone = uncaught.filter((name) => !trapOf(name, { traps })).join(' ');
  const exit = lines.filter((line) => EXIT_TRAP.test(line));
  return [
    ...(gone ? [`builtin trap : ${gone}`] : []),
    ...first,
    ...(exit.length > 0 ? exit : ['builtin trap : EXIT', 'builtin trap - EXIT']),
    ...(gone ? [`builtin trap - ${gone}`] : []),
    ...lines.filter((line) => !first.includes(line) && !exit.includes(line)),
  ];
}

/** Goes as far into the word that OPTIND names as getopts was: it keeps where it is inside a word, whatever the word is. */
function advanceText({ frames, variables, getopts }: ShellState): string {
  const local = frames.flatMap(({ locals }) => locals).findLast((line) => / OPTIND=/.test(line));
  const index = Number(/="(\d+)"$/.exec(local ?? variables.OPTIND ?? '')?.[1]);
  if (!getopts?.taken || !index) return '';
  const words = `${' -y'.repeat(index - 1)} -${'x'.repeat(getopts.taken + 1)}`;
  const next = `builtin getopts x __sh2sfn_o${words};`.repeat(getopts.taken);
  return `__sh2sfn_a=\${OPTARG+x}\${OPTARG-};OPTIND=${index};${next}if [[ $__sh2sfn_a ]]; then OPTARG=\${__sh2sfn_a#x}; else builtin unset -v OPTARG; fi;builtin unset -v __sh2sfn_a __sh2sfn_o;`;
}

/**
 * A real pipeline sets PIPESTATUS. Where its own status is not `$?` (a loop's body came before it, `!` inverted it), it is
 * the end of a loop whose body has that status. `__sh2sfn` is defined, and then is not.
 */
function pipestatusText(codes: readonly number[], status: number, pipefail: boolean, lastArgument: string): string {
  const own = pipefail ? (codes.findLast((code) => code !== 0) ?? 0) : codes[codes.length - 1]!;
  const line = codes.map((code) => `(builtin exit ${code})`).join('|');
  const once = 'builtin unset -f __sh2sfn';
  const exists = 'builtin declare -F __sh2sfn >/dev/null';
  const argument = `builtin : ${quote(lastArgument)}`;
  if (own === status) return `${once}; ${argument}; ${line}${own === 0 ? '' : ' && builtin :'}`;
  if (own !== 0)
    return `while { ${exists} && ${once}; } || ! ${argument} || ${line}; do (builtin exit ${status}) && builtin :; done`;
  return `until ! ${exists} && ${argument} && ${line}; do ${once}; (builtin exit ${status}) && builtin :; done`;
}

/**
 * The line of an EXIT trap whose shell finds out how it has ended: an error undoes all redirections, that of the descriptor
 * among them, and `exit` does not.
 * @param unwound text that records the shell where it was an error
 */
function unwindingTrap(line: string, unwound: string, { prefix }: LeafPlace): string {
  const handler = /^trap -- '([\s\S]+)' EXIT$/.exec(line)?.[1];
  if (!handler) return line;
  const evaluate = (also: string): string =>
    `builtin eval "builtin unset -v __sh2sfn_u; ${also}(builtin exit $__sh2sfn_u) && builtin :" && builtin :`;
  // No trace shows it.
  const first =
    `${UNWOUND}$?; if [[ -e /dev/fd/${UNWINDING} ]]; then ${evaluate('')}; ` +
    `else ${evaluate(`builtin printf %s $__sh2sfn_u >|${prefix}.u; `)}; ${unwound}; builtin trap - EXIT; builtin exit; fi; } 2>/dev/null;`;
  return `trap -- '${first.replaceAll("'", "'\\''")}${handler}' EXIT`;
}

/** What handlers begin with that an error within redirections sets off. */
const UNWOUND = '{ __sh2sfn_u=';

/** What handlers begin with that run in a shell which is not traced: they are. The status is kept, not judged, and not shown. */
const TRACED_AGAIN = 'BASH_XTRACEFD=$(builtin exit $?) && for __sh2sfn_v in; do :; done;';

/** No trace shows what follows. */
const UNTRACED = 'builtin exec {BASH_XTRACEFD}>/dev/null;';

function tracedTrap(line: string): string {
  const [, handler, signal] = /^trap -- '([\s\S]+)' (EXIT|ERR)$/.exec(line) ?? [];
  if (handler === undefined) return line;
  // The shell may go on, and end.
  const again = signal === 'ERR' ? `\n{ ${UNTRACED} } 2>/dev/null` : '';
  return `trap -- '${TRACED_AGAIN}${handler}${again}' ${signal}`;
}

/** What a handler begins with that tells that it runs. The status is kept, and not judged. */
const MARKED = '__sh2sfn_v=$(__sh2sfn_v=$?; ';

function markedTrap(line: string, { prefix }: LeafPlace): string {
  const [, handler, name] = /^trap -- '([\s\S]+)' (EXIT|SIG\w+)$/.exec(line) ?? [];
  const signal = name?.replace('SIG', '');
  if (handler === undefined || ![...GROUP, 'EXIT'].includes(signal!)) return line;
  const mark = `${MARKED}builtin printf ${signal} >|${prefix}.k; builtin exit "$__sh2sfn_v") && for __sh2sfn_v in; do :; done;`;
  return `trap -- '${mark}${handler}' ${name}`;
}

/** True of the line of `trap -p` that is a handler of the script's with something of ours before it. */
export const isExtended = (line: string): boolean =>
  line.startsWith(`trap -- '${UNWOUND}`) ||
  line.startsWith(`trap -- '${MARKED}`) ||
  line.startsWith(`trap -- '${NOTING}`) ||
  line.startsWith(`trap -- '${TRACED_AGAIN}`);

/** A handler of ours that the function runs as it returns: errexit and the ERR trap are for the machine's own judgement of the call. */
const JUDGED_LATER = 'builtin set +e; builtin trap - ERR';

/** True if the shell must not judge the call that the fragment returns from: errexit would end it before an ERR trap has run. */
function judgesLater({ fragment, state, request }: Leaf): boolean {
  const says = (word: RegExp): boolean => fragment.text.some((part) => typeof part === 'string' && word.test(part));
  return (
    says(/\breturn\b/) &&
    // It would be listed.
    !says(/\btrap\b/) &&
    state.frames.length > 0 &&
    !request.ignore &&
    state.flags.includes('e') &&
    state.flags.includes('T') &&
    !state.options.includes('set -o functrace') &&
    !state.traps.some((line) => / RETURN$/.test(line))
  );
}

/** True of the line of `trap -p` that is a handler of ours. */
export const isOwnTrap = (line: string): boolean => line === `trap -- '${JUDGED_LATER}' RETURN`;

/** The option that goes with a variable: setting it would write that anew, and a local one that has gone leaves it on. */
function optionText(line: string, state: ShellState): string {
  if (line !== 'set -o ignoreeof') return `builtin ${line}`;
  const isVariable = (declared: string): boolean => /^declare -[-\w]+ ignoreeof=/i.test(declared);
  return declaredLines(state).some(isVariable)
    ? 'builtin :'
    : '__sh2sfn_o() { builtin local IGNOREEOF=; builtin unset -f __sh2sfn_o; }; __sh2sfn_o';
}

/** Traps and options: restored last, in the innermost function. */
export function enterText(leaf: Leaf, before: string, unwound?: string): string {
  const { fragment, state, place, request } = leaf;
  let text = '';
  text += attributesText(state);
  if (place.fork) text += 'builtin trap - INT TERM HUP QUIT;';
  const restored = activeTraps(state, fragment);
  const traps = (place.fork ? restored : inOrder(restored, state)).map((line) => {
    const marked = place.marks ? markedTrap(line, place) : line;
    const traced = place.untraced ? tracedTrap(marked) : marked;
    return unwound ? unwindingTrap(traced, unwound, place) : traced;
  });
  if (traps.length > 0) text += `builtin eval ${quote(traps.join('\n'))};`;
  // What becomes a scope records no state.
  if (fragment.kind === 'redirect' && !fragment.hold && place.marks) text += place.notes ?? '';
  // From here on, a signal runs its handler, or what ends the shell its EXIT trap.
  if (place.answers) text += `builtin printf x >|${place.prefix}.g;`;
  // A trace would show it later.
  if (state.flags.includes('x')) text += signalsText(leaf);
  if (judgesLater(leaf)) text += `builtin trap '${JUDGED_LATER}' RETURN;`;
  const bindings = state.bindings.map(([name, value]) => `${name}=${quote(value)};`).join('');
  // Options come later, but this one makes something of an assignment.
  text +=
    bindings && state.options.includes('set -o allexport') ? `builtin set -a;${bindings}builtin set +a;` : bindings;
  if (place.getopts) text += advanceText(state);
  if (place.untraced) text += UNTRACED;
  text += before;
  // A shell that found POSIXLY_CORRECT in its environment has left POSIX mode where the variable had to go.
  const elsewhere = ignoredReading(state) ? ERREXIT : undefined;
  const options = state.options.filter(
    (line) => line !== elsewhere && (line === 'set -o posix' || !place.baseOptions.has(line)),
  );
  const order = (line: string): number => (OPTION_LAST.has(line.slice(7)) ? LATEST.indexOf(line.slice(7)) + 2 : 0);
  options.sort((a, b) => order(a) - order(b));
  text += `__sh2sfn() { builtin unset -f __sh2sfn; builtin return ${request.status & 255}; };`;
  if (expandsByMode(state)) text += 'builtin shopt -u expand_aliases;';
  if (options.length > 0) text += `${options.map((line) => optionText(line, state)).join(';')};`;
  const posixVariable = state.variables.POSIXLY_CORRECT;
  if (posixVariable && posixVariable !== POSIX_VARIABLE) text += `{ ${posixVariable}; } 2>/dev/null;`;
  return text;
}

/** True if bash must take the fragment's standard input for one that was given to it. */
export function isFed({ fragment, state, place }: Leaf): boolean {
  return state.fed === true && !place.fork && ['command', 'pipeline'].includes(fragment.kind);
}

/** Has the shell take the signals that wait for it, with the `$?` that a handler sees. */
function signalsText({ place, request, state }: Leaf): string {
  const { signals = [] } = place;
  if (signals.length === 0) return '';
  // No `eval`: that would judge the status, and take errexit from the handlers. And no variable: they would see it.
  const parent = 'builtin read -r __sh2sfn_p </proc/self/stat; __sh2sfn_p=${__sh2sfn_p##*) ? }; ';
  const kills = signals.map((signal) => `builtin kill -s ${signal} "\${__sh2sfn_p%% *}"; `).join('');
  // While it waits for one that goes on, a shell does not die of ^C: it sends itself that.
  const dies = signals.includes('INT') && trapOf('INT', state) === undefined;
  const text = dies
    ? `builtin kill -s INT "$(${parent}builtin printf %s "\${__sh2sfn_p%% *}")";`
    : `(${parent}${kills}builtin exit ${request.status & 255}) && builtin :;`;
  // What ends the shell is no error.
  return place.unwinds ? `{ ${text} } ${UNWINDING}</dev/null;` : text;
}

/**
 * `$_`, PIPESTATUS and `$?`: the very last before the fragment. Redirections of a compound command are what bash notes
 * whether there is an input by.
 */
export function statusText(leaf: Leaf): string {
  const { state, place, request } = leaf;
  const status = request.status & 255;
  const redirected = isFed(leaf) ? '</dev/null 2>/dev/null' : '2>/dev/null';
  const signals = state.flags.includes('x') ? '' : signalsText(leaf);
  const pipe = state.pipestatus.split(' ');
  const piped =
    place.pipestatus && pipe.every((s) => /^\d+$/.test(s)) && !(pipe.length === 1 && Number(pipe[0]) === status);
  // A function that is left takes FUNCNAME with it.
  if (piped || isNamedOutside(state)) {
    const codes = piped ? pipe.map(Number) : [status];
    return `${signals}{ ${pipestatusText(codes, status, state.options.includes('set -o pipefail'), state.lastArgument)}; } ${redirected};`;
  }
  return status === 0
    ? `${signals}{ __sh2sfn ${quote(state.lastArgument)}; } ${redirected};`
    : `${signals}{ __sh2sfn ${quote(state.lastArgument)} && builtin :; } ${redirected};`;
}
