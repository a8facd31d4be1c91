/** How a call reaches the body of a function, and comes back from there. */
import { type Command, type FunctionNode, type SyntaxNode, some } from '../../parse/ast.ts';
import { append, equals, field, literal, object, variable } from '../expression.ts';
import { commandName, DYNAMIC } from '../facts.ts';
import type { Block, Expression } from '../program.ts';
import { type Context, type FunctionInstance, type Lowering, unique } from './context.ts';
import { continueInside, countPass } from './continuation.ts';
import { judgeStatus } from './errexit.ts';
import { lowerNode } from './list.ts';
import { groupOf } from './node-tests.ts';
import { fallOff } from './return-trap.ts';
import { setsReturnTrap } from './shell-traps.ts';

/** From `call`: pushes a return address, goes to the body that was called, and comes back to `after`. */
export function transfer(
  lowering: Lowering,
  context: Context,
  command: Command,
  name: string,
  targets: readonly FunctionNode[],
  call: Block,
  after: Block,
  { undoes = false, dynamic = false }: { undoes?: boolean; dynamic?: boolean } = {},
): void {
  const { builder } = lowering;
  const graph = lowering.graphs[context.graph]!;
  // The label, what the caller ignored, and what a recursive call would overwrite.
  builder.at(call);
  const label = `R${unique(lowering)}`;
  const back = builder.block(`back from ${name}`, command.pos);
  const entry: Record<string, Expression> = {
    kind: literal('call'),
    to: literal(label),
    ignore: variable('ignore'),
    below: variable('stack'),
  };
  if (context.live.length > 0) entry.saved = object(Object.fromEntries(context.live.map((v) => [v, variable(v)])));
  const ownLine = context.graph === 0 && !context.function && !context.enclosure;
  if (ownLine) {
    const line = `N${unique(lowering)}`;
    graph.lines.push({ label: line, block: context.nextLine });
    entry.line = literal(line);
  }
  // Not that of the redirections round the call, which end with its line.
  if (ownLine || context.enclosure?.finish) entry.scope = variable(context.regions[0] ?? 'scope');
  builder.set('stack', object(entry));
  if (context.ignore) builder.set('ignore', literal(true));
  const site = { label, block: back };
  if (dynamic) enterAny(lowering, context, targets, site);
  else enterFunction(lowering, undoes ? { ...context, undoes } : context, targets, 'call', site);

  builder.at(back);
  for (const name of context.live) builder.set(name, field(field(variable('stack'), 'saved'), name));
  builder.set('ignore', field(variable('stack'), 'ignore'));
  builder.set('stack', field(variable('stack'), 'below'));
  // The status is judged once the call's redirections are undone.
  if (!undoes) judgeStatus(lowering, context, command);
  builder.goto(after);
  builder.at(after);
}

/** As {@link enterFunction}, where any function may be meant: all such calls share one choice, and one of where to come back. */
function enterAny(
  lowering: Lowering,
  context: Context,
  targets: readonly FunctionNode[],
  back: FunctionInstance['returns'][number],
): void {
  const { builder } = lowering;
  const graph = lowering.graphs[context.graph]!;
  if (context.undoes) return enterFunction(lowering, context, targets, 'call', back);
  if (!graph.dispatch) {
    const entry = builder.block('call', back.block.offset);
    const instances = targets.map((node) => instantiate(lowering, context, node));
    const exit = builder.block('return', back.block.offset);
    graph.dispatch = { entry, exit, returns: [], instances: new Set(instances) };
    const here = builder.current;
    builder.at(entry);
    chooseInstance(lowering, instances, 'call');
    builder.at(here);
  }
  graph.dispatch.returns.push(back);
  builder.goto(graph.dispatch.entry);
}

/** Goes to the body of whichever definition the variable `target` names, the first where no other is; it comes back by `back`. */
export function enterFunction(
  lowering: Lowering,
  context: Context,
  targets: readonly FunctionNode[],
  construct: string,
  back: FunctionInstance['returns'][number],
): void {
  const instances = targets.map((node) => instantiate(lowering, context, node));
  for (const instance of instances) instance.returns.push(back);
  chooseInstance(lowering, instances, construct);
}

