/**
 * Aliases whose text is words only. Such an alias does not change how the script is parsed, so commands can be told apart by
 * the script's own text, and the shell of each step expands the alias as the script's shell would (POSIX 2.3.1). Where the
 * text does not show that this is so, what follows the alias runs in one step.
 */
import { type Command, literalValue, type Script, type Statement, type SyntaxNode, some, walk } from '../parse/ast.ts';
import { surelyAssigned } from './assigned-texts.ts';
import { argumentValues, commandName, DYNAMIC } from './facts.ts';
import { groupByLine } from './text.ts';

/** Words, quoted or not, and variables: nothing that ends a command, expands to one, or has an effect. */
const WORDS =
  /^(?:[\w./]|!!)(?:(?<=[ \t])\[(?=[ \t]|$)|[\w@%+=:,./~^!?*\- \t]|\$[A-Za-z_]\w*|'[^']*'|"(?:[^"\\$`]|\\.|\$[A-Za-z_]\w*)*")*$/;
const KEYWORDS = new Set(
  'if then else elif fi for while until do done case esac select function time coproc in'.split(' '),
);
/** Commands that an alias may neither be called nor stand for, because the compiler looks for them by name. */
const KNOWN = new Set(
  (
    'alias aws bg bind break builtin caller cd command compgen complete compopt continue declare dirs disown enable env eval ' +
    'exec exit export fc fg find getopts hash help history jobs kill let local logout mapfile nice nohup popd printenv pushd ' +
    'read readarray readonly return set shift shopt source sudo suspend timeout times trap type typeset ulimit umask unalias ' +
    'unset wait xargs'
  ).split(' '),
);
/** Commands that have a shell read more than its own text, or define aliases. */
const READS_TEXT = new Set(['alias', 'eval', 'source', 'trap', 'unalias', '.']);
const CHANGES_ALIASES = new Set(['alias', 'unalias', 'shopt', 'set']);

/** The commands of a statement that its shell itself runs, if any of a list: `shopt -s expand_aliases || true` is two. */
function ownCommands(node: SyntaxNode): SyntaxNode[] {
  return node.type === 'AndOr' ? node.commands.flatMap(ownCommands) : [node];
}

const nameOf = (node: SyntaxNode): string | null | undefined =>
  node.type === 'Command' ? commandName(node) : undefined;

/** True if `set` or `shopt` may turn on or off that aliases are expanded. */
const switchesAliases = (command: Command): boolean =>
  argumentValues(command).some((value) => value === null || value === 'posix' || value === 'expand_aliases');

/** True if a trap's handler may define aliases, or turn them on or off. */
const handlerChanges = (command: Command): boolean => {
  const [handler] = argumentValues(command).filter((value) => value !== '--');
  return handler === null || /alias|posix|\b(eval|source)\b|(^|[\s;&|])\.\s/i.test(handler ?? '');
};

/** True if a command's name is a variable that holds, whatever happens, names of commands that have nothing to do with aliases. */
const namesPlain = (command: Command, source: string): boolean =>
  surelyAssigned(command.name!.text, source)?.every((name) => /^[\w/-]+$/.test(name) && !KNOWN.has(name)) === true;

/** An argument's value; null if only run time knows. */
function textOf(arg: Command['args'][number]): string | null {
  if (arg.type === 'Word') return literalValue(arg);
  if (arg.value.type !== 'Word' || !arg.text.startsWith(`${arg.name}=`)) return null;
  const value = literalValue(arg.value);
  return value === null ? null : `${arg.name}=${value}`;
}

/** What the command defines; undefined if the text does not tell, or the alias is not words only. */
function definitionsOf(command: Command, nounset: boolean): Map<string, string> | undefined {
  const found = new Map<string, string>();
  for (const arg of command.args) {
    const text = textOf(arg);
    if (text === null) return undefined;
    if (text === '--' || text === '-p') continue;
    const [, name, value] = /^([A-Za-z_][\w.+~@%,^-]*)(?:=([\s\S]*))?$/.exec(text) ?? [];
    if (name === undefined) return undefined;
    if (value === undefined) continue;
    if (!WORDS.test(value) || (nounset && value.includes('$')) || /\baws\b/.test(value)) return undefined;
    found.set(name, value);
  }
  return found;
}

/**
 * True if a file or a text that only run time knows may define aliases, and what follows has been read by then: in the same
 * line, or in the same command.
 */
export function hidesAliases(script: Script, source: string): boolean {
  const between = new Set<SyntaxNode>();
  for (const line of groupByLine(source, script.commands))
    for (const command of ownCommands(line[line.length - 1]!.command)) between.add(command);
  const isLiteral = (command: Command): boolean =>
    commandName(command) === 'eval' && command.args.every((arg) => textOf(arg) !== null);
  return some(
    script,
    (node) => node.type === 'Command' && DYNAMIC.has(commandName(node) ?? '') && !between.has(node) && !isLiteral(node),
  );
}

/**
 * The subshells of the script that expand aliases for themselves alone, and where nothing is executed but what has been read by
 * then: aliases from texts that only run time knows are nothing to a shell that reads all of such a subshell at once.
 */
export function aliasedSubshells(script: Script): Set<SyntaxNode> {
  const functions = new Set<string>();
  const found = new Set<SyntaxNode>();
  walk(script, (node) => void (node.type === 'Function' && functions.add(node.name.text)));
  const readsMore = (node: SyntaxNode): boolean => {
    if (node.type === 'CommandExpansion' && node.text.startsWith('`')) return true;
    const name = nameOf(node);
    return name === null || (name !== undefined && (READS_TEXT.has(name) || functions.has(name)));
  };
  walk(script, (node) => {
    if (node.type !== 'Subshell') return undefined;
    const switches = some(
      node,
      (n) => n.type === 'Command' && ['set', 'shopt'].includes(nameOf(n) ?? '') && switchesAliases(n),
    );
    if (switches && !some(node, readsMore)) found.add(node);
    return false;
  });
  return found;
}

/**
 * True if no alias that the script may define changes how its text is parsed, and each is in force wherever a step's shell
 * reads a command when it is where the script's own shell reads it.
 *
 * @param source The script's text.
 * @param nounset `set -u` may be on: an unset variable in an alias ends the shell.
 */
export function aliasesAreWords(script: Script, source: string, nounset: boolean): boolean {
  if (/\bBASH_ALIASES\b|\bPOSIXLY_CORRECT\b/.test(source)) return false;
  const values = new Map<string, string[]>();
  const functions = new Set<string>();
  const changing: Statement[][] = [];
  for (const line of groupByLine(source, script.commands)) {
    let changes = false;
    for (const statement of line) {
      for (const command of ownCommands(statement.command)) {
        if (nameOf(command) === 'alias') {
          const defined = definitionsOf(command as Command, nounset);
          if (!defined) return false;
          for (const [name, value] of defined) values.set(name, [...(values.get(name) ?? []), value]);
        }
        changes ||= CHANGES_ALIASES.has(nameOf(command) ?? '');
      }
    }
    if (changes) changing.push(line);
  }
  let plain = true;
  const topLevel = new Set(script.commands.flatMap(({ command }) => ownCommands(command)));
  walk(script, (node) => {
    if (node.type === 'Function') functions.add(node.name.text);
    if (node.type === 'CommandExpansion' && node.text.startsWith('`')) plain = false;
    const name = nameOf(node);
    // Text that is executed may define others; so may a command that only run time knows.
    if (name === null && !namesPlain(node as Command, source)) plain = false;
    if (name === 'eval' || name === '.' || name === 'source') plain = false;
    if (node.type === 'Command' && !topLevel.has(node)) {
      if (name === 'alias' || name === 'unalias') plain = false;
      // Bash has read what stands in the same command, or behind it in its line.
      if ((name === 'set' || name === 'shopt') && switchesAliases(node)) plain = false;
    }
    if (node.type === 'Command' && name === 'trap' && handlerChanges(node)) plain = false;
    return plain ? undefined : false;
  });
  if (!plain) return false;
  const mentions = (node: SyntaxNode): boolean =>
    some(node, (n) => n.type === 'Word' && values.has(literalValue(n) ?? ''));
  for (const name of values.keys()) {
    if (functions.has(name) || KNOWN.has(name) || KEYWORDS.has(name)) return false;
    for (const word of commandsOf(name, values))
      if (functions.has(word) || KEYWORDS.has(word) || KNOWN.has(word) || word.includes('=')) return false;
  }
  // A function's commands are read where it is defined, those of a line before any of them is executed.
  if (some(script, (node) => node.type === 'Function' && mentions(node))) return false;
  return changing.every((line) =>
    line
      .flatMap(({ command }) => ownCommands(command))
      .every((command) => ['alias', 'unalias'].includes(nameOf(command) ?? '') || !mentions(command)),
  );
}

/** Names of the commands that an alias may lead to, through others. */
function commandsOf(name: string, values: ReadonlyMap<string, readonly string[]>): Set<string> {
  const found = new Set<string>();
  const visit = (word: string): void => {
    for (const value of values.get(word) ?? []) {
      const first = /^\S+/.exec(value)![0];
      if (found.has(first)) continue;
      found.add(first);
      visit(first);
    }
  };
  visit(name);
  return found;
}
