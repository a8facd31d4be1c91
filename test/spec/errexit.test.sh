# set -e, exactly: where it acts, where it is ignored, and that ignoring is dynamic.

#### stops at a failing command
set -e
echo a
false
echo b
## STDOUT:
a
## END
## status: 1

#### status is that of the failing command
set -e
(exit 7)
echo no
## STDOUT:
## END
## status: 7

#### not before set -e, not after set +e
false
set -e
true
set +e
false
echo end
## STDOUT:
end
## END

#### ignored left of && and ||
set -e
false && echo no
false || echo or
echo end
## STDOUT:
or
end
## END

#### acts on the last command of an and-or list
set -e
true && false
echo no
## STDOUT:
## END
## status: 1

#### a failing and list that is not the last is fine
set -e
false && true
echo still
## STDOUT:
still
## END

#### status of an ignored and list as the script's last
set -e
false && true
## STDOUT:
## END
## status: 1

#### ignored in conditions
set -e
if false; then :; fi
while false; do :; done
until true; do :; done
echo end
## STDOUT:
end
## END

#### ignored under bang
set -e
! true
! false
echo end
## STDOUT:
end
## END

#### bang before a group and a function
set -e
f() { false; echo in f; }
! { false; echo in group; }
! f
echo end
## STDOUT:
in group
in f
end
## END

#### group in an or list ignores inside
set -e
{ false; echo continued; } || echo no
echo end
## STDOUT:
continued
end
## END

#### subshell in an or list ignores inside
set -e
(false; echo continued) || echo no
echo end
## STDOUT:
continued
end
## END

#### subshell fails, parent stops
set -e
(false; echo no)
echo no
## STDOUT:
## END
## status: 1

#### subshell that sets -e in an ignored context
if (set -e; false; echo r); then echo then; fi
## STDOUT:
r
then
## END

#### set -e in a function called in a condition
f() { set -e; false; echo continued; }
if f; then echo yes; fi
false
echo no
## STDOUT:
continued
yes
## END
## status: 1

#### function in an or list ignores deep inside
set -e
g() { false; echo g; }
f() { g; false; echo f; }
f || echo no
echo end
## STDOUT:
g
f
end
## END

#### function called plainly stops inside
set -e
f() { echo a; false; echo b; }
f
echo no
## STDOUT:
a
## END
## status: 1

#### function with && on its last line
set -e
f() { false && true; }
f
echo no
## STDOUT:
## END
## status: 1

#### function whose last command is an if
set -e
f() { if false; then :; fi; }
f
echo yes
## STDOUT:
yes
## END

#### return of a failure stops the caller
set -e
f() { return 3; }
f
echo no
## STDOUT:
## END
## status: 3

#### test as the last command of a function
set -e
f() { [ "$1" ] && echo given; }
f x
f
echo no
## STDOUT:
given
## END
## status: 1

#### assignment with a failing substitution
set -e
x=$(exit 5)
echo no
## STDOUT:
## END
## status: 5

#### local with a failing substitution goes on
set -e
f() { local x=$(false); echo on; local y; y=$(false); echo no; }
f
## STDOUT:
on
## END
## status: 1

#### export and readonly and declare with a failing substitution go on
set -e
export a=$(false)
readonly b=$(false)
declare c=$(false)
echo end
## STDOUT:
end
## END

#### substitution in an argument
set -e
echo $(false) $(echo x)
: $(exit 3)
echo end
## STDOUT:
x
end
## END

#### substitution as the command
set -e
$(false)
echo no
## STDOUT:
## END
## status: 1

#### substitution in a condition
set -e
if [ "$(false)" = '' ]; then echo yes; fi
x=$(false) || echo or
echo end
## STDOUT:
yes
or
end
## END

#### substitution in a for list, case word, here-document
set -e
for i in $(false; echo 1); do echo $i; done
case $(false) in '') echo case;; esac
cat <<E
$(false)here
E
## STDOUT:
1
case
here
## END

#### pipeline: only the last stage counts
set -e
false | true
echo on
true | false
echo no
## STDOUT:
on
## END
## status: 1

#### pipeline with pipefail
set -eo pipefail
false | true
echo no
## STDOUT:
## END
## status: 1

