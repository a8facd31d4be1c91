/** Compiles a script for the commands that need its bundle and then talk about AWS. */
import { type CompileFlags, compileForCommand } from './compile.ts';
import { readScript, userFiles } from './script.ts';
import { report, type Session, STATUS } from './session.ts';

export interface DeployFlags extends CompileFlags {
  /** The default, and the only way yet. */
  rolePerStep?: boolean;
  dryRun?: boolean;
  yes?: boolean;
  endpointUrl?: string;
  permissionsBoundary?: string;
  start?: boolean;
  json?: boolean;
}

export async function deployScript(script: string, flags: DeployFlags, session: Session): Promise<number> {
  const source = readScript(script, session.cwd);
  // Deploy reports the warnings itself, as errors where they are.
  const compiled = compileForCommand(source, { ...flags, quiet: true }, session);
  if (!compiled) return STATUS.refused;
  const { deployCommand } = await import('./commands/deploy.ts');
  const { dryRun, yes, endpointUrl, permissionsBoundary, start, json } = flags;
  return deployCommand({
    bundle: compiled.bundle,
    readFile: userFiles(session.cwd),
    report: (diagnostics) => report(session, diagnostics, source),
    ...{ dryRun, yes, endpointUrl, permissionsBoundary, start, json },
  });
}

export async function rolesOfScript(
  script: string,
  flags: CompileFlags & { json?: boolean },
  session: Session,
): Promise<number> {
  const source = readScript(script, session.cwd);
  const compiled = compileForCommand(source, { ...flags, quiet: true }, session);
  if (!compiled) return STATUS.refused;
  const { rolesCommand } = await import('./commands/roles.ts');
  return rolesCommand({
    bundle: compiled.bundle,
    json: flags.json,
    report: (diagnostics) => report(session, diagnostics, source),
  });
}
