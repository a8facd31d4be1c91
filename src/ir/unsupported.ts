/** Refusals: what neither states nor a step can do as bash does. They depend on the script's text alone. */

import { createDiagnostic } from '../diagnostics/catalog.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import {
  type ArithmeticExpression,
  type ArithmeticFor,
  type FunctionNode,
  forEachChild,
  literalValue,
  type Script,
  type Statement,
  type SyntaxNode,
  some,
  walk,
} from '../parse/ast.ts';
import type { SourceFile } from '../source/source-file.ts';
import { argumentValues, commandName, listsVariables } from './facts.ts';
import { textMatches } from './text-search.ts';

/** Everything in the script that must be refused. */
export function findUnsupported(script: Script): Diagnostic[] {
  const found: Diagnostic[] = [];
  readsUnsetPipestatus(script.commands, (node) =>
    found.push(
      createDiagnostic('SH2002', {
        message: 'PIPESTATUS is read where no command may have run before',
        labels: [
          { span: { start: node.pos, end: node.end }, text: 'unset here in bash, set in a step', primary: true },
        ],
        hints: ['run any command before, such as `:`'],
      }),
    ),
  );
  walk(script, (node) => {
    if (setsSource(node))
      found.push(
        createDiagnostic('SH2001', {
          message: 'BASH_SOURCE may not be assigned, unset or made local',
          labels: [
            { span: { start: node.pos, end: node.end }, text: 'bash ignores this, or refuses it', primary: true },
          ],
          hints: ['leave it out: it has no effect in bash'],
        }),
      );
  });
  return found;
}

/** A prompt that shows the shell's name, in a script that is called by an absolute name: what gives a step that name gives it to its shell. */
export function findShellName({ path, text }: SourceFile): Diagnostic[] {
  const start = path.startsWith('/') ? text.indexOf('\\s') : -1;
  if (start < 0 || !(text.includes('@P}') || /\bPS4=[^\n]*\\s/.test(text))) return [];
  return [
    createDiagnostic('SH2001', {
      message: 'the name of the shell in a prompt is not supported in a script that is called by an absolute name',
      labels: [{ span: { start, end: start + 2 }, text: 'bash has its own name here', primary: true }],
      hints: ['name the script relative to the working directory, or write the name itself'],
    }),
  ];
}

/**
 * Functions that are asked for their file, or for lines in it, and which a shell reads together with what gives the file its name: on the first
 * line of a script that is called by an absolute name, unless the machine defines them.
 */
export function findUnnamed(script: Script, source: SourceFile, whole: boolean): Diagnostic[] {
  if (!source.path.startsWith('/') || !/\b(BASH_SOURCE|LINENO|caller)\b/.test(source.text)) return [];
  return functionsBefore(script, source.text.indexOf('\n'))
    .filter(
      (node) =>
        whole || !script.commands.some(({ command }) => command === node) || !isPlainDefinition(node, source.text),
    )
    .map((node) =>
      createDiagnostic('SH2001', {
        message: 'a function on the first line is not supported yet in a script that is called by an absolute name',
        labels: [
          { span: { start: node.pos, end: node.end }, text: 'it is asked for its file or a line', primary: true },
        ],
        hints: ['name the script relative to the working directory, or begin it with an empty line'],
      }),
    );
}

const POSIX_SPECIAL = new Set(
  'break : continue . eval exec exit export readonly return set shift times trap unset source'.split(' '),
);

/** True if a definition changes the shell's table of functions and nothing else. */
export const isPlainDefinition = ({ name }: FunctionNode, text: string): boolean =>
  /^[A-Za-z_][\w.:-]*$/.test(name.text) &&
  !textMatches(text, /readonly\s+-\w*f|declare\s+-\w*[fF]|typeset\s+-\w*[fF]/) &&
  !POSIX_SPECIAL.has(name.text);

/** Functions that begin before an offset. */
export function functionsBefore(script: Script, offset: number): FunctionNode[] {
  const found: FunctionNode[] = [];
  walk(script, (node) => {
    if (node.type === 'Function' && node.pos < offset) found.push(node);
  });
  return found;
}

/** Builtins that make their arguments variables, or no longer. */
const DECLARING = new Set(
  'declare typeset local export readonly unset read mapfile readarray printf getopts let'.split(' '),
);

