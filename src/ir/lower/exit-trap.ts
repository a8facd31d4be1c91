/** An EXIT trap that calls a function: where the script itself ends, its commands are steps. */

import { type Command, literalValue, some, walk } from '../../parse/ast.ts';
import { equals, field, literal, object, variable } from '../expression.ts';
import { argumentValues, commandName } from '../facts.ts';
import type { Block } from '../program.ts';
import { cut } from '../text.ts';
import { enterFunction } from './call.ts';
import { type Context, type Lowering, unique } from './context.ts';
import { setsHandler } from './shell-traps.ts';
import { mustSplit } from './split.ts';
import { credit, emitStep } from './step.ts';

/** The functions that may be called by an EXIT trap, and where control goes once one is. */
export interface ExitHandler {
  calls: Record<string, string[]>;
  begin: Block;
}

const EXIT = /^((sig)?exit|0)$/i;

/** Finds the functions that the script's EXIT traps call, if they call nothing else. */
export function findExitHandler(lowering: Lowering): void {
  const { facts, script } = lowering;
  if (!facts.exitTrap || facts.whole || facts.errTrap || facts.xtrace || facts.pipestatus || facts.lastArgument) return;
  // Such a trap runs in the handler, too, between the commands of one shell.
  if (facts.ties.some(({ reason }) => reason === 'debug-trap')) return;
  if (facts.asksForJobs) return;
  const names = new Set<string>();
  let known = true;
  walk(script, (node) => {
    if (node.type !== 'Command' || commandName(node) !== 'trap') return;
    const [handler, ...signals] = argumentValues(node).filter((value) => value !== '--');
    if (!signals.some((signal) => signal === null || EXIT.test(signal))) return;
    if (handler === '-' || handler === '') return;
    if (typeof handler === 'string' && lowering.splitFunctions.has(handler)) names.add(handler);
    else known = false;
  });
  if (!known || names.size === 0) return;
  const calls: [string, string[]][] = [];
  const targets = [...names].flatMap((name) => {
    const nodes = facts.functions.get(name)!.filter((node) => lowering.definitions.has(node));
    calls.push([name, nodes.map((node) => lowering.definitions.get(node)!.id)]);
    return nodes;
  });
  if (targets.some((node) => !mustSplit(lowering, node.body) || setsHandler(lowering, node.body))) return;
  const begin = lowering.builder.block('EXIT', script.end, 0);
  lowering.exitHandler = { calls: Object.fromEntries(calls), begin };
  // Lowered once something may lead there.
  lowering.worklist.push(() => {
    const { builder } = lowering;
    const graph = lowering.graphs[0]!;
    const label = `R${unique(lowering)}`;
    const line = `N${unique(lowering)}`;
    const over = builder.block('after EXIT', script.end, 0);
    const abandoned = builder.block('after EXIT', script.end, 0);
    const context: Context = {
      graph: 0,
      ignore: false,
      loops: [],
      regions: [],
      live: [],
      nextLine: abandoned,
    };
    builder.at(begin);
    // What the function returns is nobody's: the script has its status.
    builder.set(
      'stack',
      object({
        kind: literal('call'),
        to: literal(label),
        ignore: variable('ignore'),
        below: object({}),
        saved: variable('status'),
        line: literal(line),
        scope: variable('scope'),
      }),
    );
    builder.set('ignore', literal(false));
    graph.lines.push({ label: line, block: abandoned });
    enterFunction(lowering, context, targets, 'EXIT', { label, block: over });
    builder.at(over);
    builder.set('status', field(variable('stack'), 'saved'));
    builder.goto(graph.end);
    builder.at(abandoned);
    builder.goto(graph.end);
  });
}

/** `exit N` of the script itself: its shell ends, and calls the handler if the trap is set then. */
export function lowerExit(lowering: Lowering, context: Context, command: Command): boolean {
  const { exitHandler, builder } = lowering;
  if (
    !exitHandler ||
    (command.name && literalValue(command.name)) !== 'exit' ||
    lowering.facts.functions.has('exit') ||
    command.prefix.length > 0 ||
    command.redirects.length > 0 ||
    command.args.length > 1 ||
    context.graph > 0 ||
    context.function ||
    context.enclosure ||
    context.reading ||
    context.regions.length > 0 ||
    some(
      command,
      (n) => n.type === 'CommandExpansion' || n.type === 'ArithmeticExpansion' || n.type === 'ProcessSubstitution',
    )
  )
    return false;
  emitStep(lowering, context, {
    kind: 'command',
    nodes: [command],
    text: cut(lowering.text, [command], { mark: true }),
    label: 'exit',
    calls: exitHandler.calls,
    exits: true,
    expects: ['exit', 'call'],
    keeps: { target: 'target' },
  });
  credit(lowering, [command], command, undefined);
  leaveTo(lowering, exitHandler);
  builder.at(builder.block('unreachable', command.pos));
  return true;
}

/** Behind a step in which the script's shell has ended. */
export function leaveTo(lowering: Lowering, { begin }: ExitHandler): void {
  lowering.builder.end({
    kind: 'choice',
    construct: 'EXIT',
    rules: [{ test: equals(variable('control'), 'call'), to: begin.id }],
    otherwise: lowering.graphs[0]!.end.id,
  });
}
