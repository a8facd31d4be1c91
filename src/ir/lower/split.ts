/** Decides what is worth steps of its own, and what must stay in one step, and why. */
import {
  type Command,
  type FunctionNode,
  kindsOf,
  LOOPS,
  literalValue,
  type SyntaxNode,
  search,
  some,
  walk,
} from '../../parse/ast.ts';
import {
  argumentValues,
  commandName,
  DYNAMIC,
  listsVariables,
  makesOptionsLocal,
  mayReadLastArgument,
  PROCESS_IDS,
} from '../facts.ts';
import type { Library } from '../libraries.ts';
import type { Reason } from '../reasons.ts';
import { ownsItsSource } from '../text.ts';
import { textMatches } from '../text-search.ts';
import type { Lowering, LowerOptions, Room } from './context.ts';
import { groupOf } from './node-tests.ts';
import { setsReturnTrap } from './shell-traps.ts';

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

/** What is worth a step in this lowering. */
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
export const judged = new Set<Library>();

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

/** Matches where LC_ALL may get the name of a locale that the system has not. */
const CHANGES_LOCALE = /\bLC_ALL=(?!["']?(C|POSIX|C\.UTF-8|C\.utf8)?["']?(?![^\s;&|)]))/;
/** Matches where a variable of the locale may be a function's. */
const LOCAL_LOCALE = /\b(local|declare|typeset)\b[^\n;]*\s["']?(LANG|LC_[A-Z]+)\b/;

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
  const changesLocale = textMatches(lowering.text, CHANGES_LOCALE);
  for (const [name, nodes] of lowering.facts.functions) {
    // An ERR trap that judges a call shows the last command of the body.
    if (lowering.facts.commandText && lowering.facts.errTrap) keepWhole(lowering, name, 'command-text');
    const { localOptions, namedAsData } = lowering.facts;
    const makesLocal = (node: SyntaxNode): boolean =>
      makesOptionsLocal(node) && (node.type !== 'Command' || commandName(node) !== null || namedAsData.has('local'));
    if (localOptions && nodes.some((n) => some(n.body, makesLocal))) keepWhole(lowering, name, 'local-options');
    // A shell that replays the function would say again that there is no locale of a name.
    if (changesLocale && nodes.some(({ pos, end }) => LOCAL_LOCALE.test(lowering.text.slice(pos, end))))
      keepWhole(lowering, name, 'special-variable');
    // Where a body that is no group has ended, LINENO is another.
    const { returnTrap } = lowering.facts;
    if (returnTrap && nodes.some(({ body }) => setsReturnTrap(lowering, body) && groupOf(body).type !== 'BraceGroup'))
      keepWhole(lowering, name, 'debug-trap');
    // The shell that returns from a function must not judge the call, and so must be told that it does.
    const isUnknown = (node: SyntaxNode): boolean => node.type === 'Command' && commandName(node) === null;
    if (namedAsData.has('return') && nodes.some((n) => some(n.body, isUnknown))) keepWhole(lowering, name, 'err-trap');
  }
}

/** The functions that may read `$_`, or list it, where that is what it was before their call: before a command of their own has been executed. */
function readersBefore({ facts, text }: Lowering): ReadonlySet<string> {
  const readers = new Set<string>();
  if (!facts.lastArgument) return readers;
  const reads = (node: SyntaxNode): boolean =>
    (/(?<!\w)_(?!\w)/.test(text.slice(node.pos, node.end)) && mayReadLastArgument(node)) ||
    some(node, listsVariables) ||
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
