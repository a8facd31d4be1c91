/**
 * Drivers: shells that wait for work. The first one starts with the run; a leaf becomes another where a redirection or a
 * pipeline opens a scope.
 */

import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import { Socket } from 'node:net';
import { constants } from 'node:os';
import type { Duplex } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Fragment } from '../../bundle.ts';
import { put } from '../../record.ts';
import { GROUP, handles, hasExitTrap, ignores, isHandler, type ShellState, trapOf } from '../state.ts';
import { latin1, onDisk, type PrivateDirectory, written } from './directory.ts';
import {
  ASKED,
  type Base,
  CONTROL,
  type Driver,
  ended,
  FIFOS,
  layOut,
  NEWS,
  type Pending,
  readBase,
} from './driver.ts';
import type { Identity, Invocation } from './invocation.ts';
import { keepsStatus, signalsItself } from './self-signal.ts';
import { Sentinel } from './sentinel.ts';

/** The descriptors of the first driver above 2: those that our caller has given us, and a socket of ours. */
function otherDescriptors(given: ReadonlySet<number> = new Set()): (number | 'ignore' | 'pipe')[] {
  const others = Array.from({ length: CONTROL - 3 }, (_, index) => (given.has(index + 3) ? index + 3 : 'ignore'));
  return [...others, 'pipe'];
}

/** Milliseconds within which a signal that was sent to the whole process group reaches this process, too. */
export const GROUP_DELAY = 30;

/** Milliseconds in which a leaf mostly begins to run its fragment. */
const BEGINNING = 50;

/** Milliseconds after which a signal that asks for an answer is taken to be lost: two answers to one would be taken for another's. */
const LOST = 1000;
/** And those after the report of another signal, for which it may have been. */
const PASSED = 10;

/** Signals for the whole group that without a handler do nothing to a shell whose command goes on. */
const HARMLESS: ReadonlySet<string> = new Set(['INT', 'QUIT']);

export class Drivers {
  private readonly began = Math.floor(Date.now() / 1000);
  private readonly invocation: Invocation;
  private readonly directory: PrivateDirectory;
  private readonly drivers = new Map<string, Driver>();
  private readonly pending = new Map<number, Pending>();
  private readonly ready = new Map<string, () => void>();
  private readonly fifos: string[] = [];
  /** FIFOs that the first shell makes while the script is compiled: starting a program from here would wait for it. */
  private readonly ahead: string[] = [];
  /** Settled when it has made them, or has ended. It runs nothing before. */
  supplied: Promise<void> = Promise.resolve();
  /** Signals for the script's own shell that came when it had no process, without `SIG`: to a shell, several of one are one. */
  private signals = new Set<string>();
  /** Of the signals that a whole process group may be sent, those that this process had last: the first shell reports them, too. */
  private readonly had = new Set<string>();
  /** Those of them that end a shell although they are harmless to one whose command goes on: that has died of it, or there is none. */
  private readonly forced = new Set<string>();
  /** Signals that leaves in subshells have died of before this process had them, and when. */
  private readonly deaths = new Map<NodeJS.Signals, number>();
  /** Settled when this process has had a signal that a leaf in a subshell has died of, if it is to have it. */
  noticed: Promise<void> | undefined;
  /** Signals for the whole group that the first shell was sent while it waited for a leaf, which had them too, and when it said so. */
  private readonly shared = new Map<string, number>();
  /** Signals that leaves have told of before this process had them, and when. */
  private readonly told = new Map<string, number>();
  /** Signals with traps of which it is not known yet whether a leaf has had them. */
  private readonly deciding = new Set<NodeJS.Signals>();
  /** Settled when it is known whom signals that the first shell reports, or this process had, were for. */
  private news: Promise<void> | undefined;
  /** Settled when the first shell has answered. */
  private asked: Promise<void> | undefined;
  /** A signal has ended the script's own shell: what it had started goes on without it. */
  private abandoned = false;
  /** What the first shell has ended with, once it has. */
  private status?: number;
  /** The signal that the script's own shell has sent itself, and died of. */
  fatal: NodeJS.Signals | undefined;
  /** Who waits for the answer to a fragment in a shell that stays, by number. */
  readonly answers = new Map<number, (answer: string[]) => void>();
  private process: ChildProcess | undefined;
  private replies: Socket | undefined;
  private channel: Duplex | undefined;
  /** The script's last leaf takes the first shell's place. */
  replaced = false;
  /** Started where what a signal does depends on whom it was for. */
  readonly sentinel: Sentinel;
  /** Has the shell that stays under a driver, if there is one, record its state, and end: the driver waits for that. */
  dismiss: (driver: Driver) => Promise<void> = async () => {};

