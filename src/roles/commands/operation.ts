/** `aws SERVICE OPERATION`: the action named like the operation, on the resources that its options name. */
import { isUnknown, tightness, toPattern } from '../arn.ts';
import { type AwsAction, findAction, servicePrefix } from '../aws-table.ts';
import type { Inferred } from '../types.ts';
import { literal, literalStart, type Word } from '../words.ts';
import { type Arguments, readArguments } from './arguments.ts';
import { show } from './s3.ts';
import { S3API } from './s3api.ts';

/** Operations whose action has another name. */
const ACTIONS: Record<string, string> = {
  'lambda:invoke': 'InvokeFunction',
  'lambda:invoke-async': 'InvokeFunction',
};

/** Commands of the CLI's own, and operations that need no permission. */
const FREE = new Set(['sts:get-caller-identity', 'sts:get-session-token', 'sts:get-access-key-info']);
const OWN_COMMANDS = new Set(['configure', 'help', 'history', 'login', 'logout', 'sso']);

/** Options that name a resource otherwise than by the variable of its ARN template (lower case, without hyphens). */
const ALIASES: Record<string, string[]> = {
  parameternamewithoutleadingslash: ['name', 'names'],
  secretid: ['secretid', 'name'],
  instanceid: ['instanceids', 'instanceid'],
  volumeid: ['volumeids', 'volumeid'],
  eventbusname: ['eventbusname'],
  rulename: ['rule', 'name', 'rulename'],
  statemachinename: ['name'],
  dbinstancename: ['dbinstanceidentifier'],
  dbclusterinstancename: ['dbclusteridentifier'],
  snapshotname: ['dbsnapshotidentifier'],
  clustersnapshotname: ['dbclustersnapshotidentifier'],
  workgroupname: ['workgroup', 'workgroupname'],
  crawlername: ['name', 'crawlername'],
  jobname: ['jobname', 'name'],
  triggername: ['name', 'triggername'],
  streamname: ['streamname', 'deliverystreamname'],
  deliverystreamname: ['deliverystreamname'],
  rolenamewithpath: ['rolename'],
  usernamewithpath: ['username'],
  clustername: ['cluster', 'clustername', 'name'],
  repositoryname: ['repositoryname', 'repositorynames'],
  alarmname: ['alarmname', 'alarmnames'],
  functionname: ['functionname'],
  keyid: ['keyid'],
};

/** Services that take a role of ours by a role ARN, for `iam:PassedToService`. */
const PASSED_TO: Record<string, string> = {
  lambda: 'lambda.amazonaws.com',
  states: 'states.amazonaws.com',
  ecs: 'ecs-tasks.amazonaws.com',
  glue: 'glue.amazonaws.com',
  sagemaker: 'sagemaker.amazonaws.com',
  events: 'events.amazonaws.com',
  scheduler: 'scheduler.amazonaws.com',
  firehose: 'firehose.amazonaws.com',
  codebuild: 'codebuild.amazonaws.com',
  cloudformation: 'cloudformation.amazonaws.com',
};

const NONE: ReadonlySet<string> = new Set();

/** What `aws SERVICE OPERATION …` may do. `rest`: the words after the service. */
export function inferOperation(service: string, rest: readonly Word[], line: number): Inferred {
  const result: Inferred = { grants: [], problems: [] };
  const problem = (code: 'SH5001' | 'SH5002' | 'SH5003', message: string, hint: string): Inferred => {
    result.problems.push({ code, message, hints: [hint], line });
    return result;
  };
  if (OWN_COMMANDS.has(service)) return result;
  const at = rest.findIndex((word) => !literalStart(word).startsWith('--'));
  const operation = literal(rest[at]);
  if (at < 0 || operation === undefined) {
    return problem(
      'SH5003',
      `which operation of \`aws ${service}\` this is, only run time knows`,
      'name its permissions with a directive: `# sh2sfn: allow=SERVICE:Action@ARN`',
    );
  }
  const call = `aws ${service} ${operation}`;
  const args = readArguments([...rest.slice(0, at), ...rest.slice(at + 1)], NONE, NONE);
  const prefix = servicePrefix(service);
  if (FREE.has(`${prefix}:${operation}`) || args.options.has('no-sign-request') || operation === 'help') return result;
  const allowHint = `name its permissions with a directive: \`# sh2sfn: allow=${prefix ?? 'SERVICE'}:Action@ARN\``;
  if (args.uncertain) return problem('SH5003', `the arguments of \`${call}\` are known only at run time`, allowHint);
  if (service === 's3api' && Object.hasOwn(S3API, operation)) return inferS3Api(operation, args, line);

  const action = prefix && findAction(prefix, ACTIONS[`${prefix}:${operation}`] ?? operation.replaceAll('-', ''));
  if (!prefix || (!action && !ACTIONS[`${prefix}:${operation}`])) {
    return problem('SH5001', `what \`${call}\` needs is not known`, allowHint);
  }
  const known: AwsAction = action || {
    name: `${prefix}:${ACTIONS[`${prefix}:${operation}`]}`,
    resourceTypes: [
      {
        name: 'function',
        required: true,
        template: 'arn:${Partition}:lambda:${Region}:${Account}:function:${FunctionName}',
      },
    ],
  };
  const resources = readResources(known, args);
  if (resources === undefined) {
    return problem(
      'SH5002',
      `the resource of \`${call}\` cannot be read off its words`,
      `name it: \`# sh2sfn: allow=${known.name}@ARN\`, or \`resource NAME=PATTERN\` for a variable in it`,
    );
  }
  result.grants.push({
    actions: [known.name],
    resources,
    reason: describe(call, args),
    tightness: resources[0] === '*' ? 'wildcard-only' : tightness(resources),
    line,
  });
  passedRoles(prefix, call, args, line, result);
  return result;
}

