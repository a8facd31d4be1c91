/** What is wrong with a script, a command line or the world: data, rendered only at the edge. */
import type { Span } from '../source/source-file.ts';
import type { Code, Severity } from './catalog.ts';

/** A place in the script, with what there is to say about it. */
export interface Label {
  span: Span;
  text: string;
  /** The place that the diagnostic is about; without any, the first label is. */
  primary?: boolean;
}

/** A change of the script that settles the diagnostic. */
export interface Fix {
  description: string;
  edits: { span: Span; text: string }[];
}

export interface Diagnostic {
  code: Code;
  slug: string;
  severity: Severity;
  /** One sentence in lower case, without a full stop; text of the script in it went through {@link quoted}. */
  message: string;
  labels: Label[];
  hints: string[];
  fixes?: Fix[];
  /** What another program or service said. */
  cause?: string;
}

/** The label that a diagnostic is about. */
export function primaryLabel(d: Diagnostic): Label | undefined {
  return d.labels.find((l) => l.primary) ?? d.labels[0];
}

/** True if one of them refuses the script. */
export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some((d) => d.severity === 'error');
}

/** Diagnostics carried by a throw, from where there is no result to return them in. */
export class DiagnosticError extends Error {
  readonly diagnostics: Diagnostic[];

  constructor(...diagnostics: Diagnostic[]) {
    super(diagnostics.map((d) => `${d.code}: ${d.message}`).join('\n'));
    this.name = 'DiagnosticError';
    this.diagnostics = diagnostics;
  }
}
