/** Describes the simple commands of a step for those who never see a syntax tree: roles, deploy, the step's package. */
import type { StepCommand, TrapDefinition } from '../bundle.ts';
import {
  type Command,
  forEachChild,
  keepingIndex,
  literalValue,
  type Redirection,
  type SyntaxNode,
  walk,
} from '../parse/ast.ts';
import { parseScript } from '../parse/parse.ts';
import { SourceFile } from '../source/source-file.ts';

/** Devices that are the same in every process, and the step's own descriptors. */
const DEVICE = /^\/dev\/(null|zero|full|random|urandom|std(in|out|err)|fd\/\d+)$/;
const feedsInput = ({ type, descriptor, ...redirect }: Redirection): boolean => {
  if (descriptor && !(descriptor.type === 'FileDescriptor' && descriptor.value === 0)) return false;
  return type !== 'Redirect' || ('operator' in redirect && redirect.operator.startsWith('<'));
};

function namesFile(redirect: Redirection): boolean {
  if (redirect.type !== 'Redirect' || redirect.target === undefined) return false;
  const value = literalValue(redirect.target);
  return !(value !== null && DEVICE.test(value)) && !/^[&\d-]/.test(redirect.target.text);
}

export interface DescribeOptions {
  source: SourceFile;
  /** Nodes that other steps execute. */
  without?: readonly SyntaxNode[];
  /** Leave out the bodies of functions. */
  shallow?: boolean;
  /** The script of the user's that the commands stand in, where it is not the compiled one. */
  file?: string;
}

/** The simple commands below the nodes, in order; redirections without a command are entries without words. */
export function describeCommands(
  nodes: readonly SyntaxNode[],
  { source, without, shallow, file }: DescribeOptions,
): StepCommand[] {
  const found: StepCommand[] = [];
  let background = false;
  const add = (pos: number, words: StepCommand['words'], redirects: readonly Redirection[], own: boolean): void => {
    const { line, column } = source.position(pos);
    const command: StepCommand = { words, line, column, redirectsFile: redirects.some(namesFile) };
    if (!own || redirects.some(feedsInput)) command.fed = true;
    if (background) command.background = true;
    if (file !== undefined) command.file = file;
    found.push(command);
  };
  const simple = (command: Command, own: boolean): void => {
    const words = [...(command.name ? [command.name] : []), ...command.args].map((word) =>
      word.type === 'Word' ? { text: word.text, value: literalValue(word) } : { text: word.text, value: null },
    );
    const assigns = command.prefix.some((part) => part.type === 'Assignment');
    if (words.length === 0 && !assigns && !command.redirects.some(namesFile)) return;
    add(command.pos, words, command.redirects, own);
  };
  /** `own`: standard input there is the script's. */
  const visit = (node: SyntaxNode, own: boolean): void => {
    if (without?.includes(node)) return;
    switch (node.type) {
      case 'Command':
        simple(node, own);
        break;
      case 'Function':
        if (shallow) return;
        break;
      case 'Pipeline':
        for (const [index, stage] of node.commands.entries()) visit(stage, own && index === 0);
        return;
      case 'Statement': {
        const outer = background;
        background ||= node.background === true;
        visit(node.command, own && !node.background);
        background = outer;
        return;
      }
      case 'Redirected':
        if (node.redirects.some(namesFile)) add(node.pos, [], node.redirects, own);
        for (const redirect of node.redirects) visit(redirect, own);
        visit(node.command, own && !node.redirects.some(feedsInput));
        return;
      case 'TestCommand': {
        const operands: StepCommand['words'] = [{ text: '[[', value: '[[' }];
        walk(node, (child) => {
          if (child.type === 'Word') operands.push({ text: child.text, value: literalValue(child) });
        });
        add(node.pos, operands, [], own);
        break;
      }
      case 'Select':
        add(node.pos, [{ text: 'select', value: 'select' }], [], own);
        break;
      case 'Coproc':
        forEachChild(node, (child) => visit(child, false));
        return;
      default:
    }
    forEachChild(node, (child) => visit(child, own));
  };
  for (const node of nodes) visit(node, true);
  return found;
}

/** What a `trap` command sets, as far as its action can be read. */
export function describeTrap(command: Command, source: SourceFile): TrapDefinition[] {
  const words = [...(command.name ? [command.name] : []), ...command.args].flatMap((word) =>
    word.type === 'Word' ? [word] : [],
  );
  while (words[0]?.text === 'command' || words[0]?.text === 'builtin') words.shift();
  if (words.shift()?.text !== 'trap') return [];
  if (words[0]?.text === '--') words.shift();
  const [action, ...signals] = words;
  if (!action || signals.length === 0) return [];
  const text = literalValue(action) ?? action.text.replace(/^"|"$/g, '');
  if (text === '' || text === '-') return [];
  const { value: script } = keepingIndex(() => parseScript(new SourceFile(source.path, text)));
  const { line, column } = source.position(command.pos);
  const commands = script ? describeCommands(script.commands, { source: new SourceFile(source.path, text) }) : [];
  const exit = signals.every((signal) => /^((SIG)?EXIT|0)$/i.test(literalValue(signal) ?? ''));
  return [{ exit, commands: commands.map((inner) => ({ ...inner, line, column })) }];
}
