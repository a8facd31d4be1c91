/** Errors of the language: a name that Retry and Catch match, and a cause. */

/** An error that a state can fail with. */
export class StateError extends Error {
  readonly error: string;
  readonly detail: string | undefined;

  constructor(error: string, detail?: string) {
    super(detail === undefined ? error : `${error}: ${detail}`);
    this.name = 'StateError';
    this.error = error;
    this.detail = detail;
  }
}

/** What a task handler throws when its task fails: Retry and Catch see it. Anything else it throws is a fault of ours. */
export class TaskError extends StateError {
  constructor(error: string, cause?: string) {
    super(error, cause);
    this.name = 'TaskError';
  }
}

/** An expression that failed or answered nothing, with its place. */
export class QueryError extends StateError {
  readonly location: string;

  constructor(location: string, detail: string) {
    super('States.QueryEvaluationError', detail);
    this.name = 'QueryError';
    this.location = location;
  }
}

/** Thrown through a state whose execution, or whose Parallel or Map state, is given up. */
export class Aborted extends Error {
  constructor() {
    super('aborted');
    this.name = 'Aborted';
  }
}

/** An execution that the engine refuses to start, with all reasons. */
export class DefinitionError extends Error {
  readonly problems: readonly { code: string; path: string; message: string }[];

  constructor(problems: readonly { code: string; path: string; message: string }[]) {
    super(problems.map(({ code, path, message }) => `${path}: ${message} (${code})`).join('\n'));
    this.name = 'DefinitionError';
    this.problems = problems;
  }
}

/** Whether a name in ErrorEquals matches an error. */
export function matchesError(name: string, error: string): boolean {
  // Nothing handles States.Runtime.
  if (error === 'States.Runtime') return false;
  if (name === error) return true;
  switch (name) {
    case 'States.ALL':
      return error !== 'States.DataLimitExceeded';
    case 'States.TaskFailed':
      return error !== 'States.DataLimitExceeded' && error !== 'States.Timeout' && error !== 'States.HeartbeatTimeout';
    case 'States.Timeout':
      return error === 'States.HeartbeatTimeout';
    default:
      return false;
  }
}
