/** Whether a program of the user's needs rights of its own, as far as inference can tell: a shell script that calls `aws`. */
import { posix } from 'node:path';
import { commandsInside, programOf } from './inner-scripts.ts';
import type { ReadLibrary } from './libraries.ts';

/**
 * Answers whether the program that `path` names calls `aws`, itself or in the scripts that it runs. Paths are relative to the
 * working directory, or to the script's own. Of programs in other languages nothing is known: their rights stand in directives.
 */
export function findRights(script: string, read: ReadLibrary): (path: string) => boolean {
  const known = new Map<string, boolean>();
  const needsRights = (path: string): boolean => {
    const answer = known.get(path);
    if (answer !== undefined) return answer;
    // One that calls itself needs no more for that.
    known.set(path, false);
    const places = path.startsWith('/') ? [path] : [path, posix.join(posix.dirname(script), path)];
    const needs = [...new Set(places)].some((place) => {
      const file = read(place);
      if (!file) return false;
      return commandsInside(place, Buffer.from(file.bytes).toString('latin1')).some((command) => {
        const program = programOf(command);
        return command.words[0]?.value === 'aws' || (program !== undefined && needsRights(program));
      });
    });
    known.set(path, needs);
    return needs;
  };
  return needsRights;
}
