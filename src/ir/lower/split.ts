/** Decides what is worth steps of its own, and what must stay in one step, and why. */
import {
  type Command,
  type FunctionNode,
  kindsOf,
  LOOPS,
  literalValue,
  type Pipeline,
  type SyntaxNode,
  search,
  some,
  walk,
} from '../../parse/ast.ts';
import { withoutComments } from '../evaluated-text.ts';
import {
  argumentValues,
  commandName,
  DYNAMIC,
  ERRTRACE,
  type Facts,
  makesOptionsLocal,
  mayReadLastArgument,
  PROCESS_IDS,
  quotedText,
} from '../facts.ts';
import type { Library } from '../libraries.ts';
import { mentionsAsData } from '../mentions.ts';
import { SIGNALS } from '../process-ids.ts';
import type { Reason } from '../reasons.ts';
import { RETURN } from '../return-traps.ts';
import { ownsItsSource } from '../text.ts';
import { textMatches } from '../text-search.ts';
import { isStage } from './async-input.ts';
import type { Context, Lowering, LowerOptions, Room } from './context.ts';
import { wordsToTry } from './expansion-errors.ts';
import { startsJobs } from './job-starters.ts';
import { LEAVES_FUNCTION } from './leaf.ts';
import { comeFirst } from './stage-redirections.ts';
import { findInRedirections } from './substitution.ts';

/**
 * Commands that are worth a step of their own under `auto`: those with settings, those that need rights, and programs of the
 * user's. In a loop, a program that needs no rights is not: each pass would cost transitions and functions, and gain none.
 */
function worthOwnStep(lowering: Lowering, command: Command, repeated: boolean): boolean {
  const name = commandName(command);
  const undivided = liesUndivided(lowering, command);
  const { granularity, settings, defaults } = lowering.options;
  if (granularity === 'command' && !undivided) return true;
  if (!repeated && lowering.isolated.has(command)) return true;
  const own = settings(command);
  if (own && !(undivided?.beyond === 'rights' && own === defaults)) return true;
  const { rightsFunctions, splitFunctions } = undivided ?? lowering;
  const least = repeated || undivided?.beyond === 'rights';
  const functions = least ? rightsFunctions : splitFunctions;
  // It may be a function of the script that is worth dividing.
  if (name === null) return functions.size > 0 && command.name !== undefined && literalValue(command.name) === null;
  if (name === undefined) return false;
  if (name === 'aws') return true;
  if (DYNAMIC.has(name)) return worthCompilingIn(lowering, command);
  const program = ownProgram(command, name);
  if (program !== undefined) return !least || (lowering.options.needsRights?.(program) ?? false);
  return functions.has(name);
}

/** What is divided less for want of room, if the node lies there. */
function liesUndivided({ undivided }: Lowering, node: SyntaxNode): Lowering['undivided'] {
  if (!undivided) return undefined;
  const { parts } = undivided;
  let [low, high] = [0, parts.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (parts[middle]!.end < node.end) low = middle + 1;
    else high = middle;
  }
  return low < parts.length && parts[low]!.pos <= node.pos ? undivided : undefined;
}

/** Answers whether a command is worth a step of its own; `repeated`: in a loop that is not divided. */
export type Worth = (command: Command, repeated: boolean) => boolean;

export const worthIn =
  (lowering: Lowering): Worth =>
  (command, repeated) =>
    worthOwnStep(lowering, command, repeated);

/**
 * Has it chosen what is divided less for want of room: `choose` is given what gets steps under `auto`, and what must have one
 * for its settings or rights.
 */
