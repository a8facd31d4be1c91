/**
 * `$*` in a substitution that is assigned: bash goes on expanding as for an assignment there, and joins the words that an
 * empty IFS would keep apart.
 */
import { forEachChild, type Script, type SyntaxNode, some } from '../../parse/ast.ts';
import { commandName, DYNAMIC } from '../facts.ts';
import { ownsItsSource } from '../text.ts';
import type { Lowering } from './context.ts';
import type { Substitution } from './evaluation.ts';
import { functionsThat, holdsFor, type Test } from './node-tests.ts';

/** Where IFS may be or become empty, or unset: all but an assignment of some literal. */
const MAY_BE_EMPTY = /\bIFS\b(?!=(?:[^\s"'$;&|()]|\$?(["'])[^"'$]+\1))/;
/** For `read` alone: its words are expanded before. */
const EMPTY_FOR_READ = /\bIFS=(?:''|"")?[ \t]+read(?=\s)/g;

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

const bodyHasStar: Test = (_, node) => hasStar(node);

/** True if one may be expanded in the node, or in a function that is called there. */
const mayExpandStar: Test = (lowering, node, calls) =>
  hasStar(node) ||
  some(node, (n) => {
    const name = n.type === 'Command' ? commandName(n) : undefined;
    if (name === undefined) return ownsItsSource(n);
    return name === null ? functionsThat(lowering, bodyHasStar).size > 0 : DYNAMIC.has(name) || calls(name);
  });

/** True if such words in a substitution within `node` may be joined. */
export function joinsWords(lowering: Lowering, part: Substitution, node: SyntaxNode): boolean {
  const { script, text, facts } = lowering;
  if (
    node.type === 'Command' &&
    node.args.some(({ pos, end, text }) => pos <= part.pos && part.end <= end && !/:?=/.test(text))
  )
    return false;
  let joins = joined.get(script);
  if (joins === undefined) {
    const assigned = facts.functions.has('read') ? text : text.replace(EMPTY_FOR_READ, '');
    joins = text.includes('IFS') && text.includes('*') && MAY_BE_EMPTY.test(assigned) && hasStar(script);
    joined.set(script, joins);
  }
  return joins && (!part.script || holdsFor(lowering, part.script, mayExpandStar));
}
