import type { Clients } from '../clients.ts';
import type { DesiredRole } from '../desired.ts';
import { calling, errorName, finding } from '../errors.ts';
import { ROLE_PATH, TAG } from '../names.ts';

export interface ObservedRole {
  name: string;
  identity?: string;
  hash?: string;
  boundary?: string;
}

/** Name of our one inline policy. */
const POLICY = 'sh2sfn';

type Tags = { Key?: string; Value?: string }[];
const tagOf = (tags: Tags | undefined, key: string): string | undefined => tags?.find((tag) => tag.Key === key)?.Value;

export async function findRole({ iam }: Clients, name: string): Promise<ObservedRole | undefined> {
  const found = await finding(`read the role ${name}`, () => iam.getRole({ RoleName: name }));
  if (!found?.Role) return undefined;
  const { Tags, PermissionsBoundary } = found.Role;
  return {
    name,
    identity: tagOf(Tags, TAG.identity),
    hash: tagOf(Tags, TAG.hash),
    boundary: PermissionsBoundary?.PermissionsBoundaryArn,
  };
}

/** Names of all roles under our path that begin with the prefix. */
export async function listRoles({ iam }: Clients, prefix: string): Promise<string[]> {
  const names: string[] = [];
  let Marker: string | undefined;
  do {
    const page = await calling('list the roles', () => iam.listRoles({ PathPrefix: ROLE_PATH, Marker }));
    for (const role of page.Roles ?? []) if (role.RoleName?.startsWith(prefix)) names.push(role.RoleName);
    Marker = page.IsTruncated ? page.Marker : undefined;
  } while (Marker);
  return names;
}

/** Makes or changes the role. The hash is written last: a role without it is unfinished and will be done again. */
export async function putRole(
  { iam }: Clients,
  role: DesiredRole,
  tags: Record<string, string>,
  before?: ObservedRole,
): Promise<void> {
  const RoleName = role.name;
  await calling(`create the role ${role.name}`, async () => {
    if (!before) {
      await iam.createRole({
        RoleName,
        Path: ROLE_PATH,
        AssumeRolePolicyDocument: role.trust,
        Description: 'Made by sh2sfn',
        PermissionsBoundary: role.boundary,
        Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
      });
    } else {
      await iam.updateAssumeRolePolicy({ RoleName, PolicyDocument: role.trust });
      if (role.boundary && role.boundary !== before.boundary) {
        await iam.putRolePermissionsBoundary({ RoleName, PermissionsBoundary: role.boundary });
      } else if (!role.boundary && before.boundary) await iam.deleteRolePermissionsBoundary({ RoleName });
    }
    await iam.putRolePolicy({ RoleName, PolicyName: POLICY, PolicyDocument: role.policy });
    await iam.tagRole({ RoleName, Tags: [{ Key: TAG.hash, Value: role.hash }] });
  });
}

export async function deleteRole({ iam }: Clients, name: string): Promise<void> {
  await finding(`delete the role ${name}`, async () => {
    try {
      await iam.deleteRolePolicy({ RoleName: name, PolicyName: POLICY });
    } catch (error) {
      if (!/^NoSuchEntity/.test(errorName(error))) throw error;
    }
    await iam.deleteRole({ RoleName: name });
  });
}
