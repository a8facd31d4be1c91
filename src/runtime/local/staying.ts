/**
 * Shells that stay from one fragment to the next: where several in a row could each be run by a fork, one fork runs them
 * all. Such a shell has the state that its last fragment left, which is recorded only when something else needs it.
 */
import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Fragment, Step } from '../../bundle.ts';
import { composeCall, composeNext, composeReturn, LEAVE, recordText, stayingFragment, TOLD } from '../leaf/next.ts';
import type { Leaf, LeafPlace } from '../leaf/place.ts';
import type { StepRequest, StepResponse, Value } from '../protocol.ts';
import { listKey, type ShellState } from '../state.ts';
import { type PrivateDirectory, written } from './directory.ts';
import { type Driver, type Pending, removeFiles, settled, until } from './driver.ts';
import type { Drivers } from './drivers.ts';
import { cannotExit, judgesInCall, mayStay, staysInCall } from './fork.ts';
import type { Invocation } from './invocation.ts';
import type { Known } from './known.ts';
import type { Leaves } from './leaves.ts';
import { applyOps } from './operations.ts';
import { calledFunction } from './plain-call.ts';
import { fields, flagsOf, isReference, readMarker } from './recorded.ts';
import { dropCaptures, type Records } from './records.ts';
import { endsReading, errorsEnd, unwinds } from './unwinding.ts';
import { response, type Values } from './values.ts';

/** Suitable fragments in a row after which a shell stays for the next. */
const PATIENCE = 2;
/** And how many more once a shell has declined one. */
const PATIENCE_AFTER = 20;
/** How many a shell must have run to have been worth its start: of the next one, more is asked. */
const WORTHWHILE = 4;
/** Longest text that is told through the pipe: bash reads that byte by byte, a file in blocks. */
const SHORT = 400;

/** A shell that stays. */
export interface Staying {
  /** The leaf that it is. */
  pending: Pending;
  /** What no fragment that it may run can change, and the rest as it was at its start. */
  state: ShellState;
  /** Names its present state. */
  ref: string;
  /** Path of the FIFO that it is told through, and our descriptor of that. */
  channel: string;
  control: number;
  /** Line of its last command. */
  line: number;
  /** The calls under way when it began: those within it has made itself. */
  depth: number;
  /** How many fragments it has run, and which, by their steps. */
  count: number;
  ran: Map<string, Fragment>;
  declined?: boolean;
  recorded?: Promise<ShellState>;
}

/** What a shell tells where it is in a call that it has made. */
const IN_CALL = 'call';
/** And where it is to leave one. */
const RETURNS = 'return';

/** What a shell has written, each with a NUL behind it; the file is removed. */
function takeFields(file: string): string[] {
  const text = fs.readFileSync(file, 'latin1');
  fs.rmSync(file);
  return fields(text);
}

/** The state that a shell holds, as a value. */
const heldBy = ({ ref }: Staying): Value => ({ ref, sha256: '', size: 0 });

/** Writes to a pipe that nothing else writes to. */
const writeWhole = (control: number, text: string): void => void fs.writeSync(control, Buffer.from(text, 'latin1'));

/** Has the shell do what ends its loop. */
const leaveLoop = ({ pending, control }: Staying, text = LEAVE): void => {
  if (pending.done === undefined) writeWhole(control, `${text}\0`);
};

/** The number of calls that are left before anything else. */
function returnsIn(ops: StepRequest['ops']): number {
  const others = ops.findIndex(([kind]) => kind !== 'return');
  return others < 0 ? ops.length : others;
}

export interface StayingParts {
  invocation: Invocation;
  directory: PrivateDirectory;
  known: Known;
  drivers: Drivers;
  leaves: Leaves;
  records: Records;
  values: Values;
}

export class StayingShells {
  private readonly parts: StayingParts;
  /** By driver; and all states that they hold or have recorded, by name. */
  private readonly staying = new Map<string, Staying>();
  private readonly held = new Map<string, Staying>();
  /** How many calls have been left in the state of that name, though the machine may have its step end otherwise. */
  private readonly left = new Map<string, number>();
  /** Suitable fragments in a row, by driver. */
  private readonly streaks = new Map<string, number>();
  /** And after how many a shell stays. */
  private readonly patience = new Map<string, number>();

