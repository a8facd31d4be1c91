/**
 * What separates the sections of a record, and the functions in one: a word that nobody can know, since each process makes its
 * own. Data of the script's (a parameter, a file's name) stands in a record as it is, and must not look like the end of a
 * section: what follows would be taken for the shell's state.
 */
import { randomUUID } from 'node:crypto';
import * as fs from 'node:fs';

/** Bytes of the word: as many as in a UUID. */
const LENGTH = 16;

/** Read from the system's own source, where there is that: loading the module that makes such words takes longer than a step. */
function unknownWord(): string {
  const bytes = Buffer.alloc(LENGTH);
  let fd: number;
  try {
    fd = fs.openSync('/dev/urandom', 'r');
  } catch {
    return randomUUID();
  }
  try {
    fs.readSync(fd, bytes);
  } finally {
    fs.closeSync(fd);
  }
  return bytes.toString('hex');
}

const WORD = unknownWord();

/** Between two sections, in a record. */
export const SECTION = `\x1c${WORD}\n`;
/** The same in a format of printf. */
export const MARK = `\\x1c${WORD}\\n`;

/** Behind each function. */
export const BODY = `\x1d${WORD}\n`;
export const BODY_MARK = `\\x1d${WORD}\\n`;
