# Texts that only run time knows, and that tie what follows to the shell that evaluates them.

#### a library that starts jobs in one function and waits for them in another
. ./$(ls l*b)
start
echo between $LINENO
finish
## FILE: lib
start() { (exit 3) & p=$!; }
finish() { wait $p; echo $?; }
## END
## STDOUT:
between 3
3
## END

#### a library in a condition, and in a case
f=$(ls l*b)
case $f in
  l*)
    if [ -f "$f" ] && ! . ./$f; then echo no; else
      { . ./$f; echo in $LINENO; } && start
    fi
    echo $LINENO ;;
  *) echo no ;;
esac
cat <<A
document $LINENO
A
finish
## FILE: lib
start() { (exit 3) & p=$!; }
finish() { wait $p; echo $?; }
## END
## STDOUT:
in 5
7
document 10
3
## END

#### a library whose trap asks for the script's jobs
. ./$(ls l*b)
sleep 5 &
sleep 0.2
echo started
## FILE: lib
trap 'kill $(jobs -p); wait; echo killed' EXIT
## END
## STDOUT:
started
killed
## END

#### a library that keeps the process id
p=$$
. ./$(ls l*b)
[ $p = $pid ] && echo same
make; ls tmp* | wc -l
leave; echo tmp*
bash -c 'echo $PPID' > q; [ "$(cat q)" = $p ] && echo parent
rm q
## FILE: lib
pid=$$
make() { : > tmp.$$; }
leave() { rm tmp.$$; }
## END
## STDOUT:
same
1
tmp*
parent
## END

#### a library that ends the script by a signal
. ./$(ls l*b)
f() { x=$(die); echo no; }
f
echo no
## FILE: lib
trap 'echo dying; exit 9' TERM
die() { kill -TERM $$; exit 1; }
## END
## status: 9
## STDOUT:
dying
## END

#### a library with descriptors, a coprocess and PIPESTATUS
. ./$(ls l*b)
log a
ask 1
ask 2
true | false | true
st
log b
unlog
cat out
## FILE: lib
exec 7> out
log() { echo "$@" >&7; }
unlog() { exec 7>&-; }
coproc CP { while read -r x; do echo "got $x"; done; }
ask() { echo "$1" >&${CP[1]}; read -r y <&${CP[0]}; echo $y; }
st() { echo "${PIPESTATUS[@]}"; }
## END
## STDOUT:
got 1
got 2
0 1 0
a
b
## END

#### a library that sets modes
. ./$(ls l*b)
echo hi | read -r x
echo $x
f() { :; }
f
args=-abc
next; next; next
x=$RANDOM$RANDOM; RANDOM=42; [ $x = $RANDOM$RANDOM ] && echo same
## FILE: lib
shopt -s lastpipe
set -T
trap 'echo R' RETURN
RANDOM=42
next() { getopts abc o $args; echo $o; }
## END
## STDOUT:
R
hi
R
a
R
b
R
c
R
same
## END

#### a library behind others, with an EXIT trap and errexit in force
set -e
trap 'echo bye $? $x' EXIT
x=1
if . ./$(ls l*b); then
  x=2; start
fi
finish || echo failed $?
start
finish
echo no
## FILE: lib
start() { (exit 3) & p=$!; }
finish() { wait $p; }
## END
## status: 3
## STDOUT:
failed 3
bye 3 2
## END

#### eval of text that starts jobs, and of text that asks for them
b=$(printf '\046')
eval "(exit 3) $b"
echo between
eval "wa$(echo it) \$p \$!"; echo $?
if false; then :; elif eval "$(echo tr)ap 'echo bye' EX$(echo IT)"; then echo set; fi
echo last
## STDOUT:
between
3
set
last
bye
## END

#### eval of text that defines what looks at PIPESTATUS and takes options in turn
eval "$(echo 'st() { echo ')\"\${$(echo PIPE)STATUS[@]}\"; }"
st
true | false
st
set -- -abc
false
eval "$(echo 'echo $?; next() { get')opts abc o \$1; echo \$o; }"
next $1; next $1; next $1
## STDOUT:
0
0 1
0
a
b
c
## END

#### a library whose command has redirections
. ./$(ls l*b) 2>/dev/null >out || echo no
start 2
cat out; finish
. ./$(echo nosuch) 2>/dev/null || echo none
start 3
finish
## FILE: lib
nosuch
echo in the library
start() { (exit $1) & p=$!; }
finish() { wait $p; echo $?; }
## END
## STDOUT:
in the library
2
none
3
## END

#### files that cannot be read, and what is no file of its own
f=$(printf 'a%.0s' {1..300}); . "./$f" 2>/dev/null; echo $?
ln -s loop loop; . "$(echo ./loop)" 2>/dev/null; echo $?
cat >job.lib <<'X'
start() { (exit 3) & p=$!; }
finish() { wait $p; echo $?; }
X
n=job.lib
. -- "./$n"
start
true
finish
## STDOUT:
1
1
3
## END

#### a file on standard input
cat >job.lib <<'X'
start() { (exit 3) & p=$!; }
finish() { wait $p; echo $?; }
X
. /dev/stdin <job.lib
start
true
finish
## STDOUT:
3
## END

#### PPID in what the script writes
echo 'echo ${PPID}' >x.sh
bash x.sh >out
echo $$ >>out
uniq out | wc -l; rm out
printf 'pp=%s\n' '$((PPID))' >cfg
. ./cfg
[ "$pp" = "$PPID" ] && echo same
## STDOUT:
1
same
## END

