/** A script's text. Bytes are kept: the text is decoded as latin1, one code unit a byte, so that offsets are byte offsets. */

/** Place in a file, both one-based; the column counts bytes. */
export interface Position {
  line: number;
  column: number;
}

/** Half-open range of byte offsets. */
export interface Span {
  start: number;
  end: number;
}

/** True if a text ends in a backslash that nothing quotes. */
export const endsInBackslash = (text: string): boolean => text.endsWith('\\') && /(?<!\\)(\\\\)*\\$/.test(text);

export class SourceFile {
  readonly path: string;
  readonly text: string;
  private lineStarts: number[] | undefined;

  /**
   * @param path as the user named it; `$0` of the script
   * @param text the file's bytes, decoded as latin1
   */
  constructor(path: string, text: string) {
    this.path = path;
    this.text = text;
  }

  /** Offsets of the first byte of each line; computed when first asked for. */
  private starts(): number[] {
    if (!this.lineStarts) {
      const starts = [0];
      for (let at = this.text.indexOf('\n'); at >= 0; at = this.text.indexOf('\n', at + 1)) starts.push(at + 1);
      this.lineStarts = starts;
    }
    return this.lineStarts;
  }

  /** Line and column of an offset. */
  position(offset: number): Position {
    const starts = this.starts();
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (starts[middle]! <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - starts[low]! + 1 };
  }

  /** The file that an offset lies in, where that is not the script itself. */
  fileAt(_offset: number): string | undefined {
    return undefined;
  }

  /** Text of a one-based line, without its newline. */
  line(number: number): string {
    const starts = this.starts();
    const start = starts[number - 1];
    if (start === undefined) return '';
    const end = starts[number];
    return this.text.slice(start, end === undefined ? undefined : end - 1);
  }
}

/** A script's text followed by those of the files that it reads: one text to the compiler, so that an offset says which. */
export class JoinedSource extends SourceFile {
  private readonly parts: { start: number; source: SourceFile }[];

  constructor(main: SourceFile, libraries: readonly SourceFile[]) {
    super(main.path, [main, ...libraries].map(({ text }) => text).join('\n'));
    let start = 0;
    this.parts = [main, ...libraries].map((source) => {
      const part = { start, source };
      start += source.text.length + 1;
      return part;
    });
  }

  override position(offset: number): Position {
    const { start, source } = this.partAt(offset);
    return source.position(offset - start);
  }

  override fileAt(offset: number): string | undefined {
    const part = this.partAt(offset);
    return part === this.parts[0] ? undefined : part.source.path;
  }

  private partAt(offset: number): { start: number; source: SourceFile } {
    return this.parts.findLast(({ start }) => start <= offset)!;
  }
}
