/** Cuts fragments out of the source: the script's own text, with points where the runtime puts code or data. */
import type { TextPart } from '../bundle.ts';
import { NOTHING } from '../own-ids.ts';
import { forEachChild, type HereDoc, type Statement, type SyntaxNode, walk } from '../parse/ast.ts';
import { documentsBefore } from '../parse/documents-before.ts';
import { endsInPipedErrors } from '../parse/pipe-errors.ts';
import type { SourceFile } from '../source/source-file.ts';
import {
  beginnings,
  evaluatedIds,
  identity,
  KEEPS_BEGINNING,
  namesOwnProgram,
  ownDescriptor,
  startsShell,
} from './process-ids.ts';

/** Replaces source[start, end) by a part. */
export interface Edit {
  start: number;
  end: number;
  parts: TextPart[];
}

/** Nodes of an escaped-backtick script have positions in a text of their own; nothing below them can be cut. */
export function ownsItsSource(node: SyntaxNode): boolean {
  return node.type === 'Script' && node.source !== undefined;
}

const isBeginning = ({ parts }: Edit): boolean => parts[0]?.[0] === 'began';

/** Collects the edits of process ids below a node, and the here-documents whose bodies lie after `end`. */
function collect(node: SyntaxNode, end: number, edits: Edit[], later: HereDoc[], taken: Edit[], main = true): void {
  if (ownsItsSource(node)) return;
  const within = taken.find((edit) => node.pos >= edit.start && node.end <= edit.end && node.end > node.pos);
  if (within) {
    // The body of a here-document goes with the text that it belongs to.
    walk(node, (child) => {
      if (child.type !== 'HereDoc' || child.body.pos < within.end || child.body.pos >= end) return;
      edits.push({ start: child.body.pos, end: child.closing?.end ?? child.body.end, parts: [] });
    });
    return;
  }
  if (node.type === 'HereDoc' && node.body.pos >= end) later.push(node);
  if (node.type === 'Command') edits.push(...evaluatedIds(node), ...beginnings(node));
  const part = identity(node, main);
  const own = ownDescriptor(node);
  if (part) edits.push({ start: node.pos, end: node.end, parts: [part] });
  // The script's shell is another process; but whoever opens this has that descriptor.
  else if (own !== undefined) edits.push({ start: node.pos, end: node.end, parts: [`/proc/self/fd/${own}`] });
  else {
    // BASHPID is the script's own but in the shells that a node starts.
    const inner = main && !startsShell(node);
    forEachChild(node, (child) => {
      // A function's name is not expanded.
      if (node.type === 'Function' ? child === node.name : node.type === 'Command' && namesOwnProgram(node, child))
        return;
      collect(child, end, edits, later, taken, inner);
    });
  }
}

/** Nothing but their lines is left of the bodies that stand before `end` and belong to commands before a node. */
const othersBodies = (source: string, node: SyntaxNode, end: number, taken: readonly Edit[]): Edit[] =>
  documentsBefore(node)
    .map(({ body, closing }) => ({ start: body.pos, end: closing?.end ?? body.end }))
    .filter((at) => at.end <= end && !taken.some((edit) => edit.start <= at.start && edit.end >= at.end))
    .map((at) => ({ ...at, parts: ['\n'.repeat(source.slice(at.start, at.end).split('\n').length - 1)] }));

function splice(source: string, start: number, end: number, edits: readonly Edit[]): TextPart[] {
  const parts: TextPart[] = [];
  let at = start;
  for (const edit of edits) {
    if (edit.start < at || edit.end > end) continue;
    if (edit.start > at) parts.push(source.slice(at, edit.start));
    parts.push(...edit.parts);
    at = edit.end;
  }
  if (at < end) parts.push(source.slice(at, end));
  return parts;
}

/** Matches a text that may hold process ids or here-documents: most hold neither. */
const MAY_BE_EDITED = /\$\\?\$|\$\{\$|PID|<<|\\\n|\)T[\s\S]*\s-2/;

/** Matches what makes something else of digits before it. */
const BINDS = /[<>=+[\].}{,]/;

