/**
 * `$*` in a substitution that is assigned: bash goes on expanding as for an assignment there, and joins the words that an
 * empty IFS would keep apart.
 */
import { forEachChild, type Script, type SyntaxNode } from '../../parse/ast.ts';
import type { Lowering } from './context.ts';
import type { Substitution } from './evaluation.ts';

/** Where IFS may be or become empty, or unset: all but an assignment of some literal. */
const MAY_BE_EMPTY = /\bIFS\b(?!=(?:[^\s"'$;&|()]|\$?(["'])[^"'$]+\1))/;

const joined = new WeakMap<Script, boolean>();

/** True if a node expands all elements, by `$*` or `${a[*]}`. */
const isStar = (node: SyntaxNode): boolean =>
  (node.type === 'SimpleExpansion' && node.text === '$*') ||
  (node.type === 'ParameterExpansion' && (node.parameter === '*' || node.index?.text === '*'));

/** True if one stands where words are split: not in double quotes or what is assigned, though a substitution there begins anew. */
function hasStar(node: SyntaxNode, quoted = false): boolean {
  if (!quoted && isStar(node)) return true;
  const isValue = node.type === 'Assignment' && node.value.type === 'Word';
  const inside = isValue || node.type === 'DoubleQuoted' || (quoted && node.type !== 'CommandExpansion');
  let found = false;
  forEachChild(node, (child) => {
    found ||= hasStar(child, inside);
  });
  return found;
}

/** True if such words in a substitution within `node` may be joined. */
export function joinsWords({ script, text }: Lowering, part: Substitution, node: SyntaxNode): boolean {
  if (
    node.type === 'Command' &&
    node.args.some(({ pos, end, text }) => pos <= part.pos && part.end <= end && !/:?=/.test(text))
  )
    return false;
  let joins = joined.get(script);
  if (joins === undefined) {
    joins = text.includes('IFS') && text.includes('*') && MAY_BE_EMPTY.test(text) && hasStar(script);
    joined.set(script, joins);
  }
  return joins;
}
