/** What goes wrong while a machine runs: each end is told, with what was printed before; nothing is cut off silently. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { after, describe, it } from 'node:test';
import { compileScript } from '../../src/compile.ts';
import { deploy, planDeployment, prepareDeploy } from '../../src/deploy/deploy.ts';
import { SourceFile } from '../../src/source/source-file.ts';
import { useMinistack } from './ministack.ts';
import { Terminal } from './terminal.ts';

const terminal = new Terminal();
const ministack = useMinistack();

after(() => terminal.remove());

/** Seconds to sleep, by which the processes of this run are known: of a slow program, and of one that nobody waits for. */
const [SLOW, LEFT] = [`60.${process.pid}`, `20.${process.pid}`];

/** Kills the runtime that the step runs in, the parent of its session's leader, as the kernel does where memory is short. */
const KILL_RUNTIME = `#!/bin/bash
sleep ${LEFT} &
session=$(cut -d' ' -f6 /proc/$$/stat)
kill -KILL "$(cut -d' ' -f4 "/proc/$session/stat")"
sleep 10
`;

interface Bad {
  name: string;
  script: string;
  status: number;
  out: string;
  /** Of standard error; nothing is printed there without it. */
  err?: RegExp;
}

const TABLE: Bad[] = [
  {
    name: 'a program beyond its time is ended with 124, and what it printed is there',
    script: 'echo one\n# sh2sfn: timeout=6\n./slow.sh\necho "status $?"\n',
    status: 0,
    out: 'one\nstarted\nstatus 124\n',
  },
  {
    name: 'variables that were assigned by then are not silently lost',
    script: `echo one\n# sh2sfn: timeout=6\neval "echo two; x=1; sleep ${SLOW}"\necho "three $x"\n`,
    status: 1,
    out: 'one\ntwo\n',
    err: /error\[SH6007 .*reached its time limit.*timeout=/s,
  },
  {
    name: 'output beyond what an answer can carry',
    script: 'echo one\n./large.sh\necho two\n',
    status: 1,
    out: 'one\n',
    err: /error\[SH6007 .*large \(line 2\) printed more than fits into a step's answer \(131072 bytes/s,
  },
  {
    name: 'state beyond what an answer can carry',
    script: "echo one\nprintf -v x '%100000s' y\n./next.sh\n",
    status: 1,
    out: 'one\n',
    err: /error\[SH6007 .*left \d+ bytes of shell state/s,
  },
  {
    name: 'files that no later step would see',
    script: './next.sh\ntouch left.txt; echo two\n./next.sh\n',
    status: 1,
    out: 'next\ntwo\n',
    err: /error\[SH6007 .*made, changed or removed files that no later step would see: left\.txt/s,
  },
  {
    name: 'a runtime that is killed',
    script: 'echo one\n./kill.sh\necho two\n',
    status: 1,
    out: 'one\n',
    err: /error\[SH6007 /,
  },
];

/** True while a process with that argument lives. */
function running(argument: string): boolean {
  return readdirSync('/proc').some((pid) => {
    try {
      return /^\d+$/.test(pid) && readFileSync(`/proc/${pid}/cmdline`, 'latin1').split('\0').includes(argument);
    } catch {
      return false;
    }
  });
}

describe('bad states', () => {
  terminal.write('slow.sh', `#!/bin/sh\necho started\nsleep ${SLOW}\n`);
  terminal.write('large.sh', '#!/bin/sh\nhead -c 200000 /dev/zero\n');
  terminal.write('next.sh', '#!/bin/sh\necho next\n');
  terminal.write('kill.sh', KILL_RUNTIME);
  const check = ({ status, out, err }: Bad, found: { status: unknown; out: string; err: string }): void => {
    assert.deepEqual({ status: found.status, out: found.out }, { status, out }, found.err);
    if (err) assert.match(found.err, err);
    else assert.equal(found.err, '');
  };
  for (const [index, bad] of TABLE.entries()) {
    const name = `bad-${index}`;
    it(`${bad.name}: run --lambda`, async () => {
      terminal.write(`${name}.sh`, bad.script);
      check(bad, await terminal.sh2sfn('run', '--lambda', `${name}.sh`));
      for (const argument of [SLOW, LEFT]) assert.equal(running(argument), false, `sleep ${argument} lives on`);
    });
    it(`${bad.name}: start`, async () => {
      terminal.write(`${name}.sh`, bad.script);
      const deployed = await terminal.sh2sfn('deploy', `${name}.sh`, '--yes');
      assert.equal(deployed.status, 0, deployed.err);
      check(bad, await terminal.sh2sfn('start', name));
      const destroyed = await terminal.sh2sfn('destroy', name, '--yes');
      assert.equal(destroyed.status, 0, destroyed.err);
    });
  }

  it('a package that does not start', async () => {
    const { value } = compileScript(new SourceFile('broken.sh', 'echo one\n'));
    const handler = Buffer.from('throw new TypeError("this package is broken")');
    const { value: prepared } = prepareDeploy(value!.bundle, () => undefined, handler);
    await deploy(ministack.clients, await planDeployment(ministack.clients, prepared!));
    const { status, out, err } = await terminal.sh2sfn('start', 'broken');
    assert.deepEqual([status, out], [1, '']);
    assert.match(err, /error\[SH6007 execution-failed\]: the execution failed in state `echo`, broken\.sh:1: /);
    assert.match(err, /this package is broken/);
  });
});
