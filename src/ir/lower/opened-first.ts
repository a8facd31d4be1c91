/**
 * `cat > file << END` with substitutions in the document: they run once the file is open, as steps with its descriptors.
 * `mapfile x < <(command)`: the command begins, and what reads its output is a step with that.
 */
import { type Command, literalValue, type Redirection, some } from '../../parse/ast.ts';
import { commandName, DYNAMIC } from '../facts.ts';
import { inScope } from './compound.ts';
import type { Context, Lowering } from './context.ts';
import { judgeStatus } from './errexit.ts';
import { constant, EvaluationOrder, type Hoistable } from './evaluation.ts';
import { emitLeaf } from './leaf.ts';
import { ACTS_ON_SHELL, hasEffect } from './shell-effects.ts';
import { credit } from './step.ts';
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
  const substitutes = (redirect: Redirection): boolean => some(redirect, (node) => node.type === 'CommandExpansion');
  const process = !facts.asksForJobs && command.redirects.find(readsProcess);
  const at = process ? command.redirects.length : command.redirects.findIndex(substitutes);
  const first = command.redirects.slice(0, Math.max(at, 0));
  if (first.length === 0 || !first.every((redirect) => redirect === process || opensFile(redirect))) return false;
  // They are cut out as one text.
  const between = first.slice(1).map(({ pos }, index) => lowering.text.slice(first[index]!.end, pos));
  if (between.some((text) => !/^(?:[ \t]|\\\n)*$/.test(text))) return false;
  if (!command.args.every((arg) => arg.type === 'Word' && (arg.parts ?? []).every((part) => constant(part))))
    return false;
  const words = new EvaluationOrder(lowering, () => false);
  for (const arg of command.args) if (arg.type === 'Word') words.words([arg]);
  if (!words.harmless) return false;
  if (judgesSubstitutions(lowering, context, command.redirects)) return false;
  const found = process ? [] : inRest(lowering, command, command.redirects.slice(at));
  if (!found) return false;
  // What fails in the redirections or the command is judged behind them: its shell has the descriptors of the outside again.
  inScope(lowering, { ...context, ignore: true }, command, first, {
    command,
    edits: [],
    body: (inner) => {
      const hoisted = hoistParts(lowering, { ...inner, ignore: context.ignore }, found, () => true);
      const edits = [...hoisted.edits, ...first.map(({ pos, end }) => ({ start: pos, end, parts: [] }))];
      emitLeaf(lowering, inner, [command], { edits, without: [...hoisted.nodes, ...(process ? [process] : [])] });
    },
  });
  if (process) credit(lowering, [process], undefined, 'substitution');
  judgeStatus(lowering, context, command);
  return true;
}

function inRest(lowering: Lowering, command: Command, redirections: readonly Redirection[]): Hoistable[] | undefined {
  if (redirections.some(stripsCommands)) return undefined;
  const order = new EvaluationOrder(lowering, wantedIn(lowering, command));
  orderRedirections(order, redirections);
  return order.result;
}

/** `< <(command)`: the command has the step that opens its output. */
function readsProcess(redirect: Redirection): boolean {
  if (redirect.type !== 'Redirect' || redirect.operator !== '<' || redirect.descriptor) return false;
  const [part, ...others] = redirect.target?.parts ?? [];
  if (part?.type !== 'ProcessSubstitution' || part.operator !== '<' || others.length > 0) return false;
  const [statement, ...more] = part.script?.commands ?? [];
  if (statement?.command.type !== 'Command' || statement.background || more.length > 0) return false;
  return !some(statement, (node) => node.type === 'Command' && node !== statement.command);
}

function opensFile(redirect: Redirection): boolean {
  if (redirect.type !== 'Redirect' || some(redirect, hasEffect)) return false;
  if (some(redirect, (node) => node.type === 'ProcessSubstitution')) return false;
  const { descriptor } = redirect;
  return descriptor === undefined || (descriptor.type === 'FileDescriptor' && descriptor.value <= 2);
}
