/** Functions: definitions, and the commands that call them. */
import {
  type Command,
  contains,
  type FunctionNode,
  literalValue,
  type Redirection,
  type SyntaxNode,
  some,
  type Word,
} from '../../parse/ast.ts';
import type { Op } from '../../runtime/protocol.ts';
import { append, literal, variable } from '../expression.ts';
import { commandName, DYNAMIC } from '../facts.ts';
import { cut, type Edit } from '../text.ts';
import { mentionedBehind, textMatches } from '../text-search.ts';
import { isPlainDefinition } from '../unsupported.ts';
import { transfer } from './call.ts';
import { callWords } from './call-words.ts';
import { inScope } from './compound.ts';
import { type Context, type Lowering, lineOf } from './context.ts';
import { judgeStatus } from './errexit.ts';
import { constant, EvaluationOrder } from './evaluation.ts';
import { indivisible } from './indivisible.ts';
import { emitLeaf } from './leaf.ts';
import { restOfCall } from './rest.ts';
import { calledHolds, hasEffect } from './shell-effects.ts';
import { undoesAround } from './shell-traps.ts';
import { mustSplit } from './split.ts';
import { credit, emitStep } from './step.ts';
import { hoist, wantedIn } from './substitution.ts';
import { separately, triesShow, tryFirst, withoutPatterns } from './tried-words.ts';

/** Copies of function bodies stop here: a machine's definition holds 1 MiB. */
const BLOCK_BUDGET = 1500;

/** True if a node may call a function of the script, by its text. */
export function callsFunctions(lowering: Lowering, node: SyntaxNode): boolean {
  return some(node, (n) => n.type === 'Command' && lowering.splitFunctions.has(commandName(n) ?? ''));
}

/** A definition changes the shell's table of functions and nothing else: an operation on the state, no step. */
export function lowerDefinition(lowering: Lowering, context: Context, node: FunctionNode): void {
  const definition = lowering.definitions.get(node);
  // In POSIX mode, another name ends the shell.
  const named = !lowering.facts.posix || /^[A-Za-z_]\w*$/.test(node.name.text);
  if (!definition || lowering.facts.whole || !named || !isPlainDefinition(node, lowering.text)) {
    emitLeaf(lowering, context, [node], { reason: 'function-definition' });
    return;
  }
  // An ERR trap that a compound command sets off next names the line that bash has read to.
  const isNamed = lowering.facts.errTrap && !context.function;
  const op: Op = isNamed
    ? ['define', definition.id, context.lastLine ?? lineOf(lowering, node.end)]
    : ['define', definition.id];
  lowering.builder.set('ops', append(variable('ops'), [literal(op)]));
  lowering.builder.set('status', literal(0));
}

/** A call that the machine makes; false where the command must run as a whole. */
export function lowerCall(lowering: Lowering, context: Context, command: Command): boolean {
  if (command.prefix.length > 0) return false;
  if (command.redirects.length > 0) return lowerRedirectedCall(lowering, context, command);
  return lowerPlainCall(lowering, context, command);
}

