/** Pipelines: a shell starts them, so that the pipes are real; each stage's steps run in a branch of a Parallel state. */
import type { TextPart } from '../../bundle.ts';
import { type AndOr, type CommandNode, type Pipeline, type SyntaxNode, some } from '../../parse/ast.ts';
import { pipesErrors } from '../../parse/pipe-errors.ts';
import { STAGE_INPUT } from '../../runtime/protocol.ts';
import { array, element, literal, object, variable } from '../expression.ts';
import { knowsOptions } from '../facts.ts';
import type { Block, Expression } from '../program.ts';
import { cut, type Edit } from '../text.ts';
import { noteInput, stageInput } from './async-input.ts';
import { joinScope } from './compound.ts';
import { type Context, type Lowering, unique } from './context.ts';
import { countedLine } from './counted-line.ts';
import { endShell, restoreAt } from './enclosure.ts';
import { callsFunctions } from './function.ts';
import { addGraph } from './graph.ts';
import { isProgram, negatedWhole, runsInPipeline } from './indivisible.ts';
import { emitLeaf } from './leaf.ts';
import { lowerList, lowerNode } from './list.ts';
import { stateName } from './names.ts';
import { endsTrapless, endsTrapped, mayBeTrapped } from './shell-traps.ts';
import { DIVIDED_LOOPS, mustSplit } from './split.ts';
import { comeFirst, performFirst } from './stage-redirections.ts';
import { emitStep } from './step.ts';
import { hoist } from './substitution.ts';

/** What a shell of its own runs: a stage of a pipeline, or a background job. */
type Stage = CommandNode | Pipeline | AndOr;

/** Of a background job, the `$?` that it begins with, where that is not the one before. */
export interface Job {
  status?: number;
}

/** Branches of branches: deeper pipelines run within their stage's step. */
const DEPTH = 3;

export function lowerPipeline(lowering: Lowering, context: Context, node: Pipeline): void {
  const { builder } = lowering;
  const edits: Edit[] = node.commands.map((command, index) => ({
    start: command.pos,
    end: pipesErrors(node, index) ? lowering.text.indexOf('|&', command.end) + 2 : command.end,
    parts: [['stage', index], ...(pipesErrors(node, index) ? [' |'] : [])] as TextPart[],
  }));
  const first = { ...node, pos: node.commands[0]!.pos } as Pipeline;
  const opened = `scopes${unique(lowering)}`;
  const end = builder.block('end', node.pos);
  // Behind `!` the status is not judged, whatever is with those of its stages.
  const judging = node.prefixes.some(({ type }) => type === 'Negation') ? { ...context, ignore: true } : context;
  emitStep(lowering, judging, {
    kind: 'pipeline',
    nodes: [first],
    text: cut(lowering.text, [first], { edits, mark: true }),
    label: 'pipe',
    streams: true,
    fork: true,
    only: { control: 'enter', otherwise: end },
    keeps: { scopes: opened },
    without: [first],
    trapLine: trapLine(lowering, context, node),
  });
  forkStages(lowering, judging, node, { opened, construct: 'pipeline', end }, () =>
    node.commands.map((command, index) => lowerStage(lowering, context, command, opened, index)),
  );
}

/** In a function, an ERR trap names the line of the last stage that is a simple command, or else that of the function. */
function trapLine(lowering: Lowering, context: Context, { commands }: Pipeline): number | undefined {
  if (!context.function || !lowering.facts.errTrap) return undefined;
  const simple = commands.findLast(({ type }) => type === 'Command');
  return simple ? countedLine(lowering, simple) : context.function.definition.line;
}

/** Behind the step that a shell's pipes or jobs were opened in: the graphs that `stages` lowers at once, their join, and `end`. */
export function forkStages(
  lowering: Lowering,
  context: Context,
  at: SyntaxNode,
  { opened, construct, end }: { opened: string; construct: 'pipeline' | 'jobs'; end: Block },
  stages: () => number[],
): void {
  const { builder } = lowering;
  const fork = builder.block(construct, at.pos);
  builder.goto(fork);
  builder.at(fork);
  const join = builder.block('join', at.pos);
  const graphs = stages();
  builder.at(fork);
  builder.end({ kind: 'fork', graphs, to: join.id });
  builder.at(join);
  joinScope(lowering, context, at, opened, false);
  builder.goto(end);
  builder.at(end);
}

