# Variables to which bash gives values: what becomes of them when they are unset, or given others.

#### unset LINENO is an ordinary variable
unset LINENO
echo "A $LINENO"
f() { echo "f $LINENO"; }
f
LINENO=3
echo "B $LINENO"
echo "C $LINENO"
## STDOUT:
A 
f 
B 3
C 3
## END

#### unset SECONDS, EPOCHSECONDS, RANDOM
unset SECONDS EPOCHSECONDS RANDOM
echo "[$SECONDS] [$EPOCHSECONDS] [$RANDOM]"
RANDOM=7
true
echo "$RANDOM" "$RANDOM"
(echo "$RANDOM")
## STDOUT:
[] [] []
7 7
7
## END

#### unset FUNCNAME keeps no calls
unset FUNCNAME
f() { echo "[${FUNCNAME-unset}]"; true; echo "[${#FUNCNAME[@]}]"; }
f
FUNCNAME=x
f
## STDOUT:
[unset]
[0]
[x]
[1]
## END

#### unset -f of such a name is of a function
LINENO() { echo called; }
LINENO
unset -f LINENO
echo "$LINENO"
## STDOUT:
called
4
## END

#### BASH_VERSION and BASH keep what they are given
BASH_VERSION=mine
BASH=other
true
echo "$BASH_VERSION $BASH"
f() { echo "$BASH_VERSION"; }
f
(echo "$BASH")
## STDOUT:
mine other
mine
other
## END

#### BASH_VERSION is a variable like others
f() {
  local BASH_VERSION=inner
  true
  echo "$BASH_VERSION"
  g
}
g() { echo "g $BASH_VERSION"; }
show() { case $BASH_VERSION in [1-9]*.*) echo number ;; *) echo "[${BASH_VERSION-unset}]" ;; esac; }
show
f
show
(BASH_VERSION=sub; true; show)
show
for BASH_VERSION in a b; do true; show; done
BASH_VERSION+=c
show
export BASH_VERSION
true
env | grep '^BASH_VERSION='
bash -c 'case $BASH_VERSION in [1-9]*) echo number ;; esac'
x=$(BASH_VERSION=y; show); echo "$x"
BASH_VERSION=z true
show
unset BASH_VERSION
true
show
bash -c 'case $BASH_VERSION in [1-9]*) echo number ;; esac'
[[ $BASH_VERSION ]] || BASH_VERSION=$(echo new)
true
show
readonly BASH_VERSION
true
(BASH_VERSION=no) 2>/dev/null || echo read-only
show
declare -p BASH_VERSION
## STDOUT:
number
inner
g inner
number
[sub]
number
[a]
[b]
[bc]
BASH_VERSION=bc
number
[y]
[bc]
[unset]
number
[new]
read-only
[new]
declare -r BASH_VERSION="new"
## END

#### BASH_SUBSHELL counts on from what it is given
BASH_SUBSHELL=50
true
echo $BASH_SUBSHELL
(echo $BASH_SUBSHELL)
## STDOUT:
50
51
## END

#### COMP_WORDBREAKS is read by read
read -r COMP_WORDBREAKS <<< abc
true
echo "$COMP_WORDBREAKS"
## STDOUT:
abc
## END

#### BASH_VERSION is only compared
[ "$BASH_VERSION" = x ] || echo differs
[[ $BASH_VERSION == 5* || $BASH_VERSION == 4* ]] && echo known
## STDOUT:
differs
known
## END

#### export REPLY that has no value
true
export REPLY
true
echo "[${REPLY-unset}]"
readonly MAPFILE
echo "[${MAPFILE-unset}]"
## STDOUT:
[unset]
[unset]
## END

#### set does not list EPOCHSECONDS before it was read
true
set | grep -c '^EPOCHSECONDS='
## status: 1
## STDOUT:
0
## END

#### forms of $!
true & wait
x=$!
t=${!-none}; [[ $t = "$x" ]]; echo $?
t=${!:-none}; [[ $t = "$x" ]]; echo $?
t=${!:+some}; echo "$t"
## STDOUT:
0
0
some
## END

#### no job yet
echo "${!-none}"
echo "${!:-none}"
## STDOUT:
none
none
## END

