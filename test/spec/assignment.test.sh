# Assignments and the attributes of variables, carried from one command to the next.

#### plain assignment is seen by the next command
x=1
echo $x
## STDOUT:
1
## END

#### assignments on one line run left to right
a=1 b=$a c=$b
echo $a $b $c
## STDOUT:
1 1 1
## END

#### value is not split and not globbed
touch f1 f2
x='a  b'
y=$x z=f*
echo "$y" "$z"
## STDOUT:
a  b f*
## END

#### prefix assignment lasts for the command only
x=1
x=2 sh -c 'echo $x'
echo $x
## STDOUT:
2
1
## END

#### prefix assignment before a builtin is undone
x=1
x=2 true
echo $x
x=2 eval 'echo $x'
echo $x
## STDOUT:
1
2
1
## END

#### prefix assignment before a function is undone
f() { echo in $x; x=3; }
x=1
x=2 f
echo $x
## STDOUT:
in 2
1
## END

#### prefix assignment is exported to children of the function
f() { sh -c 'echo $x'; }
x=2 f
echo "[$x]"
## STDOUT:
2
[]
## END

#### prefix assignment in POSIX mode before a special builtin stays
set -o posix
x=2 :
echo $x
## STDOUT:
2
## END

#### append
x=a; x+=b; echo $x
declare -i n=5; n+=3; echo $n
a=(1); a+=(2 3); a[0]+=x; echo "${a[@]}"
## STDOUT:
ab
8
1x 2 3
## END

#### export and children
x=1; sh -c 'echo "[$x]"'
export x; sh -c 'echo "[$x]"'
x=2; sh -c 'echo "[$x]"'
export -n x; sh -c 'echo "[$x]"'
## STDOUT:
[]
[1]
[2]
[]
## END

#### export with a value and quoting
export A='a b' B=$HOME/x
sh -c 'echo "$A"'
## STDOUT:
a b
## END

#### unset removes
x=1; unset x; echo "[${x-none}]"
f() { :; }; unset -f f; type f 2>/dev/null || echo gone
## STDOUT:
[none]
gone
## END

#### unset of an exported variable
export x=1; unset x; sh -c 'echo "[${x-none}]"'
x=2; sh -c 'echo "[${x-none}]"'
## STDOUT:
[none]
[none]
## END

#### unset an element
a=(1 2 3); unset 'a[1]'; echo "${a[@]}" "${!a[@]}"
## STDOUT:
1 3 0 2
## END

#### readonly is kept
readonly x=1
(x=2) 2>/dev/null; echo $?
echo $x
## STDOUT:
1
1
## END

#### readonly assignment ends a script's line but not in a subshell's parent
readonly r=1
( r=2; echo not ) 2>/dev/null
echo after $r
## STDOUT:
after 1
## END

#### assigning a readonly stops the script
readonly r=1
echo before
r=2
echo not reached
## STDOUT:
before
not reached
## END
## STDERR:
../t.sh: line 3: r: readonly variable
## END

#### readonly prefix assignment before a command
readonly r=1
{ r=2 echo said; } 2>/dev/null
echo $?
## STDOUT:
said
0
## END

#### readonly in a function via local
readonly r=1
f() { local r=2; echo "f $?"; }
f 2>/dev/null
echo $r
## STDOUT:
f 1
1
## END

#### readonly array
readonly -a a=(1 2)
true
echo "${a[@]}"
(a[0]=3) 2>/dev/null || echo refused
## STDOUT:
1 2
refused
## END

#### integer attribute
declare -i i
i=3+4; echo $i
true
i=i*2; echo $i
i=abc; echo $i
## STDOUT:
7
14
0
## END

#### lower and upper case attributes
declare -l low; declare -u up
low=ABC; up=def
true
low=XyZ; up=$low
echo $low $up
## STDOUT:
xyz XYZ
## END

#### capitalise attribute
declare -c cap; cap=hELLO; echo $cap
## STDOUT:
Hello
## END

#### nameref
declare -n ref=target
ref=5; echo $target
true
target=6; echo $ref ${!ref}
unset -n ref; echo "[${ref-none}]" $target
## STDOUT:
5
6 target
[none] 6
## END

#### nameref to an array element
a=(x y z)
declare -n r='a[1]'
r=Q
echo "${a[@]}"
## STDOUT:
x Q z
## END

