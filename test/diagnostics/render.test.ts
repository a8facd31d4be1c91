import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createDiagnostic } from '../../src/diagnostics/catalog.ts';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts';
import { renderDiagnostics } from '../../src/diagnostics/render.ts';
import { quoted } from '../../src/diagnostics/text.ts';
import { SourceFile } from '../../src/source/source-file.ts';

const latin1 = (text: string): string => Buffer.from(text).toString('latin1');
const source = new SourceFile('job.sh', latin1('#!/bin/bash\necho "é" 你好 | coproc tr\n\tls\n'));
const at = (text: string): { start: number; end: number } => {
  const start = source.text.indexOf(latin1(text));
  return { start, end: start + latin1(text).length };
};

const unsupported = createDiagnostic('SH2001', {
  message: '`coproc` is not supported yet',
  labels: [{ span: at('coproc tr'), text: 'here', primary: true }],
  hints: ['use a pipeline'],
});

describe('code frames', () => {
  const cases: [name: string, diagnostic: Diagnostic, expected: string][] = [
    [
      'one label, behind wide and multi-byte characters',
      unsupported,
      `error[SH2001 not-supported-yet]: \`coproc\` is not supported yet
  --> job.sh:2:20
  |
2 | echo "é" 你好 | coproc tr
  |                 ^^^^^^^^^ here
hint: use a pipeline
`,
    ],
    [
      'two labels on different lines, and a cause',
      createDiagnostic('SH2001', {
        message: 'two places',
        labels: [
          { span: at('ls'), text: 'this', primary: true },
          { span: at('#!/bin/bash'), text: 'because of this' },
        ],
        cause: 'somebody said so',
      }),
      `error[SH2001 not-supported-yet]: two places
  --> job.sh:3:2
  |
1 | #!/bin/bash
  | ----------- because of this
  ...
3 |     ls
  |     ^^ this
cause: somebody said so
`,
    ],
    [
      'a span of several lines is marked on its first',
      createDiagnostic('SH1001', { message: 'long', labels: [{ span: { start: 6, end: 40 }, text: '' }] }),
      `error[SH1001 syntax-error]: long
  --> job.sh:1:7
  |
1 | #!/bin/bash
  |       ^^^^^
`,
    ],
    ['no place', createDiagnostic('SH9002', { message: 'cannot write' }), 'error[SH9002 cannot-write]: cannot write\n'],
  ];
  for (const [name, diagnostic, expected] of cases) {
    it(name, () => assert.equal(renderDiagnostics([diagnostic], source), expected));
  }

  it('cuts very long lines to a window', () => {
    const long = new SourceFile('long.sh', `echo ${'x'.repeat(1_000_000)} ) ${'y'.repeat(1000)}`);
    const start = long.text.indexOf(')');
    const text = renderDiagnostics(
      [createDiagnostic('SH1001', { message: 'm', labels: [{ span: { start, end: start + 1 }, text: 'here' }] })],
      long,
    );
    const [line, mark] = text.split('\n').slice(3, 5);
    assert.ok(line!.length < 200);
    assert.equal(line!.indexOf(')'), mark!.indexOf('^'));
  });

  it('lets no control character through', () => {
    const evil = new SourceFile('a\x1b[2J.sh', 'echo \x1b]0;x\x07\n');
    const text = renderDiagnostics(
      [
        createDiagnostic('SH1001', {
          message: '\x1b[31mred',
          labels: [{ span: { start: 0, end: 4 }, text: '\x9b1m' }],
          hints: ['\x07'],
        }),
      ],
      evil,
    );
    assert.doesNotMatch(text, /[\x00-\x09\x0b-\x1f\x7f-\x9f]/);
  });

  it('colours only when asked', () => {
    assert.doesNotMatch(renderDiagnostics([unsupported], source), /\x1b/);
    assert.match(
      renderDiagnostics([unsupported], source, { color: true }),
      /^\x1b\[1;31merror\[SH2001 not-supported-yet\]\x1b\[0m/,
    );
  });

  it('puts them in the order of the source, each once', () => {
    const first = createDiagnostic('SH1001', { message: 'a', labels: [{ span: { start: 1, end: 2 }, text: '' }] });
    const text = renderDiagnostics([unsupported, first, first], source);
    assert.deepEqual(text.match(/SH\d+/g), ['SH1001', 'SH2001']);
  });
});

describe('reports', () => {
  it('JSON has offsets, lines and columns', () => {
    assert.deepEqual(JSON.parse(renderDiagnostics([unsupported], source, { format: 'json' })), [
      {
        code: 'SH2001',
        slug: 'not-supported-yet',
        severity: 'error',
        message: '`coproc` is not supported yet',
        file: 'job.sh',
        labels: [{ text: 'here', primary: true, ...at('coproc tr'), line: 2, column: 20, endLine: 2, endColumn: 29 }],
        hints: ['use a pipeline'],
      },
    ]);
  });

  it('GitHub commands escape what would end them', () => {
    const diagnostic = createDiagnostic('SH1001', {
      message: '100%\nof it',
      labels: [{ span: { start: 0, end: 2 }, text: '' }],
      hints: ['h'],
    });
    assert.equal(
      renderDiagnostics([diagnostic], new SourceFile('a,b:c.sh', 'xx'), { format: 'github' }),
      '::error file=a%2Cb%3Ac.sh,title=SH1001 syntax-error,line=1,endLine=1,col=1,endColumn=3::100%25%0Aof it%0Ahint: h\n',
    );
  });

  it('SARIF names the rule and the region', () => {
    const log = JSON.parse(renderDiagnostics([unsupported], source, { format: 'sarif', version: '1.2.3' }));
    const [run] = log.runs;
    assert.equal(log.version, '2.1.0');
    assert.equal(run.tool.driver.version, '1.2.3');
    assert.equal(run.tool.driver.rules[run.results[0].ruleIndex].id, 'SH2001');
    assert.deepEqual(run.results[0].locations[0].physicalLocation, {
      artifactLocation: { uri: 'job.sh' },
      region: {
        startLine: 2,
        startColumn: 20,
        endLine: 2,
        endColumn: 29,
        byteOffset: at('coproc tr').start,
        byteLength: 9,
      },
    });
  });
});

describe('quoted', () => {
  const cases: [string, string][] = [
    ['ls -l', '`ls -l`'],
    [latin1('é'), '`é`'],
    ['a\nb', '`a b`'],
    ['\x1b[m', '`\\x1b[m`'],
    ['x'.repeat(80), `\`${'x'.repeat(57)}...\``],
  ];
  for (const [text, expected] of cases) it(JSON.stringify(text), () => assert.equal(quoted(text), expected));
});
