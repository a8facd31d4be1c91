/**
 * The handler of every step's function: runs the fragment of the request in a fresh bash, and answers its status, the
 * shell's state and what it printed. Nothing of an invocation is left when it is answered: no process, no file.
 */
import { mkdirSync, readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import type { Step } from '../../bundle.ts';
import { LocalRuntime } from '../local.ts';
import {
  CAUSE_LIMIT,
  type FailureReport,
  type Frame,
  INLINE_LIMIT,
  PROTOCOL,
  type StepRequest,
  type StepResponse,
  type Value,
} from '../protocol.ts';
import { FAILURE_STATE_LIMIT, StepFault, settle } from '../settle.ts';
import { ERREXIT, type ShellState } from '../state.ts';
import { decodeState, encodeState, packState, REMOTE_CWD, unpackState } from './envelope.ts';
import { allProcesses, awaitProcesses, findJobs, killProcesses, type Suspects } from './leftovers.ts';
import { mayChangeState } from './lost-state.ts';
import { changes, makePlace, type Place, removeTree, restoreFiles, type Snapshot, snapshot } from './place.ts';
import { Recorder } from './recorder.ts';
import { readStepPackage, type StepPackage } from './step-file.ts';

/** The part of Lambda's context that is needed. */
export interface Context {
  getRemainingTimeInMillis: () => number;
}

/** What a script begins with, wherever it runs; all else comes by the state. */
const ENVIRONMENT = {
  LANG: 'C.UTF-8',
  PATH: `/usr/local/bin:/usr/bin:/bin:/opt/bin:${dirname(process.execPath)}`,
};
/** The step's own, which must not reach the next step: directories, the role's credentials and place. */
const AMBIENT = [
  ['HOME'],
  ['TMPDIR'],
  ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN'],
  ['AWS_REGION'],
  ['AWS_DEFAULT_REGION'],
];
/** Milliseconds before Lambda's deadline at which the fragment is ended. */
const MARGIN_MS = 500;
/** Milliseconds that processes have to end by themselves once the fragment has ended. */
const GRACE_MS = 200;
/** Bytes that may be printed: more cannot be answered, as base64 takes a third more. */
const OUTPUT_LIMIT = (INLINE_LIMIT / 4) * 3;
const NAMES_SHOWN = 10;

/** Runs one step. Throws a {@link StepFault} whose name is the error that the state machine sees. */
export async function handler(event: StepRequest, context: Context): Promise<StepResponse> {
  const packageRoot = process.env.LAMBDA_TASK_ROOT ?? '.';
  const content = readStepPackage(packageRoot);
  const step = content.steps[event.step];
  if (!step) throw new StepFault('Sh2sfn.Package', `this function has no step ${event.step}`);
  refuseUnsupported(event, step);
  const place = makePlace();
  try {
    restoreFiles(step.files, packageRoot, place.work);
    if (event.state) makeDirectory(place.work, decodeState((event.state as { inline: string }).inline).cwd);
    const watched = watch(place);
    const response = await new Invocation(event, step, content, place).run(context);
    const left = watched();
    if (left.length > 0) throw reporting(new StepFault('Sh2sfn.FilesLeftBehind', filesMessage(left)), response.frames);
    return settle(event, within(response, step), (state) => shortState(state, step));
  } catch (error) {
    throw fitting(error, step);
  } finally {
    place.remove();
  }
}

function unsupported(step: Step, what: string): StepFault {
  return new StepFault(
    'Sh2sfn.Unsupported',
    `${step.state} (line ${step.source.line}) ${what}, which a step in Lambda cannot pass on; set target=local or keep it in one step with its users (# sh2sfn: fuse)`,
  );
}

function refuseUnsupported({ protocol, scope, leave, state }: StepRequest, step: Step): void {
  if (protocol !== PROTOCOL)
    throw new StepFault(
      'Sh2sfn.Unsupported',
      `the function speaks version ${PROTOCOL} of the step protocol, the machine version ${protocol}: deploy again`,
    );
  if (step.fragment.kind !== 'command' && step.fragment.kind !== 'words' && step.fragment.kind !== 'case')
    throw unsupported(step, 'opens a stream for other steps');
  if (scope !== '' || leave) throw unsupported(step, 'reads or writes a stream of other steps');
  if (state && 'ref' in state) throw unsupported(step, 'was given its state by reference');
}

/** The script stands in a directory that came with another step's files: it is here too. */
function makeDirectory(work: string, cwd: string): void {
  if (cwd.startsWith(`${REMOTE_CWD}/`))
    mkdirSync(Buffer.from(work + cwd.slice(REMOTE_CWD.length), 'latin1'), { recursive: true, mode: 0o755 });
}

/** True in AWS's own sandbox, where all processes and all of /tmp are the function's; elsewhere there are others. */
function inLambda(): boolean {
  return process.env.LAMBDA_TASK_ROOT === '/var/task';
}

/** Notes the files that the next step would not see; the function answers those that were changed since. */
function watch({ work, root, home }: Place): () => string[] {
  // Caches of tools are not missed.
  const hidden = (name: string): boolean => name.startsWith('.');
  const takes: { top: string; take: () => Snapshot }[] = [
    { top: '', take: () => snapshot(work) },
    { top: '$TMPDIR/', take: () => snapshot(home, hidden) },
  ];
  // In Lambda the rest of /tmp is the function's own, and as lost as the work directory.
  if (inLambda()) {
    const skip = (name: string): boolean => hidden(name) || `/tmp/${name}` === root;
    takes.push({ top: '/tmp/', take: () => snapshot('/tmp', skip) });
  }
  const before = takes.map(({ take }) => take());
  return () =>
    takes.flatMap(({ top, take }, index) => {
      const changed = changes(before[index]!, take()).map((path) => top + path);
      if (top === '/tmp/') for (const path of changed) removeTree(path);
      return changed;
    });
}

function filesMessage(paths: readonly string[]): string {
  return `the step made, changed or removed files that no later step would see: ${namesText(paths)}; keep the commands that use them in one step (# sh2sfn: fuse), or store them in S3`;
}

function jobsMessage(names: readonly string[]): string {
  return `the step left background jobs, which end with its function: ${namesText(names)}; wait for them in the same step (# sh2sfn: fuse)`;
}

/** The first of some names of bytes. */
function namesText(all: readonly string[]): string {
  const names = all.slice(0, NAMES_SHOWN).map((name) => Buffer.from(name, 'latin1').toString());
  return names.join(', ') + (all.length > NAMES_SHOWN ? ` and ${all.length - NAMES_SHOWN} more` : '');
}

/** A failure with what the step had printed. */
function reporting({ errorType, errorMessage: message }: StepFault, frames: Frame[]): StepFault {
  if (frames.length === 0) return new StepFault(errorType, message);
  const report: FailureReport = { message, frames };
  const fault = packed(new StepFault(errorType, JSON.stringify(report)));
  return causeLength(fault) <= CAUSE_LIMIT ? fault : new StepFault(errorType, `${message} (what it printed is lost)`);
}

/** Length of a failure in an execution's history. */
function causeLength({ errorType, errorMessage, stack }: StepFault): number {
  return JSON.stringify({ errorType, errorMessage, trace: [stack] }).length;
}

/** A failure whose message is too long for a cause, with what was printed deflated. */
function packed(fault: StepFault): StepFault {
  // A message that is not a report is a sentence.
  if (causeLength(fault) <= CAUSE_LIMIT || !fault.errorMessage.startsWith('{')) return fault;
  const { frames, ...rest } = JSON.parse(fault.errorMessage) as FailureReport;
  const pieces = frames.map(({ bytes }) => Buffer.from(bytes, 'base64'));
  const report: Omit<FailureReport, 'frames'> = {
    ...rest,
    packed: {
      frames: frames.map(({ fd }, index) => [fd, pieces[index]!.length]),
      bytes: deflateRawSync(Buffer.concat(pieces)).toString('base64'),
    },
  };
  return new StepFault(fault.errorType, JSON.stringify(report));
}

/** An answer by way of a failure, if it is small enough to travel. */
function fitting(thrown: unknown, step: Step): unknown {
  if (!(thrown instanceof StepFault)) return thrown;
  const error = packed(thrown);
  return causeLength(error) > CAUSE_LIMIT
    ? new StepFault(
        'Sh2sfn.OutputLimit',
        `${step.state} (line ${step.source.line}) printed more than fits into the answer of a step that ends the shell unforeseen (${CAUSE_LIMIT} characters, deflated); pass large data by a file in S3`,
      )
    : error;
}

/** The response, if it is small enough to travel. */
function within(response: StepResponse, step: Step): StepResponse {
  const size = Buffer.byteLength(JSON.stringify(response));
  if (size <= INLINE_LIMIT) return response;
  const printed = response.frames.reduce((sum, { bytes }) => sum + bytes.length, 0);
  if (printed > size / 2) throw overflow(step, 'printed');
  const left = `left ${size - printed} bytes of shell state (variables, functions, captured output) and printed`;
  throw reporting(overflow(step, left), response.frames);
}

/** A state that a failure's message can carry. */
function shortState(state: Value, step: Step): Value {
  if ('inline' in state && state.inline.length > FAILURE_STATE_LIMIT)
    throw overflow(step, 'was given up by the shell, with more state than a message can carry: it printed or kept');
  return state;
}

function overflow(step: Step, what: string): StepFault {
  return new StepFault(
    'Sh2sfn.OutputLimit',
    `${step.state} (line ${step.source.line}) ${what} more than fits into a step's answer (${INLINE_LIMIT} bytes, ${OUTPUT_LIMIT} of output); pass large data by a file in S3, or keep producer and consumer in one step (# sh2sfn: fuse)`,
  );
}

/** One execution of a fragment. */
class Invocation {
  private readonly request: StepRequest;
  private readonly step: Step;
  private readonly functions: StepPackage['functions'];
  private readonly place: Place;
  private readonly runtime: LocalRuntime;
  private readonly recorder: Recorder;
  private readonly before: ReadonlySet<number> | undefined;
  private ended: 'timeout' | 'overflow' | undefined;
  private killing: Promise<void> | undefined;

  constructor(request: StepRequest, step: Step, { functions }: StepPackage, place: Place) {
    this.request = request;
    this.step = step;
    this.functions = functions;
    this.place = place;
    this.before = inLambda() ? allProcesses() : undefined;
    this.recorder = new Recorder(place.root, OUTPUT_LIMIT, () => this.end('overflow'));
    const { argv0, args = [], set, posix, pid, ppid, began } = request.run;
    const own = Object.fromEntries(AMBIENT.flat().map((name) => [name, process.env[name]]));
    this.runtime = new LocalRuntime({
      argv0,
      args,
      cwd: place.work,
      env: { ...ENVIRONMENT, ...own, HOME: place.home, TMPDIR: place.home },
      options: { set, posix },
      stdio: ['ignore', ...this.recorder.writers],
      directory: place.root,
      detached: true,
      identity: { pid, ppid, began },
      ambient: AMBIENT,
    });
  }

  async run(context: Context): Promise<StepResponse> {
    const timer = setTimeout(() => this.end('timeout'), Math.max(context.getRemainingTimeInMillis() - MARGIN_MS, 0));
    try {
      const started = await this.runtime.start({ steps: [this.step], functions: this.functions });
      this.recorder.release();
      const state = this.request.state ? this.unpack(this.request.state) : started.state;
      const response = await this.runtime.run({ ...this.request, state });
      if (!this.ended) await awaitProcesses(this.suspects(this.runtime.pid!), GRACE_MS);
      clearTimeout(timer);
      const jobs = this.ended ? [] : findJobs(this.suspects(this.runtime.pid!));
      await this.kill();
      return this.conclude(response, jobs, await this.recorder.finish());
    } finally {
      clearTimeout(timer);
      await this.kill();
      await this.recorder.finish();
      await this.runtime.close();
    }
  }

  private end(why: 'timeout' | 'overflow'): void {
    this.ended ??= why;
    void this.kill();
  }

  private suspects(shell: number): Suspects {
    return { shell, directory: this.place.root, before: this.before };
  }

  private kill(): Promise<void> {
    const { pid } = this.runtime;
    if (pid === undefined) return Promise.resolve();
    this.killing ??= killProcesses(this.suspects(pid));
    return this.killing;
  }

  private conclude(response: StepResponse, jobs: readonly string[], frames: Frame[]): StepResponse {
    if (this.ended === 'overflow') throw overflow(this.step, 'printed');
    if (response.scope !== this.request.scope)
      throw unsupported(this.step, 'opened a descriptor for the commands after it');
    if (jobs.length > 0) throw reporting(new StepFault('Sh2sfn.ProcessesLeftBehind', jobsMessage(jobs)), frames);
    const state = this.read(response.state);
    const settled = this.ended === 'timeout' ? this.timedOut(response, state, frames) : response;
    this.refuseLostCapture(settled, state);
    return { ...settled, state: { inline: encodeState(packState(state, this.place)) }, frames };
  }

  /** The answer for a fragment that was ended at the deadline, as `timeout` answers it. */
  private timedOut(response: StepResponse, state: ShellState, frames: Frame[]): StepResponse {
    // It may have ended by itself at the last moment.
    if (response.control !== 'exit' || response.status !== 128 + 9) return response;
    if (mayChangeState(this.step, state)) {
      const message = `${this.step.state} (line ${this.step.source.line}) reached its time limit, and what it had changed of the shell's state is lost; give it more time (# sh2sfn: timeout=...)`;
      throw reporting(new StepFault('Sh2sfn.TimedOut', message), frames);
    }
    const exits = state.options.includes(ERREXIT) && !this.request.ignore;
    return { ...response, status: 124, control: exits ? 'exit' : 'next' };
  }

  /** An exit that the machine has no edge for is answered without the state, and so without the output captured in it, but where the capture begins with it. */
  private refuseLostCapture({ control }: StepResponse, state: ShellState): void {
    if (control !== 'exit' || this.request.opens || this.request.expects?.includes('exit')) return;
    const before = this.request.state ? this.read(this.request.state).saved : [];
    const grown = state.saved.some(({ file }, index) => {
      if (file === undefined) return false;
      return statSync(file).size > (before[index]?.file?.length ?? 0);
    });
    if (grown) throw unsupported(this.step, 'ended a command substitution after it had printed');
  }

  private unpack(value: Value): Value {
    return { inline: encodeState(unpackState(this.read(value), this.place)) };
  }

  private read(value: Value): ShellState {
    return decodeState('inline' in value ? value.inline : readFileSync(value.ref, 'utf8'));
  }
}