#### nameref as a function's out parameter
out() { local -n o=$1; o=$2; }
out result 42; echo $result
## STDOUT:
42
## END

#### attributes printed
declare -i i=1; declare -r r=2; declare -x e=3; declare -a a=(1); declare -A h=([k]=v)
declare -p i r e a h
## STDOUT:
declare -i i="1"
declare -r r="2"
declare -x e="3"
declare -a a=([0]="1")
declare -A h=([k]="v" )
## END

#### attributes printed after another command
declare -ir k=7
true
declare -p k
## STDOUT:
declare -ir k="7"
## END

#### declared but not set
declare d; declare -i di; declare -a da; declare -A dh
true
declare -p d di da dh
echo "[${d-unset}]"
## STDOUT:
declare -- d
declare -i di
declare -a da
declare -A dh
[unset]
## END

#### exported but not set
export e
env | grep -c '^e='
declare -p e
## STDOUT:
0
declare -x e
## END

#### variable with a trailing newline
x=$'a\n'
true
printf '%s' "$x" | od -An -c | tr -s ' '
## STDOUT:
 a \n
## END

#### variable with every printable character
x=' !"#$%&'\''()*+,-./:;<=>?@[\]^_`{|}~'
true
printf '%s\n' "$x"
## STDOUT:
 !"#$%&'()*+,-./:;<=>?@[\]^_`{|}~
## END

#### empty and unset are different
x=
true
echo "[${x-unset}][${y-unset}]"
## STDOUT:
[][unset]
## END

#### set -a exports
set -a
x=1
set +a
y=2
sh -c 'echo "[$x][$y]"'
## STDOUT:
[1][]
## END

#### set -a travels
set -a
true
x=5
env | grep '^x='
## STDOUT:
x=5
## END

#### set -k is rare
set -k
sh -c 'echo $x' a x=1
## STDOUT:
1
## END

#### SECONDS assignable
SECONDS=100
true
[ $SECONDS -ge 100 ] && [ $SECONDS -lt 110 ] && echo ok
## STDOUT:
ok
## END

#### RANDOM is a number and differs
a=$RANDOM b=$RANDOM c=$RANDOM
[[ $a$b$c =~ ^[0-9]+$ ]] && [ "$a$b" != "$b$c" ] && echo ok
## STDOUT:
ok
## END

#### seeded RANDOM repeats
RANDOM=42; a="$RANDOM $RANDOM"
RANDOM=42; b="$RANDOM $RANDOM"
[ "$a" = "$b" ] && echo same
## STDOUT:
same
## END

#### LINENO counts
echo $LINENO

echo $LINENO
x=$LINENO
echo $x \
  $LINENO
## STDOUT:
1
3
4 5
## END

#### dollar zero is the script
echo $0
f() { echo $0; }
f
(echo $0)
## STDOUT:
../t.sh
../t.sh
../t.sh
## END

#### dollar dollar is the same everywhere
a=$$
[ "$a" = "$$" ] && echo same
(echo $$) | grep -qx "$a" && echo same in a subshell
[ "$(echo $$)" = "$a" ] && echo same in a substitution
## STDOUT:
same
same in a subshell
same in a substitution
## END

#### BASHPID differs in a subshell
[ "$(echo $BASHPID)" != $$ ] && echo differs
[ $BASHPID = $$ ] && echo main
## STDOUT:
differs
main
## END

#### dollar underscore is the last argument
echo a b c >/dev/null
echo $_
true x y
echo $_
## STDOUT:
c
y
## END

#### dollar underscore after an assignment and a function
f() { :; }
f one two
echo $_
x=1
echo "[$_]"
## STDOUT:
two
[]
## END

#### dollar dash holds the options
case $- in *e*) echo e;; *) echo no e;; esac
set -e
case $- in *e*) echo e;; esac
## STDOUT:
no e
e
## END

#### BASH_SUBSHELL
echo $BASH_SUBSHELL
(echo $BASH_SUBSHELL; (echo $BASH_SUBSHELL))
echo $(echo $BASH_SUBSHELL)
## STDOUT:
0
1
2
1
## END

#### BASH_SOURCE and FUNCNAME
echo "${BASH_SOURCE[0]}" "${FUNCNAME[0]-none}"
f() { echo "${FUNCNAME[@]}" "${BASH_LINENO[0]}"; }
f
## STDOUT:
../t.sh none
f main 3
## END

