/** Emits steps: one fragment each, with its name, place, commands and what ends its shell. */
import type { CallWord, ForkValues, Fragment, LibraryFile, Rest, Step, StepCommand, TextPart } from '../../bundle.ts';
import { type Command, type SyntaxNode, walk } from '../../parse/ast.ts';
import { describeCommands } from '../commands.ts';
import { knowsOptions } from '../facts.ts';
import type { Block, Expression, StepInstruction } from '../program.ts';
import type { Reason } from '../reasons.ts';
import { ownsItsSource } from '../text.ts';
import { type Context, type Lowering, lineOf, SMALLEST_CATCH, SMALLEST_TASK, TooLargeError } from './context.ts';
import { behindDocuments } from './counted-line.ts';
import { discardTarget, exitTarget } from './edges.ts';
import { stateName, stepKey } from './names.ts';
import type { Unseen } from './rest.ts';

/** What to emit. */
export interface StepPlan {
  kind: Fragment['kind'];
  /** Nodes that the step stands for: its place, its commands. */
  nodes: readonly SyntaxNode[];
  text: TextPart[];
  /** Offset of the text's first line. */
  at?: number;
  label: string;
  calls?: Record<string, string[]>;
  callWords?: CallWord[];
  dynamic?: TextPart[];
  reads?: LibraryFile;
  unseen?: Unseen;
  /** What follows a call that may come to a command of `unseen`. */
  rest?: () => Rest;
  list?: string;
  fork?: boolean;
  forkIf?: ForkValues;
  hold?: boolean;
  /** The text is several command lines of a file. */
  lines?: boolean;
  quiet?: boolean;
  untraced?: boolean;
  /** The shell ends after the fragment: nothing follows it in its shell. */
  ends?: boolean;
  /** This program takes the shell's place, which is the script's own. */
  replaces?: CallWord;
  /** The status that it returns from a function. */
  returns?: CallWord;
  /** The function that is being called, or the file that is being read, ends with it. */
  falls?: boolean;
  /** It ends the script's shell, whose EXIT trap may be a call of the machine's. */
  exits?: boolean;
  program?: string;
  loops?: number;
  trapLine?: number;
  reason?: Reason;
  streams?: boolean;
  ignore?: boolean;
  into?: string;
  keeps?: Record<string, string>;
  expects?: string[];
  scope?: Expression;
  leave?: boolean;
  only?: { control: 'call' | 'enter'; otherwise: Block };
  /** Commands of the nodes that other steps execute. */
  without?: readonly SyntaxNode[];
}

/** The fields of the step's answer that go into variables. */
function keepsOf(lowering: Lowering, { hold, keeps }: StepPlan): Record<string, string> {
  const all: Record<string, string> = {};
  if (knowsOptions(lowering.facts)) all.options = 'options';
  if (hold) all.scope = 'scope';
  return keeps ? Object.assign(all, keeps) : all;
}