#### a file that the script does not show has a function that waits for a job
printf 'await() { wa%s; echo joined $?; }\n' it > lib
. ./lib
{ sleep 0.2; echo job; } &
await
echo end
## STDOUT:
job
joined 0
end
## END

#### a file that the script does not show has a function that waits for jobs of lists and loops
printf 'await() { w%s $%s; echo joined $?; }\n' ait '!' > lib
[ -f lib ] && . ./lib
if [ -f lib ]; then
  { sleep 0.2; echo job; exit 3; } &
  await
fi
for i in 1 2; do { sleep 0.1; echo $i; exit 4; } & await; done
echo end
## STDOUT:
job
joined 3
1
joined 4
2
joined 4
end
## END

#### a file that the script does not show starts a job by the script's function, and the next one waits
printf 'start_it\n' > lib; printf 'await() { wa%s; echo joined $?; }\n' it > lib2
start_it() { { sleep 0.2; echo job; } & }
. ./lib
. ./lib2
await
echo end
## STDOUT:
job
joined 0
end
## END

#### a file that the script does not show runs the script's function, and the next one waits
printf 'run_it() { "$@"; }\n' > lib; printf 'await() { wa%s; echo joined $?; }\n' it > lib2
start_it() { { sleep 0.2; echo job; } & }
. ./lib
run_it start_it
. ./lib2
await
echo end
## STDOUT:
job
joined 0
end
## END

#### a job that eval starts, and a file that the script does not show
eval 'sleep 0.2 && echo job &'
printf 'await() { wa%s; echo joined $?; }\n' it > lib2
. ./lib2
await
sleep 0.1 &
echo end
## STDOUT:
job
joined 0
end
## END

#### a job that eval starts in a function, and a file that the script does not show
printf 'await() { wa%s; echo joined $?; }\n' it > lib2
f() { eval '{ sleep 0.2; echo job; } &'; }
f
. ./lib2
await
echo end
## STDOUT:
job
joined 0
end
## END

#### a file that the script does not show, within a descriptor's range
exec 3>log
printf 'await() { wa%s; echo joined $?; echo x >&3; }\n' it > lib
. ./lib
echo y >&3
{ sleep 0.2; echo job; } &
await
exec 3>&-
cat log
## STDOUT:
job
joined 0
y
x
## END

#### a file that the script does not show names the command that waits
printf 'CMD=w%s\n' ait > lib
. ./lib
{ sleep 0.2; echo job; } &
$CMD
echo end
## STDOUT:
job
end
## END

#### a file that the script does not show reads another, which waits
cat > lib <<'X'
source ./lib2
X
printf 'await() { wa%s; echo joined $?; }\n' it > lib2
. ./lib
{ sleep 0.2; echo job; } &
await
## STDOUT:
job
joined 0
## END

#### a file that is read in a case, with functions that wait in every shell
printf 'await() { wa%s; echo "joined $?"; }\n' it > lib
main() { { sleep 0.2; echo job; } & await; x=$(await); echo "$x"; await | cat; }
case x in x) . ./lib ;; esac
main "$@"
echo end
## STDOUT:
job
joined 0
joined 0
joined 0
end
## END

#### a file that fails, and one of its functions waits
set -e
printf 'await() { wa%s; echo "joined $?"; }; false\n' it > lib
if ! . ./lib; then echo no; fi
{ sleep 0.2; echo job; } & await
. ./lib
echo end
## STDOUT:
no
job
joined 0
## END
## status: 1

#### a function of a file puts together the name of one that asks for jobs
cmd_list() { kill %1; wait; echo "killed $?"; }
echo 'dispatch() { cmd_$1; }' > lib
f=./lib
. "$f"
sleep 30 & dispatch list
## STDOUT:
killed 0
## END

#### a function of a file puts together the name of one that starts a job
start_cmd() { { sleep 0.1; exit 4; } & }
echo 'dispatch() { local c="${1}_cmd"; "$c"; }' > lib
f=./lib
. "$f"
dispatch start
wait -n; echo "waited $?"
## STDOUT:
waited 4
## END

#### a function of a file joins two words to the name of one that starts a job
cmd_start() { { sleep 0.1; exit 4; } & }
echo 'dispatch() { "${PREFIX}$1"; }' > lib
f=./lib
. "$f"
PREFIX=cmd_
dispatch start
wait -n; echo "waited $?"
## STDOUT:
waited 4
## END

#### the script puts together the name of a function for one of a file
cmd_start() { { sleep 0.1; exit 4; } & }
main() { dispatch "cmd_$1"; wait -n; echo "waited $?"; }
echo 'dispatch() { "$1"; }' > lib
f=./lib
. "$f"
main start
## STDOUT:
waited 4
## END

#### a function of a file makes a command of an option
echo 'ask() { ${1#--} -n; echo "waited $?"; }' > lib
f=./lib
. "$f"
{ sleep 0.1; exit 4; } & ask --wait
## STDOUT:
waited 4
## END

#### a function of a file waits by a name with a backslash in it
echo 'ask() { wa\it -n; echo "waited $?"; }' > lib
f=./lib
. "$f"
{ sleep 0.1; exit 4; } & ask
## STDOUT:
waited 4
## END

#### a function of a file puts together names by braces
cmd_start() { { sleep 0.1; exit 4; } & }
echo 'dispatch() { c=(cmd_{start,stop}); "${c[0]}"; }' > lib
f=./lib
. "$f"
dispatch
wait -n; echo "waited $?"
## STDOUT:
waited 4
## END

