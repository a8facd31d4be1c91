/** Loops as bash counts them: `for ((` whose first expression is an error has been counted, and is not counted back. */
import { type ArithmeticFor, type Command, forEachChild, LOOPS, type SyntaxNode, search } from '../parse/ast.ts';
import { argumentValues, commandName } from './facts.ts';

/** Builtins that jump within a loop, or out of it. */
export const JUMPS: ReadonlySet<string> = new Set(['break', 'continue']);

/** Matches a list of assignments of decimal numbers, or of how many there are of something. */
const PLAIN = /^(\s*[A-Za-z_]\w*\s*=\s*(0|[1-9]\d{0,17}|\$#|\$\{#\w*(\[[@*]\])?\})\s*(,|$))*\s*$/;

/** True of a loop whose first expression may be an error. */
export const mayMiscount = ({ initialize }: ArithmeticFor, source: string): boolean =>
  initialize !== undefined && !PLAIN.test(source.slice(initialize.pos, initialize.end));

/** True of `break` and `continue` where fewer loops stand around than it is for. */
function isBeyond(command: Command, depth: number): boolean {
  const [levels = '1'] = argumentValues(command);
  return JUMPS.has(commandName(command) ?? '') && !(Number(levels ?? NaN) <= depth);
}

/** True if something jumps out of more loops than stand around it: only a loop that is still counted lets it. */
export const jumpsBeyond = (node: SyntaxNode, depth = 0): boolean =>
  search(node, (child) => {
    if (child.type === 'Command' && isBeyond(child, depth)) return true;
    const inner = LOOPS.has(child.type) ? depth + 1 : child.type === 'Function' ? 0 : undefined;
    if (inner === undefined) return undefined;
    let found = false;
    forEachChild(child, (part) => {
      found ||= jumpsBeyond(part, inner);
    });
    return found;
  });
