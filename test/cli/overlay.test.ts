/** Working directories on an overlay, as containers have it: a directory of the image becomes another when it is written to. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { MAIN } from './harness.ts';

const WRITTEN = 'cd image; date > made; ls | wc -l; cd ..; ls; cd image; ls';
const REMOVED = `mkdir other; cd other; (rmdir ../other; mkdir ../other); touch x 2>/dev/null || echo gone; ls ../other
cd ..; mkdir first; cd first; mv ../first ../second; touch y; ls ../second
rm -r ../second; touch z 2>/dev/null || echo gone
cd ../image; ls
`;

describe('a working directory on an overlay', () => {
  let top: string;
  before(() => {
    top = mkdtempSync(join(tmpdir(), 'overlay-'));
  });
  after(() => rmSync(top, { recursive: true, force: true }));

  /**
   * Runs a command in a fresh overlay, of which nothing is left; undefined where none may be mounted.
   * @param flags of unshare: one that a user mounts cannot rename all directories
   */
  const inOverlay = (name: string, flags: string, ...command: string[]): string | undefined => {
    const layers = ['lower', 'rest', 'merged'].map((layer) => join(top, name, layer));
    const [lower, rest, merged] = layers as [string, string, string];
    for (const layer of [...layers, join(lower, 'image')]) mkdirSync(layer, { recursive: true });
    const mount =
      'mount -t tmpfs tmpfs "$2" && mkdir "$2/upper" "$2/work" && ' +
      'mount -t overlay overlay -o "lowerdir=$1,upperdir=$2/upper,workdir=$2/work" "$3" && cd "$3" && shift 3 && exec "$@"';
    const { status, stdout } = spawnSync(
      'unshare',
      [flags, 'bash', '--norc', '-c', mount, 'mount', lower, rest, merged, ...command],
      { encoding: 'utf8' },
    );
    return status === 0 ? stdout : undefined;
  };

  for (const granularity of ['auto', 'command'])
    for (const [what, flags, text] of [
      ['is the same when it is written to', '-rm', WRITTEN],
      ['is none when it is removed', '-m', REMOVED],
    ] as const)
      it(`${what} (${granularity})`, (t) => {
        const name = `${granularity}${flags}`;
        if (inOverlay(`probe-${name}`, flags, 'true') === undefined) return t.skip('no overlay can be mounted here');
        const script = join(top, 'script.sh');
        writeFileSync(script, text);
        const expected = inOverlay(`bash-${name}`, flags, 'bash', script);
        assert.ok(expected);
        const run = [process.execPath, MAIN, 'run', '--granularity', granularity, script];
        assert.equal(inOverlay(name, flags, ...run), expected);
      });
});
