/**
 * The step runtime on this machine: fragments run in real bash processes whose descriptors are the run's own.
 *
 * A driver is a bash that waits for work: one for the run's own streams, and one for each scope that a redirection or a
 * pipeline opens. A leaf is a fork of a driver, or a fresh bash that the driver starts, so it has the driver's descriptors.
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import { Socket } from 'node:net';
import { constants, tmpdir } from 'node:os';
import * as path from 'node:path';
import type { Duplex } from 'node:stream';
import type { Fragment, FunctionDefinition, LibraryFile, Manifest, Step, TextPart } from '../bundle.ts';
import {
  activeTraps,
  composeLeaf,
  composeNext,
  type LeafPlace,
  libraryOf,
  sourceText,
  stayingFragment,
} from './leaf.ts';
import { Originals } from './originals.ts';
import {
  type Control,
  INLINE_LIMIT,
  type Op,
  PROTOCOL,
  type RunContext,
  type StepRequest,
  type StepResponse,
  type Value,
} from './protocol.ts';
import { FAILURE_STATE_LIMIT, StepFault } from './settle.ts';
import {
  type ForeignFunction,
  isOwn,
  parseDeclarations,
  quote,
  type Reading,
  type Saved,
  type ShellState,
} from './state.ts';

/** What is known of the steps before they run. */
export type KnownSteps = Pick<Manifest, 'functions' | 'steps'>;

export interface LocalRuntimeOptions {
  /** Name, arguments and directory as the system's bytes, one code unit each. */
  argv0: string;
  args: string[];
  cwd: string;
  env: Record<string, string | undefined>;
  /** Values of `env` that are not UTF-8, as bytes. */
  undecoded?: Record<string, string>;
  options?: { set?: string[]; posix?: boolean };
  /** The script's text where the shell is called with `-c`: it has no file, and bash behaves a little differently. */
  inline?: string;
  /** The bash to run; by default the one in PATH. */
  bash?: string;
  /** Descriptors 0, 1 and 2 of the fragments; by default this process's own. */
  stdio?: [number | 'ignore', number, number];
  /** Where the run's private directory is made; by default in memory, or in the temporary directory. */
  directory?: string;
  /** The first shell leads a session of its own, by which its processes are known. */
  detached?: boolean;
  /** Steps may open pipes, or stay: what they need for that is made while the first shell starts. */
  pipes?: boolean;
  /** What the script sees as `$$` and `$PPID`; by default the first shell and this process. */
  identity?: { pid?: number; ppid?: number };
  /**
   * Variables of `env` that fragments have and the state has not, unless the script changed them: they are the step's
   * own. Of a group, all are given or none.
   */
  ambient?: readonly (readonly string[])[];
}

/** What a driver's shell had before it did anything. */
interface Base {
  variables: Record<string, string>;
  options: Set<string>;
  shopt: Set<string>;
  limits: string[];
}

interface Driver {
  id: string;
  parent?: string;
  /** Directory that the driver works in, from which the script's name leads to its file. */
  cwd: string;
  script: string;
  /** Words that start the shell, behind bash's own name. */
  words: string[];
  /** Where the driver reads what to do: its FIFO; the first driver has a socket. */
  control: number | undefined;
  base?: Base;
  /** Texts of the libraries' private files. */
  files: Map<number, string>;
  /** The leaf that became this scope, waiting for its end. */
  holder?: Pending;
  closed: boolean;
}

/** A leaf under way. */
interface Pending {
  number: number;
  driver: Driver;
  request: StepRequest;
  step: Step;
  state: ShellState;
  prefix: string;
  /** Files that the leaf may write, made beforehand. */
  files: string[];
  /** Only what a program can change is recorded. */
  program: boolean;
  hooks: string[];
  readyHooks: Set<string>;
  frames: number;
  /** What a command that reads a library has recorded: `$?`, its line, its words. */
  reading?: string[];
  done?: number;
  wake: () => void;
}

const mentions = (text: readonly TextPart[], words: RegExp): boolean =>
  text.some((part) => typeof part === 'string' && words.test(part));
/** Descriptor on which a driver reads what to do. */
const CONTROL = 250;
/** The first driver's: a socket of ours there; what else the process was given between stays as it is. */
const CONTROL_CHANNEL: ('ignore' | 'pipe')[] = [
  ...Array.from({ length: CONTROL - 3 }, () => 'ignore' as const),
  'pipe',
];

/** A shell that stays: it has the state that its last fragment left, which is recorded only when something else needs it. */
interface Staying {
  /** The leaf that it is. */
  pending: Pending;
  /** What no fragment that it may run can change, and the rest as it was at its start. */
  state: ShellState;
  /** Names its present state. */
  ref: string;
  control: number;
  /** Line of its last command. */
  line: number;
  /** Answer to the fragment under way. */
  answer?: string[];
  declined?: boolean;
  recorded?: Promise<ShellState>;
}

/** Suitable fragments in a row after which a shell stays for the next. */
const PATIENCE = 2;
/** And how many more once a shell has declined one. */
const PATIENCE_AFTER = 20;

