import { inflateRawSync } from 'node:zlib';
import { AWS_TABLE } from './data/aws-table.ts';

interface Table {
  /** Service as the CLI names it → prefix of its IAM actions. */
  services: Record<string, string>;
  /** Prefix → action → its resource types; one that must be given ends in "!". */
  actions: Record<string, Record<string, string[]>>;
  /** Prefix → resource type → ARN template. */
  resources: Record<string, Record<string, string>>;
}

let table: Table | undefined;

function load(): Table {
  // 400 services: unpacked only when a script calls one.
  table ??= JSON.parse(inflateRawSync(Buffer.from(AWS_TABLE, 'base64')).toString()) as Table;
  return table;
}

export interface ResourceType {
  name: string;
  required: boolean;
  /** Such as `arn:${Partition}:dynamodb:${Region}:${Account}:table/${TableName}`. */
  template: string;
}

export interface AwsAction {
  /** Such as `dynamodb:GetItem`. */
  name: string;
  resourceTypes: ResourceType[];
}

/** Prefix of the IAM actions of a service as the AWS CLI names it. */
export function servicePrefix(service: string): string | undefined {
  const { services } = load();
  return Object.hasOwn(services, service) ? services[service] : undefined;
}

/** The action with that name (in any case), if the service has one. */
export function findAction(prefix: string, name: string): AwsAction | undefined {
  const { actions, resources } = load();
  const known = actions[prefix] ?? {};
  const wanted = name.toLowerCase();
  const found = Object.keys(known).find((action) => action.toLowerCase() === wanted);
  if (!found) return undefined;
  const resourceTypes = known[found]!.map((entry) => {
    const required = entry.endsWith('!');
    const type = required ? entry.slice(0, -1) : entry;
    return { name: type, required, template: resources[prefix]?.[type] ?? '' };
  });
  return { name: `${prefix}:${found}`, resourceTypes };
}
