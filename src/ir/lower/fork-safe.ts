/** Which commands a forked shell runs exactly as the script's own shell would. */
import type { CallWord, ForkValues } from '../../bundle.ts';
import {
  type Assignment,
  type Case,
  type Command,
  forEachChild,
  literalValue,
  type SyntaxNode,
  some,
  type Word,
  type WordPart,
} from '../../parse/ast.ts';
import { argumentValues, commandName } from '../facts.ts';
import { READ_ONLY_VARIABLES } from '../special-variables.ts';
import { STARTS_JOB } from './async-input.ts';
import type { Lowering } from './context.ts';
import { jumps } from './node-tests.ts';

/** Names without which an expansion is a bad substitution. */
const PARAMETER = /^(?:[A-Za-z_]\w*|\d+|[@*#?$!-])$/;

/** True if the tokens are an expression, with an operator between each two operands. */
function isExpression(tokens: readonly string[]): boolean {
  let at = 0;
  const operand = (): boolean => {
    while (/^[-+!]$/.test(tokens[at] ?? '')) at += 1;
    const token = tokens[at] ?? ')';
    at += 1;
    if (token === '(') return ternary() && tokens[at++] === ')';
    return /^[\w$]/.test(token);
  };
  const binary = (): boolean => {
    if (!operand()) return false;
    while (/^(<=|>=|==|!=|&&|\|\||[-+*/%<>])$/.test(tokens[at] ?? '')) {
      at += 1;
      if (!operand()) return false;
    }
    return true;
  };
  const ternary = (): boolean => {
    if (!binary()) return false;
    if (tokens[at] !== '?') return true;
    at += 1;
    return ternary() && tokens[at++] === ':' && ternary();
  };
  return ternary() && at === tokens.length;
}

/** An assignment in arithmetic, to a variable that bash itself makes nothing of. */
const ASSIGNMENT = /^\s*([a-z_]\w+|[a-z])\s*(?:(?:\+\+|--)\s*$|[-+*]?=(?!=))/;
const PREFIXED = /^\s*(?:\+\+|--)\s*([a-z_]\w+|[a-z])\s*$/;

/**
 * True if an arithmetic expression cannot fail as long as the names in it hold plain numbers, and those that it assigns have no
 * attributes; false where it may fail, or assigns otherwise than as a whole.
 */
function takesPlainArithmetic(text: string, needs: ForkNeeds): boolean {
  const inner = text.slice(text.startsWith('$((') ? 3 : 2, text.startsWith('$((') ? -2 : -1);
  const [assignment, name] = ASSIGNMENT.exec(inner) ?? PREFIXED.exec(inner) ?? [];
  if (assignment === undefined || name === undefined) return takesNumbers(plainOperands(inner), needs);
  const value = inner.slice(assignment.length);
  needs.assigned.add(name);
  needs.numbers.add(name);
  return (value === '' && !assignment.endsWith('=')) || takesNumbers(plainOperands(value), needs);
}

/** Takes up names that must hold plain numbers; false where there is no telling which. */
function takesNumbers(names: readonly string[] | undefined, { numbers }: ForkNeeds): boolean {
  for (const name of names ?? []) numbers.add(name);
  return names !== undefined;
}

function plainOperands(inner: string): string[] | undefined {
  const tokens =
    inner.match(
      /\s+|\$#|\$\{#\w+(?:\[[@*]\])?\}|\$?\{?[A-Za-z_]\w*\}?|\$\d|\d+|<=|>=|==|!=|&&|\|\||[-+*()<>!?:]|[/%](?=\s*[1-9]\d*(?![\w.#]))/g,
    ) ?? [];
  if (tokens.join('') !== inner || /\+\+|--|\*\*|<<|>>|\b0\d|\d{10}|\{[^}]*$/.test(inner)) return undefined;
  if (!isExpression(tokens.filter((token) => token.trim()))) return undefined;
  return tokens.filter((token) => /^\$?\{?[A-Za-z_]|^\$\d/.test(token)).map((token) => token.replace(/[${}]/g, ''));
}

/** What forked shells need to run commands. */
export class ForkNeeds {
  readonly numbers = new Set<string>();
  readonly assigned = new Set<string>();
  readonly arrays = new Set<string>();
  readonly keyed = new Set<string>();
  readonly filled = new Set<string>();
  readonly operands = new Set<string>();
  /** Names of associative arrays, as far as the script's text declares them. */
  readonly tables: ReadonlySet<string>;

  constructor({ tables }: { tables: ReadonlySet<string> }) {
    this.tables = tables;
  }

  get values(): ForkValues {
    const { numbers, operands, assigned, arrays, keyed, filled } = this;
    return {
      numbers: [...numbers],
      operands: [...operands],
      assigned: [...assigned],
      arrays: [...arrays],
      ...(keyed.size > 0 ? { keyed: [...keyed] } : {}),
      ...(filled.size > 0 ? { filled: [...filled] } : {}),
    };
  }

  private get all(): Set<string>[] {
    return [this.numbers, this.operands, this.assigned, this.arrays, this.keyed, this.filled];
  }

  /** True if the value of one of these variables matters. */
  asksFor(names: ReadonlySet<string>): boolean {
    return [...this.numbers, ...this.operands, ...this.filled].some((name) => names.has(name));
  }

  add({ all }: ForkNeeds): void {
    for (const [index, names] of this.all.entries()) for (const name of all[index]!) names.add(name);
  }

  get isEmpty(): boolean {
    return this.all.every(({ size }) => size === 0);
  }

  /** What a step says of a fragment whose needs these are, where a forked shell may run it if they are met. */
  get plan(): { fork?: boolean; forkIf?: ForkValues } {
    return this.isEmpty ? { fork: true } : { forkIf: this.values };
  }
}

/** What declares associative arrays; their names. */
const DECLARES_TABLES = /\b(?:declare|typeset|local|readonly)\s+(?:-\w+\s+)*-\w*A\w*((?:\s+[A-Za-z_]\w*(?:=\S*)?)+)/g;

const tablesOf = new WeakMap<object, ReadonlySet<string>>();

/** Nothing yet, of commands of the script. */
export function needsIn({ facts, text }: Pick<Lowering, 'facts' | 'text'>): ForkNeeds {
  let tables = tablesOf.get(facts);
  if (!tables) {
    const names = Array.from(text.matchAll(DECLARES_TABLES), ([, list]) => list!.match(/(?<=\s)[A-Za-z_]\w*/g) ?? []);
    tablesOf.set(facts, (tables = new Set(names.flat())));
  }
  return new ForkNeeds({ tables });
}

/**
 * Takes up the variables in a text that bash evaluates as arithmetic, or of which it does so; false if it names an element, or
 * expands what may and is no variable that the state has.
 */
function takesOperands(text: string, { operands }: ForkNeeds): boolean {
  for (const name of text.match(/(?<!\w)[A-Za-z_]\w*|(?<=\$\{?)\d+/g) ?? []) operands.add(name);
  return !/\[|\$\{?[@*-]|\b_\b|`|\$\((?!\()/.test(text);
}

const COMPARES_NUMBERS = /^-(eq|ne|lt|le|gt|ge)$/;

/** True if a node of `[[ … ]]` evaluates no element of an array. */
function testsSafely(node: SyntaxNode, needs: ForkNeeds): boolean {
  if (node.type === 'TestUnary') return node.operator !== '-v' || !mayNameElement(node.operand);
  return (
    node.type !== 'TestBinary' ||
    !COMPARES_NUMBERS.test(node.operator) ||
    [node.left, node.right].every(({ text }) => takesOperands(text, needs))
  );
}

/** `needs` takes what it depends on; without it, arithmetic is not safe. */
function safePart(part: WordPart, needs?: ForkNeeds): boolean {
  switch (part.type) {
    case 'Literal':
    case 'Glob':
    case 'SingleQuoted':
    case 'AnsiCQuoted':
      return true;
    case 'BraceExpansion':
      return part.parts === undefined || part.parts.every((p) => safePart(p, needs));
    case 'SimpleExpansion':
      return true;
    case 'ParameterExpansion': {
      if (part.index && !/^[@*]$/.test(part.index.text) && !takesIndex(part.index, part.parameter, needs)) return false;
      if (part.prefix === '!' || !PARAMETER.test(part.parameter)) return false;
      const operation = part.operation;
      if (!operation) return true;
      // Bash does not always find the end of a substitution that stands in quotes there.
      if (/['"\\]/.test(part.text) && /`|\$\(/.test(part.text)) return false;
      if (operation.type === 'Remove') return safeWord(operation.operand, needs);
      if (operation.type === 'Replace')
        return safeWord(operation.pattern, needs) && safeWord(operation.replacement, needs);
      if (operation.type === 'Slice') return takesSlice(operation.offset, operation.length, needs);
      if (operation.type === 'CaseModification')
        return operation.operand === undefined || safeWord(operation.operand, needs);
      return (
        operation.type === 'Default' &&
        ['-', ':-', '+', ':+'].includes(operation.operator) &&
        safeWord(operation.operand, needs)
      );
    }
    case 'DoubleQuoted':
      return part.parts.every((p) => safePart(p, needs));
    case 'ArithmeticExpansion':
      return needs !== undefined && part.expression !== undefined && takesPlainArithmetic(part.text, needs);
    case 'CommandExpansion':
      // `${ …; }` is a bad substitution to most versions of bash; and a fork has no note of the input for background commands.
      return !part.text.startsWith('${') && !STARTS_JOB.test(part.text);
    default:
      return false;
  }
}

/** True if what a slice begins with is a number, and no length is negative, as long as the names in them hold plain numbers. */
function takesSlice({ text: offset }: Word, length: Word | undefined, needs?: ForkNeeds): boolean {
  if (!needs || (length && (length.text.trim() === '' || length.text.includes('-')))) return false;
  return [offset, length?.text ?? '0'].every((text) => takesNumbers(plainOperands(text), needs));
}

/**
 * True if a subscript is a number, as long as the names in it hold plain numbers, or a key of an associative array.
 * @param assigns the element is assigned, where a negative number may be an error
 */
function takesIndex(index: Word, array: string, needs?: ForkNeeds, assigns = false): boolean {
  const { text } = index;
  if (needs?.tables.has(array)) return takesKey(index, array, needs);
  if (/^(0|[1-9]\d{0,8})$/.test(text)) return true;
  if (!needs) return false;
  const quoted = /^"\$\{?([A-Za-z_]\w*)\}?"$/.exec(text)?.[1];
  return (
    (!assigns || !text.includes('-')) && takesNumbers(quoted === undefined ? plainOperands(text) : [quoted], needs)
  );
}

/** True if a subscript is a key as long as the array is an associative one: without any, bash would abandon an assignment. */
function takesKey(index: Word, array: string, needs: ForkNeeds): boolean {
  const { text } = index;
  if (/^[@*]$/.test(text) || !safeWord(index, needs)) return false;
  if (some(index, ({ type }) => type === 'CommandExpansion' || type === 'ProcessSubstitution')) return false;
  needs.keyed.add(array);
  const lone = /^"?\$(?:(\w+)|\{(\w+)\})"?$/.exec(text);
  const name = lone?.[1] ?? lone?.[2];
  if (name !== undefined) needs.filled.add(name);
  return name !== undefined || /[\w.:/-]/.test(text.replace(/\$(?:\w+|\{[^}]*\})/g, ''));
}

function safeWord(word: Word, needs?: ForkNeeds): boolean {
  return word.parts === undefined || word.parts.every((part) => safePart(part, needs));
}

/** Programs and builtins that cannot end their shell or abandon its command line. */
const UNSAFE = new Set(
  'exit exec eval . source return break continue trap set shopt kill wait declare typeset readonly local export unset let read mapfile readarray getopts shift printf cd pushd popd command builtin test [ umask ulimit alias unalias jobs fg bg hash compgen complete compopt enable bind history fc'.split(
    ' ',
  ),
);
const SAFE_BUILTINS = new Set(['cd', 'shift', 'test', '[', 'export', 'umask', 'pushd', 'popd']);
/** And these, where no variable can be read-only. */
const ASSIGNING_BUILTINS = new Set(['read', 'printf', 'let', 'mapfile', 'readarray', 'local']);

/** True if a forked shell runs the command exactly as the script's own shell would (ADR on the runtime). */
export function forkSafe(
  lowering: Lowering,
  nodes: readonly SyntaxNode[],
  captured: boolean,
  needs: ForkNeeds,
): boolean {
  let node: SyntaxNode = nodes[0]!;
  if (nodes.length > 1) return false;
  if (node.type === 'Statement') {
    if (node.background) return false;
    node = node.command;
  }
  // The shell that it is forked from stands in a loop: there, a jump in a substitution is no mistake.
  if (jumps(node)) return false;
  // Assigned, it moves the place of getopts; this is no read of it, nor what options are shifted by.
  if (/(?<!\w|\$\{?)OPTIND\b(?!\s*-\s*1\s*\)\))/.test(lowering.text.slice(node.pos, node.end))) return false;
  if (node.type === 'ArithmeticCommand') return evaluatesSafely(node.body, needs);
  if (node.type === 'TestCommand') {
    return !some(
      node,
      (n) =>
        !testsSafely(n, needs) ||
        (n.type === 'Word' &&
          (!safeWord(n, needs) ||
            some(n, (part) => part.type === 'CommandExpansion' || part.type === 'ArithmeticExpansion'))),
    );
  }
  if (node.type !== 'Command') return false;
  const name = commandName(node);
  if (name === null) return false;
  if (name !== undefined && lowering.facts.functions.has(name)) {
    if (node.prefix.length > 0 || node.redirects.length > 0 || !onlyTests(lowering, name)) return false;
  }
  if (lowering.facts.failglob) return false;
  const values = argumentValues(node);
  if (name !== undefined && UNSAFE.has(name) && !SAFE_BUILTINS.has(name)) {
    const assigns =
      ASSIGNING_BUILTINS.has(name) &&
      (!lowering.facts.attributes || takesNames(name, node.args, needs)) &&
      node.args.every((arg) => arg.type !== 'Assignment' || arg.index === undefined);
    const sets = name === 'set' && values[0] === '--';
    if (!assigns && !sets && !(name === 'unset' && unsetsVariables(lowering, values))) return false;
  }
  if (name === 'shift' && !shiftsOnce(node.args, needs)) return false;
  if (mayEvaluateSubscript(name, node.args)) return false;
  if (name === 'let' && !node.args.every(({ text }) => takesOperands(text, needs))) return false;
  if (name === 'export' && lowering.facts.attributes && !takesNames(name, node.args, needs)) return false;
  // `export -f` changes functions, which a fork does not record.
  const isOption = (arg: Command['args'][number]): boolean =>
    arg.type === 'Word' && (literalValue(arg)?.startsWith('-') ?? true);
  if ((name === 'export' || name === 'local') && node.args.some(isOption)) return false;
  if (captured && name === undefined) return false;
  const safe = (word: Word | undefined): boolean => word === undefined || safeWord(word, needs);
  // What a variable holds before the command says nothing once an assignment of the command's has changed it.
  const changed = new Set<string>();
  const safeBehind = (isSafe: (own: ForkNeeds) => boolean): boolean => {
    if (changed.size === 0) return isSafe(needs);
    const own = new ForkNeeds(needs);
    if (!isSafe(own) || own.asksFor(changed)) return false;
    needs.add(own);
    return true;
  };
  const assigns = ({ name: variable, value, index }: Assignment, own: ForkNeeds): boolean => {
    if (NOT_ASSIGNED.has(variable)) return false;
    const isList = value.type !== 'Word';
    if (isList || index) {
      if (name !== undefined || (index && (isList || !takesIndex(index, variable, own, true)))) return false;
      if (!own.keyed.has(variable)) own.arrays.add(variable);
    } else if (lowering.facts.attributes) own.assigned.add(variable);
    return isList
      ? value.elements.every((one) => !one.text.startsWith('[') && safeWord(one, own))
      : safeWord(value, own);
  };
  return (
    node.prefix.every((p) => {
      if (p.type !== 'Assignment') return true;
      const isSafe = safeBehind((own) => assigns(p, own));
      changed.add(p.name);
      return isSafe;
    }) &&
    safe(node.name) &&
    node.args.every((a) =>
      a.type === 'Word' ? safe(a) : a.index === undefined && a.value.type === 'Word' && safe(a.value),
    ) &&
    node.redirects.every(
      (r) =>
        r.descriptor?.type !== 'FileDescriptorVariable' &&
        safeBehind((own) =>
          r.type === 'HereDoc'
            ? (r.body.parts ?? []).every((part) => safePart(part, own))
            : !r.target || safeWord(r.target, own),
        ),
    )
  );
}

const testing = new WeakMap<Lowering, Map<string, boolean>>();

/** What a function may consist of that only tests. */
const TESTING: ReadonlySet<string> = new Set([
  'BraceGroup',
  'CompoundList',
  'Statement',
  'AndOr',
  'Pipeline',
  'If',
  'Elif',
]);

/** True of a function that no step of the machine's runs, and that does nothing but test (`[[ … ]]`), whatever the variables hold. */
function onlyTests(lowering: Lowering, name: string): boolean {
  let known = testing.get(lowering);
  if (!known) testing.set(lowering, (known = new Map()));
  let only = known.get(name);
  if (only === undefined) known.set(name, (only = doesOnlyTest(lowering, name)));
  return only;
}

function doesOnlyTest(lowering: Lowering, name: string): boolean {
  const [definition, ...others] = lowering.facts.functions.get(name)!;
  if (!definition || others.length > 0 || lowering.splitFunctions.has(name)) return false;
  const tests = (node: SyntaxNode): boolean => {
    if (node.type === 'TestCommand') {
      const needs = needsIn(lowering);
      // A match leaves what it has found.
      const matches = some(node, (n) => n.type === 'TestBinary' && n.operator === '=~');
      return !matches && forkSafe(lowering, [node], false, needs) && needs.isEmpty;
    }
    if (!TESTING.has(node.type) || (node.type === 'Statement' && node.background)) return false;
    if (node.type === 'Pipeline' && (node.commands.length > 1 || node.prefixes.some(({ type }) => type === 'Time')))
      return false;
    let only = true;
    forEachChild(node, (child) => {
      only &&= child.type === 'Negation' || tests(child);
    });
    return only;
  };
  return tests(definition.body);
}

/** Variables that bash makes read-only, or assigns alone: a list for one of those abandons the command line. */
const NOT_ASSIGNED: ReadonlySet<string> = new Set([
  ...READ_ONLY_VARIABLES,
  ...['GROUPS', 'FUNCNAME', 'BASH_LINENO', 'BASH_ARGC', 'BASH_ARGV'],
]);

/** True if an error in an expression is nothing but a status: an element of an array would have a subscript. */
export const evaluatesSafely = (expression: string, needs: ForkNeeds): boolean =>
  !/[`[\\'"]|\bOPTIND\b|\$(?![#\w]|\{\w+\})/.test(expression) && takesOperands(expression, needs);

/** Takes up the variables that a builtin assigns, whose attributes may make that fail; false where they cannot be told. */
function takesNames(builtin: string, args: Command['args'], { assigned }: ForkNeeds): boolean {
  if (builtin === 'let' || (builtin === 'printf' && !args[0]?.text.startsWith('-v'))) return true;
  for (const arg of args) {
    const value = arg.type === 'Word' ? literalValue(arg) : arg.name;
    if (value === null) return false;
    // It may stand in one word with its option.
    const variable = /^(?:-\w*?[av])?([A-Za-z_]\w*)$/.exec(value)?.[1];
    if (variable !== undefined) assigned.add(variable);
  }
  for (const name of ['REPLY', 'MAPFILE']) assigned.add(name);
  return true;
}

/** True if a word may be the name of an element of an array: it has a subscript, or what only run time knows where one may be. */
const mayNameElement = ({ text }: { text: string }): boolean => /\w\[|^["']?\w*[$`]/.test(text);

/** Options of `read` and `mapfile` behind which no name stands: but for `-s`, which asks `read` for silence. */
const TAKES_ARGUMENT = /^-\w*[cdinpuCNO]$/;

/** True if a builtin may be given an element of an array by its name: an error in a subscript abandons the command line. */
function mayEvaluateSubscript(name: string | undefined, args: Command['args']): boolean {
  switch (name) {
    case 'printf':
      return /^-v/.test(args[0]?.text ?? '') && args.slice(0, 2).some(mayNameElement);
    case 'test':
    case '[':
      return args.some((arg, i) => args[i - 1]?.text === '-v' && mayNameElement(arg));
    case 'let':
      return args.some(({ text }) => text.includes('['));
    default:
      return (
        name !== undefined &&
        ASSIGNING_BUILTINS.has(name) &&
        args.some((arg, i) => mayNameElement(arg) && !TAKES_ARGUMENT.test(args[i - 1]?.text ?? ''))
      );
  }
}

/** True if `shift` has one argument at the most, as long as these variables hold plain numbers: several abandon the command line. */
function shiftsOnce([arg, ...others]: Command['args'], { numbers }: ForkNeeds): boolean {
  if (arg === undefined) return true;
  if (others.length > 0 || arg.type !== 'Word') return false;
  if (literalValue(arg) !== null) return true;
  const [part, ...rest] = arg.parts ?? [];
  if (part === undefined || rest.length > 0) return false;
  const name = /^\$([A-Za-z_]\w*)$/.exec(part.text)?.[1];
  if (name !== undefined) numbers.add(name);
  return (
    name !== undefined ||
    part.text === '$#' ||
    part.type === 'ArithmeticExpansion' ||
    (part.type === 'DoubleQuoted' && !part.text.includes('@'))
  );
}

/** True if `unset` is given variables that bash itself makes nothing of; of a name without one, it takes the function. */
function unsetsVariables({ facts }: Lowering, values: readonly (string | null)[]): boolean {
  const names = values[0] === '-v' ? values.slice(1) : values;
  return (
    !facts.attributes && names.every((name) => name && /^([a-z_]\w+|[a-z])$/.test(name) && !facts.functions.has(name))
  );
}

/** True if a forked shell expands words as the script's own would, which changes nothing. */
export function expandsSafely({ facts, text }: Lowering, words: readonly Word[], needs: ForkNeeds): boolean {
  return (
    !facts.failglob &&
    !facts.xtrace &&
    words.every(
      (word) =>
        safeWord(word, needs) &&
        !some(word, ({ type }) => type === 'CommandExpansion' || type === 'ArithmeticExpansion') &&
        !text.slice(word.pos, word.end).includes('OPTIND'),
    )
  );
}

/** True if a forked shell chooses the same item of a `case` as the script's own would, and expanding its words changes nothing. */
export function choosesSafely(lowering: Lowering, { word, items }: Case, needs: ForkNeeds): boolean {
  const patterns = items.flatMap(({ pattern }) => pattern);
  return (
    expandsSafely(lowering, [word, ...patterns], needs) &&
    // An extended pattern is read as the options of that moment have it.
    !patterns.some(({ pos, end }) => lowering.text.slice(pos, end).includes('('))
  );
}

/** Builtins that change nothing in their shell, whatever their arguments. */
const IDLE_BUILTINS = new Set(['echo', 'true', 'false']);
/** The shell's own commands. */
export const BUILTINS: ReadonlySet<string> = new Set(
  (
    '. : [ alias bg bind break builtin caller cd command compgen complete compopt continue declare dirs disown echo enable eval exec exit export ' +
    'false fc fg getopts hash help history jobs kill let local logout mapfile popd printf pushd pwd read readarray readonly return set shift ' +
    'shopt source suspend test times trap true type typeset ulimit umask unalias unset wait'
  ).split(' '),
);

/** The command's name, if running it (in a forked shell, with words that have no effects) changes nothing in the shell. */
export function programOf(command: Command): string | undefined {
  if (!command.name || command.prefix.length > 0) return undefined;
  const name = literalValue(command.name);
  if (name === null || name === '') return undefined;
  return BUILTINS.has(name) && !IDLE_BUILTINS.has(name) ? undefined : name;
}

/** True if a forked shell runs the command so whatever the variables hold. */
export function alwaysForkSafe(lowering: Lowering, command: Command, captured: boolean): boolean {
  const needs = needsIn(lowering);
  return forkSafe(lowering, [command], captured, needs) && needs.isEmpty;
}

/** True if the command is a program, or a builtin that changes nothing, and its words neither change anything nor fail. */
export const runsProgram = (lowering: Lowering, command: Command): boolean =>
  programOf(command) !== undefined && alwaysForkSafe(lowering, command, true);

/**
 * The word that names the program of an `exec` which, where that is a program's name, can but become it, or end its shell:
 * nothing of the script comes behind it.
 */
export function replacedBy({ facts, text }: Lowering, command: Command): CallWord | undefined {
  const [program, ...args] = command.args;
  if (!command.name || literalValue(command.name) !== 'exec' || program?.type !== 'Word') return undefined;
  if (facts.functions.has('exec') || facts.startsJobs || facts.failglob || /\bexecfail\b/.test(text)) return undefined;
  if (command.prefix.length > 0 || command.redirects.length > 0) return undefined;
  const isSafe = (arg: Command['args'][number]): boolean =>
    arg.type === 'Word' && safeWord(arg) && !some(arg, (n) => n.type === 'ProcessSubstitution');
  if (!args.every(isSafe)) return undefined;
  const parameter = /^"\$(\w+|@)"$/.exec(program.text)?.[1];
  return parameter === undefined ? (literalValue(program) ?? undefined) : ['quoted', parameter];
}
