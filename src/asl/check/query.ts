/** What one expression refers to, and what it may not do in a state machine. */
import { FUNCTIONS, type Node } from '../expression.ts';
import { LIMITS } from '../limits.ts';

export interface References {
  /** Variables read that the expression does not bind itself. */
  variables: Set<string>;
  /** Names of functions called by `$name(…)` that the expression does not bind itself. */
  functions: Set<string>;
  /** Fields read of `$states`. */
  states: Set<string>;
  /** What AWS refuses, in words. */
  unsupported: string[];
}

/** Where a node stands: names bound round it, and whether its context is the machine's, which has no context item. */
interface Place {
  top: boolean;
  bound: ReadonlySet<string>;
}

/** Analyses one expression's tree. */
export function references(ast: Node): References {
  const found: References = { variables: new Set(), functions: new Set(), states: new Set(), unsupported: [] };
  const nested = visit(ast, { top: true, bound: new Set() }, found);
  if (nested > LIMITS.depth) {
    found.unsupported.push(`The expression nests ${nested} levels; the limit is ${LIMITS.depth}.`);
  }
  return found;
}

/** Visits a node; answers how many levels deep it is. */
function visit(node: Node, place: Place, found: References): number {
  let depth = 0;
  const go = (child: Node | undefined, at: Place = place): void => {
    if (child) depth = Math.max(depth, visit(child, at, found));
  };
  const inner: Place = { ...place, top: false };
  switch (node.type) {
    case 'path':
      visitPath(node, place, go, found);
      break;
    case 'variable':
      variable(node.value as string, place, found);
      break;
    case 'name':
      if (place.top) found.unsupported.push(`Reference to '${String(node.value)}' at the top level is not supported.`);
      break;
    case 'wildcard':
    case 'descendant':
    case 'parent':
      if (place.top) found.unsupported.push(`Reference to the context at the top level is not supported.`);
      break;
    case 'unary':
      go(node.expression);
      for (const item of node.expressions ?? []) go(item);
      if (node.value === '{') visitPairs(node.lhs as [Node, Node][], place, go);
      break;
    case 'block': {
      const bound = new Set(place.bound);
      for (const item of node.expressions ?? []) {
        go(item, { ...place, bound });
        if (item.type === 'bind') bound.add((item.lhs as Node).value as string);
      }
      break;
    }
    case 'bind':
      // A function may call itself by the name it is bound to.
      go(node.rhs, { ...place, bound: new Set([...place.bound, (node.lhs as Node).value as string]) });
      break;
    case 'lambda':
      go(node.body, {
        ...place,
        bound: new Set([...place.bound, ...(node.arguments ?? []).map((a) => a.value as string)]),
      });
      break;
    case 'function':
    case 'partial':
      called(node.procedure!, place, found, go);
      for (const argument of node.arguments ?? []) if (argument.type !== 'operator') go(argument);
      break;
    case 'apply':
      go(node.lhs as Node);
      go(node.rhs);
      break;
    case 'condition':
      go(node.condition);
      go(node.then);
      go(node.else);
      break;
    case 'transform':
      for (const part of [node.pattern, node.update, node.delete]) go(part, inner);
      break;
    case 'binary':
      go(node.lhs as Node);
      go(node.rhs);
      break;
  }
  for (const filter of node.predicate ?? []) go(filter.expr, inner);
  if (node.group) visitPairs(node.group.lhs, inner, go);
  return depth + 1;
}

type Go = (child: Node | undefined, place?: Place) => void;

function visitPairs(pairs: [Node, Node][], place: Place, go: Go): void {
  for (const [key, value] of pairs) {
    go(key, place);
    go(value, place);
  }
}

function visitPath(node: Node, place: Place, go: Go, found: References): void {
  const steps = node.steps!;
  const [first, second] = steps;
  if (first!.type === 'variable' && first!.value === 'states' && second && !place.bound.has('states')) {
    if (second.type === 'name' || second.type === 'string') found.states.add(second.value as string);
  }
  let bound = place.bound;
  for (const [i, step] of steps.entries()) {
    if (step.focus || step.index) bound = new Set([...bound, step.focus ?? '', step.index ?? '']);
    const at: Place = { top: place.top && i === 0, bound };
    const within: Place = { top: false, bound };
    if (step.type === 'sort') for (const term of step.terms ?? []) go(term.expression, within);
    else go(step, at);
    for (const stage of step.stages ?? []) {
      if (stage.type === 'index') bound = new Set([...bound, stage.value as string]);
      go(stage.expr, { top: false, bound });
    }
  }
}

function variable(name: string, place: Place, found: References): void {
  if (place.bound.has(name)) return;
  if (name === '$') found.unsupported.push(`Reference to '$$' is not supported.`);
  else if (name === '') {
    if (place.top) found.unsupported.push(`Reference to '$' at the top level is not supported.`);
  } else if (name === 'eval') found.unsupported.push(`The function '$eval' is not supported.`);
  else if (name !== 'states' && !FUNCTIONS.has(name)) found.variables.add(name);
}

function called(procedure: Node, place: Place, found: References, go: Go): void {
  const name = procedure.type === 'variable' ? (procedure.value as string) : undefined;
  if (name === undefined || place.bound.has(name) || procedure.predicate || procedure.group) go(procedure);
  else if (name === 'eval') found.unsupported.push(`The function '$eval' is not supported.`);
  else {
    go(procedure);
    if (FUNCTIONS.has(name)) found.functions.add(name);
  }
}
