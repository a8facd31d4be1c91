/**
 * Compile time beside the bare parser, by length of the script: as commands (a Node that loads unbash and parses the
 * file, against `sh2sfn compile --emit asl`), and the stages alone in a warm process.
 *
 * unbash parses a word's parts and nested scripts when they are first asked for; a parse here is a parse with all of the
 * tree visited. Of a definition that would have more than 1 MiB, some are made: where commands share steps for that, the
 * row says how many have their own.
 */

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { forEachChild, parse, type SyntaxNode } from 'unbash';
import { compileScript } from '../src/compile.ts';
import { SourceFile } from '../src/source/source-file.ts';
import { type Benchmark, inTurn, ROOT, sh2sfn, timeRow, warm } from './measure.ts';
import { mixedScript } from './mixed-script.ts';

const visit = (node: SyntaxNode): void => forEachChild(node, visit);

const PARSER = `
import { readFileSync } from 'node:fs';
import { forEachChild, parse } from 'unbash';
const visit = (node) => forEachChild(node, visit);
visit(parse(readFileSync(process.argv[1], 'latin1')));
`;

function execute(words: readonly string[]): void {
  const { status } = spawnSync(words[0]!, words.slice(1), { cwd: ROOT, stdio: 'ignore' });
  if (status !== 0) throw new Error(`${words.join(' ')}: status ${status}`);
}

export const bench: Benchmark = async (print) => {
  const directory = mkdtempSync(join(tmpdir(), 'bench-'));
  const perLine: Record<string, number> = {};
  try {
    for (const [lines, rounds] of [
      [10, 9],
      [1000, 7],
      [10_000, 5],
    ] as const) {
      const text = mixedScript(lines);
      const file = join(directory, `${lines}.sh`);
      writeFileSync(file, text);
      const compile = (granularity: 'auto' | 'command') => compileScript(new SourceFile(file, text), { granularity });
      const divided = (granularity: 'auto' | 'command') => {
        const { split, commands, reasons } = compile(granularity).value!.bundle.manifest.statistics;
        return reasons['definition-size'] ? { note: `${split} of ${commands} commands have steps: 1 MiB is full` } : {};
      };
      const shown = lines.toLocaleString('en');
      const emit = (granularity: string) => sh2sfn('compile', '--emit', 'asl', '--granularity', granularity, file);
      if (lines === 1000) warm(() => execute(emit('command')));
      const commands = await inTurn(rounds, {
        parser: () => execute([process.execPath, '--input-type=module', '-e', PARSER, file]),
        auto: () => execute(emit('auto')),
        command: () => execute(emit('command')),
      });
      const stages = await inTurn(rounds * (lines < 100 ? 30 : 1), {
        lazy: () => parse(text),
        parser: () => visit(parse(text)),
        auto: () => compile('auto'),
        command: () => compile('command'),
      });
      for (const granularity of ['auto', 'command'] as const) {
        const what = `${shown} lines, ${granularity}`;
        const goal = { most: 2.5 };
        const note = divided(granularity);
        print(
          timeRow(`${what}: command`, commands[granularity], 'node that parses', commands.parser, { goal, ...note }),
        );
        print(timeRow(`${what}: stages, warm`, stages[granularity], 'parser, whole tree', stages.parser, { goal }));
        perLine[`${granularity} ${lines}`] = stages[granularity] / lines;
      }
      print(timeRow(`${shown} lines: parser, whole tree`, stages.parser, 'parser, parts left unread', stages.lazy));
    }
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
  for (const granularity of ['auto', 'command']) {
    const [small, large] = [perLine[`${granularity} 1000`]!, perLine[`${granularity} 10000`]!];
    const what = `a line of 10,000, ${granularity}: stages`;
    print(timeRow(what, large, 'a line of 1,000', small, { goal: { most: 1.25 } }));
  }
};
