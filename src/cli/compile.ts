/** Compiles for a command: reads, refuses, reports. */
import { type Compiled, type CompileOptions, type CompileResult, compileScript } from '../compile.ts';
import { type Diagnostic, hasErrors } from '../diagnostics/diagnostic.ts';
import type { SourceFile } from '../source/source-file.ts';
import { checkText, userFiles } from './script.ts';
import { report, type Session } from './session.ts';

/** Options that every command which compiles takes. */
export interface CompileFlags {
  granularity?: CompileOptions['granularity'];
  posix?: boolean;
  name?: string;
  /** Report errors only. */
  quiet?: boolean;
  /** The files of the user's that the steps name are not wanted: nobody packs them. */
  withoutFiles?: boolean;
}

/** Characters of a script from which on it is worth a change of V8's settings. */
const LARGE = 4_096;

async function compileFast(source: SourceFile, options: CompileOptions): Promise<CompileResult> {
  if (source.text.length < LARGE) return compileScript(source, options);
  const { withCheapTiers } = await import('./tiering.ts');
  return withCheapTiers(source.text.length, () => compileScript(source, options));
}

/** What bash reads nowhere, whatever another parser says. */
const REFUSED =
  /^(expected compound command as function body|unexpected token 'in'|expected command in subshell)$|: an extended pattern, without/;

/** True if bash surely cannot read the first line: what it says of that in a step would show text of the step's own. */
const surelyRefused = (diagnostics: readonly Diagnostic[], { text }: SourceFile): boolean =>
  // Within backticks, bash reads it only when it comes there.
  diagnostics.some(
    ({ message, labels }) => REFUSED.test(message) && !/[\n`]/.test(text.slice(0, labels[0]!.span.start)),
  );

/** Compiles, reports what there is to say, and answers nothing where the script is refused. */
export async function compileForCommand(
  source: SourceFile,
  flags: CompileFlags,
  session: Session,
  set: readonly string[] = [],
): Promise<Compiled | undefined> {
  const refusals = checkText(source);
  const options: CompileOptions = {
    granularity: flags.granularity,
    posix: flags.posix,
    name: flags.name,
    set,
    readFile: flags.withoutFiles ? undefined : userFiles(session.cwd),
    readLibrary: userFiles(session.cwd),
  };
  let result: CompileResult = refusals.length > 0 ? { diagnostics: refusals } : await compileFast(source, options);
  const fault = result.diagnostics.find((d) => d.code === 'SH1001');
  if (fault && !surelyRefused(result.diagnostics, source)) {
    const { secondOpinion } = await import('../parse/second-opinion.ts');
    if (await secondOpinion(source.text, fault.labels[0]!.span.start))
      result = await compileFast(source, { ...options, opaque: 'parser' });
  }
  const shown = flags.quiet ? result.diagnostics.filter((d) => d.severity === 'error') : result.diagnostics;
  report(session, shown, source);
  return hasErrors(result.diagnostics) ? undefined : result.value;
}