  constructor(invocation: Invocation, directory: PrivateDirectory) {
    this.invocation = invocation;
    this.directory = directory;
    this.sentinel = new Sentinel(invocation.bash);
  }

  /** The first shell's process id. */
  get pid(): number | undefined {
    return this.process?.pid;
  }

  get identity(): Identity {
    const { pid = this.pid, ppid = process.pid, began = this.began } = this.invocation.options.identity ?? {};
    return { pid, ppid, began };
  }

  get first(): Driver {
    return this.drivers.values().next().value!;
  }

  /** True if no leaf is under way, and no shell starts or makes FIFOs. */
  get idle(): boolean {
    return this.pending.size === 0 && this.ready.size === 0;
  }

  get(id: string): Driver | undefined {
    return this.drivers.get(id);
  }

  /** Starts the first driver's shell, and waits until it is ready. */
  async start(): Promise<Driver> {
    const { bash, named, options } = this.invocation;
    const driver = this.prepare(undefined);
    const env: Record<string, string> = {};
    for (const [name, value] of Object.entries(options.env))
      if (value !== undefined && name !== 'BASH_ENV') put(env, name, value);
    if (named) env.BASH_SOURCE = '';
    const unnamed = 'unset -v BASH_SOURCE BASH_ENV;BASH_SOURCE=()\n';
    fs.writeFileSync(this.directory.at('e'), unnamed, { mode: 0o600 });
    const ready = this.whenReady(driver.id);
    if (this.ahead.length > 0) this.supplied = this.whenReady(FIFOS);
    this.process = spawn(bash, this.asArguments(driver.words), {
      cwd: driver.cwd,
      env,
      stdio: [...(options.stdio ?? [0, 1, 2]), ...otherDescriptors(options.given)],
      detached: options.detached ?? false,
    });
    this.channel = (this.process.stdio as readonly unknown[])[CONTROL] as Duplex;
    this.channel.on('data', this.listener());
    // Its end is the process's, which is waited for.
    this.channel.on('error', () => {});
    await Promise.race([
      ready,
      new Promise<never>((_, reject) => {
        this.process!.once('error', reject);
        this.process!.once('exit', (code) => reject(new Error(`bash ended with status ${code} before it was ready`)));
      }),
    ]);
    // A signal meant for the script may end its first shell: everything under way ends with it, and what is to run there.
    this.process.once('exit', (code, signal) => {
      this.status = signal ? 128 + constants.signals[signal] : (code ?? 0);
      for (const pending of this.pending.values()) {
        pending.done = this.status;
        pending.wake();
      }
      this.pending.clear();
      for (const what of [FIFOS, NEWS]) this.ready.get(what)?.();
    });
    return driver;
  }

  private whenReady(what: string): Promise<void> {
    return new Promise((resolve) => this.ready.set(what, resolve));
  }

  /** Words for the first shell. Node.js passes UTF-8 only: a shell that becomes the first one makes of others what they are. */
  private asArguments(words: readonly string[]): string[] {
    const texts = words.map((word) => onDisk(word).toString());
    if (texts.every((text, index) => Buffer.from(text).equals(onDisk(words[index]!)))) return texts;
    const escaped = (word: string): string =>
      `$'${word.replace(/[^\w./-]/g, (c) => `\\${c.charCodeAt(0).toString(8).padStart(3, '0')}`)}'`;
    return ['--norc', '-c', `exec "$0" ${words.map(escaped).join(' ')}`, this.invocation.bash];
  }

