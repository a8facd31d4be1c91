# Traps: EXIT once at the end whatever the way out; signals to the script; DEBUG, ERR, RETURN.

#### EXIT at the end of the script
trap 'echo bye' EXIT
echo hi
## STDOUT:
hi
bye
## END

#### EXIT by exit, with the status
trap 'echo bye $?' EXIT
exit 3
## STDOUT:
bye 3
## END
## status: 3

#### EXIT after a failing last command
trap 'echo bye $?' EXIT
false
## STDOUT:
bye 1
## END
## status: 1

#### EXIT in a function's exit
trap 'echo bye' EXIT
f() { exit 2; }
f; echo no
## STDOUT:
bye
## END
## status: 2

#### EXIT in a loop's and group's exit
trap 'echo bye' EXIT
for i in 1 2; do { exit 4; }; done
## STDOUT:
bye
## END
## status: 4

#### EXIT by set -e and set -u
trap 'echo bye $?' EXIT
set -e
false
## STDOUT:
bye 1
## END
## status: 1

#### EXIT by an unset variable
trap 'echo bye $?' EXIT
set -u
echo $nope
## STDOUT:
bye 1
## END
## STDERR:
../t.sh: line 3: nope: unbound variable
## END
## status: 1

#### EXIT changes the status
trap 'exit 9' EXIT
exit 3
## STDOUT:
## END
## status: 9

#### EXIT keeps the status otherwise
trap 'true' EXIT
exit 3
## STDOUT:
## END
## status: 3

#### EXIT sees variables and functions
f() { echo "f $x"; }
trap f EXIT
x=1; x=2
## STDOUT:
f 2
## END

#### EXIT text is expanded when run or when set
x=early; trap "echo $x" EXIT; x=late
trap -p EXIT
## STDOUT:
trap -- 'echo early' EXIT
early
## END

#### EXIT replaced
trap 'echo one' EXIT
trap 'echo two' EXIT
## STDOUT:
two
## END

#### EXIT removed
trap 'echo no' EXIT
trap - EXIT
## STDOUT:
## END

#### EXIT by number and by name
trap 'echo zero' 0
trap -p
## STDOUT:
trap -- 'echo zero' EXIT
zero
## END

#### EXIT not in subshells, pipes, substitutions
trap 'echo once' EXIT
(true); echo a | cat; x=$(true); { true; }
## STDOUT:
a
once
## END

#### EXIT of its own in a subshell
(trap 'echo sub' EXIT; echo in); echo out
## STDOUT:
in
sub
out
## END

#### EXIT in a subshell that exits
(trap 'echo sub $?' EXIT; exit 5); echo $?
## STDOUT:
sub 5
5
## END

#### EXIT in a pipeline stage and a substitution
echo a | { trap 'echo stage' EXIT; cat; }; x=$(trap 'echo s' EXIT); echo $x
## STDOUT:
a
stage
s
## END

#### EXIT in a background job
{ trap 'echo bg' EXIT; } & wait
## STDOUT:
bg
## END

#### EXIT sees the directory of the moment
trap 'pwd' EXIT
cd /
## STDOUT:
/
## END

#### EXIT with redirection of exec
exec 3>&1 > f
trap 'cat f >&3' EXIT
echo logged
## STDOUT:
logged
## END

#### EXIT removes a temporary file
t=$(mktemp); trap 'rm -f "$t"; ls "$t" 2>/dev/null || echo gone' EXIT
echo x > "$t"; [ -s "$t" ] && echo made
## STDOUT:
made
gone
## END

#### EXIT with a failing command under errexit
set -e
trap 'echo a; false; echo b' EXIT
true
## STDOUT:
a
## END
## status: 1

#### EXIT that sets another trap
trap 'echo first; trap "echo second" EXIT' EXIT
## STDOUT:
first
## END

#### EXIT and return from a sourced file
echo 'trap "echo src" EXIT; return 3' > lib
. ./lib; echo $?
## STDOUT:
3
src
## END

#### EXIT in eval
eval "trap 'echo ev' EXIT"
echo body
## STDOUT:
body
ev
## END

#### EXIT by exec is not run
trap 'echo no' EXIT
exec echo replaced
## STDOUT:
replaced
## END

#### EXIT reads $? and $1
set -- arg
trap 'echo $? $1' EXIT
(exit 6)
## STDOUT:
6 arg
## END
## status: 6

#### signal to itself
trap 'echo usr1' USR1
kill -USR1 $$
echo after
## STDOUT:
usr1
after
## END

#### signal by name and number
trap 'echo got' USR2 10
kill -USR2 $$; kill -10 $$; echo after
## STDOUT:
got
got
after
## END

#### signal handler sees and changes variables
n=0; trap 'n=$((n+1))' USR1
kill -USR1 $$; kill -USR1 $$; echo $n
## STDOUT:
2
## END

#### signal handler in a function
f() { trap 'echo "h $x"' USR1; local x=loc; kill -USR1 $$; }
x=glob; f; kill -USR1 $$
## STDOUT:
h loc
h glob
## END

#### signal handler with exit
trap 'echo bye; exit 4' TERM
kill -TERM $$
echo no
## STDOUT:
bye
## END
## status: 4

#### signal handler and EXIT
trap 'echo exit $?' EXIT
trap 'exit 7' TERM
kill -TERM $$
## STDOUT:
exit 7
## END
## status: 7

