/** Executes a bundle on the embedded engine: each Task is a step of the local runtime, or of a Lambda run here. */
import type { Bundle } from '../bundle.ts';
import { createDiagnostic } from '../diagnostics/catalog.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { execute, TaskError, type TaskHandler } from '../engine/index.ts';
import { linkDefinition } from '../link.ts';
import { LocalRuntime } from '../runtime/local.ts';
import type { StepRequest } from '../runtime/protocol.ts';
import { type Outcome, type Session, STATUS } from './session.ts';
import { forwardSignals } from './signals.ts';

export interface ExecuteOptions {
  argv0: string;
  args: string[];
  set: readonly string[];
  posix: boolean;
  /** Run each step from its Lambda package. */
  lambda: boolean;
}

export interface Executed {
  outcome: Outcome;
  diagnostics: Diagnostic[];
}

const SELF = 'arn:aws:states:local:000000000000:stateMachine:';

export async function executeLocally(bundle: Bundle, options: ExecuteOptions, session: Session): Promise<Executed> {
  const { manifest } = bundle;
  const selfArn = SELF + manifest.name;
  const definition = linkDefinition(bundle.definition, { partition: 'aws', self: selfArn, step: (key) => key });
  const runtime = new LocalRuntime({
    manifest,
    argv0: options.argv0,
    args: options.args,
    cwd: session.cwd,
    env: session.env,
    options: { set: [...options.set], posix: options.posix },
  });
  const lambda = options.lambda ? await lambdaInvoker(bundle, session) : undefined;
  const signals = forwardSignals((signal) => runtime.kill(signal));
  let current = '';
  const handler: TaskHandler = async (task) => {
    current = task.stateName;
    const { FunctionName, Payload } = task.arguments as { FunctionName: string; Payload: StepRequest };
    const response = lambda
      ? await lambda.invoke(FunctionName, Payload)
      : await runtime.run(Payload, task.signal).catch(asTaskError);
    return { ExecutedVersion: '$LATEST', StatusCode: 200, Payload: response };
  };
  try {
    const input = await runtime.start();
    const result = await execute(definition, { input, handler, selfArn, signal: signals.aborted, history: false });
    if (result.status === 'SUCCEEDED') {
      const { status } = result.output as { status: number };
      const signal = signals.received;
      // The signal reached the script through us: end as bash would have.
      const died = signal !== undefined && status === 128 + signal.number;
      return { outcome: died ? signal.name : status, diagnostics: [] };
    }
    if (signals.received) return { outcome: signals.received.name, diagnostics: [] };
    return {
      outcome: STATUS.failed,
      diagnostics: [failure(bundle, current, result.error ?? result.status, result.cause)],
    };
  } finally {
    signals.stop();
    await Promise.all([runtime.close(), lambda?.close()]);
  }
}

/** A step's failure, as Lambda reports it to the machine: the error's type, and the whole of it as the cause. */
function asTaskError(error: unknown): never {
  const { errorType, errorMessage } = error as { errorType?: string; errorMessage?: string };
  if (typeof errorType !== 'string') throw error;
  throw new TaskError(errorType, JSON.stringify({ errorType, errorMessage }));
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

async function lambdaInvoker(
  bundle: Bundle,
  session: Session,
): Promise<{ invoke: (key: string, payload: StepRequest) => Promise<unknown>; close: () => Promise<void> }> {
  const { createLambdaInvoker } = await import('../runtime/lambda/invoke.ts');
  const invoker = await createLambdaInvoker(bundle);
  return {
    invoke: async (key, payload) => {
      const response = (await invoker.invoke(key, payload)) as { frames?: { fd: 1 | 2; bytes: string }[] };
      for (const { fd, bytes } of response.frames ?? [])
        (fd === 1 ? session.stdout : session.stderr)(Buffer.from(bytes, 'base64'));
      return { ...response, frames: [] };
    },
    close: () => invoker.close(),
  };
}
