/**
 * What ties top-level statements to one another: a table of the shell's own process that no other process can be given.
 * All statements from the first that changes it to the last user share a step, or to the script's end where what was set
 * stays in force.
 */
import type { SyntaxNode } from '../parse/ast.ts';
import type { Reason } from './reasons.ts';

/** From its first user to its last, or to the end of the script; what only asks needs no step of what was before it. */
export type Extent = 'users' | 'rest' | 'asks';

/** A part of the source that one step runs. */
export interface Tie {
  reason: Reason;
  start: number;
  end: number;
}

type Place = Pick<SyntaxNode, 'pos' | 'end'>;

interface Users {
  reason: Reason;
  changes: Place[];
  asks: Place[];
  /** What was changed stays in force. */
  rest: boolean;
}

/** Collects users of such tables. */
export class Ties {
  private readonly tables = new Map<string, Users>();
  private readonly length: number;

  /** @param length of the source */
  constructor(length: number) {
    this.length = length;
  }

  /** @param table that the command uses, where the reason has several */
  add(reason: Reason, node: SyntaxNode, extent: Extent, table: string = reason): void {
    const known = this.tables.get(table);
    const users = known ?? { reason, changes: [], asks: [], rest: false };
    if (!known) this.tables.set(table, users);
    (extent === 'asks' ? users.asks : users.changes).push(node);
    if (extent === 'rest') users.rest = true;
  }

  /**
   * The ties; the reason of one that lies in a function's body, or starts there, counts for the whole script.
   *
   * @param loops whose passes see what the one before them left
   */
  settle(bodies: readonly Place[], loops: readonly Place[]): { ties: Tie[]; whole?: Reason } {
    const around = (place: Place): Place => loops.find(({ pos, end }) => pos <= place.pos && end >= place.end) ?? place;
    const ties: Tie[] = [];
    for (const { reason, changes, asks, rest } of this.tables.values()) {
      if (changes.length === 0) continue;
      const places = [...changes, ...asks];
      const inFunction = places.some(({ pos, end }) => bodies.some((body) => body.pos < pos && body.end >= end));
      const start = Math.min(...(inFunction ? places : changes).map((place) => around(place).pos));
      const end = rest ? this.length : Math.max(...places.map((place) => around(place).end));
      if (places.length > 1 || rest) ties.push({ reason, start, end });
    }
    const inside = ties.find((tie) =>
      bodies.some(({ pos, end }) => (tie.start > pos && tie.start < end) || (tie.end > pos && tie.end < end)),
    );
    return { ties, whole: inside?.reason };
  }
}
