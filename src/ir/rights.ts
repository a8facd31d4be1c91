/** Whether a program of the user's needs rights of its own, as far as inference can tell: a shell script that calls `aws`. */
import { posix } from 'node:path';
import { commandsInside, programOf } from './inner-scripts.ts';
import type { ReadLibrary } from './libraries.ts';

/**
 * Answers whether the program that `path` names calls `aws`, itself or in the scripts that it runs. Paths are relative to the
 * working directory, or to the script's own. Of programs in other languages nothing is known: their rights stand in directives.
 */
export function findRights(script: string, read: ReadLibrary): (path: string) => boolean {
  const known = new Map<string, Calls>();
  const callsOf = (path: string): Calls => {
    const answer = known.get(path);
    if (answer) return answer;
    const calls: Calls = { aws: false, programs: [] };
    const places = path.startsWith('/') ? [path] : [path, posix.join(posix.dirname(script), path)];
    for (const place of new Set(places)) {
      const file = read(place);
      if (!file) continue;
      for (const command of commandsInside(place, Buffer.from(file.bytes).toString('latin1'))) {
        const program = programOf(command);
        if (command.words[0]?.value === 'aws') calls.aws = true;
        if (program !== undefined) calls.programs.push(program);
      }
    }
    known.set(path, calls);
    return calls;
  };
  return (path) => {
    const reached = new Set([path]);
    for (const program of reached) {
      const { aws, programs } = callsOf(program);
      if (aws) return true;
      for (const called of programs) reached.add(called);
    }
    return false;
  };
}

/** What a program calls: `aws`, and programs of the user's. */
interface Calls {
  aws: boolean;
  programs: string[];
}
