/**
 * Libraries: files that the script reads with `.` or `source`. Which file a command will read only run time knows; here it is
 * guessed from the words, and at run time the step compares what it finds with what was compiled in.
 */
import { createHash } from 'node:crypto';
import { posix } from 'node:path';
import {
  type AndOr,
  type Assignment,
  type Command,
  type CommandExpansionPart,
  type CommandNode,
  type CompoundList,
  keepingIndex,
  type ParameterExpansionPart,
  type Pipeline,
  type Script,
  type Statement,
  type SyntaxNode,
  type Word,
  type WordPart,
  walk,
} from '../parse/ast.ts';
import { parseScript } from '../parse/parse.ts';
import { JoinedSource, SourceFile } from '../source/source-file.ts';
import { argumentValues, collectFacts, commandName } from './facts.ts';
import { ownsItsSource } from './text.ts';
import { READS_FILES, withoutAllComments } from './text-search.ts';
import { changesSource, functionsBefore } from './unsupported.ts';

/** A file that is compiled in. */
export interface Library {
  id: number;
  /** As found from the working directory. */
  path: string;
  sha256: string;
  /** Where its text starts in the joined source; positions of its nodes count from the joined source's start. */
  start: number;
  script: Script;
  /** It may be given arguments: positional parameters do not outlast it in ways of their own. */
  takesArguments: boolean;
}

export interface Libraries {
  source: SourceFile;
  libraries: Library[];
  /** The library that a `.` command reads, by guess. */
  sites: Map<Command, Library>;
  /** What the script's own files say, without comments, that commands read which are no sites. */
  unsplit: string;
}

/** Finds a file by its path from the working directory. */
export type ReadLibrary = (path: string) => { bytes: Uint8Array } | undefined;

/** Beyond this a file is data rather than a library. */
const LARGEST = 262_144;

/** The `.` commands that the script's own shell executes outside loops, functions, subshells and redirections. */
export function sourcingCommands(statements: readonly Statement[]): Command[] {
  return statements.flatMap((statement) => (statement.background ? [] : fromNode(statement.command)));
}

const fromList = (list: CompoundList | undefined): Command[] => (list ? sourcingCommands(list.commands) : []);

function fromNode(node: CommandNode | Pipeline | AndOr): Command[] {
  switch (node.type) {
    case 'Command': {
      const name = node.name?.text;
      return (name === '.' || name === 'source') && node.prefix.length === 0 && node.redirects.length === 0
        ? [node]
        : [];
    }
    case 'AndOr':
      return node.commands.flatMap(fromNode);
    case 'Pipeline':
      return node.commands.length === 1 ? fromNode(node.commands[0]!) : [];
    case 'BraceGroup':
      return fromList(node.body);
    case 'If':
      return [
        node.clause,
        node.then,
        ...node.elif.flatMap(({ clause, then }) => [clause, then]),
        ...(node.else ? [node.else] : []),
      ].flatMap(fromList);
    case 'Case':
      return node.items.flatMap(({ body }) => fromList(body));
    default:
      return [];
  }
}

/** Guesses what a word expands to, as far as it is made of the script's own name and plain assignments. */
class Guess {
  private readonly main: string;
  private readonly assignments = new Map<string, { value: Word; file: string }[]>();
  private readonly unread: (() => void)[] = [];

  constructor(main: string) {
    this.main = main;
  }

  /** Takes down what a file assigns, when it is first asked for. */
  learn(script: Script, file: string): void {
    this.unread.push(() => this.read(script, file));
  }

  private read(script: Script, file: string): void {
    const add = ({ name, value, append, index }: Assignment): void => {
      if (value.type !== 'Word' || append || index) return;
      const known = this.assignments.get(name);
      if (known) known.push({ value, file });
      else this.assignments.set(name, [{ value, file }]);
    };
    walk(script, (node) => {
      if (ownsItsSource(node)) return false;
      if (node.type === 'Assignment') add(node);
      return undefined;
    });
  }

  word(word: Word, file: string, depth = 0): string | undefined {
    if (depth > 8 || word.text.startsWith('~')) return undefined;
    return word.parts ? this.parts(word.parts, file, depth) : word.value;
  }

