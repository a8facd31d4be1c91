# `.` and `source`: files beside the script, whose commands are steps where that is exact.

#### a file that the script rewrites is read as it is then
echo "echo new; f() { echo newf $LINENO; }" >lib.sh
. ./lib.sh
f
## FILE: lib.sh
echo old
f() { echo oldf; }
## END
## STDOUT:
new
newf 1
## END

#### a file that is gone
rm lib.sh
. ./lib.sh
echo $?
f
echo end
## FILE: lib.sh
echo old
f() { echo oldf; }
## END
## STDOUT:
1
end
## END

#### a file that is gone, under set -e
set -e
rm lib.sh
. ./lib.sh || echo no
. ./lib.sh
echo end
## FILE: lib.sh
echo old
## END
## STDOUT:
no
## END
## status: 1

#### exit in a file runs the EXIT trap
trap "echo bye \$?" EXIT
. ./lib.sh
echo end
## FILE: lib.sh
echo a
exit 4
echo b
## END
## STDOUT:
a
bye 4
## END
## status: 4

#### exit in a file that a condition reads
trap "echo bye \$? \${FUNCNAME[*]} \$LINENO" EXIT
echo 1
if . ./lib.sh; then echo x; fi
echo end
## FILE: lib.sh
echo a
if true; then exit 4; fi
echo b
## END
## STDOUT:
1
a
bye 4 1
## END
## status: 4

#### an unset variable in a file ends the script
set -u
. ./lib.sh
echo end
## FILE: lib.sh
echo a
echo $nope
echo b
## END
## STDOUT:
a
## END
## status: 1

#### exec in a file redirects what follows
. ./lib.sh
echo to file
exec >&2
echo end
## FILE: lib.sh
exec 3>&1 >out.txt
echo a
## END

#### subshells and substitutions in a file
. ./lib.sh
echo end $x
## FILE: lib.sh
x=1
(x=2; echo in $x; exit 3)
echo $?
(return 4; echo no)
echo $?
y=$(echo a; return 3)
echo $? $y
## END
## STDOUT:
in 2
3
4
3 a
end 1
## END

#### pipelines in a file, and a file read in one
. ./lib.sh | cat
. ./lib.sh
echo end $x
## FILE: lib.sh
x=1
echo "a b" | tr a-z A-Z | sed s/A/x/
seq 3 | while read l; do echo "$l $x"; done
## END
## STDOUT:
x B
1 1
2 1
3 1
x B
1 1
2 1
3 1
end 1
## END

#### a job that a file starts and the script waits for
. ./lib.sh
wait
echo end
## FILE: lib.sh
sleep 0.1 && echo late &
echo now
## END
## STDOUT:
now
late
end
## END

#### a job that a file starts and waits for
. ./lib.sh
echo end
## FILE: lib.sh
{ sleep 0.1; echo late; } &
wait
echo now
## END
## STDOUT:
late
now
end
## END

#### a trap and its function come from a file
. ./lib.sh
echo end
exit 3
## FILE: lib.sh
c() { echo cleanup $?; }
trap c EXIT
echo now
## END
## STDOUT:
now
end
cleanup 3
## END
## status: 3

#### here-documents in a file
. ./lib.sh
echo end
## FILE: lib.sh
x=5
cat <<E
val $x $LINENO
E
cat <<-"Q"
	q $x
	Q
## END
## STDOUT:
val 5 2
q $x
end
## END

#### return at the top level, in a case, a group, a loop and a redirection
. ./lib.sh
echo $?
. ./lib.sh r
echo $?
. ./lib.sh b
echo $?
. ./lib.sh f; echo $?
. ./lib.sh l; echo $?
## FILE: lib.sh
case $1 in r) { echo red; return 7; } >&2;; b) { return; };; f) f() { return 9; echo no; }; f; return;; l) for i in 1 2; do return 8; done;; esac
echo tail
false
## END
## STDOUT:
tail
1
7
0
9
8
## END

#### a function of the same name in the script and in a file
f() { echo main $LINENO; }
f
. ./lib.sh
f
f() { echo again $LINENO; }
f
. ./lib.sh
f
## FILE: lib.sh
f() { echo lib $LINENO ${BASH_SOURCE[0]}; }
f
## END
## STDOUT:
main 1
lib 1 ./lib.sh
lib 1 ./lib.sh
again 5
lib 1 ./lib.sh
lib 1 ./lib.sh
## END

