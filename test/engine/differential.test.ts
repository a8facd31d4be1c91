/** The compiled subset of JSONata against JSONata itself: on generated expressions and data both answer the same. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseExpression } from '../../src/asl/expression.ts';
import { jsonSize } from '../../src/asl/size.ts';
import { compileQuery } from '../../src/engine/query/compile.ts';
import type { Environment } from '../../src/engine/query/environment.ts';
import { evaluateByJsonata } from '../../src/engine/query/jsonata.ts';
import { DEFER } from '../../src/engine/query/operators.ts';

const RUNS = Number(process.env.RUNS ?? 4000);

const key = fc.constantFrom('a', 'b', 'c', 'key', '1');
const leaf = fc.oneof(
  fc.constantFrom<unknown>(null, true, false, '', 'a', 'b', 'ab a', 'é\u{1f600}x', '1', '-2.5e1', '0x1f'),
  fc.integer({ min: -3, max: 12 }),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
);
const { value: json } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    leaf,
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(key, tie('value'), { maxKeys: 4 }),
    fc.array(fc.dictionary(key, tie('value'), { maxKeys: 3 }), { maxLength: 3 }),
  ),
}));

const NAMES = ['x', 'y', 'list', 'object', 'none'];
const literal = fc.oneof(
  fc.constantFrom('0', '1', '2', '-1', '1.5', '""', '"a"', '"b"', '" "', 'true', 'false', 'null', '[]', '{}', '1e300'),
);
const variable = fc.oneof(
  fc.constantFrom(...NAMES).map((name) => `$${name}`),
  fc.constantFrom('$states.input', '$states.result', '$states.input.a', '$states.errorOutput.Cause'),
);
const { expression } = fc.letrec<{ expression: string; nested: string }>((tie) => {
  const e = tie('expression');
  const n = tie('nested');
  /** What may stand in filters and later steps: it has a context item. */
  const nested = fc.oneof(
    { depthSize: 'small' },
    { arbitrary: fc.constantFrom('0', '-1', '1', '$', 'a', 'b', 'a.b', 'a[0]', '$x', '[0, 1]', '[0..1]'), weight: 4 },
    fc.tuple(n, fc.constantFrom('=', '!=', 'and', 'or', 'in', '&'), n).map(([l, o, r]) => `${l} ${o} ${r}`),
    fc.tuple(fc.constantFrom('count', 'exists', 'string', 'not'), n).map(([f, x]) => `$${f}(${x})`),
    e.map((x) => `(${x})`),
  );
  const expression = fc.oneof(
    { depthSize: 'small' },
    { arbitrary: literal, weight: 2 },
    { arbitrary: variable, weight: 4 },
    fc.tuple(variable, key).map(([v, k]) => (k === '1' ? `${v}."1"` : `${v}.${k}`)),
    fc.tuple(variable, key, key).map(([v, k, l]) => `${v}.\`${k}\`.\`${l}\``),
    fc.tuple(variable, n).map(([v, f]) => `${v}[${f}]`),
    fc.tuple(variable, n, n).map(([v, f, g]) => `${v}[${f}][${g}]`),
    fc.tuple(variable, n, key).map(([v, f, k]) => `${v}[${f}].\`${k}\``),
    fc.tuple(variable, key, n).map(([v, k, f]) => `${v}.\`${k}\`[${f}]`),
    fc.tuple(variable, n).map(([v, s]) => `${v}.(${s})`),
    fc.tuple(variable, key, n, key).map(([v, k, f, l]) => `${v}.\`${k}\`[${f}].\`${l}\``),
    fc
      .tuple(e, fc.constantFrom('+', '-', '*', '/', '%', '=', '!=', '<', '<=', '>', '>=', 'and', 'or', '&', 'in'), e)
      .map(([l, o, r]) => `(${l} ${o} ${r})`),
    fc.tuple(e, e).map(([l, r]) => `[${l}..${r}]`),
    e.map((x) => `-${x}`),
    fc.array(e, { maxLength: 4 }).map((items) => `[${items.join(', ')}]`),
    fc
      .array(fc.tuple(key, e), { maxLength: 3 })
      .map((pairs) => `{${pairs.map(([k, v]) => `"${k}": ${v}`).join(', ')}}`),
    fc.tuple(e, e, e).map(([c, t, f]) => `(${c} ? ${t} : ${f})`),
    fc.tuple(e, e).map(([c, t]) => `(${c} ? ${t})`),
    fc.array(e, { minLength: 1, maxLength: 3 }).map((items) => `(${items.join('; ')})`),
    fc.tuple(e, n).map(([x, f]) => `(${x})[${f}]`),
    fc.tuple(e, key).map(([x, k]) => `(${x}).\`${k}\``),
    fc
      .tuple(
        fc.constantFrom(
          ...(
            'boolean count exists not string number length uppercase lowercase trim merge keys type abs floor ceil ' +
            'round sum max min reverse join parse'
          ).split(' '),
        ),
        e,
      )
      .map(([f, x]) => `$${f}(${x})`),
    fc
      .tuple(
        fc.constantFrom(
          'append',
          'contains',
          'substring',
          'substringBefore',
          'substringAfter',
          'join',
          'split',
          'lookup',
        ),
        e,
        e,
      )
      .map(([f, x, y]) => `$${f}(${x}, ${y})`),
    fc.tuple(e, e, e).map(([x, y, z]) => `$substring(${x}, ${y}, ${z})`),
  );
  return { expression, nested };
});

