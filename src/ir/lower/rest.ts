/**
 * What the script does behind a command that evaluates a text which only run time knows. Where that text ties what follows to
 * its shell (it starts jobs, asks for `$$`, opens descriptors), that shell goes on to the end of the script.
 */
import type { Rest, TextPart } from '../../bundle.ts';
import type {
  AndOr,
  ArithmeticFor,
  Command,
  CompoundList,
  For,
  FunctionNode,
  If,
  Pipeline,
  Place,
  Redirection,
  Script,
  Statement,
  SyntaxNode,
  While,
} from '../../parse/ast.ts';
import { contains, isList, isOneCommand, LOOPS, literalValue, some, walk } from '../../parse/ast.ts';
import { commandName, DYNAMIC, setsUnknown } from '../facts.ts';
import { cut, type Edit, merge, ownsItsSource } from '../text.ts';
import { closeOverCalls, findReserved } from './asking.ts';
import { type Context, type Lowering, lineOf } from './context.ts';
import { KILLERS } from './job-commands.ts';
import { type LoopPlace, resumedText } from './resumed.ts';

/** A command whose text only run time knows. Without a rest, the script's text does not tell what follows it. */
export interface Unseen {
  redirections: string;
  /** Put together when it is asked for: most runs need none of it. */
  rest?: () => Rest;
  /** The text may show no process id but in the script's own shell. */
  besideIds: boolean;
  /** What has to do with jobs, functions of the script among it: a text that names one may, too. */
  names: readonly string[];
  /** Functions of the script that nothing else can call. */
  uncalled: readonly string[];
}

/**
 * Answers nothing of a command that is another, or where the text does not tell where the script goes on; but for a loop of the
 * script's own level beside process ids: what would show one there ends the run.
 */
export function unseenText(lowering: Lowering, context: Context, command: Command): Unseen | undefined {
  const { options, isolated, sites, facts } = lowering;
  if (options.granularity !== 'command' && !isolated.has(command) && !sites.has(command)) return undefined;
  if (!goesOn(context)) return undefined;
  const besideIds = facts.besideIds.includes(command);
  const known = isUnseen(lowering, command, true);
  const inLoop = context.loops.length > 0 && !context.function;
  if (!known && !(besideIds && inLoop && isAsked(lowering, command))) return undefined;
  return {
    besideIds,
    names: facts.startsJobs ? [...KILLERS, ...findReserved(lowering.script, facts.functions)] : [],
    uncalled: facts.uncalled,
    redirections: command.redirects.map(({ pos, end }) => lowering.text.slice(pos, end)).join(' '),
    ...(known ? { rest: restBehind(lowering, command, context.graph, true) } : {}),
  };
}

/** What follows a call by name, if it may come to such a command; nothing where the text does not tell that. */
export function restOfCall(lowering: Lowering, context: Context, command: Command): (() => Rest) | undefined {
  if (lowering.options.granularity !== 'command' || !goesOn(context) || !isUnseenCall(lowering, command, true))
    return undefined;
  lowering.judging.add(command);
  return restBehind(lowering, command, context.graph, false);
}

/**
 * True of a call by name that may come to such a command, where the text tells what follows it.
 * @param inShells in a shell of its own, too
 */
export const isUnseenCall = (lowering: Lowering, command: Command, inShells = false): boolean =>
  readersOf(lowering).has(commandName(command) ?? '') &&
  command.prefix.length === 0 &&
  command.redirects.length === 0 &&
  isFollowed(lowering, command, inShells);

/** Neither in redirections nor in a library, where a shell could not go on. */
const goesOn = ({ reading, dynamicIgnore, regions }: Context): boolean =>
  !reading && !dynamicIgnore && regions.length === 0;

/** @param arrives the shell that goes on is there with the command, and not with a call that this makes */
const restBehind = (lowering: Lowering, command: Command, graph: number, arrives: boolean) => (): Rest => {
  const rest = new RestText(lowering, command, (nodes, edits) => cut(lowering.text, nodes, { edits }), {
    graph,
    arrives,
  });
  rest.find();
  return { open: merge(rest.open), text: merge(rest.text), ...(rest.resumes ? { resumes: true } : {}) };
};

/** True if the text tells what follows a command, be it nothing, in the script or in the function around it. */
function isFollowed(lowering: Lowering, command: Command, inShells: boolean): boolean {
  const rest = new RestText(lowering, command, () => ['']);
  return (inShells || !rest.shell) && rest.find();
}

const known = new WeakMap<Lowering, ReadonlySet<string>>();

/** The functions that evaluate such a text, or call such a function. */
function readersOf(lowering: Lowering): ReadonlySet<string> {
  let readers = known.get(lowering);
  if (!readers) {
    const reads = (node: SyntaxNode): boolean => node.type === 'Command' && isUnseen(lowering, node);
    known.set(lowering, (readers = closeOverCalls(lowering.facts.functions, reads)));
  }
  return readers;
}