#### break in a file, within a loop of the script and without
for i in 1 2; do . ./lib.sh; echo $i; done
. ./lib.sh
echo end
## FILE: lib.sh
break
echo after
## END
## STDOUT:
after
end
## END

#### a file read in posix mode
set -o posix
. ./lib.sh
echo end
## FILE: lib.sh
echo a $x
f() { echo f; }
f
## END
## STDOUT:
a
f
end
## END

#### a missing file ends a script in posix mode
set -o posix
rm lib.sh
. ./lib.sh
echo end
## FILE: lib.sh
echo a $x
## END
## status: 1

#### a syntax error in a file comes when it is reached
. ./lib.sh
echo $?
f
## FILE: lib.sh
echo a
f() { echo f; }
if then
echo b
## END
## STDOUT:
a
2
f
## END

#### a stray parenthesis in a file
. ./lib.sh
echo $?
f
## FILE: lib.sh
echo a
f() { echo f; }
foo )
echo b
## END
## STDOUT:
a
2
f
## END

#### a file that defines an alias
shopt -s expand_aliases
. ./lib.sh
ll
## FILE: lib.sh
alias ll="echo aliased"
## END
## STDOUT:
aliased
## END

#### an alias of the script in a file
shopt -s expand_aliases
alias ll="echo main"
. ./lib.sh
## FILE: lib.sh
ll
## END
## STDOUT:
main
## END

#### a file without commands has status 0
false
. ./lib.sh
echo $?
. ./c.sh
echo $?
## FILE: lib.sh
## END
## FILE: c.sh
# just a comment
## END
## STDOUT:
0
0
## END

#### the status at the beginning and at the end of a file
false
. ./lib.sh
echo $?
## FILE: lib.sh
echo $?
false
## END
## STDOUT:
1
1
## END

#### carriage returns in a file
. ./lib.sh
echo $?
## FILE: lib.sh
x=1
echo $x
## END
## STDOUT:
1
0
## END

#### local at the top level of a file
. ./lib.sh
echo $x
## FILE: lib.sh
local x=1
echo here $x
## END
## STDOUT:
here

## END

#### set -- in a file with arguments and without
set -- a b c
. ./lib.sh
echo $# $*
. ./lib.sh x y
echo $# $*
## FILE: lib.sh
echo "$*"
set -- n
## END
## STDOUT:
a b c
1 n
x y
1 n
## END

#### shift in a file with arguments and without
set -- a b c
. ./lib.sh
echo $# $*
. ./lib.sh x y
echo $# $*
shift
. ./lib.sh
echo $*
## FILE: lib.sh
echo "$*"
shift
echo "$*"
## END
## STDOUT:
a b c
b c
2 b c
x y
y
2 b c
c


## END

#### a file that finds out that it is read
. ./lib.sh
main x
## FILE: lib.sh
main() { echo main $1; }
if [ "${BASH_SOURCE[0]}" = "$0" ]; then main direct; fi
[[ "${BASH_SOURCE[0]}" != "${0}" ]] && return 0
echo no
## END
## STDOUT:
main x
## END

#### a file that returns the second time
. ./lib.sh
. ./lib.sh
echo $?
## FILE: lib.sh
[ -n "${LOADED-}" ] && return 0
LOADED=1
echo loading
## END
## STDOUT:
loading
0
## END

