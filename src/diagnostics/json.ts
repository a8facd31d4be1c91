/** Renders diagnostics as JSON: spans as byte offsets, and as lines and columns (both one-based). */
import type { SourceFile, Span } from '../source/source-file.ts';
import { type Diagnostic, primaryLabel } from './diagnostic.ts';

/** Place of a span, for reports. */
export interface Region {
  line: number;
  column: number;
  endLine: number;
  endColumn: number;
}

export function region(source: SourceFile, span: Span): Region {
  const from = source.position(span.start);
  const to = source.position(span.end);
  return { line: from.line, column: from.column, endLine: to.line, endColumn: to.column };
}

/** A diagnostic as a JSON value. */
export function toJson(d: Diagnostic, source: SourceFile | undefined): Record<string, unknown> {
  const primary = primaryLabel(d);
  return {
    code: d.code,
    slug: d.slug,
    severity: d.severity,
    message: d.message,
    ...(source ? { file: source.path } : {}),
    labels: d.labels.map((label) => ({
      text: label.text,
      primary: label === primary,
      start: label.span.start,
      end: label.span.end,
      ...(source ? region(source, label.span) : {}),
    })),
    hints: d.hints,
    ...(d.fixes ? { fixes: d.fixes } : {}),
    ...(d.cause === undefined ? {} : { cause: d.cause }),
  };
}

/** One JSON array of all of them. Ends with a newline. */
export function renderJson(diagnostics: readonly Diagnostic[], source: SourceFile | undefined): string {
  return `${JSON.stringify(diagnostics.map((d) => toJson(d, source)))}\n`;
}
