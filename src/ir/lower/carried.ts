/**
 * Commands that go on in their own shell if they leave a job behind: a file that is read, a function of such a file. No other
 * shell has that job, so the text of such a command's step holds all of the script that follows it. Where there is no job, as
 * almost always, the machine goes on with its states.
 */
import type { TextPart } from '../../bundle.ts';
import type { Command, Script, Statement, SyntaxNode } from '../../parse/ast.ts';
import { contains, forEachChild, some } from '../../parse/ast.ts';
import { commandName, DYNAMIC, type Facts } from '../facts.ts';
import { cut, type Edit, ownsItsSource } from '../text.ts';
import { LEAVES_LIST } from './contained-jobs.ts';

/** What follows a command, as the shell that runs it would go on. */
export interface Continuation {
  /** What is left of the line of the script's own level, and loops that go on; each part is a text's nodes. */
  inner: readonly (readonly SyntaxNode[])[];
  /** The lines behind it. */
  rest: readonly Statement[];
}

const LEAVES: ReadonlySet<string> = new Set([...LEAVES_LIST, 'exec']);

/** True of a command that may jump out of the loop that it stands in, or be anything. */
const mayJump = (node: SyntaxNode): boolean => {
  const name = node.type === 'Command' ? commandName(node) : undefined;
  return name === null || (name !== undefined && (LEAVES.has(name) || DYNAMIC.has(name)));
};

/** Commands that a shell acts on elsewhere than where they stand. */
const ACTS_LATER: ReadonlySet<string> = new Set(['trap', 'eval', 'alias']);

/** True if a script has nothing by which a shell could tell that it goes on elsewhere. */
export function mayCarry(script: Script, facts: Facts, text: string): boolean {
  const { whole, xtrace, errTrap, pipestatus, lastArgument, commandText, ties, namedAsData } = facts;
  if (whole || xtrace || errTrap || pipestatus || lastArgument || commandText || ties.length > 0) return false;
  if (text.includes('LINENO') || namedAsData.has('trap') || namedAsData.has('eval')) return false;
  return !some(
    script,
    (node) => ownsItsSource(node) || (node.type === 'Command' && ACTS_LATER.has(commandName(node) ?? '')),
  );
}

/** Nodes from the script down to one. */
function pathTo(script: Script, command: Command): SyntaxNode[] | undefined {
  const path: SyntaxNode[] = [script];
  for (let around: SyntaxNode = script; around !== command; ) {
    let next: SyntaxNode | undefined;
    forEachChild(around, (child) => {
      if (contains(child, command)) next ??= child;
    });
    if (!next) return undefined;
    path.push(next);
    around = next;
  }
  return path;
}

/** What follows a command; undefined where its shell is not the script's, or could not go on from there. */
export function continuationOf(script: Script, text: string, command: Command): Continuation | undefined {
  const path = pathTo(script, command);
  if (!path || command.prefix.length > 0 || some(command, (node) => node.type === 'HereDoc')) return undefined;
  const inner: (readonly SyntaxNode[])[] = [];
  for (let at = path.length - 1; at > 0; at -= 1) {
    const [around, node] = [path[at - 1]!, path[at]!];
    switch (around.type) {
      case 'Script': {
        const index = (around as Script).commands.indexOf(node as Statement);
        const rest = (around as Script).commands.slice(index + 1);
        const [next] = rest;
        // A line is one command to bash, which gives it up as a whole.
        if (!next || !text.slice(node.end, next.pos).includes('\n')) return undefined;
        // What a loop that goes on has for its status is not what the whole loop would have.
        if (inner.some(([first]) => first!.type === 'While') && !setsStatus(next, text)) return undefined;
        return { inner, rest };
      }
      case 'CompoundList': {
        const following = around.commands.slice(around.commands.indexOf(node as Statement) + 1);
        if (following.length > 0) inner.push(following);
        break;
      }
      case 'Statement':
        if (around.background) return undefined;
        break;
      case 'AndOr':
        if (around.commands[around.commands.length - 1] !== node) return undefined;
        break;
      case 'Pipeline':
        if (around.commands.length > 1 || around.prefixes.length > 0) return undefined;
        break;
      case 'If':
        if (node === around.clause) return undefined;
        break;
      case 'Elif':
        if (node === around.clause) return undefined;
        break;
      case 'While':
        if (node !== around.body || inner.flat().some((one) => some(one, mayJump)) || mayJump(command))
          return undefined;
        inner.push([around]);
        break;
      case 'Case':
      case 'CaseItem':
        if (around.type === 'Case' && !around.items.every(({ terminator }) => (terminator ?? ';;') === ';;'))
          return undefined;
        break;
      case 'BraceGroup':
        break;
      default:
        return undefined;
    }
  }
  return undefined;
}

/** True if a statement does not see the status before it, and sets one. */
function setsStatus({ command, background }: Statement, text: string): boolean {
  return (
    !background &&
    command.type === 'Command' &&
    command.name !== undefined &&
    !text.slice(command.pos, command.end).includes('$?')
  );
}

/** The text of a command's step with all that follows. */
export function carriedText(
  text: string,
  command: Command,
  { inner, rest }: Continuation,
  edits: Edit[] | undefined,
): TextPart[] {
  const parts: TextPart[] = [...cut(text, [command], { edits }), ['left', 'command']];
  for (const nodes of inner) parts.push(...cut(text, nodes), '\n');
  parts.push(['left', inner.length > 0 ? 'line' : 'lines']);
  // They are on their own lines, where nothing stands between.
  const lines = text.slice(command.end, rest[0]!.pos).split('\n').length - 2;
  if (inner.length === 0 && lines > 0) parts.push('\n'.repeat(lines));
  return [...parts, ...cut(text, rest), '\nbuiltin exit'];
}
