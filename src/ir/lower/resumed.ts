/**
 * The text of a loop by which a shell goes on from a command within: the loop as it stands, where the first pass comes to that
 * command by skipping what has been before. So everything is on its own lines, and `break` and `continue` are bash's.
 */
import type { TextPart } from '../../bundle.ts';
import {
  type AndOr,
  type ArithmeticFor,
  type Case,
  type Command,
  contains,
  type For,
  type If,
  isOneCommand,
  literalValue,
  type Pipeline,
  type Place,
  type Statement,
  type SyntaxNode,
  some,
  type While,
  type Word,
} from '../../parse/ast.ts';
import { cut, type Edit } from '../text.ts';
import type { Lowering } from './context.ts';

type Loop = While | For | ArithmeticFor;

/** Set until the shell has come to the command; the other one, to nothing, for as long. */
const ON_ITS_WAY = '__sh2sfn_w';
const NO_WORDS = '__sh2sfn_e';
/** The status before a test, while that runs. */
const STATUS = '__sh2sfn_s';

const quietly = (commands: string): string => `{ ${commands}; } 2>/dev/null`;
const judgedNowhere = (command: string): string => `${quietly(`${command} && builtin :`)}; `;
const test = (condition: string): string => `if ${quietly(`${STATUS}=$?; [[ ${condition} ]]`)}; then `;

/** The variables of loops that the passes have unset. */
const UNSET = '__sh2sfn_u';
const noteUnset = (name: string): string => `[[ -v ${name} ]] || ${UNSET}+=(${name}); `;
const begin = (names: readonly string[]): string =>
  `${quietly(`${names.map(noteUnset).join('')}${ON_ITS_WAY}=__sh2sfn ${NO_WORDS}=`)}; `;
const THERE = test(`! -v ${ON_ITS_WAY}`);
const NOT_THERE = test(`-v ${ON_ITS_WAY}`);
const RESTORE = judgedNowhere(`builtin eval "builtin unset -v ${STATUS}; (builtin exit $${STATUS}) && builtin :"`);
const ARRIVE = quietly(`builtin unset -v "\${${UNSET}[@]}" ${ON_ITS_WAY} ${NO_WORDS} ${STATUS} ${UNSET}`);

/** Stands for the command in the text. */
const HERE: TextPart = ['mark'];

/** Where the command is one of the machine's. */
export interface LoopPlace {
  graph: number;
  /** The shell is there with the command, and not with a call that this makes. */
  arrives: boolean;
}

/** What stands before the command, and what behind; undefined where the loop does not tell that. */
export function resumedText(
  lowering: Lowering,
  loop: Loop,
  command: Command,
  place: LoopPlace,
): { open: TextPart[]; text: TextPart[] } | undefined {
  const { pipestatus, lastArgument, commandText, xtrace } = lowering.facts;
  if (pipestatus || lastArgument || commandText || xtrace) return undefined;
  if (some(command, ({ type }) => type === 'HereDoc')) return undefined;
  const resumption = new Resumption(lowering, command, place);
  if (!resumption.node(loop)) return undefined;
  const parts = cut(lowering.text, [loop], { edits: resumption.edits });
  const at = parts.indexOf(HERE);
  return { open: [`{ ${begin(resumption.names)}`, ...parts.slice(0, at)], text: [...parts.slice(at + 1), '; }'] };
}

/** A text that may stand in `${name-…}` as it is. */
const isNestable = (text: string): boolean => !/[{}\\]/.test(text.replace(/\$\{\w+\}/g, ''));

/** What of a word stands there as it is. */
const unquoted = (word: Word): readonly Pick<Word, 'pos' | 'end' | 'text'>[] =>
  word.parts ? word.parts.filter(({ type }) => type === 'Literal') : [word];

/** Collects the edits of a loop's text, from the outside to the inside. */
class Resumption {
  readonly edits: Edit[] = [];
  /** The variables of the loops. */
  readonly names: string[] = [];
  private readonly lowering: Lowering;
  private readonly command: Command;
  private readonly place: LoopPlace;
  private loops = 0;

  constructor(lowering: Lowering, command: Command, place: LoopPlace) {
    this.lowering = lowering;
    this.command = command;
    this.place = place;
  }

  /** False where the command is in that otherwise. */
  node(node: SyntaxNode): boolean {
    if (node === this.command) return this.arrival();
    switch (node.type) {
      case 'AndOr':
        return this.list(node);
      case 'Pipeline':
        return this.pipeline(node);
      case 'BraceGroup':
        return this.statements(node.body.commands);
      case 'If':
        return this.branch(node);
      case 'Case':
        return this.item(node);
      case 'While':
        return this.passes(node);
      case 'For':
        return this.head(node) && this.body(node);
      case 'ArithmeticFor':
        return this.arithmetic(node) && this.body(node);
      default:
        return false;
    }
  }

  /** The command as it has been expanded, or as it stands. */
  private arrival(): boolean {
    const { command, lowering } = this;
    const status: TextPart[] = ['{ (builtin exit ', ['code'], ') && builtin :; } 2>/dev/null; '];
    this.edits.push({
      start: command.pos,
      end: command.end,
      parts: [
        `${NOT_THERE}${ARRIVE}; `,
        ...(this.place.arrives ? status : []),
        HERE,
        `; else ${RESTORE}`,
        ...cut(lowering.text, [command]),
        '; fi',
      ],
    });
    return true;
  }