/** One stage, or job, in a graph of its own: a subshell whose descriptors are the stage's. */
export function lowerStage(
  lowering: Lowering,
  context: Context,
  command: Stage,
  opened: string,
  index: number,
  job?: Job,
): number {
  const { builder } = lowering;
  const parent = context.graph;
  const graph = addGraph(lowering, parent, 'stage', command.pos);
  const outer = lowering.graphs[parent]!;
  const own = lowering.graphs[graph]!;
  own.depth = outer.depth + 1;
  for (const instance of outer.inside) own.inside.add(instance);
  if (context.function) own.inside.add(context.function.definition.name);
  const scope = element(variable(opened, parent), index);
  const negated = negatedWhole(lowering, command);
  const executes = !negated && needsExecution(lowering, command);
  if (executes && parent === 0) {
    lowerAsChild(lowering, context, command, index, scope, job);
    builder.end({ kind: 'end' });
    return graph;
  }
  builder.set('state', variable('state', parent));
  builder.set('status', job?.status === undefined ? variable('status', parent) : literal(job.status));
  const leaf =
    command.type === 'Command' ||
    negated !== undefined ||
    !mustSplit(lowering, command) ||
    own.depth > DEPTH ||
    executes;
  builder.set('ops', stageOperations(lowering, command, index, leaf, job));
  builder.set('ignore', context.ignore ? literal(true) : variable('ignore', parent));
  builder.set('scope', scope);
  builder.set('home', scope);
  builder.set('stack', object({}));
  if (knowsOptions(lowering.facts)) builder.set('options', variable('options', parent));
  const inner: Context = {
    graph,
    function: context.function,
    ignore: context.ignore,
    loops: [],
    regions: [],
    live: [],
    line: context.line,
    lineShift: context.lineShift,
    nextLine: own.end,
    enclosure: { end: own.end },
  };
  const shallow = own.depth <= DEPTH && !executes;
  if (leaf) {
    const hoisted = command.type === 'Command' && shallow ? hoist(lowering, inner, command) : undefined;
    const whole = negated ? 'negation' : shallow ? 'auto' : 'depth';
    const reason = command.type === 'Command' ? undefined : whole;
    const finish = finishBlock(lowering, command);
    const shell = finish ? { ...inner, enclosure: { end: own.end, finish } } : inner;
    const edits = [...(hoisted?.edits ?? [])];
    if (!job && runsInPipeline(lowering, command)) {
      edits.push({
        start: command.pos,
        end: command.pos,
        parts: [`{ { builtin :; } 2>/dev/null | <&${STAGE_INPUT} ${STAGE_INPUT}<&- `],
      });
      edits.push({ start: command.end, end: command.end, parts: [`; } ${STAGE_INPUT}<&0`] });
    }
    if (finish && comeFirst(lowering, command)) {
      performFirst(lowering, inner, command, own.end);
      for (const { pos, end } of command.redirects) edits.push({ start: pos, end, parts: [] });
    }
    emitLeaf(lowering, shell, [command], {
      leave: !finish,
      reason,
      edits,
      without: hoisted?.nodes,
      untraced: hoisted?.untraced,
    });
    if (finish) {
      endShell(lowering, inner, command, finish);
      builder.goto(own.end);
    } else builder.end({ kind: 'end' });
    return graph;
  }
  lowerStageBody(lowering, inner, command, own.end, finishBlock(lowering, command));
  return graph;
}

/** Where a stage that may have an EXIT trap ends, before that has run. */
const finishBlock = (lowering: Lowering, command: Stage, graph?: number): Block | undefined =>
  endsTrapped(lowering, command) ? lowering.builder.block('end', command.pos, graph) : undefined;

/** A subshell that is a stage is the stage's own shell. */
function lowerStageBody(lowering: Lowering, context: Context, command: Stage, end: Block, finish?: Block): void {
  const { builder } = lowering;
  const inner: Context = { ...context, enclosure: { end, finish } };
  let shell = command;
  if (finish && command.type === 'Redirected' && comeFirst(lowering, command)) {
    performFirst(lowering, inner, command, end);
    shell = command.command;
  }
  if (shell.type === 'Subshell') lowerList(lowering, inner, shell.body);
  else lowerNode(lowering, inner, shell);
  if (finish) endShell(lowering, { ...context, enclosure: { end } }, command, finish);
  builder.goto(end);
}

