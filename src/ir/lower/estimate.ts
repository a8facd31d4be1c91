/** How large a definition will be about, by the text alone: what cannot fit is not lowered in vain. */
import { type Command, kindsOf, type SyntaxNode, search } from '../../parse/ast.ts';
import { commandName, DYNAMIC } from '../facts.ts';
import { JUMPS } from '../loop-level.ts';
import { ownsItsSource } from '../text.ts';
import type { Analysis } from './script.ts';
import { DIVIDED_LOOPS, isSimpleCommand, type Worth } from './split.ts';

/** Bytes that a step takes at least in the definition of a whole script, with its share of the decisions: 800 to 1,250 are usual. */
export const STEP_BYTES = 780;
/** What a call of a function takes beside its step, in steps: the return address, and the decision that comes back to it. */
const CALL_STEPS = 0.7;
/** Steps that a compound command has besides those of its commands: to expand words, to open streams and to join them. */
const OWN_STEPS: Readonly<Record<string, number>> = { For: 1, ArithmeticFor: 1, Case: 1, Redirected: 2, Pipeline: 2 };
/** What no step reaches into, or out of, if it is divided. */
const DIVIDES: ReadonlySet<string> = new Set(
  'CompoundList If While For ArithmeticFor Case Subshell Redirected Pipeline'.split(' '),
);
/** What is looked at to count steps. */
const COUNTED = kindsOf('Function', 'Script', 'Statement', 'Command', ...DIVIDES);
/** How many times too large a definition is by the estimate that surely is. */
const SURELY = 1.5;
/** Bytes of a program's name and of what ends the command. */
const SHORTEST_COMMAND = 4;

/** A function, or a statement of the script's own level: what may be kept whole. */
interface Unit {
  /** The function's name. */
  name?: string;
  nodes: readonly SyntaxNode[];
  steps: number;
  /** Commands that have steps of their own only where it is divided. */
  commands: number;
  /** Its steps where it is kept whole, as far as they are counted. */
  whole: number;
  /** How often it calls each function, in steps. */
  calls: Map<string, number>;
  /** It calls something that only run time knows. */
  callsAny: boolean;
}

/** Which commands have steps of their own in units that are divided (by default all), and in those that are kept whole. */
export interface Division {
  most?: Worth;
  least?: Worth;
}

/** Counts the steps of commands of which only some have their own: those between them share one. */
class Runs {
  own = 0;
  private count = 0;
  private open = false;
  private readonly worth: Worth;

  constructor(worth: Worth) {
    this.worth = worth;
  }

  get steps(): number {
    return this.own > 0 ? this.count : 0;
  }

  add(command: Command, repeated: boolean): boolean {
    const own = this.worth(command, repeated);
    if (own) this.own += 1;
    if (own || !this.open) this.count += 1;
    this.open = !own;
    return own;
  }

  /** Adds what is divided if something in it has a step, and has so many itself then. */
  within(steps: number, visit: () => void): void {
    const { own, count, open } = this;
    this.open = false;
    visit();
    this.open = this.own === own;
    if (this.open) this.count = count + (open ? 0 : 1);
    else this.count += steps;
  }
}

/** A unit's steps and calls. */
function measure({ facts }: Analysis, nodes: readonly SyntaxNode[], { most, least }: Division, name?: string): Unit {
  const unit: Unit = { nodes, steps: 0, commands: 0, whole: 0, calls: new Map(), callsAny: false };
  if (name !== undefined) unit.name = name;
  const some = most && new Runs(most);
  const few = least && new Runs(least);
  const runs = [some, few].filter((run) => run !== undefined);
  const isCommand = (node: SyntaxNode): boolean => node.type === 'Pipeline' && node.commands.length === 1;
  const add = (command: Command, repeated: boolean): void => {
    const called = commandName(command);
    const simple = isSimpleCommand(command);
    const isStep = !some || (simple && some.add(command, repeated));
    if (simple) few?.add(command, repeated);
    if (called === null || DYNAMIC.has(called ?? '')) unit.callsAny = true;
    else if (isStep && called !== undefined && facts.functions.has(called))
      unit.calls.set(called, (unit.calls.get(called) ?? 0) + 1);
    if (simple) unit.commands += 1;
    if (simple && !JUMPS.has(called ?? '')) unit.steps += 1;
  };
  const visit = (root: SyntaxNode, repeated: boolean): void =>
    void search(
      root,
      (node) => {
        if (node.type === 'Function' || ownsItsSource(node)) return false;
        const own = OWN_STEPS[node.type] ?? 0;
        if (node !== root && runs.length > 0 && DIVIDES.has(node.type) && !isCommand(node)) {
          const inside = (): void => visit(node, repeated || DIVIDED_LOOPS.has(node.type));
          runs.reduce((enter, run) => () => run.within(own, enter), inside)();
          return false;
        }
        // Jobs share a step with what waits for them, and so do the users of what cannot leave a process.
        if (node.type === 'Statement')
          return node.background || facts.ties.some(({ start, end }) => node.pos >= start && node.end <= end)
            ? false
            : undefined;
        if (node.type === 'Command') add(node, repeated);
        else if (!isCommand(node)) unit.steps += own;
        return undefined;
      },
      COUNTED,
    );
  for (const root of nodes) visit(root, false);
  if (some) [unit.steps, unit.commands] = [some.steps, some.own];
  if (few) [unit.whole, unit.commands] = [few.steps, unit.commands - few.own];
  return unit;
}