function describe(call: string, args: Arguments): string {
  for (const [name, values] of args.options) {
    if (/(name|id|ids|arn|url|key|bucket)$/.test(name) && values[0]) return `${call} --${name} ${show(values[0])}`;
  }
  return call;
}

/** ARN patterns of the resources, `['*']` where AWS offers no narrower one, undefined where they cannot be read off. */
function readResources(action: AwsAction, args: Arguments): string[] | undefined {
  if (action.resourceTypes.length === 0) return ['*'];
  const resources = new Set<string>();
  for (const type of action.resourceTypes) {
    const found = arnOption(type.template, args) ?? fillTemplate(type.template, args);
    for (const resource of found ?? []) resources.add(resource);
    if (!found && type.required) return undefined;
  }
  return resources.size > 0 ? [...resources] : undefined;
}

const plain = (name: string): string => name.replaceAll('-', '').toLowerCase();

/** An option whose value is an ARN of that type, or an SQS queue's address. */
function arnOption(template: string, args: Arguments): string[] | undefined {
  const [, , service, , , rest = ''] = template.split(':');
  const kind = /^[a-zA-Z-]+/.exec(rest)?.[0] ?? '';
  for (const [name, values] of args.options) {
    const arns: string[] = [];
    for (const value of values) {
      const start = literalStart(value);
      if (name === 'queue-url' && service === 'sqs') {
        const queue = /^https:\/\/sqs\.([a-z0-9-]+)\.amazonaws\.com[a-z.]*\/(\d{12})\/([\w-]+(?:\.fifo)?)$/.exec(
          literal(value) ?? '',
        );
        if (queue) arns.push(`arn:\${Partition}:sqs:${queue[1]}:${queue[2]}:${queue[3]}`);
      } else if (start.startsWith('arn:') && start.split(':')[2] === service) {
        const own = start.split(':').slice(5).join(':');
        if (kind === '' || own.startsWith(kind)) arns.push(toPattern(value));
      }
    }
    if (arns.length > 0) return arns;
  }
  return undefined;
}

/** The template with its variables filled from the options of the same names. */
function fillTemplate(template: string, args: Arguments): string[] | undefined {
  const region = args.options.get('region')?.[0];
  const names = [...template.matchAll(/\$\{(\w+)\}/g)].map((match) => match[1]!);
  const own = names.filter((name) => !['Partition', 'Region', 'Account'].includes(name));
  if (own.length === 0) return undefined;
  let filled = [template];
  if (region) filled = [template.replace('${Region}', () => toPattern(region))];
  for (const name of own) {
    const options = [plain(name), ...(ALIASES[plain(name)] ?? [])];
    const found = [...args.options].find(([option, words]) => options.includes(plain(option)) && words.length > 0);
    if (!found) return undefined;
    // An option of many values has a plural name; after another one, what follows the first belongs to the command.
    const values = found[0].endsWith('s') ? found[1] : found[1].slice(0, 1);
    if (values.some((value) => isUnknown(value) || /^(arn:|alias\/)/.test(literalStart(value)))) return undefined;
    filled = filled.flatMap((text) => values.map((value) => text.replace(`\${${name}}`, () => variable(name, value))));
  }
  return filled;
}

