# What was once kept in one step with the rest of its script, and now is with itself alone.

#### local - in one function of several
set -u
f() { local -; set +u; echo "f ${nope}$-"; g; }
g() { echo "g [$nope] ${#-}"; }
h() { echo "h $-"; for i in 1 2; do echo $i; done; }
f
h
( f; h )
x=$(f) ; echo "$x"
echo "$- ${nope-unset}"
echo "$nope"
echo not here
## STDOUT:
f hB
g [] 2
h huB
1
2
f hB
g [] 2
h huB
1
2
f hB
g [] 2
huB unset
## END
## status: 1

#### local - behind set -x, and in a loop
f() { local -; set +x; echo "in $1"; }
for i in 1 2; do
  f $i
  set -f
  f $i
  set +f
done
echo *
## STDOUT:
in 1
in 1
in 2
in 2
*
## END

#### local - under set -e, with a failure within
set -e
f() { local -; set +e; false; echo "goes on"; }
g() { f; echo g; false; echo not here; }
g || echo ignored
f
g
echo not here
## STDOUT:
goes on
g
not here
goes on
goes on
g
## END
## status: 1

#### local - in a function that is called in a pipeline
set -o pipefail
f() { local -; set +o pipefail; false | cat; echo "f $?"; }
f | cat
f
false | cat
echo $?
## STDOUT:
f 0
f 0
1
## END

#### what the system says of all processes alike
grep -c . /proc/self/uid_map >/dev/null && echo map
if [ -L /proc/self/exe ]; then echo link; fi
n=$(grep -c . /proc/self/mountinfo)
[ "$n" -gt 0 ] && echo mounts
# Not /proc/self/fd/0 here.
echo done
## STDOUT:
map
link
mounts
done
## END

#### kill by process id, of a job that has been waited for
cleanup() { [ -n "${PID:-}" ] && kill -TERM "$PID" 2>/dev/null; echo cleaned; }
handler() { echo handled; cleanup; exit 3; }
trap handler INT TERM
run_tests() {
  local a=$1
  echo "start $a"
  sh -c 'echo job; exit 4' &
  PID=$!
  wait "$PID"
  echo "status $?"
  [ "$a" = 1 ]
}
main() { run_tests 1 && echo ok; run_tests 2 || echo bad; cleanup; }
main "$@"
## STDOUT:
start 1
job
status 4
ok
start 2
job
status 4
bad
cleaned
## END

#### a signal while a function waits for its job
handler() { echo handled; kill "$PID" 2>/dev/null; wait "$PID" 2>/dev/null; exit 3; }
trap handler USR1
run() {
  sleep 5 &
  PID=$!
  (sleep 0.2; kill -USR1 $$) &
  wait "$PID"
  echo not here
}
echo before
run
## STDOUT:
before
handled
## END
## status: 3

#### aliases that are not expanded, and a comment on POSIX
# This is not POSIX.
f() { alias ll='echo alias'; g; }
g() { ll 2>/dev/null || echo none; }
f
alias ll
for i in 1 2; do f; done
## STDOUT:
none
alias ll='echo alias'
none
none
## END

#### limits that are only asked, and one that is wrong
ulimit -f; ulimit -S -n >/dev/null; echo $?
ls -d .
ulimit -f -42 2>/dev/null; echo $?
ls -d /
ulimit --all >/dev/null 2>&1; echo $?
## STDOUT:
unlimited
0
.
2
/
2
## END

#### a descriptor that is moved, behind commands of their own
ls -d .
exec 5>out.txt
echo one >&5
exec 6>&5-
echo two >&6
{ echo three >&5; } 2>/dev/null || echo closed
ls -d /
exec 6>&-
cat out.txt
## STDOUT:
.
closed
/
one
two
## END

#### a descriptor that is moved in evaluated text
exec 5>out.txt
c='exec 6>&5-'
eval "$c"
ls -d .
echo six >&6
cat out.txt
## STDOUT:
.
six
## END

#### a limit on files' sizes that nothing comes near, and one that is wrong
ulimit -f $(( 1 << 32 )); ulimit -f
ls -d .
ulimit -Sf 2097152; echo $?; ulimit -Sf; ulimit -Hf
big=$(( 1 << 53 ))
ulimit -f $big 2>/dev/null; echo $?
(ulimit -f 4194304; ulimit -f)
ulimit -f; sh -c 'ulimit -f'
ulimit -S -f unlimited 2>/dev/null; echo $?
ulimit -Sf
## STDOUT:
4294967296
.
0
2097152
4294967296
1
4194304
2097152
4194304
1
2097152
## END

