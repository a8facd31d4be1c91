import type { Clients } from '../clients.ts';
import type { DesiredMachine } from '../desired.ts';
import { calling, finding } from '../errors.ts';
import { TAG } from '../names.ts';
import { isRoleNotReady, retry, sleep } from '../retry.ts';

export interface ObservedMachine {
  name: string;
  arn: string;
  identity?: string;
  hash?: string;
  /** `$0` of the script. */
  script?: string;
  /** Executions that are running. */
  running: string[];
}

export async function findMachine({ sfn }: Clients, name: string, arn: string): Promise<ObservedMachine | undefined> {
  const found = await finding(`read the state machine ${name}`, () =>
    sfn.describeStateMachine({ stateMachineArn: arn }),
  );
  if (!found || found.status === 'DELETING') return undefined;
  const { tags } = await calling(`read the tags of ${name}`, () => sfn.listTagsForResource({ resourceArn: arn }));
  const tag = (key: string): string | undefined => tags?.find((entry) => entry.key === key)?.value;
  const running: string[] = [];
  let nextToken: string | undefined;
  do {
    const page = await calling(`list the executions of ${name}`, () =>
      sfn.listExecutions({ stateMachineArn: arn, statusFilter: 'RUNNING', maxResults: 1000, nextToken }),
    );
    for (const { executionArn } of page.executions ?? []) if (executionArn) running.push(executionArn);
    nextToken = page.nextToken;
  } while (nextToken);
  return {
    name,
    arn,
    identity: tag(TAG.identity),
    hash: tag(TAG.hash),
    script: tag(SCRIPT_TAG),
    running,
  };
}

const SCRIPT_TAG = 'sh2sfn:script';

/** A tag may not hold every character that a path may. */
const tagValue = (text: string): string => text.replace(/[^\p{L}\p{Z}\p{N}_.:/=+\-@]/gu, '_').slice(0, 256);

/** Makes or changes the machine. `definition`: with all its placeholders filled. */
export async function putMachine(
  { sfn }: Clients,
  machine: DesiredMachine,
  definition: string,
  tags: Record<string, string>,
  before?: ObservedMachine,
): Promise<void> {
  const own = { ...tags, [SCRIPT_TAG]: tagValue(machine.script), [TAG.hash]: machine.hash };
  const list = Object.entries(own).map(([key, value]) => ({ key, value }));
  await calling(`create the state machine ${machine.name}`, async () => {
    if (before) {
      await retry(
        () => sfn.updateStateMachine({ stateMachineArn: machine.arn, definition, roleArn: machine.role }),
        isRoleNotReady,
      );
      await sfn.tagResource({ resourceArn: machine.arn, tags: list });
      return;
    }
    const create = { name: machine.name, type: 'STANDARD' as const, definition, roleArn: machine.role, tags: list };
    // The name of a machine that is being deleted is free after a while.
    const again = (error: unknown): boolean =>
      isRoleNotReady(error) || (error instanceof Error && error.name === 'StateMachineDeleting');
    await retry(() => sfn.createStateMachine(create), again, { within: 120_000 });
  });
}

/** Stops what runs and deletes the machine; waits until it is gone. */
export async function deleteMachine({ sfn }: Clients, machine: ObservedMachine): Promise<void> {
  const { arn: stateMachineArn } = machine;
  await finding(`delete the state machine ${machine.name}`, async () => {
    for (const executionArn of machine.running) await sfn.stopExecution({ executionArn, cause: 'sh2sfn destroy' });
    await sfn.deleteStateMachine({ stateMachineArn });
    for (let waited = 0; waited < 120; waited += 1) {
      // Throws once it is gone, which `finding` takes for the end.
      await sfn.describeStateMachine({ stateMachineArn });
      await sleep(1000);
    }
  });
}
