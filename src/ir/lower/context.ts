/** What the visitors of src/ir/lower share: where in the script lowering stands, and the state of the whole pass. */
import type { FunctionDefinition, Statistics, Step, StepSettings } from '../../bundle.ts';
import type { Command, For, FunctionNode, Script, SyntaxNode } from '../../parse/ast.ts';
import type { SourceFile } from '../../source/source-file.ts';
import type { Builder } from '../builder.ts';
import type { Facts } from '../facts.ts';
import type { Library } from '../libraries.ts';
import type { Block, BlockId, Entry, Variable } from '../program.ts';
import type { Reason } from '../reasons.ts';
import type { Continuation } from './carried.ts';
import type { ExitHandler } from './exit-trap.ts';

export type Granularity = 'command' | 'auto' | 'script';

/** A lowered loop that `break` and `continue` may name. */
export interface Loop {
  breakTo: Block;
  continueTo: Block;
  /** Redirected bodies that were open where the loop began. */
  regions: number;
}

/** A function's body as lowered into one graph. */
export interface FunctionInstance {
  definition: FunctionDefinition;
  entry: Block;
  /** Where the body ends; dispatches on the label on top of the call stack. */
  exit: Block;
  graph: number;
  returns: { label: string; block: Block }[];
}

/** Where calls of functions that only run time names go, and where these functions come back. */
export interface Dispatch {
  entry: Block;
  exit: Block;
  returns: FunctionInstance['returns'];
  instances: ReadonlySet<FunctionInstance>;
}

/** A subshell (or command substitution) around the place, within the same function body. */
export interface Enclosure {
  /** Where `exit` leads. */
  end: Block;
  /** Where the subshell ends otherwise, where it may have an EXIT trap: that has not run yet. */
  finish?: Block;
  /** No step has run yet since the shell of a command substitution began here, or around here. */
  opens?: boolean;
}

/** A library whose top level is being lowered at the place where it is read. */
export interface Reading {
  library: Library;
  /** Where its end leads, and `return`. */
  end: Block;
  /** The library that reads this one. */
  outer?: Reading;
}

/** Where in the script lowering stands. */
export interface Context {
  graph: number;
  reading?: Reading;
  function?: FunctionInstance;
  /** errexit is ignored here whatever the caller does. */
  ignore: boolean;
  /** A call with redirections is around: a simple command that errexit ends the shell after leaves the functions first. */
  undoes?: boolean;
  /** The machine's variable says whether errexit is ignored here. */
  dynamicIgnore?: boolean;
  loops: Loop[];
  enclosure?: Enclosure;
  /** Variables that keep the scope outside each open redirected body, innermost last. */
  regions: Variable[];
  /** Variables in use here that a recursive call would overwrite. */
  live: Variable[];
  /** The line that bash counts the commands here on, where that is not the one that they stand on. */
  line?: number;
  /** How many lines further on bash counts the commands here than they stand, where `line` does not say. */
  lineShift?: number;
  /** The last line of the script's command line around, where that has several. */
  lastLine?: number;
  /** Behind `!`: where a compound command goes on whose own redirections fail, which bash does not invert. */
  uninverted?: { node: SyntaxNode; to: Block };
  /** Where the next command line begins: bash goes on there when it abandons one. Only at the top level. */
  nextLine: Block;
}

/** Entry and exits that a whole graph shares. */
export interface GraphContext {
  /** The graph's end: the script ends, or the pipeline stage leaves its scope. */
  end: Block;
  /** Takes the call stack down to the innermost subshell, or to the end. */
  unwind: Block;
  /** As unwind, for an abandoned command line. */
  abandon: Block;
  /** Where subshells that calls were made in end: by `exit`, and with their line. */
  enclosures: { label: string; block: Block; abandoned: Block }[];
  lines: { label: string; block: Block }[];
  instances: Map<string, FunctionInstance>;
  /** What all calls of functions that only run time names share, where there are any. */
  dispatch?: Dispatch;
  /** Where the script goes on in a child execution, if it may have to. */
  child?: Block;
  /** Functions whose bodies this graph or one around it is a part of: those must not be copied again. */
  inside: Set<string>;
  depth: number;
}

/** How far a script is divided whose definition would be too large. */
export interface Room {
  /** Steps that the definition has room for. */
  steps: number;
  /** How functions and statements beyond are divided: as under `auto`, or only where settings and rights would be shared. */
  beyond: 'auto' | 'rights';
}

export interface LowerOptions {
  granularity: Granularity;
  settings: (node: SyntaxNode) => StepSettings | undefined;
  /** Whether a program of the user's needs rights of its own. */
  needsRights?: (path: string) => boolean;
  /** Commands that evaluate a text which only run time knows have steps of their own, if that tells what follows. */
  isolates?: boolean;
  /** Commands whose name only run time knows may be calls of functions that the machine makes. */
  dynamicCalls?: boolean;
  /** What a file's directive gives all commands: those that have nothing else may share a step. */
  defaults?: StepSettings;
  /** Where not everything fits. */
  room?: Room;
  /** A command that may leave a job behind is not in a step that goes on with what follows: a tie holds them together. */
  carries?: false;
  /** A command is in a step with others although the runtime was to judge what it evaluates: no longer one that may run when there are jobs, or none. */
  judges?: 'early' | false;
  /**
   * Bytes of definition beyond which lowering is given up, by what its steps have at least. Those that control cannot reach
   * (behind a `return` or `break` that is a jump) count, though they will not be in the definition.
   */
  limit?: number;
}