  constructor(parts: StayingParts) {
    this.parts = parts;
    parts.drivers.dismiss = (driver) => this.recordOf(driver);
  }

  private suits(driver: Driver, step: Step, state: ShellState, request: StepRequest): boolean {
    const { known, invocation, drivers } = this.parts;
    return (
      known.mayStay &&
      (mayStay(step, state, request, invocation) || staysInCall(step, state, request, invocation)) &&
      !known.handlersGiveUp(state) &&
      !endsReading(state, request) &&
      !(errorsEnd(state) && unwinds(drivers, driver, step, state))
    );
  }

  /** The request without the returns from calls that its state has left: a step that ends in an error asks for them again. */
  withoutReturns(request: StepRequest): StepRequest {
    const { state, ops } = request;
    const left = state && 'ref' in state ? (this.left.get(state.ref) ?? 0) : 0;
    return left === 0 ? request : { ...request, ops: ops.slice(Math.min(left, returnsIn(ops))) };
  }

  /** The shell that has the request's state and may run its step. */
  find(request: StepRequest, step: Step): Staying | undefined {
    const { state: value, ops, scope } = request;
    const there = this.staying.get(scope === '' ? this.parts.drivers.first.id : scope);
    if (
      !there ||
      !value ||
      !('ref' in value) ||
      value.ref !== there.ref ||
      there.declined ||
      there.pending.done !== undefined
    )
      return undefined;
    const returns = returnsIn(ops);
    if (there.state.frames.length - returns < there.depth) return undefined;
    const { definitions } = this.parts.known;
    const state =
      returns === 0
        ? there.state
        : applyOps(there.state, ops.slice(0, returns), scope, definitions, this.parts.directory);
    // What a loop gives a reference is its target, which may be an element.
    const binds = ops.slice(returns).every(([kind, name]) => kind === 'bind' && !isReference(name, state));
    return binds && this.suits(there.pending.driver, step, state, request) ? there : undefined;
  }

  /** True if the step is one of so many in a row that a shell is to stay for it and the next ones. */
  worthwhile(driver: Driver, step: Step, state: ShellState, request: StepRequest): boolean {
    const streak = this.suits(driver, step, state, request) ? (this.streaks.get(driver.id) ?? 0) + 1 : 0;
    this.streaks.set(driver.id, streak);
    return streak > (this.patience.get(driver.id) ?? PATIENCE);
  }

  /** Starts a shell that stays. */
  start(driver: Driver, state: ShellState, request: StepRequest): Staying {
    const channel = this.parts.drivers.takeFifo();
    const step: Step = {
      key: '',
      state: '',
      fragment: stayingFragment(channel),
      commands: [],
      files: [],
      settings: {},
      source: { line: 1, column: 1, start: 0, end: 0 },
      streams: false,
    };
    const control = fs.openSync(channel, fs.constants.O_RDWR);
    const asked = { ...request, ops: [], status: 0, ignore: false, leave: false };
    const there: Staying = {
      pending: this.parts.leaves.launch(driver, step, state, asked),
      state: { ...state, bindings: [] },
      ref: `@${this.parts.directory.next()}`,
      channel,
      control,
      line: state.line,
      depth: state.frames.length,
      count: 0,
      ran: new Map(),
    };
    this.staying.set(driver.id, there);
    this.held.set(there.ref, there);
    return there;
  }

