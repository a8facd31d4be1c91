/** Enforces AWS's limits on the data of an execution. */
import { LIMITS } from '../asl/limits.ts';
import { jsonSize } from '../asl/size.ts';
import { StateError } from './errors.ts';

/** Limits of an execution; each may be raised where AWS does not matter. */
export interface Limits {
  payload: number;
  variable: number;
  variables: number;
  events: number;
}

export function limitsOf(changes: Partial<Limits> = {}): Limits {
  const { payload, variable, variables, events } = LIMITS;
  return { payload, variable, variables, events, ...changes };
}

/** Fails a state whose input, arguments, result or output is too large. */
export function checkPayload(value: unknown, what: string, limits: Limits): void {
  if (jsonSize(value) <= limits.payload) return;
  throw new StateError(
    'States.DataLimitExceeded',
    `The ${what} has a size exceeding the maximum number of bytes service limit (${limits.payload}).`,
  );
}

/** Variables of one scope. An inner scope reads those of outer ones and takes its own with it when it ends. */
export class Variables {
  readonly values: Record<string, unknown>;
  private readonly sizes = new Map<string, number>();
  private readonly outer: Variables | undefined;
  private readonly total: { bytes: number };
  private readonly limits: Limits;

  constructor(limits: Limits, outer?: Variables) {
    this.limits = limits;
    this.outer = outer;
    this.values = Object.create(outer?.values ?? null);
    this.total = outer?.total ?? { bytes: 0 };
  }

  /** Assigns all at once; nothing is assigned if one is refused. */
  assign(values: Record<string, unknown>): void {
    let together = 0;
    let growth = 0;
    const { limits, sizes, total } = this;
    const names = Object.keys(values);
    const measured: number[] = [];
    for (const name of names) {
      if (this.outer && name in this.outer.values) {
        throw new StateError('States.Runtime', `The variable '${name}' belongs to an outer scope.`);
      }
      const size = jsonSize(values[name]);
      if (size > limits.variable) {
        throw tooLarge(`variable '${name}'`, limits.variable);
      }
      measured.push(size);
      together += size;
      growth += size - (sizes.get(name) ?? 0);
    }
    if (together > limits.variable) throw tooLarge('variables of one Assign', limits.variable);
    if (total.bytes + growth > limits.variables) throw tooLarge('variables of the execution', limits.variables);
    total.bytes += growth;
    for (const [i, name] of names.entries()) {
      sizes.set(name, measured[i]!);
      this.values[name] = values[name];
    }
  }

  /** Gives up the scope's variables. */
  end(): void {
    for (const size of this.sizes.values()) this.total.bytes -= size;
    this.sizes.clear();
  }
}

function tooLarge(what: string, limit: number): StateError {
  return new StateError('States.DataLimitExceeded', `The size of the ${what} exceeds the limit of ${limit} bytes.`);
}
