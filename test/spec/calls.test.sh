#### a call with redirections
say() { echo "$1: out"; echo "$1: err" >&2; }
say a > file
say b 2>&1 >> file | sed 's/^/piped /'
say c > /dev/null 2>&1
say d 2> err >> file
cat file err
## STDOUT:
piped b: err
a: out
b: out
d: out
d: err
## END

#### words are expanded before the file is opened
say() { echo "$1"; }
echo old > file
say "$(cat file)" > file
cat file
n=0
say $((n = 5)) > "out$n"
cat out5
say "$(cat file)" > "$(echo name)"
cat name
## STDOUT:
old
5
old
## END

#### a call that reads
total() { local n sum=0; while read -r n; do sum=$((sum + n)); done; echo "$1 $sum"; }
printf '%s\n' 1 2 3 > numbers
total file < numbers
total doc <<END
10
$((20 + 1))
$(echo 30)
END
total string <<< "$(echo 7)"
## STDOUT:
file 6
doc 61
string 7
## END

#### a call whose file cannot be opened
f() { echo never; }
f > /nonexistent/file 2> /dev/null
echo "status $?"
set -e
if f > /nonexistent/file; then echo no; else echo "else $?"; fi
f 2> /dev/null > /nonexistent/file
echo not reached
## STDOUT:
status 1
else 1
## END
## status: 1

#### return, exit and loops in a redirected call
f() { echo "in $1"; [ "$1" = 2 ] && return 7; echo "past $1"; }
for i in 1 2 3; do
  f $i >> log || { echo "status $?"; continue; }
  echo "ok $i"
done
cat log
g() { echo bye; exit 4; }
h() { g > "$1"; }
trap 'echo over' EXIT
h bye
echo not reached
## STDOUT:
ok 1
status 7
ok 3
in 1
past 1
in 2
in 3
past 3
## END
## status: 4

#### recursion with redirections
down() {
  local n=$1
  echo "at $n"
  [ "$n" -eq 0 ] || down $((n - 1)) >> "file$n"
  echo "back $n"
}
down 2
cat file2 file1
## STDOUT:
at 2
back 2
at 1
back 1
at 0
back 0
## END

#### a redirected call keeps what it changes
f() { x=changed; cd sub; set -- a b; echo "$PWD" | sed 's/.*\///'; }
mkdir sub
f > out 2>&1
echo "$x ${PWD##*/} $#"
cat ../out
## STDOUT:
changed sub 0
sub
## END

#### a function that opens descriptors, called with redirections
f() { exec 3> three; echo "to four"; }
f > four
echo "to three" >&3
exec 3>&-
{ f; } > five
echo "to three again" >&3
cat three four five
## STDOUT:
to three again
to four
to four
## END

#### errexit in a redirected call
set -e
f() { false; echo "goes on"; }
f > out || echo "or $?"
cat out
f > out
echo not reached
## STDOUT:
goes on
## END
## status: 1

#### a function whose name only run time knows
set -e
cmd_add() { echo "add $*"; total=$((total + $1)); }
cmd_show() { echo "total $total"; }
cmd_fail() { return 3; }
total=0
for word in 'add 2' 'add 5' show; do
  set -- $word
  command=$1
  shift
  "cmd_$command" "$@"
done
"cmd_fail" || echo "status $?"
cmd_$command
"cmd_fail" && echo no
x=cmd_fail
if ! $x; then echo "negated"; fi
$x
echo not reached
## STDOUT:
add 2
add 5
total 7
status 3
total 7
negated
## END
## status: 3

#### wrappers that run what they are given
run() { echo "+ $*"; "$@"; }
try() { "$@" || { echo "failed $?"; return 0; }; echo "fine"; }
work() { local n=$1; n=$((n + 1)); echo "work $n $#"; return "$n"; }
run work 1 x
echo $?
try run work -1
try work 3
try run try work 1
run cd /
echo "$PWD"
run set -- a b
run eval 'x=5; work 6; echo "x $x"'
echo $?
run local y=3
run echo plain
run nonexistent-command 2> /dev/null
echo $?
## STDOUT:
+ work 1 x
work 2 2
2
+ work -1
work 0 1
fine
work 4 1
failed 4
+ try work 1
work 2 1
failed 2
fine
+ cd /
/
+ set -- a b
+ eval x=5; work 6; echo "x $x"
work 7 1
x 5
0
+ local y=3
+ echo plain
plain
+ nonexistent-command
127
## END

#### commands at run time that leave loops, functions and the script
f() { for i in 1 2 3; do $1 $2; echo "past $i"; done; echo "end f"; }
g() { echo "g $1"; }
f break
f continue
f g x | head -2
h() { $1 4; echo no; }
h return
echo $?
for i in 1 2; do
  c=g
  [ $i = 2 ] && c=exit
  $c 7
