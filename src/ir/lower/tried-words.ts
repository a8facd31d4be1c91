/** Words that a shell of its own tries to expand, where the machine may do something else if they cannot be. */
import type { TextPart } from '../../bundle.ts';
import type { SyntaxNode } from '../../parse/ast.ts';
import { equals, variable } from '../expression.ts';
import type { Block } from '../program.ts';
import { type Context, type Lowering, unique } from './context.ts';
import { emitStep } from './step.ts';

/** A shell of its own tries to expand words; where it cannot, `otherwise` is lowered, and goes on to `end`. */
export function tryWords(
  lowering: Lowering,
  context: Context,
  node: SyntaxNode,
  words: TextPart[],
  otherwise: () => void,
  end: Block,
): void {
  const { builder } = lowering;
  const result = `result${unique(lowering)}`;
  emitStep(lowering, context, {
    kind: 'command',
    nodes: [node],
    text: ['{ ( builtin : ', ...words, ' ); } 2>/dev/null', ['mark']],
    label: 'if expandable',
    ignore: true,
    into: result,
    quiet: true,
    without: [node],
  });
  const fails = builder.block('else', node.pos);
  const next = builder.block('then', node.pos);
  builder.end({
    kind: 'choice',
    construct: 'if expandable',
    rules: [{ test: equals(variable(result), 0), to: next.id }],
    otherwise: fails.id,
  });
  builder.at(fails);
  otherwise();
  builder.goto(end);
  builder.at(next);
}
