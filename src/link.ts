/** Joins a bundle's definition with the place it runs in: the account's names take the place of the placeholders. */

type State = Record<string, unknown>;

/** Names that the placeholders of a definition stand for. */
export interface LinkNames {
  /** Partition of the ARNs: `aws`, `aws-cn`, … */
  partition: string;
  /** ARN of the machine itself. */
  self: string;
  /** Function name or version ARN of a step. */
  step: (key: string) => string;
}

/**
 * Replaces `${Partition}`, `${Self}` and `${STEPKEY}` where the code generator puts them, and nowhere else: text of the
 * script in Comments or expressions may look the same. The definition itself stays as it is.
 */
export function linkDefinition(definition: State, names: LinkNames): State {
  return { ...definition, States: linkStates(definition.States as Record<string, State>, names) };
}

function linkStates(states: Record<string, State>, names: LinkNames): Record<string, State> {
  return Object.fromEntries(Object.entries(states).map(([name, state]) => [name, linkState(state, names)]));
}

function linkState(state: State, names: LinkNames): State {
  const linked: State = { ...state };
  if (typeof state.Resource === 'string')
    linked.Resource = state.Resource.replace('${Partition}', () => names.partition);
  const args = state.Arguments as State | undefined;
  if (state.Type === 'Task' && typeof args === 'object' && args !== null) {
    const made: State = { ...args };
    const call = placeholder(args.FunctionName);
    if (call !== undefined) made.FunctionName = names.step(call);
    if (placeholder(args.StateMachineArn) === 'Self') made.StateMachineArn = names.self;
    linked.Arguments = made;
  }
  if (Array.isArray(state.Branches))
    linked.Branches = state.Branches.map((branch: State) => linkDefinition(branch, names));
  if (typeof state.ItemProcessor === 'object' && state.ItemProcessor !== null) {
    linked.ItemProcessor = linkDefinition(state.ItemProcessor as State, names);
  }
  return linked;
}

function placeholder(value: unknown): string | undefined {
  return typeof value === 'string' ? /^\$\{([^{}]+)\}$/.exec(value)?.[1] : undefined;
}
