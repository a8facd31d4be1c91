/** Runs a command line. */
import type { Granularity } from '../ir/lower/context.ts';
import { reportError } from './errors.ts';
import { DEFAULTS, GRANULARITIES, type Outcome, type Session } from './session.ts';

/** Runs a command line and answers how it ended; throws only what is thrown because a stream cannot be written to. */
export async function main(args: readonly string[], session: Session): Promise<Outcome> {
  try {
    const run = plainRun(args);
    if (run) {
      const { runCommand } = await import('./commands/run.ts');
      return await runCommand(run.words, run.options, session);
    }
    const { runProgram } = await import('./program.ts');
    return await runProgram(args, session);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).syscall === 'write') throw error;
    return reportError(session, error);
  }
}

/** A run without options that need a parser. */
interface PlainRun {
  words: string[];
  options: { granularity: Granularity; command?: true };
}

/**
 * `run SCRIPT [ARG...]`, what is typed most, also with `-g` or `-c`: what follows the script is its own. Loading and setting up
 * the parser of options takes a third of the time that Node takes to start.
 */
function plainRun([command, ...args]: readonly string[]): PlainRun | undefined {
  if (command !== 'run') return undefined;
  const options: PlainRun['options'] = { granularity: DEFAULTS.granularity };
  let at = 0;
  for (; args[at]?.startsWith('-'); at += 1) {
    if (args[at] === '-c') options.command = true;
    else if (args[at] === '-g' || args[at] === '--granularity') {
      at += 1;
      const how = GRANULARITIES.find((name) => name === args[at]);
      if (!how) return undefined;
      options.granularity = how;
    } else return undefined;
  }
  return args[at] === undefined ? undefined : { words: args.slice(at), options };
}
