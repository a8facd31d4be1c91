/** What of a script may ask for background jobs: by its commands, in texts that run later, in files, by words. */
import { composesName } from '../../composed-names.ts';
import {
  type Command,
  contains,
  type FunctionNode,
  forEachChild,
  LOOPS,
  literalValue,
  type Script,
  type Statement,
  type SyntaxNode,
  search,
  some,
  walk,
} from '../../parse/ast.ts';
import {
  ASKING,
  argumentValues,
  commandName,
  DYNAMIC,
  JOB_COMMANDS,
  readsJobs,
  readsLastJob,
  textOf,
} from '../facts.ts';
import { mentionsAsData } from '../mentions.ts';
import { ownsItsSource } from '../text.ts';
import { countMentions, withoutAllComments } from '../text-search.ts';
import type { Continuation } from './carried.ts';
import { BUILTINS } from './fork-safe.ts';
import { isJobCommand } from './job-commands.ts';
import { evaluatesText, isJob, startsByText, usesJobs } from './job-starters.ts';

/** `wait` for all jobs. */
export function isWait({ background, command }: Statement): boolean {
  return (
    !background &&
    command.type === 'Command' &&
    command.name?.text === 'wait' &&
    command.args.length === 0 &&
    command.prefix.length === 0
  );
}

/** True if one of the functions is called by name below the node. */
export function calls(node: SyntaxNode, functions: ReadonlySet<string>): boolean {
  return functions.size > 0 && some(node, (n) => n.type === 'Command' && functions.has(commandName(n) ?? ''));
}

export interface Use {
  pos: number;
  /** `wait` without arguments: it knows every job of its shell. */
  all?: boolean;
  /** A file is read, of which only run time knows whether it asks. */
  file?: boolean;
  /** It asks for jobs of the list that it stands in. */
  own?: boolean;
  /** The shell that is all that it asks: jobs that the commands there start, as they stand. */
  shell?: SyntaxNode;
}

export type Functions = ReadonlyMap<string, FunctionNode[]>;

/** What sees to texts that only run time knows. */
export interface Ways {
  /** How the shell of a command would go on if that left a job behind. */
  carry?: (command: Command) => Continuation | undefined;
  /** True of a command of which the runtime sees what it evaluates, and what that may tie to its shell stays there. */
  judges?: (command: Command) => boolean;
  /** True of a call by name behind which such a shell could go on, too. */
  judgesCall?: (command: Command) => boolean;
  /** It does so at any time, and not only before there are jobs. */
  always?: boolean;
}

/** What may ask for jobs. */
interface Asking {
  /** Everything that may ask for a job; `undefined` if it cannot be told. */
  uses: Use[] | undefined;
  /** A handler may ask for jobs, of a trap that the script sets or that a text may set which only run time knows. */
  handlersAsk: boolean;
}

