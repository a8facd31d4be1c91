/** A user at a terminal: a directory with scripts, sh2sfn in this process, and bash to compare with. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { main } from '../../src/cli/command-line.ts';
import type { Session } from '../../src/cli/session.ts';

export interface Result {
  status: unknown;
  out: string;
  err: string;
}

export class Terminal {
  readonly cwd = mkdtempSync(join(tmpdir(), 'sh2sfn-terminal-'));

  async sh2sfn(...args: string[]): Promise<Result> {
    const result: Result = { status: 0, out: '', err: '' };
    const session: Session = {
      stdout: (data) => {
        result.out += Buffer.from(data).toString();
      },
      stderr: (data) => {
        result.err += Buffer.from(data).toString();
      },
      env: process.env,
      cwd: this.cwd,
      color: { stdout: false, stderr: false },
      format: 'text',
    };
    result.status = await main(args, session);
    return result;
  }

  bash(script: string, ...args: string[]): Result {
    const { status, stdout, stderr } = spawnSync('bash', [script, ...args], { cwd: this.cwd, encoding: 'utf8' });
    return { status, out: stdout, err: stderr };
  }

  write(name: string, text: string, mode = 0o755): void {
    writeFileSync(join(this.cwd, name), text, { mode });
  }

  remove(): void {
    rmSync(this.cwd, { recursive: true });
  }
}
