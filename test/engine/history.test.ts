import assert from 'node:assert/strict';
import { test } from 'node:test';
import { execute, type HistoryEvent } from '../../src/engine/execute.ts';
import { graph, handler, type Json, lambda, machine, pass } from './machines.ts';

async function history(definition: Json, input: unknown = {}): Promise<HistoryEvent[]> {
  const live: HistoryEvent[] = [];
  const { events, eventCount } = await execute(definition, {
    input,
    handler,
    history: true,
    now: () => 0,
    sleep: async () => {},
    onEvent: (event) => live.push(event),
  });
  assert.deepEqual(live, events);
  assert.equal(eventCount, events.length);
  assert.deepEqual(
    events.map(({ id }) => id),
    events.map((_, i) => i + 1),
  );
  return events;
}

const shape = (events: HistoryEvent[]): string[] => events.map((e) => `${e.previousEventId} ${e.type}`);

/** Name, definition, input, and `previousEventId type` of each event. */
const shapes: [name: string, definition: Json, input: unknown, events: string[]][] = [
  [
    'states in a row',
    machine({
      A: { Type: 'Choice', Choices: [{ Condition: true, Next: 'B' }] },
      B: { Type: 'Wait', Seconds: 1, Next: 'C' },
      C: { Type: 'Succeed' },
    }),
    {},
    [
      '0 ExecutionStarted',
      '0 ChoiceStateEntered',
      '2 ChoiceStateExited',
      '3 WaitStateEntered',
      '4 WaitStateExited',
      '5 SucceedStateEntered',
      '6 SucceedStateExited',
      '7 ExecutionSucceeded',
    ],
  ],
  [
    'a task that fails once and is caught',
    machine({
      A: lambda('fail:E', {
        Retry: [{ ErrorEquals: ['E'], MaxAttempts: 1 }],
        Catch: [{ ErrorEquals: ['E'], Next: 'B' }],
      }),
      B: { Type: 'Fail', Error: 'F' },
    }),
    {},
    [
      '0 ExecutionStarted',
      '0 TaskStateEntered',
      '2 TaskScheduled',
      '3 TaskStarted',
      '4 TaskFailed',
      '5 TaskScheduled',
      '6 TaskStarted',
      '7 TaskFailed',
      '8 TaskStateExited',
      '9 FailStateEntered',
      '10 ExecutionFailed',
    ],
  ],
  [
    'a Parallel',
    machine({ A: { Type: 'Parallel', Branches: [graph({ B: pass() }), graph({ C: pass() })], End: true } }),
    {},
    [
      '0 ExecutionStarted',
      '0 ParallelStateEntered',
      '2 ParallelStateStarted',
      '3 PassStateEntered',
      '4 PassStateExited',
      '3 PassStateEntered',
      '6 PassStateExited',
      '7 ParallelStateSucceeded',
      '8 ParallelStateExited',
      '9 ExecutionSucceeded',
    ],
  ],
  [
    'a Parallel that fails',
    machine({
      A: { Type: 'Parallel', Branches: [graph({ B: lambda('forever') }), graph({ C: { Type: 'Fail' } })], End: true },
    }),
    {},
    [
      '0 ExecutionStarted',
      '0 ParallelStateEntered',
      '2 ParallelStateStarted',
      '3 TaskStateEntered',
      '3 FailStateEntered',
      '4 TaskScheduled',
      '6 TaskStarted',
      '7 TaskStateAborted',
      '8 ParallelStateFailed',
      '9 ExecutionFailed',
    ],
  ],
  [
    'a Map',
    machine({ A: { Type: 'Map', MaxConcurrency: 1, ItemProcessor: graph({ B: pass() }), End: true } }),
    [1, 2],
    [
      '0 ExecutionStarted',
      '0 MapStateEntered',
      '2 MapStateStarted',
      '3 MapIterationStarted',
      '4 PassStateEntered',
      '5 PassStateExited',
      '6 MapIterationSucceeded',
      '3 MapIterationStarted',
      '8 PassStateEntered',
      '9 PassStateExited',
      '10 MapIterationSucceeded',
      '11 MapStateSucceeded',
      '12 MapStateExited',
      '13 ExecutionSucceeded',
    ],
  ],
  [
    'an expression that fails',
    machine({ A: pass({ Output: '{% $states.input.x %}' }) }),
    {},
    ['0 ExecutionStarted', '0 PassStateEntered', '2 EvaluationFailed', '3 ExecutionFailed'],
  ],
  [
    "a function's own ARN",
    machine({
      A: {
        Type: 'Task',
        Resource: 'arn:aws:lambda:us-east-1:123456789012:function:f',
        Arguments: { FunctionName: 'echo' },
        End: true,
      },
    }),
    {},
    [
      '0 ExecutionStarted',
      '0 TaskStateEntered',
      '2 LambdaFunctionScheduled',
      '3 LambdaFunctionStarted',
      '4 LambdaFunctionSucceeded',
      '5 TaskStateExited',
      '6 ExecutionSucceeded',
    ],
  ],
];

for (const [name, definition, input, expected] of shapes) {
  test(`events of ${name}`, async () => {
    assert.deepEqual(shape(await history(definition, input)), expected);
  });
}

test('details of events', async () => {
  const definition = machine({
    A: lambda('echo', { TimeoutSeconds: 60, Assign: { x: [1] }, Output: { o: 1 }, Next: 'B', End: undefined }),
    B: lambda('fail:E'),
  });
  const events = await history(definition, { a: 'é' });
  const whole = { truncated: false };
  const task = { resourceType: 'lambda', resource: 'invoke' };
  const parameters = (name: string): string => JSON.stringify({ FunctionName: name, Payload: { n: 1 } });
  assert.deepEqual(
    events.map(({ timestamp, type, id, previousEventId, ...details }) => {
      assert.equal(timestamp.getTime(), 0);
      return details;
    }),
    [
      { executionStartedEventDetails: { input: '{"a":"é"}', inputDetails: whole } },
      { stateEnteredEventDetails: { name: 'A', input: '{"a":"é"}', inputDetails: whole } },
      { taskScheduledEventDetails: { ...task, region: '', parameters: parameters('echo'), timeoutInSeconds: 60 } },
      { taskStartedEventDetails: task },
      {
        taskSucceededEventDetails: {
          ...task,
          output: '{"ExecutedVersion":"$LATEST","Payload":{"n":1},"StatusCode":200}',
          outputDetails: whole,
        },
      },
      {
        stateExitedEventDetails: {
          name: 'A',
          output: '{"o":1}',
          outputDetails: whole,
          assignedVariables: { x: '[1]' },
          assignedVariablesDetails: whole,
        },
      },
      { stateEnteredEventDetails: { name: 'B', input: '{"o":1}', inputDetails: whole } },
      { taskScheduledEventDetails: { ...task, region: '', parameters: parameters('fail:E') } },
      { taskStartedEventDetails: task },
      { taskFailedEventDetails: { ...task, error: 'E', cause: 'why' } },
      { executionFailedEventDetails: { error: 'E', cause: 'why' } },
    ],
  );
});
