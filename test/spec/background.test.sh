# Background jobs and wait.

#### job and wait
{ echo bg; } & wait; echo fg
## STDOUT:
bg
fg
## END

#### job writes a file, wait, read
echo data > f & wait; cat f
## STDOUT:
data
## END

#### wait for a pid gives its status
(exit 4) & p=$!; wait $p; echo $?
## STDOUT:
4
## END

#### wait for several pids gives the last
(exit 1) & a=$!; (exit 2) & b=$!; wait $a $b; echo $?; 
## STDOUT:
2
## END

#### wait twice for one pid
(exit 3) & p=$!; wait $p; echo $?; wait $p 2>/dev/null; echo $?
## STDOUT:
3
3
## END

#### wait in any order
(exit 5) & a=$!; (exit 6) & b=$!; wait $b; echo $?; wait $a; echo $?
## STDOUT:
6
5
## END

#### jobs in a loop with wait after
for i in 1 2 3; do echo $i > f$i & done; wait; cat f1 f2 f3
## STDOUT:
1
2
3
## END

#### pids in an array
pids=(); for i in 1 2 3; do (exit $i) & pids+=($!); done; for p in "${pids[@]}"; do wait $p; echo $?; done
## STDOUT:
1
2
3
## END

#### count failures
n=0; for i in 0 1 0 1; do (exit $i) & ps="$ps $!"; done; for p in $ps; do wait $p || n=$((n+1)); done; echo $n
## STDOUT:
2
## END

#### variables of a job are lost
x=1; { x=2; } & wait; echo $x
## STDOUT:
1
## END

#### job sees variables of the moment
x=1; { sleep 0.05; echo $x; } & x=2; wait; echo $x
## STDOUT:
1
2
## END

#### job of a function
f() { echo "f $1" > out; return 3; }; f a & wait $!; echo $?; cat out
## STDOUT:
3
f a
## END

#### job of a pipeline
echo b | tr b c > f & wait; cat f
## STDOUT:
c
## END

#### job of an and-or list
true && echo yes > f & wait; cat f; false || echo no > g & wait; cat g
## STDOUT:
yes
no
## END

#### job of a subshell and a loop
(echo s > f) & wait; for i in 1 2; do echo $i; done > g & wait; cat f g
## STDOUT:
s
1
2
## END

#### job standard input is empty
cat & wait; echo end
## stdin-json: "not read\n"
## STDOUT:
end
## END

#### job with explicit input
cat < f > g & 2>/dev/null; wait 2>/dev/null; { echo in > f; cat < f & wait; }
## STDOUT:
in
## END

#### dollar bang stays
true & a=$!; true; echo x | cat; [ $a = $! ] && echo same; wait
## STDOUT:
x
same
## END

#### dollar bang changes with each job
true & a=$!; true & b=$!; [ $a != $b ] && echo differ; wait
## STDOUT:
differ
## END

#### kill and wait
sleep 5 & kill $!; wait $! 2>/dev/null; echo $?
## STDOUT:
143
## END

#### jobs still running at the end
sleep 0.1 & echo end
## STDOUT:
end
## END

#### job finishing after later commands
{ sleep 0.1; echo late > f; } & echo early; wait; cat f
## STDOUT:
early
late
## END

#### nested jobs
{ { echo inner > f; } & wait; echo outer > g; } & wait; cat f g
## STDOUT:
inner
outer
## END

#### job in a function, waited outside
f() { { echo job > out; } & }; f; wait; cat out
## STDOUT:
job
## END

#### job in a subshell is not the parent's
(true & echo sub); wait; echo $?
## STDOUT:
sub
0
## END

#### job in a substitution
x=$(echo a & wait; echo b); echo $x
## STDOUT:
a b
## END

#### wait -n
(exit 7) & wait -n; echo $?
## STDOUT:
7
## END

#### wait -n of several
(sleep 0.15; exit 1) & (exit 2) & wait -n; echo $?; wait -n; echo $?
## STDOUT:
2
1
## END

#### wait -p
(exit 2) & wait -n -p v; echo $?; [ -n "$v" ] && echo has
## STDOUT:
2
has
## END

#### wait for an unknown pid
wait 1 2>/dev/null; echo $?
## STDOUT:
127
## END

#### jobs lists
sleep 0.1 & jobs -p | wc -l; wait; jobs | wc -l
## STDOUT:
1
0
## END

#### disown
sleep 0.05 & disown; wait; echo $?
## STDOUT:
0
## END