function stageOperations(lowering: Lowering, command: Stage, index: number, leaf: boolean, job?: Job): Expression {
  // Where its redirections come first, the shell that is a subshell is the stage's own.
  const first = !leaf && command.type === 'Redirected' && endsTrapped(lowering, command);
  const begin = stageOperation(lowering, first ? command.command : command, leaf);
  const given = job || command.type === 'AndOr' || command.type === 'Pipeline' ? false : stageInput(command, index);
  const trapless = !job && endsTrapless(command) && mayBeTrapped(lowering, command);
  return array([begin, ...noteInput(lowering, given), ...(trapless ? [['no-exit-trap']] : [])].map(literal));
}

/** Words of a simple command are expanded before BASH_SUBSHELL counts the stage; parentheses count it themselves. */
function stageOperation(lowering: Lowering, command: Stage, leaf: boolean): string[] {
  if (command.type === 'Redirected' && command.command.type === 'Subshell') return ['stage'];
  if (!leaf && command.type !== 'Command') return command.type === 'Subshell' ? ['subshell'] : ['subshell', 'stage'];
  if (command.type === 'Subshell') return ['stage'];
  return isProgram(lowering, command) ? ['stage'] : ['subshell', 'stage'];
}

/** A stage that loops or calls functions runs in an execution of its own: its history is its own, and calls need no copies. */
function needsExecution(lowering: Lowering, command: Stage): boolean {
  if (!mustSplit(lowering, command)) return false;
  return callsFunctions(lowering, command) || some(command, ({ type }) => DIVIDED_LOOPS.has(type));
}

/** Lowers the stage as an entry of the script's graph, and the branch as an execution that starts there. */
function lowerAsChild(
  lowering: Lowering,
  context: Context,
  command: Stage,
  index: number,
  scope: Expression,
  job?: Job,
): void {
  const { builder } = lowering;
  const number = unique(lowering);
  const [label, back, kept] = [`E${number}`, `S${number}`, `scope${number}`];
  const start = builder.block('stage', command.pos, 0);
  const end = builder.block('end', command.pos, 0);
  lowering.entries.push({ label, block: start.id, live: [] });
  const finish = finishBlock(lowering, command, 0);
  // By exit, or with a line that is abandoned: a function may have gone on in an execution that knows nothing of the stage.
  const landing = builder.block('end', command.pos, 0);
  const abandoned = finish ? builder.block('end', command.pos, 0) : landing;
  lowering.graphs[0]!.enclosures.push({ label: back, block: landing, abandoned });
  builder.emit({
    kind: 'child',
    entry: literal(label),
    live: object({}),
    state: stateName(lowering, `stage (line ${lowering.source.position(command.pos).line})`),
    offset: command.pos,
    overrides: {
      scope,
      ...(job?.status === undefined ? {} : { status: literal(job.status) }),
      ops: stageOperations(lowering, command, index, false, job),
      stack: object({
        kind: literal('subshell'),
        to: literal(back),
        below: object({}),
        saved: object({ [kept]: scope }),
      }),
      ...(context.ignore ? { ignore: literal(true) } : {}),
    },
  });
  lowering.worklist.push(() => {
    builder.at(start);
    builder.set(kept, variable('scope'));
    lowerStageBody(
      lowering,
      { ...context, graph: 0, loops: [], regions: [], live: [kept], nextLine: end },
      command,
      end,
      finish,
    );
    restoreAt(lowering, [[landing, end], ...(finish ? [[abandoned, finish] as const] : [])], [kept]);
    builder.at(end);
    builder.set('scope', variable(kept));
    const after: Context = {
      ...context,
      graph: 0,
      loops: [],
      regions: [],
      live: [],
      nextLine: end,
      enclosure: { end: lowering.graphs[0]!.end },
    };
    emitStep(lowering, after, {
      kind: 'leave',
      nodes: [command],
      text: [],
      label: 'leave',
      streams: true,
      without: [command],
    });
    builder.goto(lowering.graphs[0]!.end);
  });
}
