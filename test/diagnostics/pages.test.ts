/**
 * Every code has a page, and every page an example that is executed: the blocks `sh title=NAME` are written to a fresh
 * directory, the commands of `console` blocks are run there, and what they print must be what the page shows.
 * UPDATE_GOLDEN=1 writes the pages anew, FILTER=SH10 picks some.
 */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { CATALOG, type Code } from '../../src/diagnostics/catalog.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Codes that no command line brings forth by itself here, and the test that does. */
const ELSEWHERE: Partial<Record<Code, string>> = {
  SH2001: 'test/diagnostics/render.test.ts',
  SH6005: 'test/deploy',
  SH6006: 'test/emulator',
  SH6007: 'test/cli',
  SH6010: 'test/deploy',
  SH6011: 'test/deploy',
  SH6013: 'test/emulator',
  SH9001: 'test/cli',
};

/** Runs one command line of a page. */
function execute(line: string, cwd: string): string {
  const script = `sh2sfn() { "$NODE" "$MAIN" "$@"; }\n${line}\n`;
  const { stdout, error } = spawnSync('bash', ['--norc', '-c', `exec 2>&1\n${script}`], {
    cwd,
    encoding: 'utf8',
    env: {
      PATH: process.env.PATH,
      HOME: cwd,
      NODE: process.execPath,
      MAIN: join(root, 'bin/sh2sfn.js'),
    },
  });
  if (error) throw error;
  return stdout;
}

/** The page with every console block as it really is. */
function replay(page: string): string {
  const top = mkdtempSync(join(tmpdir(), 'sh2sfn-page-'));
  const directory = join(top, 'here');
  mkdirSync(directory);
  try {
    for (const [, name, text] of page.matchAll(/^```sh title=(\S+)\n([\s\S]*?)^```$/gm))
      writeFileSync(join(directory, name!), text!);
    return page.replace(/^```console\n([\s\S]*?)^```$/gm, (_, block: string) => {
      const commands = block.split('\n').filter((line) => line.startsWith('$ '));
      return `\`\`\`console\n${commands.map((line) => `${line}\n${execute(line.slice(2), directory)}`).join('')}\`\`\``;
    });
  } finally {
    rmSync(top, { recursive: true, force: true });
  }
}

/** Text of a test file, or of all in a folder. */
function testText(path: string): string {
  const full = join(root, path);
  if (path.endsWith('.ts')) return readFileSync(full, 'utf8');
  return readdirSync(full, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(join(full, name), 'utf8'))
    .join('\n');
}

describe('pages of diagnostics', () => {
  for (const code of (Object.keys(CATALOG) as Code[]).filter((c) => c.includes(process.env.FILTER ?? ''))) {
    it(code, () => {
      const path = join(root, `docs/diagnostics/${code}.md`);
      assert.ok(existsSync(path), `docs/diagnostics/${code}.md is missing`);
      const page = readFileSync(path, 'utf8');
      assert.ok(page.startsWith(`# ${code} ${CATALOG[code].slug}\n`), 'the title is "# CODE slug"');
      assert.match(page, /^## What to do$/m);
      if (process.env.UPDATE_GOLDEN !== '1')
        assert.match(page, new RegExp(`^(error|warning)\\[${code} ${CATALOG[code].slug}\\]`, 'm'));
      const elsewhere = ELSEWHERE[code];
      if (elsewhere) {
        assert.ok(testText(elsewhere).includes(code), `${elsewhere} does not mention ${code}`);
        return;
      }
      assert.match(page, /^```console$/m, 'the page has no executed example');
      const replayed = replay(page);
      if (process.env.UPDATE_GOLDEN === '1') writeFileSync(path, replayed);
      else assert.equal(replayed, page);
    });
  }

  it('no page is left over', () => {
    const pages = readdirSync(join(root, 'docs/diagnostics')).map((name) => name.replace(/\.md$/, ''));
    assert.deepEqual(
      pages.filter((name) => !Object.hasOwn(CATALOG, name)),
      [],
    );
  });
});