  /** FIFOs for the drivers of scopes, which a leaf becomes; they answer through one of them. */
  private makeFifos(): void {
    const ahead = this.ahead.splice(0);
    const names = ahead.every((name) => fs.existsSync(name)) && ahead.length > 0 ? ahead : this.fifoNames();
    if (names !== ahead) {
      const made = spawnSync('mkfifo', ['-m', '600', ...names], { stdio: 'ignore' });
      if (made.status !== 0) throw this.directory.full() ?? new Error('mkfifo failed');
    }
    if (!this.replies) {
      fs.renameSync(names.pop()!, this.directory.at('r'));
      const fd = fs.openSync(this.directory.at('r'), fs.constants.O_RDWR | fs.constants.O_NONBLOCK);
      this.replies = new Socket({ fd, readable: true, writable: false });
      this.replies.on('data', this.listener());
    }
    this.fifos.push(...names);
  }

  private fifoNames(): string[] {
    return Array.from({ length: 16 }, () => this.directory.at(`c${this.directory.next()}`));
  }

  /** A FIFO that nobody has yet. */
  takeFifo(): string {
    if (this.fifos.length === 0) this.makeFifos();
    return this.fifos.shift()!;
  }

  /** Nobody has it any more. */
  giveBack(fifo: string): void {
    this.fifos.push(fifo);
  }

  private tell(driver: Driver, text: string): void {
    if (driver.control === undefined) this.channel?.write(text);
    else fs.writeSync(driver.control, text);
  }

  /** A driver that a leaf may become, or the first one. `base` is that of the parent, where it is to be a fork of that. */
  prepare(parent: Driver | undefined, base?: Base): Driver {
    if (!parent && this.invocation.options.pipes) this.ahead.push(...this.fifoNames());
    const place = parent ? { fifo: this.takeFifo(), parent: parent.id, base } : { fifos: this.ahead };
    const driver = layOut(this.invocation, this.directory, place);
    this.drivers.set(driver.id, driver);
    return driver;
  }

  /**
   * The driver of the streams that a shell of the script began with, or has given itself: outside of the redirections that end
   * with a command.
   * @param depth the number of shells around it
   */
  shellOf(driver: Driver, depth: number): Driver {
    const { holder } = driver;
    const redirected = holder?.step.fragment.kind === 'redirect' && holder.state.saved.length === depth;
    return redirected ? this.shellOf(holder.driver, depth) : driver;
  }

  /** What a driver's shell had before it did anything. */
  baseOf(driver: Driver): Base {
    driver.base ??= readBase(driver, this.directory);
    return driver.base;
  }

  /** Has the leaf's driver run it: its text is there under its number. */
  run(pending: Pending): void {
    if (this.status !== undefined && pending.driver === this.first) {
      pending.done = this.status;
      return;
    }
    this.pending.set(pending.number, pending);
    this.tell(pending.driver, `${pending.number}\n`);
  }

  /** Takes the lines of one channel. */
  private listener(): (data: Buffer) => void {
    let rest = '';
    return (data) => {
      const lines = (rest + data.toString('latin1')).split('\n');
      rest = lines.pop()!;
      for (const line of lines) this.onReply(line);
    };
  }

  private onReply(line: string): void {
    const [first, second, ...rest] = line.split(' ');
    if (first === 'signal') {
      this.report(second!, this.pending.get(Number(rest[0])));
    } else if (first === 'there') {
      this.answers.get(Number(second))?.(rest);
    } else if (first === 'ready') {
      const driver = this.drivers.get(second!);
      if (driver) driver.pid = Number(rest[0]);
      this.ready.get(second!)?.();
      this.ready.delete(second!);
      for (const pending of this.pending.values()) {
        if (!pending.hooks.includes(second!)) continue;
        pending.readyHooks.add(second!);
        pending.wake();
      }
    } else {
      const pending = this.pending.get(Number(first));
      if (pending) this.end(pending, Number(second));
    }
  }

  /**
   * Takes the report of the first shell that it was sent a signal: one for the whole group reaches this process as well.
   * @param leaf what the first shell waited for, and was under way
   */
  private report(name: string, leaf?: Pending): void {
    const { asked } = this;
    if (asked) setTimeout(() => this.asked === asked && send(ASKED, [this.pid]), PASSED);
    if (!GROUP.includes(name)) {
      this.signals.add(name);
      return;
    }
    if (leaf && (leaf.setsTraps || hasHandled(leaf) || written(`${leaf.prefix}.s`))) this.shared.set(name, Date.now());
    const learn = async (): Promise<void> => {
      await sleep(GROUP_DELAY);
      if (!this.had.delete(name)) this.signals.add(name);
    };
    this.awaitNews(learn());
  }

