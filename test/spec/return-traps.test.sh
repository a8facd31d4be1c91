# RETURN traps: each runs in a step of its own, where the function ends that has it.

#### a RETURN trap runs where its function ends, with its variables
f() { local v=in; trap 'echo "T $? $v ${FUNCNAME[*]} $* ${#BASH_LINENO[@]}"' RETURN; ls -d /; (exit 3); }
f a b; echo $?
## STDOUT:
/
T 3 in f main a b 2
3
## END

#### a RETURN trap and return: the status is that of the command before
f() { trap 'echo "T $?"' RETURN; false; return 7; }
f; echo $?
g() { trap 'echo "T $?"' RETURN; for i in 1 2; do while :; do (exit 4); return $i; done; done; }
g; echo $?
## STDOUT:
T 1
7
T 4
1
## END

#### a temporary directory
f() { local tmp; tmp=./tmp.d; mkdir $tmp; trap 'rm -rf "$tmp"' RETURN; echo hi >"$tmp/x"; cat "$tmp/x"; ls "$tmp"; echo f; }
f; ls; f | cat; x=$(f); echo $x; (f); ls
## STDOUT:
hi
x
f
hi
x
f
hi x f
hi
x
f
## END

#### a handler with values of its own, for signals and the end too
f() {
  TMP=./t1
  trap "rm -rf '$TMP' >/dev/null" RETURN INT TERM EXIT
  TMP=./other; touch t1 other; ls
}
f
ls
## STDOUT:
other
t1
other
## END

#### a RETURN trap stays set, and runs again where the caller returns
h() { echo h; }
f() { trap 'echo "T ${FUNCNAME[0]}"' RETURN; h; echo f; }
g() { f; h; echo g; }
g
trap -p RETURN
h
## STDOUT:
h
f
T f
h
g
T g
trap -- 'echo "T ${FUNCNAME[0]}"' RETURN
h
## END

#### a handler that takes the trap away
f() { trap 'echo T; trap - RETURN' RETURN; return 4; }
g() { f; echo "g $?"; }
g; trap -p
## STDOUT:
T
g 4
## END

#### a function does not have its caller's RETURN trap, and the caller has it back
f() { trap 'echo F' RETURN; g; echo f; k; }
g() { trap -p RETURN; echo g; }
k() { trap 'echo K' RETURN; trap - RETURN; echo k; }
f
m() { trap 'echo M' RETURN; n; echo m; }
n() { trap 'echo N' RETURN; echo n; }
m
## STDOUT:
g
f
k
F
n
N
m
N
## END

#### recursion
f() { if [ $1 = 0 ]; then return; fi; trap "echo R $1" RETURN; f $(($1-1)); echo back $1; }
f 3
g() { trap "echo R $1" RETURN; [ $1 -gt 0 ] && g $(($1-1)); echo back $1 $?; }
g 2
## STDOUT:
back 1
R 1
back 2
R 1
back 3
R 1
back 0 1
R 0
back 1 0
R 0
back 2 0
R 0
## END

#### return within redirections: the handler prints there
f() { trap 'echo T' RETURN; { echo a; return 3; } >out; }
f; echo $?; cat out
g() { trap 'echo T' RETURN; { echo a; } >out; echo b; }
g; cat out
h() { trap 'echo T' RETURN; echo a; } >out
h; cat out
k() { trap 'echo T' RETURN; return 2; } >out
k; echo $?; cat out; g >out2; cat out2
## STDOUT:
3
a
T
b
T
a
T
a
2
T
b
T
## END

#### a handler's subshells, loops and functions
f() { trap 'for i in 1 2; do (echo $i $x); done; clean a b' RETURN; local x=5; ls -d /; }
clean() { echo "clean $* $x ${FUNCNAME[*]}"; x=6; return 3; }
f; echo $?
## STDOUT:
/
1 5
2 5
clean a b 5 clean f main
0
## END

