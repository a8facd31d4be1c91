/**
 * Continuations: an execution's history holds 25,000 events, so a loop of unknown length, or calls without end, go on in
 * a child execution of the same machine before it is full. Each loop and each function body counts the events of one
 * pass, as far as its own blocks go; what it calls or loops over counts itself.
 */
import type { SyntaxNode } from '../../parse/ast.ts';
import { binary, literal, variable } from '../expression.ts';
import type { Block, Expression } from '../program.ts';
import { type Context, type Lowering, unique } from './context.ts';
import { stateName } from './step.ts';

/** Counted events after which the next pass runs in a child. The count leaves out the script's straight parts. */
export const EVENT_BUDGET = 12_000;
/** Events of a Task state and of a Choice or Pass state in an execution's history. */
const TASK_EVENTS = 5;
const STATE_EVENTS = 2;

/** Counts what `body` lowers, once a pass. Call where a pass begins. */
export function countPass(lowering: Lowering, context: Context, body: () => void): void {
  if (context.graph > 0) return body();
  const { builder } = lowering;
  const weight: Extract<Expression, { kind: 'literal' }> = { kind: 'literal', value: 0 };
  const [steps, blocks] = [lowering.steps.length, builder.blockCount];
  builder.set('events', binary('+', variable('events'), weight));
  body();
  weight.value = TASK_EVENTS * (lowering.steps.length - steps + 1) + STATE_EVENTS * (builder.blockCount - blocks + 2);
}

/** Ends the current block so that `decide` follows, or the same in a child once the budget is spent. Goes on at `decide`. */
export function continueAt(
  lowering: Lowering,
  context: Context,
  node: SyntaxNode,
  live: readonly string[],
): { decide: Block; rule: { test: Expression; to: number }[] } {
  const { builder } = lowering;
  const decide = builder.block('decide', node.pos);
  builder.goto(decide);
  if (context.graph > 0) {
    builder.at(decide);
    return { decide, rule: [] };
  }
  const label = `E${unique(lowering)}`;
  lowering.entries.push({ label, block: decide.id, live: [...context.live, ...live] });
  const child = builder.block('continue', node.pos);
  builder.at(child);
  builder.emit({
    kind: 'child',
    entry: label,
    state: stateName(lowering, `continue (line ${lowering.source.position(node.pos).line})`),
    offset: node.pos,
    overrides: {},
  });
  builder.goto(lowering.graphs[0]!.end);
  builder.at(decide);
  return { decide, rule: [{ test: binary('>', variable('events'), literal(EVENT_BUDGET)), to: child.id }] };
}