#### SHLVL for children is one more
[ $(sh -c 'echo $SHLVL') -ge $SHLVL ] && echo ok
## STDOUT:
## END
## status: 1

#### environment of a child has nothing of ours
env -i sh -c 'echo clean'
env | cut -d= -f1 | sort | tr '\n' ' '
## stdout-json: "clean\nHOME LANG LOGNAME PATH PWD SHLVL TERM TMPDIR USER _ "

#### variables that bash sets are not in the child's environment
x=1
env | grep -c '^x='
## STDOUT:
0
## END
## status: 1

#### assignment to positional like names fails
1=x 2>/dev/null
echo $?
## STDOUT:
127
## END

#### PATH change acts on the next command
mkdir bin
printf '#!/bin/sh\necho mine\n' > bin/tool; chmod +x bin/tool
PATH=$PWD/bin:$PATH
tool
## STDOUT:
mine
## END

#### PATH for one command
mkdir bin
printf '#!/bin/sh\necho mine\n' > bin/tool2; chmod +x bin/tool2
PATH=$PWD/bin:$PATH tool2
tool2 2>/dev/null || echo $?
## STDOUT:
mine
127
## END

#### hashed command moves
mkdir a b
printf '#!/bin/sh\necho a\n' > a/t1; printf '#!/bin/sh\necho b\n' > b/t1; chmod +x a/t1 b/t1
PATH=$PWD/a:$PWD/b:$PATH
t1
rm a/t1
hash -r
t1
## STDOUT:
a
b
## END

#### arithmetic assignment operators carry
i=5
((i+=2)); echo $i
((i<<=1)); echo $i
((i%=4)) ; echo $i
let i=i+10 i*=2; echo $i
## STDOUT:
7
14
2
24
## END

#### several assignments with substitutions run in order
n=0
x=$((n++)) y=$((n++)) z=$((n++))
echo $x $y $z $n
## STDOUT:
0 1 2 3
## END

#### assignment with default also assigns
echo ${u:=val}
echo $u
: ${w:=$(echo made)}
echo $w
## STDOUT:
val
val
made
## END

#### swap
a=1 b=2
t=$a a=$b b=$t
echo $a $b
## STDOUT:
2 1
## END

#### indirect
x=y y=deep
echo ${!x}
true
echo ${!x}
## STDOUT:
deep
deep
## END

#### names by prefix
pre_a=1 pre_b=2
echo ${!pre_*}
## STDOUT:
pre_a pre_b
## END

