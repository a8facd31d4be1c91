import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** First executable file of that name in PATH. */
export function which(name: string, path: string | undefined): string | undefined {
  for (const directory of (path ?? '').split(delimiter)) {
    const candidate = join(directory || '.', name);
    try {
      accessSync(candidate, constants.X_OK);
      if (statSync(candidate).isFile()) return candidate;
    } catch {
      // Not here; the next directory may have it.
    }
  }
  return undefined;
}
