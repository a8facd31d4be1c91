# Background jobs that run as branches, each command of theirs in a step of its own.

#### a job and a wait for all
x=1
{ sleep 0.1; echo a $x $?; x=2; exit 9; } & wait
echo "st $? $x"
sleep 0.05 &
wait
echo end
## STDOUT:
a 1 0
st 0 1
end
## END

#### several jobs, and their statuses in any order
{ sleep 0.3; echo one; exit 8; } & p1=$!
{ sleep 0.1; echo two; exit 7; } & p2=$!
wait $p1 || echo f1 $?
wait "$p2"; echo f2 $?
## STDOUT:
two
one
f1 8
f2 7
## END

#### wait for several has the status of the last
{ sleep 0.1; exit 8; } & a=$!
{ sleep 0.2; exit 9; } & b=$!
(exit 7) & c=$!
wait $a $b $c
echo $?
## STDOUT:
7
## END

#### wait for the last job
(exit 4) & wait $!; echo $?
echo hi | { cat; exit 99; } & wait $!; echo $?
f() { echo "in f $1"; return 3; }
f 1 & wait $!; echo $?
( echo sub; exit 6 ) & wait $!; echo $?
true && { echo and; false; } & wait $!; echo $?
{ exec sh -c 'exit 5'; echo no; } & wait $!; echo $?
## STDOUT:
4
hi
99
in f 1
3
sub
6
and
1
5
## END

#### wait by number of job
echo hi | { cat; exit 99; } & wait %1; echo $?
## STDOUT:
hi
99
## END

#### a job that ends its shell by an error
{ ${nope?unset}; echo no; } 2>/dev/null & wait $!; echo $?
exit 3 & wait $!; echo $?
## STDOUT:
1
3
## END

#### a job's own input is empty
{ read l || echo none; cat; } & wait
echo line | { { read l || echo none; } & wait; cat; }
## STDOUT:
none
## END

#### a loop as a job
for i in 1 2 3; do echo $i; done & wait
i=0; while [ $i -lt 3 ]; do i=$((i+1)); echo w $i; done & wait $!; echo $? $i
## STDOUT:
1
2
3
w 1
w 2
w 3
0 0
## END

#### jobs in a function
g() { local y=5; { echo job; exit 2; } & wait $!; echo "g $?"; echo $y & wait; }
g; g
echo $(g)
## STDOUT:
job
g 2
5
job
g 2
5
job g 2 5
## END

#### jobs in a loop, each waited for
i=0
while [ $i -lt 3 ]; do
  i=$((i+1))
  { echo "job $i"; exit $i; } & wait $!
  echo "st $?"
done
## STDOUT:
job 1
st 1
job 2
st 2
job 3
st 3
## END

#### jobs in a subshell, a substitution, a pipeline and a redirected group
( { echo in; exit 3; } & wait $!; echo "sub $?" ) | cat
x=$( { echo cap; exit 4; } & wait $!; echo "c $?" ); echo "$x"
{ { echo red; sleep 0.05; echo red2; } & wait; } > out; cat out
if { echo cond & wait $!; }; then echo yes; fi
## STDOUT:
in
sub 3
cap
c 4
red
red2
cond
yes
## END

#### a job under set -e
set -e
{ echo one; false; echo no; } & wait $! || echo failed $?
{ sleep 0.05; echo x; } & wait
false & wait
{ echo last; false; echo no; exit 42; } & wait $!
echo no
## status: 1
## STDOUT:
one
failed 1
x
last
## END

#### a job in a function under set -e
set -e
f() { { echo job; false; echo no; } & wait $! || echo "g $?"; }
f
if f; then echo yes; fi
## STDOUT:
job
g 1
job
no
yes
## END

#### what stands before a job, and its status
(exit 3); { echo $?; } & wait; echo $?
(exit 3); { echo $?; } & { sleep 0.2; echo $?; } & wait
## STDOUT:
3
0
3
0
## END

#### the shell's place is the job's, not the other way round
mkdir d; cd d; { pwd | grep -o 'd$'; cd /; pwd; } & wait; pwd | grep -o 'd$'
set -- p q; { shift; echo "$@"; } & wait; echo "$@"
## STDOUT:
d
/
d
q
p q
## END

#### a job that writes a file
echo data > f & wait; cat f
{ echo q > g; } & { echo r > h; } & wait; cat g h
cat <<EOF > i & wait; cat i
text $(echo sub)
EOF
## STDOUT:
data
q
r
text sub
## END

