# Functions: parameters, dynamic scope, recursion, redefinition, where they can be called from.

#### call with arguments
f() { echo "$# $1 $2"; }
f a 'b c'
## STDOUT:
2 a b c
## END

#### keyword form and forms of bodies
function a { echo a; }
function b() { echo b; }
c() (echo c)
d() if true; then echo d; fi
e() for i in 1 2; do echo e$i; done
a; b; c; d; e
## STDOUT:
a
b
c
d
e1
e2
## END

#### body in a subshell loses changes
f() (x=2; cd /; echo $x)
x=1; f; echo $x; [ "$PWD" != / ] && echo here
## STDOUT:
2
1
here
## END

#### body with arithmetic, test and case
g() (( $1 > 2 ))
t() [[ $1 == a* ]]
c() case $1 in x) echo ex;; esac
g 3 && echo big; g 1 || echo small; t abc && echo a; c x
## STDOUT:
big
small
a
ex
## END

#### positional parameters are restored
set -- out1 out2
f() { echo "$@"; shift; echo "$@"; set -- new; echo "$@"; }
f in1 in2
echo "$@"
## STDOUT:
in1 in2
in2
new
out1 out2
## END

#### dollar zero stays the script's
f() { echo "${0##*/}"; }
f
## STDOUT:
t.sh
## END

#### global variables are shared
x=1
f() { x=2; y=3; }
f; echo $x $y
## STDOUT:
2 3
## END

#### local hides and is undone
x=1
f() { local x=2; echo $x; }
f; echo $x
## STDOUT:
2
1
## END

#### dynamic scope
g() { echo $x; x=g; }
f() { local x=f; g; echo $x; }
x=global
f; echo $x; g; echo $x
## STDOUT:
f
g
global
global
g
## END

#### local without value
x=1
f() { local x; echo "[${x-unset}]"; x=5; }
f; echo $x
## STDOUT:
[unset]
1
## END

#### local in two levels
f() { local v=$1; if [ $v -gt 0 ]; then f $((v-1)); fi; echo $v; }
f 3
## STDOUT:
0
1
2
3
## END

#### local arrays and attributes
f() { local -a a=(1 2); local -i n=2+3; local -r r=c; echo ${#a[@]} $n $r; }
f; echo "[${n-}${r-}]"
## STDOUT:
2 5 c
[]
## END

#### local of a substitution sees the old value
x=1
f() { local x=$x$x; echo $x; }
f
## STDOUT:
11
## END

#### local in a loop
f() { for i in 1 2; do local k=$i; done; echo $k; }
k=0; f; echo $k
## STDOUT:
2
0
## END

#### local dash restores options
f() { local -; set -f; echo $-; }
f | tr -dc f; echo; case $- in *f*) echo leaked;; *) echo ok;; esac
## STDOUT:
f
ok
## END

#### declare in a function is local
f() { declare a=1; typeset b=2; declare -g c=3; }
f; echo "[$a][$b][$c]"
## STDOUT:
[][][3]
## END

#### export in a function is global
f() { export E=1; }
f; sh -c 'echo $E'
## STDOUT:
1
## END

#### unset -f and calling again
f() { echo f; }
f; unset -f f; f 2>/dev/null; echo $?
## STDOUT:
f
127
## END

#### redefinition
f() { echo one; }
f
f() { echo two; }
f
## STDOUT:
one
two
## END

#### redefinition of itself while running
f() { echo old; f() { echo new; }; echo still old; }
f; f
## STDOUT:
old
still old
new
## END

#### definition inside a function
outer() { inner() { echo inner $1; }; }
inner 2>/dev/null || echo none
outer; inner x
## STDOUT:
none
inner x
## END

#### definition under a condition
if true; then f() { echo yes; }; else f() { echo no; }; fi
f
## STDOUT:
yes
## END

#### definition in a loop
for n in a b; do eval "f_$n() { echo $n; }"; done
f_a; f_b
## STDOUT:
a
b
## END

