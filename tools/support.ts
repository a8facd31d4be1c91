/**
 * docs/support.md, made from the fixtures below test/fixtures/support: one small script a construct, compiled with
 * `--granularity command`. `node tools/support.ts` writes the page; a test holds it up to date.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { compileScript } from '../src/compile.ts';
import { CATALOG, type Code } from '../src/diagnostics/catalog.ts';
import { REASONS } from '../src/ir/reasons.ts';
import { SourceFile } from '../src/source/source-file.ts';

const root = join(import.meta.dirname, '..');
const fixtures = join(root, 'test/fixtures/support');
export const PAGE = join(root, 'docs/support.md');

export interface Construct {
  /** The construct, in Markdown. */
  name: string;
  code: string;
}

export interface Section {
  file: string;
  title: string;
  /** Where the manuals speak of it. */
  manual: string;
  constructs: Construct[];
}

/** How a construct is compiled under `--granularity command`. */
export interface Support {
  /** Code of the refusal. */
  refused?: string;
  /** Simple commands, and those with a step of their own. */
  commands: number;
  split: number;
  reasons: string[];
}

/** Reads the fixtures: `## Title | where the manuals speak of it`, then `#### construct` and its script. */
export function readSections(): Section[] {
  return readdirSync(fixtures)
    .sort()
    .map((file) => {
      const [head, ...parts] = readFileSync(join(fixtures, file), 'utf8').split(/^#### /m);
      const [title, manual] = head!.replace(/^## /, '').trim().split(' | ');
      const constructs = parts.map((part) => {
        const newline = part.indexOf('\n');
        return { name: part.slice(0, newline), code: part.slice(newline + 1) };
      });
      return { file, title: title!, manual: manual!, constructs };
    });
}

/** Compiles a construct's script and reads from the statistics how it is divided. */
export function supportOf({ code }: Construct): Support {
  const { value, diagnostics } = compileScript(new SourceFile('./t.sh', Buffer.from(code).toString('latin1')), {
    granularity: 'command',
  });
  const refused = diagnostics.find(({ severity }) => severity === 'error')?.code;
  if (!value || refused) return { refused, commands: 0, split: 0, reasons: [] };
  const { commands, split, reasons } = value.bundle.manifest.statistics;
  return { commands, split, reasons: Object.keys(reasons) };
}

const cell = (text: string): string => text.replaceAll('|', '\\|');

function answer({ refused, commands, split, reasons }: Support): string {
  if (refused)
    return `not yet | [${refused}](diagnostics/${refused}.md): ${CATALOG[refused as Code].title.toLowerCase()}`;
  if (split === commands) return 'yes |';
  const share = split > 0 ? ` (${commands - split} of ${commands} commands)` : '';
  return `in one step${share} | ${reasons.map((reason) => `[${reason}](#reasons)`).join(', ')}`;
}

/** Refusals that the script's text alone decides, with what they mean. */
function refusals(): string[] {
  return (Object.keys(CATALOG) as Code[])
    .filter((code) => /^SH[234]/.test(code) || code === 'SH1003' || code === 'SH1004')
    .map((code) => `| [${code}](diagnostics/${code}.md) | ${CATALOG[code].title} |`);
}

export function renderPage(sections: readonly Section[] = readSections()): string {
  const tables = sections.map(({ title, manual, file, constructs }) => {
    const rows = constructs.map((construct) => `| ${cell(construct.name)} | ${answer(supportOf(construct))} |`);
    return [
      `## ${title}`,
      '',
      `${manual}. Scripts: [${file}](../test/fixtures/support/${file}).`,
      '',
      '| construct | a step for every command | reason |',
      '| --- | --- | --- |',
      ...rows,
      '',
    ].join('\n');
  });
  const all = sections.flatMap(({ constructs }) => constructs.map(supportOf));
  const count = (test: (support: Support) => boolean): number => all.filter(test).length;
  const refused = count((s) => s.refused !== undefined);
  const yes = count((s) => !s.refused && s.split === s.commands);
  return `<!-- Made by tools/support.ts from test/fixtures/support: UPDATE_GOLDEN=1 npm test -- test/support.test.ts -->
# What is supported

Each construct of the shell has a small script here, which is compiled with \`--granularity command\`, run, and compared with bash: output, status and files are the same for every one that is not refused. The second column says how it is divided:

- **yes**: every simple command of the script has a step of its own; what lies between is states of the machine.
- **in one step**: the commands run as they stand in one step with others, in one bash, for a reason of a [closed list](#reasons).
- **not yet**: refused before anything runs, with a [diagnostic](#refused). **Never**: [at the end](#never).

Of ${all.length} constructs: ${yes} yes, ${all.length - yes - refused} in one step, ${refused} not yet. A step runs in a real bash: how it expands, globs and quotes is bash's own doing.

${tables.join('\n')}
## Reasons

Why commands share a step although \`--granularity command\` asks for one each. \`sh2sfn compile --stats\` counts the commands of a script by these reasons. The list is closed: the compiler has no other.

| reason | |
| --- | --- |
${Object.entries(REASONS)
  .map(([reason, text]) => `| ${reason} | ${cell(text)} |`)
  .join('\n')}

## Refused

What is refused because of the script's text, the options or the target, before anything runs.

| code | |
| --- | --- |
${refusals().join('\n')}

\`sh2sfn deploy\` refuses more, because functions share no files and no pipes yet: [SH6001](diagnostics/SH6001.md), [SH6002](diagnostics/SH6002.md), [SH6008](diagnostics/SH6008.md), [SH6012](diagnostics/SH6012.md).

## Never

- Job control at an interactive prompt, prompts, history and line editing: a machine has no terminal to sit at.
- Login shells and start-up files (\`.profile\`, \`.bashrc\`, BASH_ENV): a run begins with the script.
- Running at the same time what bash runs in order, unless the script or a directive asks for it.
`;
}

if (process.argv[1] === import.meta.filename) writeFileSync(PAGE, renderPage());
