/** Commands that a script hands on as words: `run set -e` where `run` is `"$@"`, and `c='set -e'; $c`. */
import type { Command, FunctionNode, Script, SyntaxNode, Word } from '../parse/ast.ts';
import { literalValue, walk } from '../parse/ast.ts';

/** Words that are a command, or whose text is one. */
export interface CommandAsData {
  node: SyntaxNode;
  words: Command['args'];
  /** The words are those of a command in their place: it runs from there on. */
  handedOn: boolean;
}

/** The words of an assignment or a loop, each of which may be a whole command, or all of them one. */
function heldCommands(node: SyntaxNode): (readonly Word[])[] {
  if (node.type === 'For') return (node.wordlist ?? []).map((word) => [word]);
  if (node.type !== 'Assignment') return [];
  return [node.value.type === 'Word' ? [node.value] : node.value.elements];
}

/**
 * Finds them, in a script that runs words which only run time knows.
 * @param functions what may run the words that it is given
 * @param names the commands that matter
 */
export function commandsAsData(
  script: Script,
  functions: ReadonlyMap<string, FunctionNode[]>,
  names: ReadonlySet<string>,
): CommandAsData[] {
  const found: CommandAsData[] = [];
  const begins = (word: Word | undefined): boolean =>
    word !== undefined && names.has(/^\s*(\S*)/.exec(literalValue(word) ?? '')![1]!);
  walk(script, (node) => {
    for (const words of heldCommands(node)) if (begins(words[0])) found.push({ node, words, handedOn: false });
    if (node.type !== 'Command' || !node.name) return;
    const name = literalValue(node.name);
    if (name !== null && !functions.has(name)) return;
    for (const [i, arg] of node.args.entries())
      if (arg.type === 'Word' && names.has(literalValue(arg) ?? ''))
        found.push({ node, words: node.args.slice(i), handedOn: true });
  });
  return found;
}

/** Words as the command that they are. */
export function asCommand([name, ...args]: Command['args'], end: number): Command {
  const { pos } = name!;
  return { type: 'Command', pos, end, name: name as Word, prefix: [], suffix: args, args, redirects: [] };
}