/** What may read functions that the text does not define: such commands, and those whose names are expanded. */
const READS_FUNCTIONS =
  /\b(eval|source)\b|(^|[\s;&|({'"])\.\s|(^|[\n;&|({!]|=\S*\s|\b(then|do|else|elif|if|while|until|command|builtin)\s)\s*["']?[$`]/;

const SECTION = '\x1c\n';
const digest = (text: string | Uint8Array): string => createHash('sha256').update(text).digest('hex');
/** A path of bytes, one code unit each, as the file system takes it. */
const onDisk = (bytes: string): Buffer => Buffer.from(bytes, 'latin1');
/** Bytes that the private directory's file system must have free after a step. */
const RESERVE = 65_536;
/** And before a run: file systems in memory can be small. */
const ROOM = 256 * 1024 * 1024;
/** Longest text given to `bash -c`: the system takes words of 128 KiB. */
const INLINE_TEXT = 120_000;
const latin1 = (file: string): string | undefined => {
  try {
    return fs.readFileSync(file, 'latin1');
  } catch {
    return undefined;
  }
};
/** Writes to a pipe that nothing else writes to. */
const writeWhole = (control: number, text: string): void => void fs.writeSync(control, Buffer.from(text, 'latin1'));
const fields = (text: string): string[] => text.split('\0').slice(0, -1);
/** Positional parameters, recorded behind their number: printf prints its format once even for none. */
const parameters = (text: string): string[] => fields(text).slice(1, Number(fields(text)[0]) + 1);
/** What a leaf wrote to one of its files, which are made beforehand: the leaf's umask may leave it none to make. */
const written = (file: string): string | undefined => latin1(file) || undefined;

export class LocalRuntime {
  private readonly options: LocalRuntimeOptions;
  private readonly steps = new Map<string, Step>();
  private readonly definitions = new Map<string, FunctionDefinition>();
  private readonly directory: string;
  private readonly drivers = new Map<string, Driver>();
  private readonly pending = new Map<number, Pending>();
  private readonly ready = new Map<string, () => void>();
  private readonly fifos: string[] = [];
  /** FIFOs that the first shell makes while the script is compiled: starting a program from here would wait for it. */
  private readonly ahead: string[] = [];
  private readonly states = new WeakMap<object, ShellState>();
  private readonly canonical = new Map<string, string>();
  private process: ChildProcess | undefined;
  private replies: Socket | undefined;
  private channel: Duplex | undefined;
  private counter = 0;
  /** Shells that stay, by driver; and all states that they hold or have recorded, by name. */
  private readonly staying = new Map<string, Staying>();
  private readonly held = new Map<string, Staying>();
  /** Suitable fragments in a row, by driver. */
  private readonly streaks = new Map<string, number>();
  private mayStay = false;
  /** BASH_SOURCE is ours: nobody has given it to the run. */
  private readonly named: boolean;
  private readonly originals: Originals;
  /** There may be functions that no definition of the manifest is. */
  private mayBeForeign = false;
  /** Fragments under way in shells that stay, by number. */
  private readonly answers = new Map<number, Staying>();
  /** The shell that a missing working directory is made for right now. */
  private turn: Promise<void> = Promise.resolve();
  private readonly bash: string;
  /** The same as a word of a shell's text. */
  private readonly bashWord: string;
  private readonly importsFunctions: boolean;
  private mentionsPipestatus = false;
  /** Some function uses getopts. */
  private mentionsGetopts = false;
  private shell: Promise<Driver> | undefined;

  constructor(options: LocalRuntimeOptions) {
    this.options = options;
    this.directory = fs.mkdtempSync(path.join(options.directory ?? defaultDirectory(), 'sh2sfn-'));
    this.bash = options.bash ?? find('bash', options.env.PATH ?? '') ?? '/bin/bash';
    this.bashWord = quote(Buffer.from(this.bash).toString('latin1'));
    this.importsFunctions = Object.keys(options.env).some((name) => name.startsWith('BASH_FUNC_'));
    this.named = options.env.BASH_SOURCE === undefined;
    this.originals = new Originals(this.bash);
  }

  private know({ steps, functions }: KnownSteps): void {
    for (const step of steps) this.steps.set(step.key, step);
    for (const definition of functions) this.definitions.set(definition.id, definition);
    const mentioned = (pattern: RegExp): boolean =>
      functions.some(({ text }) => mentions(text, pattern)) ||
      steps.some(({ fragment }) => mentions(fragment.text, pattern));
    this.mayBeForeign = this.importsFunctions || mentioned(READS_FUNCTIONS);
    this.mentionsPipestatus = mentioned(/PIPESTATUS/);
    // What the shell's own loop would change must not be looked at.
    this.mayStay = !mentioned(/PIPESTATUS|\$_\b|\$\{_\W|\bFUNCNEST\b/);
    this.mentionsGetopts = functions.some(({ text }) => mentions(text, /getopts/));
  }

  /** Starts the first driver's shell, so that it is ready when `start` waits for it. */
  begin(): void {
    this.shell ??= this.startShell();
    // Reported by `start`, if it comes to that.
    this.shell.catch(() => {});
  }

  private async startShell(): Promise<Driver> {
    const driver = this.prepareDriver(undefined);
    const env: Record<string, string> = {};
    for (const [name, value] of Object.entries(this.options.env))
      if (value !== undefined && name !== 'BASH_ENV') env[name] = value;
    if (this.named) env.BASH_SOURCE = '';
    fs.writeFileSync(path.join(this.directory, 'e'), 'unset -v BASH_SOURCE BASH_ENV;BASH_SOURCE=()\n', { mode: 0o600 });
    const ready = this.awaitReady(driver.id);
    this.process = spawn(this.bash, this.asArguments(driver.words), {
      cwd: driver.cwd,
      env,
      stdio: [...(this.options.stdio ?? [0, 1, 2]), ...CONTROL_CHANNEL],
      detached: this.options.detached ?? false,
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
    // A signal meant for the script may end its first shell: everything under way ends with it.
    this.process.once('exit', (code, signal) => {
      for (const pending of this.pending.values()) {
        pending.done = signal ? 128 + constants.signals[signal] : (code ?? 0);
        pending.wake();
      }
      this.pending.clear();
    });
    return driver;
  }

  /** Waits for the first driver; answers the initial state and the facts of the run. */
  async start(known: KnownSteps): Promise<{ state: Value; run: RunContext }> {
    this.know(known);
    this.begin();
    const driver = await this.shell!;
    return {
      state: this.toValue(this.initialState(this.baseOf(driver))),
      run: { store: this.directory, argv0: this.options.argv0, pid: this.process!.pid, ppid: process.pid },
    };
  }

  private initialState(base: Base): ShellState {
    const variables = this.withoutAmbient(base.variables, base);
    const cwd = this.options.cwd;
    variables.PWD = `declare -x PWD=${quoteDeclared(cwd)}`;
    const old = this.options.env.OLDPWD;
    if (old !== undefined && isDirectory(old)) variables.OLDPWD = `declare -x OLDPWD=${quoteDeclared(old)}`;
    else variables.OLDPWD = 'declare -x OLDPWD';
    const { inline } = this.options;
    for (const [name, value] of Object.entries(this.options.undecoded ?? {})) {
      if (name in variables) variables[name] = `declare -x ${name}=${quoteDeclared(value)}`;
    }
    if (inline !== undefined)
      variables.BASH_EXECUTION_STRING = `declare -- BASH_EXECUTION_STRING=${quoteDeclared(inline)}`;
    const options = [...base.options];
    const shopt = [...base.shopt];
    let flags = 'hB';
    const set = this.options.options?.set ?? [];
    for (let i = 0; i < set.length; i += 1) {
      const word = set[i]!;
      if (word === '-o') {
        options.push(`set -o ${set[i + 1]}`);
        if (set[i + 1] === 'errexit') flags += 'e';
        i += 1;
      } else if (/^-[a-zA-Z]+$/.test(word)) {
        for (const letter of word.slice(1)) {
          const name = OPTION_NAMES[letter];
          if (name) options.push(`set -o ${name}`);
          flags += letter;
        }
      }
    }
    if (this.options.options?.posix) options.push('set -o posix');
    return {
      variables,
      args: [...this.options.args],
      frames: [],
      functions: {},
      options,
      shopt,
      aliases: [],
      traps: [],
      cwd,
      directories: [],
      umask: '',
      limits: [],
      lastArgument: Buffer.from(this.bash).toString('latin1'),
      pipestatus: '0',
      seconds: Math.floor(Date.now() / 1000),
      flags,
      lists: {},
      captures: {},
      bindings: [],
      hashed: [],
      line: 1,
      argv0: this.options.argv0,
      level: 0,
      saved: [],
    };
  }

  /** Words for the first shell. Node.js passes UTF-8 only: a shell that becomes the first one makes of others what they are. */
  private asArguments(words: readonly string[]): string[] {
    const texts = words.map((word) => onDisk(word).toString());
    if (texts.every((text, index) => Buffer.from(text).equals(onDisk(words[index]!)))) return texts;
    const escaped = (word: string): string =>
      `$'${word.replace(/[^\w./-]/g, (c) => `\\${c.charCodeAt(0).toString(8).padStart(3, '0')}`)}'`;
    return ['--norc', '-c', `exec "$0" ${words.map(escaped).join(' ')}`, this.bash];
  }

  /** The first shell's process id. */
  get pid(): number | undefined {
    return this.process?.pid;
  }

  private identity(): { pid: number | undefined; ppid: number | undefined } {
    const { pid = this.process?.pid, ppid = process.pid } = this.options.identity ?? {};
    return { pid, ppid };
  }

  private withAmbient(state: ShellState, base: Base): ShellState {
    const groups = (this.options.ambient ?? []).filter((names) => !names.some((name) => name in state.variables));
    if (groups.length === 0) return state;
    const variables = { ...state.variables };
    for (const name of groups.flat()) if (base.variables[name] !== undefined) variables[name] = base.variables[name];
    return { ...state, variables };
  }

  /** Takes away the variables that are the step's own. */
  private withoutAmbient(variables: Record<string, string>, base: Base): Record<string, string> {
    const own = new Set((this.options.ambient ?? []).flat());
    return Object.fromEntries(
      Object.entries(variables).filter(([name, line]) => !own.has(name) || base.variables[name] !== line),
    );
  }

  /**
   * The error of a full private directory. Captured output and the state's records lie there: what had no room would
   * silently be missing.
   */
  private full(): NodeJS.ErrnoException | undefined {
    const { bavail, bsize, files, ffree } = fs.statfsSync(this.directory);
    if (bavail * bsize >= RESERVE && (files === 0 || ffree > 0)) return undefined;
    return Object.assign(new Error('no space is left'), {
      code: 'ENOSPC',
      errno: -constants.errno.ENOSPC,
      path: this.directory,
    });
  }

  /** FIFOs for the drivers of scopes, which a leaf becomes; they answer through one of them. */
  private makeFifos(): void {
    const ahead = this.ahead.splice(0);
    const names = ahead.every((name) => fs.existsSync(name)) && ahead.length > 0 ? ahead : this.fifoNames();
    if (names !== ahead) {
      const made = spawnSync('mkfifo', ['-m', '600', ...names], { stdio: 'ignore' });
      if (made.status !== 0) throw this.full() ?? new Error('mkfifo failed');
    }
    if (!this.replies) {
      fs.renameSync(names.pop()!, path.join(this.directory, 'r'));
      const fd = fs.openSync(path.join(this.directory, 'r'), fs.constants.O_RDWR | fs.constants.O_NONBLOCK);
      this.replies = new Socket({ fd, readable: true, writable: false });
      this.replies.on('data', this.listener());
    }
    this.fifos.push(...names);
  }

  private fifoNames(): string[] {
    return Array.from({ length: 16 }, () => path.join(this.directory, `c${(this.counter += 1)}`));
  }

  private tell(driver: Driver, text: string): void {
    if (driver.control === undefined) this.channel?.write(text);
    else fs.writeSync(driver.control, text);
  }

  /** Lays out a driver's private directory so that the script's own name leads to its file. */
  private prepareDriver(parent: Driver | undefined): Driver {
    if (parent && this.fifos.length === 0) this.makeFifos();
    const fifo = parent && this.fifos.shift()!;
    const id = fifo === undefined ? 'c0' : path.basename(fifo);
    const home = path.join(this.directory, `d${id}`);
    const name = this.options.argv0;
    let cwd = home;
    let script: string;
    const { inline } = this.options;
    if (name.startsWith('/') || inline !== undefined) {
      fs.mkdirSync(home);
      script = path.join(home, 's');
    } else {
      const ups = name.split('/').filter((part) => part === '..').length;
      cwd = path.join(home, ...Array.from({ length: ups }, () => 'a'));
      fs.mkdirSync(cwd, { recursive: true });
      script = path.resolve(cwd, name);
      fs.mkdirSync(onDisk(path.dirname(script)), { recursive: true });
    }
    const dir = this.directory;
    const rename = name.startsWith('/') ? `BASH_ARGV0=${quote(name)};` : '';
    const base = `${dir}/b${id}`;
    const answer = fifo === undefined ? `>&${CONTROL}` : `>>${dir}/r`;
    if (!parent && this.options.pipes) this.ahead.push(...this.fifoNames());
    const ahead =
      parent || this.ahead.length === 0 ? '' : `builtin command -p mkfifo -m 600 ${this.ahead.join(' ')} 2>/dev/null; `;
    // The driver's own messages (a leaf was killed) are nobody's: its leaves get the real descriptor 2 back.
    const text =
      `${this.named ? sourceText(this.scriptName) : ''}${rename}${fifo === undefined ? '' : `exec ${CONTROL}<${fifo}; `}if builtin [ -e /proc/self/fd/2 ]; then exec 251>&2 2>/dev/null; fi; { builtin declare -p; builtin printf '${'\\x1c\\n'}'; builtin set +o; builtin printf '${'\\x1c\\n'}'; builtin shopt -p; builtin printf '${'\\x1c\\n'}'; builtin ulimit -Sa; builtin ulimit -Ha; } >|${base}; ${ahead}` +
      `builtin trap : INT TERM HUP QUIT; builtin printf 'ready ${id}\\n' ${answer}; ` +
      `while builtin read -r -u 250 REPLY; do case $REPLY in q*) builtin exit "\${REPLY#q}";; *) builtin mapfile -d '' -t MAPFILE <${dir}/x"$REPLY"; builtin eval "\${MAPFILE[0]}"; builtin printf '%s %s\\n' "$REPLY" $? ${answer};; esac; done; builtin exit 0\n`;
    if (inline === undefined) fs.writeFileSync(onDisk(script), text, { encoding: 'latin1', mode: 0o700 });
    const control = fifo === undefined ? undefined : fs.openSync(fifo, fs.constants.O_RDWR | fs.constants.O_NONBLOCK);
    // The name as the caller gave it, which leads to the private file from the private directory.
    const named = !name.includes('/') ? name : name.startsWith('-') ? `./${name}` : name;
    const file = name.startsWith('/') || inline !== undefined ? script : named;
    // With -c, bash would take a socket on its standard input for a remote login, and read .bashrc.
    const words = inline === undefined ? ['--', file] : ['--norc', '-c', text, name];
    const driver: Driver = {
      id,
      parent: parent?.id,
      cwd,
      script: file,
      words,
      control,
      closed: false,
      files: new Map(),
    };
    this.drivers.set(id, driver);
    return driver;
  }

  private baseOf(driver: Driver): Base {
    if (driver.base) return driver.base;
    const sections = (latin1(path.join(this.directory, `b${driver.id}`)) ?? '').split(SECTION);
    const variables = Object.fromEntries(parseDeclarations(sections[0]!).filter(([name]) => !isOwn(name)));
    driver.base = {
      variables,
      options: new Set((sections[1] ?? '').split('\n').filter(Boolean)),
      shopt: new Set((sections[2] ?? '').split('\n').filter(Boolean)),
      limits: limitLines(sections[3] ?? ''),
    };
    return driver.base;
  }

  private first(): Driver {
    return this.drivers.values().next().value!;
  }

  private awaitReady(id: string): Promise<void> {
    return new Promise((resolve) => this.ready.set(id, resolve));
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
    if (first === 'there') {
      const there = this.answers.get(Number(second));
      if (!there) return;
      there.answer = rest;
      there.pending.wake();
    } else if (first === 'ready') {
      this.ready.get(second!)?.();
      this.ready.delete(second!);
      for (const pending of this.pending.values()) {
        if (!pending.hooks.includes(second!)) continue;
        pending.readyHooks.add(second!);
        pending.wake();
      }
    } else {
      const pending = this.pending.get(Number(first));
      if (!pending) return;
      pending.done = Number(second);
      this.pending.delete(pending.number);
      pending.wake();
    }
  }

  private toValue(state: ShellState): Value {
    const inline = Buffer.from(JSON.stringify(state), 'utf8').toString('base64');
    const value: Value = inline.length > INLINE_LIMIT ? this.toReference(inline) : { inline };
    this.states.set(value, state);
    return value;
  }

  private toReference(inline: string): Value {
    const ref = path.join(this.directory, `v${(this.counter += 1)}`);
    fs.writeFileSync(ref, inline, { mode: 0o600 });
    return { ref, sha256: digest(inline), size: inline.length };
  }

  /** The state by reference, where it is too large for a failure's message. */
  shorten(value: Value): Value {
    return 'inline' in value && value.inline.length > FAILURE_STATE_LIMIT ? this.toReference(value.inline) : value;
  }

  private fromValue(value: Value): ShellState {
    const known = this.states.get(value);
    if (known) return known;
    const text = 'inline' in value ? value.inline : fs.readFileSync(value.ref, 'utf8');
    if ('ref' in value && digest(text) !== value.sha256)
      throw new StepFault('Sh2sfn.Store', `${value.ref} is not what was stored there`);
    return JSON.parse(Buffer.from(text, 'base64').toString('utf8')) as ShellState;
  }

  /** Applies the operations that need no process. */
  private apply(before: ShellState, ops: readonly Op[], scope: string): ShellState {
    // Bindings wait for a leaf that records: a shell that only opens pipes or files applies them to itself alone.
    let state: ShellState = before;
    for (const op of ops) {
      switch (op[0]) {
        case 'subshell':
        case 'stage':
        case 'capture': {
          const { saved, ...outer } = state;
          const kept: Saved = { state: outer };
          if (op[0] === 'capture') {
            kept.capture = op[1];
            kept.scope = scope;
            kept.file = path.join(this.directory, `o${(this.counter += 1)}`);
            fs.writeFileSync(kept.file, '', { mode: 0o600 });
          }
          const errtrace = state.options.includes('set -o errtrace');
          const traps = state.traps.filter(
            (line) => line.startsWith("trap -- '' ") || (errtrace && / ERR$/.test(line)),
          );
          const options =
            op[0] === 'capture' && !this.inheritsErrexit(state)
              ? state.options.map((line) => (line === 'set -o errexit' ? 'set +o errexit' : line))
              : state.options;
          state = {
            ...state,
            traps,
            options,
            level: state.level + (op[0] === 'stage' ? 0 : 1),
            saved: [...saved, kept],
          };
          break;
        }
        case 'end-subshell':
        case 'end-capture': {
          const kept = state.saved[state.saved.length - 1]!;
          const outer: ShellState = { ...kept.state, saved: state.saved.slice(0, -1) };
          if (kept.capture !== undefined) outer.captures = { ...outer.captures, [kept.capture]: kept.file! };
          state = outer;
          break;
        }
        case 'end-reading': {
          const readings = [...(state.readings ?? [])];
          const { line, outside } = readings.pop()!;
          state = { ...state, readings, line, args: outside ?? state.args };
          break;
        }
        case 'return':
          state = {
            ...state,
            lastArgument: state.frames[state.frames.length - 1]!.last,
            frames: state.frames.slice(0, -1),
          };
          break;
        case 'define': {
          const definition = this.definitions.get(op[1])!;
          state = { ...state, functions: { ...state.functions, [definition.name]: { id: op[1] } } };
          break;
        }
        case 'fed':
          state = { ...state, fed: op[1] };
          break;
        case 'bind': {
          const list = state.lists[`${op[2]}@${state.frames.length}`] ?? [];
          state = { ...state, bindings: [...state.bindings, [op[1], list[op[3]] ?? '']] };
          break;
        }
      }
    }
    return state;
  }

  private inheritsErrexit(state: ShellState): boolean {
    return state.options.includes('set -o posix') || state.shopt.includes('shopt -s inherit_errexit');
  }

  /** Executes one step. */
  async run(request: StepRequest, _signal?: AbortSignal): Promise<StepResponse> {
    const step = this.steps.get(request.step);
    if (!step) throw new Error(`no step ${request.step}`);
    const { kind } = step.fragment;
    const there = this.thereFor(request, step);
    if (there) return this.runThere(there, request, step);
    const before = await this.resolve(request.state!);
    if (kind === 'leave') {
      await this.leave(this.drivers.get(request.scope)!, request.status);
      return this.answer(request, this.apply(before, request.ops, request.scope), {
        status: request.status,
        scope: request.scope,
      });
    }
    if (kind === 'join') return this.join(request, step, before);
    const scope = request.scope === '' ? this.first().id : request.scope;
    const driver = this.drivers.get(scope);
    if (!driver || driver.closed) throw new Error(`no scope ${request.scope}`);
    await this.closeDescendants(driver);
    await this.recordStaying(driver.id);
    const state = this.apply(before, request.ops, request.scope);
    const streak = this.suits(step, state, request) ? (this.streaks.get(driver.id) ?? 0) + 1 : 0;
    this.streaks.set(driver.id, streak);
    if (streak > PATIENCE) return this.runThere(this.stay(driver, state, request), { ...request, ops: [] }, step);
    const response = step.fragment.reads
      ? await this.read(driver, step, state, request)
      : await this.execute(driver, step, state, request);
    if (request.leave) await this.leave(driver, response.status);
    return response;
  }

  private async execute(driver: Driver, step: Step, state: ShellState, request: StepRequest): Promise<StepResponse> {
    return this.finish(await this.launchInTurn(driver, step, state, request));
  }

  private async finish(pending: Pending): Promise<StepResponse> {
    await this.settle(pending);
    const full = this.full();
    if (full) throw full;
    return this.conclude(pending);
  }

  /**
   * A command that reads a library. Its words are expanded once; where they name the file that was compiled in, the machine
   * runs its lines, and otherwise the command is executed as it stands.
   */
  private async read(driver: Driver, step: Step, state: ShellState, request: StepRequest): Promise<StepResponse> {
    const { reads, hold: _, ...fragment } = step.fragment;
    const asking: Step = { ...step, fragment: { ...fragment, reads } };
    const pending = await this.launchInTurn(driver, asking, state, request);
    const response = await this.finish(pending);
    if (response.control !== 'next' || !pending.reading) return response;
    const [status, line, ...words] = pending.reading;
    const after = this.fromValue(response.state);
    const library = this.recognise(reads!, after, words);
    if (!library) {
      const dot = fragment.text.find((part) => part[0] === 'dot')![1] as string;
      const text: TextPart[] = [[dot, ...words.map(quote)].join(' '), ['mark']];
      const literal: Step = { ...step, fragment: { ...step.fragment, reads: undefined, text } };
      return this.execute(driver, literal, { ...after, line: state.line }, { ...request, status: Number(status) });
    }
    const [, ...args] = words;
    const given = args.length > 0;
    const reading: Reading = {
      library: reads!.library,
      line: Number(line),
      ...(given ? { args, outside: after.args } : {}),
    };
    const inside: ShellState = {
      ...after,
      pipestatus: state.pipestatus,
      args: given ? args : after.args,
      line: 1,
      libraries: { ...after.libraries, [reads!.library]: library },
      readings: [...(after.readings ?? []), reading],
    };
    return this.answer(request, inside, { status: Number(status), control: 'call', scope: request.scope });
  }

  /** What BASH_SOURCE says of the script. */
  private get scriptName(): string | undefined {
    return this.options.inline === undefined ? this.options.argv0 : undefined;
  }

  /** The name under which a library is read, if that is the one that was compiled in. */
  private recognise(
    { library, sha256 }: LibraryFile,
    state: ShellState,
    [name]: readonly string[],
  ): string | undefined {
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

  /** Path prefix of the libraries' private files. */
  private libraryPrefix(driver: Driver): string {
    return path.join(this.directory, `d${driver.id}`, '.l');
  }

  /** Writes the libraries' private files for a leaf. */
  private writeLibraries(driver: Driver, texts: ReadonlyMap<number, string>): void {
    for (const [library, text] of texts) {
      if (driver.files.get(library) === text) continue;
      fs.writeFileSync(`${this.libraryPrefix(driver)}${library}`, text, { encoding: 'latin1', mode: 0o600 });
      driver.files.set(library, text);
    }
  }

  /** True if a shell that stays may run the step as well as one that is forked for it. */
  private suits(step: Step, state: ShellState, request: StepRequest): boolean {
    const { fragment } = step;
    return (
      this.mayStay &&
      (fragment.fork || fragment.numbers !== undefined) &&
      fragment.kind === 'command' &&
      !fragment.quiet &&
      !request.leave &&
      !state.gone &&
      !callsFunction(step, state) &&
      state.exiting === undefined &&
      !/[xa]/.test(state.flags) &&
      // With -c, an unset variable ends the shell with another status than it ends a subshell.
      !(this.options.inline !== undefined && state.flags.includes('u')) &&
      // Bash 5.2 complains where set -e ends a function from within two texts of eval.
      !(state.flags.includes('e') && state.frames.length > 0) &&
      !/^declare -\w*r/.test(state.variables.IFS ?? '')
    );
  }

  /** The shell that has the request's state and may run its step. */
  private thereFor(request: StepRequest, step: Step): Staying | undefined {
    const { state: value, ops, scope } = request;
    const there = this.staying.get(scope === '' ? this.first().id : scope);
    if (
      !there ||
      !value ||
      !('ref' in value) ||
      value.ref !== there.ref ||
      there.declined ||
      there.pending.done !== undefined
    )
      return undefined;
    return ops.every(([kind]) => kind === 'bind') && this.suits(step, there.state, request) ? there : undefined;
  }

  /** Starts a shell that stays. */
  private stay(driver: Driver, state: ShellState, request: StepRequest): Staying {
    if (this.fifos.length === 0) this.makeFifos();
    const channel = this.fifos.shift()!;
    const fragment = stayingFragment(channel);
    const step: Step = {
      key: '',
      state: '',
      fragment,
      commands: [],
      files: [],
      settings: {},
      source: { line: 1, column: 1, start: 0, end: 0 },
      streams: false,
    };
    const control = fs.openSync(channel, fs.constants.O_RDWR);
    const pending = this.launch(driver, step, state, { ...request, ops: [], status: 0, ignore: false, leave: false });
    const there: Staying = {
      pending,
      state: { ...state, bindings: [] },
      ref: `@${path.basename(channel)}`,
      control,
      line: state.line,
    };
    this.staying.set(driver.id, there);
    this.held.set(there.ref, there);
    return there;
  }

  /** Runs a step in a shell that stays. */
  private async runThere(there: Staying, request: StepRequest, step: Step): Promise<StepResponse> {
    const number = (this.counter += 1);
    const { pending } = there;
    const state = this.apply({ ...there.state, line: there.line }, request.ops, request.scope);
    const report = `builtin printf 'there %s %s %s %s\\n' ${number} "$?" "$-" "$LINENO" >>${this.directory}/r`;
    const decline = `builtin printf 'there %s declined\\n' ${number} >>${this.directory}/r`;
    const text = composeNext(
      step.fragment,
      state,
      request,
      this.place(pending.driver, pending.prefix, {
        fork: true,
        program: false,
        hooks: [],
        remade: [],
        getopts: false,
        untraced: false,
      }),
      report,
      decline,
    );
    there.answer = undefined;
    this.answers.set(number, there);
    const file = path.join(this.directory, `x${number}`);
    const short = text.length < 400;
    if (short) writeWhole(there.control, `${text}\0`);
    else {
      // Bash reads a pipe byte by byte, a file in blocks.
      fs.writeFileSync(file, text, { encoding: 'latin1', mode: 0o600 });
      writeWhole(there.control, `builtin mapfile -d '' -t __sh2sfn_t <${file}; builtin eval "$__sh2sfn_t"\0`);
    }
    while (there.answer === undefined && pending.done === undefined) {
      await new Promise<void>((resolve) => {
        pending.wake = resolve;
        if (there.answer !== undefined || pending.done !== undefined) resolve();
      });
    }
    this.answers.delete(number);
    if (!short) fs.rmSync(file, { force: true });
    const answered = there.answer as string[] | undefined;
    if (!answered) {
      // The fragment ended its shell.
      this.staying.delete(pending.driver.id);
      fs.closeSync(there.control);
      there.recorded = Promise.resolve(there.state);
      if (pending.done === 1 && cannotExit(step, there.state)) return this.abandoned(request, there.state);
      return this.answer(
        request,
        { ...there.state, bindings: [] },
        { status: pending.done!, control: 'exit', scope: request.scope },
      );
    }
    const [status, letters, line] = answered;
    if (status === 'declined') {
      // The loop's variables have been bound: binding them again changes nothing.
      this.streaks.set(pending.driver.id, -PATIENCE_AFTER);
      there.declined = true;
      return this.run({ ...request, state: { ref: there.ref, sha256: '', size: 0 } });
    }
    there.line = Number(line) || 1;
    there.state = { ...there.state, flags: flagsOf(letters!, there.state) };
    dropCaptures(there.state, step.fragment);
    this.held.delete(there.ref);
    there.ref = `@${path.basename(pending.prefix)}.${number}`;
    this.held.set(there.ref, there);
    return {
      ...this.response(request, there.state.flags, { ref: there.ref, sha256: '', size: 0 }),
      status: Number(status),
      scope: request.scope,
    };
  }

  /** The state that a value stands for; a shell that holds it records it, and ends. */
  private async resolve(value: Value): Promise<ShellState> {
    const holder = 'ref' in value ? this.held.get(value.ref) : undefined;
    return holder ? this.record(holder) : this.fromValue(value);
  }

  private async recordStaying(driver: string): Promise<void> {
    const there = this.staying.get(driver);
    if (there) await this.record(there);
  }

  private record(there: Staying): Promise<ShellState> {
    there.recorded ??= this.recordNow(there);
    return there.recorded;
  }

  private async recordNow(there: Staying): Promise<ShellState> {
    const { pending } = there;
    this.staying.delete(pending.driver.id);
    if (pending.done === undefined) writeWhole(there.control, 'builtin break\0');
    await this.settle(pending);
    fs.closeSync(there.control);
    if (written(`${pending.prefix}.h`) === undefined) {
      this.clean(pending);
      return there.state;
    }
    const response = this.collect(pending, pending.request.scope);
    const recorded = this.states.get(response.state)!;
    return {
      ...recorded,
      captures: there.state.captures,
      lastArgument: there.state.lastArgument,
      pipestatus: there.state.pipestatus,
      line: there.line,
      flags: there.state.flags,
    };
  }

  /** A directory that is gone is made again for one shell after the other. */
  private async launchInTurn(driver: Driver, step: Step, state: ShellState, request: StepRequest): Promise<Pending> {
    if (!state.gone) return this.launch(driver, step, state, request);
    const before = this.turn;
    let release = (): void => {};
    this.turn = new Promise<void>((resolve) => {
      release = resolve;
    });
    await before;
    const pending = this.launch(driver, step, state, request);
    const free = async (): Promise<void> => {
      while (pending.done === undefined && fs.existsSync(state.cwd))
        await new Promise((resolve) => setTimeout(resolve, 1));
      release();
    };
    void free();
    return pending;
  }

  private launch(driver: Driver, step: Step, state: ShellState, request: StepRequest): Pending {
    const number = (this.counter += 1);
    const prefix = path.join(this.directory, `p${number}`);
    const { fragment } = step;
    const { inline } = this.options;
    // With -c, an unset variable ends the shell with another status than it ends a subshell.
    const fork =
      fragment.fork &&
      !callsFunction(step, state) &&
      !state.flags.includes('x') &&
      !(inline !== undefined && state.flags.includes('u'));
    const stages = fragment.text.filter((part) => typeof part !== 'string' && part[0] === 'stage').length;
    const hooks: Driver[] = [];
    for (let i = 0; i < stages + (fragment.hold ? 1 : 0); i += 1) hooks.push(this.prepareDriver(driver));
    const program = fork && this.runsProgram(fragment.program, state);
    const place = this.place(driver, prefix, {
      fork,
      program,
      hooks: hooks.map((hook) => this.hookText(hook)),
      remade: state.gone ? remake(state.cwd) : [],
      untraced: !fork && fragment.untraced === true && state.flags.includes('x'),
      getopts: !fork && (this.mentionsGetopts || mentions(fragment.text, /\bgetopts\b|\bOPTIND=/)),
    });
    place.early =
      !fork &&
      this.named &&
      place.name !== undefined &&
      !place.name.startsWith('/') &&
      place.base.BASH_ENV === undefined &&
      mentions(fragment.text, /\(\s*\)|\bfunction\b/);
    if (fragment.hold) place.hold = holdText(place.hooks.pop()!);
    const stubs = Object.entries(fragment.calls ?? {})
      .filter(([name, ids]) => {
        const entry = state.functions[name];
        if (fragment.exits && !state.traps.includes(`trap -- '${name}' EXIT`)) return false;
        return entry && 'id' in entry && ids.includes(entry.id);
      })
      .map(([name]) => name);
    const files = program
      ? ['.h']
      : [
          '.h',
          '.t',
          ...(fork ? [] : ['.n']),
          ...(fragment.kind === 'words' ? ['.w'] : []),
          ...(fragment.calls || fragment.reads ? ['.a'] : []),
          ...(place.getopts ? ['.o'] : []),
          ...state.frames.slice(1).map((_, i) => `.f${i}`),
        ];
    for (const suffix of files) fs.closeSync(fs.openSync(prefix + suffix, 'w', 0o600));
    const leaf = composeLeaf(
      fragment,
      this.withAmbient(state, this.baseOf(driver)),
      { status: request.status, ignore: request.ignore },
      place,
      stubs,
    );
    this.writeLibraries(driver, leaf.files);
    // Subshells within a substitution write to it too, unless a scope opened since says otherwise.
    const kept = state.saved.findLast((saved) => saved.file !== undefined);
    const output = kept?.file !== undefined && kept.scope === request.scope ? ` >>${kept.file}` : '';
    const source = this.named ? `BASH_SOURCE= ${place.early ? `BASH_ENV=${this.directory}/e ` : ''}` : '';
    let command: string;
    if (fork) command = `( exec 2>&251 250<&- 251>&-; builtin eval ${quote(leaf.text)})${output}`;
    else if (inline !== undefined && leaf.text.length <= INLINE_TEXT) {
      // What ends the shell with 127 ends a subshell with 1.
      const text = state.saved.length === 0 ? leaf.text : `(builtin eval ${quote(leaf.text)}); builtin exit $?`;
      command = `${source}${this.bashWord} --norc -c ${quote(text)} ${quote(this.options.argv0)} 2>&251 250<&- 251>&-${output}`;
    } else {
      fs.writeFileSync(onDisk(path.resolve(driver.cwd, driver.script)), leaf.text, { encoding: 'latin1', mode: 0o700 });
      command = `${source}${this.bashWord} -- ${quote(driver.script)} 2>&251 250<&- 251>&-${output}`;
    }
    fs.writeFileSync(path.join(this.directory, `x${number}`), command, { encoding: 'latin1', mode: 0o600 });
    const pending: Pending = {
      number,
      driver,
      request,
      step,
      state,
      prefix,
      files: [...files, ...(fragment.loops ? Array.from({ length: fragment.loops }, (_, i) => `.l${i + 1}`) : [])],
      program,
      hooks: hooks.map((h) => h.id),
      readyHooks: new Set(),
      frames: leaf.frames,
      wake: () => {},
    };
    this.pending.set(number, pending);
    this.tell(driver, `${number}\n`);
    return pending;
  }

  private place(
    driver: Driver,
    prefix: string,
    how: Pick<LeafPlace, 'fork' | 'program' | 'hooks' | 'remade' | 'getopts' | 'untraced'>,
  ): LeafPlace {
    const base = this.baseOf(driver);
    const { argv0, inline } = this.options;
    return {
      prefix,
      base: base.variables,
      baseOptions: base.options,
      baseShopt: base.shopt,
      definitions: this.definitions,
      ...this.identity(),
      argv0,
      rename: argv0.startsWith('/') || inline !== undefined,
      name: this.scriptName,
      named: this.named,
      libraries: this.libraryPrefix(driver),
      foreign: this.named && this.mayBeForeign,
      pipestatus: this.mentionsPipestatus,
      ...how,
    };
  }

  /** Whether the name is that of a program now, and all that a program can change is recorded by {@link LocalRuntime.afterProgram}. */
  private runsProgram(name: string | undefined, state: ShellState): boolean {
    return (
      name !== undefined &&
      !this.importsFunctions &&
      state.frames.length === 0 &&
      state.aliases.length === 0 &&
      !Object.hasOwn(state.functions, name) &&
      // A trap may run behind the program, and change anything.
      state.traps.every((line) => line.startsWith("trap -- '' ")) &&
      !state.options.includes('set -o allexport') &&
      state.bindings.every(
        ([variable]) => /^[a-z_]\w*$/.test(variable) && variable !== 'ignoreeof' && isPlain(state.variables[variable]),
      ) &&
      isPlain(state.variables.LINES) &&
      isPlain(state.variables.COLUMNS)
    );
  }

  /** The state after a program: as before, but for what was recorded. */
  private afterProgram(state: ShellState, head: string): { after: ShellState; status: number } {
    const [first, gone, hashed] = head.split(SECTION);
    const [, status, last, letters, line, lines, columns, ...pipe] = fields(first!);
    const variables = { ...state.variables };
    for (const [name, value] of state.bindings) variables[name] = redeclared(name, state.variables[name], value);
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
      pipestatus: pipe.join(' '),
      flags: flagsOf(letters!, state),
      line: Number(line) || 1,
      gone: gone === 'gone',
      hashed: hashLines(hashed ?? ''),
    };
    return { after, status: Number(status) };
  }

  /** Text that turns a process into a driver. */
  private hookText(hook: Driver): string {
    const source = this.named ? 'builtin unset -v BASH_SOURCE; builtin export BASH_SOURCE=; ' : '';
    return `{ { builtin set +x; } 2>/dev/null; ${source}builtin cd ${quote(hook.cwd)}; builtin exec ${this.bashWord} ${hook.words.map(quote).join(' ')}; }`;
  }

  /** Waits until the leaf has ended or waits itself. */
  private async settle(pending: Pending): Promise<void> {
    const { fragment } = pending.step;
    const stages = fragment.hold ? 1 : pending.hooks.length;
    while (pending.done === undefined && !(stages > 0 && pending.readyHooks.size >= stages)) {
      await new Promise<void>((resolve) => {
        pending.wake = resolve;
        if (pending.done !== undefined || (stages > 0 && pending.readyHooks.size >= stages)) resolve();
      });
    }
  }

  private conclude(pending: Pending): StepResponse {
    const { request, step, state } = pending;
    if (pending.done === undefined) {
      for (const id of pending.hooks) this.drivers.get(id)!.holder = pending;
      if (step.fragment.hold) return this.collect(pending, pending.hooks[0]!);
      const entered = { control: 'enter', scopes: pending.hooks } as const;
      if (!step.fragment.text.some((part) => part[0] === 'enter'))
        return this.answer(request, state, { ...entered, scope: request.scope, status: request.status });
      const response = { ...this.collect(pending, request.scope), ...entered };
      // The shell records once more when it is back, whatever its umask then allows.
      for (const suffix of ['.h', '.t', '.n']) fs.writeFileSync(pending.prefix + suffix, '', { mode: 0o600 });
      return response;
    }
    for (const id of pending.hooks) if (!pending.readyHooks.has(id)) this.discardDriver(this.drivers.get(id)!);
    return this.collect(pending, request.scope);
  }

  private discardDriver(driver: Driver): void {
    driver.closed = true;
    if (driver.control !== undefined) fs.closeSync(driver.control);
    this.drivers.delete(driver.id);
  }

  private answer(request: StepRequest, state: ShellState, rest: Partial<StepResponse>): StepResponse {
    return { ...this.response(request, state.flags, this.toValue(state)), ...rest };
  }

  private response(request: StepRequest, options: string, state: Value): StepResponse {
    return {
      protocol: PROTOCOL,
      status: 0,
      control: 'next',
      depth: 0,
      count: 0,
      target: '',
      scopes: [],
      options,
      state,
      scope: request.scope,
      frames: [],
    };
  }

  /** An expansion error ends a forked shell; the script's own gives up the line. */
  private abandoned(request: StepRequest, state: ShellState): StepResponse {
    const after = state.saved.length > 0 ? state : { ...state, frames: [] };
    return this.answer(request, after, { status: 1, control: 'discard', scope: request.scope });
  }

  /** Reads what the leaf recorded. */
  private collect(pending: Pending, scope: string): StepResponse {
    const { request, step, state, prefix, frames } = pending;
    const head = written(`${prefix}.h`);
    const top = pending.program ? undefined : written(`${prefix}.t`);
    const ended = pending.done ?? 0;
    if (head === 'x') {
      this.clean(pending);
      throw new StepFault(
        'Sh2sfn.DirectoryLost',
        `step ${step.state} cannot go to the script's working directory ${Buffer.from(state.cwd, 'latin1').toString()}`,
      );
    }
    if (pending.program && head !== undefined) {
      const { after, status } = this.afterProgram(state, head);
      dropCaptures(after, step.fragment);
      this.clean(pending);
      return this.answer(request, after, { status, scope });
    }
    const ending = step.fragment.exits && head === undefined ? written(`${prefix}.a`) : undefined;
    if (ending !== undefined) {
      // The EXIT trap called a function.
      const [name, line, st, size, ...rest] = fields(ending);
      const args = rest.slice(Number(size));
      const { id } = state.functions[name!] as { id: string };
      const library = libraryOf(this.definitions.get(id), state);
      const frame = { name: name!, args, locals: [], line: Number(line), library, last: args.at(-1) ?? name! };
      this.clean(pending);
      const inside: ShellState = { ...state, exiting: Number(st), frames: [frame] };
      return this.answer(request, inside, { status: Number(st), control: 'call', target: id, scope });
    }
    if (top === undefined || (head === undefined && frames === 0)) {
      this.clean(pending);
      if (ended === 1 && cannotExit(step, state)) return this.abandoned(request, state);
      return this.answer(
        request,
        { ...state, bindings: [] },
        { status: ended, control: step.fragment.ends ? 'next' : 'exit', scope: request.scope },
      );
    }
    const after: ShellState = { ...state, bindings: [] };
    let control: Control = 'next';
    let depth: number | undefined;
    let count: number | undefined;
    let status: number;
    const tops = top.split(SECTION);
    const topFields = fields(tops[0]!);
    const survivors = state.frames.map((frame) => ({ ...frame }));
    if (head !== undefined) {
      const sections = head.split(SECTION);
      const [marker, st, last, letters, line, argv0, ...pipe] = fields(sections[0]!);
      status = Number(st);
      [control, depth, count] = readMarker(marker!);
      if (control === 'break' || control === 'continue') status = 0;
      after.lastArgument = last!;
      after.pipestatus = step.fragment.quiet ? state.pipestatus : pipe.join(' ');
      after.line = Number(line) || 1;
      after.argv0 = argv0 ?? state.argv0;
      after.options = sections[1]!.split('\n').filter(Boolean);
      after.traps = splitTraps(sections[2]!);
      // The shell's own is the fragment.
      if (state.exiting !== undefined) after.traps = after.traps.filter((line) => !/ EXIT$/.test(line));
      const active = activeTraps(state);
      after.traps.push(...state.traps.filter((line) => !active.includes(line)));
      after.flags = flagsOf(letters!, after);
      if (frames > 0 && control !== 'discard') {
        const inner = survivors[frames - 1]!;
        inner.args = parameters(sections[3]!);
        inner.locals = parseDeclarations(sections[4] ?? '').map(([, line]) => line);
      }
    } else {
      // The innermost function was left: by return, or by an abandoned command line.
      const outer = frames >= 2 ? written(`${prefix}.f${frames - 2}`) : undefined;
      [control] = readMarker(topFields[0]!);
      if (control !== 'discard') control = 'return';
      status = Number(outer !== undefined ? fields(outer)[0] : topFields[1]);
    }
    if (control === 'discard') {
      status = Number((head === undefined ? topFields : fields(head))[0]!.slice('discard:'.length)) || 1;
      // An EXIT trap that is given up leaves the script its status.
      if (state.saved.length === 0 && state.exiting !== undefined) status = state.exiting;
      depth = undefined;
      survivors.length = 0;
      if (state.saved.at(-1)?.capture !== undefined) status = 1;
      if (state.saved.length > 0)
        return this.answer(request, { ...state, bindings: [] }, { status, control: 'discard', scope: request.scope });
    }
    for (let i = 0; i < survivors.length && i < frames - 1; i += 1) {
      const dump = written(`${prefix}.f${i}`);
      if (dump === undefined) continue;
      const [first, locals] = dump.split(SECTION);
      survivors[i]!.args = fields(first!).slice(2);
      survivors[i]!.locals = parseDeclarations(locals ?? '').map(([, line]) => line);
    }
    after.frames = survivors;
    after.seconds = secondsOrigin(topFields.slice(2, 5), state.seconds);
    after.cwd = tops[0]!.slice(tops[0]!.lastIndexOf('\0') + 1).replace(/\n$/, '');
    if (frames === 0) after.args = parameters(tops[1]!);
    after.shopt = tops[2]!.split('\n').filter(Boolean);
    after.aliases = splitAliases(tops[3]!);
    const [umask, gone] = tops[4]!.trim().split('\n');
    after.umask = umask!;
    after.gone = gone === 'gone';
    const limits = limitLines(tops[5]!);
    const before = this.baseOf(pending.driver).limits;
    after.limits =
      state.limits.length > 0 || limits.some((line, i) => line !== before[i])
        ? limits.filter((line, i) => line !== this.baseOf(this.first()).limits[i])
        : [];
    after.directories = tops[6]!.split('\n').filter(Boolean).slice(1);
    after.hashed = hashLines(tops[7] ?? '');
    const declared = parseDeclarations(tops[8]!);
    after.variables = Object.fromEntries(declared.filter(([name]) => !isOwn(name) && !name.startsWith('__sh2sfn')));
    if (this.options.ambient) after.variables = this.withoutAmbient(after.variables, this.baseOf(pending.driver));
    if (tops[9] !== '') this.collectFunctions(after, tops[9]!, tops[10] ?? '', state);
    else if (!step.fragment.fork) after.functions = {};
    const extra: Partial<StepResponse> = {};
    if (step.fragment.kind === 'words') {
      const words = fields(latin1(`${prefix}.w`) ?? '');
      after.lists = { ...after.lists, [`${step.fragment.list}@${state.frames.length}`]: words };
      extra.count = words.length;
    }
    if (count !== undefined) extra.count = count;
    if (depth !== undefined) extra.depth = depth;
    const call = step.fragment.calls ? written(`${prefix}.a`) : undefined;
    if (call !== undefined && control === 'next') {
      const [name, line, st, size, ...rest] = fields(call);
      const args = rest.slice(Number(size));
      after.pipestatus = rest.slice(0, Number(size)).join(' ');
      const entry = state.functions[name!] as { id: string };
      control = 'call';
      status = Number(st);
      // The body begins with what the caller had.
      after.pipestatus = state.pipestatus;
      extra.target = entry.id;
      after.frames = [
        ...survivors,
        {
          name: name!,
          args,
          locals: [],
          line: Number(line),
          library: libraryOf(this.definitions.get(entry.id), state),
          last: args[args.length - 1] ?? name!,
        },
      ];
    }
    if (step.fragment.reads) {
      const reading = written(`${prefix}.a`);
      if (reading !== undefined) pending.reading = fields(reading);
    }
    const options = written(`${prefix}.o`);
    if (options !== undefined) after.getopts = Number(options);
    dropCaptures(after, step.fragment);
    this.clean(pending);
    return this.answer(request, after, { status, control, scope, ...extra });
  }

  private collectFunctions(after: ShellState, names: string, texts: string, before: ShellState): void {
    const bodies = texts.split('\x1d\n');
    const places = functionPlaces(bodies.pop()!);
    const functions: ShellState['functions'] = {};
    const foreign: (ForeignFunction & { name: string })[] = [];
    for (const [index, line] of names.split('\n').entries()) {
      const [, letters, name] = /^declare -(f\w*) (.+)$/.exec(line) ?? [];
      if (!letters || !name || name.startsWith('__sh2sfn')) continue;
      const attributes = letters.replace('f', '');
      // Behind the body of an exported or read-only function stands a declaration.
      const text = bodies[index]!.replace(/\n+$/, '').replace(/\ndeclare -f\w+ \S+$/, '');
      const entry = before.functions[name];
      const place = places.get(name);
      const known = (id: string): boolean =>
        this.canonicalText(id) === text && (!this.named || !place || place.source === this.definedIn(id, after));
      const own =
        entry && 'id' in entry && (known(entry.id) || text.includes('__sh2sfn') || text.includes(`${this.directory}/p`))
          ? entry.id
          : undefined;
      const id = own ?? [...this.definitions.values()].find((d) => d.name === name && known(d.id))?.id;
      const extra = attributes ? { attributes } : {};
      if (id !== undefined) functions[name] = { id, ...extra };
      else if (
        entry &&
        'text' in entry &&
        entry.text === text &&
        entry.source === place?.source &&
        entry.line === place?.line
      )
        functions[name] = { ...entry, attributes: undefined, ...extra };
      else {
        const found = { name, text, ...(this.named ? place : undefined) };
        foreign.push(found);
        functions[name] = { text, ...(this.named ? place : undefined), ...extra };
      }
    }
    if (this.named && foreign.length > 0) {
      const directories = [before.cwd, after.cwd, this.options.cwd];
      for (const [name, original] of this.originals.find(foreign, directories))
        functions[name] = { ...functions[name], ...original } as ForeignFunction;
    }
    after.functions = functions;
  }

  /** What bash takes for the source of a function of the script or a library. */
  private definedIn(id: string, state: ShellState): string {
    const library = libraryOf(this.definitions.get(id), state);
    return (library === undefined ? this.scriptName : state.libraries![library]) ?? 'environment';
  }

  /** A definition as `declare -f` prints it. */
  private canonicalText(id: string): string {
    const known = this.canonical.get(id);
    if (known !== undefined) return known;
    const all = [...this.definitions.values()];
    const { pid = '$$', ppid = '$PPID' } = this.identity();
    const script = all
      .map((d) => {
        const text = d.text
          .map((part) =>
            typeof part === 'string'
              ? part
              : part[0] === 'pid'
                ? String(pid)
                : part[0] === 'ppid'
                  ? String(ppid)
                  : part[0] === 'self'
                    ? '$$'
                    : '',
          )
          .join('');
        return `builtin eval ${quote(text)}; builtin declare -f -- ${quote(d.name)}; builtin printf '\\x1c\\n'`;
      })
      .join('\n');
    const result = spawnSync(this.bash, ['-O', 'extglob', '-s'], {
      input: Buffer.from(script, 'latin1'),
      encoding: 'latin1',
      env: {},
    });
    const texts = result.stdout.split(SECTION);
    all.forEach((d, index) => {
      this.canonical.set(d.id, (texts[index] ?? '').replace(/\n+$/, ''));
    });
    return this.canonical.get(id)!;
  }

  private clean({ prefix, number, files }: Pending): void {
    for (const name of [...files.map((suffix) => prefix + suffix), path.join(this.directory, `x${number}`)]) {
      try {
        fs.unlinkSync(name);
      } catch {}
    }
  }

  private async leave(driver: Driver | undefined, status: number): Promise<void> {
    if (!driver || driver.closed) return;
    await this.recordStaying(driver.id);
    await this.closeDescendants(driver);
    driver.closed = true;
    this.tell(driver, `q${status & 255}\n`);
  }

  private async closeDescendants(driver: Driver): Promise<void> {
    for (const other of [...this.drivers.values()]) {
      if (other.parent !== driver.id || other.closed || !other.holder) continue;
      await this.closeDescendants(other);
      other.closed = true;
      const holder = other.holder;
      this.tell(other, 'q0\n');
      while (holder.done === undefined)
        await new Promise<void>((resolve) => {
          holder.wake = resolve;
          if (holder.done !== undefined) resolve();
        });
    }
  }

  private async join(request: StepRequest, _step: Step, before: ShellState): Promise<StepResponse> {
    const driver = this.drivers.get(request.scope);
    const holder = driver?.holder;
    if (!driver || !holder) throw new Error(`nothing holds scope ${request.scope}`);
    await this.leave(driver, request.status);
    while (holder.done === undefined)
      await new Promise<void>((resolve) => {
        holder.wake = resolve;
        if (holder.done !== undefined) resolve();
      });
    for (const id of holder.hooks) {
      const hook = this.drivers.get(id);
      if (hook) {
        if (hook.control !== undefined) fs.closeSync(hook.control);
        this.drivers.delete(id);
      }
    }
    if (holder.step.fragment.kind === 'redirect')
      return this.answer(request, this.apply(before, request.ops, request.scope), {
        status: request.status,
        scope: request.scope,
      });
    holder.request = { ...holder.request, scope: request.scope };
    return this.collect(holder, request.scope);
  }

  /** Sends a signal to the fragments that run now. */
  kill(signal: NodeJS.Signals): void {
    for (const pid of this.leaves()) {
      try {
        process.kill(pid, signal);
      } catch {}
    }
  }

  private leaves(): number[] {
    const children = (pid: number): number[] =>
      (latin1(`/proc/${pid}/task/${pid}/children`) ?? '').split(' ').filter(Boolean).map(Number);
    return this.process?.pid ? children(this.process.pid) : [];
  }

  /** Ends the drivers and removes what was private to the run. */
  async close(): Promise<void> {
    const { process: main } = this;
    for (const { pending, control } of this.staying.values())
      if (pending.done === undefined) writeWhole(control, 'builtin break\0');
    for (const driver of [...this.drivers.values()].reverse()) {
      if (driver.closed) continue;
      driver.closed = true;
      try {
        this.tell(driver, 'q0\n');
      } catch {}
    }
    if (main && main.exitCode === null && main.signalCode === null) {
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
    this.channel?.destroy();
    this.replies?.destroy();
    fs.rmSync(this.directory, { recursive: true, force: true });
  }
}

