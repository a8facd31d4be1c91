/** A definition made ready to run. States are compiled when they are first entered. */
import type { Definition, State, StateGraph, StateType } from '../asl/definition.ts';
import type { Eventually } from './evaluate.ts';
import { Templates } from './evaluate.ts';
import type { Frame } from './frame.ts';
import { compileChoice } from './states/choice.ts';
import { compileFail } from './states/fail.ts';
import { compileMap } from './states/map.ts';
import { compileParallel } from './states/parallel.ts';
import { compilePass } from './states/pass.ts';
import { compileSucceed } from './states/succeed.ts';
import { compileTask } from './states/task.ts';
import { compileWait } from './states/wait.ts';

/** Does a state's work: sets the frame's output, and its next state where it is not the usual one. */
export type Run = (frame: Frame) => Eventually<void>;

export interface CompiledState {
  readonly name: string;
  readonly type: StateType;
  /** Where it usually leads; undefined at the end. */
  readonly next: string | undefined;
  readonly run: Run;
}

/** States of one level. */
export class Graph {
  readonly start: string;
  private readonly states: Record<string, State>;
  private readonly templates: Templates;
  private readonly compiled = new Map<string, CompiledState>();

  constructor({ StartAt, States }: StateGraph, templates: Templates) {
    this.start = StartAt;
    this.states = States;
    this.templates = templates;
  }

  state(name: string): CompiledState {
    let compiled = this.compiled.get(name);
    if (!compiled) {
      const state = this.states[name];
      if (!state || !Object.hasOwn(this.states, name)) throw new Error(`there is no state ${JSON.stringify(name)}`);
      const next = 'Next' in state ? state.Next : undefined;
      compiled = { name, type: state.Type, next, run: compileState(state, this.templates) };
      this.compiled.set(name, compiled);
    }
    return compiled;
  }
}

function compileState(state: State, templates: Templates): Run {
  switch (state.Type) {
    case 'Pass':
      return compilePass(state, templates);
    case 'Task':
      return compileTask(state, templates);
    case 'Choice':
      return compileChoice(state, templates);
    case 'Wait':
      return compileWait(state, templates);
    case 'Succeed':
      return compileSucceed(state, templates);
    case 'Fail':
      return compileFail(state, templates);
    case 'Parallel':
      return compileParallel(state, templates);
    case 'Map':
      return compileMap(state, templates);
  }
}

const machines = new WeakMap<Definition, Graph>();

/** Prepares a checked definition, once. It must not be changed afterwards. */
export function compileMachine(definition: Definition): Graph {
  let graph = machines.get(definition);
  if (!graph) {
    const assigned = new Set<string>();
    collectAssigned(definition, assigned);
    graph = new Graph(definition, new Templates(assigned));
    machines.set(definition, graph);
  }
  return graph;
}

/** Names of all variables that a graph and those within it assign. */
function collectAssigned(graph: StateGraph, names: Set<string>): void {
  for (const state of Object.values(graph.States)) {
    const assigning: { Assign?: Record<string, unknown> }[] = [];
    if (state.Type === 'Choice') assigning.push(...state.Choices);
    if ('Assign' in state) assigning.push(state);
    if ('Catch' in state) assigning.push(...(state.Catch ?? []));
    for (const { Assign } of assigning) for (const name of Object.keys(Assign ?? {})) names.add(name);
    if (state.Type === 'Parallel') for (const branch of state.Branches) collectAssigned(branch, names);
    if (state.Type === 'Map') collectAssigned(state.ItemProcessor, names);
  }
}
