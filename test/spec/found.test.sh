# What the random scripts of test/property found, shrunk.

#### positional parameters after a pipeline
echo x | cat
echo $#
## STDOUT:
x
0
## END

#### loop variable in a pipeline of the body
for i in a b; do echo $i | cat; done
## STDOUT:
a
b
## END

#### positional parameters after a pipeline of a builtin reader
b=x
echo "$b" | cat
! true || [[ -v b ]]
echo "end $? $#"
## STDOUT:
x
end 0 0
## END

#### assignments before one that fails
a=x b[0+]=y c=z
echo $a $b $c
## STDOUT:
x
## END

#### LINENO of an ERR trap that a redirection sets off
trap 'echo line=$LINENO' ERR

false

{ false
  true
} > /zz/x
echo ok
## STDOUT:
line=3
line=3
ok
## END

#### a program is looked for where it was found before
mkdir one two
printf '#!/bin/sh\necho one\n' > one/mycmd
printf '#!/bin/sh\necho two\n' > two/mycmd
chmod +x one/mycmd two/mycmd
PATH="two:one:$PATH"
mycmd
rm two/mycmd
mycmd
echo $?
## STDOUT:
two
127
## END

#### a call in an ignored context sees the status before it
f() { echo $?; return 3; }
(exit 8)
f || f
f $(exit 5)
for x in $(exit 7) a; do echo $?; done
## STDOUT:
8
3
5
7
## END

#### break in a command substitution ends it
for i in 1 2; do x=$(echo a; break; echo b); echo "$? $x"; done
for i in 1 2; do x=$(for j in 1; do continue 2; done; echo b); echo "$? [$x]"; done
for i in 1 2; do x=$( (break; echo b) 2>/dev/null; echo c); echo "$? $x"; done
## STDOUT:
0 a
0 a
0 []
0 []
0 b
c
0 b
c
## END

#### a coprocess and what uses its descriptors
coproc { read x; echo "co $x"; read z; }
echo hi >&"${COPROC[1]}"
read y <&"${COPROC[0]}"
echo "$y"
## STDOUT:
co hi
## END

#### a command in a loop sees the status before it
c=eval
for i in 1 2; do (exit 4); $c 'echo $?'; done
while :; do (exit 6); $c 'echo $?; break'; done
## STDOUT:
4
4
6
## END

#### lines of calls
f() { g; }
g() {
  echo "${BASH_LINENO[*]} $LINENO"
  caller 0
  caller 1
}

f
## STDOUT:
1 8 0 3
1 f ../t.sh
8 main ../t.sh
## END

#### a compound command abandoned half-way keeps what it had changed
k=1
case $k in
1) k='s t' ;;&
$((k))) ;;
esac
echo "$k"
for w in "${a:=set}" $((1 1)); do :; done
echo "$a"
## STDOUT:
s t
set
## END

#### statements that share a step within a compound command are abandoned together
printf '#!/bin/sh\necho p\n' > p.sh; chmod +x p.sh
echo 'x y' | while read -r b; do
./p.sh
set -- $((b))
:
done
echo $?
if ./p.sh; then
echo $((1 1))
echo no
fi
echo after
## STDOUT:
p
1
p
after
## END

#### loop variable and a redirected body of several commands
for c in "it's"; do
{
printf '<%s>' "$c$c"; echo
} > f1
done
cat f1
## STDOUT:
<it'sit's>
## END

#### words of a loop in a subshell in a substitution
printf '<%s>' $( (for x in a b; do echo $x; done) )
echo
echo "$( (echo 1; (echo 2)); { echo 3; } >f1; cat f1; (echo 4 >&2) 2>&1 )"
## STDOUT:
<a><b>
1
2
3
4
## END

#### a function that signals the shell, in every place
trap 'echo usr' USR1
f() { kill -USR1 $$; echo x; }
g() { echo p; f; }
f
g
a=$(f; echo p)
echo "$a"
## STDOUT:
usr
x
p
usr
x
usr
x
p
## END

#### a subshell that ends the script by a signal
false || ( kill -USR1 $$; exit 4 ) || echo not reached
echo nor this
## STDOUT:
## END
## status: 138

#### PIPESTATUS behind compound commands, negations and failed redirections
i=0
while [ $i -lt 1 ]; do i=$((i+1)); (exit 3); done; echo "$? ${PIPESTATUS[*]}"
if false; then :; fi; echo "$? ${PIPESTATUS[*]}"
! true; echo "$? ${PIPESTATUS[*]}"
false | true; for ((i=0;i<0;i++)); do :; done; echo "$? ${PIPESTATUS[*]}"
false | true; for q in; do :; done; echo "$? ${PIPESTATUS[*]}"
false | true; { echo x; } 2>/dev/null >/nofile/x; echo "$? ${PIPESTATUS[*]}"
false | true; case x in y) ;; esac; echo "$? ${PIPESTATUS[*]}"
set -o pipefail
false | true | (exit 4) || while false | (exit 7); do :; done; echo "$? ${PIPESTATUS[*]}"
## STDOUT:
3 1
0 1
1 0
0 1 0
0 1 0
1 1 0
0 1 0
0 1 7
## END

#### status and PIPESTATUS that a function begins with
f() { echo "$? ${PIPESTATUS[*]}"; }
true | false; f
(exit 4); f "$(false; f)"
IFS=:; false | true | false; f
echo "${PIPESTATUS[*]}"
## STDOUT:
1 0 1
0 4
1 1:0:1
0
## END

