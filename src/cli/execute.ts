/** Executes a bundle on the embedded engine: each Task is a step on a host of this machine. */
import type { Bundle } from '../bundle.ts';
import { createDiagnostic } from '../diagnostics/catalog.ts';
import { type Diagnostic, DiagnosticError } from '../diagnostics/diagnostic.ts';
import { TaskError } from '../engine/errors.ts';
import { execute } from '../engine/execute.ts';
import type { TaskHandler } from '../engine/options.ts';
import { linkDefinition } from '../link.ts';
import type { StepRequest } from '../runtime/protocol.ts';
import { isSystemError, writeDiagnostic } from './errors.ts';
import { type Outcome, type Session, STATUS } from './session.ts';
import { forwardSignals } from './signals.ts';
import { type Invocation, lambdaHost, localHost, type StepHost } from './step-hosts.ts';

export interface ExecuteOptions extends Invocation {
  /** Run each step from its Lambda package. */
  lambda: boolean;
}

export interface Executed {
  outcome: Outcome;
  diagnostics: Diagnostic[];
}

const SELF = 'arn:aws:states:us-east-1:000000000000:stateMachine:';

export async function executeLocally(bundle: Bundle, options: ExecuteOptions, session: Session): Promise<Executed> {
  const selfArn = SELF + bundle.manifest.name;
  const definition = linkDefinition(bundle.definition, { partition: 'aws', self: selfArn, step: (key) => key });
  let host: StepHost | undefined;
  const signals = forwardSignals((signal) => host?.kill(signal));
  let current = '';
  const handler: TaskHandler = async (task) => {
    current = task.stateName;
    const { FunctionName, Payload } = task.arguments as { FunctionName: string; Payload: StepRequest };
    const response = await host!.invoke(FunctionName, Payload, task.signal).catch(asTaskError);
    return { ExecutedVersion: '$LATEST', StatusCode: 200, Payload: response };
  };
  try {
    const { input, started } = await begin(bundle, options, session);
    host = started;
    const result = await execute(definition, {
      input,
      handler,
      selfArn,
      signal: signals.aborted,
      check: false,
      history: false,
    });
    const status = result.status === 'SUCCEEDED' ? (result.output as { status: number }).status : undefined;
    if (status !== undefined) await signals.settled(status);
    const { received } = signals;
    if (status !== undefined) {
      // A signal that reached the script through us: end as bash would have.
      return { outcome: received && status === 128 + received.number ? received.name : status, diagnostics: [] };
    }
    if (received) return { outcome: received.name, diagnostics: [] };
    return {
      outcome: STATUS.failed,
      diagnostics: [failure(bundle, current, result.error ?? result.status, result.cause)],
    };
  } finally {
    signals.stop();
    await host?.close();
  }
}

/** Starts the host; a temporary directory that cannot be written to is the user's to mend. */
async function begin(
  bundle: Bundle,
  options: ExecuteOptions,
  session: Session,
): Promise<{ input: unknown; started: StepHost }> {
  let started: StepHost | undefined;
  try {
    started = options.lambda ? await lambdaHost(bundle, options, session) : localHost(bundle, options, session);
    return { input: await started.start(), started };
  } catch (error) {
    await started?.close();
    const problem =
      isSystemError(error) && error.syscall !== 'spawn'
        ? writeDiagnostic(error, error.path ?? 'the temporary directory')
        : undefined;
    throw problem
      ? new DiagnosticError({ ...problem, hints: ['make room there, or set TMPDIR to another directory'] })
      : error;
  }
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
    labels: step
      ? [{ span: { start: step.source.start, end: step.source.end }, text: 'in this step', primary: true }]
      : [],
    cause,
  });
}
