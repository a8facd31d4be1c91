/** Verifies a program after lowering and after every pass: what must hold whatever the script was. */
import { type Block, type BlockId, forEachTarget, type Program } from './program.ts';

/** Answers what is wrong with a program; nothing where it is sound. A finding is a fault of the compiler. */
export function verifyProgram(program: Program): string[] {
  const faults: string[] = [];
  const graphOf: number[] = [];
  const blocks: Block[] = [];
  for (const graph of program.graphs)
    for (const block of graph.blocks) {
      graphOf[block.id] = graph.id;
      blocks[block.id] = block;
    }
  // Only where control can reach a block, it must be sound.
  const seen: boolean[] = [];
  for (const { id, entry } of program.graphs) {
    if (graphOf[entry] !== id) faults.push(`graph ${id} has no entry of its own`);
    const queue = [entry];
    let from = entry;
    const reach = (to: BlockId): void => {
      if (graphOf[to] !== id) faults.push(`block ${from} of graph ${id} leads to block ${to} of graph ${graphOf[to]}`);
      else if (!seen[to]) queue.push(to);
    };
    while (queue.length > 0) {
      from = queue.pop()!;
      const block = blocks[from];
      if (!block || graphOf[from] !== id || seen[from]) continue;
      seen[from] = true;
      const { terminal } = block;
      if (terminal.kind === 'open') faults.push(`block ${from} (${block.name}) has no terminal`);
      if (terminal.kind === 'fork')
        for (const branch of terminal.graphs)
          if (program.graphs[branch]?.parent !== id) faults.push(`graph ${branch} is not a branch of graph ${id}`);
      forEachTarget(block, reach);
    }
  }
  return faults;
}