  private parts(parts: readonly WordPart[], file: string, depth: number): string | undefined {
    let value = '';
    for (const part of parts) {
      const piece = this.part(part, file, depth);
      if (piece === undefined) return undefined;
      value += piece;
    }
    return value;
  }

  private part(part: WordPart, file: string, depth: number): string | undefined {
    switch (part.type) {
      case 'Literal':
      case 'SingleQuoted':
      case 'AnsiCQuoted':
        return part.value;
      case 'DoubleQuoted':
        return this.parts(part.parts, file, depth);
      case 'SimpleExpansion':
        return this.parameter(part.text.slice(1), file, depth);
      case 'ParameterExpansion':
        return this.expansion(part, file, depth);
      case 'CommandExpansion':
        return this.output(part, file, depth);
      default:
        return undefined;
    }
  }

  private parameter(name: string, file: string, depth: number): string | undefined {
    if (name === '0') return this.main;
    if (name === 'BASH_SOURCE') return file;
    if (name === 'PWD') return '.';
    for (const read of this.unread.splice(0)) read();
    for (const { value, file: where } of this.assignments.get(name) ?? []) {
      const known = this.word(value, where, depth + 1);
      if (known !== undefined) return known;
    }
    return undefined;
  }

  private expansion(part: ParameterExpansionPart, file: string, depth: number): string | undefined {
    if (part.prefix || (part.index && part.index.text !== '0')) return undefined;
    const value = this.parameter(part.parameter, file, depth);
    const { operation } = part;
    if (!operation) return value;
    if (operation.type === 'Default' && /^:?-$/.test(operation.operator))
      return value ?? this.word(operation.operand, file, depth + 1);
    if (operation.type === 'Remove' && /^%%?$/.test(operation.operator) && operation.operand.text === '/*')
      return value === undefined || !value.includes('/')
        ? value
        : value.slice(0, operation.operator === '%' ? value.lastIndexOf('/') : value.indexOf('/'));
    return undefined;
  }

  /** `$(dirname X)`, `$(cd X && pwd)`, `$(realpath X)`. */
  private output(part: CommandExpansionPart, file: string, depth: number): string | undefined {
    const { script } = part;
    if (!script || ownsItsSource(script)) return undefined;
    const commands = script.commands.flatMap(({ command }) =>
      command.type === 'AndOr' ? command.commands : [command],
    );
    const [first, last] = [commands[0], commands[commands.length - 1]];
    if (first?.type !== 'Command' || last?.type !== 'Command') return undefined;
    const operand = first.args.findLast((arg) => arg.type === 'Word' && !/^-/.test(arg.text));
    const value = operand?.type === 'Word' ? this.word(operand, file, depth + 1) : undefined;
    const name = commandName(first);
    if (commands.length === 2 && name === 'cd' && commandName(last) === 'pwd') return value;
    if (commands.length !== 1) return undefined;
    if (name === 'pwd') return '.';
    if (name === 'dirname') return value === undefined ? undefined : posix.dirname(value);
    return name === 'realpath' || name === 'readlink' ? value : undefined;
  }
}

/** Whether a file may set positional parameters: those that `set` makes stay with who gave it others. */
function setsParameters(script: Script): boolean {
  let sets = false;
  walk(script, (node) => {
    if (node.type !== 'Command') return;
    const name = commandName(node);
    if (name === null || name === 'eval' || name === '.' || name === 'source') sets = true;
    if (name !== 'set') return;
    const values = argumentValues(node);
    sets ||= !values.every(
      (value, index) => value !== null && (/^[-+]\w/.test(value) || /^[-+]\w*o$/.test(values[index - 1] ?? '')),
    );
  });
  return sets;
}

