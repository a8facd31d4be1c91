/**
 * Spec cases in the Oils form: `#### name`, the script's lines, then what bash does with it.
 *
 * Files are read as latin1, so that a case may hold any byte and one code unit is one byte.
 */

/** One script and what is expected of it. */
export interface SpecCase {
  /** File that holds the case, without directories and `.test.sh`. */
  file: string;
  name: string;
  /** One-based line of `#### name`. */
  line: number;
  /** The script, ending in a newline. */
  code: string;
  stdout: string;
  status: number;
  /** Compared (with positions normalised) only where the case has a `## STDERR` section. */
  stderr?: string;
  /** Positional arguments (`## args-json: ["a", "b c"]`). */
  args: string[];
  /** Standard input, a regular file (`## stdin-json: "line\n"`); empty where absent. */
  stdin?: string;
  /** Files that lie in the working directory before, by path (`## FILE: lib.sh`, its lines, `## END`). */
  given?: Record<string, string>;
}

/** The part of a case that decides what bash does. */
export type Script = Pick<SpecCase, 'code' | 'args' | 'stdin' | 'given'>;

const directive = /^## ([A-Za-z-]+):(?: (.*))?$/;

/** Parses the text of a case file. Comments before the first case are its header. */
export function parseCaseFile(file: string, text: string): { header: string; cases: SpecCase[] } {
  const lines = text.split('\n');
  const first = lines.findIndex((line) => line.startsWith('#### '));
  const header = (first < 0 ? lines : lines.slice(0, first)).join('\n');
  const cases: SpecCase[] = [];
  for (let at = first; at >= 0 && at < lines.length; ) {
    let next = at + 1;
    while (next < lines.length && !lines[next]!.startsWith('#### ')) next++;
    cases.push(parseCase(file, at + 1, lines.slice(at, next)));
    at = next;
  }
  const names = new Set<string>();
  for (const { name, line } of cases) {
    if (names.has(name)) throw new Error(`${file}:${line}: the case name "${name}" is used twice`);
    names.add(name);
  }
  return { header, cases };
}

function parseCase(file: string, line: number, lines: string[]): SpecCase {
  const spec: SpecCase = { file, name: lines[0]!.slice(5).trim(), line, code: '', stdout: '', status: 0, args: [] };
  const body: string[] = [];
  for (let at = 1; at < lines.length; at++) {
    const found = directive.exec(lines[at]!);
    if (!found) {
      body.push(lines[at]!);
      continue;
    }
    const [, key, rest = ''] = found;
    const block = () => {
      const end = lines.indexOf('## END', at);
      if (end < 0) throw new Error(`${file}:${line + at}: ${key} without ## END`);
      const content = lines.slice(at + 1, end).map((text) => `${text}\n`);
      at = end;
      return content.join('');
    };
    if (key === 'STDOUT') spec.stdout = block();
    else if (key === 'STDERR') spec.stderr = block();
    else if (key === 'FILE') spec.given = { ...spec.given, [rest]: block() };
    else if (key === 'status') spec.status = Number(rest);
    else if (key === 'stdout-json') spec.stdout = JSON.parse(rest) as string;
    else if (key === 'stdin-json') spec.stdin = JSON.parse(rest) as string;
    else if (key === 'args-json') spec.args = JSON.parse(rest) as string[];
    else throw new Error(`${file}:${line + at}: unknown directive ${key}`);
  }
  while (body.length > 0 && body.at(-1) === '') body.pop();
  spec.code = body.map((text) => `${text}\n`).join('');
  return spec;
}

/** The text of a case file: parsing and formatting it again changes nothing. */
export function formatCaseFile(header: string, cases: readonly SpecCase[]): string {
  const top = header.trim();
  return `${top === '' ? '' : `${top}\n\n`}${cases.map(formatCase).join('\n')}`;
}

function formatCase(spec: SpecCase): string {
  let text = `#### ${spec.name}\n${spec.code}`;
  if (spec.args.length > 0) text += `## args-json: ${ascii(spec.args)}\n`;
  for (const [path, content] of Object.entries(spec.given ?? {})) text += `## FILE: ${path}\n${content}## END\n`;
  if (spec.stdin !== undefined) text += `## stdin-json: ${ascii(spec.stdin)}\n`;
  if (fitsBlock(spec.stdout)) text += `## STDOUT:\n${spec.stdout}## END\n`;
  else text += `## stdout-json: ${ascii(spec.stdout)}\n`;
  if (spec.stderr !== undefined) text += `## STDERR:\n${spec.stderr}## END\n`;
  if (spec.status !== 0) text += `## status: ${spec.status}\n`;
  return text;
}

/** JSON of latin1 text in ASCII alone, so that editors cannot re-encode it. */
function ascii(value: unknown): string {
  return JSON.stringify(value).replace(
    /[\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** A block holds whole lines of readable text that cannot be taken for a directive. */
function fitsBlock(text: string): boolean {
  return /^(?:[\t\x20-\x7e\x80-\xff]*\n)*$/.test(text) && !/^##/m.test(text);
}
