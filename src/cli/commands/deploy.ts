/** `sh2sfn deploy SCRIPT`: plans, shows and applies. */
import { createInterface } from 'node:readline/promises';
import type { Plan } from '../../deploy/plan.ts';
import { createDiagnostic } from '../../diagnostics/catalog.ts';
import { type Diagnostic, DiagnosticError } from '../../diagnostics/diagnostic.ts';
import { type CompileFlags, compileForCommand } from '../compile.ts';
import { hushSdk } from '../hush-sdk.ts';
import { readScript, userFiles } from '../script.ts';
import { type Outcome, report, type Session, STATUS } from '../session.ts';

export interface DeployOptions extends CompileFlags {
  script: string;
  session: Session;
  rolePerStep?: boolean;
  dryRun?: boolean;
  yes?: boolean;
  endpointUrl?: string;
  permissionsBoundary?: string;
  /** Starts the machine once it is deployed. */
  start?: boolean;
  json?: boolean;
}

/** Deploys a script. Refused scripts end with 2, failures of AWS with 1. */
export async function deployCommand(options: DeployOptions): Promise<Outcome> {
  const { session, json } = options;
  const source = readScript(options.script, session.cwd);
  const compiled = await compileForCommand(source, options, session);
  if (!compiled) return STATUS.refused;
  const [{ deploy, planDeployment, prepareDeploy }, { connect }, { readHandler }] = await Promise.all([
    import('../../deploy/deploy.ts'),
    import('../../deploy/clients.ts'),
    import('../../runtime/lambda/handler-file.ts'),
  ]);
  const { bundle } = compiled;
  const { value: prepared, diagnostics } = prepareDeploy(bundle, userFiles(session.cwd), readHandler());
  report(session, diagnostics, source);
  if (!prepared) return STATUS.refused;

  const status = await reportingFailures(session, async () => {
    hushSdk();
    const clients = await connect(options.endpointUrl);
    try {
      const planned = await planDeployment(clients, prepared, { boundary: options.permissionsBoundary });
      const { plan } = planned;
      if (!json) showPlan(plan, session);
      const machine = planned.desired.machine.arn;
      if (plan.changes.length > 0 && !options.dryRun) {
        await confirm(options.yes, 'Apply this plan?');
        await deploy(clients, planned, (change) => {
          if (!json) session.stderr(`${change.action}d ${change.kind} ${change.name}\n`);
        });
      }
      const applied = !options.dryRun;
      if (json && !options.start)
        session.stdout(`${JSON.stringify({ machine, applied, ...summary(plan) }, null, 2)}\n`);
      else if (applied && !options.start) session.stdout(`${machine}\n`);
      return STATUS.ok;
    } finally {
      clients.close();
    }
  });
  if (status !== STATUS.ok || !options.start || options.dryRun) return status;
  const { startCommand } = await import('./start.ts');
  return startCommand({ name: bundle.manifest.name, args: [], endpointUrl: options.endpointUrl, json, session });
}

/** Runs the work; a diagnostic that it throws is reported and ends the command with 1. */
export async function reportingFailures(session: Session, work: () => Promise<Outcome>): Promise<Outcome> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof DiagnosticError)) throw error;
    report(session, error.diagnostics);
    return STATUS.failed;
  }
}

/** Asks, unless `--yes` has answered. Without a terminal to ask on, or with another answer than yes, it throws. */
export async function confirm(yes: boolean | undefined, question: string): Promise<void> {
  if (yes) return;
  const hints = ['add --yes to apply the plan, or --dry-run to see it only'];
  const refuse = (message: string): Diagnostic => createDiagnostic('SH6013', { message, hints });
  if (!process.stdin.isTTY || !process.stderr.isTTY) {
    throw new DiagnosticError(refuse('there is no terminal to confirm the plan on'));
  }
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await terminal.question(`${question} [y/N] `);
  terminal.close();
  if (!/^y(es)?$/i.test(answer.trim())) throw new DiagnosticError(refuse('nothing was changed'));
}

const SIGN = { create: '+', update: '~', delete: '-' } as const;

/** Shows a plan on standard error, a line for each change. */
export function showPlan(plan: Plan, session: Session): void {
  const lines = plan.changes.map(({ action, kind, name }) => `  ${SIGN[action]} ${kind} ${name}`);
  for (const { kind, name } of plan.kept) lines.push(`  = ${kind} ${name} (kept: an execution is running)`);
  for (const { kind, name } of plan.foreign) lines.push(`  ! ${kind} ${name} (not ours: left alone)`);
  const count = (action: keyof typeof SIGN): number => plan.changes.filter((change) => change.action === action).length;
  lines.push(
    plan.changes.length === 0
      ? `nothing to do: ${plan.unchanged} resources are as they should be`
      : `${count('create')} to create, ${count('update')} to update, ${count('delete')} to delete, ${plan.unchanged} unchanged`,
  );
  session.stderr(`${lines.join('\n')}\n`);
}

/** A plan for `--json`: no packages, no policies. */
export function summary(plan: Plan): Record<string, unknown> {
  const changes = plan.changes.map(({ action, kind, name }) => ({ action, kind, name }));
  return { changes, unchanged: plan.unchanged, kept: plan.kept, foreign: plan.foreign };
}
