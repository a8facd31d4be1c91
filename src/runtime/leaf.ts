/**
 * The text that a bash runs for a fragment: on its first line what restores the shell's state, then the fragment at its
 * own lines, then what records the state. Nothing of ours is visible to the fragment: no variable, function, descriptor
 * or trap stays.
 */
import type { Fragment, FunctionDefinition, TextPart } from '../bundle.ts';
import { inHashOrder } from './hash-order.ts';
import { isOwn, quote, type ShellState } from './state.ts';

/** Files and facts that a leaf's text is made with. */
export interface LeafPlace {
  /** Path prefix of the files that this leaf writes: `.h`, `.t`, `.f0`, … */
  prefix: string;
  /** Run by a forked shell instead of a fresh one. */
  fork: boolean;
  /** The fragment changes nothing in its shell but what {@link programText} records. */
  program: boolean;
  /** Variables that the shell has before anything is restored. */
  base: Record<string, string>;
  /** Options, shopt and the like of a fresh shell. */
  baseOptions: ReadonlySet<string>;
  baseShopt: ReadonlySet<string>;
  definitions: ReadonlyMap<string, FunctionDefinition>;
  pid: number | undefined;
  ppid: number | undefined;
  /** The path that a scope's driver is started with, by stage. */
  hooks: string[];
  /** Text that starts a driver where the fragment's process goes on as a scope (`hold`). */
  hold?: string;
  argv0: string;
  /** BASH_ARGV0 must be assigned: the file is not called as the script. */
  rename: boolean;
  /** What BASH_SOURCE says of the script; nothing with `-c`. */
  name: string | undefined;
  /** BASH_SOURCE is an array like others in the leaf's shell ({@link sourceText}), and may be given names. */
  named: boolean;
  /** Definitions on a file's first line are read together with what makes BASH_SOURCE: a file of BASH_ENV makes it before. */
  early?: boolean;
  /** PIPESTATUS is read by the fragment or a function. */
  pipestatus: boolean;
  /** The fragment, or a function that it may call, uses getopts. */
  getopts: boolean;
  /** What the fragment expands shows in no trace. */
  untraced: boolean;
  /** Where functions come from is recorded. */
  foreign: boolean;
  /** Path prefix of the private files of libraries: their numbers follow. */
  libraries: string;
  /** Directories made for a working directory that is gone, innermost first: removed again as soon as the shell is there. */
  remade: string[];
}

export interface LeafRequest {
  status: number;
  ignore: boolean;
}

/** Separates the sections of a capture. */
const MARK = '\\x1c\\n';

/** What bash calls the source of a function that no file defines. */
const NO_FILE = 'environment';

/**
 * Makes BASH_SOURCE, the first thing that a shell of ours does, say that it reads the script. Bash takes the names in its
 * messages, in `caller` and of functions from there, whatever file it reads. It refuses all assignments to the array that it
 * makes itself, but makes none where the shell has such a variable already: it must have been started with one.
 */
export function sourceText(name: string | undefined): string {
  return `unset -v BASH_SOURCE;BASH_SOURCE=(${name === undefined ? '' : quote(name)});`;
}

/** Evaluates text as that of a file: bash keeps its name with functions that the text defines. `around` is being read. */
function evaluate(text: string, source: string | undefined, around: string | undefined, place: LeafPlace): string {
  const plain = `builtin eval ${text};`;
  if (!place.named || (source ?? NO_FILE) === (around ?? NO_FILE)) return plain;
  const back = around === undefined ? 'BASH_SOURCE=()' : `BASH_SOURCE[0]=${quote(around)}`;
  return `BASH_SOURCE[0]=${quote(source ?? NO_FILE)};${plain}${back};`;
}

/** The file that the fragment itself stands in, outside functions. */
function fileOf(state: ShellState, place: LeafPlace): string | undefined {
  const reading = state.readings?.at(-1);
  return reading ? state.libraries![reading.library] : place.name;
}

/** The file that a frame's function, or else the fragment, stands in. */
function frameFile(index: number, state: ShellState, place: LeafPlace): string | undefined {
  const frame = state.frames[index];
  if (!frame) return fileOf(state, place);
  return (frame.library === undefined ? place.name : state.libraries![frame.library]) ?? NO_FILE;
}

function identityPart(part: TextPart, place: LeafPlace): string | undefined {
  if (typeof part === 'string') return part;
  switch (part[0]) {
    case 'pid':
      return place.pid === undefined ? '$$' : String(place.pid);
    case 'ppid':
      return place.ppid === undefined ? '$PPID' : String(place.ppid);
    case 'self':
      return '$$';
    default:
      return undefined;
  }
}

