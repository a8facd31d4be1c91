/** Builds graphs block by block. The current block is where the next instruction goes. */
import type { Block, BlockId, Expression, Graph, Instruction, Terminal, Variable } from './program.ts';

export class Builder {
  readonly graphs: Graph[] = [];
  private readonly blocks: Block[] = [];
  private readonly home: Graph[] = [];
  private currentBlock!: Block;

  /** Starts a graph; its entry becomes the current block. */
  graph(parent: number | undefined, name: string, offset: number): Graph {
    const graph: Graph = { id: this.graphs.length, parent, entry: -1, blocks: [] };
    this.graphs.push(graph);
    const entry = this.blockIn(graph, name, offset);
    graph.entry = entry.id;
    this.currentBlock = entry;
    return graph;
  }

  private blockIn(graph: Graph, name: string, offset: number): Block {
    const block: Block = { id: this.blocks.length, name, offset, instructions: [], terminal: { kind: 'open' } };
    this.blocks.push(block);
    this.home.push(graph);
    graph.blocks.push(block);
    return block;
  }

  /** A new block in the current block's graph, or in the graph given. */
  block(name: string, offset: number, graph?: number): Block {
    return this.blockIn(graph === undefined ? this.home[this.currentBlock.id]! : this.graphs[graph]!, name, offset);
  }

  get current(): Block {
    return this.currentBlock;
  }

  at(block: Block): void {
    this.currentBlock = block;
  }

  emit(instruction: Instruction): void {
    this.currentBlock.instructions.push(instruction);
  }

  set(variable: Variable, value: Expression): void {
    this.emit({ kind: 'set', variable, value });
  }

  /** Ends the current block, unless it has ended already (code after `break` and the like). */
  end(terminal: Terminal): void {
    if (this.currentBlock.terminal.kind !== 'open') return;
    this.currentBlock.terminal =
      terminal.kind === 'choice' && terminal.rules.length === 0 ? { kind: 'goto', to: terminal.otherwise } : terminal;
  }

  goto(to: Block | BlockId): void {
    this.end({ kind: 'goto', to: typeof to === 'number' ? to : to.id });
  }

  get blockCount(): number {
    return this.blocks.length;
  }
}
