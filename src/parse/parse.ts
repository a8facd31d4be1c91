/** Source text → syntax tree, with everything wrong in it told at once. */

import { parse } from 'unbash';
import { createDiagnostic } from '../diagnostics/catalog.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { SourceFile } from '../source/source-file.ts';
import type { ParsedScript, Script, SyntaxNode } from './ast.ts';
import { forEachChild, indexTree } from './ast.ts';
import { noteDocuments } from './documents-before.ts';
import { scriptBeforeExit } from './extent.ts';
import { lenientProblem, type SyntaxProblem } from './lenient.ts';
import { addPipedErrors } from './pipe-errors.ts';

/** Here-documents that may be open on one line before bash gives up. */
const HERE_DOCUMENTS = 16;

export interface Parsed {
  value?: Script;
  diagnostics: Diagnostic[];
}

/** Backticks with a backslash in them, as far as a look at the text tells. */
const ESCAPES = /`[^`\\]*\\/;

/**
 * The parser gives the commands of backticks with backslashes a text of their own. Where no backslash goes away (before `$`,
 * a backtick, another one) that is the same text: they stand where they are. One before a newline goes away with it, also where
 * a shell would keep both: in single quotes, in a comment.
 */
function placeBackticks(node: SyntaxNode): void {
  if (node.type === 'CommandExpansion' && node.text.startsWith('`')) {
    const { script } = node;
    const body = node.text.slice(1, -1);
    if (script?.source === body && (!body.includes(CONTINUED) || continuesOnly(body)))
      // What stands before them here is of no meaning to the parser.
      Object.assign(node, { script: parse(`${' '.repeat(node.pos + 1)}${body}`) });
    else if (script?.source !== undefined) return;
  }
  forEachChild(node, placeBackticks);
}

const CONTINUED = '\\\n';

/** True if a text is the same commands without its newlines that stand behind a backslash. */
function continuesOnly(text: string): boolean {
  const [one, other] = [text, text.replaceAll(CONTINUED, '')].map((given) => {
    const script = parse(given);
    if (script.errors?.length) return undefined;
    return indexTree(script).nodes.map((node) => `${node.type} ${meaning(node)}`);
  });
  return one !== undefined && other !== undefined && JSON.stringify(one) === JSON.stringify(other);
}

/** What a node is, besides what stands below it. */
function meaning(node: SyntaxNode): string {
  const text = 'text' in node && typeof node.text === 'string' ? node.text : '';
  // There a shell would keep both.
  if (node.type === 'HereDocBody' || text.includes("'")) return text;
  return 'value' in node && typeof node.value === 'string' ? node.value : text.replaceAll(CONTINUED, '');
}

/** Every nested script's errors, which are kept with them, and what the parser itself lets pass. */
function errorsOf(script: Script, text: string): SyntaxProblem[] {
  if (ESCAPES.test(text)) placeBackticks(script);
  const errors: SyntaxProblem[] = [];
  const { nodes, ends } = indexTree(script);
  // Positions inside escaped backticks refer to a text of their own: what is wrong there is shown at the substitution.
  const outer: { end: number; own: string; at?: number }[] = [{ end: nodes.length, own: text }];
  let documents: { pos: number; count: number } | undefined;
  nodes.forEach((node, place) => {
    while (outer[outer.length - 1]!.end <= place) outer.pop();
    let { own, at } = outer[outer.length - 1]!;
    if (node.type === 'Script') {
      const nested = (node as ParsedScript).errors ?? [];
      if (node.source !== undefined) {
        own = node.source;
        at ??= node.pos;
        outer.push({ end: ends[place]!, own, at });
      }
      errors.push(...(at === undefined ? nested : nested.slice(0, 1).map(({ message }) => ({ message, pos: at! }))));
    }
    if (node.type === 'HereDoc') {
      const together = documents && own.slice(documents.pos, node.pos).indexOf('\n') < 0;
      documents = { pos: node.pos, count: together ? documents!.count + 1 : 1 };
      if (documents.count > HERE_DOCUMENTS)
        errors.push({ message: 'maximum here-document count exceeded', pos: at ?? node.pos });
    }
    const problem = lenientProblem(node, own, text);
    if (problem) errors.push(at === undefined ? problem : { ...problem, pos: at });
  });
  return errors.sort((a, b) => a.pos - b.pos);
}

/** A script of which only its extent is known. */
export function emptyScript(text: string): Script {
  return { type: 'Script', pos: 0, end: text.length, shebang: undefined, commands: [] };
}

/**
 * Parses a script.
 * @param source the script; its text is bytes decoded as latin1
 */
export function parseScript(source: SourceFile): Parsed {
  const { text } = source;
  let script: Script = parse(text);
  let errors: SyntaxProblem[];
  try {
    errors = errorsOf(script, text);
    if (errors.length > 0) {
      const read = scriptBeforeExit(text, (candidate) => errorsOf(candidate, text).length > 0);
      if (read) [script, errors] = [read, []];
      indexTree(script);
    }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { diagnostics: [nestedTooDeeply([])] };
  }
  const nul = text.slice(0, script.end).indexOf('\0');
  if (nul >= 0 && errors.length === 0) {
    const read = scriptBeforeExit(text, (candidate) => errorsOf(candidate, text).length > 0);
    if (read && read.end <= nul) {
      script = read;
      indexTree(script);
    } else return { diagnostics: [nulByte(nul)] };
  }
  const diagnostics: Diagnostic[] = [];
  const seen = new Set<number>();
  for (const error of errors) {
    const at = Math.min(error.pos, text.length);
    if (seen.has(at)) continue;
    seen.add(at);
    const span = { start: at, end: Math.min(at + 1, text.length) };
    if (/nesting depth exceeded/.test(error.message)) {
      return { diagnostics: [nestedTooDeeply([{ span, text: 'the parser follows no deeper', primary: true }])] };
    }
    diagnostics.push(
      createDiagnostic('SH1001', {
        message: error.message,
        labels: [{ span, text: 'bash cannot read on from here', primary: true }],
        hints: ['`bash -n SCRIPT` shows what bash says'],
      }),
    );
  }
  if (diagnostics.length > 0) return { diagnostics };
  if (text.includes('|&')) addPipedErrors(script);
  if (text.includes('<<')) noteDocuments(script);
  return { value: script, diagnostics };
}

function nestedTooDeeply(labels: Diagnostic['labels']): Diagnostic {
  const hints = ['move inner parts into functions or scripts of their own'];
  return createDiagnostic('SH4001', { message: 'the script is nested too deeply', labels, hints });
}

function nulByte(at: number): Diagnostic {
  return createDiagnostic('SH1003', {
    message: 'the script contains a NUL byte',
    labels: [{ span: { start: at, end: at + 1 }, text: 'bash drops it', primary: true }],
    hints: ['remove it; `tr -d "\\0" <SCRIPT` does'],
  });
}
