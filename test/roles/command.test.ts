import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { main } from '../../src/cli/command-line.ts';
import type { Session } from '../../src/cli/session.ts';

const cwd = mkdtempSync(join(tmpdir(), 'sh2sfn-roles-'));
after(() => rmSync(cwd, { recursive: true }));

async function roles(script: string, ...options: string[]): Promise<{ status: unknown; out: string; err: string }> {
  writeFileSync(join(cwd, 's.sh'), script);
  const result = { status: 0 as unknown, out: '', err: '' };
  const session: Session = {
    stdout: (data) => {
      result.out += data;
    },
    stderr: (data) => {
      result.err += data;
    },
    env: {},
    cwd,
    color: { stdout: false, stderr: false },
    format: 'text',
  };
  result.status = await main(['roles', 's.sh', ...options], session);
  return result;
}

describe('sh2sfn roles', () => {
  it('prints each statement with its reason', async () => {
    const { status, out } = await roles('aws s3 cp s3://bkt/in .\n');
    assert.equal(status, 0);
    assert.match(
      out,
      /s3:GetObject\n {4}on arn:\$\{Partition\}:s3:::bkt\/in\n {4}because of aws s3 cp s3:\/\/bkt\/in, line 1/,
    );
    assert.match(out, /the state machine\n {2}lambda:InvokeFunction/);
  });
  it('--json is the roles as data', async () => {
    const { out } = await roles('./a.sh; aws s3 rm s3://bkt/in\n', '--json');
    const { steps, machine } = JSON.parse(out) as { steps: Record<string, { policy: unknown }>; machine: object };
    assert.equal(Object.keys(steps).length, 2);
    assert.ok('trust' in machine);
  });
  it('warns of what is not known, and says what settles it', async () => {
    const { status, err } = await roles('aws s3 rm "s3://$B/x"\n');
    assert.equal(status, 0);
    assert.match(err, /warning\[SH5002 unknown-resource\].*\n.*s\.sh:1:1/);
    assert.match(err, /# sh2sfn: resource B=/);
  });
  it('a directive that the hint names settles it', async () => {
    const settled = ['# sh2sfn: resource B=bkt-*', '# sh2sfn: allow=s3:DeleteObject@arn:aws:s3:::bkt/*'];
    for (const directive of settled) {
      const { status, err } = await roles(`${directive}\naws s3 rm "s3://$B/x"\n`);
      assert.deepEqual([status, err], [0, '']);
    }
  });
  it('refuses a wrong permission', async () => {
    const { status, err } = await roles('# sh2sfn: allow=everything\ntrue\n');
    assert.equal(status, 2);
    assert.match(err, /error\[SH5004 bad-permission\]/);
  });
});
