/**
 * Background jobs belong to the shell that started them: `wait` and `$!` need the same process. A list that starts jobs and has
 * every command of the script that asks for them keeps its jobs to itself: what stands around it can be divided.
 */
import {
  type Command,
  type CompoundList,
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
  argumentValues,
  commandName,
  DYNAMIC,
  type JobStarters,
  readsJobs,
  readsLastJob,
  startsJobs,
  textOf,
  usesJobs,
} from '../facts.ts';
import { mentionsAsData } from '../mentions.ts';
import type { Reason } from '../reasons.ts';
import { ownsItsSource } from '../text.ts';
import { variableOf, verbatim, withoutAllComments } from '../text-search.ts';
import type { Tie } from '../ties.ts';
import { BUILTINS } from './fork-safe.ts';

/**
 * The range of a list's statements that share background jobs: from the first that starts some to the last that uses the
 * shell's job table. A coprocess's descriptors are used by whatever follows.
 */
export function jobRange(
  starters: JobStarters & { jobUsers: ReadonlySet<string>; handlersAsk: boolean },
  statements: readonly Statement[],
): [number, number] | undefined {
  const first = statements.findIndex((s) => startsJobs(s, starters));
  if (first < 0) return undefined;
  // Handlers run at any time, and at the end.
  if (starters.handlersAsk) return [first, statements.length - 1];
  let last = first;
  for (let i = first; i < statements.length; i += 1) {
    if (startsJobs(statements[i]!, starters) || usesJobs(statements[i]!) || calls(statements[i]!, starters.jobUsers))
      last = i;
    if (statements[i]!.command.type === 'Coproc') last = statements.length - 1;
  }
  return [first, last];
}

/** `wait` for all jobs. */
function isWait({ background, command }: Statement): boolean {
  return (
    !background &&
    command.type === 'Command' &&
    command.name?.text === 'wait' &&
    command.args.length === 0 &&
    command.prefix.length === 0
  );
}

/** What {@link jobRanges} looks at. */
type Sharing = JobStarters & {
  ownJobs: Map<SyntaxNode, boolean>;
  jobUsers: ReadonlySet<string>;
  /** Some trap's handler asks for jobs. */
  handlersAsk: boolean;
  text: string;
  /** The commands that read files which are compiled in. */
  sites: ReadonlyMap<Command, unknown>;
  facts: { functions: ReadonlyMap<string, FunctionNode[]> };
  script: Script;
};

/**
 * The ranges of a list that each share jobs: once all have been waited for, by a `wait` for all or by their process ids,
 * they are nothing to what follows, unless that names them.
 */
function jobRanges(starters: Sharing, statements: readonly Statement[]): [number, number][] {
  const whole = jobRange(starters, statements);
  if (!whole) return [];
  if (starters.handlersAsk || statements.some(({ command }) => command.type === 'Coproc')) return [whole];
  const ranges: [number, number][] = [];
  let live = new LiveJobs(starters);
  let from = -1;
  let last = -1;
  for (let i = whole[0]; i <= whole[1]; i += 1) {
    const statement = statements[i]!;
    const starts = startsJobs(statement, starters);
    if (starts) {
      if (from < 0) from = i;
      last = i;
    }
    const asks = live.take(statement, starts);
    if (asks === undefined) return [whole];
    if (asks && from >= 0) last = i;
    if (!live.over) continue;
    if (from >= 0) ranges.push([from, last]);
    from = -1;
    live = new LiveJobs(starters);
  }
  if (from >= 0) ranges.push([from, last]);
  // A handler may end `wait` before the jobs.
  const plain = !/\btrap\b/.test(starters.text) && !starters.facts.functions.has('wait');
  return ranges.length === 1 || plain ? ranges : [whole];
}

/** Follows the jobs of a list from the first one on. */
class LiveJobs {
  /** All jobs have been waited for. */
  over = false;
  private readonly starters: Sharing;
  private started = 0;
  /** A statement may have started any number. */
  private uncounted = false;
  private readonly ids = new Map<string, number>();
  private readonly waited = new Set<number>();

  constructor(starters: Sharing) {
    this.starters = starters;
  }

