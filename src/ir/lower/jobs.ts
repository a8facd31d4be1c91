/**
 * Background jobs belong to the shell that started them: `wait` and `$!` need the same process. A list that starts jobs and has
 * every command of the script that asks for them keeps its jobs to itself: what stands around it can be divided.
 */
import {
  type Command,
  type CompoundList,
  type FunctionNode,
  forEachChild,
  type Script,
  type Statement,
  type SyntaxNode,
  some,
} from '../../parse/ast.ts';
import { commandName, DYNAMIC, type JobStarters, readsJobs, readsLastJob, startsJobs, usesJobs } from '../facts.ts';
import type { Reason } from '../reasons.ts';
import { ownsItsSource } from '../text.ts';
import type { Tie } from '../ties.ts';

/**
 * The range of a list's statements that share background jobs: from the first that starts some to the last that uses the
 * shell's job table. A coprocess's descriptors are used by whatever follows.
 */
export function jobRange(
  starters: JobStarters & { jobUsers: ReadonlySet<string> },
  statements: readonly Statement[],
): [number, number] | undefined {
  const first = statements.findIndex((s) => startsJobs(s, starters));
  if (first < 0) return undefined;
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
  text: string;
  facts: { functions: ReadonlyMap<string, FunctionNode[]> };
};

/**
 * The ranges of a list that each share jobs: once all have been waited for, by a `wait` for all or by their process ids,
 * they are nothing to what follows, unless that names them.
 */
function jobRanges(starters: Sharing, statements: readonly Statement[]): [number, number][] {
  const whole = jobRange(starters, statements);
  if (!whole) return [];
  if (statements.some(({ command }) => command.type === 'Coproc')) return [whole];
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
    if (name === 'wait' && command.prefix.length === 0 && command.args.length > 0) {
      for (const { text } of command.args) {
        const job = isLastId(text) ? this.started : this.ids.get(/^"?\$\{?(\w+)\}?"?$/.exec(text)?.[1] ?? '');
        if (!job) return undefined;
        if (sure) this.waited.add(job);
      }
      return true;
    }
    const bodies = this.starters.facts.functions.get(name ?? '') ?? [];
    const known = commandName(command);
    if (known === null || (known !== undefined && (DYNAMIC.has(known) || JOB_COMMANDS.includes(known))))
      return undefined;
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

const isLastId = (text: string): boolean => /^(\$!|\$\{!\}|"\$!"|"\$\{!\}")$/.test(text);

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

const JOB_COMMANDS = ['wait', 'jobs', 'fg', 'bg', 'disown', 'kill'];

interface Use {
  pos: number;
  /** `wait` without arguments: it knows every job of its shell. */
  all: boolean;
  /** `kill` by process id: nothing to it whose child that is, and it finds no job that has been waited for. */
  kill?: boolean;
  /** It asks for jobs of the list that it stands in. */
  own?: boolean;
}

/** `%1` and the like name jobs; words that only run time knows may, where the script has such a text. */
const namesJobs = (command: Command, text: string): boolean =>
  command.args.some(({ text: word }) => /^["']?%/.test(word)) || /[=\s"']%[\d%+?-]/.test(text);

/** Everything in the script that may ask for a job. */
function usesOf(script: Script, text: string): Use[] | undefined {
  const uses: Use[] = [];
  let named = 0;
  let unknown = false;
  let coprocess = false;
  const visit = (node: SyntaxNode): void => {
    if (ownsItsSource(node)) unknown ||= usesJobs(node);
    else {
      if (node.type === 'Coproc') coprocess = true;
      if (node.type === 'Command') {
        const name = commandName(node);
        if (name === null) unknown = true;
        if (name && JOB_COMMANDS.includes(name)) {
          named += 1;
          uses.push({
            pos: node.pos,
            all: name === 'wait' && node.args.length === 0,
            kill: name === 'kill' && !namesJobs(node, text),
          });
        }
        if (name && DYNAMIC.has(name)) uses.push({ pos: node.pos, all: false });
      }
      if (readsLastJob(node)) uses.push({ pos: node.pos, all: false });
      forEachChild(node, visit);
    }
  };
  visit(script);
  // A command known only at run time may be one of these, where their names stand as data.
  const mentioned =
    text.replace(/^[ \t]*#.*$/gm, '').match(new RegExp(`(?<![\\w./-])(${JOB_COMMANDS.join('|')})(?![\\w./-])`, 'g'))
      ?.length ?? 0;
  return coprocess || (unknown && mentioned > named) ? undefined : uses;
}

/** What {@link findJobs} finds. */
interface Found {
  contained: Set<SyntaxNode>;
  containedStatements: Set<SyntaxNode>;
  jobFunctions: Set<string>;
  jobUsers: Set<string>;
}

/** Finds the lists that keep their jobs to themselves, and the functions that start jobs for their callers. */
export function findJobs(
  script: Script,
  text: string,
  functions: ReadonlyMap<string, FunctionNode[]>,
  starters: Sharing & Found,
): void {
  const uses = usesOf(script, text);
  findUsers(functions, starters.jobUsers);
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
}

const asks = (node: SyntaxNode): boolean =>
  readsJobs(node) ||
  (node.type === 'Command' && commandName(node) === 'kill' && node.args.some((arg) => /^["']?%/.test(arg.text)));

/** Finds the functions that ask for jobs of the shell that calls them. */
function findUsers(functions: ReadonlyMap<string, FunctionNode[]>, users: Set<string>): void {
  for (let changed = true; changed; ) {
    changed = false;
    for (const [name, nodes] of functions) {
      if (users.has(name) || !nodes.some(({ body }) => some(body, asks) || calls(body, users))) continue;
      users.add(name);
      changed = true;
    }
  }
}

/** Visits every list, from the innermost outwards. */
function eachList(node: SyntaxNode, visit: (list: CompoundList | Script) => void): void {
  if (ownsItsSource(node)) return;
  forEachChild(node, (child) => eachList(child, visit));
  if (node.type === 'CompoundList' || node.type === 'Script') visit(node as CompoundList | Script);
}

/** Marks what asks for the jobs of its own list alone. */
function markOwn(node: CompoundList | Script, uses: readonly Use[], starters: Sharing): void {
  const { commands } = node;
  const range = jobRange(starters, commands);
  if (!range) return;
  const live = new LiveJobs(starters);
  const statements = commands.slice(range[0], range[1] + 1);
  // Only the list's own level starts jobs for sure.
  if (!statements[0]!.background) return;
  if (statements.some((s) => live.take(s, startsJobs(s, starters)) === undefined)) return;
  starters.ownJobs.set(node, live.over);
  const [start, end] = [statements[0]!.pos, statements[statements.length - 1]!.end];
  for (const use of uses) if (use.pos >= start && use.pos < end && !use.all) use.own = true;
}

/** Finds whether a list keeps its jobs to itself, once those within it are known. */
function contain(node: CompoundList | Script, uses: readonly Use[], starters: Sharing & Found): void {
  const { commands } = node;
  const range = jobRange(starters, commands);
  if (!range) return;
  const [start, end] = [commands[range[0]]!.pos, commands[range[1]]!.end];
  const waits = isWait(commands[range[1]]!) || starters.ownJobs.get(node) === true;
  const outside = uses.filter((use) => !use.own && !(waits && use.kill) && (use.pos < start || use.pos >= end));
  // Once all have been waited for, another `wait` for all finds none of them.
  if (outside.length === 0 || (waits && outside.every((use) => use.all))) {
    starters.contained.add(node);
    for (const statement of commands.slice(range[0], range[1] + 1)) starters.containedStatements.add(statement);
  }
}
