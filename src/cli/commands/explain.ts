/** `sh2sfn explain`: the page of a diagnostic, or the list of all. */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { CATALOG, type Code, isCode } from '../../diagnostics/catalog.ts';
import { nearest } from '../../parse/directives.ts';
import { type Session, STATUS } from '../session.ts';
import { usageError } from '../usage.ts';

/** The page of a code: beside dist/ in the package, or above src/cli/commands/ in the source tree. */
function page(code: Code): string {
  for (const up of ['..', '../../..']) {
    const path = fileURLToPath(new URL(`${up}/docs/diagnostics/${code}.md`, import.meta.url));
    if (existsSync(path)) return readFileSync(path, 'utf8');
  }
  return `# ${code} ${CATALOG[code].slug}\n\n${CATALOG[code].title}.\n`;
}

export function explainCommand(word: string | undefined, options: { json?: boolean }, session: Session): number {
  const codes = (Object.keys(CATALOG) as Code[]).sort();
  if (word === undefined) {
    const rows = codes.map((code) => ({ code, ...CATALOG[code] }));
    if (options.json) session.stdout(`${JSON.stringify(rows, null, 2)}\n`);
    else session.stdout(rows.map(({ code, slug, title }) => `${code}  ${slug.padEnd(24)} ${title}\n`).join(''));
    return STATUS.ok;
  }
  const upper = word.toUpperCase().replace(/^(?=\d)/, 'SH');
  const code = isCode(upper) ? upper : codes.find((c) => CATALOG[c].slug === word.toLowerCase());
  if (!code) {
    const near =
      nearest(upper, codes) ??
      nearest(
        word.toLowerCase(),
        codes.map((c) => CATALOG[c].slug),
      );
    throw usageError(
      `there is no diagnostic \`${word}\``,
      near ? `did you mean \`${near}\`?` : '`sh2sfn explain` lists them all',
    );
  }
  const text = page(code);
  session.stdout(options.json ? `${JSON.stringify({ code, ...CATALOG[code], page: text }, null, 2)}\n` : text);
  return STATUS.ok;
}
