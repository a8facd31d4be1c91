/** Carries a plan out. */
import { linkDefinition } from '../link.ts';
import type { Clients } from './clients.ts';
import type { Desired } from './desired.ts';
import { TAG } from './names.ts';
import type { Observed } from './observe.ts';
import type { Change, Plan } from './plan.ts';
import { deleteFunction, pruneVersions, putFunction } from './resources/function.ts';
import { deleteLogGroup, putLogGroup } from './resources/log-group.ts';
import { deleteMachine, putMachine } from './resources/machine.ts';
import { deleteRole, putRole } from './resources/role.ts';
import { pool } from './retry.ts';

/** Told of each change once it is done. */
export type Progress = (change: Change) => void;

/** Resources that are made or deleted at the same time. */
const AT_ONCE = 4;

/** Roles first, so that they can be assumed by the time that functions need them; the machine after its functions. */
export async function applyDeploy(
  clients: Clients,
  plan: Plan,
  desired: Desired,
  observed: Observed,
  progress: Progress = () => {},
): Promise<void> {
  const { names, place } = desired;
  const tags = { [TAG.machine]: names.machine, [TAG.identity]: names.identity };
  const busy = (observed.machine?.running.length ?? 0) > 0;
  const versions = new Map<string, string>();
  for (const fn of desired.functions) {
    const found = observed.functions.get(fn.name);
    if (found?.version) versions.set(fn.step, `${found.arn}:${found.version}`);
  }
  const each = async (kind: Change['kind'], work: (change: Change) => Promise<void>): Promise<void> => {
    const changes = plan.changes.filter((change) => change.kind === kind && change.action !== 'delete');
    await pool(changes, AT_ONCE, async (change) => {
      await work(change);
      progress(change);
    });
  };
  await each('role', async (change) => {
    if (change.kind === 'role' && change.action !== 'delete') {
      await putRole(clients, change.desired, tags, observed.roles.get(change.name));
    }
  });
  await each('log-group', async (change) => {
    if (change.kind === 'log-group' && change.action !== 'delete') await putLogGroup(clients, change.desired, tags);
  });
  await each('function', async (change) => {
    if (change.kind !== 'function' || change.action === 'delete') return;
    const { desired: fn } = change;
    versions.set(fn.step, await putFunction(clients, fn, tags, observed.functions.get(fn.name), busy));
  });
  await each('machine', async (change) => {
    if (change.kind !== 'machine' || change.action === 'delete') return;
    const { machine } = desired;
    const definition = linkDefinition(machine.definition, {
      partition: place.partition,
      self: machine.arn,
      step: (key) => versions.get(key)!,
    });
    await putMachine(clients, machine, JSON.stringify(definition), tags, observed.machine);
  });
  if (!busy) {
    // No execution uses them, and the machine names the new ones.
    const updated = plan.changes.filter((change) => change.kind === 'function' && change.action === 'update');
    await pool(updated, AT_ONCE, async ({ name }) => {
      const { step } = desired.functions.find((fn) => fn.name === name)!;
      await pruneVersions(clients, name, versions.get(step)!.replace(/^.*:/, ''));
    });
  }
  await applyDeletions(clients, plan, observed, progress);
}

/** The plan's deletions: the machine, its functions, their logs, their roles. */
export async function applyDeletions(
  clients: Clients,
  plan: Plan,
  observed: Observed,
  progress: Progress = () => {},
): Promise<void> {
  const remove: Record<Change['kind'], (name: string) => Promise<void>> = {
    machine: async () => {
      if (observed.machine) await deleteMachine(clients, observed.machine);
    },
    function: (name) => deleteFunction(clients, name),
    'log-group': (name) => deleteLogGroup(clients, name),
    role: (name) => deleteRole(clients, name),
  };
  for (const kind of ['machine', 'function', 'log-group', 'role'] as const) {
    const changes = plan.changes.filter((change) => change.kind === kind && change.action === 'delete');
    await pool(changes, AT_ONCE, async (change) => {
      await remove[kind](change.name);
      progress(change);
    });
  }
}