/** Text of the function definitions, each at its own line, in source order where the table allows. */
function functionsText(state: ShellState, place: LeafPlace, except: ReadonlySet<string>): string {
  const known: FunctionDefinition[] = [];
  const around = fileOf(state, place);
  let all = '';
  for (const [name, entry] of Object.entries(state.functions)) {
    if (except.has(name)) continue;
    if ('id' in entry) known.push(place.definitions.get(entry.id)!);
    else all += evaluate(quote(definitionText(name, state, place)), entry.source ?? place.name, around, place);
  }
  known.sort((a, b) => a.line - b.line);
  const files = new Map<string | undefined, { text: string; line: number }>();
  for (const definition of known) {
    const source = sourceOf(definition, state, place);
    let file = files.get(source);
    if (!file) files.set(source, (file = { text: '', line: 1 }));
    if (file.text && definition.line <= file.line) file.text += ';';
    for (; file.line < definition.line; file.line += 1) file.text += '\n';
    const body = definition.text.map((part) => identityPart(part, place) ?? '').join('');
    file.text += body;
    file.line += body.split('\n').length - 1;
  }
  for (const [source, { text }] of files) all += evaluate(quote(text), source, around, place);
  return all;
}

/** The library that a function was read from; none where that is not known to have been read. */
export function libraryOf(definition: FunctionDefinition | undefined, state: ShellState): number | undefined {
  const { library } = definition ?? {};
  return library !== undefined && state.libraries?.[library] !== undefined ? library : undefined;
}

/** The file that a function was read from. */
function sourceOf(definition: FunctionDefinition, state: ShellState, place: LeafPlace): string | undefined {
  const library = libraryOf(definition, state);
  return library === undefined ? place.name : state.libraries![library];
}

function functionSource(name: string, state: ShellState, place: LeafPlace): string | undefined {
  const entry = state.functions[name];
  if (!entry) return place.name;
  return 'id' in entry ? sourceOf(place.definitions.get(entry.id)!, state, place) : (entry.source ?? place.name);
}