#### signal without handler kills
trap 'echo exit' EXIT
kill -TERM $$
echo no
## STDOUT:
exit
## END
## status: 143

#### KILL kills
echo before
kill -KILL $$
echo no
## STDOUT:
before
## END
## status: 137

#### ignored signal
trap '' TERM
kill -TERM $$
echo alive
## STDOUT:
alive
## END

#### ignored in children too
trap '' TERM
sh -c 'kill -TERM $$; echo alive'
## STDOUT:
alive
## END

#### handled signals are default in children
trap 'echo no' TERM
sh -c 'kill -TERM $$; echo no'; echo $?
## STDOUT:
143
## END

#### reset signal
trap 'echo no' TERM; trap - TERM
(kill -TERM $BASHPID); echo $?
## STDOUT:
143
## END
## STDERR:
Terminated
## END

#### INT handler
trap 'echo int' INT
kill -INT $$
echo after
## STDOUT:
int
after
## END

#### HUP handler
trap 'echo hup' HUP; kill -HUP $$; echo on
## STDOUT:
hup
on
## END

#### several signals in one trap
trap 'echo sig' HUP INT TERM
kill -HUP $$; kill -INT $$; kill -TERM $$; echo end
## STDOUT:
sig
sig
sig
end
## END

#### trap listing
trap 'echo "a b"' EXIT
trap '' HUP
trap "it's" USR1
trap -p
trap - EXIT
## STDOUT:
trap -- 'echo "a b"' EXIT
trap -- '' SIGHUP
trap -- 'it'\''s' SIGUSR1
## END

#### trap -p of one
trap 'x y' USR1; trap -p USR1; trap -p USR2
## STDOUT:
trap -- 'x y' SIGUSR1
## END

#### trap listing in a substitution
trap 'echo t' EXIT
x=$(trap -p); echo "$x"; trap - EXIT
## STDOUT:
trap -- 'echo t' EXIT
## END

#### trap -l has names
trap -l | grep -c SIGTERM
## STDOUT:
1
## END

#### invalid signal
trap 'x' NOSUCH 2>/dev/null; echo $?
## STDOUT:
1
## END

#### trap in a function stays
f() { trap 'echo set in f' EXIT; }
f; echo body
## STDOUT:
body
set in f
## END

#### trap with hostile text
trap 'printf "%s\n" "'\''; {% \$x %}"' EXIT
:
## STDOUT:
'; {% $x %}
## END

#### trap with newlines and comments
trap 'echo a
# comment
echo b' EXIT
## STDOUT:
a
b
## END

#### DEBUG trap
trap 'echo "D"' DEBUG
true
x=1
trap - DEBUG
echo end
## STDOUT:
D
D
D
end
## END

#### DEBUG trap sees BASH_COMMAND
trap 'echo "[$BASH_COMMAND]"' DEBUG
x=1
echo a
trap - DEBUG
## STDOUT:
[x=1]
[echo a]
a
[trap - DEBUG]
## END

#### DEBUG trap counts loop commands
n=0; trap 'n=$((n+1))' DEBUG
for i in 1 2; do :; done
trap - DEBUG; echo $n
## STDOUT:
5
## END

#### DEBUG trap and functions
f() { :; :; }
trap 'echo d' DEBUG
f
trap - DEBUG
## STDOUT:
d
d
## END

#### DEBUG trap with functrace
set -T
f() { :; }
trap 'echo d $LINENO' DEBUG
f
trap - DEBUG
## STDOUT:
d 4
d 2
d 2
d 5
## END

#### extdebug skip
shopt -s extdebug
trap '[[ $BASH_COMMAND != *skip* ]]' DEBUG
echo skip
echo run
trap - DEBUG
## STDOUT:
run
## END

#### RETURN trap by a sourced file
echo 'echo in' > lib
trap 'echo returned' RETURN
. ./lib
trap - RETURN; echo end
## STDOUT:
in
returned
end
## END

#### RETURN trap in a function with return
f() { trap 'echo r $?' RETURN; return 3; }
f; echo $?; trap - RETURN
## STDOUT:
r 0
3
## END

#### ERR trap lists commands
trap 'echo "E $BASH_COMMAND"' ERR
false
ls /nonexistent 2>/dev/null
true
## STDOUT:
E false
E ls /nonexistent 2> /dev/null
## END

#### ERR trap in a subshell is reset
trap 'echo E' ERR
(false; true); (trap 'echo sub' ERR; false; true)
## STDOUT:
sub
## END

#### CHLD trap
trap 'echo c >> log' CHLD
true & wait; sh -c :; trap - CHLD; [ -s log ] && echo seen
## STDOUT:
seen
## END

#### CHLD trap: once for every process of the shell
n=0; trap 'n=$((n+1))' CHLD
sh -c :; sh -c :
(:); x=$(sh -c :); sh -c : | sh -c :
f() { sh -c :; }; f; echo $n
## STDOUT:
7
## END

#### wait interrupted by a signal
trap 'echo usr1' USR1
{ sleep 0.05; kill -USR1 $$; sleep 0.1; } & wait $!; echo $(( $? > 128 )); wait
## STDOUT:
usr1
1
## END

#### signal during a foreground child is handled after it
trap 'echo handled' USR1
sh -c 'kill -USR1 $PPID; echo child done'
echo next
## STDOUT:
child done
handled
next
## END

#### kill of a background job
{ sleep 5; } & kill $!; wait $! 2>/dev/null; echo $?
## STDOUT:
143
## END

