/** Words that a shell of its own tries to expand, where the machine may do something else if they cannot be. */
import type { TextPart } from '../../bundle.ts';
import type { SyntaxNode, Word } from '../../parse/ast.ts';
import { equals, variable } from '../expression.ts';
import type { Block } from '../program.ts';
import { cut } from '../text.ts';
import { type Context, type Lowering, unique } from './context.ts';
import { emitStep } from './step.ts';

/** What a shell of its own tries. It fails where the machine is to do something else. */
interface Trial {
  label: string;
  text: TextPart[];
}

/** Whether words can be expanded. */
export const expanding = (words: readonly TextPart[]): Trial => ({
  label: 'if expandable',
  text: ['builtin : ', ...words],
});

/** Characters of a pattern, some of which are only that with others. */
const PATTERN = "*['*?[\\(']*";

/** Whether words come to no patterns, which find files. */
export const withoutPatterns = (words: readonly TextPart[]): Trial => ({
  label: 'if no patterns',
  text: [
    'builtin set -f; for REPLY in ',
    ...words,
    `; do case $REPLY in (${PATTERN}) builtin exit 1;; esac; done; builtin exit 0`,
  ],
});

/** The words as they stand, each behind a blank. */
export const separately = ({ text }: Lowering, words: readonly Word[]): TextPart[] =>
  words.flatMap((word) => [' ', ...cut(text, [word])]);

/** A shell of its own tries; where it fails, `otherwise` is lowered, and goes on to `end`. */
export function tryFirst(
  lowering: Lowering,
  context: Context,
  node: SyntaxNode,
  { label, text }: Trial,
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
