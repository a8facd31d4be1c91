/** What leaves have recorded: the state after each, and how it ended. */

import { constants } from 'node:os';
import type { Fragment, Step } from '../../bundle.ts';
import { lookUp, put } from '../../record.ts';
import { activeTraps, isExtended, isOwnTrap, LONGEST_NAME } from '../leaf/prelude.ts';
import { asksForWords } from '../leaf/reading.ts';
import { libraryOf } from '../leaf/source.ts';
import { givenUp, newlines, readOn } from '../line-count.ts';
import type { Control, StepRequest, StepResponse } from '../protocol.ts';
import { SECTION } from '../section.ts';
import { StepFault } from '../settle.ts';
import {
  ENDING,
  EXIT_TRAP,
  type Frame,
  isOwn,
  LOCALE_NAMES,
  listKey,
  parseDeclarations,
  type ShellState,
  trapOf,
} from '../state.ts';
import { withoutAmbient } from './ambient.ts';
import { latin1, written } from './directory.ts';
import { type Pending, removeFiles } from './driver.ts';
import type { Drivers } from './drivers.ts';
import { cannotExit } from './fork.ts';
import { entered, left } from './frames.ts';
import type { Functions } from './functions.ts';
import type { Invocation } from './invocation.ts';
import type { Known } from './known.ts';
import {
  fields,
  flagsOf,
  hashLines,
  limitLines,
  parameters,
  readMarker,
  redeclared,
  secondsOrigin,
  splitEntries,
  statuses,
} from './recorded.ts';
import type { Values } from './values.ts';
import type { WorkingDirectories } from './working-directory.ts';

/** How a fragment ended, as its record tells. */
interface Ending {
  control: Control;
  status: number;
  depth?: number;
  count?: number;
  target?: string;
}

/** Sections of a leaf's two records (`headText`, `globalsText`), at the least. */
const HEAD_SECTIONS = 3;
const GLOBALS_SECTIONS = 12;

/** A record, unless a signal has ended the shell while it wrote: then it has recorded nothing. */
const whole = (record: string | undefined, sections: number): string | undefined =>
  record !== undefined && record.split(SECTION).length >= sections ? record : undefined;

interface RecordsParts {
  invocation: Invocation;
  known: Known;
  drivers: Drivers;
  functions: Functions;
  values: Values;
  places: WorkingDirectories;
}

export class Records {
  private readonly invocation: Invocation;
  private readonly known: Known;
  private readonly drivers: Drivers;
  private readonly functions: Functions;
  private readonly values: Values;
  private readonly places: WorkingDirectories;

  constructor({ invocation, known, drivers, functions, values, places }: RecordsParts) {
    this.invocation = invocation;
    this.known = known;
    this.drivers = drivers;
    this.functions = functions;
    this.values = values;
    this.places = places;
  }

  /** Answers what the leaf has recorded, and removes it. */
  collect(pending: Pending, scope: string): StepResponse {
    try {
      return this.read(pending, scope);
    } finally {
      removeFiles(pending);
    }
  }

  private read(pending: Pending, scope: string): StepResponse {
    const { request, step, state, prefix } = pending;
    const unwound = written(`${prefix}.u`);
    if (unwound) pending.unwound = Number(unwound);
    const start = written(`${prefix}.h`);
    if (start === 'x') {
      const cwd = Buffer.from(state.cwd, 'latin1').toString();
      throw new StepFault(
        'Sh2sfn.DirectoryLost',
        `step ${step.state} cannot go to the script's working directory ${cwd}`,
      );
    }
    const head = whole(start, HEAD_SECTIONS);
    if (pending.program && head !== undefined) {
      const { after, status } = afterProgram(state, head);
      after.gone = this.places.confirm(after.gone, state);
      // What started the pipeline has run nothing, knows of no programs, and has lines of its own.
      if (pending.bare)
        Object.assign(after, { hashed: state.hashed, line: step.fragment.line + newlines(step.fragment.text) });
      dropCaptures(after, step.fragment);
      return this.values.answer(request, after, { status, scope });
    }
    if (step.fragment.exits && head === undefined) {
      const call = written(`${prefix}.a`);
      if (call !== undefined) return this.trapCall(pending, call, scope);
    }
    const globals = pending.program ? undefined : whole(written(`${prefix}.t`), GLOBALS_SECTIONS);
    if (globals === undefined || (head === undefined && pending.frames === 0)) return this.unrecorded(pending);
    return this.recorded(pending, head?.split(SECTION), globals.split(SECTION), scope);
  }