/** Creates a step and its instruction in the current block. Edges for its controls are the caller's. */
export function emitStep(lowering: Lowering, context: Context, plan: StepPlan): StepInstruction {
  const first = plan.nodes[0]!;
  const last = plan.nodes[plan.nodes.length - 1]!;
  const state = stateName(lowering, plan.label);
  const at = plan.at ?? first.pos;
  const { line, column } = lowering.source.position(first.pos);
  const library = lowering.libraries.findLast(({ start }) => start <= first.pos);
  const counted = plan.nodes.length === 1 ? behindDocuments(lowering, first) : undefined;
  const documents = counted === undefined ? 0 : lineOf(lowering, counted) - lineOf(lowering, first.end);
  const fragment: Fragment = {
    kind: plan.kind,
    text: plan.text,
    line: context.line ?? lineOf(lowering, at) + documents + (context.lineShift ?? 0),
    fork: plan.fork ?? false,
  };
  if (context.lastLine !== undefined) fragment.lastLine = context.lastLine;
  if (plan.lines) fragment.lines = true;
  if (library) fragment.library = library.id;
  if (plan.reads) fragment.reads = plan.reads;
  if (plan.unseen) fragment.unseen = plan.unseen.redirections;
  if (plan.forkIf) fragment.forkIf = plan.forkIf;
  if (plan.calls) fragment.calls = plan.calls;
  if (plan.callWords) fragment.callWords = plan.callWords;
  if (plan.dynamic) fragment.dynamic = plan.dynamic;
  if (plan.program !== undefined && fragment.fork) fragment.program = plan.program;
  if (plan.list) fragment.list = plan.list;
  if (plan.trapLine !== undefined) fragment.trapLine = plan.trapLine;
  if (plan.loops) fragment.loops = plan.loops;
  if (plan.hold) fragment.hold = true;
  if (plan.quiet) fragment.quiet = true;
  if (plan.untraced) fragment.untraced = true;
  if (plan.ends) fragment.ends = true;
  if (plan.replaces !== undefined) fragment.replaces = plan.replaces;
  if (plan.returns !== undefined) fragment.returns = plan.returns;
  if (plan.falls) fragment.falls = true;
  if (plan.exits) fragment.exits = true;
  let described: StepCommand[] | undefined;
  const step: Step = {
    key: stepKey(lowering, state),
    state,
    fragment,
    // Described when they are asked for: most runs need none of it. A copy of the step has them, too, as those of run time are.
    get commands() {
      described ??= describeCommands(
        plan.nodes.filter((node) => !ownsItsSource(node)),
        { source: lowering.source, without: plan.without, shallow: true, file: library?.path },
      );
      return described;
    },
    files: [],
    settings: lowering.options.settings(first) ?? {},
    source: library
      ? { line, column, start: first.pos - library.start, end: last.end - library.start, file: library.path }
      : { line, column, start: first.pos, end: last.end },
    streams: plan.streams ?? false,
  };
  if (plan.reason) step.reason = plan.reason;
  if (plan.rest) step.rest = plan.rest;
  if (plan.unseen) {
    if (plan.unseen.rest) step.rest = plan.unseen.rest;
    if (plan.unseen.besideIds) step.besideIds = true;
    if (plan.unseen.names.length > 0) step.ties = plan.unseen.names;
    if (plan.unseen.uncalled.length > 0) step.uncalled = plan.unseen.uncalled;
  }
  lowering.steps.push(step);
  const instruction: StepInstruction = {
    kind: 'step',
    step,
    ignore:
      plan.ignore || context.ignore
        ? true
        : context.function || context.graph > 0 || context.dynamicIgnore
          ? 'dynamic'
          : false,
    into: plan.into ?? 'status',
    expects: plan.expects ?? [],
    keeps: keepsOf(lowering, plan),
    onExit: exitTarget(lowering, context).id,
    onDiscard: discardTarget(lowering, context).id,
  };
  if (plan.expects?.length) instruction.keeps.control = 'control';
  if (context.enclosure?.opens) {
    instruction.opens = true;
    context.enclosure.opens = false;
  }
  if (plan.scope) instruction.scope = plan.scope;
  if (plan.leave || plan.kind === 'leave') instruction.leave = true;
  if (plan.only) instruction.only = { control: plan.only.control, otherwise: plan.only.otherwise.id };
  lowering.builder.emit(instruction);
  // What ends a stage may be smaller, or not be asked for.
  if (!instruction.leave) lowering.size += SMALLEST_TASK + (plan.only ? SMALLEST_CATCH : 0);
  if (lowering.size > (lowering.options.limit ?? Infinity)) throw new TooLargeError(lowering.dynamicCalls > 0);
  return instruction;
}

/** Statistics: which commands have a step of their own, and why the others have not. */
export function credit(
  lowering: Lowering,
  nodes: readonly SyntaxNode[],
  single: Command | undefined,
  reason: Reason | undefined,
  without: readonly SyntaxNode[] = [],
): void {
  const [only] = nodes;
  const job = nodes.length === 1 && only!.type === 'Statement' && only.background ? only.command : undefined;
  // A job by itself: nothing else is in its step.
  if (job?.type === 'Command') lowering.own.add(job);
  if (single) lowering.own.add(single);
  const share = (node: SyntaxNode): void =>
    walk(node, (child) => {
      if (without.includes(child)) return false;
      // The body runs where the function is called.
      if (child.type === 'Function' && !lowering.facts.whole) return false;
      if (child.type !== 'Command' || child === single) return undefined;
      const given = reason ?? (single ? 'substitution' : 'auto');
      if (given !== 'auto' || lowering.reasons.get(child) !== 'definition-size') lowering.reasons.set(child, given);
      return undefined;
    });
  lowering.credits.push(() => nodes.forEach(share));
  // What a head or a redirection expands is the step's one command where it runs no other.
  const expanded = reason === 'substitution' ? commandsIn(nodes, without) : [];
  if (expanded.length === 1) lowering.own.add(expanded[0]!);
}

/** The commands that a step executes, in those of its nodes that others do not stand for. */
function commandsIn(nodes: readonly SyntaxNode[], without: readonly SyntaxNode[]): Command[] {
  const commands: Command[] = [];
  for (const node of nodes)
    walk(node, (child) => {
      if (without.includes(child)) return false;
      if (child.type === 'Command') commands.push(child);
      return undefined;
    });
  return commands;
}