/** Finds what may ask for jobs, and takes down what starts or asks for some by its name or as a handler. */
export function findAsking(
  script: Script,
  text: string,
  functions: Functions,
  starters: {
    sites: ReadonlyMap<Command, unknown>;
    jobUsers: Set<string>;
    foundNames: Set<string>;
    startingTraps: Set<SyntaxNode>;
    carried: Map<Command, Continuation>;
    judged: Set<Command>;
    judgedCalls: Set<Command>;
    seen: Set<Command>;
  },
  { carry, judges, judgesCall, always }: Ways = {},
): Asking {
  const starting = closeOverCalls(functions, startsHere);
  // A handler that runs at the end starts nothing that what stands there could ask for.
  const startsByHandler = (handler: Script, { args }: Command): boolean =>
    !args.slice(1).every(({ text: signal }) => /^((sig)?exit|0)$/i.test(signal)) &&
    (calls(handler, starting) ||
      some(handler, (node) => startsHere(node) || (starting.size > 0 && calledByWords(node))));
  const early = findEarly(script, text, functions, starting, carry !== undefined);
  const { judged, sites } = starters;
  if (judges && judgesCall) {
    const { commands, calls } = findJudged(script, text, functions, sites, { judges, judgesCall });
    for (const command of commands) judged.add(command);
    for (const call of calls) starters.judgedCalls.add(call);
    if (always) for (const command of findSeen(script, sites, judges)) starters.seen.add(command);
  }
  // Functions that the text does not show, and the names that may be theirs.
  const reads = some(script, (node) => node.type === 'Command' && mayDefine(node, sites) && !judged.has(node));
  const uses: Use[] = [];
  const handlers: Script[] = [];
  const shells = new Map<number, SyntaxNode>();
  /** True if a shell runs nothing itself but builtins and programs that the text shows. */
  const isPlain = (shell: SyntaxNode): boolean =>
    !search(shell, (node) => {
      if (node === shell) return undefined;
      if (ownsItsSource(node)) return true;
      if (SHELLS.has(node.type) || isJob(node)) return false;
      if (node.type === 'Function' || node.type === 'Coproc') return true;
      const name = node.type === 'Command' ? commandName(node) : undefined;
      if (name === undefined) return undefined;
      return (
        name === null ||
        name === 'trap' ||
        evaluatesText(node as Command) ||
        functions.has(name) ||
        (reads && isUnknown(name, functions)) ||
        undefined
      );
    });
  // A function of such a file may run its arguments.
  let unknown = judged.size > 0;
  let coprocess = false;
  let unseen = false;
  // Nothing else is in its shell yet: what a file leaves behind there does not leave it.
  const take = (node: Command): void => {
    const continuation = carry?.(node);
    if (continuation) starters.carried.set(node, continuation);
    else untaken = true;
  };
  let untaken = false;
  const visit = (node: SyntaxNode, at?: number): void => {
    const pos = at ?? node.pos;
    if (ownsItsSource(node)) unknown ||= usesJobs(node);
    else {
      if (node.type === 'Coproc') coprocess = true;
      if (at === undefined && node.type === 'Subshell' && isPlain(node))
        for (const statement of node.body.commands) if (isWait(statement)) shells.set(statement.command.pos, node);
      if (node.type === 'Command') {
        const name = commandName(node);
        if (name === null) unknown = true;
        if (isJobCommand(node, text)) uses.push({ pos, all: name === 'wait' && node.args.length === 0 });
        // A file may give the script's own functions other bodies.
        if (reads && name && mayBeFunction(name, functions) && !passesFunctions(node, functions)) {
          if (!early(pos)) {
            starters.jobUsers.add(name);
            starters.foundNames.add(name);
            uses.push({ pos, file: true });
          } else if (carry) take(node);
        }
        if (CALLS_BACK.has(name ?? '') && callsBack(node)) {
          unknown = true;
          unseen = true;
          uses.push({ pos });
        } else if (name === 'eval' || name === 'trap') {
          const given = textOf(name === 'eval' ? node.args : handlerOf(node));
          // What it means besides, a command whose name only run time knows may mean as well.
          unknown = true;
          if (!given) {
            uses.push({ pos });
            unseen = true;
          } else if (name === 'eval') visit(given.script, pos);
          else {
            if (startsByHandler(given.script, node)) starters.startingTraps.add(node);
            handlers.push(given.script);
            visit(given.script, Infinity);
          }
        } else if (evaluatesText(node) && !sites.has(node) && !judged.has(node)) {
          if (!early(pos)) uses.push({ pos, file: true });
          else if (carry) take(node);
        }
      }
      if (readsLastJob(node)) uses.push({ pos });
      forEachChild(node, (child) => visit(child, at));
    }
  };
  visit(script);
  const { users, asksByWords } = findUsers(script, functions);
  for (const name of users) starters.jobUsers.add(name);
  // Words that may ask for jobs may be given to a trap that words set, too.
  const readsUnseen = (node: SyntaxNode): boolean => node.type === 'Command' && mayDefine(node, starters.sites);
  const trapsByWords =
    asksByWords &&
    some(script, (node) => calledByWords(node) || readsUnseen(node)) &&
    mentionsAsData(script, functions, ['trap']);
  const isAsking = (node: SyntaxNode): boolean =>
    asks(node) || readsUnseen(node) || (asksByWords && calledByWords(node));
  const handlersAsk =
    unseen || trapsByWords || handlers.some((one) => some(one, isAsking) || calls(one, starters.jobUsers));
  if (handlersAsk) uses.push({ pos: Infinity });
  for (const use of uses) if (use.all) use.shell = shells.get(use.pos);
  return {
    uses: untaken || coprocess || (unknown && mentionsAsData(script, functions, JOB_COMMANDS)) ? undefined : uses,
    handlersAsk,
  };
}