#### kill -0 tests
sleep 5 & p=$!; kill -0 $p && echo alive; kill $p; wait $p 2>/dev/null; kill -0 $p 2>/dev/null || echo gone
## STDOUT:
alive
gone
## END

#### kill -l
kill -l 9; kill -l TERM; kill -l 143
## STDOUT:
KILL
15
TERM
## END

#### trap during read loop
trap 'echo sig' USR1
printf 'a\nb\n' | while read x; do echo $x; done; kill -USR1 $$; echo end
## STDOUT:
a
b
sig
end
## END

#### trap set in a condition and in an and list
if trap 'echo e' EXIT; then echo set; fi; true && trap 'echo f' EXIT
## STDOUT:
set
f
## END

#### exit inside a signal handler inside a loop
trap 'exit 3' USR1
for i in 1 2 3; do echo $i; [ $i = 2 ] && kill -USR1 $$; done; echo no
## STDOUT:
1
2
## END
## status: 3

#### return inside a handler
f() { trap 'return 5' USR1; kill -USR1 $$; echo no; }
f; echo $?
## STDOUT:
5
## END

#### break inside a handler
trap 'break' USR1
for i in 1 2 3; do kill -USR1 $$; echo $i; done; echo end $i
## STDOUT:
end 1
## END

#### EXIT trap and errexit inside a function
set -e
trap 'echo cleanup $?' EXIT
f() { echo f; false; echo no; }
f
## STDOUT:
f
cleanup 1
## END
## status: 1

#### EXIT trap after a redirected group's exit is outside of it
trap 'echo end' EXIT
{ echo in; exit 2; } > f
## STDOUT:
## END
## status: 2

#### EXIT trap within a while read with exit
trap 'echo end' EXIT
while read x; do echo $x; exit 3; done <<< a
## STDOUT:
a
end
## END
## status: 3

#### EXIT trap calls a function defined later
trap 'late' EXIT
late() { echo late; }
## STDOUT:
late
## END

#### EXIT trap exit with $?
trap 'exit $?' EXIT
(exit 8)
## STDOUT:
## END
## status: 8

#### nested cleanup functions
cleanup() { local rc=$?; echo "clean $rc"; exit $rc; }
trap cleanup EXIT
work() { echo work; return 6; }
work || exit $?
## STDOUT:
work
clean 6
## END
## status: 6

#### BASH_COMMAND in an EXIT trap is the command that ended the script
set -e
trap 'echo "failed: $BASH_COMMAND"' EXIT
f() { false; }
true
f
## STDOUT:
failed: false
## END
## status: 1

#### BASH_COMMAND shows substitutions as they stand
echo $(echo a) "$BASH_COMMAND"
trap 'echo "E $BASH_COMMAND"' ERR
test $(echo 1) = 2
## STDOUT:
a echo $(echo a) "$BASH_COMMAND"
E test $(echo 1) = 2
## END
## status: 1

#### BASH_COMMAND in an ERR trap that functions inherit
set -E
trap 'echo "E $BASH_COMMAND"' ERR
f() { [ $(echo 1) = "$1" ]; return 3; }
f 2 || echo caught
f 2
## STDOUT:
caught
E [ $(echo 1) = "$1" ]
E return 3
## END
## status: 3

#### a shell started in a substitution sends a signal to $$
trap 't=1' TERM
[ "x$(bash -c "kill $$")y" = xy ] && echo "$t"
t=
echo "x$(bash -c "kill $$")y"
echo "$t"
## STDOUT:
1
xy
1
## END

#### an unset variable ends a redirected loop: the EXIT trap runs outside
set -u
trap 'echo "T $? $v"; ls -d .' EXIT
v=1
cleanup() { echo "cleanup $v"; ls -d /; }
while read -r l; do v=$l; ls -d .; i=0; while [ $i -lt 40 ]; do i=$((i+1)); echo $i; done; [ $l = b ] && echo $nope; done <<< $'a\nb\nc' > o
echo not here
## STDOUT:
T 1 b
.
## END
## status: 1

#### an error in functions with redirected bodies, and a handler of the machine's
trap cleanup EXIT
cleanup() { echo "cleanup $? $v"; ls -d /; exit 7; }
v=1
f() { local v=2; { v=3; w=4; ls -d .; g; } > o2; }
g() { local z=1; ls -d /; { ls -d .; : ${nope?gone}; } > o3; }
f
## STDOUT:
cleanup 1 1
/
## END
## status: 7

#### EXIT traps of subshells that an error ends
trap 'echo outer; cat o* 2>/dev/null' EXIT
( trap 'echo inner $?; ls -d .' EXIT; { ls -d /; ls ${x:?}; } > o4; echo no )
echo "after $?"
x=$( trap 'echo inner2 $?; ls -d .' EXIT; { ls -d /; ls ${x:?}; } > o5; echo no )
echo "after $? $x"
( trap 'echo inner $?; ls -d .' EXIT;  ls -d /; ls ${x1:?}; echo no ) > o6
echo "after $?"
{ trap 'echo changed $?' EXIT; ls -d /; echo "$(( ${a:?} + 1))"; } > o7 2>&1
## STDOUT:
inner 1
.
after 1
after 1 inner2 1
.
after 1
changed 1
## END
## status: 1

