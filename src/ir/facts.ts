/** Facts about a whole script that lowering relies on: what could happen anywhere in it, judged from its text alone. */
import {
  COMMANDS,
  type Command,
  type FunctionNode,
  forEachChild,
  isPath,
  keepingIndex,
  kindsOf,
  LOOPS,
  literalValue,
  type Script,
  type SyntaxNode,
  search,
  some,
  type Word,
  walk,
} from '../parse/ast.ts';
import { parseScript } from '../parse/parse.ts';
import { SourceFile } from '../source/source-file.ts';
import { aliasedSubshells, aliasesAreWords, hidesAliases } from './aliases.ts';
import { surelyAssigned } from './assigned-texts.ts';
import { asCommand, commandsAsData } from './commands-as-data.ts';
import { type EchoedLines, findEchoedLines } from './echoed-lines.ts';
import { EVALUATORS, tiedByText } from './evaluated-text.ts';
import { knownWords, usesUnseen } from './known-words.ts';
import { isWide, limitsAmply, OWN_DESCRIPTORS } from './limits.ts';
import { definesByLine } from './line-numbers.ts';
import { jumpsBeyond, mayMiscount } from './loop-level.ts';
import { mentionsAsData } from './mentions.ts';
import { misread } from './misread.ts';
import {
  ASKS_OWN_PROGRAM,
  findUnseenTexts,
  hidesProcessId,
  namesParent,
  namesShell,
  OWN_DESCRIPTORS_PATH,
  passesSignal,
  signalsScript,
} from './process-ids.ts';
import { asksForEnabled, bindsBlindly, loadsBuiltins, onlyAsks, onlyFails, PROCESS_TABLES } from './process-tables.ts';
import type { Reason } from './reasons.ts';
import { RETURN, runsInSteps, TRACING } from './return-traps.ts';
import {
  ASSIGNS_SPECIAL,
  EXPORTED,
  namesRandom,
  READ_ONLY_VARIABLES,
  SEEDS,
  SPECIAL_VARIABLES,
} from './special-variables.ts';
import { ownsItsSource } from './text.ts';
import { READS_FILES, withoutCommentLines, withoutSureComments } from './text-search.ts';
import { type Called, type Extent, type Tie, Ties } from './ties.ts';

export interface Facts {
  /** Functions by name, in source order. */
  functions: Map<string, FunctionNode[]>;
  /** `set -e` may be on, or an ERR trap set: a failed compound command must be judged by a shell. */
  errexit: boolean;
  /** PIPESTATUS is read somewhere, or listed. */
  pipestatus: boolean;
  /** A variable may be read-only or an integer: an assignment can abandon its command line. */
  attributes: boolean;
  /** Some EXIT trap may be set. */
  exitTrap: boolean;
  lastpipe: boolean;
  /** Of `exec` and `local`, those whose names stand somewhere as data: words that only run time knows may be them. */
  namedAsData: ReadonlySet<string>;
  /** `local -` is called: the shell that calls the function restores its options. */
  localOptions: boolean;
  /** A handler may leave a function or a loop. */
  trapJumps: boolean;
  /** An ERR trap may be set. */
  errTrap: boolean;
  /** RETURN traps may be set, which run in steps of their own. */
  returnTrap: boolean;
  /** A glob without a match abandons its command line. */
  failglob: boolean;
  /** Some function or the script sets options. */
  setsOptions: boolean;
  xtrace: boolean;
  /** POSIX mode may be on. */
  posix: boolean;
  /** A command of the text runs in the background, or is a coprocess. */
  startsJobs: boolean;
  /** The script waits for jobs, or asks for them. */
  asksForJobs: boolean;
  /** `set -u` may be on. */
  nounset: boolean;
  /** `$_` is read somewhere. */
  lastArgument: boolean;
  /** `$BASH_COMMAND` is read somewhere: the text of a step's command shows. */
  commandText: boolean;
  /** Subshells that expand aliases which the script's own text does not show: what each executes must be read at once. */
  aliasedSubshells: ReadonlySet<SyntaxNode>;
  /** Parts of the script that one step runs. */
  ties: Tie[];
  /** Functions that run in the step of whoever calls them, and why. */
  tiedFunctions: ReadonlyMap<string, Reason>;
  /** Commands that load builtins, or evaluate a text, of which the rest holds only as the runtime judges each. */
  judged: readonly Command[];
  /** The lines that the machine prints for `set -v`. */
  echoed?: EchoedLines;
  /**
   * Commands that evaluate a text of run time in a script that shows process ids. Where that may show them, too, its shell has to
   * be the one that `$$` names, and goes on with the rest of the script.
   */
  besideIds: readonly Command[];
  /** Functions that nothing can call but such a text, which then has their names. */
  uncalled: readonly string[];
  /** Why no command of this script can have a step of its own. */
  whole?: Reason;
}

/** True if the machine must know what is in force: options, and whether there is an ERR or RETURN trap. */
export const knowsOptions = (facts: Facts): boolean => facts.errexit || facts.xtrace || facts.returnTrap;

