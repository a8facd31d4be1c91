import { type Case, type For, type SyntaxNode, search, type Word } from '../../parse/ast.ts';
import { contains, variable } from '../expression.ts';
import { type Context, type Lowering, unique } from './context.ts';
import { EvaluationOrder } from './evaluation.ts';
import { emitStep } from './step.ts';

/** Where a trace is on, a step shows the head of a loop or `case`. */
export function traceHead(lowering: Lowering, context: Context, node: For | Case, head: string): void {
  if (!lowering.facts.xtrace) return;
  const { builder } = lowering;
  const trace = builder.block('trace', node.pos);
  const next = builder.block('do', node.pos);
  const traced = contains(variable('options'), 'x');
  builder.end({ kind: 'choice', construct: 'trace', rules: [{ test: traced, to: trace.id }], otherwise: next.id });
  builder.at(trace);
  emitStep(lowering, context, {
    kind: 'command',
    nodes: [node],
    text: [['head', head], ['mark']],
    label: `trace ${node.type.toLowerCase()}`,
    ignore: true,
    into: `result${unique(lowering)}`,
    quiet: true,
    without: [node],
  });
  builder.goto(next);
  builder.at(next);
}

const RUNS_COMMANDS: ReadonlySet<string> = new Set([
  'CommandExpansion',
  'ArithmeticCommandExpansion',
  'ProcessSubstitution',
]);

/**
 * How words can be expanded where a trace may be on: `untraced`; `tried`, where that may end the shell and its EXIT trap would
 * show, but can be found out first; or only as bash does it (`traced`), where commands in them that are no steps show.
 */
export function expansionInTrace(
  lowering: Lowering,
  words: readonly Word[],
  without: readonly SyntaxNode[],
): 'untraced' | 'tried' | 'traced' {
  const { facts } = lowering;
  if (!facts.xtrace) return 'untraced';
  const shown = (node: SyntaxNode): boolean | undefined =>
    without.includes(node) ? false : RUNS_COMMANDS.has(node.type) || undefined;
  if (words.some((word) => search(word, shown))) return 'traced';
  if (!facts.exitTrap) return 'untraced';
  const order = new EvaluationOrder(lowering, () => true);
  order.words(words);
  if (order.harmless) return 'untraced';
  return order.pure ? 'tried' : 'traced';
}
