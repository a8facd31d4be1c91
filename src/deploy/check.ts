/** Refuses, before anything is created, what would behave otherwise on AWS than here. */
import type { Manifest, Step, StepCommand } from '../bundle.ts';
import type { Code } from '../diagnostics/catalog.ts';
import { createDiagnostic } from '../diagnostics/catalog.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { FileProblem } from '../runtime/lambda/package.ts';
import { IMAGE_COMMANDS } from './image-commands.ts';

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

/** What of the machine cannot be deployed. */
export function checkDeployable(manifest: Manifest): Diagnostic[] {
  const functions = new Set(manifest.functions.map((definition) => definition.name));
  return manifest.steps.flatMap((step) => checkStep(step, functions));
}

function checkStep(step: Step, functions: ReadonlySet<string>): Diagnostic[] {
  const found: Diagnostic[] = [];
  const add = (code: Code, message: string, ...hints: string[]): void => {
    found.push(stepDiagnostic(code, step, message, hints));
  };
  const { settings } = step;
  if (step.streams) {
    add(
      'SH6001',
      `step \`${step.state}\` is one end of a stream, which cannot cross Lambda functions yet`,
      'deploy with `--granularity script`, or keep both ends in one step with `# sh2sfn: fuse`',
    );
  }
  if (step.commands.some((command) => command.redirectsFile)) {
    add(
      'SH6012',
      `step \`${step.state}\` redirects to or from a file, which no other step would see`,
      'keep the data in a variable, or in S3; workspaces that steps share come with a later version',
    );
  }
  if (settings.image !== undefined) add('SH6008', '`image` cannot be deployed yet', 'bring programs with `layers=ARN`');
  if (settings.target && settings.target !== 'lambda') {
    add(
      'SH6008',
      `\`target=${settings.target}\` cannot be deployed yet`,
      'leave it out: the step becomes a Lambda function',
    );
  }
  if (settings.secret?.length)
    add('SH6008', '`secret` cannot be deployed yet', 'read it in the step, with `aws secretsmanager`');
  if ((settings.timeout ?? 0) > LAMBDA_SECONDS) {
    add(
      'SH6008',
      `\`timeout=${settings.timeout}\` is above what Lambda allows`,
      `a function runs ${LAMBDA_SECONDS} seconds at most`,
    );
  }
  if (!settings.layers?.length) {
    for (const name of new Set(step.commands.flatMap((command) => missingPrograms(command, functions)))) {
      add(
        'SH6002',
        `\`${name}\` does not exist in the Lambda runtime`,
        'bring it with a layer: `# sh2sfn: layers=ARN`',
      );
    }
  }
  return found;
}

/** Programs of a command that Lambda's image lacks. Words with a slash are files of the package, or missing as here. */
function missingPrograms(command: StepCommand, functions: ReadonlySet<string>): string[] {
  const missing: string[] = [];
  let at = 0;
  while (at < command.words.length) {
    const word = command.words[at]!.value;
    if (word === null || word === '') break;
    const name = word.replace(/^\/(usr\/)?(local\/)?s?bin\//, '');
    if (name.includes('/') || functions.has(name)) break;
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
