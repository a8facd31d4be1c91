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

  /** Text of a one-based line, without its newline. */
  line(number: number): string {
    const starts = this.starts();
    const start = starts[number - 1];
    if (start === undefined) return '';
    const end = starts[number];
    return this.text.slice(start, end === undefined ? undefined : end - 1);
  }
}