/** The commands of the script that are such. */
export function findIsolated(lowering: Lowering): ReadonlySet<Command> {
  const found = new Set<Command>();
  walk(lowering.script, (node) => {
    // Loops stay together.
    if (node.type === 'Function' || LOOPS.has(node.type) || ownsItsSource(node)) return false;
    if (node.type === 'Command' && !lowering.sites.has(node) && isUnseen(lowering, node)) found.add(node);
    return undefined;
  });
  return found;
}

/** True of a command that evaluates a text of run time, of which the words can be expanded before it is executed. */
function isAsked({ facts }: Lowering, command: Command): boolean {
  const { name, args, prefix, redirects } = command;
  const loads = name?.text === 'enable' && facts.judged.includes(command);
  if (facts.whole || prefix.length > 0 || !redirects.every(isPlain)) return false;
  // The trace shows what substitutions do, where the words are expanded without one.
  if (facts.xtrace && args.some((arg) => some(arg, ({ type }) => type === 'CommandExpansion'))) return false;
  // One that fails ends a shell in POSIX mode.
  if (facts.posix && redirects.length > 0) return false;
  if (!name || name.text !== commandName(command) || facts.functions.has(name.text)) return false;
  if (!DYNAMIC.has(name.text) && !loads && !setsUnknown(command)) return false;
  if (args.some((arg) => some(arg, (n) => n.type === 'ProcessSubstitution'))) return false;
  // No other word than `eval` may have lists for arguments.
  if (args.some((arg) => arg.type === 'Word' && isList(arg))) return false;
  // What the text shows is judged with it.
  return name.text !== 'eval' || args.some((arg) => arg.type !== 'Word' || literalValue(arg) === null);
}

/**
 * True of such a command where the text tells what follows it.
 * @param inShells in a shell of its own, too, which goes on to its end
 */
export function isUnseen(lowering: Lowering, command: Command, inShells = false): boolean {
  const { facts } = lowering;
  if (!isAsked(lowering, command)) return false;
  const rest = new RestText(lowering, command, () => ['']);
  if ((rest.shell && (!inShells || facts.errTrap)) || !rest.find()) return false;
  // A function goes on behind its caller's command; traps that it does not have are its caller's again.
  return rest.around && !rest.shell ? !facts.errTrap : rest.text.length > 0;
}

interface Around {
  /** The innermost function. */
  around?: FunctionNode;
  /** The innermost shell of its own, if that is in the function. */
  shell?: Shell;
  /** What the shell does is not judged by `set -e`, as far as the function or the script tells. */
  ignored: boolean;
}

/** What a command stands in. */
function findAround(script: Script, command: Command): Around {
  let found: Around = { ignored: false };
  let ignored = false;
  const covers = (part: Place): boolean => contains(part, command);
  walk(script, (node) => {
    if (!covers(node) || node === command || ownsItsSource(node)) return false;
    if (isCondition(node, covers)) ignored = true;
    let shell: Shell | undefined;
    if (node.type === 'Subshell') shell = node.body.commands;
    if (node.type === 'CommandExpansion') shell = node.script?.commands ?? [];
    if (node.type === 'ProcessSubstitution') shell = [];
    if (node.type === 'Pipeline' && node.commands.length > 1) shell = node.commands.find(covers);
    if (shell) found = { ...found, shell, ignored };
    if (node.type === 'Function') {
      ignored = false;
      found = { around: node, ignored };
    }
    return undefined;
  });
  return found;
}

/** True if what is in a node, in the part that `covers` tells, is there for its status. */
function isCondition(node: SyntaxNode, covers: (part: Place) => boolean): boolean {
  switch (node.type) {
    case 'AndOr':
      return !covers(node.commands.at(-1)!);
    case 'If':
      return [node, ...node.elif].some(({ clause }) => covers(clause));
    case 'While':
      return covers(node.clause);
    case 'Pipeline':
      return node.prefixes.some(({ type }) => type === 'Negation');
    default:
      return false;
  }
}

/** What a shell of its own runs: a list, or a stage of a pipeline. */
type Shell = readonly Statement[] | SyntaxNode;

/** A redirection that may be performed twice. */
const isPlain = (node: Redirection): boolean =>
  node.type === 'Redirect' &&
  node.descriptor?.type !== 'FileDescriptorVariable' &&
  node.target !== undefined &&
  literalValue(node.target) !== null;

/** Collects the text behind a command, from the inside to the outside; each part stands on its own line. */
class RestText {
  readonly text: TextPart[] = [];
  /** What stands before the command and ends in the text. */
  open: TextPart[] = [];
  resumes = false;
  /** The function that the command stands in. */
  readonly around: FunctionNode | undefined;
  /** The shell that it stands in, if that is neither the script's nor that of a call. */
  readonly shell: Shell | undefined;
  private readonly ignored: boolean;
  private readonly lowering: Lowering;
  private readonly command: Command;
  private readonly cut: (nodes: readonly SyntaxNode[], edits?: Edit[]) => TextPart[];
  private readonly place: LoopPlace;
  private line: number;