#### a job that nobody waits for
x=$(echo no > out &
while [ ! -s out ]; do sleep 0.01; done; cat out)
echo $x
## STDOUT:
no
## END

#### a wait for all leaves nothing for a later list
sleep 0.1 &
p=$!
wait
case $p in *[!0-9]*) echo no;; *) echo yes;; esac
echo next
(exit 2) & wait $!; echo $?
## STDOUT:
yes
next
2
## END

#### waiting twice for one
f() { { sleep 0.1; echo f1; exit 5; } & q=$!; wait $q; echo "f=$?"; wait $q; echo "again $?"; }
f
echo on & wait
## STDOUT:
f1
f=5
again 5
on
## END

#### a function waits for its caller's jobs
spawn() { { sleep 0.2; echo "job"; } & }
join() { wait; echo joined; }
last() { wait $!; echo "last $?"; }
spawn; join
spawn; last
{ sleep 0.2; echo top; } & join
echo end
## STDOUT:
job
joined
job
last 0
top
joined
end
## END

#### a function that waits in the midst of other jobs
{ sleep 0.2; echo slow; } &
f() { echo quick & wait; echo f; }
f
## STDOUT:
quick
slow
f
## END

#### the status of a job that was waited for in a function
f() { { echo j; exit 3; } & wait $!; }
f || echo $?
f; echo $?
## STDOUT:
j
3
j
3
## END

#### jobs with variables that only the wait reads
n=0
true & a=$!
false & b=$!
wait $a || n=1
wait $b || n=2$n
echo $n
## STDOUT:
20
## END

#### jobs that another branch asks for, the next time round
for i in 1 2 3; do
  case $i in
  1) (sleep 0.02; exit 7) & ;;
  2) wait %1; echo $? ;;
  esac
done
for i in 1 2; do if [ $i = 1 ]; then sleep 5 & else kill $!; wait $! 2>/dev/null; echo $?; fi; done
x=1
while ((x < 4)); do
  case $x in
  1) (sleep 0.02; exit 9) & p=$! ;;
  3) wait $p; echo $? ;;
  esac
  ((x++))
done
until [ -n "$done" ]; do
  if [ -z "$p2" ]; then (sleep 0.05; exit 2) & p2=1; else wait %%; echo $?; done=1; fi
done
(for i in 1 2; do [ $i = 1 ] && { (sleep 0.05; exit 5) & true; } || { wait %1; echo $?; }; done)
## STDOUT:
7
143
9
2
5
## END

#### jobs that another call of a function asks for
service() {
  case $1 in
  start) sleep 5 & pid=$! ;;
  stop) kill $pid; wait $pid 2>/dev/null; echo "stopped $?" ;;
  esac
}
service start
ls -d /
service stop
f() { case $1 in start) (sleep 0.03; exit 3) & ;; stop) wait %1; echo $? ;; esac; }
for a in start stop; do f $a; done
g() { for i in 1 2; do if [ $i = 1 ]; then (exit 6) & else wait $!; echo $?; fi; done; }
g; g | cat; x=$(g); echo "$x"
## STDOUT:
/
stopped 143
3
6
6
6
## END

#### a wait in the middle of a loop waits for the jobs of the times before
for i in 1 2 3 4; do
  (sleep 0.0$((5 - i)); echo $i >done$i) &
  if ((i % 2 == 0)); then wait; ls done*; fi
done
## STDOUT:
done1
done2
done1
done2
done3
done4
## END

#### a subshell waits for the jobs of its loop, beside a file that only run time knows
echo 'say() { printf "%s\n" "$*"; }' > lib.sh
. "$(ls lib*.sh | head -n 1)"
(
  for i in 1 2; do
    { sleep 0.$i; echo "a $i"; } &
  done
  wait
) | sort
c=ls
$c lib.sh
(
  for i in 3 4; do { sleep 0.$i; echo "b $i"; } & done
  wait
  echo "waited $?"
)
say end
## STDOUT:
a 1
a 2
lib.sh
b 3
b 4
waited 0
end
## END

#### a subshell waits for a job of a function that it calls, of a text, and of a word
f() { { sleep 0.2; echo "f $1"; } & }
( f 1; ls /dev/null; wait; echo w1 )
t='{ sleep 0.2; echo t; } &'
( eval "$t"; ls /dev/null; wait; echo w2 )
g=f
( $g 3; ls /dev/null; wait; echo w3 )
echo 'h() { { sleep 0.2; echo h; } & }' > lib.sh
. "$(ls lib*.sh | head -n 1)"
( h; ls /dev/null; wait; echo w4 )
( if true; then { sleep 0.2; echo if; } & fi; ls /dev/null; wait; echo w5 )
## STDOUT:
/dev/null
f 1
w1
/dev/null
t
w2
/dev/null
f 3
w3
/dev/null
h
w4
/dev/null
if
w5
## END

