/** Lowers a whole script: its lines one after the other, then the functions that were called, then the shared exits. */
import type { FunctionDefinition, Statistics, Step, StepCommand, TrapDefinition } from '../../bundle.ts';
import { withOwnIds } from '../../own-ids.ts';
import {
  COMMANDS,
  type Command,
  type FunctionNode,
  findPaths,
  kindsOf,
  type Script,
  type Statement,
  type SyntaxNode,
  some,
  walk,
} from '../../parse/ast.ts';
import type { SourceFile } from '../../source/source-file.ts';
import { Builder } from '../builder.ts';
import { describeCommands, describeTrap } from '../commands.ts';
import { commandName, DYNAMIC, type FactOptions, type Facts, PROCESS_IDS } from '../facts.ts';
import type { Libraries, Library } from '../libraries.ts';
import { collectLiveFacts } from '../live-facts.ts';
import { mentionsAsData } from '../mentions.ts';
import { opensOwnDescriptors } from '../own-descriptors.ts';
import { keepsIds } from '../process-ids.ts';
import type { Block, BlockId, Program } from '../program.ts';
import type { Reason } from '../reasons.ts';
import { cut, groupByLine, lastLineOf, ownsItsSource } from '../text.ts';
import { READS_FILES, withoutAllComments } from '../text-search.ts';
import { findFollowed } from './asking.ts';
import { forgetInput } from './async-input.ts';
import { finishFunctions } from './call.ts';
import { type Continuation, continuationOf, mayCarry } from './carried.ts';
import { findJobs } from './contained-jobs.ts';
import { type Context, type Lowering, type LowerOptions, TooLargeError } from './context.ts';
import { echoLines } from './echo.ts';
import { chooseUndivided, estimateSize, surelyExceeds } from './estimate.ts';
import { findExitHandler, leaveTo } from './exit-trap.ts';
import { addGraph, finishGraph } from './graph.ts';
import { tiedRanges } from './jobs.ts';
import { lowerStatements, stays } from './list.ts';
import { findIsolated, isUnseen, isUnseenCall } from './rest.ts';
import { divideLess, findSplitFunctions, isSimpleCommand, runsWhole, worthIn } from './split.ts';
import { emitStep } from './step.ts';

export interface Lowered {
  program: Program;
  steps: Step[];
  functions: FunctionDefinition[];
  traps: TrapDefinition[];
  /** The libraries whose commands are steps. */
  compiledIn: Library[];
  /** Some command whose name only run time knows may be a call that the machine makes. */
  dynamicCalls: boolean;
  /** Counted when it is first asked for: most runs need none of it. */
  count: () => Counted;
}

export interface Counted {
  statistics: Omit<Statistics, 'states'>;
  /** The commands that have no step of their own, in source order. */
  shared: SharedCommand[];
}

/** A command that has no step of its own, and why. */
export interface SharedCommand {
  line: number;
  text: string;
  reason: Reason;
  /** The library that it stands in. */
  file?: string;
}

/** Lowers a file's lines, each towards the block where the next begins; `finish` is where the last one leads. */
export function lowerLines(lowering: Lowering, context: Context, commands: readonly Statement[], finish: Block): void {
  const { builder, text } = lowering;
  const whole = runsWhole(lowering);
  const ties = whole ? [] : tiedSpans(lowering, commands);
  const groups = whole ? [[...commands]] : joinTied(ties, groupByLine(text, commands));
  let run: Statement[] = [];
  let past: Statement[] = [];
  const joins = (lines: readonly Statement[]): boolean =>
    lines.every((statement) => stays(lowering, statement)) &&
    !ties.some(({ start, end }) => lines[lines.length - 1]!.pos >= start && lines[0]!.pos <= end);
  const echo = echoLines(lowering, context, commands);
  const last = echo.goesOn ? builder.block('line', commands.at(-1)!.end) : finish;
  if (echo.goesOn) lowering.tail = undefined;
  groups.forEach((group, index) => {
    // Where the line before has joined it, it is known that it joins.
    const joined = run.length > 0;
    const echoes = echo.before(group);
    run.push(...group);
    // Lines that share a step are one run: bash itself goes on with the next of them.
    const following = groups[index + 1];
    if (!echoes && following && (joined || joins(group)) && joins(following)) return;
    const next = following ? builder.block('line', following[0]!.pos) : last;
    forgetInput(lowering, past);
    lowerStatements(lowering, { ...context, nextLine: next, lastLine: severalLines(lowering, group) }, run, false);
    past = run;
    run = [];
    builder.goto(next);
    builder.at(next);
  });
  if (last === finish) return;
  echo.end();
  builder.goto(finish);
  builder.at(finish);
}

