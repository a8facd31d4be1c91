/** Compound commands: if, while, until, for, case, subshells, and redirections of any of them. */
import type { TextPart } from '../../bundle.ts';
import {
  type ArithmeticFor,
  type Case,
  type Command,
  type CompoundCommand,
  type CompoundList,
  type For,
  type If,
  type Redirected,
  type Redirection,
  type SyntaxNode,
  some,
  type While,
} from '../../parse/ast.ts';
import { append, array, binary, element, equals, literal, variable } from '../expression.ts';
import type { Block } from '../program.ts';
import { cut, type Edit, merge } from '../text.ts';
import { givesInput, isStage, setInput } from './async-input.ts';
import { type Context, type Loop, type Lowering, unique } from './context.ts';
import { continueAt, countPass } from './continuation.ts';
import { countedOffset, endsElsewhere, linesBefore, readsLine, redirectionsOffset } from './counted-line.ts';
import { leaveByControl } from './edges.ts';
import { enterEnclosure } from './enclosure.ts';
import { judgeStatus } from './errexit.ts';
import { choosesSafely, evaluatesSafely, expandsSafely, needsIn } from './fork-safe.ts';
import { emitLeaf } from './leaf.ts';
import { lowerList, lowerNode } from './list.ts';
import { mentionsCommand } from './node-tests.ts';
import { hasEffect, ownEffect } from './shell-effects.ts';
import { credit, emitStep } from './step.ts';
import { findHoistable, findInRedirections, type Hoisted, hoistParts, judgesSubstitutions } from './substitution.ts';
import { expansionInTrace, traceHead } from './trace.ts';
import { expanding, tryFirst } from './tried-words.ts';

/** `if a; then b; else c; fi`: without a branch taken the status is 0. */
export function lowerIf(lowering: Lowering, context: Context, node: If): void {
  const { builder } = lowering;
  const end = builder.block('fi', node.pos);
  const clauses = [
    { clause: node.clause, then: node.then, at: node },
    ...node.elif.map((e) => ({ clause: e.clause, then: e.then, at: e })),
  ];
  for (const { clause, then, at } of clauses) {
    lowerList(lowering, { ...context, ignore: true }, clause);
    const yes = builder.block('then', then.pos);
    const no = builder.block('else', at.pos);
    builder.end({
      kind: 'choice',
      construct: 'if',
      rules: [{ test: equals(variable('status'), 0), to: yes.id }],
      otherwise: no.id,
    });
    builder.at(yes);
    lowerList(lowering, context, then);
    builder.goto(end);
    builder.at(no);
  }
  if (node.else) lowerList(lowering, context, node.else);
  else builder.set('status', literal(0));
  builder.goto(end);
  builder.at(end);
}

/** `while a; do b; done`: the status is that of the last body command, 0 if there was none. */
export function lowerWhile(lowering: Lowering, context: Context, node: While): void {
  const { builder } = lowering;
  const last = `last${unique(lowering)}`;
  const head = builder.block(node.kind, node.pos);
  const body = builder.block('do', node.body.pos);
  const again = builder.block('continue', node.pos);
  const over = builder.block('done', node.pos);
  const end = builder.block('done', node.pos);
  builder.set(last, literal(0));
  builder.goto(head);
  const loop: Loop = { breakTo: end, continueTo: again, regions: context.regions.length };
  const inner = { ...context, loops: [...context.loops, loop], live: [...context.live, last] };

  builder.at(head);
  const leaves = mentionsCommand(node.clause, LEAVES_CLAUSE);
  const clause: Loop = leaves ? leftClause(lowering, node, loop, over) : loop;
  lowerList(lowering, { ...inner, loops: [...context.loops, clause], ignore: true }, node.clause);
  const success = equals(variable('status'), 0);
  const [yes, no] = node.kind === 'while' ? [body, over] : [over, body];
  const { rule } = continueAt(lowering, inner, node, []);
  builder.end({
    kind: 'choice',
    construct: node.kind,
    rules: [...rule, { test: success, to: yes.id }],
    otherwise: no.id,
  });

  builder.at(body);
  countPass(lowering, inner, () => lowerList(lowering, inner, node.body));
  builder.goto(again);
  builder.at(again);
  builder.set(last, variable('status'));
  builder.goto(head);

  builder.at(over);
  builder.set('status', variable(last));
  builder.goto(end);
  builder.at(end);
}

