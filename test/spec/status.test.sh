# `$?` is state: what sets it, what reads it, what leaves it alone.

#### status of an untaken if is zero
false
if false; then :; fi
echo $?
## STDOUT:
0
## END

#### status of an if condition seen in the branch
if (exit 3); then :; else echo $?; fi
## STDOUT:
3
## END

#### status in the then branch is that of the condition
(exit 3)
if true; then echo $?; fi
## STDOUT:
0
## END

#### elif sees the status of the condition before
if (exit 3); then :; elif echo $?; then echo taken $?; fi
## STDOUT:
3
taken 0
## END

#### loop of no iterations is zero
false
while false; do :; done
echo $?
## STDOUT:
0
## END

#### for over nothing is zero
false
for i in; do :; done
echo $?
## STDOUT:
0
## END

#### loop status is that of the last body
for i in 1 2 3; do (exit $i); done
echo $?
i=0; while [ $((i++)) -lt 2 ]; do (exit 9); done
echo $?
## STDOUT:
3
9
## END

#### unmatched case is zero
false
case x in y) ;; esac
echo $?
## STDOUT:
0
## END

#### matched empty case branch is zero
(exit 4)
case x in x) ;; esac
echo $?
## STDOUT:
0
## END

#### case branch sees the status from before
(exit 4)
case x in x) echo $?;; esac
## STDOUT:
4
## END

#### case word substitution sets the status seen in the branch
case $(exit 5) in '') echo $?;; esac
## STDOUT:
5
## END

#### assignment takes the status of its substitution
x=$(exit 3); echo $?
x=$(exit 3)y; echo $?
x=plain; echo $?
## STDOUT:
3
3
0
## END

#### two substitutions: the last one counts
x=$(exit 3)$(exit 4); echo $?
x=$(exit 3) y=$(true); echo $?
x=$(exit 3) y=1; echo $?
## STDOUT:
4
0
3
## END

#### assignment without substitution resets the status
false
x=1
echo $?
## STDOUT:
0
## END

#### status inside an assignment is the one from before
(exit 3)
x=$?
echo $x $?
## STDOUT:
3 0
## END

#### arguments see the status from before the command
(exit 3)
echo $? $? $?
echo $?
## STDOUT:
3 3 3
0
## END

#### substitution in an argument does not set the command's status
echo $(exit 3)
echo $?
## STDOUT:

0
## END

#### status within a substitution starts as the outer one
(exit 6)
echo $(echo $?)
echo $(false) $?
## STDOUT:
6
1
## END

#### export with a failed substitution succeeds
export x=$(false)
echo $?
readonly y=$(false)
echo $?
## STDOUT:
0
0
## END

#### local with a failed substitution succeeds
f() { local x=$(false); echo $?; local y; y=$(false); echo $?; }
f
## STDOUT:
0
1
## END

#### function sees the status from before its call
f() { echo $?; }
(exit 8)
f
## STDOUT:
8
## END

#### return without argument gives the last status
f() { (exit 9); return; }
f
echo $?
## STDOUT:
9
## END

#### return in a trap free function with zero
f() { false; return 0; }
f; echo $?
## STDOUT:
0
## END

#### function without return has the status of its last command
f() { true; (exit 11); }
f; echo $?
## STDOUT:
11
## END

#### function with an empty loop as the last command
f() { false; for i in; do :; done; }
f; echo $?
## STDOUT:
0
## END

#### return of a value above 255
f() { return 300; }
f; echo $?
## STDOUT:
44
## END

#### function definition sets the status to zero
false
f() { false; }
echo $?
## STDOUT:
0
## END

#### redirection without command
false
> f
echo $?
< nope 2>/dev/null
echo $?
## STDOUT:
0
1
## END

#### failed redirection on a command
echo x > /nonexistent/f 2>/dev/null
echo $?
{ echo x; } 2>/dev/null > /nonexistent/f || echo group $?
## STDOUT:
1
group 1
## END

#### failed redirection on a builtin, a function and a loop
exec 2>/dev/null
cd . < nope; echo $?
f() { echo no; }
f < nope; echo $?
for i in 1; do echo no; done < nope; echo $?
## STDOUT:
1
1
1
## END

#### test statuses
[ a = a ]; echo $?
[ a = b ]; echo $?
[ 1 -eq x ] 2>/dev/null; echo $?
[[ a == b ]]; echo $?
test; echo $?
## STDOUT:
0
1
2
1
1
## END

#### arithmetic command status
((1)); echo $?
((0)); echo $?
let 0; echo $?
let 5-4; echo $?
((x=0)); echo $?
## STDOUT:
0
1
1
0
1
## END

#### status of killed child
(kill -9 $BASHPID) 2>/dev/null
echo $?
sh -c 'kill -TERM $$'
echo $?
## STDOUT:
137
143
## END

#### status of a child that dies of SIGINT
bash -c 'kill -INT $$'
echo $?
## STDOUT:
130
## END

#### wait gives a job's status
(exit 5) &
wait $!
echo $?
## STDOUT:
5
## END

#### wait without arguments is zero
(exit 5) &
wait
echo $?
## STDOUT:
0
## END