#### $_ behind loops, case and functions whose commands are steps
echo init
echo begin=$_
for x in 1 2; do
  echo prev=$_
done
for x in a b; do :; done; echo $_
case $x in a) echo 1 $_;; b) echo 2 $_;; esac; echo $_
i=0; while [ $i -lt 2 ]; do echo "<$_>"; i=$((i+1)); echo "w $_"; done; echo "done $_"
f() { echo "in $_"; for q in "$@"; do echo "$q $_"; done; }
f x y; echo "out $_"
case $(echo hello) in h*) echo "c $_";; esac
for z in $(echo a b); do echo "z $_"; done
for ((i=0;i<2;i++)); do echo "[$_]"; done; echo "$_"
## STDOUT:
init
begin=init
prev=begin=init
prev=prev=begin=init
:
2 :
:
<]>
w 
<]>
w 
done ]
in done ]
x in done ]
y x in done ]
out y
c out y
z c out y
z z c out y
[z z c out y]
[[z z c out y]]
[[z z c out y]]
## END

#### RANDOM seeded by other than an assignment
s=7; eval "RANDOM=$s"; a=$RANDOM; b=$RANDOM; read RANDOM <<< 7; c=$RANDOM; d=$RANDOM; [ $a$b = $c$d ] && echo same
v=RANDOM; declare $v=7; a=$RANDOM; b=$RANDOM; printf -v $v 7; c=$RANDOM; d=$RANDOM; [ $a$b = $c$d ] && echo again
((RANDOM=7)); a=$RANDOM; b=$RANDOM; let RANDOM=7; c=$RANDOM; d=$RANDOM; [ $a$b = $c$d ] && echo arithmetic
## STDOUT:
same
again
arithmetic
## END

#### RANDOM seeded by what arithmetic evaluates
x=(1 2 3)
: ${x[RANDOM=1]}
a=$RANDOM
b=$RANDOM
RANDOM=1
c=$RANDOM
d=$RANDOM
[ "$a $b" = "$c $d" ] && echo same
## STDOUT:
same
## END

#### RANDOM seeded in a condition
[[ RANDOM=1 -gt 0 ]]
a=$RANDOM
b=$RANDOM
RANDOM=1
c=$RANDOM
d=$RANDOM
[ "$a $b" = "$c $d" ] && echo same
## STDOUT:
same
## END

#### RANDOM seeded by a value that is evaluated
y='RANDOM=1'
: $((y))
a=$RANDOM
b=$RANDOM
RANDOM=1
c=$RANDOM
d=$RANDOM
[ "$a $b" = "$c $d" ] && echo same
## STDOUT:
same
## END

#### RANDOM seeded through a function that is given its name
seed() { read -r "$1" <<< 1; }
seed RANDOM
a=$RANDOM
b=$RANDOM
RANDOM=1
c=$RANDOM
d=$RANDOM
[ "$a $b" = "$c $d" ] && echo same
## STDOUT:
same
## END

#### HISTFILESIZE truncates the history file once
printf '1\n2\n3\n4\n' > hf
HISTFILE=hf
echo $HISTFILE
HISTSIZE=2
echo $HISTSIZE
HISTFILESIZE=3
wc -l < hf
printf '1\n2\n3\n4\n5\n' > hf
echo a
wc -l < hf
unset HISTFILE; echo ${HISTFILE-none} $HISTFILESIZE
readonly HISTFILE=hf
echo b
wc -l < hf; rm hf
unset HISTFILESIZE
echo $HISTFILE
## STDOUT:
hf
2
3
a
5
none 3
b
5
hf
## END

#### BASH_ARGV0 exported
export BASH_ARGV0=this-bash
bash -c 'echo $0 $BASH_ARGV0'
unset BASH_ARGV0
## STDOUT:
this-bash this-bash
## END

#### $_ behind lines that were given up
a=:x
: q; : r
echo $((a))
echo "p $_"
sh $((a))
echo "r $_"
: 'a b:c'; echo $((a)); echo no
echo "s $_"
f() { : in; echo $((a)); echo no; }
f arg
echo "t $_"
for i in z:z; do : "$i"; done
( echo $((a)) ); echo "u $_"
x=$(echo $((a))); echo "v $_"
readonly r=1
: last
r=2
echo "w $_"
## STDOUT:
p r
r p r
s a b:c
t in
u z:z
v 
w last
## END

