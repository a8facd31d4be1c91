/** The Lambda handler: one function a fragment, with nothing shared but what the responses carry. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, describe, it, mock } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Step, StepFile } from '../../src/bundle.ts';
import { bytesOf } from '../../src/cli/bytes.ts';
import { initialInput } from '../../src/deploy/input.ts';
import { framesOfFailure } from '../../src/runtime/failure.ts';
import { decodeState } from '../../src/runtime/lambda/envelope.ts';
import { handler } from '../../src/runtime/lambda/handler.ts';
import {
  CAUSE_LIMIT,
  type FailureReport,
  INLINE_LIMIT,
  type StepRequest,
  type StepResponse,
} from '../../src/runtime/protocol.ts';
import { StepFault } from '../../src/runtime/settle.ts';
import { type Leaf, leaf, makeManifest } from './steps.ts';

const top = mkdtempSync(join(tmpdir(), 'handler-test-'));
const temporary = join(top, 'tmp');
const taskRoot = join(top, 'task');
const inherited = { ...process.env };

before(() => {
  for (const directory of [temporary, taskRoot]) mkdirSync(directory);
  Object.assign(process.env, {
    TMPDIR: temporary,
    LAMBDA_TASK_ROOT: taskRoot,
    AWS_ACCESS_KEY_ID: 'KEY',
    AWS_SECRET_ACCESS_KEY: 'SECRET',
    AWS_SESSION_TOKEN: 'TOKEN',
    AWS_REGION: 'eu-central-2',
    SECRET_OF_LAMBDA: 'inherited',
  });
});

after(() => {
  process.env = inherited;
  rmSync(top, { recursive: true });
});

interface Options {
  /** Files of the package, with their modes. */
  files?: Record<string, [text: string, mode: number]>;
  args?: string[];
  set?: string[];
  /** Milliseconds until Lambda's deadline. */
  time?: number;
  /** Or the file with which that deadline comes. */
  until?: string;
  more?: Partial<StepRequest>;
  step?: Partial<Step>;
}

interface Result {
  responses: StepResponse[];
  out: string;
  err: string;
  last: StepResponse;
}

/** Longer than any timer but the one of a deadline that is far away. */
const FAR = 3_600_000;

/** Has a far deadline come once the file is there: how fast the machine is does not matter. */
async function deadlineAt<T>(file: string, run: () => Promise<T>): Promise<T> {
  const { setTimeout: real } = globalThis;
  const fake = (callback: () => void, delay?: number): NodeJS.Timeout => {
    if (delay === undefined || delay < FAR) return real(callback, delay);
    const timer = setInterval(() => {
      if (!existsSync(file)) return;
      clearInterval(timer);
      callback();
    }, 10);
    return timer;
  };
  const faked = mock.method(globalThis, 'setTimeout', fake as typeof setTimeout);
  try {
    return await run();
  } finally {
    faked.mock.restore();
    rmSync(file, { force: true });
  }
}

/** Invokes each leaf's function in turn, as the machine does. */
async function invoke(leaves: readonly (string | Leaf)[], options: Options = {}): Promise<Result> {
  const all = leaves.map((one) => (typeof one === 'string' ? leaf(one) : one));
  const manifest = makeManifest(all);
  let { state, run } = initialInput('./t.sh', (options.args ?? []).map(bytesOf), { set: options.set });
  let status = 0;
  const result: Result = { responses: [], out: '', err: '', last: undefined as never };
  for (const [index, made] of manifest.steps.entries()) {
    const step: Step = { ...made, ...options.step, files: pack(options.files ?? {}) };
    writeFileSync(
      join(taskRoot, 'step.json'),
      JSON.stringify({ protocol: 1, steps: { [step.key]: step }, functions: manifest.functions }),
    );
    const { ops = [], ignore = false } = all[index]!;
    const request: StepRequest = {
      protocol: 1,
      step: step.key,
      run,
      state,
      ops,
      status,
      ignore,
      scope: '',
      ...options.more,
    };
    const end = Date.now() + (options.until ? 2 * FAR : (options.time ?? 60_000));
    // The request and the response travel as JSON.
    const context = { getRemainingTimeInMillis: () => end - Date.now() };
    const call = () => handler(JSON.parse(JSON.stringify(request)) as StepRequest, context);
    const answer = await (options.until ? deadlineAt(options.until, call) : call());
    const response = JSON.parse(JSON.stringify(answer)) as StepResponse;
    assert.deepEqual(readdirSync(temporary), [], 'something is left of the invocation');
    for (const { fd, bytes } of response.frames)
      result[fd === 1 ? 'out' : 'err'] += Buffer.from(bytes, 'base64').toString('latin1');
    result.responses.push(response);
    result.last = response;
    ({ state, status } = response);
    run = request.run;
  }
  return result;
}

