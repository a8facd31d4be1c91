import type { StepCommand } from '../../bundle.ts';
import type { Inferred } from '../types.ts';
import { literal, readWord, type Word } from '../words.ts';
import { readService } from './arguments.ts';
import { inferOperation } from './operation.ts';
import { inferS3 } from './s3.ts';

/** Programs that run the command that follows them, with how many words of their own come first. */
const WRAPPERS: Record<string, number> = {
  command: 0,
  exec: 0,
  builtin: 0,
  env: 0,
  nohup: 0,
  time: 0,
  nice: 0,
  sudo: 0,
  stdbuf: 0,
  timeout: 1,
  xargs: 0,
  parallel: 0,
};

/**
 * What a command's words say about the permissions it needs. A program that is not `aws` gets no grant.
 *
 * @param patterns the step's `resource` directive: variable → pattern
 */
export function inferCommand(command: StepCommand, patterns: Record<string, string> = {}): Inferred {
  const words: Word[] = command.words.map((word) =>
    word.value === null ? readWord(word.text, patterns) : [{ kind: 'text', text: word.value }],
  );
  const start = findAws(words);
  if (start < 0) return { grants: [], problems: [] };
  const program = literal(words[0]);
  // xargs and parallel add arguments of their own at the end.
  if (program === 'xargs' || program === 'parallel') words.push([{ kind: 'unknown', many: true }]);

  const { service, rest } = readService(words.slice(start + 1));
  if (!service) return { grants: [], problems: [] };
  const name = literal(service);
  if (name === undefined) {
    const hints = ['write the service literally, or name the permissions: `# sh2sfn: allow=SERVICE:Action@ARN`'];
    const message = 'which service this `aws` command calls, only run time knows';
    return { grants: [], problems: [{ code: 'SH5003', message, hints, line: command.line }] };
  }
  return name === 's3' ? inferS3(rest, command.line) : inferOperation(name, rest, command.line);
}

/** Index of the word `aws` where it is the command, alone or behind wrappers; -1 otherwise. */
function findAws(words: readonly Word[]): number {
  let at = 0;
  while (at < words.length) {
    const name = literal(words[at]);
    if (name === undefined) return -1;
    if (/(^|\/)aws$/.test(name)) return at;
    if (!Object.hasOwn(WRAPPERS, name)) return -1;
    at++;
    // Options and assignments of the wrapper's own.
    while (at < words.length && /^(-|\w+=)/.test(literal(words[at]) ?? '')) at++;
    at += WRAPPERS[name]!;
  }
  return -1;
}
