/** ^C on a terminal: all processes have it, and what becomes of the script is what becomes of it in bash. */
import { execFile } from 'node:child_process';
import { describe, it } from 'node:test';
import { promisify } from 'node:util';
import { assertAgree, MAIN, temporary } from './harness.ts';

/** Runs a program on a terminal of its own, types ^C a while after it has printed something, and says how it ended. */
const TERMINAL = `
import json, os, pty, select, signal, sys, time
pid, terminal = pty.fork()
if pid == 0:
    os.execvp(sys.argv[2], sys.argv[2:])
output, typed, begun = b'', False, None
limit = time.time() + 20
while True:
    if time.time() > limit:
        os.kill(pid, signal.SIGKILL)
    if select.select([terminal], [], [], 0.02)[0]:
        try:
            data = os.read(terminal, 1000)
        except OSError:
            break
        if not data:
            break
        output += data
        begun = begun or time.time()
    if begun and not typed and time.time() - begun > float(sys.argv[1]):
        os.write(terminal, b'\\x03')
        typed = True
status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
print(json.dumps({'output': output.decode().replace('\\r', ''), 'status': status}))
`;

const LINES = [
  'echo started; sleep 5; echo after $?; echo end',
  "trap 'echo T' INT; echo started; sleep 5; echo after $?; echo end",
  'echo started; sleep 5 | cat; echo after; echo end',
  'echo started; bash -c \'trap "exit 4" INT; sleep 1 & wait\'; echo after $?; echo end',
  "trap 'echo bye' EXIT; f() { x=$(sleep 5; echo a); }; echo started; f || echo or; echo end",
  'echo started; { (sleep 5; echo a); echo b; } >&1; echo end',
  // Loops of short steps.
  "trap 'echo T; n=1' INT; n=0; echo started; while ((n<1)); do { true; /bin/true; } 2>/dev/null; done; echo end",
  "trap 'echo T; exit 3' INT; trap 'echo bye' EXIT; echo started; while :; do f=$(/bin/echo a); sleep 0.01; done",
  "trap '' INT; echo started; for i in {1..300}; do { /bin/true; (:); } 2>&1; done; echo end",
];

describe('^C on a terminal', () => {
  for (const line of LINES)
    for (const how of ['auto', 'command'])
      it(`${how}: ${line}`, async (context) => {
        const cwd = temporary(context);
        const typed = async (words: string[]): Promise<unknown> => {
          const { stdout } = await promisify(execFile)('python3', ['-c', TERMINAL, '0.25', ...words], { cwd });
          return JSON.parse(stdout);
        };
        // What a signal meets is decided by time.
        await assertAgree(
          3,
          () => typed(['bash', '--norc', '-c', line]),
          () => typed([process.execPath, MAIN, 'run', '-g', how, '-c', line]),
        );
      });
});
