/** `.` and `source`: a library that is compiled in runs as states where it is read. */
import type { Command } from '../../parse/ast.ts';
import { append, literal, variable } from '../expression.ts';
import type { Edit } from '../text.ts';
import type { Context, Lowering, Reading } from './context.ts';
import { judgeStatus } from './errexit.ts';
import { emitLeaf } from './leaf.ts';
import { unseenText } from './rest.ts';
import { fallOff } from './return-trap.ts';
import { lowerLines } from './script.ts';
import { setsReturnTrap } from './shell-traps.ts';
import { mustSplit, showsIds } from './split.ts';
import { hoist } from './substitution.ts';

/** The point at which a command's words are taken down before it is executed. */
export const dotEdit = ({ name }: Command): Edit => ({
  start: name!.pos,
  end: name!.end,
  parts: [['dot', name!.text]],
});

/**
 * A step expands the words and looks whether the file is what was compiled in. Where it is, the machine runs its lines;
 * otherwise the same step reads it.
 * ```
 * . ─call─▶ line ─▶ line ─▶ end ─▶ next        . ─otherwise─▶ next
 * ```
 */
export function lowerReading(lowering: Lowering, context: Context, command: Command): boolean {
  const library = lowering.sites.get(command);
  if (!library || !mustSplit(lowering, command)) return false;
  if (
    (lowering.facts.commandText && lowering.facts.errTrap) ||
    context.graph > 0 ||
    context.function ||
    context.enclosure ||
    context.loops.length > 0 ||
    context.regions.length > 0 ||
    context.dynamicIgnore
  ) {
    lowering.readsIds ||= showsIds(lowering, library);
    return false;
  }
  for (let outer = context.reading; outer; outer = outer.outer) if (outer.library === library) return false;
  const { builder } = lowering;
  const hoisted = hoist(lowering, context, command);
  const begin = builder.block(`read ${library.path}`, command.pos);
  const unseen = unseenText(lowering, context, command);
  if (unseen?.rest) lowering.judging.add(command);
  emitLeaf(lowering, context, [command], {
    edits: [...(hoisted?.edits ?? []), dotEdit(command)],
    without: hoisted?.nodes,
    unseen,
    call: {
      block: begin,
      reads: { library: library.id, path: library.path, sha256: library.sha256 },
    },
  });
  const after = builder.block('next', command.pos);
  builder.goto(after);
  lowering.compiledIn.add(library);
  const end = builder.block(`end of ${library.path}`, command.pos);
  const reading: Reading = { library, end, outer: context.reading };
  builder.at(begin);
  if (library.script.commands.length === 0) builder.set('status', literal(0));
  const files = [lowering.script, ...lowering.libraries.map(({ script }) => script)];
  const last = files.some((file) => setsReturnTrap(lowering, file)) ? builder.block('RETURN', command.pos) : end;
  lowerLines(lowering, { ...context, reading, nextLine: last }, library.script.commands, last);
  if (last !== end) {
    if (builder.current !== last) builder.goto(last);
    builder.at(last);
    fallOff(lowering, { ...context, reading, nextLine: end }, command, end);
  } else if (builder.current !== end) builder.goto(end);
  builder.at(end);
  builder.set('ops', append(variable('ops'), [literal(['end-reading'])]));
  judgeStatus(lowering, context, command);
  builder.goto(after);
  builder.at(after);
  return true;
}
