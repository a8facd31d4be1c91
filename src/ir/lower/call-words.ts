/** Calls and returns whose words need no shell to be expanded. */
import type { CallWord } from '../../bundle.ts';
import { type Command, literalValue, type Word, type WordPart } from '../../parse/ast.ts';
import type { Lowering } from './context.ts';

/** Text that bash expands to itself, wherever it stands in a word but for its beginning: neither a tilde, nor a pattern, nor braces. */
const PLAIN = /^[\w./:=,%+-]+$/;

/** Parameters of a name, a number of one digit, or all positional ones. */
const PARAMETER = /^(?:[A-Za-z_]\w*|[1-9]|@)$/;

/** Names whose values bash computes, or keeps to itself. */
const COMPUTED =
  /^(?:BASH|COMP|EPOCH|HIST|OPT)|^(?:DIRSTACK|E?UID|FUNCNAME|GROUPS|LINENO|(?:OLD)?PWD|PIPESTATUS|PPID|S?RANDOM|SECONDS|SHLVL|_)$/;

/** The words of a call on one line, if each is a text or a parameter's value; undefined where a shell must expand them. */
export function callWords({ facts, text }: Lowering, command: Command): CallWord[] | undefined {
  const { name, args, prefix, redirects, pos, end } = command;
  // A shell tells what these show of a call.
  if (facts.xtrace || facts.lastArgument || facts.commandText || facts.posix) return undefined;
  if (!name || prefix.length > 0 || redirects.length > 0 || text.slice(pos, end).includes('\n')) return undefined;
  const words: CallWord[] = [];
  for (const arg of [name, ...args]) {
    const word = arg.type === 'Word' ? callWord(arg) : undefined;
    if (word === undefined) return undefined;
    words.push(word);
  }
  return words;
}

/** The status that `return` returns, if that is a number or a parameter's value; undefined of another command. */
export function returnedStatus({ facts }: Lowering, { name, args, prefix, redirects }: Command): CallWord | undefined {
  if (name?.text !== 'return' || facts.functions.has('return')) return undefined;
  if (prefix.length > 0 || redirects.length > 0 || args.length > 1) return undefined;
  const [arg] = args;
  if (!arg || /^("?)\$(\?|\{\?\})\1$/.test(arg.text)) return ['quoted', '?'];
  const word = arg.type === 'Word' ? callWord(arg) : undefined;
  if (typeof word === 'string') return /^\d{1,9}$/.test(word) ? word : undefined;
  return word?.[1] === '@' ? undefined : word;
}

function callWord(word: Word): CallWord | undefined {
  const { parts, text } = word;
  const [part, ...others] = parts ?? [];
  if (PLAIN.test(text)) return text;
  if (!part || others.length > 0) return undefined;
  if (part.type !== 'DoubleQuoted') {
    const parameter = parameterOf(part);
    if (parameter === '@') return undefined;
    if (parameter !== undefined) return ['divided', parameter];
    return part.type === 'SingleQuoted' ? (literalValue(word) ?? undefined) : undefined;
  }
  const [inner, ...more] = part.parts;
  const parameter = inner && more.length === 0 ? parameterOf(inner) : undefined;
  return parameter === undefined ? (literalValue(word) ?? undefined) : ['quoted', parameter];
}

/** The parameter whose value, and nothing else, a part expands to. */
function parameterOf(part: WordPart): string | undefined {
  let name: string | undefined;
  if (part.type === 'SimpleExpansion') name = part.text.slice(1);
  else if (part.type === 'ParameterExpansion' && part.text === `\${${part.parameter}}`) name = part.parameter;
  return name !== undefined && PARAMETER.test(name) && !COMPUTED.test(name) ? name : undefined;
}
