/**
 * Program → definition in the Amazon States Language, with JSONata and variables.
 *
 * A step becomes a Task. Settings become no state of their own where they can ride on one: those before a step are
 * written into its Arguments and its Assign, those after it into its Assign, and those on an edge into the Assign of the
 * Choice rule, the Catch or the Task that the edge leaves. A Choice follows only where something is decided.
 */

import { array, isConstant, literal, object, substitute, variable } from '../ir/expression.ts';
import { printExpression, printTemplate, variableName } from '../ir/jsonata.ts';
import {
  type Block,
  type BlockId,
  type ChildInstruction,
  type Expression,
  forEachTarget,
  type Graph,
  type Instruction,
  type Program,
  type StepInstruction,
} from '../ir/program.ts';
import { put } from '../record.ts';
import { PROTOCOL } from '../runtime/protocol.ts';
import { Decisions, type Followed, type Settings } from './decisions.ts';

type State = Record<string, unknown>;

type Work = StepInstruction | ChildInstruction;
const isWork = (i: Instruction): i is Work => i.kind !== 'set';
const onlyEnds = ({ terminal, instructions }: Block): boolean => terminal.kind === 'end' && !instructions.some(isWork);
const stateOf = (work: Work): string => (work.kind === 'step' ? work.step.state : work.state);

/** An edge as resolved: what must be assigned on the way, and the state it leads to. */
interface Edge {
  settings: Settings;
  next: string;
}

export interface CodegenOptions {
  /** Line of an offset, for state names and Comments. */
  line: (offset: number) => number;
  file: string;
  /** The file of an offset, where that is not the script itself. */
  fileAt?: (offset: number) => string | undefined;
  /** Letters of the shell's options that are on from the start. */
  flags?: string;
  /**
   * As few bytes as can be, for a definition that would be too large otherwise: Comments leave the script's name out, and a
   * decision that many states come to stays one state.
   */
  compact?: boolean;
}

export interface Generated {
  definition: State;
  /** Made when it is asked for: a run needs none. */
  sourceMap: () => Record<string, { file: string; line: number; column: number }>;
  states: number;
}

const result = (name: string): Expression => ({ kind: 'result', name });
const payload = remembering((name) => result(`$states.result.Payload.${name}`));
const cause = remembering((field) => result(`$parse($parse($states.errorOutput.Cause).errorMessage).${field}`));
/** The same in the state that a Catch leads to, whose input is the error. */
const caught = (field: string): Expression => result(`$parse($parse($states.input.Cause).errorMessage).${field}`);
const NO_OPS = array([]);

/** What is asked for with every step is made once. */
function remembering(make: (name: string) => Expression): (name: string) => Expression {
  const made = new Map<string, Expression>();
  return (name) => {
    let expression = made.get(name);
    if (!expression) made.set(name, (expression = make(name)));
    return expression;
  };
}

/** A Task's Retry: Lambda's throttling is waited out. */
const RETRY = [
  {
    ErrorEquals: ['Lambda.TooManyRequestsException'],
    MaxAttempts: 20,
    MaxDelaySeconds: 30,
    JitterStrategy: 'FULL',
  },
];

/** Where a state comes from: an offset, or a step's source. */
type Place = number | StepInstruction['step']['source'];

/** Rules that a Choice state may have beyond its own; and where the definition is to be compact. */
const MOST_RULES = 8;
const FEWEST_RULES = 2;

/** A state that the failures of several Tasks lead to: those whose shell ended go one way, those that gave up a line each its own. */
interface Failures {
  name: string;
  onExit: BlockId;
  /** Command substitutions begin with those Tasks. */
  opens: boolean;
  /** Where a step goes on that has given up its line. */
  onDiscard: Map<string, BlockId>;
}

/** Composes a later assignment with the settings that come before it. */
function compose(settings: Settings, name: string, value: Expression): void {
  settings.set(
    name,
    substitute(value, (v, graph) => (graph === undefined ? settings.get(v) : undefined)),
  );
}

