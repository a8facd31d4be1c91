/** `{% … %}` strings, and JSONata's syntax tree as its parser makes it. */
import { createRequire } from 'node:module';
import type { Expression, default as Jsonata } from 'jsonata';
import { commonTree } from './common-expression.ts';

/** A node of JSONata's syntax tree, with the fields of all its kinds. */
export interface Node {
  type: string;
  value?: unknown;
  position?: number;
  steps?: Node[];
  stages?: { type: string; expr?: Node; value?: unknown }[];
  predicate?: { type: string; expr: Node; position?: number }[];
  group?: { lhs: [Node, Node][] };
  /** Operands; of an object constructor, its pairs. */
  lhs?: Node | [Node, Node][];
  rhs?: Node;
  expression?: Node;
  expressions?: Node[];
  arguments?: Node[];
  procedure?: Node;
  condition?: Node;
  then?: Node;
  else?: Node;
  body?: Node;
  pattern?: Node;
  update?: Node;
  delete?: Node;
  terms?: { expression: Node }[];
  focus?: string;
  index?: string;
  ancestor?: unknown;
  tuple?: boolean;
  keepArray?: boolean;
  keepSingletonArray?: boolean;
  consarray?: boolean;
  thunk?: boolean;
}

/** A parsed expression: its tree and JSONata's own evaluator of it, or why it does not parse. */
export type Parsed = Valid | { text: string; problem: string };

interface Valid {
  text: string;
  ast: Node;
  evaluator: () => Expression;
  problem?: undefined;
}

let library: typeof Jsonata | undefined;

/** JSONata's parser. It is loaded when it is first needed: it takes longer to load than a small machine to run. */
function jsonata(text: string): Expression {
  library ??= createRequire(import.meta.url)('jsonata') as typeof Jsonata;
  return library(text);
}

/** The expression between `{%` and `%}`, without the blanks round it; undefined for a constant string. */
export function expressionText(text: string): string | undefined {
  return text.length >= 4 && text.startsWith('{%') && text.endsWith('%}') ? text.slice(2, -2).trim() : undefined;
}

const parsed = new Map<string, Parsed>();

/** Most expressions kept parsed: far more than one definition of 1 MiB has different ones. */
const KEPT = 50_000;

/** Parses an expression, once for each text. */
export function parseExpression(text: string): Parsed {
  const known = parsed.get(text);
  if (known) return known;
  const result = parseCommon(text) ?? parseWhole(text);
  if (parsed.size >= KEPT) parsed.clear();
  parsed.set(text, result);
  return result;
}

function parseWhole(text: string): Parsed {
  try {
    const expression = jsonata(text);
    return { text, ast: expression.ast() as unknown as Node, evaluator: () => expression };
  } catch (error) {
    return { text, problem: jsonataMessage(error) };
  }
}

/** Parses what machines mostly ask without the library, whose loading takes longer than most runs evaluate. */
function parseCommon(text: string): Valid | undefined {
  const tree = commonTree(text);
  if (!tree) return undefined;
  let expression: Expression | undefined;
  return {
    text,
    ast: tree,
    evaluator: () => {
      expression ??= jsonata(text);
      return expression;
    },
  };
}

/** What a JSONata error says: its code and message. */
export function jsonataMessage(error: unknown): string {
  const { code, message } = error as { code?: unknown; message?: unknown };
  const said = typeof message === 'string' ? message : String(error);
  return typeof code === 'string' ? `${code}: ${said}` : said;
}

/** Names of JSONata's functions and of those that Step Functions adds. `eval` is not among them. */
export const FUNCTIONS: ReadonlySet<string> = new Set(
  (
    'abs append assert average base64decode base64encode boolean ceil clone contains count decodeUrl ' +
    'decodeUrlComponent distinct each encodeUrl encodeUrlComponent error exists filter floor formatBase ' +
    'formatInteger formatNumber fromMillis join keys length lookup lowercase map match max merge millis min not now ' +
    'number pad parseInteger power random reduce replace reverse round shuffle sift single sort split spread sqrt ' +
    'string substring substringAfter substringBefore sum toMillis trim type uppercase zip ' +
    'hash parse partition range uuid'
  ).split(' '),
);