  /** The EXIT trap called a function. */
  private trapCall({ request, state }: Pending, call: string, scope: string): StepResponse {
    const { frame, target, status } = this.called(call, state);
    const inside = entered({ ...state, exiting: status, frames: [] }, frame);
    return this.values.answer(request, inside, { status, control: 'call', target, scope });
  }

  /** The shell ended before it recorded anything. */
  private unrecorded(pending: Pending): StepResponse {
    const { request, step, state, fork, done = 0 } = pending;
    this.drivers.died(pending);
    // That of `-c` itself ends with what gives up its line.
    if (fork && done === 1 && cannotExit(step, state)) return this.values.abandoned(request, state, step.fragment);
    const control = step.fragment.ends ? 'next' : 'exit';
    const status = this.endsSubshell(step, state, done) ? 1 : done;
    return this.values.answer(request, { ...state, bindings: [] }, { status, control, scope: request.scope });
  }

  /** An expansion error ends the shell of `-c` with 127: where that stands for a subshell, which it ends with 1, as a trace wants it. */
  private endsSubshell(step: Step, { saved, flags }: ShellState, status: number): boolean {
    return (
      status === 127 &&
      this.invocation.options.inline !== undefined &&
      saved.length > 0 &&
      flags.includes('x') &&
      !step.commands.some(({ words: [name] }) => name?.value === 'exec' || name?.value === 'exit')
    );
  }

  /**
   * @param head what was recorded where the fragment ended; undefined if it ended the innermost function
   * @param globals what was recorded once all functions were left
   */
  private recorded(pending: Pending, head: string[] | undefined, globals: string[], scope: string): StepResponse {
    const { request, step, state, prefix } = pending;
    const after: ShellState = { ...state, bindings: [], frames: state.frames.map((frame) => ({ ...frame })) };
    const ending = head ? fragmentEnded(pending, head, after) : functionEnded(pending, globals, after);
    if (ending.control === 'discard') {
      if (state.saved.length > 0) {
        const status = state.saved.at(-1)!.capture !== undefined ? 1 : ending.status;
        // The subshell ends, and its EXIT trap is what it is by now.
        this.takeGlobals(pending, globals, after);
        return this.values.answer(request, left(after, 0), { status, control: 'discard', scope: request.scope });
      }
      after.pipestatus = String(ending.status);
      // An EXIT trap that is given up leaves the script its status.
      if (state.exiting !== undefined) ending.status = state.exiting;
      Object.assign(after, givenUp(left(after, 0), state, after.line, step.fragment.lastLine));
      if (state.frames.length > 0) after.namesMain = true;
    }
    takeFrames(pending, after);
    this.takeGlobals(pending, globals, after);
    if (step.fragment.kind === 'words') {
      // What has stored them has succeeded: the status is that of the last substitution among them.
      const [status, ...words] = fields(latin1(`${prefix}.w`) ?? '');
      if (status !== undefined) ending.status = Number(status);
      after.lists = { ...after.lists, [listKey(step.fragment.list!, state.frames.length)]: words };
      ending.count ??= words.length;
    }
    if (step.fragment.calls && ending.control === 'next') this.takeCall(pending, after, ending);
    if (asksForWords(step.fragment)) {
      const reading = written(`${prefix}.a`);
      if (reading !== undefined) pending.reading = fields(reading);
    }
    const options = written(`${prefix}.o`);
    if (options !== undefined) after.getopts = { taken: Number(options), depth: state.frames.length };
    const process = written(`${prefix}.d`);
    if (process !== undefined) after.uncaught = uncaught(process, after);
    dropCaptures(after, step.fragment);
    return this.values.answer(request, after, { scope, ...ending });
  }

