/** What steps answer beside a state: calls, returns, jumps, ends, choices, word lists, channels. */
import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { FunctionDefinition, TextPart } from '../../src/bundle.ts';
import type { StepResponse } from '../../src/runtime/protocol.ts';
import { type Leaf, leaf, type RunOptions, Session } from './steps.ts';

async function open(t: TestContext, leaves: Leaf[], options: RunOptions = {}): Promise<Session> {
  const session = new Session(leaves, options);
  t.after(() => session.close());
  await session.start();
  return session;
}

async function runAll(session: Session, count: number): Promise<StepResponse[]> {
  const responses: StepResponse[] = [];
  for (let index = 0; index < count; index += 1) responses.push(await session.step(index));
  return responses;
}

const define = (name: string, body: string, line: number): FunctionDefinition => ({
  id: name,
  name,
  text: [`${name}() ${body}`],
  line,
  commands: [],
});
const parts = (text: TextPart[], more: Leaf = {}): Leaf => ({ ...leaf(''), text, ...more });
const call = (text: string, line: number, name: string, more: Leaf = {}): Leaf =>
  leaf(text, line, { calls: { [name]: [name] }, ...more });

const F = define('f', '{ :; }', 1);
const G = define('g', '{ :; }', 2);
const H = define('h', '{ :; }', 3);
const defined: Leaf['ops'] = [
  ['define', 'f'],
  ['define', 'g'],
  ['define', 'h'],
];

test('a call answers the function, its arguments and the place of the call', async (t) => {
  const session = await open(
    t,
    [
      call('(exit 3)\nf "a b" "" $?', 4, 'f', { ops: defined }),
      leaf('printf "<%s>" "$@"; echo "$? $# ${FUNCNAME[*]} ${BASH_LINENO[*]} $LINENO"; caller 0', 1),
    ],
    { functions: [F, G, H] },
  );
  const response = await session.step(0);
  deepEqual([response.control, response.target, response.status], ['call', 'f', 3]);
  await session.step(1, { status: 5 });
  equal(session.stdout, '<a b><><3>0 3 f main 5 0 1\n5 main ./t.sh\n');
});

test('a name that no longer is that function runs as it is', async (t) => {
  const session = await open(t, [leaf('f() { echo other; }', 1, { ops: defined }), call('f', 2, 'f')], {
    functions: [F, G, H],
  });
  const [, response] = await runAll(session, 2);
  equal(response!.control, 'next');
  equal(session.stdout, 'other\n');
});

test('a call in a substitution of the same command is no call of the machine', async (t) => {
  const session = await open(t, [call('f "$(f inner)"', 1, 'f', { ops: [['define', 'f']] }), leaf('echo "$1"', 2)], {
    functions: [define('f', '{ echo "really $1"; }', 1)],
  });
  const [first] = await runAll(session, 2);
  equal(first!.control, 'call');
  equal(session.stdout, 'really inner\n');
});

const stack = (inside: Leaf[], after: Leaf[] = []): Leaf[] => [
  leaf('x=global y=global z=global', 9, { ops: defined }),
  call('f 1', 10, 'f'),
  leaf('local x=f y=f; declare -i n=1', 11),
  call('g 2 "b c"', 12, 'g'),
  leaf('local x=g; local -a a=(1 "2 3")', 13),
  call('h', 14, 'h'),
  leaf('local x=h', 15),
  ...inside,
  ...after,
];

