/** Where in a random script something is written, and what the script is about. */

/** What a script may be about. Each script has some of them: their combinations are what finds faults. */
export const TOPICS = {
  errexit: 0.35,
  pipefail: 0.25,
  nounset: 0.1,
  errTrap: 0.07,
  exitTrap: 0.25,
  signalTrap: 0.12,
  subshellTrap: 0.1,
  lastArgument: 0.05,
  pipestatus: 0.25,
  arrays: 0.35,
  maps: 0.15,
  files: 0.45,
  execRedirect: 0.1,
  descriptors: 0.08,
  functions: 0.7,
  redefinition: 0.15,
  dynamicNames: 0.2,
  shadowing: 0.1,
  eval: 0.2,
  jobs: 0.12,
  documents: 0.3,
  substitution: 0.5,
  parameters: 0.6,
  loops: 0.7,
  cases: 0.4,
  tests: 0.6,
  reading: 0.3,
  stdin: 0.2,
  pipelines: 0.5,
  subshells: 0.45,
  options: 0.2,
  attributes: 0.12,
  directories: 0.15,
  positional: 0.5,
  lines: 0.15,
  programs: 0.5,
  sourcing: 0.06,
  unset: 0.15,
  getopts: 0.05,
  leaving: 0.4,
  errors: 0.15,
  oneLine: 0.15,
  processes: 0.08,
  prefixes: 0.15,
  replaced: 0.06,
  trace: 0.04,
  lastpipe: 0.03,
  exported: 0.08,
  aliases: 0.04,
  frames: 0.07,
  debugTrap: 0.03,
  posix: 0.04,
  transforms: 0.12,
  extglob: 0.07,
  readOptions: 0.12,
  introspection: 0.1,
  menus: 0.03,
  coprocesses: 0.02,
  random: 0.04,
  times: 0.03,
  waiting: 0.06,
  localOptions: 0.05,
} as const;

export type Topic = keyof typeof TOPICS;

export interface Place {
  /** Levels of compound commands that may still be opened. */
  depth: number;
  /** Enclosing loops that `break` and `continue` reach. */
  loops: number;
  /** Number of the function whose body this is, or -1; a body calls itself and functions with lower numbers. */
  body: number;
  /** Runs at once with other commands: no files that others see, no standard input, no signals. */
  parallel: boolean;
  /** Not the script's own shell: signals to `$$` would go elsewhere. */
  forked: boolean;
  /** Standard input is something that commands here may read. */
  input: boolean;
}
