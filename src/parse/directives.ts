/**
 * Directives: comments of the form `# sh2sfn: key=value …` above a command or at its end; a bare one before the first
 * command is the default for all. Keys and values are checked here; an unknown key names the nearest known one.
 */
import type { StepSettings } from '../bundle.ts';
import type { Span } from '../source/source-file.ts';
import { type Script, type SyntaxNode, walk } from './ast.ts';

export interface DirectiveProblem {
  span: Span;
  message: string;
  hint: string;
  unknownKey: boolean;
}

interface Directive {
  span: Span;
  /** One-based line that it speaks of, or undefined for the whole script. */
  start: number;
  /** Stands at the end of a command's line. */
  trailing: boolean;
  settings: StepSettings;
}

/** Settings of every command of a script. */
export interface Directives {
  settings: (node: SyntaxNode) => StepSettings | undefined;
  /** Those of a command that no directive but the whole script's speaks of. */
  defaults?: StepSettings;
  problems: DirectiveProblem[];
}

type Parser = (settings: StepSettings, value: string) => string | undefined;

const integer =
  (set: (settings: StepSettings, n: number) => void, low: number, high: number, unit: string): Parser =>
  (settings, value) => {
    const n = Number(value);
    if (!/^\d+$/.test(value) || n < low || n > high) return `a whole number of ${unit} from ${low} to ${high}`;
    set(settings, n);
    return undefined;
  };

const list = (value: string): string[] => value.split(',').filter((item) => item !== '');

const DURATION: Record<string, number> = { '': 1, s: 1, m: 60, h: 3600, d: 86_400 };

/** Parsers by key; each answers what it expected where the value is wrong. */
const KEYS: Record<string, Parser> = {
  target: (settings, value) => {
    if (value !== 'lambda' && value !== 'ecs' && value !== 'local') return 'lambda, ecs or local';
    settings.target = value;
    return undefined;
  },
  memory: integer((s, n) => (s.memory = n), 128, 10_240, 'MB'),
  cpu: integer((s, n) => (s.cpu = n), 256, 16_384, 'CPU units'),
  timeout: (settings, value) => {
    const match = /^(\d+)([smhd]?)$/.exec(value);
    if (!match) return 'a duration such as 90s, 15m or 2h';
    settings.timeout = Number(match[1]) * DURATION[match[2]!]!;
    return undefined;
  },
  retry: integer((s, n) => (s.retry = n), 0, 100, 'attempts'),
  image: (s, value) => void (s.image = value),
  layers: (s, value) => void (s.layers = list(value)),
  role: (s, value) => void (s.role = value),
  allow: (s, value) => void (s.allow = [...(s.allow ?? []), ...list(value)]),
  deny: (s, value) => void (s.deny = [...(s.deny ?? []), ...list(value)]),
  files: (s, value) => void (s.files = list(value)),
  secret: (s, value) => void (s.secret = list(value)),
  fuse: (s) => void (s.fuse = true),
  split: (s) => void (s.split = true),
  parallel: integer((s, n) => (s.parallel = n), 1, 10_000, 'branches'),
};

