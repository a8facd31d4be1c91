/** Starts leaves: each is composed, laid out in files, and given to its driver. */

import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Fragment, Step } from '../../bundle.ts';
import { lookUp } from '../../record.ts';
import type { LeafPlace, LeafText } from '../leaf/place.ts';
import { asksForWords } from '../leaf/reading.ts';
import { notesText, UNWINDING } from '../leaf/record.ts';
import { endsInCalls } from '../leaf/subshell.ts';
import { composeLeaf } from '../leaf.ts';
import type { StepRequest } from '../protocol.ts';
import { StepFault } from '../settle.ts';
import { answersSignals, GROUP, ignores, LOCALE_NAMES, quote, type ShellState } from '../state.ts';
import { withAmbient } from './ambient.ts';
import type { Captures } from './captures.ts';
import { onDisk, type PrivateDirectory } from './directory.ts';
import { asJob, asScript, type Base, type Driver, type Pending, scopesOf } from './driver.ts';
import type { Drivers } from './drivers.ts';
import { mayFork, mayReplace, runsProgram } from './fork.ts';
import { holdText } from './hold.ts';
import type { Invocation } from './invocation.ts';
import { type Known, mentions } from './known.ts';
import { bareFragment, bareState, opensBare } from './pipes.ts';
import { endsReading, errorsEnd, unwinds } from './unwinding.ts';

/** Longest text given to `bash -c`: the system takes words of 128 KiB. */
const INLINE_TEXT = 120_000;

/** The locale that a shell has where there is none of the name that it is given. */
const QUIETLY = 'LC_ALL=C';

/** What a leaf has of its own, besides what the run gives to all. */
type Own = Pick<
  LeafPlace,
  | 'signals'
  | 'fork'
  | 'program'
  | 'hooks'
  | 'remade'
  | 'link'
  | 'aside'
  | 'getopts'
  | 'learnsCaught'
  | 'untraced'
  | 'seconds'
  | 'unwinds'
>;

interface LeavesParts {
  invocation: Invocation;
  directory: PrivateDirectory;
  known: Known;
  drivers: Drivers;
  captures: Captures;
}

export class Leaves {
  private readonly invocation: Invocation;
  private readonly directory: PrivateDirectory;
  private readonly known: Known;
  private readonly drivers: Drivers;
  private readonly captures: Captures;
  /** The shell that a missing working directory is made for right now. */
  private turn: Promise<void> = Promise.resolve();

  constructor({ invocation, directory, known, drivers, captures }: LeavesParts) {
    this.invocation = invocation;
    this.directory = directory;
    this.known = known;
    this.drivers = drivers;
    this.captures = captures;
  }

  /** As {@link Leaves.launch}; a directory that is gone is made again for one shell after the other. */
  async launchInTurn(
    driver: Driver,
    step: Step,
    state: ShellState,
    request: StepRequest,
    last = false,
  ): Promise<Pending> {
    if (scopesOf(step.fragment) > 0 || state.saved.some(({ file }) => file !== undefined)) await this.drivers.supplied;
    if (!state.gone) return this.launch(driver, step, state, request, last);
    const before = this.turn;
    let release = (): void => {};
    this.turn = new Promise<void>((resolve) => {
      release = resolve;
    });
    await before;
    const made = remake(state);
    const pending = this.launch(driver, step, state, request, last, made);
    const { aside } = made;
    const outermost = onDisk(made.remade.at(-1) ?? state.cwd);
    // The shell puts it back; without that, the step has failed.
    const isThere = (): boolean => (aside ? exists(aside.from) : fs.existsSync(outermost));
    const free = async (): Promise<void> => {
      while (pending.done === undefined && isThere()) await new Promise((resolve) => setTimeout(resolve, 1));
      release();
    };
    void free();
    return pending;
  }

