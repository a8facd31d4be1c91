/** The operations on a shell's state that need no process. */
import * as fs from 'node:fs';
import type { FunctionDefinition } from '../../bundle.ts';
import { lookUp } from '../../record.ts';
import { lineShift } from '../line-count.ts';
import type { Op } from '../protocol.ts';
import { ERR_TRAP, ERREXIT, isIgnored, listKey, type Saved, type ShellState } from '../state.ts';
import type { PrivateDirectory } from './directory.ts';
import { left } from './frames.ts';

/**
 * Applies operations in order.
 * @param directory where captured output is kept
 * @param ended takes the files of the captures that end
 */
export function applyOps(
  before: ShellState,
  ops: readonly Op[],
  scope: string,
  definitions: ReadonlyMap<string, FunctionDefinition>,
  directory: PrivateDirectory,
  ended: string[] = [],
): ShellState {
  // Bindings wait for a leaf that records: a shell that only opens pipes or files applies them to itself alone.
  let state: ShellState = before.untrapped ? { ...before, untrapped: undefined } : before;
  for (const op of ops) {
    switch (op[0]) {
      case 'subshell':
      case 'stage':
      case 'capture': {
        const { saved, ...outer } = state;
        const kept: Saved = { state: outer };
        if (op[0] === 'stage' || op[1] === 'stage') kept.stage = true;
        if (op[0] === 'capture') {
          kept.capture = op[1];
          kept.scope = scope;
          kept.file = directory.at(`o${directory.next()}`);
          fs.writeFileSync(kept.file, '', { mode: 0o600 });
        }
        const errtrace = state.options.includes('set -o errtrace');
        const traps = state.traps.filter((line) => isIgnored(line) || (errtrace && ERR_TRAP.test(line)));
        const goesOn = op[0] === 'capture' && !inheritsErrexit(state);
        const options = goesOn
          ? state.options.map((line) => (line === ERREXIT ? 'set +o errexit' : line))
          : state.options;
        state = {
          ...state,
          traps,
          // A subshell catches what would end it when it has an EXIT trap of its own.
          uncaught: undefined,
          options,
          flags: goesOn ? state.flags.replace('e', '') : state.flags,
          level: state.level + (op[0] === 'stage' ? 0 : 1),
          saved: [...saved, kept],
        };
        break;
      }
      case 'no-exit-trap':
        state = { ...state, saved: [...state.saved.slice(0, -1), { ...state.saved.at(-1)!, noExitTrap: true }] };
        break;
      case 'end-subshell':
      case 'end-capture': {
        const kept = state.saved[state.saved.length - 1]!;
        const outer: ShellState = { ...kept.state, saved: state.saved.slice(0, -1) };
        if (kept.capture !== undefined) {
          outer.captures = { ...outer.captures, [kept.capture]: kept.file! };
          ended.push(kept.file!);
        }
        state = outer;
        break;
      }
      case 'end-reading': {
        const readings = [...(state.readings ?? [])];
        const { line, outside } = readings.pop()!;
        state = { ...state, readings, line, args: outside ?? state.args };
        break;
      }
      case 'return': {
        const { last, locals, getopts, trapped, line } = state.frames[state.frames.length - 1]!;
        const outer = left(state, state.frames.length - 1);
        state = { ...outer, line, lastArgument: last, untrapped: trapped ? undefined : true };
        if (outer.frames.length === 0) state.namesMain = undefined;
        if (locals.some((local) => / OPTIND(=|$)/.test(local))) state = { ...state, getopts };
        break;
      }
      case 'define': {
        const { name } = definitions.get(op[1])!;
        const shift = lineShift(state) || undefined;
        const entry = { id: op[1], ...attributesOf(state, name), shift };
        state = { ...state, functions: { ...state.functions, [name]: entry }, line: op[2] ?? state.line };
        break;
      }
      case 'last':
        state = { ...state, lastArgument: op[1] };
        break;
      case 'pipestatus':
        state = { ...state, pipestatus: String(op[1]) };
        break;
      case 'fed':
        state = { ...state, fed: op[1] };
        break;
      case 'bind': {
        const [, name, from, index] = op;
        const key = listKey(from, state.frames.length);
        const word = state.lists[key]?.[index] ?? '';
        const bindings: ShellState['bindings'] = [...state.bindings, [name, word]];
        state = { ...state, bindings, passes: { ...state.passes, [key]: index } };
        // What the loop variable `_` has lasts until the next command.
        if (name === '_') state = { ...state, lastArgument: word };
        break;
      }
    }
  }
  return state;
}

/** What a definition leaves a function with: the attributes that it had, and with `set -a` it is exported. */
function attributesOf({ functions, options }: ShellState, name: string): { attributes?: string } {
  const attributes = lookUp(functions, name)?.attributes ?? '';
  const exports = options.includes('set -o allexport') && !attributes.includes('x');
  return attributes || exports ? { attributes: `${attributes}${exports ? 'x' : ''}` } : {};
}

function inheritsErrexit(state: ShellState): boolean {
  return state.options.includes('set -o posix') || state.shopt.includes('shopt -s inherit_errexit');
}
