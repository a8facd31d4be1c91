/**
 * What ties top-level statements to one another: a table of the shell's own process that no other process can be given.
 * All statements from the first that changes it to the last user share a step, or to the script's end where what was set
 * stays in force.
 */
import { type Command, contains, type FunctionNode, type Place, type SyntaxNode } from '../parse/ast.ts';
import type { Reason } from './reasons.ts';

/**
 * From its first user to its last, or to the end of the script, `shell`: of the shell that runs the command; `before`: from
 * the beginning of the script. What only asks
 * needs no step of what was before it; nor does what empties the table, where nothing is in it; what changes it the same whatever
 * is in it is nothing where nothing asks.
 */
export type Extent = 'users' | 'rest' | 'shell' | 'before' | 'asks' | 'clears' | 'changes';

/** A part of the source that one step runs. */
export interface Tie {
  reason: Reason;
  start: number;
  end: number;
}

/** From where functions may be called. */
export interface Called {
  /** They, and those that may call them. */
  functions: ReadonlySet<string>;
  /** Statements of the script's own level. */
  statements: readonly Place[];
}

interface Users {
  reason: Reason;
  changes: Place[];
  asks: Place[];
  /** All of those that change it do so whatever is in it. */
  blind: boolean;
  /** What the script does not show may ask for what a command has changed. */
  shown: boolean;
  /** What was changed stays in force. */
  rest: boolean;
}

/** Collects users of such tables. */
export class Ties {
  private readonly tables = new Map<string, Users>();
  private readonly unseen: Command[] = [];
  private readonly length: number;

  /** @param length of the source */
  constructor(length: number) {
    this.length = length;
  }

  /** @param table that the command uses, where the reason has several */
  add(reason: Reason, node: SyntaxNode, extent: Extent, table: string = reason): void {
    const known = this.tables.get(table);
    const users = known ?? { reason, changes: [], asks: [], blind: true, shown: false, rest: false };
    if (!known) this.tables.set(table, users);
    const asks = extent === 'asks' || (extent === 'clears' && users.changes.length === 0);
    (asks ? users.asks : users.changes).push(node);
    if (!asks && extent !== 'changes') users.blind = false;
    if (extent === 'users' || extent === 'changes') users.shown = true;
    if (extent === 'rest') users.rest = true;
    if (extent === 'before') users.changes.push({ pos: 0, end: 0 });
  }

  /** A command that runs what the script does not show: it may change any table that something asks for. */
  addUnseen(node: Command): void {
    this.unseen.push(node);
  }

  /**
   * The ties. What lies in a function's body lies where that may be called: the functions on the way run in the step of
   * whoever calls them; where it cannot be told who does, the reason counts for the whole script.
   *
   * @param bodies of functions
   * @param loops whose passes see what the one before them left
   * @param judges the runtime sees what such commands run, and keeps what follows with them where that uses such a table
   * @param whereCalled finds the top-level statements that may call one of some functions, and the functions on the way
   */
  settle(
    bodies: readonly FunctionNode[],
    loops: readonly Place[],
    judges: boolean,
    whereCalled: (functions: readonly FunctionNode[]) => Called | undefined,
  ): { ties: Tie[]; functions: Map<string, Reason>; judged: ReadonlySet<Command>; whole?: Reason } {
    const around = (place: Place): Place => loops.find((loop) => contains(loop, place)) ?? place;
    const isWithin = (places: readonly Place[], place: Place): boolean =>
      places.some((around) => contains(around, place));
    const isInFunction = (place: Place): boolean => isWithin(bodies, place);
    const isApart = (place: Place): boolean => !isInFunction(place) && !isWithin(loops, place);
    const judgeable = judges ? this.unseen.filter(isApart) : [];
    const unjudged = this.unseen.filter((command) => !judgeable.includes(command));
    const judged = new Set<Command>();
    const ties: Tie[] = [];
    const functions = new Map<string, Reason>();
    for (const { reason, changes: seen, asks, blind, shown, rest } of this.tables.values()) {
      const changes = asks.length > 0 ? [...seen, ...unjudged] : seen;
      const judgeBefore = (at: number): void => {
        if (asks.length > 0) for (const command of judgeable) if (command.pos < at) judged.add(command);
      };
      if (changes.length === 0) {
        judgeBefore(Infinity);
        continue;
      }
      if (blind && asks.length === 0 && this.unseen.length === 0) continue;
      const changed = Math.min(...seen.map((place) => around(place).pos));
      const mayAsk = shown && !rest ? this.unseen.filter((node) => node.pos > changed || isInFunction(node)) : [];
      const all = [...changes, ...asks, ...mayAsk];
      const inside = bodies.filter((body) => all.some(({ pos, end }) => body.pos < pos && body.end >= end));
      let places = all;
      let starts = inside.length > 0 ? all : changes;
      if (inside.length > 0) {
        const called = whereCalled(inside);
        if (!called) return { ties, functions, judged, whole: reason };
        for (const name of called.functions) functions.set(name, reason);
        const own = all.filter(({ pos, end }) => !inside.some((body) => body.pos < pos && body.end >= end));
        places = [...own, ...called.statements];
        starts = places;
        if (places.length === 0) continue;
      }
      const start = Math.min(...starts.map((place) => around(place).pos));
      judgeBefore(start);
      const end = rest ? this.length : Math.max(...places.map((place) => around(place).end));
      if (inside.length > 0 || places.length > 1 || rest) ties.push({ reason, start, end });
    }
    return { ties, functions, judged };
  }
}
