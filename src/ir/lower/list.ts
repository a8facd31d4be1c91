/** Lists: `;`, newline, `&&`, `||`, `!`, and the background jobs that tie statements together. */
import type { AndOr, Command, CompoundList, Pipeline, PipelineNode, Statement, SyntaxNode } from '../../parse/ast.ts';
import { conditional, contains, equals, literal, or, variable } from '../expression.ts';
import { commandName, DYNAMIC } from '../facts.ts';
import type { Block } from '../program.ts';
import { ownsItsSource } from '../text.ts';
import { keepInput } from './async-input.ts';
import { lowerJobs, runsAsBranches } from './background.ts';
import { lowerCommandNode, lowerJump } from './command.ts';
import { type Context, type Loop, type Lowering, unique } from './context.ts';
import { wordsToTry } from './expansion-errors.ts';
import { indivisible, isProgram, negatedWhole } from './indivisible.ts';
import { tiedRanges } from './jobs.ts';
import { emitLeaf } from './leaf.ts';
import { lowerPipeline } from './pipeline.ts';
import { ignoresByOption, signalsShell, turnsErrexitOn } from './shell-effects.ts';
import { mustSplit, runsWhole } from './split.ts';
import { expanding, separately, tryFirst } from './tried-words.ts';

/** The status behind `!`. */
const INVERTED = conditional(equals(variable('status'), 0), literal(1), literal(0));

/**
 * Lowers statements one after the other; neighbours that are not worth steps of their own share one. Those of a compound
 * command are one command to bash, which abandons them all after an error in one; lines of the script are not.
 */
export function lowerStatements(
  lowering: Lowering,
  context: Context,
  statements: readonly Statement[],
  grouped = true,
): void {
  // One step runs the whole script: its jobs are in it.
  const ranges = runsWhole(lowering) ? [] : tiedRanges(lowering, statements, !grouped);
  let i = 0;
  while (i < statements.length) {
    const range = ranges.find(({ last }) => i <= last);
    if (range && i === range.first) {
      const tied = statements.slice(i, range.last + 1);
      if (range.reason === 'background' && !range.mixed && runsAsBranches(lowering, context, tied))
        lowerJobs(lowering, context, tied, grouped);
      else emitLeaf(lowering, context, tied, { reason: lowering.facts.whole ?? range.reason, grouped });
      i = range.last + 1;
      continue;
    }
    const end = range ? range.first : statements.length;
    let j = i;
    while (j < end && stays(lowering, statements[j]!)) j += 1;
    if (j > i) {
      const together = statements.slice(i, j);
      emitLeaf(lowering, context, together, { reason: lowering.facts.whole ?? 'auto', grouped });
      if (!runsWhole(lowering)) keepInput(lowering, together);
      i = j;
    } else {
      lowerStatement(lowering, context, statements[i]!);
      i += 1;
    }
  }
}

/** True if a statement is not worth a step of its own, and changes nothing that lowering must know of. */
export function stays(lowering: Lowering, statement: Statement): boolean {
  if (mustSplit(lowering, statement)) return false;
  if (runsWhole(lowering) || statement.command.type !== 'Function') return true;
  return !lowering.splitFunctions.has(statement.command.name.text) && !readTooEarly(lowering, statement);
}

/** True on the first line: a shell reads that before it knows the name of the file, which it keeps with functions. */
const readTooEarly = ({ text }: Lowering, { pos }: Statement): boolean => !text.slice(0, pos).includes('\n');

export function lowerList(lowering: Lowering, context: Context, list: CompoundList): void {
  lowerStatements(lowering, context, list.commands);
}

function lowerStatement(lowering: Lowering, context: Context, statement: Statement): void {
  const reason = statement.background ? 'background' : indivisible(lowering, statement.command, context);
  if (reason) {
    emitLeaf(lowering, context, [statement], { reason });
    keepInput(lowering, [statement]);
  } else lowerNode(lowering, context, statement.command);
}

