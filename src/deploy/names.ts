import { createHash } from 'node:crypto';

/** Path of every role of ours: `iam:PassRole` can be scoped to it. */
export const ROLE_PATH = '/sh2sfn/';

/** Tags on everything of ours. */
export const TAG = {
  /** Name of the machine, for people. */
  machine: 'sh2sfn:machine',
  /** {@link Names.identity}: what carries another one is not touched. */
  identity: 'sh2sfn:identity',
  /** Hash of what was wanted when it was last made or changed: equal means nothing to do. */
  hash: 'sh2sfn:hash',
  /** Published version of a function. */
  version: 'sh2sfn:version',
  /** `yes` for a function with older versions that an execution was using when it was last changed. */
  stale: 'sh2sfn:stale',
} as const;

/** Characters that Lambda and IAM allow in a name. */
const NAME_LIMIT = 64;

/** Names of what a deployed machine consists of. */
export interface Names {
  /** Hash of the machine's name and region; IAM's names are global, Lambda's belong to a region. */
  identity: string;
  /** What the names of the functions, and of their roles, begin with. The machine's role may invoke no others. */
  prefix: string;
  /** Name of the state machine. */
  machine: string;
  /** Name of the machine's role. */
  machineRole: string;
  /** Name of a step's function and role. */
  step(key: string): string;
}

export const sha256 = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('hex');

/** The names of a machine in a region. They do not depend on the script's text, so that a change of it updates. */
export function namesOf(name: string, region: string): Names {
  const identity = sha256(JSON.stringify(['sh2sfn', name, region])).slice(0, 10);
  const base = `sh2sfn-${name.slice(0, 20)}-${identity}`;
  const prefix = `${base}-`;
  const room = NAME_LIMIT - prefix.length;
  return {
    identity,
    prefix,
    machine: `sh2sfn-${name}`,
    machineRole: base,
    step: (key) => prefix + (key.length <= room ? key : `${key.slice(0, room - 9)}-${sha256(key).slice(0, 8)}`),
  };
}

/** Log group that Lambda writes to for a function. */
export const logGroupOf = (functionName: string): string => `/aws/lambda/${functionName}`;
