/** Renders diagnostics for people: message, code frame, hints. */
import type { SourceFile } from '../source/source-file.ts';
import type { Severity } from './catalog.ts';
import { type Diagnostic, type Label, primaryLabel } from './diagnostic.ts';
import { printable, readable, width } from './text.ts';

export interface FrameOptions {
  /** Use ANSI colours. */
  color?: boolean;
}

/** Bytes of a line shown around a label, at most. */
const WINDOW = 160;

const SEVERITY_COLOR: Record<Severity, string> = { error: '31', warning: '33', note: '36' };

type Paint = (style: string, text: string) => string;

/** Renders one diagnostic. Ends with a newline. */
export function renderFrame(d: Diagnostic, source: SourceFile | undefined, options: FrameOptions = {}): string {
  const paint: Paint = (style, text) => (options.color ? `\x1b[${style}m${text}\x1b[0m` : text);
  const lines = [
    `${paint(`1;${SEVERITY_COLOR[d.severity]}`, `${d.severity}[${d.code} ${d.slug}]`)}${paint('1', `: ${printable(d.message)}`)}`,
  ];
  const primary = primaryLabel(d);
  if (primary && source) lines.push(...frame(d, primary, source, paint));
  if (d.cause !== undefined && d.cause !== '') lines.push(`${paint('1', 'cause')}: ${printable(d.cause)}`);
  for (const hint of d.hints) lines.push(`${paint('1;32', 'hint')}: ${printable(hint)}`);
  return `${lines.join('\n')}\n`;
}

function frame(d: Diagnostic, primary: Label, source: SourceFile, paint: Paint): string[] {
  const at = source.position(primary.span.start);
  const labels = d.labels
    .map((label) => ({ label, from: source.position(label.span.start) }))
    .sort((a, b) => a.from.line - b.from.line || a.from.column - b.from.column);
  const gutter = String(labels.at(-1)!.from.line).length;
  const bar = paint('34', '|');
  const blank = `${' '.repeat(gutter)} ${bar}`;
  const lines = [
    `${' '.repeat(gutter)} ${paint('34', '-->')} ${printable(source.path)}:${at.line}:${at.column}`,
    blank,
  ];
  let shown = 0;
  for (const { label, from } of labels) {
    const text = source.line(from.line);
    // A very long line is cut to a window around the label.
    const start = text.length <= WINDOW ? 0 : Math.max(0, from.column - 1 - WINDOW / 4);
    const cut = text.slice(start, start + WINDOW);
    if (from.line !== shown) {
      if (shown !== 0 && from.line > shown + 1) lines.push(`${' '.repeat(gutter)} ${paint('34', '...')}`);
      const left = start > 0 ? '…' : '';
      const right = start + WINDOW < text.length ? '…' : '';
      lines.push(`${paint('34', String(from.line).padStart(gutter))} ${bar} ${left}${show(cut)}${right}`.trimEnd());
    }
    shown = from.line;
    const before = (start > 0 ? ' ' : '') + show(cut.slice(0, from.column - 1 - start));
    const length = Math.min(label.span.end, label.span.start + text.length - (from.column - 1)) - label.span.start;
    const marked = show(cut.slice(from.column - 1 - start, from.column - 1 - start + length));
    const mark = (label === primary ? '^' : '-').repeat(Math.max(1, width(marked)));
    const style = label === primary ? `1;${SEVERITY_COLOR[d.severity]}` : '34';
    lines.push(
      `${blank} ${' '.repeat(width(before))}${paint(style, `${mark}${label.text ? ` ${printable(label.text)}` : ''}`)}`,
    );
  }
  return lines;
}

/** A piece of source as shown in a frame: tabs take four columns. */
function show(latin1: string): string {
  return printable(readable(latin1).replace(/\t/g, '    '));
}
