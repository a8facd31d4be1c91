/** What runs longer than an execution's history, or deeper than a graph goes on in child executions, as bash does in one process. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { spawnCli, temporary } from './harness.ts';

/** `least` transitions show that the steps are the machine's, and not those of one bash. */
const cases = [
  {
    name: '10,000 passes of a loop over a split step',
    code: `i=0
while [ "$i" -lt 10000 ]; do
  i=$((i + 1))
done
echo "$i"
`,
    least: 20_000,
  },
  {
    name: 'a loop without a bound in a branch',
    code: `echo start | {
  read -r x
  i=0
  while :; do
    i=$((i + 1))
    if [ "$i" -ge 3000 ]; then break; fi
  done
  echo "$x $i"
}
echo "after \${i-unset}"
`,
    least: 9_000,
  },
  {
    name: 'recursion through a pipe, 100 deep',
    code: `f() {
  if [ "$1" -eq 0 ]; then echo bottom; return 3; fi
  f "$(($1 - 1))" | cat
}
f 100
echo "$?"
`,
    least: 300,
  },
];

describe('continuations', () => {
  for (const { name, code, least } of cases) {
    it(name, (context) => {
      const cwd = temporary(context);
      writeFileSync(join(cwd, 'x.sh'), code);
      const expected = spawnSync('bash', ['x.sh'], { cwd, encoding: 'utf8' });
      const got = spawnCli(['run', '--stats', '-g', 'command', 'x.sh'], { cwd });
      assert.equal(got.stdout.toString(), expected.stdout);
      assert.equal(got.status, expected.status);
      const transitions = Number(/^transitions (\d+)/m.exec(got.stderr)?.[1]);
      assert.ok(transitions >= least, got.stderr);
    });
  }
});