  constructor(
    lowering: Lowering,
    command: Command,
    cutOut: RestText['cut'],
    place: LoopPlace = { graph: 0, arrives: true },
  ) {
    this.place = place;
    this.lowering = lowering;
    this.cut = cutOut;
    this.command = command;
    const { around, shell, ignored } = findAround(lowering.script, command);
    this.around = around;
    this.shell = shell;
    this.ignored = ignored;
    this.line = lineOf(lowering, command.pos);
  }

  /** Finds what stands behind the command in the script, or in the function around it; false where the command is in that otherwise. */
  find(): boolean {
    const { around, shell } = this;
    if (shell) return this.inShell(shell);
    if (!around) return this.behind(this.lowering.script.commands);
    return around.body.type === 'BraceGroup' && this.behind(around.body.body.commands);
  }

  /** In such a shell, what gives up a command line ends all. */
  private inShell(shell: Shell): boolean {
    if (!('type' in shell ? this.inside(shell) : this.behind(shell))) return false;
    if (this.text.length === 0) return true;
    // Callers may not judge it by `set -e`.
    if (this.around && this.lowering.facts.errexit) return false;
    this.enclose();
    // A loop over nothing is no command to a DEBUG trap.
    if (this.ignored) this.push([' && for __sh2sfn_n in; do :; done']);
    if (this.around) this.push(['; builtin exit']);
    return true;
  }

  /** Adds what of a list stands behind the command; false where the command is in it otherwise. */
  private behind(statements: readonly Statement[]): boolean {
    const at = statements.findIndex((statement) => this.within(statement));
    if (at < 0 || statements[at]!.background || !this.inside(statements[at]!.command)) return false;
    this.add(statements.slice(at + 1));
    return true;
  }

  private within(part: Place): boolean {
    return contains(part, this.command);
  }

  private inside(node: SyntaxNode): boolean {
    if (node === this.command) return true;
    switch (node.type) {
      case 'AndOr':
        return this.list(node);
      case 'Pipeline':
        return this.pipeline(node);
      case 'BraceGroup':
        return this.group(node.body.commands);
      case 'If':
        return this.branch(node);
      case 'Case': {
        const item = node.items.find((one) => this.within(one));
        return item !== undefined && !/&/.test(item.terminator ?? '') && this.group(item.body.commands);
      }
      case 'While':
      case 'For':
      case 'ArithmeticFor':
        return this.loop(node);
      default:
        return false;
    }
  }

  /** The loop goes on from the command. */
  private loop(node: While | For | ArithmeticFor): boolean {
    const { lowering, command, place } = this;
    const resumed = resumedText(lowering, node, command, place);
    if (!resumed) return false;
    this.open = resumed.open;
    this.resumes = true;
    this.line = lineOf(lowering, node.end);
    this.text.push(...resumed.text);
    return true;
  }

  private pipeline(node: Pipeline): boolean {
    if (!isOneCommand(node) || !this.inside(node.commands[0]!)) return false;
    if (node.prefixes.length > 0) this.open.unshift('! ');
    return true;
  }

  private list(node: AndOr): boolean {
    const one = node.commands.find((command) => this.within(command));
    if (!one || !this.inside(one)) return false;
    if (one.end < node.end) this.push(this.cut([node], [{ start: node.pos, end: one.end, parts: [] }]));
    return true;
  }

  private branch(node: If): boolean {
    const clause = [node, ...node.elif].map((one) => one.clause).find((one) => this.within(one));
    if (clause) return this.condition(node, clause);
    const bodies = [node.then, ...node.elif.map((one) => one.then), ...(node.else ? [node.else] : [])];
    const body = bodies.find((one) => this.within(one));
    return body !== undefined && this.group(body.commands);
  }

  /** A command of a condition: what was before it, has run. */
  private condition(node: If, { commands }: CompoundList): boolean {
    const list = commands.find((one) => this.within(one))!.command;
    const parts: readonly SyntaxNode[] = list.type === 'AndOr' ? list.commands : [list];
    const part = parts.find((one) => this.within(one))!;
    if (!this.inside(part)) return false;
    this.open.unshift('if ');
    this.push(this.cut([node], [{ start: node.pos, end: part.end, parts: [] }]));
    return true;
  }

  private group(statements: readonly Statement[]): boolean {
    if (!this.behind(statements)) return false;
    this.enclose();
    return true;
  }

  private enclose(): void {
    this.open.unshift('{ ');
    this.push([`${this.joint()}}`]);
  }

  private add(statements: readonly Statement[]): void {
    if (statements.length === 0) return;
    const down = lineOf(this.lowering, statements[0]!.pos) - this.line;
    this.push([down > 0 ? '\n'.repeat(down) : this.joint(), ...this.cut(statements)]);
  }

  /** What ends the command before. */
  private joint(): string {
    const last = this.text.at(-1);
    const before = typeof last === 'string' ? last.replace(/[ \t]+$/, '') : '';
    if (before.endsWith('\n')) return '';
    return before.endsWith('&') ? ' ' : '; ';
  }

  private push(parts: readonly TextPart[]): void {
    this.text.push(...parts);
    for (const part of parts) if (typeof part === 'string') this.line += part.split('\n').length - 1;
  }
}
