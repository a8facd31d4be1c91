/** RETURN traps: which of them the machine may have run in steps of their own. */
import { type Command, type FunctionNode, type Script, type SyntaxNode, some } from '../parse/ast.ts';
import { argumentValues, commandName, textOf } from './facts.ts';
import { ownsItsSource } from './text.ts';

/** Matches the name of the signal. */
export const RETURN = /^(sig)?return$/i;

/** Functions may inherit the trap: those with the attribute, or all. Options stand before all names. */
const FUNCTRACE =
  /\bset\b[^\n;&|]*[\s'"][-+]\w*T|\bfunctrace\b|\bextdebug\b|\b(declare|typeset|local)(['"$\\\s]+[-+]\w+)*['"$\\\s]+[-+]\w*t/;
/** The commands that see to that. */
export const TRACING: readonly string[] = ['set', 'shopt', 'declare', 'typeset', 'local'];

/** Commands that end the shell that runs a handler, or tie what follows to it; or that ask for its jobs. */
const TYING: ReadonlySet<string> = new Set('. bg disown eval exec fg jobs kill source wait'.split(' '));

/** Commands that change what the text of the script must tell, by that of a handler. */
const TELLING: ReadonlySet<string> = new Set(
  'alias bind complete compopt enable fc getopts hash history set shopt ulimit'.split(' '),
);

/**
 * True if no function inherits a RETURN trap, and no handler does anything but what a step records: then each runs in a step
 * of its own, where the function ends that has it.
 * @param traps the commands that set them
 * @param tracesByWords words that only run time knows may be one of {@link TRACING}
 */
export function runsInSteps(
  script: Script,
  source: string,
  functions: ReadonlyMap<string, readonly FunctionNode[]>,
  traps: readonly Command[],
  tracesByWords: boolean,
): boolean {
  if (FUNCTRACE.test(source) || some(script, mayTrace)) return false;
  const seen = new Set<string>();
  return traps.every((command) => {
    const [handler] = command.args.filter(({ text }) => text !== '--');
    const given = handler && textOf([handler]);
    const tells = (node: SyntaxNode): boolean => node.type === 'Command' && TELLING.has(commandName(node) ?? '');
    return given !== undefined && !some(given.script, tells) && stays(given.script);
  });

  function stays(node: SyntaxNode): boolean {
    return !some(node, (n) => {
      if (ownsItsSource(n) && n !== node) return true;
      if (n.type === 'Coproc' || n.type === 'Function') return n !== node;
      if (n.type === 'Statement') return n.background === true;
      if (n.type === 'Redirect') return n.descriptor?.type === 'FileDescriptorVariable';
      if (n.type !== 'Command') return false;
      const name = commandName(n);
      if (name === null || TYING.has(name ?? '')) return true;
      if (name === undefined || seen.has(name)) return false;
      seen.add(name);
      return functions.get(name)?.some(({ body }) => !stays(body)) === true;
    });
  }

  /** A command that may see to it, by its words: those that only run time knows may be options. */
  function mayTrace(node: SyntaxNode): boolean {
    if (node.type !== 'Command') return false;
    const name = commandName(node);
    if (name === null) return tracesByWords;
    if (!TRACING.includes(name ?? '')) return false;
    const values = argumentValues(node);
    const end = name === 'set' ? values.findIndex((value) => value === '--' || value === '-') : -1;
    return values
      .slice(0, end < 0 ? values.length : end)
      .some((value, i) =>
        value === null
          ? node.args[i]!.type !== 'Assignment'
          : /^[-+]\w*[tT]/.test(value) || /^(functrace|extdebug)$/.test(value),
      );
  }
}
