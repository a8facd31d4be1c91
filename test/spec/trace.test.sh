# Traces (set -x) of what the machine runs: heads of loops and cases, and what is tried before a command.

#### the head of a loop each time round
set -x
for i in a "b  c" $(echo   x ; echo y) $'q\n' 'm
n' {1..2} ""; do :; done
## STDERR:
++ echo x
++ echo y
+ for i in a "b  c" $(echo x; echo y) 'q
' 'm
n' {1..2} ""
+ :
+ for i in a "b  c" $(echo x; echo y) 'q
' 'm
n' {1..2} ""
+ :
+ for i in a "b  c" $(echo x; echo y) 'q
' 'm
n' {1..2} ""
+ :
+ for i in a "b  c" $(echo x; echo y) 'q
' 'm
n' {1..2} ""
+ :
+ for i in a "b  c" $(echo x; echo y) 'q
' 'm
n' {1..2} ""
+ :
+ for i in a "b  c" $(echo x; echo y) 'q
' 'm
n' {1..2} ""
+ :
+ for i in a "b  c" $(echo x; echo y) 'q
' 'm
n' {1..2} ""
+ :
+ for i in a "b  c" $(echo x; echo y) 'q
' 'm
n' {1..2} ""
+ :
+ for i in a "b  c" $(echo x; echo y) 'q
' 'm
n' {1..2} ""
+ :
## END

#### a loop without words, and one with none
set -x
for x; do :; done
set -- A 'B C'
for x; do echo "$x"; done
## STDOUT:
A
B C
## END
## STDERR:
+ set -- A 'B C'
+ for x in "$@"
+ echo A
+ for x in "$@"
+ echo 'B C'
## END

#### loops in functions, subshells and substitutions
f() { for a in 1 2; do x=$(for b in 3; do echo $b; done); done; echo $x; }
set -x
f
(for y in u; do echo $y; done)
## STDOUT:
3
u
## END
## STDERR:
+ f
+ for a in 1 2
++ for b in 3
++ echo 3
+ x=3
+ for a in 1 2
++ for b in 3
++ echo 3
+ x=3
+ echo 3
+ for y in u
+ echo u
## END

#### the prompt of a trace at the head of a loop
PS4='+$LINENO:${x-}> '
set -x
for x in a \
  b; do
  :
done
## STDERR:
+3:> for x in a b
+5:a> :
+3:a> for x in a b
+5:b> :
## END

#### a loop whose trace goes to its redirection
set -x
{ for z in 1 2; do echo $z; done; } 2>log
for z in 1; do
  echo $z
done 2>>log
set +x
cat log
## STDOUT:
1
2
1
+ for z in 1 2
+ echo 1
+ for z in 1 2
+ echo 2
+ for z in 1
+ echo 1
## END
## STDERR:
+ set +x
## END

#### a trace that begins and ends within a loop
for i in 1 2 3; do
  [ $i = 2 ] && set -x
  echo $i
  { set +x; } 2>/dev/null
done
for i in 1 2; do
  set -x
  echo $i
done
## STDOUT:
1
2
3
1
2
## END
## STDERR:
+ echo 2
+ echo 1
+ for i in 1 2
+ set -x
+ echo 2
## END

#### a trace in a subshell alone
for i in 1 2; do
  (set -x; for j in $i; do echo $j; done)
done
## STDOUT:
1
2
## END
## STDERR:
+ for j in $i
+ echo 1
+ for j in $i
+ echo 2
## END

#### what a loop's head leaves of the status
set -x
false
for i in $? 2; do echo $?; done
## STDOUT:
1
0
## END
## STDERR:
+ false
+ for i in $? 2
+ echo 1
+ for i in $? 2
+ echo 0
## END

#### an error in a loop's words under a trace
set -ux
trap 'echo bye' EXIT
for i in a $undefined; do echo $i; done
echo not here
## STDOUT:
bye
## END
## status: 1
## STDERR:
+ trap 'echo bye' EXIT
../t.sh: line 3: undefined: unbound variable
+ echo bye
## END

#### an error in a loop's words gives up the line
set -x
for i in a $((1/0)); do echo $i; done; echo not here
echo here
## STDOUT:
here
## END
## STDERR:
../t.sh: line 2: 1/0: division by 0 (error token is "0")
+ echo here
## END