/** Only where descriptors changed does the process stay: they are compared with its parent's, without a fork. */
function holdText(hook: string): string {
  const place = (pid: string, table: string, name: string): string => `/proc/$${pid}/${table}/${name}`;
  const own = place('BASHPID', 'fd', '$REPLY');
  const parent = place('PPID', 'fd', '$REPLY');
  // A file that was opened again is another description of the same file: its offset and its mode tell.
  const facts = (pid: string, name: string, from: number): string =>
    `builtin mapfile -t -n 2 -O ${from} -u 250 250<${place(pid, 'fdinfo', name)}`;
  const mode = (index: number): string => `(8#\${MAPFILE[${index}]#flags:?}&~8#2000000)`;
  const changed = (name: string): string => {
    const other = place('PPID', 'fd', name);
    const same = `[[ \${MAPFILE[0]} == "\${MAPFILE[2]}" && $((${mode(1)})) == $((${mode(3)})) ]]`;
    return `{ builtin [ ${own} -ef ${other} ] && { builtin [ ! -f ${own} ] || { ${facts('BASHPID', '$REPLY', 0)} && ${facts('PPID', name, 2)} && ${same}; }; }; } || ${hook}`;
  };
  // No redirection may stand around this: it would be the scope's descriptor. The directory being read shows itself.
  return (
    'builtin set +f; builtin shopt -u failglob; builtin unset -v GLOBIGNORE; ' +
    `for REPLY in /proc/$BASHPID/fd/*; do REPLY=\${REPLY##*/}; builtin [ -e ${own} ] || builtin continue; ` +
    `case $REPLY in 255) ;; 2) ${changed('251')};; *) ${changed('$REPLY')};; esac; done; ` +
    `for REPLY in /proc/$PPID/fd/*; do REPLY=\${REPLY##*/}; case $REPLY in 250|251|255) ;; *) builtin [ ! -e ${parent} ] || builtin [ -e ${own} ] || ${hook};; esac; done`
  );
}