#### variables that bash computes, exported
export UID LINENO
ls >/dev/null
env | grep -c '^UID=[0-9]'
env | grep '^LINENO='
declare -x SECONDS
ls >/dev/null
env | grep -c '^SECONDS='
## STDOUT:
1
LINENO=2
1
## END

#### COMP_WORDBREAKS that is given a value and exported
COMP_WORDBREAKS=
export COMP_WORDBREAKS
env | grep COMP_
declare -p COMP_WORDBREAKS
f() { local x=1; echo "[$COMP_WORDBREAKS]"; (echo "${COMP_WORDBREAKS-unset}"); }
f; echo "[$COMP_WORDBREAKS]"
if true; then
  COMP_WORDBREAKS='a b'

  export COMP_WORDBREAKS
fi
y=$(env | grep COMP_); echo "$y"
for i in $COMP_WORDBREAKS; do echo "$i"; done
export -n COMP_WORDBREAKS
env | grep -c COMP_
echo "$COMP_WORDBREAKS"
## STDOUT:
COMP_WORDBREAKS=
declare -x COMP_WORDBREAKS=""
[]

[]
COMP_WORDBREAKS=a b
a
b
0
a b
## END

#### COMP_WORDBREAKS whose later values the environment does not show
COMP_WORDBREAKS=
export COMP_WORDBREAKS
env | grep COMP_
(COMP_WORDBREAKS=q; env | grep COMP_; echo "$COMP_WORDBREAKS")
COMP_WORDBREAKS+=$'a'
env | grep COMP_
echo "[$COMP_WORDBREAKS]"
COMP_WORDBREAKS=z env | grep COMP_
## STDOUT:
COMP_WORDBREAKS=
COMP_WORDBREAKS=
q
COMP_WORDBREAKS=
[a]
COMP_WORDBREAKS=z
## END

#### PPID in what a child runs, and in what none does
a='x' b="$PPID" c='y'
[ "$b" = "$PPID" ] && echo same
[ "$(bash -c 'echo $PPID')" = $$ ] && echo child
[ "$(bash -c "echo \$PPID")" = $$ ] && echo quoted
[ "$(bash <<'X'
echo $PPID
X
)" = $$ ] && echo document
## STDOUT:
same
child
quoted
## END
## status: 1

#### a quoted dollar before an expansion, in eval, and a value that makes it a process id
name=v v='a  b'
eval "echo \"\$$name\""; eval echo \$$name \$${name}
y=$(eval echo \$$name); echo "$y"
pid=$$; d='$'
[ "$(eval "echo \$$d")" = "$pid" ] && echo "its own"
eval "p=\\$$"; [ "$p" = "\$" ] || [ "$p" = '$$' ] || echo "p is no text"
## STDOUT:
a  b
a b a b
a b
its own
p is no text
## END

#### a quoted dollar before an expansion, in eval alone
v='a  b' name=v
f() { eval "echo \"\$$1\""; eval "$1=\"\$$1 more\""; }
f name; echo "$name"; f v; echo "$v"
for i in 1 2; do eval "x$i=$i"; eval "y=\$x$i"; eval echo \$$(echo y); done
eval 'k=\$$name'; echo "$k"
## STDOUT:
v
v more
a  b
a  b more
1
2
$v more
## END

