import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  DefinitionError,
  type ExecuteOptions,
  type ExecutionResult,
  execute,
  TaskError,
} from '../../src/engine/execute.ts';
import { cases, graph, handler, type Json, lambda, machine, pass } from './machines.ts';

const run = (definition: unknown, options: Partial<ExecuteOptions> = {}): Promise<ExecutionResult> =>
  execute(definition, { input: {}, handler, sleep: async () => {}, ...options });

for (const { name, definition, input = {}, options, expected } of cases) {
  test(name, async () => {
    const result = await run(definition, { input, ...options });
    const { status, output, error, cause } = { status: 'SUCCEEDED' as const, ...expected };
    assert.deepEqual([result.status, result.error ?? error, result.output], [status, error, output], result.cause);
    if (cause !== undefined) assert.equal(result.cause, cause);
    if (expected.transitions !== undefined) assert.equal(result.transitions, expected.transitions);
  });
}

/** Definitions that are not run at all: the first problem's code and path. */
const refusals: [name: string, definition: unknown, problem: string][] = [
  ['JSONPath', { StartAt: 'A', States: { A: pass() } }, 'JSONPATH_NOT_SUPPORTED /QueryLanguage'],
  [
    'task token',
    machine({ A: { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken', End: true } }),
    'UNSUPPORTED_BY_ENGINE /States/A/Resource',
  ],
  [
    'activity',
    machine({ A: { Type: 'Task', Resource: 'arn:aws:states:us-east-1:123456789012:activity:a', End: true } }),
    'UNSUPPORTED_BY_ENGINE /States/A/Resource',
  ],
  [
    'Distributed Map',
    machine({
      A: {
        Type: 'Map',
        ItemProcessor: { ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' }, ...graph({ B: pass() }) },
        End: true,
      },
    }),
    'UNSUPPORTED_BY_ENGINE /States/A/ItemProcessor/ProcessorConfig/Mode',
  ],
  ['a fault', machine({ A: pass({ Output: '{% $x %}' }) }), 'UNDEFINED_VARIABLE /States/A/Output'],
];

for (const [name, definition, problem] of refusals) {
  test(`refused: ${name}`, async () => {
    await assert.rejects(run(definition), (error) => {
      assert.ok(error instanceof DefinitionError);
      assert.equal(`${error.problems[0]!.code} ${error.problems[0]!.path}`, problem);
      return true;
    });
  });
}

test('a handler’s own fault is thrown, not caught by the machine', async () => {
  const definition = machine({
    A: lambda('x', { Catch: [{ ErrorEquals: ['States.ALL'], Next: 'B' }] }),
    B: pass(),
  });
  const faulty = async (): Promise<unknown> => {
    throw new TypeError('our bug');
  };
  await assert.rejects(run(definition, { handler: faulty }), new TypeError('our bug'));
});

test('retries wait longer each time, up to MaxDelaySeconds', async () => {
  const slept: number[] = [];
  const definition = machine({
    A: lambda('flaky:5', {
      Retry: [{ ErrorEquals: ['States.ALL'], IntervalSeconds: 2, BackoffRate: 3, MaxAttempts: 5, MaxDelaySeconds: 20 }],
    }),
  });
  await run(definition, {
    sleep: async (milliseconds) => {
      slept.push(milliseconds);
    },
  });
  assert.deepEqual(slept, [2000, 6000, 18_000, 20_000, 20_000]);
});

test('full jitter draws from the delay', async () => {
  const slept: number[] = [];
  const definition = machine({
    A: lambda('flaky:2', { Retry: [{ ErrorEquals: ['States.ALL'], IntervalSeconds: 4, JitterStrategy: 'FULL' }] }),
  });
  await run(definition, {
    random: () => 0.25,
    sleep: async (milliseconds) => {
      slept.push(milliseconds);
    },
  });
  assert.deepEqual(slept, [1000, 2000]);
});

test('TimeoutSeconds of a Task', async () => {
  const definition = machine({ A: lambda('forever', { TimeoutSeconds: 1 }) });
  const { status, error } = await run(definition);
  assert.deepEqual([status, error], ['FAILED', 'States.Timeout']);
});

test('TimeoutSeconds of the machine', async () => {
  const definition = machine({ A: { Type: 'Wait', Seconds: 1000, End: true } }, { TimeoutSeconds: 1 });
  const { status, events } = await run(definition, { sleep: undefined, history: true });
  assert.equal(status, 'TIMED_OUT');
  assert.deepEqual(
    events.map(({ type }) => type),
    ['ExecutionStarted', 'WaitStateEntered', 'WaitStateAborted', 'ExecutionTimedOut'],
  );
});

test('TimeoutSeconds of a machine that never waits', async () => {
  const definition = machine(
    {
      A: { Type: 'Choice', Choices: [{ Condition: '{% 1 = 1 %}', Next: 'A' }], Default: 'B' },
      B: { Type: 'Succeed' },
    },
    { TimeoutSeconds: 1 },
  );
  const { status } = await run(definition, { limits: { events: Number.POSITIVE_INFINITY } });
  assert.equal(status, 'TIMED_OUT');
});

test('an aborted execution ends at once, and tells its tasks', async () => {
  const controller = new AbortController();
  let told = false;
  const running = run(machine({ A: { Type: 'Parallel', Branches: [graph({ B: lambda('x') })], End: true } }), {
    signal: controller.signal,
    handler: ({ signal }) =>
      new Promise(() => {
        signal.addEventListener('abort', () => {
          told = true;
        });
        setImmediate(() => controller.abort());
      }),
  });
  assert.equal((await running).status, 'ABORTED');
  assert.ok(told);
});

test('MaxConcurrency bounds the iterations that run at once; 40 by default', async () => {
  for (const [concurrency, most] of [
    [3, 3],
    [0, 40],
    [100, 40],
  ]) {
    let now = 0;
    let peak = 0;
    const definition = machine({
      A: {
        Type: 'Map',
        MaxConcurrency: concurrency,
        ItemProcessor: graph({ B: lambda('x') }),
        End: true,
      },
    });
    await run(definition, {
      input: Array.from({ length: 100 }, (_, i) => i),
      handler: async () => {
        now += 1;
        peak = Math.max(peak, now);
        await new Promise((resolve) => setImmediate(resolve));
        now -= 1;
        return null;
      },
    });
    assert.equal(peak, most);
  }
});

const big = 'x'.repeat(262_142);

/** Data over a limit: a machine, and the error that it fails with. */
const limits: [name: string, definition: Json, input: unknown, error: string | undefined][] = [
  ['payload at the limit', machine({ A: pass() }), big, undefined],
  ['payload over it', machine({ A: pass() }), `${big}x`, 'States.DataLimitExceeded'],
  ['counted in UTF-8', machine({ A: pass() }), 'é'.repeat(131_072), 'States.DataLimitExceeded'],
  ['output over it', machine({ A: pass({ Output: '{% $states.input & "x" %}' }) }), big, 'States.DataLimitExceeded'],
  [
    'variable over it',
    machine({ A: pass({ Assign: { x: '{% $states.input & "x" %}' }, Output: 1 }) }),
    big,
    'States.DataLimitExceeded',
  ],
  [
    'one Assign over it',
    machine({ A: pass({ Assign: { x: '{% $states.input %}', y: 1 } }) }),
    big,
    'States.DataLimitExceeded',
  ],
  [
    'States.ALL does not catch it',
    machine({
      A: lambda('echo', {
        Arguments: { FunctionName: 'echo', Payload: '{% $states.input & "x" %}' },
        Catch: [{ ErrorEquals: ['States.ALL'], Next: 'B' }],
      }),
      B: pass(),
    }),
    big,
    'States.DataLimitExceeded',
  ],
];

for (const [name, definition, input, error] of limits) {
  test(`limit: ${name}`, async () => {
    const result = await run(definition, { input });
    assert.equal(result.error, error);
  });
}

test('limit: all variables of the execution', async () => {
  const states: Json = {};
  for (let i = 0; i < 41; i += 1) {
    states[`S${i}`] = { Type: 'Pass', Assign: { [`v${i}`]: '{% $states.input %}' }, Next: `S${i + 1}` };
  }
  states.S41 = pass();
  const result = await run(machine(states), { input: big });
  assert.equal(result.error, 'States.DataLimitExceeded');
  assert.match(result.cause!, /state 'S40'/);
});

test('limit: assigning again frees what was there; an ended branch frees its variables', async () => {
  const branch = graph({ C: pass({ Assign: { y: '{% $states.input %}' }, Output: 1 }) });
  const definition = machine({
    A: { Type: 'Pass', Assign: { n: 0, in: '{% $states.input %}' }, Next: 'B' },
    B: {
      Type: 'Parallel',
      Arguments: '{% $in %}',
      Branches: [branch],
      Assign: { n: '{% $n + 1 %}' },
      Next: 'D',
    },
    D: {
      Type: 'Choice',
      Choices: [{ Condition: '{% $n < 60 %}', Assign: { z: '{% $in %}' }, Next: 'B' }],
      Default: 'E',
    },
    E: pass(),
  });
  assert.equal((await run(definition, { input: 'x'.repeat(260_000) })).status, 'SUCCEEDED');
});

test('limit: events of the history', async () => {
  const definition = machine({
    A: { Type: 'Choice', Choices: [{ Condition: '{% 1 = 1 %}', Next: 'A' }], Default: 'B' },
    B: { Type: 'Succeed' },
  });
  const result = await run(definition);
  assert.deepEqual([result.status, result.error, result.eventCount], ['FAILED', 'States.Runtime', 25_000]);
});

test('a child execution of the machine itself', async () => {
  const selfArn = 'arn:aws:states:us-east-1:123456789012:stateMachine:m';
  const definition = machine({
    A: { Type: 'Choice', Choices: [{ Condition: '{% $states.input.n = 0 %}', Next: 'C' }], Default: 'B' },
    B: {
      Type: 'Task',
      Resource: 'arn:aws:states:::states:startExecution.sync:2',
      Arguments: { StateMachineArn: selfArn, Input: { n: '{% $states.input.n - 1 %}' } },
      Output: { depth: '{% $states.result.Output.depth + 1 %}', status: '{% $states.result.Status %}' },
      Catch: [
        { ErrorEquals: ['States.TaskFailed'], Output: '{% $parse($states.errorOutput.Cause).Error %}', Next: 'D' },
      ],
      End: true,
    },
    C: {
      Type: 'Choice',
      Choices: [{ Condition: '{% $exists($states.input.fail) %}', Next: 'E' }],
      Output: { depth: 0 },
      Default: 'D',
    },
    D: pass(),
    E: { Type: 'Fail', Error: 'Deep' },
  });
  const result = await run(definition, { input: { n: 3 }, selfArn });
  assert.deepEqual(result.output, { depth: 3, status: 'SUCCEEDED' });
  assert.equal(result.transitions, 9);

  const failing = structuredClone(definition) as { States: { B: { Arguments: { Input: Json } } } };
  failing.States.B.Arguments.Input.fail = true;
  assert.equal((await run(failing, { input: { n: 1 }, selfArn })).output, 'Deep');

  // Another machine is the handler's business.
  const other = async (): Promise<unknown> => ({ Output: { depth: 40 }, Status: 'SUCCEEDED' });
  const elsewhere = await run(definition, { input: { n: 1 }, selfArn: `${selfArn}2`, handler: other });
  assert.deepEqual(elsewhere.output, { depth: 41, status: 'SUCCEEDED' });
});

test('concurrent executions of one definition do not meet', async () => {
  const definition = machine({
    A: lambda('echo', {
      Arguments: { FunctionName: 'echo', Payload: '{% $states.input %}' },
      Assign: { x: '{% $map([$states.result.Payload], function($v){ $v * 2 }) %}' },
      Next: 'B',
      End: undefined,
    }),
    B: pass({ Output: '{% $x %}' }),
  });
  const results = await Promise.all(Array.from({ length: 50 }, (_, input) => run(definition, { input })));
  assert.deepEqual(
    results.map(({ output }) => output),
    Array.from({ length: 50 }, (_, i) => i * 2),
  );
});

test('TaskError keeps error and cause', () => {
  const { error, detail } = new TaskError('E', 'c');
  assert.deepEqual([error, detail], ['E', 'c']);
});

test('many tasks at once are no leak of listeners', async () => {
  const warnings: Error[] = [];
  const note = (warning: Error): void => void warnings.push(warning);
  process.on('warning', note);
  const definition = machine({
    A: { Type: 'Map', ItemProcessor: graph({ B: lambda('x', { TimeoutSeconds: 9 }) }), End: true },
  });
  await run(definition, {
    input: Array.from({ length: 100 }, (_, i) => i),
    handler: ({ signal }) =>
      new Promise((resolve) => {
        signal.addEventListener('abort', () => {}, { once: true });
        setImmediate(resolve, null);
      }),
  });
  await new Promise((resolve) => setImmediate(resolve));
  process.off('warning', note);
  assert.deepEqual(warnings, []);
});

test('an execution without input gets an empty object', async () => {
  assert.deepEqual((await run(machine({ A: pass() }), { input: undefined })).output, {});
});
