/**
 * Decisions that follow one another without a step between: one Choice state makes them all. `if a || b` inside a loop asks
 * for the status, and then whether the loop goes on; the machine asks both at once, with what the first would have assigned
 * put into the second's tests.
 */
import { and, simplify, substitute } from '../ir/expression.ts';
import type { Block, BlockId, Expression } from '../ir/program.ts';

export type Settings = Map<string, Expression>;

/** An edge that has been followed through blocks that only assign: to the first that does more, with what is assigned. */
export interface Followed {
  settings: Settings;
  block: Block;
}

/** A rule of a Choice state. */
export interface Decision {
  test: Expression;
  to: Followed;
}

/** Decisions after decisions. */
const DEPTH = 4;

const isTrue = (test: Expression | undefined): boolean =>
  test === undefined || (test.kind === 'literal' && test.value === true);
const isFalse = (test: Expression | undefined): boolean => test?.kind === 'literal' && test.value === false;

export class Decisions {
  private readonly follow: (to: BlockId, before: Settings) => Followed;
  private readonly rules: Decision[] = [];
  private otherwise: Followed | undefined;

  private readonly most: number;

  /** @param most rules that a Choice state may have beyond its own */
  constructor(follow: (to: BlockId, before: Settings) => Followed, most: number) {
    this.follow = follow;
    this.most = most;
  }

  /** All decisions from a block's terminal on, in order; the first whose test holds counts. */
  of(block: Block): { rules: Decision[]; otherwise: Followed } {
    this.expand(block, new Map(), undefined, [block.id]);
    return { rules: this.rules, otherwise: this.otherwise! };
  }

  private expand(block: Block, before: Settings, guard: Expression | undefined, path: readonly BlockId[]): void {
    const { terminal } = block;
    if (terminal.kind !== 'choice') throw new Error('not a choice');
    for (const { test, to } of terminal.rules) {
      const known = simplify(substitute(test, (name, graph) => (graph === undefined ? before.get(name) : undefined)));
      if (isFalse(known)) continue;
      this.lead(to, before, guard === undefined ? known : simplify(and(guard, known)), path);
      if (isTrue(known)) return;
    }
    this.lead(terminal.otherwise, before, guard, path);
  }

  private lead(to: BlockId, before: Settings, guard: Expression | undefined, path: readonly BlockId[]): void {
    if (this.otherwise) return;
    const followed = this.follow(to, before);
    const { block, settings } = followed;
    if (this.isDecision(block, path)) this.expand(block, settings, guard, [...path, block.id]);
    else if (isTrue(guard)) this.otherwise = followed;
    else this.rules.push({ test: guard!, to: followed });
  }

  /** True if the block does nothing but decide, and there is room for its rules. */
  private isDecision({ id, instructions, terminal, shared }: Block, path: readonly BlockId[]): boolean {
    return (
      terminal.kind === 'choice' &&
      !shared &&
      instructions.every(({ kind }) => kind === 'set') &&
      !path.includes(id) &&
      path.length <= DEPTH &&
      this.rules.length + terminal.rules.length <= this.most
    );
  }
}
