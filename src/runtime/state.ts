/**
 * The state envelope: all of a shell's state that travels from step to step, as data. Text is the shell's own bytes, one
 * latin1 code unit a byte; entries are what `declare -p` and its like print, which bash reads back.
 */

/** A function that only run time knew (`eval`, `source`). */
export interface ForeignFunction {
  /** As `declare -f` prints it. */
  text: string;
  /** Where bash has read it. */
  source?: string;
  line?: number;
  /** As it stands in its file, where it was found there, and the line where that begins: each command has its own. */
  original?: string;
  begins?: number;
}

/** A function: a definition of the script (by id), or a foreign one. */
export type FunctionState = ({ id: string } | ForeignFunction) & {
  /** Letters for `declare`: exported, read-only, traced. */ attributes?: string;
  /** How many lines further on than it stands bash counted it where it was defined. */
  shift?: number;
};

/** Where getopts is inside a word such as `-abc`. */
export interface GetoptsPlace {
  /** Options of the word that it has already answered. */
  taken: number;
  /** The number of functions whose innermost has the word. */
  depth: number;
}

/** Matches the line of `trap -p` that is an ERR trap. */
export const ERR_TRAP = / ERR$/;
/** And one that is an EXIT trap. */
export const EXIT_TRAP = / EXIT$/;
/** And one that is a RETURN trap. */
export const RETURN_TRAP = / RETURN$/;

/** True of a line of `trap -p` by which a signal is ignored. */
export const isIgnored = (line: string): boolean => line.startsWith("trap -- '' ");

/** True if the shell has an EXIT trap. */
export const hasExitTrap = ({ traps }: Pick<ShellState, 'traps'>): boolean =>
  traps.some((line) => EXIT_TRAP.test(line));

/** True of the line of a signal's handler. */
export const isHandler = (line: string): boolean => !isIgnored(line) && / SIG\w+$/.test(line);

/** True if a signal may run a trap: its own, or that of EXIT. */
export const answersSignals = ({ traps, exiting }: Pick<ShellState, 'traps' | 'exiting'>): boolean =>
  traps.some((line) => isHandler(line) || (exiting === undefined && EXIT_TRAP.test(line)));

/** Signals that the whole process group may be sent, without `SIG`. */
export const GROUP: readonly string[] = ['HUP', 'INT', 'QUIT', 'TERM'];

/** The line of a signal's trap, whose name is given without `SIG`. */
export const trapOf = (name: string, { traps }: Pick<ShellState, 'traps'>): string | undefined =>
  traps.find((line) => line.endsWith(` SIG${name}`));

/** True if a signal is ignored. */
export const ignores = (name: string, state: Pick<ShellState, 'traps'>): boolean =>
  isIgnored(trapOf(name, state) ?? '');

/** True if a signal has a handler. */
export const handles = (name: string, state: Pick<ShellState, 'traps'>): boolean => {
  const trap = trapOf(name, state);
  return trap !== undefined && isHandler(trap);
};

/**
 * Signals that would end bash, without `SIG`: with its first EXIT trap it begins to catch them, so that what ends it runs that.
 * It takes one that has a trap then, or is ignored, for caught already: once that trap is gone, the signal ends it at once. Probed
 * with bash 5.2.
 */
export const ENDING: readonly string[] =
  'HUP INT ILL TRAP ABRT FPE BUS SEGV SYS PIPE ALRM TERM XCPU XFSZ VTALRM USR1 USR2'.split(' ');

/** A function call in progress. */
export interface Frame {
  name: string;
  /** Positional parameters. */
  args: string[];
  /** `declare` lines of the locals. */
  locals: string[];
  /** Line of the call, for BASH_LINENO. */
  line: number;
  /** The library that the function stands in. */
  library?: number;
  /** Last word of the call: `$_` once the function has returned. */
  last: string;
  /** Where getopts was, to which it goes back from a function with an OPTIND of its own. */
  getopts?: GetoptsPlace;
  /** The caller's ERR trap, which a function does not have: the caller has it again, unless the function sets one. */
  errTrap?: string;
  /** The caller's RETURN trap, likewise. */
  returnTrap?: string;
  /** An ERR trap was set where it was called: only then does the call's own status set one off. */
  trapped?: boolean;
  /** How many lines further on than it stands the function was counted where it was defined. */
  shift?: number;
  /** The step of the call, where what follows that is known. */
  site?: string;
  /** Of the outermost call: the last line of the command line that it stands in, where that has several. */
  lastLine?: number;
}

