/** `sh2sfn compile`: writes the bundle, or prints what lies between two stages. */
import { join, relative, resolve } from 'node:path';
import type { Statistics } from '../../bundle.ts';
import { bundleFiles, staleFiles, writeBundle } from '../../bundle-write.ts';
import { renderMermaid } from '../../graph.ts';
import { REASONS, type Reason } from '../../ir/reasons.ts';
import { type CompileFlags, compileForCommand } from '../compile.ts';
import { writeDiagnostic } from '../errors.ts';
import { readScriptOrInput, userFiles } from '../script.ts';
import { report, type Session, STATUS } from '../session.ts';

export const EMITS = ['ast', 'ir', 'asl', 'graph'] as const;

export interface CompileCommandOptions extends CompileFlags {
  emit?: (typeof EMITS)[number];
  /** Directory of the bundle. */
  output?: string;
  check?: boolean;
  stats?: boolean;
  json?: boolean;
}

export async function compileCommand(
  script: string,
  options: CompileCommandOptions,
  session: Session,
): Promise<number> {
  const source = await readScriptOrInput(script, session.cwd);
  const withoutFiles = options.emit !== undefined || options.stats;
  const compiled = await compileForCommand(source, { ...options, withoutFiles }, session);
  if (!compiled) return STATUS.refused;
  const { bundle } = compiled;
  if (options.emit) {
    session.stdout(emit(options.emit, compiled));
    return STATUS.ok;
  }
  // Counted when it is asked for.
  const { statistics, name } = bundle.manifest;
  if (options.stats) {
    session.stdout(options.json ? json({ ...statistics, shared: compiled.shared() }) : renderStatistics(statistics));
    return STATUS.ok;
  }
  const directory = resolve(session.cwd, options.output ?? join('sh2sfn.out', name));
  const shown = relative(session.cwd, directory) || directory;
  const files = bundleFiles(bundle, userFiles(session.cwd));
  if (options.check) {
    const stale = staleFiles(directory, files);
    if (options.json) session.stdout(json({ name, directory: shown, stale }));
    else if (stale.length > 0) {
      session.stdout(
        `${shown} is stale:\n${stale.map((path) => `  ${path}\n`).join('')}run \`sh2sfn compile ${script}\` to renew it\n`,
      );
    } else session.stdout(`${shown} is up to date\n`);
    return stale.length > 0 ? STATUS.failed : STATUS.ok;
  }
  try {
    writeBundle(directory, files);
  } catch (error) {
    const problem = writeDiagnostic(error, shown);
    if (!problem) throw error;
    report(session, [problem]);
    return STATUS.failed;
  }
  const { commands, states } = statistics;
  const steps = bundle.manifest.steps.length;
  if (options.json) session.stdout(json({ name, directory: shown, files: [...files.keys()].sort(), statistics }));
  else
    session.stdout(
      `wrote ${shown}: ${count(commands, 'command')} in ${count(steps, 'step')}, ${count(states, 'state')}\n`,
    );
  return STATUS.ok;
}

function emit(
  what: (typeof EMITS)[number],
  compiled: { ast: unknown; ir: () => string; bundle: { definition: Record<string, unknown> } },
): string {
  switch (what) {
    case 'ast':
      return json(compiled.ast);
    case 'ir':
      return compiled.ir();
    case 'asl':
      return json(compiled.bundle.definition);
    case 'graph':
      return renderMermaid(compiled.bundle.definition);
  }
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? '' : 's'}`;
}

function renderStatistics({ commands, split, states, plain, plainSplit, reasons }: Statistics): string {
  const share = (part: number, whole: number): string =>
    whole === 0 ? '' : ` (${((100 * part) / whole).toFixed(1)} %)`;
  const lines = [
    `simple commands          ${commands}`,
    `  with a step of its own ${split}${share(split, commands)}`,
    `  at the top level       ${plain}, of those ${plainSplit} with a step of its own${share(plainSplit, plain)}`,
    `states                   ${states}`,
  ];
  const shared = Object.entries(reasons).sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1));
  if (shared.length > 0) lines.push('commands that share a step, by reason');
  const width = Math.max(...shared.map(([reason]) => reason.length));
  for (const [reason, n] of shared) {
    lines.push(`  ${String(n).padStart(5)}  ${reason.padEnd(width)}  ${REASONS[reason as Reason]}`);
  }
  return `${lines.join('\n')}\n`;
}