  /**
   * Runs a step in a shell that stays; answers nothing but the shell's state where that has declined it, or where the step has
   * failed with a status that ends the shell.
   */
  async run(
    there: Staying,
    request: StepRequest,
    step: Step,
  ): Promise<StepResponse | { declined: Value; fails?: number }> {
    const { pending } = there;
    const { flags, frames } = there.state;
    const judged =
      !request.ignore &&
      step.fragment.kind === 'command' &&
      judgesInCall({ flags, frames: frames.slice(returnsIn(request.ops)) });
    const answer = await this.ask(there, judged ? { ...request, ignore: true } : request, step);
    if (!answer && this.parts.drivers.missed(pending)) {
      there.declined = true;
      return { declined: heldBy(there) };
    }
    if (!answer) return this.ended(there, request, step);
    const [status, letters, line, control] = answer;
    if (status === 'declined') {
      this.streaks.set(pending.driver.id, -PATIENCE_AFTER);
      there.declined = true;
      return { declined: heldBy(there) };
    }
    there.count += 1;
    there.ran.set(step.key, step.fragment);
    there.state = { ...there.state, flags: flagsOf(letters!, there.state) };
    dropCaptures(there.state, step.fragment);
    let rest: Partial<StepResponse>;
    if (control === IN_CALL) rest = this.takeCall(there, request, step);
    else if (control === RETURNS) rest = { status: Number(status), control: 'return' };
    else {
      // Behind the words of a `case`, it is again what it was.
      if (step.fragment.kind !== 'case') there.line = Number(line) || 1;
      rest =
        step.fragment.kind === 'words'
          ? this.takeWords(there, step.fragment.list!)
          : { status: Number(status), count: readMarker(control!).value ?? 0 };
    }
    if (judged && rest.control === undefined && rest.status !== 0) {
      there.declined = true;
      return { declined: heldBy(there), fails: rest.status };
    }
    this.held.delete(there.ref);
    this.left.delete(there.ref);
    there.ref = `@${path.basename(pending.prefix)}.${this.parts.directory.next()}`;
    this.held.set(there.ref, there);
    return { ...response(request, there.state.flags, heldBy(there)), scope: request.scope, ...rest };
  }

  /** The shell is in a call that it has made. */
  private takeCall(there: Staying, { status }: StepRequest, step: Step): Partial<StepResponse> {
    const file = `${there.pending.prefix}.a`;
    const { inside, target } = this.parts.records.enter(takeFields(file), step, there.state);
    there.state = inside;
    there.line = inside.line;
    return { status, control: 'call', target };
  }

  /** Keeps the words of a loop that the shell has taken down; their number, and the status that it had then. */
  private takeWords({ pending, state }: Staying, list: string): Partial<StepResponse> {
    const [status, ...words] = takeFields(`${pending.prefix}.w`);
    state.lists = { ...state.lists, [listKey(list, state.frames.length)]: words };
    return { status: Number(status), count: words.length };
  }

  /** Has the shell run the step's fragment; answers what it tells of it: nothing where that ended it. */
  private async ask(there: Staying, request: StepRequest, step: Step): Promise<string[] | undefined> {
    const { directory, known, drivers } = this.parts;
    const number = directory.next();
    const { pending } = there;
    const before = { ...there.state, line: there.line };
    const state = applyOps(before, request.ops, request.scope, known.definitions, directory);
    const returns = returnsIn(request.ops);
    if (returns > 0) this.left.set(there.ref, returns);
    for (let left = returns; left > 0; left -= 1) leaveLoop(there);
    there.state = { ...state, bindings: [] };
    const replies = `>>${directory.path}/r`;
    const report = (control: string, status = '"$?"'): string =>
      `builtin printf 'there %s %s %s %s ${control}\\n' ${number} ${status} "$-" "$LINENO" ${replies}`;
    const leaf: Leaf = { fragment: step.fragment, state, request, stubs: [], place: this.placeOf(there) };
    const called = calledFunction(step, state);
    const returned = step.fragment.returns;
    const decline = `builtin printf 'there %s declined\\n' ${number} ${replies}`;
    let text: string;
    if (called !== undefined) text = composeCall(leaf, called, there.channel, report(IN_CALL));
    else if (returned !== undefined) text = composeReturn(leaf, returned, (status) => report(RETURNS, status), decline);
    else text = composeNext(leaf, report, decline);
    let answer: string[] | undefined;
    drivers.answers.set(number, (words) => {
      answer = words;
      pending.wake();
    });
    const file = directory.command(number);
    const short = text.length < SHORT;
    if (short) writeWhole(there.control, `${text}\0`);
    else {
      fs.writeFileSync(file, text, { encoding: 'latin1', mode: 0o600 });
      writeWhole(there.control, `builtin mapfile -d '' -t ${TOLD} <${file}; builtin eval -- "$${TOLD}"\0`);
    }
    await until(pending, () => answer !== undefined || pending.done !== undefined);
    drivers.answers.delete(number);
    if (!short) fs.rmSync(file, { force: true });
    return answer;
  }

