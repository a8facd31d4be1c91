import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { connect } from '../../src/deploy/clients.ts';
import { awsDiagnostic, calling, finding } from '../../src/deploy/errors.ts';
import { isRoleNotReady, pool, retry } from '../../src/deploy/retry.ts';

const named = (name: string, message = 'said so'): Error => Object.assign(new Error(message), { name });

const TABLE: [error: unknown, code: string][] = [
  [named('CredentialsProviderError'), 'SH6003'],
  [named('ExpiredTokenException'), 'SH6003'],
  [named('UnrecognizedClientException'), 'SH6003'],
  [new Error('Region is missing'), 'SH6003'],
  [Object.assign(new Error(''), { code: 'ECONNREFUSED' }), 'SH6004'],
  [Object.assign(new AggregateError([Object.assign(new Error(''), { code: 'ENOTFOUND' })]), {}), 'SH6004'],
  [named('TimeoutError'), 'SH6004'],
  [named('AccessDeniedException'), 'SH6005'],
  [named('AccessDenied'), 'SH6005'],
  [named('CodeStorageExceededException'), 'SH6011'],
];

describe('errors of AWS are diagnostics', () => {
  for (const [error, code] of TABLE) {
    it(`${(error as Error).name} is ${code}`, () => assert.equal(awsDiagnostic(error, 'do it').code, code));
  }
  it('SH6010 aside, what does not exist is undefined', async () => {
    assert.equal(await finding('find it', () => Promise.reject(named('NoSuchEntityException'))), undefined);
  });
  it('a mistake of ours stays one', async () => {
    await assert.rejects(
      calling('do it', () => Promise.reject(new TypeError('x is not a function'))),
      TypeError,
    );
  });
  it('an endpoint that is no address is SH6004', async () => {
    await assert.rejects(connect('nonsense'), /SH6004/);
  });
});

describe('waiting', () => {
  const notReady = named(
    'InvalidParameterValueException',
    'The role defined for the function cannot be assumed by Lambda.',
  );
  it('a new role is asked for again until it can be assumed', async () => {
    let calls = 0;
    const call = async (): Promise<string> => {
      calls += 1;
      if (calls < 4) throw notReady;
      return 'made';
    };
    assert.equal(await retry(call, isRoleNotReady, { sleep: async () => {} }), 'made');
  });
  it('but not for ever', async () => {
    let slept = 0;
    const sleep = async (ms: number): Promise<void> => {
      slept += ms;
    };
    await assert.rejects(retry(() => Promise.reject(notReady), isRoleNotReady, { sleep }));
    assert.ok(slept > 30_000 && slept <= 60_000);
  });
  it('a pool ends what it began and reports the failure', async () => {
    const done: number[] = [];
    const work = async (item: number): Promise<void> => {
      await new Promise((resolve) => setTimeout(resolve, item));
      if (item === 1) throw new Error('first');
      done.push(item);
    };
    await assert.rejects(pool([1, 5, 20, 3], 2, work), /first/);
    assert.deepEqual(done, [5]);
  });
});
