/** The command line: what there is, with help; each command's code is loaded when it is called. */
import { Command, CommanderError, Option } from 'commander';
import { FORMATS, type Format } from '../diagnostics/render.ts';
import type { CompileCommandOptions } from './commands/compile.ts';
import type { DeployOptions } from './commands/deploy.ts';
import type { GraphCommandOptions } from './commands/graph.ts';
import type { RunCommandOptions } from './commands/run.ts';
import type { CompileFlags } from './compile.ts';
import { DEFAULTS, GRANULARITIES, type Outcome, type Session, STATUS } from './session.ts';
import { usageError } from './usage.ts';
import { VERSION } from './version.ts';

/** Runs a command line and answers how it ended; throws what the command throws, and a {@link usageError}. */
export async function runProgram(args: readonly string[], session: Session): Promise<Outcome> {
  let outcome: Outcome = STATUS.ok;
  const [name] = args;
  const program = createProgram(
    session,
    (result) => {
      outcome = result;
    },
    name === 'completion' ? undefined : name,
  );
  try {
    await program.parseAsync([...args], { from: 'user' });
    return outcome;
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return STATUS.ok;
    // `sh2sfn` alone prints its help on standard error.
    if (error.code === 'commander.help') return STATUS.refused;
    throw asUsageError(error.message);
  }
}

/** Commander's message as ours: its suggestion becomes a hint. */
function asUsageError(text: string): Error {
  const suggestion = /\n\(Did you mean (.+)\?\)/.exec(text);
  const message = text
    .replace(/^error: /, '')
    .replace(/\n\(Did you mean .+\?\)/, '')
    .replace(/'([^']*)'/g, '`$1`');
  const hints = suggestion ? [`did you mean \`${suggestion[1]}\`?`] : ['`sh2sfn help COMMAND` shows how it is used'];
  return usageError(message, ...hints);
}

/**
 * Builds the program; `done` hears the outcome of the command that ran. Where the command line begins with the name of
 * a command, that one is enough: `only`.
 */
