/** Words that may fail to be expanded. */
import { type Command, forEachChild, literalValue, type SyntaxNode } from '../../parse/ast.ts';
import { mentionedBehind, textMatches } from '../text-search.ts';
import type { Context, Lowering } from './context.ts';

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

/** True if an expansion in the words of a simple command may be an error, as far as the text tells. */
export function mayFailToExpand(lowering: Lowering, context: Context, command: Command): boolean {
  const { facts } = lowering;
  // What a command is given for its environment is a plain value, whatever the variable is: bash says so, and runs the command.
  const given = !facts.posix && !!command.name && literalValue(command.name) !== null;
  const unset = (name: string): boolean =>
    facts.nounset && !SET_BY_SHELL.test(name) && (/^\d+$/.test(name) ? !context.function : !isAssigned(lowering, name));
  const fails = (node: SyntaxNode): boolean => {
    switch (node.type) {
      case 'SimpleExpansion':
        return unset(node.text.slice(1));
      case 'ParameterExpansion': {
        const { operation } = node;
        // Keys of an array are no indirection; a length may be before its offset.
        if (node.prefix === '!' && !node.index) return true;
        if (operation?.type === 'Slice' && node.text.includes('-')) return true;
        if (operation?.type !== 'Default') return unset(node.parameter);
        return operation.operator === '?' || operation.operator === ':?';
      }
      case 'ArithmeticExpansion':
        return /[/%]|\*\*|\b0\d/.test(node.text);
      case 'Glob':
        return facts.failglob;
      case 'Assignment':
        return facts.attributes && !(given && !node.append && !node.index && command.prefix.includes(node));
      default:
        return false;
    }
  };
  const mayFail = (node: SyntaxNode): boolean => {
    // A substitution has a shell of its own.
    if (node.type === 'CommandExpansion' || node.type === 'ProcessSubstitution') return false;
    let found = fails(node);
    forEachChild(node, (child) => {
      found ||= mayFail(child);
    });
    return found;
  };
  const words = [...command.prefix, ...(command.name ? [command.name] : []), ...command.args];
  return words.some(mayFail);
}