  private statements(statements: readonly Statement[]): boolean {
    const at = statements.findIndex((statement) => this.within(statement));
    if (at < 0 || statements[at]!.background) return false;
    if (at > 0) {
      this.insert(statements[0]!.pos, THERE, RESTORE);
      this.insert(statements[at]!.pos, 'fi; ');
    }
    return this.node(statements[at]!.command);
  }

  private list({ commands, operators }: AndOr): boolean {
    const at = commands.findIndex((one) => this.within(one));
    if (at > 0) this.skip(commands[0]!, commands[at - 1]!, operators[at - 1] === '&&');
    return at >= 0 && this.node(commands[at]!);
  }

  private pipeline(node: Pipeline): boolean {
    // Behind `!` an ERR trap judges the commands of a compound one.
    if (!isOneCommand(node) || (node.prefixes.length > 0 && this.lowering.facts.errTrap)) return false;
    return this.node(node.commands[0]!);
  }

  private branch(node: If): boolean {
    for (const { clause, then } of [node, ...node.elif]) {
      if (this.within(clause)) return this.statements(clause.commands);
      const taken = this.within(then);
      this.skipList(clause.commands, taken);
      if (taken) return this.statements(then.commands);
    }
    return node.else !== undefined && this.statements(node.else.commands);
  }

  private item({ word, items }: Case): boolean {
    const at = items.findIndex((item) => this.within(item.body));
    const before = items.slice(0, at).flatMap(({ pattern }) => pattern);
    if (at < 0 || /&/.test(items[at]!.terminator ?? '') || !isNestable(word.text)) return false;
    if (!before.every((pattern) => /^[\w.,/:=+-]+$/.test(literalValue(pattern) ?? ''))) return false;
    this.insert(word.pos, `\${${ON_ITS_WAY}-`);
    this.insert(word.end, '}');
    this.insert(items[at]!.pattern[0]!.pos, '__sh2sfn|');
    return this.statements(items[at]!.body.commands);
  }

  private passes(node: While): boolean {
    this.loops += 1;
    if (this.within(node.clause)) return this.statements(node.clause.commands);
    this.skipList(node.clause.commands, node.kind === 'while');
    return this.body(node);
  }

  private body({ body }: Loop): boolean {
    return this.statements(body.commands);
  }

  /** The words that are left; where the loop is in another, they are expanded anew afterwards. */
  private head(node: For): boolean {
    const { lowering, edits } = this;
    const { name, wordlist } = node;
    this.loops += 1;
    this.names.push(name.text);
    // Before the loop is lowered it is asked only whether there is such a text.
    const left: TextPart = ['remaining', lowering.wordLists.get(node)?.get(this.place.graph) ?? '', name.text];
    if (!wordlist) {
      if (!/^\s*[;\n]/.test(lowering.text.slice(name.end))) return false;
      this.insert(name.end, ' in ', ...this.firstOnly(left), this.loops > 1 ? `\${${NO_WORDS}-"$@"}` : '');
    } else if (this.loops === 1)
      edits.push({ start: wordlist[0]!.pos, end: wordlist[wordlist.length - 1]!.end, parts: [left] });
    else {
      const literals = wordlist.flatMap(unquoted);
      if (!wordlist.every(({ text }) => isNestable(text)) || literals.some(({ text }) => /[[(~]/.test(text)))
        return false;
      this.insert(wordlist[0]!.pos, ...this.firstOnly(left));
      for (const { pos } of wordlist) this.insert(pos, `\${${NO_WORDS}-`);
      // There IFS divides what is not quoted.
      for (const { pos, end, text } of literals)
        edits.push({ start: pos, end, parts: [text.replace(/[!-)+->@-~]/g, '\\$&')] });
      for (const { end } of wordlist) this.insert(end, '}');
    }
    return true;
  }

  private firstOnly(words: TextPart): TextPart[] {
    return this.loops === 1 ? [words] : [`\${${ON_ITS_WAY}+`, words, '} '];
  }

  private arithmetic({ initialize, test: condition }: ArithmeticFor): boolean {
    this.loops += 1;
    // Neither is evaluated: the first pass has been begun. Bash cannot take an expression that expands to nothing.
    for (const [part, outcome] of [
      [initialize, '0&&'],
      [condition, '1||'],
    ] as const) {
      if (!part) continue;
      this.insert(part.pos, `\${${ON_ITS_WAY}+${outcome}}(`);
      this.insert(part.end, ')');
    }
    return true;
  }

  /** What has been before, with the outcome by which the shell comes to the command. */
  private skip(first: SyntaxNode, { end }: SyntaxNode, succeeds: boolean, joint = ';'): void {
    this.insert(first.pos, THERE, RESTORE);
    this.insert(end, succeeds ? `${joint} fi` : `${joint} else builtin false; fi`);
  }

  private skipList(statements: readonly Statement[], succeeds: boolean): void {
    const last = statements[statements.length - 1]!;
    this.skip(statements[0]!, last, succeeds, last.background ? '' : ';');
  }

  private insert(at: number, ...parts: TextPart[]): void {
    this.edits.push({ start: at, end: at, parts });
  }

  private within(part: Place): boolean {
    return contains(part, this.command);
  }
}
