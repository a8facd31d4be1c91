/** The zip of a function: the step's payload and the runtime's handler, the same bytes for the same input. */
import { createHash } from 'node:crypto';
import { posix } from 'node:path';
import { type Zippable, zipSync } from 'fflate';
import type { Manifest, Step } from '../../bundle.ts';

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Finds a file of the user's, as the script names it. */
export type ReadFile = (path: string) => { bytes: Uint8Array; mode: number } | undefined;

/** A file that is missing, lies outside, or is not the one that was compiled. */
export interface FileProblem {
  step: Step;
  path: string;
  reason: string;
}

/** `handler` of the function: the export of index.js in the zip. */
export const HANDLER = 'index.handler';

/** The step's payload: what the handler reads beside itself. */
export function stepPayload(manifest: Manifest, step: Step): string {
  // What functions call is for those who plan: the shell has their text.
  const functions = manifest.functions.map((definition) => ({ ...definition, commands: [] }));
  return `${JSON.stringify({ protocol: manifest.protocol, steps: { [step.key]: step }, functions })}\n`;
}

/** Reads the step's files and checks that they are those of the bundle. */
export function readFiles(step: Step, readFile: ReadFile): { files: Map<string, Uint8Array>; problems: FileProblem[] } {
  const files = new Map<string, Uint8Array>();
  const problems: FileProblem[] = [];
  for (const { path, sha256: expected } of step.files) {
    const packed = packedPath(path);
    const found = packed === undefined ? undefined : readFile(path);
    if (packed === undefined) problems.push({ step, path, reason: 'lies outside the directory of the script' });
    else if (!found) problems.push({ step, path, reason: 'cannot be read' });
    else if (sha256(found.bytes) !== expected)
      problems.push({ step, path, reason: 'has changed since it was compiled' });
    else files.set(packed, found.bytes);
  }
  return { files, problems };
}

/**
 * Where a file lies in the package; undefined where its path leaves the directory. The path is bytes of the script, one
 * code unit each; names in a zip are UTF-8.
 */
export function packedPath(path: string): string | undefined {
  const normal = posix.normalize(Buffer.from(path, 'latin1').toString());
  if (posix.isAbsolute(normal) || normal === '.' || normal === '..' || normal.startsWith('../')) return undefined;
  return `files/${normal}`;
}

/** Zips a step's package. Times and modes are fixed; the handler restores the files' own modes from step.json. */
export function zipStep(payload: string, files: ReadonlyMap<string, Uint8Array>, handler: Uint8Array): Uint8Array {
  const content: [string, Uint8Array, number][] = [
    ['index.js', handler, 0o644],
    ['step.json', new TextEncoder().encode(payload), 0o644],
    ...[...files].map(([path, bytes]): [string, Uint8Array, number] => [path, bytes, 0o755]),
  ];
  // A zip holds local time, and none before 1980.
  const mtime = new Date(1980, 0, 1);
  const entries: Zippable = {};
  for (const [path, bytes, mode] of content.sort(([a], [b]) => (a < b ? -1 : 1))) {
    entries[path] = [bytes, { level: 9, mtime, os: 3, attrs: ((0o100000 | mode) << 16) >>> 0 }];
  }
  return zipSync(entries);
}
