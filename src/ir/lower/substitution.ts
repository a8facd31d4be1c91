/**
 * Command substitutions as steps of their own: the substitution's commands run before the command that uses their
 * output, and its text becomes an expansion of the captured bytes in the same quotes.
 *
 * Text order is not evaluation order, and evaluation can stop half-way, so a substitution is hoisted only where bash would
 * evaluate it in any case and nothing before it has an effect (semantics.md, "Useful lowerings").
 */
import type { TextPart } from '../../bundle.ts';
import { type Command, type CommandExpansionPart, forEachChild, some, type SyntaxNode, type Word, type WordPart } from '../../parse/ast.ts';
import { append, array, field, literal, object, variable } from '../expression.ts';
import { type Edit, ownsItsSource } from '../text.ts';
import { type Context, type Lowering, unique } from './context.ts';
import { lowerStatements } from './list.ts';
import { commandName } from '../facts.ts';
import { mustSplit } from './split.ts';
import { enterEnclosure } from './enclosure.ts';

interface Found {
  /** Substitutions worth steps, in order. */
  hoistable: CommandExpansionPart[];
  /** Something makes it unsafe to run them early. */
  blocked: boolean;
  /** An expansion that may stop the command has been passed. */
  risky: boolean;
}

function wantsSteps(lowering: Lowering, part: CommandExpansionPart): boolean {
  const script = part.script;
  if (!script || ownsItsSource(script) || script.commands.length === 0) return false;
  // `${ …; }` is a substitution to bash 5.3 and an error to those before: the bash that runs the step decides.
  if (part.text.startsWith('$((') || part.text.startsWith('${')) return false;
  if (some(script, (n) => n.type === 'Command' && commandName(n) === 'trap')) return false;
  const only = script.commands[0]!.command;
  if (script.commands.length === 1 && only.type === 'Command' && !only.name && only.prefix.every((p) => p.type !== 'Assignment')) return false; // $(<file)
  return mustSplit(lowering, script);
}

/** Looks through a word's parts in evaluation order. */
function scanParts(lowering: Lowering, parts: readonly WordPart[] | undefined, found: Found, nounset: boolean): void {
  for (const part of parts ?? []) {
    switch (part.type) {
      case 'CommandExpansion':
        if (wantsSteps(lowering, part)) {
          if (found.risky) found.blocked = true;
          found.hoistable.push(part);
        } else found.risky = true;
        break;
      case 'DoubleQuoted':
      case 'LocaleString':
        scanParts(lowering, part.parts, found, nounset);
        break;
      case 'SimpleExpansion':
        if (part.text === '$?') found.blocked = true;
        if (nounset && /^\$[A-Za-z_1-9]/.test(part.text)) found.risky = true;
        break;
      case 'ParameterExpansion': {
        if (part.parameter === '?') found.blocked = true;
        const type = part.operation?.type;
        const guarded = part.operation?.type === 'Default' && ['-', ':-', '+', ':+'].includes(part.operation.operator);
        if (some(part, (n) => n !== part && n.type === 'CommandExpansion')) found.blocked = true;
        if (part.index || part.prefix === '!' || (type !== undefined && type !== 'Remove' && !guarded)) found.risky = true;
        if (nounset && !guarded && /^[A-Za-z_1-9]/.test(part.parameter)) found.risky = true;
        break;
      }
      case 'ArithmeticExpansion':
      case 'ProcessSubstitution':
        if (some(part, (n) => n.type === 'CommandExpansion' || n.type === 'ArithmeticCommandExpansion')) found.blocked = true;
        found.risky = true;
        break;
      case 'BraceExpansion':
      case 'ExtendedGlob':
        if (some(part, (n) => n.type === 'CommandExpansion')) found.blocked = true;
        break;
      default:
    }
  }
}

/** Finds the substitutions of words that are expanded one after the other; undefined if none can be hoisted. */
export function findHoistable(lowering: Lowering, words: readonly Word[]): CommandExpansionPart[] | undefined {
  const found: Found = { hoistable: [], blocked: false, risky: false };
  const nounset = /nounset|set\s+[-+]\w*u|^#!.*\s-\w*u/m.test(lowering.text);
  for (const word of words) scanParts(lowering, word.parts, found, nounset);
  return found.blocked || found.hoistable.length === 0 ? undefined : found.hoistable;
}

/** Runs the substitutions as steps, in order; answers the edits that put the captured bytes in their places. */
export function hoistParts(lowering: Lowering, context: Context, parts: readonly CommandExpansionPart[]): { edits: Edit[]; nodes: SyntaxNode[] } {
  const edits: Edit[] = [];
  const nodes: SyntaxNode[] = [];
  parts.forEach((part, index) => {
    const id = `c${unique(lowering)}`;
    const last = index === parts.length - 1;
    lowerCapture(lowering, context, part, id);
    const replaced: TextPart[] = [['capture', id]];
    // The last one's status is `$?` for what follows its expansion: a function that is called, an assignment's status.
    if (last) replaced.push(['status']);
    edits.push({ start: part.pos, end: part.end, parts: replaced });
    nodes.push(part);
  });
  return { edits, nodes };
}

/** The substitution's commands, with standard output going to the capture `id`. */
function lowerCapture(lowering: Lowering, context: Context, part: CommandExpansionPart, id: string): void {
  enterEnclosure(lowering, context, part, ['capture', id], ['end-capture'], (inner) => lowerStatements(lowering, inner, part.script!.commands));
}

/** Hoists what a simple command's expansions allow; undefined where they must stay in the command's own step. */
export function hoist(lowering: Lowering, context: Context, command: Command): { edits: Edit[]; nodes: SyntaxNode[] } | undefined {
  const substitutions = (node: SyntaxNode): boolean => some(node, (n) => n.type === 'CommandExpansion');
  const assignments = command.prefix.filter((p) => p.type === 'Assignment');
  const redirects = command.redirects;
  if (redirects.some((r) => r.type !== 'HereDoc' && r.target && substitutions(r.target))) return undefined;
  const documents = redirects.filter((r) => r.type === 'HereDoc' && substitutions(r));
  if (documents.length > 0) return undefined;
  if (!command.name) {
    if (redirects.length > 0 || assignments.length !== 1) return undefined;
    const assignment = assignments[0]!;
    if (assignment.index && substitutions(assignment.index)) return undefined;
    const words = assignment.value.type === 'Word' ? [assignment.value] : assignment.value.elements;
    const parts = findHoistable(lowering, words);
    return parts && hoistParts(lowering, context, parts);
  }
  // A command word that expands to nothing leaves the status of its substitution.
  if (assignments.some(substitutions) || substitutions(command.name)) return undefined;
  const words: Word[] = [command.name];
  for (const arg of command.args) {
    if (arg.type === 'Word') words.push(arg);
    else if (arg.value.type === 'Word' && !arg.index) words.push(arg.value);
    else if (substitutions(arg)) return undefined;
  }
  const parts = findHoistable(lowering, words);
  return parts && hoistParts(lowering, context, parts);
}

export { append, array, field, forEachChild, literal, object, variable };