#### limits on files' sizes that hold: literal, in a variable, by an arithmetic constant
size=1
ulimit -S -f $size
head -c 5000 /dev/zero > out 2>/dev/null
echo $?
size=$(( 1 << 21 ))
ulimit -S -f $size
head -c 5000 /dev/zero > out
wc -c < out
ulimit -S -f $(( 1 << 0 ))
trap '' XFSZ
head -c 5000 /dev/zero > out 2>/dev/null
echo $?
wc -c < out
## STDOUT:
153
5000
1
1024
## END

#### limits on files' sizes in a variable that something else assigns to
size=$(( 1 << 21 ))
part=si
declare "${part}ze=1"
ulimit -S -f $size
ulimit -Sf
trap '' XFSZ
head -c 5000 /dev/zero > out 2>/dev/null
echo $?
for size in 2 1; do ulimit -S -f $size; ulimit -S -f; done
wc -c < out
## STDOUT:
1
1
2
1
1024
## END

#### which limit is in a variable
flag=-t
ulimit -S -H $flag 10000
echo both=$?
ulimit -S $flag 9000
ulimit $flag
ulimit -S $flag 10001 2>/dev/null || echo above
ulimit -Ht; ulimit -St
## STDOUT:
both=0
9000
above
10000
9000
## END

#### which limit is in a variable that has two values
flag=-t
ulimit -S $flag 9000
flag=-f
ulimit -S $flag 1
trap '' XFSZ
head -c 5000 /dev/zero > out 2>/dev/null
echo $?
wc -c < out
ulimit -St
## STDOUT:
1
1024
9000
## END

#### which limit is in a variable that is more than one word
flag='-S -f 1'
trap '' XFSZ
ulimit $flag
head -c 5000 /dev/zero > out 2>/dev/null
echo $?
wc -c < out
## STDOUT:
1
1024
## END

#### history that is cleared while nothing is in it
printf 'one\ntwo\n' > list
history -c
echo first
history -w out; wc -l < out
history -r list
history -s three
history
history -c
history; echo none
for i in 1 2; do history -c; history -s "loop $i"; done
history
## STDOUT:
first
0
    1  one
    2  two
    3  three
none
    1  loop 2
## END

#### history that is cleared in a loop, a function and eval
for i in 1 2; do history -c; history; history -s "loop $i"; done
history
f() { history -c; }
f
history; echo cleared
history -s again
eval 'history -c; history'
history -s more
g() { history; }
g
## STDOUT:
    1  loop 2
cleared
    1  more
## END

#### command -p as a stage, and where its shell goes on
mkdir bin
printf '#!/bin/sh\necho wrong\n' > bin/tr
chmod +x bin/tr
PATH="$PWD/bin:$PATH"
echo aaa | tr a b
echo aaa | command -p tr a b
echo aaa | tr a b
( command -p tr a b <<< aaa; tr a b <<< aaa )
echo aaa | { command -p tr a b; tr a c <<< aaa; }
command -p tr a b <<< aaa
tr a b <<< aaa
rm bin/tr
echo aaa | tr a d
## STDOUT:
wrong
bbb
wrong
bbb
bbb
bbb
ccc
bbb
bbb
ddd
## END

#### command -p as the last stage with lastpipe
shopt -s lastpipe
mkdir bin
printf '#!/bin/sh\necho wrong\n' > bin/tr
chmod +x bin/tr
PATH="$PWD/bin:$PATH"
echo aaa | command -p tr a b
echo aaa | { tr a b; }
tr a b <<< aaa
## STDOUT:
bbb
bbb
bbb
## END

#### the terminal in a prompt
PS1='foo \l bar'
echo "${PS1@P}" < /dev/null
f() { echo "${PS1@P}"; }
f < /dev/null
PS1='\l \#'
(echo "${PS1@P}")
## STDOUT:
foo tty bar
foo tty bar
tty 6
## END

