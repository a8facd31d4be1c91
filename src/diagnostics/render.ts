/** Renders diagnostics in the format that the user asked for. */
import type { SourceFile } from '../source/source-file.ts';
import type { Diagnostic } from './diagnostic.ts';
import { type FrameOptions, renderFrame } from './frame.ts';
import { renderGithub } from './github.ts';
import { renderJson } from './json.ts';
import { renderSarif } from './sarif.ts';

export const FORMATS = ['text', 'json', 'github', 'sarif'] as const;
export type Format = (typeof FORMATS)[number];

export interface RenderOptions extends FrameOptions {
  format?: Format;
  /** Version of sh2sfn, for SARIF. */
  version?: string;
}

/** Diagnostics in the order of the source, each once. */
export function arrange(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const seen = new Set<string>();
  const start = (d: Diagnostic): number => d.labels.find((l) => l.primary)?.span.start ?? d.labels[0]?.span.start ?? -1;
  return diagnostics
    .filter((d) => {
      const key = JSON.stringify([d.code, d.message, d.labels]);
      if (seen.has(key)) return false;
      seen.add(key);
      return true;
    })
    .map((d, index) => ({ d, index }))
    .sort((a, b) => start(a.d) - start(b.d) || a.index - b.index)
    .map(({ d }) => d);
}

export function renderDiagnostics(
  diagnostics: readonly Diagnostic[],
  source: SourceFile | undefined,
  options: RenderOptions = {},
): string {
  const ordered = arrange(diagnostics);
  switch (options.format ?? 'text') {
    case 'json':
      return renderJson(ordered, source);
    case 'github':
      return renderGithub(ordered, source);
    case 'sarif':
      return renderSarif(ordered, source, options.version ?? '0');
    case 'text':
      return ordered.map((d) => renderFrame(d, source, options)).join('\n');
  }
}