#### a function of a file is given another file to read, which starts a job
echo 'run() { "$@"; }' > lib
echo '{ sleep 0.1; exit 4; } &' > starts
f=./lib
. "$f"
run . ./starts
wait -n; echo "waited $?"
## STDOUT:
waited 4
## END

#### a function of a file is given a variable that says to read a file, which starts a job
echo 'run() { "$@"; }' > lib
echo '{ sleep 0.1; exit 4; } &' > starts
f=./lib s=source
. "$f"
run $s ./starts
wait -n; echo "waited $?"
## STDOUT:
waited 4
## END

#### a function of a file is handed the script's arguments, which name a function that starts a job
set -- start
start() { { sleep 0.1; exit 4; } & }
echo 'dispatch() { "$@"; }' > lib
f=./lib
. "$f"
dispatch "$@"
wait -n; echo "waited $?"
## STDOUT:
waited 4
## END

#### a file that is read before jobs start, beside progress dots and sentences that name functions with jobs
exec 2>&1
echo 'v=1; run() { "$@"; }' >conf
f=conf
. "./$f"
fetch() { { sleep 0.1; : >done; } & while [ ! -f done ]; do echo -n "."; sleep 0.05; done >/dev/null; echo ". Done"; }
echo "Running fetch for v=$v"
echo -n "." ; echo
case ${1-fetch} in fetch) fetch ;; esac
echo "Wait: a=b,wait=off"
IFS=. read -r a b <<<x.y
echo "$a $b" "${c:-.}"
find . -maxdepth 0
wait
## STDOUT:
Running fetch for v=1
.
. Done
Wait: a=b,wait=off
x y .
.
## END

#### a function of a file that is read is given a file to read, which starts a job
echo 'run() { "$@"; }' >conf
echo 'sleep 0.1 & p=$!' >jobs
f=conf
. "./$f"
run . ./jobs
echo more
wait "$p"
echo "waited $?"
## STDOUT:
more
waited 0
## END

#### a function of a file that is read is given a command by an assignment
echo 'run() { "$@"; }' >conf
echo 'sleep 0.1 & p=$!' >jobs
f=conf
. "./$f"
c=.
run $c ./jobs
echo more
wait "$p"
echo "waited $?"
## STDOUT:
more
waited 0
## END

#### a file that is read gives a function that the arguments name a job
set -- start
echo 'start() { sleep 0.1 & p=$!; }' >/dev/null
start() { sleep 0.1 & p=$!; echo started; }
show() { echo "show $1"; }
echo 'show() { "$@"; }' >conf
f=conf
. "./$f"
show "$@"
echo more
wait "$p"
echo "waited $?"
## STDOUT:
started
more
waited 0
## END

#### a function that runs none of its arguments is given those of the script, behind a file that is read
start() { sleep 0.1 & p=$!; echo started; }
show() { echo "show $*"; }
echo 'v=2' >conf
f=conf
. "./$f"
set -- start a
show "$@"
start
echo more $v
wait "$p"
echo "waited $?"
## STDOUT:
show start a
started
more 2
waited 0
## END

#### a file that is read behind a job gives a function of the script another body, which waits
echo 'work() { wait; echo all; }' >conf
work() { :; }
{ sleep 0.3; echo slept; } &
f=$(echo conf)
. "./$f"
echo between
work
echo end
## STDOUT:
between
slept
all
end
## END

#### a file that is read gives a function of the script another body, which starts a job
echo 'on_start() { { sleep 0.2; echo slept; } & pid=$!; }' >conf
on_start() { :; }
run() { "$@"; }
jobber() { sleep 0.01 & wait $!; }
case $# in 9) run "$@" ;; esac
f=$(echo conf)
. "./$f"
on_start
wait "$pid"
echo "end $?"
## STDOUT:
slept
end 0
## END

#### a function that reads a file gives another of the script a body that waits
echo 'work() { wait; echo all; }' >conf
work() { echo none; }
load() { . "./$1"; }
{ sleep 0.3; echo slept; } &
load conf
work
echo end
## STDOUT:
slept
all
end
## END

#### a file that a function reads starts jobs and asks for them, behind conditions, loops left and locals
exec 2>&1
cat >job.lib <<'X'
start() { (exit 3) & p=$!; }
finish() { wait $p; echo "fin $? ${FUNCNAME[*]} ${BASH_LINENO[*]}"; }
X
f=$(echo job.lib)
load() {
  local IFS=: a="x:y"
  case $1 in
    q) { if ! . "./$f" "$@"; then echo bad; else echo "good $#"; fi; echo $a; } ;;
    *) echo other ;;
  esac
  echo "$LINENO ${FUNCNAME[*]} ${BASH_LINENO[*]}"
  shift
  echo "$# $*"
  return 9
}
outer() {
  local l=1
  : before
  if load q "r s" t && echo never; then
    echo no
  elif echo "else $?"; then
    local l=2
    start
  fi
  echo "$l $LINENO $*"
  /bin/true
  finish
  nosuchcommand
  return 5
}
outer 1 "2 3" || { echo "failed $?"; start; uname >/dev/null; finish; }
echo "$LINENO"
exit 8
## STDOUT:
good 3
x y
13 load:outer:main 21:33:0
2 r s:t
else 9
2 27 1 2 3
fin 3 finish outer main 29 33 0
../t.sh: line 30: nosuchcommand: command not found
failed 5
fin 3 finish main 33 0
34
## END
## status: 8