function pack(files: NonNullable<Options['files']>): StepFile[] {
  return Object.entries(files).map(([path, [text, mode]]) => {
    const target = join(taskRoot, 'files', path);
    mkdirSync(dirname(target), { recursive: true });
    rmSync(target, { force: true });
    writeFileSync(target, text);
    chmodSync(target, 0o444);
    return { path, mode, sha256: createHash('sha256').update(text).digest('hex') };
  });
}

/** The failure that the machine would see. */
async function failure(leaves: readonly (string | Leaf)[], options?: Options): Promise<StepFault> {
  try {
    await invoke(leaves, options);
  } catch (error) {
    assert.ok(error instanceof StepFault, String(error));
    assert.equal(error.name, error.errorType);
    assert.deepEqual(readdirSync(temporary), []);
    return error;
  }
  throw new assert.AssertionError({ message: 'it did not fail' });
}

const stateOf = ({ state }: StepResponse) => decodeState((state as { inline: string }).inline);

describe('a step in Lambda', () => {
  it('answers what it printed, its status and the state', async () => {
    const { out, err, last } = await invoke([
      'x=1; echo out; echo err >&2; printf "\\0\\377"; (exit 3)',
      'echo "$x $?"',
    ]);
    assert.equal(out, 'out\n\0\xff1 3\n');
    assert.equal(err, 'err\n');
    assert.equal(last.status, 0);
  });

  it('begins with the arguments and options of the run', async () => {
    const { out } = await invoke(['echo "$0 $# $1 $-" "$2"'], { args: ['a b', 'zwäi'], set: ['-u'] });
    assert.equal(Buffer.from(out, 'latin1').toString(), './t.sh 2 a b huB zwäi\n');
  });

  it('shows the same process id in all steps', async () => {
    const pid: Leaf = { ...leaf(''), text: ['echo ', ['pid'], ['mark']] };
    const { out } = await invoke([pid, pid]);
    assert.equal(out, `${process.pid}\n${process.pid}\n`);
  });

  it('has nothing on standard input', async () => {
    assert.equal((await invoke(['cat; cat /dev/stdin; read x; echo $?'])).out, '1\n');
  });

  it('can open its streams by name: they are no sockets', async () => {
    const { out, err } = await invoke(['echo a >/dev/stdout; echo b >/dev/stderr; echo c >/dev/fd/1']);
    assert.deepEqual([out, err], ['a\nc\n', 'b\n']);
  });

  it('ends a writer whose reader is gone', async () => {
    assert.equal((await invoke(['set -o pipefail; yes | head -1; echo $?'])).out, 'y\n141\n');
  });

  it('passes on captured output as data', async () => {
    const { out, responses } = await invoke([
      leaf('echo one; printf "\\377"; false', 1, { ops: [['capture', 'c']] }),
      'echo two',
      { ...leaf(''), text: ['x="', ['capture', 'c'], '"; echo "[$x]" $?', ['mark']], ops: [['end-capture', 'c']] },
      'echo "$x"',
    ]);
    assert.equal(out, '[one\n\xfftwo] 0\none\n\xfftwo\n');
    assert.equal(stateOf(responses[0]!).saved[0]!.file, 'one\n\xff');
    assert.deepEqual(stateOf(responses[2]!).captures, {});
  });

  it('keeps the working directory by a name that is no machine’s', async () => {
    const { out, responses } = await invoke([
      'cd /usr',
      'pwd; cd - >/dev/null; d=$PWD',
      'cd /; cd "$d"; [ "$PWD" = "$d" ] && echo same',
    ]);
    assert.equal(out, '/usr\nsame\n');
    const [first, , last] = responses.map(stateOf);
    assert.equal(first!.variables.OLDPWD, 'declare -x OLDPWD="work:"');
    assert.equal(last!.cwd, 'work:');
    assert.ok(!JSON.stringify([first, { ...last, variables: { ...last!.variables, d: '' } }]).includes(temporary));
  });

  it('has the role’s credentials, and passes them to nobody', async () => {
    const text =
      'echo "$AWS_ACCESS_KEY_ID $AWS_SECRET_ACCESS_KEY $AWS_SESSION_TOKEN $AWS_REGION ${SECRET_OF_LAMBDA-none}"';
    const { out, responses } = await invoke([text, leaf(text, 1, { fork: true }), `(exit 0); ${text}`]);
    assert.equal(out, 'KEY SECRET TOKEN eu-central-2 none\n'.repeat(3));
    for (const response of responses)
      assert.doesNotMatch(JSON.stringify(stateOf(response).variables), /SECRET|TOKEN|AWS_/);
  });

  it('passes on the credentials and the region that the script itself sets', async () => {
    const { out } = await invoke([
      'export AWS_REGION=us-east-1 AWS_ACCESS_KEY_ID=OTHER AWS_SECRET_ACCESS_KEY=MINE; unset AWS_SESSION_TOKEN',
      'echo "$AWS_REGION $AWS_ACCESS_KEY_ID $AWS_SECRET_ACCESS_KEY ${AWS_SESSION_TOKEN-none}"',
    ]);
    assert.equal(out, 'us-east-1 OTHER MINE none\n');
  });

  it('has a home and a directory for temporary files of its own', async () => {
    const text = '[ "$HOME" = "$TMPDIR" ] && ls -A ~ && f=$(mktemp) && echo x >"$f" && rm "$f" && echo "$f"';
    const { out, responses } = await invoke([text, 'HOME=/; cd; pwd', 'cd; pwd']);
    const [first, ...rest] = out.split('\n');
    assert.ok(first!.startsWith(`${temporary}/`), first);
    assert.deepEqual(rest, ['/', '/', '']);
    assert.doesNotMatch(JSON.stringify(stateOf(responses[0]!).variables), /HOME|TMPDIR/);
  });

  it('stands where the step before it stood, with its own files only', async () => {
    const files: Options['files'] = { 'sub/data': ['data\n', 0o640] };
    const manifest = ['cd sub; cat data', 'pwd | sed "s,.*/,,"; ls'];
    assert.equal((await invoke(manifest, { files })).out, 'data\nsub\ndata\n');
    const state = (await invoke(['cd sub'], { files })).last.state;
    rmSync(join(taskRoot, 'files'), { recursive: true });
    assert.equal((await invoke(['pwd | sed "s,.*/,,"; ls'], { more: { state } })).out, 'sub\n');
  });

  it('fails where the step before it stood in a directory that is nowhere', async () => {
    const { state } = (await invoke(['cd /usr'])).last;
    const gone = stateOf({ state } as StepResponse);
    const inline = Buffer.from(JSON.stringify({ ...gone, cwd: '/nowhere/at/all' })).toString('base64');
    const { name } = await failure(['echo silently elsewhere'], { more: { state: { inline } } });
    assert.equal(name, 'Sh2sfn.DirectoryLost');
  });

  it('has its files, with their modes', async () => {
    const files: Options['files'] = { 'first.sh': ['echo first "$1"; exit 4', 0o755], 'lib/data': ['data\n', 0o640] };
    const { out, last } = await invoke(['cat lib/data; stat -c %a lib/data first.sh; ./first.sh x'], { files });
    assert.equal(out, 'data\n640\n755\nfirst x\n');
    assert.equal(last.status, 4);
  });

  it('leaves no process behind', async () => {
    const { name } = await failure([
      'setsid sleep 98761 & (cd /; exec sleep 98762 >/dev/null 2>&1 </dev/null) & sleep 98763 & disown; echo done',
    ]);
    assert.equal(name, 'Sh2sfn.ProcessesLeftBehind');
    assert.equal((await invoke(['setsid -f sleep 98761; echo done'])).out, 'done\n');
    assert.equal(
      spawnSync('sh', ['-c', 'cat /proc/[0-9]*/cmdline 2>/dev/null | tr "\\0" " "'], { encoding: 'utf8' }).stdout.match(
        /sleep 9876[123] /g,
      ),
      null,
    );
  });

  it('gives what reads its output a moment', async () => {
    assert.equal((await invoke(['echo hi > >(sleep 0.05; cat)'])).out, 'hi\n');
  });
});

