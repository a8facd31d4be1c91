/** What a bundle looks like once deployed: names, policies and packages, joined with the facts of an account. Pure. */
import type { Bundle, Step } from '../bundle.ts';
import { machineRole } from '../roles/policy.ts';
import type { PolicyDocument, Roles, TrustDocument } from '../roles/types.ts';
import { LAMBDA_SECONDS } from './check.ts';
import { logGroupOf, type Names, namesOf, ROLE_PATH, sha256 } from './names.ts';

/** Where it is deployed. */
export interface Place {
  partition: string;
  region: string;
  account: string;
}

export interface DesiredRole {
  kind: 'role';
  name: string;
  arn: string;
  trust: string;
  policy: string;
  boundary?: string;
  hash: string;
}

export interface DesiredLogGroup {
  kind: 'log-group';
  name: string;
  retention: number;
}

export interface DesiredFunction {
  kind: 'function';
  name: string;
  /** Key of the step. */
  step: string;
  role: string;
  zip: Uint8Array;
  memory: number;
  timeout: number;
  layers: string[];
  description: string;
  hash: string;
}

export interface DesiredMachine {
  kind: 'machine';
  name: string;
  arn: string;
  role: string;
  /** Definition with `${STEPKEY}` still open: the versions are known when the functions are there. */
  definition: Record<string, unknown>;
  script: string;
  hash: string;
}

export interface Desired {
  names: Names;
  place: Place;
  roles: DesiredRole[];
  logGroups: DesiredLogGroup[];
  functions: DesiredFunction[];
  machine: DesiredMachine;
}

export interface DesiredOptions {
  boundary?: string;
  /** Days that logs are kept. */
  retention?: number;
}

/** Runtime of the functions. */
export const RUNTIME = 'nodejs24.x';
/** MB of memory where no directive says otherwise. */
const MEMORY = 1024;
const RETENTION = 30;

/** Names with placeholders in policies → values. */
type Facts = Record<string, string>;

/** Replaces our placeholders. The user's own `$` is escaped in every policy, so none of them is text of the user's. */
function fill(document: PolicyDocument | TrustDocument, facts: Facts): string {
  return JSON.stringify(document).replace(/\$\{([A-Z]\w*)\}/g, (whole, name: string) => facts[name] ?? whole);
}

export function machineArn(names: Names, place: Place): string {
  return `arn:${place.partition}:states:${place.region}:${place.account}:stateMachine:${names.machine}`;
}

/** Everything that the bundle wants to exist. `zips`: package of each step, by its key. */
export function buildDesired(
  bundle: Bundle,
  roles: Roles,
  zips: ReadonlyMap<string, Uint8Array>,
  place: Place,
  options: DesiredOptions = {},
): Desired {
  const { manifest } = bundle;
  const names = namesOf(manifest.name, place.region);
  const facts: Facts = {
    Partition: place.partition,
    Region: place.region,
    Account: place.account,
    Prefix: names.prefix,
    Machine: names.machine,
  };
  const roleArn = (name: string): string => `arn:${place.partition}:iam::${place.account}:role${ROLE_PATH}${name}`;
  const role = (name: string, from: { trust: TrustDocument; policy: PolicyDocument }, own: Facts): DesiredRole => {
    const trust = fill(from.trust, own);
    const policy = fill(from.policy, own);
    const hash = sha256(JSON.stringify([trust, policy, options.boundary ?? null]));
    return { kind: 'role', name, arn: roleArn(name), trust, policy, boundary: options.boundary, hash };
  };

  const desired: Desired = { names, place, roles: [], logGroups: [], functions: [], machine: undefined as never };
  for (const step of manifest.steps) {
    const name = names.step(step.key);
    const stepRole = roles.steps[step.key]!;
    let arn = stepRole.role;
    if (arn === undefined) {
      const made = role(name, stepRole, { ...facts, Function: name });
      desired.roles.push(made);
      arn = made.arn;
    } else if (!arn.startsWith('arn:')) arn = `arn:${place.partition}:iam::${place.account}:role/${arn}`;
    desired.logGroups.push({ kind: 'log-group', name: logGroupOf(name), retention: options.retention ?? RETENTION });
    desired.functions.push(buildFunction(name, step, arn, zips.get(step.key)!, manifest.script.path));
  }
  const own = role(names.machineRole, machineRole(bundle.definition), facts);
  desired.roles.push(own);
  desired.machine = {
    kind: 'machine',
    name: names.machine,
    arn: machineArn(names, place),
    role: own.arn,
    definition: bundle.definition,
    script: manifest.script.path,
    hash: sha256(JSON.stringify([bundle.definition, own.arn, desired.functions.map(({ name, hash }) => [name, hash])])),
  };
  return desired;
}

function buildFunction(name: string, step: Step, role: string, zip: Uint8Array, script: string): DesiredFunction {
  const { settings, source } = step;
  const memory = settings.memory ?? MEMORY;
  const timeout = settings.timeout ?? LAMBDA_SECONDS;
  const layers = settings.layers ?? [];
  // Lambda keeps 256 characters.
  const description = `${step.state} (${script}:${source.line}), made by sh2sfn`
    .replace(/[^\x20-\x7e]/g, '?')
    .slice(0, 256);
  const hash = sha256(JSON.stringify([sha256(zip), role, memory, timeout, layers, RUNTIME, description]));
  return { kind: 'function', name, step: step.key, role, zip, memory, timeout, layers, description, hash };
}
