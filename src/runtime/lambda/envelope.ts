/**
 * The state envelope between machines: what a state holds of the machine it was made on is data while it travels. The
 * work directory is {@link REMOTE_CWD}, and captured output is the bytes in place of the file that has them.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PLACE_NAMES, type Saved, type ShellState } from '../state.ts';

/** The work directory in an envelope that travels. No absolute path, so that no directory of the script's is called so. */
export const REMOTE_CWD = 'work:';

/** Where a state is on this machine. */
export interface StatePlace {
  work: string;
  /** Directory for captured output. */
  captures: string;
}

type Inner = Saved['state'];

/** `path` with the directory `from` as `to`; other paths as they are. */
function move(path: string, from: string, to: string): string {
  return path === from || path.startsWith(`${from}/`) ? to + path.slice(from.length) : path;
}

/** A `declare` line whose value, in whatever quotes, is such a path. */
function moveLine(line: string, from: string, to: string): string {
  const match = /^(declare \S+ \w+=(?:\$?['"])?)(.*)$/s.exec(line);
  if (!match) return line;
  const [, head, value] = match as unknown as [string, string, string];
  const next = value[from.length];
  return value.startsWith(from) && (next === undefined || '/\'"'.includes(next))
    ? head + to + value.slice(from.length)
    : line;
}

function convert(state: ShellState, from: string, to: string, capture: (value: string) => string): ShellState {
  const inner = <T extends Inner>(one: T): T => {
    const variables = { ...one.variables };
    for (const name of PLACE_NAMES) {
      const line = variables[name];
      if (line !== undefined) variables[name] = moveLine(line, from, to);
    }
    return {
      ...one,
      variables,
      // Another function has other programs in other places, and other directories.
      hashed: [],
      place: undefined,
      cwd: move(one.cwd, from, to),
      directories: one.directories.map((directory) => move(directory, from, to)),
      captures: Object.fromEntries(Object.entries(one.captures).map(([id, value]) => [id, capture(value)])),
    };
  };
  const saved = state.saved.map((kept) => ({
    ...kept,
    state: inner(kept.state),
    ...(kept.file === undefined ? {} : { file: capture(kept.file) }),
  }));
  return { ...inner(state), saved };
}

/** A state that came from another machine, at home on this one. */
export function unpackState(state: ShellState, { work, captures }: StatePlace): ShellState {
  let count = 0;
  return convert(state, REMOTE_CWD, work, (bytes) => {
    count += 1;
    const file = join(captures, `i${count}`);
    writeFileSync(file, bytes, { encoding: 'latin1', mode: 0o600 });
    return file;
  });
}

/** A state of this machine, ready to travel. */
export function packState(state: ShellState, { work }: StatePlace): ShellState {
  return convert(state, work, REMOTE_CWD, (file) => readFileSync(file, 'latin1'));
}

export function decodeState(text: string): ShellState {
  return JSON.parse(Buffer.from(text, 'base64').toString('utf8')) as ShellState;
}

export function encodeState(state: ShellState): string {
  return Buffer.from(JSON.stringify(state), 'utf8').toString('base64');
}