  /** True if the statement asks for these jobs, or may; undefined if it may ask for others. */
  take(statement: Statement, starts: boolean): boolean | undefined {
    if (starts) {
      if (statement.background) this.started += 1;
      else this.uncounted = true;
    }
    if (isWait(statement)) {
      this.over = true;
      return true;
    }
    const asks = statement.background ? this.job(statement.command) : this.node(statement.command, true);
    this.over = this.started > 0 && !this.uncounted && this.waited.size === this.started;
    return asks;
  }

  /** A job is a shell of its own, which knows none of these jobs; but `$!` there may be the one before it. */
  private job(node: SyntaxNode): boolean | undefined {
    if (this.starters.contained.has(node) || this.starters.ownJobs.has(node)) return true;
    if (node.type === 'Command' && DYNAMIC.has(commandName(node) ?? '')) return undefined;
    if (node.type !== 'Command' && readsJobs(node)) return this.started > 1 || this.uncounted ? true : undefined;
    let asks: boolean | undefined = true;
    forEachChild(node, (child) => {
      if (this.job(child) === undefined) asks = undefined;
    });
    return asks;
  }

  private get any(): boolean {
    return this.started > 0 || this.uncounted;
  }

  private node(node: SyntaxNode, sure: boolean): boolean | undefined {
    if (!(usesJobs(node) || calls(node, this.starters.jobUsers))) return false;
    // What these ask for they have started; but for a `wait` for all, which has more to wait for.
    if (this.starters.contained.has(node) || this.starters.ownJobs.has(node)) return this.any;
    if (node.type === 'Command') return this.command(node, sure);
    if (node.type === 'SimpleExpansion' || node.type === 'ParameterExpansion') return this.any ? true : undefined;
    return this.children(node, sure && (node.type === 'AndOr' || node.type === 'Pipeline'));
  }

  /** The first part of an AND-OR list runs for sure. */
  private children(node: SyntaxNode, sureFirst: boolean): boolean | undefined {
    let asks: boolean | undefined = false;
    let sure = sureFirst;
    forEachChild(node, (child) => {
      const one = this.node(child, sure);
      sure = false;
      asks = asks === undefined || one === undefined ? undefined : asks || one;
    });
    return asks;
  }

  private command(command: Command, sure: boolean): boolean | undefined {
    const name = command.name?.text;
    const [assignment] = command.prefix;
    if (!command.name && command.prefix.length === 1 && assignment?.type === 'Assignment') {
      const { append, index, value } = assignment;
      if (append || index || value.type !== 'Word' || !isLastId(value.text)) return this.children(command, false);
      if (!this.any) return undefined;
      if (sure) this.ids.set(assignment.name, this.started);
      return true;
    }
    if (ASKS_BY_ID.has(name ?? '') && command.prefix.length === 0 && command.args.length > 0) {
      const words = command.args.map(({ text }) => text);
      if (name === 'kill' && /^-\w+$/.test(words[0]!)) words.splice(0, /^-[sn]$/.test(words[0]!) ? 2 : 1);
      for (const text of words) {
        const job = isLastId(text) ? this.started : this.ids.get(variableOf(text) ?? '');
        if (!job) return undefined;
        if (sure && name === 'wait') this.waited.add(job);
      }
      return true;
    }
    const bodies = this.starters.facts.functions.get(name ?? '') ?? [];
    const known = commandName(command);
    if (known === null || (known !== undefined && (DYNAMIC.has(known) || JOB_COMMANDS.includes(known))))
      return undefined;
    // A function that the text does not show.
    if (bodies.length === 0 && this.starters.jobUsers.has(name ?? '')) return undefined;
    if (bodies.length === 0) return this.children(command, false);
    if (command.args.some((arg) => usesJobs(arg))) return undefined;
    return bodies.every(({ body }) => this.keepsToItself(body)) ? this.any : undefined;
  }

  /** True if a function asks only for jobs that it has started. */
  private keepsToItself(node: SyntaxNode): boolean {
    if (this.starters.contained.has(node) || this.starters.ownJobs.has(node)) return true;
    if (node.type === 'Command' && calls(node, this.starters.jobUsers)) return false;
    if (readsJobs(node) || (node.type === 'Command' && usesJobs(node))) return false;
    let keeps = true;
    forEachChild(node, (child) => {
      keeps &&= this.keepsToItself(child);
    });
    return keeps;
  }
}

/** Commands that take the process ids of jobs. */
const ASKS_BY_ID = new Set(['wait', 'disown', 'kill']);

/** True if a word is `$!`, quoted or not. */
export const isLastId = (text: string): boolean => /^(\$!|\$\{!\}|"\$!"|"\$\{!\}")$/.test(text);

