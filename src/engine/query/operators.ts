/**
 * JSONata's operators, for operands of the types they are made for.
 *
 * Whatever JSONata answers with an error, or with a number that JSON cannot hold, is thrown as {@link DEFER}: JSONata
 * itself then evaluates the expression again and has the last word. So nothing here may differ from it but by deferring.
 */

/** Thrown where JSONata itself must decide. One object: it carries nothing, and throwing it must be cheap. */
export const DEFER: Error = new Error('evaluated by JSONata itself');

/** Results of a path or filter on their way: unlike an array, it is unwrapped when it holds one value or none. */
export class Sequence {
  readonly items: unknown[];

  constructor(items: unknown[]) {
    this.items = items;
  }
}

export function unwrap(value: unknown): unknown {
  if (!(value instanceof Sequence)) return value;
  const { items } = value;
  return items.length > 1 ? items : items[0];
}

/** A finite number; NaN is not numeric, infinity is an error. */
export function isNumeric(value: unknown): value is number {
  if (typeof value !== 'number') return false;
  if (value === Number.POSITIVE_INFINITY || value === Number.NEGATIVE_INFINITY) throw DEFER;
  return !Number.isNaN(value);
}

/** JSONata's cast to boolean; an undefined value stays undefined. */
export function toBoolean(value: unknown): boolean | undefined {
  switch (typeof value) {
    case 'boolean':
      return value;
    case 'undefined':
      return undefined;
    case 'string':
      return value.length > 0;
    case 'number':
      return isNumeric(value) && value !== 0;
    case 'object':
      if (value === null) return false;
      if (!Array.isArray(value)) return Object.keys(value).length > 0;
      if (value.length === 1) return toBoolean(value[0]);
      return value.some((item) => toBoolean(item));
    default:
      throw DEFER;
  }
}

export function arithmetic(operator: string, left: unknown, right: unknown): number | undefined {
  if (!isNumeric(left) || !isNumeric(right)) {
    if (left !== undefined && !isNumeric(left)) throw DEFER;
    if (right !== undefined && !isNumeric(right)) throw DEFER;
    return undefined;
  }
  const result = compute(operator, left, right);
  if (!Number.isFinite(result)) throw DEFER;
  return result;
}

function compute(operator: string, left: number, right: number): number {
  switch (operator) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
      return left / right;
    default:
      return left % right;
  }
}

export function negate(value: unknown): number | undefined {
  if (value === undefined) return undefined;
  if (isNumeric(value)) return -value;
  throw DEFER;
}

export function compare(operator: string, left: unknown, right: unknown): boolean | undefined {
  const type = typeof left;
  if ((type !== 'number' && type !== 'string') || type !== typeof right) {
    if (left === undefined && (right === undefined || typeof right === 'number' || typeof right === 'string')) {
      return undefined;
    }
    if (right === undefined && (type === 'number' || type === 'string')) return undefined;
    throw DEFER;
  }
  const [a, b] = [left as number, right as number];
  switch (operator) {
    case '<':
      return a < b;
    case '<=':
      return a <= b;
    case '>':
      return a > b;
    default:
      return a >= b;
  }
}

/** Deep equality of JSON values. */
export function deepEqual(left: unknown, right: unknown): boolean {
  if (left === right) return true;
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) return false;
  if (Array.isArray(left) !== Array.isArray(right)) throw DEFER;
  if (Array.isArray(left) && Array.isArray(right)) {
    return left.length === right.length && left.every((item, i) => deepEqual(item, right[i]));
  }
  const keys = Object.keys(left);
  if (keys.length !== Object.keys(right).length) return false;
  const [a, b] = [left as Record<string, unknown>, right as Record<string, unknown>];
  return keys.every((key) => Object.hasOwn(b, key) && deepEqual(a[key], b[key]));
}

export function includes(value: unknown, list: unknown): boolean {
  if (value === undefined || list === undefined) return false;
  return Array.isArray(list) ? list.indexOf(value) >= 0 : list === value;
}

/** JSONata's cast to string. Numbers have at most 15 digits. */
export function toText(value: unknown): string | undefined {
  switch (typeof value) {
    case 'string':
      return value;
    case 'undefined':
      return undefined;
    case 'boolean':
      return value ? 'true' : 'false';
    case 'number':
      return numberText(value);
    case 'object':
      return JSON.stringify(value, (_key, item: unknown) => (typeof item === 'number' ? rounded(item) : item));
    default:
      throw DEFER;
  }
}

function numberText(value: number): string {
  return Number.isInteger(value) && Math.abs(value) < 1e15 ? String(value) : JSON.stringify(rounded(value));
}

function rounded(value: number): number {
  if (!Number.isFinite(value)) throw DEFER;
  return Number(value.toPrecision(15));
}

export function concatenate(left: unknown, right: unknown): string {
  return (toText(left) ?? '') + (toText(right) ?? '');
}

/** Numbers from one to another; undefined if there are none. */
export function range(from: unknown, to: unknown): unknown {
  if (from !== undefined && !Number.isInteger(from)) throw DEFER;
  if (to !== undefined && !Number.isInteger(to)) throw DEFER;
  if (from === undefined || to === undefined) return undefined;
  const [low, high] = [from as number, to as number];
  if (low > high) return undefined;
  if (high - low >= 1e6 || !Number.isSafeInteger(low) || !Number.isSafeInteger(high)) throw DEFER;
  if (low === high) return low;
  return Array.from({ length: high - low + 1 }, (_, i) => low + i);
}

/** JSONata's append: arguments that are no arrays count as one item. */
export function append(left: unknown, right: unknown): unknown {
  if (left === undefined) return right;
  if (right === undefined) return left;
  const list = Array.isArray(left) ? left.slice() : [left];
  if (!Array.isArray(right)) list.push(right);
  else for (const item of right) list.push(item);
  return list;
}

/** A field of an object, or of every object in an array. */
export function lookup(value: unknown, key: string): unknown {
  if (Array.isArray(value)) {
    const found: unknown[] = [];
    for (const item of value) {
      const inner = lookup(item, key);
      if (inner instanceof Sequence) found.push(...inner.items);
      else if (Array.isArray(inner)) found.push(...inner);
      else if (inner !== undefined) found.push(inner);
    }
    return new Sequence(found);
  }
  if (typeof value !== 'object' || value === null) return undefined;
  return Object.hasOwn(value, key) ? (value as Record<string, unknown>)[key] : undefined;
}
