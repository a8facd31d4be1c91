/** Commands that a script hands on as words: `run set -e` where `run` is `"$@"`, and `c='set -e'; $c`. */
import type { Command, FunctionNode, Script, SyntaxNode, Word } from '../parse/ast.ts';
import { LOOPS, literalValue, some, walk } from '../parse/ast.ts';
import { READS_FILES } from './text-search.ts';

/** Words that are a command, or whose text is one. */
export interface CommandAsData {
  node: SyntaxNode;
  words: Command['args'];
  /** The words are those of a command in their place: it runs from there on. */
  handedOn: boolean;
}

/** A variable that takes values of the script's, and the words of each, which may be a whole command, or all of them one. */
function heldCommands(node: SyntaxNode): { name: string; values: (readonly Word[])[] } | undefined {
  if (node.type === 'For') return { name: node.name.text, values: (node.wordlist ?? []).map((word) => [word]) };
  if (node.type !== 'Assignment') return undefined;
  return { name: node.name, values: [node.value.type === 'Word' ? [node.value] : node.value.elements] };
}

type Functions = ReadonlyMap<string, FunctionNode[]>;

/** How many words a function's body may pass over before the one that it runs. */
function passedOver(body: SyntaxNode, text: string, runs: (node: SyntaxNode) => boolean): number {
  // `"${@:2}"`, `"${words[@]:n}"`.
  if (/[@*]\]?:/.test(text)) return Infinity;
  let passed = 0;
  let looping = 0;
  walk(body, (node) => {
    // There, a function may shift as often as it likes.
    if (LOOPS.has(node.type) && node.pos >= looping) looping = node.end;
    if (node.type !== 'Command') return;
    if (node.name?.text === 'shift') {
      const by = node.args[0]?.text ?? '1';
      passed += node.pos < looping || !/^\d+$/.test(by) ? Infinity : Number(by);
    } else if (runs(node)) {
      const places = text.slice(node.pos - body.pos, node.end - body.pos).matchAll(/\$\{?(\d+)/g);
      passed += Math.max(0, ...Array.from(places, ([, place]) => Number(place) - 1));
    }
  });
  return passed;
}

/** The functions that may run words which they are given, or have others run them; behind at most how many other words. */
function runnersOf(
  functions: Functions,
  source: string,
  runsWords: (node: SyntaxNode) => boolean,
): ReadonlyMap<string, number> {
  const runners = new Map<string, number>();
  const called = (node: SyntaxNode): string | undefined =>
    node.type === 'Command' && node.name ? (literalValue(node.name) ?? undefined) : undefined;
  const runs = (node: SyntaxNode): boolean => runsWords(node) || runners.has(called(node) ?? '');
  for (let before = -1; before !== runners.size; ) {
    before = runners.size;
    for (const [name, nodes] of functions) {
      if (runners.has(name) || !nodes.some(({ body }) => some(body, runs))) continue;
      let behind = 0;
      for (const { body } of nodes) {
        let passed = passedOver(body, source.slice(body.pos, body.end), runs);
        walk(body, (node) => {
          const other = called(node);
          if (other === name) passed = Infinity;
          else if (other !== undefined) passed += runners.get(other) ?? 0;
        });
        behind = Math.max(behind, passed);
      }
      runners.set(name, behind);
    }
  }
  return runners;
}

/** A word that is a command where it stands first, or an argument of one: no option, no assignment, nothing that divides a text. */
const PLAIN = /^[\w./@:+,][\w./@:+,-]*$/;
/** Words behind which a command may stand, where they are commands or words of a text. */
const PASSING: ReadonlySet<string> = new Set(
  'command builtin exec eval time coproc if elif then else while until do'.split(' '),
);

/**
 * Finds them, in a script that runs words which only run time knows.
 * @param functions what may run the words that it is given
 * @param names the commands that matter
 * @param runsWords true of a node that runs words which only run time knows
 */
export function commandsAsData(
  script: Script,
  source: string,
  functions: Functions,
  names: ReadonlySet<string>,
  runsWords: (node: SyntaxNode) => boolean,
): CommandAsData[] {
  const found: CommandAsData[] = [];
  const runners = runnersOf(functions, source, runsWords);
  // A word may come to any of them, or to a function of a file.
  const most = READS_FILES.test(source) ? Infinity : Math.max(0, ...runners.values());
  const begins = (word: Word | undefined): boolean =>
    word !== undefined && names.has(/^\s*(\S*)/.exec(literalValue(word) ?? '')![1]!);
  const held: { name: string; node: SyntaxNode; words: readonly Word[] }[] = [];
  // What may run a variable's value: a command's name, and whatever hands on its words.
  let running = '';
  walk(script, (node) => {
    const { name: variable = '', values = [] } = heldCommands(node) ?? {};
    for (const words of values) if (begins(words[0])) held.push({ name: variable, node, words });
    if (node.type !== 'Command' || !node.name) return;
    const name = literalValue(node.name);
    if (name === null || runners.has(name) || name === 'eval' || name === 'set')
      running += `${[node.name, ...node.args].map(({ text }) => text).join(' ')}\n`;
    if (name !== null && !runners.has(name)) return;
    const behind = name === null ? most : runners.get(name)!;
    let passed = 0;
    for (const [i, arg] of node.args.entries()) {
      const value = arg.type === 'Word' ? literalValue(arg) : null;
      if (names.has(value ?? '')) found.push({ node, words: node.args.slice(i), handedOn: true });
      if (name !== null || (value !== null && PLAIN.test(value) && !PASSING.has(value) && !runners.has(value)))
        passed += 1;
      if (passed > behind) break;
    }
  });
  for (const { name, node, words } of held)
    if (new RegExp(`\\$\\{?!?${name}\\b`).test(running)) found.push({ node, words, handedOn: false });
  return found;
}

/** Words as the command that they are. */
export function asCommand([name, ...args]: Command['args'], end: number): Command {
  const { pos } = name!;
  return { type: 'Command', pos, end, name: name as Word, prefix: [], suffix: args, args, redirects: [] };
}
