/** Where control goes when it leaves a step other than by its end. */
import { and, binary, equals, literal, variable } from '../expression.ts';
import type { Block, Expression, StepInstruction } from '../program.ts';
import type { Context, Lowering } from './context.ts';

/** An edge of a choice. */
export interface Rule {
  test: Expression;
  to: number;
}

/** Where control goes when the shell that runs here ends. */
export function exitTarget(lowering: Lowering, context: Context): Block {
  if (context.enclosure) return context.enclosure.end;
  const graph = lowering.graphs[context.graph]!;
  return context.function ? graph.unwind : graph.end;
}

/** Where control goes when bash abandons the command line. */
export function discardTarget(lowering: Lowering, context: Context): Block {
  const { enclosure } = context;
  if (enclosure) return enclosure.finish ? leaveRegions(lowering, context, 0, enclosure.finish) : enclosure.end;
  const graph = lowering.graphs[context.graph]!;
  if (context.function) return graph.abandon;
  if (context.graph > 0) return graph.end;
  const next = leaveRegions(lowering, context, 0, context.nextLine);
  return context.dynamicIgnore ? detour(lowering, 'line', 'ignore', literal(false), next) : next;
}

/** A block that closes the redirected bodies opened since `regions` were open, and goes on. */
export function leaveRegions(lowering: Lowering, context: Context, regions: number, to: Block): Block {
  const saved = context.regions[regions];
  return saved === undefined ? to : detour(lowering, 'close', 'scope', variable(saved), to);
}

/** A block that sets a variable on the way. */
function detour(lowering: Lowering, label: string, name: string, value: Expression, to: Block): Block {
  const { builder } = lowering;
  const here = builder.current;
  const block = builder.block(label, here.offset);
  builder.at(block);
  builder.set(name, value);
  builder.goto(to);
  builder.at(here);
  return block;
}

/** Where `return` leads. */
export function returnTarget(lowering: Lowering, context: Context): Block | undefined {
  const end = context.function?.exit ?? context.reading?.end;
  if (!end) return undefined;
  if (context.enclosure) return context.enclosure.finish ?? context.enclosure.end;
  return leaveRegions(lowering, context, 0, end);
}

/** Ends the current block with the edges that a step's controls need, and goes on in a new block. */
export function leaveByControl(
  lowering: Lowering,
  context: Context,
  instruction: StepInstruction,
  name: string,
  first: readonly Rule[] = [],
): void {
  if (instruction.expects.length === 0) return;
  const { builder } = lowering;
  const control = variable('control');
  const next = builder.block(name, builder.current.offset);
  const rules: Rule[] = [...first];
  for (const expected of instruction.expects) {
    const test = equals(control, expected);
    if (expected === 'exit') rules.push({ test, to: exitTarget(lowering, context).id });
    if (expected === 'return') rules.push({ test, to: returnTarget(lowering, context)!.id });
    if (expected === 'break' || expected === 'continue') {
      const depth = context.loops.length;
      context.loops.forEach((loop, index) => {
        const levels = depth - index;
        const target = expected === 'break' ? loop.breakTo : loop.continueTo;
        const far =
          levels === depth ? binary('<', literal(levels - 1), variable('depth')) : equals(variable('depth'), levels);
        rules.push({ test: and(test, far), to: leaveRegions(lowering, context, loop.regions, target).id });
      });
    }
  }
  builder.end({ kind: 'choice', construct: 'control', rules, otherwise: next.id });
  builder.at(next);
}
