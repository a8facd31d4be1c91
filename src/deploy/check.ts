/** Refuses, before anything is created, what would behave otherwise on AWS than here. */
import type { Manifest, Step, StepCommand, StepSettings } from '../bundle.ts';
import type { Code } from '../diagnostics/catalog.ts';
import { createDiagnostic } from '../diagnostics/catalog.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { FileProblem } from '../runtime/lambda/package.ts';
import { commandsOf, isInside, namesScript } from '../step-commands.ts';
import { IMAGE_COMMANDS } from './image-commands.ts';
import { readsInput } from './readers.ts';

/** Seconds that a Lambda may run. */
export const LAMBDA_SECONDS = 900;

/** Programs that run the command behind their own options, and how many words of theirs come before it. */
const WRAPPERS: Record<string, number> = {
  command: 0,
  exec: 0,
  env: 0,
  nohup: 0,
  time: 0,
  nice: 0,
  stdbuf: 0,
  timeout: 1,
};

/** A diagnostic about a step. */
export function stepDiagnostic(code: Code, step: Step, message: string, hints: string[]): Diagnostic {
  const { start, end } = step.source;
  return createDiagnostic(code, { message, labels: [{ span: { start, end }, text: '', primary: true }], hints });
}

export interface CheckOptions {
  /** Programs that Lambda's image lacks are a reason to refuse (true): `run --lambda` has this machine's. */
  programs?: boolean;
}

/** What of the machine cannot run in Lambda functions as it runs here. */
export function checkDeployable(manifest: Manifest, { programs = true }: CheckOptions = {}): Diagnostic[] {
  const found = manifest.steps.flatMap((step) => checkStep(step, manifest, programs));
  const own = manifest.steps.find((step) => namesScript(step, manifest));
  if (programs && own && !isInside(manifest.script.path)) {
    const message = `step \`${own.state}\` asks for the script's own file, which lies outside the working directory`;
    const hints = ['call sh2sfn from a directory that holds the script'];
    found.push({ ...stepDiagnostic('SH6009', own, message, hints), severity: 'warning' });
  }
  return found;
}

function checkStep(step: Step, manifest: Manifest, programs: boolean): Diagnostic[] {
  const found: Diagnostic[] = [];
  const add = (code: Code, message: string, ...hints: string[]): void => {
    found.push(stepDiagnostic(code, step, message, hints));
  };
  const commands = commandsOf(step, manifest);
  if (step.streams) {
    add(
      'SH6001',
      `step \`${step.state}\` is one end of a stream, which cannot cross Lambda functions yet`,
      'deploy with `--granularity script`, or keep both ends in one step with `# sh2sfn: fuse`',
    );
  } else if (!manifest.steps.some(({ streams }) => streams)) {
    const own = new Set(manifest.functions.map(({ name }) => name));
    const reader = commands.find((command) => readsInput(command) && !own.has(command.words[0]?.value ?? ''));
    if (reader) {
      add(
        'SH6014',
        `${nameOf(reader)} reads the script's standard input, which a deployed machine has not`,
        'pass the data as arguments, or in S3; give the command `</dev/null` if it needs none',
      );
    }
  }
  // What has a session of its own is no job.
  const job = commands.find(({ background, words }) => background && words[0]?.value !== 'setsid');
  if (job && !commands.some(mindsJobs)) {
    add(
      'SH6015',
      `${nameOf(job)} runs in the background, and its step does not wait for it: it would be killed when the step ends`,
      '`wait` for it, or `kill` it, in the same step: `# sh2sfn: fuse` keeps commands together',
    );
  }
  if (commands.some((command) => command.redirectsFile)) {
    add(
      'SH6012',
      `step \`${step.state}\` redirects to or from a file, which no other step would see`,
      'keep the data in a variable, or in S3; workspaces that steps share come with a later version',
    );
  }
  const reading = step.fragment.reads || step.settings.files?.length ? undefined : commands.find(readsUnknownFile);
  if (reading) {
    add(
      'SH6009',
      `only run time knows which file ${nameOf(reading)} reads`,
      'name the files that it may be: `# sh2sfn: files=PATH`',
    );
  }
  checkSettings(step.settings, add);
  if (programs && !step.settings.layers?.length) {
    const own = new Set(manifest.functions.map(({ name }) => name));
    for (const program of unfoundPrograms(step, commands, manifest)) {
      add(
        'SH6009',
        `\`${program}\` is not found from here, and the script changes its directory`,
        'name the file with its path from the working directory: `# sh2sfn: files=PATH`',
      );
    }
    const reported = new Set<string>();
    for (const command of commands) {
      for (const name of missingPrograms(command, own)) {
        if (reported.has(name)) continue;
        reported.add(name);
        const where = command.file === undefined ? '' : `; ${command.file} calls it in line ${command.line}`;
        add(
          'SH6002',
          `\`${name}\` does not exist in the Lambda runtime${where}`,
          'bring it with a layer: `# sh2sfn: layers=ARN`',
        );
      }
    }
  }
  return found;
}