  private awaitNews(news: Promise<void>): void {
    this.news = Promise.all([this.news, news]).then(() => {});
  }

  /** The leaf has ended; and with it those that were told to run in scopes that it never opened, or in place of these. */
  private end(pending: Pending, status: number): void {
    pending.done = status;
    const signal = diedOf(pending);
    if (signal && pending.contagious === signal) this.force(signal);
    else if (signal && pending.state.saved.length > 0) {
      this.deaths.set(signal, Date.now());
      if (!this.had.has(signal.slice(3))) this.noticed = sleep(GROUP_DELAY);
    }
    this.pending.delete(pending.number);
    pending.wake();
    if (!pending.bare) return;
    for (const other of [...this.pending.values()]) {
      const { id } = other.driver;
      if (pending.hooks.includes(id) && (other.inDriver || !pending.readyHooks.has(id))) this.end(other, status);
    }
  }

  /** Takes down the signal that a leaf has sent itself and died of, if it is the script's own shell. */
  died(pending: Pending): void {
    const { step, state } = pending;
    if (!isScript(pending) || !signalsItself(step) || !state.traps.every(keepsStatus)) return;
    this.fatal = diedOf(pending, Object.keys(constants.signals) as NodeJS.Signals[]);
  }

  /** Ends the driver, and those of the scopes within. */
  async leave(driver: Driver, status: number): Promise<void> {
    await this.closeDescendants(driver);
    driver.closed = true;
    this.tell(driver, `q${status & 255}\n`);
  }

  /** Ends the drivers of scopes within the driver's. */
  async closeDescendants(driver: Driver): Promise<void> {
    for (const other of [...this.drivers.values()]) {
      if (other.parent !== driver.id || other.closed || !other.holder) continue;
      await this.dismiss(other);
      await this.leave(other, 0);
      await ended(other.holder);
    }
  }

  /** Forgets a driver, which has ended or never came to be. */
  discard(driver: Driver): void {
    driver.closed = true;
    if (driver.control !== undefined) fs.closeSync(driver.control);
    this.drivers.delete(driver.id);
  }

  /**
   * Sends a signal to the script's own shell. That is the leaf that stands for it, or waits for shells of its own: if there is
   * none, what it would do is known from its traps. Answers whether it ends now, whatever still runs.
   * @param there it has the signal already, as all processes of the terminal have
   */
  kill(signal: NodeJS.Signals, there: boolean): boolean {
    const name = signal.slice(3);
    this.had.add(name);
    if (this.hasTold(name, GROUP_DELAY)) return false;
    void this.endStages(128 + constants.signals[signal]);
    if (this.replaced) {
      if (!there) void this.sendReplaced(signal);
      return false;
    }
    const own = this.ownLeaf();
    const waiting = own ?? [...this.pending.values()].at(-1);
    if (!waiting) {
      // Between two leaves; or the one that had it has just ended.
      if (Date.now() - (this.shared.get(name) ?? 0) <= GROUP_DELAY) return false;
      if (there) this.force(signal);
      else this.signals.add(name);
      return false;
    }
    const state = waiting.state.saved[0]?.state ?? waiting.state;
    const handled = handles(name, state);
    const ends = !trapOf(name, state) && !HARMLESS.has(name);
    if (own) {
      const trapped = handled || (ends && (hasExitTrap(state) || own.setsTraps));
      if (trapped && this.deciding.has(signal)) return false;
      if (trapped) {
        this.deciding.add(signal);
        this.awaitNews(this.decide(own, signal, handled, there));
      } else if (there) {
        if (!trapOf(name, state)) void this.dies(own, signal);
        return false;
      } else if (ends) this.interrupt(own, signal, false);
      else if (own.setsTraps || !trapOf(name, state)) send(signal, childrenOf(own.driver));
      if (own.step.fragment.kind !== 'pipeline') return false;
    }
    if (ends && !hasExitTrap(state)) {
      this.abandoned = true;
      return true;
    }
    if (!own && (ends || handled)) this.signals.add(name);
    else if (!own && there && !trapOf(name, state)) waiting.contagious = signal;
    return false;
  }

  /** True if a leaf has told of a signal in the last milliseconds: it counts once. */
  private hasTold(name: string, within: number): boolean {
    const told = this.told.get(name);
    this.told.delete(name);
    return told !== undefined && Date.now() - told < within;
  }

