/**
 * What the parser lets pass and bash does not: it drops an opening parenthesis behind a command's name, takes `!` for a
 * whole pipeline before any operator, drops what stands before the name of a function, and leaves some constructs open at
 * the end of the text. Found by comparing mutated scripts with `bash -n`; each is a syntax error here, because what was
 * dropped would silently not run.
 */
import type { SyntaxNode, Word } from './ast.ts';

export interface SyntaxProblem {
  message: string;
  pos: number;
}

const BLANKS = /(?:[ \t]|\\\n)*/y;

/** The end of a line, and those that hold no more than a comment. */
const LINES = /(?:(?:#[^\n]*)?\n(?:[ \t]|\\\n)*)+/y;

/** Offset of the next character that is not a blank. */
function skipBlanks(text: string, at: number): number {
  BLANKS.lastIndex = at;
  BLANKS.test(text);
  return BLANKS.lastIndex;
}

/** Ends what may stand before a definition on its line. */
const MAY_DEFINE = /(?:^|[;&|(){`!\\])$|(?<![\w-])(?:then|do|else|elif|if|while|until|time|-p|--)$/;

/** What begins an extended pattern. */
export const EXTENDED = /[?*+@!](?:\\\n)*\(/;

let searched: { text: string; found: boolean } | undefined;

/** True if extended patterns may stand in a text that does not mention the option. Searched once for a text: it is asked for every command. */
function mayHaveStrayPatterns(text: string): boolean {
  if (searched?.text !== text) searched = { text, found: EXTENDED.test(text) && !text.includes('extglob') };
  return searched.found;
}

/** True if a word is one only with `shopt -s extglob`. */
export function hasExtendedPattern({ parts, text }: Word): boolean {
  return parts ? parts.some(({ type }) => type === 'ExtendedGlob') : EXTENDED.test(text);
}

/** An extended pattern among words where nothing mentions the option: it is off, and the parenthesis is a token of its own. */
function strayPattern(words: readonly SyntaxNode[], whole: string): SyntaxProblem | undefined {
  if (!mayHaveStrayPatterns(whole)) return undefined;
  // With a continued line in it, the other parser does not know it, but a step's bash tells its own line.
  const glob = words.find((word) => word.type === 'Word' && hasExtendedPattern(word) && !word.text.includes('\\\n'));
  return glob && { message: "unexpected token '(': an extended pattern, without `shopt -s extglob`", pos: glob.pos };
}

/** What is wrong with a node itself, in the text that its offsets refer to, of the whole script. */
export function lenientProblem(node: SyntaxNode, text: string, whole: string): SyntaxProblem | undefined {
  switch (node.type) {
    case 'Command': {
      const stray = strayPattern([...(node.name ? [node.name] : []), ...node.args], whole);
      if (stray) return stray;
      for (const end of node.name ? [node.name.end, node.end] : [node.end]) {
        const next = skipBlanks(text, end);
        if (text[next] === '(') return { message: "unexpected token '('", pos: next };
      }
      return undefined;
    }
    case 'CaseItem':
      return strayPattern(node.pattern, whole);
    case 'For':
      return strayPattern(node.wordlist ?? [], whole);
    case 'Function': {
      if (/^[<>&|;]/.test(node.name.text))
        return { message: `unexpected token '${node.name.text}'`, pos: node.name.pos };
      // What stands before its name on the line was dropped: an assignment or a redirection.
      const before = text.slice(text.lastIndexOf('\n', node.pos - 1) + 1, node.pos).trimEnd();
      return MAY_DEFINE.test(before) && !/=\([^()]*\)$/.test(before)
        ? undefined
        : { message: "unexpected token '('", pos: skipBlanks(text, node.name.end) };
    }
    case 'Statement': {
      // One separator ends a command; `;;` and its like end an item of `case`.
      const isSeparator = (at: number): boolean => text[at] === ';' && text[at + 1] !== ';' && text[at + 1] !== '&';
      const first = skipBlanks(text, node.end);
      const separated = node.background || isSeparator(first);
      const second = separated && !node.background ? skipBlanks(text, first + 1) : first;
      if (separated && isSeparator(second)) return { message: "unexpected token ';'", pos: second };
      // So does a line, behind which a here-document may stand.
      LINES.lastIndex = second;
      const next = LINES.test(text) ? LINES.lastIndex : -1;
      return isSeparator(next) && !text.slice(text.lastIndexOf('\n', node.end - 1) + 1, second).includes('<<')
        ? { message: "unexpected token ';'", pos: next }
        : undefined;
    }
    case 'TestUnary': {
      // A word by itself may yet be the left side of an operator, which must stand on its line.
      if (node.operand.pos !== node.pos) return undefined;
      if (node.operand.text === ')') return { message: "unexpected token ')'", pos: node.pos };
      const next = skipBlanks(text, node.end);
      return text[next] === '\n'
        ? { message: 'unexpected end of line, conditional binary operator expected', pos: next }
        : undefined;
    }
    case 'HereString':
    case 'Redirect': {
      // Digits before an operator are its descriptor, and so the word is missing, unless it is the number of one.
      const { target } = node;
      const number = node.type === 'Redirect' && /^[<>]&$/.test(node.operator);
      return target && !number && /^\d+$/.test(target.text) && /[<>]/.test(text[target.end] ?? '')
        ? { message: `unexpected token '${target.text}'`, pos: target.pos }
        : undefined;
    }
    case 'Pipeline': {
      if (node.commands.length > 0) return undefined;
      // `!` and `time` alone are pipelines, but only at the end of a line or before `;`.
      const next = skipBlanks(text, node.end);
      if (/^(?:[\n#]|;(?!;)|$)/.test(text.slice(next, next + 2))) return undefined;
      return { message: `expected a command behind '${text.slice(node.pos, node.end)}'`, pos: next };
    }
    case 'HereDoc': {
      const { delimiter } = node;
      return delimiter?.quoted && isOpen(delimiter.text)
        ? { message: "unterminated quote in a here-document's delimiter", pos: delimiter.pos }
        : undefined;
    }
    case 'CommandExpansion':
      // What is around it ends there: a here-document, or an expansion within double quotes.
      return node.text.startsWith('$(') && !node.text.endsWith(')')
        ? { message: 'unterminated command substitution', pos: node.pos }
        : undefined;
    case 'Word':
      return node.parts?.some((part) => part.type === 'CommandExpansion' && /^\$\{[^}]*$/.test(part.text))
        ? { message: 'unterminated parameter expansion', pos: node.pos }
        : undefined;
    default:
      return undefined;
  }
}

/** True if a quote of a word is not closed. */
function isOpen(word: string): boolean {
  return /['"]/.test(word.replace(/\\[\s\S]|'[^']*'|"(?:[^"\\]|\\[\s\S])*"/g, ''));
}
