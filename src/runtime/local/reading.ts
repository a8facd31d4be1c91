/** Libraries that the script reads, where the machine runs their lines. */
import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Fragment, LibraryFile, Rest, Step, TextPart } from '../../bundle.ts';
import { withOwnIds } from '../../own-ids.ts';
import { linesIn } from '../leaf/fragment.ts';
import { quote, type Reading, type ShellState } from '../state.ts';
import { mayName, mayNameIds, mayTie, mayUse } from '../unseen-text.ts';
import { digest, onDisk } from './directory.ts';

/** The step of a command that reads a library, as far as the expansion of its words: a trace shows the command itself. */
export function askingStep(step: Step): Step {
  const { hold: _, ...fragment } = step.fragment;
  return { ...step, fragment: { ...fragment, untraced: true } };
}

/**
 * The step of that command as it stands, with the words that it has been expanded to.
 * @param lists it may list all variables, and reads no SECONDS
 */
export function literalStep(step: Step, words: readonly string[], lists = false): Step {
  const redirections = step.fragment.unseen;
  const text: TextPart[] = [
    [dotOf(step), ...words.map(quote), ...(redirections ? [redirections] : [])].join(' '),
    ['mark'],
  ];
  const alone = lists || step.fragment.alone === true;
  return { ...step, fragment: { ...step.fragment, reads: undefined, unseen: undefined, text, alone } };
}

/**
 * That step, and all that the script does behind it: nothing follows.
 * @param own the script's own shell runs it, whose `$$` stands as in the source, which `set -v` would print
 */
export function lastStep(
  step: Step,
  words: readonly string[],
  rest: () => Rest,
  outer: readonly (() => Rest)[],
  own: boolean,
): Step {
  const { hold: _, ...fragment } = literalStep(step, words).fragment;
  const behind = ({ open, text, ...other }: Rest): Rest =>
    own ? { ...other, open: withOwnIds(open), text: withOwnIds(text) } : { ...other, open, text };
  const { open, text } = behind(rest());
  const line = fragment.line - linesIn(open);
  const all: Fragment = { ...fragment, line, text: [...open, fragment.text[0]!, ...text], ends: true };
  if (outer.length > 0) all.outer = outer.map((one) => behind(one()));
  return { ...step, fragment: all };
}

/** What follows the calls under way, from the outermost, put together when it is asked for; undefined where that is not known of all. */
export function restsOf({ frames, saved }: ShellState, steps: ReadonlyMap<string, Step>): (() => Rest)[] | undefined {
  // A shell of its own ends within the calls that it was begun in.
  const begun = saved.at(-1)?.state.frames.length ?? 0;
  const rests = frames.map(({ site, errTrap, returnTrap }, index) => {
    if (index < begun) return nothing;
    return site === undefined || errTrap !== undefined || returnTrap !== undefined ? undefined : steps.get(site)?.rest;
  });
  return rests.every((rest) => rest !== undefined) ? rests : undefined;
}

const nothing = (): Rest => ({ open: [], text: [] });

const dotOf = ({ fragment }: Step): string => fragment.text.find((part) => part[0] === 'dot')![1] as string;

/** True if a command is `enable -f` and may find the file from which it is to load builtins: those are in no other shell. */
export function loadsBuiltins(step: Step, words: readonly string[], { cwd, gone }: ShellState): boolean {
  if (dotOf(step) !== 'enable') return false;
  const [, file = '', name = '-'] = words;
  // Without a slash, the system looks for it; with further options it may be another command.
  if (!file.includes('/') || name.startsWith('-') || gone) return true;
  return fs.existsSync(onDisk(path.resolve(cwd, file)));
}

/** What a command evaluates, where that is known. */
export function textOf(step: Step, words: readonly string[], state: ShellState): string | undefined {
  const dot = dotOf(step);
  if (dot === 'enable') return undefined;
  if (dot === 'set') return optionsOf(words);
  const given = words[0] === '--' ? words.slice(1) : words;
  return dot === 'eval' ? given.join(' ') : fileText(given[0] ?? '', state);
}

