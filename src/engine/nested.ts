/** `startExecution.sync:2` of the machine itself: a child execution in the same engine. */
import { randomUUID } from 'node:crypto';
import { Aborted, TaskError } from './errors.ts';
import { Execution } from './execution.ts';

interface StartArguments {
  StateMachineArn: string;
  Input?: unknown;
  Name?: string;
}

/** Whether a task starts the machine that it belongs to and waits for its end. */
export function isOwnExecution(arn: string, values: unknown, { options }: Execution): values is StartArguments {
  return (
    options.selfArn !== undefined &&
    arn.endsWith(':states:startExecution.sync:2') &&
    typeof values === 'object' &&
    values !== null &&
    (values as Partial<StartArguments>).StateMachineArn === options.selfArn
  );
}

/** Runs the child to its end and answers what DescribeExecution would, with its output parsed. */
export async function runChild(parent: Execution, values: StartArguments, signal: AbortSignal): Promise<unknown> {
  const { definition, options } = parent;
  const { Input: given = {}, Name: name = randomUUID(), StateMachineArn: arn } = values;
  // As on AWS, an input that is a string is JSON text.
  const input: unknown = typeof given === 'string' ? parseInput(given) : given;
  const child = new Execution(definition, { ...options, input, name, signal });
  const started = child.now();
  const { status, output, error, cause, transitions } = await child.run();
  parent.transitions += transitions;
  if (signal.aborted) throw new Aborted();
  const description = {
    ExecutionArn: child.description.Id,
    Input: input,
    InputDetails: { Included: true },
    Name: name,
    StartDate: started,
    StateMachineArn: arn,
    Status: status,
    StopDate: child.now(),
  };
  if (status === 'SUCCEEDED') return { ...description, Output: output, OutputDetails: { Included: true } };
  const failed = { ...description, Input: JSON.stringify(input), Error: error, Cause: cause };
  throw new TaskError('States.TaskFailed', JSON.stringify(failed));
}

function parseInput(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new TaskError('StepFunctions.InvalidExecutionInputException', 'Invalid State Machine Execution Input');
  }
}
