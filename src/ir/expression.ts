/** Constructors of the IR's expressions, and substitution of variables in them. */
import type { Expression, Variable } from './program.ts';

export const literal = (value: unknown): Expression => ({ kind: 'literal', value });
export const variable = (name: Variable, graph?: number): Expression => ({ kind: 'variable', name, graph });
export const field = (of: Expression, name: string): Expression => ({ kind: 'field', of, name });
export const element = (of: Expression, index: number): Expression => ({ kind: 'element', of, index });
export const object = (fields: Record<string, Expression>): Expression => ({ kind: 'object', fields });
export const array = (items: Expression[]): Expression => ({ kind: 'array', items });
export const contains = (text: Expression, part: string): Expression => ({ kind: 'contains', text, part });
export const exists = (value: Expression): Expression => ({ kind: 'exists', value });
type Operator = Extract<Expression, { kind: 'binary' }>['operator'];
export const binary = (operator: Operator, left: Expression, right: Expression): Expression => ({
  kind: 'binary',
  operator,
  left,
  right,
});
export const equals = (left: Expression, value: unknown): Expression => binary('=', left, literal(value));
export const not = (test: Expression): Expression => conditional(test, literal(false), literal(true));
export const and = (...tests: Expression[]): Expression => tests.reduce((a, b) => binary('and', a, b));
export const or = (...tests: Expression[]): Expression => tests.reduce((a, b) => binary('or', a, b));
export const conditional = (test: Expression, yes: Expression, no: Expression): Expression => ({
  kind: 'conditional',
  test,
  then: yes,
  else: no,
});

/** Appends items to an array, folding what is known. */
export function append(to: Expression, items: Expression[]): Expression {
  if (to.kind === 'array') return array([...to.items, ...items]);
  if (to.kind === 'append') return { kind: 'append', to: to.to, items: [...to.items, ...items] };
  return { kind: 'append', to, items };
}

/** True of what reads no variable, at a glance. */
export function isConstant(expression: Expression): boolean {
  if (expression.kind === 'array') return expression.items.every(isConstant);
  return expression.kind === 'literal' || expression.kind === 'result';
}

/** Rewrites an expression's variables (those of the graph itself) by the given function. */
export function substitute(
  expression: Expression,
  replace: (name: Variable, graph?: number) => Expression | undefined,
): Expression {
  // Most have none.
  if (isConstant(expression)) return expression;
  const go = (e: Expression): Expression => {
    switch (e.kind) {
      case 'variable':
        return replace(e.name, e.graph) ?? e;
      case 'literal':
      case 'result':
        return e;
      case 'field': {
        const of = go(e.of);
        if (of.kind === 'object' && of.fields[e.name]) return of.fields[e.name]!;
        return { ...e, of };
      }
      case 'element':
        return { ...e, of: go(e.of) };
      case 'binary':
        return { ...e, left: go(e.left), right: go(e.right) };
      case 'conditional':
        return { ...e, test: go(e.test), then: go(e.then), else: go(e.else) };
      case 'object':
        return object(Object.fromEntries(Object.entries(e.fields).map(([k, v]) => [k, go(v)])));
      case 'array':
        return array(e.items.map(go));
      case 'append':
        return append(go(e.to), e.items.map(go));
      case 'contains':
        return { ...e, text: go(e.text) };
      case 'exists':
        return { ...e, value: go(e.value) };
    }
  };
  return go(expression);
}

/** The expression with what is known of it worked out: comparisons of literals, and what `and`, `or` and conditions make of them. */
export function simplify(expression: Expression): Expression {
  if (expression.kind === 'conditional') {
    const test = simplify(expression.test);
    if (test.kind === 'literal') return simplify(test.value === true ? expression.then : expression.else);
    return { ...expression, test, then: simplify(expression.then), else: simplify(expression.else) };
  }
  if (expression.kind !== 'binary') return expression;
  const left = simplify(expression.left);
  const right = simplify(expression.right);
  const { operator } = expression;
  if (operator === 'and' || operator === 'or') {
    // `true and x` is x, `false and x` is false; the other way round for `or`.
    const neutral = operator === 'and';
    for (const [one, other] of [
      [left, right],
      [right, left],
    ] as const)
      if (one.kind === 'literal') return one.value === neutral ? other : literal(!neutral);
  } else if ((operator === '=' || operator === '!=') && left.kind === 'literal' && right.kind === 'literal')
    return literal((left.value === right.value) === (operator === '='));
  return binary(operator, left, right);
}
