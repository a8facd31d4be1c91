/**
 * A parser of the part of JSONata that machines are made of: variables, paths, calls, literals without escapes,
 * comparisons and conditions. It makes the trees that JSONata 2.0.6 makes, positions included, and leaves whatever it is not
 * sure of to JSONata's own parser.
 */
import type { Node } from './expression.ts';

/** A token: `end` is the offset behind it, which JSONata calls its position. */
interface Token {
  text: string;
  end: number;
}

const TOKEN =
  /[ \t\r\n]*(?:(\$?[A-Za-z]\w*(?![\w$"])|"[^"\\]*"|(?:0|[1-9]\d{0,14})(?![.\w])|!=|<=|>=|[.,()[\]=<>+&?:-])|$)/y;

/** Binding powers of the infix operators. */
const POWERS: Readonly<Record<string, number>> = {
  '(': 80,
  '[': 80,
  '.': 75,
  '+': 50,
  '-': 50,
  '&': 50,
  '=': 40,
  '!=': 40,
  '<': 40,
  '<=': 40,
  '>': 40,
  '>=': 40,
  in: 40,
  and: 30,
  or: 25,
  '?': 20,
};

const LITERALS: ReadonlyMap<string, boolean | null> = new Map([
  ['true', true],
  ['false', false],
  ['null', null],
]);

/** Words that are no names of fields, or that are operators also where a name could stand. */
const WORDS: ReadonlySet<string> = new Set(['and', 'or', 'in', 'true', 'false', 'null', 'function']);

/** Most levels of expressions within one another. */
const DEEPEST = 200;

/** Thrown for what is left to JSONata. */
const ELSEWHERE = Symbol('left to JSONata');

/** The syntax tree of an expression, or undefined if JSONata's own parser is to read it. */
export function commonTree(text: string): Node | undefined {
  try {
    return new Parser(text).whole();
  } catch (error) {
    if (error === ELSEWHERE) return undefined;
    throw error;
  }
}

/** A top-down operator precedence parser, as JSONata's is. */
class Parser {
  private readonly text: string;
  private token: Token = { text: '', end: 0 };
  private depth = 0;

  constructor(text: string) {
    this.text = text;
    this.advance();
  }

  whole(): Node {
    const tree = this.expression(0);
    if (this.token.text !== '') throw ELSEWHERE;
    return tree;
  }

  /** Steps to the next token, and answers the one before; at the end of the text there is one without characters. */
  private advance(): Token {
    const before = this.token;
    TOKEN.lastIndex = before.end;
    const match = TOKEN.exec(this.text);
    if (!match) throw ELSEWHERE;
    this.token = { text: match[1] ?? '', end: TOKEN.lastIndex };
    return before;
  }

  private expect(text: string): void {
    if (this.token.text !== text) throw ELSEWHERE;
    this.advance();
  }

  private expression(power: number): Node {
    this.depth += 1;
    if (this.depth > DEEPEST) throw ELSEWHERE;
    let left = this.operand();
    for (;;) {
      const found = Object.hasOwn(POWERS, this.token.text) ? POWERS[this.token.text]! : 0;
      if (found <= power) break;
      left = this.infix(left, this.advance(), found);
    }
    this.depth -= 1;
    return left;
  }

  private operand(): Node {
    const { text, end: position } = this.advance();
    const first = text.charAt(0);
    if (first === '$') return { value: text.slice(1), type: 'variable', position };
    if (first === '"') return { value: text.slice(1, -1), type: 'string', position };
    if (/^\d/.test(first)) return { value: Number(text), type: 'number', position };
    const literal = LITERALS.get(text);
    if (literal !== undefined) return { value: literal, type: 'value', position };
    if (text === '[') return { type: 'unary', value: '[', position, expressions: this.list(']') };
    if (text !== '(') throw ELSEWHERE;
    const expressions = [this.expression(0)];
    this.expect(')');
    return { type: 'block', position, expressions };
  }

  private infix(left: Node, { text, end: position }: Token, power: number): Node {
    switch (text) {
      case '.':
        return this.step(left);
      case '(':
        return this.call(left, position);
      case '[':
        return this.element(left, position);
      case '?': {
        const then = this.expression(0);
        this.expect(':');
        return { type: 'condition', position, condition: left, then, else: this.expression(0) };
      }
      default:
        return { type: 'binary', value: text, position, lhs: left, rhs: this.expression(power) };
    }
  }

  private list(close: string): Node[] {
    const items: Node[] = [];
    while (this.token.text !== close) {
      if (items.length > 0) this.expect(',');
      items.push(this.expression(0));
    }
    this.advance();
    return items;
  }

  private step(left: Node): Node {
    if (!['variable', 'path', 'function', 'block'].includes(left.type)) throw ELSEWHERE;
    const { text, end: position } = this.advance();
    if (!/^[A-Za-z]/.test(text) || WORDS.has(text) || this.token.text === '(') throw ELSEWHERE;
    const name: Node = { value: text, type: 'name', position };
    return { type: 'path', steps: [...(left.type === 'path' ? left.steps! : [left]), name] };
  }

  private call(procedure: Node, position: number): Node {
    if (procedure.type !== 'variable' || procedure.predicate) throw ELSEWHERE;
    return { type: 'function', value: '(', position, arguments: this.list(')'), procedure };
  }

  /** `$variable[0]`, or `$variable.field[0]`. */
  private element(left: Node, position: number): Node {
    const expr = this.expression(0);
    if (expr.type !== 'number') throw ELSEWHERE;
    this.expect(']');
    const filter = { type: 'filter', expr, position };
    const step = left.type === 'path' ? left.steps!.at(-1)! : left;
    if (step.predicate || step.stages) throw ELSEWHERE;
    if (left.type === 'variable') left.predicate = [filter];
    else if (left.type === 'path') step.stages = [filter];
    else throw ELSEWHERE;
    return left;
  }
}