#### a process id with an operation on it
id=$$
[ "${$: -3}" = "${id: -3}" ] && echo slice
[ "${#$}" = "${#id}" ] && echo length
[ "${$%x}" = "$id" ] && echo suffix
[ "${$:-none}" = "$id" ] && echo default
echo $((20000 + 10#${$: -2} - 10#${id: -2}))
## STDOUT:
slice
length
suffix
default
20000
## END

#### BASH_ARGC within a function, where nothing has asked for it before
f() { declare -p BASH_ARGV BASH_ARGC; }
f a b
## STDOUT:
declare -a BASH_ARGV=()
declare -a BASH_ARGC=()
## END

#### what a function on the first line lists
f() { typeset | grep -E "^(BASH_ARGC|SEC\w*|FUNCNAME)="; local x=1; typeset | grep -c '^x='; }
f
## STDOUT:
BASH_ARGC=()
FUNCNAME=([0]="f" [1]="main")
1
## END

#### SECONDS as a number only, until it has been read
SECONDS=123+456
echo "$SECONDS"
SECONDS=1+2
echo "$SECONDS"
## STDOUT:
0
3
## END

#### a process id in a text that is evaluated by way of another command
x='v=$$'
builtin eval "$x"; [ "$v" = "$$" ] && echo builtin
v=
command eval "$x"; [ "$v" = "$$" ] && echo command
## STDOUT:
builtin
command
## END

#### a process id in a text that words evaluate which only run time knows
x='v=$$'
e=eval
$e "$x"; [ "$v" = "$$" ] && echo variable
for c in 'builtin eval' 'command eval'; do
  v=
  $c "$x"; [ "$v" = "$$" ] && echo "$c"
done
## STDOUT:
variable
builtin eval
command eval
## END

#### a process id in a text that words evaluate which are handed on
run() { "$@"; }
same() { [ "$$" = "$1" ] && echo "$2"; }
run same $$ words
run command eval 'same $$ text'
set -- eval '[ $$ = '$$' ] && echo given'
"$@"
## STDOUT:
words
text
given
## END

#### a process id in an alias
shopt -s expand_aliases
alias x='echo $$'
[ "$(x)" = "$$" ] && echo alias
## STDOUT:
alias
## END

#### a process id in a callback
f() { [ "$1" = "$$" ] && echo "$3"; }
printf 'a\nb\n' > l
mapfile -t -c 1 -C 'f $$' lines < l
## STDOUT:
a
b
## END

#### a process id in a prompt
x='$$'
[ "${x@P}" = "$$" ] && echo prompt
## STDOUT:
prompt
## END

#### a process id in the prompt of a trace
PS4='+$$ '
p=$$
exec 2> trace
set -x
echo a
set +x
grep -c "^+$p " trace
rm trace
## STDOUT:
a
2
## END

#### a process id in a subscript that is expanded once more
x='a[$$]'
a[$$]=7
echo $((x))
[[ -v 'a[$$]' ]] && echo set
printf -v 'a[$$]' %s q
echo "${a[$$]}"
unset 'a[$$]'
echo "${#a[@]}"
## STDOUT:
7
set
q
0
## END

#### BASHPID in a text that is evaluated, and in arithmetic
x='v=$BASHPID'
y=$BASHPID
command eval "$x"; [ "$v" = "$y" ] && echo text
a[y]=5
echo $((a[BASHPID]))
z='a[BASHPID]'
echo $((z))
## STDOUT:
text
5
5
## END

#### a process id in a text that is not what is evaluated: that matches a plain assignment
for i in 'skip=12' 'skip=1$$' 'skip=$$' 'v=a b' 'skip=123'; do
  case $i in
  skip=[0-9] | skip=[0-9][0-9] | skip=[0-9][0-9][0-9]) eval "$i"; echo "$skip" ;;
  *) echo "other" ;;
  esac
done
cat << 'X' > out
$$
X
cat out
## STDOUT:
12
other
other
other
123
$$
## END

#### a process id in a text that may be what is evaluated
i='skip=$$'
case "$i" in
  skip=??) eval "$i"; echo "$((skip - $$))" ;;
esac
case "$i" in
  a) ;;
  skip=[!a][$]) eval "$i"; echo "$((skip - $$))" ;;
esac
i=a=1
case $i in
  a=1) i='a=$$'; eval "$i"; echo "$((a - $$))" ;;
esac
i=a=1
case $i in
  a=1) i='b=$$';;&
  a=[0-9]) eval "$i"; echo "$((b - $$))" ;;
esac
## STDOUT:
0
0
0
0
## END

#### a message that names BASHPID evaluates nothing
parent=$BASHPID
test -n "$parent" || echo "empty BASHPID in parent"
(
  child=$BASHPID
  test "$parent" != "$child" && echo 'BASHPID of a subshell, another BASHPID'
)
echo "$(declare -p BASHPID > /dev/null; [ "$BASHPID" != "$parent" ] && echo other BASHPID)"
## STDOUT:
BASHPID of a subshell, another BASHPID
other BASHPID
## END

