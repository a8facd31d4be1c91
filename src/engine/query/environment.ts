/** What an expression can read. A state's frame is one. */
export interface Environment {
  /** Variables in scope, by name; inner scopes inherit by prototype. */
  readonly variables: Record<string, unknown>;
  /** The fields of `$states`; undefined where they do not exist. */
  readonly input: unknown;
  readonly result: unknown;
  readonly errorOutput: unknown;
  /** `$states.context`, made when it is first read. */
  readonly context: unknown;
  /** Source of `$random` and `$uuid`, from 0 to 1 exclusive. */
  random(): number;
  /** Milliseconds since the epoch, for `$now` and `$millis`. */
  now(): number;
}

const FIELDS = ['input', 'result', 'errorOutput', 'context'] as const;

export type StatesField = (typeof FIELDS)[number];

export function isStatesField(name: string): name is StatesField {
  return (FIELDS as readonly string[]).includes(name);
}

/** The whole of `$states` as a value. */
export function statesObject(environment: Environment): Record<string, unknown> {
  const states: Record<string, unknown> = {};
  for (const field of FIELDS) if (environment[field] !== undefined) states[field] = environment[field];
  return states;
}
