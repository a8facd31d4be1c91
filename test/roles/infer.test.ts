import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { StepCommand, StepSettings } from '../../src/bundle.ts';
import { roleDiagnostics } from '../../src/roles/diagnostics.ts';
import { inferRoles } from '../../src/roles/infer.ts';
import type { Statement } from '../../src/roles/types.ts';
import { makeStep } from '../deploy/fixture.ts';

/** Words of a simple command, split at blanks outside quotes; what holds an expansion is not literal. */
function command(text: string): StepCommand {
  const words = [...text.matchAll(/(?:[^\s"']|"[^"]*"|'[^']*')+/g)].map(([word]) => ({
    text: word,
    value: /[$*`?[{]/.test(word.replace(/'[^']*'/g, '')) ? null : word.replace(/["']/g, ''),
  }));
  return { words, line: 1, column: 1, redirectsFile: false };
}

function infer(text: string, settings: StepSettings = {}): { statements: Statement[]; codes: string[] } {
  const step = makeStep('s', 'true', { commands: [command(text)], settings });
  const { value, problems } = inferRoles({ steps: [step] }, {});
  // The first statement is the log's.
  const statements = value.steps.s!.policy.Statement.slice(1).map((statement) => {
    const { ArnEquals, ...condition } = statement.Condition ?? {};
    assert.ok(ArnEquals, 'every statement is pinned to its function');
    return { ...statement, Condition: condition };
  });
  return { statements, codes: problems.map(({ code }) => code) };
}

/** `actions on resources if conditions`, a line for each statement. */
const show = (statements: Statement[]): string[] =>
  statements.map(({ Action, Resource, Condition }) => {
    const conditions = Object.values(Condition ?? {}).flatMap((test) => Object.entries(test));
    const when = conditions.map(([key, value]) => ` if ${key}=${value}`).join('');
    const resources = Resource.join(' ').replaceAll('arn:${Partition}:', '');
    return `${Action.join(' ')} on ${resources}${when}`;
  });

const here = '${Region}:${Account}';

const KNOWN: [command: string, statements: string[]][] = [
  ['aws s3 cp s3://bkt/k .', ['s3:GetObject on s3:::bkt/k']],
  ['aws s3 cp s3://bkt/k -', ['s3:GetObject on s3:::bkt/k']],
  ['aws s3 cp f s3://bkt/', ['s3:AbortMultipartUpload s3:PutObject on s3:::bkt/f']],
  ['aws s3 cp dir/f s3://bkt/a/', ['s3:AbortMultipartUpload s3:PutObject on s3:::bkt/a/f']],
  ['aws s3 cp "$f" s3://bkt/a/', ['s3:AbortMultipartUpload s3:PutObject on s3:::bkt/a/*']],
  ['aws s3 cp - s3://bkt/a', ['s3:AbortMultipartUpload s3:PutObject on s3:::bkt/a']],
  [
    'aws s3 cp s3://aaa/k s3://bbb/k',
    [
      's3:GetObject s3:GetObjectAnnotation s3:GetObjectTagging s3:ListObjectAnnotations on s3:::aaa/k',
      's3:AbortMultipartUpload s3:PutObject s3:PutObjectAnnotation s3:PutObjectTagging on s3:::bbb/k',
    ],
  ],
  ['aws s3 cp --recursive s3://bkt/p .', ['s3:ListBucket on s3:::bkt if s3:prefix=p/', 's3:GetObject on s3:::bkt/p/*']],
  ['aws s3 cp d s3://bkt --recursive', ['s3:AbortMultipartUpload s3:PutObject on s3:::bkt/*']],
  ['aws s3 mv s3://bkt/k .', ['s3:DeleteObject s3:GetObject on s3:::bkt/k']],
  ['aws s3 rm s3://bkt/k', ['s3:DeleteObject on s3:::bkt/k']],
  [
    'aws s3 rm s3://bkt/k --recursive',
    ['s3:ListBucket on s3:::bkt if s3:prefix=k/', 's3:DeleteObject on s3:::bkt/k/*'],
  ],
  [
    'aws s3 sync . s3://bkt/p --delete',
    [
      's3:ListBucket on s3:::bkt if s3:prefix=p/',
      's3:AbortMultipartUpload s3:DeleteObject s3:PutObject on s3:::bkt/p/*',
    ],
  ],
  ['aws s3 sync s3://bkt .', ['s3:ListBucket on s3:::bkt', 's3:GetObject on s3:::bkt/*']],
  ['aws s3 ls', ['s3:ListAllMyBuckets on *']],
  ['aws s3 ls s3://bkt/p', ['s3:ListBucket on s3:::bkt if s3:prefix=p']],
  ['aws s3 ls bkt', ['s3:ListBucket on s3:::bkt']],
  // What is partly known keeps its known parts.
  ['aws s3 cp "s3://logs-$ENV/in/$D/x" .', ['s3:GetObject on s3:::logs-*/in/*/x']],
  ['aws s3 cp s3://logs-$(date)/a .', ['s3:GetObject on s3:::logs-*/a']],
  [
    'aws s3 cp f s3://bkt/${day}.gz --acl public-read',
    ['s3:AbortMultipartUpload s3:PutObject s3:PutObjectAcl on s3:::bkt/*.gz'],
  ],
  // Characters that mean something to IAM are escaped.
  ["aws s3 cp 's3://bkt/a*b?c$d' .", ['s3:GetObject on s3:::bkt/a${*}b${?}c${$}d']],
  ['aws --region eu-west-1 s3 cp s3://bkt/k .', ['s3:GetObject on s3:::bkt/k']],
  ['env A=1 aws s3 rm s3://bkt/k', ['s3:DeleteObject on s3:::bkt/k']],
  ['timeout 5 /usr/bin/aws s3 rm s3://bkt/k', ['s3:DeleteObject on s3:::bkt/k']],
  ['aws dynamodb get-item --table-name T --key {}', [`dynamodb:GetItem on dynamodb:${here}:table/T`]],
  ['aws dynamodb get-item --table-name=T', [`dynamodb:GetItem on dynamodb:${here}:table/T`]],
  [
    'aws ssm get-parameter --name /a/b --region eu-west-1',
    ['ssm:GetParameter on ssm:eu-west-1:${Account}:parameter/a/b'],
  ],
  [
    'aws secretsmanager get-secret-value --secret-id db',
    [`secretsmanager:GetSecretValue on secretsmanager:${here}:secret:db-??????`],
  ],
  ['aws lambda invoke --function-name f out', [`lambda:InvokeFunction on lambda:${here}:function:f`]],
  [
    'aws sns publish --topic-arn arn:aws:sns:us-east-1:123456789012:t --message m',
    ['sns:Publish on arn:aws:sns:us-east-1:123456789012:t'],
  ],
  [
    'aws sqs send-message --queue-url https://sqs.eu-west-1.amazonaws.com/123456789012/q --message-body m',
    ['sqs:SendMessage on sqs:eu-west-1:123456789012:q'],
  ],
  [
    'aws ec2 start-instances --instance-ids i-1234 i-5678',
    [`ec2:StartInstances on ec2:${here}:instance/i-1234 ec2:${here}:instance/i-5678`],
  ],
  ['aws ec2 describe-instances', ['ec2:DescribeInstances on *']],
  ['aws s3api head-object --bucket bkt --key k', ['s3:GetObject on s3:::bkt/k']],
  ['aws s3api get-object --bucket bkt --key k --version-id 1 out', ['s3:GetObject s3:GetObjectVersion on s3:::bkt/k']],
  ['aws s3api list-objects-v2 --bucket bkt --prefix p', ['s3:ListBucket on s3:::bkt if s3:prefix=p']],
  ['aws sts get-caller-identity', []],
  ['aws configure set region x', []],
  ['echo aws s3 rm s3://bkt/k', []],
];

const UNKNOWN: [command: string, code: string][] = [
  ['aws newservice do-something', 'SH5001'],
  ['aws dynamodb frobnicate --table-name T', 'SH5001'],
  ['aws s3 frobnicate', 'SH5001'],
  ['aws s3 cp f "s3://$B/k"', 'SH5002'],
  ['aws s3 cp "$A" "$B"', 'SH5002'],
  ['aws s3 rm "$X"', 'SH5002'],
  ['aws dynamodb get-item --table-name "$T"', 'SH5002'],
  ['aws dynamodb get-item', 'SH5002'],
  ['aws kms decrypt --key-id alias/mine', 'SH5002'],
  ['aws "$service" get', 'SH5003'],
  ['aws s3 "$what" s3://bkt/k', 'SH5003'],
  ['aws s3 cp "$@"', 'SH5003'],
  ['xargs aws s3 rm', 'SH5003'],
];

describe('inference from literal commands', () => {
  for (const [text, expected] of KNOWN) {
    it(text, () => {
      const { statements, codes } = infer(text);
      assert.deepEqual(codes, []);
      assert.deepEqual(show(statements), expected);
    });
  }
});

describe('what cannot be read off is a diagnostic, never a wildcard', () => {
  for (const [text, code] of UNKNOWN) {
    it(text, () => {
      const { statements, codes } = infer(text);
      assert.deepEqual(codes, [code]);
      assert.deepEqual(statements, []);
    });
  }
});

describe('directives', () => {
  it('resource says what a variable can be', () => {
    const { statements, codes } = infer('aws s3 cp f "s3://$B/in/$D"', { resource: { B: 'renders-*' } });
    assert.deepEqual(codes, []);
    assert.deepEqual(show(statements), ['s3:AbortMultipartUpload s3:PutObject on s3:::renders-*/in/*']);
  });
  it('resource can be a whole place in S3', () => {
    const { statements } = infer('aws s3 rm "$P"', { resource: { P: 's3://bkt/tmp/*' } });
    assert.deepEqual(show(statements), ['s3:DeleteObject on s3:::bkt/tmp/*']);
  });
  it('allow settles an unknown call', () => {
    const { statements, codes } = infer('aws s3 cp "$A" "$B"', {
      allow: ['s3:GetObject', 's3:PutObject@arn:aws:s3:::b/*'],
    });
    assert.deepEqual(codes, []);
    assert.deepEqual(show(statements), ['s3:GetObject s3:PutObject on arn:aws:s3:::b/*']);
  });
  it('a role of the user gets no policy of ours', () => {
    const step = makeStep('s', 'aws x y', { settings: { role: 'mine' } });
    const { value, problems } = inferRoles({ steps: [step] }, {});
    assert.equal(value.steps.s!.role, 'mine');
    assert.deepEqual(problems, []);
  });
  for (const wrong of ['GetObject', 's3:Get Object', 's3:GetObject@bkt', ':x', 's3:*@{% $x %}']) {
    it(`SH5004: allow=${wrong}`, () => assert.deepEqual(infer('true', { allow: [wrong] }).codes, ['SH5004']));
  }
});

describe('diagnostics', () => {
  const { problems } = inferRoles({ steps: [makeStep('s', 'aws newservice do-something')] }, {});
  it('warn where nothing is deployed', () => assert.equal(roleDiagnostics(problems, false)[0]!.severity, 'warning'));
  it('refuse a deployment', () => assert.equal(roleDiagnostics(problems, true)[0]!.severity, 'error'));
  it('name the directive', () => assert.match(roleDiagnostics(problems, true)[0]!.hints[0]!, /# sh2sfn: allow=/));
});

describe('the machine', () => {
  const statementsFor = (resource: string): string[] => {
    const definition = { States: { a: { Type: 'Task', Resource: resource } } };
    return inferRoles({ steps: [] }, definition).value.machine.policy.Statement.flatMap(({ Action }) => Action);
  };
  it('invokes its own functions', () => {
    assert.deepEqual(statementsFor('arn:${Partition}:states:::lambda:invoke'), ['lambda:InvokeFunction']);
  });
  it('and, with continuations, starts, describes and stops executions of itself', () => {
    assert.deepEqual(statementsFor('arn:${Partition}:states:::states:startExecution.sync:2'), [
      'lambda:InvokeFunction',
      'states:StartExecution',
      'states:DescribeExecution',
      'states:StopExecution',
      'events:DescribeRule',
      'events:PutRule',
      'events:PutTargets',
    ]);
  });
});
