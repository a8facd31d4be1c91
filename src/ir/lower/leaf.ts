/** Emits steps that run commands as they stand in the script, with every way out of them. */
import type { LibraryFile, TextPart } from '../../bundle.ts';
import { type Command, type ParsedScript, type Statement, type SyntaxNode, some, walk } from '../../parse/ast.ts';
import { equals, variable } from '../expression.ts';
import { argumentValues, commandName, DYNAMIC } from '../facts.ts';
import { JUMPS } from '../loop-level.ts';
import { keepsIds, maySignalItself } from '../process-ids.ts';
import type { Block, Expression, StepInstruction } from '../program.ts';
import type { Reason } from '../reasons.ts';
import { cut, type Edit, groupByLine, lastLineOf } from '../text.ts';
import { textMatches } from '../text-search.ts';
import { SHELLS } from './asking.ts';
import { returnedStatus } from './call-words.ts';
import type { Context, Lowering } from './context.ts';
import { readsDocumentsLast } from './counted-line.ts';
import { unechoed } from './echo.ts';
import { leaveByControl } from './edges.ts';
import { leaveCalls, leavesCalls } from './errexit.ts';
import { forkSafe, needsIn, programOf, replacedBy } from './fork-safe.ts';
import { commandLabel, nodesLabel } from './names.ts';
import { mentionsCommand } from './node-tests.ts';
import type { Unseen } from './rest.ts';
import { calledHolds, holdsDescriptors, signalsShell } from './shell-effects.ts';
import { credit, emitStep } from './step.ts';

const LEAVES_LOOP = new Set([...JUMPS, ...DYNAMIC]);
/** Commands by which a function, or a file that is read, may be left. */
export const LEAVES_FUNCTION: ReadonlySet<string> = new Set(['return', ...DYNAMIC]);
const ENDS_SHELL = new Set(['exit', 'exec', ...DYNAMIC]);

/** True if the text tells that this is `exit` with a status other than 0: as `set -e`, it ends the shell by a failure. */
function exitsInFailure(command: Command): boolean {
  const [value, ...more] = argumentValues(command);
  return command.name?.text === 'exit' && more.length === 0 && /^[1-9]\d?\d?$/.test(value ?? '') && Number(value) < 256;
}

/** True if the nodes may end the shell, by what they say; `failing`: also in failure. */
function mentionsExit(nodes: readonly SyntaxNode[], failing: boolean): boolean {
  return nodes.some((node) =>
    some(node, (child) => {
      if (child.type !== 'Command') return false;
      const name = commandName(child);
      return name === null || (ENDS_SHELL.has(name ?? '') && (failing || !exitsInFailure(child)));
    }),
  );
}

/** Commands that print little or nothing, whatever they do. */
const QUIET = new Set(
  ': true false [ test cd local export readonly unset shift read mapfile readarray let sleep wait umask echo printf mkdir rmdir rm mv cp ln touch chmod'.split(
    ' ',
  ),
);

/**
 * True if the shell may end here without an edge of the machine for it: the state fails, and its Catch leads on. That loses what
 * a substitution has captured. In a function, which one may call, it is for commands that print little; at the top level for all.
 */
