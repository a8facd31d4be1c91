/** Commands that only print: what they write goes where the script's own output goes, and comes back to no command of it. */
import {
  type Command,
  forEachChild,
  literalValue,
  type Redirection,
  type Script,
  type SyntaxNode,
  walk,
} from '../parse/ast.ts';
import { verbatim } from './text-search.ts';

/** A call by name, and the function that it stands in. */
interface Call {
  name: string;
  within: string | undefined;
}

/** Files of which nothing that was written comes back. */
const SINKS: ReadonlySet<string> = new Set(['/dev/null', '/dev/stderr', '/dev/tty']);

function isSink(node: Redirection): boolean {
  if (!node.operator.includes('>')) return true;
  const target = node.type === 'Redirect' ? node.target?.text : undefined;
  return target !== undefined && (SINKS.has(target) || (node.operator === '>&' && /^[12]$/.test(target)));
}

const redirectsOf = (node: SyntaxNode): readonly Redirection[] =>
  node.type === 'Command' || node.type === 'Redirected' ? node.redirects : [];

/** True if a command moves the output of all that follow it to a file. */
const movesOutput = (node: Command): boolean =>
  node.name !== undefined && literalValue(node.name) === 'exec' && !node.redirects.every(isSink);

/** Of one script, since it is asked for many names. */
const known = new WeakMap<Script, ReadonlySet<SyntaxNode>>();

/** The `echo` and `printf` of a script whose output no substitution, pipe or file takes, wherever their functions are called. */
export function printedOnly(script: Script): ReadonlySet<SyntaxNode> {
  let found = known.get(script);
  if (!found) known.set(script, (found = findPrinted(script)));
  return found;
}

function findPrinted(script: Script): ReadonlySet<SyntaxNode> {
  const prints = new Map<SyntaxNode, string | undefined>();
  const calls: Call[] = [];
  const taken = new Set<string>();
  const definitions = new Set<string>();
  const names = new Set<SyntaxNode>();
  let moves = false;
  const visit = (node: SyntaxNode, within: string | undefined, captured: boolean): void => {
    const caught = captured || !redirectsOf(node).every(isSink);
    switch (node.type) {
      case 'CommandExpansion':
      case 'ProcessSubstitution':
      case 'Coproc':
        forEachChild(node, (child) => visit(child, within, true));
        return;
      case 'Pipeline':
        for (const [i, stage] of node.commands.entries()) visit(stage, within, caught || i < node.commands.length - 1);
        return;
      case 'Function':
        definitions.add(node.name.text);
        names.add(node.name);
        forEachChild(node, (child) => visit(child, node.name.text, false));
        return;
      case 'Command': {
        moves ||= movesOutput(node);
        const name = node.name && literalValue(node.name);
        if (name !== undefined && name !== null) {
          names.add(node.name!);
          if (caught) taken.add(name);
          else if (name === 'echo' || name === 'printf') prints.set(node, within);
          else calls.push({ name, within });
        }
      }
    }
    forEachChild(node, (child) => visit(child, within, caught));
  };
  visit(script, undefined, false);
  if (moves) return new Set();
  // A function whose name is a word of some command may be called in any place.
  let words = '';
  walk(script, (node) => {
    if ((node.type === 'Word' && !names.has(node)) || node.type === 'HereDocBody') words += `${node.text}\n`;
  });
  for (const name of definitions) if (new RegExp(`(?<![\\w-])${verbatim(name)}(?![\\w-])`).test(words)) taken.add(name);
  for (let before = -1; before !== taken.size; ) {
    before = taken.size;
    for (const { name, within } of calls) if (within !== undefined && taken.has(within)) taken.add(name);
  }
  return new Set(Array.from(prints).flatMap(([node, within]) => (within && taken.has(within) ? [] : [node])));
}