/** By the functions of a script. It is asked for every command whose text only run time knows. */
const jobFunctionsOf = new WeakMap<Functions, ReadonlySet<string>>();

/** The functions that start jobs or ask for some, or call such a function: a text that names one has to do with jobs. */
export function findJobFunctions(functions: Functions): ReadonlySet<string> {
  let found = jobFunctionsOf.get(functions);
  if (!found) jobFunctionsOf.set(functions, (found = closeOverCalls(functions, (n) => startsHere(n) || asks(n))));
  return found;
}

/**
 * The commands that may define functions which the text does not show, where the runtime judges them while there are no jobs: what
 * they evaluate then has nothing to do with jobs, and neither have those functions.
 */
function findJudged(
  script: Script,
  text: string,
  functions: Functions,
  sites: ReadonlyMap<Command, unknown>,
  { judges, judgesCall }: Required<Pick<Ways, 'judges' | 'judgesCall'>>,
): { commands: Command[]; calls: Command[] } {
  const none = { commands: [], calls: [] };
  const mayStart = (node: SyntaxNode): boolean => {
    if (startsHere(node) || node.type === 'ProcessSubstitution' || ownsItsSource(node)) return true;
    const name = node.type === 'Command' ? commandName(node) : undefined;
    if (name === 'eval' || name === 'trap')
      return argumentValues(node as Command).some((value) => value === null || value.includes('&'));
    return typeof name === 'string' && (evaluatesText(node as Command) || CALLS_BACK.has(name));
  };
  // Functions of such a file may run their arguments, too.
  const all = { has: (name: string): boolean => mayBeFunction(name, functions) };
  if (mentionsAsData(script, all, [...JOB_COMMANDS, ...closeOverCalls(functions, asks)])) return none;
  if (mentionsAsData(script, all, [...DYNAMIC])) return none;
  const jobFunctions = findJobFunctions(functions);
  const code = withoutAllComments(text);
  if (composesName(code, [...jobFunctions])) return none;
  // The arguments of the script may name one, where a function may run them; a file that defines one anew is seen to.
  const runners = closeOverCalls(functions, (node) => calledByWords(node) || setsUnseenTrap(node));
  const handsOn = (node: SyntaxNode): boolean => {
    const name = takesArguments(node);
    return name !== undefined && (runners.has(name) || isUnknown(name, functions));
  };
  if (jobFunctions.size > 0 && some(script, handsOn)) return none;
  const reads = (node: Command): boolean => mayDefine(node, sites) && judges(node);
  const readers = findReaders(script, code, functions, { judgesCall, reads });
  const isJudged = (node: SyntaxNode): node is Command => node.type === 'Command' && reads(node) && readers.sees(node);
  const mayBegin = (node: SyntaxNode): boolean => !isJudged(node) && mayStart(node);
  const starting = closeOverCalls(functions, mayBegin);
  const byWords = starting.size > 0 && mentionsAsData(script, all, [...starting]);
  // In the order in which they run: nothing repeats what is seen to.
  const [early, late] = [new Set<Command>(), new Set<Command>()];
  let begun = false;
  const visited = new Set<string>();
  const visit = (node: SyntaxNode): undefined | false => {
    // Its jobs are its own.
    if (node.type === 'Function' || node.type === 'Subshell' || node.type === 'CommandExpansion') return false;
    // What a pass begins is there in the next one.
    if (LOOPS.has(node.type)) forEachChild(node, (child) => walk(child, visit));
    if (isJudged(node)) (begun ? late : early).add(node);
    else begun ||= mayStart(node);
    const name = node.type === 'Command' ? commandName(node) : undefined;
    begun ||= byWords && (name === null || (early.size > 0 && typeof name === 'string' && isUnknown(name, functions)));
    const call = `${name} ${begun}`;
    if (typeof name === 'string' && functions.has(name) && !visited.has(call)) {
      visited.add(call);
      for (const { body } of functions.get(name)!) walk(body, visit);
    }
    return undefined;
  };
  walk(script, visit);
  const commands = [...early].filter((command) => !late.has(command));
  return { commands, calls: commands.length > 0 ? readers.calls : [] };
}