function environment(values: unknown[]): Environment {
  const variables: Record<string, unknown> = Object.create(null);
  for (const [i, name] of ['x', 'y', 'list', 'object'].entries()) variables[name] = values[i];
  return {
    variables,
    input: values[4],
    result: values[5],
    errorOutput: undefined,
    context: {},
    random: () => 0.5,
    now: () => 0,
  };
}

/** Values by their JSON; -0 and undefined stay apart from what JSON makes of them. */
const show = (value: unknown): string => (value === undefined ? 'undefined' : JSON.stringify(value));

async function compareBoth(text: string, values: unknown[]): Promise<'same' | 'deferred' | 'outside'> {
  const parsed = parseExpression(text);
  assert.equal(parsed.problem, undefined, text);
  const closure = compileQuery(parsed.ast!, new Set());
  if (!closure) return 'outside';
  const before = JSON.stringify(values);
  let fast: unknown;
  try {
    fast = closure(environment(values), undefined);
  } catch (error) {
    assert.ok(error === DEFER || error instanceof Error, text);
    return 'deferred';
  }
  assert.equal(JSON.stringify(values), before, `${text} changes its data`);
  let slow: unknown;
  try {
    slow = await evaluateByJsonata(parsed, environment(values));
  } catch (error) {
    assert.fail(`${text} answers ${show(fast)}, JSONata throws ${JSON.stringify(error)}`);
  }
  assert.equal(show(fast), show(slow), text);
  if (fast !== undefined) assert.equal(jsonSize(fast), Buffer.byteLength(show(fast)), `size of ${show(fast)}`);
  return 'same';
}

test('generated expressions and data', async () => {
  const counts = { same: 0, deferred: 0, outside: 0 };
  await fc.assert(
    fc.asyncProperty(expression, fc.array(json, { minLength: 6, maxLength: 6 }), async (text, values) => {
      counts[await compareBoth(text, values)] += 1;
    }),
    { numRuns: RUNS },
  );
  // The subset must be worth something: most expressions that do not fail are answered by it.
  assert.ok(counts.same > RUNS / 3, JSON.stringify(counts));
});

const OBJECTS = [
  { name: 'p', v: [1, 2], deep: { a: [{ b: 1 }, { b: 2 }] } },
  { name: 'q', v: [], deep: { a: [] } },
  { name: 'r', v: 3 },
];

/** Expressions with a trap in them; `$list` holds objects, `$x` is 5, `$y` a nested array. */
const traps = [
  '$list.v',
  '$list.deep.a.b',
  '$list[0].v',
  '$list[1].v',
  '$list.v[0]',
  '$list[name = "p"]',
  '$list[name = "p"].v',
  '$list[v > 1]',
  '$list[-1].name',
  '$list[[0, 2]].name',
  '$list[[0..1]].name',
  '$list[$x - 4].name',
  '$list[9]',
  '$list[0][0]',
  '$y[0]',
  '$y[0][0]',
  '$y[1]',
  '[$y]',
  '[[$y]]',
  '[$y, [$y]]',
  '$y.a',
  '[1, [2, 3], $none, [[4]]]',
  '{"a": $none, "b": null}',
  '{"2": 1, "1": 2}',
  '$append($none, 1)',
  '$append([], 1)',
  '$append(1, [])',
  '$append([1], [[2]])',
  '$count($none)',
  '$count(null)',
  '$string(0.1 + 0.2)',
  '$string(1e21)',
  '$string(-0)',
  '$x & $none & null & [1] & {"a": 1/3}',
  '$x = 5 and $none',
  '$none = $none',
  '$none != 1',
  '$not($none)',
  '$none ? 1 : 2',
  '[] ? 1 : 2',
  '[0] ? 1 : 2',
  '[[]] ? 1 : 2',
  '{} ? 1 : 2',
  '$x in [1, 5]',
  '$x in 5',
  '$merge([{"a": 1}, {"a": 2, "b": 3}])',
  '$merge({"a": 1})',
  '$merge([])',
  '$substring("a\u{1f600}bc", -2)',
  '$substring("hello", -9, 2)',
  '$length("\u{1f600}")',
  '$number("1e3")',
  '$round(2.5)',
  '$round(-0.4)',
  '$join(["a"], $none)',
  '$split("a,b", ",")',
  '$split("", ",")',
  '$keys({"a": 1})',
  '$lookup($list, "name")',
  '$max([])',
  '$sum([])',
  '(1; 2)',
  '($list).name',
  '($list.name)[0]',
  '$list.name[0]',
  '$list.($x)',
  '$list.(name & "!")',
  '$list.[name]',
  '$list.{"n": name}',
];

for (const text of traps) {
  test(`trap: ${text}`, async () => {
    await compareBoth(text, [5, [[1, 2], [3]], OBJECTS, {}, {}, {}]);
  });
}

test('a path never finds what objects inherit', () => {
  const parsed = parseExpression('[$exists($states.input.constructor), $exists($x.toString), $exists($y.`__proto__`)]');
  assert.equal(parsed.problem, undefined);
  const closure = compileQuery(parsed.ast!, new Set());
  assert.deepEqual(closure?.(environment([{}, {}, [], {}, {}, {}]), undefined), [false, false, false]);
});
