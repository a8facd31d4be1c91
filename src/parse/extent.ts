/**
 * How far bash reads: it executes each line before it reads the next, so what stands behind the line of an unconditional
 * `exit` may be anything (the archive behind a self-extracting script).
 */
import { parse } from 'unbash';
import type { Script, Statement } from './ast.ts';
import { literalValue } from './ast.ts';

/** Lines with an exit that are tried, at most. */
const CANDIDATES = 50;

/** True for a statement after which the shell is certainly gone: `exit` with at most one word that is one word. */
function leaves({ background, command }: Statement): boolean {
  if (background || command.type !== 'Command' || command.prefix.length > 0 || !command.name) return false;
  if (command.name.text !== 'exit' || command.suffix.length > 1) return false;
  const [word] = command.suffix;
  if (!word) return true;
  return word.type === 'Word' && (literalValue(word) !== null || /^("\$\w+"|"?\$\?"?)$/.test(word.text));
}

/** The part of a text that bash reads, where a line surely ends the script before its end; undefined where none does. */
export function scriptBeforeExit(text: string, hasErrors: (script: Script) => boolean): Script | undefined {
  // Where `exit` may be something else, all of it is read.
  if (/\balias\b|\bexit[ \t]*\(|\bfunction[ \t]+exit\b|\benable\b/.test(text)) return undefined;
  const exits = [...text.matchAll(/^.*\bexit\b/gm)].slice(0, CANDIDATES);
  for (const { index } of exits) {
    const newline = text.indexOf('\n', index);
    if (newline < 0) return undefined;
    const script = parse(text.slice(0, newline + 1));
    const isLast = script.commands.some((statement) => statement.pos >= index && leaves(statement));
    if (isLast && !hasErrors(script)) return script;
  }
  return undefined;
}
