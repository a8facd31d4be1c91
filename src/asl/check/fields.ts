/** Which fields a state type has, and what their values may be. */
import { expressionText } from '../expression.ts';
import { LIMITS } from '../limits.ts';
import { parseTimestamp } from '../timestamp.ts';
import { isObject, type JsonObject, type Report } from './problem.ts';

const COMMON = ['Type', 'Comment', 'QueryLanguage'];
const FLOW = ['Next', 'End'];
const RESULTS = ['Output', 'Assign'];
const ERRORS = ['Retry', 'Catch'];

/** Fields of each state type when the query language is JSONata. */
const FIELDS: Record<string, readonly string[]> = {
  Pass: [...COMMON, ...FLOW, ...RESULTS],
  Task: [
    ...[...COMMON, ...FLOW, ...RESULTS, ...ERRORS],
    ...['Resource', 'Arguments', 'TimeoutSeconds', 'HeartbeatSeconds', 'Credentials'],
  ],
  Choice: [...COMMON, ...RESULTS, 'Choices', 'Default'],
  Wait: [...COMMON, ...FLOW, ...RESULTS, 'Seconds', 'Timestamp'],
  Succeed: [...COMMON, 'Output'],
  Fail: [...COMMON, 'Error', 'Cause'],
  Parallel: [...COMMON, ...FLOW, ...RESULTS, ...ERRORS, 'Branches', 'Arguments'],
  Map: [
    ...[...COMMON, ...FLOW, ...RESULTS, ...ERRORS],
    ...['ItemProcessor', 'Items', 'ItemSelector', 'MaxConcurrency', 'ItemReader', 'ItemBatcher', 'ResultWriter'],
    ...['ToleratedFailureCount', 'ToleratedFailurePercentage', 'Label'],
  ],
};

const RULE = ['Condition', 'Next', 'Comment', ...RESULTS];
const CATCHER = ['ErrorEquals', 'Next', 'Comment', ...RESULTS];
const RETRIER = ['ErrorEquals', 'Comment', 'IntervalSeconds', 'MaxAttempts', 'BackoffRate', 'MaxDelaySeconds'];

/** Fields that only JSONPath has. */
const JSONPATH = new Set(
  (
    'InputPath OutputPath ResultPath ResultSelector Parameters Result ItemsPath MaxConcurrencyPath SecondsPath ' +
    'TimestampPath TimeoutSecondsPath HeartbeatSecondsPath ErrorPath CausePath Variable Iterator ' +
    'ToleratedFailureCountPath ToleratedFailurePercentagePath'
  ).split(' '),
);

/** Checks that an object has no other fields than `allowed`. */
function checkNames(value: JsonObject, allowed: readonly string[], path: string, report: Report): void {
  for (const field of Object.keys(value)) {
    if (allowed.includes(field)) continue;
    if (JSONPATH.has(field)) {
      report.add('JSONPATH_NOT_SUPPORTED', `${path}/${field}`, `Field '${field}' belongs to JSONPath; use JSONata.`);
    } else report.schema(`${path}/${field}`, `Field '${field}' is not supported`);
  }
}

function checkString(value: unknown, path: string, report: Report): void {
  if (typeof value !== 'string') report.schema(path, 'Expected value of type [STRING]');
}

/** A whole number in a range; where `query` is set, an expression may stand for it. */
function checkNumber(
  value: unknown,
  [low, high]: readonly [number, number],
  path: string,
  report: Report,
  { query = false, whole = true } = {},
): void {
  if (value === undefined) return;
  if (query && typeof value === 'string' && expressionText(value) !== undefined) return;
  const fits = typeof value === 'number' && value >= low && value <= high && (!whole || Number.isInteger(value));
  if (!fits) report.schema(path, `Expected ${whole ? 'a whole number' : 'a number'} from ${low} to ${high}`);
}