#### aliases of exclamation marks, with brackets, with other characters in their names
shopt -s expand_aliases
alias hi='echo hello world '
alias punct='!!!'
alias test_='echo [ '
alias e_+.~x='echo' a,b@c%d^e='echo names'
hi punct
alias hi='echo hello world'
hi punct
test_ punct ]
( test_ hi; )
echo $(test_ punct)
e_+.~x X; a,b@c%d^e Y
punct 2>/dev/null; echo $?
alias
unalias e_+.~x
e_+.~x 2>/dev/null; echo $?
## STDOUT:
hello world !!!
hello world punct
[ !!! ]
[ echo hello world
[ !!!
X
names Y
127
alias a,b@c%d^e='echo names'
alias e_+.~x='echo'
alias hi='echo hello world'
alias punct='!!!'
alias test_='echo [ '
127
## END

#### aliases whose text is not only words: a bracket that begins a subscript, a single exclamation mark
shopt -s expand_aliases
alias sub='a['
alias not='!'
alias not2='! true'
sub 1 ]=5
echo "${a[1]-none}"
not true; echo $?
not2 && echo no; echo $?
## STDOUT:
5
1
1
## END

#### aliases beside a command in a variable
shopt -s expand_aliases
alias echo_='echo'
cmd=echo_
echo_ X
$cmd X 2>/dev/null
echo status=$?
cmd=echo
$cmd Y
echo_ Z
## STDOUT:
X
status=127
Y
Z
## END

#### aliases beside a command in a variable that defines one
shopt -s expand_aliases
alias one='echo one'
cmd=alias
$cmd two='echo two; echo more'
one; two
cmd=printf
$cmd '%s\n' three
part=c
declare "${part}md=alias"
$cmd two='echo "'
two x"
## STDOUT:
one
two
more
three
 x
## END

#### jobs that are ended one after the other
sleep 5 &
pid=$!
kill -SigterM $pid
echo kill=$?
wait $pid
echo wait=$?
sleep 5 & pid=$!
kill -s TERM "$pid"; echo kill=$?
wait $pid; echo wait=$?
sleep 5 &
kill -9 $!
wait $!; echo wait=$?
kill -0 $pid 2>/dev/null || echo gone
true & other=$!
kill -0 $other $pid 2>/dev/null; wait $other; echo $?
## STDOUT:
kill=0
wait=143
kill=0
wait=143
wait=137
gone
0
## END

#### limits and names in variables that nothing of the script may set
unset size cmd
export OUTER=1
sh -c 'exit 3' || true
if test "$OUTER" = 2
then
size=4194304
fi
ulimit -S -f $size
trap '' XFSZ
head -c 5000 /dev/zero > out
wc -c < out
## STDOUT:
unlimited
5000
## END

#### history that is cleared before a library, or a command in a variable, puts something in it
echo 'history -s one two' > lib
history -c
. ./lib
echo read
history
add=history
history -c
$add -s three
history
## STDOUT:
read
    1  one two
    1  three
## END

#### history that is cleared before text is evaluated or a handler runs
text='history -s one'
history -c
eval "$text"
echo evaluated
history
## STDOUT:
evaluated
    1  one
## END

#### history that is cleared before a handler puts something in it
trap 'history -s handled' USR1
history -c
kill -USR1 $$
history
## STDOUT:
    1  handled
## END

#### limits on files' sizes in POSIX mode
set -o posix
ulimit -S -f 2097152; ulimit -S -f
set +o posix
ulimit -S -f
f() { ulimit -S -f 1048577; }
f; ulimit -S -f
head -c 3000000 /dev/zero > out; wc -c < out
rm out
## STDOUT:
2097152
1048576
1048577
3000000
## END

#### a limit on files' sizes that overflows
big=$(( 1 << 53 ))
ulimit -S -f $big
echo $?
trap '' XFSZ
head -c 5000 /dev/zero > out 2>/dev/null
echo $?
wc -c < out
## STDOUT:
0
1
0
## END

#### tables that a text fills that the script does not show
echo 'history -s one two; complete -W "a b" prog' > lib2
. ./lib2
history
complete -p prog
X='history -s from eval'
eval "$X"
history
f() { eval "$1"; }
f 'complete -W "c d" other'
complete -p other
## STDOUT:
    1  one two
complete -W 'a b' prog
    1  one two
    2  from eval
complete -W 'c d' other
## END

#### hash lists what was run before it
ls >/dev/null
f() { hash | sed 's/^ *//' | sort; }
cat </dev/null
f
(tr a b </dev/null; hash | grep -c tr)
ls >/dev/null
hash | grep -c 'ls$'
for i in 1 2; do wc -c </dev/null; hash | grep -c wc; done
sort </dev/null
x=$(hash -l | grep -c sort); echo "$x"
sed p </dev/null; grep -c a /dev/null; echo end
## STDOUT:
1	/usr/bin/cat
1	/usr/bin/ls
hits	command
1
1
0
1
0
1
1
0
end
## END

#### an anchor in the pattern of grep is no value that makes \$$name a process id
match() { command grep "$@"; }
name=v v='a  b'
echo "$v" | grep "b\$"; echo "$v" | match -c "^a.*b\$"
eval "echo \"\$$name\""
y=$(eval echo \$"$name"); echo "$y"
echo $?
## STDOUT:
a  b
1
a  b
a b
0
## END

#### an anchor that a function may give on is one
keep() { d=${2#??}; }
match() { command grep "$@"; d=${2#??}; }
pid=$$
keep -c "ab\$"
[ "$(eval "echo \$$d")" = "$pid" ] && echo 'its own'
echo xab | match -c "ab$"
echo xab | match -c "ab\$"
[ "$(eval "echo \$$d")" = "$pid" ] && echo 'its own'
## STDOUT:
its own
1
1
its own
## END

#### an anchor that the script's own grep gives on is one
grep() { d=${1#??}; }
pid=$$
grep "ab\$"
[ "$(eval "echo \$$d")" = "$pid" ] && echo 'its own'
## STDOUT:
its own
## END

#### the script's own descriptor by its name, in functions behind pipes
T=$(mktemp)
make() { exec 3>"$T"; rm "$T"; }
say() { echo "$@" | tee -a /proc/$$/fd/3; }
copy() { sed 's/a/A/' </proc/$$/fd/3 >log; }
install() { echo installed; }
count() { cat </proc/$$/fd/3 | wc -l; }
main() {
  make
  say a1
  install | tee -a /proc/$$/fd/3
  count
  for i in 1 2; do say "a $i"; done
  if say last; then copy; fi
}
main
echo ---
cat log
x=$(say sub)
echo "$x"
## STDOUT:
a1
installed
2
a 1
a 2
last
---
A1
instAlled
A 1
A 2
lAst
sub
## END

#### the script's own descriptor by its name, in a function that a job calls
echo a >a; echo b >b
see() { sleep .3; cat /proc/$$/fd/3; }
all() { see; }
exec 3<a
all &
exec 3<b
wait
## STDOUT:
b
## END

#### the script's own descriptor by its name, which a subshell's handler opens anew
exec 3>log
say() { echo "$1" >>/proc/$$/fd/3; }
( trap 'exec 3>log2; say sub' EXIT; : )
say main
cat log
## STDOUT:
sub
main
## END

#### a prompt that counts jobs
n="\j"
echo before "${n@P}"
f() { sleep .2 & }
g() { echo "g ${n@P}"; }
count() {
  local i
  for ((i = 0; i < 5; ++i)); do
    while (( ${n@P} >= 2 )); do wait -n; done
    { sleep .0$i; echo "job" >>log; } &
  done
  wait
  echo "after ${n@P}"
}
count | cat
echo "jobs $(grep -c job log)"
f
g
wait
g
sleep .2 &
for i in 1; do echo "in ${n@P}"; done
wait $!
echo "${n@P}"
## STDOUT:
before 0
after 0
jobs 5
g 1
g 0
in 1
0
## END

#### aliases of a text, which a subshell alone expands
x='alias printf="echo aliased"'
eval "$x"; printf 'one\n'
env() {
  ( set -o posix; printf 'two\n'; set | while read -r line; do printf '%s\n' "$(tr x y <<< "$line")"; done | grep '^HOME_=' )
  printf 'three\n'
}
HOME_=xx
env
( shopt -s expand_aliases
printf 'four\n'
)
printf 'five\n'
for i in 1; do ( set -o posix; printf "six %s\n" "$(printf 'a')" ); done
## STDOUT:
one
two
HOME_=yy
three
four
five
six a
## END

#### completions that nothing asks for
_f() {
  local word="${COMP_WORDS[COMP_CWORD]}"
  compopt -o nospace 2>/dev/null || echo "no completion"
  COMPREPLY=($(compgen -W "one two other" -- "$word"))
}
complete -o default -F _f prog
echo "status $?"
COMP_WORDS=(prog o) COMP_CWORD=1
_f
echo "${COMPREPLY[*]}"
complete -W 'a b' -- other "third$x"
complete -F
echo "status $?"
_f && echo "${#COMPREPLY[@]}"
compgen -A function _
enable -n test
compgen -A disabled
## STDOUT:
status 0
no completion
one other
status 2
no completion
2
_f
test
## END

#### completions that a function sets and a word asks for
add() { complete -W "$1" "$2"; }
see() { complete "$1"; }
add 'a b' one
add 'c d' two
echo between
see -p
p=-p
complete $p one
complete -r one
complete -p one 2>/dev/null || echo none
## STDOUT:
between
complete -W 'c d' two
complete -W 'a b' one
complete -W 'a b' one
none
## END

#### $_ in functions, behind a command of their own
f() {
  local x=1
  echo "f $_"
  : one two
  x=$_
  echo "[$x] $1"
  g "$x"
  echo "after g $_"
  if [ a = a ]; then echo "if $_"; fi
  for _ in 1 2; do true three; done
  echo "loop $_"
  for _ in 1 2; do y=1; done
  echo "loop [$_]"
}
g() { [ "$1" ] && echo "g $_"; set -- q r; echo "set $_"; }
h() { echo "a_-b" | sed 's/[a-z_-]/x/g'; for _ in 1 2; do echo h; done; }
k() { f "k $_"; }
: before
f call
echo "back $_"
h
echo "back $_"
k
(f sub | cat)
z=$(g w); echo "$z"
read -r _ rest <<< "a b c"
echo "$_"
## STDOUT:
f x=1
[two] call
g ]
set r
after g two
if ]
loop three
loop []
back call
xxxx
h
h
back h
f x=1
[two] k back h
g ]
set r
after g two
if ]
loop three
loop []
f x=1
[two] sub
g ]
set r
after g two
if ]
loop three
loop []
g ]
set r
rest
## END

