/** RETURN traps: where a function or a file that is read comes to its end, its trap runs in a step of its own. */
import type { SyntaxNode } from '../../parse/ast.ts';
import { contains, variable } from '../expression.ts';
import { knowsOptions } from '../facts.ts';
import type { Block } from '../program.ts';
import type { Context, Lowering } from './context.ts';
import { leaveByControl } from './edges.ts';
import { emitStep } from './step.ts';

/**
 * The end of a function or a file: a shell with its traps falls off that, and so runs the RETURN trap, if it has one. Where
 * it is left by `return` the step of that command does. It leads to `end`.
 */
export function fallOff(lowering: Lowering, context: Context, body: SyntaxNode, end: Block): void {
  const { builder, facts } = lowering;
  if (knowsOptions(facts)) {
    const trapped = builder.block('RETURN', body.pos);
    const test = contains(variable('options'), 'R');
    builder.end({ kind: 'choice', construct: 'RETURN', rules: [{ test, to: trapped.id }], otherwise: end.id });
    builder.at(trapped);
  }
  const instruction = emitStep(lowering, context, {
    kind: 'command',
    nodes: [body],
    text: [['mark']],
    label: 'RETURN',
    falls: true,
    expects: ['return', 'exit'],
    without: [body],
  });
  leaveByControl(lowering, context, instruction, 'RETURN');
  builder.goto(end);
}
