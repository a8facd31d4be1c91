/** Transitions: that they lead to a state of the same graph, that every state is reached and that the graph can end. */
import { isObject, type JsonObject, type Report } from './problem.ts';

/** Checks the transitions of one graph of states, at `path`. */
export function checkTransitions(graph: JsonObject, states: JsonObject, path: string, report: Report): void {
  const targets = new Map<string, string[]>();
  let ends = false;
  for (const [name, state] of Object.entries(states)) {
    const next: string[] = [];
    targets.set(name, next);
    if (!isObject(state)) continue;
    const at = `${path}/States/${name}`;
    for (const [place, target] of transitions(state)) {
      if (typeof target !== 'string') report.schema(`${at}${place}`, 'Expected the name of a state');
      else if (!Object.hasOwn(states, target)) missing(target, `${at}${place}`, report);
      else next.push(target);
    }
    if (isTerminal(state)) ends = true;
    checkEnd(state, at, report);
  }
  const { StartAt: start } = graph;
  if (typeof start !== 'string') report.schema(`${path}/StartAt`, 'Expected the name of a state');
  else if (!Object.hasOwn(states, start)) missing(start, `${path}/StartAt`, report);
  else checkReached(start, targets, path, report);
  if (!ends && Object.keys(states).length > 0) {
    report.add('MISSING_END_STATE', path === '' ? '/' : path, 'No terminal state: nothing ends the execution.');
  }
}

function missing(target: string, path: string, report: Report): void {
  report.add('MISSING_TRANSITION_TARGET', path, `Missing 'Next' target: ${target}`);
}

/** A state's transitions: place within it, name of the target. */
function* transitions(state: JsonObject): Iterable<[place: string, target: unknown]> {
  if (state.Next !== undefined) yield ['/Next', state.Next];
  if (state.Default !== undefined) yield ['/Default', state.Default];
  for (const field of ['Choices', 'Catch']) {
    const list = state[field];
    if (!Array.isArray(list)) continue;
    for (const [i, item] of list.entries()) if (isObject(item)) yield [`/${field}[${i}]/Next`, item.Next];
  }
}

function isTerminal(state: JsonObject): boolean {
  return state.Type === 'Succeed' || state.Type === 'Fail' || state.End === true;
}

function checkEnd(state: JsonObject, path: string, report: Report): void {
  if (state.Type === 'Choice' || state.Type === 'Succeed' || state.Type === 'Fail') return;
  const { Next: next, End: end } = state;
  if (end !== undefined && typeof end !== 'boolean') report.schema(`${path}/End`, 'Expected value of type [BOOLEAN]');
  if ((next === undefined) === (end !== true)) report.schema(path, 'Expected exactly one of [Next, End]');
}

function checkReached(start: string, targets: Map<string, string[]>, path: string, report: Report): void {
  const reached = new Set([start]);
  // A Set's iterator also visits what is added on the way.
  for (const name of reached) for (const target of targets.get(name) ?? []) reached.add(target);
  for (const name of targets.keys()) {
    if (reached.has(name)) continue;
    report.add('MISSING_TRANSITION_TARGET', `${path}/States/${name}`, `State "${name}" is not reachable.`);
  }
}
