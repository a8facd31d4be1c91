/** Names of commands that stand in a script as data: what a word that only run time knows may come to. */
import { kindsOf, type Script, type SyntaxNode, search, some } from '../parse/ast.ts';
import { commandName, quotedText, textOf } from './facts.ts';
import { ownsItsSource } from './text.ts';
import { verbatim } from './text-search.ts';

/** Commands whose words may become commands of the shell, or names of them. */
const KEEPS_WORDS = new Set(
  'alias builtin command declare echo env eval exec export local mapfile printf read readarray readonly set source test trap typeset xargs [ .'.split(
    ' ',
  ),
);
/** Words that show that a text is for people: no list of commands has them. */
const PROSE =
  /(?<![\w$'"-])(a|an|and|are|at|be|for|from|in|is|it|number|of|or|please|that|the|this|to|until|you|your)(?![\w'"-])/i;

/** Where a name may stand that is data. */
const PLACES = kindsOf(
  ...['Script', 'Assignment', 'For', 'Select', 'HereDoc', 'HereString', 'Case', 'TestCommand', 'ParameterExpansion'],
  'Command',
);

/**
 * True if the name of one of these commands stands in the script as data that a command known only at run time may be: neither
 * a word of some program, nor within a text for people.
 */
export function mentionsAsData(
  script: Script,
  functions: { has: (name: string) => boolean },
  commands: readonly string[],
): boolean {
  const named = new RegExp(`(?<![\\w./-])(${commands.map(verbatim).join('|')})(?![\\w./-])`);
  const isData = (node: SyntaxNode): boolean => {
    const text = quotedText(node, '$x');
    const found = named.exec(text);
    return found !== null && !(/\S\s/.test(text.slice(0, found.index)) && PROSE.test(text));
  };
  // Here-documents that programs read.
  const read = new Set<SyntaxNode>();
  const mentions = (node: SyntaxNode): boolean | undefined => {
    if (ownsItsSource(node)) return named.test((node as { source?: string }).source ?? '');
    if (node.type === 'Assignment') return isData(node) || undefined;
    if (node.type === 'For' || node.type === 'Select') return (node.wordlist ?? []).some(isData) || undefined;
    if (node.type === 'HereDoc') return (!read.has(node) && isData(node.body)) || undefined;
    if (node.type === 'HereString') return (node.target && isData(node.target)) || undefined;
    // What a value is compared with it may be.
    if (node.type === 'Case') return node.items.some(({ pattern }) => pattern.some(isData)) || undefined;
    if (node.type === 'TestCommand') return some(node, (word) => word.type === 'Word' && isData(word)) || undefined;
    // The word that stands in for a value.
    if (node.type === 'ParameterExpansion') return named.test(node.text.replace(/[-=+?]/g, ' ')) || undefined;
    if (node.type !== 'Command') return undefined;
    const name = commandName(node);
    if (typeof name === 'string' && !functions.has(name) && (commands.includes(name) || !KEEPS_WORDS.has(name))) {
      for (const redirection of node.redirects) read.add(redirection);
      return undefined;
    }
    // Commands in a text are no data.
    const given =
      name === 'eval' || name === 'trap' ? textOf(name === 'eval' ? node.args : node.args.slice(0, 1)) : undefined;
    return (given ? mentionsAsData(given.script, functions, commands) : node.args.some(isData)) || undefined;
  };
  return search(script, mentions, PLACES);
}
