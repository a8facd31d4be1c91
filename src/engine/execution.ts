/** One execution: what all its states share, and the loop that runs them. */
import { randomUUID } from 'node:crypto';
import type { Definition } from '../asl/definition.ts';
import { after, linkedController, sleep, yieldToEvents } from './clock.ts';
import { Aborted, StateError } from './errors.ts';
import { Frame, type Scope } from './frame.ts';
import { type Chain, failure, History } from './history.ts';
import { checkPayload, type Limits, limitsOf, Variables } from './limits.ts';
import { locate } from './locate.ts';
import { compileMachine, type Graph } from './machine.ts';
import type { ExecuteOptions, ExecutionResult } from './options.ts';

/** States that are interrupted while they wait for something; the history says so. */
const INTERRUPTED = new Set(['Task', 'Parallel', 'Map', 'Wait']);

/** Seconds that states may run without giving way to timers and signals. */
const SLICE = 0.01;

export class Execution {
  readonly definition: Definition;
  readonly options: ExecuteOptions;
  readonly limits: Limits;
  readonly history: History;
  readonly now: () => number;
  readonly sleep: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  readonly random: () => number;
  /** `$states.context.Execution` and `$states.context.StateMachine`. */
  readonly description: Record<string, unknown>;
  readonly stateMachine: Record<string, unknown>;
  transitions = 0;
  private readonly graph: Graph;
  private slice = process.uptime();

  constructor(definition: Definition, options: ExecuteOptions) {
    this.definition = definition;
    this.options = options;
    this.graph = compileMachine(definition);
    this.limits = limitsOf(options.limits);
    this.now = options.now ?? Date.now;
    this.sleep = options.sleep ?? sleep;
    this.random = options.random ?? Math.random;
    this.history = new History({
      keep: options.history ?? false,
      limit: this.limits.events,
      now: this.now,
      onEvent: options.onEvent,
    });
    const { selfArn = 'arn:aws:states:local:000000000000:stateMachine:local', name = randomUUID() } = options;
    const machineName = selfArn.slice(selfArn.lastIndexOf(':') + 1);
    this.description = {
      Id: `${selfArn.replace(':stateMachine:', ':execution:')}:${name}`,
      Input: options.input,
      Name: name,
      RedriveCount: 0,
      StartTime: new Date(this.now()).toISOString(),
    };
    this.stateMachine = { Id: selfArn, Name: machineName };
  }

  /** Runs the machine to its end. */
  async run(): Promise<ExecutionResult> {
    const { definition, history, limits, options } = this;
    const chain: Chain = { previous: 0 };
    const { controller, release } = linkedController(options.signal ?? new AbortController().signal);
    let timedOut = false;
    const limit = definition.TimeoutSeconds;
    const stop =
      limit === undefined
        ? undefined
        : after(limit * 1000, () => {
            timedOut = true;
            controller.abort();
          });
    const scope: Scope = { variables: new Variables(limits), chain, signal: controller.signal };
    history.started(chain, options.input);
    try {
      checkPayload(options.input, 'input of the execution', limits);
      const output = await this.runGraph(this.graph, options.input, scope);
      history.succeeded(chain, output);
      return { status: 'SUCCEEDED', output, ...this.counts() };
    } catch (thrown) {
      if (thrown instanceof Aborted) {
        const why = timedOut ? { error: 'States.Timeout' } : {};
        chain.previous = 0;
        history.failed(chain, timedOut ? 'ExecutionTimedOut' : 'ExecutionAborted', why);
        return { status: timedOut ? 'TIMED_OUT' : 'ABORTED', ...this.counts() };
      }
      if (!(thrown instanceof StateError)) throw thrown;
      const why = failure({ error: thrown.error === '' ? undefined : thrown.error, cause: thrown.detail });
      history.failed(chain, 'ExecutionFailed', why);
      return { status: 'FAILED', ...why, ...this.counts() };
    } finally {
      stop?.();
      release();
      // Whatever a fault left behind is told to end.
      controller.abort();
    }
  }

  private counts(): Pick<ExecutionResult, 'events' | 'transitions' | 'eventCount'> {
    return { events: this.history.events, transitions: this.transitions, eventCount: this.history.count };
  }

  countTransition(): void {
    this.transitions += 1;
  }

  /** Runs states from the first of a graph to its end and answers the last one's output. */
  async runGraph(graph: Graph, input: unknown, scope: Scope): Promise<unknown> {
    const { history } = this;
    const { chain, signal } = scope;
    const frame = new Frame(this, scope);
    let state = graph.state(graph.start);
    let data = input;
    for (;;) {
      if (signal.aborted) throw new Aborted();
      if ((this.transitions & 255) === 0 && process.uptime() - this.slice > SLICE) {
        await yieldToEvents();
        this.slice = process.uptime();
      }
      this.transitions += 1;
      frame.enter(state, data);
      frame.enteredEvent = history.entered(chain, state.type, state.name, data);
      try {
        const running = state.run(frame);
        if (running instanceof Promise) await running;
      } catch (thrown) {
        if (thrown instanceof Aborted && INTERRUPTED.has(state.type)) history.add(chain, `${state.type}StateAborted`);
        throw thrown instanceof StateError ? locate(thrown, frame) : thrown;
      }
      history.exited(chain, state.type, state.name, frame.output, frame.assigned);
      data = frame.output;
      if (frame.next === undefined) return data;
      state = graph.state(frame.next);
    }
  }
}