#### pipefail with head and yes
set -eo pipefail
yes | head -n 1
echo no
## STDOUT:
y
## END
## status: 141

#### pipefail ignored in a condition
set -eo pipefail
if false | true; then echo no; else echo else; fi
false | true || echo or
## STDOUT:
else
or
## END

#### inside a pipeline stage
set -e
{ echo a; false; echo b; } | cat
echo end
## STDOUT:
a
end
## END

#### inside the last pipeline stage
set -e
echo x | { cat; false; echo no; }
echo no
## STDOUT:
x
## END
## status: 1

#### a piped while read stops in the stage
set -e
printf '1\n2\n' | while read x; do echo $x; false; echo no; done
echo no
## STDOUT:
1
## END
## status: 1

#### loop body
set -e
for i in 1 2; do echo $i; [ $i = 1 ]; done
echo no
## STDOUT:
1
2
## END
## status: 1

#### loop in an or list ignores
set -e
for i in 1 2; do false; echo $i; done || echo no
echo end
## STDOUT:
1
2
end
## END

#### case branch
set -e
case x in x) false; echo no;; esac
echo no
## STDOUT:
## END
## status: 1

#### case in an and list
set -e
case x in x) false; echo on;; esac && echo and
## STDOUT:
on
and
## END

#### brace group plain
set -e
{ echo a; false; echo b; }
echo no
## STDOUT:
a
## END
## status: 1

#### arithmetic commands
set -e
((1)); let 1
((0)) || :
let 0 || :
echo on
((0))
echo no
## STDOUT:
on
## END
## status: 1

#### double brackets and test
set -e
[[ a = a ]]; [ a = a ]
[[ a = b ]] || echo or
[ a = b ]
echo no
## STDOUT:
or
## END
## status: 1

#### failing redirection
set -e
echo x < /nonexistent 2>/dev/null
echo no
## STDOUT:
## END
## STDERR:
../t.sh: line 2: /nonexistent: No such file or directory
## END
## status: 1

#### failing redirection on a group
set -e
{ echo x; } 2>/dev/null > /nonexistent/x
echo no
## STDOUT:
## END
## status: 1

#### command not found
set -e
no_such_command_q 2>/dev/null
echo no
## STDOUT:
## END
## status: 127

#### failing builtin cd
set -e
cd /nonexistent 2>/dev/null
echo no
## STDOUT:
## END
## status: 1

#### EXIT trap runs with the status
set -e
trap 'echo trap $?' EXIT
(exit 4)
echo no
## STDOUT:
trap 4
## END
## status: 4

#### ERR trap runs before exit
set -e
trap 'echo err $?' ERR
trap 'echo exit $?' EXIT
false
echo no
## STDOUT:
err 1
exit 1
## END
## status: 1

#### eval
set -e
eval 'false; echo no'
echo no
## STDOUT:
## END
## status: 1

#### eval in a condition
set -e
eval 'false; echo on' || echo no
echo end
## STDOUT:
on
end
## END

#### source
set -e
echo 'echo in; false; echo no' > lib
. ./lib
echo no
## STDOUT:
in
## END
## status: 1

#### source in a condition
set -e
echo 'false; echo on' > lib
. ./lib && echo and
## STDOUT:
on
and
## END

#### set -e inside a sourced file
echo 'set -e' > lib
. ./lib
false
echo no
## STDOUT:
## END
## status: 1

#### set -e inside eval and a group
eval 'set -e'
{ set -e; }
false
echo no
## STDOUT:
## END
## status: 1

#### set -e in a subshell does not leak
(set -e)
false
echo on
## STDOUT:
on
## END

#### set -e in a pipeline stage does not leak
true | set -e
false
echo on
## STDOUT:
on
## END

#### set +e inside a subshell
set -e
(set +e; false; echo on)
echo end
## STDOUT:
on
end
## END

#### set +e in a function lasts
set -e
f() { set +e; false; echo f; }
f
false
echo on
## STDOUT:
f
on
## END

#### background jobs do not stop the script
set -e
false &
wait
echo end
## STDOUT:
end
## END

#### wait for a failed job stops
set -e
(exit 3) &
wait $!
echo no
## STDOUT:
## END
## status: 3

#### command builtin
set -e
command false
echo no
## STDOUT:
## END
## status: 1

