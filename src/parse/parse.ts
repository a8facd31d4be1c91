/** Source text → syntax tree, with everything wrong in it told at once. */
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { createDiagnostic } from '../diagnostics/catalog.ts';
import type { SourceFile } from '../source/source-file.ts';
import { parse } from 'unbash';
import type { ParsedScript, Script } from './ast.ts';
import { forEachChild, type SyntaxNode } from './ast.ts';

/** Levels of nesting that the parser follows; bash itself runs about a thousand. */
const NESTING = 300;

export interface Parsed {
  value?: Script;
  diagnostics: Diagnostic[];
}

/** True if the text has more open parentheses, braces or substitutions at one place than the parser can follow. */
function tooDeep(text: string): number | undefined {
  let depth = 0;
  for (let i = 0; i < text.length; i += 1) {
    const c = text.charCodeAt(i);
    if (c === 92) i += 1;
    else if (c === 40 || c === 123) {
      depth += 1;
      if (depth > NESTING) return i;
    } else if ((c === 41 || c === 125) && depth > 0) depth -= 1;
  }
  return undefined;
}

/** Visits every nested script's errors: those of substitutions are kept with them. */
function collectErrors(node: SyntaxNode, errors: { message: string; pos: number }[]): void {
  if (node.type === 'Script') {
    const nested = (node as ParsedScript).errors ?? [];
    if (node.source === undefined) errors.push(...nested);
    else if (nested.length > 0) errors.push({ message: nested[0]!.message, pos: node.pos });
  }
  forEachChild(node, (child) => collectErrors(child, errors));
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
  const diagnostics: Diagnostic[] = [];
  const deep = text.length > NESTING ? tooDeep(text) : undefined;
  if (deep !== undefined) {
    const label = { span: { start: deep, end: deep + 1 }, text: `more than ${NESTING} levels are open here`, primary: true };
    return { diagnostics: [createDiagnostic('SH4001', { message: 'the script is nested too deeply', labels: [label], hints: ['move inner parts into functions or scripts of their own'] })] };
  }
  const script = parse(text);
  const errors: { message: string; pos: number }[] = [];
  try {
    collectErrors(script, errors);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { diagnostics: [createDiagnostic('SH4001', { message: 'the script is nested too deeply', labels: [], hints: ['move inner parts into functions or scripts of their own'] })] };
  }
  errors.sort((a, b) => a.pos - b.pos);
  const seen = new Set<number>();
  for (const error of errors) {
    const at = Math.min(error.pos, text.length);
    if (seen.has(at)) continue;
    seen.add(at);
    diagnostics.push(
      createDiagnostic('SH1001', {
        message: error.message,
        labels: [{ span: { start: at, end: Math.min(at + 1, Math.max(text.length, at)) }, text: 'bash cannot read on from here', primary: true }],
        hints: ['`bash -n SCRIPT` shows what bash says'],
      }),
    );
  }
  return diagnostics.length > 0 ? { diagnostics } : { value: script, diagnostics };
}
