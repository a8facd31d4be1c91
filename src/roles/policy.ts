import type { Grant, MachineRole, PolicyDocument, Statement, TrustDocument } from './types.ts';

/** Characters that all inline policies of a role may have together, white space not counted. */
export const POLICY_LIMIT = 10_240;

const FUNCTION_ARN = 'arn:${Partition}:lambda:${Region}:${Account}:function:${Function}';

/** Only the function itself writes to its log group, which deploy makes: it may not make one. */
export function logGrant(line: number): Grant {
  return {
    actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
    resources: ['arn:${Partition}:logs:${Region}:${Account}:log-group:/aws/lambda/${Function}:*'],
    reason: 'the log of the function',
    tightness: 'exact',
    line,
  };
}

/** Statements of the grants: equal resources share one, in a fixed order. */
export function buildPolicy(grants: readonly Grant[], pin: boolean): PolicyDocument {
  const byResource = new Map<string, { grant: Grant; actions: Set<string> }>();
  for (const grant of grants) {
    const key = JSON.stringify([
      [...grant.resources].sort(),
      grant.condition ?? null,
      isLog(grant),
      grant.effect ?? null,
    ]);
    const entry = byResource.get(key) ?? { grant, actions: new Set<string>() };
    for (const action of grant.actions) entry.actions.add(action);
    byResource.set(key, entry);
  }
  const byAction = new Map<string, Statement>();
  for (const { grant, actions } of byResource.values()) {
    const sorted = [...actions].sort();
    const key = JSON.stringify([sorted, grant.condition ?? null, isLog(grant), grant.effect ?? null]);
    const statement = byAction.get(key);
    if (statement) {
      statement.Resource = [...new Set([...statement.Resource, ...grant.resources])].sort();
      continue;
    }
    // A role's credentials are good only inside its function. The log is written by the service itself; a denial holds
    // everywhere.
    const condition: NonNullable<Statement['Condition']> = { ...grant.condition };
    if (pin && !isLog(grant) && grant.effect !== 'Deny')
      condition.ArnEquals = { 'lambda:SourceFunctionArn': FUNCTION_ARN };
    byAction.set(key, {
      Effect: grant.effect ?? 'Allow',
      Action: sorted,
      Resource: [...new Set(grant.resources)].sort(),
      ...(Object.keys(condition).length > 0 ? { Condition: condition } : {}),
    });
  }
  return { Version: '2012-10-17', Statement: [...byAction.values()] };
}

const isLog = (grant: Grant): boolean =>
  grant.actions[0] === 'logs:CreateLogStream' && grant.resources[0]!.includes('${Function}');

/** Who may assume a step's role: Lambda. */
export function functionTrust(): TrustDocument {
  return {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
  };
}

/** Who may assume the machine's role: Step Functions, for this machine of this account. */
function machineTrust(): TrustDocument {
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Service: 'states.amazonaws.com' },
        Action: 'sts:AssumeRole',
        Condition: {
          StringEquals: { 'aws:SourceAccount': '${Account}' },
          ArnLike: { 'aws:SourceArn': 'arn:${Partition}:states:${Region}:${Account}:stateMachine:${Machine}' },
        },
      },
    ],
  };
}

/**
 * The machine's role: it may invoke its own functions and, where the definition continues in a child execution, start,
 * describe and stop executions of itself. Nothing else.
 */
export function machineRole(definition: unknown): MachineRole {
  const grants: Grant[] = [
    {
      actions: ['lambda:InvokeFunction'],
      // By prefix: a list of version ARNs fills a policy at about 100 functions.
      resources: ['arn:${Partition}:lambda:${Region}:${Account}:function:${Prefix}*'],
      reason: 'calls of its own functions',
      tightness: 'prefix',
      line: 1,
    },
  ];
  if (hasContinuation(definition)) {
    const states = 'arn:${Partition}:states:${Region}:${Account}';
    grants.push(
      {
        actions: ['states:StartExecution'],
        resources: [`${states}:stateMachine:\${Machine}`],
        reason: 'the machine continues in a child execution of itself',
        tightness: 'exact',
        line: 1,
      },
      {
        actions: ['states:DescribeExecution', 'states:StopExecution'],
        resources: [`${states}:execution:\${Machine}:*`],
        reason: 'the machine waits for its child executions',
        tightness: 'prefix',
        line: 1,
      },
      {
        actions: ['events:PutTargets', 'events:PutRule', 'events:DescribeRule'],
        resources: [
          'arn:${Partition}:events:${Region}:${Account}:rule/StepFunctionsGetEventsForStepFunctionsExecutionRule',
        ],
        reason: 'the rule by which Step Functions learns that a child has ended',
        tightness: 'exact',
        line: 1,
      },
    );
  }
  return { trust: machineTrust(), policy: buildPolicy(grants, false), grants };
}

function hasContinuation(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(hasContinuation);
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(
    ([key, inner]) =>
      (key === 'Resource' && typeof inner === 'string' && inner.includes(':states:startExecution')) ||
      hasContinuation(inner),
  );
}
