/** The shipped handler in a step's own package, under AWS's runtime interface emulator and under our server. */
import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { compileScript } from '../../src/compile.ts';
import { readHandler } from '../../src/runtime/lambda/handler-file.ts';
import { HANDLER, stepPayload, zipStep } from '../../src/runtime/lambda/package.ts';
import { FunctionError, Sandbox } from '../../src/runtime/lambda/server.ts';
import type { StepRequest, StepResponse } from '../../src/runtime/protocol.ts';
import { SourceFile } from '../../src/source/source-file.ts';
import { type Rie, startRie } from './rie.ts';

const SCRIPT = `printf "%s\\n" "$0" "$@" "'; {% \\$x %} \\"\\$(id)"; echo oops >&2; cat ./data; exit 3\n`;
const DATA = Buffer.from([0, 255, 10, 65]);

describe('the shipped handler', async () => {
  const readFile = (path: string) => (path === './data' ? { bytes: DATA, mode: 0o640 } : undefined);
  const source = new SourceFile('s.sh', `# sh2sfn: files=./data\n${SCRIPT}`);
  const { value, diagnostics } = compileScript(source, { granularity: 'script', readFile });
  assert.deepEqual(diagnostics, []);
  const { manifest } = value!.bundle;
  const [step] = manifest.steps;
  const zip = zipStep(stepPayload(manifest, step!), new Map([['files/data', DATA]]), readHandler());
  const request: StepRequest = {
    protocol: 1,
    step: step!.key,
    run: { argv0: 's.sh', args: ['one', 'two words'] },
    state: null,
    ops: [],
    status: 0,
    ignore: false,
    scope: '',
  };
  const expected = { 1: `s.sh\none\ntwo words\n'; {% $x %} "$(id)\n\0\xff\nA`, 2: 'oops\n' };

  /** Exit status and what was printed, by descriptor; an exit that nobody expects is an error that holds them. */
  function outcome(answer: unknown): unknown {
    const { errorType, errorMessage } = answer as { errorType?: string; errorMessage?: string };
    const response = (errorType === 'Sh2sfn.Exit' ? JSON.parse(errorMessage!) : answer) as StepResponse;
    const printed = { 1: '', 2: '' };
    for (const { fd, bytes } of response.frames) printed[fd] += Buffer.from(bytes, 'base64').toString('latin1');
    return { status: response.status, printed };
  }

  const sandbox = new Sandbox({ name: 'f', zip, handler: HANDLER, timeout: 20 });
  let rie: Rie | undefined;
  after(async () => {
    await sandbox.close();
    await rie?.stop();
  });
  const invokers: Record<string, () => Promise<unknown>> = {
    'under our server': () =>
      sandbox.invoke(request).catch((error: unknown) => {
        assert.ok(error instanceof FunctionError);
        return JSON.parse(error.cause);
      }),
    'under AWS’s emulator': async () => {
      rie ??= await startRie(zip, 20);
      return rie.invoke(request);
    },
  };
  for (const [name, invoke] of Object.entries(invokers)) {
    it(name, async () => {
      assert.deepEqual(outcome(await invoke()), { status: 3, printed: expected });
      assert.deepEqual(outcome(await invoke()), { status: 3, printed: expected });
    });
  }
});
