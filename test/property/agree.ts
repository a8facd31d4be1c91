/** Does sh2sfn do with a script what bash does? */
import { runBash } from '../spec/runner/bash.ts';
import { commandOf, differences, type Judge, refusalOf } from '../spec/runner/judge.ts';
import { runScript } from '../spec/runner/sandbox.ts';

/** `same`, `refused` with a code, `unstable` (bash itself does not repeat, or takes long), or what differs. */
export type Answer =
  | { kind: 'same' }
  | { kind: 'unstable' }
  | { kind: 'refused'; code: string }
  | { kind: 'differs'; text: string };

/** Milliseconds that bash may take: longer scripts say nothing more. */
const patience = 3_000;

export async function agree(code: string, judge: Judge): Promise<Answer> {
  const script = { code, args: [] };
  const options = { timeout: patience };
  const bash = await runBash(script, false, options);
  if (bash.status < 0) return { kind: 'unstable' };
  const run = () => runScript(commandOf(judge), script, { timeout: 60_000 });
  let got = await run();
  let found = differences(bash, got, false);
  if (found.length === 0) return { kind: 'same' };
  const refusal = refusalOf(got);
  if (refusal) return { kind: 'refused', code: refusal };
  // Chance, on either side? What bash does even once is right, and so is what sh2sfn then does.
  for (let attempt = 0; attempt < 4; attempt++) {
    const again = await runBash(script, true, options);
    if (differences(bash, again, false).length > 0) return { kind: 'unstable' };
  }
  got = await run();
  found = differences(bash, got, false);
  if (found.length === 0) return { kind: 'same' };
  return {
    kind: 'differs',
    text: [...found, `stderr of bash: ${bash.stderr}`, `stderr here: ${got.stderr}`].join('\n'),
  };
}