#### $_ where a function begins that another calls first
f() { g a; echo "f $_"; }
g() { echo "g $_"; }
h() { if [ "$1" ]; then g b; fi; }
k() { echo "k $1"; g c; }
: x
f q
: y
h r
: z
k s
## STDOUT:
g x
f a
g ]
k s
g k s
## END

#### a script asks which program its own shell is
if readlink /proc/$$/exe | grep -q "dash"; then echo dash; exit; fi
read -N 999999 -t 0.001
if [[ $(readlink -f "/proc/$$/exe") == *bash* ]]; then echo bash; fi
f() { realpath /proc/${$}/exe; }
f | sed 's#.*/##'
(x=$(f); echo "${x##*/}") 2>log.$$
[ -e log.$$ ] && echo log; rm log.$$
readlink /proc/$$/exe > out.$$; cat out.$$ | sed 's#.*/##'; rm out.$$
ls
## STDOUT:
bash
bash
bash
log
bash
## END

#### a function in the place of what asks for the shell's program
readlink() { echo "$1"; }
[ "$(readlink /proc/$$/exe)" = "/proc/$$/exe" ] && echo same
echo a | cat
## STDOUT:
same
a
## END

#### other shells and texts ask which program their shell is
cat > s.sh <<'X'
readlink /proc/$$/exe | sed 's#.*/##'
X
bash s.sh
sh -c 'readlink /proc/$$/exe' | sed 's#.*/##'
eval 'readlink /proc/$$/exe' | sed 's#.*/##'
. ./s.sh
bash <<X
readlink /proc/$$/exe | sed 's#.*/##'
X
trap 'readlink /proc/$$/exe | sed "s#.*/##"' EXIT
a() { readlink /proc/$$/exe & wait; }
a | sed 's#.*/##'
## STDOUT:
bash
dash
bash
bash
bash
bash
bash
## END