#### PPID with an operation, and in arithmetic
[ $(($PPID)) = $PPID ] && echo arithmetic
(($PPID == ${PPID})) && echo command
[ "${PPID#x}" = $PPID ] && echo operation
## STDOUT:
arithmetic
command
operation
## END

#### what follows the last that may read a seeded RANDOM
first() { echo $RANDOM; }
other() { echo "other $1"; }
other before
RANDOM=5
a=$(first)
b=$RANDOM
RANDOM=5
other between
c=$RANDOM
[ "$b" = "$c" ] && echo same
other after
cat <<< "still after"
(other inner; exit 3)
echo "$?"
## STDOUT:
other before
other between
same
other after
still after
other inner
3
## END

#### a seeded RANDOM that is read much later, without its name
RANDOM=5; a=$RANDOM b=$RANDOM
RANDOM=5
echo one; n=RAND
echo two; n=${n}OM
x=$((n))
[ "$x" = "$a" ] && echo same
read -r name <<< '$RANDOM'
echo three
eval "y=$name"
[ "$y" = "$b" ] && echo again
RANDOM=5
echo four
{ echo 'later=$RANDOM'; } > lib
. ./lib
[ "$later" = "$a" ] && echo 'from a file'
RANDOM=5
echo five
set > all
grep -q "^RANDOM=5\$" all && echo listed
rm all
RANDOM=5
echo six
late() { echo "in late"; [ "$RANDOM" = "$a" ] && echo 'in a function'; }
late
RANDOM=5
for i in 1 2; do
  echo "pass $i"
  [ $i = 2 ] && [ "$RANDOM" = "$b" ] && echo 'in the next pass'
  : "$RANDOM"
done
RANDOM=5
echo seven
cat << END | grep -q "<$a>" && echo 'in a document'
<$RANDOM>
END
echo end
## STDOUT:
one
two
same
three
again
four
from a file
five
listed
six
in late
in a function
pass 1
pass 2
in the next pass
seven
end
## END

#### read-only variables that bash computes
readonly SECONDS
declare -r DIRSTACK
(SECONDS=6; echo no) 2>/dev/null
(DIRSTACK=6; echo no) 2>/dev/null
echo $?
## STDOUT:
1
## END

#### a directory with attributes
declare -u PWD
mkdir -p low
cd low
echo ${PWD##*/}
f() { echo f; }
f | cat
cd ..
typeset -l OLDPWD=ABC
echo $OLDPWD
## STDOUT:
LOW
f
abc
## END

#### the last argument and PIPESTATUS in a list of all variables
echo a b
: "$(echo c)"
set | grep ^_=
true $(:)
declare | grep ^_=
false | (exit 3) | true
declare -p | grep PIPE
set | grep PIPE
(exit 4) | false
typeset +f | grep PIPE
(exit 5) | true
set $nothing >list
grep ^PIPE list
rm list
## STDOUT:
a b
_=c
_=true
declare -a PIPESTATUS=([0]="1" [1]="3" [2]="0")
PIPESTATUS=([0]="0" [1]="0")
PIPESTATUS=([0]="4" [1]="1")
PIPESTATUS=([0]="5" [1]="0")
## END

#### LINENO behind a group with a subshell as a stage
:
{
! none     | (:; ) | cat  || ls -d /
}
echo $LINENO
if :; then
  (:) | :
else
  :
fi
echo $LINENO
f() {
  (:) | :

}
f
echo $LINENO
## STDOUT:
/
4
7
13
## END

#### a command of several lines that an error gives up leaves the count of lines where it stood
for i in 1 2; do
  echo $((1/0))
  echo x
done
echo "$LINENO is 5"
f() {
  echo "in f $LINENO"
  : $((1/0))
}
echo "$LINENO is 10"
if
  f
then
  :
fi
echo "$LINENO is 16"
{
  x=$((1/0))

} >/dev/null
g() { echo "g $LINENO"; caller; }
g
case a in
  a) cat <<END
