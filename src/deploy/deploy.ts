/** Deployment from bundle to running machine, and back: the stages in order. */
import { type Bundle, DEFINITION_LIMIT } from '../bundle.ts';
import { createDiagnostic } from '../diagnostics/catalog.ts';
import { type Diagnostic, DiagnosticError, hasErrors } from '../diagnostics/diagnostic.ts';
import { linkDefinition } from '../link.ts';
import { roleDiagnostics } from '../roles/diagnostics.ts';
import { inferRoles } from '../roles/infer.ts';
import { POLICY_LIMIT } from '../roles/policy.ts';
import type { Roles } from '../roles/types.ts';
import { type ReadFile, readFiles, stepPayload, zipStep } from '../runtime/lambda/package.ts';
import { applyDeletions, applyDeploy, type Progress } from './apply.ts';
import { checkDeployable, fileDiagnostic, stepDiagnostic } from './check.ts';
import type { Clients } from './clients.ts';
import { buildDesired, type Desired, type DesiredOptions } from './desired.ts';
import { namesOf } from './names.ts';
import { type Observed, observe } from './observe.ts';
import { type Plan, planDeploy, planDestroy } from './plan.ts';

/** Bytes of a zip that Lambda takes directly. */
const ZIP_LIMIT = 50 * 1024 * 1024;

/** A bundle made ready: nothing in it refuses to be deployed. */
export interface Prepared {
  bundle: Bundle;
  roles: Roles;
  /** Package by step key. */
  zips: Map<string, Uint8Array>;
}

/** Checks the bundle and builds its packages. Needs no AWS. */
export function prepareDeploy(
  bundle: Bundle,
  readFile: ReadFile,
  handler: Uint8Array,
): { value?: Prepared; diagnostics: Diagnostic[] } {
  const { manifest } = bundle;
  const inferred = inferRoles(manifest, bundle.definition);
  const diagnostics = [...checkDeployable(manifest), ...roleDiagnostics(inferred.problems, true)];
  const zips = new Map<string, Uint8Array>();
  for (const step of manifest.steps) {
    const { files, problems } = readFiles(step, readFile);
    diagnostics.push(...problems.map(fileDiagnostic));
    const role = inferred.value.steps[step.key]!;
    if (JSON.stringify(role.policy).length > POLICY_LIMIT) {
      diagnostics.push(
        stepDiagnostic('SH6008', step, `the policy of step \`${step.state}\` is longer than IAM allows`, [
          'divide the step, or name a role: `# sh2sfn: role=ARN`',
        ]),
      );
    }
    if (problems.length > 0) continue;
    const zip = zipStep(stepPayload(manifest, step), files, handler);
    if (zip.length > ZIP_LIMIT) {
      diagnostics.push(
        stepDiagnostic(
          'SH6009',
          step,
          `the package of step \`${step.state}\` has ${zip.length} bytes; Lambda takes ${ZIP_LIMIT}`,
          ['bring large files from S3, or with a layer'],
        ),
      );
    }
    zips.set(step.key, zip);
  }
  return hasErrors(diagnostics) ? { diagnostics } : { value: { bundle, roles: inferred.value, zips }, diagnostics };
}

/** A plan with all that carrying it out needs. */
export interface DeployPlan {
  plan: Plan;
  desired: Desired;
  observed: Observed;
}

/** Observes the account and plans. Throws a diagnostic where a name is taken by something that is not ours. */
export async function planDeployment(
  clients: Clients,
  prepared: Prepared,
  options: DesiredOptions = {},
): Promise<DeployPlan> {
  const desired = buildDesired(prepared.bundle, prepared.roles, prepared.zips, clients, options);
  checkSize(desired);
  const observed = await observe(clients, desired.names);
  const plan = planDeploy(desired, observed);
  const [taken] = plan.foreign;
  if (taken) {
    const hints = ['give the machine another name, or remove that resource'];
    const message = `the ${taken.kind} ${taken.name} exists and was not made by this machine's deployment`;
    throw new DiagnosticError(createDiagnostic('SH6010', { message, hints }));
  }
  return { plan, desired, observed };
}

/** The definition names versions by their ARNs, which are longer than what stands for them. */
function checkSize({ machine, functions, place }: Desired): void {
  const { partition, region, account } = place;
  const names = new Map(functions.map(({ step, name }) => [step, name]));
  const linked = linkDefinition(machine.definition, {
    partition,
    self: machine.arn,
    step: (key) => `arn:${partition}:lambda:${region}:${account}:function:${names.get(key)}:00000`,
  });
  const size = Buffer.byteLength(JSON.stringify(linked));
  if (size <= DEFINITION_LIMIT) return;
  const hints = ['use a coarser `--granularity`, or divide the script'];
  const message = `the definition would have ${size} bytes; Step Functions takes ${DEFINITION_LIMIT}`;
  throw new DiagnosticError(createDiagnostic('SH4002', { message, hints }));
}

/** Carries a deployment out. Returns the machine's ARN. */
export async function deploy(
  clients: Clients,
  { plan, desired, observed }: DeployPlan,
  progress?: Progress,
): Promise<string> {
  await applyDeploy(clients, plan, desired, observed, progress);
  return desired.machine.arn;
}

/** Plans the removal of a machine. Throws a diagnostic where there is nothing of that name. */
export async function planDestruction(clients: Clients, name: string): Promise<{ plan: Plan; observed: Observed }> {
  const names = namesOf(name, clients.region);
  const observed = await observe(clients, names);
  const plan = planDestroy(names, observed);
  if (plan.changes.length === 0) throw new DiagnosticError(machineMissing(name, clients));
  return { plan, observed };
}

export async function destroy(
  clients: Clients,
  { plan, observed }: { plan: Plan; observed: Observed },
  progress?: Progress,
): Promise<void> {
  await applyDeletions(clients, plan, observed, progress);
}

export function machineMissing(name: string, clients: Pick<Clients, 'account' | 'region'>): Diagnostic {
  return createDiagnostic('SH6006', {
    message: `there is no deployed machine ${JSON.stringify(name)} in account ${clients.account}, ${clients.region}`,
    hints: ["deploy it with `sh2sfn deploy SCRIPT`; its name is the script's, without directories and ending"],
  });
}