/**
 * Some commands in functions that evaluate such texts, and the calls of those functions, as far as the runtime can go on behind
 * every one of them in the script's own shell.
 */
export function findFollowed(
  script: Script,
  text: string,
  functions: Functions,
  commands: readonly Command[],
  judgesCall: (command: Command) => boolean,
): { commands: Command[]; calls: Command[] } {
  const bodies = [...functions.values()].flat();
  const inside = new Set<SyntaxNode>(commands.filter((command) => bodies.some((body) => contains(body, command))));
  if (inside.size === 0) return { commands: [], calls: [] };
  const reads = (node: SyntaxNode): boolean => inside.has(node);
  const readers = findReaders(script, withoutAllComments(text), functions, { reads, judgesCall });
  return { commands: commands.filter((command) => reads(command) && readers.sees(command)), calls: readers.calls };
}

/** The commands of the script's own level that leave no job behind, since their shell goes on where they may start one. */
function findSeen(
  script: Script,
  sites: ReadonlyMap<Command, unknown>,
  judges: (command: Command) => boolean,
): Command[] {
  const seen: Command[] = [];
  walk(script, (node) => {
    if (node.type === 'Function' || SHELLS.has(node.type) || ownsItsSource(node)) return false;
    if (node.type === 'Command' && evaluatesText(node) && !sites.has(node) && judges(node)) seen.push(node);
    return undefined;
  });
  return seen;
}

/** What the runtime sees to of functions that evaluate a text which only run time knows. */
interface Readers {
  /** True of a command of the script's own level, or of such a function whose every call it can go on behind. */
  sees: (command: Command) => boolean;
  /** The calls of those functions. */
  calls: Command[];
}

function findReaders(
  script: Script,
  code: string,
  functions: Functions,
  { judgesCall, reads }: Required<Pick<Ways, 'judgesCall'>> & { reads: (node: Command) => boolean },
): Readers {
  const found = closeOverCalls(functions, (node) => node.type === 'Command' && reads(node));
  const calls: Command[] = [];
  const isCall = (node: SyntaxNode): node is Command => node.type === 'Command' && found.has(commandName(node) ?? '');
  walk(script, (node) => void (isCall(node) && calls.push(node)));
  const isSeen = (name: string): boolean => {
    const own = calls.filter((call) => commandName(call) === name);
    return (
      functions.get(name)!.length === 1 &&
      own.every((call) => judgesCall(call)) &&
      countMentions(code, name) === own.length + 1
    );
  };
  for (const name of [...found]) if (!isSeen(name)) found.delete(name);
  // A function that is called in another must be seen to there, too.
  const bodies = [...functions].flatMap(([name, nodes]) => nodes.map((node) => ({ name, node })));
  const around = ({ pos }: Command): string[] =>
    bodies.filter(({ node }) => node.pos <= pos && pos < node.end).map(({ name }) => name);
  const inSeen = (command: Command): boolean => around(command).every((name) => found.has(name));
  for (let before = -1; before !== found.size; ) {
    before = found.size;
    for (const call of calls) if (!inSeen(call)) found.delete(commandName(call)!);
  }
  return { sees: inSeen, calls: calls.filter(isCall) };
}

/** Builtins that may evaluate a text for some of the lines that they read. */
const CALLS_BACK: ReadonlySet<string> = new Set(['mapfile', 'readarray']);

/** True if a command may evaluate a text for some of the lines that it reads. */
const callsBack = ({ args }: Command): boolean => args.some(({ text }) => /^-\w*C/.test(text));

/** `command NAME` runs no function, unless it is one itself. */
const passesFunctions = ({ name }: Command, functions: Functions): boolean =>
  name !== undefined && literalValue(name) === 'command' && !functions.has('command');

