/**
 * Finds the command substitutions in words that can run before the command that uses their output.
 *
 * Text order is not evaluation order, and evaluation can stop half-way, so a substitution is hoisted only where bash would
 * evaluate it with nothing before it that has an effect (semantics.md, "Useful lowerings"). Where an expansion before it
 * might stop the command (`set -u`), that expansion is tried first; where it is evaluated only if a parameter is unset,
 * that is tested first.
 */
import {
  type ArithmeticCommand,
  type ArithmeticCommandExpansion,
  type ArithmeticExpansionPart,
  type CommandExpansionPart,
  type ParameterExpansionPart,
  type SyntaxNode,
  some,
  type TestExpression,
  type Word,
  type WordPart,
  walk,
} from '../../parse/ast.ts';
import type { Lowering } from './context.ts';
import { definitelySet } from './definite.ts';

/** A command substitution, in a word or within arithmetic. */
export type Substitution = CommandExpansionPart | ArithmeticCommandExpansion;

/** A substitution to run beforehand. */
export interface Hoistable {
  part: Substitution;
  /** Words whose expansion may stop the command before this one. */
  guards: string[];
  /** Commands that succeed where the substitution is evaluated at all. */
  conditions: string[];
}

interface Found {
  hoistable: Hoistable[];
  /** Something makes it unsafe to run a substitution that follows. */
  blocked: boolean;
  /** Something has an effect, or may stop the command in a way that cannot be tried: nothing may be hoisted over it. */
  closed: boolean;
  guards: string[];
  conditions: string[];
}

/** Chooses the substitutions that are worth steps of their own. */
export type Wanted = (part: Substitution, quoted: boolean) => boolean;

const contains = (node: SyntaxNode, type: SyntaxNode['type']): boolean => some(node, (n) => n.type === type);
const commands = (node: SyntaxNode): boolean =>
  contains(node, 'CommandExpansion') ||
  contains(node, 'ArithmeticCommandExpansion') ||
  contains(node, 'ProcessSubstitution');

/** A part of a word that is the same whatever files there are. */
export function constant(part: WordPart): boolean {
  switch (part.type) {
    case 'Literal':
    case 'SingleQuoted':
    case 'AnsiCQuoted':
      return true;
    case 'DoubleQuoted':
      return !some(part, (node) => node.type === 'CommandExpansion' || node.type === 'ArithmeticExpansion');
    default:
      return false;
  }
}

/** Looks through words in the order in which bash expands them. */
export class EvaluationOrder {
  private readonly lowering: Lowering;
  private readonly wanted: Wanted;
  private readonly nounset: boolean;
  private found: Found = { hoistable: [], blocked: false, closed: false, guards: [], conditions: [] };

  constructor(lowering: Lowering, wanted: Wanted) {
    this.lowering = lowering;
    this.wanted = wanted;
    this.nounset = lowering.facts.nounset;
  }

  /** The substitutions to hoist, in order; undefined if there are none, or not all can be. */
  get result(): Hoistable[] | undefined {
    return this.found.blocked || this.found.hoistable.length === 0 ? undefined : this.found.hoistable;
  }

  /** True if expanding the words has no effect besides that of their substitutions, and cannot stop the command. */
  get harmless(): boolean {
    const { blocked, closed, guards, hoistable } = this.found;
    return (
      !blocked &&
      !closed &&
      guards.length === 0 &&
      hoistable.every((h) => h.guards.length === 0 && h.conditions.length === 0)
    );
  }

  /** True if expanding the words changes nothing, whatever it is worth. */
  get pure(): boolean {
    return !this.found.blocked && !this.found.closed;
  }

  words(words: readonly Word[]): void {
    for (const word of words) {
      // Each word that braces make of it expands what stands beside them once more.
      const repeated = word.parts?.some((part) => part.type === 'BraceExpansion');
      if (repeated && contains(word, 'CommandExpansion')) this.found.blocked = true;
      this.parts(word.parts, false);
    }
  }

  /** Nothing that follows may be hoisted over what stands here. */
  close(): void {
    this.found.closed = true;
  }

  /** Opens again what has been closed, where what follows sees nothing of that. */
  reopen(): void {
    this.found.closed = false;
  }

  /** The operands of `[[ … ]]`: behind `&&` and `||` they may not be expanded at all. */
  test(expression: TestExpression): void {
    switch (expression.type) {
      case 'TestUnary':
        return this.words([expression.operand]);
      case 'TestBinary':
        return this.words([expression.left, expression.right]);
      case 'TestNot':
        return this.test(expression.operand);
      case 'TestGroup':
        return this.test(expression.expression);
      case 'TestLogical': {
        const [first, ...rest] = expression.operands;
        if (first) this.test(first);
        if (rest.some(commands)) this.found.blocked = true;
      }
    }
  }

  parts(parts: readonly WordPart[] | undefined, quoted: boolean): void {
    for (const part of parts ?? []) this.part(part, quoted);
  }

  private part(part: WordPart, quoted: boolean): void {
    const { found } = this;
    switch (part.type) {
      case 'CommandExpansion':
        this.substitution(part, quoted);
        break;
      case 'DoubleQuoted':
      case 'LocaleString':
        this.parts(part.parts, true);
        break;
      case 'SimpleExpansion':
        if (part.text === '$?') found.blocked = true;
        if (/^\$[A-Za-z_1-9]/.test(part.text)) this.mayBeUnset(part.text.slice(1), part, quoted);
        break;
      case 'ParameterExpansion':
        this.parameter(part, quoted);
        break;
      case 'ArithmeticExpansion':
        this.arithmetic(part);
        break;
      case 'ProcessSubstitution':
        if (commands(part)) found.blocked = true;
        found.closed = true;
        break;
      case 'BraceExpansion':
      case 'ExtendedGlob':
        if (contains(part, 'CommandExpansion')) found.blocked = true;
        if (contains(part, 'ParameterExpansion') || contains(part, 'ArithmeticExpansion')) found.closed = true;
        break;
      default:
    }
  }

