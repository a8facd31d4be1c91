/** Verifies a program after lowering and after every pass: what must hold whatever the script was. */
import { type Block, catchTargets, type Program } from './program.ts';

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
  for (const graph of program.graphs) {
    const within = (from: number, to: number): void => {
      if (graphOf[to] !== graph.id)
        faults.push(`block ${from} of graph ${graph.id} leads to block ${to} of graph ${graphOf[to]}`);
    };
    if (graphOf[graph.entry] !== graph.id) faults.push(`graph ${graph.id} has no entry of its own`);
    for (const block of graph.blocks) {
      for (const instruction of block.instructions) {
        if (instruction.kind !== 'step') continue;
        for (const to of catchTargets(instruction)) within(block.id, to);
      }
      const { terminal } = block;
      if (terminal.kind === 'goto') within(block.id, terminal.to);
      if (terminal.kind === 'choice')
        for (const to of [...terminal.rules.map((r) => r.to), terminal.otherwise]) within(block.id, to);
      if (terminal.kind === 'fork') {
        within(block.id, terminal.to);
        for (const branch of terminal.graphs)
          if (program.graphs[branch]?.parent !== graph.id)
            faults.push(`graph ${branch} is not a branch of graph ${graph.id}`);
      }
    }
  }
  // An open block is a fault only where control can reach it.
  for (const graph of program.graphs) {
    const seen = new Set<number>();
    const queue = [graph.entry];
    while (queue.length > 0) {
      const id = queue.pop()!;
      const block = blocks[id];
      if (!block || graphOf[id] !== graph.id || seen.has(id)) continue;
      seen.add(id);
      for (const i of block.instructions) if (i.kind === 'step') queue.push(...catchTargets(i));
      const { terminal } = block;
      if (terminal.kind === 'open') faults.push(`block ${id} (${block.name}) has no terminal`);
      if (terminal.kind === 'goto') queue.push(terminal.to);
      if (terminal.kind === 'choice') queue.push(...terminal.rules.map((r) => r.to), terminal.otherwise);
      if (terminal.kind === 'fork') queue.push(terminal.to);
    }
  }
  return faults;
}