/** What `declare -F` prints with `extdebug`: name, line and file. */
function functionPlaces(text: string): Map<string, { line: number; source: string }> {
  const places = new Map<string, { line: number; source: string }>();
  for (const match of text.matchAll(/^(\S+) (\d+) (.*)$/gm))
    places.set(match[1]!, { line: Number(match[2]), source: match[3]! });
  return places;
}

const OPTION_NAMES: Record<string, string> = {
  e: 'errexit',
  u: 'nounset',
  x: 'xtrace',
  f: 'noglob',
  a: 'allexport',
  C: 'noclobber',
  v: 'verbose',
  E: 'errtrace',
  T: 'functrace',
  n: 'noexec',
  b: 'notify',
  m: 'monitor',
  P: 'physical',
};

/** The moment at which SECONDS was 0, from EPOCHSECONDS and SECONDS as read one after the other. */
function secondsOrigin([before, seconds, after]: string[], known: number): number {
  const origin = Number(after) - Number(seconds);
  if (!after || !seconds || Number.isNaN(origin)) return known;
  // The clock may have ticked between the two.
  return before !== after && Math.abs(origin - known) <= 1 ? known : origin;
}

function readMarker(marker: string): [Control, number | undefined, number | undefined] {
  const [control, value] = marker.split(':');
  if (control === 'next') return ['next', undefined, value === undefined ? undefined : Number(value)];
  return [control as Control, value === undefined ? undefined : Number(value), undefined];
}

