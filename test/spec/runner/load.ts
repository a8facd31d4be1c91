/** Finds the spec cases, and picks the sample that a short run judges. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseCaseFile, type SpecCase } from './case-file.ts';

export const specDirectory = join(import.meta.dirname, '..');

/** Names of the case files, without `.test.sh`. */
export function caseFiles(): string[] {
  return readdirSync(specDirectory)
    .filter((name) => name.endsWith('.test.sh'))
    .map((name) => name.replace(/\.test\.sh$/, ''))
    .sort();
}

/** All cases of a file. */
export function loadCases(file: string): { header: string; cases: SpecCase[] } {
  return parseCaseFile(file, readFileSync(join(specDirectory, `${file}.test.sh`), 'latin1'));
}

/** A number that belongs to a case's name, so that adding cases does not move the others in or out of a sample. */
export function ticket({ file, name }: Pick<SpecCase, 'file' | 'name'>): number {
  return createHash('sha256').update(`${file}\0${name}`, 'latin1').digest().readUInt32BE();
}

/** About `size` of the cases, the same ones every time. */
export function sampleOf(cases: readonly SpecCase[], size: number): SpecCase[] {
  const limit = (size / cases.length) * 2 ** 32;
  return cases.filter((spec) => ticket(spec) < limit);
}
