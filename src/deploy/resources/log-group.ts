import type { Clients } from '../clients.ts';
import type { DesiredLogGroup } from '../desired.ts';
import { calling, errorName, finding } from '../errors.ts';

export interface ObservedLogGroup {
  name: string;
  retention?: number;
}

/** Log groups whose names begin with the prefix, which holds our identity. */
export async function listLogGroups({ logs }: Clients, prefix: string): Promise<ObservedLogGroup[]> {
  const groups: ObservedLogGroup[] = [];
  let nextToken: string | undefined;
  do {
    const page = await calling('list the log groups', () =>
      logs.describeLogGroups({ logGroupNamePrefix: prefix, nextToken }),
    );
    for (const group of page.logGroups ?? []) {
      if (group.logGroupName) groups.push({ name: group.logGroupName, retention: group.retentionInDays });
    }
    nextToken = page.nextToken;
  } while (nextToken);
  return groups;
}

export async function putLogGroup(
  { logs }: Clients,
  group: DesiredLogGroup,
  tags: Record<string, string>,
): Promise<void> {
  await calling(`create the log group ${group.name}`, async () => {
    try {
      await logs.createLogGroup({ logGroupName: group.name, tags });
    } catch (error) {
      if (errorName(error) !== 'ResourceAlreadyExistsException') throw error;
    }
    await logs.putRetentionPolicy({ logGroupName: group.name, retentionInDays: group.retention });
  });
}

export async function deleteLogGroup({ logs }: Clients, name: string): Promise<void> {
  await finding(`delete the log group ${name}`, () => logs.deleteLogGroup({ logGroupName: name }));
}