/** Attributes of functions: a read-only one cannot be defined again. */
function attributesText(state: ShellState): string {
  return Object.entries(state.functions)
    .map(([name, { attributes }]) => (attributes ? `builtin declare -f${attributes} ${quote(name)};` : ''))
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

/**
 * A `declare` line as text that makes the same variable: a value from before the variable became an integer or upper case
 * must not be evaluated or converted.
 */
function redeclare(name: string, line: string): string {
  // A reference to itself comes of a variable that had its own name for a value, and in no other way.
  if (/^declare -\w*n\w* ([A-Za-z_]\w*)="\1"$/.test(line))
    return `declare -- ${name}="${name}";${line.slice(0, line.indexOf('='))}`;
  const ordered = inHashOrder(line);
  const match = /^declare -(\w*[ilcu]\w*) [^=]+(=[\s\S]*)$/.exec(ordered);
  if (!match) return ordered;
  const array = match[1]!.replace(/[^aA]/g, '');
  return `declare -${array || '-'} ${name}${match[2]};declare -${match[1]} ${name}`;
}

/** Restores everything but frames, options and the status. */
function restoreText(state: ShellState, place: LeafPlace, stubs: ReadonlySet<string>): string {
  const out: string[] = [];
  const unset = Object.keys(place.base).filter((name) => !(name in state.variables) && !isOwn(name));
  // The driver's own loop has set them.
  if (place.fork) unset.push('REPLY', 'MAPFILE');
  // A declaration adds attributes and takes none away: what the base has otherwise is made anew.
  const attributes = (line: string): string => line.split(' ', 2)[1]!;
  for (const [name, line] of Object.entries(state.variables)) {
    const inBase = place.base[name];
    if (inBase !== undefined && inBase !== line && attributes(inBase) !== attributes(line) && !isOwn(name))
      unset.push(name);
  }
  if (unset.length > 0) out.push(`builtin unset -v ${unset.join(' ')}`);
  const late: string[] = [];
  for (const [name, line] of Object.entries(state.variables)) {
    if (isOwn(name) || (place.base[name] === line && !(name === 'SHLVL' && !place.fork))) continue;
    if (name === 'OPTIND') {
      if (line !== 'declare -i OPTIND="1"' && line !== 'declare -- OPTIND="1"') late.push(line);
      continue;
    }
    // Name references are made after what they refer to.
    (/^declare -\w*n/.test(line) ? late : out).push(name === 'POSIXLY_CORRECT' ? ':' : redeclare(name, line));
  }
  out.push(...late);
  // A fragment that ran somewhere else would be silently wrong.
  out.push(
    `builtin cd -- ${quote(state.cwd)} 2>/dev/null || { builtin printf x >|${place.prefix}.h; builtin exit 1; }`,
  );
  if (place.remade.length > 0) out.push(`builtin command -p rmdir -- ${place.remade.map(quote).join(' ')}`);
  const pwd = state.variables.PWD;
  out.push(pwd ?? 'builtin unset -v PWD');
  // Going there has set it.
  out.push(`builtin unset -v OLDPWD${state.variables.OLDPWD ? `;${state.variables.OLDPWD}` : ''}`);
  for (const directory of [...state.directories].reverse())
    out.push(`builtin pushd -n -- ${quote(directory)} >/dev/null`);
  // `set` lists EPOCHSECONDS from when it was first read.
  out.push(`builtin printf -v SECONDS '%(%s)T' -1;SECONDS=$((SECONDS-${state.seconds}))`);
  out.push(...state.aliases.map((line) => `builtin ${line}`));
  if (place.fork) out.push(`BASH_SUBSHELL=${state.level}`);
  else if (state.level > 0) out.push(`BASH_SUBSHELL=${state.level}`);
  if (state.umask !== '') out.push(`builtin umask ${state.umask}`);
  out.push(...state.limits);
  // After PATH: an assignment to that forgets them.
  out.push(...state.hashed);
  if (place.rename || state.argv0 !== place.argv0) out.push(`BASH_ARGV0=${quote(state.argv0)}`);
  let text = `builtin eval ${quote(`${out.filter((line) => line !== ':').join('\n')}\n`)} 2>/dev/null;`;
  text += `builtin shopt -s extglob;${functionsText(state, place, stubs)}`;
  if (!state.shopt.includes('shopt -s extglob')) text += `builtin shopt -u extglob;`;
  const shopt = state.shopt.filter((line) => !place.baseShopt.has(line));
  if (shopt.length > 0) text += `${shopt.map((line) => `builtin ${line}`).join(';')};`;
  return text;
}

/** Traps that are in force: a function without errtrace does not have its caller's ERR trap. */
export function activeTraps(state: ShellState): string[] {
  if (state.exiting !== undefined)
    return activeTraps({ ...state, exiting: undefined, traps: state.traps.filter((line) => !/ EXIT$/.test(line)) });
  if (state.frames.length === 0 || state.options.includes('set -o errtrace')) return state.traps;
  return state.traps.filter((line) => !/ ERR$/.test(line));
}

/** Goes so many options into the word that OPTIND names: getopts itself keeps where it is inside a word. */
function advanceText(count: number): string {
  const next = 'builtin getopts : __sh2sfn_o;'.repeat(count);
  return `__sh2sfn_a=\${OPTARG+x}\${OPTARG-};OPTIND=$OPTIND;${next}if [[ $__sh2sfn_a ]]; then OPTARG=\${__sh2sfn_a#x}; else builtin unset -v OPTARG; fi;builtin unset -v __sh2sfn_a __sh2sfn_o;`;
}

/** Records how far getopts is in the word that OPTIND names: a subshell takes the rest of its options, and counts them. */
function optionsText(place: LeafPlace): string {
  return (
    '( LC_ALL=C; MAPFILE=(${OPTIND:-1} 0); while builtin getopts : REPLY; do MAPFILE[1]=$((MAPFILE[1]+1)); ((OPTIND == MAPFILE[0])) || builtin break; done; ' +
    `REPLY=\${!MAPFILE[0]-}; builtin printf %s $((MAPFILE[1] ? \${#REPLY}-1-MAPFILE[1] : 0)) >|${place.prefix}.o );`
  );
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
  if (own === status) return `${once}; ${argument}; ${line}${own === 0 ? '' : ' && :'}`;
  if (own !== 0)
    return `while { ${exists} && ${once}; } || ! ${argument} || ${line}; do (builtin exit ${status}) && :; done`;
  return `until ! ${exists} && ${argument} && ${line}; do ${once}; (builtin exit ${status}) && :; done`;
}

/** Traps and options: restored last, in the innermost function. */
function enterText(state: ShellState, place: LeafPlace, request: LeafRequest, before: string): string {
  let text = '';
  text += attributesText(state);
  if (place.fork) text += 'builtin trap - INT TERM HUP QUIT;';
  const traps = activeTraps(state);
  if (traps.length > 0) text += `builtin eval ${quote(traps.join('\n'))};`;
  const bindings = state.bindings.map(([name, value]) => `${name}=${quote(value)};`).join('');
  // Options come later, but this one makes something of an assignment.
  text +=
    bindings && state.options.includes('set -o allexport') ? `builtin set -a;${bindings}builtin set +a;` : bindings;
  if (place.getopts && state.getopts) text += advanceText(state.getopts);
  if (place.untraced) text += 'builtin exec {BASH_XTRACEFD}>/dev/null;';
  text += before;
  const options = state.options.filter((line) => !place.baseOptions.has(line));
  const order = (line: string): number =>
    OPTION_LAST.has(line.slice(7)) ? (line.endsWith('xtrace') ? 3 : line.endsWith('posix') ? 2 : 1) : 0;
  options.sort((a, b) => order(a) - order(b));
  text += `__sh2sfn() { builtin unset -f __sh2sfn; builtin return ${request.status & 255}; };`;
  if (options.length > 0) text += `${options.map((line) => `builtin ${line}`).join(';')};`;
  const posixVariable = state.variables.POSIXLY_CORRECT;
  if (posixVariable) text += `{ ${posixVariable}; } 2>/dev/null;`;
  return text;
}

/** True if bash must take the fragment's standard input for one that was given to it. */
function isFed(fragment: Fragment, state: ShellState, place: LeafPlace): boolean {
  return state.fed === true && !place.fork && ['command', 'pipeline'].includes(fragment.kind);
}

/**
 * `$_`, PIPESTATUS and `$?`: the very last before the fragment. Redirections of a compound command are what bash notes
 * whether there is an input by.
 */
function statusText(fragment: Fragment, state: ShellState, place: LeafPlace, request: LeafRequest): string {
  const status = request.status & 255;
  const redirected = isFed(fragment, state, place) ? '</dev/null 2>/dev/null' : '2>/dev/null';
  const pipe = state.pipestatus.split(' ');
  if (place.pipestatus && pipe.every((s) => /^\d+$/.test(s)) && !(pipe.length === 1 && Number(pipe[0]) === status)) {
    return `{ ${pipestatusText(pipe.map(Number), status, state.options.includes('set -o pipefail'), state.lastArgument)}; } ${redirected};`;
  }
  return status === 0
    ? `{ __sh2sfn ${quote(state.lastArgument)}; } ${redirected};`
    : `{ __sh2sfn ${quote(state.lastArgument)} && :; } ${redirected};`;
}

/** What follows is traced as ever; the descriptor is closed. */
const TRACED = 'builtin unset -v BASH_XTRACEFD;';

/** Records the moment: status, `$_`, PIPESTATUS, flags; then what only the innermost function sees. */
function headText(place: LeafPlace, control: string, inFrame: boolean, extra = ''): string {
  const fields = `${control} "$?" "$_" "$-" "$LINENO" "$0" "\${PIPESTATUS[@]}"`;
  const frame = inFrame
    ? `builtin printf '${MARK}'; builtin printf '%s\\0' "$#" "$@"; builtin printf '${MARK}'; builtin local -p;`
    : '';
  return `{ builtin printf '%s\\0' ${fields}; builtin printf '${MARK}'; builtin set +o; builtin set +eux +o posix; builtin printf '${MARK}'; builtin trap -p; builtin trap - EXIT ERR; ${frame}${extra} } 2>/dev/null >|${place.prefix}.h`;
}

/** Records what a program can change in the shell that runs it: that much instead of everything. */
function programText(place: LeafPlace, control: string): string {
  const fields = `${control} "$?" "$_" "$-" "$LINENO" "\${LINES-}" "\${COLUMNS-}" "\${PIPESTATUS[@]}"`;
  return (
    `{ builtin printf '%s\\0' ${fields}; builtin set +eux +o posix; builtin printf '${MARK}'; ` +
    `builtin [ . -ef "\${DIRSTACK[0]-.}" ] || builtin printf gone; builtin printf '${MARK}'; builtin hash -l; } 2>/dev/null >|${place.prefix}.h`
  );
}

/**
 * Prints each function by itself: a body may hold lines that look like another function. Then the line and the file that bash
 * knows each by. Variables are recorded by then.
 */
function functionsDump(place: LeafPlace): string {
  return (
    `builtin declare -F >|${place.prefix}.n; builtin mapfile -t MAPFILE <${place.prefix}.n; ` +
    `for REPLY in "\${MAPFILE[@]}"; do builtin declare -f -- "\${REPLY##* }"; builtin printf '\\x1d\\n'; done;` +
    (place.foreign
      ? '((${#MAPFILE[@]} == 0)) || ( builtin shopt -s extdebug; builtin declare -F -- "${MAPFILE[@]##* }" );'
      : '')
  );
}

/** Records what is left once the functions have been left: globals and all that the shell keeps for itself. */
function globalsText(place: LeafPlace, control: string, frames: boolean, functions: boolean): string {
  const sep = `builtin printf '${MARK}';`;
  const args = frames ? '' : `builtin printf '%s\\0' "$#" "$@";`;
  const traced = place.untraced ? TRACED : '';
  return (
    `{ builtin printf '%s\\0' ${control} "$?" "\${EPOCHSECONDS-}" "\${SECONDS-}" "\${EPOCHSECONDS-}"; ${traced}builtin pwd; builtin set +eux +o posix; ${sep}${args}${sep}builtin shopt -p;${sep}builtin alias -p;${sep}` +
    `builtin umask;builtin [ . -ef "\${DIRSTACK[0]-.}" ] || builtin printf gone;${sep}builtin ulimit -Sa;builtin ulimit -Ha;${sep}builtin dirs -p -l;${sep}builtin hash -l;${sep}builtin declare -p;${sep}` +
    `${functions ? `builtin declare -F;${sep}${functionsDump(place)}` : sep}${sep}builtin trap - EXIT ERR; } 2>/dev/null >|${place.prefix}.t`
  );
}

/** A leaf's text. */
export interface LeafText {
  text: string;
  /** Texts of the libraries' private files, by number. */
  files: Map<number, string>;
  /** Frames replayed around the fragment. */
  frames: number;
}

/** A command of ours, which no trace shows. */
const hidden = (command: string): string => `{ ${command}; } 2>/dev/null`;

/**
 * The trace of the head of a `for` (which bash shows each time round) or `case`: what stands before it is that of a command
 * here, and the head itself what bash makes of its text.
 */
function headTraceText(head: string, place: LeafPlace): string {
  const file = `${place.prefix}.x`;
  const read = (name: string): string => `IFS= builtin read -r -d '' ${name} <${file} || builtin :`;
  const [rest, before, behind] = head.startsWith('for')
    ? ['\ndo :; done', '    ', ';\n    do\n']
    : [' *) :; esac', '    ', ' \n        *)'];
  const show = [
    'builtin local LC_ALL=C __sh2sfn_a __sh2sfn_b',
    read('__sh2sfn_a'),
    `builtin declare -f __sh2sfn_f >|${file}`,
    read('__sh2sfn_b'),
    `__sh2sfn_b=\${__sh2sfn_b#*"${before}"}`,
    `builtin printf '%s%s\\n' "\${__sh2sfn_a%"builtin :"*}" "\${__sh2sfn_b%${quote(behind)}*}"`,
  ].join(';');
  return (
    `{ builtin :; } 2>|${file}; __sh2sfn_f () { ${head}${rest}; }; ` +
    `{ __sh2sfn_t () { ${show}; }; __sh2sfn_t; builtin unset -f __sh2sfn_t __sh2sfn_f; } >&2 2>/dev/null`
  );
}

/** Whether a file has been recorded; `$?` becomes `$_`, for {@link DISCARD}. */
const recorded = (file: string): string => hidden(`builtin test -s ${file} -o -z "$?"`);

/** The line was given up, with this status. */
const DISCARD = 'discard:"$_"';

/** In a substitution, a trace shows its depth (`++ date`): so it does in `eval`. */
function indirect(text: string, fragment: Fragment, state: ShellState): string {
  if (fragment.kind !== 'command' && fragment.kind !== 'case') return text;
  const traced =
    state.flags.includes('x') ||
    fragment.text.some((part) => typeof part === 'string' && /\bset\s+-\w*x|xtrace/.test(part));
  if (!traced) return text;
  const depth = state.saved.filter((saved) => saved.capture !== undefined).length;
  return Array.from({ length: depth }).reduce<string>((inner) => `builtin eval ${quote(inner)}`, text);
}

/** Composes the leaf for a fragment. */
export function composeLeaf(
  fragment: Fragment,
  state: ShellState,
  request: LeafRequest,
  place: LeafPlace,
  stubs: readonly string[],
): LeafText {
  const inner = shellText(fragment, state, request, place, stubs);
  const leaf = state.readings?.length ? withLibraries(inner, fragment, state, request, place) : inner;
  if (place.named && !place.fork)
    leaf.text = `${sourceText(place.name)}${place.early ? 'unset -v BASH_ENV;' : ''}${leaf.text}`;
  // An error in text that `eval` runs ends a subshell, and nothing but that text in the script's own shell.
  // Its subshells are shells like others.
  if (state.exiting !== undefined && state.saved.length === 0)
    return { ...leaf, text: `trap ${quote(leaf.text)} EXIT; exit ${state.exiting}\n` };
  const subshell =
    state.saved.length > 0 &&
    !place.fork &&
    fragment.text.some((part) => typeof part === 'string' && RUNS_TEXT.test(part));
  return subshell ? { ...leaf, text: `(${leaf.text})\n` } : leaf;
}

/**
 * The innermost library that is being read has the fragment in its file, and each one around it reads the next, so that all
 * that bash knows of them is so: FUNCNAME, BASH_SOURCE, BASH_LINENO, the names in messages, `return`.
 */
function withLibraries(
  { text, frames, files }: LeafText,
  fragment: Fragment,
  state: ShellState,
  request: LeafRequest,
  place: LeafPlace,
): LeafText {
  let inner = text;
  state
    .readings!.slice()
    .reverse()
    .forEach((reading, index) => {
      const name = place.named ? `BASH_SOURCE[0]=${quote(state.libraries![reading.library]!)};` : '';
      files.set(reading.library, `${name}${inner}`);
      const args = (reading.args ?? []).map((arg) => ` ${quote(arg)}`).join('');
      inner = `${'\n'.repeat(Math.max(reading.line - 1, 0))}builtin . ${place.libraries}${reading.library}${args}`;
      if (index > 0 || fragment.ends) return;
      // `return` has left it.
      const recorded = ['h', 't'].map((suffix) => `builtin [ -s ${place.prefix}.${suffix} ]`).join(' || ');
      const record = `${headText(place, 'return', false)};${globalsText(place, 'return', false, !place.fork)}`;
      const status = '(builtin exit $__sh2sfn_e) && builtin :';
      inner += `${request.ignore ? ' && builtin :' : ''}; __sh2sfn_e=$?; { ${recorded}; } 2>/dev/null || { ${status}; ${record}; }`;
    });
  return { text: `${inner}\n`, frames, files };
}

/** The bytes of a capture. Newlines behind the name would have bash read nothing, in a here-document. */
const captureText = (id: string, lines = 0, state: ShellState): string =>
  `$(${'\n'.repeat(lines)}<${quote(state.captures[id] ?? '/dev/null')})`;

const RUNS_TEXT = /\b(eval|source)\b|(^|[\s;&|(){}])\.\s/;

/** The fragment with what its points stand for; `capture` is the text that tells how it ended. */
function bodyText(
  fragment: Fragment,
  state: ShellState,
  request: LeafRequest,
  place: LeafPlace,
  capture: (control: string) => string,
): string {
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
      case 'head':
        parts.push(headTraceText(part[1], place));
        break;
      case 'mark': {
        if (fragment.ends) break;
        const before = parts[parts.length - 1]?.trimEnd() ?? '';
        const joint = before.endsWith('&') && !before.endsWith('&&') ? ' ' : parts.length === 0 ? '' : '; ';
        if (fragment.kind === 'words') parts.push(' && : ; ');
        // Where no item matches: on the same line, which bash gives up after an error.
        if (fragment.kind === 'case') {
          parts.push(`; ${hidden(`builtin [ -s ${place.prefix}.h ]`)} || ${capture('next:-1')}`);
          captured = true;
          break;
        }
        if (request.ignore || loops > 0) break;
        parts.push(`${fragment.kind === 'words' ? '' : joint}${capture('next')}`);
        captured = true;
        break;
      }
      default:
    }
  }
  let body = parts.join('');
  if (!captured && !fragment.ends) {
    let inner = body;
    if (loops > 0) {
      inner = `${statusText(fragment, state, place, request)}${body}\n${capture('next')};${hidden('builtin break 9999')}`;
      for (let k = 1; k <= loops; k += 1) {
        const flag = `${place.prefix}.l${k}`;
        const recorded = hidden(`builtin [ -s ${place.prefix}.h ]`);
        inner = `while if ${hidden(`builtin [ -e ${flag} ]`)}; then ${recorded} || ${capture(`continue:${k}`)}; ${hidden('builtin false')}; else ${hidden(`builtin : >|${flag}`)}; fi; do ${inner}\ndone; ${recorded} || ${capture(`break:${k}`)}`;
      }
      body = inner;
      if (request.ignore) body = `if { ${inner}\n}; then builtin :; fi`;
    } else body = `if { ${inner}\n}; then ${capture('next')}; else ${capture('next')}; fi`;
  }
  return body;
}

