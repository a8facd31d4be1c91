/** Tests of nodes that hold for the functions called there as well. */
import { COMMANDS, type Command, type SyntaxNode, search, some } from '../../parse/ast.ts';
import { commandName, type Facts } from '../facts.ts';
import { JUMPS } from '../loop-level.ts';
import type { Lowering } from './context.ts';

/** A command, its redirections aside. */
export const groupOf = (body: SyntaxNode): SyntaxNode => (body.type === 'Redirected' ? body.command : body);

/** True of a node; `calls` says whether it holds for a function of that name. */
export type Test = (lowering: Lowering, node: SyntaxNode, calls: (name: string) => boolean) => boolean;

const known = new WeakMap<Facts, Map<Test, ReadonlySet<string>>>();

/** The functions of whose bodies the test is true, by fixpoint; found out once for each test. */
export function functionsThat(lowering: Lowering, test: Test): ReadonlySet<string> {
  const { facts } = lowering;
  let tests = known.get(facts);
  if (!tests) known.set(facts, (tests = new Map()));
  const before = tests.get(test);
  if (before) return before;
  const functions = new Set<string>();
  const calls = (name: string): boolean => functions.has(name);
  for (let size = -1; size !== functions.size; ) {
    size = functions.size;
    for (const [name, nodes] of facts.functions)
      if (!functions.has(name) && nodes.some((n) => test(lowering, n.body, calls))) functions.add(name);
  }
  tests.set(test, functions);
  return functions;
}

/** True of the node itself, or by a function that is called there. */
export const holdsFor = (lowering: Lowering, node: SyntaxNode, test: Test): boolean => {
  const functions = functionsThat(lowering, test);
  return test(lowering, node, (name) => functions.has(name));
};

/** True if something passes the test that the shell itself runs, and none of its subshells. */
export function someHere(lowering: Lowering, node: SyntaxNode, test: (node: SyntaxNode) => boolean): boolean {
  return search(node, (n) => {
    if (test(n)) return true;
    if (n.type === 'Pipeline') return n.commands.length > 1 && !lowering.facts.lastpipe ? false : undefined;
    if (n.type === 'Statement') return n.background ? false : undefined;
    return IN_SUBSHELLS.has(n.type) ? false : undefined;
  });
}

const IN_SUBSHELLS: ReadonlySet<string> = new Set([
  'Subshell',
  'CommandExpansion',
  'ProcessSubstitution',
  'Coproc',
  'Function',
]);

/** True if control may leave the node by `return`, `break` or `continue`, as far as the text tells. */
export function mentionsCommand(node: SyntaxNode, names: ReadonlySet<string>): boolean {
  return some(node, (child) => {
    if (child.type !== 'Command') return false;
    const name = commandName(child);
    return name === null || (name !== undefined && names.has(name));
  });
}

/** True of a command of the node, or of a function that it calls. */
export const ofCommands =
  (test: (lowering: Lowering, command: Command, name: string | null | undefined) => boolean): Test =>
  (lowering, node, calls) =>
    some(node, (n) => {
      if (n.type !== 'Command') return false;
      const name = commandName(n);
      return test(lowering, n, name) || (typeof name === 'string' && calls(name));
    });

/** True if something in the node jumps, by its name. */
export const jumps = (node: SyntaxNode): boolean =>
  some(node, (n) => n.type === 'Command' && JUMPS.has(commandName(n) ?? ''), COMMANDS);