done
echo not reached
## STDOUT:
end f
end f
g x
past 1
4
g 7
## END
## status: 7

#### a function given at run time that redefines itself
f() { echo first; f() { echo second; }; }
x=f
$x
$x
g() { echo "g in $FUNCNAME"; }
y=g
$y
unset -f g
$y 2> /dev/null || echo "gone $?"
z=
$z
echo $?
## STDOUT:
first
second
g in g
gone 127
0
## END

#### functions that only ask for commands
need() {
  local name missing=()
  for name; do
    command -v "$name" > /dev/null 2>&1 || missing+=("$name")
  done
  [ ${#missing[@]} -eq 0 ] || { echo "missing ${missing[*]}" >&2; return 69; }
}
note() { echo "note $1"; }
need cat nonexistent-a ls nonexistent-b 2> err || echo "$?"
cat err
{ echo "head"; note one; } > out
note two >> out
cat out
command -V exit
command -v exit
## STDOUT:
69
missing nonexistent-a nonexistent-b
head
note one
note two
exit is a shell builtin
exit
## END

#### calls of what is no function any more
f() { cat in; echo "f $1"; }
echo in > in
f 1
unset -f f
f 2 2>/dev/null; echo $?
x=$(f 3 2>/dev/null; echo "in $?"); echo "$x"
(f 4 2>/dev/null || echo none); echo $?
for i in 5 6; do
  f $i 2>/dev/null && echo yes || echo "no $?"
  f() { cat in; echo "again $1"; }
done
f 7
## STDOUT:
in
f 1
127
in 127
none
0
no 127
in
again 6
yes
in
again 7
## END

#### a call of what is no function, with errexit
set -e
f() { cat in; }
unset -f f
g() { f 2>/dev/null || echo "g $?"; x=$(f 2>/dev/null; echo never) || echo "x $?"; f 2>/dev/null; echo never; }
trap 'echo "bye $?"' EXIT
(f 2>/dev/null; echo never) || echo "sub $?"
g
## STDOUT:
never
g 127
bye 127
## END
## status: 127

#### a call in a loop that asks for its status and goes on
odd() { cat in > /dev/null; return $(($1 % 2 == 0)); }
echo > in
n=0
while
  n=$((n + 1))
  odd $n || [ $n -lt 6 ]
do
  if odd $n; then
    [ $n = 3 ] && continue
    odd $n && odd $((n + 2)) && echo "odd $n"
  elif [ $n = 4 ]; then echo four
  else
    case $n in 2) echo two ;; *) echo other $n ;; esac
  fi
  odd $n || continue
  [ $n != 7 ] || break
done
echo $n $?
## STDOUT:
odd 1
two
four
odd 5
6 0
## END