#### what a handler changes
f() { trap 'v=2; cd /; set -- q; export w=3; unset u' RETURN; u=1; pwd | grep -c .; }
u=0; f a; echo $v $PWD $w ${u-unset}; cd "$OLDPWD"
g() { trap 'popd >/dev/null' RETURN; pushd / >/dev/null; dirs +0; }
g; dirs +0 | grep -c '^/$'
## STDOUT:
1
2 / 3 unset
/
0
## END
## status: 1

#### subshells do not have it, and return from one runs none
f() { trap 'echo F' RETURN; ( ls -d /; return 3 ); echo $?; x=$(return 4); echo $?; return 5 | cat; echo ${PIPESTATUS[0]}; }
f
g() { ( trap 'echo inner' RETURN; ls -d /; return 2; ); echo $?; ( trap 'echo inner' RETURN; ls -d /; ); { trap 'echo st' RETURN; ls -d /; return 5; } | cat; }
g
## STDOUT:
/
3
4
5
F
/
2
/
/
## END

#### a RETURN trap that is set in a subshell
f() { trap 'echo F' RETURN; ls -d /; return 2; }
g() { ( f; echo in ); echo $?; f | cat; echo after; }
g
( f; h() { echo h; }; h; trap -p RETURN )
trap -p
## STDOUT:
/
F
in
0
/
F
after
/
F
h
trap -- 'echo F' RETURN
## END

#### a substitution whose shell becomes the last program of the function
f() { trap 'echo T' RETURN; ls -d /; }
g() { trap 'echo T' RETURN; ls -d /; echo g; }
echo $(f); echo $(g); x=$(true; f); echo $x
## STDOUT:
/
/ g T
/
## END

#### pipelines and jobs
f() { trap "echo T $1" RETURN; ls -d /; echo $1; }
f 1 | sed 's/^/> /'
echo x | f 2
f 3 & wait
{ f 4; echo four; } | cat
## STDOUT:
> /
> 1
> T 1
/
2
T 2
/
3
T 3
/
4
T 4
four
## END

#### conditions, and errexit
set -e
f() { trap 'echo "F $?"' RETURN; ls -d /; false || return 3; echo b; }
if f; then echo y; else echo n; fi
f || echo "failed $?"
trap 'echo "bye $?"' EXIT
f
echo never
## STDOUT:
/
F 1
n
/
F 1
failed 3
/
F 1
bye 3
## END
## status: 3

#### errexit in a handler
set -e
trap 'echo "bye $?"' EXIT
f() { trap 'echo F; false; echo not' RETURN; ls -d /; }
f
echo never
## STDOUT:
/
F
bye 1
## END
## status: 1

#### errexit in a function with a RETURN trap runs none
set -e
trap 'echo "bye $?"' EXIT
f() { trap 'echo F' RETURN; ls -d /; false; echo not; }
g() { f; echo g; }
g
## STDOUT:
/
bye 1
## END
## status: 1

#### a handler that ends the shell
trap 'echo "bye $?"' EXIT
f() { trap 'echo F; exit 4' RETURN; ls -d /; }
( f; echo no ); echo $?
f | cat; echo "${PIPESTATUS[*]}"
g() { f >out; echo no; }
( g ); cat out
g
echo never
## STDOUT:
/
F
4
/
F
4 0
/
F
## END
## status: 4

#### exit in a function runs none
f() { trap 'echo F' RETURN; ls -d /; exit 3; }
( f ); echo $?
g() { trap 'echo G' RETURN EXIT; f; }
g
## STDOUT:
/
3
/
G
## END
## status: 3

#### an error in a handler gives up the handler, and a subshell
z=0
f() { trap 'echo "T $((1/z))"; echo no' RETURN; ls -d /; }
( f; echo no ) 2>/dev/null; echo $?
f 2>/dev/null; echo "f $?"
g() { f; echo "g $?"; }
g 2>/dev/null
{ f >out; cat out; } 2>/dev/null | cat
echo end
## STDOUT:
/
1
/
f 0
/
g 0
end
## END

#### an unset variable in a handler ends the shell
set -u
f() { trap 'echo "T $nope"; echo no' RETURN; ls -d /; }
( f; echo no ) 2>/dev/null; echo $?
trap 'echo "bye $?"' EXIT
f 2>/dev/null
echo never
## STDOUT:
/
1
/
bye 1
## END
## status: 1

