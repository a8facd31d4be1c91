/** Scripts too large for one definition: divided less, or refused; and what is taken for sure about the size of a step's state. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { DEFINITION_LIMIT } from '../src/bundle.ts';
import { compileScript } from '../src/compile.ts';
import { SMALLEST_CATCH, SMALLEST_TASK } from '../src/ir/lower/context.ts';
import { estimateSize } from '../src/ir/lower/estimate.ts';
import { analyzeScript } from '../src/ir/lower/script.ts';
import { parseScript } from '../src/parse/parse.ts';
import { SourceFile } from '../src/source/source-file.ts';

const MAIN = join(import.meta.dirname, '../bin/sh2sfn.js');

const compile = (text: string, granularity: 'auto' | 'command') =>
  compileScript(new SourceFile('a', text), { granularity });

/** Runs a script by bash and in granularities, and compares. */
function compareRuns(text: string, granularities: readonly string[], status: number): void {
  const run = (...words: string[]) => {
    const cwd = mkdtempSync(join(tmpdir(), 'sh2sfn-size-'));
    try {
      writeFileSync(join(cwd, 'large.sh'), text);
      const program = '#!/bin/bash\necho "program $1"; exit $((${#1} * 2))\n';
      writeFileSync(join(cwd, 'program.sh'), program, { mode: 0o755 });
      const { stdout, status } = spawnSync(words[0]!, [...words.slice(1), 'large.sh'], { cwd, encoding: 'utf8' });
      return { stdout, status };
    } finally {
      rmSync(cwd, { recursive: true });
    }
  };
  const expected = run('bash');
  assert.equal(expected.status, status);
  for (const granularity of granularities)
    assert.deepEqual(run(process.execPath, MAIN, 'run', '--granularity', granularity), expected);
}

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
    compareRuns(text, ['command'], 3);
  });

  it('makes no difference where programs of the own share steps, too', () => {
    // Most is done in few of the stretches.
    const stretch = `n=$((n + 1)); [ $((n % 15)) != 8 ] || log "$n" || echo "status $?" >> out
if [ "$n" -lt 4 ] || [ "$n" -gt 147 ]; then
  ./program.sh a | tr a-z A-Z
  for x in a b; do ./program.sh "$x"; done
  x=$(./program.sh "$n"; log sub); echo "$x" "$FUNCNAME" "$LINENO"
fi
`;
    const text = `log() { echo "$FUNCNAME $LINENO: $*"; ./program.sh log; }
trap 'log last' EXIT
${stretch.repeat(150)}cat out
set -e
./program.sh 99
log unreached\n`;
    for (const granularity of ['auto', 'command'] as const)
      assert.ok(compile(text, granularity).value!.bundle.manifest.statistics.reasons['definition-size']! > 0);
    compareRuns(text, ['auto', 'command'], 6);
  });

  it('leaves what evaluates a text its own step: that may tie what follows', () => {
    const text = `${'true\n'.repeat(1600)}eval "$job"\n${'true\n'.repeat(9)}eval "$end"; echo "status $?"\n`;
    const { value } = compile(text, 'command');
    assert.ok(value!.bundle.manifest.statistics.reasons['definition-size']! > 0);
    compareRuns(`job='(exit 3) & p=$!' end='wait $p'\n${text}`, ['command'], 0);
  });

  it('makes programs of the own share steps where auto asks for too much, in either granularity', () => {
    const text = './a.sh\n./b.sh && echo b\n'.repeat(1500);
    for (const granularity of ['auto', 'command'] as const) {
      const { value } = compile(text, granularity);
      const { commands, reasons, split } = value!.bundle.manifest.statistics;
      const definition = JSON.stringify(value!.bundle.definition);
      const size = definition.length;
      assert.ok(size > 0.85 * DEFINITION_LIMIT && size <= DEFINITION_LIMIT, `${size} bytes`);
      assert.ok(split > 1000, `${split} of ${commands}`);
      const { auto = 0, 'definition-size': shared, ...others } = reasons;
      assert.deepEqual(others, {});
      // Under auto, a boundary around an echo would be for nothing.
      assert.equal(auto > 0, granularity === 'auto');
      assert.equal(shared, commands - split - auto);
      assert.ok(definition === JSON.stringify(compile(text, granularity).value!.bundle.definition));
    }
  });

  it('never makes commands with rights or settings share a step', () => {
    const files: Record<string, string> = { './up.sh': 'aws s3 cp a s3://b/\n', './a.sh': 'echo\n' };
    const stretch = [
      './a.sh\n'.repeat(60),
      'aws s3 ls; up; down; ./up.sh\n# sh2sfn: memory=512\n./a.sh large\n./a.sh; bash a.sh\n',
      'for i in a b; do aws s3 rm "$i"; ./a.sh; done\n',
    ].join('');
    for (const memory of [undefined, 256]) {
      const head = memory ? `# sh2sfn: memory=${memory}\n\n` : '';
      const functions = 'up() { echo; aws s3 cp "$1" s3://b/; ./a.sh; }\ndown() { ./a.sh; ./a.sh; }\n';
      const text = `${head}${functions}${stretch.repeat(40)}`;
      for (const granularity of ['auto', 'command'] as const) {
        const readFile = (path: string) => {
          const bytes = files[path] === undefined ? undefined : Buffer.from(files[path]);
          return bytes && { bytes, mode: 0o755 };
        };
        const { value } = compileScript(new SourceFile('a', text), { granularity, readFile });
        const { steps, statistics } = value!.bundle.manifest;
        assert.ok(statistics.reasons['definition-size']! > 500);
        const apart = steps.filter(
          ({ fragment, settings }) => /\baws\b|up\.sh/.test(String(fragment.text)) || settings.memory !== memory,
        );
        // Those in functions have one step for all calls.
        assert.ok(apart.length >= 40 * 4, `${apart.length}`);
        for (const { fragment } of apart) assert.doesNotMatch(String(fragment.text), /[;\n]/);
      }
    }
  });

  it('makes a script be refused where as many commands need rights of their own', () => {
    for (const granularity of ['auto', 'command'] as const) {
      const { value, diagnostics } = compile('aws s3 ls\n'.repeat(2000), granularity);
      assert.ok(!value);
      assert.deepEqual(
        diagnostics.map(({ code, hints }) => [code, hints]),
        [
          [
            'SH4002',
            ['divide the script, or use `--granularity script`: one step, which has the rights of all commands'],
          ],
        ],
      );
    }
  });
});
