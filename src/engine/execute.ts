/** The embedded ASL engine: runs a state machine that uses JSONata, with AWS's semantics and limits. */
import { checkDefinition } from '../asl/check.ts';
import type { Definition } from '../asl/definition.ts';
import { DefinitionError } from './errors.ts';
import { Execution } from './execution.ts';
import type { ExecuteOptions, ExecutionResult } from './options.ts';
import { unsupported } from './unsupported.ts';

export { TaskError } from './errors.ts';
export type { HistoryEvent } from './history.ts';
export type { Limits } from './limits.ts';
export type { ExecuteOptions, ExecutionResult, ExecutionStatus, TaskHandler, TaskInvocation } from './options.ts';
export { DefinitionError, unsupported };

/** Definitions that were found good: they are not changed once they have run. */
const checked = new WeakSet<object>();

function check(definition: unknown): void {
  if (typeof definition === 'object' && definition !== null && checked.has(definition)) return;
  const problems = checkDefinition(definition);
  if (problems.length > 0) throw new DefinitionError(problems);
  checked.add(definition as object);
}

/**
 * Runs an execution to its end. Failures of the machine are results; a definition that AWS would refuse or that the
 * engine cannot run is thrown as {@link DefinitionError}, before anything runs.
 */
export async function execute(definition: unknown, options: ExecuteOptions): Promise<ExecutionResult> {
  if (options.check ?? true) check(definition);
  const { QueryLanguage: language } = definition as Definition;
  if (language !== 'JSONata') {
    const message = `The embedded engine runs JSONata only: QueryLanguage must be "JSONata".`;
    throw new DefinitionError([{ code: 'JSONPATH_NOT_SUPPORTED', path: '/QueryLanguage', message }]);
  }
  const refused = unsupported(definition as Definition);
  if (refused.length > 0) throw new DefinitionError(refused);
  // AWS starts an execution without input with an empty object.
  const given = options.input === undefined ? { ...options, input: {} } : options;
  return new Execution(definition as Definition, given).run();
}
