/**
 * The syntax tree, in the words of the shell grammar (POSIX 2.10, Bash manual).
 *
 * The node types are unbash's own: it already speaks of words, redirections, here-documents and AND-OR lists, its nodes
 * slice the source exactly, and a copy would cost as much as the parse. The rest of the compiler imports them from here
 * only, so that the parser can be exchanged in this folder.
 */
export type {
  AndOr,
  ArithmeticCommand,
  ArithmeticCommandExpansion,
  ArithmeticExpansionPart,
  ArithmeticExpression,
  ArithmeticFor,
  Assignment,
  BraceGroup,
  Case,
  Command,
  CommandExpansionPart,
  CommandNode,
  CompoundCommand,
  CompoundList,
  Coproc,
  For,
  Function as FunctionNode,
  HereDoc,
  If,
  ParameterExpansionPart,
  ParsedScript,
  Pipeline,
  PipelineNode,
  Redirected,
  Redirection,
  Script,
  Select,
  Statement,
  Subshell,
  SyntaxNode,
  TestCommand,
  TestExpression,
  While,
  Word,
  WordPart,
} from 'unbash';

import type { Pipeline, SyntaxNode, Word, WordPart } from 'unbash';
import { forEachChild } from 'unbash';

export { forEachChild };

/** The types of nodes that searches may be for, each with a bit of its own. */
const BITS = new Map(
  (
    'Script Statement Command Function Assignment Pipeline AndOr Coproc For Select While ArithmeticFor Case HereDoc HereString ' +
    'Redirect Redirected TestCommand ParameterExpansion CompoundList If Subshell ArithmeticCommand'
  )
    .split(' ')
    .map((type, place) => [type, 1 << place]),
);

/** Types of nodes that a search is for: the others are passed over before anything is asked of them. */
export interface Kinds {
  types: ReadonlySet<string>;
  bits: number;
}

/** These types as what a search is for. */
export function kindsOf(...types: readonly string[]): Kinds {
  let bits = 0;
  for (const type of types) {
    const bit = BITS.get(type);
    if (bit === undefined) throw new Error(`no search is for ${type}`);
    bits |= bit;
  }
  return { types: new Set(types), bits };
}

/** A whole tree in a row, parents before their children: searching it so costs a fraction of following the nodes. */
interface TreeIndex {
  nodes: SyntaxNode[];
  /** By node, the bit of its type. */
  kinds: number[];
  /** By node, behind its last descendant. */
  ends: number[];
  /** Of nodes with others below them: to follow one without takes no place. */
  places: Map<SyntaxNode, number>;
}

/** That of the script parsed last; the nodes of others are followed one by one. */
let index: TreeIndex = { nodes: [], kinds: [], ends: [], places: new Map() };

/** Makes the tree that `root` is of the one that is searched fast. Answers its nodes, and for each the place behind its last descendant. */
export function indexTree(root: SyntaxNode): Pick<TreeIndex, 'nodes' | 'ends'> {
  const fresh: TreeIndex = { nodes: [], kinds: [], ends: [], places: new Map() };
  const { nodes, kinds, ends, places } = fresh;
  const add = (node: SyntaxNode): void => {
    const place = nodes.push(node) - 1;
    kinds.push(BITS.get(node.type) ?? 0);
    ends.push(0);
    forEachChild(node, add);
    ends[place] = nodes.length;
    if (nodes.length > place + 1) places.set(node, place);
  };
  add(root);
  index = fresh;
  return fresh;
}

/** What parses another text meanwhile leaves the tree that is searched fast as it is. */
export function keepingIndex<T>(run: () => T): T {
  const before = index;
  try {
    return run();
  } finally {
    index = before;
  }
}

/**
 * Visits a node and everything below it, in source order, until the callback answers true; it answers false to skip a
 * node's children. True if it has answered true. With `only`, nodes of other types are not visited, but those below them are.
 */
export function search(node: SyntaxNode, visit: (node: SyntaxNode) => boolean | undefined, only?: Kinds): boolean {
  const { nodes, kinds, ends, places } = index;
  const start = places.get(node);
  if (start !== undefined) {
    const end = ends[start]!;
    for (let i = start; i < end; ) {
      const answer = only && (kinds[i]! & only.bits) === 0 ? undefined : visit(nodes[i]!);
      if (answer) return true;
      i = answer === false ? ends[i]! : i + 1;
    }
    return false;
  }
  const answer = only && !only.types.has(node.type) ? undefined : visit(node);
  if (answer !== undefined) return answer;
  let found = false;
  forEachChild(node, (child) => {
    found ||= search(child, visit, only);
  });
  return found;
}

/**
 * Visits a node and everything below it, in source order; the callback answers false to skip a node's children. With `only`,
 * nodes of other types are not visited, but those below them are.
 */
