/**
 * The syntax tree, in the words of the shell grammar (POSIX 2.10, Bash manual).
 *
 * The node types are unbash's own: it already speaks of words, redirections, here-documents and AND-OR lists, its nodes
 * slice the source exactly, and a copy would cost as much as the parse. The rest of the compiler imports them from here
 * only, so that the parser can be exchanged in this folder.
 */
export type {
  AndOr,
  ArithmeticCommand,
  ArithmeticExpression,
  ArithmeticFor,
  Assignment,
  BraceGroup,
  Case,
  Command,
  CommandExpansionPart,
  CommandNode,
  CompoundCommand,
  CompoundList,
  Coproc,
  For,
  Function as FunctionNode,
  HereDoc,
  If,
  ParameterExpansionPart,
  ParsedScript,
  Pipeline,
  PipelineNode,
  Redirected,
  Redirection,
  Script,
  Select,
  Statement,
  Subshell,
  SyntaxNode,
  TestCommand,
  While,
  Word,
  WordPart,
} from 'unbash';

import type { SyntaxNode, Word, WordPart } from 'unbash';
import { forEachChild } from 'unbash';

export { forEachChild };

/** Visits a node and everything below it, in source order; the callback answers false to skip a node's children. */
export function walk(node: SyntaxNode, visit: (node: SyntaxNode) => boolean | void): void {
  if (visit(node) === false) return;
  forEachChild(node, (child) => walk(child, visit));
}

/** True if some node below (or at) `node` satisfies the predicate. */
export function some(node: SyntaxNode, test: (node: SyntaxNode) => boolean): boolean {
  if (test(node)) return true;
  let found = false;
  forEachChild(node, (child) => {
    found ||= some(child, test);
  });
  return found;
}

function literalPart(part: WordPart): string | null {
  switch (part.type) {
    case 'Literal':
    case 'SingleQuoted':
    case 'AnsiCQuoted':
      return part.value;
    case 'DoubleQuoted':
    case 'LocaleString': {
      let value = '';
      for (const child of part.parts) {
        if (child.type !== 'Literal') return null;
        value += child.value;
      }
      return value;
    }
    default:
      return null;
  }
}

/**
 * The value of a word that bash would expand to itself after quote removal, or null where only run time knows.
 * A leading unquoted tilde counts as not literal.
 */
export function literalValue(word: Word): string | null {
  const parts = word.parts;
  if (word.text.startsWith('~')) return null;
  if (!parts) return word.value;
  let value = '';
  for (const part of parts) {
    const piece = literalPart(part);
    if (piece === null) return null;
    value += piece;
  }
  return value;
}