#### the end of a file that is read
f() { trap 'echo "T $?"' RETURN; echo f; }
f
. ./lib a; echo $?
. ./two; echo $?
trap - RETURN
. ./lib; g
## FILE: lib
ls -d /
echo "lib $#"
(exit 3)
g() { trap "echo G" RETURN; ls -d /; }
## END
## FILE: two
trap 'echo "two $?"' RETURN
ls -d /
return 2
## END
## STDOUT:
f
T 0
/
lib 1
T 0
0
/
two 0
2
/
lib 0
/
G
## END

#### a file that is read in a function
f() { . ./lib; ls -d /; }
f
g() { f; echo g; }
g
## FILE: lib
trap 'echo "L ${FUNCNAME[0]}"' RETURN
ls -d /
## END
## STDOUT:
/
L f
/
L f
/
L f
/
L f
g
L g
## END

#### names and texts that only run time knows
run() { "$@"; echo "run $?"; }
f() { trap "echo F $1" RETURN; ls -d /; return 3; }
run f 1
run ls -d /
g() { eval 'f 2'; echo g; }
g
## STDOUT:
/
F 1
run 3
F 1
/
run 0
/
F 2
g
F 2
## END

#### lines
f() {
  trap 'echo "f $LINENO"' RETURN

  ls -d /
}
g()
{
  trap 'echo "g $LINENO"; h' RETURN
  for i in 1; do
    ls -d /
  done
}
h() {
  echo "h $LINENO"
  caller 0 | sed 's/ [^ ]*$//'
}
k() {
  trap 'echo "k $LINENO"' RETURN
  ls -d /
  return
}
m() if true; then
  trap 'echo m' RETURN
  ls -d /
fi
f
g; k
m
## STDOUT:
/
f 1
/
g 7
h 14
7 g
/
k 20
/
m
## END

#### variables of the function
f() { local -i k=$1; local a=(a b); local -A m=([x]=1); trap 'echo "F $k ${a[*]} ${m[x]}"; a+=(q); G=$k' RETURN; k+=1; ((k > 3)) && return 9; f $k; echo "back $k $G"; }
f 1; echo $? $G
g() { local OPTIND=1; trap 'echo $OPTIND $o' RETURN; getopts ab: o -ab x; getopts ab: o -ab x; ls -d /; }
g; echo $OPTIND
## STDOUT:
F 4 a b 1
back 3 4
F 3 a b 1
back 2 3
F 2 a b 1
0 2
/
3 b
1
## END

#### an EXIT trap's function and RETURN traps
on_exit() { echo "bye $?"; f; ls -d /; }
trap on_exit EXIT
f() { trap 'echo "F $?"' RETURN; ls -d /; return 3; }
g() { f; echo g; }
g
exit 2
## STDOUT:
/
F 0
g
F 0
bye 2
/
F 0
/
F 0
## END
## status: 2

