/** What a definition may have on AWS and this engine does not run. */
import type { StateGraph } from '../asl/definition.ts';

export interface Unsupported {
  code: 'UNSUPPORTED_BY_ENGINE';
  path: string;
  message: string;
}

/** Fields that only a Distributed Map has. */
const DISTRIBUTED = [
  'ItemReader',
  'ItemBatcher',
  'ResultWriter',
  'ToleratedFailureCount',
  'ToleratedFailurePercentage',
];

/** All states that the engine refuses, with the reason. */
export function unsupported(graph: StateGraph, path = ''): Unsupported[] {
  const found: Unsupported[] = [];
  const add = (at: string, what: string): void => {
    found.push({ code: 'UNSUPPORTED_BY_ENGINE', path: at, message: `The embedded engine does not run ${what}.` });
  };
  for (const [name, state] of Object.entries(graph.States)) {
    const at = `${path}/States/${name}`;
    if (state.Type === 'Task') {
      if (state.Resource.endsWith('.waitForTaskToken')) add(`${at}/Resource`, 'tasks that wait for a task token');
      if (/^arn:[^:]*:states:[^:]*:[^:]*:activity:/.test(state.Resource)) add(`${at}/Resource`, 'activities');
    } else if (state.Type === 'Parallel') {
      for (const [i, branch] of state.Branches.entries()) found.push(...unsupported(branch, `${at}/Branches[${i}]`));
    } else if (state.Type === 'Map') {
      const distributed = state.ItemProcessor.ProcessorConfig?.Mode === 'DISTRIBUTED';
      if (distributed) add(`${at}/ItemProcessor/ProcessorConfig/Mode`, 'Distributed Map states');
      for (const field of DISTRIBUTED) if (field in state) add(`${at}/${field}`, `a Map state's ${field}`);
      found.push(...unsupported(state.ItemProcessor, `${at}/ItemProcessor`));
    }
  }
  return found;
}
