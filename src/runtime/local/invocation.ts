/** How the script's shell is called, and what follows from that for every shell of the run. */
import * as fs from 'node:fs';
import * as path from 'node:path';
import type { FunctionEnds } from '../originals.ts';
import { quote } from '../state.ts';

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
  /** What `$_` is before the first command; by default that bash. */
  lastArgument?: string;
  /** Descriptors 0, 1 and 2 of the fragments; by default this process's own. */
  stdio?: [number | 'ignore', number, number];
  /** Descriptors above 2 of this process that the fragments have, too. */
  given?: ReadonlySet<number>;
  /** Where the run's private directory is made; by default in memory, or in the temporary directory. */
  directory?: string;
  /** The first shell leads a session of its own, by which its processes are known. */
  detached?: boolean;
  /** Steps may open pipes, or stay: what they need for that is made while the first shell starts. */
  pipes?: boolean;
  /** What the script sees as `$$` and `$PPID`; by default the first shell and this process. */
  identity?: { pid?: number; ppid?: number; began?: number };
  /**
   * Variables of `env` that fragments have and the state has not, unless the script changed them: they are the step's
   * own. Of a group, all are given or none.
   */
  ambient?: readonly (readonly string[])[];
  /** Tells where the functions of a file stand. */
  functionEnds?: FunctionEnds;
}

/** What the script sees of its own shell, of which there are many: process ids, and when it started. */
export interface Identity {
  pid: number | undefined;
  ppid: number | undefined;
  /** When the script's shell started, in seconds since the epoch. */
  began: number;
}

export class Invocation {
  readonly options: LocalRuntimeOptions;
  /** The bash to run. */
  readonly bash: string;
  /** The same as a word of a shell's text. */
  readonly bashWord: string;
  /** The environment defines functions. */
  readonly importsFunctions: boolean;
  /** BASH_SOURCE is ours: nobody has given it to the run. */
  readonly named: boolean;

  /** One machine runs all of the script: a step may be the whole rest of it. */
  get isWhole(): boolean {
    return this.options.identity?.pid === undefined;
  }

  constructor(options: LocalRuntimeOptions) {
    this.options = options;
    this.bash = options.bash ?? find('bash', options.env.PATH ?? '') ?? '/bin/bash';
    this.bashWord = quote(this.bashBytes);
    this.importsFunctions = Object.keys(options.env).some((name) => name.startsWith('BASH_FUNC_'));
    this.named = options.env.BASH_SOURCE === undefined;
  }

  /** The bash to run as bytes, one code unit each. */
  get bashBytes(): string {
    return Buffer.from(this.bash).toString('latin1');
  }

  /** What BASH_SOURCE says of the script. */
  get scriptName(): string | undefined {
    return this.options.inline === undefined ? this.options.argv0 : undefined;
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
