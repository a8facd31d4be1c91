import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { reportError } from '../../src/cli/errors.ts';
import { executeLocally } from '../../src/cli/execute.ts';
import { type Session, wantsColor } from '../../src/cli/session.ts';
import { compileScript } from '../../src/compile.ts';
import { SourceFile } from '../../src/source/source-file.ts';

function session(env: Session['env'] = {}): { session: Session; text: () => string } {
  let text = '';
  const write = (data: string | Uint8Array): void => {
    text += Buffer.from(data).toString();
  };
  return {
    session: { stdout: write, stderr: write, env, cwd: '/', color: { stdout: false, stderr: false }, format: 'text' },
    text: () => text,
  };
}

describe('unexpected errors', () => {
  it('are SH9001 without a stack', () => {
    const { session: own, text } = session();
    assert.equal(reportError(own, new TypeError('x is undefined\n    at f (file.js:1:2)')), 1);
    assert.equal(
      text(),
      `error[SH9001 internal-error]: sh2sfn met an error that it did not expect
cause: TypeError: x is undefined
hint: this is a bug: please report it with the script, if you may; SH2SFN_DEBUG=1 prints the stack
`,
    );
  });

  it('show the stack when asked', () => {
    const { session: own, text } = session({ SH2SFN_DEBUG: '1' });
    reportError(own, new Error('x'));
    assert.match(text(), /^ {4}at /m);
  });
});

describe('a failed execution', () => {
  it('is SH6007 with the place in the script', async () => {
    const source = new SourceFile('x.sh', 'echo one\n./two\n');
    const { bundle } = compileScript(source, { granularity: 'command' }).value!;
    // A machine whose second step has no package: the platform fails, not the script.
    bundle.manifest.steps = bundle.manifest.steps.map((step) => ({
      ...step,
      files: [{ path: 'gone', mode: 0o644, sha256: '' }],
    }));
    const { session: own } = session(process.env);
    const { outcome, diagnostics } = await executeLocally(
      bundle,
      { argv0: 'x.sh', args: [], set: [], posix: false, lambda: true },
      own,
    );
    assert.equal(outcome, 1);
    assert.deepEqual(
      diagnostics.map(({ code, labels }) => [code, labels.map(({ span }) => source.text.slice(span.start, span.end))]),
      [['SH6007', ['echo one']]],
    );
  });
});

describe('colours', () => {
  const table: [env: Session['env'], tty: boolean, expected: boolean][] = [
    [{}, true, true],
    [{}, false, false],
    [{ NO_COLOR: '1' }, true, false],
    [{ NO_COLOR: '' }, true, true],
    [{ FORCE_COLOR: '1' }, false, true],
    [{ FORCE_COLOR: '0' }, true, false],
    [{ TERM: 'dumb' }, true, false],
  ];
  for (const [env, tty, expected] of table)
    it(`${JSON.stringify(env)} on ${tty ? 'a terminal' : 'a pipe'}`, () =>
      assert.equal(wantsColor(env, tty), expected));
});
