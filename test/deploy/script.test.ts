/** What deploy finds in a script's text: what it refuses, what it packs, and whose rights a step needs. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type CompileOptions, compileScript } from '../../src/compile.ts';
import { checkDeployable } from '../../src/deploy/check.ts';
import { inferRoles } from '../../src/roles/infer.ts';
import { SourceFile } from '../../src/source/source-file.ts';

const FILES: Record<string, string> = {
  './first.sh': '#!/bin/bash\necho first\n',
  './finder.sh': '#!/usr/bin/env bash\nlist() { find .; }\n. ./lib.sh\nlist\n',
  './lib.sh': 'tar cf - .\n',
  'lib.sh': 'jq .\n',
  './get.sh': '#!/bin/sh\naws s3 cp s3://bkt/in/x -\n',
  './reader.sh': '#!/bin/sh\nread -r line\n',
  './starter.sh': '#!/bin/sh\ndate &\n',
  './tool.py': '#!/usr/bin/env python3\nprint(1)\n',
  './broken.sh': '#!/bin/sh\nif then (\n',
  'data.txt': 'data\n',
  'conf.ini': '[x]\n',
  't.sh': '',
  '.t.sh': '',
  'sub/tool.sh': '#!/bin/sh\necho tool\n',
};

const readFile: CompileOptions['readFile'] = (path) =>
  Object.hasOwn(FILES, path) ? { bytes: Buffer.from(FILES[path]!), mode: 0o755 } : undefined;

function compile(text: string, granularity: CompileOptions['granularity'] = 'command') {
  const { value, diagnostics } = compileScript(new SourceFile('t.sh', text), { granularity, readFile });
  assert.deepEqual(diagnostics, []);
  return value!.bundle;
}

/** Codes of the refusals, each with what it names in backticks. */
const refusals = (text: string, granularity?: CompileOptions['granularity']): string[] => [
  ...new Set(
    checkDeployable(compile(text, granularity).manifest).map(
      ({ code, message }) => `${code} ${/`([^`]*)`/.exec(message)?.[1]}`,
    ),
  ),
];

const INPUT: [line: string, codes: string[]][] = [
  ['read x', ['SH6014 read']],
  ['read -u 3 x', []],
  ['read x <<< a', []],
  ['read x </dev/null', []],
  ['mapfile -t a', ['SH6014 mapfile']],
  ['command read x', ['SH6014 command']],
  ['cat', ['SH6014 cat']],
  ['cat -', ['SH6014 cat']],
  ['cat /dev/stdin', ['SH6014 cat']],
  ['cat data.txt', []],
  ['cat -n data.txt', []],
  ['cat "$x"', []],
  ['cat <<E\nx\nE', []],
  ['echo x | cat', []],
  ['head -n 3', ['SH6014 head']],
  ['head -n 3 data.txt', []],
  ['grep x', ['SH6014 grep']],
  ['grep x data.txt', []],
  ['grep -e x', ['SH6014 grep']],
  ['sed -n p data.txt', []],
  ['awk "{print}"', ['SH6014 awk']],
  ['sort -k 2 data.txt', []],
  ['tr a b', ['SH6014 tr']],
  ['tr a b </dev/null', []],
  ['bash', ['SH6014 bash']],
  ['bash -c "echo x"', []],
  ['cat & wait', []],
  ['x=$(cat)', ['SH6014 cat']],
  ['while read x; do :; done', ['SH6014 read']],
  ['while read x; do cat; done <<< a', []],
  ['select x in a; do :; done', ['SH6014 select']],
  ['f() { read x; }\nf', ['SH6014 read']],
  ['f() { read x; }\nf <<< a', []],
  ['f() { read x; }', []],
  ['f() { read x; }\necho a | f', []],
  ['"$c"', []],
  ['f() { read x; }\n"$c"', ['SH6014 read']],
  ['./reader.sh', ['SH6014 read']],
  ['./reader.sh <<< a', []],
];

const JOBS: [text: string, codes: string[]][] = [
  ['date & echo x', ['SH6015 date']],
  ['date & wait', []],
  ['date & kill $!', []],
  ['date & kill -0 $$', ['SH6015 date']],
  ['date & while kill -0 $!; do sleep 1; done', []],
  ['date & command wait', []],
  ['date & while [ -n "$(jobs -r)" ]; do sleep 1; done', []],
  ['setsid date &', ['SH6002 setsid']],
  ['{ date & wait; } & wait', []],
  ['{ date & wait; } &', ['SH6015 date']],
  ['f() { date & wait; }\nf', []],
  ['f() { date & }', []],
  ['./starter.sh', ['SH6015 date']],
];

const PROGRAMS: [text: string, codes: string[]][] = [
  ['/srv/tool', ['SH6002 /srv/tool']],
  ['/usr/bin/sort data.txt', []],
  ['./finder.sh', ['SH6002 find', 'SH6002 tar']],
  ['bash ./finder.sh', ['SH6002 find', 'SH6002 tar']],
  ['. lib.sh', ['SH6002 jq']],
  ['./tool.py', ['SH6002 python3']],
  ['./broken.sh', []],
  ['./first.sh', []],
  ['./missing.sh', []],
  ['cd sub\n./tool.sh', []],
  ['cd sub\n./missing.sh', ['SH6009 ./missing.sh']],
  ['cd "$x"\n./tool.sh', ['SH6009 ./tool.sh']],
  ['for x in a; do . ./$x.sh; done', ['SH6009 .']],
  ['l=lib.sh; . "$l"', []],
  ['# sh2sfn: files=a.sh\nfor x in a; do . ./$x.sh; done', []],
  ['cd "$x"\n# sh2sfn: files=sub/tool.sh\n./tool.sh', []],
  ['f() { jq . data.txt; }\nf', ['SH6002 jq']],
  ['f() { jq .; }', []],
  ['f() { g; }\ng() { jq . <<< 1; f; }\nf', ['SH6002 jq']],
  ["trap 'jq . data.txt' EXIT\necho one", ['SH6002 jq']],
  ['# sh2sfn: layers=arn:aws:lambda:us-east-1:1:layer:jq:1\njq . data.txt', []],
];

const FILE: [text: string, codes: string[]][] = [
  ['echo x > out', ['SH6012 echo']],
  ['> out', ['SH6012 redirect']],
  ['echo x > "$f"', ['SH6012 echo']],
  ['echo x > /dev/stderr', []],
  ['echo x 2>&1 >/dev/null', []],
  ['x=$(<data.txt)', ['SH6012 x']],
];

const SETTINGS: [text: string, codes: string[]][] = ['retry=3', 'parallel=2', 'cpu=1024'].map((setting) => [
  `# sh2sfn: ${setting}\n./first.sh`,
  [`SH6008 ${setting.replace(/=.*/, '')}`],
]);

describe('what deploy refuses of a script', () => {
  for (const [text, codes] of [...PROGRAMS, ...FILE, ...SETTINGS]) {
    it(JSON.stringify(text), () => assert.deepEqual(refusals(text).sort(), codes));
  }
  for (const [text, codes] of INPUT) {
    it(`input: ${JSON.stringify(text)}`, () => assert.deepEqual(refusals(text, 'script'), codes));
  }
  for (const [text, codes] of JOBS) {
    it(`jobs: ${JSON.stringify(text)}`, () => assert.deepEqual(refusals(text, 'script'), codes));
  }
  it('a job that another step would end', () =>
    assert.deepEqual(refusals('f() { date & p=$!; }\nf\necho x\nkill $p', 'command'), ['SH6015 date']));
  it('a file round a loop', () =>
    assert.deepEqual(refusals('for i in 1 2; do echo $i; done > out', 'script'), ['SH6012 echo']));
});

describe('the script’s own file', () => {
  const warnings = (path: string, text: string): string[] => {
    const { value } = compileScript(new SourceFile(path, text), { readFile });
    return checkDeployable(value!.bundle.manifest).map(({ code, severity }) => `${severity} ${code}`);
  };
  it('is missed where it lies outside', () => {
    assert.deepEqual(warnings('../t.sh', 'head "$0"'), ['warning SH6009']);
    assert.deepEqual(warnings('a/../../t.sh', '. "${BASH_SOURCE[0]}"'), ['warning SH6009']);
    assert.deepEqual(warnings('/srv/t.sh', 'echo "usage: $0"'), ['warning SH6009']);
  });
  it('takes its neighbours along, where the script goes to them', () => {
    const read: CompileOptions['readFile'] = (path) => readFile(path.replace(/^jobs\/(?=t)|^jobs/, '.'));
    const text = 'cd "$(dirname "$0")"\n./first.sh';
    const { value } = compileScript(new SourceFile('jobs/t.sh', text), { granularity: 'command', readFile: read });
    const { steps } = value!.bundle.manifest;
    assert.deepEqual(
      steps.map(({ files }) => files.map(({ path }) => path)),
      [
        ['./first.sh', 'jobs/first.sh', 'jobs/t.sh'],
        ['./first.sh', 'jobs/first.sh'],
        ['./first.sh', 'jobs/first.sh'],
      ],
    );
  });
  it('is not missed where it goes along, or nobody asks', () => {
    assert.deepEqual(warnings('jobs/../t.sh', 'head "$0"'), []);
    assert.deepEqual(warnings('../t.sh', 'echo one'), []);
  });
});

describe('what goes into a step’s package', () => {
  const packed = (text: string): string[][] =>
    compile(text).manifest.steps.map(({ files }) => files.map(({ path }) => path));
  const TABLE: [text: string, files: string[][]][] = [
    ['cat data.txt', [['data.txt']]],
    ['sort --files0-from=data.txt -t conf.ini', [['conf.ini', 'data.txt']]],
    ['curl -d @data.txt http://localhost/', [['data.txt']]],
    ['./first.sh conf.ini', [['./first.sh', 'conf.ini']]],
    ['./finder.sh; echo data.txt', [['./finder.sh', './lib.sh'], []]],
    ['[[ -f data.txt ]]', [['data.txt']]],
    ['test -s conf.ini', [['conf.ini']]],
    ['f=data.txt\ncat "$f"', [[], ['data.txt']]],
    ['for f in data.txt conf.ini; do cat "$f"; done', [[], ['conf.ini', 'data.txt']]],
    ['f() { ./first.sh & jobs; wait; }\nf', [[], ['./first.sh']]],
    ['cat "$x" *.txt', [[]]],
    ['cd "$(dirname "$0")"', [['t.sh'], []]],
    ['f() { echo "${BASH_SOURCE[0]}"; }\nf', [['t.sh'], ['t.sh']]],
    ['cd sub\n./tool.sh', [[], ['sub/tool.sh']]],
    ['./tool.sh', [[]]],
    ['# sh2sfn: files=data.txt,conf.ini\n./first.sh', [['./first.sh', 'conf.ini', 'data.txt']]],
  ];
  for (const [text, files] of TABLE) it(JSON.stringify(text), () => assert.deepEqual(packed(text), files));
});

describe('whose rights a step needs', () => {
  const actions = (text: string): string[][] => {
    const { manifest, definition } = compile(text);
    const { value } = inferRoles(manifest, definition);
    return manifest.steps.map(({ key }) =>
      value.steps[key]!.grants.flatMap((grant) => grant.actions).filter((action) => !action.startsWith('logs:')),
    );
  };
  const TABLE: [text: string, found: string[][]][] = [
    ['aws s3 rm s3://bkt/x', [['s3:DeleteObject']]],
    ['./get.sh', [['s3:GetObject']]],
    ['f() { aws s3 rm s3://bkt/x & jobs; wait; }\necho one\nf', [[], [], ['s3:DeleteObject']]],
    ['f() { aws s3 rm s3://bkt/x; }\nf', [[], ['s3:DeleteObject']]],
    ['f() { aws s3 rm s3://bkt/x & wait; }\nf', [[], [], ['s3:DeleteObject'], []]],
    ["trap 'aws s3 rm s3://bkt/x' EXIT\necho one\necho two", [[], [], ['s3:DeleteObject'], ['s3:DeleteObject']]],
    ["trap 'aws s3 rm s3://bkt/x' ERR\necho one", [['s3:DeleteObject'], ['s3:DeleteObject']]],
  ];
  for (const [text, found] of TABLE) it(JSON.stringify(text), () => assert.deepEqual(actions(text), found));
  it('a command of run time may call any function', () => {
    assert.deepEqual(actions('f() { aws s3 rm s3://bkt/x & jobs; wait; }\necho one\n"$c"').at(-1), ['s3:DeleteObject']);
  });
});