/** A library that is being read. */
export interface Reading {
  library: number;
  /** Line of the command that reads it. */
  line: number;
  /** Its arguments, and the positional parameters outside; absent where it was given none and has the shell's own. */
  args?: string[];
  outside?: string[];
  /** What it answers is not judged (`. FILE || …`): for as long, bash acts as if `set -e` were off. */
  ignored?: true;
  /** As the shell's own. */
  shift?: number;
}

/** The line of `set +o` that says that errexit is on. */
export const ERREXIT = 'set -o errexit';

/** A shell's state. */
export interface ShellState {
  /** The name that each library has been read under, by number; absent where none has. */
  libraries?: Record<string, string>;
  /** The script's shell is ending with this status: its EXIT trap is running. */
  exiting?: number;
  /** Libraries that are being read, outermost first. */
  readings?: Reading[];
  /** Global variables: name → `declare` line. */
  variables: Record<string, string>;
  args: string[];
  frames: Frame[];
  functions: Record<string, FunctionState>;
  /** Lines of `set +o`, `shopt -p`, `alias -p` and `trap -p`. */
  options: string[];
  shopt: string[];
  aliases: string[];
  /** Lines of `complete -p`; absent where there is none. */
  completions?: string[];
  traps: string[];
  /** Those of `ENDING` that had a trap when the shell first had one for EXIT; absent where it never had. */
  uncaught?: string[];
  cwd: string;
  /** The working directory has been removed (true), or moved to here: its name does not lead to it any more. */
  gone?: boolean | string;
  /** Tells the working directory from another of its name, in the run that has recorded it. */
  place?: string;
  /** What the variables of the locale have been made, one after the other: a shell keeps its locale where there is none of a name. */
  locale?: string[];
  /** Directory stack below the working directory. */
  directories: string[];
  umask: string;
  /** `ulimit -S` settings that differ from the run's own. */
  limits: string[];
  /** Where the shell has found programs: `hash -l`. */
  hashed: string[];
  /** `$0`, which BASH_ARGV0 can change. */
  argv0: string;
  /** Line of the last command, for traps that a compound command sets off. */
  line: number;
  /** How many lines further on than it stands bash counts what it reads of the script (`line-count.ts`). */
  shift?: number;
  /** `$_`, PIPESTATUS, SECONDS. */
  lastArgument: string;
  pipestatus: string;
  seconds: number;
  /** `$-`, with P for pipefail and T for an ERR trap. */
  flags: string;
  getopts?: GetoptsPlace;
  /** Word lists of `for` loops, by list id and call depth. */
  lists: Record<string, string[]>;
  /** The word of each list that its loop's variable has been given last. */
  passes?: Record<string, number>;
  /** Captured outputs by id: a file's path; the bytes where the state travels between machines. */
  captures: Record<string, string>;
  /** The loop variable to bind before the next fragment: assignments in order. */
  bindings: [name: string, value: string][];
  /** Background commands have the standard input of what is around them. */
  fed?: boolean;
  /** The function that has just been left was called without an ERR trap: none judges the call. */
  untrapped?: boolean;
  /** FUNCNAME is there outside of functions: an error has ended one, and none has been left since. */
  namesMain?: true;
  /** Subshells are counted by BASH_SUBSHELL. */
  level: number;
  /** States kept aside by enclosing subshells, innermost last. */
  saved: Saved[];
}

/** The `declare` lines of all variables, those of functions that are being called too. */
export const declaredLines = ({ variables, frames }: Pick<ShellState, 'variables' | 'frames'>): string[] => [
  ...Object.values(variables),
  ...frames.flatMap(({ locals }) => locals),
];

/** True if the shell has FUNCNAME outside of functions. */
export const isNamedOutside = ({ namesMain, frames }: ShellState): boolean => namesMain === true && frames.length === 0;