/**
 * The text of a fragment for a shell that stays from one fragment to the next and has the state already.
 * @param report text that tells how it ended
 * @param decline text that tells that it has not run, since a variable holds no plain number
 */
export function composeNext(
  fragment: Fragment,
  state: ShellState,
  request: LeafRequest,
  place: LeafPlace,
  report: string,
  decline: string,
): string {
  const before = Math.max(Math.min(state.line, fragment.line) - 1, 0);
  const bindings = state.bindings.map(([name, value]) => `${name}=${quote(value)};`).join('');
  const status = request.status & 255;
  // The shell's own loop leaves 0.
  const entry =
    status === 0
      ? ''
      : `__sh2sfn() { builtin unset -f __sh2sfn; builtin return ${status}; };{ __sh2sfn && :; } 2>/dev/null;`;
  const text = `${entry}${'\n'.repeat(fragment.line - 1 - before)}${bodyText(fragment, state, request, place, () => report)}`;
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
    text: [`while IFS= builtin read -r -d '' __sh2sfn_t <${channel}; do builtin eval "$__sh2sfn_t"; done`, ['mark']],
    line: 1,
    fork: true,
  };
}

function shellText(
  fragment: Fragment,
  state: ShellState,
  request: LeafRequest,
  place: LeafPlace,
  stubs: readonly string[],
): LeafText {
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
          : `${headText(place, control, false, options)};${globalsText(place, control, false, functions)}`) +
        (depth === 0 && place.hold ? `;${place.hold}` : '');

  let body = bodyText(fragment, state, request, place, capture);
  const stubTexts = new Map(sure.map((name) => [name, stubText(name, state, place, fileOf(state, place))]));
  let prelude = restoreText(state, place, stubbed) + [...stubTexts.values()].join('');
  if (fragment.kind === 'words') {
    prelude += `builtin eval ${quote(`__sh2sfn_words () { builtin local s=$?; builtin unset -f __sh2sfn_words; builtin shift; builtin printf '%s\\0' "$@" >|${place.prefix}.w; (($#)) || builtin : >|${place.prefix}.w; builtin return $s; }`)};`;
  }
  if (fragment.reads) prelude += `builtin eval ${quote(readText(place))};`;
  prelude += state.args.length > 0 ? `builtin set -- ${state.args.map(quote).join(' ')};` : 'builtin set --;';
  // The shell enters on the line of the command before, which is what LINENO says until the next one runs.
  const before = Math.max(Math.min(state.line, fragment.line) - 1, 0);
  const enter =
    '\n'.repeat(before) +
    enterText(state, place, request, fragment.dynamic ? findText(fragment.dynamic, stubs, state, place) : '') +
    (fragment.loops ? '' : statusText(fragment, state, place, request));
  let pad = '\n'.repeat(Math.max(fragment.line - 1 - before, 0));
  // A new line of the script forgets it. Where the shell only ends, there is no command.
  if (isFed(fragment, state, place) && body.trim() !== '') [pad, body] = [`{ ${pad}`, `${body}\n}`];
  if (depth > 0) {
    const text = indirect(frameText(state, place, prelude, stubTexts, `${enter}${pad}${body}`), fragment, state);
    // A function that fails where errexit is ignored must not end the shell that replays it.
    const ignored = request.ignore ? ` && ${hidden('builtin :')}` : '';
    return {
      text: `${text}${ignored}; ${globalsText(place, 'frames', true, functions)}${place.hold ? `;${place.hold}` : ''}\n${recorded(`${place.prefix}.t`)} || ${globalsText(place, DISCARD, true, functions)}\n`,
      frames: depth,
      files: new Map(),
    };
  }
  let text = `${prelude}${indirect(`${enter}${pad}${body}`, fragment, state)}${fragment.ends ? '' : '\n'}`;
  // An abandoned command line ends a forked shell at once.
  if (!fragment.ends && !place.fork)
    text += `${recorded(`${place.prefix}.h`)} || { ${headText(place, DISCARD, false)};${globalsText(place, 'discard', false, functions)}; }\n`;
  return { text, frames: 0, files: new Map() };
}

function definitionText(name: string, state: ShellState, place: LeafPlace): string {
  const entry = state.functions[name];
  if (!entry) return '';
  const [line, text] =
    'id' in entry
      ? [place.definitions.get(entry.id)!.line, place.definitions.get(entry.id)!.text]
      : [entry.begins ?? entry.line ?? 1, [entry.original ?? entry.text]];
  return '\n'.repeat(line - 1) + text.map((part) => identityPart(part, place) ?? '').join('');
}

/** Takes down the words of a command that reads a library, in place of reading it. */
function readText(place: LeafPlace): string {
  const record = `builtin printf '%s\\0' "$?" "\${BASH_LINENO[0]}" "$@" >|${place.prefix}.a; builtin unset -f __sh2sfn_read`;
  return `__sh2sfn_read () { { ${record}; } 2>/dev/null; }`;
}

/** Expands a command's words to see which function it calls, if one, and puts that function's stub in its place. */
function findText(words: readonly TextPart[], stubs: readonly string[], state: ShellState, place: LeafPlace): string {
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
function stubText(name: string, state: ShellState, place: LeafPlace, around: string | undefined): string {
  const real = definitionText(name, state, place);
  // Its first command reads what later ones change; nothing of it shows in a trace.
  const quietly = (commands: string): string => `{ ${commands}; } 2>/dev/null`;
  const entry = quietly('builtin set -- "$?" "${#PIPESTATUS[@]}" "${PIPESTATUS[@]}" "$@"');
  const itself = `${quietly(`builtin eval ${quote(real)}; (builtin exit "$1") && builtin :`)}; ${name} "\${@:$2+3}"; builtin return`;
  const record = quietly(`builtin printf '%s\\0' ${name} "\${BASH_LINENO[0]}" "$@" >|${place.prefix}.a`);
  const text = `${name} () { ${entry}; if ${quietly(`((BASH_SUBSHELL > ${state.level}))`)}; then ${itself}; fi; ${record}; }`;
  return evaluate(quote(text), functionSource(name, state, place), around, place);
}

const isExported = (line: string): boolean => /^declare -\w*x/.test(line);

/** A local variable is exported if the one that it hides is, unless that was taken from it; takes down which are. */
function localDeclaration(line: string, exported: Set<string>): string {
  const name = /^(?:declare -\S+|local) ([A-Za-z_]\w*)/.exec(line)?.[1];
  if (name === undefined || /^declare -\w*n/.test(line)) return inHashOrder(line);
  if (isExported(line)) exported.add(name);
  else if (exported.delete(name)) return `${inHashOrder(line)};declare +x ${name}`;
  return inHashOrder(line);
}

/**
 * The call stack as functions of the same names, each on lines of its own so that every call stands where it stood: each
 * declares its locals, defines the next one and calls it, and records its locals when it is back. The innermost restores
 * the script's own definitions and holds the fragment.
 */
function frameText(
  state: ShellState,
  place: LeafPlace,
  prelude: string,
  stubs: ReadonlyMap<string, string>,
  inside: string,
): string {
  const { frames } = state;
  const file = (index: number): string | undefined => frameFile(index, state, place);
  const own = [...new Set(frames.map((frame) => frame.name))]
    .map((name) => {
      if (stubs.has(name)) return stubText(name, state, place, file(frames.length - 1));
      if (!state.functions[name]) return `builtin unset -f ${name};`;
      const text = quote(definitionText(name, state, place));
      return evaluate(text, functionSource(name, state, place), file(frames.length - 1), place);
    })
    .join('');
  // Texts in an array: quoted within one another they would double at each level.
  const define = (index: number): string => evaluate(`"\${__sh2sfn_d[${index}]}"`, file(index), file(index - 1), place);
  const call = (index: number): string =>
    '\n'.repeat(Math.max(frames[index]!.line - 1, 0)) +
    [frames[index]!.name, ...frames[index]!.args.map(quote)].join(' ');
  const exported = new Set(Object.keys(state.variables).filter((name) => isExported(state.variables[name]!)));
  const texts = frames.map((frame, index) => {
    const declarations = frame.locals.map((line) => localDeclaration(line, exported));
    const locals = frame.locals.length > 0 ? `builtin eval ${quote(declarations.join('\n'))};` : '';
    if (index === frames.length - 1)
      return `${frame.name} () { ${locals}builtin unset -v __sh2sfn_d;${own}${inside}\n}`;
    const dump = `{ builtin printf '%s\\0' "$?" "$_" "$@"; builtin printf '${MARK}'; builtin local -p; } 2>/dev/null >|${place.prefix}.f${index}`;
    return `${frame.name} () { ${locals}${define(index + 1)}${call(index + 1)}; ${dump}; }`;
  });
  return `${prelude}__sh2sfn_d=(${texts.map(quote).join(' ')});${define(0)}${call(0)}`;
}