function endsByCatch(context: Context, command?: Command, without: readonly SyntaxNode[] = []): boolean {
  if (context.enclosure) return false;
  if (!context.function) return true;
  if (!command) return false;
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

/** True if a handler that the script's own signal sets off may leave descriptors open. */
const handlerHolds = ({ text }: Lowering): boolean => /\btrap\b/.test(text) && /\bexec\b|\{\w+\}[<>]/.test(text);

/** `$$` as a part of some name. */
const NAMED = /[\w./-]\$(?:\$|\{\$\})|\$(?:\$|\{\$\})[\w./-]/;

/** Commands whose words are for later. */
const WRITES: ReadonlySet<string> = new Set(['echo', 'printf', 'trap']);

/** True if `$$` in the text of a node is to stay: it may send signals to that, or defines functions that are shown. */
function staysId({ text }: Lowering, node: SyntaxNode): boolean {
  const here = text.slice(node.pos, node.end);
  return keepsIds(here, text) && (maySignalItself(here) || some(node, ({ type }) => type === 'Function'));
}

/** True if a `kill` may be run with a node: not where one is only written, into a file or a handler. */
function runsKill(lowering: Lowering, node: SyntaxNode): boolean {
  if (!staysId(lowering, node)) return false;
  const only = soleCommand([node]);
  if (!only || !WRITES.has(commandName(only) ?? '')) return true;
  const [, ...signals] = commandName(only) === 'trap' ? argumentValues(only) : [];
  const runsHere = signals.some((signal) => signal === null || /^(SIG)?(ERR|DEBUG|RETURN)$/i.test(signal));
  return runsHere || some(only, (n) => SHELLS.has(n.type));
}

/** True in the script's own shell, outside of redirections that end with a command. */
const isScriptsOwn = ({ graph, enclosure, regions }: Context): boolean =>
  graph === 0 && !enclosure && regions.length === 0;

/** True after the script's last command: its shell ends there, and so runs the EXIT trap itself. */
function endsScript(lowering: Lowering, context: Context, last: SyntaxNode): boolean {
  return (
    lowering.tail !== undefined &&
    last.end === lowering.tail &&
    isScriptsOwn(context) &&
    !context.function &&
    !context.ignore &&
    !context.dynamicIgnore &&
    context.loops.length === 0
  );
}

/** Matches where a script may have its shell show what it reads. */
const SHOWS_TEXT = /\bset\s[^\n;]*-\w*v|\bverbose\b/;

/** The comments behind the script's last command, where its shell shows what it reads. */
function shownBehind({ text }: Lowering, { end }: SyntaxNode): string[] {
  const rest = text.slice(end);
  return rest.includes('#') && textMatches(text, SHOWS_TEXT) && /^;?(?:[ \t\n]|#[^\n]*(?=\n|$))*$/.test(rest)
    ? [rest]
    : [];
}

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
    /** The text holds what follows the command, too. */
    carries?: boolean;
    unseen?: Unseen;
    untraced?: boolean;
  } = {},
): StepInstruction {
  const { facts, builder } = lowering;
  const last = nodes[nodes.length - 1]!;
  const single = soleCommand(nodes);
  const undoes = single !== undefined && leavesCalls(lowering, context);
  const here = lowering.text.slice(nodes[0]!.pos, last.end);
  const mentionsKill = nodes.some((node) => staysId(lowering, node));
  const kills =
    mentionsKill ||
    nodes.some((node) => {
      const only = soleCommand([node]);
      const inOwnShell = context.graph === 0 && !context.enclosure;
      return signalsShell(lowering, node) || (inOwnShell && only !== undefined && replacesShell(only));
    });
  // A program in the shell's place has its process id; a name that was made with `$$` before has the script's.
  const self = kills && (mentionsKill ? nodes.some((node) => runsKill(lowering, node)) : !NAMED.test(here));
  const ends = !extra.call && !extra.carries && endsScript(lowering, context, last);
  // `exec` of a program that is not there leaves its redirections behind, where the shell survives it.
  const survives = (node: SyntaxNode): boolean => replacesShell(node) && lowering.text.includes('execfail');
  const mayHold =
    !ends &&
    ((kills && handlerHolds(lowering)) ||
      nodes.some(
        (node) => some(node, (n) => holdsDescriptors(lowering, n) || survives(n)) || calledHolds(lowering, node),
      ));
  // A handler that the script's own signal sets off jumps as the script itself does.
  const handled = kills && facts.trapJumps;
  const mentions = (names: ReadonlySet<string>): boolean => nodes.some((node) => mentionsCommand(node, names));
  const loops = context.loops.length > 0 && (handled || mentions(LEAVES_LOOP)) ? context.loops.length : 0;
  const judged = facts.errexit && !context.ignore && !undoes;
  const expects: string[] = [];
  if (mentionsExit(nodes, !endsByCatch(context)) || (judged && !endsByCatch(context, single, extra.without)))
    expects.push('exit');
  if ((context.function || context.reading) && (handled || mentions(LEAVES_FUNCTION))) expects.push('return');
  if (loops > 0) expects.push('break', 'continue');
  if (extra.call) expects.push('call');
  const plain =
    extra.text ??
    cut(lowering.text, nodes, {
      edits: [...(extra.edits ?? []), ...unechoed(lowering, nodes)],
      mark: true,
      self,
      verbatim: facts.whole !== undefined,
    });
  if (ends) plain.push(...shownBehind(lowering, last));
  const grouped = !ends && !extra.text && extra.grouped !== false && readsDocumentsLast(lowering, nodes);
  const text: TextPart[] = grouped
    ? ['{ ', ...plain.filter((part) => part[0] !== 'mark'), '\n}', ['mark']]
    : extra.grouped && nodes.length > 1
      ? ['{ ', ...plain, '\n}']
      : plain;
  const needs = needsIn(lowering);
  const safe =
    !ends &&
    !extra.carries &&
    !kills &&
    !mayHold &&
    loops === 0 &&
    !facts.xtrace &&
    forkSafe(lowering, nodes, (extra.edits?.length ?? 0) > 0, needs);
  // Command lines of the script's, or of a file's: the shell reads one after the other.
  const lines = extra.grouped === false ? groupByLine(lowering.text, nodes as readonly Statement[]) : [];
  const inner =
    lines.length > 1 ? { ...context, lastLine: lastLineOf(lowering.source, lines[lines.length - 1]!) } : context;
  const forked = safe ? needs.plan : undefined;
  const depth = loops > 0 && !extra.leave ? { depth: 'depth' } : undefined;
  const instruction = emitStep(lowering, inner, {
    kind: 'command',
    nodes,
    text,
    lines: lines.length > 1,
    label: single ? commandLabel(single) : nodesLabel(nodes),
    fork: forked?.fork,
    forkIf: forked?.forkIf,
    hold: mayHold && context.regions.length === 0,
    loops,
    program: single && programOf(single),
    reason: extra.reason,
    // What follows may need other rights than the command: such a step is not deployed.
    streams: extra.carries || (mayHold && single !== undefined && commandName(single) === 'exec'),
    expects: extra.leave || ends ? [] : expects,
    keeps: extra.call ? { ...depth, target: 'target' } : depth,
    calls: extra.call?.functions,
    dynamic: extra.call?.words,
    reads: extra.call?.reads,
    unseen: extra.unseen,
    untraced: extra.untraced,
    leave: extra.leave,
    scope: extra.scope,
    without: extra.without,
    ends,
    replaces: single && isScriptsOwn(context) ? replacedBy(lowering, single) : undefined,
    returns: single && context.function && !context.reading ? returnedStatus(lowering, single) : undefined,
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
function soleCommand(nodes: readonly SyntaxNode[]): Command | undefined {
  if (nodes.length !== 1) return undefined;
  let node: SyntaxNode = nodes[0]!;
  if (node.type === 'Statement' && !node.background) node = node.command;
  return node.type === 'Command' ? node : undefined;
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
    expects: lowering.facts.errexit && !context.ignore && !endsByCatch(context) ? ['exit'] : [],
  });
  lowering.own.add(command);
  leaveByControl(lowering, context, instruction, label);
}
