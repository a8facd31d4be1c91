/**
 * The step protocol, version 1: what a state of the machine sends to a step and what the step answers.
 *
 * The same JSON travels under the embedded engine, through the Lambda Runtime API and on AWS, so nothing in it depends
 * on Node, on the compiler or on an account. A request or response stays below {@link INLINE_LIMIT}: anything larger
 * goes to the store by reference.
 */

/** Version of this protocol. Stands in every request, response and bundle manifest. */
export const PROTOCOL = 1;

/** Bytes that a whole request or response may have inline (128 KiB; AWS's payload limit is 256 KiB). */
export const INLINE_LIMIT = 131_072;

/** Characters that the cause of an error may have in an execution: what a step answers by an error must fit, as JSON. */
export const CAUSE_LIMIT = 32_768;

/** The descriptor that a stage of a pipeline within a step takes its standard input from. */
export const STAGE_INPUT = 250;

/** Blocks of 1024 bytes (`ulimit -f`) that nothing which a step records comes near: a limit from here on is carried as others are. */
export const AMPLE_FILE_SIZE = 2 ** 20;
/** In bytes, a limit from here on is no number for the system any more: it may allow no byte at all. */
export const ENDLESS_FILE_SIZE = 2 ** 50;

/** Opaque bytes: inline (base64), or in the store under `ref`. The state envelope and captured output are such values. */
export type Value = { inline: string } | { ref: string; sha256: string; size: number };

/** A piece of output in the order in which it was written: descriptor 1 or 2, bytes in base64. */
export interface Frame {
  fd: 1 | 2;
  bytes: string;
}

/**
 * A change of the shell state that needs no process; applied in order before the fragment runs.
 * - `subshell`: keep the state aside, go on with a copy (traps reset, BASH_SUBSHELL + 1).
 * - `stage`: as `subshell`, but BASH_SUBSHELL stays: a stage of a pipeline that is a simple command, or a subshell that
 *   counts itself.
 * - `end-subshell`: throw the copy away, take up the state kept aside.
 * - `capture`: as `subshell`, for a command substitution; standard output goes to the capture `id` until `end-capture`.
 * - `end-capture`: as `end-subshell`; the captured bytes stay in the state under `id` for the fragment that uses them.
 * - `end-reading`: the innermost library that is being read ends.
 * - `return`: the function on top of the call stack ends: its locals and positional parameters go.
 * - `define`: the function definition `id` of the manifest's function table is executed; `line` is the last one of its command line.
 * - `fed`: whether the standard input of what follows was given to it: then background commands have it too.
 * - `no-exit-trap`: the shell that has begun runs no EXIT trap where it ends: a stage that is neither a group nor a subshell.
 * - `last`: `$_` takes this word: the machine has executed the command that ends with it.
 * - `pipestatus`: PIPESTATUS is this status: the machine has executed the command that ended with it.
 * - `bind`: the loop variable `name` takes word number `index` of the list `id` (kept by a `words` fragment).
 */
export type Op =
  | ['subshell', of?: 'stage']
  | ['stage']
  | ['end-subshell']
  | ['capture', id: string]
  | ['end-capture', id: string]
  | ['return']
  | ['end-reading']
  | ['define', id: string, line?: number]
  | ['fed', given: boolean]
  | ['no-exit-trap']
  | ['last', word: string]
  | ['pipestatus', status: number]
  | ['bind', name: string, id: string, index: number];

/** Facts of one execution, part of its input: the same for every step of it. */
export interface RunContext {
  /** Where references live: a directory (embedded engine) or `s3://bucket/prefix`. Absent: inline values only. */
  store?: string;
  /** The script's `$0` as bytes, one code unit each. */
  argv0: string;
  /** The script's arguments as bytes, one code unit each, for the step that makes the first state (its request has `state: null`). */
  args?: string[];
  /** Likewise: words for `set` and the mode that the shell is called with. */
  set?: string[];
  posix?: boolean;
  /** The shell's own process id and its parent's, `$$` and `$PPID`, as every step shows them; absent: each step's own. */
  pid?: number;
  ppid?: number;
  /** When the script's shell began, in seconds since the epoch; absent: each step's own. */
  began?: number;
}

/** The payload of a Task. */
export interface StepRequest {
  protocol: typeof PROTOCOL;
  /** Key of the step in the bundle; a package with several fragments picks by it. */
  step: string;
  run: RunContext;
  /** State envelope; null before the first step. */
  state: Value | null;
  ops: Op[];
  /** `$?` on entry. */
  status: number;
  /** The fragment runs where `set -e` is ignored (POSIX 2.8.1: condition lists, AND-OR lists, `!`). */
  ignore: boolean;
  /** After the fragment the scope ends with its status, however the fragment has ended: it is the last of a pipeline stage. */
  leave?: boolean;
  /** A command substitution begins with it: a failure that the machine catches carries the state, which knows what was printed. */
  opens?: boolean;
  /** Channel scope that the fragment's descriptors 0, 1, 2, … come from: '' is the run's own standard streams. */
  scope: string;
  /** Controls that the machine has an edge for; an unforeseen `exit` or `discard` is answered as a failure that it catches. */
  expects?: Control[];
  /** The one control that the machine goes on by: `next` instead of it is answered as a failure that it catches. */
  only?: 'call' | 'enter';
  /** Set by the interpreter's Retry: which attempt this is, so that a repeated request can be recognised. */
  attempt?: number;
}

/**
 * What the machine does next.
 * - `next`: go on. - `exit`: the shell (or subshell) ended. - `return`, `break`, `continue`: a run-time command did that.
 * - `call`: the function `target` was called; its frame is pushed in `state`. - `enter`: the fragment opened channels
 *   (a redirection, a pipeline) and waits; `scopes` names them and steps of the body run in them.
 * - `discard`: bash gave up the current top-level command line (an expansion error) and reads the next.
 */
export type Control = 'next' | 'exit' | 'return' | 'break' | 'continue' | 'call' | 'enter' | 'discard';

/** The answer of a step: the Payload of the Task's result. */
export interface StepResponse {
  protocol: typeof PROTOCOL;
  /** Exit status, 0 to 255. Data: a non-zero status is not an error of the state. */
  status: number;
  control: Control;
  /** Levels of `break` and `continue`. */
  depth?: number;
  /** Function definition id of `call`. */
  target?: string;
  /** Branch that a `case` fragment chose (-1: none), or the number of words that a `words` fragment expanded. */
  count?: number;
  /** Option letters after the fragment (`$-`), with P for pipefail and T for an ERR trap. */
  options: string;
  state: Value;
  /** Scope for the steps that follow; with `enter`, the scopes of the body (one a pipeline stage). */
  scope: string;
  scopes?: string[];
  /** What was printed, in order, where the channels are not the run's own descriptors (Lambda). Never in Assign or Output. */
  frames: Frame[];
}

/** A platform error that a step answers instead of a response (Lambda function error). Its message may be a {@link FailureReport}. */
export interface StepFailure {
  errorType: string;
  errorMessage: string;
}

/** The message of a failure, as JSON, where the step had printed something. */
export interface FailureReport {
  message: string;
  frames: Frame[];
  /** Instead of `frames`, where a failure has no room for them as they are: each one's descriptor and length, and all bytes deflated. */
  packed?: { frames: [fd: Frame['fd'], length: number][]; bytes: string };
}
