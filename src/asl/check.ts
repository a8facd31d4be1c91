/** The checker of definitions: what AWS refuses when a state machine is created, and what would fail at every run. */
import { checkFields } from './check/fields.ts';
import { isObject, type JsonObject, type Problem, Report } from './check/problem.ts';
import { type Scope, scopeOf } from './check/scopes.ts';
import { checkTemplates } from './check/templates.ts';
import { checkTransitions } from './check/transitions.ts';
import { LIMITS } from './limits.ts';
import { jsonSize } from './size.ts';

export type { Problem, ProblemCode } from './check/problem.ts';

/** Fields of the machine itself. */
const MACHINE = ['Comment', 'QueryLanguage', 'StartAt', 'States', 'Version', 'TimeoutSeconds'];

/** All faults of a definition, in its order; none if AWS would take it. */
export function checkDefinition(definition: unknown): Problem[] {
  const report = new Report();
  if (!isObject(definition)) {
    report.schema('/', 'Expected value of type [OBJECT]');
    return report.problems;
  }
  const size = jsonSize(definition);
  if (size > LIMITS.definition) {
    report.add('LIMIT_EXCEEDED', '/', `The definition has ${size} bytes; the limit is ${LIMITS.definition}.`);
  }
  for (const field of Object.keys(definition)) {
    if (!MACHINE.includes(field)) report.schema(`/${field}`, `Field '${field}' is not supported`);
  }
  if (definition.QueryLanguage !== 'JSONata') {
    report.add('JSONPATH_NOT_SUPPORTED', '/QueryLanguage', `The machine's QueryLanguage must be "JSONata".`);
  }
  const { TimeoutSeconds: seconds, Version: version } = definition;
  const whole = typeof seconds === 'number' && Number.isInteger(seconds) && seconds >= 1 && seconds <= LIMITS.seconds;
  if (seconds !== undefined && !whole) {
    report.schema('/TimeoutSeconds', `Expected a whole number from 1 to ${LIMITS.seconds}`);
  }
  if (version !== undefined && version !== '1.0') report.schema('/Version', 'Expected "1.0"');
  checkGraph(definition, '', undefined, new Map(), report);
  return report.problems;
}

/** Checks a graph of states and those within it. `places` tells where each name of a state was met first. */
function checkGraph(
  graph: JsonObject,
  path: string,
  outer: Scope | undefined,
  places: Map<string, string>,
  report: Report,
): void {
  const { States: states } = graph;
  if (!isObject(states) || Object.keys(states).length === 0) {
    report.schema(`${path}/States`, 'Expected an object with at least one state');
    return;
  }
  const scope = scopeOf(states, outer, path, report);
  for (const [name, state] of Object.entries(states)) {
    const at = `${path}/States/${name}`;
    if (name.length === 0 || [...name].length > LIMITS.name) {
      report.add('LIMIT_EXCEEDED', at, `A state's name has 1 to ${LIMITS.name} characters.`);
    }
    const first = places.get(name);
    if (first === undefined) places.set(name, at);
    else report.add('DUPLICATE_STATE_NAME', at, `State name '${name}' is used already, at ${first}.`);
    if (!isObject(state)) {
      report.schema(at, 'Expected value of type [OBJECT]');
      continue;
    }
    checkFields(state, at, report);
    checkTemplates(state, at, scope, report);
    for (const [place, inner, isolated] of nestedGraphs(state)) {
      if (isObject(inner)) {
        checkNested(inner, `${at}${place}`, report);
        checkGraph(inner, `${at}${place}`, isolated ? undefined : scope, places, report);
      } else report.schema(`${at}${place}`, 'Expected value of type [OBJECT]');
    }
  }
  checkTransitions(graph, states, path, report);
}

/** The graphs within a state. A Distributed Map's is isolated: it sees no variable from outside. */
function* nestedGraphs(state: JsonObject): Iterable<[place: string, graph: unknown, isolated: boolean]> {
  if (state.Type === 'Parallel' && Array.isArray(state.Branches)) {
    for (const [i, branch] of state.Branches.entries()) yield [`/Branches[${i}]`, branch, false];
  }
  if (state.Type === 'Map' && isObject(state.ItemProcessor)) {
    const { ProcessorConfig: config } = state.ItemProcessor;
    yield ['/ItemProcessor', state.ItemProcessor, isObject(config) && config.Mode === 'DISTRIBUTED'];
  }
}

function checkNested(graph: JsonObject, path: string, report: Report): void {
  for (const field of Object.keys(graph)) {
    if (['StartAt', 'States', 'Comment'].includes(field)) continue;
    if (field === 'ProcessorConfig' && path.endsWith('/ItemProcessor')) continue;
    report.schema(`${path}/${field}`, `Field '${field}' is not supported`);
  }
}
