import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkDefinition } from '../../src/asl/check.ts';

type Json = Record<string, unknown>;

const pass = (fields: Json = {}): Json => ({ Type: 'Pass', End: true, ...fields });
const task = (fields: Json = {}): Json => ({
  Type: 'Task',
  Resource: 'arn:aws:states:::lambda:invoke',
  Arguments: {},
  End: true,
  ...fields,
});
const machine = (states: Json, fields: Json = {}): Json => ({
  QueryLanguage: 'JSONata',
  StartAt: Object.keys(states)[0],
  States: states,
  ...fields,
});
const output = (expression: string): Json => machine({ A: pass({ Output: { v: `{% ${expression} %}` } }) });
const branch = (states: Json): Json => ({ StartAt: Object.keys(states)[0], States: states });

/** Name, definition, and `code path` of each problem. */
const faults: [name: string, definition: unknown, problems: string[]][] = [
  ['not an object', [], ['SCHEMA_VALIDATION_FAILED /']],
  ['JSONPath machine', { StartAt: 'A', States: { A: pass() } }, ['JSONPATH_NOT_SUPPORTED /QueryLanguage']],
  ['JSONPath state', machine({ A: pass({ QueryLanguage: 'JSONPath' }) }), ['JSONPATH_NOT_SUPPORTED /States/A']],
  ['JSONPath field', machine({ A: pass({ Parameters: {} }) }), ['JSONPATH_NOT_SUPPORTED /States/A/Parameters']],
  ['unknown field', machine({ A: pass({ Foo: 1 }) }), ['SCHEMA_VALIDATION_FAILED /States/A/Foo']],
  ['unknown type', machine({ A: { Type: 'Jump', End: true } }), ['SCHEMA_VALIDATION_FAILED /States/A/Type']],
  ['no states', machine({}), ['SCHEMA_VALIDATION_FAILED /States']],
  [
    'missing target',
    machine({ A: { Type: 'Pass', Next: 'B' }, C: { Type: 'Succeed' } }),
    ['MISSING_TRANSITION_TARGET /States/A/Next', 'MISSING_TRANSITION_TARGET /States/C'],
  ],
  ['missing start', machine({ A: pass() }, { StartAt: 'B' }), ['MISSING_TRANSITION_TARGET /StartAt']],
  ['unreachable state', machine({ A: pass(), B: pass() }), ['MISSING_TRANSITION_TARGET /States/B']],
  ['no terminal state', machine({ A: { Type: 'Pass', Next: 'A' } }), ['MISSING_END_STATE /']],
  ['Next and End', machine({ A: pass({ Next: 'B' }), B: { Type: 'Succeed' } }), ['SCHEMA_VALIDATION_FAILED /States/A']],
  [
    'neither Next nor End',
    machine({ A: { Type: 'Pass' } }),
    ['SCHEMA_VALIDATION_FAILED /States/A', 'MISSING_END_STATE /'],
  ],
  ['long state name', machine({ ['x'.repeat(81)]: pass() }), [`LIMIT_EXCEEDED /States/${'x'.repeat(81)}`]],
  [
    'same name in a branch',
    machine({ A: { Type: 'Parallel', Branches: [branch({ A: pass() })], End: true } }),
    ['DUPLICATE_STATE_NAME /States/A/Branches[0]/States/A'],
  ],
  [
    'transition out of a branch',
    machine({
      A: { Type: 'Parallel', Branches: [branch({ C: { Type: 'Pass', Next: 'B' }, D: pass() })], Next: 'B' },
      B: pass(),
    }),
    [
      'MISSING_TRANSITION_TARGET /States/A/Branches[0]/States/C/Next',
      'MISSING_TRANSITION_TARGET /States/A/Branches[0]/States/D',
    ],
  ],
  ['syntax error', output('$states.input['), ['INVALID_JSONATA_EXPRESSION /States/A/Output/v']],
  ['undefined variable', output('$x'), ['UNDEFINED_VARIABLE /States/A/Output/v']],
  ['undefined function', output('$foo(1)'), ['UNDEFINED_VARIABLE /States/A/Output/v']],
  ['$eval', output("$eval('1')"), ['UNSUPPORTED_JSONATA_EXPRESSION /States/A/Output/v']],
  ['$', output('$ = 1'), ['UNSUPPORTED_JSONATA_EXPRESSION /States/A/Output/v']],
  ['$$', output('$$'), ['UNSUPPORTED_JSONATA_EXPRESSION /States/A/Output/v']],
  ['bare field', output('phone'), ['UNSUPPORTED_JSONATA_EXPRESSION /States/A/Output/v']],
  [
    'bare field in a lambda',
    output('$map($states.input.a, function($x){ b })'),
    ['UNSUPPORTED_JSONATA_EXPRESSION /States/A/Output/v'],
  ],
  ['lambda parameter outside', output('($f := function($x){$x}; $x)'), ['UNDEFINED_VARIABLE /States/A/Output/v']],
  ['$states.result in a Pass', output('$states.result'), ['UNSUPPORTED_JSONATA_EXPRESSION /States/A/Output/v']],
  ['unknown $states field', output('$states.foo'), ['UNSUPPORTED_JSONATA_EXPRESSION /States/A/Output/v']],
  [
    '$states.result in Arguments',
    machine({ A: task({ Arguments: { x: '{% $states.result %}' } }) }),
    ['UNSUPPORTED_JSONATA_EXPRESSION /States/A/Arguments/x'],
  ],
  [
    '$states.errorOutput outside a Catch',
    machine({ A: task({ Output: ['{% $states.errorOutput %}'] }) }),
    ['UNSUPPORTED_JSONATA_EXPRESSION /States/A/Output[0]'],
  ],
  [
    '$states.result in a Catch',
    machine({
      A: task({ Catch: [{ ErrorEquals: ['States.ALL'], Assign: { e: '{% $states.result %}' }, Next: 'B' }] }),
      B: { Type: 'Succeed' },
    }),
    ['UNSUPPORTED_JSONATA_EXPRESSION /States/A/Catch[0]/Assign/e'],
  ],
  [
    'deep expression',
    output(Array.from({ length: 101 }, () => '1').join('+')),
    ['UNSUPPORTED_JSONATA_EXPRESSION /States/A/Output/v'],
  ],
  [
    'partial assignment',
    machine({ A: pass({ Assign: { 'x.y': 1 } }) }),
    ['INVALID_VARIABLE_NAME /States/A/Assign/x.y'],
  ],
  [
    'variable with an underscore first',
    machine({ A: pass({ Assign: { _x: 1 } }) }),
    ['INVALID_VARIABLE_NAME /States/A/Assign/_x'],
  ],
  [
    'lower-case timestamp',
    machine({ A: { Type: 'Wait', Timestamp: '2026-01-01t00:00:00z', End: true } }),
    ['SCHEMA_VALIDATION_FAILED /States/A/Timestamp'],
  ],
  [
    'assigned states',
    machine({ A: pass({ Assign: { states: 1 } }) }),
    ['INVALID_VARIABLE_NAME /States/A/Assign/states'],
  ],
  [
    'long variable name',
    machine({ A: pass({ Assign: { ['v'.repeat(81)]: 1 } }) }),
    [`LIMIT_EXCEEDED /States/A/Assign/${'v'.repeat(81)}`],
  ],
  ['Assign in Succeed', machine({ A: { Type: 'Succeed', Assign: {} } }), ['SCHEMA_VALIDATION_FAILED /States/A/Assign']],
  [
    'inner scope assigns an outer name',
    machine({
      A: pass({ Assign: { x: 1 }, End: undefined, Next: 'B' }),
      B: { Type: 'Parallel', Branches: [branch({ C: pass({ Assign: { x: 2 } }) })], End: true },
    }),
    ['VARIABLE_OF_OUTER_SCOPE /States/B/Branches[0]/States/C/Assign/x'],
  ],
  [
    'outer scope reads an inner name',
    machine({
      A: { Type: 'Parallel', Branches: [branch({ C: pass({ Assign: { x: 2 } }) })], Next: 'B' },
      B: pass({ Output: '{% $x %}' }),
    }),
    ['UNDEFINED_VARIABLE /States/B/Output'],
  ],
  [
    'States.ALL with another name, and not last',
    machine({
      A: task({
        Retry: [{ ErrorEquals: ['States.ALL', 'X'] }],
        Catch: [
          { ErrorEquals: ['States.ALL'], Next: 'B' },
          { ErrorEquals: ['X'], Next: 'B' },
        ],
      }),
      B: { Type: 'Succeed' },
    }),
    ['SCHEMA_VALIDATION_FAILED /States/A/Retry[0]/ErrorEquals', 'SCHEMA_VALIDATION_FAILED /States/A/Catch[0]'],
  ],
  [
    'wrong retrier',
    machine({
      A: task({
        Retry: [{ ErrorEquals: [], IntervalSeconds: 0, MaxAttempts: -1, BackoffRate: 0.5, JitterStrategy: 'SOME' }],
      }),
    }),
    [
      'SCHEMA_VALIDATION_FAILED /States/A/Retry[0]/ErrorEquals',
      'SCHEMA_VALIDATION_FAILED /States/A/Retry[0]/IntervalSeconds',
      'SCHEMA_VALIDATION_FAILED /States/A/Retry[0]/MaxAttempts',
      'SCHEMA_VALIDATION_FAILED /States/A/Retry[0]/BackoffRate',
      'SCHEMA_VALIDATION_FAILED /States/A/Retry[0]/JitterStrategy',
    ],
  ],
  ['Retry in a Pass', machine({ A: pass({ Retry: [] }) }), ['SCHEMA_VALIDATION_FAILED /States/A/Retry']],
  [
    'Resource that is an expression',
    machine({ A: task({ Resource: '{% $states.input.arn %}' }) }),
    ['SCHEMA_VALIDATION_FAILED /States/A/Resource'],
  ],
  [
    'Heartbeat not below the time-out',
    machine({ A: task({ TimeoutSeconds: 5, HeartbeatSeconds: 5 }) }),
    ['SCHEMA_VALIDATION_FAILED /States/A/HeartbeatSeconds'],
  ],
  [
    'Choice without rules or with a constant condition',
    machine({ A: { Type: 'Choice', Choices: [], Default: 'B' }, B: { Type: 'Succeed' } }),
    ['SCHEMA_VALIDATION_FAILED /States/A/Choices'],
  ],
  [
    'Condition that is a string',
    machine({ A: { Type: 'Choice', Choices: [{ Condition: 'yes', Next: 'B' }] }, B: { Type: 'Succeed' } }),
    ['SCHEMA_VALIDATION_FAILED /States/A/Choices[0]/Condition'],
  ],
  [
    'Wait with both',
    machine({ A: { Type: 'Wait', Seconds: 1, Timestamp: '2026-01-01T00:00:00Z', End: true } }),
    ['SCHEMA_VALIDATION_FAILED /States/A'],
  ],
  [
    'Wait too long',
    machine({ A: { Type: 'Wait', Seconds: 1e8, End: true } }),
    ['SCHEMA_VALIDATION_FAILED /States/A/Seconds'],
  ],
  [
    'long Error and Cause',
    machine({ A: { Type: 'Fail', Error: 'e'.repeat(257), Cause: 'c'.repeat(32_769) } }),
    ['LIMIT_EXCEEDED /States/A/Error', 'LIMIT_EXCEEDED /States/A/Cause'],
  ],
  ['large constant', machine({ A: pass({ Output: 'x'.repeat(262_143) }) }), ['LIMIT_EXCEEDED /States/A/Output']],
  ['large definition', machine({ A: pass({ Comment: 'x'.repeat(1_048_576) }) }), ['LIMIT_EXCEEDED /']],
];

