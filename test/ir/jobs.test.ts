/** Which jobs leave what stands around them a step each. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { compileScript } from '../../src/compile.ts';
import { SourceFile } from '../../src/source/source-file.ts';

/** The commands, by their text, that share a step with a job. */
function tied(text: string): string[] {
  const { value } = compileScript(new SourceFile('t.sh', `${text}\n`), { granularity: 'command' });
  assert.ok(value);
  return value
    .shared()
    .filter(({ reason }) => reason === 'background')
    .map((shared) => shared.text);
}

const WAITS = '( for i in 1 2; do sleep $i & done; wait )';

describe('jobs', () => {
  for (const [why, text, expected] of [
    ['a handler that a word gives', 'trap "$h" EXIT\nsleep 1 &\nls', []],
    ['a function of a file before the job', '. "$x"\ncase $y in a) die; sleep 1 & ;; esac\nls', []],
    ['what command runs', '. "$x"\nf() { sleep 1 & }\nf\ncommand tool\nls', []],
    ['a function of a file that the runtime sees', '. "$x"\nwhile ls; do die; sleep 1 & done', []],
    ['a function of a file that a function reads', 'f() { . "$x"; }\nf\nwhile ls; do die; sleep 1 & done', []],
    [
      'a function of a file in a loop',
      'f() { . "$x"; }\nfor i in 1 2; do f; done\nwhile ls; do die; sleep 1 & done',
      [],
    ],
    ['a file of values', 'f() { . /etc/os-release; }\nf\nsleep 1 &\ndie', []],
    ['a traced file before the job', 'set -x\n. "$x"\nls\nsleep 1 &\ndie', []],
    ['what is between jobs that nothing asks for', 'sleep 1 &\nls\nsleep 2 &\nls', []],
    [
      'what is behind the one that is asked for',
      'sleep 1 &\npwd\nwait $!\nls\nsleep 2 &\nls',
      ['sleep 1', 'pwd', 'wait $!'],
    ],
    ['a shell that waits for its own jobs', `"$c"\n${WAITS}\nls`, ['sleep $i', 'wait']],
    ['a shell that waits, and a file', `. "$x"\nls\n${WAITS}\nls`, ['sleep $i', 'wait']],
  ] as const)
    it(`are apart: ${why}`, () => assert.deepEqual(tied(text), expected));

  for (const [why, text, command] of [
    ['a handler that a word gives, and one that waits', 'h=wait\ntrap "$h" EXIT\nsleep 1 &\nls', 'ls'],
    ['a handler that words set', 'run() { "$@"; }\nrun trap \'wait\' EXIT\nsleep 1 &\nls', 'ls'],
    ['a handler that reads a file', 'trap \'. "$x"\' EXIT\nsleep 1 &\nls', 'ls'],
    ['a function of a file behind another job', '{ sleep 1; } & . "$x"\nls\ndie', 'die'],
    ['what a function of a file is given', '. "$x"\nsleep 1 &\nls\ndie wait', 'die wait'],
    ['a handler that starts one', "trap 'sleep 1 &' USR1\nls\nwait", 'ls'],
    [
      'a function of a file that a function reads',
      'f() { . "$x"; }\nfor i in 1 2; do f; done >out\ncase $y in a) sleep 1 & die; ls ;; esac',
      'die',
    ],
    [
      'a function of a file in redirections',
      'f() { . "$x"; }\nfor i in 1 2; do f; done >out\nwhile ls; do die; sleep 1 & done',
      'die',
    ],
    ['what may kill one between jobs', 'sleep 1 &\npkill x\nls\nsleep 2 &', 'ls'],
    ['a shell that waits for the job of a function', 'f() { sleep 1 & }\n( f; ls; wait )', 'ls'],
    ['a shell that waits for the job of a word', 'f() { sleep 1 & }\n( "$g"; ls; wait )', 'ls'],
  ] as const)
    it(`are not: ${why}`, () => assert.ok(tied(text).includes(command), tied(text).join(', ')));
});