test('three frames: shadowing and dynamic scope', async (t) => {
  const leaves = stack(
    [
      leaf('echo "$x $y $z ${a[1]} $n $# ${FUNCNAME[*]} ${BASH_LINENO[*]}"', 16),
      leaf('x=h2 y=f2 z=g2 n=n+4; a+=(4); declare -g x=deep; unset -v nosuch', 17),
      leaf('caller 0; caller 1; caller 2; local -p', 18),
    ],
    [
      leaf('echo "$x $y $z ${#a[@]} $n $*"; local -p', 13, { ops: [['return']] }),
      leaf('echo "$x $y $z ${a-gone} $n $*"', 11, { ops: [['return']] }),
      leaf('echo "$x $y $z ${n-gone} ${FUNCNAME-none} $#"', 11, { ops: [['return']] }),
    ],
  );
  for (const fork of [false, true]) {
    const session = await open(
      t,
      leaves.map((made) => (made.calls ? made : { ...made, fork })),
      { functions: [F, G, H] },
    );
    await runAll(session, leaves.length);
    deepEqual(
      session.stdout.split('\n'),
      [
        'h f global 2 3 1 0 h g f main 14 12 10 0',
        '14 g ./t.sh',
        '12 f ./t.sh',
        '10 main ./t.sh',
        'declare -- x="h2"',
        'g f2 g2 3 5 2 b c',
        'declare -a a=([0]="1" [1]="2 3" [2]="4")',
        'declare -- x="g"',
        'f f2 g2 gone 5 1',
        'deep global g2 gone none 0',
        '',
      ].map((line) => line.replace('h f global 2 3 1 0', 'h f global 2 3 1 0')),
    );
    equal(session.stderr, '');
  }
});

test('shift and set in a function are its own', async (t) => {
  const session = await open(
    t,
    [
      leaf('set -- x y', 1, { ops: defined }),
      call('f 1 2 3', 2, 'f'),
      leaf('shift', 3),
      leaf('echo "$*"; set -- q', 4),
      leaf('echo "$*"', 5),
      leaf('echo "$*"', 6, { ops: [['return']] }),
    ],
    { functions: [F, G, H] },
  );
  await runAll(session, 6);
  equal(session.stdout, '2 3\nq\nx y\n');
});

test('recursion has frames of the same name', async (t) => {
  const session = await open(
    t,
    [
      call('f 1', 1, 'f', { ops: defined }),
      leaf('local v=1', 2),
      call('f 2', 3, 'f'),
      leaf('local v=2', 4),
      call('f 3', 5, 'f'),
      leaf('echo "$v $1 ${FUNCNAME[*]} ${BASH_LINENO[*]}"; v=9', 6),
      leaf('echo "$v $1"', 7, { ops: [['return']] }),
      leaf('echo "$v $1"', 8, { ops: [['return']] }),
    ],
    { functions: [F, G, H] },
  );
  await runAll(session, 8);
  equal(session.stdout, '2 3 f f f main 5 3 1 0\n9 2\n1 1\n');
});

test('functions are themselves inside their own frames', async (t) => {
  const session = await open(
    t,
    [
      call('f', 5, 'f', {
        ops: [
          ['define', 'f'],
          ['define', 'g'],
        ],
      }),
      leaf('g; declare -F; type f | tail -n +2; f() { echo new; }', 6),
      leaf('f', 7, { ops: [['return']] }),
    ],
    {
      functions: [define('f', '{ echo old; }', 1), define('g', '{\n echo "g $LINENO"; }', 2)],
    },
  );
  await runAll(session, 3);
  equal(session.stdout, 'g 3\ndeclare -f f\ndeclare -f g\nf () \n{ \n    echo old\n}\nnew\n');
});

test('return answers its status, and the frame is still there', async (t) => {
  const session = await open(
    t,
    [
      call('f a', 1, 'f', { ops: defined }),
      leaf('local l=1', 2),
      leaf('q=1; return 7; echo no', 3),
      leaf('echo "$? ${q} ${l-gone} $#"', 4, { ops: [['return']] }),
    ],
    { functions: [F, G, H] },
  );
  const responses = await runAll(session, 4);
  deepEqual([responses[2]!.control, responses[2]!.status], ['return', 7]);
  equal(session.stdout, '7 1 gone 0\n');
});

test('return in the third frame leaves the locals of the others', async (t) => {
  const session = await open(
    t,
    stack([leaf('y=changed; return 4', 16)], [leaf('echo "$? $x $y ${#a[@]}"', 17, { ops: [['return']] })]),
    { functions: [F, G, H] },
  );
  const responses = await runAll(session, 9);
  equal(responses[7]!.control, 'return');
  equal(session.stdout, '4 g changed 2\n');
});