/** True if what looks like a program is a function that only run time knew: it may change anything, and end its shell. */
function callsFunction(step: Step, { functions }: ShellState): boolean {
  if (!Object.values(functions).some((entry) => 'text' in entry)) return false;
  return step.commands.some(
    ({ words: [name] }) => typeof name?.value === 'string' && Object.hasOwn(functions, name.value),
  );
}

/** True if nothing but an expansion error can have ended a forked shell that ran the fragment, with status 1. */
function cannotExit(step: Step, state: ShellState): boolean {
  return (
    step.fragment.fork &&
    !callsFunction(step, state) &&
    !/[eu]/.test(state.flags) &&
    state.traps.length === 0 &&
    state.aliases.length === 0
  );
}

/** `$-` with what the machine asks for besides. */
function flagsOf(letters: string, { options, traps }: ShellState): string {
  return (
    letters +
    (options.includes('set -o pipefail') ? 'P' : '') +
    (traps.some((line) => /\b(ERR)$/.test(line)) ? 'T' : '')
  );
}

/** `hash -l`, as commands. */
function hashLines(text: string): string[] {
  return text.split('\n').filter((line) => line.startsWith('builtin hash -p '));
}

/** Captured output is there for the one fragment that names it. */
function dropCaptures(after: ShellState, { text }: Fragment): void {
  const used = text.flatMap((part) => (typeof part !== 'string' && part[0] === 'capture' ? [part[1]] : []));
  if (used.length === 0 || Object.keys(after.captures).length === 0) return;
  after.captures = { ...after.captures };
  for (const id of used) delete after.captures[id];
}

