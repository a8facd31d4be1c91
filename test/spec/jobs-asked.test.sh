# Who asks for background jobs: handlers of traps, functions that the text does not show, and texts that only speak of it.

#### an EXIT handler waits for a job
(sleep 0.2; exit 7) & pid=$!
echo begin
trap "wait $pid; echo \"got \$?\"" EXIT
echo end
## STDOUT:
begin
end
got 7
## END

#### an EXIT handler waits for the jobs of a function
trap 'wait; echo all' EXIT
f() { (sleep 0.2; echo late) & }
f
echo end
## STDOUT:
end
late
all
## END

#### a function that is an EXIT handler waits
cleanup() { wait $pid; echo "status $?"; }
trap cleanup EXIT
f() { (sleep 0.2; exit 5) & pid=$!; }
if f; then echo started; fi
echo end
## STDOUT:
started
end
status 5
## END

#### a handler waits for a job when a signal comes
f() { (sleep 0.2; exit 6) & pid=$!; }
f
trap 'wait "$pid"; echo "got $?"' USR1
kill -USR1 $$
echo after
## STDOUT:
got 6
after
## END

#### a function of a file that is read waits for a job
echo 'wait_all() { wait; echo waited; }' > lib.sh
. "$(ls lib*.sh | head -n 1)"
(sleep 0.2; echo a) &
wait_all
echo end
## STDOUT:
a
waited
end
## END

#### a function of a file that is read waits for the job of a function
echo 'wait_all() { wait $pid; echo "waited $?"; }' > lib.sh
. "$(ls lib*.sh | head -n 1)"
f() { (sleep 0.2; exit 4) & pid=$!; }
f
wait_all
echo end
## STDOUT:
waited 4
end
## END

#### functions that a substitution defines wait for a job
eval "$(printf '%s\n' 'join_it() { wait $1; echo "joined $?"; }')"
f() { (sleep 0.2; exit 3) & pid=$!; }
f
join_it $pid
## STDOUT:
joined 3
## END

#### a file that is read waits for a job
echo 'wait $pid; echo "read $?"' > part
f() { (sleep 0.2; exit 9) & pid=$!; }
f
. ./"$(echo part)"
## STDOUT:
read 9
## END

#### a command known only at run time waits for a job
f() { (sleep 0.2; exit 2) & pid=$!; }
f
for c in 'echo now' 'wait' "${other:-wait}"; do $c $pid > /dev/null; echo $?; done
## STDOUT:
0
2
2
## END

#### eval waits for a job
f() { (sleep 0.2; exit 8) & pid=$!; }
f
verb=wait
eval "$verb \$pid"; echo $?
## STDOUT:
8
## END

#### texts for people, words of programs, and a job that is killed
say() { printf '%s\n' "$*"; }
run() { "$@"; }
start() { sleep 30 & pid=$!; }
start
say "please wait for the server, and for its jobs"
run say "It is up to you to wait."
expr wait : 'w.*'
kill "$pid" 2> /dev/null && say killed
printf '%02x %-3s|\n' 10 a
## STDOUT:
please wait for the server, and for its jobs
It is up to you to wait.
4
killed
0a a  |
## END

#### jobs in both branches
pick() {
  if [ "$1" = a ]; then (exit 3) & else (exit 4) & fi
  pid=$!
  wait $pid; echo "$1 $?"
}
pick a; pick b
start() {
  if [ "$1" = a ]; then sleep 30 & elif [ "$1" = b ]; then sleep 31 & else sleep 32 & fi
  last="$!"
}
start b; kill $last && echo killed
start c; kill $last && echo killed
## STDOUT:
a 3
b 4
killed
killed
## END

#### what eval makes of names
name=x
set_to() { eval "$1=( \"\$@\" )"; eval "count=\${#$1[@]}; keys=(\"\${!$1[@]}\")"; }
start() { sleep 30 & pid=$!; }
set_to list b c
echo "${list[@]} $count ${keys[@]}"
start; kill $pid; echo $?
## STDOUT:
list b c 3 0 1 2
0
## END

