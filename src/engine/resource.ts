/** A Task's resource, and how its events are called and filled. */

import { jsonText } from './history.ts';

type Details = [name: string, details: Record<string, unknown>];

export interface Resource {
  arn: string;
  /** `resourceType` and `resource` of a service integration's events; none for a function's own ARN. */
  details: Record<string, unknown> | undefined;
  event(kind: string): string;
  detailsName(kind: string): string;
  scheduled(values: unknown, limit: number | undefined): Details;
  succeeded(result: unknown): Details;
}

const WHOLE = { truncated: false };

/** Reads a resource's ARN. */
export function describeResource(arn: string): Resource {
  const [, , , region, , kind, ...rest] = arn.split(':');
  // arn:aws:states:::lambda:invoke names a service and what it does.
  if (arn.split(':')[2] === 'states') return integration(arn, kind ?? '', rest.join(':'), region ?? '');
  return lambdaFunction(arn);
}

function integration(arn: string, resourceType: string, resource: string, region: string): Resource {
  const details = { resourceType, resource };
  return {
    arn,
    details,
    event: (kind) => `Task${kind}`,
    detailsName: (kind) => `task${kind}`,
    scheduled: (values, limit) => [
      'taskScheduled',
      {
        ...details,
        region,
        parameters: jsonText(values),
        ...(limit === undefined ? {} : { timeoutInSeconds: limit }),
      },
    ],
    succeeded: (result) => ['taskSucceeded', { ...details, output: jsonText(result), outputDetails: WHOLE }],
  };
}

function lambdaFunction(arn: string): Resource {
  return {
    arn,
    details: undefined,
    event: (kind) => `LambdaFunction${kind}`,
    detailsName: (kind) => `lambdaFunction${kind}`,
    scheduled: (values, limit) => [
      'lambdaFunctionScheduled',
      {
        resource: arn,
        input: jsonText(values),
        inputDetails: WHOLE,
        ...(limit === undefined ? {} : { timeoutInSeconds: limit }),
      },
    ],
    succeeded: (result) => ['lambdaFunctionSucceeded', { output: jsonText(result), outputDetails: WHOLE }],
  };
}
