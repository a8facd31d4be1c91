/** Pipelines: a shell starts them, so that the pipes are real; each stage's steps run in a branch of a Parallel state. */
import type { TextPart } from '../../bundle.ts';
import type { CommandNode, Pipeline } from '../../parse/ast.ts';
import { array, element, equals, literal, object, variable } from '../expression.ts';
import { commandName } from '../facts.ts';
import { cut, type Edit } from '../text.ts';
import { lowerCommand } from './command.ts';
import { joinScope } from './compound.ts';
import { type Context, type Lowering, unique } from './context.ts';
import { addGraph } from './graph.ts';
import { lowerNode } from './list.ts';
import { mustSplit } from './split.ts';
import { emitStep, exitTarget } from './step.ts';
import { hoist } from './substitution.ts';

/** Branches of branches: deeper pipelines run within their stage's step. */
const DEPTH = 3;

export function lowerPipeline(lowering: Lowering, context: Context, node: Pipeline): void {
  const { builder } = lowering;
  const edits: Edit[] = node.commands.map((command, index) => ({ start: command.pos, end: command.end, parts: [['stage', index]] as TextPart[] }));
  const first = { ...node, pos: node.commands[0]!.pos } as Pipeline;
  const opened = `scopes${unique(lowering)}`;
  const open = emitStep(lowering, context, {
    kind: 'pipeline',
    nodes: [first],
    text: cut(lowering.text, [first], { edits, mark: true }),
    label: 'pipe',
    streams: true,
    expects: ['enter', ...(lowering.facts.errexit && !context.ignore ? ['exit'] : [])],
    keeps: { scopes: opened },
    without: [first],
  });
  const fork = builder.block('pipeline', node.pos);
  const end = builder.block('end', node.pos);
  builder.end({
    kind: 'choice',
    construct: 'pipeline',
    rules: [
      { test: equals(variable('control'), 'enter'), to: fork.id },
      ...(open.expects.includes('exit') ? [{ test: equals(variable('control'), 'exit'), to: exitTarget(lowering, context).id }] : []),
    ],
    otherwise: end.id,
  });
  builder.at(fork);
  const join = builder.block('join', node.pos);
  const graphs = node.commands.map((command, index) => lowerStage(lowering, context, command, opened, index));
  builder.at(fork);
  builder.end({ kind: 'fork', graphs, to: join.id });
  builder.at(join);
  joinScope(lowering, context, node, opened, false);
  builder.goto(end);
  builder.at(end);
}

/** One stage, in a graph of its own: a subshell whose descriptors are the stage's. */
function lowerStage(lowering: Lowering, context: Context, command: CommandNode, opened: string, index: number): number {
  const { builder } = lowering;
  const parent = context.graph;
  const graph = addGraph(lowering, parent, 'stage', command.pos);
  const outer = lowering.graphs[parent]!;
  const own = lowering.graphs[graph]!;
  own.depth = outer.depth + 1;
  for (const instance of outer.inside) own.inside.add(instance);
  if (context.function) own.inside.add(context.function.definition.name);
  builder.set('state', variable('state', parent));
  builder.set('status', variable('status', parent));
  builder.set('ops', array([literal(['subshell'])]));
  builder.set('ignore', context.ignore ? literal(true) : variable('ignore', parent));
  builder.set('scope', element(variable(opened, parent), index));
  builder.set('stack', object({}));
  if (lowering.facts.errexit) builder.set('options', variable('options', parent));
  const inner: Context = { graph, function: context.function, ignore: context.ignore, loops: [], regions: [], live: [], nextLine: own.end, enclosure: { end: own.end } };
  const shallow = own.depth <= DEPTH;
  const leaf = command.type === 'Command' && !(lowering.splitFunctions.has(commandName(command) ?? '') && shallow);
  if (leaf || !mustSplit(lowering, command) || !shallow) {
    const hoisted = command.type === 'Command' && shallow ? hoist(lowering, inner, command) : undefined;
    if (hoisted) {
      lowerCommandWithLeave(lowering, inner, command, hoisted);
    } else if (command.type === 'Command') lowerCommand(lowering, inner, command, { leave: true });
    else emitWhole(lowering, inner, command, shallow ? 'auto' : 'depth');
    builder.end({ kind: 'end' });
    return graph;
  }
  lowerNode(lowering, inner, command);
  builder.goto(own.end);
  return graph;
}

import { emitLeaf } from './step.ts';
import type { SyntaxNode } from '../../parse/ast.ts';

function lowerCommandWithLeave(lowering: Lowering, context: Context, command: CommandNode, hoisted: { edits: Edit[]; nodes: SyntaxNode[] }): void {
  emitLeaf(lowering, context, [command], { edits: hoisted.edits, without: hoisted.nodes, leave: true });
}

function emitWhole(lowering: Lowering, context: Context, command: CommandNode, reason: string): void {
  emitLeaf(lowering, context, [command], { reason, leave: true });
}