#### a file that a function reads, errexit, getopts and an EXIT trap
cat >job.lib <<'X'
start() { (exit 3) & p=$!; }
finish() { wait $p; echo "fin $?"; }
X
set -e
f=$(echo job.lib)
trap 'echo "bye $?"' EXIT
load() { . "./$f"; start; true; }
opt() { while getopts ab: o; do echo "$o $OPTARG"; next "$o"; done; }
next() { echo "next $1"; }
main() { load; finish || echo "no $?"; opt -a -b x; local -; set +e; false; echo on; }
main
false
echo never
## STDOUT:
fin 3
a 
next a
b x
next b
on
bye 1
## END
## status: 1

#### a text that a function evaluates starts a job and defines who waits
load() { eval "$1"; echo after $#; }
main() { local v=1; load "w() { wait; echo waited; }; sleep 0.1 & v=2"; echo $v; true; w; }
main; echo "[$v]"; jobs
## STDOUT:
after 1
2
waited
[]
## END

#### a function that calls itself reads a file which starts jobs
cat >job.lib <<'X'
start() { (exit 3) & p=$!; }
finish() { wait $p; echo "fin $?"; }
X
f=$(echo job.lib)
r() { if [ $1 -gt 0 ]; then r $(($1-1)); echo "back $1 $LINENO"; else . "./$f"; start; fi; }
r 3; true; finish
## STDOUT:
back 1 6
back 2 6
back 3 6
fin 3
## END

#### a function reads a file before jobs start in the same function
echo 'v=1; helper() { echo "help $*"; }' >conf
load() { . "./$1"; }
work() { echo $v; uname >/dev/null; helper a; }
main() {
  load conf
  echo $v
  sleep 0.1 & q=$!
  echo x
  wait $q
  echo $?
  work
}
main "$@"
echo end
## STDOUT:
1
x
0
1
help a
end
## END

#### builtins from a file that is not there
if enable -f "${BASH_SOURCE%/*}/nope.so" twice 2> /dev/null; then
  echo loaded
else
  f() { echo "f $1"; }
fi
f a
if ! enable -f "./$0.so" twice 2> error; then echo "absent $?"; grep -c nope error; grep -c 'line 8' error; fi
[ -e nope ] || enable -f ./nope.so twice 2>> error || echo "status $?"
type -t twice
{ enable -f ./nope.so echo 2>> error; echo "$?"; }
case $? in 0) enable -f ./nope.so twice 2>> error; ;; esac
echo "$? $(wc -l < error)"
## STDOUT:
f a
absent 0
0
0
status 1
1
1 4
## END

#### builtins from a file that is there, and is none of the system's
echo data > some.so
own=$$
if enable -f ./some.so twice 2> error; then
  echo loaded
elif [ "$own" = $$ ]; then
  echo "not loaded"
fi
x=$(type -t twice); echo "$? $x"
echo end | cat
exit 3
## STDOUT:
not loaded
1 
end
## END
## status: 3

#### builtins from a file, in a function and a loop
load() { enable -f "./$1" twice 2> error; }
load nope.so; echo "$?"
for f in a b; do enable -f "./$f" twice 2> error || echo "no $f"; done
echo end
## STDOUT:
1
no a
no b
end
## END

#### builtins from files by other words
enable -f ./nope.so | head -n 1
enable -f nope twice 2> error; echo "$?"
enable -f ./nope.so -n twice 2> error; echo "$?"
enable "-f" ./nope.so twice 2> error && echo loaded
set -e
enable -f ./nope.so twice 2> error
echo "not here"
## STDOUT:
enable .
1
1
## END
## status: 1

#### a builtin that is disabled behind one from a file
enable -f ./nope.so twice 2> error || echo no
enable -n echo
type -t echo
enable echo
type -t echo
## STDOUT:
no
file
builtin
## END

#### builtins from a file that is not there, traced
set -eE
[ -n "$DEBUG" ] && set -x
trap 'echo "err $?"' ERR
set -x
a="./x y"
if ! enable -f "${a}/n*"/nope.so "a b" '' $'c\n' 2>/dev/null; then
  echo "$LINENO $_"
fi
enable -f "${b:=./r}" c || echo "$_ $?"
enable -f "$(echo ./nope.so)" a || :
echo data > some.so
enable -f ./some.so a 2> /dev/null || x=$(echo no)
echo "$x"
enable -f ./nope.so a
## STDOUT:
7 c

c 1
no
err 1
## END
## STDERR:
+ a='./x y'
+ enable -f './x y/n*/nope.so' 'a b' '' 'c
'
+ echo '7 c
'
+ enable -f ./r c
../t.sh: line 9: enable: cannot open shared object ./r: ./r: cannot open shared object file: No such file or directory
+ echo 'c 1'
++ echo ./nope.so
+ enable -f ./nope.so a
../t.sh: line 10: enable: cannot open shared object ./nope.so: ./nope.so: cannot open shared object file: No such file or directory
+ :
+ echo data
+ enable -f ./some.so a
++ echo no
+ x=no
+ echo no
+ enable -f ./nope.so a
../t.sh: line 14: enable: cannot open shared object ./nope.so: ./nope.so: cannot open shared object file: No such file or directory
++ echo 'err 1'
## END
## status: 1