#### read-only variables and arrays of a file
. ./lib.sh
. ./lib.sh
echo $V
## FILE: lib.sh
readonly V=1
declare -A m=([a]=1 [b]=2)
arr=(x "y z")
echo ${m[b]} ${#arr[@]}
## END
## STDOUT:
2 2
2 2
1
## END

#### LINENO in a file and after it
echo $LINENO
. ./lib.sh; echo $LINENO

. ./lib.sh
echo $LINENO
## FILE: lib.sh
echo $LINENO


echo $LINENO
## END
## STDOUT:
1
1
4
2
1
4
5
## END

#### the last argument across files
echo a b
. ./lib.sh c
echo $_
## FILE: lib.sh
echo $_
echo x y
## END
## STDOUT:
a b
b
x y
c
## END

#### PIPESTATUS across files
true | false
. ./lib.sh
echo ${PIPESTATUS[*]}
## FILE: lib.sh
echo ${PIPESTATUS[*]}
false | true
## END
## STDOUT:
0 1
0
## END

#### a trace through a file
set -x
. ./lib.sh
echo end
## FILE: lib.sh
echo a
f() { echo f; }
f
## END
## STDOUT:
a
f
end
## END

#### a file turns the trace on
. ./lib.sh
echo end
## FILE: lib.sh
echo a
set -x
f() { echo f; }
f
## END
## STDOUT:
a
f
end
## END

#### a function of a file is unset
. ./lib.sh
unset -f f
f
echo $?
## FILE: lib.sh
f() { echo f; }
f
## END
## STDOUT:
f
127
## END

#### command, builtin, redirections and assignments before it
command . ./lib.sh
builtin source ./lib.sh
. ./lib.sh >out
x=1 . ./lib.sh
echo end $x
cat out
## FILE: lib.sh
echo a $x
f() { echo f; }
f
## END
## STDOUT:
a
f
a
f
a 1
f
end
a
f
## END

#### in subshells, functions, loops, pipelines, lists and substitutions
(. ./lib.sh)
f
g() { . ./lib.sh; return 3; }
g; echo $?
for i in 1 2; do . ./lib.sh; done
. ./lib.sh | cat
! . ./lib.sh
echo $?
. ./lib.sh && echo ok || echo nok
{ . ./lib.sh; f; }
case x in x) . ./lib.sh;; esac
echo $(. ./lib.sh)
## FILE: lib.sh
echo a $x
f() { echo f $LINENO ${BASH_SOURCE[0]}; }
f
## END
## STDOUT:
a
f 2 ./lib.sh
a
f 2 ./lib.sh
3
a
f 2 ./lib.sh
a
f 2 ./lib.sh
a
f 2 ./lib.sh
a
f 2 ./lib.sh
1
a
f 2 ./lib.sh
ok
a
f 2 ./lib.sh
f 2 ./lib.sh
a
f 2 ./lib.sh
a f 2 ./lib.sh
## END

#### an ERR trap around a file
trap "echo ERR \$LINENO" ERR
. ./lib.sh
false
## FILE: lib.sh
false
true
## END
## STDOUT:
ERR 1
ERR 3
## END
## status: 1

#### an ERR trap set in a file
. ./lib.sh
false
echo x
## FILE: lib.sh
trap "echo ERR \$LINENO" ERR
false
true
## END
## STDOUT:
ERR 2
ERR 2
x
## END

#### a DEBUG trap around a file
trap "echo D \$LINENO" DEBUG
. ./lib.sh
false
## FILE: lib.sh
false
true
## END
## STDOUT:
D 2
D 3
## END
## status: 1

#### a RETURN trap around a file
trap "echo R \$LINENO" RETURN
. ./lib.sh
false
## FILE: lib.sh
false
true
## END
## STDOUT:
R 2
## END
## status: 1

#### a process substitution is read
. <(echo "echo hi; x=3")
echo $x
## STDOUT:
hi
3
## END

#### the same file under several names
mkdir d; cp lib.sh d
cd d
. ./lib.sh
pwd | sed "s|.*/||"
cd ..
. d/lib.sh
. ./lib.sh
## FILE: lib.sh
echo ${BASH_SOURCE[0]}
f() { echo f ${BASH_SOURCE[0]}; }
f
## END
## STDOUT:
./lib.sh
f ./lib.sh
d
d/lib.sh
f d/lib.sh
./lib.sh
f ./lib.sh
## END