/** True if one of the functions is called by name below the node. */
function calls(node: SyntaxNode, functions: ReadonlySet<string>): boolean {
  return functions.size > 0 && some(node, (n) => n.type === 'Command' && functions.has(commandName(n) ?? ''));
}

/** Neighbours in a list that one step runs, and why. */
export interface TiedRange {
  first: number;
  last: number;
  reason: Reason;
  /** Something else ties some of them. */
  mixed?: boolean;
}

/** The ranges of a list that share a step, in order: jobs, and what the script's ties say of its top level. */
export function tiedRanges(
  starters: Sharing & { facts: { ties: readonly Tie[] } },
  statements: readonly Statement[],
  topLevel: boolean,
): TiedRange[] {
  const ranges: TiedRange[] = jobRanges(starters, statements).map(([first, last]) => ({
    first,
    last,
    reason: 'background',
  }));
  if (topLevel) {
    for (const { reason, start, end } of starters.facts.ties) {
      const first = statements.findIndex((s) => s.end > start);
      const last = statements.findLastIndex((s) => s.pos < end);
      if (first >= 0 && last >= first) ranges.push({ first, last, reason });
    }
  }
  ranges.sort((a, b) => a.first - b.first);
  const merged: TiedRange[] = [];
  for (const range of ranges) {
    const before = merged[merged.length - 1];
    if (before && range.first <= before.last) {
      before.last = Math.max(before.last, range.last);
      before.mixed = true;
    } else merged.push({ ...range });
  }
  return merged;
}

/** Those that find only jobs of their own shell. */
const ASKING = ['wait', 'jobs', 'fg', 'bg', 'disown'];
const JOB_COMMANDS = [...ASKING, 'kill'];

interface Use {
  pos: number;
  /** `wait` without arguments: it knows every job of its shell. */
  all?: boolean;
  /** `kill` by process id: nothing to it whose child that is. */
  kill?: boolean;
  /** A file is read, of which only run time knows whether it asks. */
  file?: boolean;
  /** It asks for jobs of the list that it stands in. */
  own?: boolean;
  /** The shell that is all that it asks: jobs that the commands there start, as they stand. */
  shell?: SyntaxNode;
}

/** `%1` and the like name jobs; words that only run time knows may, where the script has such a text. */
const namesJobs = (command: Command, text: string): boolean =>
  command.args.some(({ text: word }) => /^["']?%/.test(word)) || /[=\s"'](%(\d+|[%+-])(?=["'\s;)]|$)|%\?)/m.test(text);

type Functions = ReadonlyMap<string, FunctionNode[]>;

/** What may ask for jobs. */
interface Asking {
  /** Everything that may ask for a job; `undefined` if it cannot be told. */
  uses: Use[] | undefined;
  /** A handler may ask for jobs, of a trap that the script sets or that a text may set which only run time knows. */
  handlersAsk: boolean;
}

function findAsking(
  script: Script,
  text: string,
  functions: Functions,
  starters: Pick<Found, 'jobUsers' | 'foundNames' | 'startingTraps'> & { sites: ReadonlyMap<Command, unknown> },
): Asking {
  const starting = closeOverCalls(functions, startsHere);
  // A handler that runs at the end starts nothing that what stands there could ask for.
  const startsByHandler = (handler: Script, { args }: Command): boolean =>
    !args.slice(1).every(({ text: signal }) => /^((sig)?exit|0)$/i.test(signal)) &&
    (calls(handler, starting) ||
      some(handler, (node) => startsHere(node) || (starting.size > 0 && calledByWords(node))));
  const early = findEarly(script, text, functions);
  const isUnknown = (name: string): boolean =>
    name !== '-' && !functions.has(name) && !name.includes('/') && !BUILTINS.has(name) && !PROGRAMS.has(name);
  // Functions that the text does not show, and the names that may be theirs.
  const reads = some(script, (node) => node.type === 'Command' && mayDefine(node, starters.sites));
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
        DYNAMIC.has(name) ||
        functions.has(name) ||
        (reads && isUnknown(name)) ||
        undefined
      );
    });
  let unknown = false;
  let coprocess = false;
  let unseen = false;
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
        if (name && JOB_COMMANDS.includes(name)) {
          const kill = name === 'kill' && !namesJobs(node, text);
          uses.push({ pos, all: name === 'wait' && node.args.length === 0, kill });
        }
        if (reads && name && isUnknown(name) && !passesFunctions(node, functions) && !early(pos)) {
          starters.jobUsers.add(name);
          starters.foundNames.add(name);
          uses.push({ pos, file: true });
        }
        if (name === 'eval' || name === 'trap') {
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
        } else if (name && DYNAMIC.has(name) && !starters.sites.has(node) && !early(pos))
          uses.push({ pos, file: true });
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
    uses: coprocess || (unknown && mentionsAsData(script, functions, JOB_COMMANDS)) ? undefined : uses,
    handlersAsk,
  };
}

