/**
 * Compiles JSONata's syntax tree to a synchronous closure, for the part of the language that state machines live on:
 * literals, variables, paths, filters, operators, conditions, constructors and common functions. Lambdas, regular
 * expressions, grouping, sorting and bindings are left to JSONata itself.
 */
import { FUNCTIONS, type Node } from '../../asl/expression.ts';
import { type Environment, isStatesField, type StatesField, statesObject } from './environment.ts';
import { BUILTINS } from './functions.ts';
import {
  arithmetic,
  compare,
  concatenate,
  DEFER,
  deepEqual,
  includes,
  isNumeric,
  lookup,
  negate,
  range,
  Sequence,
  toBoolean,
  unwrap,
} from './operators.ts';

/** A compiled expression: its value where `item` is the context; throws `DEFER` where JSONata must decide. */
export type Closure = (environment: Environment, item: unknown) => unknown;

/** Closure of an expression, or undefined if it is not in the subset. `assigned` are the machine's variables. */
export function compileQuery(ast: Node, assigned: ReadonlySet<string>): Closure | undefined {
  try {
    return new Compiler(assigned).compile(ast, false);
  } catch (error) {
    if (error === DEFER) return undefined;
    throw error;
  }
}

/** Names that every object inherits: a plain property access would find more than the data. */
const INHERITED = new Set(Object.getOwnPropertyNames(Object.prototype));

class Compiler {
  /** A variable of a function's name hides the function. */
  private readonly assigned: ReadonlySet<string>;

  constructor(assigned: ReadonlySet<string>) {
    this.assigned = assigned;
  }

  /** `nested`: the expression has a context item, being in a filter or a later step of a path. */
  compile(node: Node, nested: boolean): Closure {
    if (node.keepArray || node.keepSingletonArray || node.group || node.tuple || node.focus || node.index) throw DEFER;
    const closure = this.compileBare(node, nested);
    if (!node.predicate) return closure;
    const filters = node.predicate.map((filter) => this.filter(filter.expr));
    return (environment, item) => {
      let value = closure(environment, item);
      for (const filter of filters) value = filter(environment, value);
      return unwrap(value);
    };
  }

  private compileBare(node: Node, nested: boolean): Closure {
    switch (node.type) {
      case 'string':
      case 'number':
      case 'value': {
        const { value } = node;
        return () => value;
      }
      case 'variable':
        return this.variable(node.value as string, nested);
      case 'name': {
        const key = node.value as string;
        return (_environment, item) => unwrap(lookup(item, key));
      }
      case 'path':
        return this.path(node, nested);
      case 'unary':
        return this.unary(node, nested);
      case 'binary':
        return this.binary(node, nested);
      case 'condition':
        return this.condition(node, nested);
      case 'block':
        return this.block(node, nested);
      case 'function':
        return this.call(node, nested);
      default:
        throw DEFER;
    }
  }

  private variable(name: string, nested: boolean): Closure {
    if (name === '') {
      if (!nested) throw DEFER;
      return (_environment, item) => item;
    }
    if (name === '$' || (FUNCTIONS.has(name) && !this.assigned.has(name))) throw DEFER;
    if (name === 'states') return statesObject;
    return (environment) => environment.variables[name];
  }

  private path(node: Node, nested: boolean): Closure {
    const steps = node.steps!;
    const fast = this.fields(steps);
    // A path of one variable's fields needs no context.
    const slow = this.steps(steps, nested);
    if (!fast) return slow;
    const { first, keys } = fast;
    return (environment, item) => {
      let value = first(environment, item);
      for (const key of keys) {
        if (value === undefined) return undefined;
        if (typeof value !== 'object' || value === null) return undefined;
        // Fields of an array are those of its items: the long way.
        if (Array.isArray(value)) return slow(environment, item);
        value = (value as Record<string, unknown>)[key];
      }
      return value;
    };
  }

