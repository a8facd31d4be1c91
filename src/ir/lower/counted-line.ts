/** The line that bash counts a command on: LINENO within it. */
import {
  type Command,
  contains,
  type Redirected,
  type Redirection,
  type Statement,
  type SyntaxNode,
  some,
  walk,
} from '../../parse/ast.ts';
import { documentsBefore } from '../../parse/documents-before.ts';
import { type Context, type Lowering, lineOf } from './context.ts';

/** Blanks and a comment, up to the newline. */
const REST_OF_LINE = /(?:[ \t]|\\\n)*(?:#.*)?(?=\n)/y;

/**
 * An offset on the last line of the here-documents that bash reads once it has read a command of one word, being those of
 * commands that stand before it; undefined where there are none.
 */
export function behindDocuments({ text }: Lowering, node: SyntaxNode): number | undefined {
  const command = node.type === 'Statement' ? node.command : node;
  if (command.type !== 'Command' || command.prefix.length + command.args.length + command.redirects.length > 0)
    return undefined;
  const before = documentsBefore(command).filter(({ body }) => body.pos > command.end);
  if (before.length === 0) return undefined;
  REST_OF_LINE.lastIndex = command.end;
  return REST_OF_LINE.test(text) ? before.at(-1)!.closing?.pos : undefined;
}

/** The command that a list or a pipeline ends with. */
function lastCommand(node: SyntaxNode): SyntaxNode {
  if (node.type === 'Statement') return lastCommand(node.command);
  return node.type === 'AndOr' || node.type === 'Pipeline' ? lastCommand(node.commands.at(-1)!) : node;
}

/** True if here-documents of `nodes` count for the line of their last command: a newline has to stand behind its word. */
export function readsDocumentsLast(lowering: Lowering, nodes: readonly SyntaxNode[]): boolean {
  const last = lastCommand(nodes.at(-1)!);
  return lowering.text.slice(nodes[0]!.pos, last.pos).includes('<<') && behindDocuments(lowering, last) !== undefined;
}

/**
 * Bash's parser notes the line when it knows that a command begins: behind an assignment or a redirection at once, behind
 * a word once it has read the next token, which may be one of several lines.
 */
export function countedOffset(lowering: Lowering, command: Command): number {
  const elements = [...command.prefix, ...(command.name ? [command.name] : []), ...command.args, ...command.redirects];
  const [first, second] = elements.sort((a, b) => a.pos - b.pos);
  if (first !== command.name) return first!.end;
  if (second) return second.type === 'Word' || second.type === 'Assignment' ? second.end : second.pos;
  const behind = /(?:[ \t]|\\\n)*/y;
  behind.lastIndex = first!.end;
  return behindDocuments(lowering, command) ?? first!.end + behind.exec(lowering.text)![0].length;
}

/** That of a compound command's head: `case` is counted where its word ends. */
const headOffset = (node: SyntaxNode): number => (node.type === 'Case' ? node.word.end : node.pos);

/** That of a command that runs substitutions; undefined where it is not known. */
export function countedLine(lowering: Lowering, node: SyntaxNode): number | undefined {
  if (node.type === 'Command') return lineOf(lowering, countedOffset(lowering, node));
  // In the redirections of a compound command, whatever line was counted last.
  if (node.type === 'Redirected') return undefined;
  const oneLine =
    node.type === 'For' || node.type === 'Case' || !lowering.text.slice(node.pos, node.end).includes('\n');
  return oneLine ? lineOf(lowering, headOffset(node)) : undefined;
}

/** Commands that set the line, which is what it was before when they have ended. */
const SETS_LINE: ReadonlySet<string> = new Set(['For', 'Select', 'Case', 'Subshell', 'Function']);

/**
 * An offset on the line that bash counts the redirections of a compound command on: the head of the loop or `case` around,
 * the start of the function's body, the end of the subshell, or else where bash had read to; undefined where it is not
 * known.
 */
export function redirectionsOffset(lowering: Lowering, node: Redirected): number | undefined {
  const library = lowering.libraries.findLast(({ start }) => start <= node.pos);
  const statements = (library?.script ?? lowering.script).commands;
  const index = statements.findIndex((statement) => contains(statement, node));
  if (index < 0) return undefined;
  const setters: SyntaxNode[] = [];
  let known = true;
  walk(statements[index]!, (child) => {
    if (child.end < node.pos || child.pos > node.pos) return child.type === 'HereDoc' ? undefined : false;
    const around = child.end >= node.end || (child === node.command && child.type === 'Subshell');
    if (around && SETS_LINE.has(child.type)) setters.push(child);
    // There bash runs its own print of the commands.
    if (around && ['CommandExpansion', 'ProcessSubstitution'].includes(child.type)) known = false;
    return undefined;
  });
  if (!known) return undefined;
  const inner = setters.at(-1);
  if (!inner) return readTo(lowering, statements, index);
  if (inner.type === 'Function') return inner.body.pos;
  return inner.type === 'Subshell' ? inner.end : headOffset(inner);
}

/** True if redirections name LINENO. */
export const readsLine = (redirections: readonly Redirection[]): boolean =>
  redirections.some((r) =>
    some(r, (node) => 'text' in node && typeof node.text === 'string' && node.text.includes('LINENO')),
  );

/** True if what a here-document expands may name the line of `counted`, which is not the one that the document ends on. */
export function endsElsewhere(lowering: Lowering, redirections: readonly Redirection[], counted: number): boolean {
  const documents = redirections.filter((r) => r.type === 'HereDoc');
  const closing = documents.at(-1)?.closing?.pos;
  return (
    closing !== undefined &&
    lineOf(lowering, closing) !== lineOf(lowering, counted) &&
    documents.some(({ delimiter, body }) => !delimiter?.quoted && /[$`]/.test(lowering.text.slice(body.pos, body.end)))
  );
}

/**
 * By how many lines a step that performs the redirections of a compound command has to begin earlier to count them on that
 * line, as bash counts those of a command that stands by itself where it ends; undefined where it would not.
 */
export function linesBefore(lowering: Lowering, context: Context, node: Redirected): number | undefined {
  const counted = redirectionsOffset(lowering, node);
  // In a function or a file that is read, a message would name another line.
  if (counted === undefined || context.function !== undefined || context.reading !== undefined) return undefined;
  if (node.command.type === 'Subshell' || node.redirects.some(({ type }) => type === 'HereDoc')) return undefined;
  const lines = lowering.text.slice(node.redirects[0]!.pos, node.end).split('\n').length - 1;
  return lineOf(lowering, counted) > lines ? lines : undefined;
}

/** True if the trace of what the redirections of a compound command run may tell its line, or that something has set it. */
export function tracesLine(lowering: Lowering, context: Context, node: Redirected): boolean {
  if (!lowering.facts.xtrace || !lowering.text.includes('LINENO')) return false;
  if (linesBefore(lowering, context, node) !== undefined) return false;
  const runs = (part: SyntaxNode): boolean => part.type === 'CommandExpansion' || part.type === 'ProcessSubstitution';
  return readsLine(node.redirects) || node.redirects.some((r) => some(r, runs));
}

/** Where bash has read to when it executes a statement: the end of its line, here-documents included. */
function readTo(lowering: Lowering, statements: readonly Statement[], index: number): number {
  let last = index;
  const onLine = (): boolean =>
    last + 1 < statements.length &&
    !lowering.text.slice(statements[last]!.end, statements[last + 1]!.pos).includes('\n');
  while (onLine()) last += 1;
  let { end } = statements[last]!;
  for (let at = index; at <= last; at += 1) {
    walk(statements[at]!, (child) => {
      if (child.type === 'HereDoc') end = Math.max(end, child.closing?.end ?? child.body.end);
    });
  }
  return end;
}