#### wait for something that is no child
wait 999999 2>/dev/null
echo $?
## STDOUT:
127
## END

#### background start sets zero
false
: &
echo $?
wait
## STDOUT:
0
## END

#### negation of statuses
! (exit 5); echo $?
! true; echo $?
! true | false; echo $?
## STDOUT:
0
1
0
## END

#### pipeline status is the last one's
(exit 3) | true; echo $?
true | (exit 4); echo $?
## STDOUT:
0
4
## END

#### pipefail takes the rightmost failure
set -o pipefail
(exit 3) | true; echo $?
(exit 3) | (exit 4) | true; echo $?
true | true; echo $?
## STDOUT:
3
4
0
## END

#### PIPESTATUS of a pipeline
(exit 1) | (exit 2) | (exit 3)
echo "${PIPESTATUS[@]}"
## STDOUT:
1 2 3
## END

#### PIPESTATUS of a simple command
(exit 5)
echo ${PIPESTATUS[@]} ${#PIPESTATUS[@]}
## STDOUT:
5 1
## END

#### PIPESTATUS after reading it is that of the reader
true | false
x=("${PIPESTATUS[@]}")
echo "${x[@]}" then "${PIPESTATUS[@]}"
## STDOUT:
0 1 then 0
## END

#### PIPESTATUS is kept in an assignment of both
(exit 2) | (exit 3)
a=$? b=("${PIPESTATUS[@]}")
echo $a ${b[@]}
## STDOUT:
3 2 3
## END

#### PIPESTATUS after an if
if false | true; then echo ${PIPESTATUS[@]}; fi
## STDOUT:
1 0
## END

#### PIPESTATUS of a negated pipeline
! (exit 1) | (exit 2)
echo ${PIPESTATUS[@]} $?
## STDOUT:
1 2 0
## END

#### PIPESTATUS in a function sees the caller's
f() { echo ${PIPESTATUS[@]}; }
(exit 4) | (exit 5)
f
## STDOUT:
4 5
## END

#### PIPESTATUS in a subshell sees the caller's
(exit 4) | (exit 5)
(echo ${PIPESTATUS[@]})
## STDOUT:
4 5
## END

#### PIPESTATUS in a substitution
(exit 4) | (exit 5)
echo $(echo ${PIPESTATUS[@]})
## STDOUT:
4 5
## END

#### PIPESTATUS after a group
{ (exit 2) | (exit 3); }
echo ${PIPESTATUS[@]}
## STDOUT:
2 3
## END

#### PIPESTATUS after a loop
for i in 1; do (exit 2) | (exit 3); done
echo ${PIPESTATUS[@]}
## STDOUT:
2 3
## END

#### PIPESTATUS of an and list
true | false && echo no
echo ${PIPESTATUS[@]}
## STDOUT:
0 1
## END

#### PIPESTATUS with a single builtin
false
echo ${PIPESTATUS[0]}
[ a = a ]
echo ${PIPESTATUS[0]}
## STDOUT:
1
0
## END

#### PIPESTATUS of three with signals
sh -c 'kill -PIPE $$' | cat
echo ${PIPESTATUS[@]}
## STDOUT:
141 0
## END

#### status of SIGPIPE under pipefail
set -o pipefail
yes | head -n 1
echo $? ${PIPESTATUS[@]}
## STDOUT:
y
141 141 0
## END

#### status of a command that cannot be executed in a pipeline
no_such_command_x 2>/dev/null | cat
echo ${PIPESTATUS[@]}
## STDOUT:
127 0
## END

#### exit in a pipeline stage
echo a | exit 7
echo $?
exit 7 | true
echo $? ${PIPESTATUS[@]}
## STDOUT:
7
0 7 0
## END

#### status of eval
eval 'false'; echo $?
eval ''; echo $?
eval '(exit 7)'; echo $?
false; eval; echo $?
## STDOUT:
1
0
7
0
## END

#### eval sees the status
(exit 7)
eval 'echo $?'
## STDOUT:
7
## END

#### status of source
echo '(exit 8)' > lib.sh
. ./lib.sh; echo $?
: > empty.sh
false
. ./empty.sh; echo $?
## STDOUT:
8
0
## END

#### return from a sourced file
echo 'echo in; return 6; echo no' > lib.sh
. ./lib.sh; echo $?
## STDOUT:
in
6
## END

#### status of command builtin
command false; echo $?
command -v nosuchthing; echo $?
command no_such_command_y 2>/dev/null; echo $?
## STDOUT:
1
1
127
## END

#### status of unset, export and readonly on bad names
{ unset 1bad; echo $?; export 1bad=3; echo $?; } 2>/dev/null
## STDOUT:
0
1
## END

#### status of cd to nowhere
cd nowhere 2>/dev/null; echo $?
## STDOUT:
1
## END

#### status of shift beyond the end
set -- a
shift 5; echo $?
shift; echo $? $#
## STDOUT:
1
0 0
## END

#### status of read at the end of file
read x < /dev/null; echo $?
printf 'no newline' > f
read x < f; echo $? $x
## STDOUT:
1
1 no newline
## END

#### status of getopts at the end
set -- -a
getopts ab o; echo $? $o
getopts ab o; echo $? $o
## STDOUT:
0 a
1 ?
## END

#### status of printf and echo
printf '%d\n' abc 2>/dev/null; echo $?
echo; echo $?
## STDOUT:
0
1

0
## END

#### status of a here-document command
cat <<X > /dev/null
$(exit 3)
X
echo $?
## STDOUT:
0
## END

#### status of exec that fails in a subshell
(exec no_such_command_z 2>/dev/null; echo no)
echo $?
## STDOUT:
127
## END

#### assignment prefix with failing substitution before a command
x=$(exit 4) true; echo $?
x=$(exit 4) false; echo $?
## STDOUT:
0
1
## END

#### only assignments with redirection take the substitution's status
x=$(exit 4) > f; echo $?
## STDOUT:
4
## END

#### empty expansion as a command keeps the substitution's status
$(exit 4); echo $?
$(true); echo $?
empty=
$empty; echo $?
## STDOUT:
4
0
0
## END

#### empty expansion after a failure
false
$empty
echo $?
## STDOUT:
0
## END

#### status in a while condition
i=3
while (exit $i); [ $? -ne 0 ]; do echo $i; i=$((i-1)); done
## STDOUT:
3
2
1
## END

#### until loop and its status
i=0
until [ $i -ge 3 ]; do i=$((i+1)); false; done
echo $?
## STDOUT:
1
## END

#### break and continue set zero
for i in 1; do false; break; done; echo $?
for i in 1; do false; continue; done; echo $?
## STDOUT:
0
0
## END

#### status of a subshell with an assignment
(x=$(exit 3)); echo $?
## STDOUT:
3
## END

#### status of double bracket with regex error
[[ a =~ '(' ]]; echo $?
re='('; [[ a =~ $re ]]; echo $?
## STDOUT:
1
2
## END

#### status of declare -p on unset
declare -p nope 2>/dev/null; echo $?
declare -F nope; echo $?
## STDOUT:
1
1
## END

#### status of type and hash
type nope >/dev/null 2>&1; echo $?
hash nope 2>/dev/null; echo $?
## STDOUT:
1
1
## END

#### status of set -- and shopt queries
set -- a b; echo $?
shopt -q nullglob; echo $?
shopt -s nullglob; shopt -q nullglob; echo $?
## STDOUT:
0
1
0
## END

#### status of true in a subshell after a failure
false; (echo $?)
## STDOUT:
1
## END

#### dollar question in a here-document
(exit 3)
cat <<X
$?
X
## STDOUT:
3
## END

#### dollar question in an arithmetic expression
(exit 3)
echo $(( $? + 1 ))
## STDOUT:
4
## END

#### dollar question in a redirection word
(exit 3)
echo x > f$?
ls
## STDOUT:
f3
## END

#### dollar question in a for word list
(exit 3)
for i in $? $?; do echo $i; done
## STDOUT:
3
3
## END

#### dollar question in a case word
(exit 3)
case $? in 3) echo three;; *) echo other;; esac
## STDOUT:
three
## END

