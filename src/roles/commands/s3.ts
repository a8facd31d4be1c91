/** `aws s3 …`: the calls each command makes, as traced from the real CLI. */
import { isUnknown, tightness, toPattern } from '../arn.ts';
import type { Grant, Inferred, Problem } from '../types.ts';
import { cut, dropStart, literal, literalStart, type Word } from '../words.ts';
import { type Arguments, readArguments } from './arguments.ts';

const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

const FLAGS = words(`
  recursive dryrun quiet no-progress only-show-errors delete exact-timestamps size-only follow-symlinks
  no-follow-symlinks force-glacier-transfer ignore-glacier-warnings no-guess-mime-type human-readable summarize force
  no-overwrite case-conflict`);
const SINGLE = words(`
  exclude include acl storage-class sse sse-kms-key-id sse-c sse-c-key sse-c-copy-source sse-c-copy-source-key
  content-type cache-control content-disposition content-encoding content-language expires source-region page-size
  request-payer expected-size metadata metadata-directive copy-props website-redirect checksum-algorithm
  checksum-mode expires-in index-document error-document bucket-name-prefix bucket-region`);

/** An `s3://bucket/key` argument. */
interface Place {
  bucket: Word;
  key: Word;
  source: string;
}

class S3Command {
  readonly grants: Grant[] = [];
  readonly problems: Problem[] = [];
  readonly args: Arguments;
  readonly line: number;
  readonly name: string;

  constructor(name: string, rest: readonly Word[], line: number) {
    this.name = name;
    this.line = line;
    this.args = readArguments(rest, FLAGS, SINGLE);
  }

  has(option: string): boolean {
    return this.args.options.has(option);
  }

  grant(actions: string[], resources: string[], reason: string, condition?: Grant['condition']): void {
    const tight = resources[0] === '*' ? 'wildcard-only' : tightness(resources);
    this.grants.push({ actions, resources, condition, reason, tightness: tight, line: this.line });
  }

  problem(code: Problem['code'], message: string, ...hints: string[]): void {
    this.problems.push({ code, message, hints, line: this.line });
  }

  objects(actions: string[], place: Place, key: string): void {
    this.grant(actions, [`arn:\${Partition}:s3:::${toPattern(place.bucket)}/${key}`], this.reason(place));
  }

  /** ListObjectsV2 on the bucket, for keys under the prefix only. */
  list(place: Place, prefix: string): void {
    const condition = prefix ? { StringLike: { 's3:prefix': prefix } } : undefined;
    this.grant(['s3:ListBucket'], [bucketArn(place)], this.reason(place), condition);
  }

  reason(place?: Place): string {
    const options = ['recursive', 'delete', 'force']
      .filter((option) => this.has(option))
      .map((option) => ` --${option}`);
    return `aws s3 ${this.name}${options.join('')}${place ? ` ${place.source}` : ''}`;
  }

  /** The argument as a place in S3; undefined: it is not in S3. */
  place(word: Word): Place | undefined {
    const start = word[0];
    const scheme = start?.kind === 'glob' ? start.glob : literalStart(word);
    if (!scheme.startsWith('s3://')) return undefined;
    const rest: Word =
      start?.kind === 'glob' ? [{ kind: 'glob', glob: scheme.slice(5) }, ...word.slice(1)] : dropStart(word, 5);
    const [bucket, key = []] = cut(rest, '/');
    if (literalStart(bucket).startsWith('arn:')) {
      this.problem(
        'SH5002',
        `an access point (${literalStart(bucket)}) is not read off yet`,
        'name the permission with a directive: `# sh2sfn: allow=s3:GetObject@ARN`',
      );
      return undefined;
    }
    return { bucket, key, source: show(word) };
  }

