/** Which file a `.` command reads, as guessed from its words; and what becomes of a library's commands. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { compileScript } from '../../src/compile.ts';
import { SourceFile } from '../../src/source/source-file.ts';

function compile(text: string, files: Record<string, string>, path = './jobs/t.sh') {
  const readLibrary = (name: string): { bytes: Uint8Array } | undefined =>
    files[name] === undefined ? undefined : { bytes: Buffer.from(files[name]) };
  const { value } = compileScript(new SourceFile(path, text), { granularity: 'command', readLibrary });
  assert.ok(value);
  return value.bundle.manifest;
}

const readBy = (text: string, files: Record<string, string>, path?: string): (string | undefined)[] =>
  compile(text, files, path).steps.flatMap(({ fragment }) => (fragment.reads ? [fragment.reads.path] : []));

const LIBRARY = 'log() {\n  date\n  echo "$1"\n}\nlevel=1\n';

describe('the file that a command reads', () => {
  const found: [name: string, script: string, path: string][] = [
    ['a relative name', '. ./lib.sh', './lib.sh'],
    ['source', 'source ./lib.sh', './lib.sh'],
    ['quotes', `. "./"'lib.sh'`, './lib.sh'],
    ['with arguments', '. ./lib.sh one two', './lib.sh'],
    ['the directory of $0', '. "$(dirname "$0")/lib.sh"', './jobs/lib.sh'],
    ['the directory of BASH_SOURCE', 'source "${BASH_SOURCE%/*}/lib.sh"', './jobs/lib.sh'],
    ['of its first element', 'source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"', './jobs/lib.sh'],
    ['a variable', 'd=$(cd "$(dirname "$0")" && pwd)\n. "$d/lib.sh"', './jobs/lib.sh'],
    ['a variable of a variable', 'd=$(dirname "$0")\nl="$d/.."\n. "$l/lib.sh"', './jobs/../lib.sh'],
    ['a default', '. "${LIB:-./lib.sh}"', './lib.sh'],
    ['beside the script, which goes there', 'cd "$(dirname "$0")"\n. ./lib.sh', 'jobs/lib.sh'],
    ['in a list', '[ -f ./lib.sh ] && . ./lib.sh', './lib.sh'],
    ['in a conditional', 'if [ -f ./lib.sh ]; then\n  . ./lib.sh\nfi', './lib.sh'],
  ];
  for (const [name, script, path] of found) {
    it(name, () => {
      const [known] = readBy(`${script}\nlog a\n`, { [path.replace('./jobs/../', '')]: LIBRARY, [path]: LIBRARY });
      assert.equal(known, path);
    });
  }
  const left: [name: string, script: string][] = [
    ['a name without a slash', '. lib.sh'],
    ['a name of the system', '. /etc/profile'],
    ['the script itself', '. ./jobs/t.sh'],
    ['within a loop', 'for i in 1 2; do . ./lib.sh; done'],
    ['within a function', 'f() { . ./lib.sh; }; f'],
    ['within a subshell', '(. ./lib.sh; log a)'],
    ['with redirections', '. ./lib.sh >out'],
    ['where the trace is on', 'set -x\n. ./lib.sh'],
    ['where an alias may be set', 'shopt -s expand_aliases\n. ./alias.sh'],
    ['where an ERR trap may be set', 'trap "echo" ERR\n. ./lib.sh'],
  ];
  for (const [name, script] of left)
    it(`is read as it stands: ${name}`, () => {
      const files = {
        './alias.sh': 'alias l=ls\n',
        './lib.sh': LIBRARY,
        'lib.sh': LIBRARY,
        '/etc/profile': LIBRARY,
        './jobs/t.sh': LIBRARY,
      };
      assert.deepEqual(readBy(`${script}\necho end\n`, files), []);
    });
  const unsound: [name: string, library: string][] = [
    ['a syntax error', 'echo a\nif then\n'],
    ['an alias', 'shopt -s expand_aliases\nalias l=ls\n'],
    ['carriage returns', 'echo a\r\n'],
    ['a NUL byte', 'echo a\0\n'],
    ['the trace', 'set -x\necho a\n'],
    ['a seed', 'RANDOM=1\necho $RANDOM\n'],
  ];
  for (const [name, library] of unsound)
    it(`a library with ${name} is read as it stands`, () => {
      assert.deepEqual(readBy('. ./lib.sh\necho end\n', { './lib.sh': library }), []);
    });
  it('parameters that a library sets stay with it only where it was given none', () => {
    const files = { './lib.sh': 'set -eu -o pipefail\nset -- a\n' };
    assert.deepEqual(readBy('. ./lib.sh\necho end\n', files), ['./lib.sh']);
    assert.deepEqual(readBy('. ./lib.sh x\necho end\n', files), []);
  });
});

describe("a library's commands", () => {
  it('are steps, and count', () => {
    const { statistics, steps, sourceMap, functions } = compile('. ./lib.sh\nlog a\n', { './lib.sh': LIBRARY });
    assert.equal(statistics.commands, 5);
    assert.equal(statistics.split, 5);
    const assignment = steps.find(({ state }) => state === 'level')!;
    assert.deepEqual(sourceMap.level, { file: './lib.sh', line: 5, column: 1 });
    assert.deepEqual(assignment.source, { line: 5, column: 1, start: 29, end: 36, file: './lib.sh' });
    assert.equal(sourceMap.date?.file, './lib.sh');
    assert.deepEqual(
      functions.map(({ name, line, library }) => ({ name, line, library })),
      [{ name: 'log', line: 1, library: 1 }],
    );
  });
  it('have the rights that they need themselves, not the step that reads it', () => {
    const { steps } = compile('. ./lib.sh\n', { './lib.sh': 'aws s3 cp a s3://bkt/k\n' });
    assert.deepEqual(
      steps
        .flatMap(({ commands }) => (commands.length === 0 ? [] : [commands]))
        .map((commands) => commands.map(({ words, file }) => [words[0]!.value, file])),
      [[['.', undefined]], [['aws', './lib.sh']]],
    );
  });
  it('are nothing of their own where nothing is gained', () => {
    const readLibrary = (): { bytes: Uint8Array } => ({ bytes: Buffer.from(LIBRARY) });
    const text = new SourceFile('./t.sh', '. ./lib.sh\nlog a\n');
    const { value } = compileScript(text, { granularity: 'auto', readLibrary });
    const steps = value!.bundle.manifest.steps.filter(({ commands }) => commands.length > 0);
    assert.deepEqual(
      steps.map(({ commands }) => commands.length),
      [2],
    );
  });
});