  /** A path that only takes fields of a variable, without filters. */
  private fields(steps: Node[]): { first: Closure; keys: string[] } | undefined {
    const [first, ...rest] = steps;
    if (first!.type !== 'variable' || first!.predicate || first!.value === '') return undefined;
    const plain = rest.every((step) => step.type === 'name' && !step.stages && !INHERITED.has(step.value as string));
    if (!plain) return undefined;
    const keys = rest.map((step) => step.value as string);
    if (first!.value === 'states') {
      const [field, ...others] = keys;
      // The context object is made only where it is read.
      if (!isStatesField(field!)) throw DEFER;
      return { first: (environment) => environment[field as StatesField], keys: others };
    }
    return { first: this.variable(first!.value as string, true), keys };
  }

  private steps(steps: Node[], nested: boolean): Closure {
    const compiled = steps.map((step, i) => {
      if (step.type === 'sort' || step.tuple || step.consarray || step.ancestor) throw DEFER;
      // An object constructor in a path groups: not here.
      const closure = this.compile(step, nested || i > 0);
      const filters = (step.stages ?? []).map((stage) => {
        if (stage.type !== 'filter') throw DEFER;
        return this.filter(stage.expr!);
      });
      return { closure, filters };
    });
    const absolute = steps[0]!.type === 'variable';
    return (environment, item) => {
      let sequence: unknown[] = Array.isArray(item) && !absolute ? item : [item];
      for (const [i, { closure, filters }] of compiled.entries()) {
        const results: unknown[] = [];
        for (const input of sequence) {
          let value = closure(environment, input);
          for (const filter of filters) value = filter(environment, value);
          if (value !== undefined) results.push(value);
        }
        // An array that the last step found alone stays an array, of whatever length.
        if (i === compiled.length - 1 && results.length === 1 && Array.isArray(results[0])) return results[0];
        sequence = [];
        for (const value of results) {
          const items = value instanceof Sequence ? value.items : value;
          if (Array.isArray(items)) for (const each of items) sequence.push(each);
          else sequence.push(items);
        }
        if (sequence.length === 0) return undefined;
      }
      return unwrap(new Sequence(sequence));
    };
  }

  /** `[…]`: an index, or a condition or indices for each item. */
  private filter(predicate: Node): Closure {
    if (predicate.type === 'number') {
      const index = Math.floor(predicate.value as number);
      return (_environment, value) => {
        const items = value instanceof Sequence ? value.items : Array.isArray(value) ? value : [value];
        const found = items[index < 0 ? items.length + index : index];
        if (Array.isArray(found)) return found;
        return new Sequence(found === undefined ? [] : [found]);
      };
    }
    const closure = this.compile(predicate, true);
    return (environment, value) => {
      const items = value instanceof Sequence ? value.items : Array.isArray(value) ? value : [value];
      const kept: unknown[] = [];
      for (const [index, item] of items.entries()) {
        // A missing value may pass the filter; only JSONata knows where it goes.
        if (item === undefined) throw DEFER;
        const chosen = closure(environment, item);
        const indices = isNumeric(chosen) ? [chosen] : chosen;
        if (Array.isArray(indices) && indices.every(isNumeric)) {
          for (const each of indices) {
            const at = Math.floor(each as number);
            if ((at < 0 ? items.length + at : at) === index) kept.push(item);
          }
        } else if (toBoolean(indices)) kept.push(item);
      }
      return new Sequence(kept);
    };
  }

  private unary(node: Node, nested: boolean): Closure {
    if (node.value === '-') {
      const operand = this.compile(node.expression!, nested);
      return (environment, item) => negate(operand(environment, item));
    }
    if (node.value === '[') return this.array(node, nested);
    // With a context item, an object constructor groups by its keys.
    if (nested) throw DEFER;
    return this.object(node.lhs as [Node, Node][]);
  }

  private array(node: Node, nested: boolean): Closure {
    const items = node.expressions!.map((item) => ({
      closure: this.compile(item, nested),
      // Only what is written as an array becomes an item that is an array.
      whole: item.value === '[',
    }));
    return (environment, item) => {
      const array: unknown[] = [];
      for (const { closure, whole } of items) {
        const value = closure(environment, item);
        if (value === undefined) continue;
        if (!whole && Array.isArray(value)) for (const each of value) array.push(each);
        else array.push(value);
      }
      return array;
    };
  }