/** True if a node tries to change BASH_SOURCE, which bash does not let scripts do; a step's shell has to. */
function setsSource(node: SyntaxNode): boolean {
  if (node.type === 'Assignment') return node.name === 'BASH_SOURCE';
  if (node.type === 'For') return node.name.text === 'BASH_SOURCE';
  if (node.type === 'ParameterExpansion' && node.parameter === 'BASH_SOURCE')
    return node.operation?.type === 'Default' && node.operation.operator.includes('=');
  return (
    node.type === 'Command' &&
    DECLARING.has(commandName(node) ?? '') &&
    !argumentValues(node).includes('-p') &&
    argumentValues(node).some((value) => /^BASH_SOURCE(\[|$)/.test(value ?? ''))
  );
}

/** True if something in the script tries to. */
export function changesSource(script: Script): boolean {
  return some(script, setsSource);
}

/** Builtins and keywords that take a variable by its name, or text to evaluate. */
const BY_NAME = new Set(
  '[ . declare eval let local mapfile printf read readarray source test trap typeset wait'.split(' '),
);

/** True if a command names PIPESTATUS where it stands for the variable, or all variables whose names begin as it does. */
function namesPipestatus(node: SyntaxNode): boolean {
  switch (node.type) {
    case 'TestCommand':
      return some(node, (part) => part.type === 'Word' && part.text.startsWith('PIPESTATUS'));
    case 'Assignment':
      return node.name === 'PIPESTATUS';
    case 'Command':
      return (
        BY_NAME.has(commandName(node) ?? '') && node.args.some(({ text }) => /PIPESTATUS/.test(text) && !reads(text))
      );
    default:
      return false;
  }
}

/** True of a text with an expansion that is found by itself. */
const reads = (text: string): boolean => /^[^'\\]*\$\{?[#!]?PIPESTATUS/.test(text);

const readsPipestatus = (node: SyntaxNode): boolean =>
  (node.type === 'SimpleExpansion' && node.text === '$PIPESTATUS') ||
  (node.type === 'ParameterExpansion' &&
    (node.parameter === 'PIPESTATUS' || 'PIPESTATUS'.startsWith(/^\$\{!(\w+)[*@]\}$/.exec(node.text)?.[1] ?? '-'))) ||
  namesPipestatus(node);

/** How bash lists PIPESTATUS. */
const LISTED = 'PIPESTATUS=([0]="0")';

/** True if a regular expression of grep or sed may match that line. */
function matchesListed(pattern: string, flags = ''): boolean {
  // What is an operator to some is itself to others.
  return [pattern, pattern.replace(/\\([|(){}+?])/g, '$1')].some((text) => {
    try {
      return new RegExp(text, flags).test(LISTED);
    } catch {
      return false;
    }
  });
}

/** True if a stage takes of a list of variables what it asks for, and that is, as far as it shows, not PIPESTATUS. */
function picksOthers(stage: SyntaxNode | undefined): boolean {
  if (stage?.type !== 'Command' || stage.args.some(({ text }) => text.includes('PIPESTATUS'))) return false;
  const values = argumentValues(stage);
  switch (commandName(stage)) {
    case 'awk':
      return true;
    case 'sed': {
      const commands = values.slice(1).flatMap((value) => value?.match(/^s?\/((?:[^/\\]|\\.)*)\/.*p$/)?.[1] ?? []);
      return values[0]?.startsWith('-n') === true && !commands.some((one) => matchesListed(one));
    }
    case 'grep':
    case 'egrep':
    case 'fgrep': {
      const isGiven = (option: RegExp): boolean => values.some((value) => option.test(value ?? ''));
      const flags = isGiven(/^-(?=\w).*i/s) ? 'i' : '';
      const isMatching = (value: string | null): boolean =>
        !!value && !value.startsWith('-') && matchesListed(value, flags);
      return !isGiven(/^-(\w*v|-invert)/) && !values.some(isMatching);
    }
    default:
      return false;
  }
}

/** An assignment or a comparison of a variable and a number. */
function toNumber(
  node: ArithmeticExpression | undefined,
): { name: string; operator: string; value: number } | undefined {
  if (node?.type !== 'ArithmeticBinary') return undefined;
  const { left, operator, right } = node;
  if (left.type !== 'ArithmeticWord' || right.type !== 'ArithmeticWord' || !/^\d{1,9}$/.test(right.value))
    return undefined;
  return { name: left.value, operator, value: Number(right.value) };
}

/** True of a loop that surely runs: without a condition, or counting from one number up to another. */
function surelyRuns({ initialize, test }: ArithmeticFor): boolean {
  if (!test) return true;
  const [from, to] = [toNumber(initialize), toNumber(test)];
  return (
    from?.operator === '=' &&
    from.name === to?.name &&
    (to.operator === '<' || to.operator === '<=') &&
    from.value < to.value
  );
}

/** Reports reads of PIPESTATUS that control can reach before any command has set it. Answers whether it is still unset behind the statements. */
function readsUnsetPipestatus(statements: readonly Statement[], report: (node: SyntaxNode) => void): boolean {
  // A job tells its status only to what waits for it.
  return statements.every(({ command, background }) => staysUnset(command, report) || background === true);
}

function staysUnset(node: SyntaxNode, report: (node: SyntaxNode) => void): boolean {
  const body = (list: { commands: readonly Statement[] }): boolean => readsUnsetPipestatus(list.commands, report);
  const reported = (part: SyntaxNode | undefined): void => {
    if (part)
      walk(part, (inner) => {
        if (inner.type === 'Script') body(inner);
        else if (readsPipestatus(inner)) report(inner);
        return inner.type === 'Script' ? false : undefined;
      });
  };
  switch (node.type) {
    case 'Function':
      return true;
    case 'BraceGroup':
      return body(node.body);
    case 'Case': {
      reported(node.word);
      // Where no item matches, nothing has run.
      for (const item of node.items) {
        for (const pattern of item.pattern) reported(pattern);
        body(item.body);
      }
      return true;
    }
    case 'For':
      for (const word of node.wordlist ?? []) reported(word);
      return body(node.body) || !node.wordlist?.some((word) => literalValue(word) !== null);
    case 'ArithmeticFor': {
      for (const expression of [node.initialize, node.test, node.update]) reported(expression);
      return body(node.body) || !surelyRuns(node);
    }
    case 'If':
      return body(node.clause);
    case 'While':
      return body(node.clause);
    case 'Subshell':
      body(node.body);
      return false;
    case 'Pipeline':
      // Each stage is a shell of its own.
      node.commands.forEach((command, index) => {
        if (!(listsVariables(command) && picksOthers(node.commands[index + 1]))) staysUnset(command, report);
      });
      return false;
    case 'AndOr':
      return staysUnset(node.commands[0]!, report);
    case 'Redirected':
      return staysUnset(node.command, report);
    default: {
      if (listsVariables(node) || namesPipestatus(node)) report(node);
      forEachChild(node, reported);
      return false;
    }
  }
}
