/** The state that the script begins with. */

import * as fs from 'node:fs';
import { put } from '../../record.ts';
import { quoteDeclared, type ShellState } from '../state.ts';
import { withoutAmbient } from './ambient.ts';
import type { Base } from './driver.ts';
import type { Invocation } from './invocation.ts';

const OPTION_NAMES: Record<string, string> = {
  e: 'errexit',
  u: 'nounset',
  x: 'xtrace',
  f: 'noglob',
  a: 'allexport',
  C: 'noclobber',
  v: 'verbose',
  E: 'errtrace',
  T: 'functrace',
  n: 'noexec',
  b: 'notify',
  m: 'monitor',
  P: 'physical',
};

/** @param base what the first shell had before it did anything */
export function initialState({ options: given, bashBytes }: Invocation, base: Base): ShellState {
  const variables = withoutAmbient(base.variables, base.variables, given.ambient);
  const { cwd, inline } = given;
  variables.PWD = `declare -x PWD=${quoteDeclared(cwd)}`;
  const old = given.env.OLDPWD;
  if (old !== undefined && isDirectory(old)) variables.OLDPWD = `declare -x OLDPWD=${quoteDeclared(old)}`;
  else variables.OLDPWD = 'declare -x OLDPWD';
  for (const [name, value] of Object.entries(given.undecoded ?? {})) {
    if (Object.hasOwn(variables, name)) put(variables, name, `declare -x ${name}=${quoteDeclared(value)}`);
  }
  if (inline !== undefined)
    variables.BASH_EXECUTION_STRING = `declare -- BASH_EXECUTION_STRING=${quoteDeclared(inline)}`;
  const options = [...base.options];
  const shopt = [...base.shopt];
  let flags = 'hB';
  const set = given.options?.set ?? [];
  for (let i = 0; i < set.length; i += 1) {
    const word = set[i]!;
    if (word === '-o') {
      const name = set[i + 1]!;
      options.push(`set -o ${name}`);
      flags += Object.keys(OPTION_NAMES).find((letter) => OPTION_NAMES[letter] === name) ?? '';
      i += 1;
    } else if (/^-[a-zA-Z]+$/.test(word)) {
      for (const letter of word.slice(1)) {
        const name = OPTION_NAMES[letter];
        if (name) options.push(`set -o ${name}`);
        flags += letter;
      }
    }
  }
  if (given.options?.posix) options.push('set -o posix');
  return {
    variables,
    args: [...given.args],
    frames: [],
    functions: {},
    options,
    shopt,
    aliases: [],
    traps: [],
    cwd,
    directories: [],
    umask: '',
    limits: [],
    lastArgument: given.lastArgument ?? bashBytes,
    pipestatus: '0',
    seconds:
      Math.floor(Date.now() / 1000) -
      (/^\s*[-+]?\d+\s*$/.test(given.env.SECONDS ?? '') ? Number(given.env.SECONDS) : 0),
    flags,
    lists: {},
    captures: {},
    bindings: [],
    hashed: [],
    line: 1,
    argv0: given.argv0,
    level: 0,
    saved: [],
  };
}

function isDirectory(name: string): boolean {
  try {
    return fs.statSync(name).isDirectory();
  } catch {
    return false;
  }
}