#### arithmetic loops under a trace
set -x
for ((i=0; i<2; i++)); do echo $i; done
for ((;;)); do break; done
for ((j=1;;)); do echo $j; ((j++ < 2)) || break; done
## STDOUT:
0
1
1
2
## END
## STDERR:
+ (( i=0 ))
+ (( i<2 ))
+ echo 0
+ (( i++ ))
+ (( i<2 ))
+ echo 1
+ (( i++ ))
+ (( i<2 ))
+ (( 1 ))
+ (( 1 ))
+ break
+ (( j=1 ))
+ (( 1 ))
+ echo 1
+ (( j++ < 2 ))
+ (( 1 ))
+ (( 1 ))
+ echo 2
+ (( j++ < 2 ))
+ break
## END

#### the head of a case under a trace
set -x
case $(echo   a) in a) echo yes;; esac
case $(echo b)$? in b0) echo both;; esac
case x in $(echo y)) echo no;; x) echo x;; esac
z=$(case $(echo "c d") in 'c d') echo 1;; esac)
case $z in 1) ;; esac
## STDOUT:
yes
both
x
## END
## STDERR:
+ case $(echo a) in
++ echo a
+ echo yes
+ case $(echo b)$? in
++ echo b
+ echo both
+ case x in
++ echo y
+ echo x
++ case $(echo "c d") in
+++ echo 'c d'
++ echo 1
+ z=1
+ case $z in
## END

#### substitutions that need a test first, under a trace
set -ux
x=
echo ${nope-$(echo 1)} ${x:-$(echo 2)} ${x-$(echo 3)}
echo "$x" "$(echo 4)" ${y:+$(echo 5)}
## STDOUT:
1 2
 4
## END
## STDERR:
+ x=
++ echo 1
++ echo 2
+ echo 1 2
++ echo 4
+ echo '' 4
## END

#### an unset parameter before a substitution, under a trace
set -ux
trap 'echo end' EXIT
echo $undefined $(echo no)
echo not here
## STDOUT:
end
## END
## status: 1
## STDERR:
+ trap 'echo end' EXIT
../t.sh: line 3: undefined: unbound variable
+ echo end
## END

#### break and continue under a trace
set -x
for i in 1 2 3; do
  [ $i = 1 ] && continue
  break
done
## STDERR:
+ for i in 1 2 3
+ '[' 1 = 1 ']'
+ continue
+ for i in 1 2 3
+ '[' 2 = 1 ']'
+ break
## END

#### errexit within a traced loop
set -ex
for i in 1 2; do
  echo $i
  [ $i = 1 ]
done
## STDOUT:
1
2
## END
## status: 1
## STDERR:
+ for i in 1 2
+ echo 1
+ '[' 1 = 1 ']'
+ for i in 1 2
+ echo 2
+ '[' 2 = 1 ']'
## END

#### a traced for whose words may end the shell, which has an EXIT trap
exec 2>err
set -xu
trap 'grep -v unbound err' EXIT
v="1 2"
for i in $v a$v; do
  echo "i $i" # comment
  for j in "$v" ${w:-d}; do echo $j; continue 2; done
done
f() { for k in \
  $1 ${v}; do echo $k; done; for k in $2; do echo never; done; }
(f a; echo never)
y=$(f x; echo never)
echo "[$y] $?"
for i in; do echo never; done
for i in a
do for j in b $v $nope; do echo never; done
done
echo never
## STDOUT:
i 1
1 2
i 2
1 2
i a1
1 2
i 2
1 2
a
1
2
[x
1
2] 1
+ v='1 2'
+ for i in $v a$v
+ echo 'i 1'
+ for j in "$v" ${w:-d}
+ echo 1 2
+ continue 2
+ for i in $v a$v
+ echo 'i 2'
+ for j in "$v" ${w:-d}
+ echo 1 2
+ continue 2
+ for i in $v a$v
+ echo 'i a1'
+ for j in "$v" ${w:-d}
+ echo 1 2
+ continue 2
+ for i in $v a$v
+ echo 'i 2'
+ for j in "$v" ${w:-d}
+ echo 1 2
+ continue 2
+ f a
+ for k in $1 ${v}
+ echo a
+ for k in $1 ${v}
+ echo 1
+ for k in $1 ${v}
+ echo 2
++ f x
++ for k in $1 ${v}
++ echo x
++ for k in $1 ${v}
++ echo 1
++ for k in $1 ${v}
++ echo 2
+ y='x
1
2'
+ echo '[x
1
2] 1'
+ for i in a
## END
## status: 1