class Codegen {
  private readonly blocks: Block[] = [];
  private readonly graphOf: Graph[] = [];
  private readonly names = new Set(['__proto__']);
  private readonly entries = new Map<BlockId, string>();
  readonly places: [state: string, from: Place][] = [];

  private readonly program: Program;
  private readonly options: CodegenOptions;

  constructor(program: Program, options: CodegenOptions) {
    this.program = program;
    this.options = options;
    for (const graph of program.graphs) {
      for (const block of graph.blocks) {
        this.blocks[block.id] = block;
        this.graphOf[block.id] = graph;
        for (const instruction of block.instructions) if (isWork(instruction)) this.names.add(stateOf(instruction));
      }
    }
  }

  private name(wanted: string): string {
    let name = wanted.slice(0, 76);
    for (let n = 2; this.names.has(name); n += 1) name = `${wanted.slice(0, 72)} ${n}`;
    this.names.add(name);
    return name;
  }

  private add(states: Record<string, State>, name: string, state: State, at: Place): void {
    put(states, name, state);
    this.places.push([name, at]);
  }

  /** Where the states come from. */
  sourceMap(): ReturnType<Generated['sourceMap']> {
    const map: ReturnType<Generated['sourceMap']> = {};
    for (const [name, at] of this.places)
      put(
        map,
        name,
        typeof at === 'number'
          ? { file: this.file(at), line: this.options.line(at), column: 1 }
          : { file: at.file ?? this.options.file, line: at.line, column: at.column },
      );
    return map;
  }

  /** Where a state comes from; `file` is that of a library. */
  private comment(file: string | undefined, line: number): string {
    return `${file ?? (this.options.compact ? '' : this.options.file)}:${line}`;
  }

  private file(offset: number): string {
    return this.options.fileAt?.(offset) ?? this.options.file;
  }

  /** The state that a block begins with, generating the block when it is first asked for. */
  private entry(id: BlockId, states: Record<string, State>): string {
    const known = this.entries.get(id);
    if (known !== undefined) return known;
    const block = this.blocks[id]!;
    const first = block.instructions.find(isWork);
    const name = first ? stateOf(first) : this.name(this.machineName(block));
    this.entries.set(id, name);
    this.pending.push(() => this.generate(block, name, states));
    return name;
  }

  private pending: (() => void)[] = [];
  private readonly endings = new Map<BlockId, boolean>();
  /** States that failures lead to, of the graph that is being generated. */
  private failures: Failures[] = [];

  private machineName(block: Block): string {
    const { terminal } = block;
    const line = this.options.line(block.offset);
    if (terminal.kind === 'choice') return `${terminal.construct} (line ${line})`;
    if (terminal.kind === 'fork') return `pipeline (line ${line})`;
    return block.name === 'end' ? 'end' : `${block.name} (line ${line})`;
  }

  /** True if an edge to the block ends the machine, or its branch. */
  private ends(to: BlockId): boolean {
    let known = this.endings.get(to);
    if (known === undefined) {
      known = onlyEnds(this.follow(to, new Map()).block);
      this.endings.set(to, known);
    }
    return known;
  }

  /** Follows an edge through blocks that only assign, to the first that does more. */
  private follow(to: BlockId, before: Settings): Followed {
    let settings = before;
    let block = this.blocks[to]!;
    for (const seen = new Set<BlockId>(); !seen.has(block.id); ) {
      seen.add(block.id);
      if (block.instructions.some(isWork)) break;
      // Most edges lead to a step: their settings are those before.
      if (settings === before && block.instructions.length > 0) settings = new Map(before);
      for (const i of block.instructions) if (i.kind === 'set') compose(settings, i.variable, i.value);
      if (block.terminal.kind !== 'goto') break;
      block = this.blocks[block.terminal.to]!;
    }
    return { settings, block };
  }