/** Options of {@link cut}. */
export interface CutOptions {
  /** Edits of the caller's; they must not overlap. */
  edits?: Edit[];
  /** Put a `mark` at the end, before here-document bodies. */
  mark?: boolean;
  /** `$$` names the shell that runs the fragment (an argument of `kill`). */
  self?: boolean;
  /** Leave process ids as they stand: one shell runs it all. */
  verbatim?: boolean;
}

/**
 * The text of some neighbouring nodes, from the first one's start to the last one's end, with the bodies of their
 * here-documents, which lie outside the nodes.
 */
export function cut(source: string, nodes: readonly SyntaxNode[], options: CutOptions = {}): TextPart[] {
  const start = nodes[0]!.pos;
  const end = nodes[nodes.length - 1]!.end;
  const edits: Edit[] = [...(options.edits ?? [])];
  const later: HereDoc[] = [];
  let own: Edit[] = [];
  for (const node of nodes)
    if (MAY_BE_EDITED.test(source.slice(node.pos, node.end))) collect(node, end, own, later, edits);
  if (options.verbatim) own.length = 0;
  if (own.some(isBeginning) && KEEPS_BEGINNING.test(source)) own = own.filter((edit) => !isBeginning(edit));
  edits.push(...othersBodies(source, nodes[0]!, end, edits));
  // Digits alone would be a descriptor, a name or the bound of a range.
  for (const edit of own)
    if (typeof edit.parts[0] !== 'string' && BINDS.test(source.slice(edit.end, edit.end + 1))) edit.parts.push(NOTHING);
  if (options.self) for (const edit of own) if (edit.parts[0]?.[0] === 'pid') edit.parts = [['self']];
  edits.push(...own);
  edits.sort((a, b) => a.start - b.start);
  const parts = splice(source, start, end, edits);
  if (endsInPipedErrors(nodes[nodes.length - 1]!)) parts.push(' 2>&1');
  if (options.mark) parts.push(['mark']);
  later.sort((a, b) => a.body.pos - b.body.pos);
  let behind = 0;
  for (const document of later) {
    // A document inside another's body goes with that.
    if (document.body.pos < behind) continue;
    behind = document.closing?.end ?? source.length;
    parts.push('\n', ...splice(source, document.body.pos, behind, edits));
    // Bash takes a body without its delimiter to the end of the file: nothing may follow it.
    if (!document.closing) return merge(parts);
  }
  if (later.length > 0) parts.push('\n');
  return merge(parts);
}

/** Joins neighbouring strings. */
export function merge(parts: readonly TextPart[]): TextPart[] {
  const merged: TextPart[] = [];
  for (const part of parts) {
    const last = merged[merged.length - 1];
    if (typeof part === 'string' && typeof last === 'string') merged[merged.length - 1] = last + part;
    else if (part !== '') merged.push(part);
  }
  return merged;
}

/** The statements of each line together: bash reads them before it executes the first, and abandons them together after an error. */
export function groupByLine(text: string, statements: readonly Statement[]): Statement[][] {
  const groups: Statement[][] = [];
  let last: Statement | undefined;
  for (const statement of statements) {
    if (last && !text.slice(last.end, statement.pos).includes('\n')) groups.at(-1)!.push(statement);
    else groups.push([statement]);
    last = statement;
  }
  return groups;
}

/** The line on which statements end, with their here-documents. */
export function lastLineOf(source: SourceFile, statements: readonly Statement[]): number {
  let { end } = statements[statements.length - 1]!;
  if (source.text.slice(statements[0]!.pos, end).includes('<<'))
    for (const statement of statements)
      walk(statement, (node) => {
        if (ownsItsSource(node)) return false;
        if (node.type === 'HereDoc') end = Math.max(end, node.closing?.end ?? node.body.end);
        return undefined;
      });
  // A continuation may be all that follows.
  const rest = /(?:[ \t]|\\\n)*/y;
  rest.lastIndex = end;
  rest.test(source.text);
  return source.position(Math.max(rest.lastIndex, end)).line;
}

/** The source with blanks for some nodes, which are in their order. */
export function blank(source: string, nodes: Iterable<SyntaxNode>): string {
  const parts: string[] = [];
  let at = 0;
  for (const { pos, end } of nodes) {
    parts.push(source.slice(at, pos), source.slice(pos, end).replace(/[^\n]/g, ' '));
    at = end;
  }
  return parts.join('') + source.slice(at);
}