#### an error within several redirections
trap 'echo T $?' EXIT
if ls -d .; then { for i in 1 2; do ls -d /; { ls -d .; echo ${x:?}; } > o8; done; } > o9; fi
## STDOUT:
.
T 1
## END
## status: 1

#### a handler of several lines, with quotes, behind an error in a redirected body
trap 'x=$?
echo "it'\''s $x"
# comment
ls -d .' EXIT
{ ls -d /; exec > o11; ls -d /; } > o10
{ ls -d /; eval 'exit ${x:?}'; } > o10
## STDOUT:
## END
## status: 1

#### the shell of a substitution becomes a function's last program, without the trap that was set there
f() { trap 'echo exit' EXIT; /bin/true; }
g() { trap 'echo err' ERR; /bin/false; }
x=$(f); echo "1 $x"
x=$(:; f); echo "2 $x"
x=$(f; :); echo "3 $x"
for i in $(: && f); do echo "$i"; done
x=$(g); echo "4 $? $x"
(f)
## STDOUT:
1 
2 
3 exit
4 1 
exit
## END

#### ERR traps: pipelines and subshells of one line, in every place
err() { echo "err [$@] $? $LINENO ${FUNCNAME[*]}"; ls -d .; n=$((n+1)); }
trap 'err $LINENO' ERR
n=0
echo B | grep B
echo C | grep zzz
echo "st $? n=$n"
! echo D | grep D
echo D | grep zzz || echo or
if echo D | grep zzz; then echo no; fi
echo D | grep zzz | cat
set -o pipefail
echo E | grep zzz | cat
( exit 42 )
( ls -d /; false; echo on; false )
( ls -d /; exit 3 ) || echo "or $?"
( trap 'echo inner $?' ERR; false; ls -d /nonexistent 2>/dev/null; true )
f() { echo x | grep zz; echo "in f $?"; ( ls -d /; exit 5 ); echo "in f $?"; }
f
f | cat
x=$(echo a | grep b; ls -d .)
while echo q | grep zz; do :; done
for i in 1 2; do echo $i | grep 2; done
{ echo o | grep zz; }
trap - ERR
echo F | grep zz
trap 'echo again $?; exit 9' ERR
echo n=$n
( ls -d /; exit 7 )
echo not here
## STDOUT:
B
err [5] 1 1 err main
.
st 1 n=1
D
or
err [12] 1 1 err main
.
err [13] 42 1 err main
.
/
on
err [14] 1 1 err main
.
/
or 3
inner 1
inner 2
in f 1
/
in f 5
in f 1
/
in f 5
err [22] 1 1 err main
.
2
err [23] 1 1 err main
.
n=6
/
again 7
## END
## status: 9

#### ERR traps with errexit and an EXIT trap
set -euo pipefail
trap 'echo "failed at $LINENO with $?" >&2; ls -d .' ERR
trap 'echo bye $?; ls -d /' EXIT
g() { echo in g; ls -d /nonexistent | cat; echo no; }
ls -d . | sort | uniq
( cd /; ls -d . )
y=$(ls -d / | tr / x)
echo "$y"
if ls /nonexistent 2>/dev/null | grep q; then :; fi
echo a | { read -r z; echo "$z"; }
g 2>/dev/null
echo not
## STDOUT:
.
.
x
a
in g
bye 2
/
## END
## status: 2

#### ERR trap: nested subshells under errexit
set -e
trap 'echo T $?' ERR
( ls -d /; ( ls -d .; exit 4 ); echo no )
echo not
## STDOUT:
/
.
T 4
## END
## status: 4

#### ERR traps: stages that are builtins, functions and assignments
trap 'echo T $? $LINENO' ERR
true | false
false | true
cd /nonexistent 2>/dev/null | cat
: | [ a = b ]
: | test a = b
echo a | read b
printf x | nosuchcommand_ 2>/dev/null
: | command false
: | builtin false
v=1 | false
: | v=$(false)
f() { false; }
: | f
( f )
( f; f )
( false ) && echo x
! ( false )
( false ) > o
( ls -d . > o2; false ) 2>&1
(false; (false))
((0))
(:; ((0)))
## STDOUT:
T 1 2
T 1 5
T 1 6
T 127 8
T 1 9
T 1 10
T 1 11
T 1 12
T 1 14
T 1 15
T 1 16
T 1 19
T 1 20
T 1 21
T 1 22
T 1 23
## END
## status: 1

#### ERR trap whose handler leaves the loop
trap 'echo T $? $LINENO; [ $? = 0 ] || break' ERR
for i in 1 2 3; do echo $i; ls -d . | grep zz; done
## STDOUT:
1
T 1 2
2
T 1 2
3
T 1 2
## END
## status: 1

#### an ERR trap that a function sets
f() { trap 'exit 8' ERR; echo a; false; echo no; }
f
## STDOUT:
a
## END
## status: 8

#### ERR traps of a function, of the functions that it calls, and of its caller
trap 'echo out' ERR
f() { false; trap 'echo in' ERR; false; g; false; }
g() { false; echo g; return 3; }
f; echo $?
false
## STDOUT:
in
g
in
in
in
1
in
## END
## status: 1

#### a call's own status sets off no ERR trap that was set during it
f() { trap 'echo E' ERR; return 3; }
f
echo x
false
## STDOUT:
x
E
## END
## status: 1

#### an ERR trap that a function removes
trap 'echo out' ERR
f() { trap -p; trap 'echo in' ERR; trap - ERR; false; echo f; }
f; false
set -E
g() { trap - ERR; false; }
g; false; echo end
## STDOUT:
f
out
end
## END

