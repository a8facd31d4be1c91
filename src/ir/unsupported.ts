/** Refusals: what neither states nor a step can do as bash does. They depend on the script's text alone. */

import { createDiagnostic } from '../diagnostics/catalog.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { forEachChild, literalValue, type Script, type Statement, type SyntaxNode, walk } from '../parse/ast.ts';

/** Everything in the script that must be refused. */
export function findUnsupported(script: Script): Diagnostic[] {
  const found: Diagnostic[] = [];
  readsUnsetPipestatus(script.commands, (node) =>
    found.push(
      createDiagnostic('SH2002', {
        message: 'PIPESTATUS is read where no command may have run before',
        labels: [
          { span: { start: node.pos, end: node.end }, text: 'unset here in bash, set in a step', primary: true },
        ],
        hints: ['run any command before, such as `:`'],
      }),
    ),
  );
  return found;
}

const readsPipestatus = (node: SyntaxNode): boolean =>
  (node.type === 'SimpleExpansion' && node.text === '$PIPESTATUS') ||
  (node.type === 'ParameterExpansion' && node.parameter === 'PIPESTATUS');

/** Reports reads of PIPESTATUS that control can reach before any command has set it. Answers whether it is still unset behind the statements. */
function readsUnsetPipestatus(statements: readonly Statement[], report: (node: SyntaxNode) => void): boolean {
  return statements.every((statement) => staysUnset(statement.command, report));
}

function staysUnset(node: SyntaxNode, report: (node: SyntaxNode) => void): boolean {
  const body = (list: { commands: readonly Statement[] }): boolean => readsUnsetPipestatus(list.commands, report);
  const reported = (part: SyntaxNode | undefined): void => {
    if (part)
      walk(part, (inner) => {
        if (inner.type === 'Script') body(inner);
        else if (readsPipestatus(inner)) report(inner);
        return inner.type === 'Script' ? false : undefined;
      });
  };
  switch (node.type) {
    case 'Function':
      return true;
    case 'BraceGroup':
      return body(node.body);
    case 'Case': {
      reported(node.word);
      // Where no item matches, nothing has run.
      for (const item of node.items) {
        for (const pattern of item.pattern) reported(pattern);
        body(item.body);
      }
      return true;
    }
    case 'For':
      for (const word of node.wordlist ?? []) reported(word);
      return body(node.body) || !node.wordlist?.some((word) => literalValue(word) !== null);
    case 'If':
      return body(node.clause);
    case 'While':
      return body(node.clause);
    case 'Subshell':
      body(node.body);
      return false;
    case 'Pipeline':
      // Each stage is a shell of its own.
      for (const command of node.commands) staysUnset(command, report);
      return false;
    case 'AndOr':
      return staysUnset(node.commands[0]!, report);
    case 'Redirected':
      return staysUnset(node.command, report);
    default: {
      forEachChild(node, reported);
      return false;
    }
  }
}