/** True of a variable that is not set, or that has no attribute by which an assignment would give it another value. */
function isPlain(line: string | undefined): boolean {
  return line === undefined || /^declare -[-x] [^=]+(=[^(]|$)/.test(line);
}

/** The `declare` line of a variable after an assignment. */
function redeclared(name: string, line: string | undefined, value: string): string {
  return `${line?.split(' ', 2).join(' ') ?? 'declare --'} ${name}=${quoteDeclared(value)}`;
}

/** `ulimit -Sa` and then `ulimit -Ha`, as commands that set the same. */
function limitLines(text: string): string[] {
  const lines = text.split('\n').filter(Boolean);
  return lines.map((line, index) => {
    const match = /\((?:.*, )?-(\w)\)\s+(\S+)$/.exec(line);
    return match && match[1] !== 'p' && match[1] !== 'f'
      ? `builtin ulimit -${index < lines.length / 2 ? 'S' : 'H'} -${match[1]} ${match[2]}`
      : ':';
  });
}

/** `trap -p` lines: a command may span lines. */
function splitTraps(text: string): string[] {
  const traps: string[] = [];
  for (const line of text.replace(/\n$/, '').split('\n')) {
    const last = traps.length - 1;
    if (last >= 0 && !complete(traps[last]!)) traps[last] += `\n${line}`;
    else if (line.startsWith('trap -- ')) traps.push(line);
  }
  return traps;
}

/** `alias -p` lines: a value may span lines. */
function splitAliases(text: string): string[] {
  const aliases: string[] = [];
  for (const line of text.replace(/\n$/, '').split('\n')) {
    const last = aliases.length - 1;
    if (last >= 0 && !complete(aliases[last]!)) aliases[last] += `\n${line}`;
    else if (line.startsWith('alias ')) aliases.push(line);
  }
  return aliases;
}

/** True if the quotes of a line are closed. */
function complete(text: string): boolean {
  let quoted = false;
  for (let i = 0; i < text.length; i += 1) {
    if (text[i] === '\\' && !quoted) i += 1;
    else if (text[i] === "'") quoted = !quoted;
  }
  return !quoted;
}

function quoteDeclared(text: string): string {
  return /[\x00-\x1f\x7f-\xff]/.test(text) ? quote(text) : `"${text.replace(/["\\$`]/g, '\\$&')}"`;
}

