/** Which traps the shell that runs a node may have, list or set, and where bash runs them. */
import { type Command, type SyntaxNode, some } from '../../parse/ast.ts';
import { argumentValues, commandName, DYNAMIC, type Facts, quotedText } from '../facts.ts';
import { mentionsAsData } from '../mentions.ts';
import { RETURN } from '../return-traps.ts';
import { textMatches } from '../text-search.ts';
import type { Lowering } from './context.ts';
import { LEAVES_FUNCTION } from './leaf.ts';
import { functionsThat, groupOf, holdsFor, mentionsCommand, ofCommands, someHere, type Test } from './node-tests.ts';

const TRAP = /\btrap\b/;

/** True of a command that only run time knows, where it may be `trap`. */
const mayBeTrap = ({ facts }: Lowering, command: Command, name: string | null | undefined): boolean =>
  facts.namedAsData.has('trap') &&
  (name === null || (DYNAMIC.has(name ?? '') && argumentValues(command).includes(null)));

const traps = ofCommands((_, __, name) => name === 'trap');

/** True if something in the node sets a trap. */
export const setsTrap = (lowering: Lowering, node: SyntaxNode): boolean =>
  textMatches(lowering.text, TRAP) && holdsFor(lowering, node, traps);

/** True of `eval` with a text that stands there, but for names of variables, and sets no trap. */
function evaluatesKnown(command: Command): boolean {
  if (commandName(command) !== 'eval') return false;
  const text = command.args.map((arg) => quotedText(arg, '$x')).join(' ');
  return !/\$x|\b(trap|eval|source)\b|(^|[\s;&|({])\.\s/.test(text.replace(/\$x(?=\w*(\[[^\]\n]*\])?\+?=)/g, 'x'));
}

/** Compound commands behind which bash runs no EXIT trap of the stage that they are, nor where one is left by `exit`. */
const TRAPLESS: ReadonlySet<string> = new Set(['If', 'For', 'ArithmeticFor', 'While', 'Case', 'Select']);

export const redirects = (stage: SyntaxNode): boolean =>
  stage.type === 'Redirected' || (stage.type === 'Command' && stage.redirects.length > 0);

/** True of a stage whose shell runs no EXIT trap where it ends. */
export const endsTrapless = (stage: SyntaxNode): boolean =>
  TRAPLESS.has(stage.type === 'Redirected' ? stage.command.type : stage.type);

/** A text that only run time knows may set a trap, or be the word `trap`. */
const mayTrap: Test = (lowering, node, calls) =>
  someHere(lowering, node, (n) => {
    if (n.type !== 'Command') return false;
    const name = commandName(n);
    if (name === undefined) return false;
    if (name === null)
      return (
        lowering.facts.namedAsData.has('trap') ||
        functionsThat(lowering, trapsByText).size > 0 ||
        namesTrapping(lowering)
      );
    // What a file does that is compiled in is judged as the script's own commands are.
    return calls(name) || (DYNAMIC.has(name) && !evaluatesKnown(n) && !lowering.sites.has(n));
  });

/** As {@link mayTrap}, of a function's own commands. */
const trapsByText: Test = (_, node) =>
  some(node, (n) => n.type === 'Command' && DYNAMIC.has(commandName(n) ?? '') && !evaluatesKnown(n));

const trappingByWord = new WeakMap<Facts, boolean>();

/** True if a word that only run time knows may be a function that sets a trap. */
function namesTrapping(lowering: Lowering): boolean {
  const { facts, script } = lowering;
  let found = trappingByWord.get(facts);
  if (found === undefined) {
    const functions = functionsThat(lowering, traps);
    found = functions.size > 0 && mentionsAsData(script, facts.functions, [...functions]);
    trappingByWord.set(facts, found);
  }
  return found;
}

/** What a node's shell runs: of one that is a shell of its own, its commands. */
function commandsOf(node: SyntaxNode): readonly SyntaxNode[] {
  if (node.type === 'Redirected') return commandsOf(node.command);
  if (node.type === 'Subshell') return [node.body];
  return node.type === 'CommandExpansion' ? (node.script?.commands ?? []) : [node];
}

/** True if the shell that runs the node, or that the node is, may be given a trap by a text that only run time knows. */
export const mayBeTrapped = (lowering: Lowering, node: SyntaxNode): boolean =>
  commandsOf(node).some((inner) => holdsFor(lowering, inner, mayTrap));

/** True if an EXIT trap may have to run where the shell ends that the node is: a subshell, a substitution, or a stage. */
export const endsTrapped = (lowering: Lowering, node: SyntaxNode): boolean =>
  setsTrap(lowering, node) || (!endsTrapless(node) && mayBeTrapped(lowering, node));

/** Builtins that run no program in the shell's place; what runs a text lets it end. */
const STAYING: ReadonlySet<string> = new Set(
  '. : [ break cd continue declare echo eval exit export false let local printf pwd read readonly return set shift source test true typeset umask unset'.split(
    ' ',
  ),
);

/** The simple command without redirections that a list ends with, or its last and-or list: a program may take the shell's place there. */
function lastCommand(statements: readonly SyntaxNode[]): Command | undefined {
  let node: SyntaxNode | undefined = statements[statements.length - 1];
  while (node && node.type !== 'Command') {
    if (node.type === 'Statement') node = node.background ? undefined : node.command;
    else if (node.type === 'AndOr') node = node.commands[node.commands.length - 1];
    else if (node.type === 'Pipeline' && node.commands.length === 1) node = node.commands[0];
    else return undefined;
  }
  return node?.redirects.length === 0 ? node : undefined;
}

/** True of a function's body, a group, whose last command may be a program that takes the place of the shell, by itself or by a function. */
const endsInProgram: Test = (lowering, node, calls) => {
  const group = groupOf(node);
  const last = group.type === 'BraceGroup' ? lastCommand(group.body.commands) : undefined;
  const name = last && commandName(last);
  if (name === undefined) return false;
  // `command` passes over functions.
  const called = last?.name?.text !== 'command' && lowering.facts.functions.has(name ?? '');
  return name === null || (called ? calls(name) : !STAYING.has(name));
};

/**
 * True if a substitution's shell may become the last program of a function that has set a trap by a text which only run time
 * knows: bash decides that where the function begins, and so loses the trap.
 */
export const losesTrap = (lowering: Lowering, { commands }: { commands: readonly SyntaxNode[] }): boolean => {
  const last = lastCommand(commands);
  const name = last && commandName(last);
  if (name === undefined) return false;
  const trapping = functionsThat(lowering, mayTrap);
  if (trapping.size === 0) return false;
  const ending = functionsThat(lowering, endsInProgram);
  if (name === null) return [...trapping].some((other) => ending.has(other));
  return trapping.has(name) && ending.has(name);
};

const handles = ofCommands(
  (_, command, name) =>
    name === null ||
    (typeof name === 'string' && DYNAMIC.has(name)) ||
    (name === 'trap' && argumentValues(command)[0] !== '-'),
);

/** True if something in the node may set or list traps, other than by taking one away. */
export const setsHandler = (lowering: Lowering, node: SyntaxNode): boolean => holdsFor(lowering, node, handles);

const returnTraps: Test = (lowering, node, calls) =>
  someHere(lowering, node, (n) => {
    if (n.type !== 'Command') return false;
    const name = commandName(n);
    if (name === undefined) return false;
    if (name === null) return true;
    if (DYNAMIC.has(name) || calls(name)) return true;
    if (name !== 'trap') return false;
    const [handler, ...signals] = argumentValues(n).filter((value) => value !== '--');
    return handler !== '-' && handler !== '' && signals.some((signal) => signal === null || RETURN.test(signal));
  });

/**
 * True if the shell that runs the node, or that the node is, may have a RETURN trap behind it that it had not before. Where the
 * script sets none, a text that only run time knows may.
 */
export const setsReturnTrap = (lowering: Lowering, node: SyntaxNode): boolean =>
  lowering.facts.returnTrap
    ? commandsOf(node).some((inner) => holdsFor(lowering, inner, returnTraps))
    : mayBeTrapped(lowering, node);

/** True of a shell within a function that may set a RETURN trap, and be left by `return`: bash runs no trap there, and a step would. */
export const leftByReturn = (lowering: Lowering, node: SyntaxNode): boolean =>
  lowering.facts.returnTrap &&
  setsReturnTrap(lowering, node) &&
  commandsOf(node).some((inner) => mentionsCommand(inner, LEAVES_FUNCTION));

const ownTrap: Test = (lowering, node, calls) =>
  some(node, (n) => {
    if (n.type === 'Command') return calls(commandName(n) ?? '');
    if (n.type === 'Pipeline') return n.commands.length > 1 && n.commands.some((stage) => endsTrapped(lowering, stage));
    if (n.type === 'Statement') return n.background === true && endsTrapped(lowering, n.command);
    return (n.type === 'Subshell' || n.type === 'CommandExpansion') && endsTrapped(lowering, n);
  });

/**
 * True if a shell that begins in the node has a trap: an error that ends it undoes the redirections around it as well, those of
 * the shell that it is a copy of.
 */
export function undoesAround(lowering: Lowering, node: SyntaxNode): boolean {
  const dynamic = (n: SyntaxNode): boolean => n.type === 'Command' && commandName(n) === null;
  return holdsFor(lowering, node, ownTrap) || (functionsThat(lowering, ownTrap).size > 0 && some(node, dynamic));
}

const lists = ofCommands((lowering, command, name) => {
  const { text } = lowering;
  if (name === 'trap')
    return command.args.length < 2 || command.args.some((arg, index) => index === 0 && /^-[lp]/.test(arg.text));
  if (mayBeTrap(lowering, command, name)) return true;
  return typeof name === 'string' && DYNAMIC.has(name) && text.slice(command.pos, command.end).includes('trap');
});

/** True if something in the node may list traps, or set them as only run time knows: in a subshell that shows its parent's. */
export const listsTraps = (lowering: Lowering, node: SyntaxNode): boolean =>
  textMatches(lowering.text, TRAP) && holdsFor(lowering, node, lists);
