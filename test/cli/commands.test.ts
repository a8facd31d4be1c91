import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { CATALOG } from '../../src/diagnostics/catalog.ts';
import { invoke, spawnCli, temporary } from './harness.ts';

const SEED = './first.sh && ./second.sh; ./always-third.sh\n';

/** A directory with the seed line and its programs. */
function seed(context: TestContext): string {
  const cwd = temporary(context);
  writeFileSync(join(cwd, 'seed.sh'), SEED);
  for (const name of ['first', 'second', 'always-third'])
    writeFileSync(join(cwd, `${name}.sh`), '#!/bin/sh\n', { mode: 0o755 });
  return cwd;
}

describe('compile', () => {
  it('writes the bundle, whole', async (context) => {
    const cwd = seed(context);
    const { status, stdout, stderr } = await invoke(['compile', 'seed.sh'], cwd);
    assert.deepEqual(
      { status, stdout, stderr },
      { status: 0, stdout: 'wrote sh2sfn.out/seed: 3 commands in 3 steps, 5 states\n', stderr: '' },
    );
    assert.deepEqual(readdirSync(join(cwd, 'sh2sfn.out')), ['seed']);
    const bundle = join(cwd, 'sh2sfn.out/seed');
    assert.deepEqual(
      readdirSync(bundle).filter((name) => name !== 'roles'),
      ['definition.asl.json', 'graph.mmd', 'manifest.json', 'steps'],
    );
    assert.deepEqual(readdirSync(join(bundle, 'steps')), ['always-third', 'first', 'second']);
    assert.equal(statSync(join(bundle, 'steps/first/files/first.sh')).mode & 0o111, 0o111);
    assert.equal(JSON.parse(readFileSync(join(bundle, 'manifest.json'), 'utf8')).name, 'seed');
  });

  it('takes a script from standard input, which `run` leaves to its commands', (context) => {
    const cwd = seed(context);
    const { status, stdout } = spawnCli(['compile', '-'], { cwd, input: SEED });
    assert.equal(status, 0);
    assert.match(stdout.toString(), /^wrote sh2sfn.out\/stdin: 3 commands in 3 steps/);
    assert.match(spawnCli(['graph', '-'], { cwd, input: 'if\n' }).stderr, /--> stdin:2:1/);
    const refused = spawnCli(['run', '-'], { cwd, input: SEED });
    assert.deepEqual([refused.status, refused.stdout.toString()], [2, '']);
    assert.match(refused.stderr, /SH1002.*\n.*write the script to a file/);
  });

  it('gives the same bytes again, and replaces what was there', async (context) => {
    const cwd = seed(context);
    const read = (): string[] =>
      readdirSync(join(cwd, 'b'), { recursive: true, encoding: 'utf8' })
        .sort()
        .map(
          (name) =>
            `${name} ${statSync(join(cwd, 'b', name)).isFile() ? readFileSync(join(cwd, 'b', name), 'latin1') : ''}`,
        );
    await invoke(['compile', 'seed.sh', '-o', 'b'], cwd);
    const first = read();
    mkdirSync(join(cwd, 'b/steps/old'));
    await invoke(['compile', 'seed.sh', '-o', 'b'], cwd);
    assert.deepEqual(read(), first);
    assert.deepEqual(
      readdirSync(cwd).filter((name) => name.startsWith('.')),
      [],
    );
  });

  it('--check finds stale, missing, left-over and changed files', async (context) => {
    const cwd = seed(context);
    const check = async (): Promise<unknown> => {
      const { status, stdout } = await invoke(['compile', 'seed.sh', '--check', '--json'], cwd);
      return [status, JSON.parse(stdout).stale];
    };
    const [status, stale] = (await check()) as [number, string[]];
    assert.equal(status, 1);
    assert.ok(stale.includes('definition.asl.json'));
    assert.ok(!existsSync(join(cwd, 'sh2sfn.out')), 'nothing is written');
    await invoke(['compile', 'seed.sh'], cwd);
    assert.deepEqual(await check(), [0, []]);
    const bundle = join(cwd, 'sh2sfn.out/seed');
    writeFileSync(join(bundle, 'graph.mmd'), '');
    rmSync(join(bundle, 'steps/second/step.json'));
    writeFileSync(join(bundle, 'extra'), '');
    chmodSync(join(bundle, 'steps/first/files/first.sh'), 0o644);
    assert.deepEqual(await check(), [
      1,
      ['extra', 'graph.mmd', 'steps/first/files/first.sh', 'steps/second/step.json'],
    ]);
    await invoke(['compile', 'seed.sh'], cwd);
    assert.deepEqual(await check(), [0, []]);
  });

  for (const [emit, pattern] of [
    ['ast', /^\{\n {2}"type": "Script"/],
    ['ir', /^script seed\.sh\n/],
    ['asl', /"QueryLanguage": "JSONata"/],
    ['graph', /^flowchart TD\n/],
  ] as const) {
    it(`--emit ${emit} prints and writes nothing`, async (context) => {
      const cwd = seed(context);
      const { status, stdout } = await invoke(['compile', '--emit', emit, 'seed.sh'], cwd);
      assert.equal(status, 0);
      assert.match(stdout, pattern);
      assert.ok(!existsSync(join(cwd, 'sh2sfn.out')));
    });
  }

  it('--stats counts', async (context) => {
    const cwd = seed(context);
    const { stdout } = await invoke(['compile', '--stats', '--json', '-g', 'command', 'seed.sh'], cwd);
    const { commands, split, plain, plainSplit } = JSON.parse(stdout);
    assert.deepEqual({ commands, split, plain, plainSplit }, { commands: 3, split: 3, plain: 3, plainSplit: 3 });
    assert.match((await invoke(['compile', '--stats', 'seed.sh'], cwd)).stdout, /^simple commands +3\n/);
  });

  it('names with blanks, quotes and expressions are data', async (context) => {
    const cwd = temporary(context);
    const name = `a '; {% $x %} "$(id)\`.sh`;
    writeFileSync(join(cwd, name), `echo "'; {% $x %} \\"\\$(id)" # \${a}\n`);
    assert.equal((await invoke(['compile', name], cwd)).status, 0);
    assert.match(readdirSync(join(cwd, 'sh2sfn.out'))[0]!, /^[A-Za-z0-9_-]+$/);
  });
});

describe('diagnostics formats', () => {
  for (const format of ['json', 'github', 'sarif']) {
    it(format, async (context) => {
      const cwd = temporary(context);
      writeFileSync(join(cwd, 'x.sh'), 'fi\n');
      const { status, stderr } = await invoke(['compile', 'x.sh', '--diagnostics', format], cwd);
      assert.equal(status, 2);
      assert.match(stderr, /SH1001/);
      if (format !== 'github') JSON.parse(stderr);
    });
  }
});

describe('graph', () => {
  it('draws for Graphviz, and as JSON', async (context) => {
    const cwd = seed(context);
    assert.match((await invoke(['graph', 'seed.sh', '--format', 'dot'], cwd)).stdout, /^digraph machine \{\n/);
    assert.equal(JSON.parse((await invoke(['graph', 'seed.sh', '--json'], cwd)).stdout).name, 'seed');
  });
});

describe('explain', () => {
  it('prints the page by code, number or slug', async () => {
    const page = readFileSync(new URL('../../docs/diagnostics/SH1004.md', import.meta.url), 'utf8');
    for (const word of ['SH1004', 'sh1004', '1004', 'crlf-line-ends']) {
      assert.deepEqual(await invoke(['explain', word], '/'), { status: 0, stdout: page, stderr: '' });
    }
  });

  it('lists all', async () => {
    const { stdout } = await invoke(['explain', '--json'], '/');
    assert.deepEqual(
      JSON.parse(stdout).map(({ code }: { code: string }) => code),
      Object.keys(CATALOG).sort(),
    );
  });

  it('knows the nearest', async () => {
    assert.match((await invoke(['explain', 'SH1044'], '/')).stderr, /did you mean `SH1004`\?/);
  });
});

describe('doctor', () => {
  it('finds bash here, and none in an empty PATH', async () => {
    const here = await invoke(['doctor', '--json'], '/');
    assert.equal(here.status, 0, here.stdout);
    const nowhere = await invoke(['doctor', '--json'], '/', { PATH: '/nowhere' });
    assert.equal(nowhere.status, 1);
    assert.deepEqual(
      JSON.parse(nowhere.stdout)
        .filter(({ state }: { state: string }) => state === 'missing')
        .map(({ name }: { name: string }) => name),
      ['bash', 'mkfifo'],
    );
  });
});

describe('completion', () => {
  it('bash completes commands, options and their values', async () => {
    const { stdout } = await invoke(['completion', 'bash'], '/');
    const complete = (...words: string[]): string => {
      const line = `${stdout}\nCOMP_WORDS=("$@") COMP_CWORD=$(($# - 1)); _sh2sfn 2>/dev/null; printf '%s\\n' "\${COMPREPLY[@]}"`;
      const { stdout: found } = spawnSync('bash', ['--norc', '-c', line, 'bash', ...words], { encoding: 'utf8' });
      return found.trim().replace(/\n/g, ' ');
    };
    assert.equal(complete('sh2sfn', 'com'), 'compile completion');
    assert.equal(complete('sh2sfn', 'compile', '--em'), '--emit');
    assert.equal(complete('sh2sfn', 'compile', '--emit', 'a'), 'ast asl');
    assert.equal(complete('sh2sfn', 'completion', ''), 'bash zsh fish');
  });

  for (const shell of ['zsh', 'fish']) {
    it(`${shell} names every command`, async () => {
      const { stdout } = await invoke(['completion', shell], '/');
      for (const command of ['compile', 'run', 'deploy', 'explain'])
        assert.match(stdout, new RegExp(`\\b${command}\\b`));
    });
  }
});

describe('help', () => {
  for (const command of [
    'compile',
    'run',
    'graph',
    'roles',
    'deploy',
    'start',
    'destroy',
    'explain',
    'doctor',
    'completion',
  ]) {
    it(`${command} has examples`, async () => {
      const { status, stdout } = await invoke(['help', command], '/');
      assert.equal(status, 0);
      assert.match(stdout, new RegExp(`^Usage: sh2sfn ${command}`));
      assert.match(stdout, new RegExp(`\nExamples:\n {2}.*${command}`));
    });
  }

  it('the program names them all', async () => {
    const { status, stdout } = await invoke(['--help'], '/');
    assert.equal(status, 0);
    assert.match(stdout, /Exit status:/);
  });

  it('nothing at all prints help on standard error', async () => {
    const { status, stdout, stderr } = await invoke([], '/');
    assert.deepEqual({ status, stdout }, { status: 2, stdout: '' });
    assert.match(stderr, /^Usage: sh2sfn/);
  });
});