$LINENO $((1/0))
END
  ;;
esac
echo "$LINENO is 29"
## STDOUT:
3 is 5
8 is 10
in f 5
11 is 16
g 14
15 ../t.sh
22 is 29
## END
## STDERR:
../t.sh: line 2: 1/0: division by 0 (error token is "0")
../t.sh: line 6: 1/0: division by 0 (error token is "0")
../t.sh: line 13: 1/0: division by 0 (error token is "0")
../t.sh: line 17: 1/0: division by 0 (error token is "0")
## END

#### lines that share a step after one of them was given up
printf '#!/bin/sh\necho "p $*"\n' >p.sh; chmod +x p.sh
while :; do
  : $((1/0))
  break
done
echo "$LINENO is 6"
./p.sh $LINENO is 7
f() {
  echo "in f $LINENO"
  ./p.sh in f $LINENO
}
if true; then
  f $((1/0))
  :
fi
echo "$LINENO"
f
./p.sh $LINENO
## STDOUT:
4 is 6
p 5 is 7
12
in f 7
p in f 8
p 14
## END
## STDERR:
../t.sh: line 3: 1/0: division by 0 (error token is "0")
../t.sh: line 11: 1/0: division by 0 (error token is "0")
## END

#### lines that a file gives up are counted as its own
cat >lib.sh <<'END'
echo "lib $LINENO"
if true; then
  x=$((1/0))
  echo no
fi
echo "lib $LINENO is 6"
h() {
  echo "h $LINENO is 8"
}
END
if true; then
  : $((1/0))
  :
fi
. ./lib.sh
echo "$LINENO is 17"
h
ls /nonexistent-$LINENO 2>&1 | sed 's/.*non/non/'
## STDOUT:
lib 1
lib 4 is 6
15 is 17
h 6 is 8
nonexistent-17': No such file or directory
## END
## STDERR:
../t.sh: line 13: 1/0: division by 0 (error token is "0")
./lib.sh: line 3: 1/0: division by 0 (error token is "0")
## END

#### The shell whose id $$ is was started as the script's caller starts it
tr '\0' '\n' </proc/$$/cmdline | grep -cx -e --
## STDOUT:
0
## END
## status: 1

#### what a filter takes of a list of variables at the start
set | grep '^no_such_variable'
## STDOUT:
## END
## status: 1

#### With an IFS that has bash take arrays apart, functions and statuses are still there
f() { echo "f $#: $1"; false | true; echo "${PIPESTATUS[0]}"; g "$@" ""; return 3; }
g() { for i; do echo "<$i>"; done; h=$(f2 "$@" 'p q'); echo "$h"; ls /nonexistent; }
f2() { echo "$# $*"; }
IFS=$'\001'
f "a b" $'x\001y'
echo $?
false | true
echo "p: ${PIPESTATUS[*]}"
a=("1 2" 3)
f "${a[0]}"
set -- z y
c=f
$c "q r"
x=$($c "q r" t)
echo "$x"
while getopts abc: o -abc 5; do echo $o; f $o; done
declare -f f2
## stdout-json: "f 2: a b\n1\n<a b>\n<x\u0001y>\n<>\n4 a b\u0001x\u0001y\u0001\u0001p q\n3\np: 1\u00010\nf 1: 1 2\n1\n<1 2>\n<>\n3 1 2\u0001\u0001p q\nf 1: q r\n1\n<q r>\n<>\n3 q r\u0001\u0001p q\nf 2: q r\n1\n<q r>\n<t>\n<>\n4 q r\u0001t\u0001\u0001p q\na\nf 1: a\n1\n<a>\n<>\n3 a\u0001\u0001p q\nb\nf 1: b\n1\n<b>\n<>\n3 b\u0001\u0001p q\nc\nf 1: c\n1\n<c>\n<>\n3 c\u0001\u0001p q\nf2 () \n{ \n    echo \"$# $*\"\n}\n"

#### Where IFS is an array, functions and statuses are still there
f() { echo "f $1"; ls /nonexistent; }
IFS=(: x)
f a
x=a:b
for w in $x; do f "$w"; done
false | true
echo "p: ${PIPESTATUS[*]}"
declare -p IFS
## stdout-json: "f a\nf a:b\np: 1\u00010\ndeclare -a IFS=([0]=\":\" [1]=\"x\")\n"

