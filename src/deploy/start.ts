/** Starts a deployed machine and follows its execution. */
import { createDiagnostic } from '../diagnostics/catalog.ts';
import { type Diagnostic, DiagnosticError } from '../diagnostics/diagnostic.ts';
import { framesIn, framesOfFailure, messageOfCause } from '../runtime/failure.ts';
import { type Frame, INLINE_LIMIT } from '../runtime/protocol.ts';
import type { Clients } from './clients.ts';
import { machineMissing } from './deploy.ts';
import { machineArn } from './desired.ts';
import { calling, errorName } from './errors.ts';
import { namesOf } from './names.ts';
import { findMachine, type ObservedMachine } from './resources/machine.ts';
import { sleep } from './retry.ts';

/** Bytes that an execution's input may have: the first request carries it, beside what is its own. */
const INPUT_LIMIT = INLINE_LIMIT - 4096;
/** Milliseconds between two looks at the history: short at first, so that a short script feels short. */
const FIRST_PAUSE = 200;
const LONGEST_PAUSE = 2_000;

/** The deployed machine of that name. Throws a diagnostic where there is none. */
export async function findDeployed(clients: Clients, name: string): Promise<ObservedMachine> {
  const names = namesOf(name, clients.region);
  const machine = await findMachine(clients, names.machine, machineArn(names, clients));
  if (machine?.identity !== names.identity) throw new DiagnosticError(machineMissing(name, clients));
  return machine;
}

/** Starts an execution. Returns its ARN. */
export async function startExecution({ sfn }: Clients, machine: ObservedMachine, input: unknown): Promise<string> {
  const text = JSON.stringify(input);
  if (Buffer.byteLength(text) > INPUT_LIMIT) {
    throw new DiagnosticError(
      createDiagnostic('SH6007', {
        message: `the arguments and variables of the run are larger than an execution's input may be (${INPUT_LIMIT} bytes)`,
        hints: ['pass large data by S3'],
      }),
    );
  }
  const { executionArn } = await calling(`start the state machine ${machine.name}`, () =>
    sfn.startExecution({ stateMachineArn: machine.arn, input: text }),
  );
  return executionArn!;
}

/** How an execution ended. */
export interface Outcome {
  /** Exit status of the script; 1 where the execution failed. */
  status: number;
  diagnostics: Diagnostic[];
}

export interface FollowOptions {
  /** Told of each piece of output as its step ends. */
  print: (frame: Frame) => void;
  signal?: AbortSignal;
}

/** The parts of a history event that following needs. */
interface Event {
  id?: number;
  type?: string;
  stateEnteredEventDetails?: { name?: string };
  taskSubmittedEventDetails?: { resourceType?: string; output?: string };
  taskSucceededEventDetails?: { output?: string; outputDetails?: { truncated?: boolean } };
  taskFailedEventDetails?: { error?: string; cause?: string };
  executionSucceededEventDetails?: { output?: string };
  executionFailedEventDetails?: { error?: string; cause?: string };
  executionTimedOutEventDetails?: { error?: string; cause?: string };
  executionAbortedEventDetails?: { error?: string; cause?: string };
}

/** Follows an execution to its end. */
export async function follow(clients: Clients, executionArn: string, options: FollowOptions): Promise<Outcome> {
  let seen = 0;
  let page: string | undefined;
  let pause = FIRST_PAUSE;
  let state: string | undefined;
  const lost: Diagnostic[] = [];
  while (!options.signal?.aborted) {
    const history = await readHistory(clients, executionArn, page);
    if (!history) {
      page = undefined;
      continue;
    }
    const before = seen;
    for (const event of (history.events ?? []) as Event[]) {
      if ((event.id ?? 0) <= seen) continue;
      seen = event.id ?? seen;
      state = event.stateEnteredEventDetails?.name ?? state;
      for (const frame of framesOf(event)) options.print(frame);
      if (event.taskSucceededEventDetails?.outputDetails?.truncated) lost.push(truncated(state));
      // A continuation: what it prints comes before anything that follows here.
      const child = childOf(event);
      if (child) lost.push(...(await follow(clients, child, options)).diagnostics.filter(isLoss));
      const outcome = await outcomeOf(clients, executionArn, event, state);
      if (outcome && lost.length === 0) return outcome;
      if (outcome) return { status: outcome.status || 1, diagnostics: [...lost, ...outcome.diagnostics] };
    }
    if (history.nextToken) {
      page = history.nextToken;
      continue;
    }
    pause = seen > before ? FIRST_PAUSE : Math.min(pause * 1.5, LONGEST_PAUSE);
    await sleep(pause);
  }
  return { status: 130, diagnostics: [] };
}

