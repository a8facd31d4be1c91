/** Expressions in a state's templates: that they parse, and that they read only what exists where they stand. */
import { expressionText, parseExpression } from '../expression.ts';
import { LIMITS } from '../limits.ts';
import { jsonSize } from '../size.ts';
import { isObject, type JsonObject, type Report } from './problem.ts';
import { type References, references } from './query.ts';
import { isAssigned, type Scope } from './scopes.ts';

/** What `$states` has besides input and context. */
type Extra = 'result' | 'errorOutput' | undefined;

/** Templates that a state type reads before it acts. */
const BEFORE: Record<string, readonly string[]> = {
  Task: ['Arguments', 'TimeoutSeconds', 'HeartbeatSeconds', 'Credentials'],
  Parallel: ['Arguments'],
  Map: ['Items', 'ItemSelector', 'MaxConcurrency', 'ToleratedFailureCount', 'ToleratedFailurePercentage'],
  Wait: ['Seconds', 'Timestamp'],
  Fail: ['Error', 'Cause'],
};

const WITH_RESULT = new Set(['Task', 'Parallel', 'Map']);

/** Checks all templates of a state. */
export function checkTemplates(state: JsonObject, path: string, scope: Scope, report: Report): void {
  const type = String(state.Type);
  const check = (value: unknown, at: string, extra?: Extra): void => {
    if (value === undefined) return;
    checkTemplate(value, at, scope, extra, report);
    checkConstant(value, at, report);
  };
  for (const field of BEFORE[type] ?? []) check(state[field], `${path}/${field}`);
  const extra = WITH_RESULT.has(type) ? 'result' : undefined;
  if (type !== 'Fail') {
    check(state.Output, `${path}/Output`, extra);
    check(state.Assign, `${path}/Assign`, extra);
  }
  for (const [field, list, found] of [
    ['Choices', state.Choices, undefined],
    ['Catch', state.Catch, 'errorOutput'],
  ] as const) {
    if (!Array.isArray(list)) continue;
    for (const [i, item] of list.entries()) {
      if (!isObject(item)) continue;
      const at = `${path}/${field}[${i}]`;
      if (field === 'Choices') check(item.Condition, `${at}/Condition`);
      check(item.Output, `${at}/Output`, found);
      check(item.Assign, `${at}/Assign`, found);
    }
  }
}

/** A constant that is over a limit fails at every run. */
function checkConstant(value: unknown, path: string, report: Report): void {
  const size = constantSize(value);
  if (size > LIMITS.payload) {
    report.add('LIMIT_EXCEEDED', path, `Its constant part has ${size} bytes; the limit is ${LIMITS.payload}.`);
  }
}

/** Bytes that a template has at least, whatever its expressions answer. */
function constantSize(value: unknown): number {
  if (typeof value === 'string') return expressionText(value) === undefined ? jsonSize(value) : 1;
  if (typeof value !== 'object' || value === null) return jsonSize(value);
  let size = 2;
  for (const [key, item] of Object.entries(value)) {
    size += constantSize(item) + 1 + (Array.isArray(value) ? 0 : jsonSize(key) + 1);
  }
  return size === 2 ? 2 : size - 1;
}

function checkTemplate(value: unknown, path: string, scope: Scope, extra: Extra, report: Report): void {
  if (typeof value === 'string') {
    const text = expressionText(value);
    if (text !== undefined) checkExpression(text, path, scope, extra, report);
  } else if (Array.isArray(value)) {
    for (const [i, item] of value.entries()) checkTemplate(item, `${path}[${i}]`, scope, extra, report);
  } else if (isObject(value)) {
    for (const [key, item] of Object.entries(value)) checkTemplate(item, `${path}/${key}`, scope, extra, report);
  }
}

/** Analyses are kept: machines repeat their expressions. */
const analysed = new Map<string, References>();

function checkExpression(text: string, path: string, scope: Scope, extra: Extra, report: Report): void {
  const parsed = parseExpression(text);
  if (parsed.problem !== undefined) {
    report.add('INVALID_JSONATA_EXPRESSION', path, parsed.problem);
    return;
  }
  let found = analysed.get(text);
  if (!found) {
    found = references(parsed.ast);
    if (analysed.size >= 50_000) analysed.clear();
    analysed.set(text, found);
  }
  for (const message of found.unsupported) report.add('UNSUPPORTED_JSONATA_EXPRESSION', path, message);
  for (const field of found.states) {
    if (field === 'input' || field === 'context' || field === extra) continue;
    const known = field === 'result' || field === 'errorOutput';
    const message = known ? `'$states.${field}' does not exist here.` : `'$states' has no field '${field}'.`;
    report.add('UNSUPPORTED_JSONATA_EXPRESSION', path, message);
  }
  for (const name of found.variables) {
    if (isAssigned(name, scope)) continue;
    report.add('UNDEFINED_VARIABLE', path, `Variable '$${name}' is assigned nowhere in this scope or round it.`);
  }
}
