/** Runs a command line. */
import { reportError } from './errors.ts';
import { DEFAULTS, type Outcome, type Session } from './session.ts';

/** Runs a command line and answers how it ended; throws only what is thrown because a stream cannot be written to. */
export async function main(args: readonly string[], session: Session): Promise<Outcome> {
  try {
    const words = wordsOfPlainRun(args);
    if (words) {
      const { runCommand } = await import('./commands/run.ts');
      return await runCommand(words, { granularity: DEFAULTS.granularity }, session);
    }
    const { runProgram } = await import('./program.ts');
    return await runProgram(args, session);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).syscall === 'write') throw error;
    return reportError(session, error);
  }
}

/**
 * The words of `run SCRIPT [ARG...]`, what is typed most: what follows the script is its own, so that there are no
 * options to parse. Loading and setting up the parser of options takes a third of the time that Node takes to start.
 */
function wordsOfPlainRun([command, script, ...args]: readonly string[]): string[] | undefined {
  return command === 'run' && script !== undefined && !script.startsWith('-') ? [script, ...args] : undefined;
}
