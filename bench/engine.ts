/**
 * Transitions per second of the embedded engine, beside those of aws-local-stepfunctions on an equal machine. That one
 * knows JSONPath only, so its loop counts in the data and ours in a variable.
 */
import { pathToFileURL } from 'node:url';
import { StateMachine } from 'aws-local-stepfunctions';
import { checkDefinition } from '../src/asl/check.ts';
import { execute } from '../src/engine/execute.ts';

export interface EngineRow {
  engine: string;
  machine: string;
  transitions: number;
  perSecond: number;
  /** Against aws-local-stepfunctions, where the machines are equal. */
  ratio?: number;
}

type Json = Record<string, unknown>;

const machine = (states: Json): Json => ({ QueryLanguage: 'JSONata', StartAt: Object.keys(states)[0], States: states });

/** Pass and Choice in turn, `times` times. */
const loop = (times: number): Json =>
  machine({
    Start: { Type: 'Pass', Assign: { n: 0 }, Next: 'Test' },
    Test: { Type: 'Choice', Choices: [{ Condition: `{% $n < ${times} %}`, Next: 'Count' }], Default: 'Done' },
    Count: { Type: 'Pass', Assign: { n: '{% $n + 1 %}' }, Next: 'Test' },
    Done: { Type: 'Succeed' },
  });

const loopInJsonpath = (times: number): Json => ({
  StartAt: 'Start',
  States: {
    Start: { Type: 'Pass', Result: { n: 0 }, Next: 'Test' },
    Test: { Type: 'Choice', Choices: [{ Variable: '$.n', NumericLessThan: times, Next: 'Count' }], Default: 'Done' },
    Count: { Type: 'Pass', Parameters: { 'n.$': 'States.MathAdd($.n, 1)' }, Next: 'Test' },
    Done: { Type: 'Succeed' },
  },
});

/** A chain of steps as our compiler emits them: Tasks with state and options, and Choices on their status. */
function steps(count: number): Json {
  const states: Json = {
    start: {
      Type: 'Pass',
      Assign: { run: {}, state: '{% $states.input.state %}', status: 0, ops: [], scope: '' },
      Next: 'step 0',
    },
  };
  for (let i = 0; i < count; i += 1) {
    states[`step ${i}`] = {
      Type: 'Task',
      Resource: 'arn:aws:states:::lambda:invoke',
      Arguments: {
        FunctionName: `step-${i}`,
        Payload: {
          protocol: 1,
          step: `step-${i}`,
          run: '{% $run %}',
          state: '{% $state %}',
          ops: '{% $append($ops, [["subshell"]]) %}',
          status: '{% $status %}',
          scope: '{% $scope %}',
        },
      },
      Assign: {
        state: '{% $states.result.Payload.state %}',
        status: '{% $states.result.Payload.status %}',
        ops: [],
      },
      Output: {},
      Next: `if ${i}`,
    };
    const next = i + 1 < count ? `step ${i + 1}` : 'end';
    states[`if ${i}`] = { Type: 'Choice', Choices: [{ Condition: '{% $status = 0 %}', Next: next }], Default: 'end' };
  }
  states.end = { Type: 'Pass', Output: { status: '{% $status %}' }, End: true };
  return machine(states);
}

async function measure(run: () => Promise<number>): Promise<{ transitions: number; perSecond: number }> {
  const start = performance.now();
  const transitions = await run();
  return { transitions, perSecond: Math.round((transitions / (performance.now() - start)) * 1000) };
}

/** Runs the engine's benchmarks. */
export async function benchEngine(times = 200_000): Promise<EngineRow[]> {
  const limits = { events: Number.POSITIVE_INFINITY };
  const state = { inline: 'x'.repeat(20_000) };
  const handler = async (): Promise<unknown> => ({ Payload: { state: { ...state }, status: 0 }, StatusCode: 200 });
  const run = async (definition: Json, history = false): Promise<number> => {
    const options = { input: { state }, handler, limits, history };
    return (await execute(definition, options)).transitions;
  };
  const slowTimes = Math.min(times, 5000);

  await run(loop(times / 10));
  const other = await measure(async () => {
    const { result } = new StateMachine(loopInJsonpath(slowTimes) as never).run({});
    await result;
    return 2 * slowTimes + 3;
  });
  const row = (engine: string, name: string, measured: typeof other): EngineRow => ({
    engine,
    machine: name,
    ...measured,
    ...(/Pass/.test(name) ? { ratio: Math.round((measured.perSecond / other.perSecond) * 10) / 10 } : {}),
  });
  const long = steps(1000);
  return [
    row('aws-local-stepfunctions', 'Pass and Choice (JSONPath)', other),
    row('sh2sfn', 'Pass and Choice (Assign)', await measure(() => run(loop(times)))),
    row('sh2sfn', 'the same, history kept', await measure(() => run(loop(slowTimes), true))),
    row('sh2sfn', 'first run: 1,000 Tasks and Choices, checked', await measure(() => run(long))),
    row('sh2sfn', 'second run of it', await measure(() => run(long))),
  ];
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  console.table(await benchEngine());
  const definition = steps(500);
  const start = performance.now();
  const problems = checkDefinition(definition);
  console.log(
    `check of ${Object.keys(definition.States as Json).length} states: ${(performance.now() - start).toFixed(1)} ms`,
    problems,
  );
}
