/**
 * A background command has an empty standard input, but where bash has noted that the input around it was given: by a
 * pipe into the shell, or by the redirections of a compound command. The note is one of the shell's own. A subshell
 * begins with its own, each compound command with redirections makes it anew, and it stays, in functions too, until the
 * next line of the script.
 */
import {
  type CommandNode,
  type Redirection,
  type Script,
  type Statement,
  type SyntaxNode,
  some,
  walk,
} from '../../parse/ast.ts';
import { append, literal, variable } from '../expression.ts';
import type { Lowering } from './context.ts';

/** Matches what may start a background command. */
export const STARTS_JOB = /(?<![&|<>\\])&(?![&>])/;

const texts = new WeakMap<Lowering, boolean>();

/** True if anything in the script may start a background command. */
function startsAny(lowering: Lowering): boolean {
  let known = texts.get(lowering);
  if (known === undefined) {
    known = STARTS_JOB.test(lowering.text);
    texts.set(lowering, known);
  }
  return known;
}

/** Redirections that give their command a standard input, as bash sees it: an input for any descriptor counts. */
export function givesInput(redirections: readonly Redirection[]): boolean {
  return redirections.some((redirection) => {
    if (redirection.type !== 'Redirect') return true;
    if (redirection.operator === '<' || redirection.operator === '<>') return true;
    if (redirection.operator !== '<&' || redirection.target?.text.match(/^\d+-$/)) return false;
    const { descriptor } = redirection;
    return descriptor === undefined || (descriptor.type === 'FileDescriptor' && descriptor.value === 0);
  });
}

const stages = new WeakSet<SyntaxNode>();

/** A stage of a pipeline performs its redirections in a shell of its own, behind the note that this begins with. */
export function isStage(node: SyntaxNode): boolean {
  return stages.has(node);
}

/** The note that a stage of a pipeline begins with; undefined where it is the one outside. */
export function stageInput(command: CommandNode, index: number): boolean | undefined {
  stages.add(command);
  if (index > 0) return true;
  if (command.type === 'Subshell') return false;
  if (command.type === 'Redirected' && command.command.type === 'Subshell') return givesInput(command.redirects);
  return undefined;
}

/** Operations that make the note, if the script has a use for it. */
export function noteInput(lowering: Lowering, given: boolean | undefined): unknown[][] {
  return given !== undefined && startsAny(lowering) ? [['fed', given]] : [];
}

/** Makes the note here. */
export function setInput(lowering: Lowering, given: boolean): void {
  for (const operation of noteInput(lowering, given))
    lowering.builder.set('ops', append(variable('ops'), [literal(operation)]));
}

/** Behind a step of several commands: the note that the last of its compound commands with redirections left. */
export function keepInput(lowering: Lowering, nodes: readonly SyntaxNode[]): void {
  if (!startsAny(lowering)) return;
  let given: boolean | undefined;
  for (const node of nodes)
    walk(node, (n) => {
      // They run in shells of their own, or later.
      if (n.type === 'Subshell' || n.type === 'Function' || n.type === 'CommandExpansion') return false;
      if ((n.type === 'Pipeline' && n.commands.length > 1) || (n.type === 'Statement' && n.background)) return false;
      if (n.type === 'Redirected' && n.command.type !== 'Subshell') given = givesInput(n.redirects);
      return undefined;
    });
  if (given !== undefined) setInput(lowering, given);
}

/** A compound command with redirections, in the shell itself. */
function makesNote(node: SyntaxNode): boolean {
  return some(node, (n) => n.type === 'Redirected' && n.command.type !== 'Subshell');
}

const scripts = new WeakMap<Script, boolean>();

/** True if something in the script makes the note; found out once. */
function someMakesNote({ script }: Lowering): boolean {
  let makes = scripts.get(script);
  if (makes === undefined) scripts.set(script, (makes = makesNote(script)));
  return makes;
}

/** Where a line begins, behind one that may have made the note. */
export function forgetInput(lowering: Lowering, before: readonly Statement[]): void {
  if (!startsAny(lowering)) return;
  if (before.some(makesNote) || (lowering.facts.functions.size > 0 && someMakesNote(lowering)))
    setInput(lowering, false);
}
