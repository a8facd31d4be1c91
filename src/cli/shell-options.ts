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
    words.push('-o', name);
  }
  return words;
}