#### a name without a slash is looked up in PATH
. lib.sh
PATH=$PWD:$PATH
. lib.sh
## FILE: lib.sh
echo ${BASH_SOURCE[0]##*/}
## END
## STDOUT:
lib.sh
lib.sh
## END

#### the script reads itself
[ -n "$S" ] && { echo again; return 0; }
S=1
. "$0"
echo end
## STDOUT:
again
end
## END

#### two files read each other
. ./a.sh
echo end
## FILE: a.sh
[ -n "$A" ] && return
A=1
echo a
. ./b.sh
echo a2
## END
## FILE: b.sh
echo b
. ./a.sh
echo b2
## END
## STDOUT:
a
b
b2
a2
end
## END

#### names from patterns, loops and empty words
for f in ./lib*.sh; do . "$f"; done
. ./lib?.sh
. $nothing
echo $?
## FILE: lib1.sh
echo one
## END
## FILE: lib2.sh
echo two $1
## END
## STDOUT:
one
two
one
2
## END

#### set -e holds in a file
set -e
. ./lib.sh
echo end
## FILE: lib.sh
echo a
false || echo b
if false; then :; fi
! true
f() { false; echo no; }
f
echo never
## END
## STDOUT:
a
b
## END
## status: 1

#### set -e is ignored in a file read in a list
set -e
. ./lib.sh || echo c $?
! . ./lib.sh
echo end
## FILE: lib.sh
echo a
false
echo b
return 3
## END
## STDOUT:
a
b
c 3
a
b
end
## END

#### set -e judges what a file returns
set -e
trap "echo T \$?" EXIT
. ./lib.sh
echo end
## FILE: lib.sh
echo a
return 3
## END
## STDOUT:
a
T 3
## END
## status: 3

#### bash gives up a line of a file and goes on with the next
. ./lib.sh; echo same
echo end
## FILE: lib.sh
echo $((1/0)); echo no
echo b
f() { echo $((1/0)); echo no; }
f; echo no
echo c
( echo $((1/0)); echo no )
echo d $?
## END
## STDOUT:
b
c
d 1
same
end
## END

#### two dashes and arguments
. -- ./lib.sh a
. ./lib.sh -- b
## FILE: lib.sh
echo "$@"
## END
## STDOUT:
a
-- b
## END

#### an unset variable among the arguments
set -u
. ./lib.sh "$nope"
echo end
## FILE: lib.sh
echo "$@"
## END
## status: 1

#### substitutions among the arguments
. ./lib.sh "$(echo a; exit 3)" $?
echo end
## FILE: lib.sh
echo $? "$@"
## END
## STDOUT:
3 a 3
end
## END

#### a file reads standard input
echo "1
2
3" >in
exec <in
. ./lib.sh
read b
echo b $b
## FILE: lib.sh
read a
echo a $a
## END
## STDOUT:
a 1
b 2
## END

#### functions of a file in substitutions and pipelines
. ./lib.sh
x=$(f a)
echo $x
f $(f b)
g() { f "$(f c)"; }
g | cat
g
## FILE: lib.sh
f() { echo "<$1 $LINENO ${BASH_SOURCE[0]} ${FUNCNAME[*]}>"; }
## END
## STDOUT:
<a 1 ./lib.sh f main>
<<b 1 ./lib.sh f main>
<<c 1 ./lib.sh f g main> 1 ./lib.sh f g main>
<<c 1 ./lib.sh f g main> 1 ./lib.sh f g main>
## END

#### a file redefines a function
f() { echo early; }
if true; then
  f
  . ./lib.sh
  f
fi
f
## FILE: lib.sh
f() { echo late; }
## END
## STDOUT:
early
late
late
## END

#### an exported function of a file
. ./lib.sh
bash -c f
export -f f
bash -c f
declare -f f
declare -F
## FILE: lib.sh
f() { echo f; }
export -f f
## END
## STDOUT:
f
f
f () 
{ 
    echo f
}
declare -fx f
## END

#### getopts in a file
set -- -a -b v x
. ./lib.sh
echo $OPTIND
## FILE: lib.sh
while getopts ab: o; do echo $o $OPTARG; done
shift $((OPTIND-1))
echo $*
## END
## STDOUT:
a
b v
x
4
## END

#### long loops in a file
. ./lib.sh
echo $s $n
## FILE: lib.sh
n=0
for i in 1 2 3 4 5 6 7 8 9 10; do s=$((s+i)); done
while [ $n -lt 7 ]; do n=$((n+1)); /bin/true; done
## END
## STDOUT:
55 7
## END

#### a file signals the script
trap "echo got" USR1
. ./lib.sh
echo end
## FILE: lib.sh
kill -USR1 $$
echo after
## END
## STDOUT:
got
after
end
## END

#### umask, directory and options set in a file
. ./lib.sh
umask
pwd | sed "s|.*/||"
## FILE: lib.sh
umask 077
mkdir -p q
cd q
shopt -s nullglob
set -f
echo *
## END
## STDOUT:
*
0077
q
## END

#### extended patterns turned on in a file
. ./lib.sh
shopt -q extglob && echo on
## FILE: lib.sh
shopt -s extglob
echo @(l|t)*
## END
## STDOUT:
lib.sh
on
## END

#### a file of settings
. ./conf.env
echo "$A|$B|$C|$D"
set -a
. ./conf.env
set +a
env | grep ^[ABCD]= | sort
## FILE: conf.env
A=1
B="two words"
C=$A$B
export D=4
# done
## END
## STDOUT:
1|two words|1two words|4
A=1
B=two words
C=1two words
D=4
## END

#### the process id in a file that is read
id=$$
. ./lib.sh
[ "$own" = $$ ] && echo same
ls lib.sh
f && f
## FILE: lib.sh
[ $$ = "$id" ] && echo "lib same"
own=$$
f() { [ $$ = "$id" ] && echo "f same"; }
## END
## STDOUT:
lib same
same
lib.sh
f same
f same
## END

#### the process id in a file that a loop reads
id=$$
for i in 1 2; do . ./lib.sh; done
[ "$own" = $$ ] && echo same
ls lib.sh
f
## FILE: lib.sh
[ $$ = "$id" ] && echo "lib same"
own=$$
f() { [ $$ = "$id" ] && echo "f same"; }
## END
## STDOUT:
lib same
lib same
same
lib.sh
f same
## END

#### the process id in a file that a function reads, with its output elsewhere
id=$$
g() { . ./lib.sh; }
g > out
cat out
. ./lib.sh >> out
[ "$own" = $$ ] && echo same
f
## FILE: lib.sh
[ $$ = "$id" ] && echo "lib same"
own=$$
f() { [ $$ = "$id" ] && echo "f same"; }
## END
## STDOUT:
lib same
same
f same
## END

#### the process id in a file of a name that a variable holds
id=$$
n=lib
if [ -r lib.sh ]; then . "./$n.sh"; fi
[ "$own" = $$ ] && echo same
f
## FILE: lib.sh
[ $$ = "$id" ] && echo "lib same"
own=$$
f() { [ $$ = "$id" ] && echo "f same"; }
## END
## STDOUT:
lib same
same
f same
## END

#### BASH_COMMAND in an ERR trap that judges the reading of a file
trap 'echo "$LINENO: $BASH_COMMAND"' ERR
. ./lib.sh
(. ./lib.sh)
echo end
## FILE: lib.sh
echo lib
return 3
## END
## STDOUT:
lib
2: . ./lib.sh
lib
3: ( . ./lib.sh )
end
## END

#### a subshell in a file ends within redirections, and runs its EXIT trap there
. ./lib.sh
echo "rc=$?"
## FILE: lib.sh
set -u
(trap 'echo "over $?"' EXIT; { { echo a; } > $nope; echo never; } > f; echo never)
(trap 'echo "over $?"' EXIT; { { cat; } <<< "$nope"; } > f; echo never)
(trap 'echo "over $?"' EXIT; { { echo a; } > /nonexistent/a; echo "$?"; { echo b; exit 4; } > g; } > f; echo never)
echo "$?"; cat f g
(trap 'echo over $?' EXIT; { echo a; exit 5; } > g); cat g
echo | { trap 'echo over $?' EXIT; { echo a; exit 6; } > g; }; cat g
(set -e; trap 'echo over $?' EXIT; { echo a; false; } > g); cat g
(set -e; trap 'echo over $?' EXIT; f() { { echo a; false; } > g; }; f); cat g
## END
## STDOUT:
4
1
b
over 4
a
over 5
a
over 6
a
over 1
a
over 1
rc=0
## END

#### errexit within redirections in a file ends the script
. ./lib.sh
echo "rc=$?"
## FILE: lib.sh
set -e
trap 'echo over $?; cat g' EXIT
{ echo a; false; } > g
## END
## STDOUT:
over 1
a
## END
## status: 1

#### errexit in a function that a file calls runs the EXIT trap within that
. ./lib.sh
echo "rc=$?"
## FILE: lib.sh
set -e
cleanup() { echo "c ${FUNCNAME[*]} ${BASH_LINENO[*]} $LINENO $v"; }
trap cleanup EXIT
f() { local v=3; false; echo no; }
f
## END
## STDOUT:
c cleanup f source main 1 5 1 0 2 
## END
## status: 1

#### lines of redirections in a file
exec 3>&1
. ./lib.sh
sed 's/.*: line/line/' messages
## FILE: lib.sh
for i in 1; do
 { :; } <<< $(echo 4:$LINENO >&3)
 while :; do
  break
 done <<< $(echo 7:$LINENO >&3)
 case x in
 x) { :; } <<< $(echo 9:$LINENO >&3) ;;
 esac
