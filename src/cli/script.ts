/** Reads the script, and refuses what bash would choke on before it has read a line. */
import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { createDiagnostic } from '../diagnostics/catalog.ts';
import { type Diagnostic, DiagnosticError } from '../diagnostics/diagnostic.ts';
import { readable } from '../diagnostics/text.ts';
import { endsInBackslash, SourceFile } from '../source/source-file.ts';
import { bytesOf } from './bytes.ts';
import { isSystemError } from './errors.ts';

const READ_FAULTS: Record<string, string> = {
  ENOENT: 'there is no such file',
  ENOTDIR: 'a part of the path is not a directory',
  EISDIR: 'it is a directory',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  ELOOP: 'the path has too many symbolic links',
  ENAMETOOLONG: 'the name is too long',
};

/** Reads a script that is only compiled: `-` is the standard input. */
export async function readScriptOrInput(path: string, cwd: string): Promise<SourceFile> {
  if (path !== '-') return readScript(path, cwd);
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
  return new SourceFile('stdin', Buffer.concat(chunks).toString('latin1'));
}

/** Reads a script by the name that the user gave, relative to `cwd`; `name` is the name's bytes. */
export function readScript(path: string, cwd: string, name = bytesOf(path)): SourceFile {
  let bytes: Buffer;
  try {
    // A name that is not UTF-8 is left as it is.
    const file =
      name === bytesOf(path)
        ? resolve(cwd, path)
        : Buffer.from(name.startsWith('/') ? name : `${bytesOf(cwd)}/${name}`, 'latin1');
    bytes = readFileSync(file);
  } catch (error) {
    if (!isSystemError(error)) throw error;
    const reason = READ_FAULTS[error.code ?? ''] ?? `error ${error.code}`;
    const hint =
      error.code === 'EISDIR'
        ? 'name the script inside it'
        : path === '-'
          ? 'write the script to a file: its commands would read from the standard input that it came from'
          : 'check the path; it is taken from the working directory';
    throw new DiagnosticError(
      createDiagnostic('SH1002', { message: `cannot read \`${path}\`: ${reason}`, hints: [hint] }),
    );
  }
  return new SourceFile(path, bytes.toString('latin1'));
}

/** The text of `run -c`, as bytes. A backslash that ends it stands for itself, unlike one that ends a file. */
export function commandSource(line: string): SourceFile {
  return new SourceFile('bash', endsInBackslash(line) ? `${line}\\` : line);
}

/** Refusals that the bytes alone decide. */
export function checkText(source: SourceFile): Diagnostic[] {
  const { text } = source;
  // Bash looks for a NUL in the first line of the file's first 80 bytes.
  const head = text.slice(0, 80).split('\n', 1)[0]!;
  if (head.includes('\0') || text.startsWith('\x7fELF')) {
    return [
      createDiagnostic('SH1003', {
        message: `\`${source.path}\` is a binary file, not a shell script`,
        hints: ['name the script itself; a program can be called from one'],
      }),
    ];
  }
  // A carriage return is an ordinary character to bash, and a script may mean it; at the end of the first line it
  // never does.
  const newline = text.indexOf('\n');
  if (newline > 0 && text[newline - 1] === '\r') {
    return [
      createDiagnostic('SH1004', {
        message: 'the script has Windows line ends (CR LF)',
        labels: [
          {
            span: { start: newline - 1, end: newline },
            text: 'bash takes this carriage return for a part of the line',
            primary: true,
          },
        ],
        hints: ["convert it: `sed -i 's/\\r$//' SCRIPT`, or set `*.sh text eol=lf` in .gitattributes"],
      }),
    ];
  }
  return [];
}

/** Reads user's files that steps name; undefined where there is no such regular file. */
export function userFiles(cwd: string): (path: string) => { bytes: Uint8Array; mode: number } | undefined {
  return (path) => {
    // Paths come from the script's bytes, one code unit each; the file system's names are UTF-8.
    const target = resolve(cwd, readable(path));
    try {
      const stat = statSync(target);
      return stat.isFile() ? { bytes: readFileSync(target), mode: stat.mode & 0o777 } : undefined;
    } catch {
      return undefined;
    }
  };
}