for (const [name, definition, problems] of faults) {
  test(`fault: ${name}`, () => {
    assert.deepEqual(
      checkDefinition(definition).map(({ code, path }) => `${code} ${path}`),
      problems,
    );
  });
}

/** Expressions that are right where `$x` is assigned. */
const accepted: [name: string, expression: string][] = [
  ['$states', '$states'],
  ['input', '$states.input.items[value > 3]'],
  ['context', '$states.context.Execution.Id'],
  ['variable', '$x.y[0]'],
  ['context in a filter', '$x[$ > 1]'],
  ['context in a later step', '$x.(a + $)'],
  ['sort', '$x^(>age)'],
  ['group', '$x{name: $sum(v)}'],
  ['lambda', '$map($x, function($v, $i){ $v + $i })'],
  ['bound variable', '($a := 1; $b := $a + 1; $b)'],
  ['recursive function', '($f := function($n){ $n = 0 ? 1 : $n * $f($n - 1) }; $f(5))'],
  ['function as a value', '$map($x, $string)'],
  ['partial application', '($add := function($a, $b){$a + $b}; $inc := $add(1, ?); $inc(2))'],
  ['chain', '$x ~> $join(",")'],
  ['index variable', '$x#$i.{"i": $i, "v": $}'],
  ['focus variable', '$x.orders@$o.{"o": $o.id}'],
  ["AWS's functions", '[$parse("1"), $partition([1], 1), $range(1, 2, 1), $hash("a", "MD5"), $random(1), $uuid()]'],
  ['100 terms', Array.from({ length: 100 }, () => '1').join('+')],
  ['regular expression', '$replace($x, /a+/, "b")'],
  ['transform', '$x ~> |$|{"price": price + 1}|'],
];