  private edge(to: BlockId, states: Record<string, State>, before: Settings = new Map()): Edge {
    const { settings, block } = this.follow(to, before);
    return this.enter(block, settings, states);
  }

  private enter(block: Block, settings: Settings, states: Record<string, State>): Edge {
    const next = this.entry(block.id, states);
    if (!onlyEnds(block)) return { settings, next };
    // Where the machine ends only its status is asked for.
    const status = this.graphOf[block.id]!.id > 0 ? undefined : settings.get('status');
    return { settings: new Map(status && [['status', status]]), next };
  }

  private assign(settings: Settings, graph: number): Record<string, unknown> | undefined {
    if (settings.size === 0) return undefined;
    const assigned: Record<string, unknown> = {};
    for (const name of this.inOrder(settings))
      assigned[variableName(name, graph)] = printTemplate(settings.get(name)!, graph);
    return assigned;
  }

  /** A variable is assigned after those that read it: the specification assigns all at once, one emulator in turn. */
  private inOrder(settings: Settings): Iterable<string> {
    const reads = new Map<string, Set<string>>();
    for (const [name, value] of settings) {
      const read = isConstant(value) ? undefined : variablesOf(value);
      if (read && read.size > 0) reads.set(name, read);
    }
    if (reads.size === 0) return settings.keys();
    const ordered = new Set<string>();
    const visit = (name: string, trail: Set<string>): void => {
      if (ordered.has(name) || trail.has(name)) return;
      trail.add(name);
      for (const [other, read] of reads) if (other !== name && read.has(name)) visit(other, trail);
      ordered.add(name);
    };
    for (const name of settings.keys()) visit(name, new Set());
    return ordered;
  }

  /**
   * Generates a block's states, the first of them named `name`. Settings of a block without steps ride on the edges to it;
   * `initial` are those before the script's first step.
   */
  private generate(block: Block, name: string, states: Record<string, State>, initial: Settings = new Map()): void {
    const graph = this.graphOf[block.id]!.id;
    const steps = block.instructions.filter(isWork).length;
    let current = name;
    if (steps > 0) {
      let settings: Settings = new Map(initial);
      let done = 0;
      const rest: Instruction[] = block.instructions;
      for (let i = 0; i < rest.length; i += 1) {
        const instruction = rest[i]!;
        if (instruction.kind === 'set') {
          compose(settings, instruction.variable, instruction.value);
          continue;
        }
        done += 1;
        const after: Settings = this.afterStep(instruction, settings);
        if (done < steps) {
          const next = stateOf(rest.slice(i + 1).find(isWork)!);
          this.task(states, current, instruction, settings, after, next, graph);
          current = next;
          settings = new Map();
          continue;
        }
        // The last step: what follows it rides on its Assign.
        for (const later of rest.slice(i + 1)) if (later.kind === 'set') compose(after, later.variable, later.value);
        const { terminal } = block;
        const end = terminal.kind === 'goto' ? this.follow(terminal.to, after) : { settings: after, block };
        if (onlyEnds(end.block) || (end.block === block && terminal.kind === 'end')) {
          // Nothing follows: the step's state is where the machine, or its branch, ends.
          this.task(states, current, instruction, settings, end.settings, undefined, graph);
        } else if (terminal.kind === 'goto') {
          this.task(states, current, instruction, settings, end.settings, this.entry(end.block.id, states), graph);
        } else {
          const next = this.name(this.machineName(block));
          this.task(states, current, instruction, settings, after, next, graph);
          this.terminal(states, next, block, graph);
        }
        return;
      }
    }
    this.terminal(states, current, block, graph);
  }

  /** What a finished step assigns, on top of the settings that came before it. */
  private afterStep(instruction: Work, settings: Settings): Settings {
    const after: Settings = new Map(settings);
    if (instruction.kind === 'child') {
      after.set('status', result('$states.result.Output.status'));
      return after;
    }
    after.set('state', payload('state'));
    after.set('ops', NO_OPS);
    after.set(instruction.into, payload('status'));
    for (const [field, name] of Object.entries(instruction.keeps)) after.set(name, payload(field));
    return after;
  }