#### definition in an and list
false && f() { echo no; }
f 2>/dev/null || echo undefined
true && f() { echo defined; }
f
## STDOUT:
undefined
defined
## END

#### use before definition
g() { h; }
h() { echo h; }
g
## STDOUT:
h
## END

#### call before definition fails
early 2>/dev/null; echo $?
early() { :; }
## STDOUT:
127
## END

#### late redefinition is seen by an earlier caller
g() { h; }
h() { echo one; }; g
h() { echo two; }; g
## STDOUT:
one
two
## END

#### recursion counts down
f() { [ $1 -le 0 ] && return 0; echo $1; f $(($1-1)); }
f 4
## STDOUT:
4
3
2
1
## END

#### recursion with a substitution
fact() { if [ $1 -le 1 ]; then echo 1; else echo $(( $1 * $(fact $(($1-1))) )); fi; }
fact 6
## STDOUT:
720
## END

#### recursion with locals and a global result
sum() { local n=$1; if ((n == 0)); then r=0; return; fi; sum $((n-1)); ((r+=n)); }
sum 20; echo $r
## STDOUT:
210
## END

#### mutual recursion
even() { if (($1 == 0)); then echo even; else odd $(($1-1)); fi; }
odd() { if (($1 == 0)); then echo odd; else even $(($1-1)); fi; }
even 7; even 8
## STDOUT:
odd
even
## END

#### recursion through a pipe
f() { if (($1 == 0)); then echo end; else f $(($1-1)) | sed "s/^/$1/"; fi; }
f 4
## STDOUT:
4321end
## END

#### recursion through a subshell
f() { if (($1 == 0)); then echo $BASH_SUBSHELL; else (f $(($1-1))); fi; }
f 5
## STDOUT:
5
## END

#### hundred deep
f() { if (($1 == 0)); then echo bottom; else f $(($1-1)); fi; }
f 100
## STDOUT:
bottom
## END

#### Ackermann small
ack() { if (($1 == 0)); then r=$(($2+1)); elif (($2 == 0)); then ack $(($1-1)) 1; else ack $1 $(($2-1)); ack $(($1-1)) $r; fi; }
ack 2 2; echo $r
## STDOUT:
7
## END

#### towers of Hanoi
hanoi() { (($1)) || return 0; hanoi $(($1-1)) $2 $4 $3; echo "$2>$3"; hanoi $(($1-1)) $4 $3 $2; }
hanoi 3 a b c
## STDOUT:
a>b
a>c
b>c
a>b
c>a
c>b
a>b
## END

#### return ends loops in the function
f() { for i in 1 2 3; do [ $i = 2 ] && return $i; echo $i; done; echo no; }
f; echo $?
## STDOUT:
1
2
## END

#### return in nested constructs
f() { if true; then case x in x) { while true; do return 7; done; };; esac; fi; echo no; }
f; echo $?
## STDOUT:
7
## END

#### return in a subshell of the function
f() { (return 3; echo no); echo "after $?"; }
f
## STDOUT:
after 3
## END

#### return in a pipeline stage
f() { echo a | { read x; return 5; }; echo "$?"; }
f
## STDOUT:
5
## END

#### break does not cross a call
f() { break; } 2>/dev/null
for i in 1 2; do f 2>/dev/null; echo $i; done
## STDOUT:
1
2
## END

#### exit in a function ends the script
f() { echo f; exit 9; }
f; echo no
## STDOUT:
f
## END
## status: 9

#### exit in a function in a substitution
f() { echo f; exit 9; }
x=$(f); echo "$? $x"
## STDOUT:
9 f
## END

#### function in a pipeline
up() { tr a-z A-Z; }
echo abc | up
up <<< xyz | cat
## STDOUT:
ABC
XYZ
## END

#### function in a substitution sees variables
f() { echo $x; }
x=5; y=$(f); echo $y
## STDOUT:
5
## END

#### function in a background job
f() { echo bg > out; }
f & wait; cat out
## STDOUT:
bg
## END

#### function in a condition
f() { [ "$1" = ok ]; }
if f ok; then echo yes; fi
f no || echo no
while f $s; do :; done
until f ok; do :; done; echo done
## STDOUT:
yes
no
done
## END