#### what a function's words call asks for jobs
try() { "$@" || echo "failed $?"; }
log() { echo log; try "$@"; }
text() { eval "$1"; echo "$?"; }
own() { command "$@"; echo "$?"; }
(exit 3) & one=$!
(exit 4) & two=$!
(exit 5) & three=$!
(exit 6) & four=$!
echo started
try wait "$one"
log wait "$two"
text "wait $three"
own wait "$four"
## STDOUT:
started
failed 3
log
failed 4
5
6
## END

#### a function that asks for jobs is called back
each() { local call=$1; shift; for word; do $call "$word"; done; }
ended() { wait "$1"; echo "$?"; }
(exit 3) & one=$!
(exit 4) & two=$!
echo started
each ended "$one" "$two"
## STDOUT:
started
3
4
## END

#### a function of a file that only run time knows calls the script's, which starts a job
printf '%s\n' 'run() { "$1"; }' 'hook() { job; }' 'fin() { wait; echo waited; }' >lib.sh
L=$(printf ./%s lib.sh)
. "$L"
job() { { sleep 0.3; echo done; } & }
run job
fin
hook
fin
echo end
## STDOUT:
done
waited
done
waited
end
## END

#### jobs in one branch, and what asks for jobs in others
f() { echo "f $1"; wait; }
printf '%s\n' 'die() { wait; echo "die $*"; }' >lib.sh
. "$(echo ./)lib.sh"
for mode in one two; do
  case $mode in
  one) { sleep 0.2; echo job; } & ;;
  two) die now ;;
  esac
done
case x in
x) { sleep 0.2; echo job 2; } & ;;
y) die never ;;
esac
if false; then die never; elif { sleep 0.5; echo job 3; } & then echo then; else die never; fi
case x in
x) { sleep 0.8; echo job 4; } & ;&
y) die falls ;;
esac
die last
## STDOUT:
job
die now
then
job 2
job 3
job 4
die falls
die last
## END

#### a handler that a variable has waits for a job
h='wait $!; echo "got $?"'
trap "$h" EXIT
(sleep 0.1; exit 3) &
ls /dev/null
echo end
## STDOUT:
/dev/null
end
got 3
## END

#### a handler that a function is given waits for a job
on_exit() { trap "$1" EXIT; }
stop() { wait $!; echo "got $?"; }
on_exit stop
(sleep 0.1; exit 3) &
ls /dev/null
echo end
## STDOUT:
/dev/null
end
got 3
## END

#### a handler that is given by words waits for a job
run() { "$@"; }
run trap 'wait $!; echo "got $?"' EXIT
(sleep 0.1; exit 3) &
ls /dev/null
echo end
## STDOUT:
/dev/null
end
got 3
## END

#### a handler in a text waits for a job
t='trap "wait \$!; echo got \$?" EXIT'
eval "$t"
(sleep 0.1; exit 3) &
ls /dev/null
echo end
## STDOUT:
/dev/null
end
got 3
## END

#### a handler that is a text, and names a function, waits for a job
f() { wait $!; echo "got $?"; }
trap 'eval "$h"' EXIT
(sleep 0.1; exit 3) &
ls /dev/null
h=f
## STDOUT:
/dev/null
got 3
## END

#### a handler of a file that the script writes waits for a job
echo 'trap "wait \$!; echo got \$?" EXIT' > setup
f() { . ./setup; }
f
(sleep 0.1; exit 3) &
ls /dev/null
## STDOUT:
/dev/null
got 3
## END

#### a handler that a substitution sets waits for a job
echo 'trap "wait \$!; echo got \$?" EXIT' > setup
eval "$(cat setup)"
(sleep 0.1; exit 3) &
ls /dev/null
## STDOUT:
/dev/null
got 3
## END

#### a handler reads a file that waits for a job
echo 'wait $!; echo "got $?"' > stop
trap '. ./stop' EXIT
(sleep 0.1; exit 3) &
ls /dev/null
## STDOUT:
/dev/null
got 3
## END

#### a job that a handler starts is waited for
trap '(sleep 0.1; exit 3) &' USR1
kill -USR1 $$
ls /dev/null
wait $!
echo "got $?"
## STDOUT:
/dev/null
got 3
## END

#### a job that a function starts which is a handler
w() { wait $!; echo "got $?"; }
t() { (sleep 0.1; exit 3) & }
setup() { trap t USR1; }
setup
kill -USR1 $$
ls /dev/null
w
## STDOUT:
/dev/null
got 3
## END