  /** Whether enough of the bucket is known; adds the problem otherwise. */
  known(place: Place): boolean {
    if (!isUnknown(place.bucket)) return true;
    const names = place.bucket.flatMap((part) => (part.kind === 'unknown' && part.name ? [part.name] : []));
    this.problem(
      'SH5002',
      `the bucket of \`${place.source}\` is known only at run time`,
      names[0]
        ? `say what it can be: \`# sh2sfn: resource ${names[0]}=my-bucket-*\``
        : 'name the permission with a directive: `# sh2sfn: allow=s3:GetObject@arn:aws:s3:::my-bucket/*`',
    );
    return false;
  }
}

const bucketArn = (place: Place): string => `arn:\${Partition}:s3:::${toPattern(place.bucket)}`;

/** The word for a reader: what is unknown as `$NAME` or `…`. */
export function show(word: Word): string {
  return word
    .map((part) =>
      part.kind === 'text' ? part.text : part.kind === 'glob' ? part.glob : part.name ? `$${part.name}` : '…',
    )
    .join('');
}

/** The key pattern as a directory: the CLI adds the slash where it works on all below. */
function directory(place: Place): string {
  const key = toPattern(place.key);
  return key === '' || key.endsWith('/') ? key : `${key}/`;
}

/** Actions on the objects that a copy reads and writes. */
const READ = ['s3:GetObject'];
const READ_COPY = ['s3:GetObject', 's3:GetObjectTagging', 's3:ListObjectAnnotations', 's3:GetObjectAnnotation'];
const WRITE = ['s3:PutObject', 's3:AbortMultipartUpload'];
const WRITE_COPY = [...WRITE, 's3:PutObjectTagging', 's3:PutObjectAnnotation'];

/** What `aws s3 COMMAND ARG…` may do. `rest`: the words after `s3`. */
export function inferS3(rest: readonly Word[], line: number): Inferred {
  const at = rest.findIndex((word) => !literalStart(word).startsWith('--'));
  const name = literal(rest[at]);
  if (at < 0 || name === undefined) {
    const hints = ['write the command literally, or name its permissions: `# sh2sfn: allow=s3:GetObject@ARN`'];
    return {
      grants: [],
      problems: [{ code: 'SH5003', message: 'which `aws s3` command this is, only run time knows', hints, line }],
    };
  }
  const command = new S3Command(name, [...rest.slice(0, at), ...rest.slice(at + 1)], line);
  const result: Inferred = { grants: command.grants, problems: command.problems };
  if (command.has('no-sign-request')) return result;
  if (command.args.uncertain) {
    command.problem(
      'SH5003',
      `the arguments of \`aws s3 ${name}\` are known only at run time`,
      'name its permissions with a directive: `# sh2sfn: allow=s3:GetObject@ARN`',
    );
    return result;
  }
  const run = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (run) run(command);
  else
    command.problem(
      'SH5001',
      `\`aws s3 ${name}\` is not known`,
      'name its permissions: `# sh2sfn: allow=s3:ACTION@ARN`',
    );
  return result;
}

const COMMANDS: Record<string, (command: S3Command) => void> = {
  cp: copy,
  mv: copy,
  sync: copy,
  rm(command) {
    const place = onePlace(command);
    if (!place) return;
    if (!command.has('recursive')) return command.objects(['s3:DeleteObject'], place, toPattern(place.key));
    command.list(place, directory(place));
    command.objects(['s3:DeleteObject'], place, `${directory(place)}*`);
  },
  ls(command) {
    const [word] = command.args.positional;
    if (!word) return command.grant(['s3:ListAllMyBuckets'], ['*'], command.reason());
    // `ls` takes a bucket without the scheme as well.
    const place = command.place(word) ?? command.place([{ kind: 'text', text: 's3://' }, ...word]);
    if (place && command.known(place)) command.list(place, toPattern(place.key));
  },
  mb(command) {
    const place = onePlace(command);
    if (place) command.grant(['s3:CreateBucket'], [bucketArn(place)], command.reason(place));
  },
  rb(command) {
    const place = onePlace(command);
    if (!place) return;
    command.grant(['s3:DeleteBucket'], [bucketArn(place)], command.reason(place));
    if (!command.has('force')) return;
    command.list(place, '');
    command.objects(['s3:DeleteObject'], place, '*');
  },
  presign(command) {
    const place = onePlace(command);
    if (place) command.objects(READ, place, toPattern(place.key));
  },
  website(command) {
    const place = onePlace(command);
    if (place) command.grant(['s3:PutBucketWebsite'], [bucketArn(place)], command.reason(place));
  },
};

