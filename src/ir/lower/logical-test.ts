/**
 * `[[ a && b ]]` where `b` runs commands that `a` decides on: bash expands and tests one operand after the other, so that each
 * part that begins with such an operand is a step.
 * ```
 * [[ a ]] ─0─▶ the substitution ─▶ [[ b ]]        [[ a ]] ─≠0─▶ end
 * ```
 */
import type { TextPart } from '../../bundle.ts';
import { type SyntaxNode, some, type TestCommand, type TestExpression } from '../../parse/ast.ts';
import { equals, variable } from '../expression.ts';
import type { Block } from '../program.ts';
import { cut } from '../text.ts';
import { type Context, type Lowering, unique } from './context.ts';
import { judgeStatus } from './errexit.ts';
import { EvaluationOrder, type Hoistable, type Wanted } from './evaluation.ts';
import { credit, emitStep } from './step.ts';
import { hoistParts, wantedIn } from './substitution.ts';
import { runsCommands } from './trace.ts';

/** What is tested at once, or one part after the other until one decides. */
type Test = { operands: TestExpression[]; parts: Hoistable[] } | { operator: '&&' | '||'; tests: Test[] };

/** Lowers such a command; false if it has to be one step. */
export function lowerLogicalTest(lowering: Lowering, context: Context, node: TestCommand): boolean {
  const { facts, builder } = lowering;
  if (facts.errTrap || facts.pipestatus || facts.lastArgument || facts.commandText) return false;
  // The line is that of the whole.
  if (lowering.text.slice(node.pos, node.end).includes('\n')) return false;
  const test = divide(lowering, node.expression, wantedIn(lowering, node));
  if (!test || !('tests' in test)) return false;
  const hoisted: SyntaxNode[] = [];
  const result = `result${unique(lowering)}`;
  const end = builder.block('end', node.pos);
  const emit = (part: Test, decided: Block | undefined): void => {
    if (!('tests' in part)) return emitTest(lowering, context, node, part, result, hoisted);
    const over = decided ?? end;
    part.tests.forEach((one, index) => {
      emit(one, 'tests' in one ? builder.block('end', node.pos) : undefined);
      if (index + 1 === part.tests.length) return;
      const next = builder.block('next', node.pos);
      const [yes, no] = part.operator === '&&' ? [next, over] : [over, next];
      builder.end({
        kind: 'choice',
        construct: part.operator,
        rules: [{ test: equals(variable(result), 0), to: yes.id }],
        otherwise: no.id,
      });
      builder.at(next);
    });
    builder.goto(over);
    builder.at(over);
  };
  emit(test, end);
  builder.set('status', variable(result));
  credit(lowering, [node], undefined, 'substitution', hoisted);
  judgeStatus(lowering, context, node);
  return true;
}

const runs = (node: SyntaxNode): boolean => some(node, runsCommands);

/** Divides an expression; undefined if what it runs cannot run before a part of it. */
function divide(lowering: Lowering, expression: TestExpression, wanted: Wanted): Test | undefined {
  if (expression.type === 'TestGroup') return divide(lowering, expression.expression, wanted);
  const operands = expression.type === 'TestLogical' ? expression.operands : [expression];
  const groups: TestExpression[][] = [];
  for (const operand of operands) {
    const [last] = groups.slice(-1);
    if (last && !runs(operand)) last.push(operand);
    else groups.push([operand]);
  }
  const tests = groups.map((group): Test | undefined => {
    const order = new EvaluationOrder(lowering, wanted);
    for (const operand of group) order.test(operand);
    const parts = group.some(runs) ? order.result : [];
    if (parts) return { operands: group, parts };
    const [first, ...others] = group;
    return first?.type === 'TestGroup' && others.length === 0 ? divide(lowering, first, wanted) : undefined;
  });
  if (!tests.every((test) => test !== undefined)) return undefined;
  if (tests.length === 1) return tests[0];
  return { operator: expression.type === 'TestLogical' ? expression.operator : '&&', tests };
}

function emitTest(
  lowering: Lowering,
  context: Context,
  node: TestCommand,
  { operands, parts }: { operands: TestExpression[]; parts: Hoistable[] },
  into: string,
  hoisted: SyntaxNode[],
): void {
  const { edits, nodes } = hoistParts(lowering, context, parts);
  hoisted.push(...nodes);
  const text: TextPart[] = ['[[ ', ...cut(lowering.text, operands, { edits }), ' ]]', ['mark']];
  emitStep(lowering, context, {
    kind: 'command',
    nodes: [node],
    text,
    label: '[[',
    ignore: true,
    into,
    without: nodes,
  });
}
