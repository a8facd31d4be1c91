/** Which of the user's files go along with a step: those that its words name, and what the scripts among them call. */
import { createHash } from 'node:crypto';
import { posix } from 'node:path';
import type { FunctionDefinition, Step, StepCommand, StepFile, TrapDefinition } from './bundle.ts';
import { commandsInside, pathsIn, programOf } from './ir/inner-scripts.ts';
import { commandsOf, isInside, namesScript } from './step-commands.ts';

/** Finds a file of the user's by its path from the working directory; undefined where there is none. */
export type ReadFile = (path: string) => { bytes: Uint8Array; mode: number } | undefined;

/** The script that the steps are of. */
export interface StepsScript {
  path: string;
  functions: FunctionDefinition[];
  traps: TrapDefinition[];
  /** Every word of the script that is known as it stands. */
  literals: () => Iterable<string>;
  /** Files that were compiled in like the script itself. */
  compiledIn: readonly { path: string }[];
}

/** Adds to each step its files, and to its commands those of the user's scripts that it runs. */
export function addFiles(steps: readonly Step[], script: StepsScript, readFile: ReadFile): void {
  const places = placesOf(steps, script);
  const known = new Map<string, ReturnType<ReadFile>>();
  const remembering: ReadFile = (path) => {
    if (!known.has(path)) known.set(path, readFile(path));
    return known.get(path);
  };
  let named: string[] | undefined;
  const namedFiles = (): string[] => {
    named ??= [...script.literals()].flatMap((path) => candidatesOf(path, places)).filter((path) => remembering(path));
    return named;
  };
  for (const step of steps) addStepFiles(step, script, remembering, places, namedFiles);
}

/** Where a path may lead, from the places that the script may stand in; a path of the system's leads to no file of the user's. */
function candidatesOf(path: string, places: readonly string[]): string[] {
  return path.startsWith('/') ? [] : places.map((place) => (place === '' ? path : posix.join(place, path)));
}

/** Directories that the script may stand in when it names a file, as far as its text tells; the first is its own. */
function placesOf(steps: readonly Step[], { path, functions, traps }: StepsScript): string[] {
  const commands = [...steps, ...functions, ...traps].flatMap((owner) => owner.commands);
  const moves = commands.filter(({ words }) => /^(cd|pushd)$/.test(words[0]?.value ?? ''));
  if (moves.length === 0) return [''];
  // `cd "$(dirname "$0")"`, most often.
  const home = posix.dirname(path);
  const named = moves.flatMap(({ words }) => words.slice(1).flatMap(({ value }) => value ?? []));
  const relative = named.filter((value) => !/^[-/]/.test(value));
  return [...new Set(['', home, ...relative, ...relative.map((value) => posix.join(home, value))])].filter(isInside);
}

function addStepFiles(
  step: Step,
  script: StepsScript,
  readFile: ReadFile,
  places: readonly string[],
  namedFiles: () => readonly string[],
): void {
  const files = new Map<string, StepFile>();
  const looked = new Set<string>();
  const add = (path: string): Uint8Array | undefined => {
    // A path of the system's is there, or is not, as everywhere.
    const file = path.startsWith('/') ? undefined : readFile(path);
    if (!file) return undefined;
    const sha256 = createHash('sha256').update(file.bytes).digest('hex');
    files.set(path, { path, mode: file.mode & 0o777, sha256 });
    return file.bytes;
  };
  const candidates = (path: string): string[] => candidatesOf(path, places);
  const visit = (commands: readonly StepCommand[]): void => {
    for (const command of commands) {
      for (const path of pathsIn(command).flatMap(candidates)) if (!files.has(path)) add(path);
      // What a library does other steps do.
      const called = step.fragment.reads && step.commands.includes(command) ? undefined : programOf(command);
      for (const program of candidates(called ?? '/')) {
        const key = `${command.fed === true} ${program}`;
        if (looked.has(key)) continue;
        looked.add(key);
        const bytes = add(program);
        if (!bytes) continue;
        const inside = commandsInside(program, Buffer.from(bytes).toString('latin1'), command.fed);
        step.commands.push(...inside);
        visit(inside);
      }
    }
  };
  const commands = commandsOf(step, script);
  visit(commands);
  // A word that only run time knows may hold any name that the script has somewhere.
  const own = ({ file }: StepCommand): boolean =>
    file === undefined || script.compiledIn.some(({ path }) => path === file);
  if (commands.some((command) => own(command) && command.words.some(({ value }) => value === null)))
    for (const path of namedFiles()) if (!files.has(path)) add(path);
  // A script that reads or calls itself, or stands where it lies.
  if (isInside(script.path) && namesScript(step, script)) add(script.path);
  if (step.fragment.reads && isInside(step.fragment.reads.path)) add(step.fragment.reads.path);
  for (const path of step.settings.files ?? []) add(path);
  step.files = [...files.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
}
