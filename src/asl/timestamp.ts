/** Timestamps of the language: RFC 3339 with an upper-case T and Z. */
const TIMESTAMP = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

/** Milliseconds since the epoch; NaN if the text is no timestamp. */
export function parseTimestamp(text: unknown): number {
  return typeof text === 'string' && TIMESTAMP.test(text) ? Date.parse(text) : Number.NaN;
}
