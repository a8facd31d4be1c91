/** What the commands of a node may do to the shell that runs them: descriptors, options, jobs, signals. */
import { type Command, contains, type Pipeline, type SyntaxNode, some } from '../../parse/ast.ts';
import { argumentValues, commandName, DYNAMIC, type Facts, quotedText } from '../facts.ts';
import { KILL, signalsItself } from '../process-ids.ts';
import { textMatches } from '../text-search.ts';
import type { Lowering } from './context.ts';
import { functionsThat, holdsFor, ofCommands, someHere, type Test } from './node-tests.ts';

/** True if a node may leave descriptors open in the shell that runs it. */
export function holdsDescriptors({ facts }: Lowering, node: SyntaxNode): boolean {
  if (node.type === 'Redirect' || node.type === 'HereString' || node.type === 'HereDoc')
    return node.descriptor?.type === 'FileDescriptorVariable';
  return node.type === 'Command' && commandHolds(facts, node);
}

const bodyHolds: Test = (lowering, node) => some(node, (n) => holdsDescriptors(lowering, n));

export const mayHold: Test = (lowering, node, calls) =>
  someHere(lowering, node, (n) => {
    if (holdsDescriptors(lowering, n)) return true;
    if (n.type !== 'Command') return false;
    const name = commandName(n);
    // Any function may be meant.
    if (name === null) return functionsThat(lowering, bodyHolds).size > 0;
    return name !== undefined && calls(name);
  });

/** True if a function of the script that the shell may call in the node may leave descriptors open. */
export function calledHolds(lowering: Lowering, node: SyntaxNode): boolean {
  if (functionsThat(lowering, bodyHolds).size === 0) return false;
  const functions = functionsThat(lowering, mayHold);
  return someHere(lowering, node, (n) => {
    const name = n.type === 'Command' ? commandName(n) : undefined;
    return name === null || (name !== undefined && functions.has(name));
  });
}

const isNoProgram = (value: string | null): boolean => value === '--' || value === 'exec';

/** True if `exec` may be given an option that it does not have: it fails, and its redirections stay. */
function mayBeNoOption(command: Command): boolean {
  const first = argumentValues(command).find((value) => !/^-(?:[cl]+|[cl]*a.*)$/.test(value ?? ''));
  return first === null || (first !== undefined && /^-(?!-?$)/.test(first));
}

/** `exec` with redirections only, and what run time decides. */
function commandHolds(facts: Facts, command: Command): boolean {
  const name = commandName(command);
  if (name === 'exec')
    return command.redirects.length > 0 && (argumentValues(command).every(isNoProgram) || mayBeNoOption(command));
  // A word that only run time knows may be `exec`.
  if (name === null && command.redirects.length > 0 && facts.namedAsData.has('exec')) return true;
  if (name === null && facts.namedAsData.has('eval')) return true;
  if (typeof name === 'string' && DYNAMIC.has(name)) return true;
  return false;
}

/** True if the option at that moment settles whether `!` makes errexit ignored: the command, or a function that it calls, may set it. */
export function ignoresByOption(lowering: Lowering, node: Pipeline): boolean {
  if (node.prefixes.length !== 1 || !lowering.facts.errexit) return false;
  const command = node.commands[0]!;
  if (
    node.commands.length === 1 &&
    command.type === 'Command' &&
    !lowering.facts.functions.has(commandName(command) ?? '')
  )
    return false;
  return some(node, changesOptions) || functionsThat(lowering, someChangesOptions).size > 0;
}

/**
 * True if a function that is called may turn errexit on where it was off: a call behind `!` is not judged itself then, but what
 * the function does is.
 */
export const turnsErrexitOn = (lowering: Lowering, node: SyntaxNode): boolean =>
  lowering.facts.errexit &&
  (holdsFor(lowering, node, setsErrexit) || (functionsThat(lowering, setsErrexit).size > 0 && some(node, callsByWord)));

/** True of a command that may be, or evaluate, the name of any function. */
function callsByWord(node: SyntaxNode): boolean {
  if (node.type !== 'Command') return false;
  const name = commandName(node);
  return name === null || name === 'eval';
}

const ERREXIT_ON = /^-\w*e|^errexit$/;

const setsErrexit: Test = (_, node, calls) =>
  some(node, (n) => {
    if (n.type !== 'Command') return false;
    const name = commandName(n);
    if (name === 'shopt') return argumentValues(n).some((value) => value === null || value === 'errexit');
    if (name === 'eval') return /\bset\s+-\w*e|errexit/.test(n.args.map((arg) => quotedText(arg)).join(' '));
    if (name !== 'set') return typeof name === 'string' && calls(name);
    return argumentValues(n).some((value) => value === null || ERREXIT_ON.test(value));
  });