for (const [name, expression] of accepted) {
  test(`accepted: ${name}`, () => {
    const definition = machine({
      A: { Type: 'Pass', Assign: { x: [] }, Next: 'B' },
      B: pass({ Output: { v: `{% ${expression} %}` } }),
    });
    assert.deepEqual(checkDefinition(definition), []);
  });
}

test('branches may use the same name, and read outer ones', () => {
  const inner = (name: string): Json => branch({ [name]: pass({ Assign: { y: '{% $x %}' }, Output: '{% $x %}' }) });
  const definition = machine({
    A: { Type: 'Pass', Assign: { x: 1 }, Next: 'B' },
    B: { Type: 'Parallel', Branches: [inner('C'), inner('D')], End: true },
  });
  assert.deepEqual(checkDefinition(definition), []);
});

test('a Distributed Map sees no outer variable', () => {
  const definition = machine({
    A: { Type: 'Pass', Assign: { x: [1] }, Next: 'B' },
    B: {
      Type: 'Map',
      Items: '{% $x %}',
      ItemProcessor: {
        ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
        ...branch({ C: pass({ Output: '{% $x %}' }) }),
      },
      End: true,
    },
  });
  assert.deepEqual(
    checkDefinition(definition).map(({ code, path }) => `${code} ${path}`),
    ['UNDEFINED_VARIABLE /States/B/ItemProcessor/States/C/Output'],
  );
});