#### function with its own redirection
f() { echo out; echo err >&2; } > log 2>&1
f; echo now; cat log
## STDOUT:
now
out
err
## END

#### function with its own input redirection
printf '1\n2\n' > f.txt
f() { read a; read b; echo "$a-$b"; } < f.txt
f; f
## STDOUT:
1-2
1-2
## END

#### redirection opened on each call
n=0
f() { echo $1; } >> log$((n++))
f a; f b; ls
## STDOUT:
log0
log1
## END

#### call with redirection
f() { cat; echo end; }
f < /dev/null > out
cat out
## STDOUT:
end
## END

#### function shadows a command
ls() { echo mine "$@"; }
ls a
command ls -d .
unset -f ls; ls -d .
## STDOUT:
mine a
.
.
## END

#### function shadows a builtin
cd() { echo "cd to $1"; builtin cd "$1"; }
cd /; pwd
## STDOUT:
cd to /
/
## END

#### function shadows echo and calls it
echo() { builtin echo "<$*>"; }
echo a b
## STDOUT:
<a b>
## END

#### function named like a reserved test
function test() { echo fake; }
test; command test a = a && echo real
[ a = a ] && echo bracket
## STDOUT:
fake
real
bracket
## END

#### function names with odd characters
a-b() { echo dash; }
x.y() { echo dot; }
a:b() { echo colon; }
a-b; x.y; a:b
## STDOUT:
dash
dot
colon
## END

#### function through a variable
f() { echo "called $1"; }
v=f; $v x; "$v" y
## STDOUT:
called x
called y
## END

#### function through arguments
run() { "$@"; }
say() { echo "say $1"; }
run say hi; run run say deep; run echo plain
## STDOUT:
say hi
say deep
plain
## END

#### run passes return status
run() { "$@"; }
run false; echo $?
run exit 4; echo no
## STDOUT:
1
## END
## status: 4

#### run passes cd and set
run() { "$@"; }
run cd /; pwd
run set -- a b; echo $#
run export Q=1; sh -c 'echo $Q'
## STDOUT:
/
0
1
## END

#### exported functions
f() { echo "exported $1"; }
export -f f
bash -c 'f x'
echo a | xargs -I{} bash -c 'f {}'
## STDOUT:
exported x
exported a
## END

#### unexported functions are not there
f() { :; }
bash -c 'f' 2>/dev/null; echo $?
## STDOUT:
127
## END

#### declare -f prints the function
f() { echo hi; if true; then echo "a b"; fi; }
declare -f f
## STDOUT:
f () 
{ 
    echo hi;
    if true; then
        echo "a b";
    fi
}
## END

#### declare -F lists names
b() { :; }; a() { :; }
declare -F
## STDOUT:
declare -f a
declare -f b
## END

#### type of a function
f() { echo hi; }
type -t f; type f | head -n 1
## STDOUT:
function
f is a function
## END

#### FUNCNAME, BASH_LINENO and caller
g() { echo "${FUNCNAME[*]}"; caller 0; }
f() { g; }
f
## STDOUT:
g f main
2 f ../t.sh
## END

#### LINENO in a function
f() {
  echo $LINENO
}
f
echo $LINENO
## STDOUT:
2
5
## END

