/** Peak memory of a Node process, as the kernel counted it. */
import { readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { command } from './measure.ts';

/** Runs Node with these arguments and answers its peak resident set in MiB. What it prints is thrown away. */
export function peakMemory(args: readonly string[], cwd: string): number {
  const file = join(tmpdir(), `peak-${process.pid}`);
  const hook = `import { writeFileSync } from 'node:fs';
process.on('exit', () => writeFileSync(${JSON.stringify(file)}, String(process.resourceUsage().maxRSS)));`;
  const preload = `data:text/javascript,${encodeURIComponent(hook)}`;
  try {
    command([process.execPath, '--import', preload, ...args], cwd);
    return Number(readFileSync(file, 'utf8')) / 1024;
  } finally {
    rmSync(file, { force: true });
  }
}

/** A peak as shown. */
export function showMemory(mebibytes: number): string {
  return `${mebibytes.toFixed(0)} MiB`;
}
