import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Step } from '../../src/bundle.ts';
import { prepareDeploy } from '../../src/deploy/deploy.ts';
import { fakeHandler, makeBundle, makeStep, readFile } from './fixture.ts';

const refused = (command: string, changes: Partial<Step> = {}): string[] =>
  prepareDeploy(makeBundle([makeStep('s', command, changes)]), readFile, fakeHandler).diagnostics.map(
    ({ code }) => code,
  );

const redirecting = makeStep('s', 'date').commands.map((command) => ({ ...command, redirectsFile: true }));

const TABLE: [name: string, codes: string[], found: string[]][] = [
  ['coreutils', [], refused('sort -u x')],
  ['a builtin', [], refused('printf hi')],
  ['a script of the user', [], refused('./first.sh')],
  ['a missing script fails there as here', [], refused('./missing.sh')],
  ['find', ['SH6002'], refused('find . -name x')],
  ['/usr/bin/jq', ['SH6002'], refused('/usr/bin/jq .')],
  ['a wrapped program', ['SH6002'], refused('env A=1 timeout -k 1 5 tar cf x')],
  ['a layer brings it', [], refused('jq .', { settings: { layers: ['arn:aws:lambda:us-east-1:1:layer:jq:1'] } })],
  ['aws, with a bucket known', ['SH6002'], refused('aws s3 ls s3://bkt')],
  ['a word of run time', [], refused('$x')],
  ['streams', ['SH6001'], refused('sort', { streams: true })],
  ['a file redirection', ['SH6012'], refused('date', { commands: redirecting })],
  ['an image', ['SH6008'], refused('date', { settings: { image: 'x' } })],
  ['another target', ['SH6008'], refused('date', { settings: { target: 'ecs' } })],
  ['a secret', ['SH6008'], refused('date', { settings: { secret: ['x'] } })],
  ['a timeout above 15 minutes', ['SH6008'], refused('date', { settings: { timeout: 901 } })],
  ['a file that is not there', ['SH6009'], refused('date', { files: [{ path: 'x', mode: 0o644, sha256: '' }] })],
  [
    'unknown permissions',
    ['SH5002'],
    refused('aws s3 rm $x', { settings: { layers: ['arn:aws:lambda:us-east-1:1:layer:aws:1'] } }),
  ],
];

describe('what deploy refuses before anything is created', () => {
  for (const [name, codes, found] of TABLE) it(name, () => assert.deepEqual(found, codes));
  it('functions of the script are programs of their own', () => {
    const bundle = makeBundle([makeStep('s', 'jq .')]);
    bundle.manifest.functions = [{ id: 'f', name: 'jq', text: ['jq() { :; }'], line: 1, commands: [] }];
    assert.deepEqual(prepareDeploy(bundle, readFile, fakeHandler).diagnostics, []);
  });
});
