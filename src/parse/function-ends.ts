/** Where the functions of a text stand. */
import { parse } from 'unbash';
import { walk } from './ast.ts';

/**
 * Offsets where the definitions in a text begin, those within others included, with the offsets behind their ends. Of a text
 * that the parser cannot read to its end, those that it could read.
 */
export function functionEnds(text: string): ReadonlyMap<number, number> {
  const ends = new Map<number, number>();
  walk(parse(text), (node) => {
    if (node.type === 'Function') ends.set(node.pos, node.end);
  });
  return ends;
}