/** The statements of the script's own level, and then the functions that something may call. */
function* unitsOf(analysis: Analysis, division: Division): Generator<Unit> {
  const { all, facts } = analysis;
  const called = new Set<string>();
  const found = (unit: Unit): Unit => {
    for (const name of unit.callsAny ? facts.functions.keys() : unit.calls.keys()) called.add(name);
    return unit;
  };
  for (const statement of all.commands) yield found(measure(analysis, [statement], division));
  // A set's loop comes to what is added meanwhile.
  for (const name of called) {
    const bodies = facts.functions.get(name)!.map(({ body }) => body);
    yield found(measure(analysis, bodies, division, name));
  }
}

/**
 * Bytes of the definition, with a step for every command if nothing else is said. It may be too much where many commands must
 * share steps: a script of nearly the size that fits is then divided less than it could be.
 * @param enough bytes beyond which it is not counted on
 */
export function estimateSize(analysis: Analysis, division: Division = {}, enough = Infinity): number {
  let steps = 0;
  if (analysis.facts.whole) return steps;
  for (const unit of unitsOf(analysis, division)) {
    steps += unit.steps;
    if (steps * STEP_BYTES > enough) break;
  }
  return steps * STEP_BYTES;
}

/** True if the definition is far too large where only some commands have steps: for all that the estimate may count too many. */
export function surelyExceeds(analysis: Analysis, most: Worth, limit: number): boolean {
  const bytes = SURELY * limit;
  const { length } = analysis.source.text;
  return length > (SHORTEST_COMMAND * bytes) / STEP_BYTES && estimateSize(analysis, { most }, bytes) > bytes;
}

/** The steps that statements of the script's own level share: neighbours that are kept whole have one. */
class Shared {
  steps = 0;
  private readonly places: ReadonlyMap<Unit, number>;
  private readonly whole: boolean[] = [];

  constructor(statements: readonly Unit[]) {
    this.places = new Map(statements.map((unit, place) => [unit, place]));
    for (const unit of statements) if (unit.steps === 0) this.add(unit);
  }

  /** Answers how many more there are where this one is kept whole, too. */
  cost(unit: Unit): number {
    const place = this.places.get(unit);
    if (place === undefined || unit.whole > 0) return 0;
    return 1 - Number(this.whole[place - 1] ?? false) - Number(this.whole[place + 1] ?? false);
  }

  add(unit: Unit): void {
    this.steps += this.cost(unit);
    const place = this.places.get(unit);
    if (place !== undefined && unit.whole === 0) this.whole[place] = true;
  }

  remove(unit: Unit): void {
    const place = this.places.get(unit);
    if (place !== undefined && unit.whole === 0) this.whole[place] = false;
    this.steps -= this.cost(unit);
  }
}

/**
 * The functions and statements of the script's own level that are kept whole, so that the others' steps fit into a definition
 * of so many steps: nothing that calls what is divided before that itself. It is tried to begin with what takes most for each
 * command, and with the last statements, as neighbours share a step.
 */
export function chooseUndivided(analysis: Analysis, steps: number, division: Division): ReadonlySet<SyntaxNode> {
  const units = [...unitsOf(analysis, division)];
  const mostFirst = keepWhole(units, steps, division, (a, b) => b.price - a.price);
  if (!division.least) return mostFirst.nodes;
  const lastFirst = keepWhole(units, steps, division, (a, b) =>
    a.unit.name === undefined && b.unit.name === undefined ? 0 : b.price - a.price,
  );
  return (lastFirst.commands > mostFirst.commands ? lastFirst : mostFirst).nodes;
}

