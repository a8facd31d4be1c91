/** Parameters that are known to be set at a place, by the text alone. */
import { forEachChild, type Statement, type SyntaxNode, some, type Word } from '../../parse/ast.ts';
import { withoutComments } from '../evaluated-text.ts';
import { ownsItsSource } from '../text.ts';
import { mentionedBehind, textMatches } from '../text-search.ts';
import type { Lowering } from './context.ts';

/** Matches where a script may unset a variable that it does not name there. */
const UNSETS_ANY = /\bunset\b[^\n]*[$`*]|\b(eval|source)\b|(^|[\n;&|]\s*)\.\s/;

/** Variables that bash sets itself, and that nobody unsets by chance. */
const ALWAYS = new Set(
  'BASH BASH_VERSION EUID UID PPID PWD IFS OPTIND HOSTTYPE MACHTYPE OSTYPE SECONDS LINENO RANDOM SHLVL'.split(' '),
);

interface Known {
  name: string;
  /** The assignment holds from here to there. */
  from: number;
  to: number;
}

const knownByScript = new WeakMap<object, Map<string, Known[]>>();

/**
 * True if the variable has a value wherever control reaches the offset `at`: an assignment stands before it in the same list or a
 * list around it, and nothing in the script unsets the name or declares it without a value.
 */
export function definitelySet(lowering: Lowering, name: string, at: number): boolean {
  const { text } = lowering;
  if (lowering.libraries.length > 0) return false;
  if (textMatches(text, UNSETS_ANY)) return false;
  if (mentionedBehind(text, 'unset|local|declare|typeset', name)) return false;
  if (ALWAYS.has(name)) return true;
  let known = knownByScript.get(lowering.script);
  if (!known) {
    const all: Known[] = [];
    collect(lowering.script, lowering.script.end, all);
    known = new Map();
    for (const one of all) {
      const same = known.get(one.name);
      if (same) same.push(one);
      else known.set(one.name, [one]);
    }
    knownByScript.set(lowering.script, known);
  }
  return known.get(name)?.some((k) => k.from <= at && at < k.to) ?? false;
}

/** What a word has that holds commands. */
const HOLDS_COMMANDS = /[`({]/;

/** Assignments that are made whenever control gets past their statement; `to` is the end of the list that they stand in. */
function collect(node: SyntaxNode, to: number, known: Known[]): void {
  if (ownsItsSource(node)) return;
  if (node.type === 'Statement') {
    if (!node.background) assignments(node, to, known);
  } else if (node.type === 'For') known.push({ name: node.name.text, from: node.body.pos, to: node.body.end });
  forEachChild(node, (child) => {
    if (child.type === 'Word' && !HOLDS_COMMANDS.test(child.text)) return;
    // A list in a shell of its own: what it assigns ends with it.
    const inner =
      child.type === 'CompoundList' ||
      child.type === 'Script' ||
      node.type === 'CommandExpansion' ||
      node.type === 'ProcessSubstitution'
        ? child.end
        : to;
    collect(child, inner, known);
  });
}

function assignments(statement: Statement, to: number, known: Known[]): void {
  let command: SyntaxNode = statement.command;
  if (command.type === 'AndOr') command = command.commands[0]!;
  if (command.type !== 'Command') return;
  const add = (name: string): void =>
    void known.push({ name, from: statement.command.type === 'AndOr' ? command.end : statement.end, to });
  // An error in arithmetic abandons the line without the assignment.
  const sure = (value: Word): boolean =>
    !some(
      value,
      (n) => n.type === 'ArithmeticExpansion' || (n.type === 'ParameterExpansion' && n.operation?.type === 'Slice'),
    );
  if (!command.name)
    for (const part of command.prefix)
      if (part.type === 'Assignment' && part.value.type === 'Word' && !part.index && sure(part.value)) add(part.name);
  if (command.name && ['export', 'readonly', 'local', 'declare', 'typeset'].includes(command.name.text)) {
    for (const arg of command.args)
      if (arg.type === 'Assignment' && arg.value.type === 'Word' && !arg.index && sure(arg.value)) add(arg.name);
  }
}

/** True if the variable may be read-only, integer, converted to upper or lower case, or a reference to another. */
export function mayHaveAttributes({ text }: Lowering, name: string): boolean {
  const given = new RegExp(
    `\\b(readonly|(declare|typeset|local|export)\\s+([^\\n;]*\\s)?-\\w*[rinulc])[^\\n;]*\\b${name}\\b`,
  );
  return textMatches(text, given) && given.test(withoutComments(text));
}
