/** The functions that Step Functions adds to JSONata. */
import { createHash, getHashes } from 'node:crypto';

/** An error in JSONata's own form. */
function failure(name: string, message: string): Error {
  return Object.assign(new Error(message), { code: 'T0410', token: name, value: undefined });
}

function mismatch(name: string, index: number): Error {
  return failure(name, `Argument ${index} of function "${name}" does not match function signature`);
}

/** `$parse(text)`: JSON text as a value. */
export function parseJson(text: unknown): unknown {
  if (text === undefined) return undefined;
  if (typeof text !== 'string') throw mismatch('parse', 1);
  return JSON.parse(text);
}

function whole(value: unknown, name: string, index: number): number | undefined {
  if (value === undefined) return undefined;
  if (typeof value !== 'number' || !Number.isFinite(value)) throw mismatch(name, index);
  return Math.trunc(value) + 0;
}

/** `$partition(list, size)`: the list in pieces of that size. */
export function partition(list: unknown, size: unknown): unknown {
  const length = whole(size, 'partition', 2);
  if (list === undefined || !length) return undefined;
  if (length < 0) throw mismatch('partition', 2);
  const items = Array.isArray(list) ? list : [list];
  if (items.length === 0) return undefined;
  const pieces: unknown[][] = [];
  for (let i = 0; i < items.length; i += length) pieces.push(items.slice(i, i + length));
  return pieces;
}

/** Elements that AWS lets a range have. */
const RANGE = 360_145;

/** `$range(first, last, step)`: numbers from the first to the last; a single one is not in an array. */
export function range(first: unknown, last: unknown, step: unknown): unknown {
  const [from, to, by] = [whole(first, 'range', 1), whole(last, 'range', 2), whole(step, 'range', 3)];
  if (from === undefined || to === undefined || !by) return undefined;
  const count = Math.floor((to - from) / by) + 1;
  if (count <= 0) return undefined;
  if (count > RANGE) throw failure('range', 'Expression evaluation memory limit exceeded');
  return count === 1 ? from : Array.from({ length: count }, (_, i) => from + i * by);
}

const ALGORITHMS: Record<string, string> = {
  MD5: 'md5',
  'SHA-1': 'sha1',
  'SHA-256': 'sha256',
  'SHA-384': 'sha384',
  'SHA-512': 'sha512',
};

/** `$hash(text, algorithm)`: a digest in hexadecimal digits. */
export function hash(text: unknown, algorithm: unknown): string | undefined {
  if (text === undefined || algorithm === undefined) return undefined;
  if (typeof text !== 'string') throw mismatch('hash', 1);
  const name = typeof algorithm === 'string' && Object.hasOwn(ALGORITHMS, algorithm) ? ALGORITHMS[algorithm] : '';
  if (!name || !getHashes().includes(name)) throw mismatch('hash', 2);
  return createHash(name).update(text, 'utf8').digest('hex');
}

/** The first number that java.util.Random answers for a seed: `nextDouble()`. */
export function seeded(seed: number): number {
  const multiplier = 0x5deece66dn;
  const mask = (1n << 48n) - 1n;
  let state = (BigInt(Math.trunc(seed)) ^ multiplier) & mask;
  const next = (bits: bigint): bigint => {
    state = (state * multiplier + 0xbn) & mask;
    return state >> (48n - bits);
  };
  return Number((next(26n) << 27n) + next(27n)) / 2 ** 53;
}

/** `$random()` and `$random(seed)`. */
export function random(seed: unknown, source: () => number): number {
  if (seed === undefined) return source();
  if (typeof seed !== 'number' || !Number.isFinite(seed)) throw mismatch('random', 1);
  return seeded(seed);
}

/** `$uuid()`: a version 4 UUID. */
export function uuid(source: () => number): string {
  const bytes = Buffer.from(Array.from({ length: 16 }, () => Math.floor(source() * 256)));
  bytes[6] = (bytes[6]! & 0x0f) | 0x40;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