#### a function that signals the shell, which nothing calls, and a file that has nothing to do with it
cat > lib.sh << 'LIB'
hello() { echo "hello $1"; }
LIB
trap 'printf "%s\n" handled' USR1
own=$$
. "./${LIB:-lib}.sh"
stop() { kill -USR1 "$own"; printf '%s\n' stopped; }
ls -d .
hello op
x="$(hello b 2> /dev/null)"; printf '%s\n' "$x" | cat
echo end
## STDOUT:
.
hello op
hello b
end
## END

#### a function that signals the shell, which nothing calls, and a file that calls it
cat > lib.sh << 'LIB'
hello() { echo "hello $1"; stop; }
LIB
trap 'printf "%s\n" handled' USR1
own=$$
. "./${LIB:-lib}.sh"
stop() { kill -USR1 "$own"; printf '%s\n' stopped; }
ls -d .
hello op
x="$(hello b 2> /dev/null)"; printf '%s\n' "$x" | cat
echo end
## STDOUT:
.
hello op
handled
stopped
handled
hello b
stopped
end
## END

#### a function that signals the shell, which nothing calls, and a file that runs words
cat > lib.sh << 'LIB'
hello() { echo "hello $1"; "$@"; }
LIB
trap 'printf "%s\n" handled' USR1
own=$$
. "./${LIB:-lib}.sh"
stop() { kill -USR1 "$own"; printf '%s\n' stopped; }
ls -d .
hello op
x="$(hello b 2> /dev/null)"; printf '%s\n' "$x" | cat
echo end
## STDOUT:
.
hello op
hello b
end
## END

#### a function that signals the shell, which nothing calls, and a file that shows it
cat > lib.sh << 'LIB'
hello() { declare -f stop; }
LIB
trap 'printf "%s\n" handled' USR1
own=$$
. "./${LIB:-lib}.sh"
stop() { kill -USR1 "$own"; printf '%s\n' stopped; }
ls -d .
hello op
x="$(hello b 2> /dev/null)"; printf '%s\n' "$x" | cat
echo end
## STDOUT:
.
stop () 
{ 
    kill -USR1 "$own";
    printf '%s\n' stopped
}
stop () 
{ 
    kill -USR1 "$own";
    printf '%s\n' stopped
}
end
## END

#### a function that signals the shell, which nothing calls, and a file that calls it by quoted names
cat > lib.sh << 'LIB'
hello() { "st"op; s\top; }
LIB
trap 'printf "%s\n" handled' USR1
own=$$
. "./${LIB:-lib}.sh"
stop() { kill -USR1 "$own"; printf '%s\n' stopped; }
ls -d .
hello op
x="$(hello b 2> /dev/null)"; printf '%s\n' "$x" | cat
echo end
## STDOUT:
.
handled
stopped
handled
stopped
handled
stopped
stopped
end
## END

#### a function that signals the shell, which nothing calls, and a file that redefines a builtin
cat > lib.sh << 'LIB'
echo() { stop; }
hello() { printf "%s\n" "$1"; }
LIB
trap 'printf "%s\n" handled' USR1
own=$$
. "./${LIB:-lib}.sh"
stop() { kill -USR1 "$own"; printf '%s\n' stopped; }
ls -d .
hello op
x="$(hello b 2> /dev/null)"; printf '%s\n' "$x" | cat
echo end
## STDOUT:
.
op
b
handled
stopped
## END

#### a function that signals the shell, which nothing calls, and a text that eval evaluates
trap 'echo handled' USR1
own=$$
stop() { kill -USR1 "$own"; echo stopped; }
for_both='hello() { echo hello; stop; }'
if [ -n "$own" ]; then eval "hello() { echo $HOME; }"; fi
hello | grep -c .
eval "$for_both"
hello
echo end
## STDOUT:
1
hello
handled
stopped
end
## END

#### a file that starts a job is read in a loop within a loop, and another one waits for it
printf '(sleep 0.1; exit 3) & p=$!\n' >f
printf 'wait "$p"; echo "s=$?"\n' >w
for a in x y; do
  echo "a$a $LINENO"
  for b in 1 2 "3 4"; do
    echo "b$b $LINENO"
    [ "$a$b" = x2 ] && . ./f
    echo "c$b $LINENO"
  done
  echo "d$a"
done
. ./w
echo "end $LINENO"
## STDOUT:
ax 4
b1 6
c1 8
b2 6
c2 8
b3 4 6
c3 4 8
dx
ay 4
b1 6
c1 8
b2 6
c2 8
b3 4 6
c3 4 8
dy
s=3
end 13
## END

#### a file that starts a job is read in an item of a case in a loop that continues and breaks
printf '(sleep 0.1; exit 3) & p=$!\n' >f
printf 'wait "$p"; echo "s=$?"\n' >w
n=0
while [ $n -lt 4 ]; do
  n=$((n+1))
  case $n in
  1) echo one;;
  2) echo two; . ./f; echo "two $?"; continue;;
  *) echo many $n;;
  esac
  if [ $n = 3 ]; then . ./w; break; fi
done
echo "end $n $?"
## STDOUT:
one
two
two 0
many 3
s=3
end 3 0
## END

#### a file that starts a job is read in an arithmetic loop within another one
printf '(sleep 0.1; exit 3) & p=$!\n' >f
printf 'wait "$p"; echo "s=$?"\n' >w
for ((j=0;j<2;j++)); do for ((i=0;i<3;i++)); do echo $j$i; test $i = 1 || . ./f; echo k; done; . ./w; done; echo $i $j
## STDOUT:
00
k
01
k
02
k
s=3
10
k
11
k
12
k
s=3
3 2
## END