#### an ERR trap behind a negation
trap 'echo err' ERR
f() { false; echo f; }
set -E
! { false; echo x; (exit 3); }
! f
if ! f; then :; fi
set -e
! { false; echo y; }
## STDOUT:
err
x
err
err
f
f
y
## END
## status: 1

#### an ERR trap and errexit at a function's own status
set -e; trap 'echo "ERR $?"' ERR
f() { ls >/dev/null; g; echo no; }
g() { ls >/dev/null; return $1; }
g 4 || echo $?
g 5
echo no
## STDOUT:
4
ERR 5
## END
## status: 5

#### an ERR trap that is inherited, and errexit at a function's own status
set -eE; trap 'echo "ERR $?"' ERR; trap 'echo bye $?' EXIT
f() { ls >/dev/null; g 4; echo no; }
g() { ls >/dev/null; return $1; }
f
## STDOUT:
ERR 4
bye 4
## END
## status: 4

#### BASH_COMMAND in an ERR trap that judges a call is the last command of the body
trap 'echo "$LINENO: $BASH_COMMAND"' ERR
f() { g; return 3; }
g() { [ a = b ]; }
f
g
f x || echo judged
echo end
## STDOUT:
4: return 3
5: [ a = b ]
judged
end
## END

#### BASH_COMMAND in an ERR trap with lines of its own, or of a signal that run time names
trap '
echo "$LINENO: $BASH_COMMAND"
' ERR
f() { return 3; }
f
(false)
trap - ERR
signal=ERR
trap 'echo "again $BASH_COMMAND"' $signal
f
(false)
## status: 1
## STDOUT:
6: return 3
7: ( false )
again return 3
again ( false )
## END

#### signals that a variable names
signals="0 2 TERM"
cleanup() { echo "cleaned up $?"; }
trap cleanup $signals
for x in a b; do
  echo "$x"
  (trap - $signals; echo "inner $x")
done
trap | sort
kill -TERM $$
echo "after $?"
trap - TERM
false
## STDOUT:
a
inner a
b
inner b
trap -- 'cleanup' EXIT
trap -- 'cleanup' SIGINT
trap -- 'cleanup' SIGTERM
cleaned up 0
after 0
cleaned up 1
## END
## status: 1

#### signals that only run time names, whatever the script's own assignment is
signals="0"
count() { n=x$n; }
set -- DEBUG
eval 'signals=$1'
trap count $signals
echo one
echo two
trap - DEBUG
echo "$n"
## STDOUT:
one
two
xxx
## END

#### signals of a variable that is read, conditional, local, or assigned in a function
count() { n=x$n; }
read -r one <<< DEBUG
trap count $one
echo one
trap - DEBUG
echo "$n"
n=
two=INT
if [ "$n" = "" ]; then two=DEBUG; fi
trap count $two
echo two
trap - DEBUG
echo "$n"
n=
three=INT
change() { three=DEBUG; }
change
trap count $three
echo three
trap - DEBUG
echo "$n"
n=
four=INT
given() { local four=DEBUG; trap count $four; }
given
echo four
trap - DEBUG
echo "$n"
## STDOUT:
one
xx
two
xx
three
xx
four
xx
## END

#### lines that an ERR trap in a function names for pipelines
f() {
trap 'echo T $? $LINENO' ERR
true | false
: | [ a = b ]
printf x | nosuchcommand_ 2>/dev/null

true | { false; }
{ true; } | false
( true ) | ( false )
true |
  false
}
for i in 1 2; do f; done
## STDOUT:
T 1 3
T 1 4
T 127 5
T 1 7
T 1 8
T 1 9
T 1 9
T 1 11
T 1 3
T 1 4
T 127 5
T 1 7
T 1 8
T 1 9
T 1 9
T 1 11
T 1 13
## END
## status: 1

#### traps and options that a function has set by the time that its line is given up
f() {
  {
    trap 'echo "usr"' USR1
    trap 'echo "exit $?"' EXIT
    set -fu
    shift 1 2
  } 2>/dev/null
}
trap 'echo "err $?"' ERR
g() { f; echo no; }
g; echo no
trap -p
echo "$-"
echo *
## STDOUT:
trap -- 'echo "exit $?"' EXIT
trap -- 'echo "usr"' SIGUSR1
trap -- 'echo "err $?"' ERR
fhuB
*
exit 0
## END

#### what the handler of the script's own signal opens stays open
exec 4>&1
trap 'exec >>log' USR1
echo a
kill -USR1 $$
echo b
f() { exec 3>>log; echo three >&3; }
trap f USR2
kill -s USR2 "$$"
echo c >&3
g() { kill -USR2 $$; echo d; }
g
echo e
exec >&4
cat log
## STDOUT:
a
b
three
c
three
d
e
## END

#### a pipeline behind ! sets off no ERR trap, where something may turn errexit on
trap 'echo "ERR $?"' ERR
g() { set +e; }
! true | false
echo "$?"
! f | { set -e; false; echo no; }
echo "$? ${PIPESTATUS[@]}"
set -e
! { set -e; echo in; false; } | cat
echo end
## STDOUT:
0
0 127 1
in
end
## END
## STDERR:
../t.sh: line 5: f: command not found
## END

#### an ERR trap that is ignored is in functions as well
fn() { trap; }
for i in 1 2; do
  fn p q
  trap '' ERR
