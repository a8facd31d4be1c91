/**
 * The step runtime on this machine: fragments run in real bash processes whose descriptors are the run's own.
 *
 * A driver is a bash that waits for work: one for the run's own streams, and one for each scope that a redirection or a
 * pipeline opens. A leaf is a fork of a driver, or a fresh bash that the driver starts, so it has the driver's descriptors.
 */
import * as fs from 'node:fs';
import type { Step } from '../bundle.ts';
import { lookUp } from '../record.ts';
import { asksForWords } from './leaf/reading.ts';
import { counted } from './line-count.ts';
import { Captures } from './local/captures.ts';
import { PrivateDirectory } from './local/directory.ts';
import { type Driver, ended, type Pending, removeFiles, settled } from './local/driver.ts';
import { Drivers } from './local/drivers.ts';
import { Functions } from './local/functions.ts';
import { initialState } from './local/initial-state.ts';
import { Invocation, type LocalRuntimeOptions } from './local/invocation.ts';
import { Known, type KnownSteps } from './local/known.ts';
import { Leaves } from './local/leaves.ts';
import { applyOps } from './local/operations.ts';
import { Orphans } from './local/orphans.ts';
import { expand, plainCall } from './local/plain-call.ts';
import {
  askingStep,
  callsUncalled,
  enterLibrary,
  lastStep,
  literalStep,
  loadsBuiltins,
  mayShowId,
  mayTrace,
  restsOf,
  textOf,
  tiesRest,
} from './local/reading.ts';
import { Records } from './local/records.ts';
import { type Staying, StayingShells } from './local/staying.ts';
import { exitStep, failingStep, handlingStep } from './local/unwinding.ts';
import { Values } from './local/values.ts';
import { WorkingDirectories } from './local/working-directory.ts';
import type { RunContext, StepRequest, StepResponse, Value } from './protocol.ts';
import { StepFault } from './settle.ts';
import { EXIT_TRAP, type ShellState } from './state.ts';

export type { KnownSteps, LocalRuntimeOptions };

export class LocalRuntime {
  private readonly invocation: Invocation;
  private readonly directory: PrivateDirectory;
  private readonly known = new Known();
  private readonly values: Values;
  private readonly drivers: Drivers;
  private readonly leaves: Leaves;
  private readonly records: Records;
  private readonly captures: Captures;
  private readonly places: WorkingDirectories;
  private readonly staying: StayingShells;
  private readonly orphans = new Orphans();
  private shell: Promise<Driver> | undefined;

  constructor(options: LocalRuntimeOptions) {
    const directory = new PrivateDirectory(options.directory);
    const invocation = new Invocation(options);
    const { known } = this;
    const values = new Values(directory);
    const drivers = new Drivers(invocation, directory);
    const captures = new Captures(
      () => drivers.takeFifo(),
      (fifo) => drivers.giveBack(fifo),
    );
    const leaves = new Leaves({ invocation, directory, known, drivers, captures });
    const functions = new Functions(invocation, directory, known, drivers);
    const places = new WorkingDirectories(directory.path);
    const records = new Records({ invocation, known, drivers, functions, values, places });
    this.invocation = invocation;
    this.directory = directory;
    this.values = values;
    this.drivers = drivers;
    this.leaves = leaves;
    this.captures = captures;
    this.records = records;
    this.places = places;
    this.staying = new StayingShells({ invocation, directory, known, drivers, leaves, records, values });
  }

  /** Starts the first driver's shell, so that it is ready when `start` waits for it. */
  begin(): void {
    this.shell ??= this.drivers.start();
    // Reported by `start`, if it comes to that.
    this.shell.catch(() => {});
  }

  /** Waits for the first driver; answers the initial state and the facts of the run. */
  async start(known: KnownSteps): Promise<{ state: Value; run: RunContext }> {
    this.known.learn(known, this.invocation.importsFunctions);
    this.begin();
    const driver = await this.shell!;
    return {
      state: this.values.toValue(initialState(this.invocation, this.drivers.baseOf(driver))),
      run: {
        store: this.directory.path,
        argv0: this.invocation.options.argv0,
        pid: this.drivers.pid,
        ppid: process.pid,
      },
    };
  }