#### a file that starts a job is read in a loop over arguments that are gone through again
set -- a "b c" d
printf '(sleep 0.1; exit 3) & p=$!\n' >f
printf 'wait "$p"; echo "s=$?"\n' >w
for y in 1 2; do for x in "$@" z; do echo "<$x>"; if [ "$x$y" = "b c1" ]; then . ./f; fi; echo "$#"; done; done; . ./w
## STDOUT:
<a>
3
<b c>
3
<d>
3
<z>
3
<a>
3
<b c>
3
<d>
3
<z>
3
s=3
## END

#### a file that starts a job is read by a function that a loop of another function calls
printf '(sleep 0.1; exit 3) & p=$!\n' >f
printf 'wait "$p"; echo "s=$?"\n' >w
r() { . ./f; echo "r $1"; }
g() { local k; for k in 1 2 3; do r $k || echo no; echo "h$k"; done; . ./w; return 5; }
g a && echo yes
echo "e$?"
## STDOUT:
r 1
h1
r 2
h2
r 3
h3
s=3
e5
## END

#### a file that starts a job is read at the bottom of a recursion through loops
printf '(sleep 0.1; exit 3) & p=$!\n' >f
printf 'wait "$p"; echo "s=$?"\n' >w
r() { local d=$1; if [ $d = 0 ]; then . ./f; echo bottom; return 2; fi; for i in 1 2; do echo "d$d i$i"; r $((d-1)); echo "back $d $?"; done; }
r 2
. ./w
## STDOUT:
d2 i1
d1 i1
bottom
back 1 2
d1 i2
bottom
back 1 2
back 2 0
d2 i2
d1 i1
bottom
back 1 2
d1 i2
bottom
back 1 2
back 2 0
s=3
## END

#### a file starts a job and continues the loop that reads it
printf '(sleep 0.1; exit 3) & p=$!\n' >f
printf 'wait "$p"; echo "s=$?"\n' >w
printf "sleep 0.1 & p=\$!; continue\n" >b
for i in 1 2 3; do echo $i; . ./b; echo no; done; . ./w; echo "i$i"
## STDOUT:
1
2
3
s=0
i3
## END

#### a file that looks at the status before it is read in a loop behind a negation
printf '(sleep 0.1; exit 3) & p=$!\n' >f
printf 'wait "$p"; echo "s=$?"\n' >w
printf "echo st=\$?; sleep 0.1 & p=\$!; (exit 6)\n" >b
n=0; until [ $n = 3 ]; do n=$((n+1)); ! . ./b; done; echo "s$?"; . ./w
## STDOUT:
st=0
st=0
st=0
s0
s=0
## END

#### a file that starts a job is read in the condition of a loop
printf '(sleep 0.1; exit 3) & p=$!\n' >f
printf 'wait "$p"; echo "s=$?"\n' >w
n=0; until . ./f; echo c$n; [ $n -ge 2 ]; do n=$((n+1)); echo b$n; done; . ./w; echo "e$?"
## STDOUT:
c0
b1
c1
b2
c2
s=3
e0
## END

#### a file that starts a job is read in lists of a loop
printf '(sleep 0.1; exit 3) & p=$!\n' >f
printf 'wait "$p"; echo "s=$?"\n' >w
for i in 1 2; do test $i = 1 && echo one && . ./f && echo two || echo three; false || . ./f || echo four; done; . ./w
## STDOUT:
one
two
three
s=3
## END

#### a file that starts a job is read in a loop with errexit
set -eu
printf '(sleep 0.1; exit 3) & p=$!\n' >f
printf 'wait "$p"; echo "s=$?"\n' >w
for i in 1 2 3; do echo $i; . ./f || true; false || echo k; done; echo z; kill %1 2>/dev/null || :; . ./w; echo "i$i"
## STDOUT:
1
k
2
k
3
k
z
## END
## status: 3

#### a file that starts a job is read in a loop of a function whose output is substituted
printf '(sleep 0.1; exit 3) & p=$!\n' >f
printf 'wait "$p"; echo "s=$?"\n' >w
g() { for i in 1 2; do echo $i; . ./f; done; . ./w; }
x=$(g; echo "g$?"); echo "$x"
## STDOUT:
1
2
s=3
g0
## END

#### a file that starts a job is read in a loop of a subshell with an EXIT trap
printf '(sleep 0.1; exit 3) & p=$!\n' >f
printf 'wait "$p"; echo "s=$?"\n' >w
( trap "echo bye" EXIT; for i in 1 2; do . ./f; done; . ./w; exit 2 ); echo $?
## STDOUT:
s=3
bye
2
## END

#### a file that opens a descriptor is read in a loop
printf 'exec 5>o5\n' >f
for i in 1 2 3; do [ $i = 2 ] && . ./f; [ $i -gt 1 ] && echo $i >&5; done; cat o5
## STDOUT:
2
3
## END

#### a stage reads a file that starts a job, and another file that waits for it
printf '(sleep 0.1; exit 3) & p=$!\n' >f
printf 'wait "$p"; echo "s=$?"\n' >w
echo x | { . ./f
cat
. ./w
}
echo end
## STDOUT:
x
s=3
end
## END