test('errexit in a function ends the shell; where it is ignored it does not', async (t) => {
  const session = await open(
    t,
    [
      leaf('set -e; trap "echo bye" EXIT', 1, { ops: defined }),
      call('f', 2, 'f'),
      leaf('false', 3, { ignore: true }),
      leaf('return 3', 3, { ignore: true }),
      leaf('false', 4),
    ],
    { functions: [F, G, H] },
  );
  const responses = await runAll(session, 5);
  deepEqual(
    responses.slice(2).map(({ control, status }) => [control, status]),
    [
      ['next', 1],
      ['return', 3],
      ['exit', 1],
    ],
  );
  equal(session.stdout, 'bye\n');
});

test('an expansion error abandons the line: the frames are gone', async (t) => {
  const session = await open(
    t,
    [
      call('f', 1, 'f', { ops: defined }),
      leaf('q=1', 2),
      leaf('echo $((1/0))', 3),
      leaf('echo "$? $q ${FUNCNAME-none}"', 4),
    ],
    { functions: [F, G, H] },
  );
  const responses = await runAll(session, 4);
  deepEqual([responses[2]!.control, responses[2]!.status], ['discard', 1]);
  equal(session.stdout, '1 1 main\n');
});

for (const [text, control, depth] of [
  ['c=break; $c', 'break', 1],
  ['eval "break 2"', 'break', 2],
  ['eval "break 9"', 'break', 2],
  ['c=continue; $c', 'continue', 1],
  ['eval continue 2', 'continue', 2],
  ['true', 'next', undefined],
] as const)
  test(`a command found at run time: ${text}`, async (t) => {
    const session = await open(t, [
      leaf('(exit 6)', 1),
      leaf(`a=$?; ${text}`, 2, { loops: 2 }),
      leaf('echo "$a ${c-}"', 3),
    ]);
    const [, response] = await runAll(session, 3);
    equal(response!.control, control);
    if (depth !== undefined) equal(response!.depth, depth);
    match(session.stdout, /^6 /);
    equal(session.stderr, '');
  });

test('exit answers its status and runs the EXIT trap', async (t) => {
  const session = await open(t, [leaf('trap \'echo "bye $?"\' EXIT', 1), leaf('exit 300', 2)]);
  const [, response] = await runAll(session, 2);
  deepEqual([response!.control, response!.status], ['exit', 44]);
  equal(session.stdout, 'bye 44\n');
});

test('words are expanded once, with the status that bash has', async (t) => {
  const session = await open(t, [
    leaf('x="1 2"; touch a1 a2', 1),
    parts([['words'], ' $x "$x" a* "" $(exit 3)', ['mark']], { kind: 'words', list: 'l', line: 2 }),
    leaf('echo "$? <$i>"', 3, { ops: [['bind', 'i', 'l', 2]] }),
    leaf('echo "<$i>"', 3, { ops: [['bind', 'i', 'l', 5]] }),
    parts([['words'], ['mark']], { kind: 'words', list: 'm', line: 4 }),
    parts([['words'], ' ""', ['mark']], { kind: 'words', list: 'm', line: 4 }),
  ]);
  const responses = await runAll(session, 6);
  deepEqual(
    responses.map(({ count }) => count).filter((count) => count !== undefined && count !== null),
    [0, 6, 0, 0, 0, 1],
  );
  equal(session.stdout, '3 <1 2>\n<>\n');
});

test('case answers the branch; its word may have effects', async (t) => {
  const text: TextPart[] = ['case ${n:=b}', ' in a) ', ['branch', 0], ' ;; b|c) ', ['branch', 1], ' ;; esac', ['mark']];
  const session = await open(t, [
    leaf('(exit 5)', 1),
    parts(text, { kind: 'case', line: 2 }),
    leaf('echo "$? $n"; n=z', 3),
    parts(text, { kind: 'case', line: 2 }),
  ]);
  const responses = await runAll(session, 4);
  deepEqual([responses[1]!.count, responses[1]!.status, responses[3]!.count], [1, 5, -1]);
  equal(session.stdout, '5 b\n');
});

