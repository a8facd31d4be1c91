/**
 * JSONata's functions, for arguments of the types in their signatures; anything else is thrown as `DEFER`. They are
 * called with as many arguments as need no context item.
 */
import { parseJson } from './aws.ts';
import { append, DEFER, isNumeric, lookup, toBoolean, toText, unwrap } from './operators.ts';

interface Builtin {
  /** Fewest and most arguments with which it is compiled. */
  arity: readonly [number, number];
  call(...values: unknown[]): unknown;
}

function text(value: unknown): string {
  if (typeof value !== 'string') throw DEFER;
  return value;
}

function numeric(value: unknown): number {
  if (!isNumeric(value)) throw DEFER;
  return value;
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A function of one string; undefined of an undefined one. */
function ofText(call: (value: string) => unknown): Builtin {
  return { arity: [1, 1], call: (value) => (value === undefined ? undefined : call(text(value))) };
}

/** A function of one number; undefined of an undefined one. */
function ofNumber(call: (value: number) => number): Builtin {
  return { arity: [1, 1], call: (value) => (value === undefined ? undefined : call(numeric(value))) };
}

/** A function of a string and a part to find in it. */
function ofTextAndPart(call: (value: string, part: string) => unknown): Builtin {
  return {
    arity: [2, 2],
    call(value, part) {
      if (typeof part !== 'string') throw DEFER;
      return value === undefined ? undefined : call(text(value), part);
    },
  };
}

/** A function of a list of numbers (one number is a list of one); undefined of an undefined one. */
function ofNumbers(call: (values: number[]) => number | undefined): Builtin {
  return {
    arity: [1, 1],
    call(value) {
      if (value === undefined) return undefined;
      const list = Array.isArray(value) ? value : [value];
      if (list.length > 10_000) throw DEFER;
      return call(list.map(numeric));
    },
  };
}

function toNumber(value: unknown): number | undefined {
  if (value === undefined || typeof value === 'number') return value;
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (!/^-?[0-9]+(\.[0-9]+)?([Ee][-+]?[0-9]+)?$/.test(text(value))) throw DEFER;
  const number = Number.parseFloat(value as string);
  if (!Number.isFinite(number)) throw DEFER;
  return number;
}

/** Characters, as JSONata counts them: code points. */
function substring(value: unknown, start: unknown, length?: unknown): string | undefined {
  const first = numeric(start);
  if (length !== undefined && typeof length !== 'number') throw DEFER;
  if (value === undefined) return undefined;
  const characters = [...text(value)];
  const from = characters.length + first < 0 ? 0 : first;
  if (length === undefined) return characters.slice(from).join('');
  if (length <= 0) return '';
  return characters.slice(from, from >= 0 ? from + length : characters.length + from + length).join('');
}

function join(list: unknown, separator?: unknown): string | undefined {
  if (separator !== undefined) text(separator);
  if (list === undefined) return undefined;
  return (Array.isArray(list) ? list : [list]).map(text).join((separator as string | undefined) ?? '');
}

function merge(list: unknown): Record<string, unknown> | undefined {
  if (list === undefined) return undefined;
  const merged: Record<string, unknown> = {};
  for (const item of Array.isArray(list) ? list : [list]) {
    if (!isPlainObject(item) || Object.hasOwn(item, '__proto__')) throw DEFER;
    Object.assign(merged, item);
  }
  return merged;
}

function typeName(value: unknown): string | undefined {
  if (value === undefined) return undefined;
  if (value === null) return 'null';
  if (typeof value === 'number' && !isNumeric(value)) throw DEFER;
  return Array.isArray(value) ? 'array' : typeof value;
}

function keys(value: unknown): unknown {
  if (Array.isArray(value)) throw DEFER;
  const names = isPlainObject(value) ? Object.keys(value) : [];
  return names.length > 1 ? names : names[0];
}

function round(value: number): number {
  const nearest = Math.round(value);
  const odd = Math.abs(nearest - value) === 0.5 && Math.abs(nearest % 2) === 1;
  return (odd ? nearest - 1 : nearest) + 0;
}

function trim(value: string): string {
  if (/[^\x20-\x7e\t\n\r]/.test(value)) throw DEFER;
  return value.replace(/[ \t\n\r]+/g, ' ').replace(/^ | $/g, '');
}

/** The functions that are compiled, by name. */
export const BUILTINS: ReadonlyMap<string, Builtin> = new Map<string, Builtin>([
  ['append', { arity: [2, 2], call: append }],
  ['boolean', { arity: [1, 1], call: toBoolean }],
  [
    'count',
    {
      arity: [1, 1],
      call: (list) => (Array.isArray(list) ? list.length : list === undefined ? 0 : 1),
    },
  ],
  ['exists', { arity: [1, 1], call: (value) => value !== undefined }],
  [
    'not',
    {
      arity: [1, 1],
      call: (value) => (value === undefined ? undefined : !toBoolean(value)),
    },
  ],
  ['string', { arity: [1, 1], call: toText }],
  ['number', { arity: [1, 1], call: toNumber }],
  ['length', ofText((value) => [...value].length)],
  ['uppercase', ofText((value) => value.toUpperCase())],
  ['lowercase', ofText((value) => value.toLowerCase())],
  ['trim', ofText(trim)],
  ['contains', ofTextAndPart((value, part) => value.includes(part))],
  [
    'substringBefore',
    ofTextAndPart((value, part) => {
      const at = value.indexOf(part);
      return at < 0 ? value : value.slice(0, at);
    }),
  ],
  [
    'substringAfter',
    ofTextAndPart((value, part) => {
      const at = value.indexOf(part);
      return at < 0 ? value : value.slice(at + part.length);
    }),
  ],
  ['split', ofTextAndPart((value, part) => value.split(part))],
  ['substring', { arity: [2, 3], call: substring }],
  ['join', { arity: [1, 2], call: join }],
  ['merge', { arity: [1, 1], call: merge }],
  ['keys', { arity: [1, 1], call: keys }],
  ['lookup', { arity: [2, 2], call: (value, key) => unwrap(lookup(value, text(key))) }],
  ['type', { arity: [1, 1], call: typeName }],
  ['abs', ofNumber(Math.abs)],
  ['floor', ofNumber(Math.floor)],
  ['ceil', ofNumber(Math.ceil)],
  ['round', ofNumber(round)],
  ['sum', ofNumbers((values) => values.reduce((total, value) => numeric(total + value), 0))],
  ['max', ofNumbers((values) => (values.length === 0 ? undefined : Math.max(...values)))],
  ['min', ofNumbers((values) => (values.length === 0 ? undefined : Math.min(...values)))],
  [
    'reverse',
    {
      arity: [1, 1],
      call(list) {
        if (list === undefined) return undefined;
        return Array.isArray(list) ? list.slice().reverse() : [list];
      },
    },
  ],
  ['parse', ofText(parseJson)],
]);
