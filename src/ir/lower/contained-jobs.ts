/**
 * A list that starts jobs and has every command of the script that asks for them keeps its jobs to itself: what stands around
 * it can be divided.
 */
import {
  type Command,
  type CompoundList,
  type FunctionNode,
  forEachChild,
  LOOPS,
  type Script,
  type Statement,
  type SyntaxNode,
  some,
  walk,
} from '../../parse/ast.ts';
import { commandName } from '../facts.ts';
import { JUMPS } from '../loop-level.ts';
import { ownsItsSource } from '../text.ts';
import { countMentions, withoutAllComments } from '../text-search.ts';
import { findAsking, isWait, SHELLS, type Use, type Ways } from './asking.ts';
import type { Continuation } from './carried.ts';
import { startsJobs } from './job-starters.ts';
import { jobRange, LiveJobs, type Sharing } from './jobs.ts';

/** What {@link findJobs} finds. */
interface Found {
  contained: Set<SyntaxNode>;
  containedStatements: Set<SyntaxNode>;
  jobFunctions: Set<string>;
  jobUsers: Set<string>;
  foundNames: Set<string>;
  startingTraps: Set<SyntaxNode>;
  carried: Map<Command, Continuation>;
  judged: Set<Command>;
  judgedCalls: Set<Command>;
  seen: Set<Command>;
  handlersAsk: boolean;
  asksForAny: boolean;
}

/** Finds the lists that keep their jobs to themselves, and the functions that start jobs for their callers. */
export function findJobs(
  script: Script,
  text: string,
  functions: ReadonlyMap<string, FunctionNode[]>,
  starters: Sharing & Found,
  { carry, ...judging }: Ways,
): void {
  if (settle(script, text, functions, starters, judging) || !carry) return;
  // Where nothing that only run time knows starts a job, as almost always, such commands see to that.
  forget(starters);
  const settled = settle(script, text, functions, starters, { carry, ...judging });
  if (settled !== undefined && starters.carried.size <= MOST_CARRIED) return;
  forget(starters);
  settle(script, text, functions, starters, judging);
}

/** Each holds the text of all that follows. */
const MOST_CARRIED = 8;

function forget(starters: Found): void {
  const { jobUsers, foundNames, startingTraps, carried, judged, judgedCalls, seen } = starters;
  for (const found of [jobUsers, foundNames, startingTraps, carried, judged, judgedCalls, seen]) found.clear();
}

/** Finds it; true if nobody asks for a job but those who have started it, undefined if it cannot be told who does. */
function settle(
  script: Script,
  text: string,
  functions: ReadonlyMap<string, FunctionNode[]>,
  starters: Sharing & Found,
  ways: Ways,
): boolean | undefined {
  const { uses, handlersAsk } = findAsking(script, text, functions, starters, ways);
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
        starters.lastCalls.clear();
        eachList(script, (list) => markOwn(list, uses, starters));
        markCalled(uses, starters);
        eachList(script, (list) => contain(list, uses, starters));
      }
      for (const [name, nodes] of functions) {
        if (starters.jobFunctions.has(name) || !nodes.some((n) => startsJobs(n.body, starters))) continue;
        starters.jobFunctions.add(name);
        changed = true;
      }
    }
    if (uses?.every((use) => use.own || use.file || use.shell) && starters.jobFunctions.size === 0) return true;
  }
  return uses ? false : undefined;
}

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
  for (const use of uses) if (!use.all && standsIn(use, start, end, starters)) use.own = true;
  for (const call of live.lastCalls) starters.lastCalls.add(call);
}

/** Marks what functions ask that are called behind a job alone: for that job. */
function markCalled(uses: readonly Use[], { script, text, facts: { functions }, lastCalls }: Sharing): void {
  const names = new Set(Array.from(lastCalls, (call) => commandName(call)));
  for (const [name, nodes] of functions) {
    if (!names.has(name)) continue;
    let called = 0;
    const elsewhere = some(script, (node) => {
      if (node.type !== 'Command' || commandName(node) !== name) return false;
      called += 1;
      return !lastCalls.has(node);
    });
    if (elsewhere || countMentions(withoutAllComments(text), name) !== called + nodes.length) continue;
    for (const use of uses) if (nodes.some((node) => covers(node, use.pos))) use.own = true;
  }
}

/** True if a use stands in a part of the script, and in no function there that may be called from elsewhere. */
function standsIn({ pos }: Use, start: number, end: number, { script, text }: Sharing): boolean {
  if (pos < start || pos >= end) return false;
  const part = text.slice(start, end);
  return functionsOf(script).every(
    (node) =>
      !(covers(node, pos) && node.pos >= start) ||
      countMentions(text, node.name.text) === countMentions(part, node.name.text),
  );
}

const covers = (node: SyntaxNode, pos: number): boolean => node.pos <= pos && pos < node.end;

/** Builtins by which control leaves a list that may run again. */
export const LEAVES_LIST: ReadonlySet<string> = new Set([...JUMPS, 'return']);

/** True if one shell may run a list more than once. */
function mayRepeat(list: SyntaxNode, sharing: Sharing, within: ReadonlySet<string> = new Set()): boolean {
  const { script } = sharing;
  let repeats = false;
  let around: SyntaxNode | undefined = script;
  while (around && around !== list) {
    if (SHELLS.has(around.type)) repeats = false;
    else if (LOOPS.has(around.type)) repeats = true;
    else if (around.type === 'Function') repeats ||= !isCalledOnce(around.name.text, sharing, within);
    let next: SyntaxNode | undefined;
    forEachChild(around, (child) => {
      if (covers(child, list.pos)) next = child;
    });
    around = next;
  }
  return repeats;
}

/** True if a function's name stands nowhere but where it is defined and, where nothing repeats it, called. */
function isCalledOnce(name: string, sharing: Sharing, within: ReadonlySet<string>): boolean {
  const { script, text, facts } = sharing;
  // One that calls itself runs again, if at all.
  if (within.has(name) || facts.functions.get(name)?.length !== 1) return false;
  if (countMentions(withoutAllComments(text), name) !== 2) return false;
  let call: SyntaxNode | undefined;
  walk(script, (node) => {
    if (ownsItsSource(node)) return false;
    if (node.type === 'Command' && commandName(node) === name) call = node;
    return undefined;
  });
  return call !== undefined && !mayRepeat(call, sharing, new Set([...within, name]));
}

const known = new WeakMap<Script, FunctionNode[]>();

/** The definitions of functions, those in others too. */
function functionsOf(script: Script): readonly FunctionNode[] {
  let functions = known.get(script);
  if (!functions) {
    const found: FunctionNode[] = [];
    walk(script, (node) => {
      if (node.type === 'Function') found.push(node);
      return undefined;
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
  const asks = ({ own, shell }: Use): boolean => !own && !(shell && !covers(shell, start));
  const outside = uses.some(
    (use) =>
      asks(use) &&
      !(waits && (use.all || use.file)) &&
      !standsIn(use, start, end, starters) &&
      !isPassed(starters.script, start, use.pos),
  );
  if (outside) return;
  // Where the list runs again, what it asks for may be a job of the time before.
  const leaves = commands.some((one) =>
    some(one, (n) => n.type === 'Command' && LEAVES_LIST.has(commandName(n) ?? '')),
  );
  const within = uses.some((use) => asks(use) && !(waits && use.all && !leaves) && use.pos >= start && use.pos < end);
  if (within && mayRepeat(node, starters)) return;
  starters.contained.add(node);
  for (const statement of commands.slice(range[0], range[1] + 1)) starters.containedStatements.add(statement);
}
