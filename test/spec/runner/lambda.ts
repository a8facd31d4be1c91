/**
 * Which cases machines of Lambda functions run as bash runs them: decided before anything runs there, by the compiler's
 * own refusals, by what bash did, and by the text. All others must be equal, or end with a diagnostic.
 */
import { posix } from 'node:path';
import { compileScript } from '../../../src/compile.ts';
import { checkDeployable } from '../../../src/deploy/check.ts';
import { hasErrors } from '../../../src/diagnostics/diagnostic.ts';
import { SourceFile } from '../../../src/source/source-file.ts';
import type { SpecCase } from './case-file.ts';
import { differences } from './judge.ts';
import type { Outcome } from './sandbox.ts';

export type Granularity = 'auto' | 'command';

/** Facts of a function's own: its environment, the names of its directories, and that the script's file is not there. */
const FACTS = /\b(env|printenv)\b|\bexport -p|\bdeclare -x|\$0|\$\{0|BASH_SOURCE|\/tmp\b|\bmktemp\b/;

/** Files that only patterns name do not go along with a step. */
const PATTERN = /(^|[\s/(])[^\s'"]*[*?]/m;

/** Repetitions that would make hundreds of functions' calls, where each command is a function. */
const MANY = /\b[1-9]\d{2,}\b/;
const REPEATS = /\b(for|while|until)\b|\(\)/;

/** Codes by which the case is refused for Lambda before anything runs. */
export function lambdaRefusals({ code, given }: Pick<SpecCase, 'code' | 'given'>, granularity: Granularity): string[] {
  const readLibrary = (path: string): { bytes: Uint8Array } | undefined => {
    const text = given?.[posix.normalize(path)];
    return text === undefined ? undefined : { bytes: Buffer.from(text, 'latin1') };
  };
  const { value, diagnostics } = compileScript(new SourceFile('../t.sh', code), { granularity, readLibrary });
  if (!value || hasErrors(diagnostics)) return diagnostics.map((diagnostic) => diagnostic.code);
  return checkDeployable(value.bundle.manifest, { programs: false }).map((diagnostic) => diagnostic.code);
}

/** Why the case may end differently in Lambda; undefined where it must not. */
export function beyondLambda(spec: SpecCase, bash: Outcome, granularity: Granularity): string | undefined {
  const [code] = lambdaRefusals(spec, granularity);
  if (code !== undefined) return `refused with ${code}`;
  if (granularity === 'command' && MANY.test(spec.code) && REPEATS.test(spec.code)) return 'it would call too often';
  if (spec.stdin !== undefined) return 'it has an input';
  if (spec.given && PATTERN.test(spec.code)) return 'it finds files by patterns';
  if (bash.touched !== false) return 'bash made files';
  if (FACTS.test(spec.code) || /@TOP@|\bcwd\b/.test(bash.stdout + bash.stderr)) return 'it asks for facts of the place';
  return undefined;
}

/** The documented ends of what cannot run in Lambda. */
const CAUSES = /Sh2sfn\.(FilesLeftBehind|ProcessesLeftBehind|Unsupported|OutputLimit|TimedOut)/;

/** What is wrong with the outcome of a case that may end differently: it must be equal, or say why it is not. */
export function beyondProblems(spec: SpecCase, bash: Outcome, got: Outcome): string[] {
  const found = differences({ ...bash, files: {} }, { ...got, files: {} }, false);
  if (found.length === 0) return [];
  const refused = got.status === 2 && got.stdout === '' && /error\[SH\d{4}/.test(got.stderr);
  const failed = got.status === 1 && /error\[SH6007/.test(got.stderr) && CAUSES.test(got.stderr);
  if (spec.given && PATTERN.test(spec.code)) return [];
  if (refused || (failed && bash.stdout.startsWith(got.stdout))) return [];
  return FACTS.test(spec.code) || /@TOP@|\bcwd\b/.test(bash.stdout + bash.stderr) ? [] : found;
}