done
( while read -r x; do echo "$x"; done <<< $LINENO
)
k=0
until [ $k -ge 2 ]; do
 k=$((k+1))
 while read -r x; do echo "$x"; done <<< $LINENO
done
if true; then

 { echo; } 2>>messages <nosuch
fi
## END
## STDOUT:
4:1
7:1
9:6
11
16
16
line 20: nosuch: No such file or directory
## END

#### a file whose last line ends with a program is read in a substitution
y=$(. ./lib.sh
echo "rc=$?")
echo "$y"
f() { . ./lib.sh; echo "f $?"; }
y=$(f; echo "rc=$?"; eval 'ls >/dev/null; cat /dev/null'; echo "$?"); echo "$y"
x=./lib.sh
y=$( . "$x"; echo "rc=$?"; eval 'exit 3'; echo no ); echo "$? $y"
y=$( . "$x"; echo "rc=$?"; eval 'echo $((1/0))'; echo no ); echo "$? $y"
## FILE: lib.sh
v=1
ls >/dev/null; cat /dev/null
## END
## STDOUT:
rc=0
f 0
rc=0
0
3 rc=0
1 rc=0
## END

#### a file whose last line ends with a program is read in a stage
{
f=./lib.sh
. "$f"
echo "rc=$?"
} | cat; echo "rc=${PIPESTATUS[*]}"
{ . "$f"; echo rc; } | { . "$f"; echo rc2; cat; }
( { . "$f"; echo rc; } | cat; echo b )
{ . "$f"; echo rc; } & wait
for i in 1 2; do . "$f"; echo $i; done | cat
if :; then . "$f"; echo rc; fi | cat
f() { . "$f"; echo f; }
f | cat
{ y=$(f; echo y); echo "$y"; } | cat
## FILE: lib.sh
v=1
ls >/dev/null; cat /dev/null
## END
## STDOUT:
rc=0
rc=0 0
rc2
rc
rc
b
rc
1
2
rc
f
f
y
## END

