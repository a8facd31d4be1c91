/** Machines, what runs their tasks, and what comes of them. The validators see every one of them too. */
import { type ExecuteOptions, type ExecutionResult, TaskError } from '../../src/engine/execute.ts';

export type Json = Record<string, unknown>;

export interface Case {
  name: string;
  definition: Json;
  input?: unknown;
  /** Answers a task by its FunctionName; `fail:E` throws the error E, `echo` answers its payload. */
  options?: Partial<ExecuteOptions>;
  expected: Partial<ExecutionResult>;
}

export const LAMBDA = 'arn:aws:states:::lambda:invoke';

export const machine = (states: Json, fields: Json = {}): Json => ({
  QueryLanguage: 'JSONata',
  StartAt: Object.keys(states)[0],
  States: states,
  ...fields,
});

export const graph = (states: Json): Json => ({ StartAt: Object.keys(states)[0], States: states });

export const pass = (fields: Json = {}): Json => ({ Type: 'Pass', End: true, ...fields });

export const lambda = (name: string, fields: Json = {}): Json => ({
  Type: 'Task',
  Resource: LAMBDA,
  Arguments: { FunctionName: name, Payload: { n: 1 } },
  End: true,
  ...fields,
});

/** The functions that the machines call. */
export const handler: ExecuteOptions['handler'] = async (task) => {
  const { FunctionName: name, Payload: payload } = task.arguments as { FunctionName: string; Payload: unknown };
  const [kind, detail = ''] = name.split(':');
  if (kind === 'fail') throw new TaskError(detail, 'why');
  if (kind === 'flaky' && task.attempt < Number(detail)) throw new TaskError('Flaky', `attempt ${task.attempt}`);
  if (kind === 'forever') {
    await new Promise((_resolve, reject) => {
      task.signal.addEventListener('abort', () => reject(new Error('given up')), { once: true });
    });
  }
  return { ExecutedVersion: '$LATEST', Payload: payload, StatusCode: 200 };
};

const caught = (name: string, errors: string[]): Json =>
  machine({
    A: lambda(name, {
      Catch: [
        {
          ErrorEquals: errors,
          Assign: { e: '{% $states.errorOutput.Error %}' },
          Output: { cause: '{% $states.errorOutput.Cause %}' },
          Next: 'B',
        },
      ],
    }),
    B: pass({ Output: { e: '{% $e %}', in: '{% $states.input %}' } }),
  });

