/** What is known of the steps before they run. */
import type { Fragment, FunctionDefinition, Manifest, Step, TextPart } from '../../bundle.ts';
import { MAY_TRACE, TRACES } from '../leaf/fragment.ts';
import { RUNS_TEXT } from '../leaf/source.ts';
import { EXIT_TRAP, isIgnored, RETURN_TRAP, type ShellState } from '../state.ts';

export type KnownSteps = Pick<Manifest, 'functions' | 'steps'>;

/** What may read functions that the text does not define: such commands, and those whose names are expanded. */
const READS_FUNCTIONS =
  /\b(eval|source)\b|(^|[\s;&|({'"])\.\s|(^|[\n;&|({!]|=\S*\s|\b(then|do|else|elif|if|while|until|command|builtin)\s)\s*["']?[$`]/;

export const mentions = (text: readonly TextPart[], words: RegExp): boolean =>
  text.some((part) => (typeof part === 'string' ? words.test(part) : part[0] === 'dot' && words.test(`${part[1]} `)));

/** Uses getopts, or assigns to OPTIND, which forgets the place inside a word. */
const GETOPTS = /\bgetopts\b|(?<![$\w{(])OPTIND\b|OPTIND\s*(\+\+|--|([-+*/%&|^]|<<|>>)?=(?!=))|(\+\+|--)\s*OPTIND\b/;

/** The handler, or a function that it may call, looks at what the runtime's part of it has changed. */
const LOOKS_BACK = /PIPESTATUS|\$_\b|\$\{_\W/;

/** What may give up its command line: arithmetic that fails, an indirection or a slice, too many words. */
const GIVES_UP =
  /\$?\(\([^\n]*([/%]|\*\*)|\$\[|\$\{!|\$\{\w+:[^-+=?}\n][^}\n]*-|\b(shift|break|continue)[ \t]+\S+[ \t]+["'$\w]|\w\[[^\]\n]*[/%]/;

/** Matches what may list all variables. */
const MAY_LIST = /\b(set|declare|typeset)\b/;

/** What runs a text, or sets a trap that its function runs. */
const EVALUATES = new RegExp(`${RUNS_TEXT.source}|\\btrap\\b.*\\b(SIG)?(RETURN|return)\\b`, 's');

/** Prints all variables, or may: no word of a comment, nor of a text for people (`echo 'HOME is not set'`). */
const LISTS =
  /(?<!(?:^|\n)[ \t]*#[^\n`$]*)(?<!["'](?!\s*(?:builtin|command|do|else|eval|then)\b)[^"'\n;&|({`$]*\w )(?<![-\w])(set|(declare|typeset)(\s+-[ap]+|\s+\+\w)*)['"]?\s*([;&|)}<>\n]|\d>|$)|\bset\s+["']?[$`]|\bcompgen\b.*(v|arr)/;

/**
 * Matches what may call one of the functions that do what the words say, or run a text that does; undefined where there is none.
 * @param named something may do it that is in no function: a text that is run
 */
function callsOf(words: RegExp, functions: readonly FunctionDefinition[], named: boolean): RegExp | undefined {
  const users = new Set<string>();
  let pattern: RegExp | undefined = named ? READS_FUNCTIONS : undefined;
  for (let before = -1; before < users.size; ) {
    before = users.size;
    for (const { name, text } of functions)
      if (mentions(text, words) || (pattern && mentions(text, pattern))) users.add(name);
    const names = [...users].map((name) => name.replace(/\W/g, '\\$&'));
    if (names.length > 0) pattern = new RegExp(`${READS_FUNCTIONS.source}|(?<![\\w.-])(${names.join('|')})(?![\\w-])`);
  }
  return pattern;
}

/** True of a text that tells the script's process id, other than as a part of some name (`/tmp/x.$$`). */
const tells = (text: readonly TextPart[]): boolean =>
  text.some(([what], at) => {
    if (what !== 'pid' && what !== 'self') return false;
    const [before, after] = [text[at - 1], text[at + 1]];
    return (
      !(typeof before === 'string' && /[\w./]-?$/.test(before)) &&
      !(typeof after === 'string' && /^[\w./-]/.test(after))
    );
  });

/** Matches what starts a background job. */
const JOB = /(?<![&<>])&(?![&>])/;
/** Matches what sets traps. */
const TRAP = /\btrap\b/;

/** Matches what finds processes by their ids. */
const PROCESSES = /\b(?:kill|ps|pgrep|pkill|pidof|top)\b|\/proc\b/;

export class Known {
  readonly steps = new Map<string, Step>();
  readonly definitions = new Map<string, FunctionDefinition>();
  /** There may be functions that no definition of the manifest is. */
  foreign = false;
  /** PIPESTATUS is read somewhere, or listed. */
  pipestatus = false;
  /** Matches what may call a function that uses getopts, or run a text that does. */
  private callsGetopts?: RegExp;
  /** Nothing in the script, nor what it imports, reads SECONDS by its name. */
  private ignoresSeconds = false;
  /** Some function of the script may list all variables. */
  private functionsList?: boolean;
  /** It may print all variables. */
  private lists = false;
  /** The script may print its traps. */
  private printsTraps = false;
  /** Matches what may call a function that looks at what the commands before its call have changed. */
  private looksBack?: RegExp;
  /** Matches what may call a function that runs a text. */
  private callsText?: RegExp;
  /** Matches what may look for processes, where some may be jobs that an earlier step has started. */
  private readonly looksForProcesses: RegExp[] = [];
  /** The script tells its process id, by which others may ask whether it has ended. */
  tellsId = false;
  /** Others may send signals to it, too, by what the script says. */
  signalled = false;
  /** What may call a function that may give up its command line: only where there are handlers does anything ask. */
  private givingUp?: { calls: RegExp | undefined };
  /** Some function of the script may set traps. */
  private functionsTrap = false;
  /** Nothing looks at what the loop of a shell that stays would change. */
  mayStay = false;
  /** A DEBUG trap may be set. */
  private debugs = false;

  /** @param importsFunctions the environment defines functions */
  learn({ steps, functions }: KnownSteps, importsFunctions: boolean): void {
    for (const step of steps) this.steps.set(step.key, step);
    for (const definition of functions) this.definitions.set(definition.id, definition);
    const mentioned = (pattern: RegExp): boolean =>
      functions.some(({ text }) => mentions(text, pattern)) ||
      steps.some(({ fragment }) => mentions(fragment.text, pattern));
    this.functionsTrap ||= functions.some(({ text }) => mentions(text, TRAP));
    this.foreign = importsFunctions || mentioned(READS_FUNCTIONS);
    this.lists = mentioned(LISTS);
    this.pipestatus = this.lists || mentioned(/PIPESTATUS/);
    this.printsTraps = importsFunctions || mentioned(/\btrap\b\s*(-p|--?\s*[\n;|&)]|[\n;|&)>]|$)/);
    this.callsText = callsOf(EVALUATES, functions, false);
    this.looksBack = callsOf(LOOKS_BACK, functions, false);
    this.debugs = mentioned(/\bDEBUG\b/i);
    this.ignoresSeconds = !importsFunctions && !mentioned(/SECONDS/);
    // What programs send to the process id that a script shows is for the next step: the first shell has to be free for it.
    this.tellsId = [...functions, ...steps.map(({ fragment }) => fragment)].some(({ text }) => tells(text));
    this.signalled = this.tellsId && mentioned(/\b(?:kill|trap)\b/);
    this.mayStay = !this.signalled && !mentioned(/PIPESTATUS|\$_\b|\$\{_\W|\bFUNCNEST\b/) && !this.lists;
    if (mentioned(JOB) && mentioned(PROCESSES)) {
      const calls = callsOf(PROCESSES, functions, false);
      this.looksForProcesses.push(PROCESSES, ...(calls ? [calls] : []));
    }
    this.callsGetopts = callsOf(GETOPTS, functions, importsFunctions || mentioned(/\bgetopts\b/));
  }

  /** True if a step's own text may set traps. */
  namesTrap({ fragment: { text } }: Step): boolean {
    return mentions(text, TRAP);
  }

  /** True if a step may set traps, by its text or that of the script's functions. */
  setsTraps(step: Step): boolean {
    return this.functionsTrap || this.namesTrap(step);
  }

  /** As `setsTraps`, and by what only run time knows. */
  mayTrap(step: Step, state: ShellState): boolean {
    return (
      this.setsTraps(step) ||
      this.evaluates(step.fragment.text, state) ||
      Object.values(state.functions).some((entry) => 'text' in entry && TRAP.test(entry.text))
    );
  }

  /** True if neither handlers set traps, nor the fragment a trace. */
  leavesTraps({ text }: Fragment, { traps }: ShellState): boolean {
    // A text that `eval` runs as it stands is there to be looked at.
    const traces = mentions(text, /[$`]/) ? MAY_TRACE : TRACES;
    return !mentions(text, traces) && !traps.some((line) => TRAP.test(line.slice('trap'.length)));
  }

  /** True if a step may look for processes that an earlier one has left. */
  findsProcesses({ fragment: { text } }: Step): boolean {
    return this.looksForProcesses.some((pattern) => mentions(text, pattern));
  }

  /**
   * True if a step may move the place of getopts. A function that only perhaps calls another which does has words of its own:
   * the place in those of its caller stays.
   */
  movesGetopts(text: readonly TextPart[], { getopts, frames, traps }: ShellState): boolean {
    if (mentions(text, GETOPTS)) return true;
    // A handler may run within any step.
    if (traps.some((line) => GETOPTS.test(line) || this.callsGetopts?.test(line))) return true;
    if (!this.callsGetopts || (getopts?.taken && getopts.depth !== frames.length)) return false;
    return mentions(text, this.callsGetopts);
  }

  /** True if a step, or a function that it calls, may run a text: a RETURN trap's is one. */
  evaluates(text: readonly TextPart[], { traps }: ShellState): boolean {
    if (traps.some((line) => RETURN_TRAP.test(line))) return true;
    return mentions(text, RUNS_TEXT) || (this.callsText !== undefined && mentions(text, this.callsText));
  }

  /** True if a text may list all variables, of which SECONDS is one as soon as it has been restored, and reads none that it does not name. */
  listsVariables(text: readonly TextPart[], state: ShellState): boolean {
    if (!this.ignoresSeconds || mentions(text, /SECONDS/) || this.evaluates(text, state)) return false;
    this.functionsList ??= [...this.definitions.values()].some((definition) => mentions(definition.text, MAY_LIST));
    return (
      (this.functionsList || mentions(text, MAY_LIST)) &&
      !Object.values(state.functions).some((entry) => 'text' in entry)
    );
  }

  /** True if the script may print the EXIT trap of a shell, or the trap look at what the runtime's part of it has changed. */
  asksForTrap({ traps }: ShellState): boolean {
    return (
      this.printsTraps ||
      traps.some((line) => EXIT_TRAP.test(line) && (LOOKS_BACK.test(line) || this.looksBack?.test(line)))
    );
  }

  /** True if nothing can see that handlers of signals for the whole process group begin with something of ours. */
  marksHandlers({ traps, flags }: ShellState): boolean {
    // A DEBUG trap runs before each command of a handler: also before ours.
    if (this.debugs) return false;
    const seen = (line: string): boolean =>
      / DEBUG$/.test(line) || LOOKS_BACK.test(line) || this.looksBack?.test(line) === true;
    return !this.printsTraps && !this.lists && !flags.includes('x') && !traps.some(seen);
  }

  /** True if a handler may give up a command line: the script's own shell goes on with the handler's next one, where a fork ends. */
  handlersGiveUp({ traps, saved }: ShellState): boolean {
    return (
      saved.length === 0 &&
      traps.some((line) => !isIgnored(line) && (GIVES_UP.test(line) || this.callsGivingUp()?.test(line)))
    );
  }

  private callsGivingUp(): RegExp | undefined {
    this.givingUp ??= { calls: callsOf(GIVES_UP, [...this.definitions.values()], false) };
    return this.givingUp.calls;
  }
}
