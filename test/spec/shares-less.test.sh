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