function onePlace(command: S3Command): Place | undefined {
  const [word] = command.args.positional;
  const place = word && command.place(word);
  if (!place) {
    if (command.problems.length === 0) unknownPlace(command, word);
    return undefined;
  }
  return command.known(place) ? place : undefined;
}

function unknownPlace(command: S3Command, word?: Word): void {
  const name = word?.find((part) => part.kind === 'unknown' && part.name);
  const variable = name?.kind === 'unknown' ? name.name : undefined;
  command.problem(
    'SH5002',
    `no place in S3 can be read off this \`aws s3 ${command.name}\``,
    variable
      ? `say what it can be: \`# sh2sfn: resource ${variable}=s3://my-bucket/path/*\``
      : 'name the permission with a directive: `# sh2sfn: allow=s3:GetObject@arn:aws:s3:::my-bucket/*`',
  );
}

function copy(command: S3Command): void {
  const { positional } = command.args;
  const [from, to] = [positional[0], positional[1]];
  const source = from && command.place(from);
  const target = to && command.place(to);
  if (command.problems.length > 0) return;
  if (!from || !to || (!source && !target)) {
    unknownPlace(command, from && literal(from) === undefined ? from : to);
    return;
  }
  if ((source && !command.known(source)) || (target && !command.known(target))) return;

  const sync = command.name === 'sync';
  const many = sync || command.has('recursive');
  const dry = command.has('dryrun');
  if (many && source) command.list(source, directory(source));
  if (sync && target) command.list(target, directory(target));
  if (dry && many) return;
  if (source) {
    const actions = [...(target ? READ_COPY : READ), ...(command.name === 'mv' ? ['s3:DeleteObject'] : [])];
    command.objects(actions, source, many ? `${directory(source)}*` : toPattern(source.key));
  }
  if (!target) return;
  const actions = [...(source ? WRITE_COPY : WRITE)];
  if (command.has('acl') || command.has('grants')) actions.push('s3:PutObjectAcl');
  if (sync && command.has('delete')) actions.push('s3:DeleteObject');
  command.objects(actions, target, many ? `${directory(target)}*` : targetKey(target, source?.key ?? from));
  encryption(command);
}

/** Where one file lands: a target that is a directory takes the name of the source. */
function targetKey(target: Place, source: Word): string {
  const key = toPattern(target.key);
  if (key !== '' && !key.endsWith('/')) return key;
  // The base name is known if no part after the last slash is unknown.
  const path = toPattern(source);
  const name = path.slice(path.lastIndexOf('/') + 1);
  return `${key}${name === '' || name === '-' ? '*' : name}`;
}

/** `--sse aws:kms --sse-kms-key-id KEY`: the calls that S3 makes on our behalf. */
function encryption(command: S3Command): void {
  const [key] = command.args.options.get('sse-kms-key-id') ?? [];
  if (!key) return;
  const text = literal(key);
  const arn = text?.startsWith('arn:')
    ? toPattern(key)
    : text && !text.startsWith('alias/')
      ? `arn:\${Partition}:kms:\${Region}:\${Account}:key/${toPattern(key)}`
      : undefined;
  if (arn) command.grant(['kms:GenerateDataKey', 'kms:Decrypt'], [arn], `${command.reason()} --sse-kms-key-id`);
  else
    command.problem(
      'SH5002',
      'the encryption key is not an ARN or a key id',
      'name it: `# sh2sfn: allow=kms:GenerateDataKey,kms:Decrypt@arn:aws:kms:REGION:ACCOUNT:key/ID`',
    );
}
