/** What `set -e` and ERR traps make of a status. */
import type { SyntaxNode } from '../../parse/ast.ts';
import { and, binary, contains, literal, not, or, variable } from '../expression.ts';
import type { Context, Lowering } from './context.ts';
import { leaveByControl, returnTarget } from './edges.ts';
import { emitStep } from './step.ts';

/** True if errexit after a simple command takes the functions down to a call with redirections, and ends the shell there. */
export function leavesCalls(lowering: Lowering, context: Context): boolean {
  return context.undoes === true && !context.enclosure && !context.ignore && lowering.facts.errexit;
}

/** Returns from the function where errexit would end the shell. */
export function leaveCalls(lowering: Lowering, context: Context, node: SyntaxNode): void {
  const { builder } = lowering;
  const next = builder.block('next', node.pos);
  const failed = binary('!=', variable('status'), literal(0));
  const judged = and(failed, contains(variable('options'), 'e'), not(variable('ignore')));
  const to = returnTarget(lowering, context)!.id;
  builder.end({ kind: 'choice', construct: 'errexit', rules: [{ test: judged, to }], otherwise: next.id });
  builder.at(next);
}

/** `set -e` and ERR traps judge a compound command's status too: a shell is given the status, where that could matter. */
export function judgeStatus(lowering: Lowering, context: Context, node: SyntaxNode): void {
  const { facts, builder } = lowering;
  // The status of a simple command behind `!` is not judged, whatever has turned errexit on by then.
  const negated = lowering.negated.has(node);
  if (!facts.pipestatus && (!facts.errexit || context.ignore || negated)) return;
  if (node.type === 'Command' && !negated && leavesCalls(lowering, context)) return leaveCalls(lowering, context, node);
  const check = builder.block('check', node.pos);
  const next = builder.block('next', node.pos);
  const status = variable('status');
  const options = variable('options');
  const failed = binary('!=', status, literal(0));
  const judged = and(failed, or(contains(options, 'e'), contains(options, 'T')), not(variable('ignore')));
  if (facts.pipestatus) builder.goto(check);
  else
    builder.end({ kind: 'choice', construct: 'errexit', rules: [{ test: judged, to: check.id }], otherwise: next.id });
  builder.at(check);
  const judging = negated ? { ...context, ignore: true } : context;
  const instruction = emitStep(lowering, judging, {
    kind: 'command',
    nodes: [node],
    text: ['(exit ', ['code'], ')', ['mark']],
    label: 'status',
    untraced: facts.xtrace,
    expects: judging.ignore || !(context.enclosure || facts.errTrap) ? [] : ['exit'],
    without: [node],
  });
  leaveByControl(lowering, context, instruction, 'status');
  builder.goto(next);
  builder.at(next);
}
