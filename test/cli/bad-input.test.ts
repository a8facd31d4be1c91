/** What is wrong with the input or the machine: one clear diagnostic, the right status, nothing left, no stack trace. */
import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { shell, temporary } from './harness.ts';

interface Case {
  name: string;
  prepare?: (directory: string) => void;
  line: string;
  status: number;
  code: string;
}

const script = (text: string | Buffer) => (directory: string) => writeFileSync(join(directory, 'x.sh'), text);

/** An account that nothing is known of. */
const AWS = 'env HOME=/nowhere AWS_EC2_METADATA_DISABLED=true AWS_REGION=us-east-1';

const cases: Case[] = [
  { name: 'syntax error', prepare: script('if true; then\n'), line: 'sh2sfn compile x.sh', status: 2, code: 'SH1001' },
  {
    name: 'a first line that another parser reads',
    prepare: script('f() echo\n'),
    line: 'sh2sfn run x.sh',
    status: 2,
    code: 'SH1001',
  },
  {
    name: 'a first line with an extended pattern, which nothing switches on',
    prepare: script('echo @(a|b)\n'),
    line: 'sh2sfn run x.sh',
    status: 2,
    code: 'SH1001',
  },
  {
    name: 'a first line with an extended pattern of case, which nothing switches on',
    prepare: script('case foo in !(foo)) echo no ;; esac\n'),
    line: 'sh2sfn run x.sh',
    status: 2,
    code: 'SH1001',
  },
  {
    name: 'syntax error, run',
    prepare: script('echo before\nfi\n'),
    line: 'sh2sfn run x.sh',
    status: 2,
    code: 'SH1001',
  },
  { name: 'syntax error of -c', line: "sh2sfn run -c 'echo ('", status: 2, code: 'SH1001' },
  { name: 'missing file', line: 'sh2sfn run x.sh', status: 2, code: 'SH1002' },
  { name: 'directory', prepare: (d) => mkdirSync(join(d, 'x.sh')), line: 'sh2sfn run x.sh', status: 2, code: 'SH1002' },
  {
    name: 'a file where a directory is named',
    prepare: script(''),
    line: 'sh2sfn run x.sh/y',
    status: 2,
    code: 'SH1002',
  },
  {
    name: 'binary file',
    prepare: script(Buffer.from([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0])),
    line: 'sh2sfn run x.sh',
    status: 2,
    code: 'SH1003',
  },
  {
    name: 'NUL in a command',
    prepare: script('echo a\nprintf "x\0y"\n'),
    line: 'sh2sfn run x.sh',
    status: 2,
    code: 'SH1003',
  },
  {
    name: 'CRLF line ends',
    prepare: script('echo a\r\necho b\r\n'),
    line: 'sh2sfn run x.sh',
    status: 2,
    code: 'SH1004',
  },
  {
    name: 'unknown directive',
    prepare: script('# sh2sfn: memroy=1\necho\n'),
    line: 'sh2sfn compile x.sh',
    status: 2,
    code: 'SH1005',
  },
  { name: 'unknown command', line: 'sh2sfn frobnicate', status: 2, code: 'SH1007' },
  { name: 'unknown option', line: 'sh2sfn compile --frobnicate x.sh', status: 2, code: 'SH1007' },
  { name: 'missing argument', line: 'sh2sfn compile', status: 2, code: 'SH1007' },
  { name: 'run without a script', line: 'sh2sfn run', status: 2, code: 'SH1007' },
  { name: 'an option of the shell from its start', line: 'sh2sfn run -o history x.sh', status: 2, code: 'SH1007' },
  {
    name: 'an option that the environment asks for',
    line: `env SHELLOPTS=errexit "$NODE" "$MAIN" run -c 'echo a'`,
    status: 2,
    code: 'SH1007',
  },
  {
    name: 'an option of the environment that holds for every shell',
    line: `env SHELLOPTS=keyword "$NODE" "$MAIN" run -c 'echo a'`,
    status: 2,
    code: 'SH1007',
  },
  {
    name: 'a variable of the environment that holds for every shell',
    line: `env FUNCNEST=2 "$NODE" "$MAIN" run -c 'echo a'`,
    status: 2,
    code: 'SH1007',
  },
  {
    name: 'a shopt option that the environment asks for',
    line: `env BASHOPTS=dotglob:lastpipe "$NODE" "$MAIN" run -c 'echo a'`,
    status: 2,
    code: 'SH1007',
  },
  { name: 'unknown shell option', line: 'sh2sfn run -o pipefial x.sh', status: 2, code: 'SH1007' },
  { name: 'deep nesting', prepare: script('('.repeat(10_000)), line: 'sh2sfn run x.sh', status: 2, code: 'SH4001' },
  {
    name: 'deep nesting, closed',
    prepare: script(`${'('.repeat(10_000)}:${')'.repeat(10_000)}`),
    line: 'sh2sfn run x.sh',
    status: 2,
    code: 'SH4001',
  },
  {
    name: 'deep nesting of if',
    prepare: script(`${'if :; then\n'.repeat(5000)}:\n${'fi\n'.repeat(5000)}`),
    line: 'sh2sfn run x.sh',
    status: 2,
    code: 'SH4001',
  },
  {
    name: 'deep nesting of substitutions',
    prepare: script(`echo ${'$(echo '.repeat(5000)}${')'.repeat(5000)}`),
    line: 'sh2sfn run x.sh',
    status: 2,
    code: 'SH4001',
  },
  {
    name: 'output directory is a file',
    prepare: script('echo a\n'),
    line: 'sh2sfn compile x.sh -o x.sh',
    status: 1,
    code: 'SH9002',
  },
  {
    name: 'output directory below a file',
    prepare: script('echo a\n'),
    line: 'sh2sfn compile x.sh -o x.sh/y',
    status: 1,
    code: 'SH9002',
  },
  {
    name: 'standard output is full',
    prepare: script('echo a\n'),
    line: 'sh2sfn compile x.sh --emit asl >/dev/full',
    status: 1,
    code: 'SH9002',
  },
  {
    name: 'few descriptors',
    prepare: script('echo a\n'),
    line: 'ulimit -n 100 && sh2sfn run x.sh',
    status: 2,
    code: 'SH9004',
  },
  { name: 'no bash', prepare: script('echo a\n'), line: 'PATH=/nowhere sh2sfn run x.sh', status: 2, code: 'SH9003' },
  {
    name: 'an endpoint that refuses connections',
    prepare: script('echo a\n'),
    line: `${AWS} AWS_ACCESS_KEY_ID=x AWS_SECRET_ACCESS_KEY=y "$NODE" "$MAIN" deploy x.sh --yes --endpoint-url http://127.0.0.1:1`,
    status: 1,
    code: 'SH6004',
  },
  {
    name: 'no credentials',
    prepare: script('echo a\n'),
    line: `${AWS} "$NODE" "$MAIN" deploy x.sh --yes`,
    status: 1,
    code: 'SH6003',
  },
  {
    name: 'no credentials to start with',
    line: `${AWS} "$NODE" "$MAIN" start x`,
    status: 1,
    code: 'SH6003',
  },
  {
    name: 'no region',
    prepare: script('echo a\n'),
    line: `${AWS} AWS_REGION= "$NODE" "$MAIN" destroy x --yes`,
    status: 1,
    code: 'SH6003',
  },
  { name: 'no such diagnostic', line: 'sh2sfn explain SH0000', status: 2, code: 'SH1007' },
];