export const cases: Case[] = [
  {
    name: 'Pass hands on its input',
    definition: machine({ A: pass() }),
    input: { a: 1 },
    expected: { output: { a: 1 } },
  },
  {
    name: 'Output with constants, expressions and arrays',
    definition: machine({
      A: pass({
        Output: { a: ['{% $states.input.x %}', { b: '{% $states.input.x + 1 %}' }], c: '{ % no % }', d: null },
      }),
    }),
    input: { x: 1 },
    expected: { output: { a: [1, { b: 2 }], c: '{ % no % }', d: null } },
  },
  {
    name: 'Assign and Output see the values at entry; a swap swaps',
    definition: machine({
      A: { Type: 'Pass', Assign: { x: 1, y: 2 }, Next: 'B' },
      B: {
        Type: 'Pass',
        Assign: { x: '{% $y %}', y: '{% $x %}' },
        Output: { x: '{% $x %}', y: '{% $y %}' },
        Next: 'C',
      },
      C: pass({ Output: { before: '{% $states.input %}', now: '{% [$x, $y] %}' } }),
    }),
    expected: { output: { before: { x: 1, y: 2 }, now: [2, 1] } },
  },
  {
    name: 'null is a value',
    definition: machine({ A: pass({ Output: { a: '{% $states.input.a %}', e: '{% $exists($states.input.a) %}' } }) }),
    input: { a: null },
    expected: { output: { a: null, e: true } },
  },
  {
    name: 'an undefined result fails',
    definition: machine({ A: pass({ Output: { v: '{% $states.input.absent %}' } }) }),
    expected: {
      status: 'FAILED',
      error: 'States.QueryEvaluationError',
      cause:
        "An error occurred while executing the state 'A' (entered at the event id #2). The JSONata expression " +
        "'$states.input.absent' specified for the field 'Output/v' returned nothing (undefined).",
    },
  },
  {
    name: 'an expression that throws fails, with JSONata’s message',
    definition: machine({ A: pass({ Assign: { v: ['{% 1 + "a" %}'] } }) }),
    expected: {
      status: 'FAILED',
      error: 'States.QueryEvaluationError',
      cause:
        "An error occurred while executing the state 'A' (entered at the event id #2). The JSONata expression " +
        `'1 + "a"' specified for the field 'Assign/v[0]' threw an error during evaluation. ` +
        'T2002: The right side of the "+" operator must evaluate to a number',
    },
  },
  {
    name: "what is not in the subset is JSONata's own",
    definition: machine({
      A: { Type: 'Pass', Assign: { l: [3, 1, 2] }, Next: 'B' },
      B: {
        Type: 'Choice',
        Choices: [
          { Condition: '{% $reduce($l, function($a, $b){ $a + $b }) = 7 %}', Next: 'D' },
          { Condition: '{% $reduce($l, function($a, $b){ $a + $b }) = 6 %}', Next: 'C' },
        ],
        Default: 'D',
      },
      C: pass({
        Output: { sorted: '{% $sort($l) %}', one: '{% $filter($l, function($v){ $v > 2 }) %}', l: '{% $l %}' },
      }),
      D: { Type: 'Fail' },
    }),
    expected: { output: { sorted: [1, 2, 3], one: 3, l: [3, 1, 2] } },
  },
  {
    name: 'numbers that JSON does not have are strings, as on AWS',
    definition: machine({ A: pass({ Output: { a: '{% 1/0 %}', b: '{% [0/0] %}' } }) }),
    expected: { output: { a: 'Infinity', b: ['NaN'] } },
  },
  {
    name: 'the functions that AWS adds',
    definition: machine({
      A: pass({
        Output: {
          random: '{% $random(42) %}',
          partition: '{% $partition([1, 2, 3, 4, 5], 2) %}',
          range: '{% $range(0, 10, 5) %}',
          hash: "{% $hash('abc', 'SHA-1') %}",
          parse: '{% $parse(\'{"a": [1]}\').a %}',
          uuid: '{% $length($uuid()) %}',
          mapped: "{% $map(['1', '2'], $parse) %}",
        },
      }),
    }),
    expected: {
      output: {
        random: 0.7275636800328681,
        partition: [[1, 2], [3, 4], [5]],
        range: [0, 5, 10],
        hash: 'a9993e364706816aba3e25717850c26c9cd0d89d',
        parse: [1],
        uuid: 36,
        mapped: [1, 2],
      },
    },
  },
  {
    name: '$now and $millis follow the clock',
    definition: machine({ A: pass({ Output: { t: '{% [$millis(), $now(), $now("[Y]")] %}' } }) }),
    options: { now: () => 1e12 },
    expected: { output: { t: [1e12, '2001-09-09T01:46:40.000Z', '2001'] } },
  },
  {
    name: 'the context object',
    definition: machine({
      A: pass({
        Output: {
          name: '{% $states.context.Execution.Name %}',
          input: '{% $states.context.Execution.Input %}',
          state: '{% $states.context.State.Name %}',
          entered: '{% $states.context.State.EnteredTime %}',
          machine: '{% $states.context.StateMachine.Name %}',
        },
      }),
    }),
    input: { a: 1 },
    options: { name: 'run', now: () => 0, selfArn: 'arn:aws:states:us-east-1:123456789012:stateMachine:m' },
    expected: {
      output: { name: 'run', input: { a: 1 }, state: 'A', entered: '1970-01-01T00:00:00.000Z', machine: 'm' },
    },
  },
  {
    name: 'Choice: a matched rule replaces the Assign and Output of the state',
    definition: machine({
      A: { Type: 'Pass', Assign: { x: 0 }, Next: 'B' },
      B: {
        Type: 'Choice',
        Choices: [{ Condition: '{% $states.input = 1 %}', Assign: { x: 1 }, Output: { o: 1 }, Next: 'C' }],
        Assign: { x: 2 },
        Output: { o: 2 },
        Default: 'C',
      },
      C: pass({ Output: { x: '{% $x %}', in: '{% $states.input %}' } }),
    }),
    input: 1,
    expected: { output: { x: 1, in: { o: 1 } } },
  },
  {
    name: 'Choice: the default takes those of the state',
    definition: machine({
      B: {
        Type: 'Choice',
        Choices: [{ Condition: '{% $states.input = 1 %}', Next: 'C' }],
        Assign: { x: 2 },
        Output: { o: 2 },
        Default: 'C',
      },
      C: pass({ Output: { x: '{% $x %}', in: '{% $states.input %}' } }),
    }),
    expected: { output: { x: 2, in: { o: 2 } } },
  },
  {
    name: 'Choice: nothing matches',
    definition: machine({
      A: { Type: 'Choice', Choices: [{ Condition: '{% $states.input.x = 1 %}', Next: 'B' }] },
      B: pass(),
    }),
    expected: {
      status: 'FAILED',
      error: 'States.Runtime',
      cause:
        "An error occurred while executing the state 'A' (entered at the event id #2). " +
        'Failed to transition out of the state. The state does not point to a next state.',
    },
  },
  {
    name: 'Choice: a condition that is no boolean',
    definition: machine({ A: { Type: 'Choice', Choices: [{ Condition: '{% 1 %}', Next: 'B' }] }, B: pass() }),
    expected: { status: 'FAILED', error: 'States.QueryEvaluationError' },
  },
  {
    name: 'Wait sleeps its seconds',
    definition: machine({ A: { Type: 'Wait', Seconds: '{% $states.input.s %}', End: true } }),
    input: { s: 3600 },
    expected: { output: { s: 3600 } },
  },
  {
    name: 'Wait until a time in the past',
    definition: machine({ A: { Type: 'Wait', Timestamp: '2001-01-01T00:00:00Z', End: true } }),
    expected: { output: {} },
  },
  {
    name: 'Succeed with Output',
    definition: machine({ A: { Type: 'Succeed', Output: { a: '{% $states.input.a %}' } } }),
    input: { a: 7 },
    expected: { output: { a: 7 } },
  },
  {
    name: 'Fail evaluates Error and Cause',
    definition: machine({ A: { Type: 'Fail', Error: 'E', Cause: '{% "because " & $states.input.a %}' } }),
    input: { a: 7 },
    expected: { status: 'FAILED', error: 'E', cause: 'because 7' },
  },
  {
    name: 'Task: result, Assign and Output',
    definition: machine({
      A: lambda('echo', {
        Arguments: { FunctionName: 'echo', Payload: { n: '{% $states.input.n %}' } },
        Assign: { p: '{% $states.result.Payload %}' },
        Output: { n: '{% $states.result.Payload.n %}' },
        Next: 'B',
        End: undefined,
      }),
      B: pass({ Output: { p: '{% $p %}', in: '{% $states.input %}' } }),
    }),
    input: { n: 5 },
    expected: { output: { p: { n: 5 }, in: { n: 5 } } },
  },
  {
    name: 'Task: an error that nothing handles',
    definition: machine({ A: lambda('fail:My.Error') }),
    expected: { status: 'FAILED', error: 'My.Error', cause: 'why' },
  },
  {
    name: 'Catch by name, with Assign and Output',
    definition: caught('fail:My.Error', ['My.Error']),
    expected: { output: { e: 'My.Error', in: { cause: 'why' } } },
  },
  {
    name: 'Catch States.TaskFailed',
    definition: caught('fail:My.Error', ['States.TaskFailed']),
    expected: { output: { e: 'My.Error', in: { cause: 'why' } } },
  },
  {
    name: 'Catch without Output answers the error',
    definition: machine({
      A: lambda('fail:E', { Catch: [{ ErrorEquals: ['States.ALL'], Next: 'B' }] }),
      B: pass(),
    }),
    expected: { output: { Error: 'E', Cause: 'why' } },
  },
  {
    name: 'States.ALL does not catch States.DataLimitExceeded',
    definition: caught('fail:States.DataLimitExceeded', ['States.ALL']),
    expected: { status: 'FAILED', error: 'States.DataLimitExceeded' },
  },
  {
    name: 'but its name does',
    definition: caught('fail:States.DataLimitExceeded', ['States.DataLimitExceeded']),
    expected: { output: { e: 'States.DataLimitExceeded', in: { cause: 'why' } } },
  },
  {
    name: 'nothing catches States.Runtime',
    definition: caught('fail:States.Runtime', ['States.Runtime']),
    expected: { status: 'FAILED', error: 'States.Runtime' },
  },
  {
    name: 'States.TaskFailed does not catch States.Timeout',
    definition: caught('fail:States.Timeout', ['States.TaskFailed']),
    expected: { status: 'FAILED', error: 'States.Timeout' },
  },
  {
    name: 'a failed Output of a Task is caught too',
    definition: machine({
      A: lambda('echo', {
        Output: { v: '{% $states.result.absent %}' },
        Catch: [{ ErrorEquals: ['States.QueryEvaluationError'], Next: 'B', Output: { caught: true } }],
      }),
      B: pass(),
    }),
    expected: { output: { caught: true } },
  },
  {
    name: 'Retry until it works',
    definition: machine({
      A: lambda('flaky:3', {
        Retry: [{ ErrorEquals: ['Flaky'], MaxAttempts: 3 }],
        Output: { retries: '{% $states.context.State.RetryCount %}' },
      }),
    }),
    expected: { output: { retries: 3 }, transitions: 4 },
  },
  {
    name: 'Retry is used up, then Catch',
    definition: machine({
      A: lambda('flaky:9', {
        Retry: [
          { ErrorEquals: ['Other'], MaxAttempts: 9 },
          { ErrorEquals: ['Flaky'], MaxAttempts: 2, JitterStrategy: 'FULL' },
        ],
        Catch: [{ ErrorEquals: ['Flaky'], Output: { cause: '{% $states.errorOutput.Cause %}' }, Next: 'B' }],
      }),
      B: pass(),
    }),
    expected: { output: { cause: 'attempt 2' }, transitions: 4 },
  },
  {
    name: 'Parallel: branches read outer variables, their own stay inside, results leave by Output',
    definition: machine({
      A: { Type: 'Pass', Assign: { x: 1 }, Next: 'B' },
      B: {
        Type: 'Parallel',
        Arguments: { seed: '{% $x + 1 %}' },
        Branches: [
          graph({
            C: { Type: 'Pass', Assign: { y: '{% $x + $states.input.seed %}' }, Next: 'D' },
            D: pass({ Output: { y: '{% $y %}' } }),
          }),
          graph({ E: lambda('echo', { Output: '{% $states.result.StatusCode %}' }) }),
        ],
        Assign: { r: '{% $states.result %}' },
        Output: { first: '{% $states.result[0].y %}' },
        Next: 'F',
      },
      F: pass({ Output: { r: '{% $r %}', in: '{% $states.input %}' } }),
    }),
    expected: { output: { r: [{ y: 3 }, 200], in: { first: 3 } } },
  },
  {
    name: 'Parallel: siblings are given up on the first failure, Catch on the state',
    definition: machine({
      A: {
        Type: 'Parallel',
        Branches: [
          graph({ B: lambda('forever') }),
          graph({ C: lambda('fail:E') }),
          graph({ W: { Type: 'Wait', Seconds: 9, End: true } }),
        ],
        Catch: [{ ErrorEquals: ['E'], Next: 'D' }],
        End: true,
      },
      D: pass(),
    }),
    options: { sleep: (_ms, signal) => new Promise((resolve) => signal.addEventListener('abort', () => resolve())) },
    expected: { output: { Error: 'E', Cause: 'why' } },
  },
  {
    name: 'Parallel: Retry runs all branches again',
    definition: machine({
      A: {
        Type: 'Parallel',
        Branches: [graph({ B: lambda('echo') }), graph({ C: { Type: 'Fail', Error: 'E' } })],
        Retry: [{ ErrorEquals: ['E'], MaxAttempts: 1 }],
        Catch: [{ ErrorEquals: ['E'], Output: { again: '{% $states.context.State.RetryCount %}' }, Next: 'D' }],
        End: true,
      },
      D: pass(),
    }),
    expected: { output: { again: 1 } },
  },
  {
    name: 'Map: items, selector, order, nested scope',
    definition: machine({
      A: { Type: 'Pass', Assign: { k: 10 }, Next: 'B' },
      B: {
        Type: 'Map',
        Items: '{% $states.input.list %}',
        ItemSelector: {
          i: '{% $states.context.Map.Item.Index %}',
          v: '{% $states.context.Map.Item.Value %}',
          all: '{% $count($states.input.list) %}',
        },
        MaxConcurrency: 2,
        ItemProcessor: {
          ProcessorConfig: { Mode: 'INLINE' },
          ...graph({
            C: { Type: 'Pass', Assign: { own: '{% $states.input.v * $k %}' }, Next: 'D' },
            D: pass({
              Output: [
                '{% $states.input.i %}',
                '{% $own %}',
                '{% $states.input.all %}',
                '{% $states.context.Map.Item.Value %}',
              ],
            }),
          }),
        },
        End: true,
      },
    }),
    input: { list: [3, 1, 2] },
    expected: {
      output: [
        [0, 30, 3, 3],
        [1, 10, 3, 1],
        [2, 20, 3, 2],
      ],
    },
  },
  {
    name: 'Map over its input, no items',
    definition: machine({ A: { Type: 'Map', ItemProcessor: graph({ B: pass() }), End: true } }),
    input: [],
    expected: { output: [] },
  },
  {
    name: 'Map: one iteration fails',
    definition: machine({
      A: {
        Type: 'Map',
        ItemProcessor: graph({
          B: { Type: 'Choice', Choices: [{ Condition: '{% $states.input = 2 %}', Next: 'C' }], Default: 'D' },
          C: { Type: 'Fail', Error: 'Two' },
          D: lambda('forever'),
        }),
        Catch: [{ ErrorEquals: ['Two'], Next: 'E' }],
        End: true,
      },
      E: pass(),
    }),
    input: [1, 2, 3],
    expected: { output: { Error: 'Two' } },
  },
  {
    name: 'Map: Items must be an array',
    definition: machine({ A: { Type: 'Map', Items: '{% 5 %}', ItemProcessor: graph({ B: pass() }), End: true } }),
    expected: { status: 'FAILED', error: 'States.QueryEvaluationError' },
  },
  {
    name: 'a Lambda function by its own ARN',
    definition: machine({
      A: {
        Type: 'Task',
        Resource: 'arn:aws:lambda:us-east-1:123456789012:function:f',
        Arguments: { FunctionName: 'echo', Payload: 1 },
        Output: '{% $states.result.Payload %}',
        End: true,
      },
    }),
    expected: { output: 1 },
  },
  {
    name: 'a variable named as a function hides it',
    definition: machine({
      A: { Type: 'Pass', Assign: { count: 3 }, Next: 'B' },
      B: pass({ Output: { c: '{% $count + 1 %}' } }),
    }),
    expected: { output: { c: 4 } },
  },
  {
    name: 'keys and strings that are awkward in JSON stay what they are',
    definition: machine({ A: pass({ Output: { 'a"b': '{% $states.input."x y" %}', '\u{1f600}': 'é\u2028' } }) }),
    input: { 'x y': '{% 1 %}' },
    expected: { output: { 'a"b': '{% 1 %}', '\u{1f600}': 'é\u2028' } },
  },
];
