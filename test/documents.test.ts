/** The documents: links lead somewhere, and what ARCHITECTURE.md shows of the compiler is what it prints. */
import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, it } from 'node:test';
import { compileScript } from '../src/compile.ts';
import { SourceFile } from '../src/source/source-file.ts';
import { ROOT } from './cli/harness.ts';

const documents = ['*.md', 'docs/**/*.md', 'examples/*/README.md']
  .flatMap((pattern) => globSync(pattern, { cwd: ROOT }))
  .sort();

describe('links', () => {
  for (const path of documents) {
    it(path, () => {
      const text = readFileSync(join(ROOT, path), 'utf8')
        .replace(/^```[\s\S]*?^```$/gm, '')
        .replace(/`[^`\n]*`/g, '');
      for (const [, target] of text.matchAll(/\]\(([^)\s]+)\)/g)) {
        if (/^https?:/.test(target!)) continue;
        const [file, anchor] = target!.split('#');
        const linked = file ? join(ROOT, dirname(path), file) : join(ROOT, path);
        assert.ok(existsSync(linked), `${path}: ${target}`);
        if (anchor)
          assert.match(readFileSync(linked, 'utf8'), new RegExp(`^#+ ${anchor}$`, 'im'), `${path}: ${target}`);
      }
    });
  }
});

it('the walk of ARCHITECTURE.md is what the compiler prints', () => {
  const page = readFileSync(join(ROOT, 'ARCHITECTURE.md'), 'utf8');
  const [, shown] = /\*\*IR\*\*[\s\S]*?^```\n([\s\S]*?)^```$/m.exec(page)!;
  const { value } = compileScript(new SourceFile('walk.sh', 'a && b || c\n'), { granularity: 'command' });
  const blocks = value!.ir().split(/^(?=b\d+:)/m);
  for (const block of shown!.split(/^(?=b\d+:)/m)) assert.ok(blocks.includes(block), block);
});