/** The file system in memory where there is one. */
function defaultDirectory(): string {
  const shm = '/dev/shm';
  try {
    fs.accessSync(shm, fs.constants.W_OK | fs.constants.X_OK);
    const { bavail, bsize } = fs.statfsSync(shm);
    if (bavail * bsize >= ROOM) return shm;
  } catch {
    // There is none.
  }
  // The run's own shells name it without quotes.
  return /^[\w./-]+$/.test(tmpdir()) ? tmpdir() : '/tmp';
}

/**
 * A working directory that is gone is made again for a moment, so that a shell can go there: it sees what bash sees in a
 * directory that nothing leads to. Answers what was made, innermost first.
 */
function remake(directory: string): string[] {
  if (fs.existsSync(directory))
    throw new StepFault(
      'Sh2sfn.WorkingDirectory',
      `the working directory ${directory} was removed, and another stands in its place`,
    );
  const first = fs.mkdirSync(directory, { recursive: true });
  const made: string[] = [];
  for (let at = directory; first !== undefined && at.length >= first.length; at = path.dirname(at)) made.push(at);
  return made;
}

function isDirectory(name: string): boolean {
  try {
    return fs.statSync(name).isDirectory();
  } catch {
    return false;
  }
}

function find(program: string, searchPath: string): string | undefined {
  for (const directory of searchPath.split(':')) {
    const file = path.join(directory || '.', program);
    try {
      fs.accessSync(file, fs.constants.X_OK);
      return file;
    } catch {}
  }
  return undefined;
}