#### a file that is read in a stage or a substitution lists no traps but the script's
f() { . ./lib.sh; }
f | cat
x=$(f; echo after); echo "$x"
f | while read -r line; do echo "[$line]"; done
## FILE: lib.sh
trap -p
trap '' USR1
trap 'echo usr2' USR2
(cat /dev/null; trap)
## END
## STDOUT:
trap -- '' SIGUSR1
trap -- 'echo usr2' SIGUSR2
trap -- '' SIGUSR1
trap -- 'echo usr2' SIGUSR2
after
[trap -- '' SIGUSR1]
[trap -- 'echo usr2' SIGUSR2]
## END

#### lines in the functions of a file that is made as the script runs, with here-documents, comments and functions in functions
cat >lib <<'END'
# f() prints its lines; g() too
f() {
  cat <<X
}
X
  echo "f $LINENO $(
    echo $LINENO)"
}
function g
{
  inner() { echo "inner $LINENO"; }
  case $1 in
    a) echo "g $LINENO" ;;
  esac
  inner

} 2>&1
h() ( echo "h $LINENO" )
é() { echo "é $LINENO"; }
END
. ./lib
f
g a
inner
h
é
echo $LINENO
## STDOUT:
}
f 7 7
g 13
inner 11
inner 11
h 18
é 19
28
## END

#### Shells of their own that go on from a file are not judged by set -e where they are conditions
set -e
echo 'sleep 0 & wait $!; false; echo lib' >lib
( . ./lib; false; echo one; exit 4 ) || echo "or $?"
if ( for i in 1 2; do . ./lib; false; echo two; done ); then echo then; fi
x=$(. ./lib; false; echo three; exit 5) || echo "or $? $x"
! { . ./lib; false; echo four; } | cat
f() { (. ./lib; false; echo five); echo f; }
f || echo never
( . ./lib; echo never )
## STDOUT:
lib
one
or 4
lib
two
lib
two
then
or 5 lib
three
lib
four
lib
five
f
## END
## status: 1

#### A subshell that is a condition goes on from a file that sets a trap for every command
set -e
echo 'trap "echo command" DE''BUG' >lib
( . ./lib; false; echo a ) || echo or
## STDOUT:
command
command
a
## END

#### errexit within redirections in a file ends the script, behind steps of a shell that stays
. ./lib.sh
echo "rc=$?"
## FILE: lib.sh
set -e
trap 'echo over $?; cat g' EXIT
{ echo a; x=1; x=2; echo b; x=4; echo c; false; } > g
## END
## STDOUT:
over 1
a
b
c
## END
## status: 1