#### BASH_SUBSHELL in stages of pipelines
echo $BASH_SUBSHELL | cat
( echo $BASH_SUBSHELL ) | cat
( echo $BASH_SUBSHELL ) </dev/null | cat
{ echo $BASH_SUBSHELL; ( echo $BASH_SUBSHELL ); } | cat
f() { echo $BASH_SUBSHELL; ( echo $BASH_SUBSHELL ); }
f | cat
echo $(echo $BASH_SUBSHELL | cat) $( (echo $BASH_SUBSHELL) | cat) $( (echo $BASH_SUBSHELL) )
## STDOUT:
0
1
1
1
2
1
2
1 2 2
## END

#### line numbers behind a substitution of several lines
echo $(
:
)$LINENO
case x in
y) echo no
;;
$LINENO) ;;
x) echo $LINENO
esac
## STDOUT:
3
8
## END

#### here-document without its delimiter
cat <<E | sed 's/^/> /'
abc $((1+1))
## STDOUT:
> abc 2
## END

#### a case whose word or pattern is in error gives up its line
case $((1 1)) in x) echo x;; *) echo any;; esac; echo same line
echo $?
case x in $((1 1))) echo x;; *) echo any;; esac; echo same line
echo $?
f() { case $((1 1)) in y) ;; esac; echo in f; }
f; echo same line
echo $?
x=$(case $((1 1)) in *) echo any;; esac; echo in f)
echo $?
## STDOUT:
1
1
1
1
## END

#### a trace within substitutions shows their depth
exec 2>&1
set -x
a=$(echo 1; b=$(echo 2); echo $b)
c=$(case x in x) echo y;; esac
echo z)
set +x
c=$(set -x; echo q; (exit 3))
echo $? $c
## STDOUT:
++ echo 1
+++ echo 2
++ b=2
++ echo 2
+ a='1
2'
++ case x in
++ echo y
++ echo z
+ c='y
z'
+ set +x
++ echo q
++ exit 3
3 q
## END

#### line numbers behind a subshell that is a stage
:
(
:
) | {
:
}
echo $LINENO
## STDOUT:
5
## END

#### handlers that leave loops and functions
trap 'continue' USR1
for i in 1 2 3; do kill -USR1 $$; echo $i; done; echo end $i
trap 'return 4' USR1
f() { echo a; kill -USR1 $$; echo b; }
f; echo $?
## STDOUT:
end 3
a
4
## END

#### a redirection round a call whose line is given up ends with it
f() { echo in; k=$((08)); }
f > f1
echo end; cat f1
{ echo a; f; echo b; } > f2
echo end; cat f2
f > f3; echo same line
( f > f4; echo no ); echo $?
for i in 1 2; do { f; } > f5; done
echo end
## STDOUT:
end
in
end
a
in
1
end
## END

#### an error in eval's text ends a subshell, and not the shell
readonly r=1
(eval r=2 2>/dev/null; echo not here)
echo $?
eval r=3 2>/dev/null; echo here
x=$(eval r=4 2>/dev/null; echo not here); echo "[$x] $?"
eval r=5 2>/dev/null | cat
echo "${PIPESTATUS[*]}"
## STDOUT:
1
here
[] 1
1 0
## END

#### a continued line within an arithmetic expansion's opening
echo "$\
(\
(\
42\
)\
)"
## STDOUT:
42
## END

#### what the system knows of the process
cd /proc/$$ && exec 5>/dev/null && ls fd/5
## STDOUT:
fd/5
## END

#### EXIT traps of subshells and substitutions
( trap 'echo bye $?' EXIT; echo in; false )
echo $?
( trap 'echo bye $?; exit 5' EXIT; echo in; exit 3; echo no )
echo $?
x=$(trap 'echo out' EXIT; echo in; echo more)
echo "$x"
t() { trap 'echo t $v' EXIT; }
f() { local v=loc; ( t; echo inf; ); echo "f $?"; ( t; g; echo no ); echo "f $?"; y=$(t; echo q); echo "$y"; }
g() { local v=ing; exit 4; }
f
( t; trap - EXIT; echo none )
( trap '' INT; sh -c 'echo ok' )
trap 'echo main' EXIT
( echo sub )
( trap 'echo sub' EXIT; ( echo subsub ); : ) > f1
cat f1
( trap 'echo sub2' EXIT; set -e; false; echo no )
echo $?
( trap 'echo sub3' EXIT; t | cat; exec sh -c 'echo execd' )
{ trap 'echo stage' EXIT; echo s; } | cat
## STDOUT:
in
bye 1
1
in
bye 3
5
in
more
out
inf
t loc
f 0
t ing
f 4
q
t loc
none
ok
sub
subsub
sub
sub2
1
t
execd
s
stage
main
## END

#### a function that sets an EXIT trap, called in a subshell
f() { trap 'k=9; false; echo x$k' EXIT; (exit 3); }
g() { f a b; }
{ k=pre f 1; } || ( g 2 )
echo $?
## STDOUT:
x9
3
x9
## END

#### subshells with EXIT traps that end in other ways
f() { ( trap 'echo x $?' EXIT; return 3 ); echo $?; y=$(trap 'echo y' EXIT; return 2; echo no); echo "$? $y"; }
f
for i in 1 2; do z=$(trap 'echo z' EXIT; break; echo no); echo "$z"; done
g() { return 6; }
( trap 'echo w $?' EXIT; g )
( trap 'echo v $?' EXIT; echo $((1 1)); echo no )
echo $?
## STDOUT:
x 3
3
2 y


