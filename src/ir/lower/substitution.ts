/**
 * Command substitutions as steps of their own: the substitution's commands run before the command that uses their
 * output, and its text becomes an expansion of the captured bytes in the same quotes.
 */
import type { TextPart } from '../../bundle.ts';
import {
  type ArithmeticCommand,
  type Assignment,
  type Command,
  contains,
  type HereDoc,
  literalValue,
  type ParsedScript,
  type Redirection,
  type Script,
  type Statement,
  type SyntaxNode,
  search,
  some,
  type TestCommand,
  type Word,
  walk,
} from '../../parse/ast.ts';
import { equals, variable } from '../expression.ts';
import { cut, type Edit, ownsItsSource } from '../text.ts';
import { verbatim } from '../text-search.ts';
import { type Context, type Lowering, lineOf, unique } from './context.ts';
import { countedLine } from './counted-line.ts';
import { mayHaveAttributes } from './definite.ts';
import { enterEnclosure } from './enclosure.ts';
import { EvaluationOrder, type Hoistable, type Substitution } from './evaluation.ts';
import { runsProgram } from './fork-safe.ts';
import { joinsWords } from './joined-words.ts';
import { emitEscaped, emitLeaf } from './leaf.ts';
import { lowerStatements } from './list.ts';
import { mayOutlive, mentionsOwnProcess, signalsShell, turnsErrexitOn } from './shell-effects.ts';
import { listsTraps, losesTrap, setsTrap } from './shell-traps.ts';
import { mustSplit } from './split.ts';
import { emitStep } from './step.ts';
import { expansionInTrace, runsCommands, showsFirst, traceFirst, traceHead } from './trace.ts';

/** What bash prints on several lines. */
const LINED: ReadonlySet<string> = new Set(['If', 'While', 'For', 'ArithmeticFor', 'Case', 'Select', 'Function']);

const startsJob = (node: SyntaxNode): boolean => node.type === 'Statement' && node.background === true;

/** Redirections that cannot fail, so that nothing tells their line. */
const isSilent = (redirect: Redirection): boolean =>
  redirect.type === 'Redirect' &&
  /^[<>]&\d$|^>{1,2}\/dev\/null$/.test(redirect.operator + (redirect.target?.text ?? ''));

/** True of a node that bash prints on several lines, or may, or whose redirections have another line. */
function isLined({ text }: Lowering, node: SyntaxNode): boolean {
  if (node.type === 'Redirected') return !node.redirects.every(isSilent);
  if (node.type !== 'BraceGroup' && node.type !== 'Subshell') return LINED.has(node.type);
  return text.slice(node.pos, node.end).includes('\n') || some(node, startsJob);
}

/** Matches where messages go where a descriptor or a device leads. */
const MESSAGES = /(?<!\d)2>>?\s*(?:&\s*["']?[\d$]|["']?\/(?:dev|proc)\/(?!null))|&>/.source;

/** What may show in the output on which line a command stands. */
const SHOWS_LINES = new RegExp(`LINENO|${MESSAGES}|\\|&`);

/** Where messages go nowhere. */
const NO_OUTPUT = /&?>>?\s*\/dev\/null\b(\s+2>&1(?!\d))?/g;

/** Where messages go that a file keeps, too. */
const KEPT = `(?:${MESSAGES}|(?<!\\d)2>>?\\s*(?!&|["']?/dev/null\\b)\\S|\\|&)`;

/** The script sends its own messages where its output goes, or those of a compound command. */
const MESSAGES_AS_OUTPUT = new RegExp(
  `\\bexec\\b[^\\n#]*(?:${MESSAGES})|(?:[})]|\\b(?:done|fi|esac))[ \\t]*(?:[<>][^\\n;|]*?)?${KEPT}`,
);

const shown = new WeakMap<Script, boolean>();

/** What commands print to standard error may show in the output, or in a file. */
function showsMessages({ script, text, facts }: Lowering): boolean {
  let shows = shown.get(script);
  if (shows === undefined) {
    const heard = text.replace(NO_OUTPUT, '');
    const names = [...facts.functions.keys()].map(verbatim).join('|');
    shows =
      MESSAGES_AS_OUTPUT.test(heard) ||
      (names !== '' && new RegExp(`(?<![\\w.-])(?:${names})(?![\\w.-])[^\\n;|&]*?${KEPT}`).test(heard));
    shown.set(script, shows);
  }
  return shows;
}

/** Something outside of a substitution may tell the line of a command in it: a function its caller's, a handler, or a trace. */
const tellsLines = ({ text, unsplit, facts }: Lowering): boolean =>
  [text, unsplit].some((one) => /\bBASH_LINENO\b|(?<![\w.-])caller(?![\w.-])/.test(one)) ||
  ((facts.errTrap || facts.xtrace) && text.includes('LINENO'));

/** A string that bash prints with its characters, of which one may be a newline. */
const PRINTED_LINES = /\$'(?:[^'\\]|\\.)*?\\[nx0-7uUc]/;

