/** Emits steps: one fragment each, with its name, place, commands and the ways in which control may leave it. */
import type { Fragment, LibraryFile, Step, StepCommand, TextPart } from '../../bundle.ts';
import {
  type Command,
  literalValue,
  type ParsedScript,
  type SyntaxNode,
  some,
  type Word,
  type WordPart,
  walk,
} from '../../parse/ast.ts';
import { describeCommands } from '../commands.ts';
import { and, binary, contains, equals, literal, not, or, variable } from '../expression.ts';
import { argumentValues, commandName, DYNAMIC, knowsOptions } from '../facts.ts';
import type { Block, Expression, StepInstruction } from '../program.ts';
import type { Reason } from '../reasons.ts';
import { cut, type Edit, ownsItsSource } from '../text.ts';
import { type Context, type Lowering, SMALLEST_CATCH, SMALLEST_TASK, TooLargeError } from './context.ts';
import { calledHolds, holdsDescriptors, mentionsCommand, signalsShell } from './split.ts';

/** An edge of a choice. */
export interface Rule {
  test: Expression;
  to: number;
}

/** Where control goes when the shell that runs here ends. */
export function exitTarget(lowering: Lowering, context: Context): Block {
  if (context.enclosure) return context.enclosure.end;
  const graph = lowering.graphs[context.graph]!;
  return context.function ? graph.unwind : graph.end;
}

/** Where control goes when bash abandons the command line. */
function discardTarget(lowering: Lowering, context: Context): Block {
  if (context.enclosure) return context.enclosure.finish ?? context.enclosure.end;
  const graph = lowering.graphs[context.graph]!;
  if (context.function) return graph.abandon;
  if (context.graph > 0) return graph.end;
  const next = leaveRegions(lowering, context, 0, context.nextLine);
  if (!context.dynamicIgnore) return next;
  const { builder } = lowering;
  const here = builder.current;
  const block = builder.block('line', here.offset);
  builder.at(block);
  builder.set('ignore', literal(false));
  builder.goto(next);
  builder.at(here);
  return block;
}

/** A block that closes the redirected bodies opened since `regions` were open, and goes on. */
export function leaveRegions(lowering: Lowering, context: Context, regions: number, to: Block): Block {
  const saved = context.regions[regions];
  if (saved === undefined) return to;
  const { builder } = lowering;
  const here = builder.current;
  const block = builder.block('close', here.offset);
  builder.at(block);
  builder.set('scope', variable(saved));
  builder.goto(to);
  builder.at(here);
  return block;
}

/** Where `return` leads. */
export function returnTarget(lowering: Lowering, context: Context): Block | undefined {
  const end = context.function?.exit ?? context.reading?.end;
  if (!end) return undefined;
  if (context.enclosure) return context.enclosure.finish ?? context.enclosure.end;
  return leaveRegions(lowering, context, 0, end);
}

/** A name for a state, taken from the script; a number follows from the second one on. */
export function stateName(lowering: Lowering, wanted: string): string {
  const base = [...wanted.replace(/[^\x20-\x7e]/g, '?')].slice(0, 70).join('').trim() || 'step';
  const count = (lowering.names.get(base) ?? 0) + 1;
  lowering.names.set(base, count);
  const name = count === 1 ? base : `${base} ${count}`;
  if (count > 1 && lowering.names.has(name)) return stateName(lowering, wanted);
  if (count > 1) lowering.names.set(name, 1);
  return name;
}

