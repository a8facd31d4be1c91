/** Clients of AWS's SDK, loaded only when something is deployed. Region, profile and endpoint are the SDK's ordinary ones. */
import type { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import type { IAM } from '@aws-sdk/client-iam';
import type { Lambda } from '@aws-sdk/client-lambda';
import type { SFN } from '@aws-sdk/client-sfn';
import { createDiagnostic } from '../diagnostics/catalog.ts';
import { DiagnosticError } from '../diagnostics/diagnostic.ts';
import { calling } from './errors.ts';

/** Milliseconds for a connection, and that a connection may be silent: by default the SDK waits for ever. */
const CONNECT_MS = 8_000;
const SILENCE_MS = 120_000;

export interface Clients {
  iam: IAM;
  lambda: Lambda;
  sfn: SFN;
  logs: CloudWatchLogs;
  /** Where we are: from the caller's own ARN and the configured region. */
  account: string;
  partition: string;
  region: string;
  close(): void;
}

/**
 * Connects and finds out whose account it is.
 *
 * @param patience milliseconds that the first answer may take
 */
export async function connect(endpoint?: string, patience = CONNECT_MS): Promise<Clients> {
  if (endpoint !== undefined && !(/^https?:\/\//.test(endpoint) && URL.canParse(endpoint))) {
    const message = `the endpoint ${JSON.stringify(endpoint)} is not an http or https address`;
    throw new DiagnosticError(createDiagnostic('SH6004', { message, hints: ['write it as http://HOST:PORT'] }));
  }
  const [{ IAM }, { Lambda }, { SFN }, { CloudWatchLogs }, { STS }] = await Promise.all([
    import('@aws-sdk/client-iam'),
    import('@aws-sdk/client-lambda'),
    import('@aws-sdk/client-sfn'),
    import('@aws-sdk/client-cloudwatch-logs'),
    import('@aws-sdk/client-sts'),
  ]);
  // The control plane of Lambda takes 15 requests a second in all: wait rather than fail.
  const options = {
    maxAttempts: 8,
    retryMode: 'adaptive',
    requestHandler: { connectionTimeout: CONNECT_MS, socketTimeout: SILENCE_MS },
    ...(endpoint ? { endpoint } : {}),
  };
  // The first question is asked of an address that may be wrong: no need to wait long for it.
  const requestHandler = { connectionTimeout: patience, socketTimeout: patience };
  const sts = new STS({ ...options, maxAttempts: 2, requestHandler });
  const identity = await calling('ask AWS who is calling', () => sts.getCallerIdentity({}));
  const region = await calling('find the region', () => sts.config.region());
  sts.destroy();
  if (!identity.Account) {
    const message = 'what answers at the AWS endpoint does not speak as AWS does';
    throw new DiagnosticError(
      createDiagnostic('SH6004', { message, hints: ['check --endpoint-url or AWS_ENDPOINT_URL'] }),
    );
  }
  const clients = {
    iam: new IAM(options),
    lambda: new Lambda(options),
    sfn: new SFN(options),
    logs: new CloudWatchLogs(options),
  };
  return {
    ...clients,
    account: identity.Account,
    partition: identity.Arn?.split(':')[1] || 'aws',
    region,
    close: () => {
      for (const client of Object.values(clients)) client.destroy();
    },
  };
}