  /** The first shell's process id. */
  get pid(): number | undefined {
    return this.drivers.pid;
  }

  /** The state by reference, where it is too large for a failure's message. */
  shorten(value: Value): Value {
    return this.values.shorten(value);
  }

  /** Executes one step. */
  async run(asked: StepRequest, _signal?: AbortSignal): Promise<StepResponse> {
    const request = this.staying.withoutReturns(asked);
    const found = this.known.steps.get(request.step);
    if (!found) throw new Error(`no step ${request.step}`);
    const { kind } = found.fragment;
    if (this.pid !== undefined && this.known.findsProcesses(found)) await this.orphans.collected(this.pid);
    const there = this.staying.find(request, found);
    if (there) return this.runThere(there, request, counted(found, there.state));
    const before = await this.staying.resolve(request.state!);
    if (kind === 'leave') {
      await this.leave(this.drivers.get(request.scope)!, request.status);
      return this.goOn(request, before);
    }
    if (kind === 'join') return this.join(request, before);
    const scope = request.scope === '' ? this.drivers.first.id : request.scope;
    const driver = this.drivers.get(scope);
    if (!driver || driver.closed) throw new Error(`no scope ${request.scope}`);
    await this.drivers.closeDescendants(driver);
    await this.staying.recordOf(driver);
    const state = this.places.located(await this.apply(before, request));
    const step = counted(found, state);
    if (this.staying.worthwhile(driver, step, state, request))
      return this.runThere(this.staying.start(driver, state, request), { ...request, ops: [] }, step);
    const words = plainCall(step, state);
    if (words) return this.records.call(words, step, state, request);
    const response = asksForWords(step.fragment)
      ? await this.read(driver, step, state, request)
      : await this.execute(driver, step, state, request, this.isLast(driver, step, state));
    if (request.leave) await this.leave(driver, response.status);
    return response;
  }

  /** True if nothing of the script follows the step: its shell may be the first one, whose process id the script shows. */
  private isLast(driver: Driver, { fragment: { replaces } }: Step, state: ShellState): boolean {
    if (replaces === undefined || !this.invocation.isWhole) return false;
    if (driver !== this.drivers.first || state.saved.length > 0) return false;
    if (lookUp(state.functions, 'exec') || state.aliases.length > 0 || state.shopt.includes('shopt -s execfail'))
      return false;
    // Without a program, or behind an option that is none, there is no `exec`.
    const [program = '-'] = expand(replaces, state) ?? [];
    return !program.startsWith('-');
  }

  /** Runs a step in a shell that stays, or where that declines it, in another. */
  private async runThere(there: Staying, request: StepRequest, step: Step): Promise<StepResponse> {
    const response = await this.staying.run(there, request, step);
    if (!('declined' in response)) return response;
    const { declined, fails } = response;
    if (fails !== undefined) {
      const state = await this.staying.resolve(declined);
      return this.execute(there.pending.driver, failingStep(step, fails), state, {
        ...request,
        ops: [],
        ignore: false,
      });
    }
    // The loop's variables have been bound: binding them again changes nothing.
    return this.run({ ...request, state: declined });
  }

  /** The state after the request's operations: what they end has printed all that it will. */
  private async apply(before: ShellState, { ops, scope }: StepRequest): Promise<ShellState> {
    const ended: string[] = [];
    const state = applyOps(before, ops, scope, this.known.definitions, this.directory, ended);
    for (const file of ended) await this.captures.end(file);
    return state;
  }

  /** Answers what needs no process: the request's status, and the state after its operations. */
  private async goOn(request: StepRequest, before: ShellState): Promise<StepResponse> {
    const { status, scope } = request;
    return this.values.answer(request, await this.apply(before, request), { status, scope });
  }

