/** What a command sees of the process it runs in, so that tests can run it in theirs. */
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { type Format, renderDiagnostics } from '../diagnostics/render.ts';
import type { Granularity } from '../ir/lower/context.ts';
import type { SourceFile } from '../source/source-file.ts';
import { VERSION } from './version.ts';

export interface Session {
  /** Writes to standard output, whole; throws where that is impossible. */
  stdout: (data: string | Uint8Array) => void;
  stderr: (data: string | Uint8Array) => void;
  env: Record<string, string | undefined>;
  cwd: string;
  /** The process's words or variables as the system has them: bytes, one code unit each. */
  raw?: (what: 'cmdline' | 'environ') => string[];
  /** The descriptors above 2 that the process's caller has opened for the script. */
  descriptors?: () => ReadonlySet<number>;
  /** The process ends with the outcome: a signal that comes when the script is over changes nothing. */
  ends?: boolean;
  /** Colours are welcome on that stream. */
  color: { stdout: boolean; stderr: boolean };
  /** Format of diagnostics on standard error. */
  format: Format;
}

/** How finely a script may be split. */
export const GRANULARITIES: readonly Granularity[] = ['command', 'auto', 'script'];

/** What options are where they are not given. */
export const DEFAULTS = { diagnostics: 'text', granularity: 'auto' } as const;

/** How a command ended: an exit status, or the signal that the process is to die of. */
export type Outcome = number | NodeJS.Signals;

/** Exit statuses of the manual. `run` and `start` end with the script's own. */
export const STATUS = { ok: 0, failed: 1, refused: 2, interrupted: 130 } as const;

/** Colours as NO_COLOR, FORCE_COLOR and the stream say. */
export function wantsColor(env: Session['env'], isTTY: boolean): boolean {
  if (env.NO_COLOR) return false;
  if (env.FORCE_COLOR) return env.FORCE_COLOR !== '0';
  return isTTY && env.TERM !== 'dumb';
}

/** Prints diagnostics on standard error in the session's format. */
export function report(session: Session, diagnostics: readonly Diagnostic[], source?: SourceFile): void {
  if (diagnostics.length === 0 && session.format !== 'json' && session.format !== 'sarif') return;
  session.stderr(
    renderDiagnostics(diagnostics, source, { format: session.format, color: session.color.stderr, version: VERSION }),
  );
}