describe('controls', () => {
  it('an unforeseen exit is a failure that carries what was printed', async () => {
    const { name, message } = await failure(['echo bye; exit 7']);
    assert.equal(name, 'Sh2sfn.Exit');
    const { status, frames } = JSON.parse(message) as StepResponse;
    assert.equal(status, 7);
    assert.deepEqual(frames, [{ fd: 1, bytes: Buffer.from('bye\n').toString('base64') }]);
  });

  it('a foreseen one is a response', async () => {
    const { last } = await invoke(['set -e; false'], { more: { expects: ['exit'] } });
    assert.deepEqual([last.control, last.status], ['exit', 1]);
  });

  it('an abandoned command line is Sh2sfn.Discard', async () => {
    const { name, message } = await failure([leaf('echo $((1/0))')]);
    assert.equal(name, 'Sh2sfn.Discard');
    assert.equal((JSON.parse(message) as StepResponse).status, 1);
  });

  it('an unforeseen exit that printed more than a failure can carry is refused', async () => {
    const { name, message } = await failure(['head -c 26000 /dev/urandom; exit 7']);
    assert.equal(name, 'Sh2sfn.OutputLimit');
    assert.match(message, new RegExp(`${CAUSE_LIMIT} characters`));
    const most = await failure(['printf "%24000s" x; exit 7']);
    assert.equal(most.name, 'Sh2sfn.Exit');
    const seen = JSON.stringify({ errorType: most.name, errorMessage: most.message, trace: most.stack!.split('\n') });
    assert.ok(seen.length <= CAUSE_LIMIT, String(seen.length));
  });

  it('what an unforeseen exit has printed is deflated where it is long', async () => {
    const { name, message } = await failure(['seq 1001 8000; exit 7']);
    assert.equal(name, 'Sh2sfn.Exit');
    const frames = framesOfFailure(JSON.stringify({ errorMessage: message }));
    assert.equal(
      frames.map(({ bytes }) => atob(bytes)).join(''),
      Array.from({ length: 7000 }, (_, i) => `${i + 1001}\n`).join(''),
    );
    assert.equal((JSON.parse(message) as StepResponse).status, 7);
  });

  it('an unforeseen exit that would lose captured output is refused', async () => {
    const { name } = await failure([leaf('echo lost; exit 7', 1, { ops: [['capture', 'c']] })]);
    assert.equal(name, 'Sh2sfn.Unsupported');
  });

  it('a shell that is killed ends with the signal’s status', async () => {
    const { name, message } = await failure(['kill -KILL $$']);
    assert.equal(name, 'Sh2sfn.Exit');
    assert.equal((JSON.parse(message) as StepResponse).status, 137);
  });
});

