/** Which parts of a script start background jobs, and which use the shell's table of them. */
import { type Command, forEachChild, type SyntaxNode, some } from '../../parse/ast.ts';
import { argumentValues, commandName, DYNAMIC, readsLastJob, textOf } from '../facts.ts';
import { isJobCommand } from './job-commands.ts';

/** What may start a job besides `&`. */
export interface JobStarters {
  /** Functions that start jobs. */
  jobFunctions: ReadonlySet<string>;
  /** Names of functions that the text does not show; they may call those. */
  foundNames: ReadonlySet<string>;
  /** Commands whose jobs no other shell comes to see. */
  carried: ReadonlyMap<SyntaxNode, unknown>;
  /** Commands of which the runtime sees that they start none, or keeps what follows with them. */
  judged: ReadonlySet<SyntaxNode>;
  /** As well, but the functions that they define may have to do with jobs. */
  seen: ReadonlySet<SyntaxNode>;
  /** Traps whose handlers start jobs. */
  startingTraps: ReadonlySet<SyntaxNode>;
  /** Lists whose jobs nothing outside them asks for. */
  contained: ReadonlySet<SyntaxNode>;
  /** Something asks for jobs that its own list need not have started: a job of text that only run time knows, for one. */
  asksForAny: boolean;
  facts: { asksForJobs: boolean; startsJobs: boolean; lastpipe: boolean };
}

/** Files of a system that hold assignments of plain values, and by their format nothing else: os-release(5). */
const DATA_FILES: ReadonlySet<string> = new Set(['/etc/os-release', '/usr/lib/os-release', '/etc/lsb-release']);

/** True if a command evaluates a text or file that may have to do with jobs. */
export function evaluatesText(command: Command): boolean {
  const name = commandName(command);
  if (typeof name !== 'string' || !DYNAMIC.has(name)) return false;
  const [file, ...args] = argumentValues(command);
  return name === 'eval' || args.length > 0 || !DATA_FILES.has(file ?? '');
}

/** True of a statement that is a job. */
export const isJob = (node: SyntaxNode): boolean => node.type === 'Statement' && node.background === true;

/** True if a command evaluates a text of the script's that starts a job. */
export function startsByText(command: Command): boolean {
  if (commandName(command) !== 'eval' || !command.args.some(({ text }) => text.includes('&'))) return false;
  const given = textOf(command.args);
  return given !== undefined && some(given.script, isJob);
}

/** True if a node starts background jobs that the shell around it owns (those of a subshell or substitution are its own). */
export function startsJobs(node: SyntaxNode, starters: JobStarters): boolean {
  if (!starters.facts.startsJobs && !starters.facts.asksForJobs) return false;
  if (starters.contained.has(node)) return false;
  switch (node.type) {
    case 'Statement':
      return node.background === true || startsJobs(node.command, starters);
    case 'Coproc':
      return true;
    case 'Subshell':
    case 'Function':
    case 'Word':
    case 'Assignment':
    case 'Redirect':
    case 'HereDoc':
    case 'HereString':
    case 'ArithmeticCommand':
    case 'TestCommand':
      return false;
    case 'Pipeline':
      if (node.commands.length > 1 && !starters.facts.lastpipe) return false;
      return startsJobs(node.commands[node.commands.length - 1]!, starters);
    case 'Command': {
      const name = commandName(node);
      const { jobFunctions, foundNames, facts, asksForAny } = starters;
      if (starters.carried.has(node) || starters.judged.has(node) || starters.seen.has(node)) return false;
      // A process substitution is one, too.
      if (facts.asksForJobs && some(node, (n) => n.type === 'ProcessSubstitution')) return true;
      if (starters.startingTraps.has(node)) return facts.asksForJobs;
      if (name === undefined) return false;
      if (startsByText(node)) return true;
      if (name === null) return asksForAny && jobFunctions.size > 0;
      if (jobFunctions.has(name) || (jobFunctions.size > 0 && foundNames.has(name))) return true;
      // What text that only run time knows starts is a job of the shell that runs it, be it handed on (`run eval 'a &'`).
      const values = argumentValues(node);
      const evaluates = name === 'eval' || values.includes('eval');
      return (
        asksForAny &&
        (evaluates || evaluatesText(node)) &&
        !values.every((value) => value !== null && evaluates && !value.includes('&'))
      );
    }
    default: {
      let found = false;
      forEachChild(node, (child) => {
        found ||= startsJobs(child, starters);
      });
      return found;
    }
  }
}

/** True if a node uses the shell's table of jobs, or ends some of them. */
export function usesJobs(node: SyntaxNode): boolean {
  return some(node, (child) => (child.type === 'Command' ? mayAsk(child) : readsLastJob(child)));
}

/** True if a command may itself use the shell's table of jobs. @param text of the whole script, as for {@link isJobCommand} */
export const mayAsk = (command: Command, text?: string): boolean =>
  commandName(command) === null || isJobCommand(command, text) || evaluatesText(command);
