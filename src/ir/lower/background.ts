/**
 * Background jobs as branches. A shell runs the range of a list that starts jobs and waits for all of them, with a
 * waiting shell in place of each job: `$!`, `wait` and the statuses are that shell's own. What the jobs do runs at once in
 * branches of a Parallel state, as the stages of a pipeline do.
 * ```
 * a & b & wait          shell: ⟨a⟩ & ⟨b⟩ & wait        branches: a │ b
 * ```
 * A Parallel state ends when all its branches have, so every job must surely be waited for in the range.
 */
import type { TextPart } from '../../bundle.ts';
import { type Command, literalValue, type Statement, type SyntaxNode, some, type Word, walk } from '../../parse/ast.ts';
import { commandName } from '../facts.ts';
import { JUMPS } from '../loop-level.ts';
import { cut, type Edit } from '../text.ts';
import { type Context, type Lowering, unique } from './context.ts';
import { alwaysForkSafe } from './fork-safe.ts';
import { usesJobs } from './job-starters.ts';
import { isLastId } from './jobs.ts';
import { nodesLabel } from './names.ts';
import { forkStages, lowerStage } from './pipeline.ts';
import { mentionsOwnProcess, signalsShell, startsSomeJob } from './shell-effects.ts';
import { endsTrapped, listsTraps } from './shell-traps.ts';
import { mustSplit } from './split.ts';
import { credit, emitStep } from './step.ts';

/** Builtins that the shell may run beside its jobs: what takes time would meet the jobs at another moment than in bash. */
const QUICK = new Set(['echo', 'printf', ':', 'true', 'false', 'test', '[']);

/** True if the statements are jobs and what waits for all of them, so that the jobs can run as branches. */
export function runsAsBranches(lowering: Lowering, context: Context, statements: readonly Statement[]): boolean {
  const { facts } = lowering;
  if (lowering.options.granularity !== 'command' || facts.whole || facts.xtrace || facts.errTrap) return false;
  if (/\b(trap|lastpipe|BASH_SUBSHELL|SHLVL|BASHPID)\b/.test(lowering.text)) return false;
  // Whether an exit in a job is ignored must be plain: only the script's own level tells.
  if (facts.errexit && (context.ignore || context.dynamicIgnore || context.function || context.graph > 0)) return false;
  if (!statements.every((s) => lowering.containedStatements.has(s))) return false;
  const jobs = statements.filter((s) => s.background);
  if (jobs.length === 0 || !jobs.every((job) => dividable(lowering, job.command))) return false;
  const waits = new Waits(lowering, jobs.length);
  for (const statement of statements) if (!waits.take(statement)) return false;
  return waits.all;
}

/** True if a job is worth steps of its own, and a shell that is one of several steps may run it. */
function dividable(lowering: Lowering, node: SyntaxNode): boolean {
  return (
    mustSplit(lowering, node) &&
    node.type !== 'Coproc' &&
    node.type !== 'Function' &&
    // As all of a job, it is one of the loop around.
    !(node.type === 'Command' && JUMPS.has(commandName(node) ?? '')) &&
    // Bash does not invert the status of a job that is a pipeline.
    !(node.type === 'Pipeline' && node.prefixes.length > 0) &&
    !startsSomeJob(lowering, node) &&
    !usesJobs(node) &&
    !some(node, (n) => n.type === 'ProcessSubstitution' || (n.type === 'Pipeline' && n.prefixes.some(isTime))) &&
    !some(node, (n) => n.type === 'Command' && lowering.jobUsers.has(commandName(n) ?? '')) &&
    !endsTrapped(lowering, node) &&
    !listsTraps(lowering, node) &&
    !signalsShell(lowering, node) &&
    !mentionsOwnProcess(lowering, node) &&
    !some(node, keepsInput)
  );
}

/** A redirection of the standard input to itself: to bash the job has one, which a waiting shell would not be given. */
const keepsInput = (node: SyntaxNode): boolean =>
  node.type === 'Redirect' &&
  (node.operator === '<&'
    ? !/^[1-9]\d*-?$/.test(node.target?.text ?? '')
    : /\/dev\/stdin|fd\/0/.test(node.target?.text ?? ''));

const isTime = (prefix: { type: string }): boolean => prefix.type === 'Time';

/** Follows a range's statements: which jobs have surely been waited for, and whether nothing ends the shell before that. */
class Waits {
  private readonly lowering: Lowering;
  private readonly count: number;
  private started = 0;
  /** Jobs by the variable that holds their process id. */
  private readonly names = new Map<string, number>();
  private readonly waited = new Set<number>();
  private waiting = false;

  constructor(lowering: Lowering, count: number) {
    this.lowering = lowering;
    this.count = count;
  }

  /** Every job has been waited for. */
  get all(): boolean {
    return this.waited.size >= this.count;
  }

  /** Takes a statement; false if it cannot be told what it does to the jobs. */
  take(statement: Statement): boolean {
    if (statement.background) {
      // A job behind a wait would start only after another's end, which the machine brings about.
      if (this.waiting) return false;
      this.started += 1;
      return true;
    }
    return this.node(statement.command, true);
  }

  private node(node: SyntaxNode, sure: boolean): boolean {
    if (node.type === 'AndOr') return node.commands.every((command, index) => this.node(command, sure && index === 0));
    if (node.type === 'Pipeline')
      return node.commands.length === 1 && !node.prefixes.some(isTime) && this.node(node.commands[0]!, sure);
    return node.type === 'Command' && this.command(node, sure);
  }

