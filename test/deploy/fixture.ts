/** A machine of three steps made by hand: `./first.sh && ./second.sh; ./always-third.sh`. */
import { createHash } from 'node:crypto';
import type { Bundle, Step } from '../../src/bundle.ts';
import type { ReadFile } from '../../src/runtime/lambda/package.ts';

const KEYS = ['first', 'second', 'always-third'];

const FILES: Record<string, string> = Object.fromEntries(
  KEYS.map((key) => [`./${key}.sh`, `#!/bin/sh\necho ${key}\n`]),
);

/** The scripts of the steps. */
export const readFile: ReadFile = (path) =>
  path in FILES ? { bytes: Buffer.from(FILES[path]!), mode: 0o755 } : undefined;

export function makeStep(key: string, command: string, changes: Partial<Step> = {}): Step {
  const words = command.split(' ').map((text) => ({ text, value: /[$*"'`]/.test(text) ? null : text }));
  const files = words
    .flatMap(({ value }) => (value !== null && value in FILES ? [value] : []))
    .map((path) => ({ path, mode: 0o755, sha256: createHash('sha256').update(FILES[path]!).digest('hex') }));
  return {
    key,
    state: key,
    fragment: { kind: 'command', text: [command, ['mark']], line: 1, fork: true },
    commands: [{ words, line: 1, column: 1, redirectsFile: false }],
    files,
    settings: {},
    source: { line: 1, column: 1, start: 0, end: command.length },
    streams: false,
    ...changes,
  };
}

export function makeBundle(steps: Step[], name = 'fixture'): Bundle {
  const states: Record<string, unknown> = {};
  steps.forEach((step, index) => {
    const next = steps[index + 1]?.state;
    states[step.state] = {
      Type: 'Task',
      Comment: `${name}.sh:${step.source.line}`,
      Resource: 'arn:${Partition}:states:::lambda:invoke',
      Arguments: {
        FunctionName: `\${${step.key}}`,
        Payload: { protocol: 1, step: step.key, state: '{% $state %}', run: '{% $run %}' },
      },
      Assign: { state: '{% $states.result.Payload.state %}', status: '{% $states.result.Payload.status %}' },
      Output: {},
      Next: next ?? 'end',
    };
  });
  const definition = {
    QueryLanguage: 'JSONata',
    StartAt: 'start',
    States: {
      start: {
        Type: 'Pass',
        Assign: { state: '{% $states.input.state %}', run: '{% $states.input.run %}', status: 0 },
        Next: steps[0]!.state,
      },
      ...states,
      end: { Type: 'Pass', Output: { status: '{% $status %}' }, End: true },
    },
  };
  return {
    manifest: {
      protocol: 1,
      name,
      identity: '0',
      script: { path: `${name}.sh`, sha256: '0' },
      granularity: 'command',
      functions: [],
      traps: [],
      steps,
      sourceMap: {},
      statistics: { commands: 0, split: 0, states: 0, plain: 0, plainSplit: 0, reasons: {} },
    },
    definition,
    roles: {},
  };
}

export const seedBundle = (): Bundle => makeBundle(KEYS.map((key) => makeStep(key, `./${key}.sh`)));

/** A handler that answers as a step would, without a shell. */
export const fakeHandler = Buffer.from(`
exports.handler = async (request) => ({
  protocol: 1, status: 3, control: 'next', options: '', scope: '', state: request.state,
  frames: [{ fd: 1, bytes: Buffer.from(request.step + '\\n').toString('base64') }],
});
`);
