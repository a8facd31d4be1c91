/** A driver and the leaves that it runs: what is known of each, and how a driver's shell is laid out. */
import * as fs from 'node:fs';
import { constants } from 'node:os';
import * as path from 'node:path';
import type { Fragment, Step } from '../../bundle.ts';
import { sourceText } from '../leaf/source.ts';
import type { StepRequest } from '../protocol.ts';
import { MARK, SECTION } from '../section.ts';
import { isOwn, parseDeclarations, quote, type ShellState } from '../state.ts';
import { latin1, onDisk, type PrivateDirectory } from './directory.ts';
import type { Invocation } from './invocation.ts';
import { limitLines } from './recorded.ts';

/** What a driver's shell had before it did anything. */
export interface Base {
  variables: Record<string, string>;
  options: Set<string>;
  shopt: Set<string>;
  readonly limits: string[];
  /** There is no locale of the name that its LC_ALL has: every shell that is started with it says so. */
  warns: boolean;
}

export interface Driver {
  id: string;
  parent?: string;
  /** Its shell's process id, once that is ready. */
  pid?: number;
  /** Directory that the driver works in, from which the script's name leads to its file. */
  cwd: string;
  script: string;
  /** Words that start the shell, behind bash's own name. */
  words: string[];
  /** What a fork of another driver evaluates to become this one, where it is to. */
  forked?: string;
  /** Where the driver reads what to do: its FIFO; the first driver has a socket. */
  control: number | undefined;
  base?: Base;
  /** Texts of the libraries' private files. */
  files: Map<number, string>;
  /** It has waited for a leaf as for a job, whose process id its forks have as `$!`. */
  waited: boolean;
  /** The leaf that became this scope, waiting for its end. */
  holder?: Pending;
  closed: boolean;
}

/** A leaf under way. */
export interface Pending {
  number: number;
  driver: Driver;
  request: StepRequest;
  step: Step;
  state: ShellState;
  prefix: string;
  /** Files that the leaf reads or writes. */
  files: string[];
  /** It runs in a fork of its driver, which has none of the script's functions. */
  fork: boolean;
  /** Only what a program can change is recorded. */
  program: boolean;
  /** It opens the scopes without the script's state (`opensBare`): what comes next in them need not wait for them. */
  bare: boolean;
  /** A signal that was sent to it, for which the script has a handler. */
  handles?: NodeJS.Signals;
  /** It has ended, and a handler of a signal for the whole group has run in it. */
  handled?: boolean;
  /** A signal that waits for its end. */
  waits?: NodeJS.Signals;
  /** A signal that it was sent, of which its shell dies. */
  fatal?: NodeJS.Signals;
  /** A signal that it is sent may run a trap: one that its state has, or that it sets itself. */
  answers: boolean;
  /** What it does with a signal, the traps of its state do not tell: it may set others. */
  setsTraps: boolean;
  /** Its handlers tell that they run. */
  marks: boolean;
  /** The terminal has sent it to a subshell of the script's shell, which dies of it with that. */
  contagious?: NodeJS.Signals;
  /** It runs in its driver's shell, which ends with it, perhaps without an answer. */
  inDriver: boolean;
  hooks: string[];
  readyHooks: Set<string>;
  frames: number;
  /** SECONDS was restored. */
  seconds: boolean;
  /** What a command that reads a library has recorded: `$?`, its line, its words. */
  reading?: string[];
  done?: number;
  /** An error has ended the shell, outside of whose redirections the EXIT trap has yet to run with this status. */
  unwound?: number;
  wake: () => void;
}

/** Waits until a reply about the leaf has made the condition true. */
export async function until(pending: Pending, met: () => boolean): Promise<void> {
  while (!met())
    await new Promise<void>((resolve) => {
      pending.wake = resolve;
    });
}

/** Waits until the leaf has ended. */
export const ended = (pending: Pending): Promise<void> => until(pending, () => pending.done !== undefined);

/** The number of scopes that a leaf of the fragment may open: one for each stage, and one where it may keep descriptors. */
export const scopesOf = ({ text, hold }: Fragment): number =>
  text.filter((part) => typeof part !== 'string' && part[0] === 'stage').length + (hold ? 1 : 0);