/** Tells whether the commands of a substitution in `node` are worth steps, and can be. */
export function wantedIn(lowering: Lowering, node: SyntaxNode): (part: Substitution) => boolean {
  // What stands in its place would show.
  if (lowering.facts.commandText) return () => false;
  return (part) => wantsSteps(lowering, part, node) || escapedCommand(lowering, part) !== undefined;
}

function wantsSteps(lowering: Lowering, part: Substitution, node: SyntaxNode): boolean {
  const script = part.script;
  if (!script || ownsItsSource(script) || script.commands.length === 0) return false;
  // What stands in the place of backticks would make the `$` before them the first half of `$$`.
  if (lowering.text[part.pos - 1] === '$') return false;
  // `${ …; }` is a substitution to bash 5.3 and an error to those before: the bash that runs the step decides.
  const text = part.text.replaceAll('\\\n', '');
  if (text.startsWith('$((') || text.startsWith('${')) return false;
  if (listsTraps(lowering, script) || mentionsOwnProcess(lowering, script)) return false;
  if (setsTrap(lowering, script) || losesTrap(lowering, script)) return false;
  if (signalsShell(lowering, script)) return false;
  // Bash reads until the last writer has closed the pipe, be it one that nobody waits for.
  if (mayOutlive(lowering, script)) return false;
  // Within a substitution, bash counts from the line of the command around it, and the lines of its own print, in a
  // here-document those of the script: its messages say so, too.
  const counted = countedLine(lowering, node);
  if (counted !== undefined && standsInDocument(part, node)) shiftedBy.set(part, counted - lineOf(lowering, part.pos));
  else if (
    part.text.includes('\n') ||
    PRINTED_LINES.test(part.text) ||
    some(script, (n) => isLined(lowering, n)) ||
    counted !== lineOf(lowering, part.pos)
  ) {
    const known = counted !== undefined && countsLines(lowering, part, script, counted);
    const shows = (): boolean =>
      SHOWS_LINES.test(part.text.replace(NO_OUTPUT, '')) || showsMessages(lowering) || tellsLines(lowering);
    if (!known && shows()) return false;
  }
  if (losesSeparator(lowering, script) || (text.startsWith('$(') && misplacesDocument(script))) return false;
  if (joinsWords(lowering, part, node) || asksForItself(lowering, part, node)) return false;
  const only = script.commands[0]!.command;
  if (
    script.commands.length === 1 &&
    only.type === 'Command' &&
    !only.name &&
    only.prefix.every((p) => p.type !== 'Assignment')
  )
    return false; // $(<file)
  return mustSplit(lowering, script);
}

/**
 * True if errexit may end what these nodes substitute although it is ignored around: bash passes that on to the substitutions
 * in a simple command's words and the operands of `[[ … ]]` (`comsub_ignore_return`), and to no others.
 */