function stepKey(lowering: Lowering, state: string): string {
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

/** Names without which an expansion is a bad substitution. */
const PARAMETER = /^(?:[A-Za-z_]\w*|\d+|[@*#?$!-])$/;

/** True if the tokens are an expression, with an operator between each two operands. */
function isExpression(tokens: readonly string[]): boolean {
  let at = 0;
  const operand = (): boolean => {
    while (/^[-+!]$/.test(tokens[at] ?? '')) at += 1;
    const token = tokens[at] ?? ')';
    at += 1;
    if (token === '(') return ternary() && tokens[at++] === ')';
    return /^[\w$]/.test(token);
  };
  const binary = (): boolean => {
    if (!operand()) return false;
    while (/^(<=|>=|==|!=|&&|\|\||[-+*<>])$/.test(tokens[at] ?? '')) {
      at += 1;
      if (!operand()) return false;
    }
    return true;
  };
  const ternary = (): boolean => {
    if (!binary()) return false;
    if (tokens[at] !== '?') return true;
    at += 1;
    return ternary() && tokens[at++] === ':' && ternary();
  };
  return ternary() && at === tokens.length;
}

/**
 * The names in an arithmetic expression that cannot fail as long as each of them holds a plain number; undefined where
 * it may fail, or assigns.
 */
function plainArithmetic(text: string): string[] | undefined {
  const inner = text.slice(text.startsWith('$((') ? 3 : 2, text.startsWith('$((') ? -2 : -1);
  const tokens = inner.match(/\s+|\$?\{?[A-Za-z_]\w*\}?|\$\d|\d+|<=|>=|==|!=|&&|\|\||[-+*()<>!?:]/g) ?? [];
  if (tokens.join('') !== inner || /\+\+|--|\*\*|<<|>>|\b0\d|\d{10}|\{[^}]*$/.test(inner)) return undefined;
  if (!isExpression(tokens.filter((token) => token.trim()))) return undefined;
  return tokens.filter((token) => /^\$?\{?[A-Za-z_]|^\$\d/.test(token)).map((token) => token.replace(/[${}]/g, ''));
}

/** `numbers` takes the names that must hold plain numbers; without it, arithmetic is not safe. */
function safePart(part: WordPart, numbers?: Set<string>): boolean {
  switch (part.type) {
    case 'Literal':
    case 'Glob':
    case 'SingleQuoted':
    case 'AnsiCQuoted':
      return true;
    case 'BraceExpansion':
      return part.parts === undefined || part.parts.every((p) => safePart(p, numbers));
    case 'SimpleExpansion':
      return true;
    case 'ParameterExpansion': {
      if (part.index || part.prefix === '!' || !PARAMETER.test(part.parameter)) return false;
      const operation = part.operation;
      if (!operation) return true;
      // Bash does not always find the end of a substitution that stands in quotes there.
      if (/['"\\]/.test(part.text) && /`|\$\(/.test(part.text)) return false;
      if (operation.type === 'Remove') return safeWord(operation.operand, numbers);
      if (operation.type === 'Replace')
        return safeWord(operation.pattern, numbers) && safeWord(operation.replacement, numbers);
      if (operation.type === 'CaseModification')
        return operation.operand === undefined || safeWord(operation.operand, numbers);
      return (
        operation.type === 'Default' &&
        ['-', ':-', '+', ':+'].includes(operation.operator) &&
        safeWord(operation.operand, numbers)
      );
    }
    case 'DoubleQuoted':
      return part.parts.every((p) => safePart(p, numbers));
    case 'ArithmeticExpansion': {
      const names = numbers && part.expression !== undefined ? plainArithmetic(part.text) : undefined;
      for (const name of names ?? []) numbers!.add(name);
      return names !== undefined;
    }
    case 'CommandExpansion':
      // `${ …; }` is a bad substitution to most versions of bash.
      return !part.text.startsWith('${');
    default:
      return false;
  }
}

function safeWord(word: Word, numbers?: Set<string>): boolean {
  return word.parts === undefined || word.parts.every((part) => safePart(part, numbers));
}

/** Programs and builtins that cannot end their shell or abandon its command line. */
const UNSAFE = new Set(
  'exit exec eval . source return break continue trap set shopt kill wait declare typeset readonly local export unset let read mapfile readarray getopts shift printf cd pushd popd command builtin test [ umask ulimit alias unalias jobs fg bg hash compgen complete compopt enable bind history fc'.split(
    ' ',
  ),
);
const SAFE_BUILTINS = new Set(['cd', 'shift', 'test', '[', 'export', 'umask', 'pushd', 'popd']);
/** And these, where no variable can be read-only. */
const ASSIGNING_BUILTINS = new Set(['read', 'printf', 'let', 'mapfile', 'readarray', 'local']);

/** True if a forked shell runs the command exactly as the script's own shell would (ADR on the runtime). */
export function forkSafe(
  lowering: Lowering,
  nodes: readonly SyntaxNode[],
  captured: boolean,
  numbers: Set<string>,
): boolean {
  let node: SyntaxNode = nodes[0]!;
  if (nodes.length > 1) return false;
  if (node.type === 'Statement') {
    if (node.background) return false;
    node = node.command;
  }
  if (node.type === 'ArithmeticCommand') return !lowering.facts.attributes && !/[$`/%[]/.test(node.body);
  if (node.type === 'TestCommand') {
    return (
      !lowering.facts.attributes &&
      !some(node, (n) => n.type === 'Word' && (!safeWord(n) || some(n, (part) => part.type === 'CommandExpansion')))
    );
  }
  if (node.type !== 'Command') return false;
  const name = commandName(node);
  if (name === null) return false;
  if (name !== undefined && lowering.facts.functions.has(name)) return false;
  if (lowering.facts.failglob) return false;
  const values = argumentValues(node);
  if (name !== undefined && UNSAFE.has(name) && !SAFE_BUILTINS.has(name)) {
    const assigns =
      ASSIGNING_BUILTINS.has(name) &&
      !lowering.facts.attributes &&
      node.args.every((arg) => arg.type !== 'Assignment' || arg.index === undefined);
    const sets = name === 'set' && values[0] === '--';
    if (!assigns && !sets) return false;
  }
  // `export -f` changes functions, which a fork does not record.
  if ((name === 'export' || name === 'local') && values.some((value) => value === null || value.startsWith('-')))
    return false;
  if (lowering.facts.attributes && (name === undefined || node.prefix.some((p) => p.type === 'Assignment')))
    return false;
  if (captured && name === undefined) return false;
  const safe = (word: Word | undefined): boolean => word === undefined || safeWord(word, numbers);
  return (
    node.prefix.every((p) =>
      p.type === 'Assignment' ? p.index === undefined && p.value.type === 'Word' && safe(p.value) : true,
    ) &&
    safe(node.name) &&
    node.args.every((a) =>
      a.type === 'Word' ? safe(a) : a.index === undefined && a.value.type === 'Word' && safe(a.value),
    ) &&
    node.redirects.every(
      (r) =>
        r.descriptor?.type !== 'FileDescriptorVariable' &&
        (r.type === 'HereDoc' ? (r.body.parts ?? []).every((part) => safePart(part, numbers)) : safe(r.target)),
    )
  );
}

/** Builtins that change nothing in their shell, whatever their arguments. */
const IDLE_BUILTINS = new Set(['echo', 'true', 'false']);
const BUILTINS = new Set(
  (
    '. : [ alias bg bind break builtin caller cd command compgen complete compopt continue declare dirs disown echo enable eval exec exit export ' +
    'false fc fg getopts hash help history jobs kill let local logout mapfile popd printf pushd pwd read readarray readonly return set shift ' +
    'shopt source suspend test times trap true type typeset ulimit umask unalias unset wait'
  ).split(' '),
);

/** The command's name, if running it (in a forked shell, with words that have no effects) changes nothing in the shell. */
function programOf(command: Command): string | undefined {
  if (!command.name || command.prefix.length > 0) return undefined;
  const name = literalValue(command.name);
  if (name === null || name === '') return undefined;
  return BUILTINS.has(name) && !IDLE_BUILTINS.has(name) ? undefined : name;
}

/** True if the command is a program, or a builtin that changes nothing, and its words neither change anything nor fail. */
export function runsProgram(lowering: Lowering, command: Command): boolean {
  const numbers = new Set<string>();
  return programOf(command) !== undefined && forkSafe(lowering, [command], true, numbers) && numbers.size === 0;
}

/** A step for the sole command of escaped backticks: its text is not a part of the source, so that nothing is cut. */
export function emitEscaped(
  lowering: Lowering,
  context: Context,
  part: { script: ParsedScript | undefined } & SyntaxNode,
  command: Command,
): void {
  const label = commandLabel(command);
  const instruction = emitStep(lowering, context, {
    kind: 'command',
    nodes: [part],
    text: [part.script!.source!, ['mark']],
    label,
    fork: true,
    program: programOf(command),
    expects: lowering.facts.errexit && !context.ignore ? ['exit'] : [],
  });
  lowering.own.add(command);
  leaveByControl(lowering, context, instruction, label);
}

/** What to emit. */
export interface StepPlan {
  kind: Fragment['kind'];
  /** Nodes that the step stands for: its place, its commands. */
  nodes: readonly SyntaxNode[];
  text: TextPart[];
  /** Offset of the text's first line. */
  at?: number;
  label: string;
  calls?: Record<string, string[]>;
  dynamic?: TextPart[];
  reads?: LibraryFile;
  list?: string;
  fork?: boolean;
  /** A shell that stays may run it, while these variables hold plain numbers. */
  numbers?: string[];
  hold?: boolean;
  quiet?: boolean;
  untraced?: boolean;
  /** The shell ends after the fragment: nothing follows it in its shell. */
  ends?: boolean;
  /** It ends the script's shell, whose EXIT trap may be a call of the machine's. */
  exits?: boolean;
  program?: string;
  loops?: number;
  reason?: Reason;
  streams?: boolean;
  ignore?: boolean;
  into?: string;
  keeps?: Record<string, string>;
  expects?: string[];
  scope?: Expression;
  leave?: boolean;
  only?: { control: 'call' | 'enter'; otherwise: Block };
  /** Commands of the nodes that other steps execute. */
  without?: readonly SyntaxNode[];
}

/** Creates a step and its instruction in the current block. Edges for its controls are the caller's. */
export function emitStep(lowering: Lowering, context: Context, plan: StepPlan): StepInstruction {
  const first = plan.nodes[0]!;
  const last = plan.nodes[plan.nodes.length - 1]!;
  const state = stateName(lowering, plan.label);
  const at = plan.at ?? first.pos;
  const { line, column } = lowering.source.position(first.pos);
  const library = lowering.libraries.findLast(({ start }) => start <= first.pos);
  const fragment: Fragment = {
    kind: plan.kind,
    text: plan.text,
    line: lowering.source.position(at).line,
    fork: plan.fork ?? false,
  };
  if (library) fragment.library = library.id;
  if (plan.reads) fragment.reads = plan.reads;
  if (plan.numbers) fragment.numbers = plan.numbers;
  if (plan.calls) fragment.calls = plan.calls;
  if (plan.dynamic) fragment.dynamic = plan.dynamic;
  if (plan.program !== undefined && fragment.fork) fragment.program = plan.program;
  if (plan.list) fragment.list = plan.list;
  if (plan.loops) fragment.loops = plan.loops;
  if (plan.hold) fragment.hold = true;
  if (plan.quiet) fragment.quiet = true;
  if (plan.untraced) fragment.untraced = true;
  if (plan.ends) fragment.ends = true;
  if (plan.exits) fragment.exits = true;
  let described: StepCommand[] | undefined;
  const step: Step = {
    key: stepKey(lowering, state),
    state,
    fragment,
    // Described when they are asked for: most runs need none of it.
    get commands() {
      described ??= describeCommands(
        plan.nodes.filter((node) => !ownsItsSource(node)),
        { source: lowering.source, without: plan.without, shallow: true, file: library?.path },
      );
      return described;
    },
    files: [],
    settings: lowering.options.settings(first) ?? {},
    source: library
      ? { line, column, start: first.pos - library.start, end: last.end - library.start, file: library.path }
      : { line, column, start: first.pos, end: last.end },
    streams: plan.streams ?? false,
  };
  if (plan.reason) step.reason = plan.reason;
  lowering.steps.push(step);
  const instruction: StepInstruction = {
    kind: 'step',
    step,
    ignore:
      plan.ignore || context.ignore
        ? true
        : context.function || context.graph > 0 || context.dynamicIgnore
          ? 'dynamic'
          : false,
    into: plan.into ?? 'status',
    expects: plan.expects ?? [],
    keeps: {
      ...(knowsOptions(lowering.facts) ? { options: 'options' } : {}),
      ...(plan.hold ? { scope: 'scope' } : {}),
      ...plan.keeps,
    },
    onExit: exitTarget(lowering, context).id,
    onDiscard: discardTarget(lowering, context).id,
  };
  if (plan.expects?.length) instruction.keeps.control = 'control';
  if (plan.scope) instruction.scope = plan.scope;
  if (plan.leave) instruction.leave = true;
  if (plan.only) instruction.only = { control: plan.only.control, otherwise: plan.only.otherwise.id };
  lowering.builder.emit(instruction);
  lowering.size += SMALLEST_TASK + (plan.only ? SMALLEST_CATCH : 0);
  if (lowering.size > (lowering.options.limit ?? Infinity)) throw new TooLargeError(lowering.dynamicCalls > 0);
  return instruction;
}

const LEAVES_LOOP = new Set(['break', 'continue', ...DYNAMIC]);
const LEAVES_FUNCTION = new Set(['return', ...DYNAMIC]);
const ENDS_SHELL = new Set(['exit', 'exec', ...DYNAMIC]);

/** Commands that print little or nothing, whatever they do. */
const QUIET = new Set(
  ': true false [ test cd local export readonly unset shift read mapfile readarray let sleep wait umask echo printf mkdir rmdir rm mv cp ln touch chmod'.split(
    ' ',
  ),
);

/**
 * True if `set -e` may end the shell here without an edge of the machine for it: the failure that the state's Catch takes has
 * room for what the command printed. Where a substitution begins its capture would be lost.
 */
export function endsQuietly(context: Context, command: Command, without: readonly SyntaxNode[] = []): boolean {
  if (context.enclosure) return false;
  const name = commandName(command);
  if (
    name === null ||
    (name !== undefined &&
      (!QUIET.has(name) ||
        argumentValues(command).some((value) => value !== null && /^-\w*[vp]/.test(value) && name !== 'mkdir')))
  )
    return false;
  let printing = false;
  walk(command, (node) => {
    if (without.includes(node)) return false;
    printing ||= node.type === 'CommandExpansion' || node.type === 'ProcessSubstitution';
    return undefined;
  });
  return !printing;
}

/** A command whose name only run time knows may be a function that the machine calls; a library's commands are the machine's. */
export interface DynamicCall {
  functions?: Record<string, string[]>;
  /** The command's words: the first says which function, if one, is called. */
  words?: TextPart[];
  reads?: LibraryFile;
  /** Where a call leads. */
  block: Block;
}

/** `exec` of a program: it has the process id that `$$` names. */
function replacesShell(node: SyntaxNode): boolean {
  return node.type === 'Command' && commandName(node) === 'exec' && node.args.length > 0;
}

/** `$$` as a part of some name. */
const NAMED = /[\w./-]\$(?:\$|\{\$\})|\$(?:\$|\{\$\})[\w./-]/;

/** Emits a step that runs nodes as they stand in the script, with every way out of it. */
export function emitLeaf(
  lowering: Lowering,
  context: Context,
  nodes: readonly SyntaxNode[],
  extra: {
    edits?: Edit[];
    reason?: Reason;
    leave?: boolean;
    scope?: Expression;
    without?: readonly SyntaxNode[];
    text?: TextPart[];
    grouped?: boolean;
    call?: DynamicCall;
  } = {},
): StepInstruction {
  const { facts, builder } = lowering;
  const last = nodes[nodes.length - 1]!;
  const single = soleCommand(nodes);
  const undoes = single !== undefined && leavesCalls(lowering, context);
  const kills =
    /\bkill\b/.test(lowering.text.slice(nodes[0]!.pos, last.end)) ||
    nodes.some(
      (node) =>
        signalsShell(lowering, node) ||
        (context.graph === 0 &&
          !context.enclosure &&
          soleCommand([node])?.type === 'Command' &&
          replacesShell(soleCommand([node])!)),
    );
  // A program in the shell's place has its process id; a name that was made with `$$` before has the script's.
  const here = lowering.text.slice(nodes[0]!.pos, last.end);
  const self = kills && (/\bkill\b/.test(here) || !NAMED.test(here));
  // `exec` of a program that is not there leaves its redirections behind, where the shell survives it.
  const survives = (node: SyntaxNode): boolean => replacesShell(node) && lowering.text.includes('execfail');
  const mayHold = nodes.some(
    (node) => some(node, (n) => holdsDescriptors(n) || survives(n)) || calledHolds(lowering, node),
  );
  // A handler that the script's own signal sets off jumps as the script itself does.
  const handled = kills && facts.trapJumps;
  const loops =
    context.loops.length > 0 && (handled || nodes.some((node) => mentionsCommand(node, LEAVES_LOOP)))
      ? context.loops.length
      : 0;
  const expects: string[] = [];
  if (
    nodes.some((node) => mentionsCommand(node, ENDS_SHELL)) ||
    (facts.errexit && !context.ignore && !undoes && !(single && endsQuietly(context, single, extra.without)))
  )
    expects.push('exit');
  if (
    (context.function || context.reading) &&
    (handled || nodes.some((node) => mentionsCommand(node, LEAVES_FUNCTION)))
  )
    expects.push('return');
  if (loops > 0) expects.push('break', 'continue');
  if (extra.call) expects.push('call');
  // After the script's last command its shell ends, and so runs the EXIT trap itself.
  const ends =
    !extra.call &&
    lowering.tail !== undefined &&
    last.end === lowering.tail &&
    context.graph === 0 &&
    !context.function &&
    !context.enclosure &&
    !context.ignore &&
    context.loops.length === 0 &&
    context.regions.length === 0;
  const plain =
    extra.text ??
    cut(lowering.text, nodes, { edits: extra.edits, mark: true, self, verbatim: facts.whole !== undefined });
  const text: TextPart[] = extra.grouped && nodes.length > 1 ? ['{ ', ...plain, '\n}'] : plain;
  const numbers = new Set<string>();
  const safe =
    !ends &&
    !kills &&
    !mayHold &&
    loops === 0 &&
    !facts.xtrace &&
    forkSafe(lowering, nodes, (extra.edits?.length ?? 0) > 0, numbers);
  const instruction = emitStep(lowering, context, {
    kind: 'command',
    nodes,
    text,
    label: single ? commandLabel(single) : nodesLabel(nodes),
    fork: safe && numbers.size === 0,
    numbers: safe && numbers.size > 0 ? [...numbers] : undefined,
    hold: mayHold && context.regions.length === 0,
    loops,
    program: single && programOf(single),
    reason: extra.reason,
    streams: mayHold && single !== undefined && commandName(single) === 'exec',
    expects: extra.leave || ends ? [] : expects,
    keeps: { ...(loops > 0 && !extra.leave ? { depth: 'depth' } : {}), ...(extra.call ? { target: 'target' } : {}) },
    calls: extra.call?.functions,
    dynamic: extra.call?.words,
    reads: extra.call?.reads,
    leave: extra.leave,
    scope: extra.scope,
    without: extra.without,
    ends,
    ignore: undoes,
  });
  credit(lowering, nodes, single, extra.reason, extra.without);
  if (extra.call) {
    leaveByControl(lowering, context, instruction, nodesLabel(nodes), [
      { test: equals(variable('control'), 'call'), to: extra.call.block.id },
    ]);
  } else if (!extra.leave) leaveByControl(lowering, context, instruction, nodesLabel(nodes));
  if (undoes) leaveCalls(lowering, context, nodes[0]!);
  if (ends) {
    builder.goto(lowering.graphs[0]!.end);
    builder.at(builder.block('unreachable', last.end));
  }
  return instruction;
}

/** The one simple command that the nodes are, if they are one. */
export function soleCommand(nodes: readonly SyntaxNode[]): Command | undefined {
  if (nodes.length !== 1) return undefined;
  let node: SyntaxNode = nodes[0]!;
  if (node.type === 'Statement' && !node.background) node = node.command;
  return node.type === 'Command' ? node : undefined;
}

/** Statistics: which commands have a step of their own, and why the others have not. */
export function credit(
  lowering: Lowering,
  nodes: readonly SyntaxNode[],
  single: Command | undefined,
  reason: Reason | undefined,
  without: readonly SyntaxNode[] = [],
): void {
  const [only] = nodes;
  const job = nodes.length === 1 && only!.type === 'Statement' && only.background ? only.command : undefined;
  // A job by itself: nothing else is in its step.
  if (job?.type === 'Command') lowering.own.add(job);
  if (single) lowering.own.add(single);
  for (const node of nodes) {
    walk(node, (child) => {
      if (without.includes(child)) return false;
      // The body runs where the function is called.
      if (child.type === 'Function' && !lowering.facts.whole) return false;
      if (child.type === 'Command' && child !== single)
        lowering.reasons.set(child, reason ?? (single ? 'substitution' : 'auto'));
      return undefined;
    });
  }
}

/** Ends the current block with the edges that a step's controls need, and goes on in a new block. */
export function leaveByControl(
  lowering: Lowering,
  context: Context,
  instruction: StepInstruction,
  name: string,
  first: readonly Rule[] = [],
): void {
  if (instruction.expects.length === 0) return;
  const { builder } = lowering;
  const control = variable('control');
  const next = builder.block(name, builder.current.offset);
  const rules: Rule[] = [...first];
  for (const expected of instruction.expects) {
    const test = equals(control, expected);
    if (expected === 'exit') rules.push({ test, to: exitTarget(lowering, context).id });
    if (expected === 'return') rules.push({ test, to: returnTarget(lowering, context)!.id });
    if (expected === 'break' || expected === 'continue') {
      const depth = context.loops.length;
      context.loops.forEach((loop, index) => {
        const levels = depth - index;
        const target = expected === 'break' ? loop.breakTo : loop.continueTo;
        const far =
          levels === depth ? binary('<', literal(levels - 1), variable('depth')) : equals(variable('depth'), levels);
        rules.push({ test: and(test, far), to: leaveRegions(lowering, context, loop.regions, target).id });
      });
    }
  }
  builder.end({ kind: 'choice', construct: 'control', rules, otherwise: next.id });
  builder.at(next);
}

/** True if errexit after a simple command takes the functions down to a call with redirections, and ends the shell there. */
function leavesCalls(lowering: Lowering, context: Context): boolean {
  return context.undoes === true && !context.enclosure && !context.ignore && lowering.facts.errexit;
}

/** Returns from the function where errexit would end the shell. */
function leaveCalls(lowering: Lowering, context: Context, node: SyntaxNode): void {
  const { builder } = lowering;
  const next = builder.block('next', node.pos);
  const failed = binary('!=', variable('status'), literal(0));
  const judged = and(failed, contains(variable('options'), 'e'), not(variable('ignore')));
  const to = returnTarget(lowering, context)!.id;
  builder.end({ kind: 'choice', construct: 'errexit', rules: [{ test: judged, to }], otherwise: next.id });
  builder.at(next);
}

/** `set -e` and ERR traps judge a compound command's status too: a shell is given the status, where that could matter. */
export function judgeStatus(lowering: Lowering, context: Context, node: SyntaxNode): void {
  const { facts, builder } = lowering;
  if (!facts.pipestatus && (!facts.errexit || context.ignore)) return;
  if (node.type === 'Command' && leavesCalls(lowering, context)) return leaveCalls(lowering, context, node);
  const check = builder.block('check', node.pos);
  const next = builder.block('next', node.pos);
  const status = variable('status');
  const options = variable('options');
  const failed = binary('!=', status, literal(0));
  const judged = and(failed, or(contains(options, 'e'), contains(options, 'T')), not(variable('ignore')));
  if (facts.pipestatus) builder.goto(check);
  else
    builder.end({ kind: 'choice', construct: 'errexit', rules: [{ test: judged, to: check.id }], otherwise: next.id });
  builder.at(check);
  const instruction = emitStep(lowering, context, {
    kind: 'command',
    nodes: [node],
    // No trace shows it.
    text: facts.xtrace ? ['{ (exit ', ['code'], '); } 2>/dev/null', ['mark']] : ['(exit ', ['code'], ')', ['mark']],
    label: 'status',
    expects: context.ignore ? [] : ['exit'],
    without: [node],
  });
  leaveByControl(lowering, context, instruction, 'status');
  builder.goto(next);
  builder.at(next);
}