export function divideLess(
  lowering: Lowering,
  beyond: Room['beyond'],
  choose: (auto: Worth, rights: Worth) => ReadonlySet<SyntaxNode>,
): void {
  const { options } = lowering;
  const auto: Lowering = {
    ...lowering,
    options: { ...options, granularity: 'auto' },
    splitFunctions: new Set(),
    rightsFunctions: new Set(),
    reasons: new Map(),
  };
  findSplitFunctions(auto);
  const { splitFunctions, rightsFunctions } = auto;
  const everything = [{ pos: 0, end: Infinity }];
  const rights: Lowering = {
    ...auto,
    undivided: { beyond: 'rights', parts: everything, splitFunctions, rightsFunctions },
  };
  const nodes = choose(worthIn(auto), worthIn(rights));
  const parts: { pos: number; end: number }[] = [];
  for (const { pos, end } of [...nodes].sort((a, b) => a.pos - b.pos)) {
    // A function may stand in another part.
    if (end > (parts[parts.length - 1]?.end ?? 0)) parts.push({ pos, end });
  }
  lowering.undivided = { beyond, parts, splitFunctions, rightsFunctions };
  if (options.granularity === 'command') {
    for (const node of nodes) giveReason(lowering, node, 'definition-size');
    return;
  }
  // Under `auto`, nothing would be gained by a boundary around the other commands.
  lowering.credits.push(() => {
    for (const node of nodes)
      searchCommands(node, (command, repeated) => {
        if (worthOwnStep(auto, command, repeated)) lowering.reasons.set(command, 'definition-size');
        return false;
      });
  });
}

/** The program of the user's that a command runs, by its name alone. */
function ownProgram(command: Command, name: string): string | undefined {
  if (name.startsWith('./') || name.startsWith('../')) return name;
  const script = ['bash', 'sh'].includes(name) ? argumentValues(command)[0] : undefined;
  return script?.endsWith('.sh') ? script : undefined;
}

/** True if a library shows process ids: the shell of a step that reads the file itself has another one than the script's. */
export const showsIds = ({ text }: Pick<Lowering, 'text'>, { start, script }: Library): boolean =>
  PROCESS_IDS.test(text.slice(start, script.end));

/** True if something that the library does is worth a step, when it is read or in a function that it defines. */
function worthCompilingIn(lowering: Lowering, command: Command): boolean {
  const library = lowering.sites.get(command);
  // One that reads itself is worth it for another reason, or not at all.
  if (!library || judged.has(library)) return false;
  if (showsIds(lowering, library)) return true;
  for (const name of lowering.splitFunctions)
    if (lowering.facts.functions.get(name)!.some(({ pos }) => pos >= library.start && pos < library.script.end))
      return true;
  judged.add(library);
  const worth = library.script.commands.some((statement) => mustSplit(lowering, statement));
  judged.delete(library);
  return worth;
}

/** Libraries whose worth is being judged. */
const judged = new Set<Library>();

/** True if one step runs the whole script. */
export const runsWhole = ({
  options,
  facts,
}: Pick<Lowering, 'facts'> & { options: Pick<LowerOptions, 'granularity'> }): boolean =>
  options.granularity === 'script' || facts.whole !== undefined;

/** True if something in the node is worth a step of its own, outside function definitions; `repeated`: the node is part of a loop that is not divided. */
export function mustSplit(lowering: Lowering, node: SyntaxNode, repeated = false): boolean {
  if (runsWhole(lowering)) return false;
  return searchCommands(node, worthIn(lowering), repeated);
}

/** Visits simple commands that may be steps, until the callback answers true: neither in function definitions nor in texts that cannot be cut. */
function searchCommands(node: SyntaxNode, visit: Worth, repeated = false): boolean {
  const look = (child: SyntaxNode): boolean | undefined => {
    if (child.type === 'Function' || ownsItsSource(child)) return false;
    if (!repeated && DIVIDED_LOOPS.has(child.type)) return searchCommands(child, visit, true);
    return (child.type === 'Command' && isSimpleCommand(child) && visit(child, repeated)) || undefined;
  };
  return search(node, look, MAY_SPLIT);
}

/** The loops that are divided. */
export const DIVIDED_LOOPS: ReadonlySet<string> = new Set([...LOOPS].filter((type) => type !== 'Select'));

/** Nodes of which something may be worth a step of its own, or which are not looked into for that. */
const MAY_SPLIT = kindsOf('Function', 'Script', 'Command', ...DIVIDED_LOOPS);