  private task(
    states: Record<string, State>,
    name: string,
    instruction: Work,
    before: Settings,
    after: Settings,
    next: string | undefined,
    graph: number,
  ): void {
    const value = (variableOf: string): Expression => before.get(variableOf) ?? variable(variableOf);
    const show = (expression: Expression): unknown => printTemplate(expression, graph);
    const resolve = (expression: Expression): Expression =>
      substitute(expression, (v, g) => (g === undefined ? before.get(v) : undefined));
    if (instruction.kind === 'child') {
      const resolved = { ...instruction, entry: resolve(instruction.entry), live: resolve(instruction.live) };
      this.add(states, name, this.child(resolved, value, show, after, next, graph), instruction.offset);
      return;
    }
    const scope = instruction.scope && resolve(instruction.scope);
    const { step } = instruction;
    const request: Record<string, unknown> = {
      protocol: PROTOCOL,
      step: step.key,
      // The run's own data are the same in every graph.
      run: show(before.get('run') ?? variable('run', 0)),
      state: show(value('state')),
      ops: show(value('ops')),
      status: show(value('status')),
      ignore: instruction.ignore === 'dynamic' ? show(value('ignore')) : instruction.ignore,
      scope: show(scope || value('scope')),
    };
    if (instruction.leave) request.leave = true;
    if (instruction.opens) request.opens = true;
    if (instruction.expects.length > 0) request.expects = instruction.expects;
    // The last step of a stage ends it, however its shell ends.
    const catches = instruction.leave ? [] : [this.failureCatch(instruction, before, states, graph)];
    const { only } = instruction;
    if (only) {
      request.only = only.control;
      const settings: Settings = new Map(before);
      settings.set('status', cause('status'));
      if (instruction.keeps.options) settings.set('options', cause('options'));
      settings.set('state', cause('state')).set('ops', NO_OPS);
      const edge = this.edge(only.otherwise, states, settings);
      catches.push(this.lead(edge, graph, { ErrorEquals: ['Sh2sfn.Next'] }));
    }
    const { source, settings } = step;
    const state: State = {
      Type: 'Task',
      Comment: this.comment(source.file, source.line),
      Resource: 'arn:${Partition}:states:::lambda:invoke',
      Arguments: { FunctionName: `\${${step.key}}`, Payload: request },
      Retry: RETRY,
    };
    if (catches.length > 0) state.Catch = catches;
    if (settings.timeout !== undefined) state.TimeoutSeconds = settings.timeout + 60;
    this.exit(after, next, graph, state);
    this.add(states, name, state, source);
  }

  /**
   * What a Task does where its shell ended, or gave up the line. Where these lead to different places, they go by a state that
   * all such Tasks share, whose input is the error.
   */
  private failureCatch(
    { step, onExit, onDiscard, opens = false }: StepInstruction,
    before: Settings,
    states: Record<string, State>,
    graph: number,
  ): State {
    const rule: State = { ErrorEquals: ['Sh2sfn.Exit', 'Sh2sfn.Discard'] };
    if (onExit === onDiscard || (this.ends(onExit) && this.ends(onDiscard))) {
      const settings: Settings = new Map(before).set('status', cause('status'));
      if (opens) settings.set('state', cause('state')).set('ops', NO_OPS);
      const edge = this.edge(onExit, states, settings);
      return this.lead(edge, graph, rule);
    }
    let shared = this.failures.find(
      (f) => f.onExit === onExit && f.opens === opens && (f.onDiscard.get(step.key) ?? onDiscard) === onDiscard,
    );
    if (!shared) {
      shared = { name: this.name('failed'), onExit, opens, onDiscard: new Map() };
      this.failures.push(shared);
      this.pending.push(() => this.edge(onExit, states));
    }
    shared.onDiscard.set(step.key, onDiscard);
    // All that failures lead to is generated before they are.
    this.pending.push(() => this.edge(onDiscard, states));
    return this.lead({ settings: before, next: shared.name }, graph, rule);
  }