/** Lowers a pipeline, an AND-OR list or a command; what cannot be divided runs in one step. */
export function lowerNode(lowering: Lowering, context: Context, node: PipelineNode | AndOr): void {
  if (ownsItsSource(node as SyntaxNode) || (!mustSplit(lowering, node) && node.type !== 'Function')) {
    emitLeaf(lowering, context, [node], { reason: 'auto' });
    return;
  }
  const negated = negatedWhole(lowering, node);
  if (negated) {
    emitLeaf(lowering, context, [node], { reason: 'negation' });
    if (isProgram(lowering, negated)) lowering.own.add(negated as Command);
    return;
  }
  const reason = indivisible(lowering, node, context);
  if (reason) {
    emitLeaf(lowering, context, [node], { reason });
    return;
  }
  const signal = lowering.facts.exitTrap ? wrappedSignal(lowering, node) : undefined;
  if (signal) {
    emitLeaf(lowering, context, [node], { reason: 'subshell-trap' });
    lowering.own.add(signal);
  } else if (node.type === 'AndOr') lowerAndOr(lowering, context, node);
  else if (node.type === 'Pipeline') lowerPipelineNode(lowering, context, node);
  else lowerCommandNode(lowering, context, node);
}

/**
 * The last command within `!` and `{ … }`, or of a call with redirections, if that is `kill` of the script's shell, or a function
 * that ends in it: bash has inverted its status and undone the redirections when it comes to the signal, and the EXIT trap.
 */
function wrappedSignal(lowering: Lowering, node: SyntaxNode): Command | undefined {
  if (node.type === 'BraceGroup') return undefined;
  // The command's own redirections are undone by then.
  if (node.type === 'Command' && (node.redirects.length === 0 || commandName(node) === 'kill')) return undefined;
  const last = (inner: SyntaxNode): Command | undefined => {
    if (inner.type === 'Command') return inner;
    if (inner.type === 'Redirected') return inner.command.type === 'BraceGroup' ? last(inner.command) : undefined;
    if (inner.type === 'Pipeline') return inner.commands.length === 1 ? last(inner.commands[0]!) : undefined;
    const statement = inner.type === 'BraceGroup' ? inner.body.commands.at(-1) : undefined;
    return statement && !statement.background ? last(statement.command) : undefined;
  };
  const calling = new Set<string>();
  const endsInSignal = (command: Command | undefined): boolean => {
    const name = command && commandName(command);
    if (name === 'kill') return signalsShell(lowering, command!);
    if (typeof name !== 'string' || calling.has(name)) return false;
    calling.add(name);
    return (lowering.facts.functions.get(name) ?? []).some(
      ({ body }) => body.type === 'BraceGroup' && endsInSignal(last(body)),
    );
  };
  const command = last(node);
  return endsInSignal(command) ? command : undefined;
}

/**
 * `a && b || c` as short-circuit jumps. Every command but the last is where errexit is ignored (POSIX 2.8.1).
 * ```
 * a ─0─▶ b ─0─▶ end        a ─≠0─▶ c
 * ```
 */
function lowerAndOr(lowering: Lowering, context: Context, node: AndOr): void {
  const { builder } = lowering;
  const end = builder.block('next', node.pos);
  const blocks = node.commands.map((command, index) =>
    index === 0 ? builder.current : builder.block(node.operators[index - 1]!, command.pos),
  );
  node.commands.forEach((command, index) => {
    builder.at(index === 0 ? builder.current : blocks[index]!);
    const last = index === node.commands.length - 1;
    lowerNode(lowering, last ? context : { ...context, ignore: true }, command);
    if (last) return;
    const operator = node.operators[index]!;
    // A short-circuit lands behind the next operator of the other kind, with the status as it is.
    const other = node.operators.findIndex((o, k) => k > index && o !== operator);
    const skip = other < 0 ? end : blocks[other + 1]!;
    const next = blocks[index + 1]!;
    const [success, failure] = operator === '&&' ? [next, skip] : [skip, next];
    builder.end({
      kind: 'choice',
      construct: operator,
      rules: [{ test: equals(variable('status'), 0), to: success.id }],
      otherwise: failure.id,
    });
  });
  builder.goto(end);
  builder.at(end);
}