done
g() { trap 'echo e' ERR; trap -p ERR; }
g
trap -p
## STDOUT:
trap -- '' ERR
trap -- 'echo e' ERR
trap -- 'echo e' ERR
## END

#### signals that programs send to the process id which the script has written
n=0
trap 'n=$((n+1)); echo "got $n"' USR1 USR2
echo $$ >pid
sh -c 'kill -USR1 $(cat pid)'
/bin/echo one
for i in 1 2; do sh -c 'kill -USR2 $(cat pid)'; /bin/echo "i$i"; done
f() { sh -c 'kill -USR1 $(cat pid)'; echo f; }
f
x=$(sh -c 'kill -USR1 $(cat pid)'; echo sub); echo "$x"
trap '' USR2
sh -c 'kill -USR2 $(cat pid)'
trap - USR1
trap -p
rm pid
## STDOUT:
got 1
one
got 2
i1
got 3
i2
got 4
f
got 5
sub
trap -- '' SIGUSR2
## END

#### the default of a signal that a program sends to the script
echo $$ >pid
sh -c 'p=$(cat pid); rm pid; kill -USR1 "$p"'
/bin/echo no
## STDOUT:
## END
## status: 138

#### what the last command sends to the script
trap 'echo got $?' TERM
echo $$ >pid
sh -c 'p=$(cat pid); rm pid; kill -TERM "$p"; exit 4'
## STDOUT:
got 4
## END
## status: 4

#### the default of TERM where the last command sends it
echo $$ >pid
sh -c 'p=$(cat pid); rm pid; kill -TERM "$p"'
## STDOUT:
## END
## status: 143

#### TERM sent by a program, and an EXIT trap
trap 'echo bye $?; rm -f pid' EXIT
echo $$ >pid
sh -c 'kill -TERM $(cat pid); exit 4'
/bin/echo no
## STDOUT:
bye 0
## END
## status: 143

#### INT and QUIT without handlers do nothing behind a command that goes on
echo $$ >pid
sh -c 'kill -INT $(cat pid); kill -QUIT $(cat pid); rm pid'
/bin/echo yes
## STDOUT:
yes
## END

#### a handler of a signal that a program sends ends the script
trap 'echo got $?; exit 9' HUP
set -e
echo $$ >pid
sh -c 'p=$(cat pid); rm pid; kill -HUP "$p"; exit 3' || /bin/echo no
## STDOUT:
got 3
## END
## status: 9

#### signals that a group may have, sent to the process id which the script has written
echo $$ >pid
trap 'echo got HUP $?' HUP
sh -c 'kill -HUP $(cat pid); exit 3'
/bin/echo "after HUP $?"
sh -c 'kill -HUP $(cat pid)' && /bin/echo and
f() { sh -c 'kill -HUP $(cat pid)'; /bin/echo in f; }
f
x=$(sh -c 'kill -HUP $(cat pid)'; echo sub); echo "$x"
for i in 1 2; do sh -c 'kill -HUP $(cat pid)'; /bin/echo $i; done
trap '' HUP
sh -c 'kill -HUP $(cat pid)'
/bin/echo ignored
trap 'echo got INT $?' INT
sh -c 'kill -INT $(cat pid); exit 3'
/bin/echo "after INT $?"
sh -c 'kill -INT $(cat pid)' && /bin/echo and
f() { sh -c 'kill -INT $(cat pid)'; /bin/echo in f; }
f
x=$(sh -c 'kill -INT $(cat pid)'; echo sub); echo "$x"
for i in 1 2; do sh -c 'kill -INT $(cat pid)'; /bin/echo $i; done
trap '' INT
sh -c 'kill -INT $(cat pid)'
/bin/echo ignored
trap 'echo got QUIT $?' QUIT
sh -c 'kill -QUIT $(cat pid); exit 3'
/bin/echo "after QUIT $?"
sh -c 'kill -QUIT $(cat pid)' && /bin/echo and
f() { sh -c 'kill -QUIT $(cat pid)'; /bin/echo in f; }
f
x=$(sh -c 'kill -QUIT $(cat pid)'; echo sub); echo "$x"
for i in 1 2; do sh -c 'kill -QUIT $(cat pid)'; /bin/echo $i; done
trap '' QUIT
sh -c 'kill -QUIT $(cat pid)'
/bin/echo ignored
trap 'echo got TERM $?' TERM
sh -c 'kill -TERM $(cat pid); exit 3'
/bin/echo "after TERM $?"
sh -c 'kill -TERM $(cat pid)' && /bin/echo and
f() { sh -c 'kill -TERM $(cat pid)'; /bin/echo in f; }
f
x=$(sh -c 'kill -TERM $(cat pid)'; echo sub); echo "$x"
for i in 1 2; do sh -c 'kill -TERM $(cat pid)'; /bin/echo $i; done
trap '' TERM
sh -c 'kill -TERM $(cat pid)'
/bin/echo ignored
rm pid
## STDOUT:
got HUP 3
after HUP 3
got HUP 0
and
got HUP 0
in f
got HUP 0
sub
got HUP 0
1
got HUP 0
2
ignored
got INT 3
after INT 3
got INT 0
and
got INT 0
in f
got INT 0
sub
got INT 0
1
got INT 0
2
ignored
got QUIT 3
after QUIT 3
got QUIT 0
and
got QUIT 0
in f
got QUIT 0
sub
got QUIT 0
1
got QUIT 0
2
ignored
got TERM 3
after TERM 3
got TERM 0
and
got TERM 0
in f
got TERM 0
sub
got TERM 0
1
got TERM 0
2
ignored
## END