  /**
   * The states of shared failures: one asks whether the shell has ended, a second, if there are several ways to go on, which
   * step has given up its line. One Choice for all is a third of the size of one for each.
   */
  private failure({ name, onExit, opens, onDiscard }: Failures, states: Record<string, State>, graph: number): void {
    const { offset } = this.blocks[onExit]!;
    const status: Settings = new Map([['status', caught('status')]]);
    const withState: Settings = new Map([...status, ['state', caught('state')], ['ops', array([])]]);
    const exits = opens ? new Map(withState) : status;
    const stepsTo = new Map<BlockId, string[]>();
    for (const [step, to] of onDiscard) stepsTo.set(to, [...(stepsTo.get(to) ?? []), step]);
    const [only] = stepsTo.size === 1 ? stepsTo.keys() : [];
    let discard: Edge;
    if (only === undefined) {
      const next = this.name('given up');
      discard = { settings: withState.set('step', caught('step')), next };
      const rules = [...stepsTo].map(([to, steps]): State => {
        const given = `$${variableName('step', graph)} in ${JSON.stringify(steps)}`;
        return { Condition: `{% ${given} %}`, ...this.lead(this.edge(to, states), graph) };
      });
      const { Condition, Next, ...rest } = rules.pop()!;
      this.add(states, next, { Type: 'Choice', Choices: rules, ...rest, Default: Next }, offset);
    } else {
      discard = this.edge(only, states, withState);
    }
    const state = {
      Type: 'Choice',
      Choices: [
        {
          Condition: '{% $states.input.Error = "Sh2sfn.Exit" %}',
          ...this.lead(this.edge(onExit, states, exits), graph),
        },
      ],
      Assign: this.assign(discard.settings, graph),
      Default: discard.next,
    };
    this.add(states, name, state, offset);
  }

  /** How a rule or a Catch leads on. @param to gets the fields, behind its own */
  private lead({ settings, next }: Edge, graph: number, to: State = {}): State {
    const assigned = this.assign(settings, graph);
    if (assigned) to.Assign = assigned;
    to.Next = next;
    return to;
  }

  /** How a Task leads on: with what it assigns, or, where nothing follows, with the machine's output. @param to gets the fields */
  private exit(after: Settings, next: string | undefined, graph: number, to: State): void {
    if (next !== undefined) {
      const assigned = this.assign(after, graph);
      if (assigned) to.Assign = assigned;
      to.Output = {};
      to.Next = next;
      return;
    }
    const status = after.get('status') ?? variable('status');
    to.Output = graph === 0 ? { status: printTemplate(status, graph) } : {};
    to.End = true;
  }

  /** A child execution of this machine, waited for. */
  private child(
    instruction: ChildInstruction,
    value: (name: string) => Expression,
    show: (expression: Expression) => unknown,
    after: Settings,
    next: string | undefined,
    graph: number,
  ): State {
    const outer = this.program.graphs[graph]!.parent;
    // A branch starts its child with what the graph around it has.
    const read = (name: string): Expression =>
      instruction.overrides[name] ?? (outer === undefined ? value(name) : variable(name, outer));
    const input: Record<string, unknown> = { entry: show(instruction.entry), run: '{% $run %}' };
    for (const name of CARRIED) input[name] = show(read(name));
    input.live = show(instruction.live);
    const state: State = {
      Type: 'Task',
      Resource: 'arn:${Partition}:states:::states:startExecution.sync:2',
      Arguments: { StateMachineArn: '${Self}', Input: input },
    };
    this.exit(outer === undefined ? after : new Map(), next, graph, state);
    return state;
  }