  /** Takes what is left once the functions have been left: globals and all that the shell keeps for itself. */
  private takeGlobals(pending: Pending, globals: string[], after: ShellState): void {
    const { state, driver } = pending;
    const [
      moment,
      args,
      shopt,
      aliases,
      completions,
      directory,
      limits,
      directories,
      hashed,
      variables,
      names,
      functions,
    ] = globals;
    if (pending.seconds) after.seconds = secondsOrigin(fields(moment!).slice(2, 5), state.seconds);
    after.cwd = moment!.slice(moment!.lastIndexOf('\0') + 1).replace(/\n$/, '');
    if (args !== '') after.args = parameters(args!);
    after.shopt = shopt!.split('\n').filter(Boolean);
    after.aliases = splitEntries(aliases!, 'alias ');
    const completed = splitEntries(completions!, 'complete ');
    after.completions = completed.length > 0 ? completed : undefined;
    const lineEnd = directory!.indexOf('\n');
    after.umask = directory!.slice(0, lineEnd);
    after.gone = whereabouts(directory!.slice(lineEnd + 1), after);
    if (after.cwd === state.cwd) after.gone = this.places.confirm(after.gone, state);
    after.place = this.places.placeOf(after.cwd);
    const base = this.drivers.baseOf(driver);
    after.limits = this.changedLimits(limitLines(limits!), base.limits, state);
    after.directories = fields(directories!).map((line) => line.replace(/\n$/, ''));
    after.hashed = hashLines(hashed ?? '');
    const declared = parseDeclarations(variables!);
    const { POSIXLY_CORRECT: posix } = after.variables;
    const made = Object.fromEntries(declared.filter(([name]) => !isOwn(name) && !name.startsWith('__sh2sfn')));
    after.variables = asCreated(made, state, pending.step.fragment);
    // What leaves POSIX mode, as the recording does, removes it.
    if (posix !== undefined) after.variables.POSIXLY_CORRECT = posix;
    const { ambient } = this.invocation.options;
    if (ambient) after.variables = withoutAmbient(after.variables, base.variables, ambient);
    after.locale = localeAfter(state, after);
    if (names !== '') this.functions.collect(after, names!, functions ?? '', state);
    else if (!pending.fork) after.functions = {};
  }

  /** Limits that differ from the run's own, once the script has changed any. */
  private changedLimits(limits: string[], before: readonly string[], state: ShellState): string[] {
    if (state.limits.length === 0 && limits.every((line, i) => line === before[i])) return [];
    const own = this.drivers.baseOf(this.drivers.first).limits;
    return limits.filter((line, i) => line !== own[i]);
  }

  /** The fragment called a function whose body is the machine's: it begins with what the caller had. */
  private takeCall({ prefix, state, step }: Pending, after: ShellState, ending: Ending): void {
    const call = written(`${prefix}.a`);
    if (call === undefined) return;
    const { frame, target, status } = this.called(call, state, step);
    Object.assign(ending, { control: 'call', status, target });
    after.pipestatus = state.pipestatus;
    after.lastArgument = state.lastArgument;
    Object.assign(after, entered(after, frame));
  }

  /** What the stub of a function has recorded of its call. */
  private called(call: string, state: ShellState, step?: Step): { frame: Frame; target: string; status: number } {
    const [name, line, status, ...args] = fields(call);
    return { ...this.frameOf([name!, ...args], Number(line), state, step), status: Number(status) };
  }

  /** A call as it begins, by its words. */
  private frameOf(
    [name, ...args]: readonly string[],
    line: number,
    state: ShellState,
    step?: Step,
  ): { frame: Frame; target: string } {
    const { id: target, shift } = state.functions[name!] as { id: string; shift?: number };
    const library = libraryOf(this.known.definitions.get(target), state);
    const { getopts } = state;
    const last = args.at(-1) ?? name!;
    const frame: Frame = { name: name!, args, locals: [], line, library, last, getopts, shift };
    if (state.frames.length === 0) frame.lastLine = step?.fragment.lastLine;
    if (step?.rest) frame.site = step.key;
    return { frame, target };
  }

  /** The state within a call whose words are known, and which definition of the function it is of. */
  enter(words: readonly string[], step: Step, state: ShellState): { inside: ShellState; target: string } {
    const { line } = step.fragment;
    const { frame, target } = this.frameOf(words, line, state, step);
    return { inside: entered({ ...state, line }, frame), target };
  }

  /** Answers a call whose words are known. */
  call(words: readonly string[], step: Step, state: ShellState, request: StepRequest): StepResponse {
    const { inside, target } = this.enter(words, step, state);
    const { status, scope } = request;
    return this.values.answer(request, inside, { status, control: 'call', target, scope });
  }
}

/**
 * Variables in the order in which the script made them, as far as it is known: what shares a bucket of bash's table is passed
 * on in that order. A fragment most often makes those of its own in the order in which its text names them.
 */
function asCreated(
  made: ShellState['variables'],
  { variables }: ShellState,
  { text }: Fragment,
): ShellState['variables'] {
  const kept = Object.keys(variables).filter((name) => Object.hasOwn(made, name));
  const created = Object.keys(made).filter((name) => !Object.hasOwn(variables, name));
  if (created.length > 1) {
    const source = text.map((part) => (typeof part === 'string' ? part : ' ')).join('');
    const placeOf = (name: string): number => {
      const at = source.search(new RegExp(`\\b${name}\\b`));
      return at < 0 ? source.length : at;
    };
    const places = new Map(created.map((name) => [name, placeOf(name)]));
    created.sort((a, b) => places.get(a)! - places.get(b)!);
  }
  return Object.fromEntries([...kept, ...created].map((name) => [name, made[name]!]));
}