  /**
   * Starts the leaf of a step, for which FIFOs are there: a fork of the driver where that may run it, or a fresh shell.
   * @param last nothing of the script follows: the leaf takes the place of the first shell, whose process id it is
   */
  launch(
    driver: Driver,
    step: Step,
    state: ShellState,
    request: StepRequest,
    last = false,
    made: Remade = { remade: [] },
  ): Pending {
    const number = this.directory.next();
    const prefix = this.directory.at(`p${number}`);
    const { fragment } = step;
    const ends = !this.known.asksForTrap(state) && unwinds(this.drivers, driver, step, state);
    const fork =
      !driver.waited &&
      mayFork(step, state, this.invocation) &&
      !(ends && errorsEnd(state)) &&
      !this.known.handlersGiveUp(state) &&
      !endsReading(state, request) &&
      !endsInCalls(state, request);
    const base = this.drivers.baseOf(driver);
    const bare = fork && opensBare(fragment, state, base, this.invocation);
    const program = bare || (fork && runsProgram(fragment.program, state, this.invocation));
    const seconds = !bare && !fragment.alone && !this.known.listsVariables(fragment.text, state);
    const hooks = this.prepareHooks(driver, fragment, bare ? base : undefined);
    const place = this.place(driver, prefix, {
      fork,
      program,
      hooks: hooks.map((hook) => this.hookText(hook, state, base)),
      ...made,
      seconds,
      untraced: !fork && fragment.untraced === true && state.flags.includes('x'),
      unwinds: !fork && ends,
      getopts: !fork && this.known.movesGetopts(fragment.text, state),
      learnsCaught: !fork && state.uncaught === undefined && this.known.mayTrap(step, state),
      signals: this.drivers.takeSignals(driver, state, fragment),
    });
    place.evaluates = this.known.evaluates(fragment.text, state);
    place.early = this.readsEarly(place, fragment, state);
    place.notes = notesText(state, prefix);
    const setsTraps = state.saved.length === 0 && !program && this.known.setsTraps(step);
    place.answers = setsTraps || answersSignals(state) || GROUP.some((name) => ignores(name, state));
    if (setsTraps || last) this.drivers.sentinel.start();
    place.marks = answersSignals(state) && this.known.marksHandlers(state);
    place.notesFirst = place.marks && place.notes !== '' && !setsTraps && this.known.leavesTraps(fragment, state);
    if (fragment.hold) place.hold = holdText(place.hooks.pop()!);
    const files = recordFiles(fragment, state, place).map((suffix) => prefix + suffix);
    for (const file of files) fs.closeSync(fs.openSync(file, 'w', 0o600));
    const leaf = composeLeaf({
      fragment: bare ? bareFragment(fragment) : fragment,
      state: bare ? bareState(state, base) : withAmbient(state, place.base, this.invocation.options.ambient),
      request,
      place,
      stubs: calledByMachine(fragment, state),
    });
    this.writeLibraries(driver, leaf.files);
    // Subshells within a substitution write to it too, unless a scope opened since says otherwise.
    const kept = state.saved.findLast((saved) => saved.file !== undefined);
    const captured = kept?.file !== undefined && kept.scope === request.scope;
    const output = captured ? ` >>${this.captures.pipeTo(kept.file!)}` : '';
    // What a stage's only program leaves behind is known: its driver need not wait to be told to end.
    const leaves = request.leave === true && program && !bare;
    if (leaves) driver.closed = true;
    const inDriver = leaves && output === '' && mayReplace(driver, fragment, state);
    if (last && driver === this.drivers.first) this.drivers.replaced = true;
    // Signals that programs send to the script's own shell within redirections are for its next command there.
    const job =
      this.known.signalled &&
      !last &&
      hooks.length > 0 &&
      fragment.kind !== 'pipeline' &&
      driver === this.drivers.first;
    if (job) driver.waited = true;
    const text =
      this.commandText(driver, leaf, state, { ...place, replaces: job || inDriver || this.drivers.replaced }) + output;
    const command = (job ? asJob(text) : text) + (leaves ? this.endText(number, prefix) : '');
    fs.writeFileSync(this.directory.command(number), command, { encoding: 'latin1', mode: 0o600 });
    const loops = Array.from({ length: fragment.loops ?? 0 }, (_, i) => `${prefix}.l${i + 1}`);
    const pending: Pending = {
      number,
      driver,
      request,
      step,
      state,
      prefix,
      files: [...files, ...loops, this.directory.command(number)],
      fork,
      program,
      bare,
      answers: place.answers,
      setsTraps,
      marks: place.marks && !this.known.namesTrap(step),
      inDriver,
      hooks: hooks.map((hook) => hook.id),
      readyHooks: new Set(),
      frames: leaf.frames,
      seconds,
      wake: () => {},
    };
    this.drivers.run(pending);
    return pending;
  }

  /** Drivers that the fragment's processes may become: one for each scope that it opens. `base` is that of forks. */
  private prepareHooks(driver: Driver, fragment: Fragment, base?: Base): Driver[] {
    return Array.from({ length: scopesOf(fragment) }, () => this.drivers.prepare(driver, base));
  }

  /** Text that turns a process into a driver. */
  private hookText(hook: Driver, state: ShellState, base: Base): string {
    if (hook.forked !== undefined) return `{ ${optionsBack(state, base)}${hook.forked}; }`;
    const { named, bashWord } = this.invocation;
    const source = named ? 'builtin unset -v BASH_SOURCE; builtin export BASH_SOURCE=; ' : '';
    return `{ { builtin set +x; ${this.localeText(state)}} 2>/dev/null; ${source}builtin cd ${quote(hook.cwd)} 2>/dev/null; builtin exec ${bashWord} ${hook.words.map(quote).join(' ')} ${UNWINDING}<&-; }`;
  }