  /** @param last nothing of the script follows */
  private async execute(
    driver: Driver,
    step: Step,
    state: ShellState,
    request: StepRequest,
    last = false,
  ): Promise<StepResponse> {
    // What the stages of a pipeline have sent the script's shell is for that before its next command.
    if (this.known.signalled) await this.drivers.reported(driver, state);
    await this.drivers.noticed;
    const pending = await this.leaves.launchInTurn(driver, step, state, request, last);
    await settled(pending);
    if (this.drivers.missed(pending)) {
      removeFiles(pending);
      return this.execute(driver, step, state, request, last);
    }
    this.drivers.heard(pending);
    const died = step.fragment.kind === 'command' && !step.fragment.hold && this.drivers.diedRecording(pending);
    const response = this.finish(pending);
    if (died && response.control === 'exit')
      return this.execute(driver, handlingStep(step), { ...state, bindings: [] }, { ...request, ignore: false });
    // What has set a trap may have handled it.
    const handles = (): boolean => this.invocation.importsFunctions || this.known.setsTraps(step);
    const { fatal } = pending;
    if (fatal && response.control !== 'exit' && !handles()) this.drivers.outlived(pending, fatal);
    if (pending.unwound === undefined) return this.withSignals(driver, step, state, response, request);
    // The shell that an error has ended runs its EXIT trap where the redirections around the command are undone.
    const shell = this.drivers.shellOf(driver, state.saved.length);
    const scope = shell === this.drivers.first ? '' : shell.id;
    await this.drivers.closeDescendants(shell);
    const after = { ...this.values.fromValue(response.state), frames: [] };
    return this.execute(shell, exitStep(step, pending.unwound), after, { ...request, scope });
  }

  /** Has the signals handled that the script's own shell was sent during a command, where something comes behind that at all. */
  private async withSignals(
    driver: Driver,
    step: Step,
    before: ShellState,
    response: StepResponse,
    request: StepRequest,
  ): Promise<StepResponse> {
    const { kind, hold, ends } = step.fragment;
    const { control, status } = response;
    if (this.known.signalled && driver !== this.drivers.first) await this.drivers.reported(driver, before);
    if (!(await this.drivers.awaitsSignals(driver, before)) || kind !== 'command' || hold) return response;
    if (control !== 'next' && control !== 'exit') return response;
    const state = this.values.fromValue(response.state);
    // A shell that has ended has run its EXIT trap.
    if (ends || control === 'exit') state.traps = state.traps.filter((line) => !EXIT_TRAP.test(line));
    const handled = await this.execute(driver, handlingStep(step), state, { ...request, status, ignore: false });
    return handled.control === 'next' ? { ...handled, control } : handled;
  }

  private finish(pending: Pending): StepResponse {
    for (const { file } of pending.state.saved) if (file !== undefined) this.captures.drain(file);
    const full = this.directory.full();
    if (full) throw full;
    return this.conclude(pending);
  }

  /** Answers how a leaf has ended, or which scopes it has opened. */
  private conclude(pending: Pending): StepResponse {
    const { request, step, state } = pending;
    if (pending.done !== undefined) {
      for (const id of pending.hooks) if (!pending.readyHooks.has(id)) this.drivers.discard(this.drivers.get(id)!);
      return this.records.collect(pending, request.scope);
    }
    for (const id of pending.hooks) this.drivers.get(id)!.holder = pending;
    if (step.fragment.hold) return this.records.collect(pending, pending.hooks[0]!);
    const entered = { control: 'enter', scopes: pending.hooks } as const;
    if (!step.fragment.text.some((part) => part[0] === 'enter'))
      return this.values.answer(request, state, { ...entered, scope: request.scope, status: request.status });
    const response = { ...this.records.collect(pending, request.scope), ...entered };
    // The shell records once more when it is back, whatever its umask then allows.
    for (const suffix of ['.h', '.t', '.n']) fs.writeFileSync(pending.prefix + suffix, '', { mode: 0o600 });
    return response;
  }