#### a file defines a function that waits for the job which a text starts in a loop
printf '(sleep 0.1; exit 3) & p=$!\n' >f
txt=$(cat f)
printf 'mywait() { wait "$p"; echo "s=$?"; }\n' >w
. ./w
for i in 1 2; do case $i in 1) eval "$txt"
;; *) echo two;; esac; done
mywait
## STDOUT:
two
s=3
## END

#### a file that starts a job is read in groups of a condition
printf '(sleep 0.1; exit 3) %s p=$%s\n' "&" "!" >f
printf 'wa%s "$p"; echo "s=$?"\n' it >w
if true && { echo a
  . ./f
  false; } || { echo o; }; then
  echo "y $LINENO"
fi
. ./w
echo $LINENO
## STDOUT:
a
o
y 6
s=3
9
## END

#### a file that starts a job is read in a loop that is a condition, with errexit
printf '(sleep 0.1; exit 3) %s p=$%s\n' "&" "!" >f
printf 'wa%s "$p"; echo "s=$?"\n' it >w
set -e
if for i in 1 2; do . ./f; false; echo i$i; done; then echo y; else echo n$?; fi
. ./w
## STDOUT:
i1
i2
y
## END
## status: 3

#### a file that the script does not show, traced, before jobs that nothing waits for
set -e -x
printf '%s\n' 'ensure() { if [ "$1" = "$2" ]; then echo same; else echo other; fi; }' 'N=1' >lib.sh
. ./lib.sh
(sleep 0.1; echo job) 2>/dev/null &
ensure a $(echo a)
ensure a b
(sleep 0.05; echo again) 2>/dev/null &
echo $N
wait
## STDOUT:
same
other
1
again
job
## END

#### a file that the script does not show, traced, starts jobs and waits for them
set -x
printf '%s\n' 'start() { (sleep 0.1; echo job) 2>/dev/null & }' 'stop() { wait; echo waited; }' "trap 'echo bye' EXIT" >lib.sh
. ./lib.sh
start
echo $(echo sub)
if . ./lib.sh; then
  start
  echo a
fi 2>err
stop
grep -c . err
## STDOUT:
sub
a
job
job
waited
4
bye
## END

#### files that the script does not show, and texts of eval, in a trace that names lines and functions
PS4='+$LINENO:${FUNCNAME[0]}$(echo .) '
set -x
echo 'b=2; g() { echo g; }' >one
printf '%s\n' '(sleep 0.1) 2>/dev/null &' 'wait' 'c=$b' >two
f() {
  . "$1" 2>/dev/null
  eval "$2"
  echo end
}
f ./one 'c=$b'
! eval "$b=3"
eval "echo \$(echo in)" "'a b'"
[ -n "$b" ] && . ./two || echo no
echo $LINENO
{ . ./two; echo $?; }
case $b in 2) . ./one; echo x ;; esac
f "${d:=./two}" 'echo $d'
set +x
. ./two
(sleep 0.1) &
wait
## STDOUT:
end
in a b
14
0
x
./two
end
## END

#### the status of a file that the script does not show, traced
set -x
echo 'return 3' >one
echo 'false; wait; exit 4' >two
trap 'echo exit $?' 0
if ! . ./one; then echo status $?; fi
. ./one || echo st $?
. ./absent
echo $?
. ${x:=./one} "${y:-arg one}"
echo $?
. ./two
echo not here
## STDOUT:
status 0
st 3
1
3
exit 4
## END
## status: 4

#### the history, asked for behind files that the script does not show
alert() { history | tail -n 1; fc -l 2>/dev/null; echo "asked $?"; }
echo 'x=1; g() { echo "g $x"; }' >plain
. ./plain
alert
g
ls -d .
printf '%s\n' 'set -o history' 'history -s one' 'history -s two' >fill
if [ -f fill ]; then
  . ./fill
  ls -d /
fi
alert
x=$(history | wc -l)
[ "$x" -gt 1 ] && echo filled
set +o history
## STDOUT:
asked 0
g 1
.
/
    3  alert
1	 one
2	 two
asked 0
filled
## END

#### the history that a file has filled which the script does not show, in functions and loops
show() { history; }
echo 'history -s one; history -s "two words"' >fill
read_in() { . "$1"; }
for f in ./fill; do . "$f"; done
ls -d .
show
read_in ./fill
ls -d /
show
( . ./fill; history | wc -l; ls -d . )
history -c
show
## STDOUT:
.
    1  one
    2  two words
/
    1  one
    2  two words
    3  one
    4  two words
6
.
## END

#### builtins that a file has disabled which the script does not show, and asked for behind it
echo 'enable -n times' >off
echo 'v=1' >plain
eval "$(cat plain)"
ls -d .
. ./off
ls -d /
compgen -A disabled
enable -n
echo $v
## STDOUT:
.
/
times
enable -n times
1
## END

#### a function that is named like a builtin with a table
enable() { echo "enable $*"; ls -d .; }
history() { echo "history $*"; }
t() { enable ./x; ls -d /; history -r; enable -n "$1"; }
t y
enable z
command enable -n times
ls -d .
enable -n 2>&1
unset -f enable
enable times
ls -d /
enable -n
## STDOUT:
enable ./x
.
/
history -r
enable -n y
.
enable z
.
.
enable -n
.
/
## END

#### a DEBUG trap of a file that the script does not show, taken away behind it
printf '%s\n' "trap 'echo \"debug \$LINENO\"' DEBUG" >dbg
echo 'v=1' >plain
f() { echo f; }
. ./plain
ls -d .
if [ "$v" = 1 ]; then
  . ./dbg
  ls -d /
