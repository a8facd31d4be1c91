/** Where bash reads, prints or counts another text than our parser has read, whatever of it runs. */
import { kindsOf, type Script, type SyntaxNode, some, walk } from '../parse/ast.ts';
import { mayNotReadPatterns } from './extended-patterns.ts';
import { countsAgain, miscounted } from './line-numbers.ts';
import type { Reason } from './reasons.ts';

const HERE_DOCUMENTS = kindsOf('HereDoc');
const LISTS = kindsOf('Pipeline', 'AndOr');

const SUBSHELLS = kindsOf('Subshell');

/**
 * True if bash 5.2 loses a word that our parser sees: the first behind a newline that follows the inner one of two subshells
 * which begin with `((`, what it has tried as arithmetic before.
 */
function losesWord(node: SyntaxNode, source: string): boolean {
  if (node.type !== 'Subshell' || !source.startsWith('((', node.pos)) return false;
  const first = node.body.commands[0]?.command;
  return first?.type === 'Subshell' && source[first.end] === '\n';
}

/**
 * True if a substitution has a here-document, and `((…))` or `[[…]]` behind it: bash prints what it has read of that without
 * the separator behind these, and then cannot read it.
 */
function misprintsTests(script: Script): boolean {
  const inSubstitution = (node: SyntaxNode): boolean => {
    if (node.type !== 'CommandExpansion' && node.type !== 'ProcessSubstitution') return false;
    let start = Infinity;
    let last = -1;
    walk(node, (n) => {
      if (n.type === 'HereDoc') start = Math.min(start, n.pos);
      if (n.type === 'ArithmeticCommand' || n.type === 'TestCommand') last = Math.max(last, n.pos);
      return undefined;
    });
    return start < last;
  };
  return some(script, inSubstitution);
}

/** Why a script must be read by one shell, if it must: of functions that nothing calls, too, which bash reads and prints. */
export function misread(script: Script, source: string): Reason | undefined {
  // To compile a pattern takes longer than to find that a short script has none of its words.
  const has = (...words: string[]): boolean => words.some((word) => source.includes(word));
  // Bash does not take `in` on another line everywhere, and `;` nowhere.
  if (has('for') && /\bfor[ \t]+\w+[ \t]*(#.*)?\n\s*(in\b|;(?!;))/.test(source)) return 'parser';
  if (mayNotReadPatterns(script, source)) return 'parser';
  if (has('<<') && has('((', '[[') && misprintsTests(script)) return 'parser';
  if (source.includes(')\n') && some(script, (node) => losesWord(node, source), SUBSHELLS)) return 'parser';
  // Before 5.3, bash ends `${ …; }` at the first brace within: what follows may be an error of the whole line's syntax.
  const bracesWithin = (node: SyntaxNode): boolean =>
    node.type === 'CommandExpansion' && node.text.startsWith('${') && node.text.slice(2, -1).includes('}');
  if (/\$\{[\s|]/.test(source) && some(script, bracesWithin)) return 'parser';
  if (
    has('builtin', 'exec', 'declare') &&
    /(?<![\w.:/@%+,-])(builtin|exec|declare)\s*\(\)|function\s+(builtin|exec|declare)(?![\w.:/@%+,-])/.test(source)
  )
    return 'shadowed-builtin';
  if (has('<<') && some(script, (node) => node.type === 'HereDoc' && !node.closing, HERE_DOCUMENTS))
    return 'here-document';
  const isMiscounted = (node: SyntaxNode): boolean =>
    (node.type === 'Pipeline' || node.type === 'AndOr') && miscounted(node, source);
  if (has('LINENO') && (some(script, isMiscounted, LISTS) || countsAgain(script, source))) return 'line-numbers';
  return undefined;
}
