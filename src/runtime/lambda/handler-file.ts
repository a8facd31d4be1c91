import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The built step handler, in dist/ beside the CLI or, run from the sources, in dist/ of the repository. */
export function readHandler(): Uint8Array {
  for (const place of ['./lambda/index.cjs', '../../../dist/lambda/index.cjs']) {
    try {
      return readFileSync(fileURLToPath(new URL(place, import.meta.url)));
    } catch {
      // The other place, then.
    }
  }
  throw new Error('the step handler dist/lambda/index.cjs is missing: run `npm run build`');
}