/** Matches where functions are taken away whose names only run time knows. */
const TAKES_ANY = /\bunset\s+-f\b[^\n]*[$`*]/;

/**
 * True if the function is surely there when it is called: what is no function, or not yet, is a program that is not found, and
 * fails outside of the redirections.
 */
function isThere({ facts, script, text }: Lowering, context: Context, { name, pos }: Command): boolean {
  const isDefined = (node: FunctionNode): boolean => {
    const statement = script.commands.find((one) => contains(one, node));
    return !statement || (statement.command === node && (node.pos < pos || context.function !== undefined));
  };
  return (
    (facts.functions.get(name!.text) ?? []).some(isDefined) &&
    !mentionedBehind(text, 'unset', name!.text) &&
    !textMatches(text, TAKES_ANY)
  );
}

/**
 * `f words > file`: the words are expanded, the file is opened, and the body runs with it. Here the file is opened first, so
 * nothing in the words may have an effect or stop the call.
 */
function lowerRedirectedCall(lowering: Lowering, context: Context, command: Command): boolean {
  const { builder } = lowering;
  const { redirects, suffix } = command;
  const first = suffix.indexOf(redirects[0]!);
  if (
    first < 0 ||
    suffix.length - first !== redirects.length ||
    lowering.facts.errTrap ||
    calledHolds(lowering, command) ||
    undoesAround(lowering, command)
  )
    return false;
  // A trace shows the call where its messages do not go yet.
  const moves = redirects.some((r) => /^&>|^2>/.test(lowering.text.slice(r.pos, r.end)));
  if (lowering.facts.xtrace && moves) return false;
  // Where a redirection fails, bash has shown the call, and knows its last word.
  const knows = lowering.facts.xtrace || lowering.facts.lastArgument;
  if (knows && !redirects.every(isSure)) return false;
  // Where errexit ends a function, bash undoes the call's redirections before the EXIT trap runs.
  const undoes = lowering.facts.errexit && lowering.facts.exitTrap;
  if (undoes && !(undoable(lowering, context, command) && isThere(lowering, context, command))) return false;
  if (
    redirects.some(
      (r) =>
        r.descriptor?.type === 'FileDescriptorVariable' ||
        some(r, (n) => n.type !== 'CommandExpansion' && hasEffect(n)),
    )
  )
    return false;
  const order = new EvaluationOrder(lowering, () => true);
  order.words([command.name!]);
  for (const arg of command.args) {
    if (arg.type !== 'Word') return false;
    order.words([arg]);
  }
  if (!order.harmless || !callable(lowering, context, command)) return false;
  const patterns = redirects.some(makesFile) ? maybePatterns(command) : [];
  if (!patterns || (patterns.length > 0 && triesShow(lowering))) return false;
  const before = hoist(lowering, context, command);
  if (!before && some(command, (n) => n.type === 'CommandExpansion')) return false;
  const hoisted = before ?? { edits: [], nodes: [] };
  const over = patterns.length > 0 ? builder.block('next', command.pos) : undefined;
  if (over) {
    const whole = (): void =>
      void emitLeaf(lowering, context, [command], { edits: hoisted.edits, without: hoisted.nodes });
    tryFirst(lowering, context, command, withoutPatterns(separately(lowering, patterns)), whole, over);
  }
  const edits = [
    ...hoisted.edits.filter((e) => !redirects.some((r) => inside(e, r))),
    ...redirects.map((r) => ({ start: r.pos, end: r.end, parts: [] })),
  ];
  inScope(lowering, context, command, redirects, {
    command,
    edits: hoisted.edits.filter((e) => redirects.some((r) => inside(e, r))),
    body: (inner) => void lowerPlainCall(lowering, inner, command, { edits, nodes: hoisted.nodes, undoes }),
  });
  if (undoes) judgeStatus(lowering, context, command);
  if (over) {
    builder.goto(over);
    builder.at(over);
  }
  return true;
}

/** A redirection that does not fail. */
const isSure = (redirection: Redirection): boolean =>
  redirection.type !== 'Redirect' ||
  (/^[<>]&$/.test(redirection.operator) && /^[012-]$/.test(redirection.target?.text ?? '')) ||
  redirection.target?.text === '/dev/null';

/** A redirection that may make a file. */
const makesFile = (redirection: Redirection): boolean =>
  redirection.type === 'Redirect' &&
  redirection.operator.includes('>') &&
  !(redirection.operator === '>&' && /^(\d+-?|-)$/.test(redirection.target?.text ?? '')) &&
  !/^\/dev\/\w+$/.test(redirection.target?.text ?? '');

/**
 * The words of a call that may come to patterns, which would find the file that its redirection makes: the values of variables.
 * Undefined where there are patterns, or words that cannot be expanded twice.
 */
function maybePatterns({ name, args }: Command): Word[] | undefined {
  const words: Word[] = [];
  for (const word of [name!, ...args]) {
    if (word.type !== 'Word') return undefined;
    const others = (word.parts ?? []).filter((part) => !constant(part));
    if (others.every(({ type }) => type === 'DoubleQuoted')) continue;
    const isValue = ({ type }: SyntaxNode): boolean => type === 'SimpleExpansion' || type === 'ParameterExpansion';
    if (!others.every(isValue) || some(word, (node) => node.type === 'CommandExpansion')) return undefined;
    words.push(word);
  }
  return words;
}

/**
 * True if all that a call with redirections runs are commands of steps of their own: where errexit ends the shell after one of
 * them, the functions are left first, as bash does, which undoes the redirections.
 */
function undoable(lowering: Lowering, context: Context, command: Command): boolean {
  const { facts, text } = lowering;
  // The name of what called the function stays behind.
  if (facts.pipestatus || facts.posix || context.undoes || /inherit_errexit|FUNCNAME|\bcaller\b/.test(text))
    return false;
  const seen = new Set<string>();
  const inner: Context = { ...context, undoes: true };
  const plain = (node: SyntaxNode): boolean =>
    !some(node, (n) => {
      if (n.type === 'Function' || n.type === 'ProcessSubstitution' || n.type === 'Select' || n.type === 'Coproc')
        return true;
      if (n.type === 'Statement') return n.background === true;
      if (n.type !== 'Command')
        return n !== node && DIVIDED.has(n.type) && indivisible(lowering, n, inner) !== undefined;
      const name = commandName(n);
      if (name === null || DYNAMIC.has(name ?? '') || name === 'exec' || name === 'trap') return true;
      const bodies = facts.functions.get(name ?? '');
      if (!bodies) return false;
      if (n.redirects.length > 0 || n.prefix.length > 0) return true;
      return !called(name!);
    });
  const called = (name: string): boolean => {
    if (seen.has(name)) return true;
    seen.add(name);
    const bodies = facts.functions.get(name)!;
    return lowering.splitFunctions.has(name) && bodies.every(({ body }) => plain(body));
  };
  return called(command.name!.text);
}

const DIVIDED: ReadonlySet<string> = new Set([
  'Case',
  'While',
  'For',
  'ArithmeticFor',
  'Subshell',
  'Pipeline',
  'Redirected',
  'BraceGroup',
  'If',
  'AndOr',
]);

function inside(edit: Edit, redirection: Redirection): boolean {
  const body = redirection.type === 'HereDoc' ? redirection.body : redirection;
  return (
    (edit.start >= redirection.pos && edit.end <= redirection.end) || (edit.start >= body.pos && edit.end <= body.end)
  );
}

/** The definitions that a call can lead to in this graph; undefined if the machine cannot make it. */
function callable(lowering: Lowering, context: Context, command: Command): FunctionNode[] | undefined {
  const name = command.name!.text;
  // A process substitution ends with the shell that started it.
  if (some(command, (n) => n.type === 'ProcessSubstitution')) return undefined;
  const graph = lowering.graphs[context.graph]!;
  if (graph.inside.has(name) || (context.graph > 0 && lowering.builder.blockCount > BLOCK_BUDGET)) return undefined;
  const nodes = (lowering.facts.functions.get(name) ?? []).filter((node) => lowering.definitions.has(node));
  const targets = nodes.filter((node) => mustSplit(lowering, node.body));
  return targets.length === 0 ? undefined : targets;
}

function lowerPlainCall(
  lowering: Lowering,
  context: Context,
  command: Command,
  prepared?: { edits: Edit[]; nodes: SyntaxNode[]; undoes: boolean },
): boolean {
  const name = command.name!.text;
  const targets = callable(lowering, context, command);
  if (!targets) return false;

  const { builder } = lowering;
  const hoisted = prepared ?? hoist(lowering, context, command);
  const definitions = targets.map((node) => lowering.definitions.get(node)!);
  const call = builder.block(`call ${name}`, command.pos);
  const after = builder.block(`after ${name}`, command.pos);
  emitStep(lowering, context, {
    kind: 'command',
    nodes: [command],
    text: cut(lowering.text, [command], { edits: hoisted?.edits, mark: true }),
    label: name,
    calls: { [name]: definitions.map((d) => d.id) },
    callWords: hoisted && hoisted.nodes.length > 0 ? undefined : callWords(lowering, command),
    only: { control: 'call', otherwise: after },
    keeps: { target: 'target' },
    without: hoisted?.nodes,
    rest: restOfCall(lowering, context, command),
  });
  credit(lowering, [command], command, undefined, hoisted?.nodes);
  builder.goto(call);
  transfer(lowering, context, command, name, targets, call, after, { undoes: prepared?.undoes });
  return true;
}

/** Definitions beyond this number are not worth the states of a call that may lead to any of them. */
const DYNAMIC_TARGETS = 60;

/** `"$@"`, `"cmd_$1" words`: the command may be any function of the script; a shell expands the words and finds out. */
export function lowerDynamicCall(lowering: Lowering, context: Context, command: Command): boolean {
  if (!command.name || literalValue(command.name) !== null || command.prefix.length > 0 || command.redirects.length > 0)
    return false;
  if (
    lowering.options.dynamicCalls === false ||
    context.graph > 0 ||
    lowering.splitFunctions.size === 0 ||
    some(command, (n) => n.type === 'ProcessSubstitution')
  )
    return false;
  const order = new EvaluationOrder(lowering, wantedIn(lowering, command));
  for (const word of [command.name, ...command.args]) {
    if (word.type !== 'Word') return false;
    order.words([word]);
  }
  if (!order.pure) return false;
  const functions: [string, string[]][] = [];
  const targets: FunctionNode[] = [];
  for (const name of lowering.splitFunctions) {
    const nodes = (lowering.facts.functions.get(name) ?? []).filter(
      (node) => lowering.definitions.has(node) && mustSplit(lowering, node.body),
    );
    if (nodes.length > 0) functions.push([name, nodes.map((node) => lowering.definitions.get(node)!.id)]);
    targets.push(...nodes);
  }
  if (targets.length === 0 || targets.length > DYNAMIC_TARGETS) return false;
  const hoisted = hoist(lowering, context, command);
  if (!hoisted && some(command, (n) => n.type === 'CommandExpansion')) return false;
  lowering.dynamicCalls += 1;
  const { builder } = lowering;
  const call = builder.block(`call ${command.name.text}`, command.pos);
  emitLeaf(lowering, context, [command], {
    call: {
      functions: Object.fromEntries(functions),
      words: cut(lowering.text, [command.name, ...command.args], { edits: hoisted?.edits }),
      block: call,
    },
    edits: hoisted?.edits,
    without: hoisted?.nodes,
  });
  const after = builder.block(`after ${command.name.text}`, command.pos);
  builder.goto(after);
  transfer(lowering, context, command, command.name.text, targets, call, after, { dynamic: true });
  return true;
}