#### dollar question in a function argument
f() { echo $1 $?; }
(exit 3)
f $?
## STDOUT:
3 3
## END

#### status passes through a nested function
f() { return 3; }
g() { f; }
h() { g; return $?; }
h; echo $?
## STDOUT:
3
## END

#### status after a function in a condition
f() { return $1; }
if f 3; then :; else echo $?; fi
f 4 || echo $?
## STDOUT:
3
4
## END

#### status of a substitution in a condition
if [ "$(exit 3)" = "" ]; then echo $?; fi
## STDOUT:
0
## END

#### status of a coprocess free wait -n
(exit 3) &
wait -n; echo $?
## STDOUT:
3
## END

#### what `;&` goes on to sees the status from before an empty item
case x$(false) in
x) ;&
y) echo $? ;;
z) false ;;
esac
case x in
x) false ;&
y) ;&
z) echo $? ;;
esac
case x in
x) false ;&
y)
esac
echo $?
case x in
x) false ;&
y) ;&
esac
echo $?
## STDOUT:
1
1
0
0
## END

#### the line of a command that a signal ends, where its status is asked for
exec 2>messages
! bash -c 'kill -9 $$'
echo 0

bash -c 'kill -9 $$' && echo no
if ! cat <<EOF; then echo no; fi
text
EOF
sed 's/.*: line/line/; s/ *[0-9][0-9]* Killed/ Killed/' messages; exec 2>/dev/null; rm messages
## STDOUT:
0
text
line 2: Killed                  bash -c 'kill -9 $$'
line 5: Killed                  bash -c 'kill -9 $$'
## END

#### PIPESTATUS behind a line that a function has given up
f() { shift 1 2; echo no; }
g() { f; echo no; } >out
(exit 3) | true; f; echo no
echo "${PIPESTATUS[*]}"
(exit 3) | true; g; echo no
echo "${PIPESTATUS[*]}"
(exit 3) | true; for i in 1 2; do { f; } >out; done; echo no
echo "${PIPESTATUS[*]}"
## STDOUT:
1
1
1
## END