  /** What has taken the first shell's place has a signal for the whole group already. */
  private async sendReplaced(signal: NodeJS.Signals): Promise<void> {
    if (!(await this.sentinel.struck(signal, GROUP_DELAY))) send(signal, [this.pid]);
  }

  /** Has the script's own shell die of a signal, should it have no trap for it. */
  private force(signal: NodeJS.Signals): void {
    this.signals.add(signal.slice(3));
    this.forced.add(signal.slice(3));
  }

  /** Has the script die of ^C where a leaf did, in a subshell; or where one had it that became a scope, and goes on. */
  private async dies(own: Pending, signal: NodeJS.Signals): Promise<void> {
    const recent = Date.now() - (this.deaths.get(signal) ?? 0) < 2 * GROUP_DELAY;
    if (!recent && own.step.fragment.kind !== 'redirect') return;
    if (!recent) await sleep(GROUP_DELAY);
    if (recent || (own.done === undefined && !this.isOwn(own))) this.force(signal);
  }

  /** Sends a signal that sets off a trap to a leaf that is the script's own shell, unless that has had it with all of the group. */
  private async decide(own: Pending, signal: NodeJS.Signals, handled: boolean, there: boolean): Promise<void> {
    own[handled ? 'handles' : 'fatal'] = signal;
    const hadTraps = hasTraps(own);
    const [struck] = await Promise.all([
      there || (own.setsTraps && this.sentinel.struck(signal, GROUP_DELAY)),
      sleep(GROUP_DELAY),
    ]);
    this.deciding.delete(signal);
    // It is kept for another, or its handler has run.
    if ((own.handles ?? own.fatal) !== signal || own.handled || hasHandled(own)) return;
    // Its own traps have said what becomes of it. Where they would have told that, it comes late, and is one to the shell.
    if (struck && hadTraps && !(handled && own.marks)) return;
    if (own.done === undefined && this.isOwn(own)) this.interrupt(own, signal, handled);
    else if (own.done === undefined || handled || (own.setsTraps && !own.step.fragment.ends))
      this.deliver(signal, handled);
  }

  /** Sends a signal that was for a leaf which has ended, or has become a scope, to the one that is the script's own shell by now. */
  private deliver(signal: NodeJS.Signals, handled: boolean): void {
    const name = signal.slice(3);
    if (this.hasTold(name, 2 * GROUP_DELAY)) return;
    const own = this.ownLeaf();
    if (!own) this.signals.add(name);
    else if (hasHandled(own) !== name) this.interrupt(own, signal, handled);
  }

  /** Has the stages of a pipeline end with a status where a signal has ended others of it before they were ready. */
  private async endStages(status: number): Promise<void> {
    for (let again = true; again && this.status === undefined; ) {
      again = false;
      await sleep(BEGINNING);
      for (const { step, bare, driver, hooks, readyHooks } of this.pending.values()) {
        if (step.fragment.kind !== 'pipeline' || bare || readyHooks.size >= hooks.length) continue;
        again = true;
        const [pid] = childrenOf(driver);
        if (pid === undefined || childrenOf({ pid }).length >= hooks.length) continue;
        for (const id of readyHooks) {
          const stage = this.drivers.get(id)!;
          if (!stage.closed) await this.leave(stage, status);
        }
      }
    }
  }

  /**
   * Sends a signal to a leaf that is the script's own shell. Before the leaf has the script's traps, and once it records its
   * state, the signal waits for the end of the leaf, but not for that of a program.
   */
  private interrupt(own: Pending, signal: NodeJS.Signals, handled: boolean): void {
    const processes = childrenOf(own.driver);
    const over = processes.length === 0 || written(`${own.prefix}.h`);
    if (!over && hasTraps(own)) {
      if (handled) own.handles = signal;
      else own.fatal = signal;
      send(signal, processes);
      return;
    }
    this.signals.add(signal.slice(3));
    if (over) return;
    // Others may have sent it to all processes.
    own.waits = signal;
    if (!handled) setTimeout(() => this.insist(own, signal), BEGINNING).unref();
  }