#### calls that a shell makes itself, which stays from step to step, and its state from any depth
dec() { local n=$1; n=$((n-1)); r=$n; return $n; }
deep() { local a=$1 b="x $1"; dec "$a"; st=$?; if [ "$a" -gt 1 ]; then deep $((a-1)); fi; t+="$a$b$st;$#:$*;"; }
arr=(); declare -A m
add() { arr+=("$1"); m[$1]=$2; local v; v=${arr[0]}; first=$v; set -- "$@" more; count=$#; }
nothing() { false; return; }
for i in 1 2 3 4; do
  dec $i; echo "dec $? $r"
  add k$i "v $i"
  nothing; echo "nothing $?"
  x=$(dec $i; echo $?); echo "sub $x"
  deep 3
  dec 2; cat /dev/null; dec 1
done
echo "${arr[@]}" "${#m[@]}" "${m[k3]}" "$first" $count
echo "$t"
set -- x y
for i in 1 2 3; do shift 0; set -- "$@" $i; dec 1; declare q$i=$r; done
echo "$@" $q1$q3
## STDOUT:
dec 0 0
nothing 1
sub 0
dec 1 1
nothing 1
sub 1
dec 2 2
nothing 1
sub 2
dec 3 3
nothing 1
sub 3
k1 k2 k3 k4 4 v 3 k1 3
1x 10;1:1;2x 20;1:2;3x 30;1:3;1x 10;1:1;2x 20;1:2;3x 30;1:3;1x 10;1:1;2x 20;1:2;3x 30;1:3;1x 10;1:1;2x 20;1:2;3x 30;1:3;
x y 1 2 3 00
## END

#### what calls show of themselves in a shell that stays
outer() { local q=1
  inner; echo "q=$q in ${FUNCNAME[0]} line $LINENO"; }
inner() { q=$((q+1)); [ $q -gt 3 ] || deeper a "b c"; }
deeper() {
  q=$((q+10)); set -- "$@" z
  echo "$# $* ${FUNCNAME[*]} ${BASH_LINENO[*]} $LINENO"
}
for i in 1 2 3 4
do
  outer "$i"
done
same() { local n=$1
  [ $n -gt 0 ] && same $((n-1))
  shown=$(declare -f same | wc -l)
}
same 4; same 3; echo $shown
## STDOUT:
3 a b c z deeper inner outer main 3 2 10 0 6
q=12 in outer line 2
3 a b c z deeper inner outer main 3 2 10 0 6
q=12 in outer line 2
3 a b c z deeper inner outer main 3 2 10 0 6
q=12 in outer line 2
3 a b c z deeper inner outer main 3 2 10 0 6
q=12 in outer line 2
6
## END

#### functions of a script with errexit in a shell that stays
set -euo pipefail
trap 'echo "over $? ${FUNCNAME[*]}"' EXIT
n=0
log() { printf '%s\n' "$*"; }
step() { local k=$1; n=$((n+1)); [ "$k" -lt 4 ] || return 3; log "step $k $n"; }
try() { step "$1" || log "failed $?"; }
for i in 1 2 3 4 5; do try $i; done
check() { local v=$1; log "check $v"; test "$v" -lt 3; log "after $v"; }
if check 5; then log yes; fi
check 1
outer() { local o=x; check 2; check "$1"; log "not here"; }
for i in 1 2 3; do outer $i; done
## STDOUT:
step 1 1
step 2 2
step 3 3
failed 3
failed 3
check 5
after 5
yes
check 1
after 1
check 2
after 2
check 1
after 1
not here
check 2
after 2
check 2
after 2
not here
check 2
after 2
check 3
over 1 check outer main
## END
## status: 1

#### a command that fails in a call ends a script with errexit, also behind calls that a shell has made itself
set -e
f() { local a=$1; a=$((a+1)); b=$a; test $b -lt 4; echo "fine $b"; }
g() { f $1 && echo ok || echo "g $?"; }
for i in 1 2 3 4; do g $i; done
f 1
f 2
f 3
echo no
## STDOUT:
fine 2
ok
fine 3
ok
fine 4
ok
fine 5
ok
fine 2
fine 3
## END
## status: 1

#### what a shell that stays cannot take in a call
f() { local a=$1; r=$((a+1)); }
g() { [ -n "${m[$1]}" ]; h=$?; }
declare -A m=([k]=1 [l m]=2)
for v in 1 2 3 07 4; do f $v 2>/dev/null; echo $r; done
for k in k x 'l m' k ''; do g "$k" 2>/dev/null; echo $h; done
n=-3; for i in 1 2 3; do n=$((n+1)); f $n; f $n; echo $r; done
w() { return $1; }
for i in 1 2 3 -1 256 300; do w $i 2>/dev/null; echo $?; done
## STDOUT:
2
3
4
8
5
0
1
0
0
1
-1
0
1
1
2
3
255
0
44
## END

#### set -e ends no substitution in a function, be it the third command in a row
set -e
f() { echo a; x=$(false; echo hi); echo "f:$x"; }
f
g() { local y; echo "$(false; echo hi)"; case $(false; echo a) in a) echo case;; esac; echo $(( $(false; echo 3) + 1 )); }
g
h() { for i in 1 2 3; do /bin/true; x=$(/bin/false; echo "$i"); echo "$x"; done; }
h
shopt -s inherit_errexit
f || echo ignored
f
echo not reached
## STDOUT:
a
f:hi
hi
case
4
1
2
3
a
f:hi
a
## END
## status: 1

#### An error behind a call ends a subshell that a shell stays in
exec 2> /dev/null
a=x b='y z'
f() {
local n=${1:-0}
set -- "${@:2}"
}
( f 0 && { set -- 7$a"7 " -- $((b+1)); printf -v c '%s-' a=b; } ) || echo "status $?"
g() { local m=2; ( f 0 && { set -- 7$a"7 " -- $((b+1)); echo never; } ) || echo "in g $?"; echo "m $m"; }
g
x=$(f 1; f 2; set -- 7$a $((b+1)); echo never) || echo "substitution $?"
{ f 1; f 2; set -- $((b+1)); echo never; } | cat; echo "stage ${PIPESTATUS[0]}"
echo end
## STDOUT:
status 1
in g 1
m 2
substitution 1
stage 1
end
## END

#### An error behind a call in a subshell that is a condition
exec 2> /dev/null
a=x b='y z'
f0() {
local n=${1:-0}
set -- "${@:2}"
}
f1() { :; }
f2() { :; }
export k
if ! (
f0 0 && {
set -- 7$a"7 " -- $((b+1)); printf -v c '%s-' a=b
}
)
then
echo failed
fi
echo end
## STDOUT:
failed
end
## END