  private substitution(part: Substitution, quoted: boolean): void {
    const { found } = this;
    // Nothing but comments.
    if (part.script?.commands.length === 0) return;
    if (this.wanted(part, quoted)) {
      if (found.closed) found.blocked = true;
      found.hoistable.push({ part, guards: found.guards, conditions: found.conditions });
      found.guards = [];
    } else found.closed = true;
  }

  /** Bash expands the whole text of an expression, from left to right, before it evaluates any of it. */
  arithmetic(part: ArithmeticExpansionPart | ArithmeticCommand): void {
    const { found } = this;
    const inside: Substitution[] = [];
    walk(part, (node) => {
      if (node.type !== 'CommandExpansion' && node.type !== 'ArithmeticCommandExpansion') return undefined;
      inside.push(node);
      return false;
    });
    // Bash prints a substitution anew without the first parentheses of its patterns, finds more closed than opened, and
    // takes the whole for a command substitution.
    if (part.type === 'ArithmeticExpansion' && inside.some((node) => contains(node, 'Case'))) {
      found.blocked = true;
      found.closed = true;
      return;
    }
    // What stands between them must be names, numbers and operators; a subscript may be expanded once more.
    let at = part.pos;
    let between = '';
    for (const node of inside) {
      between += this.lowering.text.slice(at, node.pos);
      at = Math.max(at, node.end);
    }
    between += this.lowering.text.slice(at, part.end);
    const names = between.match(/[A-Za-z_]\w*/g) ?? [];
    const plain =
      /^\$?\(\([\s\w$+\-*/%<>=!&|^~?:(),]*\)\)$/.test(between.replace(/\$\{[A-Za-z_]\w*(:?-\w*)?\}/g, '')) &&
      !between.includes('$?') &&
      !(this.nounset && between.includes('$', 1)) &&
      !names.some((name) => name === 'RANDOM' || name === 'LINENO');
    if (inside.length > 0) {
      if (plain) for (const node of inside) this.substitution(node, true);
      else found.blocked = true;
    }
    found.closed = true;
  }

  private mayBeUnset(name: string, part: WordPart, quoted: boolean): void {
    if (this.nounset && !definitelySet(this.lowering, name, part.pos)) this.guard(part, quoted);
  }

  /** An expansion that can be tried without effect. */
  private guard(part: WordPart, quoted: boolean): void {
    if (this.lowering.facts.lastArgument || ('text' in part && /\bRANDOM\b/.test(part.text))) this.close();
    else if ('text' in part) this.found.guards.push(quoted ? `"${part.text}"` : part.text);
  }

  private parameter(part: ParameterExpansionPart, quoted: boolean): void {
    const { found } = this;
    const { operation } = part;
    if (part.parameter === '?') found.blocked = true;
    const plainIndex = part.index === undefined || /^([@*]|\d+)$/.test(part.index.text);
    if (operation?.type === 'Default' && !part.prefix && plainIndex) {
      const text = this.lowering.text.slice(part.pos + 2, operation.pos);
      const { operator } = operation;
      if (commands(operation.operand)) {
        if (!/^([A-Za-z_]\w*|\d+)(\[[@*\d]+\])?$/.test(text) || this.lowering.facts.lastArgument) {
          found.blocked = true;
          return;
        }
        const colon = operator.startsWith(':') ? ':' : '';
        const test = `builtin test ${operator.endsWith('+') ? '-n' : '-z'} "\${${text}${colon}+x}"`;
        const outer = found.conditions;
        // What stands before must be tried whether the operand is evaluated or not.
        const before = found.guards;
        found.guards = [];
        found.conditions = [...(before.length > 0 ? [`builtin : ${before.join(' ')}`] : []), ...outer, test];
        this.parts(operation.operand.parts, quoted);
        if (found.guards.length > 0) found.closed = true;
        found.guards = before;
        found.conditions = outer;
      } else if (['-', ':-', '+', ':+'].includes(operator)) {
        const closed = found.closed;
        const guards = found.guards;
        found.guards = [];
        this.parts(operation.operand.parts, quoted);
        if (found.guards.length > 0) {
          found.guards = guards;
          this.guard(part, quoted);
        } else found.guards = guards;
        found.closed ||= closed;
      }
      if (operator.endsWith('=')) this.close();
      if (operator.endsWith('?')) {
        if (commands(operation.operand)) this.close();
        else this.guard(part, quoted);
      }
      return;
    }
    if (commands(part)) {
      found.blocked = true;
      return;
    }
    if (!plainIndex || (part.prefix === '!' && operation?.type !== 'Names' && part.index === undefined)) {
      this.close();
      return;
    }
    if (
      contains(part, 'ArithmeticExpansion') ||
      (operation && !['Remove', 'Replace', 'CaseModification', 'Names'].includes(operation.type))
    )
      this.close();
    else if (some(part, (n) => n !== part && (n.type === 'SimpleExpansion' || n.type === 'ParameterExpansion'))) {
      if (this.nounset) this.guard(part, quoted);
      if (some(part, (n) => n.type === 'ParameterExpansion' && n !== part && n.operation !== undefined)) this.close();
    } else if (/^[A-Za-z_1-9]/.test(part.parameter)) {
      if (part.index === undefined) this.mayBeUnset(part.parameter, part, quoted);
      else if (this.nounset && /^\d/.test(part.index.text)) this.guard(part, quoted);
    }
  }
}
