/** Roles are enforced: a step may do what its own policy says, and its neighbour in the same script may not. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { after, describe, it } from 'node:test';
import type { PolicyDocument } from '../../src/roles/types.ts';
import { useMinistack } from './ministack.ts';
import { Terminal } from './terminal.ts';

const terminal = new Terminal();
const ministack = useMinistack({ auth: true });

/** Asks the token service who it is, and S3 for an object, with the step's own credentials. */
const CALL = `#!/bin/bash
service=$1 url=$2
shift 2
sign=(--aws-sigv4 "aws:amz:$AWS_REGION:$service" --user "$AWS_ACCESS_KEY_ID:$AWS_SECRET_ACCESS_KEY")
[[ -z $AWS_SESSION_TOKEN ]] || sign+=(-H "x-amz-security-token: $AWS_SESSION_TOKEN")
curl -sS -o /dev/null -w '%{http_code}\\n' "\${sign[@]}" -H "x-amz-content-sha256: UNSIGNED-PAYLOAD" "$@" "$url"
`;

after(() => terminal.remove());

/** ministack does not know `lambda:SourceFunctionArn`, which pins what a role allows to its function. Returns how many did. */
async function dropPins(): Promise<number> {
  const { clients } = ministack;
  let dropped = 0;
  for (const { RoleName } of (await clients.iam.listRoles({ PathPrefix: '/sh2sfn/' })).Roles ?? []) {
    const { PolicyNames } = await clients.iam.listRolePolicies({ RoleName });
    for (const PolicyName of PolicyNames ?? []) {
      const { PolicyDocument } = await clients.iam.getRolePolicy({ RoleName, PolicyName });
      const policy = JSON.parse(decodeURIComponent(PolicyDocument!)) as PolicyDocument;
      for (const statement of policy.Statement) {
        if (!statement.Condition?.ArnEquals?.['lambda:SourceFunctionArn']) continue;
        delete statement.Condition;
        dropped += 1;
      }
      await clients.iam.putRolePolicy({ RoleName, PolicyName, PolicyDocument: JSON.stringify(policy) });
    }
  }
  return dropped;
}

describe('one role a step', () => {
  it('each has its own rights', async () => {
    const object = `${ministack.endpoint}/bkt/in/x`;
    terminal.write('call.sh', CALL);
    // The account itself makes the bucket and the object.
    for (const url of [`${ministack.endpoint}/bkt`, object]) {
      const words = ['s3', url, '-X', 'PUT', '--data-binary', 'text'];
      const made = spawnSync('./call.sh', words, { cwd: terminal.cwd, encoding: 'utf8' });
      assert.equal(made.stdout, '200\n', made.stderr);
    }
    terminal.write(
      'rights.sh',
      [
        '# sh2sfn: allow=s3:PutObject@arn:aws:s3:::bkt/in/*',
        './call.sh s3 "$1"',
        '# sh2sfn: allow=s3:GetObject@arn:aws:s3:::bkt/in/*',
        './call.sh s3 "$1"',
        '# sh2sfn: allow=s3:GetObject@arn:aws:s3:::bkt/* deny=s3:GetObject@arn:aws:s3:::bkt/in/*',
        './call.sh s3 "$1"',
        './call.sh s3 "$1"',
        '',
      ].join('\n'),
    );
    const deployed = await terminal.sh2sfn('deploy', 'rights.sh', '--role-per-step', '--yes');
    assert.equal(deployed.status, 0, deployed.err);
    assert.equal(await dropPins(), 3);
    const { status, out, err } = await terminal.sh2sfn('start', 'rights', object);
    assert.deepEqual([status, out, err], [0, '403\n200\n403\n403\n', '']);
  });
});
