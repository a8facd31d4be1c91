/** Prints the IR's expressions as JSONata, and as the JSON of a payload template. */
import type { Expression } from './program.ts';

/** Name of a variable in a graph: inner graphs may not use a name that an outer one assigns. */
export function variableName(name: string, graph: number): string {
  return graph === 0 ? name : `${name}_${graph}`;
}

/** JSONata text of an expression, for use inside `{% … %}`. */
export function printExpression(expression: Expression, graph: number): string {
  const text = printWithin(expression, graph);
  return text.startsWith('(') && text.endsWith(')') && balanced(text.slice(1, -1)) ? text.slice(1, -1) : text;
}

/** The same for use within another expression. */
function printWithin(e: Expression, graph: number): string {
  const go = (inner: Expression): string => printWithin(inner, graph);
  switch (e.kind) {
    case 'literal':
      return JSON.stringify(e.value);
    case 'variable':
      return `$${variableName(e.name, e.graph ?? graph)}`;
    case 'field':
      return `${go(e.of)}.${e.name}`;
    case 'element':
      return `${go(e.of)}[${e.index}]`;
    case 'binary':
      return `(${go(e.left)} ${e.operator} ${go(e.right)})`;
    case 'conditional':
      return `(${go(e.test)} ? ${go(e.then)} : ${go(e.else)})`;
    case 'object':
      return `{${Object.entries(e.fields)
        .map(([key, value]) => `${JSON.stringify(key)}: ${go(value)}`)
        .join(', ')}}`;
    case 'array':
      return `[${e.items.map(go).join(', ')}]`;
    case 'append':
      return `$append(${go(e.to)}, [${e.items.map(go).join(', ')}])`;
    case 'contains':
      return `$contains(${go(e.text)}, ${JSON.stringify(e.part)})`;
    case 'exists':
      return `$exists(${go(e.value)})`;
    case 'result':
      return e.name;
  }
}

function balanced(text: string): boolean {
  let depth = 0;
  for (const c of text) {
    if (c === '(') depth += 1;
    if (c === ')') depth -= 1;
    if (depth < 0) return false;
  }
  return depth === 0;
}

/** A payload template's value: constants as they are, everything else as `{% … %}`. */
export function printTemplate(expression: Expression, graph: number): unknown {
  switch (expression.kind) {
    case 'literal':
      return typeof expression.value === 'string' && expression.value.startsWith('{%')
        ? `{% ${JSON.stringify(expression.value)} %}`
        : expression.value;
    case 'array':
      return expression.items.map((item) => printTemplate(item, graph));
    case 'object':
      return Object.fromEntries(Object.entries(expression.fields).map(([k, v]) => [k, printTemplate(v, graph)]));
    default:
      return `{% ${printExpression(expression, graph)} %}`;
  }
}
