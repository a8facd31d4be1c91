// Bundles the CLI into dist/: CommonJS, of which Node loads one file in half of the time that ES modules in chunks take.
// Built beside and renamed, so that a running sh2sfn never sees half of it.
import { chmodSync, existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

// An import of a builtin as an ES module reads all of its exports, and so loads what they are made of (streams for
// `node:fs`); required, it loads what is used. Some are loaded at the first call, or when something of a table is asked for.
const late = {
  'node:crypto': ['createHash', 'getHashes', 'randomBytes', 'randomUUID'],
  'node:os': ['homedir', 'tmpdir'],
  'node:timers/promises': ['setImmediate', 'setTimeout'],
  'node:tty': ['isatty'],
  'node:zlib': ['inflateRawSync', 'deflateRawSync'],
};
const lateTables = { 'node:os': ['constants'] };
const builtins = {
  name: 'builtins',
  setup({ onResolve, onLoad }) {
    // Commander starts other programs for commands that are files of their own, which none is here.
    onResolve({ filter: /^node:child_process$/ }, ({ path, importer }) =>
      importer.includes('/commander/') ? { path, namespace: 'late' } : undefined,
    );
    onLoad({ filter: /./, namespace: 'late' }, ({ path }) => ({
      contents: `Object.defineProperty(exports, 'spawn', { get: () => require('${path}').spawn });`,
    }));
    onResolve({ filter: /^node:/ }, ({ path, namespace, kind }) =>
      kind === 'import-statement' && namespace !== 'builtin' && path !== 'node:module'
        ? { path, namespace: 'builtin' }
        : { path, external: true },
    );
    onLoad({ filter: /./, namespace: 'builtin' }, ({ path }) => {
      if (!Object.hasOwn(late, path)) return { contents: `module.exports = require('${path}');` };
      const calls = late[path].map(
        (name) => `export const ${name} = (...args) => require('${path}').${name}(...args);`,
      );
      const tables = (lateTables[path] ?? []).map(
        (name) => `export const ${name} = new Proxy({}, { get: (_, key) => require('${path}').${name}[key] });`,
      );
      return { contents: [...calls, ...tables].join('\n') };
    });
  },
};

// Our own imports of builtins become calls of `require`: esbuild's stand-in for a module copies all of its exports, for each
// file that imports it.
const required = {
  name: 'required',
  setup({ onLoad }) {
    const names = (clause) =>
      clause
        .split(',')
        .map((name) => name.trim().replace(' as ', ': '))
        .filter((name) => name && !name.startsWith('type '));
    onLoad({ filter: /\/src\/.*\.ts$/ }, ({ path }) => ({
      loader: 'ts',
      contents: readFileSync(path, 'utf8').replace(
        /^import (?:\* as (\w+)|\{([^}]*)\}) from '(node:[\w/]+)';/gm,
        (text, all, some, module) =>
          module === 'node:module' || Object.hasOwn(late, module)
            ? text
            : `const ${all ?? `{ ${names(some).join(', ')} }`} = require('${module}');`,
      ),
    }));
  },
};

// Data that few commands want: a file of its own.
const apart = {
  name: 'apart',
  setup({ onResolve }) {
    onResolve({ filter: /\/data\/aws-table\.ts$/ }, () => ({ path: './aws-table.js', external: true }));
  },
};

const root = fileURLToPath(new URL('..', import.meta.url));
const common = {
  absWorkingDir: root,
  bundle: true,
  format: 'cjs',
  platform: 'node',
  target: 'node20',
  legalComments: 'none',
  logLevel: 'warning',
};
const fresh = mkdtempSync(join(root, '.dist-'));
try {
  const small = {
    ...common,
    outdir: fresh,
    minifySyntax: true,
    minifyWhitespace: true,
    supported: { 'dynamic-import': false },
  };
  await build({
    ...small,
    entryPoints: { version: 'src/cli/version.ts', 'aws-table': 'src/roles/data/aws-table.ts' },
  });
  // The program, whose modules are evaluated when they are first imported: a function that bin/sh2sfn.js calls.
  await build({
    ...small,
    entryPoints: { process: 'src/cli/process.ts' },
    // Large, and needed by few commands: loaded from node_modules.
    external: ['sh-syntax', '@aws-sdk/*'],
    plugins: [apart, required, builtins],
    define: { 'import.meta': 'moduleMeta' },
    banner: {
      js: "(function(exports,require,module,__filename,__dirname){const moduleMeta={get url(){return require('node:url').pathToFileURL(__filename).href}};",
    },
    footer: { js: '})' },
  });
  writeFileSync(join(fresh, 'package.json'), '{"type":"commonjs"}\n');
  // What ships to Lambda: the step handler, one CommonJS file without dependencies.
  await build({
    ...common,
    entryPoints: { index: 'src/runtime/lambda/handler.ts' },
    outdir: join(fresh, 'lambda'),
    outExtension: { '.js': '.cjs' },
  });
  chmodSync(fresh, 0o755);
  const dist = join(root, 'dist');
  const old = `${fresh}-old`;
  if (existsSync(dist)) renameSync(dist, old);
  renameSync(fresh, dist);
  rmSync(old, { recursive: true, force: true });
} finally {
  rmSync(fresh, { recursive: true, force: true });
}
