/** Task: calls the handler, or runs the machine itself as a child execution. */
import type { TaskState } from '../../asl/definition.ts';
import { after, linkedController, orAborted } from '../clock.ts';
import { Aborted, StateError } from '../errors.ts';
import type { Templates } from '../evaluate.ts';
import type { Frame } from '../frame.ts';
import { failure } from '../history.ts';
import { checkPayload } from '../limits.ts';
import { asItIs } from '../locate.ts';
import type { Run } from '../machine.ts';
import { isOwnExecution, runChild } from '../nested.ts';
import { describeResource, type Resource } from '../resource.ts';
import { compileResults, complete } from '../results.ts';
import { compileHandlers, withHandlers } from '../retry-catch.ts';
import { seconds } from './wait.ts';

export function compileTask(state: TaskState, templates: Templates): Run {
  const resource = describeResource(state.Resource);
  const argument = templates.compile(state.Arguments, 'Arguments');
  const timeout = templates.compile(state.TimeoutSeconds, 'TimeoutSeconds');
  const results = compileResults(state, '', templates);
  const handlers = compileHandlers(state, templates);

  const attempt = async (frame: Frame): Promise<void> => {
    const { execution, scope, state: task } = frame;
    const { history, limits } = execution;
    const values = argument ? await argument(frame) : frame.input;
    const limit = timeout ? seconds(await timeout(frame), 'TimeoutSeconds', 1) : undefined;
    checkPayload(values, `arguments of the state '${task.name}'`, limits);
    history.add(scope.chain, resource.event('Scheduled'), () => resource.scheduled(values, limit));
    history.add(scope.chain, resource.event('Started'), resource.details && (() => ['taskStarted', resource.details!]));
    let result: unknown;
    try {
      result = (await call(frame, resource, values, limit)) ?? null;
    } catch (thrown) {
      if (thrown instanceof StateError) recordFailure(frame, resource, thrown);
      throw thrown instanceof StateError ? asItIs(thrown) : thrown;
    }
    history.add(scope.chain, resource.event('Succeeded'), () => resource.succeeded(result));
    checkPayload(result, `result of the state '${task.name}'`, limits);
    frame.result = result;
    await complete(frame, results, result);
  };
  return (frame) => withHandlers(frame, handlers, attempt);
}

/** Runs the task within its time limit; given up at once when its scope is. */
async function call(frame: Frame, resource: Resource, values: unknown, limit: number | undefined): Promise<unknown> {
  const { signal: outer } = frame.scope;
  if (limit === undefined) return invoke(frame, resource, values, outer);
  const { controller, release } = linkedController(outer);
  let timedOut = false;
  const stop = after(limit * 1000, () => {
    timedOut = true;
    controller.abort();
  });
  try {
    return await invoke(frame, resource, values, controller.signal);
  } catch (thrown) {
    throw timedOut && thrown instanceof Aborted ? new StateError('States.Timeout') : thrown;
  } finally {
    stop();
    release();
  }
}

async function invoke(frame: Frame, { arn }: Resource, values: unknown, signal: AbortSignal): Promise<unknown> {
  const { execution, state, retries, context } = frame;
  const { handler } = execution.options;
  if (signal.aborted) throw new Aborted();
  if (isOwnExecution(arn, values, execution)) return runChild(execution, values, signal);
  const task = { resource: arn, arguments: values, stateName: state.name, attempt: retries, signal, context };
  return orAborted(handler(task), signal);
}

function recordFailure(frame: Frame, resource: Resource, { error, detail }: StateError): void {
  const { execution, scope } = frame;
  const kind = error === 'States.Timeout' ? 'TimedOut' : 'Failed';
  execution.history.add(scope.chain, resource.event(kind), () => [
    resource.detailsName(kind),
    { ...resource.details, ...failure({ error, cause: detail }) },
  ]);
}