/** The last line of a command line that has several. */
function severalLines({ source }: Lowering, statements: readonly Statement[]): number | undefined {
  const line = lastLineOf(source, statements);
  return line > source.position(statements[0]!.pos).line ? line : undefined;
}

/** Where the first and the last statement begin of what something ties together. */
interface Span {
  start: number;
  end: number;
}

function tiedSpans(lowering: Lowering, commands: readonly Statement[]): Span[] {
  return tiedRanges(lowering, commands, true).map(({ first, last }) => ({
    start: commands[first]!.pos,
    end: commands[last]!.pos,
  }));
}

/** Lines that something ties together count as one. */
function joinTied(ranges: readonly Span[], groups: Statement[][]): Statement[][] {
  const joined: Statement[][] = [];
  for (const group of groups) {
    const previous = joined[joined.length - 1];
    const tied =
      previous && ranges.some(({ start, end }) => previous[previous.length - 1]!.pos >= start && group[0]!.pos <= end);
    if (tied) previous.push(...group);
    else joined.push([...group]);
  }
  return joined;
}

/** What every lowering of one script shares, however far it divides. */
export interface Analysis {
  /** The script's text and those of its libraries. */
  source: SourceFile;
  script: Script;
  /** Where the script's own text ends. */
  end: number;
  /** The libraries that may be compiled in, the commands that read them, and all their statements with the script's. */
  libraries: readonly Library[];
  sites: ReadonlyMap<Command, Library>;
  unsplit: string;
  all: Script;
  facts: Facts;
  functions: FunctionDefinition[];
  traps: TrapDefinition[];
  definitions: Map<FunctionNode, FunctionDefinition>;
  /** The same where the runtime judges no command. */
  tied: () => Analysis;
  /** The same where bash itself prints the lines that it reads. */
  unechoed: () => Analysis;
}

/** What is described before anything is lowered, and the texts that are not looked into. */
const DESCRIBED = kindsOf('Script', 'Function', 'Command');