describe('bad input', () => {
  for (const { name, prepare, line, status, code } of cases) {
    it(name, (context) => {
      const cwd = temporary(context);
      prepare?.(cwd);
      const before = readdirSync(cwd).sort();
      const result = shell(line, { cwd });
      const shown = `${line}\n${result.stdout}${result.stderr}`;
      assert.equal(result.status, status, shown);
      assert.deepEqual([...new Set(result.stderr.match(/error\[(SH\d+)/g))], [`error[${code}`], shown);
      assert.doesNotMatch(result.stderr, /^\s+at .*[:(]/m, shown);
      assert.equal(result.stdout, '', shown);
      assert.deepEqual(readdirSync(cwd).sort(), before, 'nothing is left behind');
      assert.ok(result.stderr.length < 5000, 'the diagnostic is short');
    });
  }

  it('a line of 1 MB runs', (context) => {
    const cwd = temporary(context);
    writeFileSync(join(cwd, 'x.sh'), `x='${'y'.repeat(1_000_000)}'; echo \${#x}\n`);
    const result = shell('sh2sfn run x.sh', { cwd });
    assert.deepEqual(result, { status: 0, stdout: '1000000\n', stderr: '' });
  });

  it('a NUL behind exit is never read', (context) => {
    const cwd = temporary(context);
    writeFileSync(join(cwd, 'x.sh'), 'echo a\nexit 3\n\0\0\xff(((');
    const result = shell('sh2sfn run x.sh', { cwd });
    assert.deepEqual(result, { status: 3, stdout: 'a\n', stderr: '' });
  });
});

/** Lines that need a mount of their own: they run in a user namespace where root may mount. */
const namespaced = (line: string): string => `unshare -rm bash --norc -c '${line}'`;

describe('file systems', () => {
  const small = 'mkdir out; mount -t tmpfs -o size=16k tmpfs out; cd out; set +e';
  const readOnly = 'mkdir out; mount -t tmpfs tmpfs out; mount -o remount,ro out; cd out; set +e';
  for (const [name, mount] of [
    ['full disk', small],
    ['read-only directory', readOnly],
  ] as const) {
    it(name, (context) => {
      const cwd = temporary(context);
      chmodSync(cwd, 0o700);
      writeFileSync(join(cwd, 'x.sh'), Array.from({ length: 60 }, (_, i) => `./task-${i} && echo ${i}\n`).join(''));
      const line = `${mount}; "$NODE" "$MAIN" compile --granularity command ../x.sh; echo "status $?"; ls -A . sh2sfn.out 2>/dev/null`;
      const result = shell(namespaced(line), { cwd });
      assert.match(result.stderr, /^error\[SH9002 cannot-write\]/, result.stdout + result.stderr);
      assert.doesNotMatch(result.stderr, /^\s+at /m);
      assert.match(result.stdout, /^status 1$/m);
      assert.doesNotMatch(result.stdout, /x$|\.new|definition/m, 'no half-written bundle');
    });
  }

  it('no room for captured output', (context) => {
    const cwd = temporary(context);
    writeFileSync(join(cwd, 'x.sh'), 'echo begun; x=$(seq 1 200000); echo "${#x}"\n');
    const small = 'for d in /dev/shm t; do mount -t tmpfs -o size=1m tmpfs $d; done';
    const line = `mkdir t; ${small}; TMPDIR=$PWD/t "$NODE" "$MAIN" run -g command x.sh; echo "status $?"; ls -A /dev/shm t`;
    const result = shell(namespaced(line), { cwd });
    assert.equal(result.stdout, 'begun\nstatus 1\n/dev/shm:\n\nt:\n');
    assert.match(result.stderr, /^error\[SH9002 cannot-write\].*no space is left/m);
    assert.doesNotMatch(result.stderr, /^\s+at /m);
  });
});
