/**
 * The order in which bash lists an associative array is that of its hash table: buckets in turn, and in each of them what
 * came last first. Declaring the array again as it was listed would turn round what shares a bucket. So the elements are
 * given in the order that makes the same table.
 */

/** Buckets of an array's table: of one that was declared, and of one that was a plain variable before. */
const DECLARED = 1024;
const CONVERTED = 128;

/** Elements that a table takes for each of its buckets before it grows; each growth makes it four times as large. */
const LOAD = 2;

const ELEMENT =
  /\[("(?:[^"\\]|\\[\s\S])*"|\$'(?:[^'\\]|\\[\s\S])*'|[^\]"'$\\\s]+)\]=(?:"(?:[^"\\]|\\[\s\S])*"|\$'(?:[^'\\]|\\[\s\S])*') /y;

interface Element {
  /** As `declare -p` prints it, with the blank behind it. */
  text: string;
  /** The word of its key therein. */
  key: string;
}

/** The elements of the list that `declare -p` prints; undefined if that is not understood. */
function elementsOf(list: string): Element[] | undefined {
  const elements: Element[] = [];
  let at = 0;
  while (at < list.length) {
    ELEMENT.lastIndex = at;
    const match = ELEMENT.exec(list);
    if (!match) return undefined;
    elements.push({ text: match[0], key: match[1]! });
    at += match[0].length;
  }
  return elements;
}

const ESCAPES: Record<string, string> = {
  a: '\x07',
  b: '\b',
  E: '\x1b',
  e: '\x1b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

/** The key that a word of `declare -p` stands for. */
function keyOf(word: string): string {
  if (word.startsWith('"')) return word.slice(1, -1).replace(/\\([\s\S])/g, '$1');
  if (!word.startsWith("$'")) return word;
  return word
    .slice(2, -1)
    .replace(/\\([0-7]{1,3}|[\s\S])/g, (_, code: string) =>
      /^[0-7]/.test(code) ? String.fromCharCode(Number.parseInt(code, 8)) : (ESCAPES[code] ?? code),
    );
}

/** Bash's hash of a key (FNV-1); undefined where it depends on whether the machine's characters have signs. */
function hashOf(key: string): number | undefined {
  let hash = 2166136261;
  for (let i = 0; i < key.length; i += 1) {
    const code = key.charCodeAt(i);
    if (code > 127) return undefined;
    hash = Math.imul(hash, 16777619) ^ code;
  }
  return hash >>> 0;
}

/** The names of variables that have a bucket with others of them, in the order given. */
export function inSharedBuckets(names: readonly string[]): string[] {
  const bucketOf = (name: string): number => hashOf(name)! & (DECLARED - 1);
  const taken = new Set<number>();
  const shared = new Set<number>();
  for (const bucket of names.map(bucketOf)) (taken.has(bucket) ? shared : taken).add(bucket);
  return names.filter((name) => shared.has(bucketOf(name)));
}

/** True if the keys may be listed in this order by a table that had that many buckets when it was new. */
function listedBy(hashes: readonly (number | undefined)[], buckets: number): boolean {
  let size = buckets;
  while (hashes.length > size * LOAD) size *= 4;
  let last = 0;
  for (const hash of hashes) {
    if (hash === undefined) continue;
    const bucket = hash & (size - 1);
    if (bucket < last) return false;
    last = bucket;
  }
  return true;
}

/**
 * The order of insertion that makes a listing. An element goes to the head of its bucket, and a growth turns every bucket
 * round: what lies at the tails came, alternately, forwards and backwards, in portions of what the table took each time.
 * @param buckets how many there are before the first growth
 */
export function insertionOrder<T>(listed: readonly T[], buckets: number): T[] {
  // Portions of insertions between growths, in their order.
  const sizes: number[] = [];
  for (let total = 0, room = buckets * LOAD; total < listed.length; room *= 4) {
    const size = Math.min(listed.length, room) - total;
    sizes.push(size);
    total += size;
  }
  // Where they lie in the buckets in the end, from head to tail, and which of them backwards.
  let places: { portion: number; backwards: boolean }[] = [];
  sizes.forEach((_, portion) => {
    const turned = places.reverse().map((place) => ({ ...place, backwards: !place.backwards }));
    places = [{ portion, backwards: true }, ...turned];
  });
  const portions: T[][] = [];
  let at = 0;
  for (const { portion, backwards } of places) {
    const slice = listed.slice(at, at + sizes[portion]!);
    at += slice.length;
    portions[portion] = backwards ? slice.reverse() : slice;
  }
  return portions.flat();
}

/** The declaration that makes the elements' table, however it was made. */
function declaration(head: string, elements: readonly Element[]): string {
  const hashes = elements.map(({ key }) => hashOf(keyOf(key)));
  const converted = !listedBy(hashes, DECLARED) && listedBy(hashes, CONVERTED);
  const ordered = insertionOrder(elements, converted ? CONVERTED : DECLARED);
  const [command, , name] = head.split(/[ =]/);
  // Its elements take the place of the one that the value becomes.
  const first = converted ? `${command} ${name}=x;${command} -A ${name};` : '';
  return `${first}${head}${ordered.map(({ text }) => text).join('')})`;
}

const cache = new Map<string, string>();

/** The declaration of an associative array that lists as this one was listed; any other line as it is. */
export function inHashOrder(line: string): string {
  const head = /^(?:declare|local) -\w*A\w* [A-Za-z_]\w*=\(/.exec(line)?.[0];
  if (head === undefined || !line.endsWith(' )')) return line;
  const known = cache.get(line);
  if (known !== undefined) return known;
  const elements = elementsOf(line.slice(head.length, -1));
  const ordered = elements && elements.length > 1 ? declaration(head, elements) : line;
  // A loop that fills an array makes many of them.
  if (cache.size >= 64) cache.clear();
  cache.set(line, ordered);
  return ordered;
}