/** What `set` may be given to set errexit; `find` is given `-name`. */
const SETS_ERREXIT =
  /(?<!\[|!|\btest|\bsed|\bgrep|\becho)[\s"'=(]-(?!(?:ne|name)\b)[abefhkmnptuvxBCEHPT]*e[abefhkmnptuvxBCEHPT]*(?![\w-])|errexit/;

/** True if all that there is of a name in the text are commands of that name: what is counted is found faster than read. */
function onlyNames(script: Script, text: string, plain: string | undefined, name: string): boolean {
  const count = text.split(name).length;
  if (plain?.split(name).length !== count) return false;
  let commands = 1;
  walk(script, (node) => void (commands += Number(node.type === 'Command' && node.name?.text === name)), COMMANDS);
  return commands === count;
}

/** Which of the commands that a step must know by name are given as data. */
function namedAsData(script: Script, text: string, { functions, errexit, errTrap }: Facts): Set<string> {
  // Quoting may stand inside a name.
  const plain = text.includes("$'") ? undefined : text.replace(/['"]|\\\n?/g, '');
  const names = ['exec', 'eval', 'local', 'trap', ...(errexit && errTrap ? ['return'] : [])];
  if (!errexit && SETS_ERREXIT.test(text)) names.push('set');
  const mentioned = names.filter((name) => plain?.includes(name) ?? true);
  return new Set(
    mentioned.filter((name) => !onlyNames(script, text, plain, name) && mentionsAsData(script, functions, [name])),
  );
}

/** The libraries where none is compiled in: the files are read. */
export const readAsFiles = (main: SourceFile, { source, libraries, unsplit }: Libraries): Libraries => ({
  source: main,
  libraries: [],
  sites: new Map(),
  unsplit: [
    unsplit,
    ...libraries.map(({ start, script }) => withoutAllComments(source.text.slice(start, script.end))),
  ].join('\n'),
});

/** Collects what lowering needs to know of a whole script; `set`: words given to the shell's `set` before it. */
export function analyzeScript(
  main: SourceFile,
  script: Script,
  set?: readonly string[],
  found: Libraries = { source: main, libraries: [], sites: new Map(), unsplit: '' },
  other: Pick<FactOptions, 'unjudged' | 'unechoed'> = {},
): Analysis {
  const { source, libraries, sites } = found;
  const text = source.text;
  const end = main.text.length;
  const scripts = [script, ...libraries.map((library) => library.script)];
  const all: Script =
    libraries.length > 0 ? { ...script, commands: scripts.flatMap(({ commands }) => commands) } : script;
  findPaths(all, /nullglob|BASHOPTS/.test(text));
  const facts = collectLiveFacts(all, text, { set, ownDescriptors: opensOwnDescriptors(all, text), ...other });
  const named = namedAsData(all, text, facts);
  facts.namedAsData = named;
  // Commands that only run time knows may be these.
  const unknown = (name: string | null | undefined): boolean => name === null || DYNAMIC.has(name ?? '');
  const given = named.has('trap') || named.has('set');
  if (given && some(all, (node) => node.type === 'Command' && unknown(commandName(node)))) {
    facts.exitTrap ||= named.has('trap');
    facts.errTrap ||= named.has('trap') && /\bERR\b/.test(text);
    facts.errexit ||= facts.errTrap || named.has('set');
  }
  // One shell for all: its own id is the one that the file shows.
  if (PROCESS_IDS.test(found.unsplit)) facts.whole ??= 'process-id';
  if (/\bBASH_ARG[CV]\b/.test(found.unsplit)) facts.whole ??= 'shell-mode';
  if (libraries.length > 0) {
    const { whole, xtrace, errTrap, pipestatus, lastArgument, ties, echoed } = facts;
    // They are read in one step each where their commands would not be steps, or a step could not tell.
    const unfit =
      whole || xtrace || echoed || errTrap || pipestatus || lastArgument || ties.some(({ start }) => start > end);
    if (unfit) return analyzeScript(main, script, set, readAsFiles(main, found), other);
    // What ties the script's statements together ends with the script.
    for (const tie of ties) tie.end = Math.min(tie.end, end);
  }
  const functions: FunctionDefinition[] = [];
  const traps: TrapDefinition[] = [];
  const definitions: Analysis['definitions'] = new Map();
  const mentionsTraps = text.includes('trap');
  const describe = (node: SyntaxNode): false | undefined => {
    if (ownsItsSource(node)) return false;
    if (node.type === 'Function' && node.body.type !== 'CompoundList') {
      const file = source.fileAt(node.pos);
      let described: StepCommand[] | undefined;
      const definition: FunctionDefinition = {
        id: `f${functions.length + 1}`,
        name: node.name.text,
        text: cut(text, [node], { self: keepsIds(text.slice(node.pos, node.end), text) }),
        line: source.position(node.pos).line,
        get commands() {
          described ??= describeCommands([node.body], { source, shallow: true, file });
          return described;
        },
      };
      const library = libraries.findLast(({ start }) => start <= node.pos);
      if (library) definition.library = library.id;
      functions.push(definition);
      definitions.set(node, definition);
    }
    if (mentionsTraps && node.type === 'Command') traps.push(...describeTrap(node, source));
    return undefined;
  };
  for (const one of scripts) walk(one, describe, DESCRIBED);
  const again = (more: typeof other): Analysis => analyzeScript(main, script, set, found, { ...other, ...more });
  return {
    source,
    script,
    end,
    libraries,
    sites,
    unsplit: found.unsplit,
    all,
    facts,
    functions,
    traps,
    definitions,
    tied: () => again({ unjudged: true }),
    unechoed: () => again({ unechoed: true }),
  };
}

export function lowerScript(analysis: Analysis, options: LowerOptions & { opaque?: Reason }): Lowered {
  const { source, script, end, libraries, sites, unsplit, all, facts, functions, traps, definitions } = analysis;
  const text = source.text;
  const { granularity, limit = Infinity, opaque, room } = options;
  // A step that runs several lines cannot print them one after the other: then bash does.
  if (facts.echoed && facts.whole) return lowerScript({ ...analysis, facts: { ...facts, echoed: undefined } }, options);
  if (facts.echoed && (granularity !== 'command' || opaque || room)) return lowerScript(analysis.unechoed(), options);
  const estimates = !opaque && !room;
  if (estimates && granularity === 'command' && estimateSize(analysis, {}, limit) > limit)
    throw new TooLargeError(false);
  const lowering: Lowering = {
    source,
    text,
    script,
    libraries,
    sites,
    unsplit,
    readsIds: false,
    keptTogether: false,
    compiledIn: new Set(),
    negated: new Set(),
    isolated: new Set(),
    facts,
    options,
    builder: new Builder(),
    graphs: [],
    steps: [],
    definitions,
    dynamicCalls: 0,
    splitFunctions: new Set(),
    rightsFunctions: new Set(),
    wordLists: new Map(),
    jobFunctions: new Set(),
    jobUsers: new Set(),
    foundNames: new Set(),
    carried: new Map(),
    carrying: new Set(),
    judged: new Set(),
    judgedCalls: new Set(),
    judging: new Set(),
    guarded: new Set(),
    seen: new Set(),
    startingTraps: new Set(),
    handlersAsk: false,
    asksForAny: facts.asksForJobs,
    ownJobs: new Map(),
    lastCalls: new Set(),
    contained: new Set(),
    containedStatements: new Set(),
    own: new Set(),
    credits: [],
    reasons: new Map(),
    // As a property it would be the object's prototype.
    names: new Map([['__proto__', 1]]),
    keys: new Map(),
    counter: 0,
    worklist: [],
    entries: [],
    size: 0,
  };
  const tail = script.commands[script.commands.length - 1];
  if (tail && !tail.background) lowering.tail = tail.command.end;
  const carries =
    options.granularity === 'command' &&
    options.carries !== false &&
    libraries.length === 0 &&
    mayCarry(script, facts, text);
  const carry = (command: Command): Continuation | undefined => continuationOf(script, text, command);
  const unseen =
    (options.granularity === 'auto' || room) &&
    (READS_FILES.test(text) || /\beval\b/.test(text) || facts.judged.length > 0);
  // Where there is no room for everything, there are several steps.
  const isolates = unseen && (options.isolates || room !== undefined);
  if (isolates) lowering.isolated = findIsolated(lowering);
  const judges = (granularity === 'command' || isolates) && options.judges !== false && libraries.length === 0;
  if (facts.startsJobs || facts.asksForJobs)
    findJobs(all, text, facts.functions, lowering, {
      ...(carries ? { carry } : {}),
      ...(judges && {
        always: options.judges === undefined,
        judges: (command) => (isolates ? lowering.isolated.has(command) : isUnseen(lowering, command)),
        judgesCall: (command) => !isolates && isUnseenCall(lowering, command),
      }),
    });
  if (facts.besideIds.length > 0 && granularity === 'command' && options.judges !== false) {
    const judgesCall = (call: Command): boolean => isUnseenCall(lowering, call);
    const followed = findFollowed(all, text, facts.functions, facts.besideIds, judgesCall);
    for (const command of followed.commands) lowering.judged.add(command);
    for (const call of followed.calls) lowering.judgedCalls.add(call);
  }
  if (room)
    divideLess(lowering, room.beyond, (auto, rights) =>
      chooseUndivided(analysis, room.steps, {
        ...(options.granularity === 'auto' ? { most: auto } : {}),
        ...(room.beyond === 'rights' ? { least: rights } : {}),
      }),
    );
  findSplitFunctions(lowering);
  if (estimates && granularity === 'auto' && surelyExceeds(analysis, worthIn(lowering), limit))
    throw new TooLargeError(false);
  const graph = addGraph(lowering, undefined, 'start', 0);
  const { builder } = lowering;
  if (!options.opaque) findExitHandler(lowering);
  const { exitHandler } = lowering;
  // The script's last command need not be its shell's.
  if (exitHandler) lowering.tail = undefined;
  const context: Context = {
    graph,
    ignore: false,
    loops: [],
    regions: [],
    live: [],
    nextLine: lowering.graphs[0]!.end,
  };
  const finish = builder.block('finish', end);
  if (options.opaque)
    emitStep(lowering, context, {
      kind: 'command',
      nodes: [script],
      text: [text, ['mark']],
      at: 0,
      label: source.path.replace(/^.*\//, ''),
      ends: true,
      reason: options.opaque,
    });
  else lowerLines(lowering, context, script.commands, finish);
  if (builder.current !== finish) builder.goto(finish);
  builder.at(finish);
  if (facts.exitTrap && !facts.whole && script.commands.length > 0) {
    // The script's end: a shell with the script's traps ends, and so runs the EXIT trap.
    emitStep(lowering, context, {
      kind: 'command',
      nodes: [script],
      text: [['mark']],
      at: end,
      label: 'EXIT',
      ends: true,
      exits: exitHandler !== undefined,
      calls: exitHandler?.calls,
      expects: exitHandler ? ['call'] : [],
      keeps: exitHandler ? { target: 'target' } : {},
      without: [script],
    });
  }
  if (exitHandler) leaveTo(lowering, exitHandler);
  else builder.goto(lowering.graphs[0]!.end);
  while (lowering.worklist.length > 0) lowering.worklist.shift()!();
  for (let id = 0; id < lowering.graphs.length; id += 1) finishGraph(lowering, id);
  finishFunctions(lowering);
  builder.at(lowering.graphs[0]!.end);
  builder.end({ kind: 'end' });
  // One that is in a step with others would leave a job to the next.
  if (lowering.carrying.size < lowering.carried.size) return lowerScript(analysis, { ...options, carries: false });
  const unjudged = (commands: Iterable<Command>): boolean =>
    [...commands].some((command) => !lowering.judging.has(command));
  if (lowering.keptTogether) return lowerScript(analysis.unechoed(), options);
  if (unjudged(lowering.seen)) return lowerScript(analysis, { ...options, judges: 'early' });
  if (unjudged([...lowering.judged, ...lowering.judgedCalls]))
    return lowerScript(analysis, { ...options, judges: false });
  const oneShell = (): Lowered => lowerScript({ ...analysis, facts: { ...facts, whole: 'process-id' } }, options);
  if (lowering.readsIds) return oneShell();
  if (unseen && !isolates && !options.opaque && isDivided(lowering) && findIsolated(lowering).size > 0)
    return lowerScript(analysis, { ...options, isolates: true });
  if (!options.opaque && !facts.whole && isDivided(lowering)) {
    if (unjudged(facts.besideIds.filter((command) => !lowering.guarded.has(command)))) return oneShell();
    if (unjudged(facts.judged)) return lowerScript(analysis.tied(), options);
  }
  keepOwnIds(lowering);
  let counted: Counted | undefined;
  return {
    program: { name: source.path, graphs: builder.graphs, functions, entries: lowering.entries },
    steps: lowering.steps,
    functions,
    traps,
    compiledIn: [...lowering.compiledIn],
    dynamicCalls: lowering.dynamicCalls > 0,
    count: () => {
      counted ??= countCommands(lowering);
      return counted;
    },
  };
}

/** True if several steps run something of the script. */
const isDivided = ({ steps }: Lowering): boolean =>
  steps.filter(({ fragment }) => fragment.text.some((part) => typeof part === 'string' && part.trim() !== '')).length >
  1;

/**
 * Where one step is all of the script, its shell's process id is the script's: so that what text and files show, which only run
 * time knows, is the same as what the source shows, and signals to it reach that shell. So are its SECONDS.
 */
function keepOwnIds({ builder, text }: Lowering): void {
  const [graph] = builder.graphs;
  const found: Step[] = [];
  const passed = new Set<BlockId>();
  for (let at: BlockId | undefined = graph!.entry; at !== undefined; ) {
    if (passed.has(at)) return;
    passed.add(at);
    const block: Block = graph!.blocks.find(({ id }) => id === at)!;
    for (const instruction of block.instructions) {
      if (instruction.kind === 'step') found.push(instruction.step);
      else if (instruction.kind !== 'set') return;
    }
    if (block.terminal?.kind !== 'goto' && block.terminal?.kind !== 'end') return;
    at = block.terminal.kind === 'goto' ? block.terminal.to : undefined;
  }
  const [step, ...others] = found;
  if (!step || others.length > 0) return;
  // What it reads or evaluates may name them, too.
  if (/SECONDS|\beval\b/.test(text) || READS_FILES.test(text)) step.fragment.alone = true;
  step.fragment.text = withOwnIds(step.fragment.text);
}

function countCommands(lowering: Lowering): Counted {
  for (const credit of lowering.credits) credit();
  const shared: SharedCommand[] = [];
  let [commands, split, plain, plainSplit] = [0, 0, 0, 0];
  const reasons: Record<string, number> = {};
  // Nodes inside escaped backticks have positions in a text of their own.
  const visit = (
    node: Parameters<typeof walk>[0],
    isPlain: boolean,
    nested?: { text: string; line: number; file?: string },
  ): void => {
    let at = nested ? 0 : node.pos;
    walk(node, (child) => {
      if (child !== node && child.type === 'Script' && ownsItsSource(child)) {
        visit(child, isPlain, {
          text: child.source!,
          line: nested?.line ?? lowering.source.position(at).line,
          file: nested?.file ?? lowering.source.fileAt(at),
        });
        return false;
      }
      at = child.pos;
      if (child !== node && isPlain && NOT_PLAIN.has(child.type)) {
        visit(child, false, nested);
        return false;
      }
      if (child.type !== 'Command' || !isSimpleCommand(child)) return undefined;
      const own = lowering.own.has(child);
      commands += 1;
      if (own) split += 1;
      else {
        const reason = lowering.reasons.get(child as Command) ?? 'not-called';
        reasons[reason] = (reasons[reason] ?? 0) + 1;
        const line = nested?.line ?? lowering.source.position(child.pos).line;
        const file = nested?.file ?? lowering.source.fileAt(child.pos);
        const command = (nested?.text ?? lowering.text).slice(child.pos, child.end);
        shared.push({ line, text: command, reason, ...(file === undefined ? {} : { file }) });
      }
      if (isPlain) {
        plain += 1;
        if (own) plainSplit += 1;
      }
      return undefined;
    });
  };
  for (const { script } of [lowering, ...lowering.compiledIn]) visit(script, true);
  const byReason = Object.fromEntries(Object.entries(reasons).sort(([a], [b]) => (a < b ? -1 : 1)));
  return { statistics: { commands, split, plain, plainSplit, reasons: byReason }, shared };
}

const NOT_PLAIN = new Set([
  'If',
  'While',
  'For',
  'ArithmeticFor',
  'Case',
  'Select',
  'Function',
  'CommandExpansion',
  'ProcessSubstitution',
  'ArithmeticCommandExpansion',
  'Coproc',
]);