function chooseInstance(lowering: Lowering, instances: readonly FunctionInstance[], construct: string): void {
  lowering.builder.end({
    kind: 'choice',
    construct,
    rules: instances
      .slice(1)
      .map(({ definition, entry }) => ({ test: equals(variable('target'), definition.id), to: entry.id })),
    otherwise: instances[0]!.entry.id,
  });
}

/** Commands that a call may come to, all calls within it included, for which a machine need not ask whether its history has room. */
const SHORT_CALL = 20;

/** True if a call comes to its end within so many commands, loops aside, which ask for themselves. */
function isShort(lowering: Lowering, target: FunctionNode): boolean {
  let commands = 0;
  const count = (node: SyntaxNode, calling: readonly string[]): boolean =>
    !some(node, (n) => {
      if (n.type !== 'Command') return false;
      commands += 1;
      const name = commandName(n);
      if (commands > SHORT_CALL || name === null || (name !== undefined && DYNAMIC.has(name))) return true;
      if (name === undefined) return false;
      const called = lowering.facts.functions.get(name) ?? [];
      return called.length > 0 && (calling.includes(name) || !called.every((f) => count(f.body, [...calling, name])));
    });
  return count(target.body, [target.name.text]);
}

/** The function's body in this graph; lowered when the graph's other work is done. */
function instantiate(lowering: Lowering, context: Context, node: FunctionNode): FunctionInstance {
  const graph = lowering.graphs[context.graph]!;
  const definition = lowering.definitions.get(node)!;
  const key = context.undoes ? `${definition.id}!` : definition.id;
  const existing = graph.instances.get(key);
  if (existing) return existing;
  const { builder } = lowering;
  const instance: FunctionInstance = {
    definition,
    entry: builder.block(definition.name, node.pos, context.graph),
    exit: builder.block(`${definition.name} returns`, node.pos, context.graph),
    graph: context.graph,
    returns: [],
  };
  graph.instances.set(key, instance);
  lowering.worklist.push(() => {
    builder.at(instance.entry);
    const inner: Context = {
      graph: context.graph,
      function: instance,
      undoes: context.undoes,
      ignore: false,
      loops: [],
      regions: [],
      live: [],
      nextLine: context.nextLine,
    };
    if (node.body.type === 'CompoundList') throw new Error('function without a body');
    const { body } = node;
    if (!isShort(lowering, node)) continueInside(lowering, inner, node);
    countPass(lowering, inner, () => lowerNode(lowering, inner, body));
    if (setsReturnTrap(lowering, body)) fallOff(lowering, inner, groupOf(body), instance.exit);
    else builder.goto(instance.exit);
  });
  return instance;
}

/** Fills in the dispatch at the ends of functions, once every caller is known. */
export function finishFunctions(lowering: Lowering): void {
  const { builder } = lowering;
  for (const graph of lowering.graphs) {
    for (const instance of graph.instances.values()) {
      builder.at(instance.exit);
      builder.set('ops', append(variable('ops'), [literal(['return'])]));
      const { dispatch } = graph;
      endReturn(lowering, instance.returns, dispatch?.instances.has(instance) ? dispatch.exit : undefined);
    }
    if (!graph.dispatch) continue;
    builder.at(graph.dispatch.exit);
    endReturn(lowering, graph.dispatch.returns);
  }
}

/** Comes back to whichever call the label on top of the stack names; to `otherwise`, or the first, where no other is. */
function endReturn(lowering: Lowering, returns: FunctionInstance['returns'], otherwise?: Block): void {
  const sites = otherwise ? returns : returns.slice(1);
  lowering.builder.end({
    kind: 'choice',
    construct: 'return',
    rules: sites.map((site) => ({ test: equals(field(variable('stack'), 'to'), site.label), to: site.block.id })),
    otherwise: (otherwise ?? returns[0]!.block).id,
  });
}
