/**
 * The intermediate representation: a control-flow graph of blocks. A block has steps (fragments that a real bash runs)
 * and settings (assignments that the machine makes itself), in order, and exactly one terminal. Values of settings and
 * conditions are a small typed expression language over the machine's variables, printed as JSONata by codegen.
 */
import type { FunctionDefinition, Step } from '../bundle.ts';

/** Variables of the machine, before a graph gives them its suffix. `loop`, `scope` and `index` variables carry a number. */
export type Variable = string;

/** An expression over the machine's variables. */
export type Expression =
  | { kind: 'literal'; value: unknown }
  | { kind: 'variable'; name: Variable; graph?: number }
  | { kind: 'field'; of: Expression; name: string }
  | { kind: 'element'; of: Expression; index: number }
  | { kind: 'binary'; operator: '=' | '!=' | '<' | '>' | '+' | 'and' | 'or'; left: Expression; right: Expression }
  | { kind: 'conditional'; test: Expression; then: Expression; else: Expression }
  | { kind: 'object'; fields: Record<string, Expression> }
  | { kind: 'array'; items: Expression[] }
  | { kind: 'append'; to: Expression; items: Expression[] }
  | { kind: 'contains'; text: Expression; part: string }
  | { kind: 'exists'; value: Expression }
  /** A field of the result of the step that has just run; only codegen makes it. */
  | { kind: 'result'; name: string };

/** A setting: the machine assigns a variable. */
export interface Setting {
  kind: 'set';
  variable: Variable;
  value: Expression;
}

/** A step: a Task state. */
export interface StepInstruction {
  kind: 'step';
  step: Step;
  /** errexit is ignored here: statically, or as the machine's variable says. */
  ignore: boolean | 'dynamic';
  /** Variable that takes the exit status: `status`, or another where `$?` must not change. */
  into: Variable;
  /** Controls other than `next` for which the block's terminal has an edge. */
  expects: string[];
  /**
   * The one control that the machine goes on by, where it is not `next`: a call, or channels that were opened. That it is
   * `next` after all is a failure of the state, which leads to `otherwise`.
   */
  only?: { control: 'call' | 'enter'; otherwise: BlockId };
  /** What else of the response the machine keeps: response field → variable. */
  keeps: Record<string, Variable>;
  /** The scope to run in, where it is not the current one. */
  scope?: Expression;
  leave?: boolean;
  /** The shell of a command substitution begins with it: what it has printed is in its state, however it ends. */
  opens?: boolean;
  /** Where an exit or an abandoned line goes that nothing before could foresee (a signal, a closed pipe). */
  onExit: BlockId;
  /** Where the shell goes on when bash abandons the command line (an expansion error). */
  onDiscard: BlockId;
}

/**
 * A child execution of the same machine: it starts at the entry that `entry` names with these variables, and runs to its end.
 * Long loops and deep calls go on in one before the history is full; pipeline stages that loop or call run in one.
 */
export interface ChildInstruction {
  kind: 'child';
  /** The entry's label. */
  entry: Expression;
  /** An object: the entry's variables besides the machine's own. */
  live: Expression;
  /** Name of the state. */
  state: string;
  offset: number;
  /** Variables that differ from this execution's. */
  overrides: Record<Variable, Expression>;
}

/** A place where a child execution starts. */
export interface Entry {
  label: string;
  block: BlockId;
  /** Variables besides the machine's own that are in use there. */
  live: Variable[];
}

export type Instruction = Setting | StepInstruction | ChildInstruction;
export type BlockId = number;

/** Edges out of a block. Each keeps the construct that it came from, so that the machine stays recognisable as the script. */
export type Terminal =
  | { kind: 'goto'; to: BlockId }
  /** Ordered tests; the first that holds decides. */
  | { kind: 'choice'; construct: string; rules: { test: Expression; to: BlockId }[]; otherwise: BlockId }
  /** A pipeline: its stages run at once, each in a graph of its own; then `to`. */
  | { kind: 'fork'; graphs: number[]; to: BlockId }
  /** The graph ends. */
  | { kind: 'end' }
  /** The execution fails with an internal fault (a control that no edge expects). */
  | { kind: 'fail'; error: string; cause: string }
  /** Not finished yet; the verifier rejects it. */
  | { kind: 'open' };

export interface Block {
  id: BlockId;
  /** What the block does, in the script's words: names its states. */
  name: string;
  /** Offset in the source that the block's machine-made states point to. */
  offset: number;
  instructions: Instruction[];
  terminal: Terminal;
  /** Control comes here from many places: what it decides stays a state of its own, and is not repeated in theirs. */
  shared?: true;
}

/** One level of the machine: the script itself (0), or a branch of a Parallel state. */
export interface Graph {
  id: number;
  /** The graph that forks this one; absent for the script itself. */
  parent?: number;
  entry: BlockId;
  blocks: Block[];
}

/** A lowered script. */
export interface Program {
  name: string;
  graphs: Graph[];
  functions: FunctionDefinition[];
  entries: Entry[];
}

/** Visits every block of the same graph that control may lead to from a block. */
export function forEachTarget({ instructions, terminal }: Block, visit: (to: BlockId) => void): void {
  for (const instruction of instructions) {
    if (instruction.kind !== 'step') continue;
    // The last step of a stage ends it, however its shell ends.
    if (!instruction.leave) {
      visit(instruction.onExit);
      visit(instruction.onDiscard);
    }
    if (instruction.only) visit(instruction.only.otherwise);
  }
  switch (terminal.kind) {
    case 'goto':
    case 'fork':
      visit(terminal.to);
      break;
    case 'choice':
      for (const { to } of terminal.rules) visit(to);
      visit(terminal.otherwise);
  }
}
