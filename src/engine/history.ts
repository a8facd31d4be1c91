/** The execution's history, in the form of AWS's GetExecutionHistory. */
import { StateError } from './errors.ts';

/** An event. Details stand under a name of their own for each kind, such as `stateEnteredEventDetails`. */
export interface HistoryEvent {
  timestamp: Date;
  type: string;
  id: number;
  previousEventId: number;
  [details: `${string}Details`]: Record<string, unknown> | undefined;
}

/** Where the next event of a chain of states hangs: each branch and iteration has a chain of its own. */
export interface Chain {
  previous: number;
}

const WHOLE = { truncated: false };

/** Texts of objects and arrays: data that passes through many states is printed once. */
const texts = new WeakMap<object, string>();

/** A value as JSON text. */
export function jsonText(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  let text = texts.get(value);
  if (text === undefined) {
    text = JSON.stringify(value);
    texts.set(value, text);
  }
  return text;
}

export interface HistoryOptions {
  keep: boolean;
  limit: number;
  now(): number;
  onEvent: ((event: HistoryEvent) => void) | undefined;
}

/** Counts events always, and keeps them if asked to. */
export class History {
  readonly events: HistoryEvent[] = [];
  count = 0;
  private readonly options: HistoryOptions;
  /** Whether events are made at all, or only counted. */
  private readonly made: boolean;

  constructor(options: HistoryOptions) {
    this.options = options;
    this.made = options.keep || options.onEvent !== undefined;
  }

  /** Records an event of a chain; its details are made only where they are kept. */
  add(chain: Chain, type: string, details?: () => [name: string, details: Record<string, unknown>]): number {
    // The last event is left for the execution's end.
    if (this.count + 1 >= this.options.limit) {
      throw new StateError(
        'States.Runtime',
        `The execution reached the maximum number of history events (${this.options.limit}).`,
      );
    }
    return this.record(chain, type, details);
  }

  /** Records an event without asking for the limit: the execution's end. */
  private record(chain: Chain, type: string, details?: () => [string, Record<string, unknown>]): number {
    this.count += 1;
    const id = this.count;
    if (this.made) {
      const { keep, now, onEvent } = this.options;
      const event: HistoryEvent = { timestamp: new Date(now()), type, id, previousEventId: chain.previous };
      if (details) {
        const [name, values] = details();
        event[`${name}EventDetails`] = values;
      }
      if (keep) this.events.push(event);
      onEvent?.(event);
    }
    chain.previous = id;
    return id;
  }

  started(chain: Chain, input: unknown): void {
    this.record(chain, 'ExecutionStarted', () => ['executionStarted', { input: jsonText(input), inputDetails: WHOLE }]);
    // The first state hangs on nothing, as on AWS.
    chain.previous = 0;
  }

  succeeded(chain: Chain, output: unknown): void {
    this.record(chain, 'ExecutionSucceeded', () => [
      'executionSucceeded',
      { output: jsonText(output), outputDetails: WHOLE },
    ]);
  }

  failed(chain: Chain, type: 'ExecutionFailed' | 'ExecutionAborted' | 'ExecutionTimedOut', why: Failure): void {
    const name = type.charAt(0).toLowerCase() + type.slice(1);
    this.record(chain, type, () => [name, failure(why)]);
  }

  entered(chain: Chain, type: string, name: string, input: unknown): number {
    return this.add(chain, `${type}StateEntered`, () => [
      'stateEntered',
      { name, input: jsonText(input), inputDetails: WHOLE },
    ]);
  }

  exited(chain: Chain, type: string, name: string, output: unknown, assigned?: Record<string, unknown>): number {
    return this.add(chain, `${type}StateExited`, () => {
      const details: Record<string, unknown> = { name, output: jsonText(output), outputDetails: WHOLE };
      if (assigned) {
        details.assignedVariables = Object.fromEntries(
          Object.entries(assigned).map(([variable, value]) => [variable, jsonText(value)]),
        );
        details.assignedVariablesDetails = WHOLE;
      }
      return ['stateExited', details];
    });
  }
}

export interface Failure {
  error?: string;
  cause?: string;
}

/** Details of a failure; what is not known is left out. */
export function failure({ error, cause }: Failure): Record<string, unknown> {
  return { ...(error === undefined ? {} : { error }), ...(cause === undefined ? {} : { cause }) };
}
