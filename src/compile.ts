/**
 * The stages of the compiler, in order. A newcomer learns the system from this page:
 *
 * SourceFile ─parse→ Script ─lower→ Program ─verify→ Program ─generate→ definition + steps ─roles→ roles ─→ Bundle
 */
import { createHash } from 'node:crypto';
import { type Bundle, DEFINITION_LIMIT, type Manifest } from './bundle.ts';
import { generateDefinition } from './codegen-asl/codegen.ts';
import { createDiagnostic } from './diagnostics/catalog.ts';
import type { Diagnostic } from './diagnostics/diagnostic.ts';
import { initialFlags, mayExpandAliases } from './ir/facts.ts';
import { findLibraries, type ReadLibrary } from './ir/libraries.ts';
import { type Granularity, type LowerOptions, type Room, TooLargeError } from './ir/lower/context.ts';
import { STEP_BYTES } from './ir/lower/estimate.ts';
import {
  type Analysis,
  analyzeScript,
  type Counted,
  type Lowered,
  lowerScript,
  readAsFiles,
  type SharedCommand,
} from './ir/lower/script.ts';
import { runsWhole } from './ir/lower/split.ts';
import { printProgram } from './ir/print.ts';
import type { Program } from './ir/program.ts';
import type { Reason } from './ir/reasons.ts';
import { findRights } from './ir/rights.ts';
import { findShellName, findUnnamed, findUnsupported } from './ir/unsupported.ts';
import { verifyProgram } from './ir/verify.ts';
import { literalValue, type Script, some, walk } from './parse/ast.ts';
import { readBackticks } from './parse/backticks.ts';
import { parseDirectives } from './parse/directives.ts';
import { emptyScript, type Parsed, parseScript } from './parse/parse.ts';
import { PROTOCOL } from './runtime/protocol.ts';
import { endsInBackslash, SourceFile } from './source/source-file.ts';
import { addFiles, type ReadFile } from './step-files.ts';

export interface CompileOptions {
  granularity?: Granularity;
  /** The shell starts in POSIX mode. */
  posix?: boolean;
  /** Name of the machine; by default the script's, without directories and ending. */
  name?: string;
  /** Finds a file of the user's that a step names, with its mode; undefined where there is none. */
  readFile?: ReadFile;
  /** Likewise, for files that the script reads with `.`: their commands become steps too. By default `readFile`. */
  readLibrary?: ReadLibrary;
  /** Words given to the shell's `set` before the script (`-e`, `-o`, `pipefail`). */
  set?: readonly string[];
  /** Run the script whole, unparsed, for this reason: our parser cannot read what bash can. */
  opaque?: Reason;
}

export interface Compiled {
  ast: Script;
  program: Program;
  /** The program as text. */
  ir: () => string;
  /** The commands that have no step of their own, in source order. */
  shared: () => SharedCommand[];
  bundle: Bundle;
}

export interface CompileResult {
  value?: Compiled;
  diagnostics: Diagnostic[];
}