/** True if a command may define functions that the text does not show. */
function mayDefine(command: Command, sites: ReadonlyMap<Command, unknown>): boolean {
  const name = commandName(command);
  if (name === 'eval') return command.args.some((arg) => some(arg, (node) => node.type === 'CommandExpansion'));
  return evaluatesText(command) && !sites.has(command);
}

/** True if a name may be that of a function that the text does not show. */
const isUnknown = (name: string, functions: Functions): boolean =>
  name !== '-' && !functions.has(name) && !name.includes('/') && !BUILTINS.has(name) && !PROGRAMS.has(name);

/** True if a name may be that of a function, shown or not. */
const mayBeFunction = (name: string, functions: Functions): boolean =>
  functions.has(name) || isUnknown(name, functions);

/** Programs that no library defines functions in the place of, so as to ask for jobs. */
const PROGRAMS = new Set(
  (
    'ansible ansible-playbook apk apt apt-get awk aws base64 basename bash brew bunzip2 bzip2 cat chgrp chmod chown cmp ' +
    'column comm cp curl cut date dd df diff dirname dnf docker docker-compose dpkg du egrep env expand expr fgrep file ' +
    'find flock fmt fold gawk gcc gdb getent getopt git grep gunzip gzip head helm hexdump host hostname iconv id ' +
    'ifconfig install ip iptables java javac jq kubectl less ln logger ls lsb_release lsof make md5sum mkdir mkfifo ' +
    'mktemp more mount mv mvn mysql mysqldump netstat nginx nice nl node nohup npm od openssl paste perf perl pg_dump pgrep ' +
    'pidof ping pip pip3 pkill ps psql pwgen python python2 python3 readlink realpath rm rmdir rpm rsync ruby scp sed seq ' +
    'service sh sha1sum sha256sum shuf sleep socat sort split sqlite3 ss ssh start-stop-daemon stat strings stty su sudo ' +
    'sync sysctl systemctl tac tail tar tee telnet terraform timeout top touch tput tr truncate tty umount uname unexpand ' +
    'uniq unzip useradd uuidgen vim wc wget which who whoami xargs xxd xz yes yum zcat zip'
  ).split(' '),
);

/**
 * Tells whether the script passes a place before anything may start a job, and never afterwards.
 * @param starting functions that start jobs
 * @param carrying what only run time knows starts none that the machine goes on with
 */
function findEarly(
  script: Script,
  text: string,
  functions: Functions,
  starting: ReadonlySet<string>,
  carrying: boolean,
): (pos: number) => boolean {
  // A function may be called by words.
  const calling =
    carrying && starting.size > 0
      ? closeOverCalls(functions, (node) => startsHere(node) || calledByWords(node))
      : starting;
  const starts = (node: SyntaxNode): boolean =>
    startsHere(node) ||
    (node.type === 'Command' && (commandName(node) === null ? calling.size > 0 : calling.has(commandName(node)!)));
  const { commands } = script;
  // Where only visible calls start jobs, a definition does not.
  const startsIn = (statement: SyntaxNode): boolean =>
    search(statement, (node) => (carrying && node.type === 'Function' ? false : starts(node) || undefined));
  const first = commands.findIndex(startsIn);
  const later = commands.slice(first < 0 ? commands.length : first);
  const begin = later[0]?.pos ?? Infinity;
  const bodies = [...functions].flatMap(([name, nodes]) => nodes.map((node) => ({ name, node })));
  let graph: CallGraph | undefined;
  const isLate = (name: string): boolean => {
    graph ??= callGraph(script, functions, later);
    // Where its name stands other than as a command, it may be called at any time.
    if (countMentions(text, name) > (graph.mentions.get(name) ?? 0)) return true;
    const calling = new Set([name]);
    for (const one of calling) for (const caller of graph.callers.get(one) ?? []) calling.add(caller);
    return [...calling].some((one) => graph!.later.has(one));
  };
  const known = new Map<string, boolean>();
  return (pos) => {
    const around = bodies.filter(({ node }) => pos >= node.pos && pos < node.end);
    if (around.length === 0) return pos < begin;
    return around.every(({ name }) => {
      if (!known.has(name)) known.set(name, isLate(name));
      return !known.get(name);
    });
  };
}