  /** Sends a leaf that has begun to run its fragment the signal that waits for its end. */
  private insist(own: Pending, signal: NodeJS.Signals): void {
    if (own.done !== undefined || !this.signals.has(signal.slice(3))) return;
    if (!written(`${own.prefix}.g`)) {
      setTimeout(() => this.insist(own, signal), BEGINNING).unref();
      return;
    }
    this.signals.delete(signal.slice(3));
    own.waits = undefined;
    own.fatal = signal;
    send(signal, childrenOf(own.driver));
  }

  /**
   * True if a leaf has died of a signal before it had its traps, and so before it ran anything: the signal waits for the one
   * that is to run in its place.
   */
  missed(pending: Pending): boolean {
    const signal = diedOf(pending);
    // A shell that ignores it has died before it did.
    if (signal && ignores(signal.slice(3), pending.state) && !hasTraps(pending)) return true;
    if (!signal || !isScript(pending) || !pending.answers) return false;
    // Nor has what was about to become a scope.
    const { step, prefix } = pending;
    const opens = step.fragment.kind === 'redirect' && !step.fragment.hold && !written(`${prefix}.h`);
    if (written(`${prefix}.g`) && (!opens || hasHandled(pending) === 'EXIT')) return false;
    this.keep(pending, signal);
    return true;
  }

  /** True if a leaf has died of a signal while it recorded its state: what ends the shell runs its EXIT trap in another. */
  diedRecording(pending: Pending): boolean {
    const signal = diedOf(pending);
    if (!signal || !isScript(pending) || !hasExitTrap(pending.state) || !written(`${pending.prefix}.h`)) return false;
    this.keep(pending, signal);
    return true;
  }

  /** Takes down whether a leaf has handled a signal; one that came while it recorded its state is kept for the next one. */
  heard(pending: Pending): void {
    const handled = hasHandled(pending);
    pending.handled = handled !== undefined;
    if (handled && handled !== 'EXIT' && pending.handles !== `SIG${handled}`) this.told.set(handled, Date.now());
    const name = written(`${pending.prefix}.s`);
    if (name && isScript(pending)) this.keep(pending, `SIG${name}` as NodeJS.Signals);
  }

  /** Keeps a signal for the next leaf that one has had in vain. */
  private keep(pending: Pending, signal: NodeJS.Signals): void {
    const name = signal.slice(3);
    // It waits already.
    if (pending.waits === signal) return;
    if (pending.handles !== signal && pending.fatal !== signal) this.told.set(name, Date.now());
    pending.handles = undefined;
    pending.fatal = undefined;
    this.signals.add(name);
  }

  /** Takes down the signal that a leaf should have died of, and was over when that came: it waits for the next one. */
  outlived(pending: Pending, signal: NodeJS.Signals): void {
    // Where what it has opened is still there, that is decided.
    if (pending.done === undefined && this.deciding.has(signal)) return;
    pending.fatal = undefined;
    this.signals.add(signal.slice(3));
  }

  /** Waits until the first shell has reported what programs that have ended have sent it, if the script's own shell is to run a leaf. */
  async reported(driver: Driver, { saved }: ShellState): Promise<void> {
    if (this.status !== undefined || saved.length > 0 || !belongsToScript(driver)) return;
    this.asked ??= this.ask();
    await this.asked;
    await this.news;
  }

  private async ask(): Promise<void> {
    const answered = this.whenReady(NEWS);
    const asks = (): void => send(ASKED, [this.pid]);
    // Bash may lose a signal that comes while its handler runs.
    const again = setInterval(asks, LOST);
    asks();
    await answered;
    clearInterval(again);
    this.asked = undefined;
  }

  /** True if signals wait for the script's own shell, which has run a leaf. */
  async awaitsSignals(driver: Driver, state: ShellState): Promise<boolean> {
    if (this.news) await this.news;
    return this.hasSignals(driver, state);
  }

  /**
   * The signals that wait for the script's own shell, which is to run the leaf. What came during the substitutions of its
   * command is handled behind that.
   */
  takeSignals(driver: Driver, state: ShellState, { kind, text }: Fragment): readonly string[] | undefined {
    if (!this.hasSignals(driver, state)) return undefined;
    const substitutes = kind === 'command' && text.some(([what]) => what === 'capture');
    const waits = (name: string): boolean => substitutes && trapOf(name, state) !== undefined;
    const all = [...this.signals];
    this.signals = new Set(all.filter(waits));
    this.forced.clear();
    return all.filter((name) => !waits(name));
  }

