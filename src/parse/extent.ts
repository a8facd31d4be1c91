/**
 * How far bash reads: it executes each line before it reads the next, so what stands behind the line of an unconditional
 * `exit` may be anything (the archive behind a self-extracting script), and so may what stands behind an `exec` of a program
 * (which reads the same file, in a language of its own).
 */
import { parse } from 'unbash';
import type { Command, Script, Statement, Word } from './ast.ts';
import { literalValue } from './ast.ts';

/** Lines with an `exit` or `exec` that are tried, at most. */
const CANDIDATES = 50;

/** True for a statement after which the shell is certainly gone: `exit` with at most one word that is one word, or `exec`. */
function leaves({ background, command }: Statement): boolean {
  if (background || command.type !== 'Command' || command.prefix.length > 0 || !command.name) return false;
  if (literalValue(command.name) === 'exec') return replaces(command);
  if (command.name.text !== 'exit' || command.suffix.length > 1) return false;
  const [word] = command.suffix;
  if (!word) return true;
  return word.type === 'Word' && (literalValue(word) !== null || /^("\$\w+"|"?\$\?"?)$/.test(word.text));
}

/** True for `exec` with words that do not make it give up its line, the first of which is a program: where there is none, the shell ends. */
function replaces({ suffix }: Command): boolean {
  const [program] = suffix;
  return (
    program?.type === 'Word' &&
    // Neither nothing nor an option.
    /^"?[\w./]|^"\$.*[)\w}]\/[\w./-]+"$/.test(program.text) &&
    suffix.every((word) => word.type === 'Word' && expandsForSure(word))
  );
}

function expandsForSure(word: Word): boolean {
  const sure = (part: NonNullable<Word['parts']>[number]): boolean => {
    if (part.type === 'DoubleQuoted')
      return part.parts.every((inner) => inner.type === 'CommandExpansion' || sure(inner));
    return ['Literal', 'SingleQuoted', 'AnsiCQuoted', 'SimpleExpansion'].includes(part.type);
  };
  return !word.parts || word.parts.every(sure);
}

/** The part of a text that bash reads, where a line surely ends the script before its end; undefined where none does. */
export function scriptBeforeExit(text: string, hasErrors: (script: Script) => boolean): Script | undefined {
  const exits = [...text.matchAll(/^.*\b(exit|exec)\b/gm)].slice(0, CANDIDATES);
  for (const { index } of exits) {
    const newline = text.indexOf('\n', index);
    if (newline < 0) return undefined;
    const read = text.slice(0, newline + 1);
    // Where they may be something else, all of it is read.
    if (/\balias\b|\b(exit|exec)[ \t]*\(|\bfunction[ \t]+(exit|exec)\b|\benable\b|\bexecfail\b/.test(read))
      return undefined;
    const script = parse(read);
    const isLast = script.commands.some((statement) => statement.pos >= index && leaves(statement));
    if (isLast && !hasErrors(script)) return script;
  }
  return undefined;
}