/**
 * Programs of the user's that are not packed, where the script may stand somewhere else when it calls them. In its own
 * directory, what is missing in the package is missing here too.
 */
function unfoundPrograms(
  { files, settings }: Step,
  commands: readonly StepCommand[],
  { steps, functions, traps }: Manifest,
): string[] {
  const moves = [...steps, ...functions, ...traps]
    .flatMap((owner) => owner.commands)
    .some(({ words, file }) => file === undefined && /^(cd|pushd)$/.test(words[0]?.value ?? ''));
  if (!moves || settings.files?.length) return [];
  const packed = new Set(files.map(({ path }) => path.replace(/^.*\//, '')));
  const programs = commands.flatMap(({ words }) => words[0]?.value ?? []);
  return [...new Set(programs)].filter(
    (name) => name.includes('/') && !name.startsWith('/') && !packed.has(name.replace(/^.*\//, '')),
  );
}

/** Whether a command is a `.` of a file whose name is put together: a name that stands somewhere in the script is packed. */
function readsUnknownFile({ words }: StepCommand): boolean {
  const at = words.findIndex(({ value }) => value !== 'command' && value !== 'builtin');
  const file = words[at + 1];
  return (
    /^(\.|source)$/.test(words[at]?.value ?? '') &&
    file?.value === null &&
    !/^"?\$(\w+|\{\w+(\[0\])?\})"?$/.test(file.text)
  );
}

/**
 * Whether a command waits for jobs, ends them or asks for them: those of its step may have ended before it does. The function
 * sees when it is called whether one was left all the same.
 */
function mindsJobs({ words, background }: StepCommand): boolean {
  if (background) return false;
  const at = words.findIndex(({ value }) => value !== 'command' && value !== 'builtin');
  const name = words[at]?.value ?? '';
  // Whether the script itself is there is no question about a job.
  const asksForScript =
    words.some(({ value }) => value === '-0' || value === '0') && words.some(({ text }) => text.includes('$$'));
  return (
    /^(wait|fg|jobs)$/.test(name) ||
    (name === 'kill' && !asksForScript) ||
    words.some(({ text }) => text.startsWith('--pid'))
  );
}

/** A command for a message. */
function nameOf({ words, file, line }: StepCommand): string {
  const name = `\`${words[0]?.text}\``;
  return file === undefined ? name : `${name} in ${file}, line ${line},`;
}

function checkSettings(settings: StepSettings, add: (code: Code, message: string, ...hints: string[]) => void): void {
  const { target, image, secret, cpu, retry, parallel, timeout = 0 } = settings;
  if (image !== undefined) add('SH6008', '`image` cannot be deployed yet', 'bring programs with `layers=ARN`');
  if (target && target !== 'lambda') {
    add('SH6008', `\`target=${target}\` cannot be deployed yet`, 'leave it out: the step becomes a Lambda function');
  }
  if (secret?.length)
    add('SH6008', '`secret` cannot be deployed yet', 'read it in the step, with `aws secretsmanager`');
  if (cpu !== undefined)
    add('SH6008', '`cpu` is for containers', "a Lambda function's share of CPU grows with `memory`");
  if (retry !== undefined) add('SH6008', '`retry` cannot be deployed yet', 'repeat the command in the script');
  if (parallel !== undefined) add('SH6008', '`parallel` cannot be deployed yet', 'leave it out');
  if (timeout > LAMBDA_SECONDS) {
    add(
      'SH6008',
      `\`timeout=${timeout}\` is above what Lambda allows`,
      `a function runs ${LAMBDA_SECONDS} seconds at most`,
    );
  }
}

/** Programs of a command that Lambda's image lacks. Words with a slash are files of the package, or missing as here. */
function missingPrograms(command: StepCommand, functions: ReadonlySet<string>): string[] {
  const missing: string[] = [];
  let at = 0;
  while (at < command.words.length) {
    const word = command.words[at]!.value;
    if (word === null || word === '') break;
    const name = word.replace(/^\/(usr\/)?(local\/)?s?bin\//, '');
    if (functions.has(name)) break;
    // Other absolute paths name what only this machine has; a relative one is a file of the package.
    if (name.includes('/') && !name.startsWith('/')) break;
    if (!IMAGE_COMMANDS.has(name)) missing.push(name);
    if (!Object.hasOwn(WRAPPERS, name)) break;
    at += 1;
    while (at < command.words.length && /^(-|\w+=)/.test(command.words[at]!.value ?? '')) at += 1;
    at += WRAPPERS[name]!;
  }
  return missing;
}

/** A file of a step that cannot be packaged. */
export function fileDiagnostic({ step, path, reason }: FileProblem): Diagnostic {
  return stepDiagnostic('SH6009', step, `the file ${JSON.stringify(path)} of step \`${step.state}\` ${reason}`, []);
}