#### a program's signal to the script, and statuses that nothing judges
echo $$ >pid
set -e; trap 'echo T$?' TERM
echo 'kill -TERM $(cat pid); exit 3' >k.sh
sh k.sh || echo "or $?"
if sh k.sh; then echo then; else echo "else $?"; fi
f() { sh k.sh; }; f && echo and
sh k.sh || echo 1
sh k.sh || echo 2
trap 'echo H; rm pid; false; echo still' TERM
sh k.sh || echo "or $?"
echo no
## STDOUT:
T3
or 3
T3
else 3
T3
T3
1
T3
2
H
## END
## status: 1

#### a program's signal to the script whose EXIT trap has run
trap 'echo bye; rm -f pid' EXIT
echo $$ >pid
sh -c 'kill -TERM $(cat pid)' | cat
## STDOUT:
bye
## END
## status: 143

#### jumps that a text evaluated behind `!` makes
for i in 1 2; do ! eval 'continue'; echo no; done; echo $?
echo continue >lib
for i in 1 2; do ! . ./lib; echo no; done; echo $?
## STDOUT:
1
1
## END

#### ERR traps and compound commands with redirections
set -E
trap 'echo "E$? L$LINENO"' ERR
printf '%s\n' a b >in
while read l; do false; echo "$l"; done <in
{ false; echo x; (exit 3); } >out; cat out
for i in 1 2; do [ "$i" = 2 ]; done 2>/dev/null
if false; then :; else false; fi >out
f() { while read l; do test "$l" = a && continue; false; done <in; }
f
while read l; do echo "$l"; false; done < <(cat in; exit 4)
{ ! { false; } >out; }
{ false || echo or; } >out
case a in a) false;; esac <<<w
(false) >out
## STDOUT:
E1 L4
a
E1 L4
b
E1 L5
x
E3 L5
E1 L6
E1 L8
E1 L9
a
E1 L10
b
E1 L10
E1 L13
E1 L14
## END
## status: 1

#### ERR traps with errexit within redirections
set -eE; trap 'echo "E$? $LINENO"' ERR; trap 'echo "X$?"' EXIT
printf '%s\n' a b >in
f() { { [ "$1" = b ]; echo "f $1"; } >&1; }
while read l; do f "$l" || echo or; done <in
if { f a; } <in; then echo yes; fi
while read l; do f "$l"; done <in
echo no
## STDOUT:
f a
f b
f a
yes
E1 3
X1
## END
## status: 1

#### ERR traps of redirections that fail
trap 'echo "E$? $LINENO"' ERR
echo a
f() {
  echo x
}
for w in 1 2; do echo $w; done <nofile
echo b
if true; then
  g() {
    :
  }
  { echo q; } </nofile
fi
{ echo q;
} </nofile
case a in a) { :; } <nofile;; esac
## STDOUT:
a
E1 5
b
E1 13
E1 13
E1 13
## END
## status: 1

#### what handlers see of the shell that a program signals
set -a
trap 'env | grep -c sh2sfn; echo h ${!__sh2@}; IFS=0; echo $?' USR1
echo $$ >p
sh -c 'kill -USR1 $(cat p)'
sh -c 'kill -USR1 $(cat p); exit 3'
rm p
## STDOUT:
0
h

0
h

## END

#### an ERR trap and the redirections of an arithmetic `for`
trap 'echo E' ERR
for ((i=0;i<2;i++)); do
 false
done </no/such
## STDOUT:
E
## END
## STDERR:
../t.sh: line 2: /no/such: No such file or directory
## END
## status: 1

#### a trap of a signal that only run time knows, and a signal to the script
sig=ERR
trap "echo e; kill -USR1 $$" $sig
trap 'echo got' USR1
false
echo after
## STDOUT:
e
got
after
## END

#### ERR traps of redirections that fail behind calls
trap 'echo E $LINENO' ERR
f() { :; }
f
{
:
} </no/such
g() {
 :
}
if true; then g; fi
while read l; do
 :; done </no/such
## STDOUT:
E 3
E 10
## END
## status: 1

#### An ERR trap's line behind a statement of several lines, where a redirection fails
trap 'echo "error at $LINENO"' ERR
if [ -e nope ]; then
  while read x; do echo $x; done <nope
fi
while read x; do echo $x; done <nope
## STDOUT:
error at 2
## END
## status: 1

#### what a stage of a pipeline sends to the script comes before the next command
trap 'echo handled' TERM
echo $$ >pid
sh -c 'kill -TERM $(cat pid)' | cat
echo "after $?"
f() { sh -c 'kill -TERM $(cat pid)' | cat; echo "in f"; }
f
rm pid
## STDOUT:
handled
after 0
handled
in f
## END

#### a signal that a stage of a pipeline sends ends the script before its next command
trap 'echo bye; rm -f pid' EXIT
echo $$ >pid
sh -c 'kill -TERM $(cat pid)' | cat
echo never
## STDOUT:
bye
## END
## status: 143

