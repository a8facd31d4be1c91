/** `sh2sfn graph`: a picture of the machine. */
import { renderDot, renderMermaid } from '../../graph.ts';
import { type CompileFlags, compileForCommand } from '../compile.ts';
import { readScriptOrInput } from '../script.ts';
import { type Session, STATUS } from '../session.ts';

export interface GraphCommandOptions extends CompileFlags {
  format: 'mermaid' | 'dot';
  json?: boolean;
}

export async function graphCommand(script: string, options: GraphCommandOptions, session: Session): Promise<number> {
  const compiled = await compileForCommand(
    await readScriptOrInput(script, session.cwd),
    { ...options, withoutFiles: true },
    session,
  );
  if (!compiled) return STATUS.refused;
  const { definition, manifest } = compiled.bundle;
  const graph = options.format === 'dot' ? renderDot(definition) : renderMermaid(definition);
  session.stdout(
    options.json ? `${JSON.stringify({ name: manifest.name, format: options.format, graph }, null, 2)}\n` : graph,
  );
  return STATUS.ok;
}