test('subshells keep their changes to themselves', async (t) => {
  const session = await open(t, [
    leaf('x=1; mkdir d; trap "echo usr" USR1', 1),
    leaf('x=2; cd d; echo $BASH_SUBSHELL; set -f; trap -p', 2, { ops: [['subshell']] }),
    leaf('echo $((1/0))', 2),
    leaf('echo "$x ${PWD##*/} $BASH_SUBSHELL $-"; trap -p', 3, { ops: [['end-subshell']] }),
  ]);
  const responses = await runAll(session, 4);
  deepEqual([responses[2]!.control, responses[2]!.status], ['discard', 1]);
  equal(session.stdout, "1\n1 work 0 hB\ntrap -- 'echo usr' SIGUSR1\n");
});

test('captured output stands for the substitution', async (t) => {
  const session = await open(t, [
    leaf("printf 'a  b\\n'; echo err >&2", 1, { ops: [['capture', 'c1']] }),
    leaf("printf 'c*\\n\\n\\n'; exit 3", 1),
    parts(['x="<', ['capture', 'c1'], '>"', ['status'], ['mark']], { ops: [['end-capture', 'c1']], line: 1 }),
    leaf('echo "$? $x"', 2),
  ]);
  await runAll(session, 4);
  equal(session.stdout, '3 <a  b\nc*>\n');
  equal(session.stderr, 'err\n');
});

test('captured output goes through word splitting where it is not quoted', async (t) => {
  const session = await open(t, [
    leaf("printf 'a  b\\n'", 1, { ops: [['capture', 'c1']] }),
    parts(['printf "<%s>" ', ['capture', 'c1'], ' "', ['capture', 'c1'], '"', ['mark']], {
      ops: [['end-capture', 'c1']],
    }),
  ]);
  await runAll(session, 2);
  equal(session.stdout, '<a><b><a  b>');
});

test('errexit is off in a command substitution', async (t) => {
  const session = await open(t, [
    leaf('set -e', 1),
    leaf('false; echo on', 2, { ops: [['capture', 'c']] }),
    leaf('shopt -s inherit_errexit', 2, { ops: [['end-capture', 'c']] }),
    leaf('false; echo on', 3, { ops: [['capture', 'c']] }),
  ]);
  const responses = await runAll(session, 4);
  deepEqual(
    responses.map(({ control }) => control),
    ['next', 'next', 'next', 'exit'],
  );
});

test('a redirected body: its steps have the descriptors, its end undoes them', async (t) => {
  const session = await open(t, [
    leaf('i=1; printf "a\\nb\\nc\\n" >in', 1),
    parts(['{ ', ['stage', 0], '\n} <in >out1 3>three', ['mark']], { kind: 'redirect', line: 2 }),
    leaf('read a; echo "got $a"', 3),
    leaf('head -n1; echo three >&3', 4),
    leaf('read b; echo "then ${b-}"; (exit 6)', 5),
    parts([], { kind: 'join' }),
    leaf('echo "$? $i $a"; cat out1 three', 6),
  ]);
  await session.step(0);
  const entered = await session.step(1);
  equal(entered.control, 'enter');
  equal(entered.scopes!.length, 1);
  const scope = entered.scopes![0]!;
  for (const index of [2, 3, 4]) equal((await session.step(index, { scope })).scope, scope);
  const joined = await session.step(5, { scope });
  deepEqual([joined.control, joined.status], ['next', 6]);
  await session.step(6);
  equal(session.stdout, '6 1 a\ngot a\nb\nthen c\nthree\n');
});

test('a redirection that fails is an ordinary failure', async (t) => {
  const session = await open(t, [parts(['{ ', ['stage', 0], '\n} <nosuch', ['mark']], { kind: 'redirect', line: 1 })]);
  const response = await session.step(0);
  deepEqual([response.control, response.status], ['next', 1]);
  match(session.stderr, /nosuch: No such file/);
});

test('leaving a redirected body without joining it closes it', async (t) => {
  const session = await open(t, [
    parts(['{ ', ['stage', 0], '\n} >out', ['mark']], { kind: 'redirect', line: 1 }),
    leaf('echo inside', 2),
    leaf('cat out; echo after', 3),
  ]);
  const entered = await session.step(0);
  await session.step(1, { scope: entered.scopes![0]! });
  await session.step(2, { scope: '' });
  equal(session.stdout, 'inside\nafter\n');
});