#### words of a for that fail where only a trap could be traced
set -u
trap 'echo bye $?; trap - EXIT' EXIT
v=
for i in $v; do echo never; done; echo "st $?"
set -x
(exit 3)
shopt -s failglob
for i in *nosuch* $v; do echo never; done; echo never
echo "after $?"
for i in ${1?given}; do echo never; done
## STDOUT:
st 0
after 1
bye 1
## END
## status: 1

#### values of an array with substitutions, and those of redirections, in a trace that is output
exec 2>&1
set -x
a=(1 "2 3" $(echo q))
a+=($(echo r) s)
cat <<< $(echo h)
echo written > $(echo out)
b[1]=$(echo t)
## STDOUT:
+ a=(1 "2 3" $(echo q))
++ echo q
+ a+=($(echo r) s)
++ echo r
+ cat
++ echo h
h
+ echo written
++ echo out
++ echo t
+ b[1]=t
## END

#### a prompt for traces that counts
exec 2>&1
PS4='+$((n++)) '
set -x
echo a
f() { echo b; }
f
x=$(echo c)
echo $n
## STDOUT:
+0 echo a
a
+1 f
+2 echo b
b
++3 echo c
+3 x=c
+4 echo 4
4
## END

#### a call whose messages go elsewhere, in a trace that is output
exec 2>&1
set -x
f() { ls -d /; echo "$1"; }
f a 2>/dev/null
f b >o
## STDOUT:
+ f a
/
a
+ f b
+ ls -d /
+ echo b
## END

#### handlers of a subshell are traced one level deeper, and those of a shell that a compound command ends
exec 2>&1
set -x
(trap 'echo "T $?"' EXIT
echo s; exit 3)
f() { (trap 'echo "T $?"; x=$(echo 1)' EXIT; (exit 3)); }
f
y=$(f)
(trap 'echo a' EXIT; x=$(trap 'echo b' EXIT; (trap 'echo c' EXIT; :)); echo "$x")
trap 'echo "err $?"' ERR
f
trap 'echo "end $?"' EXIT
set -e
(echo a; exit 4)
## STDOUT:
+ trap 'echo "T $?"' EXIT
+ echo s
s
+ exit 3
++ echo 'T 3'
T 3
+ f
+ trap 'echo "T $?"; x=$(echo 1)' EXIT
+ exit 3
++ echo 'T 3'
T 3
+++ echo 1
++ x=1
++ f
++ trap 'echo "T $?"; x=$(echo 1)' EXIT
++ exit 3
+++ echo 'T 3'
++++ echo 1
+++ x=1
+ y='T 3'
+ trap 'echo a' EXIT
++ trap 'echo b' EXIT
++ trap 'echo c' EXIT
++ :
+++ echo c
++ echo b
+ x='c
b'
+ echo 'c
b'
c
b
++ echo a
a
+ trap 'echo "err $?"' ERR
+ f
+ trap 'echo "T $?"; x=$(echo 1)' EXIT
+ exit 3
++ echo 'T 3'
T 3
+++ echo 1
++ x=1
++ echo 'err 3'
err 3
+ trap 'echo "end $?"' EXIT
+ set -e
+ echo a
a
+ exit 4
++ echo 'err 4'
err 4
+ echo 'end 4'
end 4
## END
## status: 4

#### an EXIT trap behind an error within redirections, in a trace
exec 2>&1
set -xu
(trap 'echo "over $?"' EXIT; { echo "$nope"; echo never; } 2>/dev/null > f; echo never)
f() { { echo "$nope"; } 2>/dev/null > f; echo never; }
(trap 'echo "over $?"' EXIT; f)
cat f
trap 'echo "end $?"' EXIT
{ f; } > g
## STDOUT:
+ trap 'echo "over $?"' EXIT
++ echo 'over 1'
over 1
+ trap 'echo "over $?"' EXIT
+ f
++ echo 'over 1'
over 1
+ cat f
+ trap 'echo "end $?"' EXIT
+ f
+ echo 'end 1'
end 1
## END
## status: 1