#### a subshell waits for what a handler in it starts
( trap '{ sleep 0.2; echo handled; } &' USR1
  kill -USR1 $BASHPID
  ls /dev/null
  wait
  echo waited )
## STDOUT:
/dev/null
handled
waited
## END

#### an unknown function before a job of the same list, and one behind it
cat > lib.sh <<'EOF'
before() { wait; echo before; }
behind() { wait $!; echo "behind $?"; }
EOF
. "$(ls lib*.sh | head -n 1)"
case x in
  x)
    before
    ls /dev/null
    (sleep 0.1; exit 3) &
    ls /dev/null
    ;;
esac
for i in 1 2; do
  behind
  ls /dev/null
  (sleep 0.1; exit $i) &
done
behind
## STDOUT:
before
/dev/null
/dev/null
behind 3
/dev/null
behind 1
/dev/null
behind 2
## END

#### what command runs is no function of a file
cat > lib.sh <<'EOF'
mytool() { wait $!; echo "function $?"; }
EOF
. "$(ls lib*.sh | head -n 1)"
printf '#!/bin/sh\necho tool\n' > mytool
chmod +x mytool
PATH=$PWD:$PATH
(sleep 0.1; exit 3) &
ls /dev/null
command mytool
ls /dev/null
mytool
## STDOUT:
/dev/null
tool
/dev/null
function 3
## END

#### the status of a job that is a pipeline is not inverted
f() { echo f; return 4; }
! false & wait $!
echo $?
! f & wait $!
echo $?
! { f; true; } & wait $!
echo $?
! false | true & wait $!
echo $?
! f && true & wait $!
echo $?
{ ! f; } & wait $!
echo $?
## STDOUT:
1
f
4
f
0
0
f
0
f
0
## END

#### a function defined beside a job asks for it wherever it is called
if true; then (sleep 0.1; exit 5) & p=$!; w() { wait $p; echo w $?; }; fi
w
{ (sleep 0.1; exit 6) & q=$!; v() { kill -0 $q && wait "$q"; echo v $?; }; }
v
f() { (sleep 0.1; exit 7) & u() { wait $!; echo u $?; }; }
f; u
case x in x) (sleep 0.1; exit 8) & t() { wait; echo t; };; esac
t
## STDOUT:
w 5
v 6
u 7
t
## END

#### a job that is a pipeline reads the shell's input
printf '1\n2\n3\n4\n5\n6\n' > in
exec < in
{ read q; echo "<$q>"; } | { cat; exit 4; } & wait $!; echo $?
{ read q; echo "<$q>"; } & wait
f() { { read q; echo "f<$q>"; } | cat & wait; }
f
echo piped | { { read q; echo "<$q>"; } | cat & wait; }
{ read q; echo "<$q>"; } | cat && echo and & wait
read q; echo "<$q>"
## STDOUT:
<1>
4
<>
f<2>
<piped>
<>
and
<3>
## END

#### jobs that nothing asks for, before and behind one that is waited for
(sleep 0.1; echo a >o1) &
echo one
(sleep 0.1; echo b >o2) &
ls -d .
(sleep 0.2; echo c >o3) &
p=$!
ls -d /
(sleep 0.1; echo d >o4) &
wait $p
cat o3
echo $?
(sleep 0.1; echo e >o5) &
ls -d .
(sleep 0.1; echo f >o6) &
sleep 0.4
cat o*
## STDOUT:
one
.
/
c
0
.
a
b
c
d
e
f
## END

#### jobs of functions and loops that nothing asks for, and one that is waited for
f() { (sleep 0.1; echo "$1" >"o$1") & ls -d .; (sleep 0.2; echo "$1" >"p$1") & }
for i in 1 2 3; do f $i; { echo x; } & sleep 0.05; ls -d /; (exit 3) & done >log
f 4
echo mid
f 5
wait $!
echo $?
f 6
sleep 0.5
cat o* p* log | sort
## STDOUT:
.
mid
.
0
.
.
.
.
/
/
/
1
1
2
2
3
3
4
4
5
5
6
6
x
x
x
## END

