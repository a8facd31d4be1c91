/** Choice: goes where the first rule leads whose condition is true. A matched rule's Assign and Output replace the state's. */
import type { ChoiceState } from '../../asl/definition.ts';
import { QueryError, StateError } from '../errors.ts';
import type { Evaluator, Eventually, Templates } from '../evaluate.ts';
import type { Frame } from '../frame.ts';
import type { Run } from '../machine.ts';
import { compileResults, complete, type Results } from '../results.ts';

interface Rule extends Results {
  condition: Evaluator;
  next: string;
}

export function compileChoice(state: ChoiceState, templates: Templates): Run {
  const rules: Rule[] = state.Choices.map((rule, i) => ({
    ...compileResults(rule, `Choices[${i}]/`, templates),
    condition: templates.compile(rule.Condition, `Choices[${i}]/Condition`)!,
    next: rule.Next,
  }));
  const results = compileResults(state, '', templates);
  const { Default: otherwise } = state;

  const choose = (frame: Frame, from: number): Eventually<void> => {
    for (let i = from; i < rules.length; i += 1) {
      const rule = rules[i]!;
      const value = rule.condition(frame);
      if (value instanceof Promise) {
        return value.then((settled) => (holds(settled, i) ? take(frame, rule, rule.next) : choose(frame, i + 1)));
      }
      if (holds(value, i)) return take(frame, rule, rule.next);
    }
    if (otherwise === undefined) {
      const why = 'Failed to transition out of the state. The state does not point to a next state.';
      throw new StateError('States.Runtime', why);
    }
    return take(frame, results, otherwise);
  };
  return (frame) => choose(frame, 0);
}

function take(frame: Frame, results: Results, next: string): Eventually<void> {
  frame.next = next;
  return complete(frame, results, frame.input);
}

function holds(value: unknown, rule: number): boolean {
  if (typeof value === 'boolean') return value;
  const location = `Choices[${rule}]/Condition`;
  throw new QueryError(location, `The field '${location}' returned an unexpected result type. Expected a boolean.`);
}