/** Bytes that the Task state of a step has at least where others follow (the last ones are few), and those of its second Catch rule. */
export const SMALLEST_TASK = 560;
export const SMALLEST_CATCH = 200;

/** Lowering was given up: the definition would be too large. */
export class TooLargeError extends Error {
  /** Some calls were lowered that need not be. */
  readonly dynamicCalls: boolean;
  /** How large, where that is known. */
  readonly bytes: number | undefined;
  constructor(dynamicCalls: boolean, bytes?: number) {
    super('the definition would be too large');
    this.dynamicCalls = dynamicCalls;
    this.bytes = bytes;
  }
}

/** State of the lowering of one script. */
export interface Lowering {
  source: SourceFile;
  text: string;
  script: Script;
  /** Libraries that may be compiled in, the commands that read them, and the libraries that are. */
  libraries: readonly Library[];
  sites: ReadonlyMap<Command, Library>;
  /** What files say that commands read which are no such ones. */
  unsplit: string;
  /** A file that shows process ids is read in a place where it is not compiled in. */
  readsIds: boolean;
  /** A step runs several lines that the machine should print one after the other. */
  keptTogether: boolean;
  compiledIn: Set<Library>;
  /** Commands that have steps of their own so that the shell may go on that evaluates their text. */
  isolated: ReadonlySet<Command>;
  exitHandler?: ExitHandler;
  facts: Facts;
  options: LowerOptions;
  builder: Builder;
  graphs: GraphContext[];
  steps: Step[];
  definitions: Map<FunctionNode, FunctionDefinition>;
  /** Commands whose name only run time knows, lowered as calls. */
  dynamicCalls: number;
  /** Functions that contain a command worth a step of its own; of those, the ones where it is worth that in a loop too. */
  splitFunctions: Set<string>;
  rightsFunctions: Set<string>;
  /** Parts that are divided less than everything else, and the functions that are worth it there. */
  undivided?: Pick<Lowering, 'splitFunctions' | 'rightsFunctions'> & {
    beyond: Room['beyond'];
    /** Where they stand, in order. */
    parts: readonly { pos: number; end: number }[];
  };
  /** The lists of words that loops of the machine's go through, in each graph. */
  wordLists: Map<For, Map<number, string>>;
  /** Functions that start background jobs. */
  jobFunctions: Set<string>;
  /** Functions that ask for the jobs of the shell that calls them. */
  jobUsers: Set<string>;
  /** Names that a file which only run time knows may define functions by: those may call the script's. */
  foundNames: Set<string>;
  /** Commands whose shell goes on with what follows if they leave a job behind; and those of which it does. */
  carried: Map<Command, Continuation>;
  carrying: Set<Command>;
  /** Commands that the runtime judges before there are jobs, which then are nothing to what they define; and those that have a step for it. */
  judged: Set<Command>;
  /** The calls of functions that they stand in. */
  judgedCalls: Set<Command>;
  judging: Set<Command>;
  /** Commands of which the runtime sees what they evaluate, and nothing follows them in their shell. */
  guarded: Set<Command>;
  /** Commands that leave no job behind, since the runtime judges them whenever they run. */
  seen: Set<Command>;
  /** Traps whose handlers start jobs. */
  startingTraps: Set<SyntaxNode>;
  /** Some trap's handler asks for jobs. */
  handlersAsk: boolean;
  /** Something asks for jobs that its own list need not have started. */
  asksForAny: boolean;
  /** Lists that ask for no jobs but those that they have started themselves, and whether they wait for all of them. */
  ownJobs: Map<SyntaxNode, boolean>;
  /** Calls of functions that ask for the job which their list has started before. */
  lastCalls: Set<Command>;
  /** Lists whose background jobs nothing outside them asks for. */
  contained: Set<SyntaxNode>;
  /** The statements of those lists that have to do with jobs, and what stands between. */
  containedStatements: Set<SyntaxNode>;
  /** Simple commands that are all of a `!`. */
  negated: Set<SyntaxNode>;
  own: Set<Command>;
  /** Find, in their order, the reasons of the commands that share a step. */
  credits: (() => void)[];
  reasons: Map<Command, Reason>;
  names: Map<string, number>;
  /** Keys of steps in lower case, each with the number up to which its followers are taken. */
  keys: Map<string, number>;
  counter: number;
  worklist: (() => void)[];
  entries: Entry[];
  /** Bytes that the steps so far have at least in the definition. */
  size: number;
  /** Where the script's last command ends. */
  tail?: number;
}

/** A number that no other variable, label or capture of this machine has. */
export function unique(lowering: Lowering): number {
  lowering.counter += 1;
  return lowering.counter;
}

export function lineOf(lowering: Lowering, offset: number): number {
  return lowering.source.position(offset).line;
}

export type { BlockId, Statistics };