/** The value as it stands in an ARN of its type. */
function variable(name: string, value: Word): string {
  const pattern = toPattern(value);
  if (name === 'ParameterNameWithoutLeadingSlash') return pattern.replace(/^\//, '');
  // A secret's ARN ends in six characters that its name does not tell.
  if (name === 'SecretId') return `${pattern}-??????`;
  return pattern;
}

/** `--role-arn`, `--role`, `--execution-role-arn`: handing a role to a service needs iam:PassRole on it. */
function passedRoles(prefix: string, call: string, args: Arguments, line: number, result: Inferred): void {
  if (prefix === 'sts' || prefix === 'iam') return;
  for (const [name, values] of args.options) {
    if (!/(^|-)role(-arn)?$/.test(name)) continue;
    for (const value of values) {
      const service = PASSED_TO[prefix];
      if (!literalStart(value).startsWith('arn:') || !service) {
        const hints = ['name it: `# sh2sfn: allow=iam:PassRole@arn:aws:iam::ACCOUNT:role/NAME`'];
        const message = `the role that \`${call} --${name}\` passes on cannot be read off`;
        result.problems.push({ code: 'SH5002', message, hints, line });
        continue;
      }
      const resources = [toPattern(value)];
      result.grants.push({
        actions: ['iam:PassRole'],
        resources,
        condition: { StringEquals: { 'iam:PassedToService': service } },
        reason: `${call} --${name}`,
        tightness: tightness(resources),
        line,
      });
    }
  }
}

function inferS3Api(operation: string, args: Arguments, line: number): Inferred {
  const { o, b } = S3API[operation]!;
  const bucket = args.options.get('bucket')?.[0];
  const key = args.options.get('key')?.[0];
  const call = `aws s3api ${operation}`;
  if (!bucket || isUnknown(bucket) || literalStart(bucket).startsWith('arn:') || (o && !key)) {
    const names = bucket?.flatMap((part) => (part.kind === 'unknown' && part.name ? [part.name] : [])) ?? [];
    const hints = [
      names[0]
        ? `say what it can be: \`# sh2sfn: resource ${names[0]}=my-bucket-*\``
        : `name the permission: \`# sh2sfn: allow=${(o ?? b)![0]}@ARN\``,
    ];
    return {
      grants: [],
      problems: [{ code: 'SH5002', message: `the bucket of \`${call}\` cannot be read off`, hints, line }],
    };
  }
  const result: Inferred = { grants: [], problems: [] };
  const add = (actions: string[], resource: string, condition?: Record<string, Record<string, string>>): void => {
    const reason = `${call} --bucket ${show(bucket)}${key ? ` --key ${show(key)}` : ''}`;
    result.grants.push({ actions, resources: [resource], condition, reason, tightness: tightness([resource]), line });
  };
  const arn = `arn:\${Partition}:s3:::${toPattern(bucket)}`;
  if (o) add(versions(o, args), `${arn}/${toPattern(key!)}`);
  const prefix = args.options.get('prefix')?.[0];
  const limited =
    b?.includes('s3:ListBucket') && prefix ? { StringLike: { 's3:prefix': toPattern(prefix) } } : undefined;
  if (b) add(b, arn, limited);
  if (operation.includes('copy')) copySource(args, call, line, result);
  return result;
}

/** Options that ask for more than the operation's own action. */
function versions(actions: readonly string[], args: Arguments): string[] {
  const has = (name: string): boolean => args.options.has(name);
  const result = [...actions];
  if (has('version-id')) {
    for (const action of actions)
      if (/^s3:(Get|Delete|Put)Object(Acl|Tagging|Attributes)?$/.test(action)) {
        result.push(action.replace('Object', 'ObjectVersion'));
      }
  }
  if (!actions.includes('s3:PutObject')) return result;
  if (has('acl') || [...args.options.keys()].some((name) => name.startsWith('grant-'))) result.push('s3:PutObjectAcl');
  if (has('tagging')) result.push('s3:PutObjectTagging');
  if (has('object-lock-mode') || has('object-lock-retain-until-date')) result.push('s3:PutObjectRetention');
  if (has('object-lock-legal-hold-status')) result.push('s3:PutObjectLegalHold');
  return result;
}

/** `--copy-source BUCKET/KEY` is read. */
function copySource(args: Arguments, call: string, line: number, result: Inferred): void {
  const source = args.options.get('copy-source')?.[0];
  const pattern = source ? toPattern(source).replace(/^\//, '') : '';
  if (!source || !/^[^*/]{3,}\//.test(pattern)) {
    const message = `the source of \`${call}\` cannot be read off`;
    const hints = ['name it: `# sh2sfn: allow=s3:GetObject@arn:aws:s3:::my-bucket/*`'];
    result.problems.push({ code: 'SH5002', message, hints, line });
    return;
  }
  const resources = [`arn:\${Partition}:s3:::${pattern}`];
  const reason = `${call} --copy-source ${show(source)}`;
  result.grants.push({
    actions: ['s3:GetObject', 's3:GetObjectTagging'],
    resources,
    reason,
    tightness: tightness(resources),
    line,
  });
}