#### command in a condition
set -e
if command false; then :; fi
command true
echo on
## STDOUT:
on
## END

#### background group ignores the parent's context
set -e
{ false; echo no; } & wait $! || echo "status $?"
## STDOUT:
status 1
## END

#### substitution in a subshell condition
set -e
(x=$(false); echo no) || echo never
echo end
## STDOUT:
no
end
## END

#### substitution inherits ignoring only within its process
set -e
f() { false; echo f; }
x=$(f) || echo "or $x"
echo "[$x]"
## STDOUT:
[f]
## END

#### substitution without -e inside, errexit outside
set -e
x=$(false; echo v)
echo $x
## STDOUT:
v
## END

#### inherit_errexit in an ignored context
set -e; shopt -s inherit_errexit
if x=$(false; echo v); then echo "then $x"; else echo "else $x"; fi
## STDOUT:
then v
## END

#### posix mode inherits
set -e -o posix
x=$(false; echo v) || echo "or [$x]"
x=$(false; echo w)
echo no
## STDOUT:
## END
## status: 1

#### errexit and negation of a pipeline under pipefail
set -eo pipefail
! false | true
echo on
! true | true
echo on
## STDOUT:
on
on
## END

#### last command of && inside a group followed by something
set -e
{ true && false; } || echo or
{ false && true; }
echo no
## STDOUT:
or
no
## END

#### if with a failing command in the branch
set -e
if true; then false; fi
echo no
## STDOUT:
## END
## status: 1

#### else branch
set -e
if false; then :; else (exit 6); fi
echo no
## STDOUT:
## END
## status: 6

#### condition list: all commands are ignored
set -e
if false; false; true; then echo yes; fi
while false; echo c; false; do :; done
echo end
## STDOUT:
yes
c
end
## END

#### loop condition functions
set -e
f() { false; [ $((n++)) -lt 2 ]; }
n=0
while f; do echo $n; done
echo end
## STDOUT:
1
2
end
## END

#### nested functions: the outer call decides
set -e
inner() { false; echo inner; }
outer() { inner; echo outer; }
outer && echo ok
outer
echo no
## STDOUT:
inner
outer
ok
## END
## status: 1

#### recursion where only the first call is ignored
set -e
f() { if [ $1 = 0 ]; then false; echo bottom; else f $(($1-1)); fi; }
f 3 || echo no
f 2
echo no
## STDOUT:
bottom
## END
## status: 1

#### function redefined while ignored
set -e
f() { f() { false; echo second; }; false; echo first; }
f || :
f
## STDOUT:
first
## END
## status: 1

#### run-time command names
set -e
c=false
$c || echo or
set -- false
"$@" || echo or2
$c
echo no
## STDOUT:
or
or2
## END
## status: 1

#### set through a variable
o=-e
set $o
false
echo no
## STDOUT:
## END
## status: 1

#### set -o errexit and set +o errexit
set -o errexit
set +o errexit
false
set -o errexit
false
echo no
## STDOUT:
## END
## status: 1

#### errexit on the command line form of set with arguments
set -e -- a b
echo $#
false
echo no
## STDOUT:
2
## END
## status: 1

#### dollar dash in ignored contexts
set -e
f() { case $- in *e*) echo e;; *) echo none;; esac; }
f || :
if f; then :; fi
f
## STDOUT:
e
e
e
## END

#### subshell under bang
set -e
! (false; echo on)
echo end
## STDOUT:
on
end
## END

#### and list inside a subshell at the end
set -e
(true && false)
echo no
## STDOUT:
## END
## status: 1

#### and list ending in false inside a function inside a group
set -e
f() { true && false; }
{ f; echo no; }
echo no
## STDOUT:
## END
## status: 1

#### pipeline in an and list
set -e
true | true && echo a
true | false && echo b
echo end
## STDOUT:
a
end
## END

#### failing pipeline left of or with a group on the right
set -e
true | false || { echo fallback; false || echo inner; }
echo end
## STDOUT:
fallback
inner
end
## END

#### mid-list failure inside a substitution in an and list
set -e
echo "$(false; echo go)" && echo and
## STDOUT:
go
and
## END

#### empty group-like commands
set -e
if :; then :; fi; for i in; do :; done; case x in y) ;; esac
echo end
## STDOUT:
end
## END

