/** Which functions a shell has: definitions of the script, as far as that can be known, and foreign ones. */

import { spawnSync } from 'node:child_process';
import { lookUp } from '../../record.ts';
import { identityPart, libraryOf } from '../leaf/source.ts';
import { lineShift } from '../line-count.ts';
import { Originals } from '../originals.ts';
import { BODY, MARK, SECTION } from '../section.ts';
import { type ForeignFunction, quote, type ShellState } from '../state.ts';
import type { PrivateDirectory } from './directory.ts';
import type { Drivers } from './drivers.ts';
import type { Invocation } from './invocation.ts';
import type { Known } from './known.ts';

interface Place {
  line: number;
  source: string;
}

export class Functions {
  private readonly invocation: Invocation;
  private readonly directory: PrivateDirectory;
  private readonly known: Known;
  private readonly drivers: Drivers;
  private readonly originals: Originals;
  private readonly canonical = new Map<string, string>();

  constructor(invocation: Invocation, directory: PrivateDirectory, known: Known, drivers: Drivers) {
    this.invocation = invocation;
    this.directory = directory;
    this.known = known;
    this.drivers = drivers;
    this.originals = new Originals(invocation.bash, invocation.options.functionEnds);
  }

  /**
   * Takes the functions that a leaf has recorded into the state after it.
   * @param names what `declare -F` prints
   * @param texts each function as `declare -f` prints it, and then where bash has read them
   */
  collect(after: ShellState, names: string, texts: string, before: ShellState): void {
    const { named, options } = this.invocation;
    const definitions = [...this.known.definitions.values()];
    const bodies = texts.split(BODY);
    const places = functionPlaces(bodies.pop()!, this.invocation.scriptName);
    const functions = new Map<string, ShellState['functions'][string]>();
    const foreign: (ForeignFunction & { name: string })[] = [];
    for (const [index, line] of names.split('\n').entries()) {
      const [, letters, name] = /^declare -(f\w*) (.+)$/.exec(line) ?? [];
      if (!letters || !name || name.startsWith('__sh2sfn')) continue;
      const attributes = letters.replace('f', '');
      // Behind the body of an exported or read-only function stands a declaration.
      const text = bodies[index]!.replace(/\n+$/, '').replace(/\ndeclare -f\w+ \S+$/, '');
      const entry = lookUp(before.functions, name);
      const place = places.get(name);
      const known = (id: string): boolean =>
        this.canonicalText(id) === text && (!named || !place || place.source === this.definedIn(id, after));
      const own =
        entry &&
        'id' in entry &&
        (known(entry.id) || text.includes('__sh2sfn') || text.includes(`${this.directory.path}/p`))
          ? entry.id
          : undefined;
      const id = own ?? definitions.find((d) => d.name === name && known(d.id))?.id;
      const extra = attributes ? { attributes } : {};
      if (id !== undefined)
        functions.set(name, { id, ...extra, shift: own ? entry!.shift : lineShift(before) || undefined });
      else if (
        entry &&
        'text' in entry &&
        entry.text === text &&
        entry.source === place?.source &&
        entry.line === place?.line
      )
        functions.set(name, { ...entry, attributes: undefined, ...extra });
      else {
        const found = { name, text, ...(named ? place : undefined) };
        foreign.push(found);
        functions.set(name, { text, ...(named ? place : undefined), ...extra });
      }
    }
    if (named && foreign.length > 0) {
      const directories = [before.cwd, after.cwd, options.cwd];
      for (const [name, original] of this.originals.find(foreign, directories))
        functions.set(name, { ...functions.get(name), ...original } as ForeignFunction);
    }
    after.functions = Object.fromEntries(functions);
  }

  /** What bash takes for the source of a function of the script or a library. */
  private definedIn(id: string, state: ShellState): string {
    const library = libraryOf(this.known.definitions.get(id), state);
    return (library === undefined ? this.invocation.scriptName : state.libraries![library]) ?? 'environment';
  }

  /** A definition as `declare -f` prints it. */
  private canonicalText(id: string): string {
    const known = this.canonical.get(id);
    if (known !== undefined) return known;
    const all = [...this.known.definitions.values()];
    const { identity } = this.drivers;
    const script = all
      .map((d) => {
        const text = d.text.map((part) => identityPart(part, identity) ?? '').join('');
        return `builtin eval -- ${quote(text)}; builtin declare -f -- ${quote(d.name)}; builtin printf '${MARK}'`;
      })
      .join('\n');
    const result = spawnSync(this.invocation.bash, ['-O', 'extglob', '-s'], {
      input: Buffer.from(script, 'latin1'),
      encoding: 'latin1',
      env: {},
    });
    const texts = result.stdout.split(SECTION);
    all.forEach((d, index) => {
      this.canonical.set(d.id, (texts[index] ?? '').replace(/\n+$/, ''));
    });
    return this.canonical.get(id)!;
  }
}

/**
 * What `declare -F` prints with `extdebug`: name, line and file. A function on the first line of a leaf's file may have been read
 * before BASH_SOURCE was made: then bash calls its file `main`.
 */
function functionPlaces(text: string, script: string | undefined): Map<string, Place> {
  const places = new Map<string, Place>();
  for (const match of text.matchAll(/^(\S+) (\d+) (.*)$/gm))
    places.set(match[1]!, { line: Number(match[2]), source: (match[3] === 'main' && script) || match[3]! });
  return places;
}
