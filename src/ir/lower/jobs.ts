/**
 * Background jobs belong to the shell that started them: `wait` and `$!` need the same process. A list that starts jobs and has
 * every command of the script that asks for them keeps its jobs to itself: what stands around it can be divided.
 */
import {
  type CompoundList,
  type FunctionNode,
  forEachChild,
  type Script,
  type Statement,
  type SyntaxNode,
} from '../../parse/ast.ts';
import { commandName, DYNAMIC, type JobStarters, startsJobs, usesJobs } from '../facts.ts';
import type { Reason } from '../reasons.ts';
import { ownsItsSource } from '../text.ts';
import type { Tie } from '../ties.ts';

/**
 * The range of a list's statements that share background jobs: from the first that starts some to the last that uses the
 * shell's job table. A coprocess's descriptors are used by whatever follows.
 */
export function jobRange(starters: JobStarters, statements: readonly Statement[]): [number, number] | undefined {
  const first = statements.findIndex((s) => startsJobs(s, starters));
  if (first < 0) return undefined;
  let last = first;
  for (let i = first; i < statements.length; i += 1) {
    if (startsJobs(statements[i]!, starters) || usesJobs(statements[i]!)) last = i;
    if (statements[i]!.command.type === 'Coproc') last = statements.length - 1;
  }
  return [first, last];
}

/** Neighbours in a list that one step runs, and why. */
export interface TiedRange {
  first: number;
  last: number;
  reason: Reason;
}

/** The ranges of a list that share a step, in order: jobs, and what the script's ties say of its top level. */
export function tiedRanges(
  starters: JobStarters & { facts: { ties: readonly Tie[] } },
  statements: readonly Statement[],
  topLevel: boolean,
): TiedRange[] {
  const ranges: TiedRange[] = [];
  const jobs = jobRange(starters, statements);
  if (jobs) ranges.push({ first: jobs[0], last: jobs[1], reason: 'background' });
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
    if (before && range.first <= before.last) before.last = Math.max(before.last, range.last);
    else merged.push({ ...range });
  }
  return merged;
}

const JOB_COMMANDS = ['wait', 'jobs', 'fg', 'bg', 'disown', 'kill'];

interface Use {
  pos: number;
  /** `wait` without arguments: it knows every job of its shell. */
  all: boolean;
}

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
          uses.push({ pos: node.pos, all: name === 'wait' && node.args.length === 0 });
        }
        if (name && DYNAMIC.has(name)) uses.push({ pos: node.pos, all: false });
      }
      if (
        (node.type === 'SimpleExpansion' && node.text === '$!') ||
        (node.type === 'ParameterExpansion' && node.parameter === '!')
      )
        uses.push({ pos: node.pos, all: false });
      forEachChild(node, visit);
    }
  };
  visit(script);
  // A command known only at run time may be one of these, where their names stand as data.
  const mentioned = text.match(new RegExp(`(?<![\\w./-])(${JOB_COMMANDS.join('|')})(?![\\w./-])`, 'g'))?.length ?? 0;
  return coprocess || (unknown && mentioned > named) ? undefined : uses;
}

/** Finds the lists that keep their jobs to themselves, and the functions that start jobs for their callers. */
export function findJobs(
  script: Script,
  text: string,
  functions: ReadonlyMap<string, FunctionNode[]>,
  starters: JobStarters & { contained: Set<SyntaxNode>; jobFunctions: Set<string> },
): void {
  const uses = usesOf(script, text);
  for (let changed = true; changed; ) {
    changed = false;
    starters.contained.clear();
    if (uses) contain(script, uses, starters);
    for (const [name, nodes] of functions) {
      if (starters.jobFunctions.has(name) || !nodes.some((n) => startsJobs(n.body, starters))) continue;
      starters.jobFunctions.add(name);
      changed = true;
    }
  }
}

/** From the innermost list outwards. */
function contain(node: SyntaxNode, uses: readonly Use[], starters: JobStarters & { contained: Set<SyntaxNode> }): void {
  if (ownsItsSource(node)) return;
  forEachChild(node, (child) => contain(child, uses, starters));
  if (node.type !== 'CompoundList' && node.type !== 'Script') return;
  const { commands } = node as CompoundList | Script;
  const range = jobRange(starters, commands);
  if (!range) return;
  const [start, end] = [commands[range[0]]!.pos, commands[range[1]]!.end];
  const last = commands[range[1]]!;
  const waits =
    !last.background &&
    last.command.type === 'Command' &&
    commandName(last.command) === 'wait' &&
    last.command.args.length === 0;
  const outside = uses.filter((use) => use.pos < start || use.pos >= end);
  // Once all have been waited for, another `wait` for all finds none of them.
  if (outside.length === 0 || (waits && outside.every((use) => use.all))) starters.contained.add(node);
}
