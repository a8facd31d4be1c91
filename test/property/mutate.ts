/** Changes random scripts: commands that were written together end up apart, twice, or in shells of their own. */
import { ownsItsSource } from '../../src/ir/text.ts';
import { type Command, forEachChild, type Statement, type SyntaxNode, some } from '../../src/parse/ast.ts';
import { parseScript } from '../../src/parse/parse.ts';
import { SourceFile } from '../../src/source/source-file.ts';
import type { Chance } from './chance.ts';

/** What may stand in the place of a statement §; the same shell runs it. */
const STAYING = [
  '{\n§\n}',
  "eval '§'",
  'if\n§\nthen echo "yes $?"; else echo "no $?"; fi',
  '§\necho "st $? ${PIPESTATUS[*]}"',
  'w1() {\n§\n}; w1 "$@"; echo "w1 $?"',
  'w2() {\nw2() {\n§\n}; w2 in "$1"; }; w2 out; unset -f w2',
  'for q in 1 2; do\n§\ndone',
  '! {\n§\n}',
  '{\n§\n} && echo and',
  '{\n§\n} || echo "or $?"',
  'false || {\n§\n}',
  'set -e\n§\nset +e',
  'set -u\n§\nset +u',
  'set -T\n§\nset +T',
  'while :; do\n§\nbreak\ndone',
  'case x in x)\n§\n;;& *) echo "case $?" ;; esac',
  '§\n§',
  '{\n§\n} 2>&1',
  '{\n§\n} < f4',
  '{\n§\n} <<< "$a"',
  '{\n§\n} 3>&1 >&3',
  'until\n§\n:; do :; done',
  '§\n. ./lib1.sh "$k"',
  './p.sh 3\n§',
  '§\nf0 1 "$?"',
  'shopt -s lastpipe\n./p.sh 0 | {\n§\n}\nshopt -u lastpipe',
];

/** Another shell runs it. */
const FORKING = [
  '(\n§\n)',
  '(set -e\n§\n)',
  '(trap \'echo "sx $?"\' EXIT\n§\n)',
  '{\n§\n} | cat',
  'echo x | {\n§\n}',
  'x=$(\n§\n); echo "$? $x"',
  'echo "<$(\n§\n)>"',
  '{\n§\n} & wait $!; echo "job $?"',
  'cat <(\n§\n)',
  'while read -r q; do echo "<$q>"; done < <(\n§\n)',
  'w3() (\n§\n)\nw3 "$@"; echo "w3 $?"',
];

/** What may stand in the place of an argument, or behind the last one. */
const ARGUMENTS = [
  '"$(./p.sh 3 w)"',
  '$(f0 0 in)',
  '"$@"',
  '${arr[*]}',
  '$((k++))',
  '"$_"',
  '$?',
  '${nope-none}',
  '"${a:=set}"',
  '<(echo ps)',
  '"${PIPESTATUS[*]}"',
  '{1,2}',
  '"$LINENO"',
];

/** What may stand behind a command. */
const REDIRECTIONS = [
  '2>&1',
  '< /dev/null',
  '>&2',
  '2>/dev/null',
  '3>&1 >&3',
  '<<< "$b"',
  '< f4',
  '2>&1 | cat',
  '|| echo "c $?"',
];

/** What may stand in the place of a command's name §. */
const NAMES = [
  '${nope-§}',
  '"$(echo §)"',
  '\\§',
  'command §',
  'a=pre §',
  'k=3 b=$k §',
  '"§"',
  '! §',
  'eval §',
  'time §',
];

/** Commands whose arguments stay: other processes, directories or files may be what they act on, or they would list what is there. */
const KEEPS =
  /^(kill|rm|cd|pushd|mkdir|exec|wait|coproc|ulimit|sleep|timeout|yes|local|declare|typeset|export|readonly|v|rec|fact|fib|f\d)$/;

/** Functions that call themselves: what bounds them stays as it is. */
const RECURSIVE = /^(rec|fact|fib|v|f\d)$/;

/** Counters of loops. */
const COUNTER = /\bi\d+\b/;

/** A simple command with another word or redirection. */
function changed(text: string, { pos, end, name, args }: Command, chance: Chance): string {
  const word = chance.pick(args);
  const kept = name === undefined || KEEPS.test(name.text);
  return chance.among<string>([
    [1, () => `${text.slice(pos, end)} ${chance.pick(REDIRECTIONS)}`],
    [
      kept ? 0 : 1,
      () =>
        `${text.slice(pos, name!.pos)}${chance.pick(NAMES).replace('§', () => name!.text)}${text.slice(name!.end, end)}`,
    ],
    [kept ? 0 : 1, () => `${text.slice(pos, end)} ${chance.pick(ARGUMENTS)}`],
    [
      kept || word?.type !== 'Word' ? 0 : 2,
      () => text.slice(pos, word!.pos) + chance.pick(ARGUMENTS) + text.slice(word!.end, end),
    ],
  ]);
}

/** Statements that may be changed, behind `start`: no conditions, which bound loops, and none beside a here-document. */
function statements(root: SyntaxNode, text: string, start: number): Statement[] {
  const found: Statement[] = [];
  const visit = (node: SyntaxNode): void => {
    if (ownsItsSource(node) || (node.type === 'Function' && RECURSIVE.test(node.name.text))) return;
    const lines = (): string =>
      text.slice(text.lastIndexOf('\n', node.pos - 1) + 1, node.pos) + text.slice(node.end).split('\n', 1)[0]!;
    const documents = (): boolean =>
      lines().includes('<<') || some(node, (child) => child.type === 'HereDoc' && child.body.pos >= node.end);
    const counts = (): boolean => COUNTER.test(text.slice(node.pos, node.end).split('\n', 1)[0]!);
    if (node.type === 'Statement' && !node.background && node.pos >= start && !counts() && !documents())
      found.push(node);
    forEachChild(node, (child) => {
      if (!((node.type === 'While' || node.type === 'If') && child === node.clause)) visit(child);
    });
  };
  visit(root);
  return found;
}

/** The script with up to `count` statements changed; those before `start` stay. */
export function mutate(code: string, start: number, count: number, chance: Chance): string {
  let text = code;
  for (let i = 0; i < count; i += 1) {
    const { value } = parseScript(new SourceFile('t.sh', text));
    const all = value ? statements(value, text, start) : [];
    if (all.length === 0) return text;
    const { pos, end, command } = chance.pick(all);
    if (command.type === 'Command' && chance.maybe(0.4)) {
      text = text.slice(0, pos) + changed(text, command, chance) + text.slice(end);
      continue;
    }
    const old = text.slice(pos, end);
    const top = value!.commands.some((statement) => statement.pos === pos);
    const wraps = /\$\$|kill|coproc/.test(old) ? STAYING : [...STAYING, ...FORKING];
    const wrap = top && chance.maybe(0.15) ? ':' : chance.pick(wraps);
    const inner = wrap.includes("'§'") ? old.replaceAll("'", "'\\''") : old;
    text = text.slice(0, pos) + wrap.replaceAll('§', () => inner) + text.slice(end);
  }
  return text;
}