describe('limits', () => {
  const started = join(top, 'started');
  const program = (...words: string[]): Partial<Step> => ({
    commands: [{ words: words.map((text) => ({ text, value: text })), line: 1, column: 1, redirectsFile: false }],
  });

  it('a program that runs too long is ended with 124, and what it printed is kept', async () => {
    const files: Options['files'] = { 'slow.sh': [`echo start; : >${started}; sleep 98764; echo end`, 0o755] };
    const { out, last } = await invoke(['./slow.sh'], { files, until: started, step: program('./slow.sh') });
    assert.deepEqual([out, last.status, last.control], ['start\n', 124, 'next']);
  });

  it('under errexit that ends the shell', async () => {
    const { last } = await invoke(['sleep 98765'], {
      time: 1200,
      step: program('sleep', '98765'),
      set: ['-e'],
      more: { expects: ['exit'] },
    });
    assert.deepEqual([last.status, last.control], [124, 'exit']);
  });

  it('where a change of the shell’s state is lost, the run fails and says so', async () => {
    const { name, message } = await failure(['x=$(sleep 98766)'], { time: 1200, step: program('sleep', '98766') });
    assert.equal(name, 'Sh2sfn.TimedOut');
    assert.match(message, /timeout=/);
  });

  it('output that is too large is refused, without waiting for its end', async () => {
    const { name, message } = await failure(['yes']);
    assert.equal(name, 'Sh2sfn.OutputLimit');
    assert.match(message, new RegExp(`${INLINE_LIMIT} bytes`));
  });

  it('so is a state that is too large', async () => {
    const { name, message } = await failure([`printf -v x '%100000s' y`]);
    assert.equal(name, 'Sh2sfn.OutputLimit');
    assert.match(message, /shell state/);
  });

  for (const [what, text, names] of [
    ['made', 'echo x > out.txt; mkdir -p d/e; echo > d/e/f', 'd/, out.txt'],
    ['changed', 'echo more >> in.txt', 'in.txt'],
    ['removed', 'rm in.txt', 'in.txt'],
    ['no longer executable', 'chmod -x in.txt', 'in.txt'],
    ['hidden from others', 'mkdir -m 0 d', 'd/'],
  ] as const) {
    it(`files left behind: ${what}`, async () => {
      const { name, message } = await failure([text], { files: { 'in.txt': ['text\n', 0o755] } });
      assert.equal(name, 'Sh2sfn.FilesLeftBehind');
      assert.ok(message.includes(`: ${names};`), message);
    });
  }

  it('files left behind in TMPDIR', async () => {
    const { name, message } = await failure(['mktemp --tmpdir x.XXXXXX >/dev/null']);
    assert.equal(name, 'Sh2sfn.FilesLeftBehind');
    assert.match(message, /: \$TMPDIR\/x\.\w+;/);
  });

  for (const [what, text] of [
    ['for which nothing waits', 'sleep 98769 & echo printed'],
    ['that a subshell started', '(sleep 98769 & echo printed)'],
    ['where the shell exits', 'sleep 98769 & echo printed; exit 3'],
  ] as const) {
    it(`a job ${what} is left behind`, async () => {
      const { name, message } = await failure([text]);
      assert.equal(name, 'Sh2sfn.ProcessesLeftBehind');
      assert.match(message, /: sleep;/);
      assert.deepEqual(
        framesOfFailure(JSON.stringify({ errorMessage: message })).map(({ bytes }) => atob(bytes)),
        ['printed\n'],
      );
    });
  }

  it('a failure carries what was printed', async () => {
    const read = (message: string): unknown => {
      const frames = framesOfFailure(JSON.stringify({ errorMessage: message }));
      return [
        (JSON.parse(message) as FailureReport).message.length > 0,
        frames.map(({ fd, bytes }) => [fd, atob(bytes)]),
      ];
    };
    const left = await failure(['echo x > out.txt; echo printed']);
    assert.deepEqual([left.name, read(left.message)], ['Sh2sfn.FilesLeftBehind', [true, [[1, 'printed\n']]]]);
    const late = await failure([`echo printed; : >${started}; x=$(sleep 98767)`], { until: started });
    assert.deepEqual([late.name, read(late.message)], ['Sh2sfn.TimedOut', [true, [[1, 'printed\n']]]]);
    const long = await failure(['printf "%60000s" x; echo x > out.txt']);
    assert.deepEqual(read(long.message), [true, [[1, 'x'.padStart(60_000)]]]);
    const random = await failure(['head -c 60000 /dev/urandom; echo x > out.txt']);
    assert.match(random.message, /out\.txt; .*\(what it printed is lost\)$/);
  });

  it('files that are gone again are no matter', async () => {
    assert.equal((await invoke(['echo x > t; cat t; rm t; mkdir d; rmdir d'])).out, 'x\n');
  });
});