/** Words of a directive: separated by blanks, with double quotes around values that hold some. */
function words(text: string): { text: string; at: number }[] {
  const found: { text: string; at: number }[] = [];
  for (const match of text.matchAll(/(?:[^\s"]|"[^"]*")+/g))
    found.push({ text: match[0].replace(/"/g, ''), at: match.index });
  return found;
}

function parseDirective(text: string, at: number, problems: DirectiveProblem[]): StepSettings {
  const settings: StepSettings = {};
  const items = words(text);
  for (let i = 0; i < items.length; i += 1) {
    const item = items[i]!;
    const span = { start: at + item.at, end: at + item.at + item.text.length };
    let [key, value] = split(item.text);
    if (key === 'resource' && value === '') {
      // `resource NAME=pattern`, as the manual writes it.
      [key, value] = ['resource', items[i + 1]?.text ?? ''];
      i += 1;
    } else if (
      (key === 'allow' || key === 'role' || key === 'deny') &&
      value === '' &&
      items[i + 1] &&
      !items[i + 1]!.text.includes('=')
    ) {
      value = items[i + 1]!.text;
      i += 1;
    }
    if (key === 'resource') {
      const [name, pattern] = split(value);
      if (name === '' || pattern === '')
        problems.push({
          span,
          message: 'directive `resource` wants NAME=PATTERN',
          hint: 'write `# sh2sfn: resource BUCKET=my-bucket-*`',
          unknownKey: false,
        });
      else settings.resource = { ...settings.resource, [name]: pattern };
      continue;
    }
    const parser = Object.hasOwn(KEYS, key) ? KEYS[key] : undefined;
    if (!parser) {
      const near = nearest(key, [...Object.keys(KEYS), 'resource']);
      problems.push({
        span,
        message: `unknown directive \`${key}\``,
        hint: near ? `did you mean \`${near}\`?` : `known are ${[...Object.keys(KEYS), 'resource'].sort().join(', ')}`,
        unknownKey: true,
      });
      continue;
    }
    const expected = value === '' && key !== 'fuse' && key !== 'split' ? 'a value' : parser(settings, value);
    if (expected !== undefined)
      problems.push({
        span,
        message: `directive \`${key}\` wants ${expected}`,
        hint: `write \`${key}=VALUE\` with ${expected}`,
        unknownKey: false,
      });
  }
  return settings;
}

function split(text: string): [string, string] {
  const equals = text.indexOf('=');
  return equals < 0 ? [text, ''] : [text.slice(0, equals), text.slice(equals + 1)];
}

/** The known word within two edits of a misspelt one. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const distance = (a: string, b: string): number => {
    let row = Array.from({ length: b.length + 1 }, (_, i) => i);
    for (let i = 1; i <= a.length; i += 1) {
      const next = [i];
      for (let j = 1; j <= b.length; j += 1)
        next[j] = Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1));
      row = next;
    }
    return row[b.length]!;
  };
  const ranked = known.map((k) => ({ k, d: distance(word, k) })).sort((a, b) => a.d - b.d);
  return ranked[0] && ranked[0].d <= 2 ? ranked[0].k : undefined;
}

/** Finds the directives of a script and the commands that they speak of. */
export function parseDirectives(script: Script, text: string, lineOf: (offset: number) => number): Directives {
  const problems: DirectiveProblem[] = [];
  if (!text.includes('sh2sfn:')) return { settings: () => undefined, problems };
  // What stands inside words and here-documents is data, not a comment.
  const data: Span[] = [];
  const starts: number[] = [];
  walk(script, (node) => {
    if (node.type === 'Word' || node.type === 'Assignment') {
      data.push({ start: node.pos, end: node.end });
      return false;
    }
    if (node.type === 'HereDoc') data.push({ start: node.body.pos, end: node.closing?.end ?? text.length });
    if (node.type === 'Command') starts.push(node.pos);
    return undefined;
  });
  const firstCommand = starts.length > 0 ? Math.min(...starts) : text.length;
  const directives: Directive[] = [];
  let defaults: StepSettings | undefined;
  for (const match of text.matchAll(/(^|[ \t;&|()])#[ \t]*sh2sfn:[ \t]*([^\n]*)/gm)) {
    const hash = match.index + match[1]!.length;
    if (data.some((span) => hash >= span.start && hash < span.end)) continue;
    const body = match[2]!;
    const at = match.index + match[0].length - body.length;
    const settings = parseDirective(body, at, problems);
    const lineStart = text.lastIndexOf('\n', hash - 1) + 1;
    const trailing = text.slice(lineStart, hash).trim() !== '';
    const line = lineOf(hash);
    // A bare one at the top, with a blank line or another comment between it and the first command, is the default.
    const rest = text.slice(match.index + match[0].length + 1);
    if (!trailing && hash < firstCommand && /^[ \t]*(\n|$)/.test(rest)) defaults = { ...defaults, ...settings };
    else
      directives.push({
        span: { start: hash, end: match.index + match[0].length },
        start: trailing ? line : line + 1,
        trailing,
        settings,
      });
  }
  const byLine = new Map<number, StepSettings>();
  for (const d of directives) byLine.set(d.start, { ...byLine.get(d.start), ...d.settings });
  // A comment above others above a command: it still speaks of the command.
  const lines = text.split('\n');
  for (const d of directives) {
    if (d.trailing) continue;
    let line = d.start;
    while (line <= lines.length && /^\s*#/.test(lines[line - 1] ?? '')) line += 1;
    if (line !== d.start) byLine.set(line, { ...d.settings, ...byLine.get(line) });
  }
  return {
    problems,
    ...(defaults ? { defaults } : {}),
    settings: (node) => {
      const own = byLine.get(lineOf(node.pos));
      if (!own) return defaults;
      return { ...defaults, ...own };
    },
  };
}