const LEAVES_CLAUSE = new Set(['break', 'continue', 'eval', '.', 'source']);

/**
 * `break` and `continue` in a loop's condition: their own status is the condition's, so that `until continue` ends the loop
 * and `while ! break` has the status of the body before.
 */
function leftClause(lowering: Lowering, node: While, loop: Loop, over: Block): Loop {
  const { builder } = lowering;
  const origin = builder.current;
  const after = (construct: string, onward: Block): Block => {
    const block = builder.block(construct, node.pos);
    builder.at(block);
    const [yes, no] = node.kind === 'while' ? [onward, over] : [over, onward];
    builder.end({
      kind: 'choice',
      construct,
      rules: [{ test: equals(variable('status'), 0), to: yes.id }],
      otherwise: no.id,
    });
    return block;
  };
  const left: Loop = {
    ...loop,
    breakTo: after('break', loop.breakTo),
    continueTo: after('continue', loop.continueTo),
  };
  builder.at(origin);
  return left;
}

/** Controls that expanding words may answer. */
function headExpects(lowering: Lowering, context: Context): string[] {
  // Expanding prints nothing that a failure has no room for; only where a substitution begins its capture would be lost.
  return lowering.facts.errexit && !context.ignore && context.enclosure ? ['exit'] : [];
}

/** `for x in words`: a step expands the words once; the machine counts through them and binds the variable. */
export function lowerFor(lowering: Lowering, context: Context, node: For): void {
  const { builder } = lowering;
  const id = unique(lowering);
  const [index, count, list] = [`index${id}`, `count${id}`, `l${id}`];
  const lists = lowering.wordLists.get(node) ?? new Map<number, string>();
  lowering.wordLists.set(node, lists.set(context.graph, list));
  const words = node.wordlist ?? [];
  // The words count as inside the loop: `$(break)` there is no error.
  const inWords: Context = {
    ...context,
    loops: [...context.loops, { breakTo: builder.current, continueTo: builder.current, regions: 0 }],
  };
  // What expands them here is a simple command.
  if (judgesSubstitutions(lowering, context, words)) {
    emitLeaf(lowering, context, [node], { reason: 'substitution' });
    return;
  }
  const parts = findHoistable(lowering, node, words);
  const expansion = expansionInTrace(lowering, words, parts?.map(({ part }) => part) ?? []);
  if (expansion === 'traced' || (expansion === 'tried' && parts)) {
    emitLeaf(lowering, context, [node], { reason: 'trace' });
    return;
  }
  const end = builder.block('done', node.pos);
  const hoisted = parts && hoistParts(lowering, inWords, parts);
  const given: TextPart[] = [];
  if (!node.wordlist) given.push('"$@"');
  else if (words.length > 0) {
    // The words count as on the line of `for`.
    const lines = lowering.text.slice(node.pos, words[0]!.pos).split('\n').length - 1;
    given.push('\\\n'.repeat(lines), ...cut(lowering.text, words, { edits: hoisted?.edits }));
  }
  if (expansion === 'tried') {
    const text: TextPart[] = [`for ${node.name.text} in `, ...given, '; do builtin :; done', ['mark']];
    const fail = (): void => void emitLeaf(lowering, context, [node], { text, without: [node.body] });
    tryFirst(lowering, context, node, expanding(given), fail, end);
  }
  const text: TextPart[] = [['words'], ...(given.length > 0 ? [' ', ...given] : []), ['mark']];
  const needs = needsIn(lowering);
  const isSafe = !hoisted && expandsSafely(lowering, words, needs);
  const instruction = emitStep(lowering, context, {
    kind: 'words',
    nodes: [node],
    text,
    ...(isSafe ? needs.plan : {}),
    label: `for ${node.name.text}`,
    list,
    keeps: { count },
    quiet: true,
    untraced: lowering.facts.xtrace,
    expects: headExpects(lowering, context),
    without: [node.body, ...(hoisted?.nodes ?? [])],
  });
  credit(lowering, words, undefined, 'substitution', hoisted?.nodes);
  leaveByControl(lowering, context, instruction, 'for');

  const head = builder.block(`for ${node.name.text}`, node.pos);
  const none = builder.block('done', node.pos);
  const body = builder.block('do', node.body.pos);
  builder.set(index, literal(0));
  builder.end({
    kind: 'choice',
    construct: 'for',
    rules: [{ test: equals(variable(count), 0), to: none.id }],
    otherwise: body.id,
  });
  builder.at(none);
  builder.set('status', literal(0));
  builder.goto(end);
  const loop: Loop = { breakTo: end, continueTo: head, regions: context.regions.length };
  const inner = { ...context, loops: [...context.loops, loop], live: [...context.live, index, count] };
  builder.at(head);
  const { rule } = continueAt(lowering, inner, node, []);
  builder.end({
    kind: 'choice',
    construct: 'for',
    rules: [...rule, { test: binary('<', variable(index), variable(count)), to: body.id }],
    otherwise: end.id,
  });
  builder.at(body);
  const shown = node.wordlist ? words.map((word) => lowering.text.slice(word.pos, word.end)).join(' ') : '"$@"';
  traceHead(lowering, context, node, `for ${node.name.text} in ${shown}`);
  builder.set(
    'ops',
    append(variable('ops'), [array([literal('bind'), literal(node.name.text), literal(list), variable(index)])]),
  );
  builder.set(index, binary('+', variable(index), literal(1)));
  countPass(lowering, inner, () => lowerList(lowering, inner, node.body));
  builder.goto(head);
  builder.at(end);
}

