// Bundles the CLI into dist/: one entry, one lazily loaded chunk a command, so that `--version` loads almost nothing.
import { cpSync, rmSync } from 'node:fs';
import { build } from 'esbuild';

const root = new URL('..', import.meta.url).pathname;
rmSync(`${root}dist`, { recursive: true, force: true });
await build({
  absWorkingDir: root,
  entryPoints: { main: 'src/cli/main.ts' },
  outdir: 'dist',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: 'none',
  external: ['sh-syntax', '@aws-sdk/*'],
  // CommonJS dependencies (commander, jsonata) call require() for Node's own modules.
  banner: { js: "import{createRequire as __cr}from'node:module';const require=__cr(import.meta.url);" },
  logLevel: 'warning',
});
// What ships to Lambda: the step handler, one CommonJS file without dependencies.
await build({
  absWorkingDir: root,
  entryPoints: { index: 'src/runtime/lambda/handler.ts' },
  outfile: 'dist/lambda/index.cjs',
  bundle: true,
  format: 'cjs',
  platform: 'node',
  target: 'node20',
  legalComments: 'none',
  logLevel: 'warning',
});
cpSync(`${root}package.json`, `${root}dist/package.json`, { force: true });