  /**
   * Gives a process the locale that the run began with. A locale that the system has not leaves a shell with the one
   * before, but one that starts with it has none; restoring the state sets the variables again.
   */
  private localeText({ variables }: ShellState): string {
    const base = this.drivers.baseOf(this.drivers.first).variables;
    const changed = LOCALE_NAMES.filter((name) => variables[name] !== base[name]);
    const locale = changed.map((name) => `builtin unset -v ${name}; ${base[name] ?? ':'}; `).join('');
    return this.warns ? `${locale}builtin export ${QUIETLY}; ` : locale;
  }

  /** The run began with a locale that there is not: the first shell has said so, and no other is started with it. */
  private get warns(): boolean {
    return this.drivers.baseOf(this.drivers.first).warns;
  }

  /** What a leaf's text is made with. */
  place(driver: Driver, prefix: string, own: Own): LeafPlace {
    const { known, drivers } = this;
    const { named, scriptName, options } = this.invocation;
    const base = drivers.baseOf(driver);
    const asBegun = own.fork && base === drivers.baseOf(drivers.first);
    const started: Base['variables'] = this.warns && !own.fork ? { LC_ALL: `declare -x ${QUIETLY}` } : {};
    return {
      prefix,
      base: { ...base.variables, ...started },
      given: asBegun ? undefined : Object.keys(options.env),
      baseOptions: base.options,
      baseShopt: base.shopt,
      definitions: known.definitions,
      ...drivers.identity,
      argv0: options.argv0,
      rename: options.argv0.startsWith('/') || options.inline !== undefined,
      name: scriptName,
      named,
      libraries: this.libraryPrefix(driver),
      foreign: named && known.foreign,
      pipestatus: known.pipestatus,
      ...own,
    };
  }

  /**
   * True if BASH_SOURCE must be made before the shell reads the first line of its file: a function stands there, or in a
   * command that begins there, as a subshell's text does. The file that makes it makes BASH_ARGC, too.
   */
  private readsEarly({ fork, name, base }: LeafPlace, { text, line }: Fragment, { saved }: ShellState): boolean {
    return (
      !fork &&
      this.invocation.named &&
      name !== undefined &&
      !name.startsWith('/') &&
      base.BASH_ENV === undefined &&
      (line === 1 || saved.length > 0) &&
      mentions(text, /\(\s*\)|\bfunction\b/) &&
      !mentions(text, /\bBASH_ARG[CV]\b/)
    );
  }

  /**
   * What the driver is told to run.
   * @param replaces the leaf takes the place of the shell that runs this
   */
  private commandText(
    driver: Driver,
    leaf: LeafText,
    state: ShellState,
    { fork, early, replaces }: LeafPlace & { replaces: boolean },
  ): string {
    // Where the script has closed its descriptor 2, so is the one that keeps it. The driver's own array goes to no leaf.
    const errors = 'MAPFILE[1]=251; builtin [ -e /proc/self/fd/251 ] || MAPFILE[1]=-; ';
    if (fork) {
      const text = `exec 2>&"\${MAPFILE[1]}" 250<&- 251>&-; builtin eval ${quote(leaf.text)}`;
      return errors + (replaces ? text : `( ${text})`);
    }
    const { named, bashWord, options } = this.invocation;
    const locale = this.warns ? `${QUIETLY} ` : '';
    const source = named ? `BASH_SOURCE= ${early ? `BASH_ENV=${this.directory.at('e')} ` : ''}` : '';
    let words: string;
    if (options.inline !== undefined && leaf.text.length <= INLINE_TEXT) {
      // What ends the shell with 127 ends a subshell with 1. A trace would show that there is another around it.
      const own = state.saved.length === 0 || state.flags.includes('x');
      const text = own ? leaf.text : `(builtin eval ${quote(leaf.text)}); builtin exit $?`;
      words = `--norc -c ${quote(text)} ${quote(options.argv0)}`;
    } else {
      const script = onDisk(path.resolve(driver.cwd, driver.script));
      fs.writeFileSync(script, leaf.text, { encoding: 'latin1', mode: 0o700 });
      words = asScript(driver.script).map(quote).join(' ');
    }
    const exec = replaces ? 'builtin exec ' : '';
    return `${errors}${source}${locale}${exec}${bashWord} ${words} 2>&"\${MAPFILE[1]}" 250<&- 251>&-`;
  }

