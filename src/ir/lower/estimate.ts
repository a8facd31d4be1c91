/** How large a definition will be about, by the text alone: what cannot fit is not lowered in vain. */
import { type Statement, type SyntaxNode, search } from '../../parse/ast.ts';
import { commandName, DYNAMIC } from '../facts.ts';
import { ownsItsSource } from '../text.ts';
import type { Analysis } from './script.ts';
import { isSimpleCommand } from './split.ts';

/** Bytes that a step takes at least in the definition of a whole script, with its share of the decisions: 800 to 1,250 are usual. */
export const STEP_BYTES = 780;
/** What a call of a function takes beside its step, in steps: the return address, and the decision that comes back to it. */
const CALL_STEPS = 0.7;
/** Steps that a compound command has besides those of its commands: to expand words, to open streams and to join them. */
const OWN_STEPS: Readonly<Record<string, number>> = { For: 1, ArithmeticFor: 1, Case: 1, Redirected: 2 };
const JUMPS: ReadonlySet<string> = new Set(['break', 'continue']);

/** A function, or a statement of the script's own level: what may be kept whole. */
interface Unit {
  /** The function's name. */
  name?: string;
  nodes: readonly SyntaxNode[];
  steps: number;
  commands: number;
  /** How often it calls each function. */
  calls: Map<string, number>;
  /** It calls something that only run time knows. */
  callsAny: boolean;
}

/** A unit's steps and calls, with a step for every command. */
function measure({ facts }: Analysis, nodes: readonly SyntaxNode[], name?: string): Unit {
  const unit: Unit = { nodes, steps: 0, commands: 0, calls: new Map(), callsAny: false };
  if (name !== undefined) unit.name = name;
  for (const root of nodes)
    search(root, (node) => {
      if (node.type === 'Function' || ownsItsSource(node)) return false;
      // Jobs share a step with what waits for them, and so do the users of what cannot leave a process.
      if (node.type === 'Statement')
        return node.background || facts.ties.some(({ start, end }) => node.pos >= start && node.end <= end)
          ? false
          : undefined;
      if (node.type === 'Command') {
        const called = commandName(node);
        if (called === null || DYNAMIC.has(called ?? '')) unit.callsAny = true;
        else if (called !== undefined && facts.functions.has(called))
          unit.calls.set(called, (unit.calls.get(called) ?? 0) + 1);
        if (isSimpleCommand(node)) unit.commands += 1;
        if (isSimpleCommand(node) && !JUMPS.has(called ?? '')) unit.steps += 1;
      } else if (node.type === 'Pipeline') unit.steps += node.commands.length > 1 ? 2 : 0;
      else unit.steps += OWN_STEPS[node.type] ?? 0;
      return undefined;
    });
  return unit;
}

/** The statements of the script's own level, and the functions that something may call. */
function unitsOf(analysis: Analysis): Unit[] {
  const { all, facts } = analysis;
  const units = all.commands.map((statement: Statement) => measure(analysis, [statement]));
  const counted = new Set<string>();
  for (let before = -1; before !== units.length; ) {
    before = units.length;
    for (const [name, nodes] of facts.functions) {
      if (counted.has(name) || !units.some((unit) => unit.callsAny || unit.calls.has(name))) continue;
      counted.add(name);
      const bodies = nodes.map(({ body }) => body);
      units.push(measure(analysis, bodies, name));
    }
  }
  return units;
}

/**
 * Bytes of the definition with a step for every command. It may be too much where many commands must share steps: a script of
 * nearly the size that fits is then divided less than it could be.
 */
export function estimateSize(analysis: Analysis): number {
  if (analysis.facts.whole) return 0;
  return unitsOf(analysis).reduce((sum, { steps }) => sum + steps, 0) * STEP_BYTES;
}

/**
 * The functions and statements of the script's own level that are kept whole, so that the others' steps fit into a definition
 * of so many steps: first what takes most for each command, and nothing that calls what is divided before that itself.
 */
export function chooseUndivided(analysis: Analysis, steps: number): ReadonlySet<SyntaxNode> {
  const units = unitsOf(analysis);
  const sites = new Map<string, number>();
  for (const { calls } of units) for (const [name, count] of calls) sites.set(name, (sites.get(name) ?? 0) + count);
  const sizes = new Map(
    units.map((unit) => [unit, unit.steps + (sites.get(unit.name ?? '') ?? 0) * CALL_STEPS] as const),
  );
  let total = [...sizes.values()].reduce((sum, size) => sum + size, 0);
  const divided = new Set(units.filter(({ commands }) => commands > 0));
  const functions = new Set(units.flatMap(({ name }) => (name === undefined ? [] : [name])));
  const kept: Unit[] = [];
  const worth = (unit: Unit): number => sizes.get(unit)! / unit.commands;
  while (total > steps && divided.size > 0) {
    const free = [...divided].filter(
      ({ name, callsAny, calls }) =>
        !(callsAny && functions.size > 0) &&
        ![...calls.keys()].some((called) => called !== name && functions.has(called)),
    );
    // Of those that call one another, the functions come first.
    const ready =
      free.length > 0
        ? free
        : functions.size > 0
          ? [...divided].filter(({ name }) => name !== undefined)
          : [...divided];
    if (ready.length === 0) break;
    // Of equal ones the last: neighbours share a step.
    ready.sort((a, b) => worth(b) - worth(a) || b.nodes[0]!.pos - a.nodes[0]!.pos);
    for (const unit of free.length > 0 ? ready : ready.slice(0, 1)) {
      if (total <= steps) break;
      divided.delete(unit);
      if (unit.name !== undefined) functions.delete(unit.name);
      kept.push(unit);
      total -= sizes.get(unit)!;
    }
  }
  // The last one may have been more than was needed.
  const undivided = kept.reverse().filter((unit) => {
    const size = sizes.get(unit)!;
    if (total + size > steps) return true;
    total += size;
    return false;
  });
  return new Set(undivided.flatMap(({ nodes }) => nodes));
}
