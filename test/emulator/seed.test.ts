/** The seed line on AWS's API: for each combination of statuses, the deployed machine's outcome is bash's. */
import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { namesOf } from '../../src/deploy/names.ts';
import { observe } from '../../src/deploy/observe.ts';
import { useMinistack } from './ministack.ts';
import { Terminal } from './terminal.ts';

const terminal = new Terminal();
const ministack = useMinistack();

after(() => terminal.remove());

async function count(name: string): Promise<number[]> {
  const { machine, functions, roles, logGroups } = await observe(
    ministack.clients,
    namesOf(name, ministack.clients.region),
  );
  return [machine ? 1 : 0, functions.size, roles.size, logGroups.size];
}

describe('the seed line', () => {
  terminal.write('seed.sh', './first.sh && ./second.sh; ./always-third.sh\n');
  for (const [first, second] of [
    [0, 0],
    [0, 5],
    [7, 0],
    [7, 5],
  ]) {
    it(`first ${first}, second ${second}`, async () => {
      for (const [name, status] of Object.entries({ first, second, 'always-third': first! + second! })) {
        terminal.write(`${name}.sh`, `#!/bin/bash\necho ${name} "$#"; echo "${name} failed?" >&2\nexit ${status}\n`);
      }
      const deployed = await terminal.sh2sfn('deploy', 'seed.sh', '--role-per-step', '--yes');
      assert.equal(deployed.status, 0, deployed.err);
      assert.deepEqual(await count('seed'), [1, 3, 4, 3]);
      assert.deepEqual(await terminal.sh2sfn('start', 'seed'), terminal.bash('seed.sh'));
      const again = await terminal.sh2sfn('deploy', 'seed.sh', '--yes');
      assert.match(again.err, /^nothing to do: 11 resources/);
    });
  }
  it('is gone after destroy', async () => {
    assert.equal((await terminal.sh2sfn('destroy', 'seed', '--yes')).status, 0);
    assert.deepEqual(await count('seed'), [0, 0, 0, 0]);
    const { status, err } = await terminal.sh2sfn('start', 'seed');
    assert.equal(status, 1);
    assert.match(err, /error\[SH6006 machine-not-found\]/);
  });
});

describe('state travels between functions', () => {
  it('variables, arguments, options, functions and hostile text', async () => {
    terminal.write(
      'state.sh',
      [
        `hostile="'; {% \\$x %} \\"\\$(id)"`,
        'a=(1 "two words" 3)',
        'f() { local n=$1; printf "%s|" "$n" "${a[@]}"; echo; }',
        'cd /tmp',
        'set -u -o pipefail',
        'f "$hostile"',
        'printf "%s\\n" "$0" "$#" "$@" "$PWD"',
        'shift; false; printf "%s %s\\n" "$?" "$1"',
        'printf "\\377\\n"; echo to stderr >&2',
        'exit 9',
        '',
      ].join('\n'),
    );
    const deployed = await terminal.sh2sfn('deploy', 'state.sh', '--granularity', 'command', '--yes');
    assert.equal(deployed.status, 0, deployed.err);
    const args = ['one', `two '; {% $x %} "$(id)`];
    assert.deepEqual(await terminal.sh2sfn('start', 'state', ...args), terminal.bash('state.sh', ...args));
    await terminal.sh2sfn('destroy', 'state', '--yes');
  });
});

describe('refusals leave nothing behind', () => {
  const REFUSED: [line: string, code: string][] = [
    ['jq . x', 'SH6002'],
    ['aws s3 cp "$a" "$b"', 'SH5002'],
    ['echo x > out.txt', 'SH6012'],
  ];
  for (const [line, code] of REFUSED) {
    it(line, async () => {
      terminal.write('refused.sh', `echo one\n${line}\n`);
      const { status, err } = await terminal.sh2sfn('deploy', 'refused.sh', '--granularity', 'command', '--yes');
      assert.equal(status, 2);
      assert.match(err, new RegExp(`error\\[${code} `));
      assert.deepEqual(await count('refused'), [0, 0, 0, 0]);
    });
  }
  it('without --yes and a terminal', async () => {
    terminal.write('refused.sh', 'echo one\n');
    const { status, err } = await terminal.sh2sfn('deploy', 'refused.sh');
    assert.equal(status, 1);
    assert.match(err, /error\[SH6013 not-confirmed\]/);
    assert.deepEqual(await count('refused'), [0, 0, 0, 0]);
  });
});
