/** Words that a variable surely comes to where a command of the script's own level reads it. */
import {
  type Command,
  contains,
  literalValue,
  type Script,
  type SyntaxNode,
  some,
  type Word,
  walk,
} from '../parse/ast.ts';
import { argumentValues, commandName, DYNAMIC } from './facts.ts';
import { ownsItsSource } from './text.ts';
import { countMentions } from './text-search.ts';

/** Builtins that assign to variables which their words name. */
const ASSIGNING: ReadonlySet<string> = new Set(
  'local export readonly read mapfile readarray getopts unset wait'.split(' '),
);
/** Those that may have values evaluated, which may be assignments. */
const GIVES_ATTRIBUTES: ReadonlySet<string> = new Set(['declare', 'typeset', 'let', 'alias']);

/** Nodes whose evaluation may assign to a variable that a value names. */
const EVALUATING: ReadonlySet<string> = new Set([
  'ArithmeticExpansion',
  'ArithmeticCommandExpansion',
  'ArithmeticCommand',
  'ArithmeticFor',
  'TestCommand',
  'Coproc',
]);

/** True if something may assign to a variable, or read it, without naming it in the text. */
export function usesUnseen(node: SyntaxNode): boolean {
  if (ownsItsSource(node) || EVALUATING.has(node.type)) return true;
  if (node.type === 'Assignment') return node.index !== undefined;
  if (node.type === 'ParameterExpansion')
    return node.prefix !== undefined || node.index !== undefined || node.operation?.type === 'Slice';
  if (node.type !== 'Command') return false;
  const name = commandName(node);
  if (name === undefined) return false;
  if (name === null || DYNAMIC.has(name) || GIVES_ATTRIBUTES.has(name)) return true;
  const values = argumentValues(node);
  if (name === 'test' || name === '[') return values.some((value) => value === '-v' || value === '-R');
  if (name === 'local' && values.some((value) => value?.startsWith('-'))) return true;
  if (name === 'trap') return values[0] === null;
  if (name === 'printf') return values[0] === null || (values[0] ?? '').startsWith('-v');
  // A word of a declaration that is an assignment names its variable.
  const isUnknown = (_: unknown, index: number): boolean =>
    values[index] === null && node.args[index]!.type !== 'Assignment';
  return ASSIGNING.has(name) && node.args.some(isUnknown);
}

/** The one assignment to a variable, where that is a command of the script's own level with a literal value. */
function soleAssignment(script: Script, name: string): { index: number; value: string } | undefined {
  const index = script.commands.findIndex(({ command }) => command.type === 'Command' && assigns(command, name));
  if (index < 0 || script.commands[index]!.background) return undefined;
  const { name: word, prefix } = script.commands[index]!.command as Command;
  const [assignment] = prefix;
  if (word || prefix.length !== 1 || assignment?.type !== 'Assignment') return undefined;
  if (assignment.append || assignment.index || assignment.value.type !== 'Word') return undefined;
  const value = literalValue(assignment.value);
  return value === null ? undefined : { index, value };
}

const assigns = ({ prefix }: Command, name: string): boolean =>
  prefix.some((part) => part.type === 'Assignment' && part.name === name);

/** The variable that a word is, by itself and without quotes. */
function plainVariable({ parts }: Word): string | undefined {
  const [part] = parts ?? [];
  return parts?.length === 1 && part?.type === 'SimpleExpansion'
    ? /^\$([A-Za-z_]\w*)$/.exec(part.text)?.[1]
    : undefined;
}

/**
 * The words that one without quotes comes to, where it is a variable to which the script assigns once, at its own level, before
 * it: nothing else may assign to it, nor change how its value is divided.
 */
export function knownWords(script: Script, source: string, word: Word): string[] | undefined {
  const name = plainVariable(word);
  if (name === undefined || /IFS|\{!|\$\[/.test(source)) return undefined;
  const assignment = soleAssignment(script, name);
  if (!assignment || !/^[\w \t+-]*$/.test(assignment.value)) return undefined;
  const at = script.commands.findIndex((statement) => contains(statement, word));
  // A function may be called before.
  if (at <= assignment.index || some(script.commands[at]!, (node) => node.type === 'Function')) return undefined;
  if (some(script, usesUnseen)) return undefined;
  let seen = 1;
  walk(script, (node) => {
    if (node.type === 'SimpleExpansion' && node.text === `$${name}`) seen += 1;
    return undefined;
  });
  if (countMentions(source, name) !== seen) return undefined;
  return assignment.value.split(/[ \t]+/).filter(Boolean);
}