#### coproc
coproc { read x; echo "co $x"; }; echo hi >&${COPROC[1]}; read -u ${COPROC[0]} y; echo $y
## STDOUT:
co hi
## END

#### background redirections
{ echo o; echo e >&2; } > a 2> b & wait; cat a b
## STDOUT:
o
e
## END

#### two jobs with order through files
{ until [ -e go ]; do sleep 0.01; done; echo second >> log; } & echo first >> log; : > go; wait; cat log
## STDOUT:
first
second
## END

#### fifo between jobs
mkfifo p; echo through > p & cat p; wait
## STDOUT:
through
## END

#### fifo reader in the background
mkfifo p; cat p > out & echo data > p; wait; cat out
## STDOUT:
data
## END

#### background and errexit
set -e; (exit 3) & wait; echo on; (exit 3) & wait $! || echo "got $?"
## STDOUT:
on
got 3
## END

#### exit while a job writes to a file that nobody reads
{ sleep 0.1; : ; } & exit 3
## STDOUT:
## END
## status: 3

#### trap EXIT and jobs
trap 'echo trap' EXIT; { true; } & wait; echo end
## STDOUT:
end
trap
## END

#### job in an if and in a case
if true; then echo a > f & fi; wait; case x in x) echo b > g & ;; esac; wait; cat f g
## STDOUT:
a
b
## END

#### and-or with background in the middle
true && { echo x > f & wait; cat f; } || echo no
## STDOUT:
x
## END

#### semicolonless sequence of jobs
echo 1 > a & echo 2 > b & echo 3 > c & wait; cat a b c
## STDOUT:
1
2
3
## END

#### background command not found
no_such_bg 2>/dev/null & wait $!; echo $?
## STDOUT:
127
## END

#### background exec
exec 3>&1; { exec echo replaced >&3; } & wait
## STDOUT:
replaced
## END

#### parallel with a limit
run() { sleep 0.02; echo $1 > r$1; }
for i in 1 2 3 4 5 6; do run $i & (( i % 2 == 0 )) && wait; done; wait; cat r1 r6; ls | wc -l
## STDOUT:
1
6
6
## END

#### waiting loop with kill -0
sleep 0.1 & p=$!; n=0; while kill -0 $p 2>/dev/null; do sleep 0.03; n=1; done; echo $n; wait $p; echo $?
## STDOUT:
1
0
## END

#### a function that waits for what it started
built=0
work() { echo "work $1" > "out.$1"; [ "$1" != b ]; }
build() {
  local name status=0
  local -a running=()
  for name in a b c; do
    work "$name" &
    running+=($!)
    built=$((built + 1))
  done
  for name in "${running[@]}"; do
    wait "$name" || status=1
  done
  cat out.*
  return "$status"
}
case ${1-all} in
  all)
    if ! build; then echo "failed"; fi
    echo "$built built"
    ;;
esac
## STDOUT:
work a
work b
work c
failed
3 built
## END

#### two lists that wait for all of theirs
for i in 1 2; do
  if [ $i = 1 ]; then
    { echo one > a; } &
    wait
    cat a
  else
    (exit 3) &
    { echo two > b; } &
    wait
    echo "$?"
    cat b
  fi
done
(echo in > c & wait; cat c)
## STDOUT:
one
0
two
in
## END

#### a job that is never waited for
f() {
  { read -r line < fifo; echo "$line" > got; } &
  echo started
}
mkfifo fifo
if f; then echo next > fifo; fi
for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
  [ -s got ] && break
  sleep 0.1
done
cat got
rm fifo got
## STDOUT:
started
next
## END

#### a background command in a pipeline's stage has the pipe for its input
echo 1 | { cat & wait; }
echo 2 | (cat & wait)
echo 3 | if true; then cat & wait; fi
echo 4 | for i in 1; do cat & wait; done
f() { cat & wait; }
echo 5 | f
echo 6 | { x=$(cat & wait); echo "x=$x"; }
echo 7 | ( (cat & wait); echo none)
echo 8 | { { cat & wait; } 2>/dev/null; echo none; }
## STDOUT:
1
2
3
4
5
x=6
none
none
## END

