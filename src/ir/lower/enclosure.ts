/** Subshells: `( … )`, and the shells of command substitutions. */
import type { TextPart } from '../../bundle.ts';
import { type SyntaxNode, some } from '../../parse/ast.ts';
import { append, field, literal, object, variable } from '../expression.ts';
import { commandName, knowsOptions } from '../facts.ts';
import type { Block } from '../program.ts';
import { type Context, type Lowering, unique } from './context.ts';
import { callsFunctions } from './function.ts';
import { ignoresByOption } from './shell-effects.ts';
import { endsTrapped } from './shell-traps.ts';
import { emitStep } from './step.ts';

/**
 * Runs a body on a copy of the shell's state: the operation `begin` keeps the state aside, `end` takes it up again.
 * `exit` inside leads to the end; calls inside find the end by the entry pushed on the call stack.
 */
export function enterEnclosure(
  lowering: Lowering,
  context: Context,
  node: SyntaxNode,
  begin: unknown[],
  end: unknown[],
  body: (inner: Context) => void,
): void {
  const { builder } = lowering;
  const after = builder.block('end', node.pos);
  const scope = `scope${unique(lowering)}`;
  const options = knowsOptions(lowering.facts) ? `options${unique(lowering)}` : undefined;
  const live = [...context.live, scope, ...(options ? [options] : [])];
  const calls =
    callsFunctions(lowering, node) ||
    (lowering.splitFunctions.size > 0 && some(node, (n) => n.type === 'Command' && commandName(n) === null));
  builder.set('ops', append(variable('ops'), [literal(begin)]));
  builder.set(scope, variable('scope'));
  if (options) builder.set(options, variable('options'));
  const ignores = lowering.facts.errexit || lowering.facts.errTrap;
  const ignored =
    ignores && (calls || some(node, (n) => n.type === 'Pipeline' && ignoresByOption(lowering, n)))
      ? `ignore${unique(lowering)}`
      : undefined;
  if (ignored) {
    builder.set(ignored, variable('ignore'));
    live.push(ignored);
  }
  const finish = endsTrapped(lowering, node) ? builder.block('end', node.pos) : undefined;
  // By exit, whose step has run the EXIT trap, and with the line that is abandoned.
  const landings = calls
    ? [after, ...(finish ? [finish] : [])].map((to) => [builder.block('end', node.pos), to] as const)
    : [];
  const [landing, abandoned = landing] = landings.map(([block]) => block);
  if (landing && abandoned) {
    const label = `S${unique(lowering)}`;
    lowering.graphs[context.graph]!.enclosures.push({ label, block: landing, abandoned });
    // What calls of the same body have overwritten by the time that `exit` leaves them.
    const saved = object(Object.fromEntries(live.map((name) => [name, variable(name)])));
    builder.set('stack', object({ kind: literal('subshell'), to: literal(label), below: variable('stack'), saved }));
  }
  // A command substitution knows of the loops around it, and `break` ends it; `( … )` has forgotten them.
  const loops =
    begin[0] === 'capture' ? context.loops.map(() => ({ breakTo: after, continueTo: after, regions: 0 })) : [];
  const inner: Context = {
    ...context,
    enclosure: { end: after, finish, opens: begin[0] === 'capture' || context.enclosure?.opens === true },
    loops,
    regions: [],
    live,
  };
  body(inner);
  if (finish) endShell(lowering, { ...inner, enclosure: { end: after } }, node, finish);
  builder.goto(after);
  restoreAt(lowering, landings, live);
  builder.at(after);
  builder.set('ops', append(variable('ops'), [literal(end)]));
  builder.set('scope', variable(scope));
  // A step that ends the shell tells nothing of its options: the machine must know those of the shell around.
  if (options) builder.set('options', variable(options));
  // Nor does what ends it go back over what ignores errexit within.
  if (ignored) builder.set('ignore', variable(ignored));
  if (calls) builder.set('stack', field(variable('stack'), 'below'));
}

/** Goes on from each landing with the variables that the subshell's frame has kept. */
export function restoreAt(
  { builder }: Lowering,
  landings: readonly (readonly [landing: Block, to: Block])[],
  live: readonly string[],
): void {
  for (const [landing, to] of landings) {
    builder.at(landing);
    for (const name of live) builder.set(name, field(field(variable('stack'), 'saved'), name));
    builder.goto(to);
  }
}

/** The subshell's end: a shell with its traps ends, within the functions that are being called, and so runs its EXIT trap. */
export function endShell(lowering: Lowering, context: Context, node: SyntaxNode, finish: Block): void {
  lowering.builder.goto(finish);
  lowering.builder.at(finish);
  const text: TextPart[] = [context.function ? 'builtin exit' : '', ['mark']];
  emitStep(lowering, context, {
    kind: 'command',
    nodes: [node],
    text,
    at: node.end,
    label: 'EXIT',
    ends: true,
    untraced: context.function !== undefined && lowering.facts.xtrace,
    without: [node],
  });
}
