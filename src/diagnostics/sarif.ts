/** Renders diagnostics as SARIF 2.1.0, for code scanning. */
import type { SourceFile, Span } from '../source/source-file.ts';
import { CATALOG, type Code } from './catalog.ts';
import { type Diagnostic, primaryLabel } from './diagnostic.ts';
import { region } from './json.ts';

export function renderSarif(
  diagnostics: readonly Diagnostic[],
  source: SourceFile | undefined,
  version: string,
): string {
  const codes = [...new Set(diagnostics.map((d) => d.code))].sort();
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'sh2sfn', version, rules: codes.map(rule) } },
        columnKind: 'utf16CodeUnits',
        results: diagnostics.map((d) => result(d, source, codes.indexOf(d.code))),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function rule(code: Code): unknown {
  const { slug, title, severity } = CATALOG[code];
  return { id: code, name: slug, shortDescription: { text: title }, defaultConfiguration: { level: severity } };
}

function result(d: Diagnostic, source: SourceFile | undefined, ruleIndex: number): unknown {
  const primary = primaryLabel(d);
  const related = d.labels.filter((label) => label !== primary);
  const text = [d.message, ...(d.cause ? [`cause: ${d.cause}`] : []), ...d.hints.map((h) => `hint: ${h}`)].join('\n');
  return {
    ruleId: d.code,
    ruleIndex,
    level: d.severity,
    message: { text },
    ...(source ? { locations: [location(source, primary?.span, primary?.text)] } : {}),
    ...(source && related.length > 0
      ? { relatedLocations: related.map((label, id) => ({ id, ...location(source, label.span, label.text) })) }
      : {}),
  };
}

function location(source: SourceFile, span: Span | undefined, text: string | undefined): Record<string, unknown> {
  const physicalLocation: Record<string, unknown> = {
    artifactLocation: { uri: source.path.split('/').map(encodeURIComponent).join('/') },
  };
  if (span) {
    const r = region(source, span);
    physicalLocation.region = {
      startLine: r.line,
      startColumn: r.column,
      endLine: r.endLine,
      endColumn: r.endColumn,
      byteOffset: span.start,
      byteLength: span.end - span.start,
    };
  }
  return { physicalLocation, ...(text ? { message: { text } } : {}) };
}
