/** Refusals of scripts that are called by an absolute name. */
import { createDiagnostic } from '../diagnostics/catalog.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { type Script, type SyntaxNode, walk } from '../parse/ast.ts';

/**
 * What a script that is called by an absolute name may not ask for: bash reads each step from a file of another name,
 * which the first element of BASH_SOURCE hides, but no other place where bash shows the name.
 */
export function absoluteNameProblems(script: Script): Diagnostic[] {
  const found: Diagnostic[] = [];
  walk(script, (node) => {
    if (!asksForSource(node)) return undefined;
    found.push(
      createDiagnostic('SH2001', {
        message: 'the chain of source files is not supported yet in a script that is called by an absolute name',
        labels: [{ span: { start: node.pos, end: node.end }, text: 'this asks for it', primary: true }],
        hints: ['name the script relative to the working directory'],
      }),
    );
    return false;
  });
  return found;
}

function asksForSource(node: SyntaxNode): boolean {
  switch (node.type) {
    case 'Command':
      return node.name?.text === 'caller';
    case 'ParameterExpansion':
      return (
        node.parameter === 'BASH_SOURCE' &&
        (node.prefix !== undefined || (node.index !== undefined && node.index.text !== '0'))
      );
    case 'Script':
      return node.source?.includes('BASH_SOURCE') ?? false;
    case 'Word':
      return node.parts === undefined && node.text.includes('BASH_SOURCE');
    case 'Literal':
    case 'SingleQuoted':
    case 'AnsiCQuoted':
      return node.text.includes('BASH_SOURCE');
    default:
      return false;
  }
}