/** Waits until the leaf has ended, or waits itself while scopes that it opened are there. */
export function settled(pending: Pending): Promise<void> {
  if (pending.bare) return Promise.resolve();
  const scopes = pending.step.fragment.hold ? 1 : pending.hooks.length;
  return until(pending, () => pending.done !== undefined || (scopes > 0 && pending.readyHooks.size >= scopes));
}

/** Removes what the leaf has written. */
export function removeFiles({ files }: Pending): void {
  for (const file of files) {
    try {
      fs.unlinkSync(file);
    } catch {}
  }
}

/** What the first driver says to be ready when it has made the FIFOs. */
export const FIFOS = 'fifos';

/** What the first driver says to be ready when it has reported the signals that it was sent. */
export const NEWS = 'news';

/**
 * The signal that asks it, SIGSYS: bash runs its trap behind those of all others that are relayed, whose numbers are lower. Bash's
 * `wait` is left from within a signal's handler, which loses signals that the kernel has delivered before it; as one that stands
 * for a fault, this is delivered first, so none is lost for it.
 */
export const ASKED = constants.signals.SIGSYS;

/** Descriptor on which a driver reads what to do. */
export const CONTROL = 250;

/** Set by what the first driver does when it has a signal. Its array goes to no leaf. */
const INTERRUPTED = 'MAPFILE[2]';

/** Has the first driver run what becomes a scope as a job: it then takes signals at once. Answers with the job's status. */
export const asJob = (command: string): string =>
  `MAPFILE[3]=0; builtin [ -e /proc/self/fd/0 ] || MAPFILE[3]=-; ` +
  // Jobs ignore them.
  `( builtin trap : INT QUIT; builtin trap - INT QUIT; ${command} ) <&"\${MAPFILE[3]}" & ` +
  `while ${INTERRUPTED}=; builtin wait $!; MAPFILE[3]=$?; [[ \${${INTERRUPTED}} ]]; do :; done; (builtin exit "\${MAPFILE[3]}")`;

interface Place {
  /** Where the driver reads what to do; the first driver has none, nor a parent. */
  fifo?: string;
  parent?: string;
  /** Names of FIFOs that it makes when it starts. */
  fifos?: readonly string[];
  /** What the driver had that it is forked from, where it is. */
  base?: Base;
}

/** Words that have bash run a file: its process shows them, and a caller writes `--` only where a name needs it. */
export const asScript = (file: string): string[] => (/^[-+]/.test(file) ? ['--', file] : [file]);

