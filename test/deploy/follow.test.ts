/** Following an execution by its history, page by page. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Clients } from '../../src/deploy/clients.ts';
import { follow, type Outcome } from '../../src/deploy/start.ts';

type Event = Record<string, unknown>;

const frame = (text: string, fd = 1): unknown => ({ fd, bytes: Buffer.from(text).toString('base64') });
const entered = (name: string): Event => ({ type: 'TaskStateEntered', stateEnteredEventDetails: { name } });
const printed = (...frames: unknown[]): Event => ({
  type: 'TaskSucceeded',
  taskSucceededEventDetails: { output: JSON.stringify({ Payload: { frames } }) },
});
const failedWith = (error: string, message: string): Event => ({
  type: 'TaskFailed',
  taskFailedEventDetails: { error, cause: JSON.stringify({ errorType: error, errorMessage: message }) },
});
const done = (status: unknown): Event => ({
  type: 'ExecutionSucceeded',
  executionSucceededEventDetails: { output: JSON.stringify({ status }) },
});

/** A service that has these executions, of which each look finds one more page; at the look `expired` it knows no token. */
async function followed(
  executions: Record<string, Event[][]>,
  expired = 0,
): Promise<{ outcome: Outcome; text: string }> {
  const looks: Record<string, number> = {};
  const sfn = {
    getExecutionHistory: async ({ executionArn, nextToken }: { executionArn: string; nextToken?: string }) => {
      looks[executionArn] = (looks[executionArn] ?? 0) + 1;
      if (nextToken && looks[executionArn] === expired) throw Object.assign(new Error('old'), { name: 'InvalidToken' });
      const pages = executions[executionArn]!.slice(0, looks[executionArn]);
      const page = Number(nextToken ?? 0);
      const first = pages.slice(0, page).flat().length;
      const events = pages[page]!.map((event, index) => ({ id: first + index + 1, ...event }));
      return { events, nextToken: page + 1 < pages.length ? String(page + 1) : undefined };
    },
    describeStateMachineForExecution: async () => ({
      definition: JSON.stringify({
        States: { p: { Type: 'Parallel', Branches: [{ States: { second: { Comment: 'x.sh:3' } } }] } },
      }),
    }),
  };
  let text = '';
  const outcome = await follow({ sfn } as unknown as Clients, 'main', {
    print: ({ fd, bytes }) => {
      text += `${fd}${Buffer.from(bytes, 'base64')} `;
    },
  });
  return { outcome, text };
}

describe('follow', () => {
  it('prints what a step printed that ended the run, and its message without it', async () => {
    const message = JSON.stringify({ message: 'left files behind', frames: [frame('printed')] });
    const cause = JSON.stringify({ errorType: 'Sh2sfn.FilesLeftBehind', errorMessage: message });
    const failed = { type: 'ExecutionFailed', executionFailedEventDetails: { error: 'Sh2sfn.FilesLeftBehind', cause } };
    const { outcome, text } = await followed({ main: [[failedWith('Sh2sfn.FilesLeftBehind', message), failed]] });
    assert.deepEqual([outcome.status, text], [1, '1printed ']);
    assert.equal(outcome.diagnostics[0]!.cause, 'left files behind');
  });
  it('says so where the history does not hold all that was printed', async () => {
    const cut: Event = { type: 'TaskSucceeded', taskSucceededEventDetails: { outputDetails: { truncated: true } } };
    const submitted = {
      type: 'TaskSubmitted',
      taskSubmittedEventDetails: { resourceType: 'states', output: JSON.stringify({ ExecutionArn: 'child' }) },
    };
    const both: Record<string, Event[][]>[] = [
      { main: [[entered('a'), cut, done(0)]] },
      { main: [[submitted, done(0)]], child: [[entered('a'), cut, done(0)]] },
    ];
    for (const executions of both) {
      const { outcome } = await followed(executions);
      assert.equal(outcome.status, 1);
      assert.equal(outcome.diagnostics.length, 1);
      assert.match(outcome.diagnostics[0]!.message, /does not hold all that was printed, in state `a`/);
    }
  });
  it('begins anew where the token of a page has expired, and prints nothing twice', async () => {
    const main = [[printed(frame('a'))], [printed(frame('b')), done(0)]];
    const { outcome, text } = await followed({ main }, 2);
    assert.deepEqual([outcome.status, text], [0, '1a 1b ']);
  });
  it('prints each frame once, in order, over pages', async () => {
    const pages = [[entered('a'), printed(frame('a'))], [printed(frame('b', 2), frame('c'))], [done(4)]];
    const { outcome, text } = await followed({ main: pages });
    assert.deepEqual([outcome.status, text], [4, '1a 2b 1c ']);
  });
  it('prints what a step printed that ended the shell', async () => {
    const message = JSON.stringify({ status: 3, frames: [frame('last words')] });
    const { outcome, text } = await followed({ main: [[failedWith('Sh2sfn.Exit', message), done(3)]] });
    assert.deepEqual([outcome.status, text], [3, '1last words ']);
  });
  it('prints what a continuation prints, where it stands', async () => {
    const submitted = {
      type: 'TaskSubmitted',
      taskSubmittedEventDetails: { resourceType: 'states', output: JSON.stringify({ ExecutionArn: 'child' }) },
    };
    const main = [
      [printed(frame('a')), submitted],
      [printed(frame('z')), done(0)],
    ];
    const { text } = await followed({ main, child: [[printed(frame('m'))], [done(0)]] });
    assert.equal(text, '1a 1m 1z ');
  });
  it('says where and why an execution failed', async () => {
    const failed = {
      type: 'ExecutionFailed',
      executionFailedEventDetails: { error: 'Sh2sfn.OutputLimit', cause: '{"errorMessage":"too much"}' },
    };
    const { outcome } = await followed({ main: [[entered('first'), entered('second'), failed]] });
    const [diagnostic] = outcome.diagnostics;
    assert.equal(outcome.status, 1);
    assert.equal(diagnostic!.message, 'the execution failed in state `second`, x.sh:3: Sh2sfn.OutputLimit');
    assert.equal(diagnostic!.cause, 'too much');
  });
  for (const output of [undefined, 'x', -0.5]) {
    it(`a machine that answers ${output} has no status`, async () => {
      const { outcome } = await followed({ main: [[done(output)]] });
      assert.deepEqual([outcome.status, outcome.diagnostics[0]!.code], [1, 'SH6007']);
    });
  }
});
