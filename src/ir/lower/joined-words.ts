/**
 * `$*` in a substitution that is assigned: bash goes on expanding as for an assignment there, and joins the words that an
 * empty IFS would keep apart.
 */
import { forEachChild, type Script, type SyntaxNode, some } from '../../parse/ast.ts';
import { commandName } from '../facts.ts';
import { ownsItsSource } from '../text.ts';
import { READS_FILES } from '../text-search.ts';
import type { Lowering } from './context.ts';
import type { Substitution } from './evaluation.ts';
import { functionsThat, holdsFor, type Test } from './node-tests.ts';

/** Where IFS may be or become empty, or unset: all but an assignment of some literal. */
const MAY_BE_EMPTY = /\bIFS\b(?!=(?:[^\s"'$;&|()]|\$?(["'])[^"'$]+\1))/;
/** For `read` alone: its words are expanded before. */
const EMPTY_FOR_READ = /\bIFS=(?:''|"")?[ \t]+read(?=\s)/g;

/** What may expand one where no command and no word of the script's text says so: texts, functions called otherwise, references. */
const EXPANDS_UNSEEN =
  /\b(alias|command_not_found_handle|compgen|eval|mapfile|readarray|source|PS4)\b|@P|\btrap\s[^\n]*\b(DEBUG|ERR|RETURN)\b|\$\{!\w+[^\w[*@]|\b(declare|local|typeset)\s[^\n]*-\w*n/;

/** Which substitutions may join words: none, those that may expand such a parameter, or any. */
const joined = new WeakMap<Script, 'none' | 'expanding' | 'any'>();

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
    return name === null ? functionsThat(lowering, bodyHasStar).size > 0 : name === 'trap' || calls(name);
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
    const may = text.includes('IFS') && text.includes('*') && MAY_BE_EMPTY.test(assigned) && hasStar(script);
    joins = !may ? 'none' : READS_FILES.test(text) || EXPANDS_UNSEEN.test(text) ? 'any' : 'expanding';
    joined.set(script, joins);
  }
  if (joins === 'expanding') return !part.script || holdsFor(lowering, part.script, mayExpandStar);
  return joins === 'any';
}
