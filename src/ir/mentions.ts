/** Names of commands that stand in a script as data: what a word that only run time knows may come to. */
import type { Script } from '../parse/ast.ts';
import { dataTexts, isNamed, namePattern } from './data-texts.ts';

/**
 * True if the name of one of these commands stands in the script as data that a command known only at run time may be: neither
 * a word of some program, nor within a text for people.
 */
export function mentionsAsData(
  script: Script,
  functions: { has: (name: string) => boolean },
  commands: readonly string[],
): boolean {
  const named = namePattern(commands);
  return dataTexts(script, functions).some(
    (one) => !one.builtins?.some((name) => commands.includes(name)) && isNamed(one, named, script),
  );
}