/**
 * `for ((a; b; c))`: a step evaluates a and b, and behind each pass another one c and b. Both are loops of bash's own that
 * tell how b came out: an error in any of them ends the loop with status 1.
 */
export function lowerArithmeticFor(lowering: Lowering, context: Context, node: ArithmeticFor): void {
  const { builder } = lowering;
  const id = unique(lowering);
  const [last, outcome] = [`last${id}`, `count${id}`];
  const decide = builder.block('for', node.pos);
  const body = builder.block('do', node.body.pos);
  const again = builder.block('continue', node.pos);
  const over = builder.block('done', node.pos);
  const end = builder.block('done', node.pos);
  const parts = arithmeticTexts(lowering, node);
  if (!parts) {
    emitLeaf(lowering, context, [node], { reason: 'arithmetic-for' });
    return;
  }
  const [first, test, next] = parts;
  const evaluate = (before: string): void => {
    const needs = needsIn(lowering);
    const isSafe = !lowering.facts.xtrace && [before, test].every((text) => evaluatesSafely(text, needs));
    // Of what is not there, a trace alone says something.
    if (!before.trim() && !test.trim() && !lowering.facts.xtrace) builder.set(outcome, literal(0));
    else
      emitStep(lowering, context, {
        kind: 'case',
        nodes: [node],
        text: [
          `until ! for ((${before};${test};)); do `,
          ['branch', 0],
          ' { builtin break 2; } 2>/dev/null; done; do ',
          ['branch', 1],
          ' { builtin break; } 2>/dev/null; done',
          ['mark'],
        ],
        ...(isSafe ? needs.plan : {}),
        label: 'for',
        ignore: true,
        into: `result${id}`,
        keeps: { count: outcome },
        quiet: true,
        without: [node],
      });
    builder.goto(decide);
  };
  builder.set(last, literal(0));
  evaluate(first);
  const loop: Loop = { breakTo: end, continueTo: again, regions: context.regions.length };
  const inner = { ...context, loops: [...context.loops, loop], live: [...context.live, last] };
  builder.at(decide);
  const failed = builder.block('error', node.pos);
  const { rule } = continueAt(lowering, inner, node, [outcome]);
  builder.end({
    kind: 'choice',
    construct: 'for',
    rules: [
      ...rule,
      { test: equals(variable(outcome), 0), to: body.id },
      { test: equals(variable(outcome), 1), to: over.id },
    ],
    otherwise: failed.id,
  });
  builder.at(body);
  countPass(lowering, inner, () => lowerList(lowering, inner, node.body));
  builder.goto(again);
  builder.at(again);
  builder.set(last, variable('status'));
  evaluate(next);
  builder.at(failed);
  builder.set('status', literal(1));
  builder.goto(end);
  builder.at(over);
  builder.set('status', variable(last));
  builder.goto(end);
  builder.at(end);
}

