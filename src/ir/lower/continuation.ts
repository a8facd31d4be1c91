/**
 * Continuations: an execution's history holds 25,000 events, so a loop of unknown length, or calls without end, go on in
 * a child execution of the same machine before it is full. Each loop and each function body counts the events of one
 * pass, as far as its own blocks go; what it calls or loops over counts itself. Loops ask whether there is room before each
 * pass, functions at their beginning: what a call needs is on the stack then, and many calls share one place to go on.
 */
import type { FunctionNode, SyntaxNode } from '../../parse/ast.ts';
import { binary, field, literal, object, variable } from '../expression.ts';
import type { Block, Expression } from '../program.ts';
import { type Context, type Lowering, unique } from './context.ts';
import { stateName } from './names.ts';

/** Counted events after which the next pass runs in a child. The count leaves out the script's straight parts. */
const EVENT_BUDGET = 12_000;
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
  const names = [...context.live, ...live];
  lowering.entries.push({ label, block: decide.id, live: names });
  const child = childAt(lowering, node);
  const detour = builder.block('continue', node.pos);
  builder.at(detour);
  const values = object(Object.fromEntries(names.map((name) => [name, variable(name)])));
  builder.set('resume', object({ entry: literal(label), live: values }));
  builder.goto(child);
  builder.at(decide);
  return { decide, rule: [{ test: binary('>', variable('events'), literal(EVENT_BUDGET)), to: detour.id }] };
}

/** Where the script goes on in a child at the entry that the variable `resume` names: one state for all. */
function childAt(lowering: Lowering, node: SyntaxNode): Block {
  const { builder } = lowering;
  const graph = lowering.graphs[0]!;
  if (!graph.child) {
    graph.child = builder.block('continue', node.pos, 0);
    builder.at(graph.child);
    const resume = variable('resume');
    builder.emit({
      kind: 'child',
      entry: field(resume, 'entry'),
      live: field(resume, 'live'),
      state: stateName(lowering, 'continue'),
      offset: node.pos,
      overrides: {},
    });
    builder.goto(graph.end);
  }
  return graph.child;
}

/** At the beginning of a function's body: the rest of it runs in a child once the budget is spent. */
export function continueInside(lowering: Lowering, context: Context, node: FunctionNode): void {
  const { builder } = lowering;
  const { rule } = continueAt(lowering, context, node, []);
  if (rule.length === 0) return;
  const body = builder.block(node.name.text, node.pos);
  builder.end({ kind: 'choice', construct: node.name.text, rules: rule, otherwise: body.id });
  builder.at(body);
}