/** Finds the files that the script's `.` commands read, and those that these read. */
export function findLibraries(main: SourceFile, script: Script, read: ReadLibrary): Libraries {
  const sites = new Map<Command, Library>();
  const libraries: Library[] = [];
  const sources: SourceFile[] = [];
  const guess = new Guess(main.path);
  const byPath = new Map<string, Library | undefined>();
  const looked = new Set<SyntaxNode>();
  let length = main.text.length + 1;

  const load = (path: string): Library | undefined => {
    const bytes = read(path)?.bytes;
    if (!bytes || bytes.length > LARGEST) return undefined;
    const text = Buffer.from(bytes).toString('latin1');
    if (text.includes('\0') || text.includes('\r')) return undefined;
    const padded = `${' '.repeat(length - 1)}\n${text}`;
    const { value: parsed, diagnostics } = keepingIndex(() => parseScript(new SourceFile(path, padded)));
    if (!parsed || diagnostics.length > 0) return undefined;
    const library: Library = {
      id: libraries.length + 1,
      path,
      sha256: createHash('sha256').update(bytes).digest('hex'),
      start: length,
      script: parsed,
      takesArguments: !setsParameters(parsed),
    };
    // Bash may know functions on its first line by the name of the private file that it reads.
    const firstLine = length + text.indexOf('\n');
    const asked = /BASH_SOURCE|\bcaller\b/.test(text) || /\bcaller\b|BASH_SOURCE\[(?!0\])/.test(main.text);
    if (changesSource(parsed) || (asked && functionsBefore(parsed, firstLine).length > 0)) return undefined;
    const facts = collectFacts(parsed, padded);
    if (facts.whole || facts.ties.length > 0) return undefined;
    libraries.push(library);
    sources.push(new SourceFile(path, text));
    length += text.length + 1;
    return library;
  };

  /** The script's own files that a word in `file` may name: from the working directory, or beside the script. */
  const pathsOf = (word: Command['args'][number] | undefined, file: string): string[] => {
    const value = word?.type === 'Word' ? guess.word(word, file) : undefined;
    if (!value?.includes('/')) return [];
    return [value, posix.join(posix.dirname(main.path), value)].filter(own);
  };

  const visit = (statements: readonly Statement[], file: string): void => {
    for (const command of sourcingCommands(statements)) {
      if (looked.has(command)) continue;
      looked.add(command);
      const [word, ...given] = command.args;
      for (const path of pathsOf(word, file)) {
        if (posix.normalize(path) === posix.normalize(main.path)) continue;
        const key = posix.normalize(path);
        if (!byPath.has(key)) {
          const library = load(path);
          byPath.set(key, library);
          if (library) {
            guess.learn(library.script, path);
            visit(library.script.commands, path);
          }
        }
        const library = byPath.get(key);
        if (!library) continue;
        if (given.length === 0 || library.takesArguments) sites.set(command, library);
        break;
      }
    }
  };

  // What lies elsewhere in the system belongs to the machine that the script runs on.
  const home = `${posix.dirname(posix.dirname(main.path)).replace(/\/$/, '')}/`;
  const own = (path: string): boolean =>
    !path.startsWith('/') || (main.path.startsWith('/') && home !== '/' && posix.normalize(path).startsWith(home));

  // Most scripts read no file.
  if (!READS_FILES.test(main.text)) return { source: main, libraries, sites, unsplit: '' };
  guess.learn(script, main.path);
  visit(script.commands, main.path);
  const unsplit = new Map<string, string>();
  const readUnsplit = (script: SyntaxNode, file: string): void =>
    walk(script, (node) => {
      if (node.type !== 'Command' || sites.has(node) || !['.', 'source'].includes(node.name?.text ?? '')) return;
      const path = pathsOf(node.args[0], file).find((path) => read(path));
      if (path === undefined || unsplit.has(path)) return;
      const text = Buffer.from(read(path)!.bytes).toString('latin1');
      unsplit.set(path, withoutAllComments(text));
      const parsed = READS_FILES.test(text) && keepingIndex(() => parseScript(new SourceFile(path, text))).value;
      if (parsed) readUnsplit(parsed, path);
    });
  readUnsplit(script, main.path);
  for (const library of libraries) readUnsplit(library.script, library.path);
  return {
    source: libraries.length === 0 ? main : new JoinedSource(main, sources),
    libraries,
    sites,
    unsplit: [...unsplit.values()].join('\n'),
  };
}
