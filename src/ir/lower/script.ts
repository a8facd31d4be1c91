/** Lowers a whole script: its lines one after the other, then the functions that were called, then the shared exits. */
import type { FunctionDefinition, Statistics, Step } from '../../bundle.ts';
import { type Command, type Script, some, type Statement, walk } from '../../parse/ast.ts';
import type { SourceFile } from '../../source/source-file.ts';
import { Builder } from '../builder.ts';
import { collectFacts } from '../facts.ts';
import type { Block, Program } from '../program.ts';
import { cut, ownsItsSource } from '../text.ts';
import type { Context, Lowering, LowerOptions } from './context.ts';
import { finishFunctions } from './function.ts';
import { addGraph, finishGraph } from './graph.ts';
import { lowerStatements } from './list.ts';
import { findSplitFunctions, isSimpleCommand } from './split.ts';
import { emitStep } from './step.ts';

export interface Lowered {
  program: Program;
  steps: Step[];
  functions: FunctionDefinition[];
  statistics: Omit<Statistics, 'states'>;
}

/** Statements that stand on one line: bash reads and, after an error, abandons them together. */
function lines(text: string, statements: readonly Statement[]): Statement[][] {
  const groups: Statement[][] = [];
  let last: Statement | undefined;
  for (const statement of statements) {
    if (last && !text.slice(last.end, statement.pos).includes('\n')) groups[groups.length - 1]!.push(statement);
    else groups.push([statement]);
    last = statement;
  }
  return groups;
}

/** True if a line needs a block of its own: something may come back to it. */
function mainLines(lowering: Lowering, context: Context): void {
  const { builder, script, text } = lowering;
  const jobs = script.commands.findIndex((s) => s.background);
  if (jobs >= 0 || lowering.facts.whole || lowering.options.granularity === 'script') {
    lowerStatements(lowering, context, script.commands);
    return;
  }
  let run: Statement[] = [];
  const flush = (next: Block): void => {
    lowerStatements(lowering, { ...context, nextLine: next }, run);
    run = [];
  };
  const groups = lines(text, script.commands);
  groups.forEach((group, index) => {
    run.push(...group);
    // Lines that share a step are one run: bash itself goes on with the next of them.
    const following = groups[index + 1];
    if (following && lowering.options.granularity === 'auto' && sharable(lowering, group) && sharable(lowering, following)) return;
    const next = following ? builder.block('line', following[0]!.pos) : lowering.graphs[0]!.end;
    flush(next);
    builder.goto(next);
    builder.at(next);
  });
}

import { mustSplit } from './split.ts';
import { startsJobs } from '../facts.ts';
function sharable(lowering: Lowering, group: readonly Statement[]): boolean {
  return group.every((s) => !mustSplit(lowering, s) && !(s.command.type === 'Function' && lowering.splitFunctions.has(s.command.name.text)));
}

export function lowerScript(source: SourceFile, script: Script, options: LowerOptions & { set?: readonly string[] }): Lowered {
  const text = source.text;
  const facts = collectFacts(script, text, { set: options.set });
  const lowering: Lowering = {
    source,
    text,
    script,
    facts,
    options,
    builder: new Builder(),
    graphs: [],
    steps: [],
    definitions: new Map(),
    splitFunctions: new Set(),
    jobFunctions: new Set(),
    own: new Set(),
    reasons: new Map(),
    names: new Map(),
    keys: new Set(),
    counter: 0,
    worklist: [],
  };
  const functions: FunctionDefinition[] = [];
  walk(script, (node) => {
    if (ownsItsSource(node)) return false;
    if (node.type === 'Function' && node.body.type !== 'CompoundList') {
      const definition = { id: `f${functions.length + 1}`, name: node.name.text, text: cut(text, [node]), line: source.position(node.pos).line };
      functions.push(definition);
      lowering.definitions.set(node, definition);
    }
    return undefined;
  });
  findSplitFunctions(lowering);
  const graph = addGraph(lowering, undefined, 'start', 0);
  const { builder } = lowering;
  const context: Context = { graph, ignore: false, loops: [], regions: [], live: [], nextLine: lowering.graphs[0]!.end };
  // Jobs at the top level tie all that follows together, whatever line it stands on.
  if (script.commands.some((s) => startsJobs(s, lowering.jobFunctions))) lowerStatements(lowering, context, script.commands);
  else mainLines(lowering, context);
  if (facts.exitTrap && !facts.whole) {
    // The script's end: a shell with the script's traps ends, and so runs the EXIT trap.
    emitStep(lowering, context, { kind: 'command', nodes: [script], text: ['exit', ['mark']], at: text.length, label: 'EXIT', expects: [], without: [script] });
  }
  builder.goto(lowering.graphs[0]!.end);
  while (lowering.worklist.length > 0) lowering.worklist.shift()!();
  for (let id = 0; id < lowering.graphs.length; id += 1) finishGraph(lowering, id);
  finishFunctions(lowering);
  builder.at(lowering.graphs[0]!.end);
  builder.end({ kind: 'end' });
  return {
    program: { name: source.path, graphs: builder.graphs, functions, labels: new Map() },
    steps: lowering.steps,
    functions,
    statistics: statistics(lowering),
  };
}

function statistics(lowering: Lowering): Omit<Statistics, 'states'> {
  let [commands, split, plain, plainSplit] = [0, 0, 0, 0];
  const reasons: Record<string, number> = {};
  const visit = (node: Parameters<typeof walk>[0], isPlain: boolean): void => {
    walk(node, (child) => {
      if (child !== node && isPlain && NOT_PLAIN.has(child.type)) {
        visit(child, false);
        return false;
      }
      if (child.type !== 'Command' || !isSimpleCommand(child)) return undefined;
      const own = lowering.own.has(child);
      commands += 1;
      if (own) split += 1;
      else {
        const reason = lowering.reasons.get(child as Command) ?? 'not-called';
        reasons[reason] = (reasons[reason] ?? 0) + 1;
      }
      if (isPlain) {
        plain += 1;
        if (own) plainSplit += 1;
      }
      return undefined;
    });
  };
  visit(lowering.script, true);
  return { commands, split, plain, plainSplit, reasons: Object.fromEntries(Object.entries(reasons).sort(([a], [b]) => (a < b ? -1 : 1))) };
}

const NOT_PLAIN = new Set(['If', 'While', 'For', 'ArithmeticFor', 'Case', 'Select', 'Function', 'CommandExpansion', 'ProcessSubstitution', 'ArithmeticCommandExpansion', 'Coproc']);
void some;
