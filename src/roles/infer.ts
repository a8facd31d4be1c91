import type { Manifest, Step } from '../bundle.ts';
import { commandsOf } from '../step-commands.ts';
import { inferCommand } from './commands/aws.ts';
import { readPermissions } from './directives.ts';
import { buildPolicy, functionTrust, logGrant, machineRole } from './policy.ts';
import type { Grant, Problem, Roles, StepRole } from './types.ts';

/** A problem, with the step that has it. */
export interface StepProblem extends Problem {
  step: Step;
}

/** The roles of a machine and what could not be inferred for them. */
export function inferRoles(
  manifest: Pick<Manifest, 'steps'> & Partial<Pick<Manifest, 'functions' | 'traps'>>,
  definition: unknown,
): { value: Roles; problems: StepProblem[] } {
  const problems: StepProblem[] = [];
  const steps: Record<string, StepRole> = {};
  for (const step of manifest.steps) {
    const { value, problems: found } = inferStep(step, manifest);
    steps[step.key] = value;
    problems.push(...found.map((problem) => ({ ...problem, step })));
  }
  return { value: { machine: machineRole(definition), steps }, problems };
}

function inferStep(
  step: Step,
  script: Partial<Pick<Manifest, 'functions' | 'traps'>>,
): { value: StepRole; problems: Problem[] } {
  const { settings } = step;
  const allowed = readPermissions(step);
  const grants: Grant[] = [logGrant(step.source.line), ...allowed.grants];
  const problems: Problem[] = [...allowed.problems];
  // Who names a role or a permission has settled what we could not read off.
  const settled = settings.role !== undefined || (settings.allow?.length ?? 0) > 0;
  for (const command of commandsOf(step, script)) {
    const inferred = inferCommand(command, settings.resource);
    const place = command.file === undefined ? '' : ` in ${command.file}`;
    grants.push(...inferred.grants.map((grant) => ({ ...grant, reason: grant.reason + place })));
    const where = command.file === undefined ? '' : `${command.file}:${command.line}: `;
    if (!settled)
      problems.push(...inferred.problems.map((problem) => ({ ...problem, message: where + problem.message })));
  }
  const value: StepRole = { step: step.key, trust: functionTrust(), policy: buildPolicy(grants, true), grants };
  if (settings.role !== undefined) value.role = settings.role;
  return { value, problems };
}

/** The roles as the bundle holds them, by file below `roles/`. */
export function bundleRoles(roles: Roles): Record<string, unknown> {
  const steps = Object.entries(roles.steps).map(([key, role]): [string, unknown] => [`steps/${key}`, role]);
  return { machine: roles.machine, ...Object.fromEntries(steps) };
}
