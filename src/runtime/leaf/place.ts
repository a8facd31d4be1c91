/** What a leaf's text is made of. */
import type { Fragment, FunctionDefinition } from '../../bundle.ts';
import type { ShellState } from '../state.ts';

/** Files and facts that a leaf's text is made with. */
export interface LeafPlace {
  /** Path prefix of the files that this leaf writes: `.h`, `.t`, `.f0`, … */
  prefix: string;
  /** Run by a forked shell instead of a fresh one. */
  fork: boolean;
  /** The fragment changes nothing in its shell but what `programText` records. */
  program: boolean;
  /** Variables that the shell has before anything is restored. */
  base: Record<string, string>;
  /** Names in the run's environment, in its order, where the shell has its own from another shell. */
  given: readonly string[] | undefined;
  /** Options, shopt and the like of a fresh shell. */
  baseOptions: ReadonlySet<string>;
  baseShopt: ReadonlySet<string>;
  definitions: ReadonlyMap<string, FunctionDefinition>;
  pid: number | undefined;
  ppid: number | undefined;
  /** When the run began, in seconds since the epoch. */
  began: number;
  /** The path that a scope's driver is started with, by stage. */
  hooks: string[];
  /** Text that starts a driver where the fragment's process goes on as a scope (`hold`). */
  hold?: string;
  argv0: string;
  /** BASH_ARGV0 must be assigned: the file is not called as the script. */
  rename: boolean;
  /** What BASH_SOURCE says of the script; nothing with `-c`. */
  name: string | undefined;
  /** BASH_SOURCE is an array like others in the leaf's shell (`sourceText`), and may be given names. */
  named: boolean;
  /** Definitions on a file's first line are read together with what makes BASH_SOURCE: a file of BASH_ENV makes it before. */
  early?: boolean;
  /** PIPESTATUS is read by the fragment or a function. */
  pipestatus: boolean;
  /** The fragment, or a function that it may call, uses getopts. */
  getopts: boolean;
  /** What the fragment expands shows in no trace. */
  untraced: boolean;
  /** The fragment may set the shell's first EXIT trap. */
  learnsCaught: boolean;
  /** SECONDS may be read. */
  seconds: boolean;
  /**
   * The shell has an EXIT trap, and descriptors of a redirection that is undone where an error ends it: then the trap runs
   * outside of that, in another leaf.
   */
  unwinds: boolean;
  /** Where functions come from is recorded. */
  foreign: boolean;
  /** The fragment, or a function that it calls, may run a text. */
  evaluates?: boolean;
  /** Path prefix of the private files of libraries: their numbers follow. */
  libraries: string;
  /** Signals that came for the script's shell when it had no process, without `SIG`: they come where the shell goes on. */
  signals?: readonly string[];
  /** Text that has the shell note the signals that come while it records its state. */
  notes?: string;
  /** A signal may run a trap: the shell tells when it has those of its state. */
  answers?: boolean;
  /** It may do so before it records anything: the fragment sets no traps, and shows no trace. */
  notesFirst?: boolean;
  /** Handlers of signals that the whole process group may be sent tell that they run. */
  marks?: boolean;
  /** Directories made for a working directory that is gone, innermost first: removed again as soon as the shell is there. */
  remade: string[];
  /** A link in their place to where a working directory has been moved, removed likewise. */
  link?: string;
  /** What stands in their place has another name until the shell is there. */
  aside?: { from: string; to: string };
}

export interface LeafRequest {
  status: number;
  ignore: boolean;
}

/** A fragment that a shell is to run, and how that shell is to be. */
export interface Leaf {
  fragment: Fragment;
  state: ShellState;
  request: LeafRequest;
  place: LeafPlace;
  /** Functions that the fragment calls and whose bodies are the machine's. */
  stubs: readonly string[];
}

/** A leaf's text. */
export interface LeafText {
  text: string;
  /** Texts of the libraries' private files, by number. */
  files: Map<number, string>;
  /** Frames replayed around the fragment. */
  frames: number;
}