  private command(command: Command, sure: boolean): boolean {
    const name = command.name ? literalValue(command.name) : undefined;
    if (name === null || (name !== undefined && this.lowering.facts.functions.has(name))) return false;
    if (name === 'wait') return this.wait(command, sure);
    if (name !== undefined && !QUICK.has(name)) return false;
    if (some(command, (n) => n.type === 'CommandExpansion' || n.type === 'ProcessSubstitution')) return false;
    if (name === undefined && this.keepsId(command)) return sure;
    if (name === 'printf' && /^-/.test(command.args[0]?.text ?? '-')) return false;
    return !this.mayBeUnset(command) && alwaysForkSafe(this.lowering, command, false);
  }

  /** `name=$!`, of a variable that nothing else assigns. */
  private keepsId(command: Command): boolean {
    const [assignment] = command.prefix;
    if (command.prefix.length !== 1 || assignment?.type !== 'Assignment' || command.redirects.length > 0) return false;
    if (assignment.append || assignment.index || assignment.value.type !== 'Word') return false;
    if (!isLastId(assignment.value.text) || this.started === 0 || this.lowering.facts.attributes) return false;
    const { name } = assignment;
    const text = this.lowering.text.replace(new RegExp(`\\$(${name}(?!\\w)|\\{${name}\\})`, 'g'), '');
    if ((text.match(new RegExp(`(?<!\\w)${name}(?!\\w)`, 'g')) ?? []).length !== 1) return false;
    this.names.set(name, this.started);
    return true;
  }

  private mayBeUnset(command: Command): boolean {
    return (
      this.lowering.facts.nounset &&
      some(
        command,
        (n) => (n.type === 'SimpleExpansion' && !/^\$[?!]$/.test(n.text)) || n.type === 'ParameterExpansion',
      )
    );
  }

  private wait(command: Command, sure: boolean): boolean {
    if (command.prefix.length > 0) return false;
    if (!command.redirects.every((r) => r.type === 'Redirect' && r.target && literalValue(r.target) === '/dev/null'))
      return false;
    const { errexit } = this.lowering.facts;
    this.waiting = true;
    const words: Word[] = [];
    for (const arg of command.args) {
      if (arg.type !== 'Word') return false;
      words.push(arg);
    }
    if (words.length === 0) {
      if (sure) for (let job = 1; job <= this.started; job += 1) this.waited.add(job);
      return true;
    }
    // With `set -e` a failed job ends the script, whatever the others do.
    if (errexit && this.count > 1 && !this.all) return false;
    for (const word of words) {
      const job = this.jobOf(word);
      if (job === undefined) return false;
      if (sure) this.waited.add(job);
    }
    return true;
  }

  /** True if the script has one job at all. */
  private onlyJob(): boolean {
    let jobs = 0;
    walk(this.lowering.script, (node) => {
      if (node.type === 'Statement' && node.background) jobs += 1;
    });
    return jobs === 1;
  }

  private jobOf(word: Word): number | undefined {
    if (isLastId(word.text)) return this.started > 0 ? this.started : undefined;
    const name = /^"?\$(?:([A-Za-z_]\w*)|\{([A-Za-z_]\w*)\})"?$/.exec(word.text);
    if (name) return this.names.get((name[1] ?? name[2])!);
    return /^%[%+1]$/.test(word.text) && this.onlyJob() ? 1 : undefined;
  }
}

/** A pipeline as a job reads the shell's input, where bash gives any other job an empty one. */
const keepsOuterInput = (job: SyntaxNode): boolean => job.type === 'Pipeline' && job.commands.length > 1;

/** Lowers a range of which {@link runsAsBranches} is true. */
export function lowerJobs(
  lowering: Lowering,
  context: Context,
  statements: readonly Statement[],
  grouped: boolean,
): void {
  const first = statements[0]!;
  const jobs = statements.filter((s) => s.background).map((s) => s.command);
  const edits: Edit[] = jobs.map((job, index) => {
    const stage: TextPart[] = keepsOuterInput(job) ? [['stage', index], ' <&0'] : [['stage', index]];
    // What follows keeps its lines.
    const lines = lowering.text.slice(job.pos, job.end).replace(/[^\n]/g, '');
    return { start: job.pos, end: job.end, parts: lines ? [lines, ...stage] : stage };
  });
  const plain = cut(lowering.text, statements, { edits, mark: true });
  const opened = `scopes${unique(lowering)}`;
  const end = lowering.builder.block('end', first.pos);
  emitStep(lowering, context, {
    kind: 'pipeline',
    nodes: statements,
    text: grouped && statements.length > 1 ? ['{ ', ...plain, '\n}'] : plain,
    label: nodesLabel(statements.filter((s) => !s.background)),
    streams: true,
    only: { control: 'enter', otherwise: end },
    keeps: { scopes: opened },
    without: jobs,
    reason: 'background',
  });
  const rest = statements.filter((s) => !s.background);
  const commands = rest.flatMap((s) => (s.command.type === 'Command' ? [s.command] : []));
  credit(lowering, rest, rest.length === 1 ? commands[0] : undefined, 'background');
  // What stands behind `&` sees the status 0.
  forkStages(lowering, context, first, { opened, construct: 'jobs', end }, () =>
    jobs.map((job, index) =>
      lowerStage(lowering, context, job, opened, index, statements[0]!.command === job ? {} : { status: 0 }),
    ),
  );
}