/** A simple command in the sense of the statistics: it has a command word or an assignment. */
export function isSimpleCommand(command: Command): boolean {
  return command.name !== undefined || command.prefix.some((part) => part.type === 'Assignment');
}

/** Functions whose bodies are worth splitting, by fixpoint: a call of one is worth a step too. */
export function findSplitFunctions(lowering: Lowering): void {
  const { rightsFunctions, splitFunctions } = lowering;
  closeOverCalls(lowering, rightsFunctions, true);
  for (const name of rightsFunctions) splitFunctions.add(name);
  if (lowering.options.granularity === 'auto') {
    closeOverCalls(lowering, splitFunctions, false);
    dropRepeated(lowering);
  }
  for (const name of lowering.jobFunctions) keepWhole(lowering, name, 'background');
  for (const [name, reason] of lowering.facts.tiedFunctions) keepWhole(lowering, name, reason);
  // How deep calls may go is counted by the shell that makes them.
  if (lowering.text.includes('FUNCNEST')) {
    lowering.splitFunctions.clear();
    lowering.rightsFunctions.clear();
  }
  for (const name of readersBefore(lowering)) keepWhole(lowering, name, 'last-argument');
  for (const [name, nodes] of lowering.facts.functions) {
    // An ERR trap that judges a call shows the last command of the body.
    if (lowering.facts.commandText && lowering.facts.errTrap) keepWhole(lowering, name, 'command-text');
    const { localOptions, namedAsData } = lowering.facts;
    const makesLocal = (node: SyntaxNode): boolean =>
      makesOptionsLocal(node) && (node.type !== 'Command' || commandName(node) !== null || namedAsData.has('local'));
    if (localOptions && nodes.some((n) => some(n.body, makesLocal))) keepWhole(lowering, name, 'local-options');
    // Where a body that is no group has ended, LINENO is another.
    const { returnTrap } = lowering.facts;
    if (returnTrap && nodes.some(({ body }) => setsReturnTrap(lowering, body) && groupOf(body).type !== 'BraceGroup'))
      keepWhole(lowering, name, 'debug-trap');
    // The shell that returns from a function must not judge the call, and so must be told that it does.
    const isUnknown = (node: SyntaxNode): boolean => node.type === 'Command' && commandName(node) === null;
    if (namedAsData.has('return') && nodes.some((n) => some(n.body, isUnknown))) keepWhole(lowering, name, 'err-trap');
  }
}

/** The functions that may read `$_` where that is what it was before their call: before a command of their own has been executed. */
function readersBefore({ facts, text }: Lowering): ReadonlySet<string> {
  const readers = new Set<string>();
  if (!facts.lastArgument) return readers;
  const reads = (node: SyntaxNode): boolean =>
    (/(?<!\w)_(?!\w)/.test(text.slice(node.pos, node.end)) && mayReadLastArgument(node)) ||
    (readers.size > 0 && some(node, (n) => n.type === 'Command' && readers.has(commandName(n) ?? '')));
  const readsBefore = ({ body }: FunctionNode): boolean => {
    if (!reads(body)) return false;
    let first: SyntaxNode | undefined = body.type === 'BraceGroup' ? body.body.commands[0] : undefined;
    if (first?.type === 'Statement') first = first.background ? undefined : first.command;
    if (first?.type === 'AndOr') first = first.commands[0];
    if (first?.type !== 'Command' || first.redirects.length > 0) return true;
    const name = commandName(first);
    return typeof name !== 'string' || DYNAMIC.has(name) || reads(first);
  };
  for (let before = -1; before !== readers.size; ) {
    before = readers.size;
    for (const [name, nodes] of facts.functions) if (nodes.some(readsBefore)) readers.add(name);
  }
  return readers;
}

/** A command, its redirections aside. */
export const groupOf = (body: SyntaxNode): SyntaxNode => (body.type === 'Redirected' ? body.command : body);

