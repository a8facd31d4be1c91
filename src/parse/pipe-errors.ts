/**
 * `a |& b` is `a 2>&1 | b` to bash: the redirection is the last of the command's own, so that its words are expanded, and
 * its other redirections fail, with the standard error of before. The tree says so too; the text is made by `cut`.
 */
import { type CommandNode, forEachChild, type Pipeline, type Redirection, type SyntaxNode, type Word } from './ast.ts';

/** What {@link addPipedErrors} has added. */
const added = new WeakSet<SyntaxNode>();

/** True if a command, or the last of some redirections, has a redirection of which only `|&` stands in the source. */
export function endsInPipedErrors(node: SyntaxNode): boolean {
  const last = node.type === 'Command' || node.type === 'Redirected' ? node.redirects.at(-1) : node;
  return last !== undefined && added.has(last);
}

/** True if the operator behind a command became a redirection of it. */
export function pipesErrors(pipeline: Pipeline, index: number): boolean {
  const command = pipeline.commands[index]!;
  return pipeline.operators[index] === '|&' && takesRedirection(command);
}

/** The stage of any other compound command has the pipe as its standard error from the start, which is the same. */
function takesRedirection(command: CommandNode): boolean {
  return command.type === 'Command' || command.type === 'Redirected';
}

function redirection(at: number): Redirection {
  const place = { pos: at, end: at };
  const node: Redirection = {
    ...place,
    type: 'Redirect',
    operator: '>&',
    descriptor: { ...place, type: 'FileDescriptor', value: 2 },
    target: { ...place, type: 'Word', text: '1', value: '1', parts: undefined } as Word,
  };
  added.add(node);
  return node;
}

/** Adds the redirection to every command that a `|&` follows. */
export function addPipedErrors(node: SyntaxNode): void {
  if (node.type === 'Script' && node.source !== undefined) return;
  forEachChild(node, addPipedErrors);
  if (node.type !== 'Pipeline') return;
  node.commands.forEach((command, index) => {
    if (!pipesErrors(node, index)) return;
    const extra = redirection(command.end);
    // The lists that a command derives from its suffix may exist by now.
    if (command.type === 'Command') Object.assign(command, { suffix: [...command.suffix, extra] });
    const { redirects } = command as unknown as { redirects: Redirection[] };
    if (!redirects.includes(extra)) redirects.push(extra);
  });
}