  /** Ends a scope's driver as the leaf has recorded to have ended. */
  private endText(number: number, prefix: string): string {
    const answer = `builtin printf '${number} %s\\n' "$__sh2sfn_v" >>${this.directory.at('r')}`;
    return `; __sh2sfn_v=$?; builtin mapfile -d '' -t -n 2 __sh2sfn_n <${prefix}.h; ${answer}; builtin exit "\${__sh2sfn_n[1]:-$__sh2sfn_v}"`;
  }

  /** Path prefix of the libraries' private files. */
  private libraryPrefix(driver: Driver): string {
    return this.directory.at(`d${driver.id}`, '.l');
  }

  /** Writes the libraries' private files for a leaf. */
  private writeLibraries(driver: Driver, texts: ReadonlyMap<number, string>): void {
    for (const [library, text] of texts) {
      if (driver.files.get(library) === text) continue;
      fs.writeFileSync(`${this.libraryPrefix(driver)}${library}`, text, { encoding: 'latin1', mode: 0o600 });
      driver.files.set(library, text);
    }
  }
}

/** Gives a shell the options back that its driver had. */
function optionsBack({ options, shopt }: ShellState, base: Base): string {
  const changed = new Set([...options, ...shopt].filter((line) => !base.options.has(line) && !base.shopt.has(line)));
  if (changed.size === 0) return '';
  const before = [...base.options, ...base.shopt].filter((line) => changed.has(opposite(line)));
  return before.map((line) => `builtin ${line}; `).join('');
}

/** A line of `set +o` or `shopt -p` that says the opposite. */
const opposite = (line: string): string =>
  line.replace(/^(set |shopt )([-+])(\w)/, (_, command: string, sign: string, letter: string) =>
    command === 'set ' ? `set ${sign === '-' ? '+' : '-'}${letter}` : `shopt -${letter === 's' ? 'u' : 's'}`,
  );

/** Suffixes of the files that a leaf records in. */
function recordFiles(fragment: Fragment, state: ShellState, place: LeafPlace): string[] {
  const begun = place.answers ? ['.g'] : [];
  if (place.program) return ['.h', ...begun];
  return [
    '.h',
    ...begun,
    '.t',
    ...(place.fork ? [] : ['.n']),
    ...(fragment.kind === 'words' ? ['.w'] : []),
    ...(fragment.calls || asksForWords(fragment) ? ['.a'] : []),
    ...(place.getopts ? ['.o'] : []),
    ...(place.learnsCaught ? ['.d'] : []),
    ...(place.unwinds ? ['.u'] : []),
    ...(place.notes ? ['.s'] : []),
    ...(place.marks ? ['.k'] : []),
    ...(state.frames.length > 0 ? ['.r'] : []),
    ...state.frames.slice(1).map((_, i) => `.f${i}`),
  ];
}

/** Names of the functions whose bodies are the machine's, where the fragment calls them. */
function calledByMachine(fragment: Fragment, state: ShellState): string[] {
  return Object.entries(fragment.calls ?? {})
    .filter(([name, ids]) => {
      const entry = lookUp(state.functions, name);
      if (fragment.exits && !state.traps.includes(`trap -- '${name}' EXIT`)) return false;
      return entry && 'id' in entry && ids.includes(entry.id);
    })
    .map(([name]) => name);
}

type Remade = Pick<LeafPlace, 'remade' | 'link' | 'aside'>;

/** True if the name is taken, be it by a link that leads nowhere. */
const exists = (name: string): boolean => fs.lstatSync(onDisk(name), { throwIfNoEntry: false }) !== undefined;

/**
 * A working directory that is gone is made again for a moment, so that a shell can go there: it sees what bash sees in a
 * directory that nothing leads to. One that was moved gets a link in its old place. What stands there now makes room for that
 * moment. Answers what was made, innermost first.
 */
function remake({ cwd, gone }: ShellState): Remade {
  const aside = exists(cwd) ? { from: `${cwd}.sh2sfn-${process.pid}`, to: cwd } : undefined;
  try {
    if (aside) fs.renameSync(onDisk(aside.to), onDisk(aside.from));
  } catch (error) {
    throw new StepFault(
      'Sh2sfn.WorkingDirectory',
      `the working directory ${cwd} was removed, and what stands in its place cannot be moved: ${(error as Error).message}`,
    );
  }
  const moved = typeof gone === 'string';
  const remade: string[] = [];
  for (let at = moved ? path.dirname(cwd) : cwd; !fs.existsSync(onDisk(at)); at = path.dirname(at)) remade.push(at);
  for (const directory of [...remade].reverse()) fs.mkdirSync(onDisk(directory));
  if (!moved) return { remade, aside };
  fs.symlinkSync(onDisk(gone), onDisk(cwd));
  return { remade, link: cwd, aside };
}