#### a link to a process's descriptors that systems have, and one that is another
if [[ ! -L /dev/fd ]]; then ln -s /proc/self/fd /dev/fd; fi
echo "  ln -sf /proc/self/fd /dev/fd"
cat /dev/fd/0 <<< in
[ -e /dev/fd/1 ] && echo open
## STDOUT:
  ln -sf /proc/self/fd /dev/fd
in
open
## END

#### a link to a process's descriptors that systems have not
ln -s /proc/self/fd own
cat own/0 <<< in
readlink own
ls -d own/0 own/1
## STDOUT:
in
/proc/self/fd
own/0
own/1
## END

#### names of commands with tables as words of programs, which may be none
program=
$program history -q "$0" 2> error; echo "$?"
$program enable a.service b@c 2>> error; echo "$?"
$program enable --now echo 2>> error; echo "$?"
enable -ny echo 2>> error; echo "$?"
echo "$(type -t echo)" | cat
$program enable -n echo
type -t echo
## STDOUT:
2
1
2
2
builtin
file
## END

#### aliases that a file sets, and a text for people that names POSIX mode
echo "alias say='echo aliased'" > lib
say() { echo function; }
load() { . ./lib; }
say
load
say
[ -n "$HOME" ] || echo "not with \`set -o posix\`, please"
say; say | cat
## STDOUT:
function
function
function
function
## END

