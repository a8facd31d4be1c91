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
  for (const { id, entry, blocks: own } of program.graphs) {
    if (graphOf[entry] !== id) faults.push(`graph ${id} has no entry of its own`);
    let from = 0;
    const within = (to: BlockId): void => {
      if (graphOf[to] !== id) faults.push(`block ${from} of graph ${id} leads to block ${to} of graph ${graphOf[to]}`);
    };
    for (const block of own) {
      from = block.id;
      forEachTarget(block, within);
      if (block.terminal.kind !== 'fork') continue;
      for (const branch of block.terminal.graphs)
        if (program.graphs[branch]?.parent !== id) faults.push(`graph ${branch} is not a branch of graph ${id}`);
    }
  }
  // An open block is a fault only where control can reach it.
  const seen: boolean[] = [];
  for (const graph of program.graphs) {
    const queue = [graph.entry];
    const reach = (to: BlockId): void => {
      if (!seen[to]) queue.push(to);
    };
    while (queue.length > 0) {
      const id = queue.pop()!;
      const block = blocks[id];
      if (!block || graphOf[id] !== graph.id || seen[id]) continue;
      seen[id] = true;
      if (block.terminal.kind === 'open') faults.push(`block ${id} (${block.name}) has no terminal`);
      forEachTarget(block, reach);
    }
  }
  return faults;
}