  private terminal(states: Record<string, State>, name: string, block: Block, graph: number): void {
    const { terminal } = block;
    const comment = this.comment(this.options.fileAt?.(block.offset), this.options.line(block.offset));
    switch (terminal.kind) {
      case 'choice': {
        const { rules: decided, otherwise } = new Decisions(
          (to, before) => this.follow(to, before),
          this.options.compact ? FEWEST_RULES : MOST_RULES,
        ).of(block);
        const enter = ({ settings, block: to }: Followed): Edge => this.enter(to, settings, states);
        const rules = decided.map(
          ({ test, to }): State => this.lead(enter(to), graph, { Condition: `{% ${printExpression(test, graph)} %}` }),
        );
        const rest = enter(otherwise);
        const assigned = this.assign(rest.settings, graph);
        // What would lead where all else leads needs no rule.
        const same = (rule: State): boolean =>
          rule.Next === rest.next && JSON.stringify(rule.Assign) === JSON.stringify(assigned);
        while (rules.length > 0 && same(rules.at(-1)!)) rules.pop();
        if (rules.length === 0) {
          this.add(
            states,
            name,
            { Type: 'Pass', Comment: comment, ...(assigned ? { Assign: assigned } : {}), Next: rest.next },
            block.offset,
          );
          return;
        }
        this.add(
          states,
          name,
          {
            Type: 'Choice',
            Comment: comment,
            Choices: rules,
            ...(assigned ? { Assign: assigned } : {}),
            Default: rest.next,
          },
          block.offset,
        );
        return;
      }
      case 'fork': {
        const branches = terminal.graphs.map((id) => this.branch(this.program.graphs[id]!));
        const edge = this.edge(terminal.to, states);
        const assigned = this.assign(edge.settings, graph);
        this.add(
          states,
          name,
          {
            Type: 'Parallel',
            Comment: comment,
            Branches: branches,
            ...(assigned ? { Assign: assigned } : {}),
            Output: {},
            Next: edge.next,
          },
          block.offset,
        );
        return;
      }
      case 'end':
        this.add(
          states,
          name,
          graph === 0
            ? { Type: 'Pass', Comment: comment, Output: { status: '{% $status %}' }, End: true }
            : { Type: 'Pass', End: true },
          block.offset,
        );
        return;
      case 'goto': {
        const edge = this.edge(terminal.to, states);
        this.add(states, name, { Type: 'Pass', Comment: comment, ...this.lead(edge, graph) }, block.offset);
        return;
      }
      case 'fail':
        this.add(states, name, { Type: 'Fail', Error: terminal.error, Cause: terminal.cause }, block.offset);
        return;
      case 'open':
        throw new Error(`block ${block.id} (${block.name}) has no terminal`);
    }
  }

  /** Generates what is still to come of a graph. */
  private drain(states: Record<string, State>, graph: number): void {
    const { pending } = this;
    for (let next = 0; next < pending.length; next += 1) pending[next]!();
    pending.length = 0;
    for (const shared of this.failures) this.failure(shared, states, graph);
  }

  /** A branch of a Parallel state. */
  private branch(graph: Graph): State {
    const states: Record<string, State> = {};
    const { pending, failures } = this;
    this.pending = [];
    this.failures = [];
    const start = this.begin(graph, states, new Map());
    this.drain(states, graph.id);
    this.pending = pending;
    this.failures = failures;
    return { StartAt: start, States: states };
  }

  /** The graph's first state; where its entry only assigns, a Pass that does. */
  private begin(graph: Graph, states: Record<string, State>, initial: Settings): string {
    const edge = this.edge(graph.entry, states, initial);
    if (edge.settings.size === 0) return edge.next;
    const name = this.name(graph.id === 0 ? 'start' : `stage ${graph.id}`);
    this.add(
      states,
      name,
      { Type: 'Pass', Assign: this.assign(edge.settings, graph.id), Next: edge.next },
      this.blocks[graph.entry]!.offset,
    );
    return name;
  }