#### aliases that a file sets in a shell in POSIX mode within backticks
echo "alias say='echo aliased'" > lib
say() { echo function; }
load() { . ./lib; }
x=`set -o posix; load; say
say`
echo "$x"
say
## STDOUT:
function
aliased
function
## END

#### descriptors that subshells move
last="$( { ( echo -n > /nonexistent/x; ) 2>&1 1>&3 3>&1-; } 3>&1)" || echo "s $?"; echo "[$last]"
f() { echo "f $1"; echo err >&2; ls -d / >&3 2>/dev/null; }
exec 3>three
x=$( { ( f a ) 2>&1 1>&3 3>&1-; } 3>&1 ); echo "[$x]"
( f d >&4; echo no ) 4>&1- 2>>err
echo "$?"
( f d >&4; echo no ) 4>&1- 2>>err | cat
{ ( f e; f g >&4 ) 4>&1- 2>err; echo "$?"; ls -d .; } 2>&1
for i in 1 2; do ( f "$i" >&5; echo no ) 5>&1- 2>>err; done
( cat <&6; cat ) 6<&0- <<X 2>>err
a
b
X
[ -n "$x" ] && ( exit 3 ) 4>&1-
echo "$?"
cat three err | sed 's/line [0-9]*/line/'
## STDOUT:
s 1
[../t.sh: line 1: /nonexistent/x: No such file or directory]
[../t.sh: line 2: echo: write error: Bad file descriptor
err
/]
f d
1
f d
f g
0
.
f 1
f 2
a
b
3
/
/
/
/
/
/
../t.sh: line: echo: write error: Bad file descriptor
err
err
err
../t.sh: line: echo: write error: Bad file descriptor
err
../t.sh: line: echo: write error: Bad file descriptor
## END

#### descriptors that a group and a program move
exec 5> out 6> other
{ echo one >&7; } 7>&5-
{ echo two >&5; } 2> /dev/null || echo closed
ls -d / 8>&6- >&8
ls -d .
{ echo three >&6; } 2> /dev/null || echo closed
for i in 1 2; do echo "$i" >&6; done
cat out other
## STDOUT:
closed
.
one
/
three
1
2
## END

#### BASHPID of the shells that a function starts
p=$BASHPID
f() {
  ( [ "$BASHPID" != "$p" ] && echo other )
  x=$(echo $BASHPID); [ "$x" != "$p" ] && echo other2
  g "$BASHPID" | cat
  h | { [ "$p" = "$BASHPID" ] || echo stage; cat; }
  ( q=$BASHPID; ls -d /; [ "$q" = "$BASHPID" ] && echo same; ( [ "$q" = "$BASHPID" ] || echo inner ) )
  y=$(q=$BASHPID; ls -d /; [ "$q" = "$BASHPID" ] && echo same); echo "$y"
  cat <(q=$BASHPID; ls -d /; [ "$q" = "$BASHPID" ] && echo same)
  { q=$BASHPID; ls -d /; [ "$q" = "$BASHPID" ] && echo same; } & wait
  ls -d .
}
g() { [ "$1" = "$p" ] && echo main || echo stage; }
h() ( [ "$p" = "$BASHPID" ] || echo shell )
f
( f )
f | cat
z=$(f); echo "$z"
h
if f | grep same | grep -c . > /dev/null; then echo yes; fi
g "$BASHPID"
[ "$p" = "$BASHPID" ] && echo main
## STDOUT:
other
other2
stage
stage
shell
/
same
inner
/
same
/
same
/
same
.
other
other2
stage
stage
shell
/
same
inner
/
same
/
same
/
same
.
other
other2
stage
stage
shell
/
same
inner
/
same
/
same
/
same
.
other
other2
stage
stage
shell
/
same
inner
/
same
/
same
/
same
.
shell
yes
main
main
## END

#### BASHPID of a function and of those that call it
f() { [ "$BASHPID" = "$p" ] && echo same; x=$(echo $BASHPID); [ "$x" = "$BASHPID" ] || echo no; }
p=$BASHPID
f
ls -d .
( f )
f | cat
## STDOUT:
same
no
.
no
no
## END

#### BASHPID in the last stage of a pipeline with lastpipe
shopt -s lastpipe
p=$BASHPID
ls -d / | { cat; [ "$p" = "$BASHPID" ] && echo same; }
ls -d .
## STDOUT:
/
same
.
## END