/** The three texts between `for ((` and `))`; undefined where they cannot be told apart by their semicolons. */
function arithmeticTexts(lowering: Lowering, node: ArithmeticFor): [string, string, string] | undefined {
  const open = lowering.text.indexOf('((', node.pos);
  const body = lowering.text.slice(open + 2, node.body.pos);
  const close = body.lastIndexOf('))');
  const inner = body.slice(0, close);
  if (open < 0 || close < 0) return undefined;
  const pieces = inner.split(';');
  return pieces.length === 3 && pieces.every(standsAlone) ? (pieces as [string, string, string]) : undefined;
}

/** Expansions of parameters by their names or numbers, alone or in quotes. */
const PARAMETERS = /("?)\$(?:[A-Za-z_]\w*|[\d@*#]|\{#?(?:\w+(?:\[[@*\w$]+\])?|[@*#])\})\1/g;
/** Parameters that are others in the shell that evaluates the expression. */
const OF_THE_SHELL = /\$\{?(?:LINENO|PPID|BASHPID|_)(?!\w)/;

/** True if an expression is one by itself: its parentheses are closed, and nothing in it is looked at for what it is in the script. */
function standsAlone(text: string): boolean {
  if (OF_THE_SHELL.test(text)) return false;
  const plain = text.replace(PARAMETERS, '0').replaceAll('$((', '((');
  if (/['"`$\\\n]/.test(plain)) return false;
  let depth = 0;
  for (const c of plain) {
    if (c === '(') depth += 1;
    if (c === ')' && --depth < 0) return false;
  }
  return depth === 0;
}

/** `case word in`: a step lets bash choose the item; the machine goes to its body. No match: the status is 0. */
export function lowerCase(lowering: Lowering, context: Context, node: Case): void {
  const { builder } = lowering;
  const chosen = `count${unique(lowering)}`;
  const judged = judgesSubstitutions(lowering, context, [node.word]);
  const found = judged ? undefined : findHoistable(lowering, node, [node.word]);
  const patterns = node.items.flatMap((item) => item.pattern);
  const parts =
    found &&
    expansionInTrace(
      lowering,
      [node.word, ...patterns],
      found.map(({ part }) => part),
    ) === 'untraced'
      ? found
      : undefined;
  // Otherwise bash shows it.
  if (parts) traceHead(lowering, context, node, `case ${lowering.text.slice(node.word.pos, node.word.end)} in`);
  const hoisted = parts && hoistParts(lowering, context, parts);
  const edits = [...(hoisted?.edits ?? [])];
  node.items.forEach((item, index) => {
    const last = item.pattern[item.pattern.length - 1]!;
    const close = lowering.text.indexOf(')', last.end);
    // The last item may have no terminator: what is left up to `esac` goes with it.
    const stop = item.terminator ? item.end : node.end - 'esac'.length;
    const lines = lowering.text.slice(close + 1, stop).split('\n').length - 1;
    edits.push({ start: close + 1, end: stop, parts: [' ', ['branch', index], `${'\n'.repeat(lines)} ;; `] });
  });
  const needs = needsIn(lowering);
  const isSafe = choosesSafely(lowering, node, needs);
  const instruction = emitStep(lowering, context, {
    kind: 'case',
    nodes: [node],
    text: cut(lowering.text, [node], { edits, mark: true }),
    ...(isSafe ? needs.plan : {}),
    label: `case ${node.word.text}`,
    keeps: { count: chosen },
    quiet: true,
    untraced: lowering.facts.xtrace && parts !== undefined,
    expects: headExpects(lowering, context),
    without: [...node.items.map((item) => item.body), ...(hoisted?.nodes ?? [])],
  });
  credit(lowering, [node.word, ...patterns], undefined, 'substitution', hoisted?.nodes);
  leaveByControl(lowering, context, instruction, 'case');
  const end = builder.block('esac', node.pos);
  const none = builder.block('esac', node.pos);
  const bodies = node.items.map((item) => builder.block(item.pattern[0]?.text ?? 'item', item.pos));
  builder.end({
    kind: 'choice',
    construct: 'case',
    rules: bodies.map((block, index) => ({ test: equals(variable(chosen), index), to: block.id })),
    otherwise: none.id,
  });
  node.items.forEach((item, index) => {
    builder.at(bodies[index]!);
    const next = item.terminator === ';&' ? bodies[index + 1] : undefined;
    // Nothing to do gives 0, but what `;&` goes on to still sees the status from before.
    if (item.body.commands.length > 0) lowerList(lowering, context, item.body);
    else if (!next) builder.set('status', literal(0));
    builder.goto(next ?? end);
  });
  builder.at(none);
  builder.set('status', literal(0));
  builder.goto(end);
  builder.at(end);
}

/** `( list )`: on a copy of the state. */
export function lowerSubshell(
  lowering: Lowering,
  context: Context,
  node: { pos: number; body: CompoundList } & SyntaxNode,
): void {
  enterEnclosure(lowering, context, node, ['subshell'], ['end-subshell'], (inner) => {
    setInput(lowering, false);
    lowerList(lowering, inner, node.body);
  });
  judgeStatus(lowering, context, node);
}

/**
 * A compound command with redirections: a shell performs them once and waits; the body's steps run with its descriptors;
 * joining it undoes them.
 */
export function lowerRedirected(lowering: Lowering, context: Context, node: Redirected): void {
  const own = !isStage(node) && node.command.type !== 'Subshell';
  const found =
    node.command.type === 'Subshell' ? undefined : findInRedirections(lowering, context, node, node.redirects);
  // An error in them does not end the shell.
  const hoisted = found && hoistParts(lowering, context, found, () => true);
  if (own) setInput(lowering, givesInput(node.redirects));
  inScope(lowering, context, node, node.redirects, { command: node.command, hoisted });
}

/** Opens a scope with the redirections, lowers what runs in it, and closes it. */
export function inScope(
  lowering: Lowering,
  context: Context,
  node: SyntaxNode,
  redirections: readonly Redirection[],
  what:
    | { command: CompoundCommand; hoisted?: Hoisted; edits?: undefined }
    | { command: Command; edits: Edit[]; hoisted?: undefined; body: (inner: Context) => void },
): void {
  const { builder } = lowering;
  const shell = what.command.type === 'Subshell';
  const edits = what.edits ?? what.hoisted?.edits;
  // In a function or a file that is read, a message would name another line.
  const enclosed = context.function !== undefined || context.reading !== undefined;
  // A group is counted where its redirections end, and a command where they begin.
  const spansLines =
    node.type === 'Command' &&
    redirections.some(({ type, pos, end }) => type !== 'HereDoc' && lowering.text.slice(pos, end).includes('\n'));
  const ofCall = (enclosed || spansLines) && node.type === 'Command' ? countedOffset(lowering, node) : undefined;
  const counted = node.type === 'Redirected' ? redirectionsOffset(lowering, node) : ofCall;
  const needsIt =
    !lowering.facts.xtrace &&
    (enclosed ||
      spansLines ||
      readsLine(redirections) ||
      (counted !== undefined && endsElsewhere(lowering, redirections, counted)));
  const before = node.type === 'Redirected' ? linesBefore(lowering, context, node) : undefined;
  const setsLine = counted !== undefined && before === undefined && needsIt;
  const redirects = cut(lowering.text, redirections, { mark: true, edits });
  // What the redirections' own words have changed is recorded before the shell becomes the scope.
  const effects = redirections.some((r) => some(r, what.hoisted ? ownEffect : hasEffect));
  const enter: TextPart[] = effects ? [['enter'], ['stage', 0]] : [['stage', 0]];
  const text: TextPart[] = shell ? ['( ', ...enter, ' ) ', ...redirects] : ['{ ', ...enter, '; } ', ...redirects];
  if (setsLine) {
    // A `case` sets the line, wherever its words stand.
    text.unshift('case x in x) ');
    text.splice(
      text.findIndex((part) => part[0] === 'mark'),
      0,
      ' ;; esac',
    );
  }
  const outside = `scope${unique(lowering)}`;
  const opened = `scopes${unique(lowering)}`;
  const body = builder.block('body', node.pos);
  const end = builder.block('end', node.pos);
  const lineShift = (context.lineShift ?? 0) - (before ?? 0);
  emitStep(
    lowering,
    { ...context, lineShift },
    {
      kind: shell ? 'pipeline' : 'redirect',
      nodes: [node],
      text: merge(text),
      // Messages name the line on which the command line ends: for others than a here-document that is the first.
      at:
        setsLine || !redirections.some(({ type }) => type === 'HereDoc')
          ? (counted ?? redirections[0]!.pos)
          : redirections[0]!.pos,
      label: 'redirect',
      streams: true,
      only: { control: 'enter', otherwise: context.uninverted?.node === node ? context.uninverted.to : end },
      keeps: { scopes: opened },
      without: [what.command, ...(what.hoisted?.nodes ?? [])],
    },
  );
  if (!what.edits) credit(lowering, redirections, undefined, 'substitution', what.hoisted?.nodes);
  builder.goto(body);
  builder.at(body);
  builder.set(outside, variable('scope'));
  builder.set('scope', element(variable(opened), 0));
  const live = [...context.live, outside, opened];
  const { command } = what;
  if (command.type === 'Subshell') {
    const kept = `state${unique(lowering)}`;
    builder.set(kept, variable('state'));
    enterEnclosure(
      lowering,
      { ...context, live: [...live, kept] },
      command,
      ['subshell'],
      ['end-subshell'],
      (inner) => {
        if (!isStage(node)) setInput(lowering, givesInput(redirections));
        lowerList(lowering, inner, command.body);
      },
    );
    builder.set('state', variable(kept));
    builder.set('ops', array([]));
    joinScope(lowering, context, node, opened, true);
  } else {
    // Those of a stage end with its shell.
    const regions = isStage(node) ? [] : [...context.regions, outside];
    const inner = { ...context, regions, live };
    if (what.edits) what.body(inner);
    else lowerNode(lowering, inner, what.command);
    joinScope(lowering, context, node, opened, false);
  }
  builder.set('scope', variable(outside));
  builder.goto(end);
  builder.at(end);
}

/** Waits for the step that opened a scope, and takes its outcome. */
export function joinScope(
  lowering: Lowering,
  context: Context,
  node: SyntaxNode,
  opened: string,
  leaveFirst: boolean,
): void {
  const expects = leaveFirst && lowering.facts.errexit && !context.ignore && context.enclosure ? ['exit'] : [];
  const scope = element(variable(opened), 0);
  if (leaveFirst)
    emitStep(lowering, context, {
      kind: 'leave',
      nodes: [node],
      text: [],
      label: 'leave',
      streams: true,
      scope,
      without: [node],
    });
  const instruction = emitStep(lowering, context, {
    kind: 'join',
    nodes: [node],
    text: [],
    label: 'join',
    streams: true,
    scope,
    expects,
    without: [node],
  });
  leaveByControl(lowering, context, instruction, 'join');
}
