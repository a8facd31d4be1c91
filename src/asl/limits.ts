/** Limits of AWS Step Functions that a definition or an execution can reach. */
export const LIMITS = {
  /** Bytes of a definition. */
  definition: 1_048_576,
  /** Bytes of a state's input, output, arguments or result. */
  payload: 262_144,
  /** Bytes of one variable, and of all that one Assign assigns. */
  variable: 262_144,
  /** Bytes of all variables of an execution. */
  variables: 10_485_760,
  /** Events in an execution's history. */
  events: 25_000,
  /** Characters of a state's name or a variable's. */
  name: 80,
  /** Characters of a Fail state's Error and Cause. */
  error: 256,
  cause: 32_768,
  /** Seconds of a Wait, a time-out or a retrier's interval. */
  seconds: 99_999_999,
  /** Seconds of MaxDelaySeconds: a year. */
  maxDelay: 31_622_400,
  /** Iterations of an inline Map that run at once. */
  concurrency: 40,
  /** Levels that an expression may nest. */
  depth: 100,
} as const;
