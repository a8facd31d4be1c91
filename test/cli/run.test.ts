/** `run` as a process: streams, arguments, statuses and signals are the script's. */
import assert from 'node:assert/strict';
import { type ChildProcess, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { assertAgree, shell, spawnCli, startCli, startProgram, temporary } from './harness.ts';

const HOSTILE = `'; {% $x %} "$(id)\` \${Partition} \\ %s \x01 é`;

/** Waits until a process has printed something, and a little longer; answers what it has printed when that is asked. */
async function startedOutput({ stdout, stderr }: ChildProcess): Promise<() => string> {
  let output = '';
  stdout!.on('data', (data) => {
    output += data;
  });
  stderr!.resume();
  await once(stdout!, 'data');
  await sleep(250);
  return () => output;
}

interface Case {
  name: string;
  /** Words behind `run`; for bash the same ones. */
  args: string[];
  files?: Record<string, string>;
  input?: string | Buffer;
  env?: Record<string, string>;
}

/** Aliases, one of which changes the grammar. */
const ALIASES = "alias a='echo one; f() { echo'\na two; }\nf\nalias b=if\nb true; then f; fi\n";

const cases: Case[] = [
  { name: 'status', args: ['-c', 'exit 7'] },
  { name: 'a subscript that fails ends -c', args: ['-c', 'n="q["\necho a\nz[n]=3\necho "st $?"'] },
  { name: 'both streams', args: ['-c', 'echo out; echo err >&2; echo out again'] },
  { name: 'arguments of -c', args: ['-c', 'printf "<%s>" "$0" "$@"', 'name', 'a b', '', '-x'] },
  { name: '-c and a backslash at the end', args: ['-c', 'echo a | cat; echo "$BASH_EXECUTION_STRING" b \\'] },
  {
    name: 'a backslash at the end',
    args: ['t.sh'],
    files: { 't.sh': 'if true; then echo a; fi | cat\ncat <<E\n\\\nE\necho b | cat - \\' },
  },
  { name: '$_ at the start', args: ['-c', 'echo $_; echo $_'], env: { _: '/usr/bin/starter' } },
  { name: 'the parent', args: ['-c', 'echo $PPID; (echo $PPID); f() { echo $PPID | cat; }; f; echo $(f)'] },
  { name: '$_ at the start, from nobody', args: ['-c', 'echo $_; echo $_'] },
  { name: '-c and a fatal expansion', args: ['-c', 'trap "echo bye" EXIT\n(echo ${x?a}); echo $?\necho ${x?b}\necho'] },
  { name: '-c and an unset variable', args: ['-uc', 'x=$(echo $nope); echo $?; echo $nope; echo never'] },
  {
    name: '-c and the traces of subshells',
    args: ['-c', 'set -x; (echo a; exit 127); echo $?; x=$(echo b); (echo ${y?none}; echo no); echo $? $x'],
  },
  { name: '-c and an abandoned line', args: ['-c', 'echo $((1/0)); echo same line\necho next; nosuch'] },
  {
    name: '-c has no source',
    args: [
      '-c',
      'f() { caller 0; caller; nosuch; echo "[$BASH_SOURCE] $-"; }\nf; echo "[$BASH_SOURCE]" $BASH_EXECUTION_STRING',
      'n',
    ],
  },
  {
    name: '-c and a loop',
    args: [
      '-c',
      'for i in 1 2 3 4 5 6; do\n  nosuch $i\n  ((i > 4)) && cd /nowhere/at/all\n  echo "$0 $i [$BASH_SOURCE] $LINENO $? $-"\ndone; echo "$BASH_EXECUTION_STRING" $i $?; nosuch',
      'name',
    ],
  },
  {
    name: '-c and a loop whose shell is left',
    args: [
      '-c',
      'trap "echo bye" EXIT\ni=0\nwhile [ $i -lt 9 ]; do i=$((i+1)); export A=$i; echo $i | cat; sh -c \'echo $A\'; [ $i = 7 ] && exit 9; done',
    ],
  },
  {
    name: '-c and a loop in which a line is given up',
    args: [
      '-c',
      'n=3\nfor i in 1 2 3 4 5 6; do echo $i; echo $((6/(n-i+3))); n=$((n-0)); done; echo same line\necho next $i $?',
    ],
  },
  {
    name: '-c, a loop and an unset variable',
    args: ['-uc', 'for i in a b c d e; do echo $i; [ $i != d ] || echo $nope; done; echo never'],
  },
  { name: '-c, a loop and errexit', args: ['-ec', 'for i in 1 2 3 4 5 6; do echo $i; [ $i -lt 5 ]; done; echo never'] },
  { name: '-c, a loop and a trace', args: ['-xc', 'for i in 1 2 3 4 5; do echo $i; x=$i; done; echo $x'] },
  {
    name: '-c, a loop and its input',
    args: ['-c', 'while read -r a; do echo "<$a>"; [ "$a" = 4 ] && read -r b && echo "$b"; done; echo $a$b'],
    input: '1\n2\n3\n4\n5\n6\n7',
  },
  {
    name: 'arguments that look like options',
    args: ['x.sh', '-e', '--json', '--', '-c', '--help'],
    files: { 'x.sh': 'printf "<%s>" "$0" "$@"\n' },
  },
  {
    name: 'hostile text in arguments, data and variables',
    args: ['x.sh', HOSTILE],
    files: {
      'x.sh': `x=$1; printf '%s\\n' "$x" "$1" | cat; printf '%s' ${`'${HOSTILE.replaceAll("'", "'\\''")}'`}; echo "$x" > "$1.\${x//\\//}"; ls\n`,
    },
  },
  {
    name: 'hostile file name',
    args: [`${HOSTILE.replace('/', '')}.sh`],
    files: { [`${HOSTILE.replace('/', '')}.sh`]: 'echo "$0"; echo two\n' },
  },
  { name: 'standard input', args: ['-c', 'read a; cat | tr a-z A-Z; echo "$a"'], input: 'one\ntwo\nthree' },
  { name: 'bytes', args: ['-c', 'cat; printf "\\0\\377"'], input: Buffer.from([0, 1, 255, 254, 10, 13, 0]) },
  { name: 'errexit', args: ['-e', '-c', 'echo a; false; echo b'] },
  { name: 'errexit and a subshell first', args: ['-e', '-c', '(echo a; false)\necho b'] },
  {
    name: 'options of the environment',
    args: ['-c', '(echo $- | cat -u; false | :)\necho $?; x=$(echo $nope); echo b; echo $nope; echo c'],
    env: { SHELLOPTS: 'pipefail:nounset' },
  },
  { name: 'xtrace and a loop first', args: ['-x', '-c', 'for i in 1 2; do [ $i = 1 ] && echo $i; done'] },
  { name: 'xtrace by its name', args: ['-o', 'xtrace', '-c', '{ :; } 2>/dev/null | { sleep 0.1; echo $-; }'] },
  { name: 'a dash that ends the options', args: ['-c', '-', 'echo $0 $1', 'a', 'b'] },
  { name: 'combined options', args: ['-euo', 'pipefail', 'x.sh'], files: { 'x.sh': 'echo $-; false | true; echo b' } },
  { name: 'nounset', args: ['-u', 'x.sh'], files: { 'x.sh': 'echo a; : $undefined; echo b' } },
  { name: 'posix', args: ['--posix', '-c', 'echo $POSIXLY_CORRECT; set -o | grep posix'] },
  { name: 'aliases in POSIX mode', args: ['--posix', 'x.sh'], files: { 'x.sh': ALIASES } },
  {
    name: 'aliases where the environment asks for POSIX mode',
    args: ['x.sh'],
    files: { 'x.sh': ALIASES },
    env: { POSIXLY_CORRECT: '' },
  },
  {
    name: 'POSIX mode of the environment',
    args: ['x.sh'],
    files: {
      'x.sh':
        'declare -p POSIXLY_CORRECT\nx=5\nenv | grep POSIX\n(unset POSIXLY_CORRECT; set -o | grep posix)\n' +
        'POSIXLY_CORRECT=5\nenv | grep POSIX\nset +o posix\ndeclare -p POSIXLY_CORRECT\nset -o | grep posix\n',
    },
    env: { POSIXLY_CORRECT: '1' },
  },
  {
    name: 'functions of the environment',
    args: ['x.sh'],
    files: {
      'x.sh':
        'start\necho between\nfinish\nmake; leave; true | false | true; codes; x=$(die 2); echo $x $?\n' +
        'unset -f die; die 4; echo $?; (start; finish)\n',
    },
    env: {
      'BASH_FUNC_start%%': '() { (exit 3) & p=$!; }',
      'BASH_FUNC_finish%%': '() { wait $p; echo $?; }',
      'BASH_FUNC_make%%': '() { : > tmp.$$; }',
      'BASH_FUNC_leave%%': '() { rm tmp.$$; echo $?; }',
      'BASH_FUNC_codes%%': '() { echo ${PIPESTATUS[@]}; }',
      'BASH_FUNC_die%%': '() { echo die; exit $1; }',
    },
  },
  {
    name: 'SECONDS of the environment',
    args: ['-c', 'echo $((SECONDS / 100))\nenv | grep SECONDS; echo $((SECONDS / 100))'],
    env: { SECONDS: '530' },
  },
  {
    name: 'options by name',
    args: ['-o', 'onecmd', '-o', 'noglob', 'x.sh'],
    files: { 'x.sh': 'echo *; echo $-\necho no' },
  },
  { name: 'environment', args: ['-c', 'echo "$HOME|${SH2SFN+set}|$FOO"; env | sort | grep -v "^_=\\|^SHLVL="'] },
  { name: 'no last newline', args: ['x.sh'], files: { 'x.sh': 'printf a; printf b' } },
  { name: 'empty script', args: ['x.sh'], files: { 'x.sh': '' } },
  { name: 'comment only', args: ['x.sh'], files: { 'x.sh': '# nothing' } },
  { name: 'CR in a here-document', args: ['x.sh'], files: { 'x.sh': 'cat <<E | od -c\na\r\nb\r\nE\n' } },
  { name: 'invalid UTF-8', args: ['x.sh'], files: { 'x.sh': "x=$'\\xff\\xfe'; printf '%s' \"$x\" | od -c\n" } },
];

describe('run is bash', () => {
  for (const { name, args, files = {}, input, env: own } of cases) {
    for (const granularity of ['auto', 'command']) {
      it(`${name}, ${granularity}`, (context) => {
        const results = [['bash'], ['sh2sfn', 'run', '-g', granularity]].map(([program, ...words]) => {
          const cwd = join(temporary(context), 'd');
          mkdirSync(cwd);
          for (const [path, text] of Object.entries(files)) writeFileSync(join(cwd, path), text);
          const env = { HOME: '/home/somebody', FOO: HOSTILE, PWD: cwd, ...own };
          if (program === 'bash') {
            const { status, stdout, stderr } = spawnSync('bash', ['--norc', ...args], {
              cwd,
              env: { PATH: process.env.PATH, ...env },
              input: input ?? '',
            });
            return {
              status,
              stdout: stdout.toString('latin1'),
              stderr: stderr.toString(),
              files: readdirSync(cwd).sort(),
              cwd,
            };
          }
          const { status, stdout, stderr } = spawnCli([...words, ...args], {
            cwd,
            env: { ...env, NODE: undefined, MAIN: undefined },
            input: input ?? '',
          });
          return { status, stdout: stdout.toString('latin1'), stderr, files: readdirSync(cwd).sort(), cwd };
        });
        const [bash, ours] = results.map(({ cwd, ...result }) =>
          JSON.parse(JSON.stringify(result).replaceAll(cwd, 'CWD')),
        );
        assert.deepEqual(ours, bash);
      });
    }
  }
});

describe('run', () => {
  for (const granularity of ['auto', 'command']) {
    it(`by an absolute name, ${granularity}`, (context) => {
      const cwd = join(temporary(context), `d ${HOSTILE}`);
      mkdirSync(cwd);
      const lines = [
        'here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd); echo "$here" "$0" "$BASH_SOURCE" "${BASH_SOURCE##*/}" $?',
        'f() { for i in 1 2; do echo "$BASH_SOURCE" | cat; done; [[ $BASH_SOURCE == "$0" ]] && echo main; }',
        'f; (f); cat <<E\n${BASH_SOURCE[0]} $BASH_SOURCE\nE',
        'g() { caller 0; echo "${BASH_SOURCE[*]} ${BASH_LINENO[*]}"; nosuchcommand; }; g 2>&1; echo "$(g 2>&1)"',
        '. "$PWD/lib.sh"; h; for l in lib; do . ./$l.sh; done; h; echo end | h',
      ];
      writeFileSync(
        join(cwd, 'lib.sh'),
        '\ncaller 0\nh() {\n  caller 0; echo "${BASH_SOURCE[*]} $LINENO"; g 2>&1\n}\nnosuchcommand 2>&1\n',
      );
      writeFileSync(join(cwd, 'x.sh'), `${lines.join('\n')}\n`);
      const command = (program: string): string => `${program} "$PWD/x.sh"`;
      const expected = shell(command('bash --norc'), { cwd });
      assert.equal(expected.stderr, '');
      assert.deepEqual(shell(command(`sh2sfn run -g ${granularity}`), { cwd }), expected);
    });
  }

  for (const granularity of ['auto', 'command']) {
    it(`a function on the first line, by an absolute name, ${granularity}`, (context) => {
      const cwd = temporary(context);
      const script =
        'f() { nosuchcommand; g; }; g() { caller 0; echo "${BASH_SOURCE[*]}"; }; f; (f) 2>&1\nx=$(f 2>&1); echo "$x"\n';
      writeFileSync(join(cwd, 'x.sh'), script);
      const command = (program: string): string => `${program} "$PWD/x.sh"`;
      assert.deepEqual(shell(command(`sh2sfn run -g ${granularity}`), { cwd }), shell(command('bash --norc'), { cwd }));
    });
  }

  it('a prompt with the name of the shell, by an absolute name, is refused', (context) => {
    const cwd = temporary(context);
    for (const script of ["PS4='\\s+ '; set -x; :", 'x=\'\\s\'; echo "${x@P}"']) {
      writeFileSync(join(cwd, 'x.sh'), `${script}\n`);
      const { status, stdout, stderr } = shell('sh2sfn run "$PWD/x.sh"', { cwd });
      assert.deepEqual([status, stdout], [2, '']);
      assert.match(stderr, /SH2001/);
    }
  });

  for (const name of ['é', 'a  b', 'link']) {
    it(`in a directory named ${name}`, (context) => {
      const cwd = temporary(context);
      mkdirSync(join(cwd, 'é'));
      mkdirSync(join(cwd, 'a  b'));
      symlinkSync('é', join(cwd, 'link'));
      const line = 'pwd; echo x > file; (cd ..; pwd; ls); cd /; cd - ; cat file';
      const command = (program: string): string => `cd '${name}'; ${program} -c '${line}'`;
      assert.deepEqual(shell(command('sh2sfn run -g command'), { cwd }), shell(command('bash --norc'), { cwd }));
    });
  }

  for (const granularity of ['auto', 'command']) {
    it(`bytes that are not UTF-8 in the name, the arguments and the environment, ${granularity}`, (context) => {
      const cwd = temporary(context);
      const line = `printf '%s|' "$0" "$1" "$E" é "$2"; env | grep -a ^E=; E=$E-; sh -c 'printf %s "$E"'; echo $# $SHLVL`;
      const command = (program: string): string =>
        `printf '%s\\n' '${line.replaceAll("'", "'\\''")}' > $'x\\xff.sh'; export E=$'\\xfe'; { ${program} $'x\\xff.sh' $'a\\xfe' é; ${program} -c 'echo "$0$1"' $'\\xfd' ü; } | od -c`;
      const expected = shell(command('bash --norc'), { cwd });
      assert.match(expected.stdout, /377.*376/);
      assert.deepEqual(shell(command(`sh2sfn run -g ${granularity}`), { cwd }), expected);
    });
  }

  for (const granularity of ['auto', 'command']) {
    it(`descriptors of the caller's above 2, ${granularity}`, (context) => {
      const cwd = temporary(context);
      const lines = [
        'read x <&5; echo "got $x"; /bin/cat <&5; echo seven >&7; (echo sub >&7) | cat',
        'f() { read y <&6; echo "f $y"; }; f; f; exec 5<&-; read z <&5 || echo closed; exec 8>&7; echo eight >&8',
        'for i in 3 4 9; do (: >&$i) || echo "none $i"; done',
      ];
      writeFileSync(join(cwd, 'x.sh'), `${lines.join('\n')}\n`);
      writeFileSync(join(cwd, 'six'), 'a\nb\nc\n');
      const command = (program: string): string =>
        `${program} x.sh 3<&- 4<&- 9<&- 5<<<$'here\\nrest' 6<six 7>seven; cat seven; { echo p | ${program} x.sh 5<&0 6<six 7>&1; } | cat; ${program} x.sh 5< <(echo sub) 6<six 7>/dev/null`;
      const expected = shell(command('bash --norc'), { cwd });
      assert.match(expected.stdout, /got here\nrest\nf a\nf b\nclosed\nnone 3/);
      assert.deepEqual(shell(command(`sh2sfn run -g ${granularity}`), { cwd }), expected);
    });
  }

  it('streams: a reader sees bytes as they are written, and may leave', (context) => {
    const cwd = temporary(context);
    const started = Date.now();
    const { stdout, status } = shell("sh2sfn run -c 'while echo y; do sleep 0.05; done' | head -n 2", { cwd });
    assert.deepEqual({ stdout, status }, { stdout: 'y\ny\n', status: 0 });
    assert.ok(Date.now() - started < 10_000);
  });

  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    it(`${signal} to the group ends the script and its commands`, async (context) => {
      const cwd = temporary(context);
      const child = startCli(['run', '-c', 'echo started; sleep 31.4159; echo never'], cwd);
      await once(child.stdout!, 'data');
      await sleep(100);
      process.kill(-child.pid!, signal);
      const [status, died] = await once(child, 'exit');
      assert.deepEqual({ status, died }, { status: null, died: signal });
      await sleep(100);
      const { stdout } = spawnSync('ps', ['-eo', 'args'], { encoding: 'utf8' });
      assert.doesNotMatch(stdout, /^sleep 31\.4159/m);
    });
  }

  it('a trapped signal is the script’s to handle', async (context) => {
    const cwd = temporary(context);
    const child = startCli(
      ['run', '-c', "trap 'echo caught; exit 5' TERM; echo started; while :; do sleep 0.05; done"],
      cwd,
    );
    let output = '';
    child.stdout!.on('data', (data) => {
      output += data;
    });
    await once(child.stdout!, 'data');
    await sleep(100);
    child.kill('SIGTERM');
    const [status] = await once(child, 'close');
    assert.deepEqual({ status, output }, { status: 5, output: 'started\ncaught\n' });
  });

  /** Lines that a signal from outside meets in a shell within redirections, or that waits for shells of its own. */
  const MET = [
    '{ sleep 0.7; echo a; } >&1; echo b',
    'while read -r line; do sleep 0.7; echo "$line"; done </etc/passwd',
    'exec 3>&1; sleep 0.7; echo b',
    '(sleep 0.7; echo a); echo b',
    'x=$(sleep 0.7); echo b',
    '{ sleep 0.7; echo a; } | { read x; sleep 0.1; }; echo b',
    "trap 'echo E' EXIT; { sleep 0.7; echo a; } >&1; echo b",
    "trap 'echo T; exit 9' TERM; { sleep 0.7; echo a; } >&1; echo b",
    "trap 'echo T; exit 9' TERM; (sleep 0.7; echo a); echo b",
    "trap 'echo T' TERM; x=$(sleep 0.7; echo a); echo b",
    "trap '' TERM; (sleep 0.7; echo a); echo b",
    "f() { trap 'echo T $1; exit 3' TERM; (sleep 0.7); echo c; }; f z",
    // Steps that are over before a signal reaches them.
    "while :; do eval 'i=$((i+1))'; done",
    "trap 'echo T; exit 9' TERM; while :; do eval 'i=$((i+1))'; done",
  ];
  for (const line of MET)
    it(`a signal from outside is that of the script's own shell: ${line}`, async (context) => {
      const cwd = temporary(context);
      const met = async (child: ChildProcess): Promise<unknown> => {
        const said = await startedOutput(child);
        child.kill('SIGTERM');
        const [status, died] = await once(child, 'exit');
        await sleep(50);
        return { output: said(), status, died };
      };
      const text = `echo started; ${line}`;
      const expected = met(startProgram('bash', ['--norc', '-c', text], { cwd }));
      const runs = ['auto', 'command'].map((how) => met(startCli(['run', '-g', how, '-c', text], cwd)));
      for (const run of runs) assert.deepEqual(await run, await expected);
    });

  /** Loops of short steps that a signal meets: for the process, for its group, or for both, as `timeout` sends it. */
  const STRUCK = [
    "trap 'echo a; sleep 0.3; echo bye' EXIT; echo started; while :; do true; /bin/true; done",
    "trap 'echo T; n=1' TERM; n=0; echo started; while ((n<1)); do { true; /bin/true; } 2>/dev/null; done; echo end",
    "trap 'echo T; exit 3' TERM; trap 'echo bye' EXIT; f() { /bin/true; }; echo started; while :; do f | cat; (true); done",
    "trap 'echo bye' EXIT; echo started; while :; do (/bin/true; true); { /bin/true; } >&1; done",
    'echo started; while :; do (/bin/true; true); { /bin/true; } >&1; done',
    "n=0; t() { n=$((n+1)); echo T; }; trap t TERM; echo started; while ((n<1)); do eval '/bin/true; :'; done; echo end",
    "trap '' TERM; echo started; for i in {1..300}; do { /bin/true; (:); } 2>&1; done; echo end",
  ];
  const SENT = {
    'the process': (child: ChildProcess) => child.kill('SIGTERM'),
    'its group': (child: ChildProcess) => process.kill(-child.pid!, 'SIGTERM'),
    both: (child: ChildProcess) => child.kill('SIGTERM') && process.kill(-child.pid!, 'SIGTERM'),
  };
  for (const line of STRUCK)
    for (const [whom, send] of Object.entries(SENT))
      for (const how of whom === 'both' ? ['command'] : ['auto', 'command'])
        it(`a signal for ${whom} sets off each trap once, ${how}: ${line}`, async (context) => {
          const cwd = temporary(context);
          const struck = async (child: ChildProcess, strike = send): Promise<unknown> => {
            const closed = once(child, 'close');
            const said = await startedOutput(child);
            strike(child);
            const [status, died] = await closed;
            return { output: said(), status, died };
          };
          // Bash itself takes two signals for one or for two, as they come: every other time it gets one.
          let runs = 0;
          const merged = (): boolean => whom === 'both' && (runs += 1) % 2 === 0;
          await assertAgree(
            6,
            () =>
              struck(startProgram('bash', ['--norc', '-c', line], { cwd }), merged() ? SENT['the process'] : undefined),
            () => struck(startCli(['run', '-g', how, '-c', line], cwd)),
          );
        });

  /** Lines that end their shell by a signal, or with the status of one. */
  const DYING = [
    'kill $$; echo no',
    'kill -KILL $$',
    'kill -USR1 "$$"; echo no',
    "trap 'echo bye' EXIT; kill -TERM $$; echo no",
    "trap 'echo a; trap - INT; kill -INT $$' INT; kill -INT $$; echo no",
    'trap "exit 143" TERM; kill $$; :',
    "trap 'echo a; exit 143' EXIT; trap 'echo b' TERM; kill $$; :",
    'sleep 5 & kill $!; kill -0 $$; wait $!',
    'exit 137',
  ];
  for (const line of DYING)
    for (const how of ['auto', 'command'])
      it(`whoever waits sees whether a signal has ended the script, ${how}: ${line}`, (context) => {
        const cwd = temporary(context);
        writeFileSync(join(cwd, 'job.sh'), `${line.replaceAll('; ', '\n')}\n`);
        const bash = spawnSync('bash', ['job.sh'], { cwd, input: '' });
        const { status, signal, stdout } = spawnCli(['run', '-g', how, 'job.sh'], { cwd });
        assert.deepEqual(
          { status, signal, stdout: stdout.toString() },
          { status: bash.status, signal: bash.signal, stdout: bash.stdout.toString() },
        );
      });

  it('leaves nothing behind', (context) => {
    const cwd = temporary(context);
    // A /dev/shm of its own: other runs on this machine come and go.
    const inside =
      'mount -t tmpfs tmpfs /dev/shm; "$NODE" "$MAIN" run -c "echo a | cat; (exit 3)"; echo "$?"; ls -A /dev/shm .';
    const { stdout } = shell(`unshare -rm bash --norc -c '${inside}'`, { cwd, env: { TMPDIR: cwd } });
    assert.equal(stdout, 'a\n3\n.:\n\n/dev/shm:\n');
  });
});

