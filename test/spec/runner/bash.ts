/** What real bash does with a script: run once, then remembered by digest below node_modules/.cache. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Script } from './case-file.ts';
import { type Outcome, type RunOptions, runScript } from './sandbox.ts';

const cache = join(import.meta.dirname, '../../../node_modules/.cache/sh2sfn/bash');
const version = execFileSync('bash', ['--version']).toString().split('\n')[0]!;

/** Bash's outcome for a script. `fresh` runs it even where the cache knows it. */
export async function runBash(script: Script, fresh = false, options: RunOptions = {}): Promise<Outcome> {
  const key = createHash('sha256')
    .update(JSON.stringify([2, version, process.getuid?.() === 0, script.code, script.args, script.stdin ?? null]))
    .update(script.given ? JSON.stringify(script.given) : '')
    .digest('hex');
  const path = join(cache, key.slice(0, 2), `${key}.json`);
  // What lies around the script is not part of the key.
  const cached = !fresh && options.root === undefined;
  if (cached) {
    try {
      return JSON.parse(readFileSync(path, 'utf8')) as Outcome;
    } catch {
      // Not known yet.
    }
  }
  const outcome = await runScript(['bash'], script, options);
  if (outcome.status >= 0 && options.root === undefined) {
    mkdirSync(join(path, '..'), { recursive: true });
    writeFileSync(`${path}.${process.pid}`, JSON.stringify(outcome));
    renameSync(`${path}.${process.pid}`, path);
  }
  return outcome;
}