export function walk(node: SyntaxNode, visit: (node: SyntaxNode) => false | undefined | void, only?: Kinds): void {
  const { nodes, kinds, ends, places } = index;
  const start = places.get(node);
  if (start === undefined) {
    const answer = only && !only.types.has(node.type) ? undefined : visit(node);
    if (answer !== false) forEachChild(node, (child) => walk(child, visit, only));
    return;
  }
  const end = ends[start]!;
  for (let i = start; i < end; ) {
    const passed = only && (kinds[i]! & only.bits) === 0;
    i = !passed && visit(nodes[i]!) === false ? ends[i]! : i + 1;
  }
}

/** True if some node below (or at) `node`, with `only` of these types, satisfies the predicate. */
export function some(node: SyntaxNode, test: (node: SyntaxNode) => boolean, only?: Kinds): boolean {
  const { nodes, kinds, ends, places } = index;
  const start = places.get(node);
  if (start === undefined) return search(node, (child) => test(child) || undefined, only);
  const end = ends[start]!;
  for (let i = start; i < end; i += 1) if (!(only && (kinds[i]! & only.bits) === 0) && test(nodes[i]!)) return true;
  return false;
}

/** Where a node stands in the text. */
export type Place = Pick<SyntaxNode, 'pos' | 'end'>;

/** True if a part of the text is within another, or is that. */
export const contains = (outer: Place, inner: Place): boolean => outer.pos <= inner.pos && inner.end <= outer.end;

/** True of a pipeline of one command, whatever `!` stands before it. */
export const isOneCommand = ({ commands, prefixes }: Pipeline): boolean =>
  commands.length === 1 && prefixes.every(({ type }) => type === 'Negation');

/** Commands whose list may run more than once. */
export const LOOPS: ReadonlySet<string> = new Set(['While', 'For', 'ArithmeticFor', 'Select']);

/** What a search is for that is for commands. */
export const COMMANDS = kindsOf('Command');

function literalPart(part: WordPart): string | null {
  switch (part.type) {
    case 'Literal':
    case 'SingleQuoted':
    case 'AnsiCQuoted':
      return part.value;
    case 'DoubleQuoted':
    case 'LocaleString': {
      let value = '';
      for (const child of part.parts) {
        if (child.type !== 'Literal') return null;
        value += child.value;
      }
      return value;
    }
    default:
      return null;
  }
}

/** Words of commands that surely are paths: see {@link findPaths}. */
const paths = new WeakSet<Word>();

/** True if the word, which only run time knows, is the path of a file in any case: no builtin, and no function of the script. */
export const isPath = (word: Word): boolean => paths.has(word);

const FUNCTIONS = kindsOf('Function');

/**
 * Finds the commands that surely are files (POSIX 2.9.1.4): the first word that theirs expands to has a slash.
 * @param nullglob a pattern without a match may be nothing, and the next word the command
 */
export function findPaths(script: SyntaxNode, nullglob: boolean): void {
  // A function may be named like a path.
  if (some(script, (node) => node.type === 'Function' && node.name.text.includes('/'), FUNCTIONS)) return;
  const find = (node: SyntaxNode): void => {
    if (node.type !== 'Command' || !node.name) return;
    const words = /^(command|builtin)$/.test(literalValue(node.name) ?? '') ? node.args : [node.name];
    for (const word of words) if (word.type === 'Word' && hasSlash(word, nullglob)) paths.add(word);
  };
  walk(script, find, COMMANDS);
}

/** What is split or matched before the slash could be another word; so could several words in quotes. */
function hasSlash({ parts = [], text }: Word, nullglob: boolean): boolean {
  if (nullglob && parts.some(({ type }) => !/^(Literal|SingleQuoted|AnsiCQuoted|DoubleQuoted)$/.test(type)))
    return false;
  if (text.startsWith('~/')) return true;
  for (const part of parts) {
    if (part.type === 'DoubleQuoted') {
      for (const inner of part.parts) {
        if (inner.type === 'Literal' && inner.value.includes('/')) return true;
        if (inner.type !== 'Literal' && /@|^\$\{!/.test(inner.text)) return false;
      }
    } else if (part.type === 'Literal' || part.type === 'SingleQuoted' || part.type === 'AnsiCQuoted') {
      if (part.value.includes('/')) return true;
    } else return false;
  }
  return false;
}

/** True of `name=(…)` among the arguments of `eval`: the parser sees one word there, and nothing of what is in it. */
export const isList = ({ text }: Word): boolean => text.endsWith(')') && /^\w+\+?=\(/.test(text);

/**
 * The value of a word that bash would expand to itself after quote removal, or null where only run time knows.
 * A leading unquoted tilde counts as not literal.
 */
export function literalValue(word: Word): string | null {
  const parts = word.parts;
  if (word.text.startsWith('~') || isList(word)) return null;
  if (!parts) return word.value;
  let value = '';
  for (const part of parts) {
    const piece = literalPart(part);
    if (piece === null) return null;
    value += piece;
  }
  return value;
}
