/** Names of states and keys of steps, taken from the script. */
import { type Command, literalValue, type SyntaxNode, some } from '../../parse/ast.ts';
import type { Lowering } from './context.ts';

/** A name for a state, taken from the script; a number follows from the second one on. */
export function stateName(lowering: Lowering, wanted: string): string {
  const base =
    wanted
      .replace(/[^\x20-\x7e]/g, '?')
      .slice(0, 70)
      .trim() || 'step';
  const count = (lowering.names.get(base) ?? 0) + 1;
  lowering.names.set(base, count);
  const name = count === 1 ? base : `${base} ${count}`;
  if (count > 1 && lowering.names.has(name)) return stateName(lowering, wanted);
  if (count > 1) lowering.names.set(name, 1);
  return name;
}

/** A key for the step of that state, under which its package goes. */
export function stepKey(lowering: Lowering, state: string): string {
  const base =
    state
      .replace(/[^A-Za-z0-9]+/g, '-')
      .replace(/^-+|-+$/g, '')
      .slice(0, 32) || 'step';
  let key = base;
  let n = lowering.keys.get(key.toLowerCase()) ?? 1;
  for (; lowering.keys.has(key.toLowerCase()); n += 1) key = `${base}-${n + 1}`;
  // Where the next search for a key of this base begins: all numbers below are taken.
  lowering.keys.set(base.toLowerCase(), n);
  lowering.keys.set(key.toLowerCase(), 1);
  return key;
}

/** What a state for this command is called: its program, without directories and the ending `.sh`. */
export function commandLabel(command: Command): string {
  const name = command.name ? literalValue(command.name) : undefined;
  if (name === undefined) return command.prefix.find((p) => p.type === 'Assignment')?.name ?? 'redirect';
  if (name === null) return command.name!.text;
  if (name === '[') return 'test';
  return name.replace(/^.*\/(?=.)/, '').replace(/\.sh$/, '') || name;
}

/** A label for several nodes in one step: their first command's. */
export function nodesLabel(nodes: readonly SyntaxNode[]): string {
  for (const node of nodes) {
    let label: string | undefined;
    some(node, (child) => {
      if (child.type !== 'Command' || label !== undefined) return false;
      label = commandLabel(child);
      return true;
    });
    if (label !== undefined) return label;
  }
  return nodes[0]!.type.toLowerCase();
}