/** What of the units is divided while that is being chosen, and how many steps it takes. */
class Choice {
  readonly divided: Set<Unit>;
  /** The divided functions. */
  readonly functions: Set<string>;
  /** What was taken from `divided`, in this order. */
  readonly kept: Unit[] = [];
  private total: number;
  private readonly sizes = new Map<Unit, { steps: number; commands: number }>();
  private readonly shared: Shared;
  private readonly division: Division;
  private readonly callers = new Map<string, Unit[]>();

  constructor(units: readonly Unit[], division: Division) {
    this.division = division;
    const sites = new Map<string, number>();
    for (const unit of units)
      for (const [name, count] of unit.calls) {
        sites.set(name, (sites.get(name) ?? 0) + count);
        const callers = this.callers.get(name);
        if (callers) callers.push(unit);
        else this.callers.set(name, [unit]);
      }
    this.total = 0;
    for (const unit of units) {
      const calls = unit.name === undefined ? 0 : (sites.get(unit.name) ?? 0);
      const size = { steps: unit.steps + calls * CALL_STEPS, commands: unit.commands };
      this.sizes.set(unit, size);
      this.total += size.steps;
    }
    this.shared = new Shared(division.least ? units.filter(({ name }) => name === undefined) : []);
    this.divided = new Set(units.filter(({ commands }) => commands > 0));
    // Without commands that have steps, a function runs where it is called.
    const called = division.most ? [...this.divided] : units;
    this.functions = new Set(called.flatMap(({ name }) => (name === undefined ? [] : [name])));
  }

  get steps(): number {
    return this.total + this.shared.steps;
  }

  /** Commands that have steps of their own because of what is divided. */
  get commands(): number {
    return [...this.divided].reduce((sum, unit) => sum + this.sizes.get(unit)!.commands, 0);
  }

  /** What a command's step takes where the unit is divided. */
  price(unit: Unit): number {
    const { steps, commands } = this.sizes.get(unit)!;
    return (steps - unit.whole) / commands;
  }

  private saved(unit: Unit): number {
    return this.sizes.get(unit)!.steps - unit.whole;
  }

  keep(unit: Unit): void {
    this.divided.delete(unit);
    this.kept.push(unit);
    this.total -= this.saved(unit);
    this.shared.add(unit);
    const { name } = unit;
    if (name === undefined) return;
    this.functions.delete(name);
    // Where not every command has a step, the calls of a function have none without it.
    if (!this.division.most || unit.whole > 0) return;
    for (const caller of this.callers.get(name) ?? []) {
      if (!this.divided.has(caller)) continue;
      const calls = caller.calls.get(name)!;
      const size = this.sizes.get(caller)!;
      this.total -= calls;
      size.steps -= calls;
      size.commands -= calls;
      if (size.commands <= 0) this.keep(caller);
    }
  }

  /** Takes it back that a unit was kept whole, if that leaves it at so many steps. */
  divide(unit: Unit, most: number): boolean {
    const { commands } = this.sizes.get(unit)!;
    // What calls it would have to be looked at again.
    if (this.division.most && (unit.name !== undefined || commands <= 0)) return false;
    this.total += this.saved(unit);
    this.shared.remove(unit);
    if (this.steps <= most) {
      this.divided.add(unit);
      return true;
    }
    this.total -= this.saved(unit);
    this.shared.add(unit);
    return false;
  }
}

/** A unit that may be kept whole next, with what a command's step takes in it. */
interface Priced {
  unit: Unit;
  price: number;
  pos: number;
}

/** What is kept whole in an order, and how many commands have steps of their own then. */
function keepWhole(
  units: readonly Unit[],
  steps: number,
  division: Division,
  order: (a: Priced, b: Priced) => number,
): { nodes: ReadonlySet<SyntaxNode>; commands: number } {
  const choice = new Choice(units, division);
  const { divided, functions } = choice;
  while (choice.steps > steps && divided.size > 0) {
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
    const priced = ready.map((unit): Priced => ({ unit, price: choice.price(unit), pos: unit.nodes[0]!.pos }));
    priced.sort((a, b) => order(a, b) || b.pos - a.pos);
    for (const { unit } of free.length > 0 ? priced : priced.slice(0, 1)) {
      if (choice.steps <= steps) break;
      if (divided.has(unit)) choice.keep(unit);
    }
  }
  // The last one may have been more than was needed.
  const undivided = choice.kept.reverse().filter((unit) => !choice.divide(unit, steps));
  return { nodes: new Set(undivided.flatMap(({ nodes }) => nodes)), commands: choice.commands };
}
