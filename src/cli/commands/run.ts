/** `sh2sfn run`: compiles and executes on the embedded engine, with the terminal's own standard streams. */
import type { Compiled } from '../../compile.ts';
import { createDiagnostic } from '../../diagnostics/catalog.ts';
import { DiagnosticError, hasErrors } from '../../diagnostics/diagnostic.ts';
import type { SourceFile } from '../../source/source-file.ts';
import { bytesOfWords } from '../bytes.ts';
import type { CompileFlags } from '../compile.ts';
import { abandon, type Counts, executeLocally, prepare } from '../execute.ts';
import { commandSource, readScript } from '../script.ts';
import { type Outcome, report, type Session, STATUS } from '../session.ts';
import { checkEnvironment, environmentWords, namesImported, setWords } from '../shell-options.ts';
import { refuseInput } from '../standard-input.ts';
import { usageError } from '../usage.ts';
import { which } from '../which.ts';

export interface RunCommandOptions extends CompileFlags {
  /** The first argument is the text of the script, not its name. */
  command?: boolean;
  errexit?: boolean;
  nounset?: boolean;
  xtrace?: boolean;
  /** Names given with `-o`, in order. */
  option?: string[];
  lambda?: boolean;
  /** Count what the run did, on standard error when it has ended. */
  stats?: boolean;
}

export async function runCommand(args: string[], options: RunCommandOptions, session: Session): Promise<Outcome> {
  // As with bash, a dash by itself ends the options before a line.
  const [first, ...rest] = options.command && args[0] === '-' ? args.slice(1) : args;
  if (first === undefined) {
    throw options.command
      ? usageError('`-c` wants a command line', "write `sh2sfn run -c 'LINE'`")
      : usageError('`run` wants a script', "write `sh2sfn run SCRIPT [ARG...]`, or `sh2sfn run -c 'LINE'`");
  }
  const set = setWords(options);
  checkEnvironment(session.env);
  let source: SourceFile;
  const [firstBytes, ...restBytes] = bytesOfWords([first, ...rest], session) as [string, ...string[]];
  let argv0 = firstBytes;
  let positional = restBytes;
  if (options.command) {
    // As with bash, what follows the line is its $0 and its arguments.
    source = commandSource(firstBytes);
    argv0 = restBytes[0] ?? 'bash';
    positional = restBytes.slice(1);
  } else source = readScript(first, session.cwd, firstBytes);
  const bash = which('bash', session.env.PATH);
  const execution = {
    bash,
    argv0,
    args: positional,
    inline: options.command ? firstBytes : undefined,
    set,
    posix: options.posix ?? false,
    lambda: options.lambda ?? false,
  };
  // The first shell starts while the script is compiled.
  const prepared = bash !== undefined ? prepare(execution, session) : undefined;
  let compiled: Compiled | undefined;
  try {
    compiled = await compileForRun(source, options, session, set);
  } finally {
    if (prepared && !compiled) await abandon(prepared, session);
  }
  if (!compiled) return STATUS.refused;
  if (bash === undefined) {
    throw new DiagnosticError(
      createDiagnostic('SH9003', {
        message: 'there is no bash in PATH',
        hints: ['install bash, or put its directory in PATH; `sh2sfn doctor` checks the rest'],
      }),
    );
  }
  const { outcome, diagnostics, counts } = await executeLocally(compiled.bundle, execution, session, prepared);
  report(session, diagnostics, source);
  if (options.stats) session.stderr(renderCounts(counts()));
  return outcome;
}

/** Compiles; answers nothing where the script is refused. */
async function compileForRun(
  source: SourceFile,
  options: RunCommandOptions,
  session: Session,
  set: readonly string[],
): Promise<Compiled | undefined> {
  // The compiler is loaded while the first shell starts.
  const { compileForCommand } = await import('../compile.ts');
  const known = [...environmentWords(session.env), ...set];
  const flags = { ...options, withoutFiles: !options.lambda };
  // One shell runs it all: such a function may tie what follows to that.
  if (!options.lambda && namesImported(session.env, source.text)) flags.granularity = 'script';
  const compiled = await compileForCommand(source, flags, session, known);
  if (!compiled) return undefined;
  if (options.lambda) {
    // What cannot run in functions of its own is refused as deploy refuses it; the programs are this machine's.
    const { checkDeployable } = await import('../../deploy/check.ts');
    const refusals = checkDeployable(compiled.bundle.manifest, { programs: false });
    report(session, refusals, source);
    if (hasErrors(refusals)) return undefined;
    refuseInput();
  }
  return compiled;
}

/** One line: transitions beside the commands that steps executed; those inside a fused step count as one. */
function renderCounts({ transitions, commands, others }: Counts): string {
  const ratio = commands === 0 ? '' : ` (${(transitions / commands).toFixed(2)} a command)`;
  return `transitions ${transitions}, commands ${commands}${ratio}, other steps ${others}\n`;
}