export const judgesSubstitutions = (lowering: Lowering, context: Context, nodes: readonly SyntaxNode[]): boolean =>
  lowering.facts.errexit &&
  (context.ignore || context.dynamicIgnore === true || context.function !== undefined || context.graph > 0) &&
  nodes.some(
    (node) =>
      some(node, ({ type }) => type === 'CommandExpansion' || type === 'ArithmeticCommandExpansion') &&
      (lowering.facts.posix || lowering.text.includes('inherit_errexit') || turnsErrexitOn(lowering, node)),
  );

/** The line that bash counts all commands of a substitution on, where that is another than they stand on and may show. */
const countedOn = new WeakMap<Substitution, number>();

/** How many lines further on bash counts the commands of a substitution than they stand. */
const shiftedBy = new WeakMap<Substitution, number>();

/**
 * True if a substitution in a list asks whether there is the array that the list is assigned to: bash makes that before it
 * expands the list.
 */
const asksForItself = ({ facts }: Lowering, part: Substitution, node: SyntaxNode): boolean =>
  node.type === 'Command' &&
  node.prefix.some(
    (p) =>
      p.type === 'Assignment' &&
      p.value.type !== 'Word' &&
      contains(p, part) &&
      part.text.includes(p.name) &&
      (/\b(declare|typeset|local|set|compgen)\b|(\btest|\[)\s([^\n]*\s)?-[vR]\s/.test(part.text) ||
        (facts.nounset && part.text.includes(`#${p.name}[`))),
  );

const standsInDocument = (part: Substitution, node: SyntaxNode): boolean =>
  node.type === 'Command' &&
  node.redirects.some((r) => r.type === 'HereDoc' && r.body.pos <= part.pos && part.end <= r.body.end);

/**
 * Notes on which lines bash counts the commands of a substitution, from `counted` on; false if that is not known. It prints
 * one statement on one line, whatever stands between its commands, and keeps the newlines that end one of several.
 */
function countsLines(lowering: Lowering, part: Substitution, script: ParsedScript, counted: number): boolean {
  if (!part.text.startsWith('$(') || PRINTED_LINES.test(part.text)) return false;
  const { commands } = script;
  const isOneLine = ({ pos, end }: SyntaxNode): boolean => !lowering.text.slice(pos, end).includes('\n');
  // The documents of one command stand behind it in that print, too.
  const [only] = commands.length === 1 ? commands : [];
  const documents: readonly SyntaxNode[] = only?.command.type === 'Command' ? only.command.redirects : [];
  const unknown = some(script, (node) => {
    if (node.type === 'HereDoc' && documents.includes(node)) return substitutions(node);
    if (isLined(lowering, node) || node.type === 'HereDoc' || node.type === 'ProcessSubstitution') return true;
    return /^(?:Command|CommandExpansion|TestCommand|ArithmeticCommand)$/.test(node.type) && !isOneLine(node);
  });
  if (unknown) return false;
  if (commands.length === 1) countedOn.set(part, counted);
  else {
    const keepsLines = commands.every((statement, index) => {
      if (index === 0) return isOneLine(statement);
      const between = lowering.text.slice(commands[index - 1]!.end, statement.pos);
      return isOneLine(statement) && (!between.includes('\n') || /^[ \t]*(?:#.*)?\n[ \t]*$/.test(between));
    });
    if (!keepsLines) return false;
    shiftedBy.set(part, counted - lineOf(lowering, commands[0]!.pos));
  }
  return true;
}

/** Commands whose here-documents bash prints right behind their line, whatever stands around the statement. */
function printsDocuments({ command, background }: Statement): SyntaxNode[] {
  const operands = command.type === 'AndOr' ? command.commands : [command];
  return operands.flatMap((operand, index) => {
    const stages = operand.type === 'Pipeline' ? operand.commands : [operand];
    // What ends a connection of two commands is printed with it, and then the operator behind it on a line of its own.
    const ends = index > 0 || stages.length > 1;
    const follows = background || index + 1 < operands.length;
    return ends && follows ? stages.slice(0, -1) : stages;
  });
}

/** True if a here-document of a substitution may not stand where bash expects it in its own print of the commands. */
function misplacesDocument(script: ParsedScript): boolean {
  const placed = new Set(script.commands.flatMap(printsDocuments));
  let misplaced = false;
  for (const statement of script.commands) {
    walk(statement, (node) => {
      if (node.type === 'CommandExpansion' || node.type === 'ProcessSubstitution') {
        misplaced ||= node.script !== undefined && misplacesDocument(node.script);
        return false;
      }
      if ((node.type === 'Command' || node.type === 'Redirected') && !placed.has(node))
        misplaced ||= node.redirects.some(({ type }) => type === 'HereDoc');
      return undefined;
    });
  }
  return misplaced;
}

/**
 * True if a `;` stands behind a here-document: bash runs its own print of the commands, in which the first such `;` is
 * missing, so that `a; b` is one command.
 */
function losesSeparator(lowering: Lowering, script: ParsedScript): boolean {
  const documents: HereDoc[] = [];
  walk(script, (node) => {
    if (node.type === 'HereDoc') documents.push(node);
  });
  if (documents.length === 0) return false;
  const first = Math.min(...documents.map(({ pos }) => pos));
  const between = (start: number, end: number): string => {
    let text = '';
    let at = start;
    for (const { body, closing } of documents) {
      if (body.pos < at || body.pos >= end) continue;
      text += lowering.text.slice(at, body.pos);
      at = closing?.end ?? body.end;
    }
    return text + lowering.text.slice(at, end);
  };
  documents.sort((a, b) => a.body.pos - b.body.pos);
  return some(script, (node) => {
    if (!('commands' in node) || node.type === 'Pipeline' || node.type === 'AndOr') return false;
    return node.commands.some(
      ({ end }, index) =>
        index + 1 < node.commands.length &&
        node.commands[index + 1]!.pos > first &&
        between(end, node.commands[index + 1]!.pos).includes(';'),
    );
  });
}

/**
 * The command of escaped backticks, which are a text of their own, where that is a program that runs as it stands: on one
 * line, with words that change nothing and cannot fail.
 */
function escapedCommand(lowering: Lowering, part: Substitution): Command | undefined {
  const { script } = part;
  if (lowering.options.granularity !== 'command' || lowering.facts.whole || lowering.facts.xtrace) return undefined;
  if (!script || !ownsItsSource(script) || script.commands.length !== 1 || part.text.includes('\n')) return undefined;
  const [statement] = script.commands;
  const command = statement!.command;
  if (statement!.background || command.type !== 'Command' || command.redirects.length > 0) return undefined;
  // A backslash at the end of a text stands for itself, and a comment goes to the end of its line; nothing may follow them.
  if (/(?:^|\s)#/.test(script.source ?? '')) return undefined;
  if (/(?<!\\)(?:\\\\)*\\$/.test(script.source ?? '')) return undefined;
  if (!runsProgram(lowering, command)) return undefined;
  const special = (node: SyntaxNode): boolean =>
    node.type === 'CommandExpansion' ||
    ('text' in node && typeof node.text === 'string' && /\$\$|LINENO|PPID|BASH/.test(node.text));
  return some(command, special) ? undefined : command;
}

/** Finds the substitutions of a compound command's words, which are expanded in turn; undefined if none can be hoisted. */
export function findHoistable(lowering: Lowering, node: SyntaxNode, words: readonly Word[]): Hoistable[] | undefined {
  const order = new EvaluationOrder(lowering, wantedIn(lowering, node));
  order.words(words);
  return order.result;
}

/** What was hoisted: the edits that put the captured bytes in their places, and the nodes that are steps of their own. */
export interface Hoisted {
  edits: Edit[];
  nodes: SyntaxNode[];
  /** A trace has shown the command already. */
  untraced?: boolean;
}

/**
 * Runs the substitutions as steps, in order; answers the edits that put the captured bytes in their places.
 * @param apart says where what stands before a substitution must be tried in a shell of its own
 */
export function hoistParts(
  lowering: Lowering,
  context: Context,
  found: readonly Hoistable[],
  apart: (part: SyntaxNode) => boolean = () => false,
): Hoisted {
  const edits: Edit[] = [];
  const nodes: SyntaxNode[] = [];
  const before: string[] = [];
  for (const { part, guards, conditions } of found) {
    const id = `c${unique(lowering)}`;
    before.push(...guards);
    // A shell of its own tries what must not end this one, or show in a trace; the command itself fails where that does.
    const alone = lowering.facts.xtrace || (apart(part) && before.length > 0);
    const tried = alone ? before : guards;
    tryFirst(lowering, context, { part, guards: [...tried], conditions }, alone, () =>
      lowerCapture(lowering, context, part, id),
    );
    // Lines are kept, for LINENO.
    const lines = lowering.text.slice(part.pos, part.end).split('\n').length - 1;
    const replaced: TextPart[] = [lines > 0 ? ['capture', id, lines] : ['capture', id]];
    // The last one's status is `$?` for what follows its expansion: a function that is called, an assignment's status.
    replaced.push(['status']);
    edits.push({ start: part.pos, end: part.end, parts: replaced });
    nodes.push(part);
  }
  return { edits, nodes };
}

/**
 * Before a substitution: a step tries what may stop the command before it, and tests whether it is evaluated at all.
 * ```
 * test ─0─▶ the substitution ─▶ command        test ─≠0─▶ command
 * ```
 */
function tryFirst(
  lowering: Lowering,
  context: Context,
  { part, guards, conditions }: Hoistable,
  alone: boolean,
  body: () => void,
): void {
  if (guards.length === 0 && conditions.length === 0) return body();
  const { builder } = lowering;
  const result = `result${unique(lowering)}`;
  const commands = [...conditions];
  if (guards.length > 0) commands.push(`builtin : ${guards.join(' ')}`);
  const text = commands.join(' && ');
  emitStep(lowering, context, {
    kind: 'command',
    nodes: [part],
    text: [alone ? `{ ( ${text}; ); } 2>/dev/null` : text, ['mark']],
    label: 'if needed',
    ignore: true,
    into: result,
    quiet: true,
    without: [part],
  });
  if (conditions.length === 0 && !alone) return body();
  const yes = builder.block('then', part.pos);
  const next = builder.block('next', part.pos);
  builder.end({
    kind: 'choice',
    construct: 'if needed',
    rules: [{ test: equals(variable(result), 0), to: yes.id }],
    otherwise: next.id,
  });
  builder.at(yes);
  body();
  builder.goto(next);
  builder.at(next);
}

/** The substitution's commands, with standard output going to the capture `id`. */
function lowerCapture(lowering: Lowering, context: Context, part: Substitution, id: string): void {
  const escaped = escapedCommand(lowering, part);
  const lineShift = (context.lineShift ?? 0) + (shiftedBy.get(part) ?? 0);
  const counted = countedOn.get(part);
  const line = counted === undefined ? context.line : counted + (context.lineShift ?? 0);
  enterEnclosure(lowering, { ...context, line, lineShift }, part, ['capture', id], ['end-capture'], (inner) => {
    const given = givenTo.get(part);
    const program = given === undefined ? undefined : programIn(lowering, part);
    if (escaped) emitEscaped(lowering, inner, part, escaped);
    else if (program)
      emitLeaf(lowering, inner, [program], { edits: [{ start: program.pos, end: program.pos, parts: [`${given} `] }] });
    else lowerStatements(lowering, inner, part.script!.commands);
  });
}

/** Hoists what the operands of `[[ … ]]` or the expression of `(( … ))` allow. */
export function hoistOperands(
  lowering: Lowering,
  context: Context,
  node: TestCommand | ArithmeticCommand,
): Hoisted | undefined {
  if (node.type === 'ArithmeticCommand' && judgesSubstitutions(lowering, context, [node])) return undefined;
  const order = new EvaluationOrder(lowering, wantedIn(lowering, node));
  if (node.type === 'TestCommand') order.test(node.expression);
  else order.arithmetic(node);
  const found = order.result;
  return found && hoistParts(lowering, context, found);
}

/** Redirections that bash performs on the way, as an evaluation order sees them. */
export function orderRedirections(order: EvaluationOrder, redirections: readonly Redirection[]): void {
  for (const redirect of redirections) {
    if (redirect.type === 'HereDoc') order.parts(redirect.delimiter?.quoted ? undefined : redirect.body.parts, true);
    else if (redirect.target) order.words([redirect.target]);
    const harmless =
      redirect.type !== 'Redirect' ||
      /^[<>]&$/.test(redirect.operator) ||
      (redirect.target && literalValue(redirect.target) === '/dev/null');
    if (!harmless) order.close();
  }
}

/** `<<-` takes tabs away from whatever stands in the document, the text of commands included. */
export function stripsCommands(redirect: Redirection): boolean {
  return (
    redirect.type === 'HereDoc' &&
    redirect.operator === '<<-' &&
    some(redirect, (n) => n.type === 'CommandExpansion' && n.text.includes('\n\t'))
  );
}

/** The substitutions of a compound command's redirections that can run before it; undefined if none can. */
export function findInRedirections(
  lowering: Lowering,
  context: Context | undefined,
  node: SyntaxNode,
  redirections: readonly Redirection[],
): Hoistable[] | undefined {
  if (!redirections.some((r) => some(r, (n) => n.type === 'CommandExpansion'))) return undefined;
  if (redirections.some(stripsCommands)) return undefined;
  if (context && judgesSubstitutions(lowering, context, redirections)) return undefined;
  const order = new EvaluationOrder(lowering, wantedIn(lowering, node));
  orderRedirections(order, redirections);
  return order.result;
}

const substitutions = (node: SyntaxNode): boolean =>
  some(node, (n) => n.type === 'CommandExpansion' || n.type === 'ArithmeticCommandExpansion');

/**
 * Hoists what assignments without a command allow. Bash performs one after the other: those before the last one, each with
 * the substitutions in it, are steps of their own where the status is that of the last one's substitution.
 */
function hoistAssigned(lowering: Lowering, context: Context, command: Command): Hoisted | undefined {
  const { facts, text } = lowering;
  const assignments = command.prefix.filter((p) => p.type === 'Assignment');
  const last = assignments.at(-1);
  if (!last || !substitutions(last)) return undefined;
  // A step's own status, or its last argument, would show.
  if (assignments.length > 1 && (facts.errTrap || facts.pipestatus || facts.lastArgument)) return undefined;
  const found = assignments.map(({ index, value }) => {
    const order = new EvaluationOrder(lowering, wantedIn(lowering, command));
    if (index && substitutions(index)) return undefined;
    const words = value.type === 'Word' ? [value] : value.elements;
    order.words(words);
    const { result } = order;
    // A trace shows the text of an array, and nothing that its elements do.
    const isShown =
      value.type === 'Word' || expansionInTrace(lowering, words, result?.map(({ part }) => part) ?? []) === 'untraced';
    return isShown ? result : undefined;
  });
  if (assignments.some((assignment, index) => !found[index] && substitutions(assignment))) return undefined;
  // Bash counts them all on the first one's line: so does each by itself where it stands on one.
  const several = assignments.length > 1;
  if (several && assignments.some((one, index) => !standsOnLine(text, one, index > 0 ? (found[index] ?? []) : [])))
    return undefined;
  const hoistOne = ({ pos, end, value }: Assignment, parts: readonly Hoistable[]): Hoisted => {
    const untraced = facts.xtrace && value.type !== 'Word';
    if (untraced) traceHead(lowering, context, command, text.slice(pos, end));
    const { edits, nodes } = hoistParts(lowering, context, parts);
    const unbroken = (part: TextPart): TextPart => (part[0] === 'capture' ? ['capture', part[1]] : part);
    return { edits: several ? edits.map((e) => ({ ...e, parts: e.parts.map(unbroken) })) : edits, nodes, untraced };
  };
  const nodes: SyntaxNode[] = [];
  assignments.slice(0, -1).forEach((assignment, index) => {
    const parts = found[index];
    const hoisted = parts && hoistOne(assignment, parts);
    nodes.push(...(hoisted?.nodes ?? []));
    emitStep(lowering, context, {
      kind: 'command',
      nodes: [command],
      text: cut(text, [assignment], { edits: hoisted?.edits, mark: true }),
      at: command.pos,
      label: `${assignment.name}=`,
      ignore: true,
      // What follows sees the status of a substitution, and otherwise the one before.
      into: hoisted ? 'status' : `result${unique(lowering)}`,
      quiet: true,
      untraced: hoisted?.untraced,
      without: [command],
    });
  });
  const hoisted = hoistOne(last, found.at(-1)!);
  if (last !== assignments[0]) hoisted.edits.push({ start: command.pos, end: last.pos, parts: [] });
  return { ...hoisted, nodes: [...nodes, ...hoisted.nodes] };
}

/** True if a node stands on one line, but for these parts. */
function standsOnLine(text: string, { pos, end }: SyntaxNode, parts: readonly Hoistable[]): boolean {
  let [at, rest] = [pos, ''];
  for (const { part } of parts) {
    rest += text.slice(at, part.pos);
    at = part.end;
  }
  return !`${rest}${text.slice(at, end)}`.includes('\n');
}

/** Variables that mean something to the shell as soon as they are assigned, or that cannot be. */
const ACTS_AT_ONCE =
  /^(?:BASH|CHILD_MAX|COMP_|E?UID$|EXECIGNORE|FUNC|GLOBIGNORE|LANG|LC_|LINENO$|OPT|POSIX|PPID$|RANDOM$|SECONDS$|SHELLOPTS$|TEXTDOMAIN|TZ$|_$)/;

/** Assignments before a command that stand before a substitution: its program has them in its environment. */
const givenTo = new WeakMap<Substitution, string>();

/** Notes what the substitutions of an assignment before a command are given; false if they are more than programs that run as they stand. */
function givesToPrograms(lowering: Lowering, { value }: Assignment, before: readonly Assignment[]): boolean {
  const { facts, text } = lowering;
  if (facts.posix || facts.xtrace || !before.every((one) => isPlain(lowering, one))) return false;
  const given = before.map(({ pos, end }) => text.slice(pos, end)).join(' ');
  const parts: Substitution[] = [];
  const more = search(value, (node) => {
    if (node.type !== 'CommandExpansion')
      return (
        node.type === 'ParameterExpansion' ||
        node.type === 'ArithmeticExpansion' ||
        (facts.nounset && node.type === 'SimpleExpansion') ||
        undefined
      );
    parts.push(node);
    const command = programIn(lowering, node);
    return !command || before.some(({ name }) => text.slice(command.pos, command.end).includes(name)) || false;
  });
  if (more) return false;
  for (const part of parts) givenTo.set(part, given);
  return true;
}

/** The program that a substitution is, if it is one that runs as it stands. */
function programIn(lowering: Lowering, { script, text }: Substitution): Command | undefined {
  if (!script || ownsItsSource(script) || text.includes('\n')) return undefined;
  const [statement, ...more] = script.commands;
  const command = statement?.command;
  if (command?.type !== 'Command' || statement!.background || more.length > 0) return undefined;
  if (command.prefix.length > 0 || command.redirects.length > 0 || some(command, runsCommands)) return undefined;
  return runsProgram(lowering, command) ? command : undefined;
}

/** True of an assignment before a command that does nothing but give a variable a value that stands there. */
const isPlain = (lowering: Lowering, { name, value, index, append }: Assignment): boolean =>
  value.type === 'Word' &&
  !index &&
  !append &&
  !ACTS_AT_ONCE.test(name) &&
  name !== 'PATH' &&
  !mayHaveAttributes(lowering, name) &&
  !lowering.text.slice(value.pos, value.end).includes('\n') &&
  !some(value, ({ type }) => type.endsWith('Expansion') || type === 'ProcessSubstitution');

/**
 * True if the redirections of a command see nothing of what is assigned before it: bash leaves its own variables aside there,
 * up to a `$(<file)` in them, as stands in the place of a substitution.
 */
function isUnseen(lowering: Lowering, { redirects }: Command, assignments: readonly Assignment[]): boolean {
  if (lowering.facts.posix) return false;
  // What may stop the command would be tried without the variables before.
  const mayStop = ({ type }: SyntaxNode): boolean =>
    type === 'ParameterExpansion' ||
    type === 'ArithmeticExpansion' ||
    type === 'CommandExpansion' ||
    (type === 'SimpleExpansion' && lowering.facts.nounset);
  const names = new Set(assignments.map(({ name }) => name));
  const mayShow = (node: SyntaxNode): boolean | undefined => {
    if (node.type === 'CommandExpansion') return false;
    if (node.type === 'SimpleExpansion') return /^\$[*@]/.test(node.text) || names.has(node.text.slice(1)) || undefined;
    return node.type === 'ParameterExpansion' || node.type === 'ArithmeticExpansion' || undefined;
  };
  return (
    assignments.every(
      ({ name, value }) => !ACTS_AT_ONCE.test(name) && !mayHaveAttributes(lowering, name) && !some(value, mayStop),
    ) && !redirects.some((redirect) => search(redirect, mayShow))
  );
}

/** Hoists what a simple command's expansions allow; undefined where they must stay in the command's own step. */
export function hoist(lowering: Lowering, context: Context, command: Command): Hoisted | undefined {
  if (!command.name) {
    if (command.redirects.some(substitutions)) return undefined;
    return hoistAssigned(lowering, context, command);
  }
  const order = new EvaluationOrder(lowering, wantedIn(lowering, command));
  const assignments = command.prefix.filter((p) => p.type === 'Assignment');
  if (command.redirects.some(stripsCommands)) return undefined;
  if (judgesSubstitutions(lowering, context, command.redirects)) return undefined;
  // In a trace, the command comes before what its redirections run.
  const untraced = lowering.facts.xtrace && command.redirects.some(substitutions);
  if (untraced && !showsFirst(lowering, command)) return undefined;
  // A command word that expands to nothing leaves the status of the last substitution, and its assignments in the shell.
  if (substitutions(command.name) && (assignments.length > 0 || command.redirects.some(substitutions)))
    return undefined;
  // Bash expands the words, then the assignments, then the redirections.
  order.words([command.name]);
  for (const arg of command.args) {
    if (arg.type === 'Word') order.words([arg]);
    else if (arg.value.type === 'Word' && !arg.index) order.words([arg.value]);
    else if (substitutions(arg)) {
      if (arg.value.type === 'Word' || arg.index || mayHaveAttributes(lowering, arg.name)) return undefined;
      if (command.args.some((word) => word.type === 'Word' && literalValue(word) === null)) return undefined;
      order.words(arg.value.elements);
    }
  }
  // A command word that may be none leaves its assignments in the shell.
  const pure = order.pure && typeof literalValue(command.name) === 'string';
  for (const [index, assignment] of assignments.entries()) {
    if (assignment.value.type !== 'Word' || assignment.index) return undefined;
    if (pure && index > 0 && givesToPrograms(lowering, assignment, assignments.slice(0, index))) order.reopen();
    order.words([assignment.value]);
    // What follows sees it.
    order.close();
  }
  if (assignments.some(substitutions) && assignments.some(({ name }) => mayHaveAttributes(lowering, name)))
    return undefined;
  if (pure && isUnseen(lowering, command, assignments)) order.reopen();
  orderRedirections(order, command.redirects);
  const found = order.result;
  if (!found) return undefined;
  if (untraced) {
    const shown = search(command, (node) =>
      found.some(({ part }) => part === node) ? false : runsCommands(node) || undefined,
    );
    if (shown) return undefined;
    traceFirst(lowering, context, command);
  }
  // The redirections of a program are expanded in its own process: what fails there does not end the shell.
  const inRedirection = (part: SyntaxNode): boolean => command.redirects.some((r) => some(r, (node) => node === part));
  return { ...hoistParts(lowering, context, found, inRedirection), untraced };
}