#### LANG change acts at once
LC_ALL=C
x=é; echo ${#x}
LC_ALL=C.UTF-8
echo ${#x}
## STDOUT:
2
1
## END

#### OPTIND and OPTARG are plain variables
OPTIND=5; true; echo $OPTIND
## STDOUT:
5
## END

#### variable named with underscores and digits
_a1=x __=y A_B_=z
echo $_a1 $__ $A_B_
## STDOUT:
x y z
## END

#### reading a variable set in a condition
if x=$(echo v); then echo $x; fi
## STDOUT:
v
## END

#### compound assignment in declare
declare -a a='(1 2 3)'
declare -A h=([a]=1 [b]="2 3")
echo ${a[2]} "${h[b]}"
## STDOUT:
3 2 3
## END

#### local -p and declare in functions
f() { local a=1; declare b=2; declare -g c=3; }
f
echo "[${a-}][${b-}][${c-}]"
## STDOUT:
[][][3]
## END

#### unset local reveals the outer one
x=outer
f() { local x=inner; unset x; echo "[${x-unset}]"; }
f
echo $x
## STDOUT:
[unset]
outer
## END

#### shopt localvar_unset
shopt -s localvar_unset
x=outer
g() { unset x; echo "[${x-unset}]"; }
f() { local x=inner; g; }
f; echo $x
## STDOUT:
[unset]
outer
## END

#### export inside a function of a local
f() { local -x v=1; sh -c 'echo "[$v]"'; }
f
sh -c 'echo "[$v]"'
## STDOUT:
[1]
[]
## END

#### export -p output is readable
export ZED='a "b" $c'
export -p | grep ZED
## STDOUT:
declare -x ZED="a \"b\" \$c"
## END

#### printenv of multi-line
export M=$'a\nb'
printenv M
## STDOUT:
a
b
## END

#### set -k
set -k
f() { printf '%s\n' "$@"; echo "x=$x"; }
f a x=3 b
y=1
(echo s z=1)
env z=4 | grep ^z
set +k
echo done a=1
## STDOUT:
a
b
x=3
s
z=4
done a=1
## END

#### dollar dollar in a text that is evaluated
eval 'a=$$'
f() { eval 'b=$$'; }; f
[ "$a" = $$ ] && [ "$b" = $$ ] && echo same
trap 'rm -f file.$$; ls' EXIT
: > "file.$$"
## STDOUT:
same
## END

#### dollar dollar in a text that only run time knows
x='a=$$'
eval "$x"
[ "$a" = $$ ] && echo same
[ "$(eval "$x"; echo $a)" = $$ ] && echo same in a substitution
cat > lib <<'X'
b=$$
X
. ./lib
[ "$b" = $$ ] && echo same in a file
## STDOUT:
same
same in a substitution
same in a file
## END

#### dollar dollar in traps that are listed
trap 'rm -f f.$$' EXIT
trap
[ "$(bash -c "echo \$PPID")" = $$ ] && echo parent
## STDOUT:
trap -- 'rm -f f.$$' EXIT
parent
## END

#### shopt localvar_unset and a caller's variable
shopt -s localvar_unset
x=1
f() { local x=f; g; echo "${x-none}"; }
g() { unset x; }
f
echo $x
## STDOUT:
none
1
## END

#### unset, and assignments in arithmetic, in shells that stay
t=1; unset t; echo "${t-unset}"; export t=2; unset -v t; sh -c 'echo ${t-none}'
t() { echo func; }; unset t; t; t=3; unset t; t
f() { local x=1; unset x; echo "${x-unset}"; x=5; echo $x; }
x=out; f; echo $x
g() { local x=1; h; echo "${x-none}"; }; h() { unset x; echo "${x-none}"; x=h; }
g; echo $x
i=1; : $((i++)); echo $i; : $((++i)) $((i--)); echo $i; echo $((i+=5)) $((i*=2)) $i; : $((j=i+1)); echo $j $((k=5)) $k
unset n; : $((n++)); echo $n; n=08; (: $((n++))); echo $?; n=x; x=3; : $((n++)); echo $n $x
a=(1 2 3); : $((a++)); echo ${a[@]}; unset a; echo "${a[@]-gone}"
for q in 1 2 3 4 5 6 7 8; do unset v; v=$q; : $((m=m+q)); : $((w++)); [ $q = 4 ] && unset w; done; echo $v $m $w
i=1; while test $i != 40; do y=v$i true; : $((i++)); done; echo $i ${y-no}
eval 'u() { echo u; }'; u=1; unset u; unset u; u
unset nosuch 1x; echo $?
unset -f g; g; unset; echo $?
echo next $zz; unset z; echo ${z-z}
## STDOUT:
unset
none
unset
5
out
out
h
h
2
2
7 14 14
15 5 5
1
1
4 3
2 2 3
gone
8 36 4
40 no
0
0
next
z
## END

#### unset where functions come from a text, and arithmetic without arrays
t=1; unset t; echo "${t-unset}"; export t=2; unset -v t; sh -c 'echo ${t-none}'
t() { echo func; }; unset t; t; t=3; unset t; t
f() { local x=1; unset x; echo "${x-unset}"; x=5; echo $x; }
x=out; f; echo $x
g() { local x=1; h; echo "${x-none}"; }; h() { unset x; echo "${x-none}"; x=h; }
g; echo $x
i=1; : $((i++)); echo $i; : $((++i)) $((i--)); echo $i; echo $((i+=5)) $((i*=2)) $i; : $((j=i+1)); echo $j $((k=5)) $k
unset n; : $((n++)); echo $n; n=08; (: $((n++))); echo $?; n=x; x=3; : $((n++)); echo $n $x
for q in 1 2 3 4 5 6 7 8; do unset v; v=$q; : $((m=m+q)); : $((w++)); [ $q = 4 ] && unset w; done; echo $v $m $w
i=1; while test $i != 40; do y=v$i true; : $((i++)); done; echo $i ${y-no}
eval 'u() { echo u; }'; u=1; unset u; unset u; u
unset nosuch 1x; echo $?
unset -f g; g; unset; echo $?
echo next $zz; unset z; echo ${z-z}
## STDOUT:
unset
none
unset
5
out
out
h
h
2
2
7 14 14
15 5 5
1
1
4 3
8 36 4
40 no
0
0
next
z
## END