const someChangesOptions: Test = (_, node) => some(node, changesOptions);

function changesOptions(node: SyntaxNode): boolean {
  if (node.type !== 'Command') return false;
  const name = commandName(node);
  if (name === null || DYNAMIC.has(name ?? '')) return true;
  return name === 'set' && argumentValues(node).some((value) => value === null || /^[-+]/.test(value));
}

const startsJob: Test = (_, node, calls) =>
  some(node, (n) => {
    if (n.type === 'Statement') return n.background === true;
    const name = n.type === 'Command' ? commandName(n) : undefined;
    return typeof name === 'string' && calls(name);
  });

/** True if a job is started below the node, or by a function that is called there, in whatever shell. */
export const startsSomeJob = (lowering: Lowering, node: SyntaxNode): boolean =>
  lowering.facts.startsJobs && holdsFor(lowering, node, startsJob);

const signals = ofCommands(({ text }, { pos, end }) => signalsItself(text.slice(pos, end)));

/** A text that another shell, or this one, is given to run may start a job. */
const startsJobInText = ofCommands(({ text }, { pos, end }) => {
  const command = text.slice(pos, end);
  return /\b(?:[bdkz]?a?sh|eval|ssh)\b/.test(command) && /(?<![&>|\\])&(?![&>\d])/.test(command);
});

/** True if a process may go on when the commands of the node have ended: a job, also of another shell's text, or `>(…)`. */
export function mayOutlive(lowering: Lowering, node: SyntaxNode): boolean {
  return (
    startsSomeJob(lowering, node) ||
    some(node, (n) => n.type === 'ProcessSubstitution' && n.operator === '>') ||
    holdsFor(lowering, node, startsJobInText)
  );
}

/**
 * True if something in the node sends a signal to `$$`, itself or by another shell (`sh -c "kill $$"`): in a subshell that is not
 * the shell that runs the command.
 */
export const signalsShell = (lowering: Lowering, node: SyntaxNode): boolean =>
  textMatches(lowering.text, KILL) && holdsFor(lowering, node, signals);

/** An expansion that changes the shell or can stop it. */
export function hasEffect(node: SyntaxNode): boolean {
  if (node.type === 'ArithmeticExpansion') return /[=+-]/.test(node.text);
  if (node.type === 'CommandExpansion') return true;
  return (
    node.type === 'ParameterExpansion' && node.operation?.type === 'Default' && /[=?]/.test(node.operation.operator)
  );
}

/** An effect that no substitution has. */
export function ownEffect(node: SyntaxNode): boolean {
  return node.type !== 'CommandExpansion' && hasEffect(node);
}

/**
 * True if a subshell's own identity is looked at: its process id, or the level of shells, which is one less where bash
 * lets a subshell's last command take its place.
 */
export const mentionsOwnProcess = (lowering: Lowering, node: SyntaxNode): boolean =>
  holdsFor(lowering, node, ownProcess);

const ownProcess: Test = (_, node, calls) => {
  // What stands before the last statement of a list takes no shell's place.
  const last = node.type === 'CompoundList' || node.type === 'Script' ? node.commands.at(-1) : node;
  // A stage is a process of its own in any case.
  const stages = new Set<SyntaxNode>();
  return some(node, (n) => {
    if (n.type === 'Pipeline' && n.commands.length > 1) for (const stage of n.commands) stages.add(stage);
    if (n.type !== 'Command')
      return n.type !== 'Word' && 'text' in n && typeof n.text === 'string' && /BASHPID|SHLVL/.test(n.text);
    if (stages.has(n) || !last || !contains(last, n)) return false;
    return showsEnvironment(n) || calls(commandName(n) ?? '');
  });
};

/** True of a command that prints its environment, and does not begin a new one. */
function showsEnvironment(command: Command): boolean {
  const name = commandName(command);
  if (name !== 'env' && name !== 'printenv') return false;
  return (
    name === 'printenv' || !argumentValues(command).some((value) => /^(?:-|-i|--ignore-environment)$/.test(value ?? ''))
  );
}

/** Commands to which an error in their redirections means more than a status, or that act on their shell as a whole. */
export const ACTS_ON_SHELL: ReadonlySet<string> = new Set(
  'break : continue . eval exec exit export readonly return set shift times trap unset source command builtin'.split(
    ' ',
  ),
);
