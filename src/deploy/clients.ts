/** Clients of AWS's SDK, loaded only when something is deployed. Region, profile and endpoint are the SDK's ordinary ones. */
import type { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import type { IAM } from '@aws-sdk/client-iam';
import type { Lambda } from '@aws-sdk/client-lambda';
import type { SFN } from '@aws-sdk/client-sfn';
import { createDiagnostic } from '../diagnostics/catalog.ts';
import { DiagnosticError } from '../diagnostics/diagnostic.ts';
import { calling } from './errors.ts';

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

/** Connects and finds out whose account it is. */
export async function connect(endpoint?: string): Promise<Clients> {
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
  const options = { maxAttempts: 8, retryMode: 'adaptive', ...(endpoint ? { endpoint } : {}) };
  const sts = new STS({ ...options, maxAttempts: 2 });
  const identity = await calling('ask AWS who is calling', () => sts.getCallerIdentity({}));
  const region = await calling('find the region', () => sts.config.region());
  sts.destroy();
  const clients = {
    iam: new IAM(options),
    lambda: new Lambda(options),
    sfn: new SFN(options),
    logs: new CloudWatchLogs(options),
  };
  return {
    ...clients,
    account: identity.Account ?? '',
    partition: identity.Arn?.split(':')[1] || 'aws',
    region,
    close: () => {
      for (const client of Object.values(clients)) client.destroy();
    },
  };
}
