/**
 * Extended patterns: whether bash reads `?(…)` as one is settled when it reads the line, by the option as it is then. Our
 * parser always does.
 */
import { forEachChild, literalValue, type Script, type Statement, type SyntaxNode, some } from '../parse/ast.ts';
import { EXTENDED, hasExtendedPattern } from '../parse/lenient.ts';

/** The text without what switches options on. */
const withoutOn = (text: string): string => text.replace(/\bshopt[ \t]+-s[ \t][\w \t]*/g, '');

/** True if a node holds an extended pattern that only the option makes one: `[[` and `${…}` need none. */
function needsOption(node: SyntaxNode): boolean {
  if (node.type === 'TestCommand' || node.type === 'ParameterExpansion') return false;
  if (node.type === 'Word' && hasExtendedPattern(node)) return true;
  let found = false;
  forEachChild(node, (child) => {
    found ||= needsOption(child);
  });
  return found;
}

/** What a command makes of the option for sure: `shopt -s extglob` with nothing around it. */
function sets({ command, background }: Statement): 's' | 'u' | undefined {
  if (background || command.type !== 'Command' || command.prefix.length > 0 || command.redirects.length > 0)
    return undefined;
  const words = [command.name, ...command.suffix].map((word) => (word?.type === 'Word' ? literalValue(word) : null));
  const [name, option] = words;
  if (name !== 'shopt' || !words.includes('extglob')) return undefined;
  return option === '-s' ? 's' : option === '-u' ? 'u' : undefined;
}

/**
 * True if the option may not be on where bash reads a line that needs it, or may be off again where it still runs what it
 * has read: the bash of a step reads that anew.
 */
export function mayNotReadPatterns(script: Script, source: string): boolean {
  if (!EXTENDED.test(source)) return false;
  // Only `shopt` switches it off, in whatever way.
  const mayEnd = withoutOn(source).includes('shopt');
  let on = false;
  // A function, or what only run time knows, may switch it off from then on.
  let unsure = false;
  // A function that was read with the option on.
  let kept = false;
  let line: Statement[] = [];
  const lineEnds = (): boolean => {
    const needing = line.filter(needsOption);
    kept ||= needing.some((statement) => some(statement, ({ type }) => type === 'Function'));
    for (const statement of line) {
      const state = sets(statement);
      if (state) on = state === 's';
      else if (mayEnd && withoutOn(source.slice(statement.pos, statement.end)).includes('extglob')) unsure = true;
    }
    line = [];
    return (!on || unsure) && (kept || needing.length > 0);
  };
  for (const statement of script.commands) {
    const last = line[line.length - 1];
    if (last && source.slice(last.end, statement.pos).includes('\n') && lineEnds()) return true;
    line.push(statement);
    if ((!on || unsure) && needsOption(statement)) return true;
  }
  return lineEnds();
}