/** What the variables of the locale have been made, with what the leaf has made of them: the last of each is what matters. */
function localeAfter({ variables, locale = [] }: ShellState, after: ShellState): string[] | undefined {
  const made = (name: string): string => lookUp(after.variables, name) ?? `builtin unset -v ${name}`;
  const changed = LOCALE_NAMES.filter((name) => variables[name] !== after.variables[name]).map(made);
  const all = [...locale.filter((line) => !changed.includes(line)), ...changed];
  return all.length > 0 ? all : undefined;
}

/**
 * The signals that the shell does not catch without a trap.
 * @param processes what `/proc` says of it, and of a subshell of it, where none has a trap: that has the others only
 */
function uncaught(processes: string, state: ShellState): string[] {
  const masks = [...processes.matchAll(/^Sig(?:Cgt|Ign):\s*([0-9a-f]+)$/gm)].map(([, mask]) => BigInt(`0x${mask}`));
  const [ignored = 0n, caught = 0n, ignoredWithin = 0n, caughtWithin = 0n] = masks;
  const isIn = (name: string, mask: bigint): boolean =>
    ((mask >> BigInt(constants.signals[`SIG${name}` as NodeJS.Signals] - 1)) & 1n) === 1n;
  return ENDING.filter((name) => !isIn(name, trapOf(name, state) ? ignoredWithin | caughtWithin : ignored | caught));
}

/** The signal that a line of `trap -p` is of. */
const signalOf = (line: string): string => line.slice(line.lastIndexOf(' '));

/** What `trap -p` has printed: the runtime's own handler stands for the script's, and the fragment for one that is running. */
function recordedTraps(text: string, { traps, exiting, saved }: ShellState): string[] {
  const over = exiting !== undefined || saved.at(-1)?.noExitTrap === true;
  return splitEntries(text, 'trap -- ')
    .filter((line) => !isOwnTrap(line) && (!over || !EXIT_TRAP.test(line)))
    .map((line) => (isExtended(line) ? traps.find((other) => signalOf(other) === signalOf(line))! : line));
}

/** Options by which a shell prints or keeps the lines that it reads: those of a step are not the script's. */
const ECHOES = ['verbose', 'history'].map((name) => `set -o ${name}`);

/** @throws where a step has turned such an option on and others follow */
function refuseEchoes(step: Step, before: ShellState, after: ShellState): void {
  const turnedOn = ECHOES.find((option) => after.options.includes(option) && !before.options.includes(option));
  if (turnedOn)
    throw new StepFault('Sh2sfn.Unsupported', `step ${step.state} turns on what it cannot pass on: ${turnedOn}`);
}

/** Takes what was recorded where the fragment ended: options and traps, and what only the innermost function has. */
function fragmentEnded({ state, step, frames, readyHooks }: Pending, head: string[], after: ShellState): Ending {
  const [moment, options, traps, args, locals] = head;
  const [marker, st, last, letters, line, argv0, pipe, named] = fields(moment!);
  const { control, value, jump } = readMarker(marker!);
  after.lastArgument = step.fragment.quiet ? state.lastArgument : last!;
  after.pipestatus = step.fragment.quiet ? state.pipestatus : statuses(pipe!);
  // Behind the words of a `case`, and redirections that have failed, the line is again what it was before, unless it was given up.
  const { kind } = step.fragment;
  const isPutBack = kind === 'case' || (kind === 'redirect' && readyHooks.size === 0);
  if (control === 'discard' || !isPutBack) after.line = Number(line) || 1;
  after.argv0 = argv0 ?? state.argv0;
  // What takes words down is a function.
  if (frames === 0 && kind !== 'words' && !asksForWords(step.fragment)) after.namesMain = named ? true : undefined;
  const lines = options!.split('\n').filter(Boolean);
  after.options = lines.filter((option) => option.startsWith('set '));
  if (control !== 'exit' && !step.fragment.ends) refuseEchoes(step, state, after);
  const posix = lines.find((declared) => declared.startsWith('declare '));
  const { POSIXLY_CORRECT: _, ...variables } = after.variables;
  after.variables = posix === undefined ? variables : { ...variables, POSIXLY_CORRECT: posix };
  after.traps = recordedTraps(traps!, state);
  const active = activeTraps(state, step.fragment);
  after.traps.push(...state.traps.filter((line) => !active.includes(line)));
  after.flags = flagsOf(letters!, after);
  if (control === 'discard') return discarded(marker!, after);
  if (frames > 0) {
    const inner = after.frames[frames - 1]!;
    inner.args = parameters(args!);
    inner.locals = parseDeclarations(locals ?? '').map(([, line]) => line);
  }
  if (control === 'next') Object.assign(after, readOn(after, step.fragment));
  const ending: Ending = { control, status: control === 'break' || control === 'continue' ? jump : Number(st) };
  if (value !== undefined) ending[control === 'next' ? 'count' : 'depth'] = value;
  return ending;
}

