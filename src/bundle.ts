/** The bundle: what `compile` writes to `sh2sfn.out/NAME/`, and what the engine and `deploy` read. No account data in it. */

/** Bytes that Step Functions takes as a definition. */
export const DEFINITION_LIMIT = 1_048_576;

/** Kind of a fragment: how the step runtime runs it. */
export type FragmentKind =
  | 'command' // run it
  | 'words' // expand the words of a `for` and keep them under the list id; answers count
  | 'case' // choose a branch; answers count (-1: none matched)
  | 'redirect' // open the redirections of a compound command, then wait (answers enter) until joined
  | 'pipeline' // start the stages of a pipeline, each waiting (answers enter) until joined
  | 'leave' // end a scope with the request's status (last step of a pipeline stage of several steps)
  | 'join'; // wait for the fragment that opened the request's scope and answer its outcome

/**
 * A piece of a fragment: source text, or a point where the runtime puts code or data of its own.
 * - `mark`: the end of the last complete command (before the bodies of its here-documents).
 * - `pid`, `ppid`: the run's own `$$` and `$PPID`; `began`: when it began, for `-2` as a time of `printf`; `self`: the process id of the shell that runs the fragment (`kill $$`).
 * - `capture`: the output captured under that id, as a command substitution over that many more lines; `status`: a substitution that
 *   prints nothing and has the request's status; `code`: that status in digits.
 * - `stage`: where stage (or redirected body) number i would run; `branch`: body of `case` item n;
 *   `head`: the trace of the head of a `for` or `case`, of which this is the source text;
 *   `words`: command name that collects its arguments. `dot`: the `.`, `source` or `eval` of a command with `reads` or `unseen`.
 * - `remaining`: the words of a `for` loop from the one on that its variable of this name has.
 * - `left`: behind a `command` that may leave a job behind: if there is one the shell goes on with the `line` and the lines that
 *   follow, and otherwise it ends here; `lines` where nothing is left of the line.
 */
export type TextPart =
  | string
  | ['mark']
  | ['pid']
  | ['ppid']
  | ['began']
  | ['self']
  | ['capture', id: string, lines?: number]
  | ['status']
  | ['code']
  | ['stage', number]
  | ['enter']
  | ['dot', string]
  | ['branch', number]
  | ['head', string]
  | ['words']
  | ['remaining', list: string, name: string]
  | ['left', 'command' | 'line' | 'lines'];

/** One shell fragment: source text with its place, and all that the runtime must know to run it exactly. */
export interface Fragment {
  kind: FragmentKind;
  /** Shell text in the script's own bytes (one latin1 code unit a byte). Exactly one `mark` where kind is command. */
  text: TextPart[];
  /** What follows the calls under way, from the outermost, where the fragment is all that the script still does. */
  outer?: readonly Rest[];
  /** One-based line of the text's first character in the script, for LINENO and messages. */
  line: number;
  /** A forked shell may run it: nothing in it can abandon its command line without ending the shell (ADR on the runtime). */
  fork: boolean;
  /** A forked shell may run it, and one that stays from one fragment to the next, while variables hold such values. */
  forkIf?: ForkValues;
  /**
   * Name of the command that the fragment is, where nothing but its status, `$_` and the table of found programs can
   * differ in the shell afterwards: a program or a builtin without effects, with words that have none; as long as no
   * function or alias has the name.
   */
  program?: string;
  /** The fragment stands in the library of this number, a file that the script reads. */
  library?: number;
  /** The fragment reads a library: where the file is what it was when it was compiled in, its commands are steps. */
  reads?: LibraryFile;
  /** The command evaluates a text that may tie what follows to its shell: its words are expanded first. Its redirections. */
  unseen?: string;
  /** Functions that the machine calls itself when this fragment's command word names one: name → definition ids. */
  calls?: Record<string, string[]>;
  /** The words of a call, where each is a text or a parameter's value: the runtime need not ask a shell what they expand to. */
  callWords?: CallWord[];
  /** The words of a command whose name only run time knows: the first that they expand to may name one of `calls`. */
  dynamic?: TextPart[];
  /** List id that a `words` fragment fills. */
  list?: string;
  /** Depth of enclosing loops whose break or continue the fragment may answer (0: none). */
  loops?: number;
  /** The last line of the command line that the fragment is of, where that has several: see `runtime/line-count.ts`. */
  lastLine?: number;
  /** The text is several command lines, and `lastLine` is of the last: the shell itself goes on behind one that it gives up. */
  lines?: true;
  /** The line that an ERR trap names after it, where that is not the one that the text begins on. */
  trapLine?: number;
  /** The fragment may open descriptors for the rest of its shell (`exec >file`): keep its process as a new scope. */
  hold?: boolean;
  /** The fragment is a part of a command (the head of a `for` or `case`) that does not count for PIPESTATUS. */
  quiet?: boolean;
  /** The fragment is all of the script, whose SECONDS are those of the fragment's shell: restored, they would be listed. */
  alone?: boolean;
  /** What the fragment expands shows in no trace (`set -x`). */
  untraced?: boolean;
  /** The shell ends with the fragment, and so runs its EXIT trap; nothing is captured. */
  ends?: boolean;
  /** An `exec` by which the program of this name takes the place of the script's own shell, or which ends that. */
  replaces?: CallWord;
  /** It is `return`, with this status: a number, or the value of a parameter (`?` for that of the command before). */
  returns?: CallWord;
  /** The function that is being called, or the file that is being read, ends with it: its RETURN trap runs. */
  falls?: boolean;
  /** The script's shell ends with the fragment: where its EXIT trap is a call of one of `calls`, the machine makes it. */
  exits?: boolean;
}