/** A page of the history; undefined where the token of an earlier one has expired, as it does after a day. */
async function readHistory({ sfn }: Clients, executionArn: string, nextToken: string | undefined) {
  return calling('read the history of the execution', async () => {
    try {
      return await sfn.getExecutionHistory({ executionArn, maxResults: 1000, nextToken, includeExecutionData: true });
    } catch (error) {
      if (nextToken !== undefined && errorName(error) === 'InvalidToken') return undefined;
      throw error;
    }
  });
}

const LOSS = 'the history of the execution does not hold all that was printed';
const isLoss = ({ message }: Diagnostic): boolean => message.startsWith(LOSS);

/** The history may hold less than a step answered; nothing is left out silently. */
function truncated(state: string | undefined): Diagnostic {
  const hints = ['pass large data by S3'];
  return createDiagnostic('SH6007', { message: state === undefined ? LOSS : `${LOSS}, in state \`${state}\``, hints });
}

/** ARN of the child execution that the event reports as started. */
function childOf({ taskSubmittedEventDetails: submitted }: Event): string | undefined {
  if (submitted?.resourceType !== 'states') return undefined;
  const { ExecutionArn } = (parse(submitted.output ?? '') ?? {}) as { ExecutionArn?: unknown };
  return typeof ExecutionArn === 'string' ? ExecutionArn : undefined;
}

/** What the step that the event ends has printed. */
function framesOf(event: Event): Frame[] {
  const { output } = event.taskSucceededEventDetails ?? {};
  if (output !== undefined) return framesIn((parse(output) as { Payload?: unknown } | undefined)?.Payload);
  // A step that ends the shell answers with an error whose message is its response.
  return framesOfFailure(event.taskFailedEventDetails?.cause);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The outcome, if the event ends the execution. */
async function outcomeOf(
  clients: Clients,
  executionArn: string,
  event: Event,
  state?: string,
): Promise<Outcome | undefined> {
  const { executionSucceededEventDetails: done } = event;
  if (event.type === 'ExecutionSucceeded') {
    const { status } = (parse(done?.output ?? '') ?? {}) as { status?: unknown };
    if (typeof status === 'number' && Number.isInteger(status)) return { status, diagnostics: [] };
    const message = 'the execution ended without an exit status';
    return { status: 1, diagnostics: [createDiagnostic('SH6007', { message, cause: done?.output })] };
  }
  const how = { ExecutionFailed: 'failed', ExecutionTimedOut: 'timed out', ExecutionAborted: 'was stopped' }[
    event.type ?? ''
  ];
  if (!how) return undefined;
  const { error, cause } =
    event.executionFailedEventDetails ??
    event.executionTimedOutEventDetails ??
    event.executionAbortedEventDetails ??
    {};
  const place = state === undefined ? undefined : await placeOf(clients, executionArn, state);
  const at = state === undefined ? '' : ` in state \`${state}\`${place ? `, ${place}` : ''}`;
  return {
    status: 1,
    diagnostics: [
      createDiagnostic('SH6007', {
        message: `the execution ${how}${at}${error ? `: ${error}` : ''}`,
        hints: [`the whole history: aws stepfunctions get-execution-history --execution-arn ${executionArn}`],
        cause: messageOfCause(cause),
      }),
    ],
  };
}

/** `FILE:LINE` of a state, which its Comment holds. */
async function placeOf({ sfn }: Clients, executionArn: string, state: string): Promise<string | undefined> {
  const { definition } = await calling('read the definition of the execution', () =>
    sfn.describeStateMachineForExecution({ executionArn }),
  );
  const find = (states: unknown): string | undefined => {
    if (typeof states !== 'object' || states === null) return undefined;
    for (const [name, value] of Object.entries(states as Record<string, Record<string, unknown>>)) {
      if (name === state && typeof value.Comment === 'string') return value.Comment;
      for (const branch of (value.Branches as { States?: unknown }[] | undefined) ?? []) {
        const found = find(branch.States);
        if (found) return found;
      }
      const found = find((value.ItemProcessor as { States?: unknown } | undefined)?.States);
      if (found) return found;
    }
    return undefined;
  };
  return find((parse(definition ?? '') as { States?: unknown } | undefined)?.States);
}
