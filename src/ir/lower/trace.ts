/** What a trace (`set -x`) shows of commands that are divided. */
import type { TextPart } from '../../bundle.ts';
import { type Assignment, type Command, literalValue, type SyntaxNode, search, type Word } from '../../parse/ast.ts';
import { contains, variable } from '../expression.ts';
import { DYNAMIC } from '../facts.ts';
import { type Context, type Lowering, unique } from './context.ts';
import { constant, EvaluationOrder } from './evaluation.ts';
import { ACTS_ON_SHELL } from './shell-effects.ts';
import { emitStep } from './step.ts';

/** Where a trace is on, a step shows the head of a loop or `case`, or the text of an array that is assigned. */
export function traceHead(lowering: Lowering, context: Context, node: SyntaxNode, head: string): void {
  showTrace(lowering, context, node, ['head', head]);
}

function showTrace(lowering: Lowering, context: Context, node: SyntaxNode, shown: TextPart): void {
  if (!lowering.facts.xtrace) return;
  const { builder } = lowering;
  const trace = builder.block('trace', node.pos);
  const next = builder.block('do', node.pos);
  const traced = contains(variable('options'), 'x');
  builder.end({ kind: 'choice', construct: 'trace', rules: [{ test: traced, to: trace.id }], otherwise: next.id });
  builder.at(trace);
  emitStep(lowering, context, {
    kind: 'command',
    nodes: [node],
    text: [shown, ['mark']],
    label: `trace ${node.type.toLowerCase()}`,
    ignore: true,
    into: `result${unique(lowering)}`,
    quiet: true,
    without: [node],
  });
  builder.goto(next);
  builder.at(next);
}

/** Matches a prompt of the trace that changes something, or tells a subshell. */
const COUNTING_PROMPT = /\bPS4=[^\n]*(?:\(\(|\$\{\w+:?=|BASHPID|BASH_SUBSHELL)/;

/**
 * True if the trace of a command can be shown before its redirections are performed, as bash shows it: a function of its name
 * is called with its words, which are the same now and later.
 */
export function showsFirst(lowering: Lowering, { name, args, prefix }: Command): boolean {
  const { facts, text } = lowering;
  // What shows it would be the command before, in a shell of its own.
  if (facts.lastArgument || COUNTING_PROMPT.test(text)) return false;
  const called = name && literalValue(name);
  if (typeof called !== 'string' || !/^[A-Za-z_]\w*$/.test(called) || facts.functions.has(called)) return false;
  if (ACTS_ON_SHELL.has(called) || DYNAMIC.has(called) || called === 'time' || /\balias\b/.test(text)) return false;
  const words: Word[] = [];
  for (const arg of [...prefix.filter(isAssignment), ...args]) {
    const word = arg.type === 'Word' ? arg : arg.value;
    if (word.type !== 'Word' || (arg.type === 'Assignment' && arg.index)) return false;
    words.push(word);
  }
  const order = new EvaluationOrder(lowering, () => false);
  order.words(words);
  return order.harmless && words.every((word) => !/[*?[~{]/.test(unquoted(word)) && (word.parts ?? []).every(constant));
}

const isAssignment = (node: SyntaxNode): node is Assignment => node.type === 'Assignment';

/** What of a word files or directories may be found by. */
const unquoted = ({ text, parts }: Word): string =>
  parts ? parts.map((part) => (part.type === 'Literal' ? part.text : '')).join('') : text;

/** Shows the trace of such a command. */
export function traceFirst(lowering: Lowering, context: Context, command: Command): void {
  const { name, args, prefix } = command;
  const words = [...prefix.filter(isAssignment), name!, ...args]
    .map(({ pos, end }) => lowering.text.slice(pos, end))
    .join(' ');
  showTrace(lowering, context, command, `( ${name!.text} () { { builtin :; } 2>/dev/null; }; ${words} )`);
}

/** True of a node that runs commands while words are expanded. */
export const runsCommands = ({ type }: SyntaxNode): boolean =>
  type === 'CommandExpansion' || type === 'ArithmeticCommandExpansion' || type === 'ProcessSubstitution';

/**
 * How words can be expanded where a trace may be on: `untraced`; `tried`, where that may end the shell and its EXIT trap would
 * show, but can be found out first; or only as bash does it (`traced`), where commands in them that are no steps show.
 */
export function expansionInTrace(
  lowering: Lowering,
  words: readonly Word[],
  without: readonly SyntaxNode[],
): 'untraced' | 'tried' | 'traced' {
  const { facts } = lowering;
  if (!facts.xtrace) return 'untraced';
  const shown = (node: SyntaxNode): boolean | undefined =>
    without.includes(node) ? false : runsCommands(node) || undefined;
  if (words.some((word) => search(word, shown))) return 'traced';
  if (!facts.exitTrap) return 'untraced';
  const order = new EvaluationOrder(lowering, () => true);
  order.words(words);
  if (order.harmless) return 'untraced';
  return order.pure ? 'tried' : 'traced';
}
