/** The script's own descriptors by the names that the system gives them: `/proc/$$/fd/3`. */
import { type Command, forEachChild, type Script, type SyntaxNode } from '../parse/ast.ts';
import { commandName, textOf } from './facts.ts';
import { mentionsAsData } from './mentions.ts';
import { OWN_DESCRIPTORS_PATH, ownDescriptor } from './process-ids.ts';
import { ownsItsSource } from './text.ts';
import { withoutCommentLines } from './text-search.ts';

/** Programs whose operands are files that they open. */
const OPENING: ReadonlySet<string> = new Set(['cat', 'tee']);

/** Where something stands: in the script's own shell or in one that it starts, and in which functions. */
interface Place {
  apart: boolean;
  /** It may run when the script has gone on. */
  late: boolean;
  functions: readonly string[];
}

/**
 * True if `/proc/$$/fd/N` is opened wherever it stands, and N is the script's own descriptor in all its processes: only `exec`
 * in the script's own shell opens or closes it.
 */
export function opensOwnDescriptors(script: Script, source: string): boolean {
  const places = withoutCommentLines(source).split(OWN_DESCRIPTORS_PATH).length - 1;
  if (places === 0) return false;
  const found = new Collected();
  found.visit(script, { apart: false, late: false, functions: [] });
  return found.opened === places && found.shared(script);
}

class Collected {
  /** How often such a name is opened. */
  opened = 0;
  private readonly numbers = new Set<number>();
  private readonly redirections: (Place & { number: number | undefined; exec: boolean })[] = [];
  private readonly calls: (Place & { name: string })[] = [];
  private readonly functions = new Map<string, true>();
  /** Functions that open such a name. */
  private readonly opening = new Set<string>();
  private legible = true;

  visit(node: SyntaxNode, place: Place, command?: Command): void {
    if (ownsItsSource(node) || node.type === 'Coproc') this.legible = false;
    if (node.type === 'Redirect') this.take(node.target, place);
    if ((node.type === 'Redirect' || node.type === 'HereDoc' || node.type === 'HereString') && node.descriptor) {
      const number = node.descriptor.type === 'FileDescriptor' ? node.descriptor.value : undefined;
      const exec = command !== undefined && commandName(command) === 'exec' && command.args.length === 0;
      this.redirections.push({ ...place, number, exec });
    }
    if (node.type === 'Command') {
      const name = commandName(node);
      if (name) this.calls.push({ ...place, name });
      if (OPENING.has(name ?? '')) for (const arg of node.args) this.take(arg, place);
      // A handler runs in the shell that sets it; a name in its text is the script's process, not the step's.
      const given = name === 'trap' ? textOf(node.args.slice(0, 1)) : undefined;
      if (given) this.visit(given.script, { ...place, late: true });
    }
    const late = node.type === 'ProcessSubstitution' || (node.type === 'Statement' && node.background === true);
    const apart =
      late ||
      node.type === 'Subshell' ||
      node.type === 'CommandExpansion' ||
      (node.type === 'Pipeline' && node.commands.length > 1);
    const inner =
      node.type === 'Function'
        ? { apart: false, late: false, functions: [...place.functions, node.name.text] }
        : { ...place, apart: place.apart || apart, late: place.late || late };
    if (node.type === 'Function') this.functions.set(node.name.text, true);
    forEachChild(node, (child) => this.visit(child, inner, node.type === 'Command' ? node : undefined));
  }

  private take(node: SyntaxNode | undefined, { late, functions }: Place): void {
    const number = ownDescriptor(node);
    if (number === undefined) return;
    // By then the number may be another file's.
    if (late) this.legible = false;
    for (const name of functions) this.opening.add(name);
    this.opened += 1;
    this.numbers.add(number);
  }

  /** True if all processes have the descriptors of the script's own shell. */
  shared(script: Script): boolean {
    if (!this.legible) return false;
    const changing = new Set<string>();
    for (const { number, exec, apart, functions } of this.redirections) {
      if (number !== undefined && !this.numbers.has(number)) continue;
      if (!exec || apart) return false;
      for (const name of functions) changing.add(name);
    }
    this.addCallers(changing);
    this.addCallers(this.opening);
    if (this.calls.some(({ name, apart, late }) => (apart && changing.has(name)) || (late && this.opening.has(name))))
      return false;
    // What is called by words has its name among them.
    return !mentionsAsData(script, this.functions, ['exec', ...changing, ...this.opening]);
  }

  /** Adds the functions that call one of these. */
  private addCallers(names: Set<string>): void {
    for (let size = -1; size !== names.size; ) {
      size = names.size;
      for (const { name, functions } of this.calls)
        if (names.has(name)) for (const around of functions) names.add(around);
    }
  }
}
