/** Here-documents of commands that stand before a node on its line: their bodies are behind it, or in the midst of it. */
import { forEachChild, type HereDoc, type Script, type SyntaxNode } from './ast.ts';

const before = new WeakMap<SyntaxNode, readonly HereDoc[]>();

/** Those that {@link noteDocuments} has found, in order. */
export const documentsBefore = (node: SyntaxNode): readonly HereDoc[] => before.get(node) ?? [];

export function noteDocuments(script: Script): void {
  let line: readonly HereDoc[] = [];
  const visit = (node: SyntaxNode): void => {
    if (node.type === 'Script' && node.source !== undefined) return;
    line = line.filter(({ body }) => body.pos > node.pos);
    if (line.length > 0) before.set(node, line);
    if (node.type !== 'HereDoc') return forEachChild(node, visit);
    // What its body holds is on other lines.
    const after = [...line, node];
    forEachChild(node, visit);
    line = after;
  };
  visit(script);
}