/** Checks a state's own fields; transitions, templates and nested states are checked elsewhere. */
export function checkFields(state: JsonObject, path: string, report: Report): void {
  const { Type: type } = state;
  const allowed = typeof type === 'string' && Object.hasOwn(FIELDS, type) ? FIELDS[type] : undefined;
  if (!allowed) {
    report.schema(`${path}/Type`, `Value should be one of the following: [${Object.keys(FIELDS).join(', ')}]`);
    return;
  }
  checkNames(state, allowed, path, report);
  if (state.Comment !== undefined) checkString(state.Comment, `${path}/Comment`, report);
  if (state.QueryLanguage === 'JSONPath') {
    report.add('JSONPATH_NOT_SUPPORTED', path, `'QueryLanguage' can not be 'JSONPath'; use JSONata.`);
  } else if (state.QueryLanguage !== undefined && state.QueryLanguage !== 'JSONata') {
    report.schema(`${path}/QueryLanguage`, 'Value should be one of the following: [JSONPath, JSONata]');
  }
  CHECKS[type as string]?.(state, path, report);
  if (allowed.includes('Retry')) checkErrorHandling(state, path, report);
}

type Check = (state: JsonObject, path: string, report: Report) => void;

const CHECKS: Record<string, Check> = {
  Task(state, path, report) {
    const { Resource: resource } = state;
    if (typeof resource !== 'string' || !/^arn:\S+$/.test(resource)) {
      report.schema(`${path}/Resource`, 'Expected the ARN of a resource, a constant');
    }
    const seconds = [1, LIMITS.seconds] as const;
    checkNumber(state.TimeoutSeconds, seconds, `${path}/TimeoutSeconds`, report, { query: true });
    checkNumber(state.HeartbeatSeconds, seconds, `${path}/HeartbeatSeconds`, report, { query: true });
    const { TimeoutSeconds: limit, HeartbeatSeconds: heartbeat } = state;
    if (typeof limit === 'number' && typeof heartbeat === 'number' && heartbeat >= limit) {
      report.schema(`${path}/HeartbeatSeconds`, 'HeartbeatSeconds must be smaller than TimeoutSeconds');
    }
  },
  Choice(state, path, report) {
    const { Choices: rules } = state;
    if (!Array.isArray(rules) || rules.length === 0) {
      report.schema(`${path}/Choices`, 'Expected a list of at least one rule');
      return;
    }
    for (const [i, rule] of rules.entries()) {
      const at = `${path}/Choices[${i}]`;
      if (!isObject(rule)) {
        report.schema(at, 'Expected value of type [OBJECT]');
        continue;
      }
      checkNames(rule, RULE, at, report);
      const { Condition: condition } = rule;
      const valid = typeof condition === 'boolean' || (typeof condition === 'string' && expressionText(condition));
      if (!valid) report.schema(`${at}/Condition`, 'Expected a JSONata expression or a boolean');
    }
  },
  Wait(state, path, report) {
    const { Seconds: seconds, Timestamp: timestamp } = state;
    if ((seconds === undefined) === (timestamp === undefined)) {
      report.schema(path, 'Expected exactly one of [Seconds, Timestamp]');
    }
    checkNumber(seconds, [0, LIMITS.seconds], `${path}/Seconds`, report, { query: true });
    if (timestamp === undefined) return;
    const query = typeof timestamp === 'string' && expressionText(timestamp) !== undefined;
    const valid = query || !Number.isNaN(parseTimestamp(timestamp));
    if (!valid) report.schema(`${path}/Timestamp`, 'Expected a timestamp of RFC 3339');
  },
  Fail(state, path, report) {
    for (const [field, limit] of [
      ['Error', LIMITS.error],
      ['Cause', LIMITS.cause],
    ] as const) {
      const value = state[field];
      if (value === undefined) continue;
      checkString(value, `${path}/${field}`, report);
      if (typeof value === 'string' && expressionText(value) === undefined && value.length > limit) {
        report.add('LIMIT_EXCEEDED', `${path}/${field}`, `${field} is longer than ${limit} characters.`);
      }
    }
  },
  Parallel(state, path, report) {
    if (!Array.isArray(state.Branches) || state.Branches.length === 0) {
      report.schema(`${path}/Branches`, 'Expected a list of at least one branch');
    }
  },
  Map(state, path, report) {
    if (!isObject(state.ItemProcessor)) report.schema(`${path}/ItemProcessor`, 'Expected value of type [OBJECT]');
    checkNumber(state.MaxConcurrency, [0, Number.MAX_SAFE_INTEGER], `${path}/MaxConcurrency`, report, { query: true });
    const { Items: items } = state;
    if (items !== undefined && !Array.isArray(items) && !isObject(items)) {
      const query = typeof items === 'string' && expressionText(items) !== undefined;
      if (!query) report.schema(`${path}/Items`, 'Expected an array, an object or a JSONata expression');
    }
  },
};