/** Variables on whose values it depends whether a forked shell may run a fragment. */
export interface ForkValues {
  /** Those that must hold plain numbers. */
  numbers: string[];
  /** Those that must not lead to an element of an array: an error in its subscript abandons the command line. */
  operands: string[];
  /** Those that must have no attributes by which assigning to them may fail or give another value. */
  assigned: string[];
  /** Those that must be no arrays but such as have numbers for subscripts, and may be assigned to. */
  arrays: string[];
  /** Those that must be associative arrays, and may be assigned to. */
  keyed?: string[];
  /** Those that must not be empty: they are keys. */
  filled?: string[];
}

/** A text, or the value of a parameter, `@` for all positional ones: in quotes, or divided where it is no plain word. */
export type CallWord = string | ['quoted' | 'divided', parameter: string];

/** What the script does behind a command. */
export interface Rest {
  /** What begins with the command and ends in the text (`{`, `if`, `!`). */
  open: TextPart[];
  text: TextPart[];
  /** It goes on within a loop, by commands of its own that a DEBUG trap would see. */
  resumes?: true;
}

/** A file that the script reads with `.`, as it was compiled in. */
export interface LibraryFile {
  library: number;
  path: string;
  sha256: string;
}

/** A function definition of the script, in source order. */
export interface FunctionDefinition {
  id: string;
  name: string;
  /** Source text of the whole definition, with its redirections. */
  text: TextPart[];
  line: number;
  /** The library that it stands in, where that is not the script itself. */
  library?: number;
  /** Commands in its body. */
  commands: StepCommand[];
}

/** What a `trap` of the script runs. */
export interface TrapDefinition {
  /** It runs only where a shell of the script ends. */
  exit: boolean;
  commands: StepCommand[];
}

/** A file of the user's that a step needs, with its mode bits (octal number, e.g. 0o755). */
export interface StepFile {
  /** Path as the script names it, relative to the script's working directory. */
  path: string;
  mode: number;
  sha256: string;
}

/** One step: a fragment, and the place and rights it runs with. */
export interface Step {
  /** Key of the step: its state's name made safe for files and function names. Unique in the machine. */
  key: string;
  /** Name of the Task state. */
  state: string;
  fragment: Fragment;
  /** Commands (literal command words) in it, in order, with their argument words where literal (null: not literal). */
  commands: StepCommand[];
  files: StepFile[];
  settings: StepSettings;
  source: {
    line: number;
    column: number;
    start: number;
    end: number;
    /** The file, where it is not the script itself: offsets count from its start. */
    file?: string;
  };
  /** Why commands share this step, one of the closed list in docs/support.md; absent where the step is one command. */
  reason?: string;
  /**
   * What follows a command of `unseen`, or a call of a function with such a command, to the end of the script or of the function
   * that it stands in. It is for the run that has compiled it: nobody else has it.
   */
  rest?: () => Rest;
  /** Functions of the script by which such a text may tie that to its shell. */
  ties?: readonly string[];
  /** The script shows process ids: such a text may do so only in the shell that they name. */
  besideIds?: true;
  /** Functions of the script that nothing can call but a text which only run time knows. */
  uncalled?: readonly string[];
  /** Channels of the step cross steps (pipeline stage, compound redirection): not deployable yet. */
  streams: boolean;
}

/** One simple command in a step, or redirections without one (no words). */
export interface StepCommand {
  /** Words as far as they are literal; null where only run time knows. `text` is each word's source. */
  words: { text: string; value: string | null }[];
  line: number;
  column: number;
  /** True if the command's own redirections name a file (other than /dev/null and its like). */
  redirectsFile: boolean;
  /** Its standard input is not that of its step: a pipe within the step, a file, a here-document. */
  fed?: true;
  /** It runs in a job: what comes behind it does not wait for it. */
  background?: true;
  /** The user's script that it stands in, where that is a file of the step's and not the compiled script. */
  file?: string;
}

/** Settings by directive (`# sh2sfn: …`), checked by the schema in src/parse/directives.ts. */
export interface StepSettings {
  target?: 'lambda' | 'ecs' | 'local';
  memory?: number;
  /** CPU units (1,024 to one vCPU), for ECS. */
  cpu?: number;
  timeout?: number;
  image?: string;
  layers?: string[];
  role?: string;
  allow?: string[];
  deny?: string[];
  resource?: Record<string, string>;
  retry?: number;
  files?: string[];
  secret?: string[];
  /** Keep the command in its neighbours' step, or give it one of its own, whatever the granularity says. */
  fuse?: boolean;
  split?: boolean;
  parallel?: number;
}

export interface Manifest {
  protocol: 1;
  name: string;
  /** Hash of the machine's identity (name and definition): the prefix of its functions' names carries it. */
  identity: string;
  script: { path: string; sha256: string };
  granularity: 'command' | 'auto' | 'script';
  functions: FunctionDefinition[];
  traps: TrapDefinition[];
  steps: Step[];
  /** State name → place in the script. */
  sourceMap: Record<string, { file: string; line: number; column: number }>;
  statistics: Statistics;
}

export interface Statistics {
  /** Simple commands in the source; those with a step of their own. */
  commands: number;
  split: number;
  states: number;
  /** Simple commands outside control structures, functions and substitutions, and how many of those are split. */
  plain: number;
  plainSplit: number;
  /** Reason → number of commands that share a step for it. */
  reasons: Record<string, number>;
}

/** A compiled machine in memory. `definition` has `${Self}`, `${Partition}` and `${STEPKEY}` placeholders. */
export interface Bundle {
  manifest: Manifest;
  definition: Record<string, unknown>;
  roles: Record<string, unknown>;
}
