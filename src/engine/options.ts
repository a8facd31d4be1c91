/** What an execution is started with and what it answers. */
import type { HistoryEvent } from './history.ts';
import type { Limits } from './limits.ts';

/** A task to run: a Task state's resource with its evaluated arguments. */
export interface TaskInvocation {
  resource: string;
  arguments: unknown;
  stateName: string;
  /** 0 at first, then the number of the retry. */
  attempt: number;
  /** Aborted when the execution, the Parallel or Map state round it, or the task's own time is over. */
  signal: AbortSignal;
  /** The context object, as `$states.context`. */
  context: unknown;
}

/** Runs a task and answers its result; throws `TaskError` where the task fails. */
export type TaskHandler = (task: TaskInvocation) => Promise<unknown>;

export interface ExecuteOptions {
  input: unknown;
  handler: TaskHandler;
  /** Name of the execution; a UUID if there is none. */
  name?: string;
  /** Aborts the execution. */
  signal?: AbortSignal;
  /** Milliseconds since the epoch. */
  now?: () => number;
  /** Waits, for Wait states and Retry; must end early when the signal is aborted. */
  sleep?: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  limits?: Partial<Limits>;
  /** Keep the history's events; they are counted always. */
  history?: boolean;
  /** Called with each event as it happens. */
  onEvent?: (event: HistoryEvent) => void;
  /** Source of `$random`, `$uuid` and jitter, from 0 to 1 exclusive. */
  random?: () => number;
  /** ARN of the machine itself: `startExecution.sync:2` of it runs as a child in this engine. */
  selfArn?: string;
  /** Check the definition first, as AWS does when a state machine is created (default true). */
  check?: boolean;
}

export type ExecutionStatus = 'SUCCEEDED' | 'FAILED' | 'ABORTED' | 'TIMED_OUT';

export interface ExecutionResult {
  status: ExecutionStatus;
  output?: unknown;
  error?: string;
  cause?: string;
  events: HistoryEvent[];
  /** States entered, and retries, as AWS bills them; those of child executions included. */
  transitions: number;
  /** Events of the history, kept or not. */
  eventCount: number;
}
