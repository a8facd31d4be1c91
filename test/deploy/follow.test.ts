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

/** A service that has these executions, of which each look finds one more page. */
async function followed(executions: Record<string, Event[][]>): Promise<{ outcome: Outcome; text: string }> {
  const looks: Record<string, number> = {};
  const sfn = {
    getExecutionHistory: async ({ executionArn, nextToken }: { executionArn: string; nextToken?: string }) => {
      looks[executionArn] = (looks[executionArn] ?? 0) + 1;
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