/** The innermost function was left: by return, or by an abandoned command line. */
function functionEnded({ prefix, frames, state }: Pending, globals: string[], after: ShellState): Ending {
  const [marker, status] = fields(globals[0]!);
  const { control } = readMarker(marker!);
  const [letters, options, traps] = written(`${prefix}.r`)?.split(SECTION) ?? [];
  // Where an ERR trap is to judge the call that returns, the shell has put it and errexit away.
  if (options !== undefined && (control === 'discard' || !state.flags.includes('T'))) {
    after.options = options.split('\n').filter((option) => option.startsWith('set '));
    after.traps = recordedTraps(traps!, state);
    after.flags = flagsOf(letters!, after);
  }
  if (control === 'discard') return discarded(marker!, after);
  const outer = frames >= 2 ? written(`${prefix}.f${frames - 2}`) : undefined;
  return { control: 'return', status: Number(outer !== undefined ? fields(outer)[0] : status) };
}

/** The command line was given up: the marker has the status and `$_`. */
function discarded(marker: string, after: ShellState): Ending {
  after.lastArgument = marker.split(':').slice(2).join(':');
  return { control: 'discard', status: readMarker(marker).value || 1 };
}

/** Takes what the functions around the innermost one have recorded as each went on. */
function takeFrames({ prefix, frames }: Pending, after: ShellState): void {
  for (let i = 0; i < after.frames.length && i < frames - 1; i += 1) {
    const record = written(`${prefix}.f${i}`);
    if (record === undefined) continue;
    const [first, locals] = record.split(SECTION);
    after.frames[i]!.args = fields(first!).slice(2);
    after.frames[i]!.locals = parseDeclarations(locals ?? '').map(([, line]) => line);
  }
}

/** Reads what was recorded of a working directory whose name does not lead to it. */
function whereabouts(recorded: string, { cwd }: ShellState): boolean | string {
  // The name is too long to be looked at.
  if (cwd.length > LONGEST_NAME && recorded !== 'gone') return false;
  if (recorded === '' || recorded === 'gone') return recorded !== '';
  // It is where it was: nobody may look into it any more.
  const found = recorded.replace(/\n$/, '');
  return found === cwd ? false : found;
}

/** The state after a program: as before, but for what was recorded. */
function afterProgram(state: ShellState, head: string): { after: ShellState; status: number } {
  const [first, gone, hashed] = head.split(SECTION);
  const [, status, last, letters, line, lines, columns, pipe] = fields(first!);
  const variables = { ...state.variables };
  for (const [name, value] of state.bindings)
    put(variables, name, redeclared(name, lookUp(state.variables, name), value));
  // Bash measures the terminal when a program has ended.
  for (const [name, value] of [
    ['LINES', lines!],
    ['COLUMNS', columns!],
  ] as const) {
    if (/^\d+$/.test(value) && !variables[name]?.endsWith(`="${value}"`))
      variables[name] = redeclared(name, variables[name], value);
  }
  const after: ShellState = {
    ...state,
    bindings: [],
    variables,
    lastArgument: last!,
    pipestatus: statuses(pipe!),
    flags: flagsOf(letters!, state),
    line: Number(line) || 1,
    gone: whereabouts(gone ?? '', state),
    hashed: hashLines(hashed ?? ''),
  };
  return { after, status: Number(status) };
}

/** Captured output is there for the one fragment that names it. */
export function dropCaptures(after: ShellState, { text }: Fragment): void {
  const used = text.flatMap((part) => (typeof part !== 'string' && part[0] === 'capture' ? [part[1]] : []));
  if (used.length === 0 || Object.keys(after.captures).length === 0) return;
  after.captures = { ...after.captures };
  for (const id of used) delete after.captures[id];
}
