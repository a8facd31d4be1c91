/** The import rules of ARCHITECTURE.md: imports point down, and only the edges touch the process. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * Part of the source → what it may import besides itself. A part is a folder of src/, or a file right in it; `PROTOCOL`
 * is the step protocol alone. A file may override its folder's rule.
 */
const PROTOCOL = 'runtime/protocol.ts';
const RULES: Record<string, readonly string[]> = {
  source: [],
  'bundle.ts': [],
  'record.ts': [],
  'composed-names.ts': [],
  'own-ids.ts': ['bundle.ts'],
  asl: [],
  diagnostics: ['source'],
  parse: ['source', 'diagnostics', 'bundle.ts'],
  ir: ['source', 'diagnostics', 'parse', 'bundle.ts', 'record.ts', 'composed-names.ts', 'own-ids.ts', PROTOCOL],
  // `--emit ir` prints expressions as the definition will have them.
  'ir/print.ts': ['codegen-asl'],
  'codegen-asl': ['ir', 'bundle.ts', 'asl', 'source', 'record.ts', PROTOCOL],
  roles: ['ir', 'bundle.ts', 'step-commands.ts', 'diagnostics', 'source'],
  engine: ['asl', PROTOCOL],
  runtime: ['bundle.ts', 'record.ts', 'composed-names.ts', 'own-ids.ts'],
  deploy: ['bundle.ts', 'step-commands.ts', 'diagnostics', 'roles', 'runtime', 'source', 'link.ts'],
  'graph.ts': ['bundle.ts'],
  'link.ts': ['bundle.ts'],
  'step-commands.ts': ['bundle.ts'],
  'step-files.ts': ['bundle.ts', 'step-commands.ts', 'ir'],
  'bundle-write.ts': ['bundle.ts', 'graph.ts', 'diagnostics', 'runtime'],
  'compile.ts': [
    'source',
    'diagnostics',
    'parse',
    'ir',
    'codegen-asl',
    'asl',
    'roles',
    'bundle.ts',
    'step-files.ts',
    PROTOCOL,
  ],
};

/** Names of globals that belong to the process; only the command line, and what it runs as a process, may touch them. */
const GLOBALS = /\bprocess\.(argv|exit|exitCode|env|cwd|chdir|stdin|stdout|stderr|on|once|kill)\b|\bconsole\./;
/** Runs in a process of its own, as a Lambda function or as one that imitates it. */
const OWN_PROCESS = /^(cli|runtime)\//;

interface SourceText {
  path: string;
  text: string;
}

function sources(directory: string): SourceText[] {
  return readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => ({ path: name.split('\\').join('/'), text: readFileSync(join(directory, name), 'utf8') }))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** Relative imports of a file (static, dynamic and of types), as paths below src/. */
function imports({ path, text }: SourceText): string[] {
  const found = text.matchAll(
    /(?:^|\n)\s*(?:import|export)\s[^;'"]*?from\s*'(\.[^']+)'|\bimport\(\s*'(\.[^']+)'\s*\)/g,
  );
  return [...found].map(([, a, b]) => relative('/', join('/', dirname(path), (a ?? b)!)));
}

const partOf = (path: string): string => path.split('/')[0]!;

function allowed(from: string, to: string): boolean {
  const part = partOf(from);
  if (part === 'cli' || partOf(to) === part) return true;
  const rules = [...(RULES[from] ?? []), ...(RULES[part] ?? [])];
  return rules.includes(partOf(to)) || rules.includes(to);
}

const files = sources(join(root, 'src'));

describe('architecture', () => {
  it('every part has a rule', () => {
    const parts = [...new Set(files.map(({ path }) => partOf(path)))];
    assert.deepEqual(
      parts.filter((part) => part !== 'cli' && !Object.hasOwn(RULES, part)),
      [],
    );
  });

  it('imports point down', () => {
    const seen = files.flatMap(imports);
    assert.ok(seen.length > files.length && seen.includes('bundle.ts'), 'the imports are found');
    const wrong = files.flatMap((file) =>
      imports(file)
        .filter((to) => !allowed(file.path, to))
        .map((to) => `${file.path} → ${to}`),
    );
    assert.deepEqual(wrong, []);
  });

  it('no file of the runtime imports itself by way of others', () => {
    const graph = new Map(files.map((file) => [file.path, imports(file)]));
    const reaches = (from: string, to: string, seen = new Set<string>()): boolean =>
      (graph.get(from) ?? []).some((next) => {
        if (next === to) return true;
        if (seen.has(next)) return false;
        seen.add(next);
        return reaches(next, to, seen);
      });
    const wrong = [...graph.keys()].filter((path) => partOf(path) === 'runtime' && reaches(path, path));
    assert.deepEqual(wrong, []);
  });

  it('only the command line and the runtime touch process globals', () => {
    const wrong = files
      .filter(({ path }) => !OWN_PROCESS.test(path))
      .flatMap(({ path, text }) =>
        text
          .split('\n')
          .flatMap((line, i) => (GLOBALS.test(line.replace(/\/\/.*|^\s*\*.*/, '')) ? [`${path}:${i + 1}`] : [])),
      );
    assert.deepEqual(wrong, []);
  });

  it('the parser is known in one folder only', () => {
    const wrong = files
      .filter(({ path, text }) => partOf(path) !== 'parse' && /from '(unbash|sh-syntax)/.test(text))
      .map(({ path }) => path);
    assert.deepEqual(wrong, []);
  });

  it('nothing committed names this machine', () => {
    const wrong = files.filter(({ text }) => /\/work\/|\/root\//.test(text)).map(({ path }) => path);
    assert.deepEqual(wrong, []);
  });

  it('no type is given up', () => {
    const wrong = files.flatMap(({ path, text }) =>
      text
        .split('\n')
        .flatMap((line, i) => (/\bas any\b|: any\b|@ts-(ignore|nocheck)/.test(line) ? [`${path}:${i + 1}`] : [])),
    );
    assert.deepEqual(wrong, []);
  });
});
