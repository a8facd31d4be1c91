/** `set -v`: bash prints each line of the script as it reads it, before it executes a command of it. */
import {
  type Command,
  literalValue,
  type Script,
  type Statement,
  type SyntaxNode,
  some,
  type Word,
} from '../parse/ast.ts';
import { EVALUATORS } from './evaluated-text.ts';
import { commandName, listsVariables } from './facts.ts';
import type { Edit } from './text.ts';

/** Where the machine prints the lines, and no shell. */
export interface EchoedLines {
  /** What becomes of the words that turn the option on: it stays off. */
  edits: readonly Edit[];
  /** Statements of the script's own level: behind the line of the first, up to that of the second, lines are printed. */
  ranges: readonly { from: Statement; to: Statement | undefined }[];
}

/**
 * What shows options, or evaluates or keeps a text whose lines bash would print, too (`$(< file)` is one); what looks at how the
 * option was set; or where an error leaves redirections as they are.
 */
const SHOWS =
  /\$-|\$\{-|SHELLOPTS|(?:\[|\btest\b)[^\n]*\s-o\s+["']?(?:verbose|\$)|\bshopt\b[^\n;]*\s-\w*o|\bset\s+[-+]o\s*(?:$|[;&|)>#])|\bcompgen\b|\bFUNCNEST\b|\$\(\s*<(?!<)|%\([^\n]*\s-2\b|\r|\0/m;
const EVALUATES: ReadonlySet<string> = new Set([
  ...EVALUATORS,
  'alias',
  'bind',
  'complete',
  'enable',
  'fc',
  'history',
  'mapfile',
  'readarray',
]);

const TURNS_ON = /^-\w*v\w*$/;
/** Other options by which a script shares one shell. */
const SHARES = /^-\w*[ntmrk]/;
const TURNS_OFF = /^\+\w*v\w*$/;

type OptionWord = Word & { value: string };

/** The words of `set` that name options, where the text shows all of them. */
function optionWords(command: Command): OptionWord[] | undefined {
  const words: OptionWord[] = [];
  for (const arg of command.args) {
    const value = arg.type === 'Word' ? literalValue(arg) : null;
    const isName = /^[-+]\w*o$/.test(words.at(-1)?.value ?? '');
    if (value === null) return isName || words.length === command.args.indexOf(arg) ? undefined : words;
    if (!isName && !/^[-+]\w+$/.test(value)) break;
    words.push({ ...(arg as Word), value });
  }
  return words;
}

/**
 * True of what bash reads otherwise than line by line: in parentheses it prints none of several lines, and those of
 * here-documents there more than once; continued lines of a here-document it prints as one. And of a function that stands for
 * `set`.
 */
const isReadAgain = (node: SyntaxNode, source: string): boolean =>
  (EXPANSIONS.has(node.type) && source.slice(node.pos, node.end).includes('\n')) ||
  (node.type === 'HereDocBody' && source.slice(node.pos, node.end).includes('\\\n')) ||
  (node.type === 'Function' && node.name.text === 'set');

const EXPANSIONS: ReadonlySet<string> = new Set(['CommandExpansion', 'ProcessSubstitution', 'ArithmeticExpansion']);

/** What words of `set` do with the option: those that turn it on, whether one turns it off, or does in a way not looked into. */
function switches(words: readonly OptionWord[]): { on: OptionWord[]; off: boolean; mixed: boolean } {
  const on = words.filter(({ value }) => TURNS_ON.test(value));
  let off = words.some(({ value }) => TURNS_OFF.test(value));
  let mixed = false;
  words.forEach(({ value }, index) => {
    if (value !== 'verbose') return;
    const before = words[index - 1]!;
    if (before.value === '-o') on.push(before);
    else if (before.value === '+o') off = true;
    else mixed = true;
  });
  return { on, off, mixed };
}

/**
 * Finds them; undefined where something may see that the option is off, or may turn it on where the text does not tell.
 * @param traces commands are traced from the start
 */
export function findEchoedLines(
  script: Script,
  source: string,
  { lastArgument, commandText }: { lastArgument: boolean; commandText: boolean },
  { traces, evaluatesWords }: { traces: boolean; evaluatesWords: () => boolean },
): EchoedLines | undefined {
  if (!/\bset\s[^\n]*(?:-\w*v|verbose)/.test(source)) return undefined;
  if (lastArgument || commandText || SHOWS.test(source) || evaluatesWords()) return undefined;
  const own = new Map<SyntaxNode, Statement>();
  for (const statement of script.commands) own.set(statement.command, statement);
  const edits: Edit[] = [];
  const ranges: { from: Statement; to: Statement | undefined }[] = [];
  let traced = traces;
  const mistaken = some(script, (node) => {
    if (listsVariables(node) || isReadAgain(node, source)) return true;
    if (node.type !== 'Command') return false;
    const name = commandName(node);
    if (typeof name === 'string' && EVALUATES.has(name)) return true;
    if (name !== 'set') return false;
    const words = optionWords(node);
    if (!words) return true;
    const shares = words.some(({ value }) => SHARES.test(value));
    const { on, off, mixed } = switches(words);
    if (on.length > 0 || off || mixed) {
      const statement = own.get(node);
      const plain =
        statement &&
        !statement.background &&
        node.name?.text === 'set' &&
        node.prefix.length + node.redirects.length === 0;
      // The trace would show the words that are left.
      if (!plain || mixed || (on.length > 0 && (off || traced || shares))) return true;
      const last = ranges.at(-1);
      if (off && last && !last.to) last.to = statement;
      if (on.length > 0) {
        if (last && !last.to) return true;
        ranges.push({ from: statement, to: undefined });
        for (const { pos, end, value } of on) {
          if (source.slice(pos, end) !== value) return true;
          const rest = value === '-o' ? '+o' : value.replace(/v/g, '');
          edits.push({ start: pos, end, parts: [rest === '-' ? '+v' : rest] });
        }
      }
    }
    traced ||= words.some(({ value }) => /^-\w*x|^xtrace$/.test(value));
    return false;
  });
  return mistaken || ranges.length === 0 ? undefined : { edits, ranges };
}
