/** What shares a step under `command`, and why: what is near by must be divided. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { compileScript } from '../../src/compile.ts';
import { SourceFile } from '../../src/source/source-file.ts';

/** The commands that have no step of their own, each with its reason. */
function shared(text: string): string[] {
  const { value, diagnostics } = compileScript(new SourceFile('x.sh', text), { granularity: 'command' });
  assert.deepEqual(diagnostics, []);
  return value!.shared().map((command) => `${command.text}: ${command.reason}`);
}

const TABLES: Record<string, readonly (readonly [what: string, text: string, expected: readonly string[]])[]> = {
  'substitutions whose function may set a trap': [
    ['ends in a program', 'f() { eval "$x"; cat a; }\ny=$(f)\nf', ['f: substitution']],
    ['by another function', 'f() { eval "$x"; g; }\ng() { cat a; }\ny=$(f)\nf', ['f: substitution']],
    ['by a name that run time knows', 'f() { eval "$x"; cat a; }\ny=$($z a)\nf', ['$z a: substitution']],
    ['ends in a builtin', 'f() { eval "$x"; echo a; }\ny=$(f)\nf', []],
    ['ends in a compound command', 'f() { eval "$x"; if a; then cat b; fi; }\ny=$(f)\nf', []],
    ['ends in a redirected program', 'f() { eval "$x"; cat < a; }\ny=$(f)\nf', []],
    ['is not what the substitution ends in', 'f() { eval "$x"; cat a; }\ny=$(f; echo b)\nf', []],
  ],
  'stages within redirections, which a text may give a trap': [
    ['a condition', 'echo | if eval "$x"; then cat; fi > a', []],
    ['a loop', 'echo | while read -r v; do eval "$x"; done > a 2>&1', []],
    ['a group', 'echo | { eval "$x"; } > a', []],
    ['a subshell', 'echo | (eval "$x") 3>&- 2>&1 < "$a"', []],
    ['a subshell within', 'echo | { (eval "$x"); } > a', []],
    ['text alone', 'echo | eval "$x" >&3', []],
    ['a file that a pattern may find', 'echo | eval "$x" > a', ['echo: subshell-trap', 'eval "$x" > a: subshell-trap']],
    ['words with effects', 'b | eval "${x:=a}" >&3', ['b: subshell-trap', 'eval "${x:=a}" >&3: subshell-trap']],
    ['redirections with effects', 'b | { eval "$x"; } > ${a:=b}', ['b: subshell-trap', 'eval "$x": subshell-trap']],
    ['a document', 'b | { eval "$x"; } << X\nX', ['b: subshell-trap', 'eval "$x": subshell-trap']],
    ['a trap of its own', 'b | { trap c EXIT; d; } > a', []],
    [
      'a trap in a condition',
      'b | if trap c 0; then d; fi > a',
      ['b', 'trap c 0', 'd'].map((c) => `${c}: subshell-trap`),
    ],
    ['words behind the options', 'set -- $x\nb | { eval "$x"; } > a', []],
    [
      'words that may be options',
      'set $x --\nb | { eval "$x"; } > a',
      ['b: subshell-trap', 'eval "$x": subshell-trap'],
    ],
    ['a trace', 'set -x; b | { eval "$x"; } > a', ['b: subshell-trap', 'eval "$x": subshell-trap']],
  ],
  'descriptors that a compound command opens within redirections': [
    ['a stage', 'echo | { exec 3> a; cat >&3; } > b', []],
    ['within a stage', 'echo | { { exec 3> a; } > b; cat >&3; } > c', ['exec 3> a: descriptors']],
    ['in the shell itself', '{ exec 3> a; } > b; cat >&3', ['exec 3> a: descriptors']],
  ],
  'a process id in a text, beside what is evaluated': [
    ['matches an assignment', 'cat << \'X\'\n$$\nX\ncase $x in a=[0-9]) eval "$x" ;; esac', []],
    [
      'may be any',
      'cat << \'X\'\n$$\nX\ncase $x in a=*) eval "$x"; esac',
      ["cat << 'X': process-id", 'eval "$x": process-id'],
    ],
    ['of another script, beside a file', 'cat > a << \'X\'\n$$\nX\n. "./$x"\nb', []],
    [
      'of a script that a function may read',
      'cat > a << \'X\'\n$$\nX\nf() { . "./$x"; }\nf',
      ["cat > a << 'X'", '. "./$x"', 'f'].map((c) => `${c}: process-id`),
    ],
    ['by words', "x='$$' y=eval\n$y a", ["x='$$' y=eval: process-id", '$y a: process-id']],
    ['by words that are not said to', "x='$$'\n$y a", []],
  ],
  "the parent's process id": [
    ['part of another name', 'echo "$APPID"\nx APPID "APPID"', []],
    ['in a comment', '# PPID\na', []],
    ['compared', 'case $x in PPID) a ;; esac\n[[ $x == "PPID" ]]\nx=${x/PPID}', []],
    ['with a default', 'echo "${PPID} ${x:-$PPID}"', []],
    ['printed', 'echo PPID\na', ['echo PPID: process-id', 'a: process-id']],
    ['by a child', "sh -c 'echo $PPID'\na", ["sh -c 'echo $PPID': process-id", 'a: process-id']],
    ['with an operation', 'a\necho ${PPID#1}', ['a: process-id', 'echo ${PPID#1}: process-id']],
    ['in arithmetic', 'a\necho "$((PPID))"', ['a: process-id', 'echo "$((PPID))": process-id']],
  ],
  "the script's own descriptor by its name": [
    ['in functions', 'o() { exec 3>a; }\nf() { b | tee /proc/$$/fd/3; }\no\nf | c\n(f)', []],
    [
      'in a function that a job calls',
      'exec 3>a\nf() { tee /proc/$$/fd/3; }\nf & wait',
      ['exec 3>a', 'tee /proc/$$/fd/3', 'f', 'wait'].map((c) => `${c}: process-id`),
    ],
    [
      'in a handler',
      "exec 3>a\ntrap 'cat /proc/$$/fd/3' 0",
      ['exec 3>a: process-id', "trap 'cat /proc/$$/fd/3' 0: process-id"],
    ],
  ],
  "bash's own variables": [
    ['BASH_VERSION', '[[ $BASH_VERSION ]] || BASH_VERSION=$(a)\nb\nunset BASH_VERSION', []],
    ['BASH', 'a\nBASH=b', ['a', 'BASH=b'].map((c) => `${c}: special-variable`)],
  ],
  'counters in prompts': [
    ['jobs, where there are none', 'x="\\j"\necho "${x@P}"\na', []],
    ['jobs', 'x="\\j"\na\nb &\nfor i in 1; do (( ${x@P} > 1 )); c; done\nd', ['b', 'c'].map((c) => `${c}: background`)],
    [
      'jobs, in functions',
      'x="\\j"\na\nf() { b & }\ng() { c "${x@P}"; }\nf\nd\ng\ne',
      ['b', 'c "${x@P}"', 'f', 'd', 'g'].map((c) => `${c}: prompt`),
    ],
    [
      'in a text',
      "x='\\j'\na\nb &\neval 'c \"${x@P}\"'",
      ["x='\\j'", 'a', 'b', 'eval \'c "${x@P}"\''].map((c) => `${c}: prompt`),
    ],
    ['commands', "x='\\#'\necho ${x@P}", ["x='\\#'", 'echo ${x@P}'].map((c) => `${c}: prompt`)],
  ],
  'aliases that a text may define': [
    [
      'expanded in a subshell alone',
      'eval "$x"; a\n( set -o posix; b; set | c )\nd',
      ['set -o posix', 'b', 'set', 'c'].map((c) => `${c}: alias`),
    ],
    [
      'in a subshell that reads more',
      'eval "$x"; a\n( set -o posix; eval "$x"; b )',
      ['eval "$x"', 'a', 'set -o posix', 'eval "$x"', 'b'].map((c) => `${c}: alias`),
    ],
    [
      'in a subshell that calls a function',
      'f() { set +o posix; }\neval "$x"; a\n( set -o posix; f )',
      ['set +o posix', 'eval "$x"', 'a', 'set -o posix', 'f'].map((c) => `${c}: alias`),
    ],
  ],
  'variables of bash in comments': [
    ['a line', '# A theme for BASH\n# local BASH\na\nb', []],
    ['a line that ends a quote', "x='\n#'; BASH=5\na", ["x='\n#'", 'BASH=5', 'a'].map((c) => `${c}: special-variable`)],
    ['a line that goes on', 'a x\\\n#y; BASH=5\nb', ['a x\\\n#y', 'BASH=5', 'b'].map((c) => `${c}: special-variable`)],
  ],
  'functions that hide a builtin': [
    ['one that the runtime needs', 'exec() { a; }\nb', ['a: shadowed-builtin', 'b: shadowed-builtin']],
    ['a name that ends in one', 'function f-exec() { a; }\nf-exec\nfunction exec-f { b; }\nexec-f', []],
  ],
  'what the system knows of a process': [
    ["its parent's", 'x=$(ps -o ppid= "$PPID")\na <"/proc/$x/cmdline"', []],
    ["its parent's, by its number", 'x=$PPID\na <"/proc/$x/cmdline"\nb "/proc/$PPID/cmdline"', []],
    ['its own', 'x=$$\na <"/proc/$x/cmdline"', ['x=$$', 'a <"/proc/$x/cmdline"'].map((c) => `${c}: process-id`)],
  ],
  completions: [
    [
      'set',
      'f() { COMPREPLY=($(compgen -W \'a b\' -- "$2")); compopt -o nospace; }\ncomplete -F f g\nf\na\ncomplete -o default -W \'x y\' "g$x"',
      [],
    ],
    ['set and asked for', 'complete -F f g\na\ncompopt -o nospace g\ncomplete $x\ncomplete -r g\ncomplete -p', []],
    ['beside a text', 'complete -F f g\neval "$x"\ncomplete -F f h', []],
    ['a word like an action', 'compgen -W "ability enabled" -- a\neval "$x"\nb', []],
    [
      'builtins',
      'enable -n test\na\ncompgen -A "$x"',
      ['enable -n test', 'a', 'compgen -A "$x"'].map((c) => `${c}: process-table`),
    ],
  ],
  'the last argument in functions': [
    ['no such word', 'a "$_"\nf() { b "a_-z" _; for _ in 1; do c; done; }\nf', []],
    ['behind a command of its own', 'f() { local x=1; a; b "$_"; }\nf', []],
    ['at its beginning', 'f() { a "$_"; b; }\nc\nf', ['a "$_"', 'b'].map((c) => `${c}: last-argument`)],
    ['behind an assignment', 'f() { x=1; b "$_"; }\nf', ['x=1', 'b "$_"'].map((c) => `${c}: last-argument`)],
    [
      'in a text',
      "f() { if a; then b; fi; eval 'c $_'; }\nf",
      ['a', 'b', "eval 'c $_'"].map((c) => `${c}: last-argument`),
    ],
  ],
  'the variable of a loop': [
    ['with attributes', 'readonly y x; for x in a; do b; done', ['b: loop-variable']],
    ['named in a comment', '# readonly x\nfor x in a; do b; done', []],
  ],
  'names of what the system knows of a process': [
    ['a link that systems have', 'ln -s /proc/self/fd /dev/fd\na "ln -sf /proc/self/fd/0 /dev/stdin"', []],
    ['another link', 'ln -s /proc/self/fd fd\na', ['ln -s /proc/self/fd fd: process-id', 'a: process-id']],
    [
      'by a function',
      'ln() { ls "$2"; }\nln -s /proc/self/fd /dev/fd',
      ['ls "$2": process-id', 'ln -s /proc/self/fd /dev/fd: process-id'],
    ],
    [
      'listed',
      'ln -s /proc/self/fd /dev/fd\nls /proc/self/fd',
      ['ln -s /proc/self/fd /dev/fd', 'ls /proc/self/fd'].map((c) => `${c}: process-id`),
    ],
  ],
  'words that no table has': [
    ['of builtins', 'eval "$d"\n$a systemctl enable b.service c@d\n$a dnf copr enable -y e', []],
    ['of the history', 'eval "$d"\n$a history -q "$b"\nc', []],
    ['a name', 'a\nenable b\nc', ['enable b: process-table', 'c: process-table']],
    ['behind --', 'a\nenable -- b\nc', ['enable -- b: process-table', 'c: process-table']],
    ['an option and others', 'a\nenable -n "$b"\nc', ['enable -n "$b": process-table', 'c: process-table']],
  ],
  'aliases that a file may set': [
    ['in a text for people', 'f() { . "$x"; }\nf\necho "no \\`set -o posix\\`, please"', []],
    ['in force', 'f() { . "$x"; }\nf\nset -o posix', ['. "$x"', 'f', 'set -o posix'].map((c) => `${c}: alias`)],
    [
      'in force in backticks',
      'f() { . "$x"; }\na `set -o posix; f; b`',
      ['. "$x"', 'a `set -o posix; f; b`', 'set -o posix', 'f', 'b'].map((c) => `${c}: alias`),
    ],
  ],
  'DEBUG traps': [
    ['taken away, or asked for', 'a\ntrap - ERR DEBUG\ntrap -p DEBUG\nb\ntrap DEBUG\nc', []],
    ['set', 'a\ntrap b DEBUG\nc', ['trap b DEBUG: debug-trap', 'c: debug-trap']],
    ['behind --', 'a\ntrap -- -p DEBUG\nc', ['trap -- -p DEBUG: debug-trap', 'c: debug-trap']],
    ['by a file', '. "$a"\nb\ntrap - DEBUG\nc', []],
    [
      'by a file in a loop',
      'while a; do . "$a"; done\nb\ntrap - DEBUG\nc',
      ['a', '. "$a"', 'b', 'trap - DEBUG'].map((c) => `${c}: debug-trap`),
    ],
  ],
  'BASHPID in a function': [
    ['of its stage', 'f() { g "$BASHPID" | a; }\nf\nb', ['g "$BASHPID": process-id', 'a: process-id']],
    ['of its caller', 'f() { a "$BASHPID"; }\nf\nb', ['a "$BASHPID"', 'f', 'b'].map((c) => `${c}: process-id`)],
    [
      'of a stage that may be its caller',
      'shopt -s lastpipe\nf() { b | a "$BASHPID"; }\nf',
      ['shopt -s lastpipe', 'b', 'a "$BASHPID"', 'f'].map((c) => `${c}: process-id`),
    ],
  ],
  'descriptors that are moved': [
    ['by a subshell', 'a\n( b; c ) 2>&1 1>&3 3>&1-\nd', []],
    ['by a command', 'a\nb 3>&1-\nd', ['b 3>&1-: descriptors', 'd: descriptors']],
    ['by a group in a subshell', '( { a; } 3>&1- )\nd', ['a', 'd'].map((c) => `${c}: descriptors`)],
  ],
  'builtins that are loaded': [
    ['in a condition', 'if ! enable -f a/b c 2> d; then e; fi\nf', []],
    ['in a loop', 'a\nfor b in c; do enable -f d/e f; done', []],
    ['disabled', 'a\nenable -n b\nc', ['enable -n b: process-table', 'c: process-table']],
  ],
  'functions that nothing calls': [
    ['a signal', 'own=$$\nf() { kill -1 "$own"; }\na', ['kill -1 "$own": not-called']],
    ['called', 'own=$$\nf() { kill -1 "$own"; }\nf', ['own=$$', 'kill -1 "$own"', 'f'].map((c) => `${c}: process-id`)],
    ['by a word', 'own=$$\nf() { kill -1 $own; }\n$a', ['own=$$', 'kill -1 $own', '$a'].map((c) => `${c}: process-id`)],
    ['listed', 'own=$$\nf() { kill -1 $own; }\nset', ['own=$$', 'kill -1 $own', 'set'].map((c) => `${c}: process-id`)],
    ['beside a file', '. "$x"\nown=$$\nf() { kill -1 "$own"; }\na', ['kill -1 "$own": not-called']],
    [
      'beside a file in a loop',
      'own=$$\nf() { kill -1 $own; }\nfor x in a; do . $x; done',
      ['own=$$', 'kill -1 $own', '. $x'].map((c) => `${c}: process-id`),
    ],
    [
      'which a function of a file may run',
      'own=$$\nfoo() { kill -1 $own; }\n. $x\nb fo$a',
      ['own=$$', 'kill -1 $own', '. $x', 'b fo$a'].map((c) => `${c}: process-id`),
    ],
    ['what only bash reads', 'f() { for x\nin a; do b; done; }\na', ['b: parser', 'a: parser']],
  ],
  'stages of a script with an EXIT trap': [
    ['a variable that may be read-only', 'trap a EXIT\neval "$x"\nV=1 cat b | V=1 sort', []],
    ['where it is asked for POSIX mode', 'trap a EXIT\neval "$x"\n${POSIXLY_CORRECT+y}\nV=1 cat b | sort', []],
    [
      'in POSIX mode',
      'trap a EXIT\nset -o posix\neval "$x"\nV=1 cat b | c',
      ['V=1 cat b: subshell-trap', 'c: subshell-trap'],
    ],
    [
      'what is added to it',
      'trap a EXIT\neval "$x"\nV+=1 cat b | c',
      ['V+=1 cat b: subshell-trap', 'c: subshell-trap'],
    ],
    ['no command', 'trap a EXIT\neval "$x"\nV=1 $y | c', ['V=1 $y: subshell-trap', 'c: subshell-trap']],
  ],
};

for (const [title, cases] of Object.entries(TABLES))
  describe(title, () => {
    for (const [what, text, expected] of cases) it(what, () => assert.deepEqual(shared(text), expected));
  });
