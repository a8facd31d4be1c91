/** Why compound commands and pipelines cannot be divided into steps. */
import { type PipelineNode, type Redirected, type SyntaxNode, some } from '../../parse/ast.ts';
import { commandName, DYNAMIC, ERRTRACE } from '../facts.ts';
import type { Reason } from '../reasons.ts';
import { textMatches } from '../text-search.ts';
import { isStage } from './async-input.ts';
import type { Context, Lowering } from './context.ts';
import { tracesLine } from './counted-line.ts';
import { mayHaveAttributes } from './definite.ts';
import { wordsToTry } from './expansion-errors.ts';
import { forkSafe, needsIn } from './fork-safe.ts';
import { startsJobs } from './job-starters.ts';
import { groupOf, holdsFor, jumps } from './node-tests.ts';
import { hasEffect, mayHold, mentionsOwnProcess, ownEffect, signalsShell } from './shell-effects.ts';
import {
  endsTrapless,
  leftByReturn,
  listsTraps,
  mayBeTrapped,
  redirects,
  setsTrap,
  undoesAround,
} from './shell-traps.ts';
import { comeFirst } from './stage-redirections.ts';
import { findInRedirections } from './substitution.ts';

const ENDS_WITH_TRAP: ReadonlySet<string> = new Set(['Subshell', 'BraceGroup']);

/**
 * True if an ERR trap sees nothing of a subshell or pipeline but its status: without errtrace the shells within do not have
 * the trap, and a handler cannot tell the command that the status is from another.
 */
function judgedOutside({ facts, text }: Lowering, { pos, end }: SyntaxNode): boolean {
  const { pipestatus, commandText, lastArgument } = facts;
  return (
    !pipestatus && !commandText && !lastArgument && !textMatches(text, ERRTRACE) && !text.slice(pos, end).includes('\n')
  );
}

/** True if an ERR trap that a failed redirection of a compound command sets off tells its command and line as bash does. */
function namesRedirected({ facts, text }: Lowering, node: Redirected, context: Context): boolean {
  // There bash names the first line.
  if (node.command.type === 'ArithmeticFor') return false;
  // In a function that may be the line of its call, and the shell counts from that of the function.
  const tellsLine = context.function !== undefined && textMatches(text, ERRTRACE) && /LINENO|\bcaller\b/.test(text);
  return !facts.commandText && !tellsLine;
}

/** True of a simple command that is neither a function nor known at run time only. */
export function isProgram({ facts }: Lowering, stage: SyntaxNode): boolean {
  const name = stage.type === 'Command' ? commandName(stage) : null;
  return typeof name === 'string' && !facts.functions.has(name) && !DYNAMIC.has(name);
}

/**
 * What is all of a subshell but for a `!`, where errexit or an error may end that: neither is errexit ignored there, nor is the
 * status left as it is. Bash: `execute_in_subshell` takes the flag away and inverts what the shell ends with.
 */
export function negatedWhole(lowering: Lowering, node: SyntaxNode): SyntaxNode | undefined {
  const shell = groupOf(node);
  const [only, ...more] = shell.type === 'Subshell' ? shell.body.commands : [];
  const pipeline = more.length === 0 && !only?.background ? only?.command : undefined;
  if (pipeline?.type !== 'Pipeline' || !pipeline.prefixes.some(({ type }) => type === 'Negation')) return undefined;
  if (pipeline.commands.length > 1) {
    // What errexit ends there is a stage.
    const mayEnd = lowering.facts.errexit && !pipeline.commands.every((stage) => isProgram(lowering, stage));
    return mayEnd ? pipeline : undefined;
  }
  const [inner] = pipeline.commands as [PipelineNode];
  const mayEnd = lowering.facts.errexit && !isProgram(lowering, inner);
  return mayEnd || !forkSafe(lowering, [inner], false, needsIn(lowering)) ? inner : undefined;
}

/** True of a stage that evaluates a text, or may: where errexit ends it, its status is 1, and no condition around keeps it from that. */
function mayEvaluate({ facts }: Lowering, stage: SyntaxNode): boolean {
  const name = stage.type === 'Command' ? commandName(stage) : undefined;
  return facts.errexit && (name === null ? facts.namedAsData.has('eval') : DYNAMIC.has(name ?? ''));
}

/** True of such a stage if its step can run it in a pipeline of its own, where bash knows it for a stage. */
export function runsInPipeline(lowering: Lowering, stage: SyntaxNode): boolean {
  const { facts, text } = lowering;
  return (
    mayEvaluate(lowering, stage) &&
    stage.type === 'Command' &&
    DYNAMIC.has(stage.name?.text ?? '') &&
    stage.prefix.length === 0 &&
    stage.redirects.every(({ type }) => type === 'Redirect') &&
    !facts.functions.has(stage.name!.text) &&
    !facts.errTrap &&
    !facts.lastpipe &&
    !/\balias\b|BASH_SUBSHELL|(?<![\d}])0?<&[ \t]*-/.test(text)
  );
}

/**
 * True if the EXIT trap of a stage runs where bash runs it: with the stage's redirections. Where a stage that sets one is another
 * compound command, or a function, bash does not, or not behind it.
 */
function endsAsBash(lowering: Lowering, stage: SyntaxNode): boolean {
  if (setsTrap(lowering, stage))
    return ENDS_WITH_TRAP.has(stage.type) || (stage.type === 'Redirected' && comeFirst(lowering, stage));
  if (!redirects(stage) || endsTrapless(stage) || !mayBeTrapped(lowering, stage)) return true;
  return comeFirst(lowering, stage);
}

