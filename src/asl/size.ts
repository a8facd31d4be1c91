/** Size of a value as JSON in UTF-8, without printing it. */

/**
 * Sizes of objects and arrays. Values of the language are never changed once made, so a size stays true, and a value
 * that passes through a hundred states is measured once.
 */
const sizes = new WeakMap<object, number>();

const CONTROL = /[\u0000-\u001f]/;
const SURROGATE = /[\ud800-\udfff]/;

/** Bytes of a long string: rarely is anything escaped in one, and searches are far faster than a loop. */
function longStringSize(text: string): number {
  const bytes = Buffer.byteLength(text);
  const escaped = text.includes('"') || text.includes('\\') || CONTROL.test(text);
  if (!escaped && (bytes === text.length || !SURROGATE.test(text))) return bytes + 2;
  return Buffer.byteLength(JSON.stringify(text));
}

/** Bytes of a string in JSON, with its quotes. */
function stringSize(text: string): number {
  if (text.length > 64) return longStringSize(text);
  let size = 2;
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    if (code > 0x7f) return Buffer.byteLength(JSON.stringify(text));
    if (code > 0x1f) size += code === 0x22 || code === 0x5c ? 2 : 1;
    else size += code === 8 || code === 9 || code === 10 || code === 12 || code === 13 ? 2 : 6;
  }
  return size;
}

/** Bytes of a JSON value. */
export function jsonSize(value: unknown): number {
  switch (typeof value) {
    case 'string':
      return stringSize(value);
    case 'number':
      return value >= 0 && value < 10 && Number.isInteger(value) ? 1 : String(value).length;
    case 'boolean':
      return value ? 4 : 5;
    case 'object': {
      if (value === null) return 4;
      const known = sizes.get(value);
      if (known !== undefined) return known;
      let size = 2;
      if (Array.isArray(value)) {
        for (const item of value) size += jsonSize(item) + 1;
        if (value.length > 0) size -= 1;
      } else {
        let fields = 0;
        for (const key of Object.keys(value)) {
          const item = (value as Record<string, unknown>)[key];
          if (item === undefined) continue;
          size += stringSize(key) + jsonSize(item) + 2;
          fields += 1;
        }
        if (fields > 0) size -= 1;
      }
      sizes.set(value, size);
      return size;
    }
    default:
      return 0;
  }
}

/** Whether {@link jsonSize} has measured this very object before: it is then part of the execution's data. */
export function isMeasured(value: object): boolean {
  return sizes.has(value);
}
