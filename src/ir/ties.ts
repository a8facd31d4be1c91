/**
 * What ties top-level statements to one another: a table of the shell's own process that no other process can be given.
 * All statements from the first user of it to the last one share a step, or to the script's end where what was set stays
 * in force.
 */
import type { SyntaxNode } from '../parse/ast.ts';
import type { Reason } from './reasons.ts';

/** From its first user to its last, or to the end of the script. */
export type Extent = 'users' | 'rest';

/** A part of the source that one step runs. */
export interface Tie {
  reason: Reason;
  start: number;
  end: number;
}

/** Collects users of such tables. */
export class Ties {
  private readonly found = new Map<Reason, Tie>();
  private readonly length: number;

  /** @param length of the source */
  constructor(length: number) {
    this.length = length;
  }

  add(reason: Reason, node: SyntaxNode, extent: Extent): void {
    const end = extent === 'rest' ? this.length : node.end;
    const known = this.found.get(reason);
    if (!known) this.found.set(reason, { reason, start: node.pos, end });
    else {
      known.start = Math.min(known.start, node.pos);
      known.end = Math.max(known.end, end);
    }
  }

  /** The ties; the reason of one that lies in a function's body, or starts there, counts for the whole script. */
  settle(bodies: readonly { pos: number; end: number }[]): { ties: Tie[]; whole?: Reason } {
    const ties = [...this.found.values()];
    const inside = ties.find((tie) =>
      bodies.some(({ pos, end }) => (tie.start > pos && tie.start < end) || (tie.end > pos && tie.end < end)),
    );
    return { ties, whole: inside?.reason };
  }
}
