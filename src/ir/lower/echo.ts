/** The lines of a script that `set -v` shows: a step prints each command line before those that execute it. */
import { contains, type Statement, type SyntaxNode } from '../../parse/ast.ts';
import { type Edit, groupByLine, lastLineOf } from '../text.ts';
import { type Context, type Lowering, unique } from './context.ts';
import { emitStep } from './step.ts';

const quote = (line: string): string => `'${line.replaceAll("'", "'\\''")}'`;

/** What prints the lines of a script. */
interface Echo {
  /** Prints what bash has read when it executes a command line, given in their order. Answers whether that line shares no step. */
  before: (line: readonly Statement[]) => boolean;
  /** Something stands behind the last command. */
  goesOn: boolean;
  /** Prints that. */
  end: () => void;
}

/** @param commands of the script's own level */
export function echoLines(lowering: Lowering, context: Context, commands: readonly Statement[]): Echo {
  const { facts, source } = lowering;
  const ranges = context.reading ? [] : (facts.echoed?.ranges ?? []);
  if (ranges.length === 0) return { before: () => false, goesOn: false, end: () => undefined };
  const all = source.text.replace(/\n$/, '').split('\n');
  let printed = 0;
  let on = false;
  const print = (lines: readonly string[], node: Statement): void => {
    emitStep(lowering, context, {
      kind: 'command',
      nodes: [node],
      text: [`builtin printf '%s\\n' ${lines.map(quote).join(' ')} >&2`, ['mark']],
      label: 'set -v',
      ignore: true,
      into: `result${unique(lowering)}`,
      quiet: true,
      untraced: true,
      without: [node],
    });
  };
  return {
    before: (group) => {
      const end = lastLineOf(source, group);
      if (on) print(all.slice(printed, end), group[0]!);
      printed = end;
      const was = on;
      for (const { from, to } of ranges) {
        if (group.includes(from)) on = true;
        if (to && group.includes(to)) on = false;
      }
      if ((on || was) && groupByLine(source.text, group).length > 1) lowering.keptTogether = true;
      return on || was;
    },
    goesOn: ranges.at(-1)!.to === undefined && lastLineOf(source, [commands.at(-1)!]) < all.length,
    end: () => {
      print(all.slice(printed), commands.at(-1)!);
    },
  };
}

/** What the option that has lines printed becomes in the text of a step: the machine prints them. */
export const unechoed = ({ facts }: Lowering, nodes: readonly SyntaxNode[]): Edit[] =>
  (facts.echoed?.edits ?? []).filter(({ start, end }) => nodes.some((node) => contains(node, { pos: start, end })));
