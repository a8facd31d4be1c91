/** Reads what exists of a machine. Changes nothing. */
import type { Clients } from './clients.ts';
import { machineArn } from './desired.ts';
import { logGroupOf, type Names } from './names.ts';
import { findFunction, listFunctions, type ObservedFunction } from './resources/function.ts';
import { listLogGroups, type ObservedLogGroup } from './resources/log-group.ts';
import { findMachine, type ObservedMachine } from './resources/machine.ts';
import { findRole, listRoles, type ObservedRole } from './resources/role.ts';
import { pool } from './retry.ts';

export interface Observed {
  roles: Map<string, ObservedRole>;
  logGroups: Map<string, ObservedLogGroup>;
  functions: Map<string, ObservedFunction>;
  machine?: ObservedMachine;
}

/** Everything whose name says that it is this machine's; whether it is, the tags say. */
export async function observe(clients: Clients, names: Names): Promise<Observed> {
  const observed: Observed = { roles: new Map(), logGroups: new Map(), functions: new Map() };
  const [roles, functions, logGroups, machine] = await Promise.all([
    listRoles(clients, names.machineRole),
    listFunctions(clients, names.prefix),
    listLogGroups(clients, logGroupOf(names.prefix)),
    findMachine(clients, names.machine, machineArn(names, clients)),
  ]);
  for (const group of logGroups) observed.logGroups.set(group.name, group);
  observed.machine = machine;
  await pool(roles, 4, async (name) => {
    const role = await findRole(clients, name);
    if (role) observed.roles.set(name, role);
  });
  await pool(functions, 4, async (name) => {
    const fn = await findFunction(clients, name);
    if (fn) observed.functions.set(name, fn);
  });
  return observed;
}
