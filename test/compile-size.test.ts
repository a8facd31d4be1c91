/** Scripts too large for one definition: divided less, or refused; and what is taken for sure about the size of a step's state. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { compileScript } from '../src/compile.ts';
import { SMALLEST_CATCH, SMALLEST_TASK } from '../src/ir/lower/context.ts';
import { estimateSize } from '../src/ir/lower/estimate.ts';
import { analyzeScript } from '../src/ir/lower/script.ts';
import { parseScript } from '../src/parse/parse.ts';
import { SourceFile } from '../src/source/source-file.ts';

const MAIN = join(import.meta.dirname, '../bin/sh2sfn.js');

const compile = (text: string, granularity: 'auto' | 'command') =>
  compileScript(new SourceFile('a', text), { granularity });

describe('the size of a definition', () => {
  it('is at least what lowering assumes', () => {
    const { value } = compile(':\n{ :; :; }\nif :; then :; fi\nf() { :; return; }\nf\n: | :\n', 'command');
    const sizes: number[] = [];
    const visit = (states: Record<string, Record<string, unknown>>): void => {
      for (const [name, state] of Object.entries(states)) {
        const rules = (state.Catch as unknown[] | undefined)?.length ?? 0;
        if (state.Type === 'Task' && !state.End)
          sizes.push(JSON.stringify({ [name]: state }).length - (rules - 1) * SMALLEST_CATCH);
        for (const branch of (state.Branches ?? []) as { States: typeof states }[]) visit(branch.States);
      }
    };
    visit(value!.bundle.definition.States as Parameters<typeof visit>[0]);
    assert.ok(sizes.length >= 6);
    assert.ok(Math.min(...sizes) >= SMALLEST_TASK, `${Math.min(...sizes)} bytes`);
  });

  it('is no less than the estimate that spares lowering', () => {
    const block = [
      'x=$(date | cut -c 1-4)\nfor f in *.csv; do gzip "$f" && rm "$f"; done',
      'while read -r a b; do echo "$a" | tr x y; done < list\ncase $x in a) tar b ;; *) tar c ;; esac',
      'step() { convert "$1" | tee log; }\nstep a\nunused() { a; b; c; d; e; }\nsleep 1 & wait',
    ].join('\n');
    const text = `${block}\n`.repeat(20);
    const analysis = analyzeScript(new SourceFile('a', text), parseScript(new SourceFile('a', text)).value!);
    const size = JSON.stringify(compile(text, 'command').value!.bundle.definition).length;
    const estimate = estimateSize(analysis);
    assert.ok(estimate <= size && estimate > size / 4, `${estimate} of ${size} bytes`);
  });

  it('makes a part of a script be divided as under auto', () => {
    const { value } = compile('true\n'.repeat(2000), 'command');
    const { reasons, split } = value!.bundle.manifest.statistics;
    assert.ok(split > 1200 && split < 1600, `${split}`);
    assert.deepEqual(reasons, { 'definition-size': 2000 - split });
    const { States } = value!.bundle.definition as { States: Record<string, { Comment?: string }> };
    // The script's name would take room.
    assert.equal(States['true 7']!.Comment, ':7');
  });

  it('holds the decision that an exit in a function comes to once', () => {
    const text = `f() { ${'./a || exit 3; '.repeat(40)} }
(f); x=$(f); (f | cat); f
`;
    const definition = JSON.stringify(compile(text, 'command').value!.bundle.definition);
    assert.ok(definition.split('\\"subshell\\"').length < 20, definition);
  });

  it('keeps whole what calls nothing that is divided, and divides what auto asks for', () => {
    const filler = (name: string) => `${name}() {\n${'  true\n'.repeat(60)}}\n`;
    const many = Array.from({ length: 30 }, (_, i) => `f${i}`);
    const text = `log() { echo "$@"; }
work() { log a; log b; ./program.sh; log c; }
${many.map(filler).join('')}case $1 in ${many.map((name) => `${name}) ${name} ;;`).join(' ')} esac
log begin; work; log end\n`;
    const { value } = compile(text, 'command');
    const { commands, reasons, split } = value!.bundle.manifest.statistics;
    assert.deepEqual(reasons, { 'definition-size': commands - split });
    assert.ok(split > 500, `${split}`);
    const shared = new Set(value!.shared().map(({ text }) => text));
    assert.deepEqual([...shared], ['true']);
  });

  it('makes no difference to what a script does', () => {
    const filler = (name: string) => `${name}() {\n${'  echo "$1" | cat\n'.repeat(40)}}\n`;
    const many = Array.from({ length: 20 }, (_, i) => `f${i}`);
    const text = `set -e
seen=0
log() { seen=$((seen + 1)); echo "$seen $FUNCNAME $LINENO: $*"; }
check() { local word=$1; [ "$word" = a ] || return 3; log "$word"; }
down() { if [ "$1" -gt 0 ]; then log "$1"; down $(($1 - 1)); else return 4; fi; }
sum() { local x; for x in "$@"; do log "$x" >> out; done; check "$1"; echo "$#"; }
${many.map(filler).join('')}case \${1-} in ${many.map((name) => `${name}) ${name} ;;`).join(' ')} esac
log begin; check b || log "status $?"
down 2 || log "down $?"
x=$(sum a b | tr a-z A-Z); echo "$x"; cat out
(log subshell; check c; log never) || log "$?"
trap 'log last' EXIT
while read -r line; do check "$line" && log ok; log "$line"; done <<< $'a\nb'
check d
log unreached\n`;
    const { value } = compile(text, 'command');
    assert.ok(value!.bundle.manifest.statistics.reasons['definition-size']! > 0);
    const directories = [0, 1].map(() => mkdtempSync(join(tmpdir(), 'sh2sfn-size-')));
    try {
      const run = (cwd: string, program: string, words: string[]) => {
        writeFileSync(join(cwd, 'large.sh'), text);
        const { stdout, status } = spawnSync(program, words, { cwd, encoding: 'utf8' });
        return { stdout, status };
      };
      const [expected, found] = [
        run(directories[0]!, 'bash', ['large.sh']),
        run(directories[1]!, process.execPath, [MAIN, 'run', '--granularity', 'command', 'large.sh']),
      ];
      assert.equal(expected.status, 3);
      assert.deepEqual(found, expected);
    } finally {
      for (const directory of directories) rmSync(directory, { recursive: true });
    }
  });

  it('makes a script be refused where auto asks for as much', () => {
    const { value, diagnostics } = compile('./a.sh\n'.repeat(2000), 'command');
    assert.equal(value, undefined);
    assert.deepEqual(
      diagnostics.map(({ code }) => code),
      ['SH4002'],
    );
  });
});