#### A variable that the shell starts with and that is declared without a value has none
unset IFS; declare IFS
x='a b'
for w in $x; do echo $w; done
echo ${IFS-unset}
declare -p IFS
unset HOME; declare HOME
echo ${HOME-unset}
## STDOUT:
a
b
unset
declare -- IFS
unset
## END

#### Where OPTIND is read-only, getopts answers what it does in one shell
declare -r OPTIND=2
echo a
getopts ab o -a -b; echo $? $o
echo $OPTIND
## STDOUT:
a
0 b
2
## END

#### A message that goes to the descriptor which bash reads the script from is not written
echo a
echo b >&255
echo $?
echo c >&255 2>/dev/null
echo d
## STDOUT:
a
1
d
## END

#### SECONDS is listed from when it has been read
f() { set | grep -a -c -E '^(SECONDS|EPOCHSECONDS)='; }
echo a
f
: $SECONDS
f
: $EPOCHSECONDS
f
## STDOUT:
a
0
1
2
## END

#### A function that lists its variables has the last argument of before its call
f() { set > list; grep -a '^_=' list; rm list; }
echo a b
f z
false | true
f
## STDOUT:
a b
_=b
_=z
## END

#### IGNOREEOF has the value that it was given
IGNOREEOF=3
echo $IGNOREEOF
set -o | grep ignoreeof
f() { local IGNOREEOF=4; echo $IGNOREEOF; set -o | grep ignoreeof; echo $IGNOREEOF; }
f
echo $IGNOREEOF
unset IGNOREEOF
set -o | grep ignoreeof
f
set -o | grep ignoreeof
echo "${IGNOREEOF-none}"
set -o ignoreeof
echo $IGNOREEOF
ignoreeof=5
echo "$ignoreeof ${IGNOREEOF-none}"
## STDOUT:
3
ignoreeof      	on
4
ignoreeof      	on
4
3
ignoreeof      	off
4
ignoreeof      	on
4
ignoreeof      	off
none
10
5 10
## END

#### POSIX mode ends with the local variable that began it
f() { local POSIXLY_CORRECT=1; set -o | grep posix; echo in; }
f
set -o | grep posix
echo "${POSIXLY_CORRECT-unset}"
## STDOUT:
posix          	on
in
posix          	off
unset
## END

#### the last argument where an error has ended a function is that of the command before
f() { : "$((1/0))"; }
: a
f x
echo "$? $_"
f x y
echo "$? $_"
## STDOUT:
1 a
1 1 a
## END
## STDERR:
../t.sh: line 1: 1/0: division by 0 (error token is "0")
../t.sh: line 1: 1/0: division by 0 (error token is "0")
## END

#### a loop whose variable is `_`
for _ in eone etwo; do
  eval "$_() { echo \"$_ \$*\"; }"
done
eone a
etwo b
f() { echo "f[$_]"; }
for _ in c; do f z; done
for _ in p q; do x=$_; echo "$x"; done
for _ in p q; do case $_ in p) echo P;; *) echo "o $_";; esac; done
for _ in 1 2; do if [ "$_" = 2 ]; then echo "yes $_"; fi; done
for _ in u v; do { echo "$_"; } >o; cat o; done
for _ in u v; do y=$(echo "s $_"); echo "$y"; done
for _ in u v; do echo "$_" | cat; done
for _ in u v; do ( echo "$_" ); done
for _ in u v; do for i in 1; do echo "$_"; done; done
set -- m n
for _; do echo "arg $_"; done
## STDOUT:
eone a
etwo b
f[c]
p
q
P
o q
yes ]
u
v
s u
s v
u
v
u
v
u
v
arg m
arg n
## END

#### `_` as the variable of an arithmetic loop
echo a; for ((_=0; _<2; _++)); do echo "c $_"; break; done
## STDOUT:
a
c 0
## END

#### EPOCHSECONDS is made an array beside traps
trap 'echo exit' EXIT
EPOCHSECONDS=(1)
echo "${EPOCHSECONDS[0]}"
trap 'echo err' ERR
false
declare -p EPOCHSECONDS
## STDOUT:
1
err
declare -a EPOCHSECONDS=([0]="1")
exit
## END