w 6
v 1
1
## END

#### the words of a loop count as inside it
exec 2>&1
for k in "$(break)" x; do echo "[$k]"; done
for k in $(echo a; continue; echo b); do echo "[$k]"; done
## STDOUT:
[]
[x]
[a]
## END

#### the last argument beside PIPESTATUS
: zero
false | true
echo "${PIPESTATUS[*]} $_"
: one
! true
echo "$_ ${PIPESTATUS[*]}"
: two
false | (exit 3)
echo "$_ ${PIPESTATUS[*]}"
(exit 1) || (exit 4)
echo "$? $_"
i=0
while [ $i -lt 1 ]; do i=1; (exit 3); done
echo "$? ${PIPESTATUS[*]} $_"
## STDOUT:
1 0 zero
true 0
two 1 3
4 two 1 3
3 1 ]
## END

#### a loop count out of range ends all loops
for i in 1 2; do for j in 1 2; do break 0; done; echo no; done 2>/dev/null; echo $?
for i in 1 2; do continue 0; echo no; done 2>/dev/null; echo $?
for i in 1 2; do continue -1; echo no; done 2>/dev/null; echo $?
## STDOUT:
1
1
1
## END

#### a negated jump
for i in 1 2; do ! break; echo no; done; echo $?
for i in 1 2; do ! continue; echo no; done; echo $?
## STDOUT:
1
1
## END

#### exec gives a program the shell's process id
(exec sh -c "[ \$\$ -ne $$ ]") && echo other
exec sh -c "[ \$\$ -eq $$ ] && echo same"
## STDOUT:
other
same
## END

#### numbers that are none, in a loop
n=1
for i in 1 2 3 4 5 6; do n=$((n+1)); m=$n; o=$((m * 2)); done; echo $n $m $o
n=m+1
for i in 1 2 3 4; do p=$((n+i)); q=$p; r=$q; done; echo $p $q $r
n=010
for i in 1 2 3 4; do p=$((n+i)); q=$p; r=$q; done; echo $p $q $r
n=x08 x08=09
for i in 1 2 3; do a=1; b=2; p=$((n+i)); echo not here; done 2>/dev/null
echo $a $b $p
## STDOUT:
7 7 14
12 12 12
12 12 12
1 2 12
## END

