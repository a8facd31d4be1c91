/**
 * Why a command shares a step with others although `--granularity command` gives every command its own: the closed list
 * of docs/support.md. A reason that is not here does not compile.
 */
export const REASONS = {
  alias:
    'the script sets aliases that are more than words, or in more than lines of their own: what its text means is known only to the shell that reads it; or a subshell expands those that a text may have set',
  'arithmetic-for':
    'the expressions of a `for ((…))` loop are not ones that stand alone as `(( ))` commands; or the first one may be an error, which leaves the loop counted, where a `break` or `continue` stands in no loop, or is for more than there are',
  auto: 'nothing is gained by a boundary here (granularity `auto` and `script`), or the text stands in escaped backticks and cannot be cut',
  background:
    'background jobs belong to the shell that started them: they stay with what waits for them or asks for `$!`, unless a list surely waits for all that it starts',
  'case-continue': 'a `;;&` goes on testing patterns against a word that has been expanded already',
  'command-text':
    "`$BASH_COMMAND` is read where it would show a text that is not the script's: in an EXIT trap, in an ERR trap that functions inherit or that judges a call, or beside `$$`",
  coproc: 'a coprocess and its descriptors belong to one shell',
  'debug-trap':
    'a DEBUG trap runs between the commands of one shell, and a CHLD trap when one of its processes has ended; a RETURN trap is the same where functions inherit it, an ERR trap or `$BASH_COMMAND` stands beside it, a text that only run time knows sets it, or its handler does more than a step records',
  'definition-size':
    'the definition would be larger than Step Functions takes (1 MiB): as many functions and lines as need be are divided as under `auto`, or, where that is too much, only around commands with rights or settings of their own',
  depth: 'pipelines within pipelines beyond three levels run in the step of their stage',
  descriptors: 'descriptors that a script opens for itself (3 and above, `{name}>`) belong to one process',
  'err-trap': 'an ERR trap judges a compound command by what happened inside it',
  'evaluating-stage':
    'a stage of a pipeline is `eval` or `.`: where `set -e` ends it, its status is 1, and a condition around the pipeline does not keep it from that',
  'function-definition': 'the definition itself does something: its name is special, or functions may be read-only',
  'here-document': 'a here-document without its delimiter goes to the end of the script, where nothing may follow it',
  indivisible: 'the construct has no parts that could be steps',
  lastpipe: 'with `lastpipe` the last stage of a pipeline runs in the shell itself',
  'last-argument':
    '`$_` is given attributes (`readonly _`), and is then no longer the last argument; or a function reads it, where it is that of the command before the call',
  limits: 'a limit on the size of files would hold for what records the state, too',
  'line-numbers':
    'bash miscounts the lines (LINENO) behind a subshell that is a stage of a longer pipeline, and counts those of a function that `eval` makes from where it is evaluated',
  'local-options': '`local -` restores options when its own shell leaves the function',
  'loop-variable': "the loop's variable has attributes (read-only, integer, a reference), or is no name",
  negation:
    'a loop is left out of a `!` whose shield from `set -e` depends on the option at that moment, or there are several `!`, or a subshell is all of it negated, which errexit or an error may end: bash inverts that, too; or a function behind it may turn errexit on, which judges what it does and not the call',
  'not-called':
    'the machine never reaches the command: a function that is not called, or only from inside another step (a trap, a word, `xargs`), or code behind an `exit`',
  parser: 'only bash, not our parser, can read the script',
  'process-id':
    '`$BASHPID`, `$PPID` of a child, a signal to `$$` from a subshell: the process itself is what is meant; or a signal to `$$` that one command writes and another runs, or a `$$` in a text that only run time evaluates; or a job is killed and not waited for, which its shell tells',
  'process-table': 'a table that no other process can be given (`hash`, `enable`, `bind`, `history`)',
  prompt: '`@P` expands a prompt, with counters of the process',
  'random-seed': 'RANDOM was given a seed: its generator belongs to one process',
  'redirection-effects': "the redirection's own words change something, and would be expanded twice",
  select: '`select` is a dialogue with one process',
  'shadowed-builtin': 'a function hides a builtin that the runtime itself needs',
  'shell-mode':
    'a mode of the shell as a whole (`set -v` where something asks for options or evaluates a text, `-n`, `-t`, `-m`, `-k`, BASH_XTRACEFD, exported SHELLOPTS or BASHOPTS, `extdebug`, `localvar_unset`, `execfail` beside subshells, BASH_ARGV)',
  substitution:
    'a command substitution that cannot run before its command without changing something: what stands before it has effects, or it may not run at all; or one in what a compound command expands itself, which jumps, or which errexit may end although it is ignored around',
  'special-variable':
    'a variable that bash gives its values (`LINENO`, `SECONDS`) was unset: it has lost its meaning in that shell, or exported; or the name of OPTIND stands as data, beside getopts, or it is read-only; or all variables are listed, of which SECONDS is one once it has been read; or a function has a locale of its own, where there may be none of a name',
  'subshell-trap':
    "traps are listed in a subshell, which shows its parent's, or set (perhaps by a text that only run time knows) in a stage of a pipeline that is neither `( … )` nor `{ …; }`, or in a shell within redirections, which an error, or a signal of its own, undoes before the EXIT trap runs; or a stage that is a simple command may fail to be expanded, where bash runs the script's EXIT trap in it",
  trace:
    "the trace of `set -x` shows what a loop's words do: they hold commands that are no steps, or end a shell whose EXIT trap it shows; or tells the line of commands in a redirection",
  time: '`time` measures one process and its children',
} as const;

/** Why a command shares a step. */
export type Reason = keyof typeof REASONS;
