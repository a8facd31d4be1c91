/** The texts of a script that are data: what a word that only run time knows may come to. */
import { type Command, kindsOf, type Script, type SyntaxNode, some, walk } from '../parse/ast.ts';
import { commandName, quotedText, textOf } from './facts.ts';
import { ownsItsSource } from './text.ts';
import { verbatim } from './text-search.ts';

/** A text that is neither a word of some program nor one of a command that runs as it stands. */
export interface DataText {
  text: string;
  /** The names of builtins that it was given to, in an evaluated text of several. */
  builtins?: readonly string[];
  /** It is code of some kind: no text for people. */
  code?: true;
}

/** Commands whose words may become commands of the shell, or names of them. */
const KEEPS_WORDS = new Set(
  'alias builtin command declare echo env eval exec export local mapfile printf read readarray readonly set source test trap typeset xargs [ .'.split(
    ' ',
  ),
);

/** Where a text may stand that is data. */
const PLACES = kindsOf(
  ...['Script', 'Assignment', 'For', 'Select', 'HereDoc', 'HereString', 'Case', 'TestCommand', 'ParameterExpansion'],
  'Command',
);

interface Functions {
  has: (name: string) => boolean;
}

const known = new WeakMap<Script, WeakMap<Functions, readonly DataText[]>>();

/** All of them, in a script with these functions. */
export function dataTexts(script: Script, functions: Functions): readonly DataText[] {
  let ofScript = known.get(script);
  if (!ofScript) known.set(script, (ofScript = new WeakMap()));
  let found = ofScript.get(functions);
  if (!found) ofScript.set(functions, (found = collect(script, functions)));
  return found;
}

function collect(script: Script, functions: Functions): readonly DataText[] {
  const found: DataText[] = [];
  // Here-documents that programs read.
  const read = new Set<SyntaxNode>();
  const add = (node: SyntaxNode, of?: Omit<DataText, 'text'>): void => {
    found.push({ text: quotedText(node, '$x'), ...of });
  };
  const visit = (node: SyntaxNode): false | undefined => {
    if (ownsItsSource(node)) {
      found.push({ text: (node as { source?: string }).source ?? '', code: true });
      return false;
    }
    switch (node.type) {
      case 'Assignment':
        // What words are split at is none.
        if (node.name !== 'IFS') add(node);
        return;
      case 'For':
      case 'Select':
        for (const word of node.wordlist ?? []) add(word);
        return;
      case 'HereDoc':
        if (!read.has(node)) add(node.body);
        return;
      case 'HereString':
        if (node.target) add(node.target);
        return;
      case 'Case':
        // What a value is compared with it may be.
        for (const { pattern } of node.items) for (const word of pattern) add(word);
        return;
      case 'TestCommand':
        some(node, (word) => {
          if (word.type === 'Word') add(word);
          return false;
        });
        return;
      case 'ParameterExpansion':
        // The word that stands in for a value.
        found.push({ text: node.text.replace(/[-=+?]/g, ' '), code: true });
        return;
      case 'Command':
        ofCommand(node);
    }
  };
  const ofCommand = (node: Command): void => {
    const name = commandName(node);
    const isProgram = typeof name === 'string' && !functions.has(name);
    if (isProgram && !KEEPS_WORDS.has(name)) {
      for (const redirection of node.redirects) read.add(redirection);
      return;
    }
    const builtins = isProgram ? [name] : [];
    // Commands in a text are no data.
    const given =
      name === 'eval' || name === 'trap' ? textOf(name === 'eval' ? node.args : node.args.slice(0, 1)) : undefined;
    if (!given) for (const [i, arg] of node.args.entries()) if (!isBareDot(node, i)) add(arg, { builtins });
    for (const one of given ? collect(given.script, functions) : [])
      found.push({ ...one, builtins: [...builtins, ...(one.builtins ?? [])] });
  };
  walk(script, visit, PLACES);
  return found;
}

/** True of a word `.` that reads no file: an option follows, or it is a full stop that is printed. */
function isBareDot(node: Command, place: number): boolean {
  const [word, next] = [node.args[place]!.text, node.args[place + 1]?.text];
  if (next === undefined) return PRINTS.has(commandName(node) ?? '') && /^(["']?)\.\1$/.test(word);
  return /^(\.|source)$/.test(word) && /^-./.test(next) && next !== '--';
}

const PRINTS: ReadonlySet<string> = new Set(['echo', 'printf']);

/** Words that show that a text is for people: no list of commands has them. */
const PROSE =
  /(?<![\w$'"-])(a|already|an|and|are|at|be|cannot|could|doesn't|for|found|from|has|have|in|is|it|must|not|number|of|or|please|should|that|the|this|to|until|using|was|we|will|without|you|your)(?![\w'"-])/i;
/** Words of the shell's own that have `for`, `in` and `until` beside them. */
const RESERVED = /(^|[\s;])(do|done|then|fi|esac)(?=$|[\s;])/;

/** A sentence: no command is called as its first word is, unless a function is. */
const SENTENCE = /^\W*([A-Z][a-z]+)(?=[\s:,])/;
/** What ends a command within a text. */
const ENDS_COMMAND = /[;|&({`\n]/;

/**
 * The command `.`, not a full stop or what a pattern matches: at the start of a command, or of a word that may become one. Where
 * it is the last of several, nothing is read.
 */
const DOT = String.raw`(?<=(?:^|[\s;&|({!=,:])["'\x60]?\\?)\.(?=[\s"'\x60;&|$\\])(?!\s+[A-Z][a-z]*\s)|(?<=(?:^|[\s;{!=])["'\x60]?\\?)\.$`;

/** Matches the names where they are words of their own. */
export function namePattern(commands: readonly string[]): RegExp {
  const names = commands.map((name) => (name === '.' ? DOT : verbatim(name)));
  return new RegExp(`(?<![\\w./-])(${names.join('|')})(?![\\w./-])`, 'g');
}

/** True if a text may have one of the names where it would be a command. */
export function isNamed({ text, code }: DataText, named: RegExp, script: Script): boolean {
  for (const { 0: name, index } of text.matchAll(named)) {
    if (code) return true;
    // In `a=b,name=c`, two things would have to be taken off.
    const isOption = /[,:]/.test(text[index - 1] ?? '') && text[index + name.length] === '=';
    if (!isOption && !isProse(text, text.slice(0, index), script)) return true;
  }
  return false;
}

function isProse(text: string, before: string, script: Script): boolean {
  if (!/\S\s/.test(before)) return false;
  if (PROSE.test(text) && !RESERVED.test(text)) return true;
  if (ENDS_COMMAND.test(before)) return false;
  // What follows an address is an argument, as it is.
  if (before.includes('://')) return true;
  const first = before.includes('$x') ? undefined : SENTENCE.exec(before)?.[1];
  return first !== undefined && !some(script, (node) => node.type === 'Function' && node.name.text === first);
}