#### jobs that nothing asks for, beside traps and jobs that are waited for
trap 'echo bye' EXIT
trap 'echo usr' USR1
sleep 0.1 & ls -d .
(exit 4) & ls -d /
wait
echo $?
(exit 5) & ls -d .
wait $! || echo $?
(exit 6) & ls -d .
(exit 7) & ls -d .
## STDOUT:
.
/
0
.
5
.
.
bye
## END

#### jobs that nothing asks for, with errexit
set -e
(exit 1) &
ls -d .
if true; then (exit 2) & fi
ls -d .
(exit 3) &
jobs >/dev/null
ls -d .
false &
ls -d /
(sleep 0.1; exit 9) & echo $(( $? + 1 ))
wait $!
echo no
## STDOUT:
.
.
.
/
1
## END
## status: 9

#### jobs that nothing asks for, with descriptors and what names the last one
exec 5>out
echo a >&5 &
sleep 0.1
ls -d .
echo b >&5 &
sleep 0.1
exec 5>&-
echo c >&5 &
sleep 0.1
cat out
{ sleep 0.05; echo late; } &
echo "$!" >/dev/null
ls -d .
{ echo "[${!:+set}]"; } &
sleep 0.3
ls -d /
## STDOUT:
.
a
b
.
[set]
late
/
## END

#### a job that is killed by name between others
exec 2>err
n=$$
sleep 97.$n &
ls -d .
pkill -KILL -f "[s]leep 97[.]$n"
sleep 0.1
(sleep 0.1; echo job) &
ls -d /
sleep 0.3
sed 's/.*line [0-9]*: *[0-9]* //; s/97.*//' err; rm err
## STDOUT:
.
/
job
Killed                  sleep 
## END

#### a function of a file kills a job by name between others
exec 2>err
n=$$
echo 'stop() { pkill -KILL -f "[s]leep 97[.]$n"; }' >lib.sh
. ./lib.sh
sleep 97.$n &
ls -d .
stop
sleep 0.1
(sleep 0.1; echo job) &
ls -d /
sleep 0.3
sed 's/.*line [0-9]*: *[0-9]* //; s/97.*//' err; rm err
## STDOUT:
.
/
job
Killed                  sleep 
## END

#### jobs of a function that another calls, which is called once
samples() {
  local a="" b=""
  if [ -n "$1" ]; then
    (sleep 0.1; echo one >o1; exit 3) &
    a=$!
  fi
  (sleep 0.1; echo two >o2; exit 4) &
  b=$!
  if [ -n "$a" ]; then wait "$a"; echo "a $?"; cat o1; fi
  wait "$b"; echo "b $?"
  cat o2
}
verbose() { ls -d .; samples "$1"; ls -d /; }
if ls -d .; then verbose x; else echo no; fi
ls -d /
## STDOUT:
.
.
a 3
one
b 4
two
/
/
## END

#### jobs of a function that another calls in a loop: it asks for one of the time before
ask() {
  [ -z "$last" ] || { wait "$last"; echo "last $?"; }
  if [ "$1" != 3 ]; then (sleep 0.1; exit "$1") & last=$!; else last=; fi
}
between() { ls -d .; ask "$1"; }
for i in 1 2 3; do between $i; done
ls -d /
## STDOUT:
.
.
last 1
.
last 2
/
## END

#### jobs of a function that another calls in a subshell of a loop
ask() {
  [ -z "$last" ] || { wait "$last" 2>/dev/null; echo "last $?"; }
  if [ "$1" != 3 ]; then (sleep 0.1; exit "$1") & last=$!; fi
  wait
}
between() { ls -d .; ask "$1"; }
last=
for i in 1 2; do (between $i); done
ls -d /
## STDOUT:
.
.
/
## END

#### jobs of functions that call each other
ping() {
  [ -z "$last" ] || { wait "$last"; echo "last $?"; }
  n=$((n + 1))
  if [ $n -lt 4 ]; then (sleep 0.1; exit $n) & last=$!; pong; fi
}
pong() { ls -d .; ping; }
eval 'pi''ng'
ls -d /
## STDOUT:
.
last 1
.
last 2
.
last 3
/
## END

#### break and continue that are all of a job are those of the loop around
exec 2> /dev/null
for i in 1; do break 0 & wait $!; echo rc=$?; done
for i in 1 2; do break & wait $!; echo b$?; done
for i in 1 2; do continue x & wait $!; echo c$?; done
for i in 1 2; do { break; } & wait $!; echo d$?; done
## STDOUT:
rc=1
b0
b0
c128
c128
d0
d0
## END
