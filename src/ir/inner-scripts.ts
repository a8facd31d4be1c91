/** Looks into the shell scripts of the user's that a step runs: what they call needs the step's rights and programs. */
import type { StepCommand } from '../bundle.ts';
import { keepingIndex, literalValue, walk } from '../parse/ast.ts';
import { parseScript } from '../parse/parse.ts';
import { SourceFile } from '../source/source-file.ts';
import { describeCommands } from './commands.ts';

/** `sh` of `#!/bin/sh`, `#!/usr/bin/env bash`, …; undefined without such a line. */
function interpreterOf(text: string): string | undefined {
  const words = /^#![ \t]*(\S+)(?:[ \t]+(?:-S[ \t]+)?(\S+))?/.exec(text);
  if (!words) return undefined;
  return /\/env$/.test(words[1]!) ? words[2] : words[1];
}

/**
 * Commands of a script of the user's; of another program, only its interpreter. A script that cannot be parsed has none:
 * the shell that runs it will say so.
 *
 * @param text the file's bytes, one code unit each
 * @param fed its standard input is not that of the step
 */
export function commandsInside(path: string, text: string, fed?: true): StepCommand[] {
  const interpreter = interpreterOf(text);
  if (interpreter !== undefined && !/(^|\/)(ba|da|k|mk|z)?sh$/.test(interpreter)) {
    return [
      { words: [{ text: interpreter, value: interpreter }], line: 1, column: 1, redirectsFile: false, file: path },
    ];
  }
  if (text.includes('\0')) return [];
  const source = new SourceFile(path, text);
  const { value: script } = keepingIndex(() => parseScript(source));
  if (!script) return [];
  const functions = new Set<string>();
  walk(script, (node) => {
    if (node.type === 'Function') functions.add(literalValue(node.name) ?? '');
  });
  return describeCommands(script.commands, { source, file: path }).flatMap((command) => {
    const name = command.words[0]?.value;
    if (typeof name === 'string' && functions.has(name)) return [];
    // Files that come and go within one step are its own affair; what is left behind, the step itself reports.
    return [{ ...command, ...(fed ? { fed } : {}), redirectsFile: false }];
  });
}

/** Commands whose words are never files. */
const NO_FILES = new Set(
  (
    ': true false echo printf exit return break continue shift set export local declare typeset readonly unset trap kill wait sleep ' +
    'alias hash type let getopts umask ulimit basename dirname expr date'
  ).split(' '),
);

/** Paths in a command's words that may be files of the user's: its program, and what it is given. */
export function pathsIn({ words }: StepCommand): string[] {
  if (NO_FILES.has(words[0]?.value ?? '')) return [];
  return words.flatMap(({ value }, index) => {
    if (value === null || value === '') return [];
    if (index === 0) return value.includes('/') ? [value] : [];
    return [value, value.replace(/^-[^=]*=/, ''), value.replace(/^@/, '')];
  });
}

/** The program of the user's that a command runs in a shell, if its words name one. */
export function programOf({ words }: StepCommand): string | undefined {
  const values = words.map(({ value }) => value);
  const name = values[0];
  if (name === undefined || name === null) return undefined;
  if (name.includes('/')) return name;
  if (/^(bash|sh|\.|source)$/.test(name))
    return values.slice(1).find((value) => value === null || !value.startsWith('-')) ?? undefined;
  return undefined;
}
