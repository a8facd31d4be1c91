/** Descriptors that our caller has opened for the script (`sh2sfn run script 5<file`), which Node.js keeps from its children. */
import * as fs from 'node:fs';

/** The open ones above 2 that are not Node's own: Linux tells what each is; elsewhere none are known. */
export function givenDescriptors(): ReadonlySet<number> {
  const targets = new Map<number, string>();
  try {
    for (const name of fs.readdirSync('/proc/self/fd')) {
      const descriptor = Number(name);
      if (descriptor > 2 && name !== process.env.NODE_CHANNEL_FD) targets.set(descriptor, targetOf(name));
    }
  } catch {
    // There is no /proc.
  }
  const own = new Set<string>();
  const seen = new Set<string>();
  for (const target of targets.values()) {
    // Node has both ends of its pipes.
    if (!isShared(target) || (target.startsWith('pipe:') && seen.has(target))) own.add(target);
    seen.add(target);
  }
  return new Set([...targets].filter(([, target]) => !own.has(target)).map(([descriptor]) => descriptor));
}

function targetOf(name: string): string {
  try {
    return fs.readlinkSync(`/proc/self/fd/${name}`);
  } catch {
    // That of the directory that was being read.
    return '';
  }
}

/** True of what may be a caller's: Node opens events, and /dev/null. */
const isShared = (target: string): boolean =>
  target !== '' && target !== '/dev/null' && !target.startsWith('anon_inode:');
