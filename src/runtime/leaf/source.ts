/** Functions, and the files that bash takes them and the fragment to stand in. */

import type { FunctionDefinition, TextPart } from '../../bundle.ts';
import { lookUp } from '../../record.ts';
import { quote, type ShellState } from '../state.ts';
import type { LeafPlace } from './place.ts';

/** Matches where the text of a command may be one that is not the script's. */
export const RUNS_TEXT = /\b(eval|source)\b|(^|[\s;&|(){}])\.\s/;

/** What bash calls the source of a function that no file defines. */
export const NO_FILE = 'environment';

/**
 * Makes BASH_SOURCE, the first thing that a shell of ours does, say that it reads the script. Bash takes the names in its
 * messages, in `caller` and of functions from there, whatever file it reads. It refuses all assignments to the array that it
 * makes itself, but makes none where the shell has such a variable already: it must have been started with one.
 */
export function sourceText(name: string | undefined): string {
  return `unset -v BASH_SOURCE;BASH_SOURCE=(${name === undefined ? '' : quote(name)});`;
}

/** Evaluates text as that of a file: bash keeps its name with functions that the text defines. `around` is being read. */
export function evaluate(
  text: string,
  source: string | undefined,
  around: string | undefined,
  place: LeafPlace,
): string {
  const plain = `builtin eval -- ${text};`;
  if (!place.named || (source ?? NO_FILE) === (around ?? NO_FILE)) return plain;
  const back = around === undefined ? 'BASH_SOURCE=()' : `BASH_SOURCE[0]=${quote(around)}`;
  return `BASH_SOURCE[0]=${quote(source ?? NO_FILE)};${plain}${back};`;
}

/** The file that the fragment itself stands in, outside functions. */
export function fileOf(state: ShellState, place: LeafPlace): string | undefined {
  const reading = state.readings?.at(-1);
  return reading ? state.libraries![reading.library] : place.name;
}

/** The file that a frame's function, or else the fragment, stands in. */
export function frameFile(index: number, state: ShellState, place: LeafPlace): string | undefined {
  const frame = state.frames[index];
  if (!frame) return fileOf(state, place);
  return (frame.library === undefined ? place.name : state.libraries![frame.library]) ?? NO_FILE;
}

/** A part of text that is the same for every shell of the run; undefined of others. */
export function identityPart(part: TextPart, place: Pick<LeafPlace, 'pid' | 'ppid' | 'began'>): string | undefined {
  if (typeof part === 'string') return part;
  switch (part[0]) {
    case 'pid':
      return place.pid === undefined ? '$$' : String(place.pid);
    case 'ppid':
      return place.ppid === undefined ? '$PPID' : String(place.ppid);
    case 'began':
      return String(place.began);
    case 'self':
      return '$$';
    default:
      return undefined;
  }
}

/** A function of the script, and the line that bash counts it from. */
function definitionOf({ id, shift = 0 }: { id: string; shift?: number }, { definitions }: LeafPlace) {
  const definition = definitions.get(id)!;
  return { definition, line: Math.max(definition.line + shift, 1) };
}

/** Text of the function definitions, each at its own line, in source order where the table allows. */
export function functionsText(state: ShellState, place: LeafPlace, except: ReadonlySet<string>): string {
  const known: { definition: FunctionDefinition; line: number }[] = [];
  const around = fileOf(state, place);
  let all = '';
  for (const [name, entry] of Object.entries(state.functions)) {
    if (except.has(name)) continue;
    if ('id' in entry) known.push(definitionOf(entry, place));
    else all += evaluate(quote(definitionText(name, state, place)), entry.source ?? place.name, around, place);
  }
  known.sort((a, b) => a.line - b.line);
  const files = new Map<string | undefined, { text: string; line: number }>();
  const evaluated = (source: string | undefined): string =>
    evaluate(quote(files.get(source)!.text), source, around, place);
  for (const { definition, line } of known) {
    const source = sourceOf(definition, state, place);
    let file = files.get(source);
    // One that stands within another begins before that has ended.
    if (file && line < file.line) {
      all += evaluated(source);
      file = undefined;
    }
    if (!file) files.set(source, (file = { text: '', line: 1 }));
    // Behind a here-document the next line has begun.
    else if (line === file.line && !file.text.endsWith('\n')) file.text += ';';
    for (; file.line < line; file.line += 1) file.text += '\n';
    const body = definition.text.map((part) => identityPart(part, place) ?? '').join('');
    file.text += body;
    file.line += body.split('\n').length - 1;
  }
  for (const source of files.keys()) all += evaluated(source);
  return all;
}

/** The library that a function was read from; none where that is not known to have been read. */
export function libraryOf(definition: FunctionDefinition | undefined, state: ShellState): number | undefined {
  const { library } = definition ?? {};
  return library !== undefined && state.libraries?.[library] !== undefined ? library : undefined;
}

/** The file that a function was read from. */
function sourceOf(definition: FunctionDefinition, state: ShellState, place: LeafPlace): string | undefined {
  const library = libraryOf(definition, state);
  return library === undefined ? place.name : state.libraries![library];
}

/** The file that the function of that name was read from. */
export function functionSource(name: string, state: ShellState, place: LeafPlace): string | undefined {
  const entry = lookUp(state.functions, name);
  if (!entry) return place.name;
  return 'id' in entry ? sourceOf(place.definitions.get(entry.id)!, state, place) : (entry.source ?? place.name);
}

/** The text that defines the function of that name, at its line. */
export function definitionText(name: string, state: ShellState, place: LeafPlace): string {
  const entry = lookUp(state.functions, name);
  if (!entry) return '';
  const known = 'id' in entry ? definitionOf(entry, place) : undefined;
  const [line, text] =
    'id' in entry
      ? [known!.line, known!.definition.text]
      : [entry.begins ?? entry.line ?? 1, [entry.original ?? entry.text]];
  return '\n'.repeat(Math.max(line - 1, 0)) + text.map((part) => identityPart(part, place) ?? '').join('');
}