  private hasSignals(driver: Driver, state: ShellState): boolean {
    if (this.signals.size === 0 || state.saved.length > 0 || !belongsToScript(driver)) return false;
    const acts = (name: string): boolean => {
      const trap = trapOf(name, state);
      return trap === undefined ? !HARMLESS.has(name) || this.forced.has(name) : isHandler(trap);
    };
    this.signals = new Set([...this.signals].filter(acts));
    return this.signals.size > 0;
  }

  /** The leaf under way that is the script's own shell. */
  private ownLeaf(): Pending | undefined {
    return [...this.pending.values()].filter((pending) => this.isOwn(pending)).at(-1);
  }

  /** True if a leaf is the script's own shell, and has not opened redirections around others that are. */
  private isOwn(pending: Pending): boolean {
    const { step, readyHooks } = pending;
    const around = readyHooks.size > 0 && step.fragment.kind !== 'pipeline';
    return !around && isScript(pending);
  }

  /** Ends all shells, which have nowhere to record any more: the programs that they run go on. */
  private abandon(): void {
    const programs = new Set([...this.pending.values()].filter(({ inDriver }) => inDriver).map(({ driver }) => driver));
    for (const driver of this.drivers.values())
      send('SIGKILL', programs.has(driver) ? [driver.pid] : [driver.pid, ...childrenOf(driver)]);
  }

  /**
   * Ends all drivers.
   * @param reaps once this is done nobody finds the first shell any more, by its process id
   */
  async close(reaps: boolean): Promise<void> {
    const { process: main, idle } = this;
    this.sentinel.close();
    if (this.abandoned) this.abandon();
    for (const driver of [...this.drivers.values()].reverse()) {
      if (driver.closed) continue;
      driver.closed = true;
      try {
        this.tell(driver, 'q0\n');
      } catch {}
    }
    // A shell that only waits for work has nothing to end, and nobody has to wait for it; nor for one that is abandoned.
    const kills = idle || this.abandoned;
    const ended = !main || main.exitCode !== null || main.signalCode !== null;
    if (kills) main?.kill('SIGKILL');
    if (!ended && (reaps || !kills)) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(() => main.kill('SIGKILL'), 2000);
        main.once('exit', () => {
          clearTimeout(timer);
          resolve();
        });
      });
    }
    for (const { control } of this.drivers.values()) if (control !== undefined) fs.closeSync(control);
    this.drivers.clear();
    // A process that ends now ends them, and need not do it first.
    const { channel, replies } = this;
    setImmediate(() => {
      channel?.destroy();
      replies?.destroy();
    });
  }
}

/** The signal for the whole group, or EXIT, whose handler has run in a leaf. */
const hasHandled = ({ prefix }: Pending): string | undefined => written(`${prefix}.k`);

/** True if a leaf has what traps its state has, if any: its fragment is under way. */
const hasTraps = ({ answers, prefix }: Pending): boolean => !answers || written(`${prefix}.g`) !== undefined;

/** True if a leaf is a shell of the script's own. */
const isScript = ({ driver, state }: Pending): boolean => state.saved.length === 0 && belongsToScript(driver);

/** The signal that a leaf has died of, of these: by default those that the whole process group may be sent. */
const diedOf = (
  { done = 0 }: Pending,
  signals = GROUP.map((name) => `SIG${name}` as NodeJS.Signals),
): NodeJS.Signals | undefined => signals.find((signal) => done === 128 + constants.signals[signal]);

/** True if the script's own shell runs what the driver is told to: no stage of a pipeline does. */
function belongsToScript({ holder }: Driver): boolean {
  if (!holder) return true;
  const { driver, state, step } = holder;
  return step.fragment.kind !== 'pipeline' && state.saved.length === 0 && belongsToScript(driver);
}

/** Process ids of what a driver runs: its leaves, or the program that it stands for. */
function childrenOf({ pid }: Pick<Driver, 'pid'>): number[] {
  const children = latin1(`/proc/${pid}/task/${pid}/children`) ?? '';
  return children.split(' ').filter(Boolean).map(Number);
}

function send(signal: NodeJS.Signals | number, processes: readonly (number | undefined)[]): void {
  for (const pid of processes) {
    try {
      if (pid !== undefined) process.kill(pid, signal);
    } catch {
      // It has just ended.
    }
  }
}