#### builtins in a shell that stays
f() { local a=1; local b; b=2; read -r c d <<< "x y"; printf -v e '%03d' 7; let 'g = 3'; set -- p q r; [[ $c == x ]] && h=yes; shift; i=$#; echo $a $b $c $d $e $g $h $i $1; }
f; f
mapfile -t l <<< $'1\n2'; k=${#l[@]}; cd /; m=$PWD; umask 027; n=$(umask); export z=5; sh -c 'echo $z'; echo $k $m $n
## STDOUT:
1 2 x y 007 3 yes 2 q
1 2 x y 007 3 yes 2 q
5
2 / 0027
## END

#### a shell that stays ends by set -e, and by a signal
(set -e; a=1; b=2; c=3; d=4; false; echo no); echo $?
(a=1; b=2; c=3; d=4; sh -c 'kill -KILL $PPID'; echo no) 2>/dev/null; echo $?
trap 'echo bye $a' EXIT
a=1; a=2; a=3; a=4; a=5
## STDOUT:
1
137
bye 5
## END

#### BASH_SUBSHELL in a substitution with a loop, in a stage
echo $(
i=0
while [ $i -lt 2 ]; do i=$((i+1)); echo $BASH_SUBSHELL; done
) | cat
## STDOUT:
1 1
## END

#### the process id of a process substitution
cat <(exit 5); wait $!; echo $?
## STDOUT:
5
## END

#### a trace of everything that the machine does itself
exec 2>&1
set -x
for i in 1 2; do echo $i; [ $i = 1 ] && continue; break; done
case $i in 2) echo two;; esac
while ((i++ < 4)); do if [ $i = 4 ]; then break; fi; done
for ((j=0; j<2; j++)); do :; done
f() { echo "$1"; return 3; }
f a
x=$(echo in; exit 2)
[ $(false) ] || y=$(false)
until false; do break; done
( exit 3 )
{ echo b; } > f1
## STDOUT:
+ for i in 1 2
+ echo 1
1
+ '[' 1 = 1 ']'
+ continue
+ for i in 1 2
+ echo 2
2
+ '[' 2 = 1 ']'
+ break
+ case $i in
+ echo two
two
+ (( i++ < 4 ))
+ '[' 3 = 4 ']'
+ (( i++ < 4 ))
+ '[' 4 = 4 ']'
+ break
+ (( j=0 ))
+ (( j<2 ))
+ :
+ (( j++ ))
+ (( j<2 ))
+ :
+ (( j++ ))
+ (( j<2 ))
+ f a
+ echo a
a
+ return 3
++ echo in
++ exit 2
+ x=in
++ false
+ '[' ']'
++ false
+ y=
+ false
+ break
+ exit 3
+ echo b
## END

#### a function that set -e ends, and what is said of it
exec 2>&1
set -e
f0() {
  ! true || {
    while :; do
      [ -n "$c" ]
      echo no
    done
  }
}
f0 2
## STDOUT:
## END
## status: 1

#### set -e in a subshell, behind a substitution in a function
set -e
f1() {
a=$(
no_such_command_4 2>/dev/null
)
}
f2() {
f1 2
}
(
f2 1
)
echo not reached
## STDOUT:
## END
## status: 127

#### the level of shells that env shows
env | grep SHLVL | wc -l
a=$SHLVL
[ "$(env | sed -n s/SHLVL=//p)" = "$a" ] && echo same
[ "$( (env) | sed -n s/SHLVL=//p)" = $((a - 1)) ] && echo one less
## STDOUT:
1
same
one less
## END

#### tabs in the commands of an indented here-document
cat <<-E3
d $(
cat <<'E4'
d x
	a
E4
)##o
	b
E3
## STDOUT:
d d x
a##o
b
## END

#### an EXIT trap behind a redirected call that set -e ends
set -e; trap 'echo end $?' EXIT
f() { echo in; false; }
f > x
## STDOUT:
end 1
## END
## status: 1

#### a line that is given up behind lines that share a step
echo one
history not-a-number 2>/dev/null
echo status=$?
history 3 too many 2>/dev/null
echo status=$?
## STDOUT:
one
status=1
status=1
## END

#### a trace behind a line that is given up
set -x
x=$((a b))
echo $?
## STDOUT:
1
## END
## STDERR:
../t.sh: line 2: a b: syntax error in expression (error token is "b")
+ echo 1
## END

#### the message of a word behind a name that only run time knows
f() { :; }
c=:
$c ${unset?message}
## STDOUT:
## END
## STDERR:
../t.sh: line 3: unset: message
## END
## status: 1

#### a here-document that cannot be expanded ends the program that reads it, not the shell
cat <<E1
${unset?message} $(echo sub)
E1
echo "goes on $?"
cat < "${unset?message}$(echo sub)"
echo "and on $?"
## STDOUT:
goes on 1
and on 1
## END

#### the status of a line that is given up
readonly v
: ${v:=x}
echo $?
(: ${v:=x}; echo no); echo $?
echo a | { : ${v:=x}; echo no; }; echo $?
x=$(: ${v:=x}; echo no); echo $?
f() { (exit 3); : ${v:=x}; echo no; }
f
echo $?
v=1
echo $?
for i in ${v:=x}; do echo no; done
echo $?
## STDOUT:
2
2
2
1
2
1
2
## END

#### a limit of open files below those of the runtime
ulimit -n 128
echo hi
f() { local x=1; echo $x | cat; }
f
while read -ru3 x; do echo "[$x]"; done 3< <(echo x)
ulimit -n
## STDOUT:
hi
1
[x]
128
## END

#### a restricted shell from a line on
echo before
set -r
cd / 2>/dev/null
echo $?
echo x >y
echo $?
echo end
## STDOUT:
before
1
1
end
## END

#### $_ is what it was where a function begins
f() { echo "entry $_"; echo inner; echo "then $_"; }
echo before
f word
## STDOUT:
before
entry before
inner
then inner
## END

#### a read-only $_
readonly _=frozen
echo there 2>/dev/null
echo "[$_]" 2>/dev/null
## STDOUT:
there
[frozen]
## END

#### a reference to a variable that holds its own name
x=x
declare -n x
declare -p x
y=1
declare -p x
## STDOUT:
declare -n x="x"
declare -n x="x"
## END

#### backticks whose text ends in a backslash
echo `echo \\`
echo `printf '%s-' a \\`
## STDOUT:
\
a-\-
## END

#### LINENO in the words of for beside a substitution on several lines
for k in $LINENO$(
) $LINENO; do echo $k; done
for k in $(pwd >/dev/null
echo $LINENO) $LINENO; do echo $k; done
for k \
  in $(pwd >/dev/null; echo $LINENO) "
$LINENO" $LINENO
do echo "$k"; done
## STDOUT:
1
1
4
3
5

5
5
## END

#### LINENO in a substitution of a command on several lines
echo a \
 $(pwd >/dev/null; echo $LINENO)
echo \
 $(pwd >/dev/null; echo $LINENO)
f() { echo "$@" $LINENO; }
f $LINENO a \
  $(pwd >/dev/null; echo $LINENO) $LINENO
x=1 eval echo \
  $(pwd >/dev/null; echo $LINENO)
</dev/null cat - <<E
$(pwd >/dev/null; echo $LINENO) $LINENO
E
x=$(pwd >/dev/null; echo $LINENO) \
 && echo $x
## STDOUT:
a 1
4
6 a 6 6 5
8
10 10
13
## END

#### errexit behind a subshell whose substitution calls the function again
set -e
f() {
( $( [ $n -gt 0 ] && n=0 && f ) )
}
n=1
f
echo not reached
## STDOUT:
## END
## status: 1

#### exit of a function from within a loop of its own, called in a subshell of the same loop
f() {
  for i in a b c; do
    if [ $1 = 1 ]; then
      ( f 0 )
      echo $i $?
    else
      echo in $i
      [ $i = b ] && exit 3
    fi
  done
}
f 1
## STDOUT:
in a
in b
a 3
in a
in b
b 3
in a
in b
c 3
## END

#### exit of a function from within a while loop, called in a substitution of the same loop
n=0
g() {
  while [ $n -lt 3 ]; do
    n=$((n+1))
    if [ $1 = 1 ]; then
      x=$( g 0 )
      echo $n $x $?
    else
      echo in $n
      exit 4
    fi
  done
}
g 1
echo $?
## STDOUT:
1 in 2 4
2 in 3 4
3 0
0
## END

#### errexit behind a subshell that a function called where it is ignored has left
set -e
g() { exit 1; }
f() {
  ( g || true; echo not reached ) || echo s$?
  ( false; echo not reached )
  echo not reached
}
f
## STDOUT:
s1
## END
## status: 1

#### errexit behind a substitution that a function called in a condition has left
set -e
g() { exit 4; }
f() {
  y=$(if g; then echo no; fi; echo no) || echo $?
  false
  echo not reached
}
z=$(f) || echo "$z $?"
f
## STDOUT:
4
## END
## status: 1

#### errexit behind a subshell that exits in a negated group
set -e
f() {
  ( ! { set -e; exit 0; } )
  false
  echo not reached
}
f
## STDOUT:
## END
## status: 1

#### an EXIT trap of a subshell behind an input that is missing, and a background job
(
trap 'echo sub $?' EXIT
while :; do
:
done < missing
)
cat &
wait
## STDOUT:
sub 1
## END

#### a trace set in a function that a condition calls
f() { return 3; }
g() {
  set -x
  f
}
if g; then :; else :; fi
g || :
## STDOUT:
## END
## STDERR:
+ f
+ return 3
+ :
+ g
+ set -x
+ f
+ return 3
+ :
## END

#### a here-document and then a semicolon in a substitution
y=$(
cat <<E
foo
E
echo a; echo b; echo c
)
echo "$y"
y=$(echo $(cat <<-E
	foo
	E
echo a; echo b; echo c
))
echo "$y"
y=$(if cat <<E; then echo a; echo b; fi
foo
E
)
echo "$y"
y=$(cat <<E
$(echo a; echo b)
E
echo c
echo d)
echo "$y"
y=$(while read x; do echo $x; echo y; done <<E && echo z
foo
E
echo a)
echo "$y"
## STDOUT:
foo
a echo b
c
foo a echo b echo c
foo
a echo b
a
b
c
d
foo
y
z
a
## END

#### LINENO in redirections of compound commands
{
:; } <<< $(echo 2:$LINENO >&3)
for i in 1; do
 { :; } <<< $(echo 4:$LINENO >&3)
 while :; do
  break
 done <<< $(echo 7:$LINENO >&3)
 case x in
 x) { :; } <<< $(echo 9:$LINENO >&3) ;;
 esac
