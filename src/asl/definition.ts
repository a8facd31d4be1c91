/**
 * The Amazon States Language as types: state machines that use JSONata.
 *
 * A template is any JSON in which a string that is exactly `{% … %}` is an expression; everything else is constant.
 */

/** Any JSON whose `{% … %}` strings are evaluated. */
export type Template = unknown;

/** A `{% … %}` string, or a constant number. */
export type NumberOrExpression = number | string;

/** States and where they start: the machine itself, a branch of a Parallel state, or the processor of a Map state. */
export interface StateGraph {
  StartAt: string;
  States: Record<string, State>;
}

export interface Definition extends StateGraph {
  Comment?: string;
  QueryLanguage?: 'JSONata' | 'JSONPath';
  Version?: string;
  TimeoutSeconds?: number;
}

export type StateType = 'Pass' | 'Task' | 'Choice' | 'Wait' | 'Succeed' | 'Fail' | 'Parallel' | 'Map';

interface StateFields<T extends StateType> {
  Type: T;
  Comment?: string;
  QueryLanguage?: 'JSONata';
}

/** Variables to assign: name → template. */
export type Assignments = Record<string, Template>;

/** What follows a state that is neither Choice, Succeed nor Fail: exactly one of the two. */
interface Transition {
  Next?: string;
  End?: boolean;
}

interface Results {
  Output?: Template;
  Assign?: Assignments;
}

export interface Retrier {
  ErrorEquals: string[];
  Comment?: string;
  IntervalSeconds?: number;
  MaxAttempts?: number;
  BackoffRate?: number;
  MaxDelaySeconds?: number;
  JitterStrategy?: 'FULL' | 'NONE';
}

export interface Catcher extends Results {
  ErrorEquals: string[];
  Comment?: string;
  Next: string;
}

/** Retry and Catch, of states that can fail for reasons outside the machine. */
export interface ErrorHandling {
  Retry?: Retrier[];
  Catch?: Catcher[];
}

export interface PassState extends StateFields<'Pass'>, Transition, Results {}

export interface TaskState extends StateFields<'Task'>, Transition, Results, ErrorHandling {
  Resource: string;
  Arguments?: Template;
  TimeoutSeconds?: NumberOrExpression;
  HeartbeatSeconds?: NumberOrExpression;
  Credentials?: Template;
}

export interface ChoiceRule extends Results {
  Condition: string | boolean;
  Next: string;
  Comment?: string;
}

export interface ChoiceState extends StateFields<'Choice'>, Results {
  Choices: ChoiceRule[];
  Default?: string;
}

export interface WaitState extends StateFields<'Wait'>, Transition, Results {
  Seconds?: NumberOrExpression;
  Timestamp?: string;
}

export interface SucceedState extends StateFields<'Succeed'> {
  Output?: Template;
}

export interface FailState extends StateFields<'Fail'> {
  Error?: string;
  Cause?: string;
}

export interface ParallelState extends StateFields<'Parallel'>, Transition, Results, ErrorHandling {
  Branches: (StateGraph & { Comment?: string })[];
  Arguments?: Template;
}

export interface ItemProcessor extends StateGraph {
  Comment?: string;
  ProcessorConfig?: { Mode?: 'INLINE' | 'DISTRIBUTED'; ExecutionType?: string };
}

export interface MapState extends StateFields<'Map'>, Transition, Results, ErrorHandling {
  ItemProcessor: ItemProcessor;
  Items?: Template;
  ItemSelector?: Template;
  MaxConcurrency?: NumberOrExpression;
}

export type State =
  | PassState
  | TaskState
  | ChoiceState
  | WaitState
  | SucceedState
  | FailState
  | ParallelState
  | MapState;
