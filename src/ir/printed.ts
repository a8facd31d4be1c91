/** Commands that only print: what they write goes where the script's own output goes, and comes back to no command of it. */
import {
  type Command,
  forEachChild,
  literalValue,
  type Redirection,
  type Script,
  type SyntaxNode,
} from '../parse/ast.ts';
import { dataTexts, isNamed, namePattern } from './data-texts.ts';

/** A command that prints, or a call by name, and the function that it stands in. */
interface Standing {
  node: Command;
  name: string;
  within: string | undefined;
}

/** Files of which nothing that was written comes back. */
const SINKS: ReadonlySet<string> = new Set(['/dev/null', '/dev/stderr', '/dev/tty']);

function isSink(node: Redirection): boolean {
  if (!node.operator.includes('>')) return true;
  const target = node.type === 'Redirect' ? node.target?.text : undefined;
  return target !== undefined && (SINKS.has(target) || (node.operator === '>&' && /^[12]$/.test(target)));
}

const redirectsOf = (node: SyntaxNode): readonly Redirection[] =>
  node.type === 'Command' || node.type === 'Redirected' ? node.redirects : [];

/** True if a command moves the output of all that follow it to a file. */
const movesOutput = (node: Command): boolean =>
  node.name !== undefined && literalValue(node.name) === 'exec' && !node.redirects.every(isSink);

/** Of one script, since it is asked for many names. */
const known = new WeakMap<Script, ReadonlySet<Command>>();

/** The `echo` and `printf` of a script whose output no substitution, pipe or file takes, wherever their functions are called. */
export function printedOnly(script: Script): ReadonlySet<Command> {
  let found = known.get(script);
  if (!found) known.set(script, (found = findPrinted(script)));
  return found;
}

function findPrinted(script: Script): ReadonlySet<Command> {
  const prints: Standing[] = [];
  const calls: Standing[] = [];
  /** Commands whose output is taken in some place: functions that are called there, for one. */
  const taken = new Set<string>();
  const definitions = new Set<string>();
  let moves = false;
  const visit = (node: SyntaxNode, within: string | undefined, around: boolean): void => {
    let isTaken = around || !redirectsOf(node).every(isSink);
    let function_ = within;
    if (node.type === 'Pipeline') {
      for (const [i, stage] of node.commands.entries()) visit(stage, within, isTaken || i < node.commands.length - 1);
      return;
    }
    if (node.type === 'Function') {
      function_ = node.name.text;
      definitions.add(function_);
      isTaken = false;
    } else if (node.type === 'Command') {
      moves ||= movesOutput(node);
      const name = node.name && literalValue(node.name);
      if (name && isTaken) taken.add(name);
      else if (name) (name === 'echo' || name === 'printf' ? prints : calls).push({ node, name, within });
    } else isTaken ||= TAKING.has(node.type);
    forEachChild(node, (child) => visit(child, function_, isTaken));
  };
  visit(script, undefined, false);
  return moves ? new Set() : leaveTaken(script, { prints, calls, taken, definitions });
}

/** What takes the output of the commands below it. */
const TAKING: ReadonlySet<string> = new Set(['CommandExpansion', 'ProcessSubstitution', 'Coproc']);

/** The prints that stand in no function which is called where its output is taken, or which some word may name that is not only printed. */
function leaveTaken(
  script: Script,
  {
    prints,
    calls,
    taken,
    definitions,
  }: Record<'prints' | 'calls', Standing[]> & Record<'taken' | 'definitions', Set<string>>,
): ReadonlySet<Command> {
  const texts = dataTexts(script, definitions);
  let printed = new Set(prints.map(({ node }) => node));
  for (;;) {
    const names = [...definitions].filter((name) => !taken.has(name));
    if (names.length > 0) {
      const any = namePattern(names);
      const data = texts.filter((one) => !(one.command && printed.has(one.command)) && isNamed(one, any, script));
      for (const name of names) {
        const pattern = namePattern([name]);
        if (data.some((one) => isNamed(one, pattern, script))) taken.add(name);
      }
    }
    for (let before = -1; before !== taken.size; ) {
      before = taken.size;
      for (const { name, within } of calls) if (within !== undefined && taken.has(within)) taken.add(name);
    }
    const left = prints.filter(({ within }) => within === undefined || !taken.has(within));
    if (left.length === printed.size) return printed;
    printed = new Set(left.map(({ node }) => node));
  }
}
