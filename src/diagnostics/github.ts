/** Renders diagnostics as GitHub Actions workflow commands, which show them beside the changed lines. */
import type { SourceFile } from '../source/source-file.ts';
import { type Diagnostic, primaryLabel } from './diagnostic.ts';
import { region } from './json.ts';

const LEVEL = { error: 'error', warning: 'warning', note: 'notice' } as const;

const data = (text: string): string => text.replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A');
const property = (text: string): string => data(text).replace(/:/g, '%3A').replace(/,/g, '%2C');

export function renderGithub(diagnostics: readonly Diagnostic[], source: SourceFile | undefined): string {
  return diagnostics.map((d) => `${command(d, source)}\n`).join('');
}

function command(d: Diagnostic, source: SourceFile | undefined): string {
  const label = primaryLabel(d);
  const properties = [`title=${property(`${d.code} ${d.slug}`)}`];
  if (source) {
    properties.unshift(`file=${property(source.path)}`);
    if (label) {
      const r = region(source, label.span);
      properties.push(`line=${r.line}`, `endLine=${r.endLine}`);
      // GitHub takes columns only where both ends are in one line.
      if (r.line === r.endLine) properties.push(`col=${r.column}`, `endColumn=${r.endColumn}`);
    }
  }
  const text = [
    d.message,
    ...(label?.text ? [label.text] : []),
    ...(d.cause ? [`cause: ${d.cause}`] : []),
    ...d.hints.map((h) => `hint: ${h}`),
  ];
  return `::${LEVEL[d.severity]} ${properties.join(',')}::${data(text.join('\n'))}`;
}
