/**
 * Background jobs belong to the shell that started them: `wait` and `$!` need the same process. What starts jobs, what asks for
 * them and all between share a step.
 */
import {
  type Command,
  type FunctionNode,
  forEachChild,
  type Script,
  type Statement,
  type SyntaxNode,
} from '../../parse/ast.ts';
import { commandName, readsJobs, readsLastJob } from '../facts.ts';
import type { Reason } from '../reasons.ts';
import { variableOf } from '../text-search.ts';
import type { Tie } from '../ties.ts';
import { calls, isWait } from './asking.ts';
import { isJobCommand, KILLERS } from './job-commands.ts';
import { evaluatesText, type JobStarters, mayAsk, startsJobs, usesJobs } from './job-starters.ts';

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

/** What {@link jobRanges} looks at. */
export type Sharing = JobStarters & {
  ownJobs: Map<SyntaxNode, boolean>;
  jobUsers: ReadonlySet<string>;
  /** Calls of functions that ask for the job which their list has started before. */
  lastCalls: Set<Command>;
  /** Some trap's handler asks for jobs. */
  handlersAsk: boolean;
  text: string;
  /** The commands that read files which are compiled in. */
  sites: ReadonlyMap<Command, unknown>;
  facts: { functions: ReadonlyMap<string, FunctionNode[]> };
  script: Script;
};

/** Where a job may be killed without being asked for. */
const KILLS = new RegExp(String.raw`\b(?:${['kill', ...KILLERS].join('|')})\b`);

/**
 * The ranges of a list that each share jobs: from the first that may be asked for to what asks last. Once all have been waited for,
 * by a `wait` for all or by their process ids, they are nothing to what follows, unless that names them.
 */
function jobRanges(starters: Sharing, statements: readonly Statement[]): [number, number][] {
  const whole = jobRange(starters, statements);
  if (!whole) return [];
  if (starters.handlersAsk || statements.some(({ command }) => command.type === 'Coproc')) return [whole];
  // A handler may end `wait` before the jobs.
  const waits = !/\btrap\b/.test(starters.text) && !starters.facts.functions.has('wait');
  const killed = KILLS.test(starters.text);
  const ranges: [number, number][] = [];
  let live = new LiveJobs(starters);
  let range: [number, number] | undefined;
  /** What has started jobs since something last asked for any. */
  let started: number[] = [];
  for (let i = whole[0]; i <= whole[1]; i += 1) {
    const statement = statements[i]!;
    const starts = startsJobs(statement, starters);
    if (starts) started.push(i);
    const asks = live.take(statement, starts);
    if (asks === undefined) return [whole];
    const first = range?.[0] ?? started[0];
    if (first !== undefined && ((starts && killed) || (asks && asksItself(statement, starters)))) {
      range = [first, i];
      started = [];
    }
    if (!live.over || !waits) continue;
    if (range) ranges.push(range);
    range = undefined;
    live = new LiveJobs(starters);
  }
  if (range) ranges.push(range);
  return [...ranges, ...started.map((i): [number, number] => [i, i])];
}

/** True unless a statement only starts a job. */
const asksItself = (statement: Statement, { jobUsers }: Sharing): boolean =>
  !statement.background || usesJobs(statement.command) || calls(statement.command, jobUsers);

/** Follows the jobs of a list from the first one on. */
export class LiveJobs {
  /** All jobs have been waited for. */
  over = false;
  /** Calls of functions that ask for the job which was started last. */
  readonly lastCalls: Command[] = [];
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
    if (node.type === 'Command' && evaluatesText(node)) return undefined;
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
    if (node.type === 'Statement' && node.background) return this.job(node.command);
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
    const known = commandName(command);
    if (known === null || evaluatesText(command) || isJobCommand(command)) return undefined;
    const bodies = this.starters.facts.functions.get(known ?? '') ?? [];
    // A function that the text does not show.
    if (bodies.length === 0 && this.starters.jobUsers.has(known ?? '')) return undefined;
    if (bodies.length === 0) return this.children(command, false);
    const given = this.children(command, false);
    if (given === undefined) return undefined;
    if (bodies.every(({ body }) => this.keepsToItself(body))) return given || this.any;
    if (!this.any || !bodies.every(({ body }) => this.keepsToItself(body, true))) return undefined;
    this.lastCalls.push(command);
    return true;
  }

  /** True if a function asks only for jobs that it has started. @param last or for the last one by its process id */
  private keepsToItself(node: SyntaxNode, last = false): boolean {
    if (this.starters.contained.has(node) || this.starters.ownJobs.has(node)) return true;
    if (last && readsLastJob(node)) return true;
    if (readsJobs(node)) return false;
    const { jobUsers, text } = this.starters;
    if (node.type === 'Command' && (calls(node, jobUsers) || mayAsk(node, text))) return false;
    let keeps = true;
    forEachChild(node, (child) => {
      keeps &&= this.keepsToItself(child, last);
    });
    return keeps;
  }
}

/** Commands that take the process ids of jobs. */
const ASKS_BY_ID = new Set(['wait', 'disown', 'kill']);

/** True if a word is `$!`, quoted or not. */
export const isLastId = (text: string): boolean => /^(\$!|\$\{!\}|"\$!"|"\$\{!\}")$/.test(text);

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