  generateMachine(): State {
    const main = this.program.graphs[0]!;
    const states: Record<string, State> = {};
    const input = (name: string): Expression => result(`$states.input.${name}`);
    const initial: Settings = new Map<string, Expression>([
      ['run', input('run')],
      ['state', input('state')],
      ['status', literal(0)],
      ['ops', array([])],
      ['ignore', literal(false)],
      ['scope', literal('')],
      ['stack', object({})],
      ['options', literal(this.options.flags ?? '')],
      ['events', literal(0)],
    ]);
    const first = this.blocks[main.entry]!;
    if (this.program.entries.length === 0 && first.instructions.some(isWork) && !this.isTarget(first)) {
      // The machine begins with its first step: what would be assigned before rides on it.
      const name = stateOf(first.instructions.find(isWork)!);
      this.generate(first, name, states, initial);
      this.drain(states, 0);
      return this.machine(name, states);
    }
    const name = this.name('start');
    const edge = this.edge(main.entry, states, initial);
    const assigned = this.assign(edge.settings, 0);
    const { entries } = this.program;
    const start: Record<string, State> = {};
    if (entries.length === 0) {
      this.add(start, name, { Type: 'Pass', Comment: this.options.file, Assign: assigned, Next: edge.next }, 0);
    } else {
      const resumed: Settings = new Map([
        ['run', input('run')],
        ...CARRIED.map((v) => [v, input(v)] as const),
        ['events', literal(0)],
      ]);
      // What all entries assign is assigned once, if there are several.
      const resume = entries.length > 1 ? this.name('resume') : undefined;
      const before = resume === undefined ? resumed : undefined;
      const choices = entries.map(({ label, block, live }) => {
        const settings: Settings = new Map(before);
        for (const v of live) settings.set(v, input(`live.${v}`));
        return {
          Condition: `{% $states.input.entry = ${JSON.stringify(label)} %}`,
          ...this.lead(this.edge(block, states, settings), 0),
        } as State;
      });
      const first =
        resume === undefined
          ? choices
          : [{ Condition: '{% $exists($states.input.entry) %}', Assign: this.assign(resumed, 0), Next: resume }];
      this.add(
        start,
        name,
        { Type: 'Choice', Comment: this.options.file, Choices: first, Assign: assigned, Default: edge.next },
        0,
      );
      if (resume !== undefined) {
        // No entry but these is ever asked for.
        const last = choices.pop()!;
        const rest = last.Assign ? { Assign: last.Assign } : {};
        this.add(
          start,
          resume,
          { Type: 'Choice', Comment: this.options.file, Choices: choices, ...rest, Default: last.Next },
          0,
        );
      }
    }
    this.drain(states, 0);
    return this.machine(name, { ...start, ...states });
  }

  private machine(first: string, states: Record<string, State>): State {
    return {
      Comment: `${this.options.file}, compiled by sh2sfn`,
      QueryLanguage: 'JSONata',
      StartAt: first,
      States: states,
    };
  }

  /** Whether control comes back to a block. */
  private isTarget({ id }: Block): boolean {
    return this.blocks.some((block) => {
      let found = false;
      forEachTarget(block, (to) => {
        found ||= to === id;
      });
      return found;
    });
  }
}

/** Variables of the machine itself that a child execution takes over. */
const CARRIED = ['state', 'status', 'ops', 'ignore', 'scope', 'stack', 'options'];

function variablesOf(expression: Expression): Set<string> {
  const found = new Set<string>();
  substitute(expression, (name, graph) => {
    if (graph === undefined) found.add(name);
    return undefined;
  });
  return found;
}

/** Generates the definition of a verified program. */
export function generateDefinition(program: Program, options: CodegenOptions): Generated {
  const codegen = new Codegen(program, options);
  const definition = codegen.generateMachine();
  return { definition, sourceMap: () => codegen.sourceMap(), states: codegen.places.length };
}
