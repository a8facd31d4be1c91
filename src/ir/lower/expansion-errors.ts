/** Words that may fail to be expanded. */
import {
  type Command,
  forEachChild,
  literalValue,
  type Pipeline,
  type SyntaxNode,
  some,
  type Word,
} from '../../parse/ast.ts';
import { mentionedBehind, textMatches } from '../text-search.ts';
import type { Context, Lowering } from './context.ts';
import { triesShow } from './tried-words.ts';

/** Variables that a shell sets itself. */
const SET_BY_SHELL =
  /^(?:[@*#?$!-]|0|_|HOSTNAME|HOME|IFS|LINENO|OPTIND|PATH|PPID|PWD|RANDOM|SECONDS|UID|EUID|BASH\w*)$/;

/** True if the text gives the variable a value somewhere. */
function isAssigned({ text }: Lowering, name: string): boolean {
  const named = '(?:read|local|declare|typeset|export|readonly|for|select|mapfile|readarray|getopts|printf)';
  if (mentionedBehind(text, 'unset', name)) return false;
  return textMatches(
    text,
    new RegExp(`(?<![\\w$])${name}(?:=|\\+=|\\[)|\\b${named}\\b[^\\n;]*\\b${name}\\b|\\{${name}:?=`),
  );
}

/** How expanding may fail: by a variable that is not set, which trying tells, or otherwise. */
type Failure = 'unset' | 'other';

/** How the expansion of a node, a word of the command, may be an error, as far as the text tells; undefined if it cannot. */
function failureOf(lowering: Lowering, command: Command, node: SyntaxNode): Failure | undefined {
  const { facts } = lowering;
  // What a command is given for its environment is a plain value, whatever the variable is: bash says so, and runs the command.
  const given = !facts.posix && !!command.name && literalValue(command.name) !== null;
  const unset = (name: string): Failure | undefined =>
    facts.nounset && !SET_BY_SHELL.test(name) && (/^\d+$/.test(name) || !isAssigned(lowering, name))
      ? 'unset'
      : undefined;
  const other = (fails: boolean): Failure | undefined => (fails ? 'other' : undefined);
  switch (node.type) {
    case 'SimpleExpansion':
      return unset(node.text.slice(1));
    case 'ParameterExpansion': {
      const { operation } = node;
      // Keys of an array are no indirection; a length may be before its offset.
      if (node.prefix === '!' && !node.index) return 'other';
      if (operation?.type === 'Slice' && node.text.includes('-')) return 'other';
      if (operation?.type === 'Default') return other(operation.operator === '?' || operation.operator === ':?');
      // An array may have other elements.
      if (node.index && facts.nounset && !/^[@*]$/.test(node.index.text)) return 'unset';
      return unset(node.parameter);
    }
    case 'ArithmeticExpansion':
      return other(/[/%]|\*\*|\b0\d/.test(node.text));
    case 'Glob':
      return other(facts.failglob);
    case 'Assignment':
      return other(facts.attributes && !(given && !node.append && !node.index && command.prefix.includes(node)));
    default:
      return undefined;
  }
}

/** How expanding a node, a word of the command, may fail: each way once. */
function failuresOf(lowering: Lowering, command: Command, node: SyntaxNode): ReadonlySet<Failure> {
  const found = new Set<Failure>();
  const visit = (one: SyntaxNode): void => {
    // A substitution has a shell of its own.
    if (one.type === 'CommandExpansion' || one.type === 'ProcessSubstitution') return;
    const failure = failureOf(lowering, command, one);
    if (failure) found.add(failure);
    forEachChild(one, visit);
  };
  visit(node);
  return found;
}

const wordsOf = ({ prefix, name, args }: Command): SyntaxNode[] => [...prefix, ...(name ? [name] : []), ...args];

/** True if an expansion in the words of a simple command may be an error, as far as the text tells. */
export const mayFailToExpand = (lowering: Lowering, command: Command): boolean =>
  wordsOf(command).some((word) => failuresOf(lowering, command, word).size > 0);

/** Words with more than the values of variables: to expand them once more would take effect, or come to something else. */
const DOES_MORE: ReadonlySet<string> = new Set([
  'CommandExpansion',
  'ProcessSubstitution',
  'ArithmeticExpansion',
  'ArithmeticCommandExpansion',
  'Glob',
  'ExtendedGlob',
  'BraceExpansion',
]);

/**
 * The words of a simple command that may fail to be expanded, where to expand them in a shell of its own tells whether they do;
 * undefined where it does not.
 */
function triable(lowering: Lowering, command: Command): Word[] | undefined {
  const words: Word[] = [];
  for (const word of wordsOf(command)) {
    const failures = failuresOf(lowering, command, word);
    if (failures.size === 0) continue;
    if (failures.has('other') || word.type !== 'Word' || some(word, (node) => DOES_MORE.has(node.type)))
      return undefined;
    words.push(word);
  }
  return words;
}

/**
 * The words of a pipeline's commands that are to be tried before its stages are divided: where one cannot be expanded, bash runs
 * the script's EXIT trap in the stage's shell. Undefined where trying them does not tell, or would show.
 */
export function wordsToTry(lowering: Lowering, context: Context, { commands }: Pipeline): Word[] | undefined {
  if (!lowering.facts.exitTrap) return [];
  const words: Word[] = [];
  for (const command of commands) {
    if (command.type !== 'Command') continue;
    const tried = triable(lowering, command);
    if (!tried) return undefined;
    words.push(...tried);
  }
  return words.length > 0 && (triesShow(lowering) || context.undoes) ? undefined : words;
}
