/** Graphs: the script itself and the stages of pipelines, with the exits that all their blocks share. */
import { conditional, equals, exists, field, literal, object, variable } from '../expression.ts';
import type { Context, Lowering } from './context.ts';
import { emitStep } from './step.ts';

/** Starts a graph and makes its entry the current block. Answers its number. */
export function addGraph(lowering: Lowering, parent: number | undefined, name: string, offset: number): number {
  const { builder } = lowering;
  const graph = builder.graph(parent, name, offset);
  const entry = builder.current;
  lowering.graphs[graph.id] = {
    end: builder.block('end', offset),
    unwind: builder.block('exit', offset),
    abandon: builder.block('abandon', offset),
    enclosures: [],
    lines: [],
    instances: new Map(),
    inside: new Set(),
    depth: 0,
  };
  builder.at(entry);
  return graph.id;
}

/** Fills in a graph's shared exits, once everything that uses them has been lowered. */
export function finishGraph(lowering: Lowering, id: number): void {
  const { builder } = lowering;
  const graph = lowering.graphs[id]!;
  const stack = variable('stack');
  const top = (value: string) => equals(field(stack, 'kind'), value);
  for (const [start, lines] of [
    [graph.unwind, false],
    [graph.abandon, true],
  ] as const) {
    builder.at(start);
    start.shared = true;
    const pop = builder.block('unwind', start.offset);
    const subshells = builder.block('exit', start.offset);
    const resume = builder.block('resume', start.offset);
    const rules = [];
    if (graph.enclosures.length > 0) rules.push({ test: top('subshell'), to: subshells.id });
    if (lines && graph.lines.length > 0) rules.push({ test: exists(field(stack, 'line')), to: resume.id });
    if (graph.instances.size > 0) rules.push({ test: top('call'), to: pop.id });
    builder.end(
      rules.length > 0
        ? { kind: 'choice', construct: 'exit', rules, otherwise: graph.end.id }
        : { kind: 'goto', to: graph.end.id },
    );
    builder.at(pop);
    const ends = graph.enclosures.map(({ label, block, abandoned }) => ({ label, block: lines ? abandoned : block }));
    // The outermost call that is left knows the scope around it, where the subshell's EXIT trap runs.
    if (lines && graph.enclosures.some(({ block, abandoned }) => abandoned !== block)) {
      const kept = field(stack, 'scope');
      builder.set('scope', conditional(exists(kept), kept, variable('scope')));
    }
    builder.set('stack', field(stack, 'below'));
    builder.goto(start);
    builder.at(subshells);
    if (ends.length > 0) {
      builder.end({
        kind: 'choice',
        construct: 'exit',
        rules: ends.slice(1).map((e) => ({ test: equals(field(stack, 'to'), e.label), to: e.block.id })),
        otherwise: ends[0]!.block.id,
      });
    } else builder.goto(graph.end);
    builder.at(resume);
    const dispatch = builder.block('resume', start.offset);
    builder.set('ignore', literal(false));
    builder.set('scope', field(stack, 'scope'));
    builder.goto(dispatch);
    builder.at(dispatch);
    if (graph.lines.length > 0) {
      // The stack's last label is read before the stack is emptied: each line's block starts with an empty one.
      const targets = graph.lines.map((line) => {
        const block = builder.block('resume', start.offset);
        const here = builder.current;
        builder.at(block);
        builder.set('stack', object({}));
        builder.goto(line.block);
        builder.at(here);
        return { label: line.label, block };
      });
      builder.end({
        kind: 'choice',
        construct: 'resume',
        rules: targets.slice(1).map((t) => ({ test: equals(field(stack, 'line'), t.label), to: t.block.id })),
        otherwise: targets[0]!.block.id,
      });
    } else builder.goto(graph.end);
  }
  if (id > 0) {
    // A stage of several steps ends its scope itself.
    builder.at(graph.end);
    // Whatever redirected bodies an exit has left open are inside the stage's own scope.
    builder.set('scope', variable('home'));
    const context: Context = {
      graph: id,
      ignore: true,
      loops: [],
      regions: [],
      live: [],
      nextLine: graph.end,
      enclosure: { end: graph.end },
    };
    const anchor = lowering.script;
    emitStep(lowering, context, {
      kind: 'leave',
      nodes: [anchor],
      text: [],
      label: 'leave',
      streams: true,
      without: [anchor],
    });
    builder.end({ kind: 'end' });
  }
}
