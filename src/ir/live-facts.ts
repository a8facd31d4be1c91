/** Facts of what a script may come to execute: a function that nothing can call only stands there. */

import { composesName } from '../composed-names.ts';
import { type Command, type Script, type Statement, type SyntaxNode, some } from '../parse/ast.ts';
import {
  argumentValues,
  collectFacts,
  commandName,
  DYNAMIC,
  type FactOptions,
  type Facts,
  listsVariables,
  textOf,
} from './facts.ts';
import { misread } from './misread.ts';
import { identity } from './process-ids.ts';
import { blank, ownsItsSource } from './text.ts';
import { withoutCommentLines } from './text-search.ts';

/** Facts of a script of which nothing else calls functions: those that its own text does not call have no say in them. */
export function collectLiveFacts(script: Script, source: string, options: FactOptions): Facts {
  const facts = collectFacts(script, source, options);
  if (!facts.whole && facts.ties.length === 0) return facts;
  const { dead, judged, names } = findUncalled(script, source, options);
  if (dead.size === 0) return facts;
  const commands = script.commands.filter((statement) => !dead.has(statement));
  const live = collectFacts({ ...script, commands }, blank(source, dead), options);
  live.whole ??= misread(script, source);
  if (live.whole) return facts;
  const { functions } = facts;
  return judged.length > 0
    ? { ...live, functions, judged: [...live.judged, ...judged], uncalled: names }
    : { ...live, functions };
}

/** Matches what has other shells know functions, or a text that is evaluated without a command. */
const SHOWS = /\bPS4\b|@P\}|allexport|^#!.*\s-\w*a/;

/** Functions that nothing can call, or show the text of. */
interface Uncalled {
  /** Their definitions, in their order. */
  dead: Set<Statement>;
  names: string[];
  /** Commands of whose text only run time knows that it does not. */
  judged: Command[];
}

/** Finds them at the script's own level. */
function findUncalled(script: Script, source: string, { set = [], unjudged }: FactOptions): Uncalled {
  const byName = new Map<string, Statement[]>();
  for (const statement of script.commands) {
    const { command } = statement;
    if (command.type !== 'Function' || !isContained(command, statement.end)) continue;
    const name = command.name.text;
    if (name !== 'command_not_found_handle') byName.set(name, [...(byName.get(name) ?? []), statement]);
  }
  const dead = (): Set<Statement> =>
    new Set(script.commands.filter(({ command }) => command.type === 'Function' && byName.has(command.name.text)));
  const texts = [blank(source, dead())];
  for (let text = texts.pop(); text !== undefined; text = texts.pop()) {
    const code = withoutCommentLines(text);
    for (const [name, statements] of byName) {
      if (!code.includes(name)) continue;
      byName.delete(name);
      texts.push(...statements.map(({ pos, end }) => source.slice(pos, end)));
    }
  }
  const found = dead();
  const isLive = (statement: Statement): boolean => !found.has(statement);
  const names = [...byName.keys()];
  const judged: Command[] = [];
  const calls = (node: SyntaxNode): boolean => {
    if (unjudged || node.type !== 'Command' || !DYNAMIC.has(commandName(node) ?? '')) return mayCall(node, byName);
    judged.push(node);
    return false;
  };
  const code = blank(source, found);
  const mayShow =
    SHOWS.test(code) ||
    set.some((word) => /^-\w*a|allexport/.test(word)) ||
    script.commands.filter(isLive).some((statement) => some(statement, calls)) ||
    // A function of such a text may run words, or show what else there is: our process ids.
    (judged.length > 0 && (composesName(withoutCommentLines(code), names) || [...found].some(namesIds)));
  return mayShow ? { dead: new Set(), names: [], judged: [] } : { dead: found, names, judged };
}

const namesIds = (node: SyntaxNode): boolean => some(node, (n) => identity(n, true) !== undefined);

/** True if no here-document of the function lies behind it. */
const isContained = (node: SyntaxNode, end: number): boolean =>
  !some(node, (n) => n.type === 'HereDoc' && (n.closing ?? n.body).end > end);

/** True if a node may call functions of these names though no text has them, or show a function's text. */
function mayCall(node: SyntaxNode, names: { has: (name: string) => boolean }): boolean {
  if (ownsItsSource(node)) return true;
  if (node.type !== 'Command') return false;
  const name = commandName(node);
  if (name === undefined) return false;
  if (name === null || DYNAMIC.has(name) || names.has(name) || listsVariables(node)) return true;
  const values = argumentValues(node);
  switch (name) {
    case 'trap': {
      const at = values[0] === '--' ? 1 : 0;
      const handler = textOf(node.args.slice(at, at + 1));
      return !handler || some(handler.script, (inner) => mayCall(inner, names));
    }
    case 'set':
      return values
        .slice(0, values.includes('--') ? values.indexOf('--') : values.length)
        .some((value) => value === null || /^-\w*a/.test(value));
    case 'declare':
    case 'typeset':
    case 'export':
    case 'readonly':
      return node.args.some(({ text }, i) =>
        values[i] === null ? !/^\w+(\[.*\])?\+?=/.test(text) : /^-\w*[fFp]/.test(text),
      );
    case 'alias':
    case 'enable':
      return true;
    case 'command':
      return values[0] !== '-v' && values.includes(null);
    case 'bind':
    case 'compgen':
    case 'complete':
    case 'mapfile':
    case 'readarray':
    case 'type':
      return values.includes(null);
    default:
      return false;
  }
}
