import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { unzipSync } from 'fflate';
import { packedPath, readFiles, stepPayload, zipStep } from '../../src/runtime/lambda/package.ts';
import { fakeHandler, makeStep, readFile, seedBundle } from './fixture.ts';

describe('the package of a step', () => {
  const { manifest } = seedBundle();
  const step = manifest.steps[0]!;
  const zip = (): Uint8Array => zipStep(stepPayload(manifest, step), readFiles(step, readFile).files, fakeHandler);

  it('holds handler, payload and files', () => {
    assert.deepEqual(Object.keys(unzipSync(zip())).sort(), ['files/first.sh', 'index.js', 'step.json']);
  });
  it('has the same bytes in every time zone', () => {
    const before = process.env.TZ;
    const zips = ['UTC', 'Asia/Tokyo', 'America/New_York'].map((zone) => {
      process.env.TZ = zone;
      return Buffer.from(zip()).toString('hex');
    });
    process.env.TZ = before ?? 'UTC';
    assert.equal(new Set(zips).size, 1);
  });
  it('can be read by everybody', () => {
    const bytes = Buffer.from(zip());
    // External attributes of the central directory's entries: mode in the upper half.
    for (let at = bytes.indexOf('PK\x01\x02'); at >= 0; at = bytes.indexOf('PK\x01\x02', at + 4)) {
      assert.equal((bytes.readUInt32LE(at + 38) >>> 16) & 0o444, 0o444);
    }
  });
});

describe('files of a step', () => {
  for (const [path, packed] of [
    ['./a.sh', 'files/a.sh'],
    ['d//./e', 'files/d/e'],
    ['d/../a', 'files/a'],
    ['\u00c3\u00bc.sh', 'files/ü.sh'],
    ['../a', undefined],
    ['d/../../a', undefined],
    ['/etc/passwd', undefined],
    ['.', undefined],
  ] as const) {
    it(`${path} → ${packed}`, () => assert.equal(packedPath(path), packed));
  }
  it('must be those that were compiled', () => {
    const step = makeStep('first', './first.sh');
    const changed = readFiles(step, () => ({ bytes: Buffer.from('other'), mode: 0o755 }));
    assert.match(changed.problems[0]!.reason, /has changed/);
    assert.match(readFiles(step, () => undefined).problems[0]!.reason, /cannot be read/);
  });
});