#### unset function and variable succeed
set -e
unset nothing
unset -f nothing
echo end
## STDOUT:
end
## END

#### read at the end of input stops
set -e
read x < /dev/null
echo no
## STDOUT:
## END
## status: 1

#### read at the end of input guarded
set -e
while read x; do echo $x; done <<< one
read x < /dev/null || echo eof
## STDOUT:
one
eof
## END

#### getopts at the end guarded by while
set -e
set -- -a
while getopts a o; do echo $o; done
echo end
## STDOUT:
a
end
## END

#### shift beyond the end
set -e
set -- a
shift
shift || echo empty
shift 2
echo no
## STDOUT:
empty
## END
## status: 1

#### printf and echo are fine, grep without match stops
set -e
echo a | grep a
echo a | grep b
echo no
## STDOUT:
a
## END
## status: 1

#### time and errexit
set -e
TIMEFORMAT=
time false || echo or
time false
echo no
## STDOUT:
or
## END
## status: 1

#### coproc free, exec failing in a subshell
set -e
(exec /nonexistent/x) 2>/dev/null || echo $?
echo end
## STDOUT:
127
end
## END

#### trap handlers ignore? no: they exit too
set -e
trap 'echo in; false; echo after' USR1
kill -USR1 $$
echo no
## STDOUT:
in
## END
## status: 1

#### errexit inside an EXIT trap
set -e
trap 'echo a; false; echo b' EXIT
exit 0
## STDOUT:
a
## END
## status: 1

#### ERR trap is not run in conditions
trap 'echo ERR' ERR
if false; then :; fi
false || true
! true
false
echo end
## STDOUT:
ERR
end
## END

#### ERR trap is not inherited by functions
trap 'echo ERR $?' ERR
f() { false; echo in; return 3; }
f
echo end
## STDOUT:
in
ERR 3
end
## END

#### ERR trap with errtrace
set -E
trap 'echo ERR $?' ERR
f() { false; echo in; }
f
(false)
x=$(false)
echo end
## STDOUT:
ERR 1
in
ERR 1
ERR 1
ERR 1
end
## END

#### ERR trap in pipelines and substitutions
trap 'echo ERR' ERR
true | false
false | true
x=$(false)
echo $(false)
## STDOUT:
ERR
ERR

## END

#### ERR trap sees LINENO
trap 'echo line $LINENO' ERR

false
true
false
## STDOUT:
line 3
line 5
## END
## status: 1

#### ERR trap changes variables and continues
n=0
trap 'n=$((n+1))' ERR
false; false; true; false
echo $n
## STDOUT:
3
## END

#### ERR trap reset
trap 'echo ERR' ERR
false
trap - ERR
false
echo end
## STDOUT:
ERR
end
## END

#### ERR trap with a loop
trap 'echo ERR $i' ERR
for i in 1 2 3; do [ $i = 2 ]; done
echo end
## STDOUT:
ERR 1
ERR 3
end
## END

#### exit inside the ERR trap
trap 'echo bye; exit 9' ERR
false
echo no
## STDOUT:
bye
## END
## status: 9

#### a function that returns a failure where errexit is ignored
set -e
f() { return 3; }
if f; then echo yes; else echo "no $?"; fi
f || echo "or $?"
! f
g() { if f; then echo yes; else echo "in g $?"; fi; f || return 4; }
g || echo "g $?"
while f; do echo never; done
echo end
f
echo not reached
## STDOUT:
no 3
or 3
in g 3
g 4
end
## END
## status: 3

#### a return computed from failures, in a condition
set -euo pipefail
check() {
  local file=$1 problems=0
  case $(head -n 1 "$file") in
    good) ;;
    *)
      echo "bad start"
      problems=$((problems + 1))
      ;;
  esac
  return $((problems > 0))
}
echo other > in
if check in; then echo ok; else echo "failed $?"; fi
check in
echo not reached
## STDOUT:
bad start
failed 1
bad start
## END
## status: 1

#### errexit in a loop that calls a program of its own
set -e
printf '#!/bin/sh\necho "$1"; [ "$1" != b ]\n' > p.sh
chmod +x p.sh
f() {
  local x=$1
  ./p.sh "$x"
}
for x in a b c; do
  f "$x"