  private placeOf({ pending }: Staying): LeafPlace {
    return this.parts.leaves.place(pending.driver, pending.prefix, {
      fork: true,
      program: false,
      hooks: [],
      remade: [],
      getopts: false,
      learnsCaught: false,
      unwinds: false,
      untraced: false,
      seconds: true,
    });
  }

  /** The fragment ended its shell. */
  private ended(there: Staying, request: StepRequest, step: Step): StepResponse {
    const { pending, state } = there;
    const { values, drivers } = this.parts;
    this.staying.delete(pending.driver.id);
    drivers.died({ ...pending, step, state });
    this.closeChannel(there);
    there.recorded = Promise.resolve(state);
    if (pending.done === 1 && cannotExit(step, state)) return values.abandoned(request, state, step.fragment);
    return values.answer(
      request,
      { ...state, bindings: [] },
      { status: pending.done!, control: 'exit', scope: request.scope },
    );
  }

  /** The state that a value stands for; a shell that holds it records it, and ends. */
  async resolve(value: Value): Promise<ShellState> {
    const holder = 'ref' in value ? this.held.get(value.ref) : undefined;
    return holder ? this.record(holder) : this.parts.values.fromValue(value);
  }

  /** Has the driver's shell, if one stays, record its state, and end. */
  async recordOf(driver: Driver): Promise<void> {
    const there = this.staying.get(driver.id);
    if (there) await this.record(there);
  }

  private record(there: Staying): Promise<ShellState> {
    there.recorded ??= this.recordNow(there);
    return there.recorded;
  }

  private async recordNow(there: Staying): Promise<ShellState> {
    const { pending, count } = there;
    const { id } = pending.driver;
    this.staying.delete(id);
    this.patience.set(id, count < WORTHWHILE ? 2 * (this.patience.get(id) ?? PATIENCE) : PATIENCE);
    // What has made variables tells their order.
    const made = [...there.ran.values()].flatMap(({ text }) => text.filter((part) => typeof part === 'string'));
    pending.step = { ...pending.step, fragment: { ...pending.step.fragment, text: made } };
    const { frames } = there.state;
    if (frames.length > there.depth) {
      Object.assign(pending, { state: { ...there.state, bindings: [] }, frames: frames.length });
      for (let i = 0; i < frames.length; i += 1) pending.files.push(`${pending.prefix}.f${i}`);
      leaveLoop(there, recordText(this.placeOf(there)));
    } else leaveLoop(there);
    await settled(pending);
    this.parts.drivers.heard(pending);
    if (pending.fatal) this.parts.drivers.outlived(pending, pending.fatal);
    this.closeChannel(there);
    if (written(`${pending.prefix}.h`) === undefined) {
      removeFiles(pending);
      return there.state;
    }
    const { state } = this.parts.records.collect(pending, pending.request.scope);
    return {
      ...this.parts.values.fromValue(state),
      captures: there.state.captures,
      lastArgument: there.state.lastArgument,
      pipestatus: there.state.pipestatus,
      line: there.line,
      flags: there.state.flags,
      lists: there.state.lists,
      passes: there.state.passes,
    };
  }

  /** The shell has ended: others may be told through its FIFO. */
  private closeChannel({ channel, control }: Staying): void {
    fs.closeSync(control);
    this.parts.drivers.giveBack(channel);
  }

  /** Ends all that are there. */
  close(): void {
    for (const there of this.staying.values()) leaveLoop(there);
  }
}