/** What a compound command expands itself. */
function headOf(node: SyntaxNode): readonly SyntaxNode[] {
  switch (node.type) {
    case 'For':
      return node.wordlist ?? [];
    case 'ArithmeticFor':
      return [node.initialize, node.test, node.update].filter((part) => part !== undefined);
    case 'Case':
      return [node.word, ...node.items.flatMap(({ pattern }) => pattern)];
    case 'Redirected':
      return node.redirects;
    default:
      return [];
  }
}

/**
 * True if a substitution in the head of a compound command, or in a stage, may jump: that ends it where a loop is around, as the
 * one of the head is, and is a mistake elsewhere. A step that expands the head, or is the stage, has none around it.
 */
function jumpsInHead(node: SyntaxNode, { loops }: Context): boolean {
  const isLoop = node.type === 'For' || node.type === 'ArithmeticFor';
  if (!isLoop && loops.length === 0) return false;
  if (node.type === 'Pipeline' && node.commands.length > 1)
    return node.commands.some((stage) => stage.type === 'Command' && jumps(stage));
  return headOf(node).some(jumps);
}

/** Why a compound command cannot be divided into steps; undefined if it can. */
export function indivisible(lowering: Lowering, node: SyntaxNode, context: Context): Reason | undefined {
  if (jumpsInHead(node, context)) return 'substitution';
  switch (node.type) {
    case 'Select':
      return 'select';
    case 'Coproc':
      return 'coproc';
    case 'Case':
      if (node.items.some((item) => item.terminator === ';;&')) return 'case-continue';
      break;
    case 'For':
      if (!/^[A-Za-z_]\w*$/.test(node.name.text)) return 'loop-variable';
      // Assigned, it moves the place of getopts.
      if (node.name.text === 'OPTIND') return 'loop-variable';
      if (mayHaveAttributes(lowering, node.name.text)) return 'loop-variable';
      break;
    case 'Subshell':
      if (lowering.facts.errTrap && !judgedOutside(lowering, node)) return 'err-trap';
      if (lowering.facts.aliasedSubshells.has(node)) return 'alias';
      if (startsJobs(node.body, lowering)) return 'background';
      if (signalsShell(lowering, node.body)) return 'process-id';
      if (listsTraps(lowering, node.body)) return 'subshell-trap';
      if (leftByReturn(lowering, node)) return 'subshell-trap';
      if (mentionsOwnProcess(lowering, node.body)) return 'process-id';
      break;
    case 'Pipeline':
      if (node.prefixes.some((p) => p.type === 'Time')) return 'time';
      if (node.prefixes.length > 1) return 'negation';
      // Behind `!` an ERR trap judges the commands of a compound one, unless `set -e` is on.
      if (
        lowering.facts.errTrap &&
        node.commands.length === 1 &&
        !context.ignore &&
        !isProgram(lowering, node.commands[0]!)
      )
        return 'err-trap';
      if (node.commands.length > 1) {
        if (lowering.facts.lastpipe) return 'lastpipe';
        if (
          lowering.facts.errTrap &&
          !(node.commands.every((stage) => isProgram(lowering, stage)) && judgedOutside(lowering, node))
        )
          return 'err-trap';
        if (node.commands.some((c) => startsJobs(c, lowering))) return 'background';
        if (!wordsToTry(lowering, context, node)) return 'subshell-trap';
        if (node.commands.some((c) => c.type === 'Coproc')) return 'coproc';
        if (listsTraps(lowering, node)) return 'subshell-trap';
        if (!node.commands.every((stage) => endsAsBash(lowering, stage))) return 'subshell-trap';
        if (node.commands.some((stage) => mayEvaluate(lowering, stage) && !runsInPipeline(lowering, stage)))
          return 'evaluating-stage';
        if (node.commands.some((stage) => leftByReturn(lowering, stage))) return 'subshell-trap';
        // A stage counts as a level of shells in any case, so what `env` shows of them is the same.
        if (node.commands.some((c) => c.type === 'Subshell' && mentionsOwnProcess(lowering, c.body)))
          return 'process-id';
        if (some(node, (n) => n.type !== 'Word' && 'text' in n && /BASHPID|SHLVL/.test(n.text))) return 'process-id';
        if (signalsShell(lowering, node)) return 'process-id';
      }
      return undefined;
    case 'Redirected':
      if (lowering.facts.errTrap && !namesRedirected(lowering, node, context)) return 'err-trap';
      // In a function, a shell inside it cannot tell what its locals hide.
      if (
        context.function &&
        node.redirects.some((r) => some(r, hasEffect)) &&
        !(
          findInRedirections(lowering, undefined, node, node.redirects) &&
          node.redirects.every((r) => !some(r, ownEffect))
        )
      )
        return 'redirection-effects';
      // A stage's shell ends with its redirections: nothing is left of what it opens within them.
      if (!isStage(node) && holdsFor(lowering, node.command, mayHold)) return 'descriptors';
      // Nothing undoes those of a stage.
      if (!isStage(node) && node.command.type !== 'Subshell' && undoesAround(lowering, node.command))
        return 'subshell-trap';
      if (tracesLine(lowering, context, node)) return 'trace';
      if (node.redirects.some((r) => r.descriptor?.type === 'FileDescriptorVariable')) return 'descriptors';
      return indivisible(lowering, node.command, context);
    default:
  }
  if (node.type !== 'Subshell' && startsJobs(node, lowering)) return 'background';
  return undefined;
}