/** Lays out a driver's private directory so that the script's own name leads to its file. */
export function layOut(
  invocation: Invocation,
  directory: PrivateDirectory,
  { fifo, parent, fifos = [], base }: Place,
): Driver {
  const { options } = invocation;
  const id = fifo === undefined ? 'c0' : path.basename(fifo);
  const home = directory.at(`d${id}`);
  const { argv0: name, inline } = options;
  let cwd = home;
  let script: string;
  if (name.startsWith('/') || inline !== undefined) {
    fs.mkdirSync(home);
    script = path.join(home, 's');
  } else {
    const ups = name.split('/').filter((part) => part === '..').length;
    cwd = path.join(home, ...Array.from({ length: ups }, () => 'a'));
    fs.mkdirSync(cwd, { recursive: true });
    script = path.resolve(cwd, name);
    if (name.includes('/')) fs.mkdirSync(onDisk(path.dirname(script)), { recursive: true });
  }
  const dir = directory.path;
  const answer = fifo === undefined ? `>&${CONTROL}` : `>>${dir}/r`;
  const taking = fifo === undefined ? '' : `exec ${CONTROL}<${fifo}; `;
  // The driver's own messages (a leaf was killed) are nobody's: its leaves get the real descriptor 2 back.
  const silenced = 'if builtin [ -e /proc/self/fd/2 ]; then exec 251>&2 2>/dev/null; fi; ';
  const ready = (what: string): string => `builtin printf 'ready ${what} %s\\n' "$BASHPID" ${answer}; `;
  // What the script's own programs send to its process id is for the leaf that comes next.
  const relay = (signal: string | number, report: string): string =>
    `builtin trap '${INTERRUPTED}=1; ${report}' ${signal}; `;
  const relays = ['HUP', 'INT', 'QUIT', 'USR1', 'USR2', 'TERM'].map((signal) =>
    // A leaf that had begun was sent what the whole group was.
    relay(
      signal,
      `if builtin [ -s ${dir}/p$REPLY.g ]; then builtin printf "signal ${signal} $REPLY\\n"; else builtin printf "signal ${signal}\\n"; fi ${answer}`,
    ),
  );
  const trapping =
    fifo === undefined
      ? relays.join('') + relay(ASKED, `builtin printf "ready ${NEWS} 0\\n" ${answer}`)
      : 'builtin trap : INT TERM HUP QUIT; ';
  const serving = (making: string): string =>
    `${trapping}${ready(id)}${making}` +
    `while builtin read -r -u ${CONTROL} REPLY; do case $REPLY in q*) builtin exit "\${REPLY#q}";; *) builtin mapfile -d '' -t MAPFILE <${dir}/x"$REPLY"; builtin eval -- "\${MAPFILE[0]}"; builtin printf '%s %s\\n' "$REPLY" $? ${answer}; REPLY=;; esac; done; builtin exit 0`;
  const control = fifo === undefined ? undefined : fs.openSync(fifo, fs.constants.O_RDWR | fs.constants.O_NONBLOCK);
  // The name as the caller gave it, which leads to the private file from the private directory.
  const named = !name.includes('/') ? name : name.startsWith('-') ? `./${name}` : name;
  const file = name.startsWith('/') || inline !== undefined ? script : named;
  const driver = {
    id,
    parent,
    cwd,
    script: file,
    control,
    closed: false,
    waited: false,
    files: new Map<number, string>(),
  };
  if (base)
    return { ...driver, words: [], base, forked: `builtin cd ${quote(cwd)}; ${taking}${silenced}${serving('')}` };
  const rename = name.startsWith('/') ? `BASH_ARGV0=${quote(name)};` : '';
  const making =
    fifos.length === 0
      ? ''
      : `builtin command -p mkfifo -m 600 ${fifos.join(' ')} 2>/dev/null; builtin hash -d mkfifo 2>/dev/null; ${ready(FIFOS)}`;
  const text =
    `${invocation.named ? sourceText(invocation.scriptName) : ''}${rename}${taking}${silenced}` +
    `{ builtin declare -p; builtin printf '${MARK}'; builtin set +o; builtin printf '${MARK}'; builtin shopt -p; builtin printf '${MARK}'; builtin ulimit -Sa; builtin ulimit -Ha; builtin printf '${MARK}'; ` +
    `{ [[ ! \${LC_ALL-} ]] || LC_ALL=$LC_ALL; } 2>&1; } >|${dir}/b${id}; ` +
    `${serving(making)}\n`;
  if (inline === undefined) fs.writeFileSync(onDisk(script), text, { encoding: 'latin1', mode: 0o700 });
  // With -c, bash would take a socket on its standard input for a remote login, and read .bashrc.
  return {
    ...driver,
    words: inline === undefined ? asScript(file) : ['--norc', '-c', text, name],
  };
}

/** What the driver's shell had before it did anything. */
export function readBase({ id }: Driver, directory: PrivateDirectory): Base {
  const sections = (latin1(directory.at(`b${id}`)) ?? '').split(SECTION);
  const variables = Object.fromEntries(parseDeclarations(sections[0]!).filter(([name]) => !isOwn(name)));
  let limits: string[] | undefined;
  return {
    variables,
    options: new Set((sections[1] ?? '').split('\n').filter(Boolean)),
    shopt: new Set((sections[2] ?? '').split('\n').filter(Boolean)),
    // Only a leaf that records them asks for them.
    get limits() {
      limits ??= limitLines(sections[3] ?? '');
      return limits;
    },
    warns: (sections[4] ?? '') !== '',
  };
}