export function createProgram(session: Session, done: (outcome: Outcome) => void, only?: string): Command {
  const program = new Command('sh2sfn');
  program
    .description('Compiles a shell script into an AWS Step Functions state machine that behaves like bash.')
    .version(VERSION, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'show help')
    .helpCommand('help [command]', 'show help of a command')
    .enablePositionalOptions()
    .exitOverride()
    .configureOutput({
      writeOut: (text) => session.stdout(text),
      writeErr: (text) => session.stderr(text),
      // Errors are reported by main, as diagnostics.
      outputError: () => {},
      getOutHasColors: () => session.color.stdout,
      getErrHasColors: () => session.color.stderr,
    })
    .addHelpText(
      'after',
      `
Exit status: the script's own for run and start; 2 for usage or a refused script;
1 for a failed operation; 130 after Ctrl-C.

Examples:
  sh2sfn run nightly.sh                    run a script here, on the embedded engine
  sh2sfn compile nightly.sh --emit asl     see the state machine
  sh2sfn deploy nightly.sh --yes           one Lambda and one role a step
  sh2sfn start nightly                     start it, follow it, end with its status`,
    );

  /** A command with what all have in common; the action answers the outcome. */
  const define = (usage: string, description: string, examples: string[]): Command =>
    program
      .command(usage)
      .description(description)
      .addOption(
        new Option('--diagnostics <format>', 'how to print diagnostics').choices(FORMATS).default(DEFAULTS.diagnostics),
      )
      .hook('preAction', (command) => {
        session.format = command.opts<{ diagnostics: Format }>().diagnostics;
      })
      .addHelpText('after', `\nExamples:\n${examples.map((line) => `  ${line}\n`).join('')}`.trimEnd());

  const compiles = (command: Command): Command =>
    command
      .addOption(
        new Option('-g, --granularity <how>', 'how finely to split')
          .choices(GRANULARITIES)
          .default(DEFAULTS.granularity),
      )
      .option('--posix', 'as for bash: POSIX mode')
      .option('-n, --name <name>', "name of the machine (default: the script's)")
      .option('-q, --quiet', 'report errors only');

  const commands: Record<string, () => Command> = {
    compile: () =>
      compiles(
        define('compile <script>', 'write the bundle to sh2sfn.out/NAME/', [
          'sh2sfn compile nightly.sh',
          'sh2sfn compile nightly.sh --emit graph',
          'sh2sfn compile nightly.sh --check',
          'generate-job | sh2sfn compile - --stats    # from standard input',
        ]),
      )
        .addOption(
          new Option('--emit <what>', 'print a stage of the compiler instead').choices(['ast', 'ir', 'asl', 'graph']),
        )
        .option('-o, --output <directory>', 'directory of the bundle')
        .option('--check', 'write nothing; exit 1 if the bundle on disk is stale')
        .option('--stats', 'print how the script was split, and why, instead')
        .option('--json', 'print JSON')
        .action(async (script: string, options: CompileCommandOptions) => {
          const { compileCommand } = await import('./commands/compile.ts');
          done(await compileCommand(script, options, session));
        }),

    run: () =>
      compiles(
        define('run', 'compile and execute on the embedded engine; no AWS', [
          'sh2sfn run nightly.sh 2026-11-24',
          "sh2sfn run -c 'sort words.txt | uniq -c'",
          'sh2sfn run -euo pipefail --granularity command nightly.sh',
        ]),
      )
        .usage("[options] SCRIPT [ARG...]\n       sh2sfn run [options] -c 'LINE' [NAME [ARG...]]")
        .argument('[words...]', 'the script and its arguments')
        .passThroughOptions()
        .option('-c, --command', 'the first argument is the text of the script')
        .option('-e, --errexit', 'as for bash: end when a command fails')
        .option('-u, --nounset', 'as for bash: an unset variable is an error')
        .option('-x, --xtrace', 'as for bash: print commands')
        .option('-o, --option <name>', 'as for bash: set an option by name', (name: string, before: string[] = []) => [
          ...before,
          name,
        ])
        .option('--stats', 'count transitions and commands, on standard error at the end')
        .option('--lambda', "run each step's Lambda package instead, under a Runtime API server")
        .action(async (words: string[], options: RunCommandOptions) => {
          const { runCommand } = await import('./commands/run.ts');
          done(await runCommand(words, options, session));
        }),

    graph: () =>
      compiles(
        define('graph <script>', 'print a picture of the machine', [
          'sh2sfn graph nightly.sh',
          'sh2sfn graph nightly.sh --format dot | dot -Tsvg -o nightly.svg',
        ]),
      )
        .addOption(
          new Option('-f, --format <format>', 'language of the picture').choices(['mermaid', 'dot']).default('mermaid'),
        )
        .option('--json', 'print JSON')
        .action(async (script: string, options: GraphCommandOptions) => {
          const { graphCommand } = await import('./commands/graph.ts');
          done(await graphCommand(script, options, session));
        }),

    roles: () =>
      compiles(
        define('roles <script>', "print each step's policy with the reasons", [
          'sh2sfn roles nightly.sh',
          'sh2sfn roles nightly.sh --json',
        ]),
      )
        .option('--json', 'print JSON')
        .action(async (script: string, options: CompileFlags & { json?: boolean }) => {
          const { rolesCommand } = await import('./commands/roles.ts');
          done(await rolesCommand({ script, ...options, session }));
        }),

    deploy: () =>
      compiles(
        define('deploy <script>', 'create or update roles, functions and the state machine', [
          'sh2sfn deploy nightly.sh --dry-run',
          'sh2sfn deploy nightly.sh --role-per-step --yes',
          'sh2sfn deploy nightly.sh --endpoint-url http://127.0.0.1:4566 --yes',
        ]),
      )
        .option('--role-per-step', 'one role and one function a step (the default)')
        .option('--dry-run', 'show the plan and change nothing')
        .option('-y, --yes', 'do not ask')
        .option('--endpoint-url <url>', 'where the AWS APIs are')
        .option('--permissions-boundary <arn>', 'boundary of every role')
        .option('--start', 'start the machine afterwards and follow it')
        .option('--json', 'print JSON')
        .action(async (script: string, options: Omit<DeployOptions, 'script' | 'session'>) => {
          const { deployCommand } = await import('./commands/deploy.ts');
          done(await deployCommand({ script, ...options, session }));
        }),

    start: () =>
      define('start', 'start a deployed machine, follow it, exit with the status of its script', [
        'sh2sfn start nightly 2026-11-24',
        'sh2sfn start --detach nightly',
      ])
        .usage('[options] NAME [ARG...]')
        .argument('<name>', 'name of the machine')
        .argument('[args...]', "the script's arguments")
        .passThroughOptions()
        .option('--detach', "print the execution's ARN and do not wait")
        .option('--endpoint-url <url>', 'where the AWS APIs are')
        .option('--json', 'print JSON')
        .action(
          async (name: string, args: string[], options: { detach?: boolean; endpointUrl?: string; json?: boolean }) => {
            const { startCommand } = await import('./commands/start.ts');
            done(await startCommand({ name, args, ...options, session }));
          },
        ),

    destroy: () =>
      define('destroy <name>', 'remove all that deploy made, and only that', [
        'sh2sfn destroy nightly --dry-run',
        'sh2sfn destroy nightly --yes',
      ])
        .option('--dry-run', 'show what would go and change nothing')
        .option('-y, --yes', 'do not ask')
        .option('--endpoint-url <url>', 'where the AWS APIs are')
        .option('--json', 'print JSON')
        .action(
          async (name: string, options: { dryRun?: boolean; yes?: boolean; endpointUrl?: string; json?: boolean }) => {
            const { destroyCommand } = await import('./commands/destroy.ts');
            done(await destroyCommand({ name, ...options, session }));
          },
        ),

    explain: () =>
      define('explain [code]', 'print the page of a diagnostic, or list them all', [
        'sh2sfn explain SH1004',
        'sh2sfn explain crlf-line-ends',
        'sh2sfn explain',
      ])
        .option('--json', 'print JSON')
        .action(async (code: string | undefined, options: { json?: boolean }) => {
          const { explainCommand } = await import('./commands/explain.ts');
          done(explainCommand(code, options, session));
        }),

    doctor: () =>
      define('doctor', 'say what is missing on this machine', ['sh2sfn doctor', 'sh2sfn doctor --json'])
        .option('--json', 'print JSON')
        .action(async (options: { json?: boolean }) => {
          const { doctorCommand } = await import('./commands/doctor.ts');
          done(doctorCommand(options, session));
        }),

    completion: () =>
      define('completion <shell>', 'print a completion script for bash, zsh or fish', [
        'source <(sh2sfn completion bash)',
        'sh2sfn completion fish > ~/.config/fish/completions/sh2sfn.fish',
      ]).action(async (shell: string) => {
        const { completionCommand } = await import('./commands/completion.ts');
        done(completionCommand(shell, program, session));
      }),
  };

  if (only !== undefined && Object.hasOwn(commands, only)) commands[only]!();
  else for (const declare of Object.values(commands)) declare();
  return program;
}
