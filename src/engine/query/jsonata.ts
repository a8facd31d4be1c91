/** Evaluation by JSONata itself: slower, asynchronous, and the judge of the compiled subset. */

import { references } from '../../asl/check/query.ts';
import type { Node, Parsed } from '../../asl/expression.ts';
import { isMeasured } from '../../asl/size.ts';
import { hash, parseJson, partition, random, range, uuid } from './aws.ts';
import { type Environment, statesObject } from './environment.ts';

type Valid = Extract<Parsed, { ast: Node }>;

/** What JSONata calls a native function with. */
interface Focus {
  environment: { lookup(name: string): { implementation(...values: unknown[]): unknown } };
}

const prepared = new WeakMap<Valid, { variables: string[]; copies: boolean }>();

/** What an expression needs; found once. */
function prepare(parsed: Valid): { variables: string[]; copies: boolean } {
  let known = prepared.get(parsed);
  if (!known) {
    const found = references(parsed.ast);
    known = { variables: [...found.variables], copies: /[{|]/.test(parsed.text) };
    prepared.set(parsed, known);
  }
  return known;
}

/** Evaluates a parsed expression; rejects with JSONata's error. */
export async function evaluateByJsonata(parsed: Valid, environment: Environment): Promise<unknown> {
  const { variables, copies } = prepare(parsed);
  const bindings: Record<string, unknown> = Object.create(null);
  const random1 = (seed?: unknown): number => random(seed, () => environment.random());
  Object.assign(bindings, {
    states: statesObject(environment),
    parse: parseJson,
    partition,
    range,
    hash,
    random: random1,
    uuid: () => uuid(() => environment.random()),
    millis: () => environment.now(),
    // AWS disables it.
    eval: undefined,
  });
  for (const name of variables) bindings[name] = environment.variables[name];
  // JSONata pushes an item into an empty array that it groups: give it arrays of its own where it can.
  const values = copies ? copyData(bindings) : bindings;
  const evaluator = parsed.evaluator();
  evaluator.registerFunction('now', now(environment), '<s?s?:s>');
  const value: unknown = await evaluator.evaluate(undefined, values);
  return clean(value);
}

function now(environment: Environment) {
  return function (this: unknown, picture?: string, zone?: string): unknown {
    const { implementation } = (this as Focus).environment.lookup('fromMillis');
    return implementation(environment.now(), picture, zone);
  };
}

function copyData(bindings: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(bindings).map(([name, value]) => [
      name,
      typeof value === 'function' ? value : structuredClone(value),
    ]),
  );
}

/**
 * A result as plain JSON: without JSONata's marks on arrays, with numbers that JSON has none of as AWS writes them.
 * Throws for a function. Values that came from the execution's data are clean.
 */
function clean(value: unknown): unknown {
  switch (typeof value) {
    case 'number':
      return Number.isFinite(value) ? value : String(value);
    case 'function':
      throw new Error('The result is a function.');
    case 'object':
      break;
    default:
      return value;
  }
  if (value === null || isMeasured(value)) return value;
  if (Array.isArray(value)) return Array.from(value, (item) => clean(item) ?? null);
  const entries = value as Record<string, unknown>;
  if (entries._jsonata_lambda === true || entries._jsonata_function === true) {
    throw new Error('The result is a function.');
  }
  const copy: Record<string, unknown> = {};
  for (const key of Object.keys(entries)) {
    const item = clean(entries[key]);
    if (item === undefined) continue;
    if (key === '__proto__') Object.defineProperty(copy, key, { value: item, enumerable: true });
    else copy[key] = item;
  }
  return copy;
}
