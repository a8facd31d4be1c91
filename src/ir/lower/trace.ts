/** The trace of `set -x` where the machine runs a compound command: bash shows the head of a `for` or `case`. */
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
 * True if words can be expanded without a trace: commands in them that are no steps would show in it, and where expanding
 * may end the shell, its EXIT trap does.
 */
export function expandsUntraced(lowering: Lowering, words: readonly Word[], without: readonly SyntaxNode[]): boolean {
  const { facts } = lowering;
  if (!facts.xtrace) return true;
  const shown = (node: SyntaxNode): boolean | undefined =>
    without.includes(node) ? false : RUNS_COMMANDS.has(node.type) || undefined;
  if (words.some((word) => search(word, shown))) return false;
  if (!facts.exitTrap) return true;
  const order = new EvaluationOrder(lowering, () => true);
  order.words(words);
  return order.harmless;
}
