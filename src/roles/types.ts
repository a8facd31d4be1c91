import type { Step } from '../bundle.ts';

/** One statement of an IAM policy, spelt as IAM spells it. */
export interface Statement {
  Sid?: string;
  Effect: 'Allow' | 'Deny';
  Action: string[];
  Resource: string[];
  Condition?: Record<string, Record<string, string | string[]>>;
}

export interface PolicyDocument {
  Version: '2012-10-17';
  Statement: Statement[];
}

/** A trust policy: who may assume the role. */
export interface TrustDocument {
  Version: '2012-10-17';
  Statement: {
    Effect: 'Allow';
    Principal: { Service: string };
    Action: 'sts:AssumeRole';
    Condition?: Record<string, Record<string, string>>;
  }[];
}

/**
 * How tight a statement's resources are: `exact`, `prefix` (it ends in `*`), `wildcard` (a `*` stands elsewhere), or
 * `wildcard-only` where AWS offers no narrower resource than `*`.
 */
export type Tightness = 'exact' | 'prefix' | 'wildcard' | 'wildcard-only';

/** What a command needs, and why: the unit that inference gives and that `roles` prints. */
export interface Grant {
  /** `Deny` takes away what others allow; absent: `Allow`. */
  effect?: 'Deny';
  actions: string[];
  /** ARNs with the placeholders of {@link StepRole}. */
  resources: string[];
  condition?: Statement['Condition'];
  reason: string;
  tightness: Tightness;
  /** One-based line of the script. */
  line: number;
}

/**
 * The role of a step. Policies hold the placeholders `${Partition}`, `${Region}`, `${Account}` and `${Function}`, which
 * deploy fills in: a bundle has no account data. Text of the user's is escaped, so it cannot be mistaken for one.
 */
export interface StepRole {
  step: string;
  /** Existing role named by a `role` directive; then there is no policy of ours. */
  role?: string;
  trust: TrustDocument;
  policy: PolicyDocument;
  grants: Grant[];
}

/** The role of the machine. Besides those of {@link StepRole} it has `${Prefix}` (of its functions) and `${Machine}`. */
export interface MachineRole {
  trust: TrustDocument;
  policy: PolicyDocument;
  grants: Grant[];
}

/** All roles of a bundle: what stands in {@link import('../bundle.ts').Bundle.roles}. */
export interface Roles {
  machine: MachineRole;
  steps: Record<string, StepRole>;
}

/** Why no policy could be inferred for a command. Becomes a diagnostic. */
export interface Problem {
  code: 'SH5001' | 'SH5002' | 'SH5003' | 'SH5004';
  message: string;
  hints: string[];
  line: number;
}

export interface Inferred {
  grants: Grant[];
  problems: Problem[];
}

export type { Step };