/** Adds the functions in whose bodies something is worth a step; `repeated`: as if they were called in a loop. */
function closeOverCalls(lowering: Lowering, functions: Set<string>, repeated: boolean): void {
  for (let changed = true; changed; ) {
    changed = false;
    for (const [name, nodes] of lowering.facts.functions) {
      if (!functions.has(name) && nodes.some((n) => mustSplit(lowering, n.body, repeated))) {
        functions.add(name);
        changed = true;
      }
    }
  }
}

/** Takes away the functions that are called in loops only: what they do is not worth a step there. */
function dropRepeated(lowering: Lowering): void {
  const { facts, rightsFunctions, splitFunctions, script, libraries } = lowering;
  for (let changed = true; changed; ) {
    changed = false;
    const called = new Set<string>();
    let any = false;
    const calls = (child: SyntaxNode): false | undefined => {
      if (child.type === 'Function' || DIVIDED_LOOPS.has(child.type)) return false;
      if (child.type !== 'Command') return undefined;
      const name = commandName(child);
      if (name === null || DYNAMIC.has(name ?? '')) any = true;
      // What a trap calls is called once.
      else if (name === 'trap') for (const value of argumentValues(child)) called.add(value ?? '');
      else if (name !== undefined) called.add(name);
      return undefined;
    };
    const collect = (node: SyntaxNode): void => walk(node, calls, MAY_SPLIT);
    for (const { commands } of [script, ...libraries.map((library) => library.script)]) commands.forEach(collect);
    for (const name of splitFunctions) for (const { body } of facts.functions.get(name)!) collect(body);
    if (any) return;
    for (const name of splitFunctions) {
      if (called.has(name) || rightsFunctions.has(name)) continue;
      splitFunctions.delete(name);
      changed = true;
    }
  }
}

/** A function that runs in the step that calls it, and why. */
function keepWhole(lowering: Lowering, name: string, reason: Reason): void {
  lowering.splitFunctions.delete(name);
  lowering.rightsFunctions.delete(name);
  for (const node of lowering.facts.functions.get(name) ?? []) giveReason(lowering, node, reason);
}

/** Says why the commands of a node share a step, where nothing else is known of them. */
function giveReason(lowering: Lowering, node: SyntaxNode, reason: Reason): void {
  lowering.credits.push(() =>
    walk(node, (child) => {
      if (child.type === 'Command' && !lowering.reasons.has(child)) lowering.reasons.set(child, reason);
      return undefined;
    }),
  );
}

/** True if a node may leave descriptors open in the shell that runs it. */
export function holdsDescriptors({ facts }: Lowering, node: SyntaxNode): boolean {
  if (node.type === 'Redirect' || node.type === 'HereString' || node.type === 'HereDoc')
    return node.descriptor?.type === 'FileDescriptorVariable';
  return node.type === 'Command' && commandHolds(facts, node);
}

/** True of a node; `calls` says whether it holds for a function of that name. */
type Test = (lowering: Lowering, node: SyntaxNode, calls: (name: string) => boolean) => boolean;

const known = new WeakMap<Facts, Map<Test, ReadonlySet<string>>>();

