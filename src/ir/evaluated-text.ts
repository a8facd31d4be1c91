/** Texts that only run time evaluates: what stands in a variable, in the output of a command, in a file. */
import { type Command, type SyntaxNode, walk } from '../parse/ast.ts';
import { commandName } from './facts.ts';
import type { Reason } from './reasons.ts';
import { variableOf } from './text-search.ts';

/** Commands that evaluate a text in the shell itself. */
export const EVALUATORS: ReadonlySet<string> = new Set(['eval', 'trap', '.', 'source']);

/** A comment that is a line, or stands behind a command and has no quotes: it may only look like one. */
const COMMENT = /(?<=^|\n)[ \t]*#[^\n]*|(?<=[;\s])#[^\n'"]*(?=\n|$)/g;

/** The source with blanks for comments. */
export const withoutComments = (source: string): string =>
  source.replace(COMMENT, (comment) => ' '.repeat(comment.length));

/** The words that an evaluator is given: also one behind `command` or `builtin`. */
function givenWords(command: Command, name: string): Command['args'] {
  const { args } = command;
  const words = command.name!.text === name ? args : args.slice(args.findIndex(({ text }) => text === name) + 1);
  return words[0]?.text === '--' ? words.slice(1) : words;
}

/** True if what an evaluator evaluates stands elsewhere. */
export function evaluatesData(command: Command): boolean {
  const name = commandName(command)!;
  const words = givenWords(command, name);
  if (name === 'trap') return /^["']?[$`]/.test(words[0]?.text ?? '');
  return name !== 'eval' || words.some(({ text }) => /[$`]/.test(text));
}

/** A pattern that matches only assignments of letters, digits and the like. */
const PLAIN_ASSIGNMENT = /^[A-Za-z_]\w*=(?:[\w.,:/@%+-]|\[(?:[0-9]-[0-9]|[a-z]-[a-z]|[A-Z]-[A-Z]|[\w.,:])+\])*$/;

const matchedBy = new WeakMap<SyntaxNode, ReadonlySet<Command>>();

/**
 * The commands `eval "$x"` that begin an item of a `case "$x"` whose patterns match nothing but a plain assignment: that is
 * what they evaluate.
 */
export function matchedAssignments(script: SyntaxNode, source: string): ReadonlySet<Command> {
  const known = matchedBy.get(script);
  if (known) return known;
  const found = new Set<Command>();
  matchedBy.set(script, found);
  // A reference may be another variable the second time.
  if (!/\bcase\b/.test(source) || /\b(declare|typeset|local)\s[^\n;]*-\w*n/.test(source)) return found;
  walk(script, (node) => {
    if (node.type !== 'Case') return;
    const name = variableOf(node.word.text);
    // Those that bash gives their values have names in capitals.
    if (name === undefined || !/^[A-Za-z]\w*$/.test(name) || !/[a-z]/.test(name)) return;
    // Nothing has happened since the word was matched.
    if (
      node.items.some(
        ({ terminator, pattern }) => /&/.test(terminator ?? '') || pattern.some((p) => /[$`]/.test(p.text)),
      )
    )
      return;
    for (const { pattern, body } of node.items) {
      const command = body.commands[0]?.command;
      if (command?.type !== 'Command' || command.name?.text !== 'eval' || command.prefix.length > 0) continue;
      const [word, ...more] = command.args;
      const same = more.length === 0 && /^"\$(\w+|\{\w+\})"$/.test(word?.text ?? '') && variableOf(word!.text) === name;
      if (same && pattern.every(({ text }) => PLAIN_ASSIGNMENT.test(text))) found.add(command);
    }
  });
  return found;
}

/** What begins a command within a text. */
const BEGIN = /(?<=^|[\n"'`;&|(){}!]\s*|\b(?:do|then|else|builtin|command)\s+)/.source;
const command = (rest: string): RegExp => new RegExp(BEGIN + rest, 'gi');

/** Commands after which shells cannot be told from one another: their names, how a text says them, and why. */
const TYING: [string, RegExp, Reason][] = [
  // One that is taken away is none.
  ['trap', command(String.raw`trap\b(?!\s+(?:--\s+)?-\s)(?=[^\n]*\b(?:SIG)?(?:DEBUG|RETURN|CHLD)\b)`), 'debug-trap'],
  [
    'set',
    command(
      String.raw`set\s+(?:-\w+\s+)*-(?=\w*[vntmrk]\b|\w*[vntmrk]\w*\s|o\s*(?:verbose|noexec|monitor|onecmd|keyword))`,
    ),
    'shell-mode',
  ],
  ['enable', command(String.raw`enable\s+-`), 'process-table'],
  ['ulimit', command(String.raw`ulimit\s+(?:-\w+\s+)*-\w*f`), 'limits'],
  ['getopts', command(String.raw`getopts\s`), 'special-variable'],
  [
    'unset',
    command(String.raw`unset\s(?=[^\n]*\b(?:SECONDS|LINENO|RANDOM|FUNCNAME|HISTCMD|EPOCH\w+|DIRSTACK|GROUPS)\b)`),
    'special-variable',
  ],
];

/**
 * Why all of a script shares one shell: a text that it may evaluate has a command that ties, and that is no command of its own.
 * @param evaluatesWords true if words that only run time knows may be commands that evaluate a text
 */
export function tiedByText(script: SyntaxNode, source: string, evaluatesWords: () => boolean): Reason | undefined {
  const text = withoutComments(source);
  const found = TYING.flatMap(([name, pattern, reason]) =>
    text.includes(name) ? Array.from(text.matchAll(pattern), ({ index }) => ({ index, reason })) : [],
  );
  if (found.length === 0) return undefined;
  const own = new Set<number>();
  const evaluators: Command[] = [];
  walk(script, (node) => {
    if (node.type !== 'Command' || !node.name) return;
    own.add(node.name.pos);
    if (node.name.text === 'builtin' || node.name.text === 'command') for (const { pos } of node.args) own.add(pos);
    if (EVALUATORS.has(commandName(node) ?? '')) evaluators.push(node);
  });
  const data = evaluators.some(evaluatesData) || evaluatesWords();
  const within = (at: number): boolean => evaluators.some(({ pos, end }) => at > pos && at < end);
  return found.find(({ index }) => !own.has(index) && (data || within(index)))?.reason;
}
