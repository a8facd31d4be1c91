# Commands whose names only run time knows: they may be builtins whose names stand somewhere as data.

#### a word that may be exec opens a descriptor in a redirected loop
open=exec
while read -r line; do
  $open 5> "$line"
  echo "to $line" >&5
done <<< $'a\nb'
echo more >&5
exec 5>&-
cat a b
## STDOUT:
to a
to b
more
## END

#### exec by way of an argument, a pattern and eval
run() { "$@" 6> six; }
{ run exec; } < /dev/null
echo one >&6
pick() { case $1 in exec) { $1 7> seven; } < /dev/null ;; esac; }
pick exec; echo two >&7
eval 'way=exec'
{ $way 8> eight; echo three >&8; } < /dev/null
cat six seven eight
## STDOUT:
one
two
three
## END

#### words that are no exec, with redirections in loops
reader='read -r a b'
say() { echo "$@"; }
while $reader; do
  shown=say
  $shown "$a-$b" > "out.$a"
  $reader <<< "in ner"; echo "$a $b"
done <<< $'1 2\n3 4'
cat out.1 out.3
## STDOUT:
in ner
in ner
1-2
3-4
## END

#### a word that may be local
keep() {
  $1 -
  set -f
  echo *
}
touch x
keep local
echo *
keep :
echo *
## STDOUT:
*
x
*
*
## END

#### a difference that is no local
calc=expr
minus() { $calc "$1" - "$2"; set -f; echo *; }
touch y
minus 5 3
echo *
## STDOUT:
2
*
*
## END

#### a word that stands in for a value
call=${UNSET_CALL:-exec}
(
  $call > out
  echo a
)
(
  ${UNSET_CALL-exec} >> out
  echo b
)
(
  : "${other:=exec}"
  $other >> out
  echo c
)
set -- word
(
  ${1:+exec} >> out
  echo d
)
echo end
cat out
## STDOUT:
end
a
b
c
d
## END

#### a word of a here-document
read -r call <<X
exec
X
(
  $call > out
  echo a
)
while read -r call; do
  (
    $call >> out
    echo b
  )
done <<'X'
exec
X
echo end
cat out
## STDOUT:
end
a
b
## END

#### an ERR trap that a wrapper sets
run() { "$@"; }
run trap 'echo err $LINENO' ERR
false
run false
eval 'run false'
## STDOUT:
err 3
err 4
err 5
err 5
## END
## status: 1

#### errexit that a wrapper or a word sets
run() { "$@"; }
c='set -e'
(
  $c
  run false && :
  echo in
  if run false; then :; fi
  run false
  echo no
)
echo $?
run set -e
x=$(run false) || echo or
run false
echo no
## STDOUT:
in
1
or
## END
## status: 1

#### tables, modes and limits that a word or a wrapper changes
run() { "$@"; }
c='enable -n echo'
$c
type -t echo | sed 's/file/off/'
c='enable echo'
$c
run enable -n test
type -t test | sed 's/file/off/'
set -- -abc
run getopts abc o -abc
builtin echo "$o"
ls -d /
run getopts abc o -abc
builtin echo "$o $OPTIND"
run complete -W 'a b' foo
complete -p foo
cmd=(unset LINENO)
"${cmd[@]}"
true
builtin echo "[$LINENO]"
## STDOUT:
off
off
a
/
b 1
complete -W 'a b' foo
[]
## END

#### a limit and a trap that are set by words
run() { "$@"; }
run trap 'n=$((n+1))' DEBUG
true
true
[ "$n" -gt 2 ] && echo counted
trap - DEBUG
c='ulimit -f 1'
$c
(head -c 5000 /dev/zero >big) 2>/dev/null
stat -c %s big
## STDOUT:
counted
1024
## END

#### a return that a word or a wrapper runs, with an ERR trap and errexit
(
  set -e
  trap 'echo "ERR $?"' ERR
  run() { c=return; $c 5; }
  run
  echo no
)
echo $?
set -eE
trap 'echo "ERR $? ${FUNCNAME[*]}"' ERR
run() { "$@"; }
f() { ls -d /; run return 5; echo in; }
f
echo no
## STDOUT:
ERR 5
5
/
ERR 5 f main
## END
## status: 5

#### traps of shells inside, which words, texts and files set
run() { "$@"; }
v=$(run trap 'echo substitution' EXIT; ls -d /); echo "$v"
(run trap 'echo subshell' EXIT; ls -d /)
{ run trap 'echo stage' EXIT; ls -d /; } | cat
f() { run trap 'echo function' EXIT; ls -d /; }
x=$(f); echo "$x"; f | cat; (f)
t="trap 'echo text' EXIT"
v=$(eval "$t"; ls -d /); echo "$v"
(eval "$t"; ls -d /)
echo "trap 'echo file' EXIT" >lib
v=$(. ./lib; ls -d /); echo "$v"
(. ./lib; ls -d /)
{ . ./lib; ls -d /; } | cat
trap 'echo main' EXIT
c='trap -p'
($c; run trap; ls -d /)
## STDOUT:
/
substitution
/
subshell
/
stage
/
/
function
/
function
/
text
/
text
/
file
/
file
/
file
trap -- 'echo main' EXIT
trap -- 'echo main' EXIT
/
main
## END

#### text that a wrapper has evaluated opens descriptors, starts jobs and sets traps
run() { "$@"; }
run eval 'exec 3>f'
echo hi >&3
ls
cat f
run eval '(exit 3) & p=$!'
run wait $p
echo $?
run eval '(exit 4) &'
wait $!
echo $?
run eval 'trap "echo bye" EXIT'
ls -d /
run eval 'set -e'
run false
echo no
## STDOUT:
f
hi
3
4
/
bye
## END
## status: 1

#### a text that ties, evaluated by way of another command or by words
y="trap 'echo debug' DEBUG"
command eval "$y"
echo a
trap - DEBUG
e=eval
$e "$y"
echo b
trap - DEBUG
run() { "$@"; }
run eval "$y"
echo c
## STDOUT:
debug
a
debug
debug
b
debug
debug
c
## END

#### arguments that are names of builtins, behind a word that may be nothing
SUDO=
tool() { echo "[$*]"; }
$SUDO tool enable -n echo
$SUDO tool set -e
false
type -t echo
SUDO=env
$SUDO printf '%s\n' hash
echo on
## STDOUT:
[enable -n echo]
[set -e]
builtin
hash
on
## END

#### builtins behind what a word may be: nothing, eval, a function that shifts
SUDO=
$SUDO $SUDO enable -n printf
type -t printf
x=eval
$x A=1 enable -n echo
$x if true\; then shopt -s nullglob\; fi
type -t echo
run() { shift 2; "$@"; }
x=run
"$x" a b set -o errexit
false
## STDOUT:
file
file
## END
## status: 1
