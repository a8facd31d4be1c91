/** The one place where templates and expressions are evaluated. */
import { expressionText, jsonataMessage, parseExpression } from '../asl/expression.ts';
import { QueryError } from './errors.ts';
import { type Closure, compileQuery } from './query/compile.ts';
import type { Environment } from './query/environment.ts';
import { evaluateByJsonata } from './query/jsonata.ts';
import { DEFER } from './query/operators.ts';

/** A value that may need JSONata's own, asynchronous evaluator. */
export type Eventually<T = unknown> = T | Promise<T>;

/** A compiled template. */
export type Evaluator = (environment: Environment) => Eventually;

/** Compiles the templates of one machine. */
export class Templates {
  /** Variables that the machine assigns: one named as a function hides it. */
  private readonly assigned: ReadonlySet<string>;
  private readonly closures = new Map<string, Closure | undefined>();

  constructor(assigned: ReadonlySet<string>) {
    this.assigned = assigned;
  }

  /** A template at a place of its state (`Output/items[0]`); undefined where there is none. */
  compile(template: unknown, location: string): Evaluator | undefined {
    return template === undefined ? undefined : (this.dynamic(template, location) ?? (() => template));
  }

  /** An evaluator, or undefined where the template is constant. */
  private dynamic(template: unknown, location: string): Evaluator | undefined {
    if (typeof template === 'string') {
      const text = expressionText(template);
      return text === undefined ? undefined : this.expression(text, location);
    }
    if (typeof template !== 'object' || template === null) return undefined;
    const isArray = Array.isArray(template);
    const entries = Object.entries(template).map(([key, value]: [string, unknown]) => ({
      key,
      value,
      evaluate: this.dynamic(value, isArray ? `${location}[${key}]` : `${location}/${key}`),
    }));
    // A constant part is the definition's own object: measured once, however often it is assigned.
    if (entries.every(({ evaluate }) => evaluate === undefined)) return undefined;
    return (environment) => fill(isArray ? [] : {}, entries, 0, environment);
  }

  /** Compiled when it is first evaluated: what only a failure reads is most often not. */
  private expression(text: string, location: string): Evaluator {
    let evaluator: Evaluator | undefined;
    return (environment) => {
      evaluator ??= this.compileExpression(text, location);
      return evaluator(environment);
    };
  }

  private compileExpression(text: string, location: string): Evaluator {
    const parsed = parseExpression(text);
    if (parsed.problem !== undefined) {
      return () => {
        throw failed(text, location, parsed.problem);
      };
    }
    let closure = this.closures.get(text);
    if (!closure && !this.closures.has(text)) {
      closure = compileQuery(parsed.ast, this.assigned);
      this.closures.set(text, closure);
    }
    const slow = async (environment: Environment): Promise<unknown> => {
      let value: unknown;
      try {
        value = await evaluateByJsonata(parsed, environment);
      } catch (error) {
        throw failed(text, location, jsonataMessage(error));
      }
      if (value === undefined) throw nothing(text, location);
      return value;
    };
    if (!closure) return slow;
    const fast = closure;
    return (environment) => {
      try {
        const value = fast(environment, undefined);
        if (value !== undefined) return value;
      } catch (error) {
        // JSON.parse and stack overflows come here too: whatever it is, JSONata's message is the one to show.
        if (error !== DEFER && !(error instanceof Error)) throw error;
        return slow(environment);
      }
      throw nothing(text, location);
    };
  }
}

interface Entry {
  key: string;
  value: unknown;
  evaluate: Evaluator | undefined;
}

type Target = unknown[] | Record<string, unknown>;

/** Fills an array or object with its entries' values, in order; asynchronous from the first that is. */
function fill(target: Target, entries: readonly Entry[], from: number, environment: Environment): Eventually<Target> {
  for (let i = from; i < entries.length; i += 1) {
    const { key, value, evaluate } = entries[i]!;
    const result = evaluate ? evaluate(environment) : value;
    if (result instanceof Promise) {
      return result.then((settled: unknown) => {
        put(target, key, settled);
        return fill(target, entries, i + 1, environment);
      });
    }
    put(target, key, result);
  }
  return target;
}

function put(target: Target, key: string, value: unknown): void {
  if (key === '__proto__') Object.defineProperty(target, key, { value, enumerable: true });
  else (target as Record<string, unknown>)[key] = value;
}

function failed(text: string, location: string, message: string): QueryError {
  const what = `The JSONata expression '${text}' specified for the field '${location}'`;
  return new QueryError(location, `${what} threw an error during evaluation. ${message}`);
}

function nothing(text: string, location: string): QueryError {
  return new QueryError(
    location,
    `The JSONata expression '${text}' specified for the field '${location}' returned nothing (undefined).`,
  );
}
