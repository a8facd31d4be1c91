/**
 * Redirections of a pipeline's stage. Its shell performs them once and for all: nothing undoes them before the EXIT trap that
 * the stage has been given runs. So they are those of an `exec` that comes before the stage's commands.
 */
import type { TextPart } from '../../bundle.ts';
import { type Command, type Redirected, type Redirection, type SyntaxNode, some } from '../../parse/ast.ts';
import { equals, literal, variable } from '../expression.ts';
import type { Block } from '../program.ts';
import { cut } from '../text.ts';
import { type Context, type Lowering, unique } from './context.ts';
import { EvaluationOrder } from './evaluation.ts';
import { mayFailToExpand } from './expansion-errors.ts';
import { hasEffect } from './shell-effects.ts';
import { emitStep } from './step.ts';

/** A stage whose redirections can come first. */
export type RedirectedStage = Redirected | Command;

/** Redirections that make no file, so that no pattern finds it. */
function makesFile({ type, operator, ...rest }: Redirection): boolean {
  const target = 'target' in rest ? rest.target?.text : undefined;
  return type !== 'Redirect' || !(/^[<>]&$/.test(operator) ? /^(\d+|-)$/.test(target ?? '') : target === '/dev/null');
}

/** True of a redirection that is the same where `exec` performs it, and cannot stop the shell. */
function performedByExec(lowering: Lowering, redirection: Redirection): boolean {
  const { descriptor, type } = redirection;
  if (type !== 'Redirect' || descriptor?.type === 'FileDescriptorVariable' || !redirection.target) return false;
  const words = new EvaluationOrder(lowering, () => false);
  words.words([redirection.target]);
  return words.harmless && !/LINENO|BASH_SUBSHELL/.test(redirection.target.text);
}

/** True if the redirections of a stage, a group, a subshell or an `eval`, can be performed before everything else. */
export function comeFirst(lowering: Lowering, stage: SyntaxNode): stage is RedirectedStage {
  const { facts } = lowering;
  if (facts.xtrace || facts.lastArgument || facts.commandText || facts.pipestatus || facts.posix) return false;
  if (stage.type === 'Redirected')
    return (
      (stage.command.type === 'BraceGroup' || stage.command.type === 'Subshell') &&
      stage.redirects.every((redirection) => performedByExec(lowering, redirection))
    );
  // Bash expands the words first.
  return (
    stage.type === 'Command' &&
    stage.redirects.length > 0 &&
    stage.name?.text === 'eval' &&
    stage.prefix.length === 0 &&
    !stage.args.some((arg) => some(arg, (n) => hasEffect(n) || n.type === 'ProcessSubstitution')) &&
    !mayFailToExpand(lowering, stage) &&
    stage.redirects.every((redirection) => performedByExec(lowering, redirection) && !makesFile(redirection))
  );
}

/** A step performs them, and its shell stays as the scope of what follows; where they fail the stage has ended, with status 1. */
export function performFirst(lowering: Lowering, context: Context, stage: RedirectedStage, end: Block): void {
  const { builder } = lowering;
  const result = `result${unique(lowering)}`;
  const text: TextPart[] = ['exec'];
  for (const redirection of stage.redirects) text.push(' ', ...cut(lowering.text, [redirection]));
  emitStep(lowering, context, {
    kind: 'command',
    nodes: [stage],
    text: [...text, ['mark']],
    at: stage.redirects[0]!.pos,
    label: 'redirect',
    streams: true,
    hold: true,
    quiet: true,
    ignore: true,
    into: result,
    without: [stage.type === 'Redirected' ? stage.command : stage],
  });
  const body = builder.block('body', stage.pos);
  const failed = builder.block('failed', stage.pos);
  builder.end({
    kind: 'choice',
    construct: 'redirect',
    rules: [{ test: equals(variable(result), 0), to: body.id }],
    otherwise: failed.id,
  });
  builder.at(failed);
  builder.set('status', literal(1));
  builder.goto(end);
  builder.at(body);
}