describe('what cannot travel is refused', () => {
  it('a descriptor opened for the commands that follow', async () => {
    assert.equal((await failure([leaf('exec 3</dev/null', 1, { hold: true })])).name, 'Sh2sfn.Unsupported');
  });

  it('but not a fragment that might have opened one', async () => {
    assert.equal((await invoke([leaf('eval "echo a"', 1, { hold: true }), 'echo b'])).out, 'a\nb\n');
  });

  for (const kind of ['redirect', 'pipeline', 'leave', 'join'] as const) {
    it(kind, async () => {
      assert.equal((await failure([{ ...leaf(''), kind }])).name, 'Sh2sfn.Unsupported');
    });
  }

  it('another version of the protocol', async () => {
    const more = { protocol: 2 as 1 };
    assert.equal((await failure([':'], { more })).name, 'Sh2sfn.Unsupported');
  });

  it('a step of another function', async () => {
    assert.equal((await failure([':'], { more: { step: 'other' } })).name, 'Sh2sfn.Package');
  });
});

it('an invocation that was killed is swept away by the next', async () => {
  mkdirSync(join(temporary, 'sh2sfn', 'work', 'old'), { recursive: true });
  const { pid } = spawnSync('true');
  writeFileSync(join(temporary, 'sh2sfn', 'owner'), String(pid));
  assert.equal((await invoke(['ls -A'])).out, '');
  assert.ok(!existsSync(join(temporary, 'sh2sfn')));
});

it('no descriptor stays open', async () => {
  await invoke([':']);
  const open = readdirSync('/proc/self/fd').length;
  for (let i = 0; i < 5; i += 1) await invoke(['echo a; echo b >&2']);
  await sleep(50);
  assert.ok(readdirSync('/proc/self/fd').length <= open);
});