#### a handler of two lines, and one that prints
f() { trap 'echo one
echo two >&2' RETURN; ls -d /; }
f 2>err; cat err
x=$(f 2>&1); echo "$x"
printf '1\n2\n' | while read y; do f 2>/dev/null; done
## STDOUT:
/
one
two
/
one
two
/
one
/
one
## END

#### a function that reads what its handler reads on
f() { trap 'read -r b; echo "T $b"' RETURN; read -r a; echo "f $a"; }
printf '1\n2\n3\n' | { f; read -r c; echo "c $c"; }
f <in; f <<<$'x\ny'
## FILE: in
a
b
## END
## STDOUT:
f 1
T 2
c 3
f a
T b
f x
T y
## END

#### functions with functrace, and a handler that sets options
f() { ls -d /; }
set -T; trap 'echo R' RETURN
f
trap - RETURN; set +T
g() { trap 'set -f; echo G' RETURN; ls -d /; echo x*; }
g; echo x*
## FILE: x1
1
## END
## STDOUT:
/
R
/
x1
G
x*
## END

#### a trap that is ignored
f() { trap '' RETURN; ls -d /; }
f; trap -p RETURN
g() { trap 'echo G' RETURN; ls -d /; }
g
## STDOUT:
/
trap -- '' RETURN
/
G
## END

#### functions that inherit the trap, by any option
f() { trap 'echo RT' RETURN; g; echo f; }
g() { echo g; }
set -e -o pipefail +o nounset -T
f
f
## STDOUT:
g
RT
f
RT
g
RT
f
RT
## END

#### functions that inherit the trap, by the name of an option that only run time knows
f() { trap 'echo RT' RETURN; g; echo f; }
g() { echo g; }
o=extdeb
shopt -s "${o}ug"
f
f
## STDOUT:
g
RT
f
RT
g
RT
f
RT
## END

#### a function that inherits the trap, by its attribute
f() { trap 'echo RT' RETURN; g; echo f; }
g() { echo g; }
a=-ft
declare $a g
f
f
## STDOUT:
g
RT
f
RT
g
RT
f
RT
## END

#### functions that inherit the trap, by a command that only run time knows
f() { trap 'echo RT' RETURN; g; echo f; }
g() { echo g; }
s=set
$s -o func"trace"
f
f
## STDOUT:
g
RT
f
RT
g
RT
f
RT
## END

#### a RETURN trap beside words that look like an option of declare
set -eo pipefail
f() {
  declare desc="a -t b" t="-t"
  local TMP=$(mktemp -p . -t tmp.XXXX)
  trap "echo rm; rm -rf '$TMP' >/dev/null" RETURN INT TERM EXIT
  local args=("-o" "-p" "22" "-t" "x")
  echo a > "$TMP"; cat "$TMP"
  g
}
g() { echo g; }
f
echo behind
ls
## STDOUT:
a
g
rm
behind
rm
## END

#### a RETURN trap that goes back to another directory, beside such words
set -e
f() {
  declare a="-printf"
  pushd / &>/dev/null
  trap 'popd &>/dev/null || true; echo popped' RETURN INT TERM
  echo "$PWD" | tail -c 2
  [ "$1" ] || return 3
  false
}
here=$PWD
f && echo no || echo rc $?
[ "$here" = "$PWD" ] && echo back
f x
## STDOUT:
/
popped
rc 3
back
/
## END
## status: 1

#### a function is given the trace attribute in another quote
f() { local x="a" y="-t"; trap 'echo ret $x' RETURN; g; echo f; }
g() { echo g; }
typeset $'-t' -f g
f
## STDOUT:
g
ret a
f
ret a
## END

#### a function is given the trace attribute by texts and words
f() { local x="a" y="-t"; trap 'echo ret $x' RETURN; g; echo f; }
g() { echo g; }
eval 'declare -f \
  -t g'
f
o=-ft
declare $o g
f
## STDOUT:
g
ret a
f
ret a
g
ret a
f
ret a
## END

#### a RETURN trap that undoes itself, in every shell
f() { local x="-t $1"; trap "echo ret '$x'; trap - RETURN" RETURN; (exit 4); echo "rc $?"; return 5; }
f a; echo $?
x=$(f b); echo "$x $?"
f c | cat
(f d; echo sub)
if f e; then :; else echo "cond $?"; fi
g() { echo g; }
g
## STDOUT:
rc 4
ret -t a
5
rc 4
ret -t b 5
rc 4
ret -t c
rc 4
ret -t d
sub
rc 4
ret -t e
cond 5
g
## END

#### a RETURN trap that is the EXIT trap and that of signals, too
set -eo pipefail
f() {
  local T="$(mktemp -p . d.XXXX)" list=(-t)
  trap "rm -rf '$T' >/dev/null; echo cleaned" RETURN INT TERM EXIT
  echo work
  [ "$1" != fail ] || false
  [ "$1" != exit ] || exit 6
  [ "$1" != term ] || kill -TERM $$
  echo after
}
f ok
ls
(f fail) || echo "failed $?"
(set -e; f exit; echo no) || echo "exit $?"
f term
ls
f fail
## STDOUT:
work
after
cleaned
work
after
cleaned
cleaned
work
cleaned
exit 6
work
cleaned
after
cleaned
work
cleaned
## END
## status: 1
