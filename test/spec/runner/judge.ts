/** Compares what sh2sfn does with what bash does. */
import { join } from 'node:path';
import type { Outcome } from './sandbox.ts';

export type Judge = 'auto' | 'command' | 'lambda';

/** The executable, as users run it; SPEC_CLI names another build's. */
export const cli = process.env.SPEC_CLI ?? join(import.meta.dirname, '../../../bin/sh2sfn.js');

/** The command that a judge runs a script with. `node` is found by its full path: the case's PATH is the script's. */
export function commandOf(judge: Judge, granularity = judge === 'command' ? 'command' : 'auto'): string[] {
  return [process.execPath, cli, 'run', '--granularity', granularity, ...(judge === 'lambda' ? ['--lambda'] : [])];
}

/** The code of the diagnostic by which a script was refused before anything ran, if it was. */
export function refusalOf(outcome: Outcome): string | undefined {
  if (outcome.status !== 2 || outcome.stdout !== '' || Object.keys(outcome.files).length > 0) return undefined;
  return /error\[(SH\d{4})/.exec(outcome.stderr)?.[1];
}

/** Messages without their positions: `name: line 3: ` says where, in words that may differ. */
export function withoutPositions(stderr: string): string {
  return stderr.replace(/^[^\s:]+: (?:(?:eval|warning): )?(?:line \d+: )?/gm, '');
}

/** The parts in which two outcomes differ, each with both sides; empty where they agree. */
export function differences(expected: Outcome, got: Outcome, stderr: boolean): string[] {
  const found: string[] = [];
  const compare = (part: string, a: unknown, b: unknown) => {
    const [left, right] = [JSON.stringify(a), JSON.stringify(b)];
    if (left !== right) found.push(`${part}\n  bash: ${left}\n  here: ${right}`);
  };
  compare('stdout', expected.stdout, got.stdout);
  compare('status', expected.status, got.status);
  compare('files', expected.files, got.files);
  if (stderr) compare('stderr', withoutPositions(expected.stderr), withoutPositions(got.stderr));
  return found;
}
