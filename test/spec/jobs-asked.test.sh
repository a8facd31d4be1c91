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