#### BASH_SOURCE in a function
f() { echo ${#BASH_SOURCE[@]} ${BASH_SOURCE[0]##*/}; }
f
## STDOUT:
2 t.sh
## END

#### errexit in a function called plainly
set -e
f() { false; echo no; }
f
echo no
## STDOUT:
## END
## status: 1

#### errexit is ignored in a function of a condition
set -e
f() { false; echo yes; }
if f; then echo then; fi
f && echo and
f || echo or
! f
## STDOUT:
yes
then
yes
and
yes
yes
## END
## status: 1

#### set -e inside a function lasts
f() { set -e; }
f; false; echo no
## STDOUT:
## END
## status: 1

#### variable set in a function called in a pipeline is lost
f() { x=2; }
x=1; f | cat; echo $x; echo | f; echo $x
## STDOUT:
1
1
## END

#### IFS local
split() { local IFS=:; set -- $1; echo $#; }
split a:b:c; x=a:b; set -- $x; echo $#
## STDOUT:
3
1
## END

#### local with the same name as an exported variable
export x=out
f() { local x=in; sh -c 'echo $x'; }
f; sh -c 'echo $x'
## STDOUT:
in
out
## END

#### local nameref to a caller's local
set_it() { local -n v=$1; v=set; }
f() { local a=; set_it a; echo $a; }
f; echo "[$a]"
## STDOUT:
set
[]
## END

#### function with a here-document
f() { cat <<E
$1 and $x
E
}
x=1; f a; x=2; f b
## STDOUT:
a and 1
b and 2
## END

#### arguments with options and getopts
f() { local OPTIND o; while getopts ab: o; do echo "$o $OPTARG"; done; shift $((OPTIND-1)); echo "$@"; }
f -a -b x y; f -b z w
## STDOUT:
a 
b x
y
b z
w
## END

#### trap RETURN
f() { trap 'echo ret' RETURN; echo body; }
f; trap - RETURN; echo after
## STDOUT:
body
ret
after
## END

#### temporary environment and local
x=1 
f() { local x; echo "[$x]"; }
x=2 f
## STDOUT:
[2]
## END

#### local inherits with localvar_inherit
shopt -s localvar_inherit
x=5
f() { local x; echo $x; }
f
## STDOUT:
5
## END

#### shift in a function
f() { while [ $# -gt 0 ]; do echo $1; shift; done; }
set -- keep; f a b c; echo $1
## STDOUT:
a
b
c
keep
## END

#### arguments of "$*" with IFS in a function
f() { local IFS=+; echo "$*"; }
f 1 2 3
## STDOUT:
1+2+3
## END

#### more than nine arguments
f() { echo ${10} ${11} $#; }
f 1 2 3 4 5 6 7 8 9 j k
## STDOUT:
j k 11
## END

#### empty argument list and empty strings
f() { echo $#; }
f; f ''; f '' ''; f $e; f "$e"
## STDOUT:
0
1
2
0
1
## END

#### function that outputs for mapfile
f() { printf '%s\n' a 'b c'; }
mapfile -t m < <(f); echo ${#m[@]}
## STDOUT:
2
## END

#### functions in arithmetic through variables
inc() { ((n++)); }
n=0; inc; inc; inc; echo $n
## STDOUT:
3
## END

#### function called with a prefix assignment restores
f() { echo $A; A=changed; }
A=1; A=2 f; echo $A
## STDOUT:
2
1
## END

#### unset of a local in a callee
x=global
g() { unset x; echo "${x-none}"; }
f() { local x=local; g; echo ${x-none}; }
f; echo $x
## STDOUT:
global
global
global
## END

#### global assigned below a local
g() { declare -g x=new; echo $x; }
f() { local x=loc; g; echo $x; }
f; echo $x
## STDOUT:
loc
loc
new
## END

#### deep dynamic scope
c() { echo $v; v=c; }
b() { c; echo $v; }
a() { local v=a; b; echo $v; }
v=top; a; echo $v
## STDOUT:
a
c
c
top
## END

#### return value through a global and status together
f() { REPLY=text; return 3; }
f; echo $? $REPLY
## STDOUT:
3 text
## END

#### function called from a trap
bye() { echo "bye $1"; }
trap 'bye x' EXIT
echo main
## STDOUT:
main
bye x
## END

#### FUNCNEST stops endless recursion
FUNCNEST=5
f() { ((d++)); f; }
{ f; } 2>/dev/null
echo $d
## STDOUT:
5
## END

#### alias like wrapper with "$@"
ll() { printf '(%s)' "$@"; echo; }
ll 'a b' c; ll
## STDOUT:
(a b)(c)
()
## END

#### default arguments
greet() { local name=${1:-world}; echo "hello $name"; }
greet; greet you
## STDOUT:
hello world
hello you
## END

#### callback by name
each() { local fn=$1; shift; for e; do $fn "$e"; done; }
p() { echo "<$1>"; }
each p a 'b c'
## STDOUT:
<a>
<b c>
## END

#### function whose last command is an assignment with substitution
f() { x=$(exit 3); }
f; echo $?
## STDOUT:
3
## END

#### function body is a pipeline group
f() { echo b; echo a; } 
f | sort
## STDOUT:
a
b
## END

#### comments and blank lines in a body
f() {
  # comment

  echo x # more
}
f
## STDOUT:
x
## END

#### calls nested in arguments
w() { echo "<$1>"; }
w "$(w "$(w x)")"
## STDOUT:
<<<x>>>
## END

#### readonly function
f() { echo ro; }
readonly -f f
eval 'f() { echo new; }' 2>/dev/null
f
## STDOUT:
ro
## END

#### function uses the caller's loop variable
p() { echo "i=$i"; i=9; }
for i in 1 2; do p; done; echo $i
## STDOUT:
i=1
i=2
9
## END

#### a local variable is exported if the one that it hides is, unless that is taken from it
export v=1
f() { local v=2; declare -p v; typeset +x v; declare -p v; v=3; declare -p v; g; }
g() { local v=4; declare -p v; printenv v; }
f
declare -p v
## STDOUT:
declare -x v="2"
declare -- v="2"
declare -- v="3"
declare -- v="4"
1
declare -x v="1"
## END

#### options made local by what only run time knows
f() { local "$@"; set -f; set -u; echo $-; }
f - x
echo $-
f x
echo $-
set +fu
g() { eval 'local -'; set -f; echo $-; }
g
echo $-
h() { l=local; $l -; set -f; echo $-; }
h
echo $-
## STDOUT:
fhuB
hB
fhuB
fhuB
fhB
hB
fhB
hB
## END

#### a function that is defined again stays exported, and with `set -a` it is
f() { echo first; }
export -f f
f() { echo second; }
bash -c f
g() { f() { echo third; }; }
g
(bash -c f)
unset -f f
f() { echo fourth; }
bash -c f 2>/dev/null || echo none
set -a
h() { echo all; }
set +a
bash -c h
## STDOUT:
second
third
none
all
## END

#### functions whose names look like options
-n() { echo "n $*"; return 3; }
-n 1
typeset -fp -- -n
x=-n
$x 2 || echo $?
-n 3 | cat
y=$(-n 4); echo "$y"
for i in 5 6; do -n $i; done
eval -- -n 7
-m() { :; }
readonly -f -- -m
(-m() { echo no; }) 2>/dev/null
declare -F -- -m
declare -Fr
unset -f -- -n
-n 8 2>/dev/null || echo $?
## STDOUT:
n 1
-n () 
{ 
    echo "n $*";
    return 3
}
n 2
3
n 3
n 4
n 5
n 6
n 7
-m
declare -fr -m
127
## END

#### a function's name is not expanded
function f$$ { echo defined; } 2>/dev/null
f$$ 2>/dev/null || echo $?
## STDOUT:
127
## END

#### a function that hides the null command
:() { echo colon; }
(exit 3) | (exit 4); echo ${PIPESTATUS[@]} $?
for i in 1 $(echo 2); do echo $i; done
f() { return 5; }
f
echo $?
f || : && echo end
## STDOUT:
3 4 4
1
2
5
colon
end
## END

#### a local variable keeps the value that it had before its attributes
f() {
  local v=value n=1+2 l=ABC
  declare -u v
  declare -i n
  declare -xl l
  declare -p v n l
  local -a a=(x y)
  declare -u a
  g
  v+=z a+=(k)
  declare -p v n a
}
g() {
  echo "$v $n ${a[*]}"
  n+=1
}
f
x=$(f)
echo "$x"
## STDOUT:
declare -u v="value"
declare -i n="1+2"
declare -xl l="ABC"
value 1+2 x y
declare -u v="VALUEZ"
declare -i n="4"
declare -au a=([0]="x" [1]="y" [2]="K")
declare -u v="value"
declare -i n="1+2"
declare -xl l="ABC"
value 1+2 x y
declare -u v="VALUEZ"
declare -i n="4"
declare -au a=([0]="x" [1]="y" [2]="K")
## END

#### in POSIX mode, a name that is no identifier ends the shell
f-x() { echo "f-x $1"; }
f-x 1
(set -o posix; f-x 2; f-y() { echo never; }; echo never)
echo "$?"
set -o posix
g() { echo g; }
g
g-x() { echo never; }
echo never
## STDOUT:
f-x 1
f-x 2
2
g
## END
## status: 2

#### calls whose words need no shell, and such that do
f() { echo "f $# <$1> <$2> $LINENO ${FUNCNAME[*]} ${BASH_LINENO[*]}"; }
x='a b' y=word z= ; n=5
f
f a 'b c'
f "$x" "$y" ; f $x; f $y $n; f $z; f "$z"; f "$unset"
set -- 'p q' r
f "$@"; f $1; f "$1" "$2"; f $2 "$9"
g() { local y=loc IFS=o; f $y; f "$y" "$1"; f "$@"; shift; f "$@"; }
g 'h i' j k
for i in 1 2 3; do f $i "$i"; done
IFS=5; f $n; unset IFS; f $n; IFS=' '
f -n; f '*' * 
f "$x"y a=b ./c,d:e%f+g @ ^
f "~" a="~"
declare -i int=4; f $int; declare -u up=abc; f "$up"; declare -n ref=x; f "$ref"; declare -a arr=(q w); f "$arr"
h() { f "$@"; return 3; }
h 1 2 || f $? "$?"
f "$LINENO" $BASH_SUBSHELL $PWD >/dev/null
set -u; (f "$nope"); set +u
unset -f f; f a; f() { echo second "$1"; }; f b
f c | cat; v=$(f "$y"); echo "$v"; (f "$x")
alias f='echo alias'; f d; shopt -s expand_aliases
f e
unalias f; rec() { [ "$1" -le 0 ] && return; echo "r$1"; rec $(($1-1)); }; rec 3
s='$(date) `x` "q" \back'; f "$s"; f "${s}"
t=$'tab\there\nline'; f "$t"
## STDOUT:
f 0 <> <> 1 f main 3 0
f 2 <a> <b c> 1 f main 4 0
f 2 <a b> <word> 1 f main 5 0
f 2 <a> <b> 1 f main 5 0
f 2 <word> <5> 1 f main 5 0
f 0 <> <> 1 f main 5 0
f 1 <> <> 1 f main 5 0
f 1 <> <> 1 f main 5 0
f 2 <p q> <r> 1 f main 7 0
f 2 <p> <q> 1 f main 7 0
f 2 <p q> <r> 1 f main 7 0
f 2 <r> <> 1 f main 7 0
f 2 <l> <c> 1 fogomain 8o9o0
f 2 <loc> <h i> 1 fogomain 8o9o0
f 3 <h i> <j> 1 fogomain 8o9o0
f 2 <j> <k> 1 fogomain 8o9o0
f 2 <1> <1> 1 f main 10 0
f 2 <2> <2> 1 f main 10 0
f 2 <3> <3> 1 f main 10 0
f 1 <> <> 1 f5main 1150
f 1 <5> <> 1 f main 11 0
f 1 <-n> <> 1 f main 12 0
f 2 <*> <*> 1 f main 12 0
f 5 <a by> <a=b> 1 f main 13 0
f 2 <~> <a=~> 1 f main 14 0
f 1 <4> <> 1 f main 15 0
f 1 <ABC> <> 1 f main 15 0
f 1 <a b> <> 1 f main 15 0
f 1 <q> <> 1 f main 15 0
f 2 <1> <2> 1 f h main 16 17 0
f 2 <3> <3> 1 f main 17 0
second b
second c
second word
second a b
second d
alias e
r3
r2
r1
second $(date) `x` "q" \back
second $(date) `x` "q" \back
second tab	here
line
## END

#### arithmetic in forks of variables that hold numbers, and others
readonly x=1
for i in 1 2 3 4 5; do x=$((x+1)); echo hi; done; echo no
echo after $?
i=0
while [ $i -lt 6 ]; do
  i=$((i+1))
  [ $i = 5 ] && readonly i
  echo $i
done; echo no
echo "$? $i"
f() { local n=$1; n=$((n+1)); g; echo $n; }
g() { n=$((n+1)); m=$((m+2)); echo $n $m; }
f 3; f 08 || echo or; f x; m=1; f 9; readonly m; f 4
echo "$m"
declare -i k=3; k=$((k+1)); declare -u u=3; u=$((u+1)); declare -n r=i; r=$((r+1)); echo $k $u $r $i
## STDOUT:
after 1
1
2
3
4
5
1 5
5 2
5
2
## END
## status: 1

#### FUNCNAME is there outside of functions, from when an error has ended one until another is left
f() { : "$((1/0))"; }
g() { echo "g ${FUNCNAME[*]}"; }
trap 'echo "X ${FUNCNAME[0]-none} $?"' EXIT
trap 'echo "E ${FUNCNAME[0]-none} $? $LINENO"' ERR
echo "${FUNCNAME[@]-none}"
f
echo "$? ${FUNCNAME[*]-none} ${#FUNCNAME[@]} $_"
(exit 3)
echo "$? ${FUNCNAME[0]-none} ${PIPESTATUS[@]}"
for i in "${FUNCNAME[0]-none}" b; do echo "$i ${FUNCNAME-none}"; done
case ${FUNCNAME-none} in main) echo M;; esac
( echo "S ${FUNCNAME-none}"; exit 2 )
echo "$(echo "C ${FUNCNAME-none}") $?"
echo x | { read -r y; echo "P $y ${FUNCNAME-none}"; }
{ echo "B ${FUNCNAME-none}"; } > out; cat out
x=$(f; echo no)
g
echo "${FUNCNAME[@]-none}"
k() { f; }
k
echo "${FUNCNAME[@]-none}"
exit 7
## STDOUT:
none
1 main 1 none
E main 3 8
3 main 3
main main
b main
M
S main
E main 2 12
C main 0
P x main
B main
E main 1 16
g g main
none
main
X main 7
## END
## STDERR:
../t.sh: line 1: 1/0: division by 0 (error token is "0")
../t.sh: line 1: 1/0: division by 0 (error token is "0")
../t.sh: line 1: 1/0: division by 0 (error token is "0")
## END
## status: 7

#### a function of a subshell is the script's in messages and to caller
exec 2>&1
(
use() { source "$1"; caller 0; }
use ./lib.sh
declare -F
shopt -s extdebug
declare -F use
use ./lib.sh
)
## STDOUT:
../t.sh: line 3: ./lib.sh: No such file or directory
4 main ../t.sh
declare -f use
use 3 ../t.sh
../t.sh: line 3: ./lib.sh: No such file or directory
8 main ../t.sh
## END

#### functions that only test, in loops
is() { [[ $1 = 3 ]]; }
both() { [[ -n ${2:-} ]] && ! [[ $1 == 1* ]]; }
found() { [[ $1 =~ ^(.)2 ]]; }
for ((i=0;i<30;i++)); do is $i && x=$i; both $i $x && y+=.; found $i && z+=${BASH_REMATCH[1]}; done
echo $x ${#y} $z
for ((i=0;i<6;i++)); do is $i | cat; s+=${PIPESTATUS[0]}; v=$(is $i; echo $?); t+=$v; done; echo $s $t
(for i in 1 2 3 4; do is $i; done; unset -f is; is 3) 2>/dev/null; echo $?
set -e
for ((i=0;i<6;i++)); do both $i $x || y=$i; done
echo $y
for ((i=3;i<6;i++)); do is $i; echo "i $i"; done
## STDOUT:
3 17 12
111011 111011
127
1
i 3
## END
## status: 1