done
echo not reached
## STDOUT:
a
b
## END
## status: 1

#### a script that ends with the negation of what may set options
true && ! { eval false; } 2>/dev/null
## STDOUT:
## END

#### a redirection that fails for a special builtin in POSIX mode
set -o posix
{ times </nosuch; } 2>/dev/null && echo no
echo next
times </nosuch
echo never
## status: 1
## STDOUT:
## END

#### several commands where errexit is ignored, with lists of words and a job
f() {
  local a status=0
  local -a running=() names=()
  for a in 1 2; do
    sleep 0 &
    running+=("$!")
    names+=("$a")
  done
  for a in "${running[@]}"; do wait "$a" || status=1; done
  echo "${names[@]}"
  return "$status"
}
if ! f; then echo failed; fi
f && echo done
## STDOUT:
1 2
1 2
done
## END

#### what stands behind the options of set
set -- -x -e -v $(echo a b)
echo "$# $-"
eval "set -- $* c"
echo "$# $-"
false
set -e -- -x
echo "$* $-"
set - -v d
echo "$* $-"
(false; echo never) || echo "failed"
set +e -- "$@" +x
echo "$* $-"
x='-- -x'; set $x y; echo "$* $-"
x='-e -- -x'; set $x y; echo "$* $-"
false
echo never
## STDOUT:
5 hB
6 hB
-x ehB
-v d ehB
never
-v d +x hB
-x y hB
-x y ehB
## END
## status: 1

#### with inherit_errexit, a substitution in a here-document or here-string knows nothing of what is ignored around it
set -e
shopt -s inherit_errexit
if cat <<END
$(false; echo not here)
END
then echo yes; else echo no $?; fi
if cat <<< $(false; echo not here)
then echo yes; else echo no $?; fi
if echo $(false; echo here)
then echo yes; else echo no $?; fi
if x=$(false; echo here)
then echo yes $x; else echo no $?; fi
f() { cat <<END
$(false; echo not here)
END
}
f || echo n
! cat <<END
$(false; echo not here)
END
## STDOUT:

yes

yes
here
yes
yes here


## END
## status: 1

#### an error that gives up the line does not end the script
set -e
shift 1 2
echo "end $?"
f() { shift 1 2; echo no; }
f; echo no
echo "end $?"
## STDOUT:
end 1
end 1
## END

#### a stage that evaluates a text ends with 1
trap 'echo "exit $?"' EXIT
text='(exit 42); :'
echo "$text" > text.sh
run() { "$@" | cat; return "${PIPESTATUS[0]}"; }
(set -e; echo a | eval "$text"); echo "$?"
(set -e; echo a | . ./text.sh); echo "$?"
(set -e; echo a | { eval "$text"; }); echo "$?"
(set -e; run eval "$text"); echo "$?"
set -e
echo a | eval "$text" || echo "or $?"
if ! echo a | eval "$text"; then echo not; fi
echo a | command eval "$text"
echo no
## STDOUT:
1
1
42
1
or 1
not
exit 1
## END
## status: 1

#### a stage that evaluates a text, in steps
text='(exit 42); :'
echo "$text" > text.sh
set -e
printf 'a\nb\n' | eval 'read -r x; echo "<$x>"; cat' | tr a-z A-Z
echo a | eval "$text" || echo "or $?"
echo a | . ./text.sh || echo "or $?"
if ! echo a | eval "$text; cat"; then echo not; fi
f() { echo in | eval "echo \"$1 \$#\"; cat; exit 3"; echo "after $?"; }
f y || echo "f $?"
x=$(echo z | eval 'cat; false; echo more') || echo "x $? $x"
echo e | eval 'cat >&2; echo out' 2>&1 >err | cat; cat err
( false || echo q | eval 'trap "echo T" EXIT; exit 5' ) || echo "s $?"
echo a | eval "$text"
echo no
## STDOUT:
<A>
B
or 1
or 1
not
y 1
in
after 3
e
out
T
s 5
## END
## status: 1

