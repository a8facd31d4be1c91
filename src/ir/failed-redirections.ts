/** Compound commands whose redirection may fail, which an ERR trap tells by the command before: its text and its line. */
import { type Redirection, type Script, type Statement, type SyntaxNode, search } from '../parse/ast.ts';
import type { Ties } from './ties.ts';

/** A redirection that does not fail. */
export const isSure = (redirection: Redirection): boolean =>
  redirection.type !== 'Redirect' ||
  (/^[<>]&$/.test(redirection.operator) && /^[012-]$/.test(redirection.target?.text ?? '')) ||
  redirection.target?.text === '/dev/null';

/** Matches where a script may tell its lines. */
export const TELLS_LINE = /LINENO|(?<![\w.-])caller(?![\w.-])/;

/** Shells of their own, which have the ERR trap with errtrace alone; functions. */
const ELSEWHERE: ReadonlySet<string> = new Set([
  ...['Subshell', 'CommandExpansion', 'ProcessSubstitution', 'Coproc', 'Function'],
]);

/** True if a compound command, of the node's own shell unless the trap is inherited, may fail so; not the node itself if it is `nested`. */
export const mayFailToRedirect = (node: SyntaxNode, inherited: boolean, nested = false): boolean =>
  search(node, (n) => {
    if (n.type === 'Redirected' && !n.redirects.every(isSure)) {
      const inner = n.command.type === 'Subshell' && !inherited;
      return nested && n === node ? (inner ? false : undefined) : true;
    }
    if (n.type === 'Function') return n === node ? undefined : false;
    return ELSEWHERE.has(n.type) && !inherited ? false : undefined;
  });

/** True if a statement surely executes a simple command in the shell itself. */
const executes = ({ command, background }: Statement): boolean => command.type === 'Command' && !background;

/** Ties statements in which such a command may fail to the one before that is told then, where the script shows commands. */
export function tieFailing({ commands }: Script, ties: Ties, shown: { command: boolean; inherited: boolean }): void {
  commands.forEach((statement, index) => {
    if (!mayFailToRedirect(statement.command, shown.inherited, !shown.command)) return;
    const before = shown.command ? commands.slice(0, index).findLast(executes) : undefined;
    for (const node of [before ?? statement, statement])
      ties.add(shown.command ? 'command-text' : 'err-trap', node, 'users', `redirection ${index}`);
  });
}
