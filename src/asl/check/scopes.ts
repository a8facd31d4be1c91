/** Variables: which a graph of states assigns, and which its states and expressions may read and assign. */
import { LIMITS } from '../limits.ts';
import { isObject, type JsonObject, type Report } from './problem.ts';

/** Names that a graph assigns, within those of the graphs round it. */
export interface Scope {
  own: ReadonlySet<string>;
  outer?: Scope;
}

export function isAssigned(name: string, scope: Scope | undefined): boolean {
  return scope !== undefined && (scope.own.has(name) || isAssigned(name, scope.outer));
}

/** The Assign fields of a state: its own, its rules' and its catchers'. */
export function* assigns(state: JsonObject): Iterable<[place: string, assign: unknown]> {
  if (state.Assign !== undefined) yield ['/Assign', state.Assign];
  for (const field of ['Choices', 'Catch']) {
    const list = state[field];
    if (!Array.isArray(list)) continue;
    for (const [i, item] of list.entries()) {
      if (isObject(item) && item.Assign !== undefined) yield [`/${field}[${i}]/Assign`, item.Assign];
    }
  }
}

/** The scope of a graph; reports names that it may not assign. */
export function scopeOf(states: JsonObject, outer: Scope | undefined, path: string, report: Report): Scope {
  const own = new Set<string>();
  for (const [state, value] of Object.entries(states)) {
    if (!isObject(value)) continue;
    for (const [place, assign] of assigns(value)) {
      const at = `${path}/States/${state}${place}`;
      if (!isObject(assign)) {
        report.schema(at, 'Expected value of type [OBJECT]');
        continue;
      }
      for (const name of Object.keys(assign)) {
        own.add(name);
        checkName(name, `${at}/${name}`, report);
        if (isAssigned(name, outer)) {
          const message = `Variable '${name}' belongs to an outer scope: it cannot be assigned or reused here.`;
          report.add('VARIABLE_OF_OUTER_SCOPE', `${at}/${name}`, message);
        }
      }
    }
  }
  return { own, outer };
}

function checkName(name: string, path: string, report: Report): void {
  if (name === 'states') report.add('INVALID_VARIABLE_NAME', path, `The variable 'states' is reserved.`);
  else if (!/^\p{ID_Start}\p{ID_Continue}*$/u.test(name)) {
    report.add('INVALID_VARIABLE_NAME', path, `'${name}' is not a variable's name; a part cannot be assigned.`);
  } else if ([...name].length > LIMITS.name) {
    report.add('LIMIT_EXCEEDED', path, `A variable's name has at most ${LIMITS.name} characters.`);
  }
}
