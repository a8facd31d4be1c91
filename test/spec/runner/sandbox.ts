/**
 * Runs a command on a script as the public suites' runner does: the script is `../t.sh` seen from a fresh, empty
 * working directory, with a small environment, and its outcome is stdout, stderr, exit status and the files it made.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  constants,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { Socket } from 'node:net';
import { constants as os, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Script } from './case-file.ts';

/** What a run gave. Text is latin1: one code unit a byte. */
export interface Outcome {
  stdout: string;
  stderr: string;
  /** Exit status, 128 + n after signal n; -1 where the time was over. */
  status: number;
  /** Path → digest of what lies there, below the working directory. */
  files: Record<string, string>;
  /** It made or removed files, be it for a while: in its directory, beside it, or in that for temporary files. */
  touched?: boolean;
}

export interface RunOptions {
  /** Milliseconds until the run is killed. */
  timeout?: number;
  /** A directory whose content lies in the working directory before the run. */
  root?: string;
  /** The script's path in that directory; without it the script is written beside the working directory. */
  path?: string;
}

const searchPath = '/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin';

/** Runs `command` with the script's name and arguments appended. */
export async function runScript(
  command: readonly string[],
  script: Script,
  options: RunOptions = {},
): Promise<Outcome> {
  const top = realpathSync(mkdtempSync(join(tmpdir(), 'spec-')));
  try {
    return await runIn(top, command, script, options);
  } finally {
    remove(top);
  }
}

async function runIn(top: string, command: readonly string[], script: Script, options: RunOptions): Promise<Outcome> {
  const cwd = join(top, 'cwd');
  mkdirSync(cwd);
  mkdirSync(join(top, 'tmp'));
  if (options.root) cpSync(options.root, cwd, { recursive: true, verbatimSymlinks: true });
  for (const [path, content] of Object.entries(script.given ?? {})) {
    mkdirSync(join(cwd, path, '..'), { recursive: true });
    writeFileSync(join(cwd, path), content, 'latin1');
  }
  const name = options.path === undefined ? '../t.sh' : `./${options.path}`;
  writeFileSync(join(cwd, name), script.code, 'latin1');
  let stdin = '/dev/null';
  if (script.stdin !== undefined) {
    stdin = join(top, 'stdin');
    writeFileSync(stdin, script.stdin, 'latin1');
  }
  const normal = (text: string) => text.replaceAll(top, '@TOP@');
  const before = snapshot(cwd, normal);
  const [program, ...rest] = command;
  const input = openSync(stdin, 'r');
  const pipes = [join(top, 'stdout'), join(top, 'stderr')] as const;
  execFileSync('mkfifo', ['-m', '600', ...pipes]);
  const stdout = openPipe(pipes[0]);
  const stderr = openPipe(pipes[1]);
  const changed = (): string =>
    [top, cwd, join(top, 'tmp')].map((path) => statSync(path, { bigint: true }).mtimeNs).join();
  const untouched = changed();
  let child: ChildProcess;
  try {
    child = spawn(program!, [...rest, name, ...script.args.map((arg) => Buffer.from(arg, 'latin1').toString())], {
      cwd,
      env: environmentOf(top),
      stdio: [input, stdout.writer, stderr.writer],
      detached: true,
    });
  } finally {
    for (const descriptor of [input, stdout.writer, stderr.writer]) closeSync(descriptor);
  }
  const status = await waitFor(child, options.timeout ?? 20_000);
  const texts = await Promise.all([stdout.text(), stderr.text()]);
  const [out, err] = texts.map(normal);
  const touched = !existsSync(cwd) || changed() !== untouched;
  const after = snapshot(cwd, normal);
  const files = Object.fromEntries(Object.entries(after).filter(([path, kind]) => before[path] !== kind));
  return { stdout: out!, stderr: err!, status, files, touched };
}

