/** A fault of a definition. Codes follow AWS's ValidateStateMachineDefinition where it has one. */
export interface Problem {
  code: ProblemCode;
  /** Place in the definition, in AWS's notation: `/States/Build/Output/items[0]`. */
  path: string;
  message: string;
}

export type ProblemCode =
  | 'SCHEMA_VALIDATION_FAILED'
  | 'JSONPATH_NOT_SUPPORTED'
  | 'DUPLICATE_STATE_NAME'
  | 'MISSING_TRANSITION_TARGET'
  | 'MISSING_END_STATE'
  | 'INVALID_JSONATA_EXPRESSION'
  | 'UNSUPPORTED_JSONATA_EXPRESSION'
  | 'UNDEFINED_VARIABLE'
  | 'INVALID_VARIABLE_NAME'
  | 'VARIABLE_OF_OUTER_SCOPE'
  | 'LIMIT_EXCEEDED';

/** Collects problems. */
export class Report {
  readonly problems: Problem[] = [];

  add(code: ProblemCode, path: string, message: string): void {
    this.problems.push({ code, path, message });
  }

  schema(path: string, message: string): void {
    this.add('SCHEMA_VALIDATION_FAILED', path, message);
  }
}

export type JsonObject = Record<string, unknown>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
