/** Does sh2sfn do with a script what bash does? */
import type { Script } from '../spec/runner/case-file.ts';
import { withoutPositions } from '../spec/runner/judge.ts';
import type { Outcome } from '../spec/runner/sandbox.ts';
import { type Granularity, runBashHere, runHere } from './here.ts';

/**
 * `same`, `refused` with a code, `unstable` (bash itself does not repeat, or takes long), or what differs; `chance` where
 * it did so only once.
 */
export type Answer =
  | { kind: 'same' }
  | { kind: 'unstable' }
  | { kind: 'refused'; code: string }
  | { kind: 'differs'; text: string; chance: boolean };

/** Milliseconds that bash may take: longer scripts say nothing more. */
const patience = 1_500;

/** The parts in which two outcomes differ, each with both sides. Messages of parallel stages come in any order. */
function differences(bash: Outcome, here: Outcome): string[] {
  const found: string[] = [];
  const compare = (part: string, a: unknown, b: unknown): void => {
    const [left, right] = [JSON.stringify(a), JSON.stringify(b)];
    if (left !== right) found.push(`${part}\n  bash: ${left}\n  here: ${right}`);
  };
  const messages = (text: string): string[] => withoutPositions(text).split('\n').sort();
  compare('stdout', bash.stdout, here.stdout);
  compare('status', bash.status, here.status);
  compare('files', bash.files, here.files);
  compare('stderr', messages(bash.stderr), messages(here.stderr));
  return found;
}

/** Judges a script under each granularity; bash runs once for all of them. */
export async function agree(script: Script, granularities: readonly Granularity[]): Promise<Answer[]> {
  const bash = await runBashHere(script, patience);
  if (bash.refused !== undefined || bash.status < 0) return granularities.map(() => ({ kind: 'unstable' }));
  const answers: Answer[] = [];
  for (const granularity of granularities) {
    const run = () => runHere(script, granularity, 60_000);
    const got = await run();
    if (got.refused !== undefined) {
      answers.push({ kind: 'refused', code: got.refused });
      continue;
    }
    const found = differences(bash, got);
    if (found.length === 0) {
      answers.push({ kind: 'same' });
      continue;
    }
    // Chance, on either side? What bash does even once is right, and so is what sh2sfn then does.
    let stable = true;
    for (let attempt = 0; attempt < 6 && stable; attempt += 1) {
      const again = await runBashHere(script, patience);
      stable = again.refused === undefined && differences(bash, again).length === 0;
    }
    if (!stable) {
      answers.push({ kind: 'unstable' });
      continue;
    }
    const second = await run();
    const chance = second.refused === undefined && differences(bash, second).length === 0;
    answers.push({ kind: 'differs', text: found.join('\n'), chance });
  }
  return answers;
}
