/** Builtins that use the shell's table of jobs. */
import type { Command } from '../../parse/ast.ts';
import { argumentValues, commandName, JOB_COMMANDS } from '../facts.ts';

/** `%1` and the like name jobs; words that only run time knows may, where the script has such a text. */
const namesJobs = (command: Command, text: string): boolean =>
  command.args.some(({ text: word }) => /^["']?%/.test(word)) || /[=\s"'](%(\d+|[%+-])(?=["'\s;)]|$)|%\?)/m.test(text);

/** Signals of which bash says nothing when they end a job. */
const SILENT = /^(0|1[35]|2|(SIG)?(INT|PIPE|TERM|CONT|STOP|TSTP|CHLD|WINCH|URG))$/i;

/** Where a script learns the process ids of its jobs. */
const TELLS_JOBS = /\$!|\$\{!|\bjobs\b/;

/** Programs that kill jobs by name: the shell that has started one tells of that, while it is there. */
export const KILLERS: readonly string[] = ['pkill', 'killall', 'killall5', 'fuser', 'skill'];

/** True if `kill` sends a signal of which the job's own shell would have something to say. */
function isReported(command: Command): boolean {
  const [first, second] = argumentValues(command);
  if (first === undefined || first === null || !/^-./.test(first) || first === '--') return false;
  if (/^-n$/i.test(first) && second === undefined) return false;
  const signal = /^-[sn]$/.test(first) ? second : first.slice(1);
  return !signal || !SILENT.test(signal);
}

/**
 * True if a command may ask for jobs of its own shell.
 * @param text of the whole script; it shows where `kill` goes by process id, to which it is nothing whose child that is
 */
export function isJobCommand(command: Command, text?: string): boolean {
  const name = commandName(command) ?? '';
  if (name !== 'kill') return JOB_COMMANDS.includes(name);
  // It names signals, and sends none.
  if (/^-l$/i.test(argumentValues(command)[0] ?? '')) return false;
  return text === undefined || namesJobs(command, text) || (isReported(command) && TELLS_JOBS.test(text));
}
