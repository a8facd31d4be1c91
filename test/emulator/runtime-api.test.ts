/** The Runtime API server and the bootstrap, judged by AWS's own emulator: one table, both must agree. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { after, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { strToU8, zipSync } from 'fflate';
import { createLambdaInvoker } from '../../src/runtime/lambda/invoke.ts';
import { FunctionError, Sandbox } from '../../src/runtime/lambda/server.ts';
import { fakeHandler, readFile, seedBundle } from '../deploy/fixture.ts';
import { type Rie, startRie } from './rie.ts';

const SOURCE = `
const { spawn } = require('node:child_process');
const fs = require('node:fs');
exports.handler = async (event, context) => {
  switch (event.do) {
    case 'throw': throw Object.assign(new Error('{"status":3}'), { name: 'Sh2sfn.Exit' });
    case 'exit': process.exit(event.status);
    case 'kill': process.kill(process.pid, 'SIGKILL'); return new Promise(() => {});
    case 'idle': return new Promise(() => {});
    case 'size': return 'x'.repeat(event.size);
    case 'hang': spawn('setsid', ['sleep', event.seconds]); return new Promise(() => {});
    case 'time': { const left = context.getRemainingTimeInMillis(); return left > 0 && left <= 2000; }
    case 'none': return undefined;
    case 'environment': return [Object.keys(process.env).sort(), require('node:os').tmpdir()];
    case 'write': fs.writeFileSync(require('node:os').tmpdir() + '/x', event.text); return true;
    case 'read': return fs.readdirSync(require('node:os').tmpdir());
    default: return { event, id: context.awsRequestId.length };
  }
};
`;
const ZIP = zipSync({ 'index.js': strToU8(SOURCE) });
const sandbox = (zip = ZIP): Sandbox => new Sandbox({ name: 'f', zip, handler: 'index.handler', timeout: 2 });

/** What a synchronous caller of Lambda would see. */
async function answer(target: Sandbox, payload: unknown): Promise<unknown> {
  return target.invoke(payload).catch((error: unknown) => {
    assert.ok(error instanceof FunctionError);
    return JSON.parse(error.cause);
  });
}

/** An answer without what no two servers have in common: identifiers, and paths in a trace. */
function comparable(value: unknown): unknown {
  const text = JSON.stringify(value, (key, inner: unknown) => (key === 'trace' ? [] : inner));
  return text?.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'ID');
}

describe('one function under our server and under AWS’s emulator', () => {
  const ours = sandbox();
  let theirs: Rie;
  after(async () => {
    await ours.close();
    await theirs?.stop();
  });
  const TABLE: [name: string, payload: unknown][] = [
    ['an event', { a: [1, 'ü', null], 'x\n': '\u0000' }],
    ['hostile text', { a: `'; {% $x %} "$(id)` }],
    ['no result', { do: 'none' }],
    ['the deadline', { do: 'time' }],
    ['an error', { do: 'throw' }],
    ['an event after an error', { b: 1 }],
    ['a process that exits', { do: 'exit', status: 4 }],
    ['one that exits with 0', { do: 'exit', status: 0 }],
    ['one that is killed, as where memory is short', { do: 'kill' }],
    ['one that ends because nothing is left to do', { do: 'idle' }],
    ['the largest response', { do: 'size', size: 6 * 1024 * 1024 + 98 }],
    ['a response that is too large', { do: 'size', size: 6 * 1024 * 1024 + 99 }],
    ['an event after all that', { c: 1 }],
  ];
  for (const [name, payload] of TABLE) {
    it(name, async () => {
      theirs ??= await startRie(ZIP, 2);
      const [mine, judge] = [await answer(ours, payload), await theirs.invoke(payload)];
      assert.deepEqual(comparable(mine), comparable(judge));
    });
  }
  for (const [name, source] of [
    ['a package that does not start', 'throw new TypeError("no")'],
    ['a package without the handler', 'exports.other = 1'],
  ] as const) {
    it(name, async () => {
      const zip = zipSync({ 'index.js': strToU8(source) });
      const own = sandbox(zip);
      const their = await startRie(zip, 2);
      try {
        for (let time = 0; time < 2; time += 1)
          assert.deepEqual(comparable(await answer(own, {})), comparable(await their.invoke({})));
      } finally {
        await own.close();
        await their.stop();
      }
    });
  }
});

describe('a sandbox', () => {
  // An open server would keep this process alive behind a test that failed.
  it('kills everything at the deadline and goes on with a new process', async (t) => {
    const own = sandbox();
    t.after(() => own.close());
    // By that the process is known.
    const seconds = `60.${process.pid}`;
    const failed = (await answer(own, { do: 'hang', seconds })) as { errorType: string; errorMessage: string };
    assert.equal(failed.errorType, 'Sandbox.Timedout');
    assert.match(failed.errorMessage, /Task timed out after 2\.00 seconds/);
    // A killed process takes a moment to be gone.
    for (let round = 0; round < 100 && running(seconds); round += 1) await sleep(10);
    assert.equal(running(seconds), false);
    assert.deepEqual(((await own.invoke({ c: 1 })) as { event: unknown }).event, { c: 1 });
  });
  it('inherits nothing and shares no folder', async (t) => {
    process.env.SH2SFN_TEST_SECRET = 'x';
    const [one, two] = [sandbox(), sandbox()];
    t.after(() => Promise.all([one.close(), two.close()]));
    const [names, folder] = (await one.invoke({ do: 'environment' })) as [string[], string];
    assert.deepEqual(
      names.filter((name) => !/^(AWS_LAMBDA_|LAMBDA_)/.test(name)),
      ['LANG', 'PATH', 'TMPDIR', 'TZ', '_HANDLER'],
    );
    await one.invoke({ do: 'write', text: 'mine' });
    assert.deepEqual(await two.invoke({ do: 'read' }), []);
    assert.deepEqual(await one.invoke({ do: 'read' }), ['x']);
    await Promise.all([one.close(), two.close()]);
    assert.throws(() => readdirSync(folder), /ENOENT/);
  });
});

describe('the invoker of a bundle', () => {
  it('runs each step’s own package, two at once where asked', async (t) => {
    const invoker = createLambdaInvoker(seedBundle(), { readFile, handler: fakeHandler });
    t.after(() => invoker.close());
    const keys = ['first', 'first', 'second'];
    const answers = await Promise.all(keys.map((step) => invoker.invoke(step, { step, state: null })));
    assert.deepEqual(
      answers.map((response) =>
        Buffer.from((response as { frames: { bytes: string }[] }).frames[0]!.bytes, 'base64').toString(),
      ),
      keys.map((key) => `${key}\n`),
    );
    await invoker.close();
  });
  it('fails as a function fails where a file has changed', async () => {
    const changed = { readFile: () => ({ bytes: Buffer.from('other'), mode: 0o755 }), handler: fakeHandler };
    const invoker = createLambdaInvoker(seedBundle(), changed);
    await assert.rejects(
      invoker.invoke('first', {}),
      (error) => error instanceof FunctionError && error.error === 'Sh2sfn.Package',
    );
    await invoker.close();
  });
});

/** Whether a process has that argument. */
function running(argument: string): boolean {
  return readdirSync('/proc').some((pid) => {
    if (!/^\d+$/.test(pid)) return false;
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'latin1').split('\0').includes(argument);
    } catch {
      return false;
    }
  });
}
