/**
 * Transitions per second of the embedded engine, beside those of aws-local-stepfunctions on an equal machine. That one
 * knows JSONPath only, so its loop counts in the data and ours in a variable.
 */
import { StateMachine } from 'aws-local-stepfunctions';
import { checkDefinition } from '../src/asl/check.ts';
import { execute } from '../src/engine/execute.ts';
import { type Benchmark, inTurn, timeRow } from './measure.ts';

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

/** Transitions a second that the engine is to reach. */
const GOAL = 100_000;

const rate = (transitions: number, milliseconds: number): number => (transitions / milliseconds) * 1000;
const showRate = (perSecond: number): string => `${Math.round(perSecond / 1000)} k/s`;

export const bench: Benchmark = async (print) => {
  const limits = { events: Number.POSITIVE_INFINITY };
  const state = { inline: 'x'.repeat(20_000) };
  const handler = async (): Promise<unknown> => ({ Payload: { state: { ...state }, status: 0 }, StatusCode: 200 });
  const run = (definition: Json, history = false): Promise<unknown> =>
    execute(definition, { input: { state }, handler, limits, history });
  const [few, many] = [2000, 100_000];
  const [short, long] = [loop(few), loop(many)];
  const theirs = loopInJsonpath(few);
  const times = await inTurn(5, {
    theirs: () => new StateMachine(theirs as never).run({}).result,
    ours: () => run(long),
    history: () => run(short, true),
  });
  const peer = rate(2 * few + 3, times.theirs);
  const ours = rate(2 * many + 3, times.ours);
  const beside = 'aws-local-stepfunctions (JSONPath)';
  const row = (what: string, perSecond: number) => ({
    what,
    measured: showRate(perSecond),
    beside,
    other: showRate(peer),
    ratio: perSecond / peer,
  });
  print(row('transitions: Pass and Choice with Assign', ours));
  print({
    what: 'the same',
    measured: showRate(ours),
    beside: 'the goal of 100,000 a second',
    other: showRate(GOAL),
    ratio: ours / GOAL,
    goal: { least: 1 },
  });
  print(row('the same, history kept', rate(2 * few + 3, times.history)));

  const chain = steps(1000);
  const text = JSON.stringify(chain);
  const chained = await inTurn(5, {
    copy: () => JSON.parse(text),
    check: () => checkDefinition(JSON.parse(text)),
    first: () => run(JSON.parse(text)),
    again: () => run(chain),
  });
  const reading = 'JSON.parse of the definition';
  print(timeRow('check of 1,000 Tasks and Choices', chained.check, reading, chained.copy));
  print(timeRow('check and first run of it', chained.first, reading, chained.copy));
  print(timeRow('second run of it', chained.again, reading, chained.copy));
};