#### a job that an ERR handler starts, given by words
on() { trap "$1" "$2"; }
t() { (sleep 0.1; exit 3) & }
on t ERR
false
ls /dev/null
wait $! || :
ls /dev/null
## STDOUT:
/dev/null
/dev/null
## END

#### a handler for the end starts a job, and another job is waited for
trap '{ echo late; } & wait' EXIT
(exit 3) &
wait $!
echo "got $?"
ls /dev/null
## STDOUT:
got 3
/dev/null
late
## END

#### a function that only a file shows starts a job by one of the script's, and waits for it
cat > lib <<'L'
n=0
usage() { echo "usage $*"; n=$((n + 1)); case $n in 2) begin;; 3) wait; echo "all over";; esac; return 4; }
L
. ./lib
rm lib
begin() { { sleep 0.2; echo job; } & pid=$!; }
i=0
while [ $i -lt 3 ]; do
  i=$((i + 1))
  j=0
  until [ $j -ge 2 ]; do
    j=$((j + 1))
    if [ $j = 1 ]; then
      echo "skip $i $j"
    elif [ $i = 9 ]; then
      usage never
    else
      [ $i != 7 ] && usage $i $j
      echo "after $?"
    fi
    echo "inner $i $j"
  done
  echo "outer $i"
done
echo "loops over $n"
{
  usage in a group
  echo "group $?"
}
begin > /dev/null; echo end; exit
## STDOUT:
skip 1 1
inner 1 1
usage 1 2
after 4
inner 1 2
outer 1
skip 2 1
inner 2 1
usage 2 2
after 4
inner 2 2
outer 2
skip 3 1
inner 3 1
usage 3 2
job
all over
after 4
inner 3 2
outer 3
loops over 3
usage in a group
group 4
end
## END

#### a file that leaves a job behind, which its own function waits for
cat > lib <<'L'
{ sleep 0.3; echo job of the file; } &
trap 'echo "bye $? $v"' EXIT
usage() { echo "usage $*"; wait; echo waited; return 4; }
v=1
L
. ./lib
rm lib
echo "lib $?"; v=2
begin() { { sleep 0.1; } & pid=$!; }
usage one
echo "status $?"
for i in 1 2; do
  while read -r line; do echo "$i $line"; v=$line; done <<END
doc $i
END
done
f() { local q=$1; echo "$q" | tr a-z A-Z; return 7; }
f abc || echo "f $?"
x=$(f def; echo "in $?")
echo "$x"
(cd /; pwd)
begin
exit 9
## STDOUT:
lib 0
usage one
job of the file
waited
status 4
1 doc 1
2 doc 2
ABC
f 7
DEF
in 7
/
bye 9 doc 2
## END
## status: 9

#### a job of such a function's, behind which a line is given up
cat > lib <<'L'
other() { begin; : $((1 / 0)); echo never; }
more() { wait; echo "more $?"; }
L
. ./lib
rm lib
begin() { { sleep 0.2; echo job; } & pid=$!; }
while [ $# -lt 2 ]; do
  set -- "$@" x
  other
  echo never
done
echo "goes on"
if true; then
  other
  echo never
fi
echo "goes on $? $#"
more
begin > /dev/null
## STDOUT:
goes on
goes on 1 1
job
job
more 0
## END

#### under errexit and nounset, with descriptors and options that the file leaves behind
cat > lib <<'L'
exec 3>&1 > captured
{ sleep 0.2; echo job; } &
usage() { echo usage >&3; wait; }
both() { begin; x=1; return "$1"; }
set -fu
L
. ./lib
rm lib
set -e
echo *
begin() { { sleep 0.1; } & pid=$!; }
usage
cat captured >&3
exec >&3 3>&-
i=0
while [ $i -lt 2 ]; do
  i=$((i + 1))
  case $i in
  1) both 0 ;;
  2) both 5; echo never ;;
  esac
  false && echo no
done
echo never
begin
## STDOUT:
usage
*
job
## END
## status: 5

#### a function of a file that ends the script, with a job of the script's
cat > lib <<'L'
quit() { begin; exit 3; }
maybe() { return 1; }
L
. ./lib
rm lib
begin() { { sleep 0.1; } & pid=$!; }
set -e
if [ -n "$PATH" ]; then
  maybe && echo no || echo "ignored"
  [ -z "$PATH" ] || echo "$?"