test('a pipeline: stages at once, statuses as bash has them', async (t) => {
  const session = await open(t, [
    leaf('set -o pipefail', 1),
    parts([['stage', 0], ' | ', ['stage', 1], ['mark']], { kind: 'pipeline', line: 2 }),
    leaf('yes', 2, { ops: [['subshell']] }),
    leaf('head -n1', 2, { ops: [['subshell']] }),
    parts([], { kind: 'join' }),
    leaf('echo "$? ${PIPESTATUS[*]}"', 3),
  ]);
  await session.step(0);
  const entered = await session.step(1);
  equal(entered.control, 'enter');
  const [first, second] = entered.scopes!;
  const state = entered.state;
  const stages = await Promise.all([
    session.step(2, { scope: first!, leave: true, state }),
    session.step(3, { scope: second!, leave: true, state }),
  ]);
  deepEqual(
    stages.map(({ status }) => status),
    [141, 0],
  );
  const joined = await session.step(4, { scope: first!, state });
  deepEqual([joined.control, joined.status], ['next', 141]);
  await session.step(5);
  equal(session.stdout, 'y\n141 141 0\n');
});

test('exec of descriptors keeps the process', async (t) => {
  const session = await open(t, [
    leaf('exec 3>three', 1, { hold: true }),
    leaf('echo out; echo err >&2; echo three >&3', 2),
    leaf('exec 3>&-', 3, { hold: true }),
    leaf('cat three; { echo x >&3; } 2>/dev/null || echo closed', 4),
  ]);
  const held = await session.step(0);
  ok(held.scope !== '');
  deepEqual([held.control, held.status], ['next', 0]);
  await session.step(1, { scope: held.scope });
  const closed = await session.step(2, { scope: held.scope });
  await session.step(3, { scope: closed.scope });
  equal(session.stdout, 'out\nthree\nclosed\n');
  equal(session.stderr, 'err\n');
});

test('a process that opened nothing is not kept', async (t) => {
  const session = await open(t, [leaf('c=true; $c', 1, { hold: true }), leaf('echo on', 2)]);
  const response = await session.step(0);
  equal(response.scope, '');
  await session.step(1);
  equal(session.stdout, 'on\n');
});

test('exec >file holds for the rest of the script', async (t) => {
  const session = await open(t, [
    leaf('exec >log 2>&1', 1, { hold: true }),
    leaf('echo a; nosuch', 2),
    leaf('exec >/dev/stderr; cat log', 3),
  ]);
  const { scope } = await session.step(0);
  await session.step(1, { scope });
  await session.step(2, { scope });
  equal(session.stdout, '');
});

test('a signal to the run reaches the fragment', async (t) => {
  const session = await open(t, [leaf('trap "echo got it; exit 9" TERM; echo ready; while :; do sleep 0.05; done', 1)]);
  const running = session.step(0);
  while (!session.stdout.includes('ready')) await new Promise((resolve) => setTimeout(resolve, 10));
  session.runtime.kill('SIGTERM', false);
  const response = await running;
  deepEqual([response.control, response.status], ['exit', 9]);
  equal(session.stdout, 'ready\ngot it\n');
});

test('a fragment that a signal ends answers 128 and its number', async (t) => {
  const session = await open(t, [parts(['kill -TERM ', ['self'], '; echo no', ['mark']])]);
  const response = await session.step(0);
  deepEqual([response.control, response.status], ['exit', 143]);
  equal(session.stderr, '');
});

test('process ids are the same in every step', async (t) => {
  const session = await open(t, [
    parts(['echo "', ['pid'], ' ', ['ppid'], '"', ['mark']]),
    parts(['echo "', ['pid'], ' ', ['ppid'], '"', ['mark']], { fork: true }),
  ]);
  await runAll(session, 2);
  const [a, b] = session.stdout.split('\n');
  equal(a, b);
});

test('options are answered with letters', async (t) => {
  const session = await open(t, [leaf('set -eu -o pipefail; trap : ERR', 1), leaf('set +e', 2)]);
  const [first, second] = await runAll(session, 2);
  for (const letter of ['e', 'u', 'P', 'T']) ok(first!.options.includes(letter), letter);
  ok(!second!.options.includes('e'));
});