describe('run -c', () => {
  it('keeps a shell for the steps of a loop, as for a file', (context) => {
    const cwd = temporary(context);
    // Each passes on who its parent is.
    writeFileSync(join(cwd, 'parent.sh'), 'echo $PPID\n');
    const args = ['run', '-g', 'command', '--stats', '-c', 'for i in {1..20}; do sh parent.sh; done'];
    const { stdout, stderr } = spawnCli(args, { cwd });
    assert.match(stderr, /commands 20 /);
    assert.ok(new Set(stdout.toString().trim().split('\n')).size < 6, stdout.toString());
  });
});

describe('run --stats', () => {
  it('counts transitions and commands on standard error, and nothing else changes', (context) => {
    const cwd = temporary(context);
    const args = ['run', '--stats', '-g', 'command', '-c', 'echo a && false; echo b; exit 3'];
    const { status, stdout, stderr } = spawnCli(args, { cwd });
    assert.equal(status, 3);
    assert.equal(stdout.toString(), 'a\nb\n');
    const counted = /^transitions (\d+), commands 4 \((\d+\.\d\d) a command\), other steps 0\n$/.exec(stderr);
    assert.ok(counted, stderr);
    assert.equal((Number(counted[1]) / 4).toFixed(2), counted[2]);
  });
});
