/** How large a definition will be about, by the text alone: what cannot fit is not lowered in vain. */
import { type SyntaxNode, search } from '../../parse/ast.ts';
import { commandName, DYNAMIC } from '../facts.ts';
import { ownsItsSource } from '../text.ts';
import type { Analysis } from './script.ts';
import { isSimpleCommand } from './split.ts';

/** Bytes that a step takes at least in the definition of a whole script, with its share of the decisions: 950 to 1,200 are usual. */
const STEP_BYTES = 900;
/** Steps that a compound command has besides those of its commands: to expand words, to open streams and to join them. */
const OWN_STEPS: Readonly<Record<string, number>> = { For: 1, ArithmeticFor: 1, Case: 1, Redirected: 2 };
const JUMPS: ReadonlySet<string> = new Set(['break', 'continue']);

/**
 * Bytes of the definition with a step for every command. It may be too much where many commands must share steps: a script of
 * nearly the size that fits is then divided less than it could be.
 */
export function estimateSize({ all, facts }: Analysis): number {
  if (facts.whole) return 0;
  let steps = 0;
  const called = new Set<string>();
  let callsAny = false;
  const count = (root: SyntaxNode): boolean =>
    search(root, (node) => {
      if (node.type === 'Function' || ownsItsSource(node)) return false;
      // Jobs share a step with what waits for them, and so do the users of what cannot leave a process.
      if (node.type === 'Statement')
        return node.background || facts.ties.some(({ start, end }) => node.pos >= start && node.end <= end)
          ? false
          : undefined;
      if (node.type === 'Command') {
        const name = commandName(node);
        if (name === null || DYNAMIC.has(name ?? '')) callsAny = true;
        else if (name !== undefined) called.add(name);
        if (isSimpleCommand(node) && !JUMPS.has(name ?? '')) steps += 1;
      } else if (node.type === 'Pipeline') steps += node.commands.length > 1 ? 2 : 0;
      else steps += OWN_STEPS[node.type] ?? 0;
      return undefined;
    });
  count(all);
  const counted = new Set<string>();
  for (let before = -1; before !== counted.size; ) {
    before = counted.size;
    for (const [name, nodes] of facts.functions) {
      if (counted.has(name) || !(callsAny || called.has(name))) continue;
      counted.add(name);
      for (const { body } of nodes) count(body);
    }
  }
  return steps * STEP_BYTES;
}
