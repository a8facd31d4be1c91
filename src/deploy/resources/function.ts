import { HANDLER } from '../../runtime/lambda/package.ts';
import type { Clients } from '../clients.ts';
import { type DesiredFunction, RUNTIME } from '../desired.ts';
import { calling, errorName, finding } from '../errors.ts';
import { TAG } from '../names.ts';
import { isFunctionBusy, isRoleNotReady, retry } from '../retry.ts';

export interface ObservedFunction {
  name: string;
  /** Unqualified ARN. */
  arn: string;
  identity?: string;
  hash?: string;
  /** Published version that has that hash. */
  version?: string;
}

const WAIT_SECONDS = 180;

export async function findFunction({ lambda }: Clients, name: string): Promise<ObservedFunction | undefined> {
  const found = await finding(`read the function ${name}`, () => lambda.getFunction({ FunctionName: name }));
  if (!found?.Configuration?.FunctionArn) return undefined;
  const tags = found.Tags ?? {};
  return {
    name,
    arn: found.Configuration.FunctionArn,
    identity: tags[TAG.identity],
    hash: tags[TAG.hash],
    version: tags[TAG.version],
  };
}

/** Names of all functions that begin with the prefix. */
export async function listFunctions({ lambda }: Clients, prefix: string): Promise<string[]> {
  const names: string[] = [];
  let Marker: string | undefined;
  do {
    const page = await calling('list the functions', () => lambda.listFunctions({ Marker }));
    for (const { FunctionName } of page.Functions ?? []) if (FunctionName?.startsWith(prefix)) names.push(FunctionName);
    Marker = page.NextMarker || undefined;
  } while (Marker);
  return names;
}

/**
 * Makes or changes the function and publishes a version of it.
 *
 * @returns ARN of the version
 */
export async function putFunction(
  clients: Clients,
  fn: DesiredFunction,
  tags: Record<string, string>,
  before?: ObservedFunction,
): Promise<string> {
  const { lambda } = clients;
  const FunctionName = fn.name;
  const { waitUntilFunctionActiveV2, waitUntilFunctionUpdatedV2 } = await import('@aws-sdk/client-lambda');
  const waiter = { client: lambda, maxWaitTime: WAIT_SECONDS, minDelay: 1, maxDelay: 5 };
  const configuration = {
    FunctionName,
    Role: fn.role,
    Handler: HANDLER,
    Runtime: RUNTIME,
    Description: fn.description,
    MemorySize: fn.memory,
    Timeout: fn.timeout,
    Layers: fn.layers,
  } as const;
  const again = (error: unknown): boolean => isRoleNotReady(error) || isFunctionBusy(error);
  return calling(`create the function ${fn.name}`, async () => {
    if (before) {
      await retry(() => lambda.updateFunctionCode({ FunctionName, ZipFile: fn.zip }), again);
      await waitUntilFunctionUpdatedV2(waiter, { FunctionName });
      await retry(() => lambda.updateFunctionConfiguration(configuration), again);
      await waitUntilFunctionUpdatedV2(waiter, { FunctionName });
    } else {
      const create = { ...configuration, Code: { ZipFile: fn.zip }, Architectures: ['x86_64' as const], Tags: tags };
      await retry(() => lambda.createFunction(create), again);
      await waitUntilFunctionActiveV2(waiter, { FunctionName });
    }
    const published = await retry(() => lambda.publishVersion({ FunctionName, Description: fn.hash }), again);
    const version = published.Version!;
    await waitUntilFunctionActiveV2(waiter, { FunctionName, Qualifier: version } as { FunctionName: string });
    const arn = published.FunctionArn!.replace(/:(\d+|\$LATEST)$/, '');
    // Last: a function without the hash is unfinished and will be done again.
    await lambda.tagResource({ Resource: arn, Tags: { [TAG.hash]: fn.hash, [TAG.version]: version } });
    return `${arn}:${version}`;
  });
}

/** Deletes published versions other than the one in use. */
export async function pruneVersions({ lambda }: Clients, name: string, keep: string): Promise<void> {
  await calling(`delete old versions of ${name}`, async () => {
    let Marker: string | undefined;
    const old: string[] = [];
    do {
      const page = await lambda.listVersionsByFunction({ FunctionName: name, Marker });
      for (const { Version } of page.Versions ?? [])
        if (Version && Version !== '$LATEST' && Version !== keep) old.push(Version);
      Marker = page.NextMarker || undefined;
    } while (Marker);
    for (const Qualifier of old) {
      try {
        await lambda.deleteFunction({ FunctionName: name, Qualifier });
      } catch (error) {
        if (errorName(error) !== 'ResourceNotFoundException') throw error;
      }
    }
  });
}

export async function deleteFunction({ lambda }: Clients, name: string): Promise<void> {
  await finding(`delete the function ${name}`, () => lambda.deleteFunction({ FunctionName: name }));
}
