/** Assign and Output: how a state ends. Both see the variables as they were when the state was entered. */
import type { Assignments, Template } from '../asl/definition.ts';
import type { Evaluator, Eventually, Templates } from './evaluate.ts';
import type { Frame } from './frame.ts';
import { checkPayload } from './limits.ts';

export interface Results {
  assign: Evaluator | undefined;
  output: Evaluator | undefined;
}

/** Compiles the Assign and Output of a state, a rule or a catcher; `place` is empty or ends with a slash. */
export function compileResults(
  { Assign, Output }: { Assign?: Assignments; Output?: Template },
  place: string,
  templates: Templates,
): Results {
  return {
    assign: templates.compile(Assign, `${place}Assign`),
    output: templates.compile(Output, `${place}Output`),
  };
}

/** Ends a state: assigns its variables and sets its output. */
export function complete(frame: Frame, results: Results, output: unknown): Eventually<void> {
  const assigned = results.assign?.(frame);
  if (assigned instanceof Promise) return assigned.then((values) => finish(frame, results, values, output));
  return finish(frame, results, assigned, output);
}

function finish(frame: Frame, results: Results, assigned: unknown, output: unknown): Eventually<void> {
  const value = results.output ? results.output(frame) : output;
  if (value instanceof Promise) return value.then((settled: unknown) => settle(frame, assigned, settled));
  settle(frame, assigned, value);
}

function settle(frame: Frame, assigned: unknown, output: unknown): void {
  const { execution, scope, state } = frame;
  checkPayload(output, `output of the state '${state.name}'`, execution.limits);
  if (assigned !== undefined) {
    frame.assigned = assigned as Record<string, unknown>;
    scope.variables.assign(frame.assigned);
  }
  frame.output = output;
}
