/** Executes a bundle on the embedded engine: each Task is a step on a host of this machine. */
import { constants } from 'node:os';
import type { Bundle, Step } from '../bundle.ts';
import { createDiagnostic } from '../diagnostics/catalog.ts';
import { type Diagnostic, DiagnosticError } from '../diagnostics/diagnostic.ts';
import { TaskError } from '../engine/errors.ts';
import type { TaskHandler } from '../engine/options.ts';
import { linkDefinition } from '../link.ts';
import { messageOfCause } from '../runtime/failure.ts';
import type { StepRequest } from '../runtime/protocol.ts';
import { isSystemError, writeDiagnostic } from './errors.ts';
import { type Outcome, type Session, STATUS } from './session.ts';
import { forwardSignals, type Signals } from './signals.ts';
import { type Invocation, lambdaHost, localHost, type StepHost } from './step-hosts.ts';

export interface ExecuteOptions extends Invocation {
  /** Run each step from its Lambda package. */
  lambda: boolean;
}

export interface Executed {
  outcome: Outcome;
  diagnostics: Diagnostic[];
  counts: () => Counts;
}

/** Signals of which this process would leave its memory in a file: its status tells of them. */
const DUMPS: ReadonlySet<NodeJS.Signals> = new Set([
  'SIGABRT',
  'SIGBUS',
  'SIGFPE',
  'SIGILL',
  'SIGSEGV',
  'SIGSYS',
  'SIGTRAP',
] as const);

/** What a run did: states entered, steps that executed a command of the script, and other steps. */
export interface Counts {
  transitions: number;
  commands: number;
  others: number;
}

const SELF = 'arn:aws:states:us-east-1:000000000000:stateMachine:';

/** What can be had ready before the script is compiled. */
export interface Preparation {
  signals: Signals;
  /** Steps in shells of this machine: the first one starts. */
  host: StepHost | undefined;
  /** Why there is none. */
  problem: unknown;
}

/** Takes the signals, and starts what does not depend on the script's text. To be executed, or abandoned. */
export function prepare(options: ExecuteOptions, session: Session): Preparation {
  const prepared: Preparation = {
    signals: forwardSignals((signal, there) => prepared.host?.kill(signal, there) ?? false),
    host: undefined,
    problem: undefined,
  };
  try {
    if (!options.lambda) prepared.host = localHost(options, session);
  } catch (error) {
    prepared.problem = error;
  }
  return prepared;
}

/** Ends what was prepared. */
export async function abandon({ signals, host }: Preparation, { ends }: Session): Promise<void> {
  await host?.close();
  if (!ends) signals.stop();
}

export async function executeLocally(
  bundle: Bundle,
  options: ExecuteOptions,
  session: Session,
  prepared = prepare(options, session),
): Promise<Executed> {
  const { signals } = prepared;
  const selfArn = SELF + bundle.manifest.name;
  const definition = linkDefinition(bundle.definition, { partition: 'aws', self: selfArn, step: (key) => key });
  let current = '';
  let broken: Diagnostic | undefined;
  const tally: Tally = { transitions: 0, invocations: new Map() };
  const counts = (): Counts => countsOf(bundle, tally);
  const handler: TaskHandler = async (task) => {
    current = task.stateName;
    const { FunctionName, Payload } = task.arguments as { FunctionName: string; Payload: StepRequest };
    tally.invocations.set(Payload.step, (tally.invocations.get(Payload.step) ?? 0) + 1);
    const response = await prepared.host!.invoke(FunctionName, Payload, task.signal).catch((fault) => {
      broken ??= directoryProblem(fault);
      asTaskError(fault);
    });
    return { ExecutedVersion: '$LATEST', StatusCode: 200, Payload: response };
  };
  try {
    // The engine is loaded while the first shell starts.
    const [{ execute }, input] = await Promise.all([
      import('../engine/execute.ts'),
      begin(bundle, options, session, prepared),
    ]);
    const result = await execute(definition, {
      input,
      handler,
      selfArn,
      name: `run-${process.pid}`,
      signal: signals.aborted,
      check: false,
      history: false,
    });
    tally.transitions = result.transitions;
    const status = result.status === 'SUCCEEDED' ? (result.output as { status: number }).status : undefined;
    if (status !== undefined) await signals.settled(status);
    const { received } = signals;
    if (status !== undefined) {
      // A signal that ended the script, or reached it through us: end as bash would have.
      const fatal = [received, prepared.host!.fatal()].find(
        (name) => name !== undefined && status === 128 + constants.signals[name] && !DUMPS.has(name),
      );
      return { outcome: fatal ?? status, diagnostics: [], counts };
    }
    if (received) return { outcome: received, diagnostics: [], counts };
    return {
      outcome: STATUS.failed,
      diagnostics: [failure(bundle, current, result.error ?? result.status, result.cause)],
      counts,
    };
  } catch (error) {
    // A signal to all of us may have ended the first shell before it was ready.
    if (signals.received) return { outcome: signals.received, diagnostics: [], counts };
    if (broken) return { outcome: STATUS.failed, diagnostics: [broken], counts };
    throw error;
  } finally {
    await abandon(prepared, session);
  }
}

interface Tally {
  transitions: number;
  /** How often each step was invoked, by its key. */
  invocations: Map<string, number>;
}

/** Steps that only expand words, open or join channels execute no command of the script. */
function countsOf({ manifest }: Bundle, { transitions, invocations }: Tally): Counts {
  const executes = ({ fragment, commands }: Step): boolean => fragment.kind === 'command' && commands.length > 0;
  const counts: Counts = { transitions, commands: 0, others: 0 };
  for (const step of manifest.steps) {
    counts[executes(step) ? 'commands' : 'others'] += invocations.get(step.key) ?? 0;
  }
  return counts;
}

/**
 * Waits for the host, and answers the execution's input. A temporary directory that cannot be written to is the user's
 * to mend.
 */
async function begin(
  bundle: Bundle,
  options: ExecuteOptions,
  session: Session,
  prepared: Preparation,
): Promise<unknown> {
  try {
    if (prepared.problem !== undefined) throw prepared.problem;
    prepared.host ??= await lambdaHost(bundle, options, session);
    return await prepared.host.start(bundle.manifest);
  } catch (error) {
    const problem = directoryProblem(error);
    throw problem ? new DiagnosticError(problem) : error;
  }
}

/** What is wrong with the run's private directory, if that is what an error says. */
function directoryProblem(error: unknown): Diagnostic | undefined {
  if (!isSystemError(error) || error.syscall === 'spawn') return undefined;
  const problem = writeDiagnostic(error, error.path ?? 'the temporary directory');
  return problem && { ...problem, hints: ['make room there, or set TMPDIR to another directory'] };
}

/** A step's failure as the machine sees it: a name that Catch can match, and the cause. */
function asTaskError(fault: unknown): never {
  const { error, cause, errorType, errorMessage } = fault as Record<string, unknown>;
  if (typeof error === 'string') throw new TaskError(error, typeof cause === 'string' ? cause : undefined);
  if (typeof errorType === 'string') throw new TaskError(errorType, JSON.stringify({ errorType, errorMessage }));
  throw fault;
}

function failure(bundle: Bundle, state: string, error: string, cause: string | undefined): Diagnostic {
  const step = bundle.manifest.steps.find((candidate) => candidate.state === state);
  return createDiagnostic('SH6007', {
    message: `the execution failed with ${error}`,
    labels:
      step && step.source.file === undefined
        ? [{ span: { start: step.source.start, end: step.source.end }, text: 'in this step', primary: true }]
        : [],
    cause: messageOfCause(cause),
  });
}