#### a subshell that is all of it negated: errexit is not ignored there
f() { false; echo a; }
set -e
( ! f ); echo "b $?"
( ! { false; echo c; } ); echo "d $?"
( ! eval 'false; echo e' ); echo "f $?"
( ! ( false; echo g ) ); echo "h $?"
( ! if true; then false; echo i; fi ) > out; echo "j $?"; cat out
( ! f; echo k ); echo "l $?"
x=$( ! f ); echo "m $? $x"
( ! f && echo n ); echo "o $?"
( ! exit 3 ) || echo "p $?"
## STDOUT:
b 0
d 0
f 0
h 0
j 0
a
k
l 0
## END
## status: 1

#### a subshell that is all of it negated: an error in it
( ! echo ${y!x} ); echo "a $?"
( ! : ${y?no} ) 2>/dev/null; echo "b $?"
( ! { ls /none 2>/dev/null; exit 3; } ); echo "c $?"
( ! ls /none 2>/dev/null ); echo "d $?"
## STDOUT:
a 0
b 0
c 3
d 0
## END

#### an EXIT trap of a stage by a function that a word names
run() { "$@"; echo "run $?"; }
f() { trap "echo T" EXIT; echo c; }
{ run f 1; } | while read l; do echo "[$l]"; done
x=$(run f); echo "$x"
( run f )
echo end
## STDOUT:
[c]
[run 0]
[T]
c
run 0
T
c
run 0
T
end
## END

#### a function behind ! that turns errexit on is judged within, and not itself
f() { set -e; false && x; }
! f
echo "f $?"
set +e
! x=2 f >/dev/null
echo "f $?"
set +e
g() { set -e; return 3; }
! g
echo "g $?"
set +e
h() { ! g; echo "h $?"; return; }
h
set +e
c=g
! $c
echo "c $?"
x=$(! g; echo sub)
echo "$x"
trap 'echo "exit $?"' EXIT
e() { set -e; (exit 5); echo no; }
! e
echo no
## STDOUT:
f 0
f 0
g 0
h 0
c 0
sub
no
no
exit 0
## END

#### what a function behind ! evaluates is judged
k() { eval 'set -e; false && x'; }
! k
echo no
## STDOUT:
## END
## status: 1

#### errexit in substitutions of what is no word of a simple command, where it is ignored
f() { ( set -e; false; echo in ); }
if cat <<<$(set -e; false; echo in); then echo then; fi
if cat <<X
$(f)
X
then echo then; fi
if echo hi >o$(set -e; false; echo in); then cat o; fi
if { cat; } <<<$(f); then echo group; fi
if echo a $(f) && x=$(f) && [[ $x == in ]]; then echo words; fi
if case $(f) in in) true ;; *) false ;; esac; then echo case; fi
if for x in $(f); do echo $x; done; then :; fi
if (( $(f; echo 1) )); then echo one; fi
g() {
  for x in $(f) y; do echo $x; done
  case $(f) in in) echo never ;; *) echo ok ;; esac
  cat <<<$(f)
}
g
if g; then echo t; fi
## STDOUT:

then

then
hi

group
a in
words
one
y
ok

y
ok

t
## END

#### errexit that what only run time knows turns on behind `!`
x='set -e; false; echo w'
(! eval "$x"; echo "$?"; false; echo no)
echo "$?"
printf 'set -e\nfalse\necho lib\n' >lib
(! . ./lib; echo "$?"; false; echo no)
echo "$?"
if ! . ./lib; then echo then; fi
f() { ! . ./lib; echo f; }
f
false
echo no
## STDOUT:
1
1
lib
lib
f
## END
## status: 1

#### a pipeline of several stages, or a stage, that is all of a subshell but for `!`
set -e
f() { false; echo in; }
( ! { :; } | { false; echo a; } )
echo "r$?"
( ( ! { :; } |& { read -r x; echo a; } ); echo b )
echo "r$?"
( ! f ) | cat
( ! f ) 2>&1 | cat
( time ! f ) 2>/dev/null
echo "r$?"
( ! f | cat ) || echo not
( ! f | false )
echo "r$?"
( ! ls nothing 2>/dev/null | cat; ) || echo cat
( ! echo c | grep -q c ) || echo found
if ( ! f | cat ); then :; else echo else; fi
( ! { false; echo a; } | cat )
echo not here
## STDOUT:
r0
b
r0
r0
in
not
r0
cat
found
in
else
## END
## status: 1