/** True if aliases may be expanded: the script, or words given to the shell's `set`, may turn that on; comments say much of POSIX. */
export const mayExpandAliases = (source: string, set: readonly string[] = []): boolean =>
  set.includes('posix') ||
  /expand_aliases|posix/i.test(
    source.replace(/(^|[ \t])#.*$/gm, (comment) => (comment.includes("'") || comment.includes('"') ? comment : '')),
  );

/** True if the script turns that on, and not only speaks of it. */
const turnsAliasesOn = (source: string, set: readonly string[] = []): boolean =>
  set.includes('posix') ||
  (/expand_aliases|posix/.test(source) &&
    /^[^#\n]*\bshopt\b[^#\n]*\bexpand_aliases\b|^[^#\n]*\bset\b[^#\n]*\bposix\b/m.test(
      // A command alone in quoted backticks is a text for people, or all that another shell does.
      source.replace(/\\`[^`\n;&|]*\\`/g, ''),
    ));

/** The source with blanks for some nodes. */
function without(source: string, nodes: ReadonlySet<SyntaxNode>): string {
  let text = source;
  for (const { pos, end } of nodes) text = text.slice(0, pos) + ' '.repeat(end - pos) + text.slice(end);
  return text;
}

/** Commands whose text is run or whose effect only run time knows. */
export const DYNAMIC = new Set(['eval', '.', 'source']);

/**
 * The literal name of a command's word, or null where only run time knows; undefined for bare assignments. Of a path, which is a
 * program's whichever it is, the name is the word as the script has it.
 */
export function commandName(command: Command): string | null | undefined {
  if (!command.name) return undefined;
  const name = literalValue(command.name);
  if (name === null) return isPath(command.name) ? command.name.text : null;
  if (name !== 'command' && name !== 'builtin') return name;
  for (const arg of command.args) {
    if (arg.type !== 'Word') return name;
    const value = literalValue(arg);
    if (value === null) return isPath(arg) ? arg.text : null;
    // Asked where a command is, nothing of that name runs.
    if (name === 'command' && /^-\w*[vV]/.test(value)) return name;
    if (value !== 'command' && value !== 'builtin' && !value.startsWith('-')) return value;
  }
  return name;
}

/** Literal values of a command's arguments; null where only run time knows. */
export function argumentValues(command: Command): (string | null)[] {
  return command.args.map((arg) => (arg.type === 'Word' ? literalValue(arg) : null));
}

/** Options of `declare` that list variables with attributes that those have not. */
const ATTRIBUTES = /^-\w*[AfFilnrtuxc]/;

/** Matches a word that is nothing where its variable is not set. */
const VANISHES = /^(\$(\w+|[@*]|\{\w+\})|"\$@")$/;

/** Commands that may. */
const LISTING = new Set(['set', 'declare', 'typeset', 'compgen', 'eval']);

/** True if a command prints all variables, PIPESTATUS and `_` among them, or evaluates a text that may. */
export function listsVariables(node: SyntaxNode): boolean {
  if (node.type !== 'Command') return false;
  const name = commandName(node);
  if (!LISTING.has(name ?? '')) return false;
  const all = argumentValues(node);
  // Behind `command` and `builtin`.
  const values = node.name && literalValue(node.name) === name ? all : all.slice(all.indexOf(name ?? null) + 1);
  switch (name) {
    case 'set':
      // Of expansions alone, nothing may be left.
      return node.args.slice(-values.length || node.args.length).every(({ text }) => VANISHES.test(text));
    case 'declare':
    case 'typeset':
      return values.every((value) => /^[-+]/.test(value ?? '') && !ATTRIBUTES.test(value ?? ''));
    case 'compgen':
      return values.some((value) => /^-\w*v|^(variable|arrayvar)$/.test(value ?? ''));
    case 'eval':
      return /^\s*((command|builtin)\s+)*(set|(declare|typeset)(\s+(-[ap]|[+]\w)+)*)\s*($|[;&|>\n])/.test(
        values.join(' '),
      );
    default:
      return false;
  }
}

/** True if a node is `local -`, or may be one at run time: the shell that leaves the function restores the options. */
export function makesOptionsLocal(node: SyntaxNode): boolean {
  if (node.type !== 'Command') return false;
  const name = commandName(node);
  if (name === 'eval') return node.args.some((arg) => /\blocal\b[^\n;]*\s-(?![^\s;'"])/.test(arg.text));
  if (name !== null && name !== 'local') return false;
  const values = argumentValues(node);
  if (name === null) return values.includes('-');
  return node.args.some((arg, i) => values[i] === '-' || (values[i] === null && /^["$][^=]*$/.test(arg.text)));
}

/** What `exec` does to a descriptor. */
interface Opening {
  /** The descriptors; undefined where a variable has the number. */
  numbers: number[] | undefined;
  target: Word | undefined;
}

/**
 * True if the script looks at what the system knows of a process: its descriptors, its environment; not what all processes of
 * the script share, as the one that has started it. Of a process that a variable names it matters only if that may be the shell itself.
 */
function looksAtProcess(source: string, options: FactOptions): boolean {
  const looked = withoutCommentLines(options.ownDescriptors ? source.replaceAll(OWN_DESCRIPTORS_PATH, '') : source)
    .replace(SHARED_STATUS, '')
    .replace(SHARED_BY_PROCESSES, '')
    .replace(MAKES_LINKS, (made) => (HIDES_LINKING.test(source) ? made : ''))
    // A trace, or a function in the program's place, shows the process id.
    .replace(ASKS_OWN_PROGRAM, (asked) => (SHOWS_WORDS.test(source) ? asked : ''));
  const keepsOwnId = /=\s*["']?\$(\$|\{\$\}|\{?BASHPID)/.test(source);
  return (
    /\/proc\/?(self|thread-self|\$(\$|\{\$\}|\{?BASHPID))/.test(looked) || (keepsOwnId && /\/proc\/?\$/.test(looked))
  );
}

/** Whoever reads a pipe waits for all its writers: true if `exec` may close one, or redirect it a second time. */
function redirectsAgain(script: Script, source: string): boolean {
  const named = (source.includes('mkfifo') || source.includes('coproc')) && /\bmkfifo\b|\bcoproc\b/.test(source);
  if (!named && !source.includes('>(')) return false;
  const openings: Opening[] = [];
  walk(script, (node) => {
    if (node.type !== 'Command' || commandName(node) !== 'exec') return;
    for (const { descriptor, operator, ...rest } of node.redirects) {
      const target = 'target' in rest ? rest.target : undefined;
      let numbers: Opening['numbers'] = [operator.startsWith('<') ? 0 : 1];
      if (operator.startsWith('&>')) numbers = [1, 2];
      if (descriptor) numbers = descriptor.type === 'FileDescriptorVariable' ? undefined : [descriptor.value];
      openings.push({ numbers, target });
    }
  });
  const pipes = new Set<number>();
  let known = true;
  for (const { numbers, target } of openings) {
    const copied = target && /^\d+$/.test(target.text) && pipes.has(Number(target.text));
    // A name may be that of a pipe that the script has made.
    const opens = named
      ? target?.text !== '-'
      : target && some(target, (n) => n.type === 'ProcessSubstitution' && n.operator === '>');
    if (!copied && !opens) continue;
    if (numbers) for (const number of numbers) pipes.add(number);
    else known = named;
  }
  if (!known) return true;
  const seen = new Set<number>();
  return openings.some(({ numbers, target }) => {
    if (target?.text === '-') return named || !numbers || numbers.some((number) => pipes.has(number));
    return numbers?.some((number) => {
      const again = pipes.has(number) && seen.has(number);
      seen.add(number);
      return again;
    });
  });
}

const setsOption = (values: (string | null)[], letter: string, name: string): boolean =>
  values.some((value) => value === null || new RegExp(`^[-+]\\w*${letter}`).test(value) || value === name);

/** True of `declare -gr` of a variable that a function has a local one of: no shell can make that again behind it. */
const protectsBehindLocal = ({ args }: Command, values: readonly (string | null)[], source: string): boolean =>
  values.some((value) => /^-\w*g/.test(value ?? '')) &&
  values.some((value) => /^-\w*r/.test(value ?? '')) &&
  args.some(({ text }) => {
    const name = /^[A-Za-z_]\w*/.exec(text)?.[0];
    return (
      name !== undefined &&
      new RegExp(`\\b(?:local|declare|typeset)[ \\t](?![^\\n;]*-\\w*g)[^\\n;]*\\b${name}\\b`).test(source)
    );
  });

/** True if the shells that the script starts may get its options: so would those that a step starts for itself. */
const exportsOptions = (values: readonly (string | null)[]): boolean =>
  values.includes('SHELLOPTS') || values.includes('BASHOPTS');

/** Why what follows `set` with these words shares one shell, if it must. */
function sharedBy(values: readonly (string | null)[]): Reason | undefined {
  const modes = ['verbose', 'noexec', 'monitor', 'onecmd', 'keyword'];
  if (values.some((v) => v !== null && (/^-\w*[vntmrk]/.test(v) || modes.includes(v)))) return 'shell-mode';
  return values.includes('history') ? 'process-table' : undefined;
}

/** A word of `set` that does not have the shell print the lines that it reads. */
const withoutEcho = (value: string | null): string | null =>
  value === 'verbose' ? null : (value?.replace(/^-\w*v\w*$/, (word) => word.replace(/v/g, '')) ?? null);

/** True of `set` where only run time knows which options its words name. */
export function setsUnknown(command: Command): boolean {
  if (command.name?.text !== 'set') return false;
  const values = argumentValues(command);
  const named = (index: number): boolean => /^[-+]\w*o$/.test(values[index] ?? '');
  const first = values.findIndex((value, at) => !named(at - 1) && !/^[-+]\w+$/.test(value ?? ''));
  const unknown = values.indexOf(null);
  if (unknown < 0 || (first >= 0 && first < unknown)) return false;
  return named(unknown - 1) || /^["']*[-+$`]/.test(command.args[unknown]!.text);
}

/** Letters of the options that the machine asks for and that are on from the start, by the words given to the shell's `set`. */
export const initialFlags = (set: readonly string[]): string =>
  (setsOption([...set], 'e', 'errexit') ? 'e' : '') + (setsOption([...set], 'x', 'xtrace') ? 'x' : '');

/** Takes up that a command ties what is around it. */
type Tying = (reason: Reason, extent: Extent, table?: string) => void;

/** The commands that {@link judgeCommand} judges by their names and words. */
const JUDGED: ReadonlySet<string> = new Set([
  ...'set trap shopt alias ulimit hash unset readonly export declare typeset local getopts'.split(' '),
  ...PROCESS_TABLES.keys(),
]);

/** @param returns takes the commands that set RETURN traps; without it they tie what follows */
function judgeCommand(
  command: Command,
  facts: Facts,
  source: string,
  aliases: boolean,
  tie: Tying,
  own = source,
  known: (word: Word) => string[] | undefined = () => undefined,
  returns?: Command[],
): void {
  const name = commandName(command);
  for (const part of command.prefix) if (part.type === 'Assignment') judgeAssignment(part.name, facts, tie);
  if (makesOptionsLocal(command)) facts.localOptions = true;
  // A program that was found so is remembered by its shell, whatever PATH says; another machine has other programs.
  if (command.name?.text === 'command' && /^-\w*p/.test(argumentValues(command)[0] ?? '') && /\bPATH=/.test(source))
    tie('process-table', 'shell', 'hash');
  if (typeof name !== 'string' || !(JUDGED.has(name) || DYNAMIC.has(name))) return;
  const values = argumentValues(command);
  const judgeOptions = (options: (string | null)[]): void => {
    if (options.some((v) => v === null || /^[-+]./.test(v))) facts.setsOptions = true;
    if (setsOption(options, 'e', 'errexit')) facts.errexit = true;
    if (setsOption(options, 'x', 'xtrace')) facts.xtrace = true;
    const reason = sharedBy(options);
    if (reason) tie(reason, 'rest', reason === 'process-table' ? 'history' : reason);
  };
  switch (name) {
    case 'set':
      judgeOptions(values.includes('--') ? values.slice(0, values.indexOf('--')) : values);
      break;
    case 'trap': {
      const at = values.indexOf('--') === 0 ? 1 : 0;
      const first = at + (values.length - at > 1 ? 1 : 0);
      const signals = values
        .slice(first)
        .flatMap((value, i) => (value === null && known(command.args[first + i] as Word)) || [value]);
      if (values.length === 0) break;
      // To ask for one, or to take it away, sets none.
      const sets = values.length > at + 1 ? !(at > 0 ? /^-$/ : /^-[lp]*$/).test(values[at] ?? '') : values[at] === null;
      if (signals.some((s) => s === null || /^(sig)?(debug|chld|17)$/i.test(s)))
        tie('debug-trap', sets ? 'rest' : 'asks');
      if (signals.some((s) => s !== null && RETURN.test(s))) {
        if (returns) returns.push(command);
        else tie('debug-trap', 'rest');
      }
      // A handler acts on the loop or function that it interrupts.
      if (/\b(break|continue|return)\b/.test(own.slice(command.pos, command.end))) tie('debug-trap', 'rest');
      if (signals.some((s) => s === null || /^(sig)?err$/i.test(s))) facts.errexit = true;
      if (signals.some((s) => s === null || /^((sig)?exit|0)$/i.test(s))) facts.exitTrap = true;
      break;
    }
    case 'shopt':
      if (values.includes('lastpipe')) facts.lastpipe = true;
      // A function's variable may be unset and yet local.
      if (values.includes('extdebug') || values.includes('localvar_unset')) tie('shell-mode', 'rest');
      // With `-o`, the options of `set`.
      if (/^(?=.*o).*[su]/.test(values.filter((v) => v?.startsWith('-')).join('')))
        judgeOptions(values.flatMap((v) => (v?.startsWith('-') ? [] : ['-o', v])));
      break;
    case 'alias':
      // Where aliases are not expanded, they are names and values like others.
      if (values.length > 0 && aliases) tie('alias', 'rest');
      break;
    case 'ulimit':
      for (const [i, value] of values.entries()) {
        const known = value === null ? surelyAssigned(command.args[i]!.text, source) : undefined;
        if (known?.length === 1 && /^-[A-Za-z]+$/.test(known[0]!)) values[i] = known[0]!;
      }
      if (values.every((v) => v !== null && /^-(-all|[A-Za-z]+)$/.test(v))) break;
      // In POSIX mode the unit is another.
      if (!facts.posix && limitsAmply(values, command, source)) break;
      // A limit on files' sizes would hold for what records the state, too.
      if (!values.some((v) => v !== null && /^-\w*[acdilmnpqrstuvxPRT]/.test(v) && !/f/.test(v))) tie('limits', 'rest');
      // With few descriptors allowed, the runtime's own would be beyond.
      if (
        values.some((v) => v === null || /^-\w*n/.test(v)) &&
        command.args
          .slice(1)
          .some((arg, i) =>
            values[i + 1] === null
              ? !isWide(arg.text, own)
              : /^\d+$/.test(arg.text) && Number(arg.text) < OWN_DESCRIPTORS,
          )
      )
        tie('limits', 'rest');
      break;
    case 'hash':
      // The table travels, but for the number of times that each program has been called; steps have their own in it, too.
      if (values.length > 0 && !values.some((v) => v !== null && /^-\w*l/.test(v))) break;
      // All commands before it are in the table, and those of a file that is read are not behind it.
      if (READS_FILES.test(source)) facts.whole ??= 'process-table';
      else tie('process-table', 'before', 'hash');
      break;
    case 'unset':
      if (values[0] !== '-f' && values.some((v) => v !== null && SPECIAL_VARIABLES.has(v)))
        tie('special-variable', 'rest');
      break;
    case 'readonly':
      facts.attributes = true;
      break;
    case 'export':
      if (exportsOptions(values)) tie('shell-mode', 'rest');
      break;
    case 'declare':
    case 'typeset':
    case 'local':
      if (exportsOptions(values)) tie('shell-mode', 'rest');
      if (protectsBehindLocal(command, values, source)) tie('special-variable', 'rest');
      if (command.args.some((a) => a.type === 'Word' && (literalValue(a) === null || /^[-+]\w*[rintf]/.test(a.text))))
        facts.attributes = true;
      break;
    case 'eval':
    case '.':
    case 'source':
      if (name === 'eval') {
        if (definesByLine(command)) facts.whole ??= 'line-numbers';
        judgeText(command.args, facts, source, aliases, tie);
      }
      facts.attributes = true;
      facts.errexit = true;
      facts.exitTrap = true;
      break;
    default: {
      const table = PROCESS_TABLES.get(name);
      if (table === undefined || onlyFails(name, values)) break;
      let extent: Extent | undefined = name === 'enable' ? 'rest' : 'users';
      if (name === 'history' && values.length === 1) extent = historyExtent(values[0] ?? null, source);
      if (name === 'bind' && bindsBlindly(values, source)) extent = 'changes';
      if (onlyAsks(name, values)) extent = 'asks';
      else if (name === 'compgen') extent = asksForEnabled(values, command.args) ? 'asks' : undefined;
      if (extent) tie('process-table', extent, table);
    }
  }
}

/** Judges the commands that words are the text of. */
function judgeText(words: Command['args'], facts: Facts, source: string, aliases: boolean, tie: Tying): void {
  const given = textOf(words);
  if (!given) return;
  walk(given.script, (node) => {
    if (node.type === 'Statement' && node.background) facts.startsJobs = true;
    if (node.type === 'Command') judgeCommand(node, facts, source, aliases, tie, given.text);
  });
}

function judgeAssignment(name: string, facts: Facts, tie: Tying): void {
  if (name === 'RANDOM') tie('random-seed', 'rest');
  if (READ_ONLY_VARIABLES.has(name)) facts.attributes = true;
  if (name === 'BASH_XTRACEFD') facts.whole ??= 'shell-mode';
}

/** Options that were given to the shell itself (`set` words such as `-e`, `-o`, `pipefail`). */
export interface FactOptions {
  set?: readonly string[];
  /** Names of the script's own descriptors are opened only where those are what all its processes have under the same numbers. */
  ownDescriptors?: boolean;
  /** Bash itself prints the lines that it reads. */
  unechoed?: boolean;
  /** The runtime judges neither what commands load nor what they evaluate. */
  unjudged?: boolean;
}

/** Matches where a trace, or a function named as such a program, may show the words that it is given. */
const SHOWS_WORDS = /xtrace|\bset\s+-\w*x|\b(readlink|realpath)\s*\(\)|\bfunction\s+(readlink|realpath)\b/;

/** Files of a process that are the same for its children, unless somebody writes to them. */
const SHARED_BY_PROCESSES =
  /(?<!>[ \t]*["']?)\/proc\/(thread-)?self\/(uid_map|gid_map|mounts|mountinfo|mountstats|cgroup|cpuset|exe|ns|root|maps|attr\/current)(?![\w-])/g;
/** Matches where the links are made that a system has in any case: the name is written, and nobody looks there. */
const MAKES_LINKS =
  /\bln[ \t]+(?:-\w+[ \t]+)*\/proc\/self\/fd(?:\/[012])?[ \t]+\/dev\/(?:fd|stdin|stdout|stderr)(?![\w/.-])/g;
/** Matches what gives that program's name another meaning. */
const HIDES_LINKING = /\bln\s*\(\)|\bfunction\s+ln\b|\balias\b[^\n]*\bln=/;
/** Lines of `/proc/self/status` that are. */
const SHARED_STATUS =
  /^(?![^\n]*Pid)[^\n]*\bgrep\b[^\n]*\b(envID|VxID|Cap(Inh|Prm|Eff|Bnd|Amb)|NoNewPrivs|Seccomp|Cpus_allowed|Mems_allowed)\b[^\n]*\/proc\/self\/status\b/gm;

const JOBS_IN_TEXT = /(?<![\w./-])(wait|jobs|disown)(?![\w./-])|\$!|\$\{!(?![\w@*#])/;
const LAST_ARGUMENT_IN_TEXT = /\$_(?!\w)|\$\{_\W/;

/** Builtins that find only jobs of their own shell; and with the one that finds others, too. */
export const ASKING = ['wait', 'jobs', 'disown', 'fg', 'bg'];
export const JOB_COMMANDS = [...ASKING, 'kill'];

/** True if a node itself asks for the shell's jobs. */
export function readsJobs(node: SyntaxNode): boolean {
  if (node.type === 'Command') return ASKING.includes(commandName(node) ?? '');
  return readsLastJob(node);
}

/** True if a node is `$!`. */
export function readsLastJob(node: SyntaxNode): boolean {
  return (
    (node.type === 'SimpleExpansion' && node.text === '$!') ||
    // `${!-x}` and its like are read as indirect expansions of `-`, `?` or nothing.
    (node.type === 'ParameterExpansion' && (node.parameter === '!' || /^\$\{!(?![\w@*#}])/.test(node.text)))
  );
}

function readsLastArgument(node: SyntaxNode): boolean {
  if (node.type === 'ArithmeticWord') return node.value === '_';
  return (
    (node.type === 'SimpleExpansion' && node.text === '$_') ||
    (node.type === 'ParameterExpansion' && node.parameter === '_')
  );
}

/** Commands whose words are shell text, or become it. */
const TEXT_COMMANDS = new Set([
  'eval',
  'trap',
  'alias',
  'export',
  'declare',
  'typeset',
  'local',
  'readonly',
  'read',
  'printf',
  'mapfile',
  'readarray',
]);

/**
 * The text that a word or assignment gives, as far as it stands there: neither what is expanded nor the commands that expand,
 * or `expanded` instead.
 */
export function quotedText(node: SyntaxNode, expanded?: string): string {
  if (expanded !== undefined && node.type === 'ParameterExpansion') return expanded;
  if (node.type === 'Word' && !node.parts) return node.value;
  if (node.type === 'HereDocBody' && !node.parts) return node.text;
  switch (node.type) {
    case 'Literal':
    case 'SingleQuoted':
    case 'AnsiCQuoted':
      return node.value;
    case 'CommandExpansion':
    case 'ProcessSubstitution':
    case 'SimpleExpansion':
    case 'ArithmeticExpansion':
      return expanded ?? ' ';
    default: {
      let text = '';
      forEachChild(node, (child) => {
        text += quotedText(child, expanded);
      });
      return text;
    }
  }
}

/** The commands that words are the text of, as far as it stands there: for what is expanded there stands a `$x`. */
export function textOf(words: Command['args']): { text: string; script: Script } | undefined {
  const text = words
    .map((word) => quotedText(word, '$x'))
    .join(' ')
    // It is a name, or the name of one.
    .replace(/(?<=\$\{!)\$x|\$x(?=\w*(\[[^\]\n]*\])?\+?=)/g, 'x');
  const { value } = keepingIndex(() => parseScript(new SourceFile('text', text)));
  return value && { text, script: value };
}

/** True if the script reads something, or holds text that does and may be executed. */
function someReading(script: SyntaxNode, reads: (node: SyntaxNode) => boolean, inText: RegExp): boolean {
  return some(script, (node) => {
    if (ownsItsSource(node)) return inText.test((node as { source?: string }).source ?? '');
    if (reads(node)) return true;
    if (node.type === 'Assignment') return inText.test(quotedText(node));
    return (
      node.type === 'Command' &&
      TEXT_COMMANDS.has(commandName(node) ?? '') &&
      node.args.some((arg) => inText.test(quotedText(arg).replaceAll('${! ', '')))
    );
  });
}

/** True if something in the node reads `$_`, or a text that may be executed does. */
export const mayReadLastArgument = (node: SyntaxNode): boolean =>
  someReading(node, readsLastArgument, LAST_ARGUMENT_IN_TEXT);

/** The script's functions and subshells may have its ERR trap. */
export const ERRTRACE = /\bset\s[^\n;]*-\w*E|errtrace/;
/** Matches where a script asks whether its shell is in POSIX mode: nothing turns that on. */
const ASKS_POSIX = /\$\{?POSIXLY_CORRECT(?!\w|:?=)/g;
/** Matches a process id that a script may show. */
export const PROCESS_IDS = /\$\$|\$\{\$\}|PPID|BASHPID/;

/** Matches an option by which `history` does the same whatever is in the history: a script's own commands are not, so there is nothing to append. */
const BLIND = /^-[acnr]$/;
/** Matches what tells how many commands are in it. */
const SHOWS_HISTORY = /HISTCMD|@P\}|\bhistory\s+-\w*s/;

/** How `history` with one word uses the list. */
function historyExtent(option: string | null, source: string): Extent {
  if (BLIND.test(option ?? '') && !SHOWS_HISTORY.test(source)) return 'changes';
  return option === '-c' ? 'clears' : 'users';
}

/** Matches a signal by which no job ends unnoticed: its shell tells of that. */
const KILLS = /^-?(SIG)?(KILL|9|HUP|1|QUIT|3|ABRT|6)$/i;

/** A prompt for traces whose expansion has effects. */
const TRACE_CHANGES = /\bPS4=[^\n]*(?:\$\(\([^\n]*(?:\+\+|--|[^=!<>]=(?!=))|:=)/;

/** A redirection that moves a descriptor: it is another's, and closed. */
const MOVES = /[<>]&\d+-/;

/** Builtins that call functions whose names are words of theirs; what `complete` is given is called at a prompt alone. */
const CALLBACKS = new Set(['trap', 'mapfile', 'readarray', 'compgen', 'bind']);

/** From where functions may be called; undefined where a handler may call one, at any time. */
function whereCalled(
  script: Script,
  functions: Facts['functions'],
  inside: readonly FunctionNode[],
): Called | undefined {
  const names = new Set(inside.map(({ name }) => name.text));
  const calls = (node: SyntaxNode): boolean => {
    if (node.type !== 'Command') return false;
    const name = commandName(node);
    return name === null || (name !== undefined && (names.has(name) || DYNAMIC.has(name)));
  };
  for (let size = -1; size !== names.size; ) {
    size = names.size;
    for (const [name, nodes] of functions) if (nodes.some(({ body }) => some(body, calls))) names.add(name);
  }
  const callsBack = (node: SyntaxNode): boolean => {
    if (ownsItsSource(node)) return true;
    if (node.type !== 'Command' || !CALLBACKS.has(commandName(node) ?? '')) return false;
    const given = commandName(node) === 'trap' ? textOf(node.args.slice(0, 1)) : undefined;
    if (given) return some(given.script, calls);
    return node.args.some((arg) =>
      quotedText(arg, '$x')
        .split(/[^\w:.$-]+/)
        .some((word) => word.includes('$') || names.has(word)),
    );
  };
  if (some(script, callsBack)) return undefined;
  const statements = script.commands.filter((statement) =>
    search(statement, (node) => (node.type === 'Function' ? false : calls(node) || undefined)),
  );
  return { functions: names, statements };
}

/** Where the last statement of the script's own level ends that may read RANDOM, or seed it. */
function endOfRandom(script: Script, functions: Facts['functions']): number {
  const uses = (node: SyntaxNode): boolean =>
    usesUnseen(node) ||
    (node.type === 'Assignment' && node.name === 'RANDOM') ||
    // It shows all variables.
    (node.type === 'Command' && commandName(node) === 'set' && node.args.length === 0) ||
    ('text' in node && typeof node.text === 'string' && node.text.includes('RANDOM'));
  // Quoted, it may be evaluated anywhere.
  const quotes = (node: SyntaxNode): boolean =>
    (node.type === 'Word' || node.type === 'HereDocBody') && quotedText(node).includes('RANDOM');
  if (some(script, (node) => ownsItsSource(node) || quotes(node))) return Infinity;
  const inside = [...functions.values()].flat().filter(({ body }) => some(body, uses));
  const called = whereCalled(script, functions, inside);
  if (!called) return Infinity;
  const own = script.commands.filter((statement) =>
    search(statement, (node) => (node.type === 'Function' ? false : uses(node) || undefined)),
  );
  return Math.max(...[...own, ...called.statements].map(({ end }) => end));
}

/** True if a node may run commands that do not stand in the script as such. */
const runsUnseen = (node: SyntaxNode): boolean => {
  if (ownsItsSource(node)) return true;
  const name = node.type === 'Command' ? commandName(node) : undefined;
  return name === null || (name !== undefined && (DYNAMIC.has(name) || CALLBACKS.has(name) || name === 'alias'));
};

/** True if a node runs words that only run time knows. */
const runsWords = (node: SyntaxNode): boolean =>
  node.type === 'Command' &&
  (commandName(node) === null || (commandName(node) === 'eval' && argumentValues(node).includes(null)));

/** `shopt -s` of names that only run time knows. */
const SETS_UNSEEN_OPTIONS = /\bshopt\s+(-\w+\s+)*-\w*s\w*\s[^\n;&|]*[$`]/;

/** Nodes that have facts of their own. */
const JUDGED_NODES = kindsOf(
  ...['Coproc', 'Statement', 'ParameterExpansion', 'Pipeline', 'Command', 'Function', 'Redirected', 'Redirect'],
  ...LOOPS,
);

/** Collects the facts of a script. */
export function collectFacts(script: Script, source: string, options: FactOptions = {}): Facts {
  // To compile a pattern takes longer than to find that a short script has none of its words.
  const has = (...words: string[]): boolean => words.some((word) => source.includes(word));
  // `set` with words that may come to nothing may list them, too.
  const lists =
    has('set', 'declare', 'typeset') &&
    some(
      script,
      (node) =>
        listsVariables(node) ||
        (node.type === 'Command' && commandName(node) === 'set' && argumentValues(node).every((v) => v === null)),
      COMMANDS,
    );
  const facts: Facts = {
    functions: new Map(),
    errexit: false,
    pipestatus: has('PIPESTATUS') || lists,
    attributes: false,
    ties: [],
    judged: [],
    besideIds: [],
    uncalled: [],
    tiedFunctions: new Map(),
    exitTrap: false,
    lastpipe: has('lastpipe') || (has('shopt') && SETS_UNSEEN_OPTIONS.test(source)),
    xtrace: has('set', 'xtrace') && /\bset\s+-\w*x|xtrace/.test(source),
    nounset: has('set', '#!') && /nounset|set\s+[-+]\w*u|^#!.*\s-\w*u/m.test(source),
    namedAsData: new Set(),
    aliasedSubshells: new Set(),
    localOptions: false,
    trapJumps: has('trap') && /\btrap\b/.test(source) && /\b(return|break|continue)\b/.test(source),
    // The handler may have lines of its own; where it shows commands, any trap may be for ERR.
    errTrap:
      has('trap') && /\btrap\b[^\n]*\bERR\b|['"](?:[ \t]|\\\n)(?:[\w \t]|\\\n)*\bERR\b|\bBASH_COMMAND\b/i.test(source),
    returnTrap: false,
    failglob: has('failglob'),
    setsOptions: false,
    posix: /posix/i.test(source.replace(ASKS_POSIX, '')) || (options.set ?? []).includes('posix'),
    startsJobs: false,
    asksForJobs:
      (JOBS_IN_TEXT.test(source) || (has('fg', 'bg') && /\b[fb]g\b/.test(source))) &&
      someReading(script, readsJobs, JOBS_IN_TEXT),
    commandText: has('BASH_COMMAND') && /\bBASH_COMMAND\b/.test(source),
    // Arithmetic reads it by its bare name.
    lastArgument: (has('_') && /(?<!\w)_(?!\w)/.test(source) && mayReadLastArgument(script)) || lists,
  };
  const initial = [...(options.set ?? [])];
  const shebang = has('#!') ? /^#!\S*sh\s+(-\S+)/.exec(source)?.[1] : undefined;
  if (shebang) initial.push(shebang);
  if (setsOption(initial, 'e', 'errexit')) facts.errexit = true;
  if (setsOption(initial, 'x', 'xtrace')) facts.xtrace = true;
  if (setsOption(initial, 'u', 'nounset')) facts.nounset = true;
  facts.whole ??= sharedBy(initial);
  // An assignment by another name moves the place of getopts, too.
  if (has('OPTIND') && /(=|["'])OPTIND\b(?!=)/.test(source) && /\bgetopts\b/.test(source))
    facts.whole ??= 'special-variable';
  // The arguments of all calls are known to the shell in which they were made.
  if (has('BASH_ARG') && /\bBASH_ARG[CV]\b/.test(source)) facts.whole ??= 'shell-mode';
  // The runtime has the highest for itself, between steps; bash reads the script from the last.
  if (has('249', '250', '251', '255') && /(?<![\w.$])(249|25[015])[<>]|[<>]&[ \t]*(249|25[015])(?!\d)/.test(source))
    facts.whole ??= 'descriptors';
  // It is of no use in a subshell, which `exec` always ends.
  const subshells = ['Subshell', 'CommandExpansion', 'Pipeline'];
  const survives = has('execfail') && /\bshopt\b[^\n;&|]*(execfail|[$`])/.test(source);
  if (survives && some(script, ({ type }) => subshells.includes(type))) facts.whole ??= 'shell-mode';
  // A shell that waits for the next one would be one of a pipe's writers.
  if (redirectsAgain(script, source)) facts.whole ??= 'descriptors';
  facts.whole ??= misread(script, source);
  // The numbers of commands and of the history are the shell's own; so is that of jobs, where it starts some.
  const prompts = has('@P}') ? source.split('@P}').length - 1 : 0;
  const countsJobs = prompts > 0 && has('\\j');
  let expanded = 0;
  if (prompts > 0 && has('\\#', '\\!')) facts.whole ??= 'prompt';
  if (facts.lastArgument && /\b(readonly|declare|typeset)\b[^\n;]*\s_\b|\(\([^\n]*(?<![\w$])_(?!\w)/.test(source))
    facts.whole ??= 'last-argument';
  // To ask whether a process is there is no signal.
  const signals = has('kill') && /\bkill\b(?![ \t]+(-0|-[sn][ \t]*0)[ \t])/.test(withoutCommentLines(source));
  if (signals && /=\s*["']?\$(\$|\{\$\}|BASHPID)/.test(source)) facts.whole ??= 'process-id';
  // Both are one number where the shell itself asks, and a step's shell is another process.
  // With `lastpipe`, a stage may be that shell, too.
  if (has('BASHPID') && (facts.lastpipe || /\$\$|\$\{\$\}/.test(source))) facts.whole ??= 'process-id';
  if (has('/proc') && looksAtProcess(source, options)) facts.whole ??= 'process-id';
  // A child that asks for its parent's process id must find the shell that `$$` names.
  if (has('PPID') && namesParent(script, source)) facts.whole ??= 'process-id';
  if (has('RANDOM') && (SEEDS.test(source) || some(script, namesRandom))) facts.whole ??= 'random-seed';
  if (
    has(...SPECIAL_VARIABLES, 'UID', 'PWD', 'OPTIND', 'POSIXLY_CORRECT') &&
    ASSIGNS_SPECIAL.test(withoutSureComments(source).replace(EXPORTED, ''))
  )
    facts.whole ??= 'special-variable';
  // From when they have been read, they are listed.
  if (lists && has('SECONDS')) facts.whole ??= 'special-variable';
  // A trace that changes something shows how many commands there were.
  if (has('BASH_XTRACEFD') || (has('PS4') && TRACE_CHANGES.test(source))) facts.whole ??= 'shell-mode';
  // Aliases that are words only are expanded by a step's shell as by the script's.
  const expandsAliases = has('alias') && /\balias\b/.test(source) && mayExpandAliases(source, options.set);
  const aliases = expandsAliases && !aliasesAreWords(script, source, facts.nounset);
  if (turnsAliasesOn(source, options.set) && hidesAliases(script, source)) {
    facts.aliasedSubshells = aliasedSubshells(script);
    if (turnsAliasesOn(without(source, facts.aliasedSubshells), options.set)) facts.whole ??= 'alias';
  }
  const ties = new Ties(source.length);
  const bodies: FunctionNode[] = [];
  const loops: SyntaxNode[] = [];
  const topLevel = new Set<SyntaxNode>(script.commands.map((statement) => statement.command));
  const stages = new Set<SyntaxNode>();
  const returns: Command[] = [];
  const kills: Command[] = [];
  const judged: Command[] = [];
  let beyond: boolean | undefined;
  const apart = new Set<SyntaxNode>();
  let moves = 0;
  let debugs = false;
  const tieAt =
    (node: SyntaxNode): Tying =>
    (reason, extent, table) => {
      // A stage of a pipeline is a shell of its own, which ends with it.
      if (extent === 'shell' && stages.has(node)) return;
      let until = extent === 'shell' ? 'rest' : extent;
      debugs ||= reason === 'debug-trap' && extent !== 'asks';
      if (until === 'clears' && (!topLevel.has(node) || some(script, runsUnseen))) until = 'users';
      ties.add(reason, node, until, table);
    };
  const modes: [Command, Parameters<Tying>][] = [];
  const tying = (node: Command): Tying => {
    const tie = tieAt(node);
    return (...why) =>
      void (why[0] === 'shell-mode' && node.name?.text === 'set' ? modes.push([node, why]) : tie(...why));
  };
  const judge = (node: SyntaxNode): void => {
    // Its descriptors are known to the shell that started it, under names that only run time knows.
    if (node.type === 'Coproc' && !topLevel.has(node)) facts.whole ??= 'coproc';
    if (node.type === 'Coproc' || (node.type === 'Statement' && node.background)) {
      facts.startsJobs = true;
      if (countsJobs) ties.add('prompt', node, 'users');
    }
    if (countsJobs && node.type === 'ParameterExpansion' && node.text.endsWith('@P}')) {
      ties.add('prompt', node, 'asks');
      expanded += 1;
    }
    // A job that signals the script must find the shell that the script is.
    if (node.type === 'Statement' && node.background && signalsScript(source.slice(node.pos, node.end)))
      facts.whole ??= 'process-id';
    if (node.type === 'Pipeline' && node.commands.length > 1 && !facts.lastpipe)
      for (const stage of node.commands) stages.add(stage);
    if (node.type === 'Command') {
      const name = commandName(node);
      if (name === '.' || name === 'source' || (name === 'eval' && argumentValues(node).includes(null)))
        ties.addUnseen(node);
      const known = (word: Word): string[] | undefined => knownWords(script, source, word);
      if (name === 'enable' && !options.unjudged && node.prefix.length === 0 && loadsBuiltins(argumentValues(node)))
        judged.push(node);
      else judgeCommand(node, facts, source, aliases, tying(node), source, known, returns);
      if (name === 'kill' && argumentValues(node).some((value) => KILLS.test(value ?? ''))) kills.push(node);
    }
    if (node.type === 'Function') {
      bodies.push(node);
      // A function runs in the shell that calls it, whichever that is.
      if (namesShell(node, source)) facts.whole ??= 'process-id';
    }
    if (LOOPS.has(node.type)) loops.push(node);
    if (node.type === 'ArithmeticFor' && mayMiscount(node, source) && (beyond ??= jumpsBeyond(script)))
      facts.whole ??= 'arithmetic-for';
    if (node.type === 'Redirected' && node.command.type === 'Subshell')
      for (const redirection of node.redirects) apart.add(redirection);
    if (node.type === 'Redirect' && MOVES.test(source.slice(node.pos, node.end))) {
      // What a subshell closes is closed for itself alone.
      if (!apart.has(node)) ties.add('descriptors', node, 'rest');
      moves += 1;
    }
    if (node.type === 'Function' && !ownsItsSource(node)) {
      const name = node.name.text;
      const list = facts.functions.get(name);
      if (list) list.push(node);
      else facts.functions.set(name, [node]);
    }
  };
  walk(script, judge, JUDGED_NODES);
  // The shell whose job it was says so as soon as it notices; where it waits for jobs, it has noticed.
  const isOwn = ({ pos, end }: Command): boolean => !bodies.some((body) => body.pos < pos && body.end >= end);
  const kill = facts.startsJobs ? kills.find((k) => isOwn(k) && !/\bwait\b/.test(source.slice(k.end))) : undefined;
  if (kill) tieAt(kill)('process-id', 'rest', 'killed');
  const byWords = some(script, runsWords, COMMANDS);
  const evaluatesWords = (): boolean => byWords && mentionsAsData(script, facts.functions, [...EVALUATORS]);
  const unseen = findUnseenTexts(script, source);
  if (
    (unseen && hidesProcessId(script, source, unseen, evaluatesWords)) ||
    passesSignal(script, source, facts.functions)
  )
    facts.whole ??= 'process-id';
  if (unseen?.shown) facts.besideIds = unseen.evaluators;
  if (modes.length > 0 && !options.unechoed)
    facts.echoed = findEchoedLines(script, source, facts, {
      traces: setsOption(initial, 'x', 'xtrace'),
      evaluatesWords,
    });
  const isEchoed = (node: Command): boolean =>
    facts.echoed !== undefined && sharedBy(argumentValues(node).map(withoutEcho)) === undefined;
  for (const [node, why] of modes) if (!isEchoed(node)) tieAt(node)(...why);
  facts.whole ??= tiedByText(script, source, evaluatesWords);
  const handed = byWords ? commandsAsData(script, source, facts.functions, JUDGED, runsWords) : [];
  for (const { node, words, handedOn } of handed) {
    // Where getopts is in its words is recorded where the text shows that it may have moved.
    if (some(node, (n) => n.type === 'Word' && /\bgetopts\b/.test(n.text))) facts.whole ??= 'special-variable';
    if (handedOn) judgeCommand(asCommand(words, node.end), facts, source, aliases, tieAt(node));
    else judgeText(words, facts, source, aliases, (reason) => void (facts.whole ??= reason));
  }
  // In text that may be run.
  if (countsJobs && expanded < prompts) facts.whole ??= 'prompt';
  if (returns.length > 0) {
    // An ERR trap may judge the call that a trap runs in, and the shell that runs that then shows another command.
    facts.returnTrap =
      !debugs &&
      !facts.errTrap &&
      !facts.commandText &&
      runsInSteps(
        script,
        source,
        facts.functions,
        returns,
        byWords && mentionsAsData(script, facts.functions, TRACING),
      );
    if (!facts.returnTrap) for (const command of returns) ties.add('debug-trap', command, 'rest');
  }
  // In text that may be run, or is no redirection.
  if ((source.match(new RegExp(MOVES, 'g'))?.length ?? 0) > moves) facts.whole ??= 'descriptors';
  // An EXIT trap sees the last command of the shell that ends, and a function's ERR trap how it was left.
  if (facts.commandText && (facts.exitTrap || (facts.errTrap && ERRTRACE.test(source)) || PROCESS_IDS.test(source)))
    facts.whole ??= 'command-text';
  const settled = ties.settle(bodies, loops, options.unjudged !== true, (inside) =>
    expandsAliases ? undefined : whereCalled(script, facts.functions, inside),
  );
  facts.ties = settled.ties;
  facts.judged = [...judged, ...settled.judged];
  // Once nothing reads it any more, the generator is nothing to what follows.
  const seeds = facts.ties.filter(({ reason }) => reason === 'random-seed');
  const end = seeds.length > 0 ? endOfRandom(script, facts.functions) : Infinity;
  for (const tie of seeds) tie.end = Math.min(tie.end, end);
  facts.tiedFunctions = settled.functions;
  facts.whole ??= settled.whole;
  return facts;
}
