/** Shell states as values of the protocol, and the responses that carry them. */
import * as fs from 'node:fs';
import type { Fragment } from '../../bundle.ts';
import { givenUp } from '../line-count.ts';
import { INLINE_LIMIT, PROTOCOL, type StepRequest, type StepResponse, type Value } from '../protocol.ts';
import { FAILURE_STATE_LIMIT, StepFault } from '../settle.ts';
import type { ShellState } from '../state.ts';
import { digest, type PrivateDirectory } from './directory.ts';
import { left } from './frames.ts';

export class Values {
  private readonly directory: PrivateDirectory;
  private readonly states = new WeakMap<object, ShellState>();

  constructor(directory: PrivateDirectory) {
    this.directory = directory;
  }

  toValue(state: ShellState): Value {
    const inline = Buffer.from(JSON.stringify(state), 'utf8').toString('base64');
    const value: Value = inline.length > INLINE_LIMIT ? this.toReference(inline) : { inline };
    this.states.set(value, state);
    return value;
  }

  private toReference(inline: string): Value {
    const ref = this.directory.at(`v${this.directory.next()}`);
    fs.writeFileSync(ref, inline, { mode: 0o600 });
    return { ref, sha256: digest(inline), size: inline.length };
  }

  /** The state by reference, where it is too large for a failure's message. */
  shorten(value: Value): Value {
    return 'inline' in value && value.inline.length > FAILURE_STATE_LIMIT ? this.toReference(value.inline) : value;
  }

  fromValue(value: Value): ShellState {
    const known = this.states.get(value);
    if (known) return known;
    const text = 'inline' in value ? value.inline : fs.readFileSync(value.ref, 'utf8');
    if ('ref' in value && digest(text) !== value.sha256)
      throw new StepFault('Sh2sfn.Store', `${value.ref} is not what was stored there`);
    return JSON.parse(Buffer.from(text, 'base64').toString('utf8')) as ShellState;
  }

  answer(request: StepRequest, state: ShellState, rest: Partial<StepResponse>): StepResponse {
    return { ...response(request, state.flags, this.toValue(state)), ...rest };
  }

  /** An expansion error ends a forked shell; the script's own gives up the line. */
  abandoned(request: StepRequest, state: ShellState, { line, lastLine }: Fragment): StepResponse {
    const after = givenUp(left(state, 0), state, line, lastLine);
    if (state.frames.length > 0) after.namesMain = true;
    return this.answer(request, after, { status: 1, control: 'discard', scope: request.scope });
  }
}

export function response(request: StepRequest, options: string, state: Value): StepResponse {
  return {
    protocol: PROTOCOL,
    status: 0,
    control: 'next',
    depth: 0,
    count: 0,
    target: '',
    scopes: [],
    options,
    state,
    scope: request.scope,
    frames: [],
  };
}
