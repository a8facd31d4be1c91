/** Prints a program for `--emit ir`: one block after the other, in the order of their numbers. */
import { printExpression } from './jsonata.ts';
import { forEachTarget, type Program } from './program.ts';

export function printProgram(program: Program, lineOf: (offset: number) => number): string {
  const lines: string[] = [];
  for (const graph of program.graphs) {
    lines.push(graph.parent === undefined ? `script ${program.name}` : `branch ${graph.id} of graph ${graph.parent}`);
    lines.push(`  entry b${graph.entry}`);
    const reachable = reach(graph.blocks, graph.entry);
    for (const block of graph.blocks) {
      if (!reachable.has(block.id)) continue;
      lines.push(`b${block.id}: ; ${block.name}, line ${lineOf(block.offset)}`);
      for (const i of block.instructions) {
        if (i.kind === 'set') lines.push(`  ${i.variable} := ${printExpression(i.value, graph.id)}`);
        else if (i.kind === 'child') lines.push(`  status := child execution at ${printExpression(i.entry, graph.id)}`);
        else {
          const text = i.step.fragment.text
            .map((part) => (typeof part === 'string' ? part : `⟨${part.join(' ')}⟩`))
            .join('');
          const flags = [
            i.ignore === true ? 'ignore' : i.ignore,
            i.leave ? 'leave' : '',
            i.only ? `${i.only.control}, else b${i.only.otherwise}` : '',
            i.step.fragment.fork ? 'fork' : '',
          ]
            .filter(Boolean)
            .join(' ');
          lines.push(
            `  ${i.into} := step ${JSON.stringify(i.step.state)} ${i.step.fragment.kind} ${JSON.stringify(text)}${flags ? ` [${flags}]` : ''} exit b${i.onExit}`,
          );
        }
      }
      const t = block.terminal;
      if (t.kind === 'goto') lines.push(`  goto b${t.to}`);
      else if (t.kind === 'choice') {
        for (const rule of t.rules)
          lines.push(`  ${t.construct}: if ${printExpression(rule.test, graph.id)} goto b${rule.to}`);
        lines.push(`  else goto b${t.otherwise}`);
      } else if (t.kind === 'fork') lines.push(`  fork graphs ${t.graphs.join(' ')} then b${t.to}`);
      else lines.push(`  ${t.kind}`);
    }
  }
  return `${lines.join('\n')}\n`;
}

function reach(blocks: Program['graphs'][number]['blocks'], entry: number): Set<number> {
  const byId = new Map(blocks.map((b) => [b.id, b]));
  const seen = new Set<number>();
  const queue = [entry];
  while (queue.length > 0) {
    const id = queue.pop()!;
    const block = byId.get(id);
    if (!block || seen.has(id)) continue;
    seen.add(id);
    forEachTarget(block, (to) => queue.push(to));
  }
  return seen;
}