/** Error names that stand for several and their place in a list. */
function checkErrorNames(lists: unknown[], path: string, report: Report): void {
  for (const [i, item] of lists.entries()) {
    const at = `${path}[${i}]`;
    if (!isObject(item)) {
      report.schema(at, 'Expected value of type [OBJECT]');
      continue;
    }
    const { ErrorEquals: names } = item;
    if (!Array.isArray(names) || names.length === 0 || !names.every((name) => typeof name === 'string')) {
      report.schema(`${at}/ErrorEquals`, 'Expected a list of at least one error name');
    } else if (names.includes('States.ALL')) {
      if (names.length > 1) report.schema(`${at}/ErrorEquals`, 'States.ALL must stand alone');
      if (i < lists.length - 1) report.schema(at, 'States.ALL must be in the last entry');
    }
  }
}

function checkErrorHandling(state: JsonObject, path: string, report: Report): void {
  const { Retry: retriers, Catch: catchers } = state;
  for (const [field, list] of Object.entries({ Retry: retriers, Catch: catchers })) {
    if (list === undefined) continue;
    if (Array.isArray(list)) checkErrorNames(list, `${path}/${field}`, report);
    else report.schema(`${path}/${field}`, 'Expected value of type [ARRAY]');
  }
  for (const [i, retrier] of Array.isArray(retriers) ? retriers.entries() : []) {
    if (!isObject(retrier)) continue;
    const at = `${path}/Retry[${i}]`;
    checkNames(retrier, [...RETRIER, 'JitterStrategy'], at, report);
    checkNumber(retrier.IntervalSeconds, [1, LIMITS.seconds], `${at}/IntervalSeconds`, report);
    checkNumber(retrier.MaxAttempts, [0, LIMITS.seconds], `${at}/MaxAttempts`, report);
    const rate = [1, Number.MAX_VALUE] as const;
    checkNumber(retrier.BackoffRate, rate, `${at}/BackoffRate`, report, { whole: false });
    checkNumber(retrier.MaxDelaySeconds, [1, LIMITS.maxDelay], `${at}/MaxDelaySeconds`, report);
    const { IntervalSeconds: interval = 1, MaxDelaySeconds: most, JitterStrategy: jitter } = retrier;
    if (typeof most === 'number' && typeof interval === 'number' && most <= interval) {
      report.schema(`${at}/MaxDelaySeconds`, 'MaxDelaySeconds must be greater than IntervalSeconds');
    }
    if (jitter !== undefined && jitter !== 'FULL' && jitter !== 'NONE') {
      report.schema(`${at}/JitterStrategy`, 'Value should be one of the following: [FULL, NONE]');
    }
  }
  for (const [i, catcher] of Array.isArray(catchers) ? catchers.entries() : []) {
    if (isObject(catcher)) checkNames(catcher, CATCHER, `${path}/Catch[${i}]`, report);
  }
}
