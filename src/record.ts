/**
 * Objects as maps whose keys come from a script: `constructor` names a property that every object inherits, and assigning to
 * `__proto__` adds none.
 */

/** The value of a key of the object's own. */
export function lookUp<T>(record: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}

/** Gives a key of the object's own a value, whatever its name. */
export function put<T>(record: Record<string, T>, key: string, value: T): void {
  if (key === '__proto__')
    Object.defineProperty(record, key, { value, writable: true, enumerable: true, configurable: true });
  else record[key] = value;
}
