import type { Lambda } from '@aws-sdk/client-lambda';
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
  /** It has older versions, which an execution was using when it was last changed. */
  stale?: boolean;
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
    stale: tags[TAG.stale] === 'yes',
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
 * @param stale older versions stay: an execution is using them
 * @returns ARN of the version
 */
export async function putFunction(
  clients: Clients,
  fn: DesiredFunction,
  tags: Record<string, string>,
  before?: ObservedFunction,
  stale = false,
): Promise<string> {
  const { lambda } = clients;
  const FunctionName = fn.name;
  const { waitUntilFunctionActiveV2, waitUntilFunctionUpdatedV2 } = await import('@aws-sdk/client-lambda');
  const waiter = { client: lambda, maxWaitTime: WAIT_SECONDS, minDelay: 1, maxDelay: 5 };
  const wait = async (until: typeof waitUntilFunctionActiveV2, Qualifier?: string): Promise<void> => {
    try {
      await until(waiter, { FunctionName, Qualifier } as { FunctionName: string });
    } catch (error) {
      throw await notReady(lambda, FunctionName, error);
    }
  };
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
      await wait(waitUntilFunctionUpdatedV2);
      await retry(() => lambda.updateFunctionConfiguration(configuration), again);
      await wait(waitUntilFunctionUpdatedV2);
    } else {
      const create = { ...configuration, Code: { ZipFile: fn.zip }, Architectures: ['x86_64' as const], Tags: tags };
      await retry(() => lambda.createFunction(create), again);
      await wait(waitUntilFunctionActiveV2);
    }
    const published = await retry(() => lambda.publishVersion({ FunctionName, Description: fn.hash }), again);
    const version = published.Version!;
    await wait(waitUntilFunctionActiveV2, version);
    const arn = published.FunctionArn!.replace(/:(\d+|\$LATEST)$/, '');
    // Last: a function without the hash is unfinished and will be done again.
    await lambda.tagResource({
      Resource: arn,
      Tags: { [TAG.hash]: fn.hash, [TAG.version]: version, [TAG.stale]: stale ? 'yes' : 'no' },
    });
    return `${arn}:${version}`;
  });
}

/** Why a function is not to be had: what Lambda says of it, rather than what the waiter saw. */
async function notReady(lambda: Lambda, FunctionName: string, cause: unknown): Promise<unknown> {
  if (!/^(Error|TimeoutError|AbortError)$/.test(errorName(cause))) return cause;
  const { State, StateReason, LastUpdateStatus, LastUpdateStatusReason } = await lambda
    .getFunctionConfiguration({ FunctionName })
    .catch(() => ({}) as Record<string, undefined>);
  const reason = StateReason ?? LastUpdateStatusReason;
  const state = State === 'Active' ? `its update is ${LastUpdateStatus}` : `it is ${State ?? 'in an unknown state'}`;
  const error = new Error(`${state} after ${WAIT_SECONDS} seconds at most${reason ? `: ${reason}` : ''}`);
  error.name = 'FunctionNotReady';
  return error;
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
