/** `sh2sfn completion`: completion scripts, made from the program's own description. */
import type { Command } from 'commander';
import { type Session, STATUS } from '../session.ts';
import { usageError } from '../usage.ts';

interface Described {
  name: string;
  description: string;
  flags: { long: string; description: string; choices: string[] }[];
  /** What its first argument is: a script, a machine, or one of these words. */
  words: string[];
}

export function completionCommand(shell: string, program: Command, session: Session): number {
  const commands = describe(program);
  switch (shell) {
    case 'bash':
      session.stdout(bash(commands));
      break;
    case 'zsh':
      session.stdout(zsh(commands));
      break;
    case 'fish':
      session.stdout(fish(commands));
      break;
    default:
      throw usageError(`there is no completion for \`${shell}\``, 'there is for bash, zsh and fish');
  }
  return STATUS.ok;
}

function describe(program: Command): Described[] {
  return program.commands.map((command) => ({
    name: command.name(),
    description: command.description(),
    flags: command.options
      .filter((option) => option.long)
      .map((option) => ({ long: option.long!, description: option.description, choices: option.argChoices ?? [] })),
    words: command.name() === 'completion' ? ['bash', 'zsh', 'fish'] : [],
  }));
}

/** A word in single quotes, for any shell of the three. */
const quote = (text: string): string => `'${text.replace(/'/g, "'\\''")}'`;

function bash(commands: Described[]): string {
  const cases = commands.map(({ name, flags, words }) => {
    const offered = [...flags.map((flag) => flag.long), '--help'].join(' ');
    return `    ${name}) flags=${quote(offered)} words=${quote(words.join(' '))} ;;`;
  });
  const choices = new Map(
    commands.flatMap(({ flags }) =>
      flags.filter((flag) => flag.choices.length > 0).map((flag) => [flag.long, flag.choices.join(' ')]),
    ),
  );
  const values = [...choices].map(
    ([flag, list]) => `    ${flag}) COMPREPLY=($(compgen -W ${quote(list)} -- "$current")); return ;;`,
  );
  return `# Completion of sh2sfn for bash: source <(sh2sfn completion bash)
_sh2sfn() {
  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD - 1]} flags= words=
  COMPREPLY=()
  if ((COMP_CWORD == 1)); then
    COMPREPLY=($(compgen -W ${quote([...commands.map((c) => c.name), 'help', '--help', '--version'].join(' '))} -- "$current"))
    return
  fi
  case $previous in
${values.join('\n')}
  esac
  case \${COMP_WORDS[1]} in
${cases.join('\n')}
  esac
  if [[ $current == -* ]]; then
    COMPREPLY=($(compgen -W "$flags" -- "$current"))
  elif [[ $words ]]; then
    COMPREPLY=($(compgen -W "$words" -- "$current"))
  else
    compopt -o filenames
    COMPREPLY=($(compgen -f -- "$current"))
  fi
}
complete -F _sh2sfn sh2sfn
`;
}

function zsh(commands: Described[]): string {
  const described = (word: string, text: string): string => quote(`${word.replace(/:/g, '\\:')}:${text}`);
  const specification = (text: string): string => text.replace(/[[\]:]/g, '\\$&');
  const cases = commands.map(({ name, flags, words }) => {
    const parts = flags.map((flag) => {
      const value = flag.choices.length > 0 ? `:value:(${flag.choices.join(' ')})` : '';
      return quote(`${flag.long}[${specification(flag.description)}]${value}`);
    });
    return `    ${name}) _arguments ${[...parts, quote(words.length > 0 ? `*:word:(${words.join(' ')})` : '*:file:_files')].join(' ')} ;;`;
  });
  return `#compdef sh2sfn
# Completion of sh2sfn for zsh: sh2sfn completion zsh > "\${fpath[1]}/_sh2sfn"
_sh2sfn() {
  if ((CURRENT == 2)); then
    local -a commands=(${commands.map((c) => described(c.name, c.description)).join(' ')})
    _describe command commands
    return
  fi
  local command=$words[2]
  shift words
  ((CURRENT--))
  case $command in
${cases.join('\n')}
  esac
}
if [[ $zsh_eval_context[-1] == loadautofunc ]]; then _sh2sfn "$@"; else compdef _sh2sfn sh2sfn; fi
`;
}

function fish(commands: Described[]): string {
  // Fish knows two escapes within single quotes: of the quote and of the backslash.
  const word = (text: string): string => `'${text.replace(/[\\']/g, '\\$&')}'`;
  const lines = ['# Completion of sh2sfn for fish: sh2sfn completion fish > ~/.config/fish/completions/sh2sfn.fish'];
  for (const { name, description } of commands)
    lines.push(`complete -c sh2sfn -n __fish_use_subcommand -f -a ${name} -d ${word(description)}`);
  for (const { name, flags, words } of commands) {
    const when = `-n '__fish_seen_subcommand_from ${name}'`;
    for (const flag of flags) {
      const value = flag.choices.length > 0 ? ` -x -a ${word(flag.choices.join(' '))}` : '';
      lines.push(`complete -c sh2sfn ${when} -l ${flag.long.slice(2)}${value} -d ${word(flag.description)}`);
    }
    if (words.length > 0) lines.push(`complete -c sh2sfn ${when} -f -a ${word(words.join(' '))}`);
  }
  return `${lines.join('\n')}\n`;
}