/** The functions of whose bodies the test is true, by fixpoint; found out once for each test. */
function functionsThat(lowering: Lowering, test: Test): ReadonlySet<string> {
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
const holdsFor = (lowering: Lowering, node: SyntaxNode, test: Test): boolean => {
  const functions = functionsThat(lowering, test);
  return test(lowering, node, (name) => functions.has(name));
};

const bodyHolds: Test = (lowering, node) => some(node, (n) => holdsDescriptors(lowering, n));
const mayHold: Test = (lowering, node, calls) =>
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

/** True if something passes the test that the shell itself runs, and none of its subshells. */
function someHere(lowering: Lowering, node: SyntaxNode, test: (node: SyntaxNode) => boolean): boolean {
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

/** `exec` with redirections only, and what run time decides. */
function commandHolds(facts: Facts, command: Command): boolean {
  const name = commandName(command);
  if (name === 'exec')
    return command.redirects.length > 0 && command.args.every((arg) => arg.text === '--' || arg.text === 'exec');
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
  lowering.facts.errexit && holdsFor(lowering, node, setsErrexit);

const ERREXIT_ON = /^-\w*e|^errexit$/;

const setsErrexit: Test = (_, node, calls) =>
  some(node, (n) => {
    if (n.type !== 'Command') return false;
    const name = commandName(n);
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

/** True if control may leave the node by `return`, `break` or `continue`, as far as the text tells. */
export function mentionsCommand(node: SyntaxNode, names: ReadonlySet<string>): boolean {
  return some(node, (child) => {
    if (child.type !== 'Command') return false;
    const name = commandName(child);
    return name === null || (name !== undefined && names.has(name));
  });
}

/** True of a command of the node, or of a function that it calls. */
const ofCommands =
  (test: (lowering: Lowering, command: Command, name: string | null | undefined) => boolean): Test =>
  (lowering, node, calls) =>
    some(node, (n) => {
      if (n.type !== 'Command') return false;
      const name = commandName(n);
      return test(lowering, n, name) || (typeof name === 'string' && calls(name));
    });

const startsJob: Test = (_, node, calls) =>
  some(node, (n) => {
    if (n.type === 'Statement') return n.background === true;
    const name = n.type === 'Command' ? commandName(n) : undefined;
    return typeof name === 'string' && calls(name);
  });

/** True if a job is started below the node, or by a function that is called there, in whatever shell. */
export const startsSomeJob = (lowering: Lowering, node: SyntaxNode): boolean =>
  lowering.facts.startsJobs && holdsFor(lowering, node, startsJob);

const signals = ofCommands(({ text }, { pos, end }) => {
  const command = text.slice(pos, end);
  return /\bkill\b/.test(command) && /\$(\$|\{\$\})/.test(command);
});

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

// Patterns that are asked of many nodes: the answer is kept by the object.
const KILL = /\bkill\b/;
const TRAP = /\btrap\b/;

/**
 * True if something in the node sends a signal to `$$`, itself or by another shell (`sh -c "kill $$"`): in a subshell that is not
 * the shell that runs the command.
 */
export const signalsShell = (lowering: Lowering, node: SyntaxNode): boolean =>
  textMatches(lowering.text, KILL) && holdsFor(lowering, node, signals);

/** Commands that only print, compare or assign what they are given. */
const SENDS_NONE: ReadonlySet<string> = new Set(
  ': [ declare echo export local printf readonly test typeset'.split(' '),
);

/** True if something in the node may send a signal, and does not only mention one. */
export const sendsSignals = (lowering: Lowering, node: SyntaxNode): boolean =>
  textMatches(lowering.text, SIGNALS) &&
  some(node, (n) => {
    const name = n.type === 'Command' ? commandName(n) : undefined;
    if (name === undefined) return false;
    if (name === null || DYNAMIC.has(name) || lowering.facts.functions.has(name)) return true;
    return !SENDS_NONE.has(name) && SIGNALS.test(lowering.text.slice(n.pos, n.end));
  });

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

const redirects = (stage: SyntaxNode): boolean =>
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
const leftByReturn = (lowering: Lowering, node: SyntaxNode): boolean =>
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
export function mentionsOwnProcess(node: SyntaxNode): boolean {
  return some(node, (n) => {
    if (n.type === 'Command') return ['env', 'printenv'].includes(commandName(n) ?? '');
    return n.type !== 'Word' && 'text' in n && typeof n.text === 'string' && /BASHPID|SHLVL/.test(n.text);
  });
}

const ENDS_WITH_TRAP: ReadonlySet<string> = new Set(['Subshell', 'BraceGroup']);

/**
 * True if an ERR trap sees nothing of a subshell or pipeline but its status: without errtrace the shells within do not have
 * the trap, and a handler cannot tell the command that the status is from another.
 */
function judgedOutside({ facts, text }: Lowering, { pos, end }: SyntaxNode): boolean {
  const { pipestatus, commandText, lastArgument } = facts;
  return (
    !pipestatus && !commandText && !lastArgument && !textMatches(text, ERRTRACE) && !text.slice(pos, end).includes('\n')
  );
}

/** True of a simple command that is neither a function nor known at run time only. */
export function isProgram({ facts }: Lowering, stage: SyntaxNode): boolean {
  const name = stage.type === 'Command' ? commandName(stage) : null;
  return typeof name === 'string' && !facts.functions.has(name) && !DYNAMIC.has(name);
}

/** True of a stage that evaluates a text, or may: where errexit ends it, its status is 1, and no condition around keeps it from that. */
function mayEvaluate({ facts }: Lowering, stage: SyntaxNode): boolean {
  const name = stage.type === 'Command' ? commandName(stage) : undefined;
  return facts.errexit && (name === null ? facts.namedAsData.has('eval') : DYNAMIC.has(name ?? ''));
}

/** True of such a stage if its step can run it in a pipeline of its own, where bash knows it for a stage. */
export function runsInPipeline(lowering: Lowering, stage: SyntaxNode): boolean {
  const { facts, text } = lowering;
  return (
    mayEvaluate(lowering, stage) &&
    stage.type === 'Command' &&
    DYNAMIC.has(stage.name?.text ?? '') &&
    stage.prefix.length === 0 &&
    stage.redirects.every(({ type }) => type === 'Redirect') &&
    !facts.functions.has(stage.name!.text) &&
    !facts.errTrap &&
    !facts.lastpipe &&
    !/\balias\b|BASH_SUBSHELL|(?<![\d}])0?<&[ \t]*-/.test(text)
  );
}

/**
 * True if the EXIT trap of a stage runs where bash runs it: with the stage's redirections. Where a stage that sets one is another
 * compound command, or a function, bash does not, or not behind it.
 */
function endsAsBash(lowering: Lowering, stage: SyntaxNode): boolean {
  if (setsTrap(lowering, stage))
    return ENDS_WITH_TRAP.has(stage.type) || (stage.type === 'Redirected' && comeFirst(lowering, stage));
  if (!redirects(stage) || endsTrapless(stage) || !mayBeTrapped(lowering, stage)) return true;
  return comeFirst(lowering, stage);
}

/** True if the variable may be read-only, integer, converted to upper or lower case, or a reference to another. */
function mayHaveAttributes({ text }: Lowering, name: string): boolean {
  const given = new RegExp(
    `\\b(readonly|(declare|typeset|local|export)\\s+([^\\n;]*\\s)?-\\w*[rinulc])[^\\n;]*\\b${name}\\b`,
  );
  return textMatches(text, given) && given.test(withoutComments(text));
}

const JUMPS: ReadonlySet<string> = new Set(['break', 'continue']);

/** True if something in the node jumps, by its name. */
export const jumps = (node: SyntaxNode): boolean =>
  some(node, (n) => n.type === 'Command' && JUMPS.has(commandName(n) ?? ''));

/** What a compound command expands itself. */
function headOf(node: SyntaxNode): readonly SyntaxNode[] {
  switch (node.type) {
    case 'For':
      return node.wordlist ?? [];
    case 'ArithmeticFor':
      return [node.initialize, node.test, node.update].filter((part) => part !== undefined);
    case 'Case':
      return [node.word, ...node.items.flatMap(({ pattern }) => pattern)];
    case 'Redirected':
      return node.redirects;
    default:
      return [];
  }
}

/**
 * True if a substitution in the head of a compound command may jump: that ends it where a loop is around, as the one of the head
 * is, and is a mistake elsewhere. A step that expands the head has none around it.
 */
function jumpsInHead(node: SyntaxNode, { loops }: Context): boolean {
  const isLoop = node.type === 'For' || node.type === 'ArithmeticFor';
  if (!isLoop && loops.length === 0) return false;
  return headOf(node).some(jumps);
}

/** Why a compound command cannot be divided into steps; undefined if it can. */
export function indivisible(lowering: Lowering, node: SyntaxNode, context: Context): Reason | undefined {
  if (jumpsInHead(node, context)) return 'substitution';
  switch (node.type) {
    case 'Select':
      return 'select';
    case 'Coproc':
      return 'coproc';
    case 'Case':
      if (node.items.some((item) => item.terminator === ';;&')) return 'case-continue';
      break;
    case 'For':
      if (!/^[A-Za-z_]\w*$/.test(node.name.text)) return 'loop-variable';
      // Assigned, it moves the place of getopts.
      if (node.name.text === 'OPTIND') return 'loop-variable';
      if (mayHaveAttributes(lowering, node.name.text)) return 'loop-variable';
      break;
    case 'Subshell':
      if (lowering.facts.errTrap && !judgedOutside(lowering, node)) return 'err-trap';
      if (lowering.facts.aliasedSubshells.has(node)) return 'alias';
      if (startsJobs(node.body, lowering)) return 'background';
      if (signalsShell(lowering, node.body)) return 'process-id';
      if (listsTraps(lowering, node.body)) return 'subshell-trap';
      if (leftByReturn(lowering, node)) return 'subshell-trap';
      if (mentionsOwnProcess(node.body)) return 'process-id';
      break;
    case 'Pipeline':
      if (node.prefixes.some((p) => p.type === 'Time')) return 'time';
      if (node.prefixes.length > 1) return 'negation';
      // Behind `!` an ERR trap judges the commands of a compound one, unless `set -e` is on.
      if (
        lowering.facts.errTrap &&
        node.commands.length === 1 &&
        !context.ignore &&
        !isProgram(lowering, node.commands[0]!)
      )
        return 'err-trap';
      if (node.commands.length > 1) {
        if (lowering.facts.lastpipe) return 'lastpipe';
        if (
          lowering.facts.errTrap &&
          !(node.commands.every((stage) => isProgram(lowering, stage)) && judgedOutside(lowering, node))
        )
          return 'err-trap';
        if (node.commands.some((c) => startsJobs(c, lowering))) return 'background';
        if (!wordsToTry(lowering, context, node)) return 'subshell-trap';
        if (node.commands.some((c) => c.type === 'Coproc')) return 'coproc';
        if (listsTraps(lowering, node)) return 'subshell-trap';
        if (!node.commands.every((stage) => endsAsBash(lowering, stage))) return 'subshell-trap';
        if (node.commands.some((stage) => mayEvaluate(lowering, stage) && !runsInPipeline(lowering, stage)))
          return 'evaluating-stage';
        if (node.commands.some((stage) => leftByReturn(lowering, stage))) return 'subshell-trap';
        // A stage counts as a level of shells in any case, so what `env` shows of them is the same.
        if (node.commands.some((c) => c.type === 'Subshell' && mentionsOwnProcess(c.body))) return 'process-id';
        if (some(node, (n) => n.type !== 'Word' && 'text' in n && /BASHPID|SHLVL/.test(n.text))) return 'process-id';
        if (signalsShell(lowering, node)) return 'process-id';
      }
      return undefined;
    case 'Redirected':
      if (lowering.facts.errTrap) return 'err-trap';
      // In a function, a shell inside it cannot tell what its locals hide.
      if (
        context.function &&
        node.redirects.some((r) => some(r, hasEffect)) &&
        !(
          findInRedirections(lowering, undefined, node, node.redirects) &&
          node.redirects.every((r) => !some(r, ownEffect))
        )
      )
        return 'redirection-effects';
      // A stage's shell ends with its redirections: nothing is left of what it opens within them.
      if (!isStage(node) && holdsFor(lowering, node.command, mayHold)) return 'descriptors';
      // Nothing undoes those of a stage.
      if (!isStage(node) && node.command.type !== 'Subshell' && undoesAround(lowering, node.command))
        return 'subshell-trap';
      if (node.redirects.some((r) => r.descriptor?.type === 'FileDescriptorVariable')) return 'descriptors';
      return indivisible(lowering, node.command, context);
    default:
  }
  if (node.type !== 'Subshell' && startsJobs(node, lowering)) return 'background';
  return undefined;
}
