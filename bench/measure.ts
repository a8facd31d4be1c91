/**
 * What the benchmarks share. Every figure stands beside another one of the same run: the two are taken in turn, so that
 * whatever else the machine does meets both, and the medians are compared. Nothing here is a test.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

export interface Row {
  /** What was measured, and what it is beside. */
  what: string;
  beside: string;
  /** Both figures, as shown. */
  measured: string;
  other: string;
  ratio: number;
  /** The ratio that we want: at most, or at least. */
  goal?: { most: number } | { least: number };
  note?: string;
}

/** A benchmark: its rows, printed as they come. */
export type Benchmark = (print: (row: Row) => void) => void | Promise<void>;

export const ROOT = join(import.meta.dirname, '..');
export const CLI = join(ROOT, 'bin/sh2sfn.js');

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

type Task = () => unknown;

/** Runs the tasks in turn, `rounds` times after one round that does not count; answers each one's median milliseconds. */
export async function inTurn<Name extends string>(
  rounds: number,
  tasks: Record<Name, Task>,
): Promise<Record<Name, number>> {
  const names = Object.keys(tasks) as Name[];
  const times = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<Name, number[]>;
  for (let round = -1; round < rounds; round += 1) {
    for (const name of names) {
      const start = performance.now();
      await tasks[name]();
      if (round >= 0) times[name].push(performance.now() - start);
    }
  }
  return Object.fromEntries(names.map((name) => [name, median(times[name])])) as Record<Name, number>;
}

/** Runs a command to its end and answers what it printed; it must succeed. */
export function command(words: readonly string[], cwd: string = ROOT): string {
  const [program, ...args] = words;
  const result = spawnSync(program!, args, { cwd, encoding: 'latin1', maxBuffer: 2 ** 28 });
  if (result.status !== 0) throw new Error(`${words.join(' ')}: status ${result.status}\n${result.stderr}`);
  return result.stdout;
}

/** Runs a command of sh2sfn as often as runs add to the compiled code that later ones start from (bin/sh2sfn.js). */
export function warm(run: () => unknown): void {
  for (let turn = 0; turn < 16; turn += 1) run();
}

/** The command line of sh2sfn, in the Node that runs the benchmarks. */
export function sh2sfn(...args: string[]): string[] {
  return [process.execPath, CLI, ...args];
}

/** A time in the unit that suits it. */
export function showTime(milliseconds: number): string {
  if (milliseconds >= 10_000) return `${(milliseconds / 1000).toFixed(1)} s`;
  return milliseconds >= 100 ? `${milliseconds.toFixed(0)} ms` : `${milliseconds.toPrecision(2)} ms`;
}

/** A row of two times. */
export function timeRow(
  what: string,
  ours: number,
  beside: string,
  other: number,
  rest: Pick<Row, 'goal' | 'note'> = {},
): Row {
  return { what, beside, measured: showTime(ours), other: showTime(other), ratio: ours / other, ...rest };
}