/** True if what a command evaluates, or loads, may tie what follows to its shell. */
export function tiesRest(step: Step, words: readonly string[], state: ShellState, text: string | undefined): boolean {
  if (dotOf(step) === 'enable') return loadsBuiltins(step, words, state);
  return text === undefined || mayTie(text, step.ties) || mayUse(text, step.uncalled ?? []);
}

/** What turns an option off, as the text of `set +o` does for all that were. */
const OFF = /\b(?:set \+o|shopt -u) \w+/g;

/** True if what a command evaluates may set a DEBUG trap. */
export const mayTrace = (text: string): boolean => /\bDEBUG\b|\b(functrace|extdebug)\b/i.test(text.replace(OFF, ''));

/** True if what a command evaluates may call functions that nothing else can: only one shell for all would do as they say. */
export function callsUncalled(step: Step, text: string | undefined): boolean {
  if (!step.uncalled || dotOf(step) === 'enable') return false;
  return text === undefined || mayName(text, step.uncalled);
}

/**
 * True if what a command evaluates beside process ids that the script shows may show another.
 * @param own the script's own shell evaluates it, and goes on behind it where it names one
 */
export const mayShowId = (step: Step, text: string | undefined, own: boolean): boolean =>
  step.besideIds === true && !own && (text === undefined || mayNameIds(text));

/** `set` with those of its words that name options. */
function optionsOf(words: readonly string[]): string {
  const end = words.findIndex((word, at) => !/^[-+]\w+$/.test(word) && !/^[-+]\w*o$/.test(words[at - 1] ?? ''));
  return end === 0 ? '' : ['set', ...words.slice(0, end < 0 ? words.length : end)].join(' ');
}

/** The text of the file that `.` reads, if it finds one; undefined where it may be no file, or another for that command. */
function fileText(name: string, { cwd, variables }: ShellState): string | undefined {
  if (/^\/+(dev|proc)\//.test(name)) return undefined;
  const search = name.includes('/') ? [] : (/="(.*)"$/s.exec(variables.PATH ?? '')?.[1] ?? '').split(':');
  for (const directory of [...search, '.']) {
    const file = onDisk(path.resolve(cwd, directory, name));
    try {
      const found = fs.statSync(file, { throwIfNoEntry: false });
      if (found && !found.isDirectory()) return found.isFile() ? fs.readFileSync(file, 'latin1') : undefined;
    } catch {
      // Bash cannot read it either.
    }
  }
  return '';
}

/** The name under which a library is read, if that is the one that was compiled in. */
function recognise({ library, sha256 }: LibraryFile, state: ShellState, [name]: readonly string[]): string | undefined {
  // Without a slash, bash looks for it in PATH.
  if (!name?.includes('/') || state.gone) return undefined;
  try {
    const file = onDisk(path.resolve(state.cwd, name));
    if (!fs.statSync(file).isFile() || digest(fs.readFileSync(file)) !== sha256) return undefined;
  } catch {
    return undefined;
  }
  return (state.libraries?.[library] ?? name) === name ? name : undefined;
}

/**
 * The state inside the library that the words name; undefined where that is not the file that was compiled in.
 * @param state the state after the words' expansion; its PIPESTATUS was `pipestatus` before
 * @param line the line of the command
 * @param ignored its status is not judged
 */
export function enterLibrary(
  reads: LibraryFile,
  state: ShellState,
  {
    line,
    words,
    pipestatus,
    ignored,
  }: { line: number; words: readonly string[]; pipestatus: string; ignored: boolean },
): ShellState | undefined {
  const name = recognise(reads, state, words);
  if (!name) return undefined;
  const [, ...args] = words;
  const given = args.length > 0;
  const reading: Reading = {
    library: reads.library,
    line,
    ...(given ? { args, outside: state.args } : {}),
    ...(ignored ? { ignored } : {}),
  };
  return {
    ...state,
    pipestatus,
    args: given ? args : state.args,
    line: 1,
    libraries: { ...state.libraries, [reads.library]: name },
    readings: [...(state.readings ?? []), reading],
  };
}
