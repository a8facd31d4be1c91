/** Makes a script smaller that sh2sfn and bash disagree on, as long as they still do. */

import { cut, ownsItsSource } from '../../src/ir/text.ts';
import { forEachChild, type SyntaxNode, type Script as Tree, walk } from '../../src/parse/ast.ts';
import { parseScript } from '../../src/parse/parse.ts';
import { SourceFile } from '../../src/source/source-file.ts';
import type { Script } from '../spec/runner/case-file.ts';

interface Edit {
  start: number;
  end: number;
  text: string;
}

function apply(code: string, edits: readonly Edit[]): string {
  let text = code;
  for (const edit of [...edits].sort((a, b) => b.start - a.start))
    text = text.slice(0, edit.start) + edit.text + text.slice(edit.end);
  return text;
}

/** Edits that put `text` in the place of a node, and take the bodies of its here-documents away. */
function replace(node: SyntaxNode, text: string): Edit[] {
  const edits: Edit[] = [{ start: node.pos, end: node.end, text }];
  walk(node, (child) => {
    if (child.type === 'HereDoc' && child.body.pos >= node.end)
      edits.push({ start: child.body.pos, end: (child.closing?.end ?? child.body.end) + 1, text: '' });
  });
  return edits;
}

/** A node's text with the bodies of its here-documents. */
function textOf(code: string, nodes: readonly SyntaxNode[]): string {
  return cut(code, nodes, { verbatim: true }).join('');
}

/** Smaller scripts: the boldest first. */
function* candidates(code: string): Generator<string> {
  const parsed = parseScript(new SourceFile('t.sh', code));
  if (!parsed.value) return;
  const nodes: SyntaxNode[] = [];
  walk(parsed.value as Tree, (node) => {
    if (ownsItsSource(node)) return false;
    if (node !== parsed.value) nodes.push(node);
    return undefined;
  });
  const bySize = [...nodes].sort((a, b) => b.end - b.pos - (a.end - a.pos));
  for (const node of bySize) {
    if (node.type === 'Statement') {
      yield apply(code, replace(node, ''));
      yield apply(code, replace(node, ':'));
    }
  }
  // A compound command's parts in its place.
  for (const node of bySize) {
    if (['Statement', 'CompoundList', 'Word', 'Script', 'Command'].includes(node.type)) continue;
    const children: SyntaxNode[] = [];
    forEachChild(node, (child) => void children.push(child));
    for (const child of children) {
      const inner = child.type === 'CompoundList' || child.type === 'Script' ? child.commands : [child];
      if (inner.length > 0) yield apply(code, replace(node, textOf(code, inner)));
    }
  }
  for (const node of bySize) {
    if (node.type === 'Command')
      for (const arg of [...node.args, ...node.redirects]) yield apply(code, replace(arg, ''));
    if (node.type === 'Word' && node.end - node.pos > 1) {
      yield apply(code, replace(node, 'x'));
      if (node.text.startsWith('"')) yield apply(code, replace(node, node.text.slice(1, -1)));
    }
    if (node.type === 'Assignment' || node.type === 'Redirect') yield apply(code, replace(node, ''));
  }
  if (/\n\n/.test(code)) yield code.replace(/\n\n+/g, '\n').replace(/^\n/, '');
}

/** What `promise` answers, or false where that takes longer than `milliseconds`: a smaller script may never end. */
async function within(promise: Promise<boolean>, milliseconds: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(resolve, milliseconds, false);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** The smallest script found within `seconds` for which `fails` still holds. */
export async function shrink(
  script: Script,
  fails: (script: Script) => Promise<boolean>,
  seconds: number,
): Promise<Script> {
  const until = Date.now() + seconds * 1_000;
  let smallest = script;
  const tried = new Set<string>();
  const attempt = async (candidate: Script): Promise<boolean> => {
    const key = JSON.stringify(candidate);
    // A bare `set` or `declare` lists what every shell has otherwise: it would take the place of what failed.
    if (
      tried.has(key) ||
      candidate.code.trim() === '' ||
      /(^|[;&|{(])\s*(set|declare|export|trap)\s*($|[;&|)}])/m.test(candidate.code)
    )
      return false;
    tried.add(key);
    if (!(await within(fails(candidate), until - Date.now()))) return false;
    smallest = candidate;
    return true;
  };
  for (let changed = true; changed && Date.now() < until; ) {
    changed = false;
    for (const code of candidates(smallest.code)) {
      if (Date.now() > until) break;
      if (code.length < smallest.code.length && (await attempt({ ...smallest, code }))) {
        changed = true;
        break;
      }
    }
    if (smallest.args.length > 0) changed = (await attempt({ ...smallest, args: [] })) || changed;
    if (smallest.stdin !== undefined)
      changed = (await attempt({ code: smallest.code, args: smallest.args })) || changed;
  }
  return smallest;
}
