/** Where bash counts other lines than the text has. */
import { type AndOr, type Command, type Pipeline, type Script, search } from '../parse/ast.ts';
import { quotedText } from './facts.ts';
import { ownsItsSource } from './text.ts';

/** True if `eval` may define a function that asks for lines: bash counts them from where the text is evaluated, and keeps no text. */
export function definesByLine(command: Command): boolean {
  const text = command.args.map((arg) => quotedText(arg)).join(' ');
  return /\bLINENO\b|\bcaller\b/.test(text) && /\(\s*\)|\bfunction\b/.test(text);
}

/** True if a stage that is a subshell ends on a line before its pipeline's last, or its list's: bash counts on from the subshell's end. */
export function miscounted(node: Pipeline | AndOr, source: string, end = node.end): boolean {
  return node.commands.some((stage) => {
    if (stage.type === 'Pipeline') return miscounted(stage, source, end);
    const shell = stage.type === 'Redirected' ? stage.command : stage;
    return node.type === 'Pipeline' && shell.type === 'Subshell' && source.slice(shell.end, end).includes('\n');
  });
}

/**
 * True if such a stage, but the last, stands in a command of the script's own level that ends on a later line, other than in a
 * function, a `for` or another shell: bash's reader counts on from the subshell's end, too.
 */
export function countsAgain({ commands }: Script, source: string): boolean {
  return commands.some((statement) =>
    search(statement, (node) => {
      if (node.type === 'Function' || node.type === 'For' || node.type === 'ArithmeticFor') return false;
      if (node.type === 'Subshell' || node.type === 'CommandExpansion' || ownsItsSource(node)) return false;
      if (node.type !== 'Pipeline') return undefined;
      return miscounted({ ...node, commands: node.commands.slice(0, -1) }, source, statement.end) || undefined;
    }),
  );
}
