/** Scripts too large for one definition: divided less, or refused; and what is taken for sure about the size of a step's state. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { compileScript } from '../src/compile.ts';
import { SMALLEST_CATCH, SMALLEST_TASK } from '../src/ir/lower/context.ts';
import { estimateSize } from '../src/ir/lower/estimate.ts';
import { analyzeScript } from '../src/ir/lower/script.ts';
import { parseScript } from '../src/parse/parse.ts';
import { SourceFile } from '../src/source/source-file.ts';

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

  it('makes a script be divided as under auto', () => {
    const { value } = compile('true\n'.repeat(2000), 'command');
    assert.equal(value!.bundle.manifest.statistics.reasons['definition-size'], 2000);
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
