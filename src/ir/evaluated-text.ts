/** Texts that only run time evaluates: what stands in a variable, in the output of a command, in a file. */
import { type Command, type SyntaxNode, walk } from '../parse/ast.ts';
import type { Reason } from './reasons.ts';

/** Commands that evaluate a text in the shell itself. */
export const EVALUATORS: ReadonlySet<string> = new Set(['eval', 'trap', '.', 'source']);

/** A comment that is a line, or stands behind a command and has no quotes: it may only look like one. */
const COMMENT = /(?<=^|\n)[ \t]*#[^\n]*|(?<=[;\s])#[^\n'"]*(?=\n|$)/g;

/** The source with blanks for comments. */
export const withoutComments = (source: string): string =>
  source.replace(COMMENT, (comment) => ' '.repeat(comment.length));

/** True if what an evaluator evaluates stands elsewhere. */
export function evaluatesData({ name, args }: Command): boolean {
  const words = args[0]?.text === '--' ? args.slice(1) : args;
  if (name!.text === 'trap') return /^["']?[$`]/.test(words[0]?.text ?? '');
  return name!.text !== 'eval' || words.some(({ text }) => /[$`]/.test(text));
}

/** What begins a command within a text. */
const BEGIN = /(?<=^|[\n"'`;&|(){}!]\s*|\b(?:do|then|else|builtin|command)\s+)/.source;
const command = (rest: string): RegExp => new RegExp(BEGIN + rest, 'gi');

/** Commands after which shells cannot be told from one another, as a text says them, and why. */
const TYING: [RegExp, Reason][] = [
  [command(String.raw`trap\b(?=[^\n]*\b(?:SIG)?(?:DEBUG|RETURN|CHLD)\b)`), 'debug-trap'],
  [
    command(
      String.raw`set\s+(?:-\w+\s+)*-(?=\w*[vntmk]\b|\w*[vntmk]\w*\s|o\s*(?:verbose|noexec|monitor|onecmd|keyword))`,
    ),
    'shell-mode',
  ],
  [command(String.raw`enable\s+-`), 'process-table'],
  [command(String.raw`ulimit\s+(?:-\w+\s+)*-\w*f`), 'limits'],
  [command(String.raw`getopts\s`), 'special-variable'],
  [
    command(String.raw`unset\s(?=[^\n]*\b(?:SECONDS|LINENO|RANDOM|FUNCNAME|HISTCMD|EPOCH\w+|DIRSTACK|GROUPS)\b)`),
    'special-variable',
  ],
];

/** Why all of a script shares one shell: a text that it may evaluate has a command that ties, and that is no command of its own. */
export function tiedByText(script: SyntaxNode, source: string): Reason | undefined {
  const text = withoutComments(source);
  const found = TYING.flatMap(([pattern, reason]) =>
    Array.from(text.matchAll(pattern), ({ index }) => ({ index, reason })),
  );
  if (found.length === 0) return undefined;
  const own = new Set<number>();
  const evaluators: Command[] = [];
  walk(script, (node) => {
    if (node.type !== 'Command' || !node.name) return;
    own.add(node.name.pos);
    if (node.name.text === 'builtin' || node.name.text === 'command') for (const { pos } of node.args) own.add(pos);
    if (EVALUATORS.has(node.name.text)) evaluators.push(node);
  });
  const data = evaluators.some(evaluatesData);
  const within = (at: number): boolean => evaluators.some(({ pos, end }) => at > pos && at < end);
  return found.find(({ index }) => !own.has(index) && (data || within(index)))?.reason;
}