/** `command NAME` runs no function, unless it is one itself. */
const passesFunctions = ({ name }: Command, functions: Functions): boolean =>
  name !== undefined && literalValue(name) === 'command' && !functions.has('command');

/** True if a command may define functions that the text does not show. */
function mayDefine(command: Command, sites: ReadonlyMap<Command, unknown>): boolean {
  const name = commandName(command);
  if (name === 'eval') return command.args.some((arg) => some(arg, (node) => node.type === 'CommandExpansion'));
  return typeof name === 'string' && DYNAMIC.has(name) && !sites.has(command);
}

/** Programs that no library defines functions in the place of, so as to ask for jobs. */
const PROGRAMS = new Set(
  (
    'ansible ansible-playbook apk apt apt-get awk aws base64 basename bash brew bunzip2 bzip2 cat chgrp chmod chown cmp ' +
    'column comm cp curl cut date dd df diff dirname dnf docker docker-compose dpkg du egrep env expand expr fgrep file ' +
    'find flock fmt fold gawk gcc gdb getent getopt git go grep gunzip gzip head helm hexdump host hostname iconv id ' +
    'ifconfig install ip iptables java javac join jq kubectl less ln logger ls lsb_release lsof make md5sum mkdir mkfifo ' +
    'mktemp more mount mv mvn mysql mysqldump netstat nginx nice nl node nohup npm od openssl paste perf perl pg_dump pgrep ' +
    'pidof ping pip pip3 pkill ps psql pwgen python python2 python3 readlink realpath rm rmdir rpm rsync ruby scp sed seq ' +
    'service sh sha1sum sha256sum shuf sleep socat sort split sqlite3 ss ssh start-stop-daemon stat strings stty su sudo ' +
    'sync sysctl systemctl tac tail tar tee telnet terraform timeout top touch tput tr truncate tty umount uname unexpand ' +
    'uniq unzip useradd uuidgen vim wc wget which who whoami xargs xxd xz yes yum zcat zip'
  ).split(' '),
);

