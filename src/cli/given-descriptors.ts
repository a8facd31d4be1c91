/** Descriptors that our caller has opened for the script (`sh2sfn run script 5<file`), which Node.js keeps from its children. */
import * as fs from 'node:fs';

/** The open ones above 2 that are not Node's own: Linux tells what each is; elsewhere none are known. */
export function givenDescriptors(): ReadonlySet<number> {
  const open: { descriptor: number; target: string; mode: number }[] = [];
  try {
    for (const name of fs.readdirSync('/proc/self/fd')) {
      const descriptor = Number(name);
      const target = descriptor > 2 && name !== process.env.NODE_CHANNEL_FD ? targetOf(name) : undefined;
      if (target !== undefined) open.push({ descriptor, target, mode: modeOf(name) });
    }
  } catch {
    // There is no /proc.
  }
  // Node has both ends of its pipes, and reads /dev/null.
  const isOwn = ({ target, mode }: (typeof open)[number]): boolean =>
    target.startsWith('anon_inode:') ||
    (target === '/dev/null' && mode === fs.constants.O_RDONLY) ||
    (target.startsWith('pipe:') && open.some((other) => other.target === target && other.mode !== mode));
  return new Set(open.filter((one) => !isOwn(one)).map(({ descriptor }) => descriptor));
}

function targetOf(name: string): string | undefined {
  try {
    return fs.readlinkSync(`/proc/self/fd/${name}`);
  } catch {
    // That of the directory that was being read.
    return undefined;
  }
}

/** Whether the descriptor is for reading, for writing, or for both. */
function modeOf(name: string): number {
  const flags = /^flags:\s*(\d+)/m.exec(fs.readFileSync(`/proc/self/fdinfo/${name}`, 'latin1'))?.[1] ?? '0';
  return Number.parseInt(flags, 8) & (fs.constants.O_WRONLY | fs.constants.O_RDWR);
}