#### a background command in a redirected compound command
{ cat & wait; } <<< 1
(cat & wait) <<< 2
{ (cat & wait); echo none; } <<< 3
{ cat & wait; } 2>/dev/null
f() { while read -r x; do echo "$x"; done < in; cat & wait; }
echo 4 > in
{ f; } <<< 5
g() { cat & wait; }
{ g; } <<< 6
g <<< 7
{ { :; } 2>/dev/null; cat & wait; echo none; } <<< 8
## STDOUT:
1
2
none
4
5
6
none
## END

#### a job that signals the script while it goes on
trap 'echo got it' USR1
echo before
(sleep 0.1; kill -s USR1 $$) &
n=0
while [ "$n" -lt 20 ]; do sleep 0.02; n=$((n + 1)); done
echo "$n"
## STDOUT:
before
got it
20
## END

#### a job with its standard input redirected to itself
printf 'foo\nbar\n' > file
exec < file
cat <&0 & wait
exec < file
{ read x; echo "$x"; } <&0 & wait
read y; echo "y=$y"
exec < file
cat 0<&0 | cat & wait
exec < file
cat < /dev/stdin & wait
cat & wait
## STDOUT:
foo
bar
foo
y=bar
foo
bar
foo
bar
## END

#### printf beside a job
x=1
{ sleep 0.1; echo job; } & printf '%s\n' "first $x"; wait
sleep 0.1 & printf '%s\n' "$x" > f; wait; cat f
## STDOUT:
first 1
job
1
## END

#### the input of a job on the line of a compound command whose input was redirected
printf '1\n2\n' >in
if true; then echo x; fi <in; eval 'cat & wait' <in
f() { cat & wait; }; while read -r x; do echo "$x"; done <in; f <in
for i in 1; do echo x; done <in; for i in 1; do echo y; done >out; eval 'cat & wait' <in
f <in
for i in 1; do echo z; done <in; exec <in; cat & wait
## STDOUT:
x
1
2
1
2
1
2
x
z
1
2
## END

#### A job that asks whether the script is still there
ls -d /
( while true; do sleep 0.2; kill -0 "$$" || exit; done ) 2>/dev/null &
printf a | wc -c
f() { kill -0 $$ && echo in a function; }
f
(kill -s 0 ${$} && echo in a subshell; ls -d /)
kill -0 $$ 2>/dev/null || echo gone
## STDOUT:
/
1
in a function
in a subshell
/
## END

#### A probe of the script beside a signal to it
trap 'echo handled' USR1
{ kill -0 $$ && kill -USR1 $$; } && echo sent
kill -0 $$ && echo alive
ls -d /
## STDOUT:
handled
sent
alive
/
## END

#### Jobs that have ended are not there for kill in a later step
start() { sleep 0.1 & id=$!; }
start
sleep 0.4
ls -d /
kill "$id" 2>/dev/null || echo gone
sleep 0.1 &
echo $! >id
sleep 0.4
ls -d /
kill -0 "$(cat id)" 2>/dev/null || echo gone too
rm id
## STDOUT:
/
gone
/
gone too
## END

#### A job that is ended by its process id, commands later
sleep 50 &
server=$!
ls -d /
echo "$server" >pid
printf x | wc -c
kill "$(cat pid)"
rm pid
sleep 0.2
kill -0 "$server" 2>/dev/null || echo gone
sleep 50 & kill $!
sleep 50 &
{ kill -KILL $!; wait $!; } 2>/dev/null
echo $?
## STDOUT:
/
1
gone
137
## END
## STDERR:
## END

#### A job that is killed and not waited for is spoken of by its shell
exec 2>messages
sleep 5 &
kill -9 $!
cat /dev/null
sleep 0.2
cat /dev/null
exec 2>/dev/null
sed 's/.*: line [0-9]*/line/; s/ *[0-9][0-9]* Killed/ Killed/' messages; rm messages
## STDOUT:
line: Killed                  sleep 5
## END

#### Jobs from before job control are there for fg and bg
sleep 0.7 &
echo a
set -m
bg %1
fg %1
echo $?
wait
## STDOUT:
a
1
## END

#### jobs within redirections have no input beside an EXIT trap
trap 'echo T' EXIT
{
cat & wait; echo end
} >out
cat out
f() { cat & wait; echo end; }
f >out; cat out
for i in 1 2; do cat & wait; echo end; done >out; cat out
echo a b >in
{ cat & wait; echo end; } <in >out; cat out
{ { cat & wait; echo end; } <&0; cat & wait; } >out; cat out
rm in out
## stdin-json: "hello\n"
## STDOUT:
end
end
end
end
a b
end
hello
end
T
## END
