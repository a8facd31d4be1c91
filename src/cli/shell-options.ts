/** The shell options of `run`, spelt as for bash. */
import { nearest } from '../parse/directives.ts';
import { usageError } from './usage.ts';

/** Names that bash's `set -o` knows. */
const OPTION_NAMES = [
  'allexport',
  'braceexpand',
  'emacs',
  'errexit',
  'errtrace',
  'functrace',
  'hashall',
  'histexpand',
  'history',
  'ignoreeof',
  'interactive-comments',
  'keyword',
  'monitor',
  'noclobber',
  'noexec',
  'noglob',
  'nolog',
  'notify',
  'nounset',
  'onecmd',
  'physical',
  'pipefail',
  'posix',
  'privileged',
  'verbose',
  'vi',
  'xtrace',
];

/** Those that mean something else for a shell that starts with them than for one that sets them. */
const FROM_THE_START = ['history', 'monitor', 'verbose'];

/** The words for the shell's `set`: `-e`, `-u`, `-x`, and `-o NAME` for each name. */
export function setWords(options: {
  errexit?: boolean;
  nounset?: boolean;
  xtrace?: boolean;
  option?: string[];
}): string[] {
  const words: string[] = [];
  if (options.errexit) words.push('-e');
  if (options.nounset) words.push('-u');
  if (options.xtrace) words.push('-x');
  for (const name of options.option ?? []) {
    if (!OPTION_NAMES.includes(name)) {
      const near = nearest(name, OPTION_NAMES);
      throw usageError(
        `bash has no option \`${name}\``,
        near ? `did you mean \`${near}\`?` : `it has ${OPTION_NAMES.join(', ')}`,
      );
    }
    if (FROM_THE_START.includes(name))
      throw usageError(`\`-o ${name}\` is not supported`, `write \`set -o ${name}\` as the first line of the script`);
    words.push('-o', name);
  }
  return words;
}

type Environment = Readonly<Record<string, string | undefined>>;

const namesIn = (list = ''): string[] => list.split(':');

/** The options that the environment turns on in a shell, as words for its `set`. */
export const environmentWords = (env: Environment): string[] => [
  ...namesIn(env.SHELLOPTS)
    .filter((name) => OPTION_NAMES.includes(name))
    .flatMap((name) => ['-o', name]),
  ...(env.POSIXLY_CORRECT === undefined ? [] : ['-o', 'posix']),
];

/**
 * Options that are refused where the environment asks for them: they would hold for what a step's shell does for itself, too,
 * or the compiler divides the script by whether its text turns them on.
 */
const REFUSED = {
  SHELLOPTS: ['errexit', 'xtrace', 'keyword', 'noexec', 'onecmd', ...FROM_THE_START],
  BASHOPTS: ['execfail', 'expand_aliases', 'extdebug', 'failglob', 'inherit_errexit', 'lastpipe'],
};

/** Variables that would hold for what a step's shell does for itself, too. */
const REFUSED_VARIABLES = ['BASH_XTRACEFD', 'FUNCNEST'];

/** True if the environment defines a function that the text names: what that does to the shell which calls it, no text shows. */
export const namesImported = (env: Environment, text: string): boolean =>
  Object.keys(env).some((variable) => {
    const name = /^BASH_FUNC_(.*)%%$/.exec(variable)?.[1];
    return name !== undefined && text.includes(name);
  });

/** Refuses an environment that asks for what it cannot have. */
export function checkEnvironment(env: Environment): void {
  for (const variable of REFUSED_VARIABLES)
    if (env[variable])
      throw usageError(
        `${variable} is set in the environment`,
        `run it with \`env -u ${variable}\`, and set it in the script`,
      );
  for (const [variable, refused] of Object.entries(REFUSED)) {
    const name = namesIn(env[variable]).find((option) => refused.includes(option));
    if (name)
      throw usageError(
        `${variable} asks for \`${name}\` in the environment`,
        `run it with \`env -u ${variable}\`, and set the option in the script`,
      );
  }
}
