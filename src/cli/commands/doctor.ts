/** `sh2sfn doctor`: what this machine and this account lack. Calls no service. */
import { execFileSync } from 'node:child_process';
import { accessSync, constants, existsSync, statfsSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Session, STATUS } from '../session.ts';
import { which } from '../which.ts';

interface Check {
  name: string;
  state: 'ok' | 'warning' | 'missing';
  found: string;
  hint?: string;
}

export function doctorCommand(options: { json?: boolean }, session: Session): number {
  const checks = [node(), bash(session), mkfifo(session), procfs(), temporary(), credentials(session), region(session)];
  if (options.json) session.stdout(`${JSON.stringify(checks, null, 2)}\n`);
  else {
    const sign = { ok: 'ok      ', warning: 'warning ', missing: 'MISSING ' };
    for (const { name, state, found, hint } of checks) {
      session.stdout(
        `${sign[state]} ${name.padEnd(20)} ${found}\n${hint && state !== 'ok' ? `         ${' '.repeat(20)} hint: ${hint}\n` : ''}`,
      );
    }
  }
  return checks.some((check) => check.state === 'missing') ? STATUS.failed : STATUS.ok;
}

function node(): Check {
  const major = Number(process.versions.node.split('.')[0]);
  return {
    name: 'Node.js',
    state: major >= 20 ? 'ok' : 'missing',
    found: process.versions.node,
    hint: 'install Node.js 20 or newer',
  };
}

function bash(session: Session): Check {
  const path = which('bash', session.env.PATH);
  const hint = 'install bash 5.1 or newer and put it in PATH';
  if (!path) return { name: 'bash', state: 'missing', found: 'not in PATH', hint };
  let version = '';
  try {
    version = execFileSync(path, ['--norc', '--noprofile', '-c', 'printf %s "$BASH_VERSION"'], {
      encoding: 'utf8',
      timeout: 5000,
    });
  } catch {
    return { name: 'bash', state: 'missing', found: `${path} does not run`, hint };
  }
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const recent = major > 5 || (major === 5 && minor >= 1);
  return { name: 'bash', state: recent ? 'ok' : 'missing', found: `${version} (${path})`, hint };
}

function mkfifo(session: Session): Check {
  const path = which('mkfifo', session.env.PATH);
  return { name: 'mkfifo', state: path ? 'ok' : 'missing', found: path ?? 'not in PATH', hint: 'install coreutils' };
}

function procfs(): Check {
  const there = existsSync('/proc/self/fd');
  return {
    name: '/proc',
    state: there ? 'ok' : 'missing',
    found: there ? 'mounted' : 'not mounted',
    hint: 'sh2sfn runs on Linux, with /proc mounted',
  };
}

function temporary(): Check {
  const directory = tmpdir();
  const hint = 'set TMPDIR to a directory that you can write to';
  try {
    accessSync(directory, constants.W_OK | constants.X_OK);
    const { bavail, bsize } = statfsSync(directory);
    const free = Math.floor((bavail * bsize) / 1_048_576);
    return {
      name: 'temporary directory',
      state: free < 16 ? 'warning' : 'ok',
      found: `${directory}, ${free} MiB free`,
      hint,
    };
  } catch {
    return { name: 'temporary directory', state: 'missing', found: `${directory} is not writable`, hint };
  }
}

/** Looks only for where credentials would come from; whether they work shows when they are used. */
function credentials({ env }: Session): Check {
  const home = env.HOME ?? homedir();
  const sources: [boolean, string][] = [
    [Boolean(env.AWS_ACCESS_KEY_ID && env.AWS_SECRET_ACCESS_KEY), 'AWS_ACCESS_KEY_ID'],
    [Boolean(env.AWS_WEB_IDENTITY_TOKEN_FILE), 'AWS_WEB_IDENTITY_TOKEN_FILE'],
    [
      Boolean(env.AWS_CONTAINER_CREDENTIALS_FULL_URI ?? env.AWS_CONTAINER_CREDENTIALS_RELATIVE_URI),
      'container credentials',
    ],
    [
      existsSync(env.AWS_SHARED_CREDENTIALS_FILE ?? join(home, '.aws/credentials')),
      `profile ${env.AWS_PROFILE ?? 'default'}`,
    ],
    [existsSync(env.AWS_CONFIG_FILE ?? join(home, '.aws/config')), `profile ${env.AWS_PROFILE ?? 'default'}`],
  ];
  const found = sources.find(([there]) => there)?.[1];
  return {
    name: 'AWS credentials',
    state: found ? 'ok' : 'warning',
    found: found ?? 'none found',
    hint: 'only deploy, start and destroy need them; `aws configure` sets them up',
  };
}

function region({ env }: Session): Check {
  const found = env.AWS_REGION ?? env.AWS_DEFAULT_REGION;
  const endpoint = env.AWS_ENDPOINT_URL ? `, endpoint ${env.AWS_ENDPOINT_URL}` : '';
  return {
    name: 'AWS region',
    state: found ? 'ok' : 'warning',
    found: `${found ?? 'not set in the environment'}${endpoint}`,
    hint: 'only deploy, start and destroy need one; set AWS_REGION',
  };
}