#### comments that name variables of bash, and lines that only look like comments
# A theme for BASH
# declare LINENO, local BASH_SUBSHELL
ls -d .
x='a
#'; BASH_SUBSHELL=5
ls -d .
echo "$BASH_SUBSHELL" "$x"
echo b\
#; BASH_SUBSHELL=7
echo "$BASH_SUBSHELL"
ls -d .; (echo "$BASH_SUBSHELL")
## STDOUT:
.
.
5 a
#
b#
7
.
8
## END

#### what the system knows of the process that has started the script
mapfile -d '' -t a <"/proc/$PPID/cmdline" && [ ${#a[@]} -gt 0 ] && echo read
p=$PPID
c=$(cksum </proc/$p/cmdline)
ls -d .
same() { [ "$(cksum <"$1")" = "$c" ] && echo same; }
same /proc/$PPID/cmdline
f() { local parent="$PPID"; same /proc/$parent/cmdline; ls -d /; same "/proc/${PPID}/cmdline"; }
f
( same /proc/$PPID/cmdline; ls -d / )
cksum </proc/$PPID/cmdline | { read -r y; ls -d .; [ "$y" = "$c" ] && echo same; }
[ /proc/$PPID -ef /proc/$p ] && echo same
x=$(ls -d /; same /proc/$p/cmdline)
echo "$x"
## STDOUT:
read
.
same
same
/
same
same
/
.
same
same
/
same
## END

#### a listing by a function has no SECONDS where another function evaluates texts

# comment
f() {
  g() { set; }
  g
}
f | grep -c '^SECONDS' || echo none
h() { eval "$1"; }
h 'x=1'
f > list
grep -c '^SECONDS' list
rm list
## STDOUT:
0
none
0
## END

#### a document with a process id is written into a file that only run time names, and read
cat >conf <<'S'
echo "same $(( $$ == me ))"
g() { echo "in g $(( $$ == me ))"; }
S
me=$$
x=conf
. "./$(echo $x)"
g
( g )
g | cat
## STDOUT:
same 1
in g 1
in g 1
in g 1
## END

#### a document with a process id is written into a file that a function reads
cat >conf <<'S'
echo "same $(( $$ == me ))"
S
me=$$
read_it() { . "./$1"; }
read_it conf
( read_it conf )
read_it conf | cat
v=$(read_it conf)
echo "$v"
## STDOUT:
same 1
same 1
same 1
same 1
## END

#### a text that only run time knows shows the process id in a subshell
printf '%s\n' 'echo "text $(( $$ == me ))"; k() { echo "k $(( $$ == me ))"; }' >t
me=$$
x=$(cat t)
(eval "$x"; k)
v=$(eval "$x"; k)
echo "$v"
h() { eval "$x"; }
h | cat
for i in 1 2; do (eval "$x"); done
echo end
## STDOUT:
text 1
k 1
text 1
k 1
text 1
text 1
text 1
end
## END

#### a text that only run time knows shows the process id by way of another command
printf '%s\n' 'echo "text $(( $$ == me ))"' >t
me=$$
x=$(cat t)
builtin eval "$x"
e=eval
$e "$x"
command . ./"$(echo t)"
echo end
## STDOUT:
text 1
text 1
text 1
end
## END

#### a handler that only run time knows shows the process id
printf '%s\n' 'echo "text $(( $$ == me ))"' >t
me=$$
x=$(cat t)
trap "$x" EXIT
echo end
## STDOUT:
end
text 1
## END

#### $$ before a list in braces: behind $ it is none
f() { sed "s/$$/P/g"; }
echo $${a,b} | f
for i in $${a,b}; do echo $i; done | f
y=($${a,b}); echo ${#y[@]}
echo `echo $${a,b}` | f
echo $${1..3} x$${a,b}y ${$}{a,b} "$$"{a,b} "$${a,b}" | f
## STDOUT:
P{a,b}
P{a,b}
1
P{a,b}
P{1..3} xP{a,b}y Pa Pb Pa Pb P{a,b}
## END