/** The environment that scripts under test have; `top` is the run's own directory. */
export function environmentOf(top: string): Record<string, string> {
  return {
    PATH: searchPath,
    HOME: join(top, 'cwd'),
    TMPDIR: join(top, 'tmp'),
    LANG: 'C.UTF-8',
    USER: 'nobody',
    LOGNAME: 'nobody',
    TERM: 'dumb',
  };
}

/** The ends of a FIFO: Node's own `pipe` is a socket, which a script could not open as /dev/stdout. */
function openPipe(path: string): { writer: number; text: () => Promise<string> } {
  const reader = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  const writer = openSync(path, constants.O_WRONLY);
  unlinkSync(path);
  const socket = new Socket({ fd: reader, readable: true, writable: false });
  const chunks: Buffer[] = [];
  const ended = new Promise<void>((resolve) => {
    socket.on('data', (chunk: Buffer) => chunks.push(chunk));
    socket.on('close', () => resolve());
    socket.on('error', () => resolve());
  });
  const text = async () => {
    // A process that left the session may hold the pipe: what it still writes does not count.
    const timer = setTimeout(() => socket.destroy(), 2_000);
    await ended;
    clearTimeout(timer);
    return Buffer.concat(chunks).toString('latin1');
  };
  return { writer, text };
}

/** Waits for the end of the child, then kills what it left running in its session. */
function waitFor(child: ChildProcess, timeout: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const killGroup = () => {
      try {
        process.kill(-child.pid!, 'SIGKILL');
      } catch {
        // Nothing was left.
      }
    };
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      killGroup();
    }, timeout);
    child.on('error', reject);
    child.on('exit', (code, signal) => {
      clearTimeout(timer);
      killGroup();
      resolve(late ? -1 : (code ?? 128 + os.signals[signal!]));
    });
  });
}

/** What lies below a directory: path → digest. */
export function snapshot(top: string, normal: (text: string) => string): Record<string, string> {
  const found: Record<string, string> = {};
  const walk = (directory: string, prefix: string) => {
    for (const name of readdirSync(directory, { encoding: 'latin1' }).sort()) {
      const path = Buffer.from(`${Buffer.from(directory).toString('latin1')}/${name}`, 'latin1');
      const stat = lstatSync(path);
      const shown = normal(prefix + name);
      if (stat.isSymbolicLink()) found[shown] = `link ${normal(readlinkSync(path))}`;
      else if (stat.isDirectory()) {
        found[shown] = 'directory';
        if (/^[\x20-\x7e]*$/.test(name)) walk(join(directory, name), `${prefix}${name}/`);
      } else if (stat.isFile()) found[shown] = fileKind(path, stat.mode, normal);
      else found[shown] = 'special';
    }
  };
  try {
    walk(top, '');
  } catch {
    found['.'] = 'unreadable';
  }
  return found;
}

function fileKind(path: Buffer, mode: number, normal: (text: string) => string): string {
  const content = normal(readFileSync(path).toString('latin1'));
  return `${(mode & 0o7777).toString(8)} ${createHash('sha256').update(content, 'latin1').digest('hex').slice(0, 16)}`;
}

/** Removes a directory, whatever its permissions. */
export function remove(top: string): void {
  try {
    rmSync(top, { recursive: true, force: true });
  } catch {
    // The script took away permissions.
    execFileSync('chmod', ['-R', 'u+rwx', top]);
    chmodSync(top, 0o700);
    rmSync(top, { recursive: true, force: true });
  }
}

/** Runs a command to its end in a directory; stdout as latin1. */
export async function captureStdout(
  command: readonly string[],
  cwd: string,
): Promise<{ status: number; stdout: string }> {
  const [program, ...rest] = command;
  const child = spawn(program!, rest, { cwd, stdio: ['ignore', 'pipe', 'ignore'] });
  const chunks: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  const status = await new Promise<number>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve(code ?? 128));
  });
  return { status, stdout: Buffer.concat(chunks).toString('latin1') };
}
