/**
 * Escaped backticks are a text of their own, which cannot be cut. Where what they hold is the same command in `$(…)`, and
 * nothing shows how it is written, they are read as that, in the same place: it is never longer.
 */
import { SourceFile } from '../source/source-file.ts';
import { type CommandExpansionPart, type Script, type SyntaxNode, walk } from './ast.ts';
import { parseScript } from './parse.ts';

/** Bash prints commands as they are written: in a trace, in functions, for `set -v`, as what a handler interrupts. */
const SHOWS_TEXT = [
  /\bset\s+[-+]\w*[vx]/,
  /xtrace|verbose|BASH_COMMAND|LINENO|SHELLOPTS|^#!.*\s-\w*[vx]/,
  /\b(declare|typeset|export)\s+([^\n]*\s)?-\w*[fFp]/,
  /\b(type|jobs|compgen)\b|\bcommand\s+-\w*[vV]/,
  /(^|[\s;&|({`])(set|declare|typeset|export)[ \t]*([;&|)}>`\n]|$)/,
];

/** Commands that `$(…)` would be read otherwise: comments, documents, patterns that an option makes. */
const READ_OTHERWISE = /(^|[\s;&|()])#|<<|[?*+@!]\(|\n|\\$/;

/** The script with such backticks read as `$(…)`; undefined where there are none. */
export function readBackticks(script: Script, source: SourceFile): { script: Script; source: SourceFile } | undefined {
  if (!source.text.includes('`') || SHOWS_TEXT.some((pattern) => pattern.test(source.text))) return undefined;
  let read: { script: Script; source: SourceFile } | undefined;
  // Those within others are escaped once more.
  for (let depth = 0; depth < 3; depth += 1) {
    const text = rewrite(read?.script ?? script, read?.source.text ?? source.text);
    if (text === undefined) break;
    const rewritten = new SourceFile(source.path, text);
    const { value, diagnostics } = parseScript(rewritten);
    if (!value || diagnostics.length > 0) break;
    read = { script: value, source: rewritten };
  }
  return read;
}

function rewrite(script: Script, text: string): string | undefined {
  const parts: string[] = [];
  let at = 0;
  walk(script, (node) => {
    if (!MAY_HOLD(node)) return false;
    if (node.type !== 'CommandExpansion' || !node.text.startsWith('`')) return undefined;
    const plain = substitution(node);
    if (plain !== undefined) {
      parts.push(text.slice(at, node.pos), plain);
      at = node.end;
    }
    return false;
  });
  return at === 0 ? undefined : parts.join('') + text.slice(at);
}

/** In here-documents, patterns of parameters, subscripts and expressions there are other rules. */
const MAY_HOLD = ({ type }: SyntaxNode): boolean =>
  !['HereDoc', 'HereString', 'ParameterExpansion', 'TestCommand', 'ExtendedGlob', 'BraceExpansion'].includes(type) &&
  !type.startsWith('Arithmetic');

/** The same as `$(…)`, with blanks where escapes were. */
function substitution({ text, script }: CommandExpansionPart): string | undefined {
  const inner = script?.source;
  if (inner === undefined || script!.errors?.length || READ_OTHERWISE.test(inner)) return undefined;
  const open = inner.startsWith('(') ? '$( ' : '$(';
  const blanks = text.length - open.length - inner.length - 1;
  return blanks < 0 || text.includes('\n') ? undefined : `${open}${inner}${' '.repeat(blanks)})`;
}