/**
 * A loop as it is left from within `!`: bash inverts the status that `break` and `continue` leave there, too.
 * @param kept the variable in which it is kept whether errexit was ignored outside
 */
function leftNegation({ builder }: Lowering, node: Pipeline, loop: Loop, inverted: boolean, kept?: string): Loop {
  const origin = builder.current;
  const before = (construct: string, target: Block): Block => {
    const block = builder.block(construct, node.pos);
    builder.at(block);
    if (kept) builder.set('ignore', variable(kept));
    if (inverted) builder.set('status', INVERTED);
    builder.goto(target);
    return block;
  };
  const left = { ...loop, breakTo: before('break', loop.breakTo), continueTo: before('continue', loop.continueTo) };
  builder.at(origin);
  return left;
}

/**
 * `! pipeline`: the status is inverted by the machine. Errexit is ignored inside if it is on where the pipeline begins, which
 * matters only if something inside may turn it on or off.
 */
function lowerPipelineNode(lowering: Lowering, context: Context, node: Pipeline): void {
  const inverted = node.prefixes.filter((p) => p.type === 'Negation').length % 2 === 1;
  const negated = node.prefixes.some((p) => p.type === 'Negation');
  const { builder } = lowering;
  const [only] = node.commands;
  const isCommand = inverted && node.commands.length === 1 && only!.type === 'Command';
  // What evaluates a text may also leave a loop around it, which a step does with another status.
  const evaluates = isCommand && context.loops.length === 0 && DYNAMIC.has(commandName(only) ?? '');
  if (isCommand && !context.ignore && (evaluates || turnsErrexitOn(lowering, only!))) {
    emitLeaf(lowering, context, [node], { reason: 'negation' });
    return;
  }
  let inner: Context = negated ? { ...context, ignore: true } : context;
  const kept = negated && !context.ignore && ignoresByOption(lowering, node) ? `ignore${unique(lowering)}` : undefined;
  if (kept) {
    builder.set(kept, variable('ignore'));
    builder.set('ignore', or(variable('ignore'), contains(variable('options'), 'e')));
    inner = { ...context, dynamicIgnore: true, live: [...context.live, kept] };
  }
  if (isCommand) lowering.negated.add(only!);
  // A jump does not come back to have its status inverted.
  if (isCommand && lowerJump(lowering, context, only! as Command, 1)) return;
  if (negated && node.commands.length === 1)
    inner = { ...inner, loops: context.loops.map((loop) => leftNegation(lowering, node, loop, inverted, kept)) };
  const failed = inverted && only!.type === 'Redirected' ? builder.block('failed', node.pos) : undefined;
  if (failed) inner = { ...inner, uninverted: { node: only!, to: failed } };
  if (node.commands.length === 1) lowerNode(lowering, inner, only!);
  else lowerStages(lowering, inner, node);
  if (kept) builder.set('ignore', variable(kept));
  if (inverted) builder.set('status', INVERTED);
  if (!failed) return;
  const end = builder.block('next', node.pos);
  builder.goto(end);
  builder.at(failed);
  if (kept) builder.set('ignore', variable(kept));
  builder.goto(end);
  builder.at(end);
}

/** A pipeline of several commands; where one's words cannot be expanded, one shell runs it. */
function lowerStages(lowering: Lowering, context: Context, node: Pipeline): void {
  const words = wordsToTry(lowering, context, node);
  if (!words?.length) return lowerPipeline(lowering, context, node);
  const { builder } = lowering;
  const end = builder.block('next', node.pos);
  const fail = (): void =>
    void emitLeaf(lowering, context, [{ ...node, pos: node.commands[0]!.pos } as Pipeline], {
      reason: 'subshell-trap',
    });
  tryFirst(lowering, context, node, expanding(separately(lowering, words)), fail, end);
  lowerPipeline(lowering, context, node);
  builder.goto(end);
  builder.at(end);
}
