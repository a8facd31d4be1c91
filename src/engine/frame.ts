/** The state that is being run, and all that it and its expressions can see. */

import type { Execution } from './execution.ts';
import type { Chain } from './history.ts';
import type { Variables } from './limits.ts';
import type { CompiledState } from './machine.ts';
import type { Environment } from './query/environment.ts';

/** What a graph of states runs in: the machine, a branch, or an iteration. */
export interface Scope {
  variables: Variables;
  chain: Chain;
  signal: AbortSignal;
  /** The item of the iteration round it. */
  item?: MapItem;
}

export interface MapItem {
  Index: number;
  Value: unknown;
}

/** One for each graph that runs; its states use it in turn. */
export class Frame implements Environment {
  readonly execution: Execution;
  readonly scope: Scope;
  readonly variables: Record<string, unknown>;
  state!: CompiledState;
  input: unknown;
  result: unknown;
  errorOutput: unknown;
  /** Set by the state: what it answers, where it leads, and what it assigned. */
  output: unknown;
  next: string | undefined;
  assigned: Record<string, unknown> | undefined;
  /** Time and event of the state's entry; retries so far. */
  entered = 0;
  enteredEvent = 0;
  retries = 0;
  /** Item that ItemSelector sees, before an iteration's scope exists. */
  item: MapItem | undefined;

  constructor(execution: Execution, scope: Scope) {
    this.execution = execution;
    this.scope = scope;
    this.variables = scope.variables.values;
    this.item = scope.item;
  }

  /** Enters a state. */
  enter(state: CompiledState, input: unknown): void {
    this.state = state;
    this.input = input;
    this.result = undefined;
    this.errorOutput = undefined;
    this.output = undefined;
    this.next = state.next;
    this.assigned = undefined;
    this.entered = this.execution.now();
    this.retries = 0;
  }

  get context(): Record<string, unknown> {
    const { execution, item } = this;
    return {
      Execution: execution.description,
      State: {
        EnteredTime: new Date(this.entered).toISOString(),
        Name: this.state.name,
        RetryCount: this.retries,
      },
      StateMachine: execution.stateMachine,
      ...(item ? { Map: { Item: item } } : {}),
    };
  }

  random(): number {
    return this.execution.random();
  }

  now(): number {
    return this.execution.now();
  }
}
