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
  tryText(lowering, context, node, { label: 'if expandable', text: ['builtin : ', ...words] }, otherwise, end);
}

/** Characters of a pattern, some of which are only that with others. */
const PATTERN = "*['*?[\\(']*";

/** A shell of its own looks whether words come to patterns, which find files; if they do, `otherwise` is lowered, and goes on to `end`. */
export function tryPatterns(
  lowering: Lowering,
  context: Context,
  node: SyntaxNode,
  words: TextPart[],
  otherwise: () => void,
  end: Block,
): void {
  const text: TextPart[] = [
    'builtin set -f; for REPLY in ',
    ...words,
    `; do case $REPLY in (${PATTERN}) builtin exit 1;; esac; done; builtin exit 0`,
  ];
  tryText(lowering, context, node, { label: 'if no patterns', text }, otherwise, end);
}

function tryText(
  lowering: Lowering,
  context: Context,
  node: SyntaxNode,
  { label, text }: { label: string; text: TextPart[] },
  otherwise: () => void,
  end: Block,
): void {
  const { builder } = lowering;
  const result = `result${unique(lowering)}`;
  emitStep(lowering, context, {
    kind: 'command',
    nodes: [node],
    text: ['{ ( ', ...text, ' ); } 2>/dev/null', ['mark']],
    label,
    ignore: true,
    into: result,
    quiet: true,
    without: [node],
  });
  const fails = builder.block('else', node.pos);
  const next = builder.block('then', node.pos);
  builder.end({
    kind: 'choice',
    construct: label,
    rules: [{ test: equals(variable(result), 0), to: next.id }],
    otherwise: fails.id,
  });
  builder.at(fails);
  otherwise();
  builder.goto(end);
  builder.at(next);
}

/** True if a step that tries something would show in this script. */
export const triesShow = ({ facts }: Lowering): boolean =>
  facts.xtrace || facts.errTrap || facts.pipestatus || facts.lastArgument || facts.commandText;