#### Traces of calls and commands whose redirections move messages or run commands
set -x
f() { echo hi; }
g() { echo $1; }
f >x$(g a) 2>/dev/null
rm x*
ls -d / >/dev/null 2>y$(g b)
cat y*; rm y*
f e 2>/dev/null
echo $?
ls -d / >y$(echo b)
rm y*
## STDOUT:
hi
0
## END
## STDERR:
+ f
++ g a
++ echo a
+ rm xa
+ ls -d /
++ g b
++ echo b
+ cat yb
+ rm yb
+ f e
+ echo 0
+ ls -d /
++ echo b
+ rm yb
## END

#### A shell that shows what it reads shows the comments behind the last command
exec 2>&1
echo b
set -v # 1
if true; then # d
 :
fi # e

# f
## STDOUT:
b
if true; then # d
 :
fi # e

# f
## END

#### The trace of what a redirection runs names its line, and shows nothing else
PS4='+$LINENO '; set -x
{
sh -c 'echo step'
} > "$(
echo f1
)"
{
sh -c 'echo step'
} >> "$(
echo f1
echo $LINENO >&2
)"
set +x
cat f1
## STDOUT:
step
step
## END
## STDERR:
++6 echo f1
+3 sh -c 'echo step'
++12 echo f1
++13 echo 13
13
+8 sh -c 'echo step'
+13 set +x
## END

#### arrays and here-strings hold substitutions
set -x
A=( $( echo a b) "$(
echo c)"   d )
B=(`echo x` q)
IFS=: C=($(echo "1:2" 2>/dev/null)) D=$(echo e)
IFS=$' \t\n'
A+=($(echo z; echo w))
M[3]=$(echo q)
f() { local v=($(echo q)); E=($(echo "$1") y); declare -p v E; }
f aaa
IFS=$'\n' read -d '' -r -a s <<<"$(printf 'a b\nc d\n'; echo "$IFS")" || true
declare -p s
FOO='a b' BAR= cat <<<"$(echo "[$FOO]")"
cat - <<END
$(echo 1) $(echo "it's")
END
read -r "A[0]" <<<"$(echo w)"
read -r "${s[@]}" q <<<"$(echo w v u)"
echo $(cat <<<"$(echo deep)")
mapfile -t m <<<"$(printf '%s\n' 1 2 "3 4")"
set +x
FOO=x read q <<<"$(echo "hidden")"
N=($(echo hidden))
PS4='+$LINENO:${FUNCNAME[0]}: '
set -x
g() {
  H=($(echo "$LINENO"))
  A=1 read -r k <<<"$(echo "$LINENO"
  echo 2)"
  cat <<<"$(false)" && echo ok
}
g
if read -r k <<<"$(echo "$LINENO")"; then echo t; fi
nosuch <<<"$(echo x)"
echo "$?"
while read -r l <<<"$(echo one)"; do break; done
H=($(exit 4)); echo $?
## STDOUT:
declare -a v=([0]="q")
declare -a E=([0]="aaa" [1]="y")
declare -a s=([0]="a b" [1]="c d" [2]=$' \t')
[]
1 it's
deep

ok
t
127
4
## END

#### an array in which a substitution fails, or an expansion, before an EXIT trap
set -e
set -x
trap 'echo bye' EXIT
list=($(echo a b) "$(echo c)")
IFS=$'\n' read -d '' -r -a s <<<"$(printf 'a b\nc d\n')" || true
IFS=$'\n' t=(`printf 'a b\nc d\n'`)
unset IFS
declare -p list s t
cat > f.txt <<E1
exec "$(echo path)" "\$x"
E1
cat f.txt
cat <<<"$(echo quick)" >g.txt
cat g.txt
u=($(echo ${nope?gone}) x)
echo "${u[@]}"
v=($(exit 3))
echo not reached
## STDOUT:
declare -a list=([0]="a" [1]="b" [2]="c")
declare -a s=([0]="a b" [1]="c d")
declare -a t=([0]="a b" [1]="c d")
exec "path" "$x"
quick
bye
## END
## status: 1