interface CallGraph {
  /** How often a name is that of a command, or of a function that is defined. */
  mentions: Map<string, number>;
  /** The functions that call a name. */
  callers: Map<string, Set<string>>;
  /** The names that are called in some statements. */
  later: Set<string>;
}

function callGraph(script: Script, functions: Functions, statements: readonly Statement[]): CallGraph {
  const graph: CallGraph = { mentions: new Map(), callers: new Map(), later: new Set() };
  const { mentions, callers, later } = graph;
  walk(script, (node) => {
    const name = node.type === 'Function' ? node.name.text : node.type === 'Command' ? commandName(node) : undefined;
    if (typeof name === 'string') mentions.set(name, (mentions.get(name) ?? 0) + 1);
  });
  const called = (node: SyntaxNode, take: (name: string) => void): void =>
    walk(node, (child) => {
      const name = child.type === 'Command' ? commandName(child) : undefined;
      if (typeof name === 'string') take(name);
    });
  for (const [caller, nodes] of functions)
    for (const { body } of nodes)
      called(body, (name) => {
        const known = callers.get(name);
        if (known) known.add(caller);
        else callers.set(name, new Set([caller]));
      });
  for (const statement of statements) called(statement, (name) => void later.add(name));
  return graph;
}

const startsHere = (node: SyntaxNode): boolean =>
  isJob(node) || node.type === 'Coproc' || (node.type === 'Command' && startsByText(node));

/** The functions in whose bodies the test is true of something, or that call one of them. */
export function closeOverCalls(functions: Functions, test: (node: SyntaxNode) => boolean): Set<string> {
  const found = new Set<string>();
  for (let size = -1; size !== found.size; ) {
    size = found.size;
    for (const [name, nodes] of functions)
      if (!found.has(name) && nodes.some(({ body }) => some(body, test) || calls(body, found))) found.add(name);
  }
  return found;
}

/** The word of `trap` that is a handler. */
const handlerOf = ({ args }: Command): Command['args'] =>
  args.filter((arg) => arg.text !== '--').slice(0, args.length > 1 ? 1 : 0);

/** Finds the functions that ask for jobs of the shell that calls them, and whether what is called by words (`"$@"`) may. */
function findUsers(script: Script, functions: Functions): { users: Set<string>; asksByWords: boolean } {
  const users = closeOverCalls(functions, asks);
  const asksByWords = mentionsAsData(script, functions, [...ASKING, ...users]);
  if (!asksByWords) return { users, asksByWords };
  return { users: closeOverCalls(functions, (node) => asks(node) || calledByWords(node)), asksByWords };
}

/** True of a trap whose handler only run time knows. */
const setsUnseenTrap = (node: SyntaxNode): boolean =>
  node.type === 'Command' && commandName(node) === 'trap' && argumentValues(node).includes(null);

/** The name of a command that is given the arguments of the script, or of a function, before anything else. */
function takesArguments(node: SyntaxNode): string | undefined {
  if (node.type !== 'Command' || !/^"?\$(@|\{@\})"?$/.test(node.args[0]?.text ?? '')) return undefined;
  return commandName(node) ?? undefined;
}

/** What a file that is read may not name while the script has functions that start jobs or ask for some: those, and others that it would give their names to. */
export function findReserved(script: Script, functions: Functions): readonly string[] {
  const names = new Set(findJobFunctions(functions));
  if (names.size === 0) return [];
  walk(script, (node) => {
    const name = takesArguments(node);
    if (name !== undefined && functions.has(name)) names.add(name);
  });
  return [...names];
}

/** A command that runs what words that only run time knows say. */
function calledByWords(node: SyntaxNode): boolean {
  if (node.type !== 'Command') return false;
  const name = commandName(node);
  if (name !== 'eval' && name !== 'command' && name !== 'builtin') return name === null;
  return argumentValues(node).includes(null);
}

const asks = (node: SyntaxNode): boolean =>
  readsJobs(node) ||
  (node.type === 'Command' && commandName(node) === 'kill' && node.args.some((arg) => /^["']?%/.test(arg.text)));

/** What a shell of its own runs: its jobs are its own, too. */
export const SHELLS: ReadonlySet<string> = new Set(['Subshell', 'CommandExpansion', 'ProcessSubstitution']);
