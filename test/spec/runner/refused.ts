/** test/spec/refused.txt: the cases that sh2sfn refuses for now, each with the code of its diagnostic. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Judge } from './judge.ts';
import { specDirectory } from './load.ts';

export const refusedPath = join(specDirectory, 'refused.txt');

/** Key of a case under a judge. */
export function refusalKey(file: string, name: string, judge: Judge): string {
  return `${file}\t${name}\t${judge}`;
}

/** Key → code. A line is file, case, judge and code, separated by tabs. */
export function loadRefused(): Map<string, string> {
  const known = new Map<string, string>();
  if (!existsSync(refusedPath)) return known;
  for (const line of readFileSync(refusedPath, 'latin1').split('\n')) {
    if (line === '' || line.startsWith('#')) continue;
    const at = line.lastIndexOf('\t');
    known.set(line.slice(0, at), line.slice(at + 1));
  }
  return known;
}

/** Writes the table, sorted. */
export function saveRefused(known: ReadonlyMap<string, string>): void {
  const lines = [...known].map(([key, code]) => `${key}\t${code}`).sort();
  const head = '# Cases that sh2sfn refuses for now: file, case, judge, code. Written by SPEC_REFUSED=write.\n';
  writeFileSync(refusedPath, head + lines.map((line) => `${line}\n`).join(''), 'latin1');
}
