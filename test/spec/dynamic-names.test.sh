# Commands whose names substitutions make: calls of functions.

#### a function whose name a substitution makes
cmd_a_b() { echo "ab $*"; return 3; }
cmd_c() { local x=$1; for i in 1 2; do echo "c $x $i"; done; }
command=a-b
"cmd_$(echo $command | sed -e s/-/_/g)" "$@" x 'y z'
echo $?
for command in c a-b; do
  "cmd_$(echo $command | tr - _)" "$(echo arg 1)"
done
echo $?
## STDOUT:
ab x y z
3
c arg 1 1
c arg 1 2
ab arg 1
3
## END

#### a program or a builtin whose name a substitution makes
f() { echo f; }
$(echo f) x
$(echo printf) '%s\n' a
$(echo echo) "$(echo b)"
$(echo nothing-of-that-name) 2>/dev/null; echo $?
x=1
$(echo export) x=2; echo $x
$(true) ; echo $?
$(exit 4); echo $?
## STDOUT:
f
a
b
127
2
0
4
## END

#### several dynamic calls that share functions
a() { echo "a $1"; "$2" x; }
b() { echo "b $1"; }
c() { echo "c $1"; [ "$1" -gt 0 ] && "$2" $(($1 - 1)) "$2"; echo "c $1 ends"; }
run() { "$@"; echo "ran $1: $?"; }
run a 1 b
run c 2 c
run b 3
run echo hi
"$(echo a)" 4 b
( run b 5; exit 2 ); echo $?
x=$(run c 1 c); echo "$x"
run false || echo never
if run a 6 b; then echo yes; fi
## STDOUT:
a 1
b x
ran a: 0
c 2
c 1
c 0
c 0 ends
c 1 ends
c 2 ends
ran c: 0
b 3
ran b: 0
hi
ran echo: 0
a 4
b x
b 5
ran b: 0
2
c 1
c 0
c 0 ends
c 1 ends
ran c: 0
ran false: 1
a 6
b x
ran a: 0
yes
## END

#### dynamic calls under set -e
set -e
a() { echo "a $1"; [ "$1" != 0 ]; echo "a goes on"; }
run() { "$@"; }
run a 1
run a 0 || echo ignored
"$(echo run)" a 2
"$(echo a)" 0
echo not here
## STDOUT:
a 1
a goes on
a 0
a goes on
a 2
a goes on
a 0
## END
## status: 1

#### a dynamic call that leaves loops and functions
f() { for i in 1 2 3; do "$1" $i; done; echo f ends; }
g() { echo "g $1"; [ "$1" = 2 ] && return 5; return 0; }
h() { "$(echo return)" 7; echo not here; }
f g; echo $?
h; echo $?
for i in 1 2; do "$(echo break)"; echo not here; done
"$(echo exit)" 3
## STDOUT:
g 1
g 2
g 3
f ends
0
7
## END
## status: 3

#### names of what every JavaScript object has
__proto__=5
echo $__proto__
constructor=7; toString=8; hasOwnProperty=9
echo $constructor $toString $hasOwnProperty
export __proto__
bash -c 'echo $__proto__'
__proto__() { echo fn "$@"; }
__proto__ 1 2
constructor() { echo c; local toString=4; echo $toString; }
constructor
toString() ( echo sub; )
x=$(toString); echo $x
declare -A m; m[__proto__]=1; m[constructor]=2
echo ${m[__proto__]} ${m[constructor]} ${m[toString]-none}
hasOwnProperty arg
valueOf | cat
local=1
for __proto__ in 1 2; do echo $__proto__; done
case __proto__ in constructor) ;; __proto__) echo yes;; esac
read __proto__ <<< hello; echo $__proto__
f() { local __proto__=2; g; }; g() { echo $__proto__; __proto__=3; echo $__proto__; }
f; echo $__proto__
trap 'echo $__proto__' EXIT
unset __proto__
__proto__=() ; __proto__+=(1 2); echo ${__proto__[@]}
__proto__ &
wait
printf -v constructor %s hi; echo $constructor
eval 'isPrototypeOf() { echo ip; }'
isPrototypeOf
isPrototypeOf=3 constructor
## STDOUT:
5
7 8 9
5
fn 1 2
c
4
sub
1 2 none
1
2
yes
hello
2
3
hello
1 2
fn
hi
ip
c
4
1
## END

#### names of what every JavaScript object has, in functions and environments
f() { for __proto__ in a b; do true; g $__proto__; done; }
g() { local constructor=$1; echo $constructor; return 3; }
f; echo $?
constructor=1 toString=2 bash -c 'echo $constructor $toString'
__proto__=8 bash -c 'echo $__proto__'
__proto__=8 g 4
while read -r constructor __proto__; do echo $constructor $__proto__; done <<< "a b"
x=$(__proto__); echo $?
command -v toString
c=g; $c 5
h() { constructor=5; $1; }
constructor() { echo ctor; false; }
h constructor || echo failed
{ __proto__ ; } 2>/dev/null
( __proto__ ) 2>/dev/null
__proto__ | constructor
trap constructor EXIT
export constructor toString=5
unset -f constructor
constructor
export -f g
bash -c 'g 1'
declare -A toString2=([constructor]=1)
( exit 3 ) || valueOf
hasOwnProperty &
wait $!
echo $?
getopts a __proto__ -a; echo $__proto__
case constructor in __proto__) echo a;; constructor) echo b;; esac
if __proto__; then echo; fi
constructor --x
## STDOUT:
a
b
3
1 2
8
4
a b
127
5
ctor
failed
ctor
1
127
a
b
## END
## status: 127
