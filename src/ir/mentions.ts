/** Names of commands that stand in a script as data: what a word that only run time knows may come to. */
import { type Command, kindsOf, type Script, type SyntaxNode, search, some } from '../parse/ast.ts';
import { commandName, quotedText, textOf } from './facts.ts';
import { printedOnly } from './printed.ts';
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

/** A sentence: no command is called as its first word is, unless a function is. */
const SENTENCE = /^\W*([A-Z][a-z]+)(?=[\s:,])/;
/** What ends a command within a text. */
const ENDS_COMMAND = /[;|&({`\n]|\$x/;

const READS_FILE: ReadonlySet<string> = new Set(['.', 'source']);

/** Matches the names where they are words of their own; no pattern ends in a command. */
const namePattern = (commands: readonly string[]): RegExp =>
  new RegExp(
    `(?<![\\w./-])(${commands.map((name) => (name === '.' ? '(?<!\\])\\.' : verbatim(name))).join('|')})(?![\\w./-])`,
    'g',
  );

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
  printed: ReadonlySet<SyntaxNode> = printedOnly(script),
): boolean {
  const named = namePattern(commands);
  const isProse = (text: string, before: string): boolean => {
    if (!/\S\s/.test(before)) return false;
    if (PROSE.test(text)) return true;
    const first = ENDS_COMMAND.test(before) ? undefined : SENTENCE.exec(before)?.[1];
    return first !== undefined && !some(script, (node) => node.type === 'Function' && node.name.text === first);
  };
  const isData = (node: SyntaxNode): boolean => {
    const text = quotedText(node, '$x');
    for (const { 0: name, index } of text.matchAll(named)) {
      // In `a=b,name=c`, two things would have to be taken off.
      const isOption = /[,:]/.test(text[index - 1] ?? '') && text[index + name.length] === '=';
      if (!isOption && !isProse(text, text.slice(0, index))) return true;
    }
    return false;
  };
  // `. -x` reads no file.
  const isArgument = (arg: Command['args'][number], place: number, all: Command['args']): boolean =>
    isData(arg) &&
    !(READS_FILE.has(arg.text) && /^-./.test(all[place + 1]?.text ?? '') && all[place + 1]!.text !== '--');
  // Here-documents that programs read.
  const read = new Set<SyntaxNode>();
  const mentions = (node: SyntaxNode): boolean | undefined => {
    if (ownsItsSource(node)) return ((node as { source?: string }).source ?? '').search(named) >= 0;
    if (node.type === 'Assignment') return (node.name !== 'IFS' && isData(node)) || undefined;
    if (node.type === 'For' || node.type === 'Select') return (node.wordlist ?? []).some(isData) || undefined;
    if (node.type === 'HereDoc') return (!read.has(node) && isData(node.body)) || undefined;
    if (node.type === 'HereString') return (node.target && isData(node.target)) || undefined;
    // What a value is compared with it may be.
    if (node.type === 'Case') return node.items.some(({ pattern }) => pattern.some(isData)) || undefined;
    if (node.type === 'TestCommand') return some(node, (word) => word.type === 'Word' && isData(word)) || undefined;
    // The word that stands in for a value.
    if (node.type === 'ParameterExpansion') return node.text.replace(/[-=+?]/g, ' ').search(named) >= 0 || undefined;
    if (node.type !== 'Command') return undefined;
    const name = commandName(node);
    if (typeof name === 'string' && !functions.has(name) && (commands.includes(name) || !KEEPS_WORDS.has(name))) {
      for (const redirection of node.redirects) read.add(redirection);
      return undefined;
    }
    if (printed.has(node)) return undefined;
    // Commands in a text are no data.
    const given =
      name === 'eval' || name === 'trap' ? textOf(name === 'eval' ? node.args : node.args.slice(0, 1)) : undefined;
    return (
      (given ? mentionsAsData(given.script, functions, commands, new Set()) : node.args.some(isArgument)) || undefined
    );
  };
  return search(script, mentions, PLACES);
}
