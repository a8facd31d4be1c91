/** What there is to do between what exists and what is wanted. Pure. */
import type { Desired, DesiredFunction, DesiredLogGroup, DesiredMachine, DesiredRole } from './desired.ts';
import type { Names } from './names.ts';
import type { Observed } from './observe.ts';

export type Kind = 'role' | 'log-group' | 'function' | 'machine';

export type Change =
  | { action: 'create' | 'update'; kind: 'role'; name: string; desired: DesiredRole }
  | { action: 'create' | 'update'; kind: 'log-group'; name: string; desired: DesiredLogGroup }
  | { action: 'create' | 'update'; kind: 'function'; name: string; desired: DesiredFunction }
  | { action: 'create' | 'update'; kind: 'machine'; name: string; desired: DesiredMachine }
  | { action: 'delete'; kind: Kind; name: string };

export interface Plan {
  /** In the order in which they are applied: roles, log groups, functions, the machine, then deletions. */
  changes: Change[];
  /** Resources that stay as they are. */
  unchanged: number;
  /** Resources with our names that carry another identity: deploy refuses, destroy leaves them. */
  foreign: { kind: Kind; name: string }[];
  /** No longer wanted, but a running execution may need them: a later deploy deletes them. */
  kept: { kind: Kind; name: string }[];
}

const emptyPlan = (): Plan => ({ changes: [], unchanged: 0, foreign: [], kept: [] });

interface Tagged {
  identity?: string;
  hash?: string;
}

/** Plans a deployment. */
export function planDeploy(desired: Desired, observed: Observed): Plan {
  const plan = emptyPlan();
  const { identity } = desired.names;
  const busy = (observed.machine?.running.length ?? 0) > 0;
  const compare = <T extends DesiredRole | DesiredFunction | DesiredMachine>(
    want: T,
    found: Tagged | undefined,
    done: boolean,
  ): void => {
    if (found && found.identity !== identity) plan.foreign.push({ kind: want.kind, name: want.name });
    else if (found && done) plan.unchanged += 1;
    else
      plan.changes.push({
        action: found ? 'update' : 'create',
        kind: want.kind,
        name: want.name,
        desired: want,
      } as Change);
  };
  for (const role of desired.roles) {
    const found = observed.roles.get(role.name);
    compare(role, found, found?.hash === role.hash);
  }
  for (const group of desired.logGroups) {
    const found = observed.logGroups.get(group.name);
    if (found?.retention === group.retention) plan.unchanged += 1;
    else
      plan.changes.push({ action: found ? 'update' : 'create', kind: 'log-group', name: group.name, desired: group });
  }
  for (const fn of desired.functions) {
    const found = observed.functions.get(fn.name);
    // Versions that were in use once are looked at again: changing a function to what it is prunes them.
    const done = found?.hash === fn.hash && found.version !== undefined && (busy || !found.stale);
    compare(fn, found, done);
  }
  compare(desired.machine, observed.machine, observed.machine?.hash === desired.machine.hash);
  planOrphans(plan, desired, observed);
  return plan;
}

/** What an earlier version of the machine had. It goes when no execution can be using it. */
function planOrphans(plan: Plan, desired: Desired, observed: Observed): void {
  const wanted = new Set(
    [...desired.roles, ...desired.functions, ...desired.logGroups].map((item) => `${item.kind} ${item.name}`),
  );
  const busy = (observed.machine?.running.length ?? 0) > 0;
  for (const { kind, name } of ours(observed, desired.names)) {
    if (wanted.has(`${kind} ${name}`)) continue;
    if (busy) plan.kept.push({ kind, name });
    else plan.changes.push({ action: 'delete', kind, name });
  }
}

/** Plans the removal of everything that is ours, and only that. */
export function planDestroy(names: Names, observed: Observed): Plan {
  const plan = emptyPlan();
  const { machine } = observed;
  if (machine?.identity === names.identity)
    plan.changes.push({ action: 'delete', kind: 'machine', name: machine.name });
  for (const { kind, name } of ours(observed, names)) plan.changes.push({ action: 'delete', kind, name });
  const foreign = (kind: Kind, found: Iterable<{ name: string; identity?: string }>): void => {
    for (const { name, identity } of found) if (identity !== names.identity) plan.foreign.push({ kind, name });
  };
  foreign('machine', machine ? [machine] : []);
  foreign('function', observed.functions.values());
  foreign('role', observed.roles.values());
  return plan;
}

/** Functions, log groups and roles of this machine, in the order in which they can be deleted. */
function ours(observed: Observed, names: Names): { kind: Kind; name: string }[] {
  const own = (kind: Kind, found: Iterable<{ name: string; identity?: string }>): { kind: Kind; name: string }[] =>
    [...found]
      .filter((item) => item.identity === names.identity)
      .map(({ name }) => ({ kind, name }))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  // A log group has the identity in its name: only functions of ours write to it.
  const groups = [...observed.logGroups.values()].map(({ name }) => ({ name, identity: names.identity }));
  return [
    ...own('function', observed.functions.values()),
    ...own('log-group', groups),
    ...own('role', observed.roles.values()),
  ];
}