/** Tells whether the script passes a place before anything may start a job, and never afterwards. */
function findEarly(script: Script, text: string, functions: Functions): (pos: number) => boolean {
  const starting = closeOverCalls(functions, startsHere);
  const starts = (node: SyntaxNode): boolean =>
    startsHere(node) ||
    (node.type === 'Command' && (commandName(node) === null ? starting.size > 0 : starting.has(commandName(node)!)));
  const { commands } = script;
  const first = commands.findIndex((statement) => some(statement, starts));
  const later = commands.slice(first < 0 ? commands.length : first);
  const begin = later[0]?.pos ?? Infinity;
  const bodies = [...functions].flatMap(([name, nodes]) => nodes.map((node) => ({ name, node })));
  const isLate = (name: string): boolean => {
    const calling = closeOverCalls(functions, (node) => node.type === 'Command' && commandName(node) === name);
    calling.add(name);
    // Where its name stands other than as a command, it may be called at any time.
    let [calls, mentions] = [0, text.split(new RegExp(`(?<![\\w-])${verbatim(name)}(?![\\w-])`)).length - 1];
    walk(script, (node) => {
      if (node.type === 'Function' && node.name.text === name) calls += 1;
      if (node.type === 'Command' && commandName(node) === name) calls += 1;
      return undefined;
    });
    mentions -= calls;
    return (
      mentions > 0 ||
      later.some((one) => some(one, (node) => node.type === 'Command' && calling.has(commandName(node) ?? '')))
    );
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

const isJob = (node: SyntaxNode): boolean => node.type === 'Statement' && node.background === true;
const startsHere = (node: SyntaxNode): boolean => isJob(node) || node.type === 'Coproc';

/** The functions in whose bodies the test is true of something, or that call one of them. */
function closeOverCalls(functions: Functions, test: (node: SyntaxNode) => boolean): Set<string> {
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

/** What {@link findJobs} finds. */
interface Found {
  contained: Set<SyntaxNode>;
  containedStatements: Set<SyntaxNode>;
  jobFunctions: Set<string>;
  jobUsers: Set<string>;
  foundNames: Set<string>;
  startingTraps: Set<SyntaxNode>;
  handlersAsk: boolean;
  asksForAny: boolean;
}

/** Finds the lists that keep their jobs to themselves, and the functions that start jobs for their callers. */
export function findJobs(
  script: Script,
  text: string,
  functions: ReadonlyMap<string, FunctionNode[]>,
  starters: Sharing & Found,
): void {
  const { uses, handlersAsk } = findAsking(script, text, functions, starters);
  starters.handlersAsk = handlersAsk;
  // Where all that asks for jobs asks for those of its own list, nobody asks for what only run time knows.
  for (const asksForAny of [false, true]) {
    if (asksForAny && !starters.facts.asksForJobs) break;
    starters.asksForAny = asksForAny;
    starters.jobFunctions.clear();
    for (let changed = true; changed; ) {
      changed = false;
      for (const use of uses ?? []) use.own = false;
      starters.contained.clear();
      starters.ownJobs.clear();
      starters.containedStatements.clear();
      if (uses) {
        eachList(script, (list) => markOwn(list, uses, starters));
        eachList(script, (list) => contain(list, uses, starters));
      }
      for (const [name, nodes] of functions) {
        if (starters.jobFunctions.has(name) || !nodes.some((n) => startsJobs(n.body, starters))) continue;
        starters.jobFunctions.add(name);
        changed = true;
      }
    }
    if (uses?.every((use) => use.own || use.kill || use.file || use.shell) && starters.jobFunctions.size === 0) break;
  }
}

/** Finds the functions that ask for jobs of the shell that calls them, and whether what is called by words (`"$@"`) may. */
function findUsers(script: Script, functions: Functions): { users: Set<string>; asksByWords: boolean } {
  const users = closeOverCalls(functions, asks);
  const asksByWords = mentionsAsData(script, functions, [...ASKING, ...users]);
  if (!asksByWords) return { users, asksByWords };
  return { users: closeOverCalls(functions, (node) => asks(node) || calledByWords(node)), asksByWords };
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

/** Visits every list, from the innermost outwards. */
function eachList(node: SyntaxNode, visit: (list: CompoundList | Script) => void): void {
  if (ownsItsSource(node)) return;
  forEachChild(node, (child) => eachList(child, visit));
  if (node.type === 'CompoundList' || node.type === 'Script') visit(node as CompoundList | Script);
}

/** True if a statement starts a job whichever way it takes. */
function surelyStarts({ background, command }: Statement): boolean {
  if (background) return true;
  if (command.type !== 'If') return false;
  const branches = [command.then, ...command.elif.map(({ then }) => then), command.else];
  return branches.every((branch) => branch?.commands.some(surelyStarts));
}

/** Marks what asks for the jobs of its own list alone. */
function markOwn(node: CompoundList | Script, uses: readonly Use[], starters: Sharing): void {
  const { commands } = node;
  const range = jobRange(starters, commands);
  if (!range) return;
  const live = new LiveJobs(starters);
  const statements = commands.slice(range[0], range[1] + 1);
  if (!surelyStarts(statements[0]!)) return;
  if (statements.some((s) => live.take(s, startsJobs(s, starters)) === undefined)) return;
  starters.ownJobs.set(node, live.over);
  const [start, end] = [statements[0]!.pos, statements[statements.length - 1]!.end];
  for (const use of uses) if (use.pos >= start && use.pos < end && !use.all) use.own = true;
}

const covers = (node: SyntaxNode, pos: number): boolean => node.pos <= pos && pos < node.end;

const JUMPS: ReadonlySet<string> = new Set(['break', 'continue', 'return']);
/** What a shell of its own runs: its jobs are its own, too. */
const SHELLS: ReadonlySet<string> = new Set(['Subshell', 'CommandExpansion', 'ProcessSubstitution']);

/** True if one shell may run a list more than once. */
function mayRepeat(list: SyntaxNode, { script, text, facts: { functions } }: Sharing): boolean {
  let repeats = false;
  let around: SyntaxNode | undefined = script;
  while (around && around !== list) {
    if (SHELLS.has(around.type)) repeats = false;
    else if (LOOPS.has(around.type)) repeats = true;
    else if (around.type === 'Function') repeats ||= !isCalledOnce(around.name.text, script, text, functions);
    let next: SyntaxNode | undefined;
    forEachChild(around, (child) => {
      if (covers(child, list.pos)) next = child;
    });
    around = next;
  }
  return repeats;
}

/** True if a function's name stands nowhere but where it is defined and, outside of functions and loops, called. */
function isCalledOnce(name: string, script: Script, text: string, functions: Functions): boolean {
  const mentions = withoutAllComments(text).split(new RegExp(`(?<![\\w-])${verbatim(name)}(?![\\w-])`)).length - 1;
  let calls = 0;
  walk(script, (node) => {
    if (node.type === 'Function' || LOOPS.has(node.type)) return false;
    if (node.type === 'Command' && commandName(node) === name) calls += 1;
    return undefined;
  });
  return calls === 1 && mentions === 2 && functions.get(name)?.length === 1;
}

const known = new WeakMap<Script, SyntaxNode[]>();

/** The definitions of functions that do not stand in others. */
function functionsOf(script: Script): readonly SyntaxNode[] {
  let functions = known.get(script);
  if (!functions) {
    const found: SyntaxNode[] = [];
    walk(script, (node) => {
      if (node.type !== 'Function') return undefined;
      found.push(node);
      return false;
    });
    known.set(script, (functions = found));
  }
  return functions;
}

/** True if nothing leads from one place to another: that lies before it or in another branch, and nothing repeats either. */
function isPassed(script: Script, start: number, pos: number): boolean {
  const functions = functionsOf(script);
  if (functions.some((node) => covers(node, start)) || functions.some((node) => covers(node, pos))) return false;
  let around: SyntaxNode = script;
  for (;;) {
    if (LOOPS.has(around.type) || ownsItsSource(around)) return false;
    const children: SyntaxNode[] = [];
    forEachChild(around, (child) => void children.push(child));
    const child = (at: number): SyntaxNode | undefined => children.find((one) => covers(one, at));
    const [from, to] = [child(start), child(pos)];
    // A library's place in the source is not where it is read.
    if (!from || !to) return false;
    if (from !== to) return pos < start || areBranches(around, start, pos);
    around = from;
  }
}

/** True if two places lie in branches of a command of which one runs at most. */
function areBranches(node: SyntaxNode, one: number, other: number): boolean {
  let bodies: (SyntaxNode | undefined)[] = [];
  if (node.type === 'If') bodies = [node.then, ...node.elif.map(({ then }) => then), node.else];
  if (node.type === 'Case' && node.items.every(({ terminator }) => terminator === undefined || terminator === ';;'))
    bodies = node.items.map(({ body }) => body);
  const [from, to] = [one, other].map((pos) => bodies.find((body) => body && covers(body, pos)));
  return from !== undefined && to !== undefined && from !== to;
}

/** Finds whether a list keeps its jobs to itself, once those within it are known. */
function contain(node: CompoundList | Script, uses: readonly Use[], starters: Sharing & Found): void {
  const { commands } = node;
  const range = jobRange(starters, commands);
  if (!range) return;
  const [start, end] = [commands[range[0]]!.pos, commands[range[1]]!.end];
  const waits = isWait(commands[range[1]]!) || starters.ownJobs.get(node) === true;
  // Once all have been waited for, nothing finds any of them: neither another `wait` for all, nor a file that is read.
  const asking = uses.filter(({ own, kill, shell }) => !own && !kill && !(shell && !covers(shell, start)));
  const outside = asking.filter(
    (use) =>
      !(waits && (use.all || use.file)) &&
      (use.pos < start || use.pos >= end) &&
      !isPassed(starters.script, start, use.pos),
  );
  if (outside.length > 0) return;
  // Where the list runs again, what it asks for may be a job of the time before.
  const jumps = commands.some((one) => some(one, (n) => n.type === 'Command' && JUMPS.has(commandName(n) ?? '')));
  const within = asking.filter((use) => !(waits && use.all && !jumps) && use.pos >= start && use.pos < end);
  if (within.length > 0 && mayRepeat(node, starters)) return;
  starters.contained.add(node);
  for (const statement of commands.slice(range[0], range[1] + 1)) starters.containedStatements.add(statement);
}
