/** `sh2sfn roles SCRIPT`: each step's policy, with the reason beside every statement. */
import { hasErrors } from '../../diagnostics/diagnostic.ts';
import type { Grant } from '../../roles/types.ts';
import { type CompileFlags, compileForCommand } from '../compile.ts';
import { readScriptOrInput } from '../script.ts';
import { type Outcome, report, type Session, STATUS } from '../session.ts';

export interface RolesOptions extends CompileFlags {
  script: string;
  session: Session;
  json?: boolean;
}

export async function rolesCommand({ script, json, session, ...flags }: RolesOptions): Promise<Outcome> {
  const source = await readScriptOrInput(script, session.cwd);
  const compiled = await compileForCommand(source, { ...flags, quiet: true }, session);
  if (!compiled) return STATUS.refused;
  const [{ inferRoles }, { roleDiagnostics }] = await Promise.all([
    import('../../roles/infer.ts'),
    import('../../roles/diagnostics.ts'),
  ]);
  const { manifest, definition } = compiled.bundle;
  const { value: roles, problems } = inferRoles(manifest, definition);
  const diagnostics = roleDiagnostics(problems, false);
  report(session, flags.quiet ? diagnostics.filter(({ severity }) => severity === 'error') : diagnostics, source);
  if (json) session.stdout(`${JSON.stringify(roles, null, 2)}\n`);
  else {
    const blocks = manifest.steps.map((step) => {
      const role = roles.steps[step.key]!;
      const title = `${step.state} (${source.path}:${step.source.line})`;
      return role.role === undefined ? describe(title, role.grants) : `${title}\n  the existing role ${role.role}\n`;
    });
    session.stdout([...blocks, describe('the state machine', roles.machine.grants)].join('\n'));
  }
  return hasErrors(diagnostics) ? STATUS.refused : STATUS.ok;
}

function describe(title: string, grants: readonly Grant[]): string {
  const lines = [title];
  for (const grant of grants) {
    lines.push(`  ${grant.effect === 'Deny' ? 'not ' : ''}${grant.actions.join(', ')}`);
    for (const resource of grant.resources) lines.push(`    on ${resource}`);
    if (grant.condition) lines.push(`    if ${JSON.stringify(grant.condition)}`);
    const loose = grant.tightness === 'exact' ? '' : ` (${grant.tightness})`;
    lines.push(`    because of ${grant.reason}, line ${grant.line}${loose}`);
  }
  return `${lines.join('\n')}\n`;
}
