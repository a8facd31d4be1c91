/**
 * Process ids: a step's shell is another process than the script's. What the source shows becomes a point where the runtime
 * writes the run's own; what a text says that only run time evaluates does not.
 */
import type { TextPart } from '../bundle.ts';
import {
  COMMANDS,
  type Command,
  forEachChild,
  literalValue,
  type SyntaxNode,
  some,
  type Word,
  type WordPart,
  walk,
} from '../parse/ast.ts';
import { EVALUATORS, evaluatesData, matchedAssignments, withoutComments } from './evaluated-text.ts';
import { commandName } from './facts.ts';
import { blank, type Edit } from './text.ts';

/** `$$`, also where a quote or a backslash keeps it for later. */
const IDS = /\$\\?\$|\$\{\$\}/g;

/** Matches where a process id may be named in any way. */
const MAY_NAME = /\$\\?\$|\$\{#?\$|PPID|BASHPID/;

/** `${$: -3}`, `${#$}`: an operation on the process id, which takes no number in its place. `$${a,b}`: behind `$`, braces hold no list. */
const OPERATION = /(?<!\\)\$\{(?:#\$|\$(?![}\w]))|\$\$\{[^\s}]*(?:,|\.\.)/;

/** `\$$name`, as in `eval echo \$$name`: a quoted `$` before an expansion, which are no process id unless a value is a `$`. */
const INDIRECT = /(?<!\\)(?:\\\\)*\\\$(?=\$[\w{])/g;
/** A `$` by itself. */
const LONE = /'\$'|"\$"|\\\$(?=["'\s;&|)}]|$)|=\$(?=[\s;]|$)/m;

/** Programs that print nothing of the patterns they are given. */
const MATCHERS: ReadonlySet<string> = new Set(['grep', 'egrep', 'fgrep']);
/** A pattern that only ends with a `$`. */
const ANCHORED = /^"(?:[^"`\\]|\\[^"`])+\\\$"$/s;
/** `\$"$name"`, as in `eval echo \$"$name"`: the `$` stands before a name. */
const QUOTED_INDIRECT = /^\\\$"\$(?:\w+|\{\w+\})"$/;

/** True of a command that is such a program; `matchers` has the functions that are no more. */
function matches({ name, args }: Command, matchers: ReadonlySet<string>): boolean {
  const program = name?.text === 'command' ? args[0]?.text : name?.text;
  return program !== undefined && matchers.has(program);
}

/** The programs, and the functions that hand all of their arguments to one: `f() { command grep "$@"; }`. */
function findMatchers(script: SyntaxNode): ReadonlySet<string> {
  const matchers = new Set(MATCHERS);
  const others = new Set<string>();
  walk(script, (node) => {
    if (node.type !== 'Function') return;
    const [only, ...more] = node.body.type === 'BraceGroup' ? node.body.body.commands : [];
    const command = only?.command;
    const handsOn =
      more.length === 0 &&
      !only?.background &&
      command?.type === 'Command' &&
      command.name?.text === 'command' &&
      MATCHERS.has(command.args[0]?.text ?? '') &&
      command.args.slice(1).every(({ text }) => text === '"$@"');
    (handsOn ? matchers : others).add(node.name.text);
  });
  for (const name of others) matchers.delete(name);
  return matchers;
}

/** The source with blanks for words whose `$` by itself becomes the value of no variable. */
function withoutAnchors(script: SyntaxNode, text: string): string {
  const matchers = findMatchers(script);
  let rest = text;
  walk(script, (node) => {
    if (node.type !== 'Command') return;
    const harmless = matches(node, matchers) ? ANCHORED : node.name?.text === 'eval' ? QUOTED_INDIRECT : undefined;
    for (const { pos, end, text: word } of node.args)
      if (harmless?.test(word) && text.slice(pos, end) === word)
        rest = rest.slice(0, pos) + ' '.repeat(end - pos) + rest.slice(end);
  });
  return rest;
}

/** The point that an expansion of a process id becomes. @param main BASHPID is that of the script's own shell */
export function identity(node: SyntaxNode, main: boolean): TextPart | undefined {
  if (node.type === 'SimpleExpansion') {
    if (node.text === '$$' || (main && node.text === '$BASHPID')) return ['pid'];
    if (node.text === '$PPID') return ['ppid'];
  }
  if (node.type === 'ParameterExpansion' && !node.operation && !node.prefix && !node.index) {
    if (node.parameter === '$' || (main && node.parameter === 'BASHPID')) return ['pid'];
    if (node.parameter === 'PPID') return ['ppid'];
  }
  return undefined;
}

/** Matches `$$`. */
const ID = /\$(?:\$|\{\$\})/;
/** What names the program of the script's own shell, quoted or not, behind which `\1` stands for the quote. */
const OWN_PROGRAM = String.raw`("?)\/proc\/${ID.source}\/exe\1`;
const OWN_PROGRAM_WORD = new RegExp(`^${OWN_PROGRAM}$`);

/**
 * Matches where a script asks which program its own shell is (`readlink /proc/$$/exe`): whichever shell of the run asks, its own
 * is the same, and only the answer shows.
 */
export const ASKS_OWN_PROGRAM = new RegExp(
  String.raw`(?<![\w./-])(?:readlink|realpath)(?:[ \t]+-[a-z]+)*[ \t]+${OWN_PROGRAM}(?=[\s;|&)\x60]|$)`,
  'g',
);

/** True of the word by which such a command does: `$$` stays as it stands there. */
export const namesOwnProgram = ({ name }: Command, word: SyntaxNode): boolean =>
  word.type === 'Word' && OWN_PROGRAM_WORD.test(word.text) && /^(?:readlink|realpath)$/.test(name?.text ?? '');

export const OWN_DESCRIPTORS_PATH = '/proc/$$/fd/';

/** A word that is such a name; whoever opens it has the descriptor under the same number. */
const OWN_DESCRIPTOR = /^\/proc\/\$\$\/fd\/([3-9])$/;

/** The number of the descriptor that a node names so. */
export function ownDescriptor(node: SyntaxNode | undefined): number | undefined {
  const number = node?.type === 'Word' ? OWN_DESCRIPTOR.exec(node.text)?.[1] : undefined;
  return number === undefined ? undefined : Number(number);
}

/** The text that `trap` or `eval` is given, where it is one in single quotes. */
function evaluated(command: Command): Word | undefined {
  const name = command.name?.text;
  if (name !== 'trap' && name !== 'eval') return undefined;
  const words = command.args[0]?.text === '--' ? command.args.slice(1) : command.args;
  const [word] = words;
  if (word?.type !== 'Word' || word.parts?.length !== 1 || word.parts[0]!.type !== 'SingleQuoted') return undefined;
  return name === 'eval' && words.length > 1 ? undefined : word;
}

/** Text of a handler without the signals that it sends: those go to the shell that evaluates it. */
const withoutSignals = (text: string): string => text.replace(/\bkill\b[^;&|\n]*/g, '');

/** The process ids in the text that a command evaluates: points like those of the source, where nothing in that text quotes them. */
export function evaluatedIds(command: Command): Edit[] {
  const word = evaluated(command);
  if (!word || /\\|<<|\bkill\b/.test(word.text)) return [];
  return Array.from(word.text.matchAll(IDS), ({ 0: id, index }) => ({
    start: word.pos + index,
    end: word.pos + index + id.length,
    parts: [['pid']],
  }));
}

/** A directive of `printf`: of a time, of another kind, or with a width that is an argument. */
const DIRECTIVE = /%(?:%|[-+ 0#']*(?:\d*|(\*))(?:\.(?:\d*|(\*)))?(?:(\([^)]*\)T)|[a-zA-Z]+))/g;

/**
 * Matches scripts in which `printf '%(…)T' -2` has to stay as it is: they assign to SECONDS, from when on that is the time of the
 * assignment (bash's `assign_seconds`), or show commands and functions.
 */
export const KEEPS_BEGINNING =
  /\bSECONDS\+?=|xtrace|\bset\s+-\w*[xv]|\b(?:declare|typeset)\s+-\w*f|\btype\s|BASH_COMMAND/;

/** The words by which `printf '%(…)T' -2` asks when the shell was started: a step's was started for that. */
export function beginnings({ name, args }: Command): Edit[] {
  if (name?.text !== 'printf' || !args.some(({ text }) => text === '-2')) return [];
  const first = args[0]?.text === '-v' ? 2 : 0;
  const [format, ...given] = args.slice(args[first]?.text === '--' ? first + 1 : first);
  const directives = [...((format?.type === 'Word' && literalValue(format)) || '').matchAll(DIRECTIVE)].filter(
    ([all]) => all !== '%%',
  );
  if (directives.length === 0 || directives.some(([, width, precision]) => width || precision)) return [];
  return given
    .filter(({ text }, index) => text === '-2' && directives[index % directives.length]![3])
    .map(({ pos, end }) => ({ start: pos, end, parts: [['began']] }));
}

/** True of a part of a word into which no expansion puts anything. */
const isLiteral = (part: WordPart): boolean =>
  part.type === 'DoubleQuoted'
    ? part.parts.every(isLiteral)
    : part.type === 'Literal' || part.type === 'Glob' || part.type === 'SingleQuoted';

/** The words of a node that are only compared, of those into which no expansion puts anything. */
function comparedBy(node: SyntaxNode): Word[] {
  let words: Word[] = [];
  if (node.type === 'Case') words = node.items.flatMap(({ pattern }) => pattern);
  else if (node.type === 'TestBinary' && /^(==?|!=)$/.test(node.operator)) words = [node.left, node.right];
  else if (node.type === 'ParameterExpansion') {
    const { operation } = node;
    if (operation?.type === 'Remove') words = [operation.operand];
    if (operation?.type === 'Replace') words = [operation.pattern];
  }
  return words.filter(({ parts }) => !parts || parts.every(isLiteral));
}

/**
 * True if something else than the script's own shell may ask for the process id of its parent, or a text that may be
 * evaluated does: a child of the script must find the shell that `$$` names.
 */
export function namesParent(script: SyntaxNode, source: string): boolean {
  const named = new Set(Array.from(withoutComments(source).matchAll(/\bPPID\b/g), ({ index }) => index));
  if (named.size === 0) return false;
  walk(script, (node) => {
    const nodes = identity(node, false) ? [node] : comparedBy(node);
    for (const { pos, end } of nodes) for (const at of [...named]) if (at >= pos && at < end) named.delete(at);
  });
  return named.size > 0;
}

/** Matches what shows evaluated text, or what it has defined, as it stands. */
const SHOWS_TEXT =
  /xtrace|\bset\s+-\w*x|\b(?:declare|typeset)\s+-\w*[fp]|\btype\b|\bcommand\s+-[vV]|BASH_COMMAND|\b(?:builtin|command)\s+trap\b/;

/** Commands that keep their words as commands, or as names of variables with subscripts, for bash to evaluate. */
const KEEPS_TEXT: ReadonlySet<string> = new Set(['alias', 'bind', 'compgen', 'complete', 'mapfile', 'readarray']);

/** Programs that put what they read into a file as it is. */
const COPIES: ReadonlySet<string> = new Set(['cat', 'tee']);

/** A document without expansions, which a command only puts into a file that it names. */
function writtenDocument(node: Command): SyntaxNode | undefined {
  if (!COPIES.has(commandName(node) ?? '')) return undefined;
  const document = node.redirects.find(({ type }) => type === 'HereDoc');
  const names =
    commandName(node) === 'tee' ? node.args.length > 0 : node.redirects.some(({ operator }) => /^>>?$/.test(operator));
  return document?.type === 'HereDoc' && document.delimiter?.quoted && names ? document.body : undefined;
}

/** What a script that may name process ids has to do with texts that only run time knows. */
export interface UnseenTexts {
  /** Documents that become files. */
  documents: SyntaxNode[];
  /** One may be evaluated that run time does not judge, or that is no file. */
  unjudged: boolean;
  /** A shell may evaluate one that is not the script's own, or where the runtime does not see what it says. */
  elsewhere: boolean;
  /** What evaluates the others. */
  evaluators: Command[];
  /** The script shows a process id. */
  shown: boolean;
}

/** Finds that; nothing where none can be named. */
export function findUnseenTexts(script: SyntaxNode, source: string): UnseenTexts | undefined {
  if (!MAY_NAME.test(source)) return undefined;
  const found: UnseenTexts = { documents: [], unjudged: false, elsewhere: false, evaluators: [], shown: false };
  const matched = matchedAssignments(script, source);
  const visit = (node: SyntaxNode, inFunction: boolean, inShell: boolean): void => {
    if (identity(node, true)) found.shown = true;
    if (node.type === 'Command') {
      const within = inFunction || inShell;
      const document = writtenDocument(node);
      if (document && !within) found.documents.push(document);
      const name = commandName(node) ?? '';
      if (EVALUATORS.has(name) && evaluatesData(node) && !matched.has(node) && !assignsRelease(node)) {
        if (within || name === 'eval' || name === 'trap') found.unjudged = true;
        if (inShell || name === 'trap' || node.name!.text !== name) found.elsewhere = true;
        else found.evaluators.push(node);
      }
    }
    const shell = inShell || startsShell(node);
    forEachChild(node, (child) => visit(child, inFunction || node.type === 'Function', shell));
  };
  visit(script, false, false);
  return found;
}

/** Files that are nothing but assignments, without expansions (os-release(5)). */
const RELEASES = /^(["']?)\/(?:etc\/(?:os|lsb)-release|usr\/lib\/os-release)\1$/;

/** True of a command that reads such a file. */
const assignsRelease = ({ name, args }: Command): boolean =>
  /^(?:\.|source)$/.test(name?.text ?? '') && args.length === 1 && RELEASES.test(args[0]!.text);

/** A text that bash expands once more: before a line of a trace, or where a script has it do so. */
const PROMPTS = /\bPS4\b|@P\}/;

/**
 * True if BASHPID is named other than by a plain expansion: in arithmetic, or in a text that may be evaluated.
 * @param evaluates true if some text may be
 */
function namesProcess(script: SyntaxNode, text: string, evaluates: () => boolean): boolean {
  if (!text.includes('BASHPID')) return false;
  const named = new Set(Array.from(text.matchAll(/BASHPID/g), ({ index }) => index));
  const prose = new Set<number>();
  walk(script, (node) => {
    const plain = identity(node, true) !== undefined;
    const quoted = node.type === 'DoubleQuoted' || node.type === 'SingleQuoted';
    // Commands within the quotes are no prose.
    if (!plain && (!quoted || /\$\(|`/.test(text.slice(node.pos, node.end)))) return;
    for (const at of [...named]) {
      if (at < node.pos || at >= node.end) continue;
      if (plain) named.delete(at);
      // Behind another word it is neither a name nor arithmetic.
      else if (/\w $/.test(text.slice(node.pos, at))) prose.add(at);
    }
  });
  return [...named].some((at) => !prose.has(at)) || (named.size > 0 && evaluates());
}

/** True of a node that is a shell of its own within another. */
export const startsShell = (node: SyntaxNode): boolean =>
  node.type === 'Subshell' ||
  node.type === 'CommandExpansion' ||
  node.type === 'ProcessSubstitution' ||
  node.type === 'Coproc' ||
  (node.type === 'Pipeline' && node.commands.length > 1) ||
  (node.type === 'Statement' && node.background === true);

/** True if a function may ask for the process id of the shell that calls it, and not only of those that it starts. */
export function namesShell(definition: SyntaxNode, source: string): boolean {
  const count = ({ pos, end }: SyntaxNode): number => source.slice(pos, end).split('BASHPID').length - 1;
  let named = count(definition);
  if (named === 0) return false;
  walk(definition, (node) => {
    if (!startsShell(node)) return undefined;
    named -= count(node);
    return false;
  });
  return named > 0;
}

/** What stands before a text within a subscript: where that is one, bash expands it, be it in quotes or a variable's value. */
const IN_SUBSCRIPT = /\w\[[^\]\n]*$/;

/** Matches the command that sends signals. */
export const KILL = /\bkill\b/;
/** To ask whether the script's shell is there is no signal, and every step has the same answer. */
const PROBE = new RegExp(
  String.raw`\bkill[ \t]+-(?:0|[sn][ \t]*0)[ \t]+("?)${ID.source}\1(?=[ \t]*(?:[\n;&|)}]|[12]?>|$))`,
  'g',
);
/** Matches a command that sends a signal to `$$`. */
const SIGNALS_ID = new RegExp(`${KILL.source}[^;&|]*${ID.source}`);

/** A text without the commands that only ask whether the script's shell is there. */
const withoutProbes = (text: string): string => (text.includes('kill') ? text.replace(PROBE, '') : text);

/** True of a command's text that sends a signal to `$$`, itself or by another shell. */
export function signalsItself(text: string): boolean {
  const rest = withoutProbes(text);
  return KILL.test(rest) && ID.test(rest);
}

/** True of a job's text that sends a signal to `$$`. */
export const signalsScript = (text: string): boolean => SIGNALS_ID.test(withoutProbes(text));

/** True of a text where `$$` is the shell that runs it: it sends signals, and not only asks whether the script's shell is there. */
export const maySignalItself = (text: string): boolean =>
  KILL.test(text) && (withoutProbes(text) === text || signalsItself(text));

/** Matches what shows a function's text. */
const SHOWS_FUNCTIONS = /\b(?:declare|typeset|export)\s+-\w*f|\btype\b|\bcommand\s+-\w*V/;

/** True of a function's text where `$$` stays as it is. @param source of the whole script */
export const keepsIds = (text: string, source: string): boolean =>
  maySignalItself(text) || (KILL.test(text) && SHOWS_FUNCTIONS.test(source));

/** Commands that keep what they are given, or pass it on: another command, of another step, may run that. */
const PASSES_TEXT: ReadonlySet<string> = new Set(
  'cat declare echo export local mapfile printf read readarray readonly set tee typeset xargs'.split(' '),
);

/** Matches a command that sends the signal of which a shell dies only while it waits for nothing. */
const INTERRUPTS = new RegExp(String.raw`${KILL.source}[^;&|]*\s-(?:[sn]\s*)?(?:(?:SIG)?INT|2)\s[^;&|]*${ID.source}`);

/** True if a command keeps or evaluates such a text with the number that `$$` was when the text was made. */
const keepsInterrupt = (node: Command, text: string): boolean =>
  /^(trap|eval)$/.test(node.name?.text ?? '') &&
  INTERRUPTS.test(text) &&
  node.args.some((arg) => some(arg, (part) => part.type === 'SimpleExpansion' && part.text === '$$'));

/**
 * True if a text that sends a signal to `$$` may be made by one command and run by another: within a step, `$$` is the shell that
 * the signal is for, which is another one in the next.
 */
export function passesSignal(
  script: SyntaxNode,
  source: string,
  functions: { has: (name: string) => boolean },
): boolean {
  if (!KILL.test(source)) return false;
  const words = /["'=]kill\b/.test(source);
  const textOf = ({ pos, end }: SyntaxNode): string => source.slice(pos, end);
  const passes = (node: SyntaxNode): boolean => {
    if (node.type !== 'Command') return false;
    if (keepsInterrupt(node, textOf(node))) return true;
    if (some(node, ({ type }) => type === 'CommandExpansion')) return false;
    const name = commandName(node);
    if (typeof name === 'string' && !PASSES_TEXT.has(name) && !functions.has(name)) return false;
    if (name === null && words && ID.test(textOf(node))) return true;
    return (
      signalsItself(textOf(node)) ||
      node.redirects.some((redirect) => redirect.type === 'HereDoc' && signalsItself(textOf(redirect.body)))
    );
  };
  return some(script, passes, COMMANDS);
}

/**
 * True if the shell may evaluate a `$$` that is in no text of the script's own but in a quoted one, or show one as it was
 * quoted, or operates on its process id.
 * @param evaluatesWords true if words that only run time knows may be commands that evaluate a text
 */
export function hidesProcessId(
  script: SyntaxNode,
  source: string,
  { documents, unjudged, elsewhere, shown }: UnseenTexts,
  evaluatesWords: () => boolean,
): boolean {
  const byWords = evaluatesWords();
  // Such a text may show one, too.
  if (shown && (elsewhere || byWords)) return true;
  // What a file holds is judged when it is read.
  const text = withoutComments(unjudged || byWords ? source : blank(source, documents));
  const evaluates = (): boolean =>
    PROMPTS.test(text) ||
    some(script, (node) => {
      const name = node.type === 'Command' ? (commandName(node) ?? '') : '';
      return EVALUATORS.has(name) || KEEPS_TEXT.has(name);
    }) ||
    byWords;
  if (OPERATION.test(text) || namesProcess(script, text, evaluates)) return true;
  if (text.search(IDS) < 0) return false;
  const lone = LONE.test(text) && LONE.test(withoutAnchors(script, text));
  const plain = lone ? text : text.replace(INDIRECT, (quoted) => ' '.repeat(quoted.length));
  const found = plain.matchAll(IDS);
  const hidden = new Set(Array.from(found, ({ index }) => index));
  if (hidden.size === 0) return false;
  const evaluators: Command[] = [];
  const keepers: Command[] = [];
  const matched = matchedAssignments(script, source);
  let lists = false;
  let listed = false;
  walk(script, (node) => {
    if (identity(node, true)) hidden.delete(node.pos);
    // What is only compared is never evaluated.
    for (const { pos, end } of comparedBy(node))
      for (const at of [...hidden]) if (at >= pos && at < end) hidden.delete(at);
    if (node.type !== 'Command') return;
    for (const { start } of evaluatedIds(node)) {
      hidden.delete(start);
      listed = true;
    }
    const name = commandName(node) ?? '';
    if (name === 'trap' && (node.args.length === 0 || node.args[0]!.text === '-p')) lists = true;
    if (KEEPS_TEXT.has(name)) keepers.push(node);
    if (!EVALUATORS.has(name) || matched.has(node)) return;
    const word = evaluated(node);
    if (word && !/\$\$|\$\{\$\}/.test(withoutSignals(word.text)))
      for (const at of [...hidden]) if (at >= word.pos && at < word.end) hidden.delete(at);
    evaluators.push(node);
  });
  if (listed && (lists || SHOWS_TEXT.test(source))) return true;
  if (hidden.size === 0) return false;
  const within = (node: Command): boolean => [...hidden].some((at) => at >= node.pos && at < node.end);
  return (
    evaluators.some((node) => within(node) || evaluatesData(node)) ||
    keepers.some(within) ||
    [...hidden].some((at) => IN_SUBSCRIPT.test(text.slice(0, at))) ||
    PROMPTS.test(text) ||
    byWords
  );
}