  private object(pairs: [Node, Node][]): Closure {
    const literal = pairs.every(([key]) => key.type === 'string' && !key.predicate);
    const names = new Set(pairs.map(([key]) => key.value as string));
    // Other keys than distinct literals group and may collide.
    if (!literal || names.size < pairs.length || [...names].some((name) => INHERITED.has(name))) throw DEFER;
    const fields = pairs.map(([key, value]) => ({
      key: key.value as string,
      closure: this.compile(value, false),
    }));
    return (environment, item) => {
      const object: Record<string, unknown> = {};
      for (const { key, closure } of fields) {
        const value = closure(environment, item);
        if (value !== undefined) object[key] = value;
      }
      return object;
    };
  }

  private binary(node: Node, nested: boolean): Closure {
    const left = this.compile(node.lhs as Node, nested);
    const right = this.compile(node.rhs!, nested);
    const operator = node.value as string;
    switch (operator) {
      case '=':
        return (environment, item) => equal(left(environment, item), right(environment, item));
      case '!=':
        return (environment, item) => {
          const [a, b] = [left(environment, item), right(environment, item)];
          return a !== undefined && b !== undefined && !deepEqual(a, b);
        };
      case 'and':
        return (environment, item) =>
          (toBoolean(left(environment, item)) ?? false) && (toBoolean(right(environment, item)) ?? false);
      case 'or':
        return (environment, item) =>
          (toBoolean(left(environment, item)) ?? false) || (toBoolean(right(environment, item)) ?? false);
      case '&':
        return (environment, item) => concatenate(left(environment, item), right(environment, item));
      case '..':
        return (environment, item) => range(left(environment, item), right(environment, item));
      case 'in':
        return (environment, item) => includes(left(environment, item), right(environment, item));
      case '+':
      case '-':
      case '*':
      case '/':
      case '%':
        return (environment, item) => arithmetic(operator, left(environment, item), right(environment, item));
      case '<':
      case '<=':
      case '>':
      case '>=':
        return (environment, item) => compare(operator, left(environment, item), right(environment, item));
      default:
        throw DEFER;
    }
  }

  private condition(node: Node, nested: boolean): Closure {
    const test = this.compile(node.condition!, nested);
    const whenTrue = this.compile(node.then!, nested);
    const whenFalse = node.else ? this.compile(node.else, nested) : () => undefined;
    return (environment, item) => (toBoolean(test(environment, item)) ? whenTrue : whenFalse)(environment, item);
  }

  private block(node: Node, nested: boolean): Closure {
    const closures = node.expressions!.map((each) => this.compile(each, nested));
    const [only] = closures;
    if (closures.length === 1) return only!;
    return (environment, item) => {
      let value: unknown;
      for (const closure of closures) value = closure(environment, item);
      return value;
    };
  }

  private call(node: Node, nested: boolean): Closure {
    const { procedure } = node;
    const name = procedure?.type === 'variable' && !procedure.predicate ? (procedure.value as string) : '';
    const builtin = this.assigned.has(name) ? undefined : BUILTINS.get(name);
    const values = node.arguments ?? [];
    if (!builtin || values.length < builtin.arity[0] || values.length > builtin.arity[1]) throw DEFER;
    const { call } = builtin;
    const [first, second, third] = values.map((value) => this.compile(value, nested));
    if (third) {
      return (environment, item) =>
        call(first!(environment, item), second!(environment, item), third(environment, item));
    }
    if (second) return (environment, item) => call(first!(environment, item), second(environment, item));
    return (environment, item) => call(first!(environment, item));
  }
}

function equal(left: unknown, right: unknown): boolean {
  if (left === right) return left !== undefined;
  return left !== undefined && right !== undefined && deepEqual(left, right);
}