/** An outer shell's state, kept while a subshell or command substitution runs. */
export interface Saved {
  state: Omit<ShellState, 'saved'>;
  /** The inner shell is a stage of a pipeline, or a job, and no `( … )`. */
  stage?: true;
  /** The inner shell runs no EXIT trap where it ends. */
  noExitTrap?: true;
  /** Id of the capture that the inner shell's standard output goes to, and the scope that it was opened in. */
  capture?: string;
  /** Where that output is kept: a file's path; the bytes so far where the state travels between machines. */
  file?: string;
  scope?: string;
}

/** Variables that go with the working directory. */
export const PLACE_NAMES: readonly string[] = ['PWD', 'OLDPWD'];

/** Variables that a shell takes its locale from. */
export const LOCALE_NAMES: readonly string[] = 'LANG LC_ALL LC_COLLATE LC_CTYPE LC_MESSAGES LC_NUMERIC LC_TIME'.split(
  ' ',
);

/** Variables that bash keeps itself, or that restoring must not touch. */
const OWN = new Set(
  (
    'BASH BASHOPTS BASHPID BASH_ALIASES BASH_ARGC BASH_ARGV BASH_ARGV0 BASH_CMDS BASH_COMMAND BASH_LINENO ' +
    'BASH_SOURCE BASH_SUBSHELL BASH_VERSINFO DIRSTACK EPOCHREALTIME EPOCHSECONDS EUID FUNCNAME GROUPS HISTCMD ' +
    'LINENO PIPESTATUS PPID RANDOM SECONDS SHELLOPTS SRANDOM UID _'
  ).split(' '),
);

export function isOwn(name: string): boolean {
  return OWN.has(name);
}

/** Offset behind a quoted string or word that starts at `at`. */
function skipValue(text: string, at: number): number {
  const c = text[at];
  if (c === '"') {
    let i = at + 1;
    while (i < text.length && text[i] !== '"') i += text[i] === '\\' ? 2 : 1;
    return i + 1;
  }
  if (c === "'") return text.indexOf("'", at + 1) + 1;
  if (c === '$' && text[at + 1] === "'") {
    let i = at + 2;
    while (i < text.length && text[i] !== "'") i += text[i] === '\\' ? 2 : 1;
    return i + 1;
  }
  if (c === '(') {
    let i = at + 1;
    while (i < text.length && text[i] !== ')')
      i = text[i] === '"' || text[i] === "'" || (text[i] === '$' && text[i + 1] === "'") ? skipValue(text, i) : i + 1;
    return i + 1;
  }
  let i = at;
  while (i < text.length && text[i] !== '\n') i += 1;
  return i;
}

/** Splits the output of `declare -p` or `local -p` into entries: [name, line]. Values may span lines. */
export function parseDeclarations(text: string): [name: string, line: string][] {
  const entries: [string, string][] = [];
  let at = 0;
  while (at < text.length) {
    const match = /(declare -\S+ |local )([^\s=]+)(=?)/y;
    match.lastIndex = at;
    const found = match.exec(text);
    if (!found) {
      const next = text.indexOf('\n', at);
      if (next < 0) break;
      at = next + 1;
      continue;
    }
    const end = found[3] ? skipValue(text, match.lastIndex) : match.lastIndex;
    entries.push([found[2]!, text.slice(at, end)]);
    at = end + 1;
  }
  return entries;
}

/** A word that bash reads as exactly these bytes, on one line. */
export function quote(text: string): string {
  if (/^[A-Za-z0-9_./:=@%+,-]+$/.test(text)) return text;
  if (!/[\x00-\x1f\x7f-\xff']/.test(text)) return `'${text}'`;
  return `$'${text.replace(/[\\'\x00-\x1f\x7f-\xff]/g, (c) => (c === '\\' || c === "'" ? `\\${c}` : c === '\n' ? '\\n' : `\\${c.charCodeAt(0).toString(8).padStart(3, '0')}`))}'`;
}

/** A value as `declare -p` prints it. */
export function quoteDeclared(text: string): string {
  return /[\x00-\x1f\x7f-\xff]/.test(text) ? quote(text) : `"${text.replace(/["\\$`]/g, '\\$&')}"`;
}

/** The name of a list of words in the state: a loop in a function has one for each call under way. */
export const listKey = (list: string, depth: number): string => `${list}@${depth}`;
