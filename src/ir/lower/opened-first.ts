/** `cat > file << END` with substitutions in the document: they run once the file is open, as steps with its descriptors. */
import { type Command, literalValue, type Redirection, some } from '../../parse/ast.ts';
import { commandName, DYNAMIC } from '../facts.ts';
import { inScope } from './compound.ts';
import type { Context, Lowering } from './context.ts';
import { judgeStatus } from './errexit.ts';
import { constant, EvaluationOrder, type Hoistable } from './evaluation.ts';
import { emitLeaf } from './leaf.ts';
import { ACTS_ON_SHELL, hasEffect } from './shell-effects.ts';
import { hoistParts, judgesSubstitutions, orderRedirections, stripsCommands, wantedIn } from './substitution.ts';

/**
 * Bash expands a command's words and then performs its redirections in order. Where the words cannot tell whether a file has
 * been opened, nor stop the command, the redirections before the first one with a substitution open a scope.
 * ```
 * redirect ─▶ the substitution ─▶ command ─▶ join
 * ```
 */
export function lowerOpenedFirst(lowering: Lowering, context: Context, command: Command): boolean {
  const { facts } = lowering;
  if (
    lowering.options.granularity !== 'command' ||
    facts.errTrap ||
    facts.lastArgument ||
    facts.commandText ||
    facts.xtrace
  )
    return false;
  const name = command.name && literalValue(command.name);
  if (typeof name !== 'string' || commandName(command) !== name) return false;
  if (ACTS_ON_SHELL.has(name) || DYNAMIC.has(name) || facts.functions.has(name) || command.prefix.length > 0)
    return false;
  const at = command.redirects.findIndex((redirect) => some(redirect, (node) => node.type === 'CommandExpansion'));
  const first = command.redirects.slice(0, Math.max(at, 0));
  if (first.length === 0 || !first.every(opensFile)) return false;
  if (!command.args.every((arg) => arg.type === 'Word' && (arg.parts ?? []).every((part) => constant(part))))
    return false;
  const words = new EvaluationOrder(lowering, () => false);
  for (const arg of command.args) if (arg.type === 'Word') words.words([arg]);
  if (!words.harmless) return false;
  if (judgesSubstitutions(lowering, context, command.redirects)) return false;
  const found = inRest(lowering, command, command.redirects.slice(at));
  if (!found) return false;
  // What fails in the redirections or the command is judged behind them: its shell has the descriptors of the outside again.
  inScope(lowering, { ...context, ignore: true }, command, first, {
    command,
    edits: [],
    body: (inner) => {
      const hoisted = hoistParts(lowering, { ...inner, ignore: context.ignore }, found, () => true);
      const edits = [...hoisted.edits, ...first.map(({ pos, end }) => ({ start: pos, end, parts: [] }))];
      emitLeaf(lowering, inner, [command], { edits, without: hoisted.nodes });
    },
  });
  judgeStatus(lowering, context, command);
  return true;
}

function inRest(lowering: Lowering, command: Command, redirections: readonly Redirection[]): Hoistable[] | undefined {
  if (redirections.some(stripsCommands)) return undefined;
  const order = new EvaluationOrder(lowering, wantedIn(lowering, command));
  orderRedirections(order, redirections);
  return order.result;
}

function opensFile(redirect: Redirection): boolean {
  if (redirect.type !== 'Redirect' || some(redirect, hasEffect)) return false;
  if (some(redirect, (node) => node.type === 'ProcessSubstitution')) return false;
  const { descriptor } = redirect;
  return descriptor === undefined || (descriptor.type === 'FileDescriptor' && descriptor.value <= 2);
}