/** An operator with a line continuation inside, which our parser does not know. */
const CONTINUED_OPERATOR = /[&|;<>($]\\\n[&|;<>({-]|\d\\\n[<>]/;

const CONTINUED_PARENTHESES = /^\((\\\n)+\(|\)(\\\n)+\)$/;

/** True if the parentheses of some `((…))`, or of a subshell in a subshell, are divided by a line continuation: bash reads them otherwise. */
function dividesParentheses(script: Script, text: string): boolean {
  return (
    /[()]\\\n[()]/.test(text) &&
    some(
      script,
      ({ type, pos, end }) =>
        (type === 'ArithmeticCommand' || type === 'Subshell') && CONTINUED_PARENTHESES.test(text.slice(pos, end)),
    )
  );
}

/** Name of a machine for a script. */
export function machineName(path: string): string {
  return (
    path
      .replace(/^.*\//, '')
      .replace(/\.[A-Za-z0-9]+$/, '')
      .replace(/[^A-Za-z0-9_-]+/g, '-')
      .slice(0, 60) || 'script'
  );
}

interface Attempt {
  lowered: Lowered;
  generated: ReturnType<typeof generateDefinition>;
  text: string;
}

function renameReason(lowered: Lowered, from: Reason, to: Reason): Lowered {
  const count = (): Counted => {
    const { statistics, shared } = lowered.count();
    const { [from]: renamed = 0, ...others } = statistics.reasons;
    const reasons = Object.fromEntries(
      Object.entries(renamed > 0 ? { ...others, [to]: renamed + (others[to] ?? 0) } : others).sort(([a], [b]) =>
        a < b ? -1 : 1,
      ),
    );
    return {
      statistics: { ...statistics, reasons },
      shared: shared.map((command) => (command.reason === from ? { ...command, reason: to } : command)),
    };
  };
  return { ...lowered, count };
}

/** What a lowering is tried with. */
type Way = Pick<LowerOptions, 'granularity' | 'dynamicCalls' | 'room'>;

/** Bytes that a step takes at the most, on the average: where so few do not fit, something else takes the room. */
const LARGEST_STEP = 4000;

/** Scripts with so many times the commands that there is room for are tried as wholes first. */
const HUGE = 4;

/** The share of the room that is tried first: all steps are counted where only rights divide what is beyond. */
const FIRST: Readonly<Record<Room['beyond'], number>> = { auto: 0.8, rights: 0.95 };
/** How much more another attempt must promise. */
const WORTHWHILE = 1.1;
const MOST_TRIES = 4;

/** The most divided program whose definition is not too large; `whole`: all that is asked for, or none. */
function divide(
  granularity: Granularity,
  lower: (how: Way) => Attempt,
  commands: () => number,
  whole = false,
): Attempt | undefined {
  let last: TooLargeError | undefined;
  const attempt = (way: Way): Attempt | undefined => {
    try {
      return lower(way);
    } catch (error) {
      if (!(error instanceof TooLargeError)) throw error;
      last = error;
      return undefined;
    }
  };
  const full = attempt({ granularity });
  if (full || whole || granularity === 'script') return full;
  const plain = last!.dynamicCalls ? attempt({ granularity, dynamicCalls: false }) : undefined;
  const fit = (beyond: Room['beyond'], least: () => Attempt | undefined): Attempt | undefined =>
    divideToFit(
      FIRST[beyond],
      (steps) => attempt({ granularity, room: { steps, beyond } }),
      () => last?.bytes,
      least,
    );
  const fitRights = (): Attempt | undefined =>
    fit(
      'rights',
      once(() => attempt({ granularity, dynamicCalls: false, room: { steps: 0, beyond: 'rights' } })),
    );
  if (granularity === 'auto') return plain ?? fitRights();
  const auto = once(() => attempt({ granularity: 'auto', dynamicCalls: false }));
  // Where most will have to be whole, it may be that not even that fits.
  const huge = commands() > (HUGE * DEFINITION_LIMIT) / STEP_BYTES;
  // Functions that only such calls reach would have no steps: it may be better to keep others whole.
  const less = huge && !auto() ? undefined : fit('auto', auto);
  if (plain && plain.lowered.count().statistics.split >= (less?.lowered.count().statistics.split ?? 0)) return plain;
  const found = less ?? fitRights();
  return found && { ...found, lowered: renameReason(found.lowered, 'auto', 'definition-size') };
}

/** A function that computes its answer when it is first called. */
function once<T>(compute: () => T): () => T {
  let answer: { value: T } | undefined;
  return () => (answer ??= { value: compute() }).value;
}

/**
 * Finds how many steps there is room for, from a share of it on: what one attempt has taken tells what the next may. `least`
 * answers what has the fewest steps; where that is too much, so is all else.
 */
function divideToFit(
  first: number,
  attempt: (room: number) => Attempt | undefined,
  bytes: () => number | undefined,
  least: () => Attempt | undefined,
): Attempt | undefined {
  let best: Attempt | undefined;
  let fits = DEFINITION_LIMIT / LARGEST_STEP;
  let exceeds = Infinity;
  let room = (first * DEFINITION_LIMIT) / STEP_BYTES;
  // One that has found something may be followed by few others.
  for (let tries = 0; room > fits && (!best || tries < MOST_TRIES); tries += 1) {
    const found = attempt(room);
    const taken = found ? found.text.length : bytes();
    if (found) [best, fits] = [found, WORTHWHILE * room];
    else exceeds = room;
    if (!best && (tries > 0 || taken === undefined) && !least()) return undefined;
    const share = taken === undefined ? 0.8 : (0.97 * DEFINITION_LIMIT) / taken;
    room = found ? Math.min(share * room, (room + exceeds) / 2) : Math.min(0.95, share) * room;
    if (room <= fits || !found) continue;
    const { auto, 'definition-size': undivided } = found.lowered.count().statistics.reasons;
    // All is divided.
    if (!auto && !undivided) break;
  }
  return best ?? least();
}

/** Bash drops a backslash that ends the file, behind which the text of a step goes on; in a here-document it may stand for itself. */
function withoutLastBackslash(source: SourceFile): SourceFile {
  const { path, text } = source;
  if (!endsInBackslash(text)) return source;
  const { value } = parseScript(source);
  if (value && some(value, (node) => node.type === 'HereDoc' && !node.closing)) return source;
  return new SourceFile(path, text.slice(0, -1));
}

/** Compiles a script. Nothing is read or written but what `readFile` answers. */
export function compileScript(file: SourceFile, options: CompileOptions = {}): CompileResult {
  const original = withoutLastBackslash(file);
  // An alias can change the grammar: bash reads what no parser of the text alone can.
  const set = [...(options.set ?? []), ...(options.posix ? ['-o', 'posix'] : [])];
  const flags = initialFlags(set);
  const aliased = (): boolean =>
    original.text.includes('alias') && /\balias\b/.test(original.text) && mayExpandAliases(original.text, set);
  const own = options.opaque === undefined ? parseScript(original) : undefined;
  let opaque = options.opaque;
  if (own?.diagnostics.some((d) => d.code === 'SH1001')) {
    if (aliased()) opaque = 'alias';
    else if (CONTINUED_OPERATOR.test(original.text)) opaque = 'parser';
  } else if (own?.value && dividesParentheses(own.value, original.text)) {
    opaque = 'parser';
  }
  const parsed: Parsed = opaque === undefined ? own! : { value: emptyScript(original.text), diagnostics: [] };
  const diagnostics = [...parsed.diagnostics];
  if (!parsed.value) return { diagnostics };
  const { script, source } = (options.granularity === 'command' &&
  opaque === undefined &&
  !aliased() &&
  !/[vx]/.test(flags)
    ? readBackticks(parsed.value, original)
    : undefined) ?? { script: parsed.value, source: original };
  const lineOf = (offset: number): number => source.position(offset).line;

  const directives = parseDirectives(script, source.text, lineOf);
  for (const problem of directives.problems) {
    diagnostics.push(
      createDiagnostic(problem.unknownKey ? 'SH1005' : 'SH1006', {
        message: problem.message,
        labels: [{ span: problem.span, text: 'here', primary: true }],
        hints: [problem.hint],
      }),
    );
  }
  if (
    /\b(PIPESTATUS|BASH_SOURCE|caller|compgen|declare|typeset)\b|\bset['"]?\s*([;)}&|>\n$"]|$)|\$\{!P/.test(source.text)
  )
    diagnostics.push(...findUnsupported(script));
  if (diagnostics.some((d) => d.severity === 'error')) return { diagnostics };

  const granularity = options.granularity ?? 'auto';
  const readLibrary = options.readLibrary ?? options.readFile;
  const libraries = readLibrary && !opaque ? findLibraries(source, script, readLibrary) : undefined;
  const needsRights = readLibrary && findRights(source.path, readLibrary);
  const joined = libraries?.source ?? source;
  const lineIn = (offset: number): number => joined.position(offset).line;
  const fileAt = (offset: number): string | undefined => joined.fileAt(offset);
  const lowerWith =
    (analysis: Analysis) =>
    (how: Way): Attempt => {
      const lowered = lowerScript(analysis, {
        ...how,
        limit: DEFINITION_LIMIT,
        settings: directives.settings,
        defaults: directives.defaults,
        needsRights,
        opaque,
      });
      const faults = verifyProgram(lowered.program);
      if (faults.length > 0) throw new Error(`the compiler made an unsound program: ${faults[0]}`);
      const generate = (compact: boolean): Attempt => {
        const generated = generateDefinition(lowered.program, {
          line: lineIn,
          file: source.path,
          fileAt,
          flags,
          compact,
        });
        return { lowered, generated, text: JSON.stringify(generated.definition) };
      };
      // What does not fit whole is always compact.
      const usual = how.room === undefined ? generate(false) : undefined;
      if (usual && usual.text.length <= DEFINITION_LIMIT) return usual;
      const compact = generate(true);
      if (compact.text.length > DEFINITION_LIMIT) throw new TooLargeError(lowered.dynamicCalls, compact.text.length);
      return compact;
    };
  const analysis = analyzeScript(source, script, set, libraries);
  const unnamed = [
    ...findShellName(joined),
    ...findUnnamed(script, source, runsWhole({ options: { granularity }, facts: analysis.facts })),
  ];
  if (unnamed.length > 0) return { diagnostics: [...diagnostics, ...unnamed] };
  const commands = (): number => {
    let count = 0;
    walk(script, ({ type }) => {
      if (type === 'Command') count += 1;
    });
    return count;
  };
  // Libraries are read in one step each before anything else is divided less.
  const attempt =
    analysis.libraries.length > 0
      ? (divide(granularity, lowerWith(analysis), commands, true) ??
        divide(granularity, lowerWith(analyzeScript(source, script, set, readAsFiles(source, libraries!))), commands))
      : divide(granularity, lowerWith(analysis), commands);
  if (!attempt) {
    diagnostics.push(
      createDiagnostic('SH4002', {
        message: `the definition would have more than the ${DEFINITION_LIMIT.toLocaleString('en')} bytes that Step Functions takes`,
        labels: [],
        hints: [
          granularity === 'script'
            ? 'divide the script'
            : 'divide the script, or use `--granularity script`: one step, which has the rights of all commands',
        ],
      }),
    );
    return { diagnostics };
  }
  const { lowered, generated, text } = attempt;
  const used = stepsOf(generated.definition);
  const steps = lowered.steps.filter((step) => used.has(step.key));
  if (options.readFile)
    addFiles(
      steps,
      {
        path: source.path,
        ...lowered,
        literals: () => literalsOf([script, ...lowered.compiledIn.map((library) => library.script)]),
      },
      options.readFile,
    );
  const name = options.name ?? machineName(source.path);
  const manifest: Manifest = {
    protocol: PROTOCOL,
    name,
    // Hashes are made when they are asked for: a run needs none.
    get identity() {
      return sha256(`${name}\0${text}`).slice(0, 16);
    },
    script: {
      path: source.path,
      get sha256() {
        return sha256(Buffer.from(original.text, 'latin1'));
      },
    },
    granularity,
    functions: lowered.functions,
    traps: lowered.traps,
    steps,
    get sourceMap() {
      return generated.sourceMap();
    },
    get statistics() {
      return { ...lowered.count().statistics, states: generated.states };
    },
  };
  return {
    value: {
      ast: script,
      program: lowered.program,
      ir: () => printProgram(lowered.program, lineIn),
      shared: () => lowered.count().shared,
      bundle: { manifest, definition: generated.definition, roles: {} },
    },
    diagnostics,
  };
}

function sha256(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}

/** Keys of the steps that some state of the definition invokes. */
function stepsOf(definition: Record<string, unknown>): Set<string> {
  const keys = new Set<string>();
  const visit = (states: Record<string, Record<string, unknown>>): void => {
    for (const state of Object.values(states)) {
      const name = (state.Arguments as { FunctionName?: string } | undefined)?.FunctionName;
      if (name) keys.add(name.slice(2, -1));
      for (const branch of (state.Branches as { States: typeof states }[] | undefined) ?? []) visit(branch.States);
    }
  };
  visit(definition.States as Record<string, Record<string, unknown>>);
  return keys;
}

/** The words of a script that bash expands to themselves. */
function literalsOf(scripts: readonly Script[]): Set<string> {
  const found = new Set<string>();
  for (const script of scripts)
    walk(script, (node) => {
      const value = node.type === 'Word' ? literalValue(node) : null;
      if (value !== null && value !== '') found.add(value);
    });
  return found;
}