done 3>&1
while read -r x; do echo "$x"; done <<E
$LINENO
E
if :; then
 while read -r x; do echo "$x"; done <<E
$LINENO
E
fi
for ((i = 0; i < 1; i++)); do
 { read -r x; echo "$x"; } <<< $LINENO

done
( while read -r x; do echo "$x"; done <<< $LINENO
)
k=0
until [ $k -ge 2 ]; do
 k=$((k+1))
 while read -r x; do echo "$x"; done <<< $LINENO
done
## STDOUT:
4:3
7:3
9:8
14
19
23
25
30
30
## END

#### LINENO behind a list whose pipeline has a subshell in its middle
! : | (exit 4) | : || ! : | (
:
)
(
echo "$LINENO"
)
! echo c | (cat; exit 4) | { cat; exit 2; } || ! echo "*" $b | (
cat
k=2
) && [ 1 -eq 3 ]
:
(
echo "$LINENO"
)
## STDOUT:
3
c
8
## END

#### patterns with dollars, and texts that are evaluated
f() { case $1 in \$\$*) echo "${1#\$\$}" ;; *) echo none ;; esac; }
f '$$a'
f b
x=c
eval "y=\$x"
eval "echo \$y"
## STDOUT:
a
none
c
## END

#### a process id in front of what makes something else of digits
f=$(mktemp -d) && cd "$f"
echo $$>lock; [ "$(cat lock)" = "$$" ] && echo same
echo ${$}>>lock; wc -l <lock | tr -d ' '
echo $PPID>parent; [ -s parent ] && echo parent
cat <<X >doc
$$>$$ ${x-$$}
X
[ "$(cat doc)" = "$$>$$ $$" ] && echo document
x$$=3 2>/dev/null; echo $?
set -u
[ {1..$$} = "{1..$$}" ] && echo range
a=($$[1] $$,$$); echo ${#a[@]}
(( $$>3 )) && [[ $$ > 0 ]] && echo numbers
g() { echo $$>"$1"; }; g out; [ "$(cat out)" = $$ ] && echo function
trap 'echo $$>last; [ "$(cat last)" = $$ ] && echo handler; rm -rf "$f"' EXIT
eval 'x$$=1' 2>/dev/null; echo $?
## STDOUT:
same
2
parent
document
127
range
2
numbers
function
127
handler
## END

#### descriptors that are another file's by the time that a job opens them
echo a >a; echo b >b
exec 3<a
( sleep .3; cat /proc/$$/fd/3 ) &
exec 3<b
wait
## STDOUT:
b
## END

#### limits that are none
ulimit -f $((017<<16)); ulimit -f
## STDOUT:
983040
## END

#### an EXIT trap and stages whose words cannot be expanded
trap 'echo bye $?' EXIT
set -u
x='1 +' y=abc
echo $((2**-1)) 2>/dev/null | cat
echo $((09)) 2>/dev/null | cat
echo "${y:1:-9}" 2>/dev/null | cat
echo "${!x}" 2>/dev/null | cat
unset y
echo "$y" 2>/dev/null | cat
echo end
## STDOUT:
bye 1
bye 1
bye 1
bye 1
bye 1
end
bye 0
## END

#### a working directory whose name is longer than the system takes
base=$PWD
d=$(printf 'x%.0s' {1..200})
mkdir deep; cd deep
for i in {1..25}; do mkdir $d; cd $d; done
echo $((${#PWD} - ${#base}))
: > file; ls
(cd ..; echo $((${#PWD} - ${#base})); ls | wc -l)
f() { cat file && cd .. && ls | wc -l; }
echo data > file
f
echo $((${#PWD} - ${#base})) $((${#OLDPWD} - ${#base}))
cd "$base"; rm -r deep
## STDOUT:
5030
file
4829
1
data
1
4829 5030
## END

#### text for eval with an open quote: the next line of the shell's own is none of the script's
eval 'echo "'
echo go $?
f() { eval 'echo "'; echo in $?; }
f
echo $?
## STDOUT:
go 2
in 2
0
## END
## STDERR:
../t.sh: eval: line 1: unexpected EOF while looking for matching `"'
../t.sh: eval: line 3: unexpected EOF while looking for matching `"'
## END

#### a local variable without a value, where others would be inherited
shopt -s localvar_inherit localvar_unset
x=1
h() { local x=h; i; echo ${x-unset}; local y; echo ${y-unset}; unset y; echo ${y-unset}; x=2; local z; j; }
i() { unset x; }
j() { echo $x ${y-unset} $z; local x; echo $x; }
y=3 z=4
h; echo $x $y $z
## STDOUT:
unset
3
unset
2 unset 4
2
1 3 4
## END

#### BASH_COMPAT as it was written
BASH_COMPAT=4.2
declare -p BASH_COMPAT
shopt compat42
shopt -s compat43
declare -p BASH_COMPAT
shopt -u compat43
declare -p BASH_COMPAT
shopt compat42 compat43
unset BASH_COMPAT
shopt compat42 compat43
:
## STDOUT:
declare -- BASH_COMPAT="4.2"
compat42       	on
declare -- BASH_COMPAT="43"
declare -- BASH_COMPAT="52"
compat42       	off
compat43       	off
compat42       	off
compat43       	off
## END

#### programs that nothing of the script has called are no known commands
x=$(
true | true
hash -l
)
echo "[$x]"
x=$(true | true
f() { ls >/dev/null; hash | sed 's/.*\///'; }
f); echo "$x"
## STDOUT:
[]
hits	command
ls
## END

#### errexit and others by shopt -o
f() { shopt -so errexit; false; echo in; }
if case x$(shopt -so errexit; false; echo in) in xin) echo IN ;; *) echo NO ;; esac; then echo t; fi
shopt -s -o errexit
if shopt -qo errexit; then echo on; fi
g() { false; echo g; }
g || echo or
shopt -uo errexit
false
F=f
! $F
echo no
## STDOUT:
NO
t
on
g
## END
## status: 1

#### jumps in the substitutions of stages
for i in 1 2; do echo a$(break; echo 5)b | cat; echo z; done
for i in 1 2; do x=$(echo k$(break; echo b) | cat); echo $x; done
until false; do echo $(break; echo q) | cat; break; done
for i in 1 2; do cat <(break; echo 5) | cat; break | cat; echo y; done
## STDOUT:
ab
z
ab
z
k
k

y
y
## END

#### lines behind given-up commands with here-documents and continuations
echo $((1/0)) <<X
x
X
echo "$LINENO is 4"
if true; then
  cat <<Y
$((1/0))
Y
fi
/bin/echo "$LINENO is 10"
echo $((1/0)) \

/bin/echo "$LINENO is 13"
if true; then
  echo $((1/0))
fi \
\

/bin/echo "$LINENO is 19"
## STDOUT:
2 is 4
8 is 10
10 is 13
13 is 19
## END
## STDERR:
../t.sh: line 1: 1/0: division by 0 (error token is "0")
../t.sh: line 4: 1/0: division by 0 (error token is "0")
../t.sh: line 9: 1/0: division by 0 (error token is "0")
../t.sh: line 12: 1/0: division by 0 (error token is "0")
## END

#### a kill that one command prints and another runs
trap 'echo got' USR1
echo "kill -USR1 $$" | sh
echo after
f() { echo "kill -USR1 $$"; }
f | bash
x="kill -USR1 $$"
bash -c "$x"
echo end
## STDOUT:
got
after
got
got
end
## END

#### a subshell that an error ends has the EXIT trap and the variables that it has set in the same step
printf '#!/bin/sh\necho p\n' >p.sh; chmod +x p.sh
(
trap 'echo sub $?' EXIT
k=--
k=$((k+1))
./p.sh 0 --
)
echo $?
f() { trap 'echo f $?' EXIT; k=--; k=$((k+1)); echo no; }
( f; ./p.sh )
echo $?
x=$(trap 'echo f $?' EXIT; k=--; k=$((k+1)); echo no; ./p.sh)
echo "$? $x"
(
trap 'echo sub $v $?' EXIT
./p.sh
v=5; k=--; k=$((k+1))
./p.sh
)
echo $?
v=glob
f() { local v=loc; ( trap 'echo sub $v $?' EXIT; v=2; k=--; k=$((k+1)); echo no; ./p.sh ); echo "$? $v"; }
f
g() { local v=in; trap 'echo g $v $?' EXIT; k=--; k=$((k+1)); }
( g; ./p.sh; echo no ); echo $?
( set -u; trap 'echo u $?' EXIT; : "$nope"; ./p.sh ); echo $?
( trap 'echo t1 $?' EXIT; trap - EXIT; k=--; k=$((k+1)); ./p.sh ); echo $?
( trap 'echo a; exit 4' EXIT; readonly r=1; r=2; ./p.sh ); echo $?
y=$( trap 'echo c $v' EXIT; v=9; k=--; k=$((k+1)); ./p.sh ); echo "$? $y"
( trap 'echo o' EXIT; ( trap 'echo i $k' EXIT; k=--; : $((k+1)); ./p.sh ); echo mid $?; : ${q?err}; ./p.sh ); echo $?
( trap 'echo p' EXIT; x=$((1/0)) ) | cat; echo ${PIPESTATUS[@]}
## STDOUT:
sub 1
1
f 1
1
1 f 1
p
sub 5 1
1
sub glob 1
1 loc
g glob 1
1
u 1
1
1
a
4
1 c 9
i --
mid 1
o
1
p
1 0
## END

#### Aliases in POSIX mode, in every command of a line
set -o posix
alias foo=echo
foo a; foo b
foo c; foo d
if true; then foo e; foo f; fi
for i in 1 2; do foo $i; foo x; done
{ foo q; }
x=$(foo r; foo s); echo "$x"
(foo t; foo u)
f() { foo v; foo w; }
f; foo x; f
set +o posix
foo y || shopt expand_aliases
shopt -s expand_aliases
foo z; foo zz
set -o posix
foo 1; foo 2
set +o posix
foo 3; foo 4
## STDOUT:
a
b
c
d
e
f
1
x
2
x
q
r
s
t
u
v
w
x
v
w
expand_aliases 	off
z
zz
1
2
## END
## status: 127

#### A redirection of a file that is read fails in POSIX mode
set -o posix
echo 'echo inc' >inc
trap 'echo bye; rm -f inc' EXIT
. ./inc </dev/null
. ./inc 2>/dev/null
echo here
. ./inc <nof
echo not
## STDOUT:
inc
inc
here
bye
## END
## status: 1

#### Digits in IFS where descriptors are looked at
IFS=0123456789; eval "exec 3>&1"
echo x >&3
IFS=7; eval "(exit 3)"
echo $?
declare -a arr=(one "t w o" [7]=seven); declare -A map=([a b]=c [d]="e
f"); declare -i num=3; declare -r ro="r o"; export ex="x y"; declare -l low=ABC
sleep 0.05 & wait "$!"; echo "w $?"
echo "echo sourced \$1; sv=1; return 6" > s.inc; . ./s.inc p; echo "src $? $sv"
rm s.inc
## STDOUT:
x
3
w 0
sourced p
src 6 1
## END
## STDERR:
## END

#### A call whose redirection fails, seen by $_ and a trace
f() { :; }
ls -d / 
f a b <nofile; echo "$_"
exec 2>&1
set -x
f a b <nofile
f c </dev/null
## STDOUT:
/
b
+ f a b
../t.sh: line 6: nofile: No such file or directory
+ f c
+ :
## END

#### A library whose function starts a job in a condition
f=lib; echo 'g() { (exit 4) & Q=$!; }' > lib
. ./$f
if g; then echo y; fi
wait $Q; echo $?
rm lib
## STDOUT:
y
4
## END

#### Functions that are named like paths, called by words
function a/b { exec 3>out; }; a=a; "$a"/b; echo hi >&3; cat out; rm out
unset -f a/b
function a/b { sleep 0.1 & p=$!; }
a=a; "$a"/b; wait $p; echo $?
function ./x { set -e; false; echo in; }; y=x; ./$y; echo no
## STDOUT:
hi
0
## END
## status: 1

#### Patterns of paths that are nothing
shopt -s nullglob
f() { ./no* return 5; echo no; }; f; echo $?
for i in 1 2; do ./no* break; echo $i; done; echo e
./no* exec 3>f; echo hi >&3; cat f; rm f
## STDOUT:
5
e
hi
## END

#### Paths that only run time knows
d=/bin
"$d"/ls -d /
x=bin/ls; /$x -d /
./"$x" || echo "st $?"
command "$d/ls" -d /
~/nothere; echo $?
f() { "$d/echo" "$@"; return 3; }
f a b || echo $?
for i in 1 2; do "$d"/echo $i; done
sleep 0.1 & p=$!
"$d/echo" one
wait $p
"$d/sh" -c 'exit 4' || echo $?
set -e
"$d/sh" -c 'exit 5'
echo no
## STDOUT:
/
/
st 127
/
127
a b
3
1
2
one
4
## END
## status: 5

#### A function that asks whether the script is there is shown
f() { kill -0 $$; }; f; declare -f f
## STDOUT:
f () 
{ 
    kill -0 $$
}
## END

#### Redirections of calls that look like descriptors
set -x; f() { echo hi; }; f <0; echo $?
f 3<1; f >-; rm -f -- -
set +x; f() { echo hi $1; x=5; }; f e 3<1; echo $_
## STDOUT:
1
e
## END

#### set -e in a substitution of a function that a loop's words call
f0() { x=$( set -e; false; echo in >&2 ); echo "x=$x $-" >&2; }
for b in "$( { f0; uname; } >&2 )"; do echo "$b"; done
for b in "$( f0 )" $(exit 3); do echo "$b $?"; done
IFS=3; set -E; trap 'echo ERR $?' ERR
for b in "$( f0 )" $(exit 3); do echo "$b $?"; done
## STDOUT:

 3
ERR 1 3
## END

#### A local reference that names itself warns once for each use, not for each step
a=foo
self() { local -n a=$1; a=x; }
self a; echo "$a"
other() { local -n a=$1; sh -c 'echo step'; a=y; echo "in $a"; sh -c 'echo step'; declare -p a; }
other a; echo "$a"
## STDOUT:
x
step
in y
step
declare -n a="a"
y
## END

#### A word that bash loses behind a subshell which it has tried as arithmetic is lost
((sh -c 'echo a'
)
set -C
)
f() { ((sh -c 'echo b')
echo c d) > f1; }
f; cat f1
((sh -c 'echo e') 
echo f g)
## STDOUT:
a
b
e
f g
## END

#### The trace that a file or a text turns on in a substitution tells how deep that is
echo 'set -x; echo a; set +x' > l.sh
x='set -x; echo b; set +x'
echo "<$(. ./l.sh)>"
(echo "<$(eval "$x"; sh -c 'echo c')>")
f() { . ./l.sh; }
f; echo "$(f)"; echo "$(eval '. ./l.sh')"
## STDOUT:
<a>
<b
c>
a
a
a
## END
## STDERR:
+++ echo a
+++ set +x
+++ echo b
+++ set +x
++ echo a
++ set +x
+++ echo a
+++ set +x
++++ echo a
++++ set +x
## END

#### What expands to several arguments of shift gives up its line, and does not end the script
trap 'echo E' ERR
n='1 2'; set -- a b c d
shift {1,2}; echo no
shift $n; echo no
shift "$@"; echo no
n=2
shift $n; echo "$*"
shift $((n-1)); shift "$#"; echo "$#"
## STDOUT:
E
no
c d
0
## END

#### An error in the subscript of a name that a builtin is given gives up its line, and does not end the script
trap 'echo "end $?"' EXIT
set -e
printf -v 'arr[1/0]' x; echo no
read 'arr[x y]' <<< x; echo no
[ -v 'arr[1/0]' ]; echo no
let 'arr[1/0]=1'; echo no
f() { test -v 'arr[1/0]'; echo no; }
f; echo no
sh -c 'echo last'
## STDOUT:
last
end 0
## END

#### What the redirections of a compound command run on several lines counts from the loop around



{
for b in 1 2; do
while read -r q; do echo "<$q>"; done < <(
nope 2>&1 | cat
)
done
} | cat | sed 's#.*sh:##'
## STDOUT:
 line 5: nope: command not found>
 line 5: nope: command not found>
## END

#### The ERR trap of redirections on several lines names the line of the loop around



trap 'echo "E $LINENO"' ERR
for i in 1 2; do
{ sh -c 'echo s'; } < <(
:) > /nodir/x
done
## STDOUT:
E 4
E 4
## END
## status: 1

#### The trace of what redirections run on several lines counts from the loop around



PS4='+$LINENO '
for q in 1; do
:
{ set -x; sh -c 'echo s'; set +x; } > "$(
set -x; echo f1
)"
done
cat f1
## STDOUT:
s
## END
## STDERR:
++5 echo f1
+7 sh -c 'echo s'
+7 set +x
## END

#### seed 796402: errexit behind a redirected call of what is no function yet
set -e
trap 'echo end $?' EXIT
f0() {
  f1() { echo hi; }
}
f1 1 >f1 2>/dev/null
## STDOUT:
end 127
## END
## status: 127

#### seed 796402: a redirected call of a function that is taken away
set -e
f() { echo "f $1"; }
f 1 >out
cat out
trap 'echo end $?' EXIT
unset -f f
f 2 >out 2>/dev/null
## STDOUT:
f 1
end 127
## END
## status: 127

#### seed 796402: a redirected call within a function of one that is defined behind it
set -e
trap 'echo end $?' EXIT
main() { helper 1 >out; cat out; }
helper() { echo "helper $1"; }
main
helper 2 >out
cat out
## STDOUT:
helper 1
helper 2
end 0
## END

#### seed 811321: lines behind jobs of several lines
:
{
  :
} >j1 &
echo "$LINENO"
wait
(
  :
  :
) &
echo "$LINENO"; for i in 1
do
  :
done &
echo "$LINENO"
wait
echo "$LINENO"
## STDOUT:
5
11
15
17
## END

#### what a shell that stays runs in ends
(
  [[ a = b ]] || {
    exec 2>f8
  }
  [ 1 -lt 3 ] && {
    ! [ x = 0 ] && ! (
      echo d
    )
  }
) 2>&1
echo "$?"
## STDOUT:
d
1
## END

#### what a case does, where signals have handlers
trap 'rm -f tmp' TERM
for log in a.gz b; do
  case $log in
    *.gz) cat="gzip -dc"
      ;;
    *) cat=cat
      ;;
  esac
  echo "$cat $log"
done
f() {
  case $1 in a) local x=1; echo "$x" ;; esac
  while [ "$#" -gt 0 ]; do shift; done
  echo "$#"
}
f a b
f b
## STDOUT:
gzip -dc a.gz
cat b
1
0
0
## END

#### a loop that is given up in a condition, and loops behind it
set -- '' 'two words'
a=1 b='y z' k=1 name=a
cat > lib.sh <<'L'
export k
lib() { echo "lib $1"; }
k=2; return
L
. ./lib.sh
i2=0
while :; do
((++i2 > 3)) && break
k=${2-none} b="p  q$*"
i1=0
while ((i1++ < 1)) && { [ "${*:1:2}$((k<2?7:k))" = 7 ]; :; }; do
echo "$?" "${*:1:2}${@: -1}"
done
done
i3=0
while [ $i3 -lt 2 ]; do
i3=$((i3+1))
[[ $b != x ]]
done
(exit 0)
false
## STDOUT:
## END
## status: 1