  /**
   * A command that reads a library. Its words are expanded once; where they name the file that was compiled in, the machine
   * runs its lines, and otherwise the command is executed as it stands.
   */
  private async read(driver: Driver, step: Step, state: ShellState, request: StepRequest): Promise<StepResponse> {
    const pending = await this.leaves.launchInTurn(driver, askingStep(step), state, request);
    await settled(pending);
    const response = this.finish(pending);
    if (response.control !== 'next' || !pending.reading) return response;
    const [code, line, ...words] = pending.reading;
    const status = Number(code);
    const after = this.values.fromValue(response.state);
    const { pipestatus } = state;
    const { reads } = step.fragment;
    const inside =
      reads && enterLibrary(reads, after, { line: Number(line), words, pipestatus, ignored: request.ignore });
    if (!inside) {
      const there = { ...after, line: state.line };
      const before =
        step.fragment.unseen === undefined ? there : { ...there, pipestatus, lastArgument: state.lastArgument };
      const asked = { ...request, status };
      const outer = this.invocation.isWhole ? restsOf(state, this.known.steps) : undefined;
      const rest = outer && step.rest;
      const text = textOf(step, words, state);
      if (!rest && loadsBuiltins(step, words, state))
        throw new StepFault('Sh2sfn.Unsupported', `step ${step.state} loads builtins, which it cannot pass on`);
      if (!rest && callsUncalled(step, text))
        throw new StepFault('Sh2sfn.Unsupported', `step ${step.state} may call functions that need one shell for all`);
      const own = driver === this.drivers.first && state.saved.length === 0;
      if (mayShowId(step, text, rest !== undefined && own))
        throw new StepFault(
          'Sh2sfn.Unsupported',
          `step ${step.state} may show a process id that only one shell for all has`,
        );
      if (!rest || !outer || !tiesRest(step, words, state, text)) {
        const lists = text !== undefined && this.known.listsVariables([text], state);
        return this.execute(driver, literalStep(step, words, lists), before, asked);
      }
      if (mayTrace(text ?? '') && [rest, ...outer].some((one) => one().resumes))
        throw new StepFault('Sh2sfn.Unsupported', `step ${step.state} may set a DEBUG trap within a loop`);
      const last = await this.execute(driver, lastStep(step, words, rest, outer, own), before, asked, own);
      return { ...last, control: 'exit' };
    }
    return this.values.answer(request, inside, { status, control: 'call', scope: request.scope });
  }

  private async leave(driver: Driver | undefined, status: number): Promise<void> {
    if (!driver || driver.closed) return;
    await this.staying.recordOf(driver);
    await this.drivers.leave(driver, status);
  }

  /** Ends a scope, and waits for the leaf that opened it. */
  private async join(request: StepRequest, before: ShellState): Promise<StepResponse> {
    const driver = this.drivers.get(request.scope);
    const holder = driver?.holder;
    if (!driver || !holder) throw new Error(`nothing holds scope ${request.scope}`);
    await this.leave(driver, request.status);
    await ended(holder);
    if (holder.step.fragment.kind === 'pipeline') this.drivers.heard(holder);
    for (const id of holder.hooks) {
      const hook = this.drivers.get(id);
      if (hook) this.drivers.discard(hook);
    }
    if (holder.step.fragment.kind === 'redirect') return this.goOn(request, before);
    holder.request = { ...holder.request, scope: request.scope };
    return this.records.collect(holder, request.scope);
  }

  /** The signal that the script's own shell has died of, where that is sure. */
  get fatal(): NodeJS.Signals | undefined {
    return this.drivers.fatal;
  }

  /** Sends a signal to the script's shell, if that does not have it. Answers whether that ends now, whatever still runs. */
  kill(signal: NodeJS.Signals, there: boolean): boolean {
    return this.drivers.kill(signal, there);
  }

  /** Ends the drivers and removes what was private to the run. */
  async close(): Promise<void> {
    this.staying.close();
    this.captures.close();
    this.places.close();
    const { idle } = this.drivers;
    const closed = this.drivers.close(this.known.tellsId);
    // Shells that run nothing have read what they need: the files go while the shells do.
    if (idle) this.directory.remove();
    await closed;
    this.directory.remove();
  }
}
