/**
 * Abandoned command lines: after an expansion error bash gives up the line and reads the next. What the line has changed
 * by then stays changed, so a step that may have changed something answers `discard` with its state; one that cannot has
 * the state before it, and the machine catches its failure.
 */
import { type Command, type SyntaxNode, some } from '../../parse/ast.ts';
import { commandName, DYNAMIC } from '../facts.ts';
import type { Lowering } from './context.ts';

/** An expansion, or a command, by whose error bash abandons the line. */
function abandons(lowering: Lowering, node: SyntaxNode): boolean {
  const { facts } = lowering;
  switch (node.type) {
    case 'ArithmeticExpansion':
      return true;
    case 'ParameterExpansion': {
      const type = node.operation?.type;
      if (node.index || node.prefix === '!' || node.prefix === '#') return true;
      return (
        type !== undefined &&
        type !== 'Remove' &&
        type !== 'CaseModification' &&
        !(type === 'Default' && /[-+]/.test(node.operation!.operator))
      );
    }
    case 'Assignment':
      return facts.attributes || node.index !== undefined || node.value.type === 'ArrayValue';
    case 'For':
      return facts.attributes;
    case 'Command': {
      const name = commandName(node);
      if (name === null) return true;
      return name !== undefined && (DYNAMIC.has(name) || facts.functions.has(name));
    }
    default:
      return 'parts' in node && facts.failglob;
  }
}

/** An expansion that changes the shell. */
export function hasEffect(node: SyntaxNode): boolean {
  if (node.type === 'ArithmeticExpansion') return /[=+-]/.test(node.text);
  if (node.type === 'ParameterExpansion') {
    if (node.operation?.type === 'Slice' || node.index) return /[=+-]/.test(node.text);
    return node.operation?.type === 'Default' && /=/.test(node.operation.operator);
  }
  return false;
}

/** True if bash may abandon the nodes' line when some of them have changed the shell already. */
export function abandonedHalfway(
  lowering: Lowering,
  nodes: readonly SyntaxNode[],
  single: Command | undefined,
): boolean {
  if (!nodes.some((node) => some(node, (n) => abandons(lowering, n)))) return false;
  if (!single) return true;
  const name = commandName(single);
  if (name === null || (name !== undefined && (DYNAMIC.has(name) || lowering.facts.functions.has(name)))) return true;
  const assignments = single.prefix.filter((part) => part.type === 'Assignment');
  if (assignments.length > 1 || assignments.some((a) => a.value.type === 'ArrayValue')) return true;
  return some(single, hasEffect) || single.args.some((a) => a.type === 'Assignment');
}
