/**
 * The published figures: `npm run conformance -- … --record` keeps them in docs/conformance.json, and the table of
 * docs/conformance.md is made from that.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const docs = join(import.meta.dirname, '../docs');
const DATA = join(docs, 'conformance.json');
export const PAGE = join(docs, 'conformance.md');

/** What one run found. */
export interface Figures {
  /** What was run: a suite, the spec cases, or a folder. */
  scripts: string;
  granularity: string;
  /** Scripts, and how many of 100 were identical, refused and wrong. */
  count: number;
  identical: number;
  refused: number;
  wrong: number;
  /** Simple commands, those with a step of their own, and the same outside control structures, functions and substitutions. */
  commands: number;
  split: number;
  plain: number;
  plainSplit: number;
}

export function readFigures(): Figures[] {
  return JSON.parse(readFileSync(DATA, 'utf8')) as Figures[];
}

/** Keeps the figures of a run in place of those of the last run of the same scripts. */
export function record(figures: Figures): void {
  const key = ({ scripts, granularity }: Figures): string => `${scripts}\0${granularity}`;
  const all = [...readFigures().filter((other) => key(other) !== key(figures)), figures];
  all.sort((a, b) => (key(a) < key(b) ? -1 : 1));
  writeFileSync(DATA, `${JSON.stringify(all, null, 2)}\n`);
  writeFileSync(PAGE, withTable(readFileSync(PAGE, 'utf8'), all));
}

const BEGIN = '<!-- figures: made by `npm run conformance -- … --record` -->';
const END = '<!-- end of the figures -->';

/** The page with the table of the figures. */
export function withTable(page: string, figures: readonly Figures[]): string {
  const share = (part: number, whole: number): string => (whole === 0 ? '–' : `${((100 * part) / whole).toFixed(1)} %`);
  const rows = figures.map((f) => {
    const ratios = [share(f.split, f.commands), share(f.plainSplit, f.plain)];
    const outcomes = [f.identical, f.refused, f.wrong].map((percent) => `${percent.toFixed(1)} %`);
    return `| ${[f.scripts, f.granularity, f.count, ...outcomes, ...ratios].join(' | ')} |`;
  });
  const table = [
    '| scripts | granularity | number | identical | refused | wrong | split ratio | outside control structures |',
    '| --- | --- | --: | --: | --: | --: | --: | --: |',
    ...rows,
  ].join('\n');
  const [before, rest] = [page.slice(0, page.indexOf(BEGIN)), page.slice(page.indexOf(END))];
  return `${before}${BEGIN}\n${table}\n${rest}`;
}