#### several assignments on several lines, with substitutions in them, are traced
set -x
IFS=: v=($(
  cat nofile ||
  echo "a:b c:$LINENO"
)); echo "$LINENO ${#v[@]} ${v[*]} $IFS"
unset IFS
A=1 B=$(echo x
 echo "$LINENO $A") \
 C=($(nosuch
 ) $(echo y) \
 z) D=$(
 echo $LINENO)
echo "$LINENO $A $B ${C[*]} $D"
A="1
2" B=$(echo "$A $LINENO")
echo "$A $B $LINENO"
A=1 B="x
$(echo "$LINENO
")y"; echo "$B"
f() {
 A=1 B=$(echo "$LINENO"
  nosuch) \
  C=$(nosuch2 $LINENO); echo "$? $B $LINENO"
}
f
## STDOUT:
5 3 a:b c:2 :
13 1 x
8 1 y z 7
1
2 1
2 15 16
x
18y
127 21 23
## END

#### a prompt of the trace that counts, beside arrays and here-strings
n=0
PS4='+$((n++)) '
set -x
cat <<<"$(echo 1)"
a=($(echo 2))
read -r b <<<"$(echo 3)"
set +x
echo "$n"
PS4='+$BASH_SUBSHELL:$LINENO '
set -x
cat <<<"$(echo 1)"
a=($(echo 2))
f() { cat <<<"$(echo "$1")"; }
f 3
x=$(cat <<<"$(echo 1)"; a=($(echo 4)); echo "$a")
## STDOUT:
1
4
1
3
## END

#### set -v shows the lines of a script that is divided, with comments and documents
exec 2> log
# before
set -ev

# a 'quoted' comment
x=$(echo in sub)
echo "$x" | tr a-z A-Z; echo two \
  three
f() {
  false || echo "f $1"
}
f one
cat <<X
doc $x
X
for i in 1 2; do
  echo $i
done | sed s/^/n/
if [ "$x" = y ]; then
  echo yes
else echo no; fi
set +v
echo off
set -v; echo on

echo done # end
# last
## STDOUT:
IN SUB
two three
f one
doc in sub
n1
n2
no
off
on
done
## END

#### set -v shows the lines behind one that was given up, and none behind exit
exec 2> log
set -v
true ${nope?no}
## STDOUT:
## END
## status: 1

#### set -v of a script that ends itself
exec 2> log
set -v
echo a; echo $((1/0))
echo b
exit 3
echo never
## STDOUT:
a
b
## END
## status: 3

#### set -v with a trace
exec 2> log
set -vx
x=$(echo hi)
case $x in
  hi) echo "it's" ;;
esac
while read -r l; do echo "$l"; done <<'A'
one
two
A
g() { local y=$1; [ "$y" = 1 ] && return 4; echo g; }
g 1
g 2 || true
set +vx
echo end
## STDOUT:
it's
one
two
g
end
## END

#### A script that asks for its options, and shows its lines
exec 2> log
set -v
case $- in *v*) echo verbose ;; esac
true | cat
echo end
## STDOUT:
verbose
end
## END

#### What is evaluated, and a handler, are shown by set -v, too
exec 2> log
set -v
eval 'echo one
echo two'
trap 'echo bye' EXIT
true | cat
echo end
## STDOUT:
one
two
end
bye
## END

#### set -o verbose shows lines until it is turned off
exec 2> log
set -o errexit -o verbose
echo a
set +o verbose
echo b
set -eo pipefail -o verbose -o xtrace
echo c
set +o xtrace +o verbose
echo d
## STDOUT:
a
b
c
d
## END

#### set -v shows what bash reads within parentheses and documents as bash does
exec 2> log
set -v
y=$(
echo first; echo second
)
echo "$y"
cat <<X
a\
b
X
echo data > f
x=$(< f)
mapfile -t -C 'echo cb' -c 1 a < f
true | cat
## STDOUT:
first
second
ab
cb 0 data
## END

#### set -v beside a table of the shell's own
exec 2> log
set -v
true | cat
hash -r
hash -l
echo end
## STDOUT:
end
## END

#### set -v is asked for by a test
exec 2> log
set -v
[[ -o verbose ]] && echo verbose
[ -o errexit ] || echo other | cat
## STDOUT:
verbose
other
## END