fi
if [ "$#" = 0 ]; then quit; fi
echo never
begin
## STDOUT:
ignored
1
## END
## status: 3

#### a callback of mapfile asks for jobs
c='echo called; jobs -r | grep -c sleep; :'
printf 'a\nb\n' >in
sleep 0.4 &
mapfile -C "$c" -c 2 lines <in
wait
echo ${#lines[@]}
## STDOUT:
called
1
2
## END

#### the name of a shopt option that only run time knows
o=last
shopt -s ${o}pipe
echo x | read y
echo "[$y]"
printf '1\n2\n' | while read l; do n=$l; done
echo $n
## STDOUT:
[x]
2
## END

#### a file that says nothing of jobs, read before one is started
printf 'greet() { echo hi "$1"; }\n' > lib
. ./lib
{ sleep 0.2; echo job; } &
greet a
sleep 0.5
greet b
## STDOUT:
hi a
job
hi b
## END

#### a file that is read before a job has a function that waits for it
printf 'await() { wait; echo waited; }\n' > lib
. ./lib
{ sleep 0.2; echo job; } &
await
echo end
## STDOUT:
job
waited
end
## END

#### a file's function runs its arguments, which wait for a job
printf 'run_it() { "$@"; echo "ran $?"; }\n' > lib
. ./lib
{ sleep 0.2; exit 3; } &
run_it wait
run_it wait %1
## STDOUT:
ran 0
ran 127
## END

#### a file's function runs a function of the script's, which waits for a job
printf 'run_it() { "$@"; echo "ran $?"; }\n' > lib
await() { wait $!; }
. ./lib
{ sleep 0.2; exit 3; } &
run_it await
## STDOUT:
ran 3
## END

#### a file's function calls one of the script's, which waits for a job
printf 'over() { await; echo "over $?"; }\n' > lib
await() { inner; }
inner() { wait $!; }
. ./lib
{ sleep 0.2; exit 3; } &
over
## STDOUT:
over 3
## END

#### a file starts a job by a function of the script's, and the next one waits for it
printf 'start_it\n' > lib
printf 'await() { wait; echo waited; }\n' > lib2
start_it() { { sleep 0.2; echo job; } & }
. ./lib
. ./lib2
await
## STDOUT:
job
waited
## END

#### a file's function starts a job by a function that it is given, and the next file waits for it
printf 'run_it() { "$@"; }\n' > lib
printf 'await() { wait; echo waited; }\n' > lib2
start_it() { { sleep 0.2; echo job; } & }
. ./lib
run_it start_it
. ./lib2
await
## STDOUT:
job
waited
## END

#### eval starts a job, and a function of a file waits for it
eval '{ sleep 0.2; echo job; } &'
printf 'await() { wait; echo waited; }\n' > lib
. ./lib
await
sleep 0.1 &
echo end
## STDOUT:
job
waited
end
## END

#### a substitution for output, and a function of a file that waits for it
echo x > >(sleep 0.2; cat)
printf 'await() { wait $!; echo waited; }\n' > lib
. ./lib
await
sleep 0.1 &
echo end
## STDOUT:
x
waited
end
## END

#### a descriptor keeps a file that is read with the job that its function waits for
exec 3>log
printf 'await() { wait; echo waited; echo x >&3; }\n' > lib
. ./lib
{ sleep 0.2; echo job >&3; } &
await
exec 3>&-
cat log
## STDOUT:
waited
job
x
## END

#### a file names the command that waits for a job
printf 'CMD=wait\n' > lib
. ./lib
{ sleep 0.2; echo job; } &
$CMD
echo end
## STDOUT:
job
end
## END

#### a file that is read in a branch, and functions of it beside a job
printf 'log() { echo "[$*]"; }\n' > lib
update() { { sleep 0.2; echo job; } & }
if [ -f lib ]; then . ./lib || exit 3; else exit 4; fi
update
case ${1-} in update) echo u ;; esac
log a
sleep 0.5
log b
## STDOUT:
[a]
job
[b]
## END

