/** Simple commands and the choice of a visitor for compound ones. */
import { type Command, type CommandNode, literalValue } from '../../parse/ast.ts';
import type { Op } from '../../runtime/protocol.ts';
import { append, literal, variable } from '../expression.ts';
import { argumentValues, commandName } from '../facts.ts';
import type { Edit } from '../text.ts';
import { carriedText } from './carried.ts';
import {
  lowerArithmeticFor,
  lowerCase,
  lowerFor,
  lowerIf,
  lowerRedirected,
  lowerSubshell,
  lowerWhile,
} from './compound.ts';
import type { Context, Lowering } from './context.ts';
import { leaveRegions } from './edges.ts';
import { lowerExit } from './exit-trap.ts';
import { lowerCall, lowerDefinition, lowerDynamicCall } from './function.ts';
import { emitLeaf } from './leaf.ts';
import { lowerList } from './list.ts';
import { lowerLogicalTest } from './logical-test.ts';
import { lowerOpenedFirst } from './opened-first.ts';
import { dotEdit, lowerReading } from './reading.ts';
import { unseenText } from './rest.ts';
import { hoist, hoistOperands } from './substitution.ts';

export function lowerCommandNode(lowering: Lowering, context: Context, node: CommandNode): void {
  switch (node.type) {
    case 'Command':
      return lowerCommand(lowering, context, node);
    case 'If':
      return lowerIf(lowering, context, node);
    case 'While':
      return lowerWhile(lowering, context, node);
    case 'For':
      return lowerFor(lowering, context, node);
    case 'ArithmeticFor':
      return lowerArithmeticFor(lowering, context, node);
    case 'Case':
      return lowerCase(lowering, context, node);
    case 'BraceGroup':
      return lowerList(lowering, context, node.body);
    case 'Subshell':
      return lowerSubshell(lowering, context, node);
    case 'Redirected':
      return lowerRedirected(lowering, context, node);
    case 'Function':
      return lowerDefinition(lowering, context, node);
    case 'TestCommand':
    case 'ArithmeticCommand': {
      const hoisted = hoistOperands(lowering, context, node);
      if (!hoisted && node.type === 'TestCommand' && lowerLogicalTest(lowering, context, node)) return;
      emitLeaf(lowering, context, [node], {
        reason: hoisted ? undefined : 'substitution',
        edits: hoisted?.edits,
        without: hoisted?.nodes,
      });
      return;
    }
    default:
      emitLeaf(lowering, context, [node], { reason: 'indivisible' });
  }
}

/** `break N` and `continue N` of a loop that the machine runs: a jump. */
export function lowerJump(lowering: Lowering, context: Context, command: Command, status = 0): boolean {
  const word = command.name && literalValue(command.name);
  // A trace shows the command.
  if ((word !== 'break' && word !== 'continue') || context.loops.length === 0 || lowering.facts.xtrace) return false;
  if (
    command.prefix.length > 0 ||
    command.redirects.length > 0 ||
    command.args.length > 1 ||
    lowering.facts.functions.has(word)
  )
    return false;
  const value = command.args.length === 0 ? '1' : argumentValues(command)[0];
  // Out of range, it fails and ends all loops: bash does that itself.
  if (typeof value !== 'string' || !/^[1-9]\d{0,4}$/.test(value)) return false;
  const { builder } = lowering;
  const loop = context.loops[Math.max(context.loops.length - Number(value), 0)]!;
  builder.set('status', literal(status));
  const { facts } = lowering;
  const ops: Op[] = [];
  if (facts.lastArgument) ops.push(['last', command.args.length === 0 ? word : value]);
  if (facts.pipestatus) ops.push(['pipestatus', 0]);
  if (ops.length > 0) builder.set('ops', append(variable('ops'), ops.map(literal)));
  builder.goto(leaveRegions(lowering, context, loop.regions, word === 'break' ? loop.breakTo : loop.continueTo));
  builder.at(builder.block('unreachable', command.pos));
  lowering.own.add(command);
  return true;
}

/** A simple command: a jump of the machine, a call of a function, or a step. */
function lowerCommand(lowering: Lowering, context: Context, command: Command): void {
  if (lowerJump(lowering, context, command) || lowerExit(lowering, context, command)) return;
  const name = commandName(command);
  const plainName = command.name && literalValue(command.name);
  if (
    typeof plainName === 'string' &&
    plainName === name &&
    lowering.splitFunctions.has(plainName) &&
    lowerCall(lowering, context, command)
  )
    return;
  if (lowerReading(lowering, context, command)) return;
  if (plainName === null && lowerDynamicCall(lowering, context, command)) return;
  if (lowerOpenedFirst(lowering, context, command)) return;
  const unseen = lowering.carried.has(command) ? undefined : unseenText(lowering, context, command);
  const hoisted = hoist(lowering, context, command);
  const continuation = lowering.carried.get(command);
  if (continuation) {
    lowering.carrying.add(command);
    const text = carriedText(lowering.text, command, continuation, hoisted?.edits);
    emitLeaf(lowering, context, [command], {
      text,
      without: hoisted?.nodes,
      untraced: hoisted?.untraced,
      carries: true,
    });
    return;
  }
  // Of a function, all calls must be seen to as well.
  if (unseen && !unseen.rest) lowering.guarded.add(command);
  else if (unseen && (!context.function || lowering.judged.has(command))) lowering.judging.add(command);
  const dot: Edit[] = unseen ? [dotEdit(command)] : [];
  emitLeaf(lowering, context, [command], {
    edits: [...(hoisted?.edits ?? []), ...dot],
    without: hoisted?.nodes,
    untraced: hoisted?.untraced,
    unseen,
  });
}