#### a handler that gives up a command line goes on with its next one
trap 'echo "T1 $?"; : $((1/0))
echo "T2 $?"' ERR
false
echo "end $?"
trap - ERR
trap 'echo "T1 $?"; shift 1 2
echo "T2 $?"' USR1
kill -USR1 $$
echo end
half() { echo $(($1 / 0)); }
trap 'half 3; echo no
echo "T3 $?"' ERR
ls /nosuch 2>/dev/null
( exit 4 )
echo "end $?"
set -e
trap 'echo "X1 $?"; : $((1/0))
echo "X2 $?"' EXIT
trap - ERR
ls /nosuch 2>/dev/null
echo no
## STDOUT:
T1 1
T2 1
end 1
T1 0
end
T3 1
T3 1
end 4
X1 2
X2 1
## END
## STDERR:
../t.sh: line 3: 1/0: division by 0 (error token is "0")
../t.sh: line 1: shift: too many arguments
../t.sh: line 10: 3 / 0: division by 0 (error token is "0")
../t.sh: line 10: 3 / 0: division by 0 (error token is "0")
../t.sh: line 1: 1/0: division by 0 (error token is "0")
## END
## status: 2

#### DEBUG and CHLD traps that are asked for, and taken away, where there are none
echo a
trap -p DEBUG
trap - DEBUG CHLD
sleep 0
echo "${x:-b}" | cat
trap DEBUG; echo $?
trap 'echo "d $BASH_COMMAND"' DEBUG
trap -p DEBUG
echo c
trap - DEBUG
echo d
## STDOUT:
a
b
0
d trap -p DEBUG
trap -- 'echo "d $BASH_COMMAND"' DEBUG
d echo c
c
d trap - DEBUG
d
## END

#### signals that programs send to the script within redirections are handled before the next command there
echo $$ >pid
trap 'echo got' USR1
trap 'echo hup; x=5' HUP
printf '#!/bin/sh\nkill -USR1 $1\n' >p; chmod +x p
printf '%s\n' 1 2 3 >lines
while read -r x; do ./p $$; echo $x; done <lines
f() { echo in; sh -c 'kill -HUP $(cat pid)'; echo out $x; }
f >out
echo --; cat out
{ { sh -c 'kill -USR1 $(cat pid)'; echo 1; } 3>other; echo 2; sh -c 'kill -HUP $(cat pid)'; } >out
echo --; cat out; rm pid
wait; echo "$? [$!]"
## STDOUT:
got
1
got
2
got
3
--
in
hup
out 5
--
got
1
2
hup
0 []
## END

#### a signal without a handler that a program sends the script within redirections
echo $$ >pid
trap 'rm pid; echo bye >&2' EXIT
trap 'echo int' INT
{ sh -c 'kill -INT $(cat pid)'; sh -c 'kill -INT $$'; echo $?; sh -c 'kill -TERM $(cat pid)'; echo never; } >out
echo never
## STDOUT:
## END
## status: 143

#### signals of programs in substitutions are handled behind the command
echo $$ >pid
trap 'echo got; x=5' USR1
k() { sh -c 'kill -USR1 $(cat pid)'; }
x=$(k; echo sub); echo "$x"
echo a "$(k; echo sub)"
/bin/echo a "$(k; echo sub)" b
show() { echo "$1"; }
show "$(k; echo sub)"
for i in $(k; echo sub); do echo "$i"; done
case $(k; echo sub) in sub) echo m;; esac
if [ "$(k; echo sub)" = sub ]; then echo y; fi
{ x=$(k; echo sub) 2>/dev/null; echo "$x"; } 3>other
rm pid
## STDOUT:
got
5
a sub
got
a sub b
got
got
sub
got
sub
got
m
got
y
got
5
## END

#### EXIT handler and a signal that was trapped before it was set
trap 'echo T' TERM
trap 'echo bye' EXIT
(/bin/true; kill -TERM $BASHPID; echo no); echo $?
trap - TERM
kill -TERM $$
echo no
## STDOUT:
143
## END
## status: 143

#### EXIT handler and a signal that was trapped after it was set
trap 'echo bye' EXIT
trap 'echo T' TERM USR1
trap - TERM USR1
f() { kill -"$1" $$; echo no; }
x=$(trap 'echo sub' EXIT; kill -USR1 $BASHPID); echo "$? $x"
f USR1
echo no
## STDOUT:
138 sub
bye
## END
## status: 138

#### EXIT handler, and signals ignored and trapped before it
trap '' USR1
trap 'echo U2' USR2
first='trap "echo bye" EXIT'
eval "$first"
trap - USR2
(trap 'echo sub' EXIT; trap - USR1; kill -USR1 $BASHPID; echo no); echo $?
trap - USR1
{ kill -USR1 $$; echo no; } 2>&1
echo no
## STDOUT:
138
## END
## status: 138

#### a handler that holds the number of `$$`, and interrupts the script
(
  trap "echo b; trap - INT; kill -INT $$" INT
  true
) && echo there
trap "echo caught; kill -s INT $$" TERM
/bin/true
kill -TERM $$
echo not here
## STDOUT:
there
caught
## END
## status: 130

#### what an ERR trap says of the line, behind steps of a shell that stays
trap 'echo "E$? $LINENO"' ERR
x=1
x=2
x=3
if true; then
  { echo q; } </nofile
fi
x=4; x=5; x=6
{ echo q;
} </nofile
case a in a) { :; } <nofile;; esac
for i in 1 2 3 4; do
  case $i in 2) x=7;; *) x=8;; esac
done
{ echo q; } </nofile
## STDOUT:
E1 5
E1 8
E1 8
E1 13
## END
## status: 1
