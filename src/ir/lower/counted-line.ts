/** The line that bash counts a command on: LINENO within it. */
import type { Command, SyntaxNode } from '../../parse/ast.ts';
import { type Lowering, lineOf } from './context.ts';

/**
 * Bash's parser notes the line when it knows that a command begins: behind an assignment or a redirection at once, behind
 * a word once it has read the next token, which may be one of several lines.
 */
function offsetOf(text: string, command: Command): number {
  const elements = [...command.prefix, ...(command.name ? [command.name] : []), ...command.args, ...command.redirects];
  const [first, second] = elements.sort((a, b) => a.pos - b.pos);
  if (first !== command.name) return first!.end;
  if (second) return second.type === 'Word' || second.type === 'Assignment' ? second.end : second.pos;
  const behind = /(?:[ \t]|\\\n)*/y;
  behind.lastIndex = first!.end;
  return first!.end + behind.exec(text)![0].length;
}

/** That of a command that runs substitutions; undefined where it is not known. */
export function countedLine(lowering: Lowering, node: SyntaxNode): number | undefined {
  if (node.type === 'Command') return lineOf(lowering, offsetOf(lowering.text, node));
  // In the redirections of a compound command, whatever line was counted last.
  if (node.type === 'Redirected') return undefined;
  const oneLine =
    node.type === 'For' || node.type === 'Case' || !lowering.text.slice(node.pos, node.end).includes('\n');
  return oneLine ? lineOf(lowering, node.pos) : undefined;
}