fi
f
echo $(echo x)
trap - DEBUG
ls -d .
{ . ./dbg; f; }
(ls -d /) | cat
trap - DEBUG
## STDOUT:
.
debug 8
/
debug 10
f
debug 11
x
debug 12
.
debug 14
f
debug 15
/
debug 16
## END

#### A mode that only the words of set name prints the lines that follow
exec 2>&1
mode=v
f() { echo "f $#"; }
set -$mode u
echo one
f "$@"
(echo two)
## STDOUT:
echo one
one
f "$@"
f 1
(echo two)
two
## END

#### A mode of several words, in a function, prints what the script reads behind the call
exec 2>&1
f() { set ${1:+-u} -o "$1" -- "$@"; echo "in f"; }
f verbose
echo behind
{ echo group; }
## STDOUT:
in f
echo behind
behind
{ echo group; }
group
## END

#### A history that is turned on by a name which is put together holds the script's own lines
HISTFILE=$PWD/lines
kind=hist
set -o "${kind}ory"
echo one
for i in 1 2; do
  echo $i
done
history 3
## STDOUT:
one
1
2
    1  echo one
    2  for i in 1 2; do   echo $i; done
    3  history 3
## END

#### Options that only run time knows are restored by the words of set
saved=$-
set -f
set -$saved
echo *
set +${saved}f -- "a b" c
echo $# *[t]
## STDOUT:
*
2 *[t]
## END

#### A shell that prints its lines by a text that only run time knows prints $$ as it stands
o=v
own=$$
f() { eval "set -$o"; }
f
rm -f nosuch_$$.txt
[ "$$" = "$own" ] && echo "one $o"
eval "set +$o"
(echo $$ >id; [ "$(cat id)" = $own ] && echo same)
rm id
## STDOUT:
one v
same
## END
## STDERR:
rm -f nosuch_$$.txt
[ "$$" = "$own" ] && echo "one $o"
eval "set +$o"
set +v
## END

#### A history that a text of run time turns on has $$ as it stands
HISTFILE=$PWD/lines
cat >lib <<\EOF
set -o history
EOF
name=lib
. ./$name
rm -f nosuch_$$.txt
echo "${#$}" >/dev/null
history -w
cat lines
## STDOUT:
rm -f nosuch_$$.txt
echo "${#$}" >/dev/null
history -w
## END

#### What lists all variables in a text that only run time knows lists no count of seconds
text=set
eval "$text" > all
grep -c '^SECON' all
name=lib
echo 'declare -p > all' > $name.sh
. ./$name.sh
grep -c 'SECON.*=' all
rm all
## STDOUT:
0
0
## END

#### A text that only run time knows lists the seconds that it has read
text=': $SECONDS; set'
eval "$text" > all
grep -c '^SECON' all
rm all
## STDOUT:
1
## END

#### The options that set +o has printed are restored in each pass of a loop
for i in 1 2; do
  old=$(set +o)
  set -o pipefail -f
  false | true || echo "$i fails" *
  eval "$old"
  false | true && echo "$i succeeds"
done
## STDOUT:
1 fails *
1 succeeds
2 fails *
2 succeeds
## END

#### Beside $$, a file read within redirections of a group names the script's shell
echo 'echo @@' | tr @ '$' > f.sh
echo "$$" > id
{ echo begin; . ./f.sh; } > out
[ "$(sed -n 2p out)" = "$(cat id)" ] && echo same || cat id out
rm id out
## STDOUT:
same
## END

#### Beside $$, a file read in a function within redirections names the script's shell
echo 'echo @@' | tr @ '$' > f.sh
read_it() { echo begin; . "$1"; }
echo "$$" > id
read_it ./f.sh > out
[ "$(sed -n 2p out)" = "$(cat id)" ] && echo same || cat id out
rm id out
## STDOUT:
same
## END

#### Beside $$, a text evaluated in a substitution names the script's shell
text=$(echo 'echo @@' | tr @ '$')
echo "$$" > id
seen=$(true | cat; eval "$text")
[ "$seen" = "$(cat id)" ] && echo same || echo "$seen"
rm id
## STDOUT:
same
## END

#### Beside $$, a text evaluated in a subshell and in a stage names the script's shell
text=$(echo 'echo @@' | tr @ '$')
echo "$$" > id
( true | cat; eval "$text"; echo end ) > out
true | { cat; eval "$text"; } >> out
sed -n 1p out | cmp - id && echo same
sed -n 3p out | cmp - id && echo same
rm id out
## STDOUT:
same
same
## END

#### Beside $$, texts without one are evaluated in steps of their own
echo 'name=value; say() { echo "say $*"; }' > f.sh
log=log.$$
use() { . ./f.sh; say "$name" > "$log"; cat "$log"; }
use
got=$(eval "echo \"$name\""; cat "$log" | tr a-z A-Z)
echo "$got"
( . ./f.sh; say again; cat "$log" )
for f in ./f.sh; do . "$f"; say "$f"; done
rm "$log"
## STDOUT:
say value
value
SAY VALUE
say again
say value
say ./f.sh
## END

#### Beside $$, a function is called by words
text=$(echo 'echo @@' | tr @ '$')
show() { true | cat; eval "$text"; }
echo "$$" > id
call=show
"$call" | cmp - id && echo same
"$call" > out
cmp out id && echo same
trap 'show > out; cmp out id && echo same; rm id out' EXIT
## STDOUT:
same
same
same
## END