#### a text that eval makes of a substitution, before a job
eval "$(printf 'log() { echo "[$*]"; }')"
{ sleep 0.2; echo job; } &
log a
sleep 0.5
log b
## STDOUT:
[a]
job
[b]
## END

#### the system's own file of values beside a job
id=$(. /etc/os-release && echo "${ID:+id}")
f() { . /etc/os-release; echo "${ID:+id}"; }
{ sleep 0.2; echo job; } &
f
some_command 2>/dev/null || echo "$id"
sleep 0.5
## STDOUT:
id
id
job
## END

#### a function that waits for the job before its call
spin() { local p=$!; while kill -0 $p 2>/dev/null; do sleep 0.1; done; echo over; }
{ sleep 0.3; echo job; } &
spin
echo mid
x=$({ sleep 0.2; echo job2; } & spin)
echo "$x"
## STDOUT:
job
over
mid
job2
over
## END

#### a function that keeps the process id of the job before its call
spin() { p=$!; while kill -0 $p 2>/dev/null; do sleep 0.1; done; echo over; }
{ sleep 0.2; exit 3; } &
spin
wait $p
echo $?
## STDOUT:
over
3
## END

#### a function that is given the process id of the job before its call
spin() { while kill -0 "$1" 2>/dev/null; do sleep 0.1; done; echo over; }
{ sleep 0.2; echo job; } &
spin $!
echo mid
sleep 0.1 &
spin "$!" | cat
echo end
## STDOUT:
job
over
mid
over
end
## END

#### a function that waits for a job by the process id that it is given
spin() { wait "$1"; echo "over $?"; }
{ sleep 0.2; exit 3; } &
spin $!
echo mid
spin $!
## STDOUT:
over 3
mid
over 3
## END

#### a function that asks for a job, in subshells with and without one
spin() { p=$!; [ -n "$p" ] && echo has || echo none; }
x=$(sleep 0.1 & spin)
y=$(spin)
echo "$x $y"
sleep 0.2 &
z=$(spin)
echo "$z"
## STDOUT:
has none
has
## END

#### a function that asks for a job is called by a word, too
spin() { p=$!; [ -n "$p" ] && echo has || echo none; }
f() { sleep 0.1 & spin; }
cmd=spin
$cmd
f
$cmd
## STDOUT:
none
has
has
## END

#### a function that asks for a job and starts one
spin() { local p=$!; (exit 4) & q=$!; echo $((p != q)); wait $q; echo $?; }
(sleep 0.1; exit 3) & spin
echo end
## STDOUT:
1
4
end
## END

#### a function that asks for a job by a text
spin() { p=$!; eval 'wait $p'; echo $?; }
(sleep 0.1; exit 3) & spin
echo end
## STDOUT:
3
end
## END

#### functions behind jobs in a loop, a pipeline and a substitution
spin() { p=$!; while [ -d /proc/$p ]; do sleep 0.1; done; }
for i in 1 2; do
  { sleep 0.2; echo $i; } &
  spin
  echo after $i
done
echo x | { sleep 0.2 & spin; cat; }
echo end $(sleep 0.2 >/dev/null & spin; echo z)
## STDOUT:
1
after 1
2
after 2
x
end z
## END

#### a file's functions that wait have names of programs
printf 'join() { wa%s; echo joined; }\ngo() { "$@"; }\n' it > lib
f() { . ./lib; }
f
{ sleep 0.2; echo job; } &
join
{ sleep 0.2; exit 3; } &
go wait $!
echo $?
## STDOUT:
job
joined
3
## END

#### an EXIT trap waits for a job of a stage that lastpipe has run in the script's shell
shopt -s lastpipe
trap 'wait $!; echo "s=$?"' EXIT
echo x | while read -r l; do (sleep 0.1; exit 3) & done
echo a
## STDOUT:
a
s=3
## END

#### a function that starts a job is the last stage under lastpipe
shopt -s lastpipe
g() { (sleep 0.1; exit 3) & }
echo x | g
echo a
wait $!; echo "s=$?"
## STDOUT:
a
s=3
## END

#### Functions that ask for the job of an earlier call, by names that are quoted
f() { [ -n "$last" ] && { wait $last; echo "w$?"; }; (exit 3) & last=$!; }
f
\f
echo between
'f'
f""
## STDOUT:
w3
between
w3
w3
## END
