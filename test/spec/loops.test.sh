# while, until, for in all forms; break and continue with levels; loops and shared input.

#### for over words
for i in a 'b c' d; do echo "[$i]"; done
## STDOUT:
[a]
[b c]
[d]
## END

#### for over positional parameters
set -- x 'y z'
for i; do echo "[$i]"; done
for i in "$@"; do echo "<$i>"; done
## STDOUT:
[x]
[y z]
<x>
<y z>
## END

#### for with do on the next line
for i in 1 2
do
  echo $i
done
## STDOUT:
1
2
## END

#### loop variable stays
for i in 1 2 3; do :; done; echo $i
## STDOUT:
3
## END

#### for over a glob
touch b.x a.x
for f in *.x; do echo $f; done
for f in *.none; do echo "$f"; done
## STDOUT:
a.x
b.x
*.none
## END

#### for over a substitution and ranges
for i in $(seq 3) {a..c}; do echo -n $i; done; echo
## STDOUT:
123abc
## END

#### words are fixed before the loop
l='1 2'; for i in $l; do l='9 9 9'; echo $i; done
## STDOUT:
1
2
## END

#### set -- inside a for over "$@"
set -- a b c
for x; do shift; echo $x $#; done
## STDOUT:
a 2
b 1
c 0
## END

#### loop variable changed in the body
for i in 1 2 3; do i=$i$i; echo $i; done
## STDOUT:
11
22
33
## END

#### while
i=0; while [ $i -lt 3 ]; do echo $i; i=$((i+1)); done
## STDOUT:
0
1
2
## END

#### until
i=3; until [ $i = 0 ]; do echo $i; i=$((i-1)); done
## STDOUT:
3
2
1
## END

#### while with a list condition
i=0; while echo c$i; i=$((i+1)); [ $i -lt 3 ]; do echo b$i; done
## STDOUT:
c0
b1
c1
b2
c2
## END

#### while true with break
i=0; while true; do i=$((i+1)); [ $i = 4 ] && break; done; echo $i
## STDOUT:
4
## END

#### while colon
n=3; while :; do [ $((n--)) -eq 0 ] && break; echo $n; done
## STDOUT:
2
1
0
## END

#### break out of two
for i in 1 2; do for j in a b; do echo $i$j; [ $j = a ] && break 2; done; done; echo end
## STDOUT:
1a
end
## END

#### continue of the outer loop
for i in 1 2 3; do for j in a b; do [ $j = b ] && continue 2; echo $i$j; done; echo never; done
## STDOUT:
1a
2a
3a
## END

#### break beyond the depth
for i in 1 2; do for j in a b; do break 9; done; done; echo $i$j
## STDOUT:
1a
## END

#### continue beyond the depth
for i in 1 2; do for j in a b; do continue 9; done; echo never; done; echo $i$j
## STDOUT:
2a
## END

#### break 0 is an error
for i in 1 2; do { break 0; } 2>/dev/null; echo $?; done; echo end
## STDOUT:
end
## END

#### break with a variable level
n=2; for i in 1 2; do for j in 1 2; do break $n; done; echo no; done; echo $i$j
## STDOUT:
11
## END

#### break in a while condition
while break; do echo no; done; echo ok
## STDOUT:
ok
## END

#### break in an if, case and group
for i in 1 2 3; do if [ $i = 2 ]; then break; fi; echo $i; done
for i in 1 2 3; do case $i in 2) break;; esac; echo $i; done
for i in 1 2 3; do { [ $i = 2 ] && break; }; echo $i; done
## STDOUT:
1
1
1
## END

#### break in a subshell only ends it
for i in 1 2; do (break; echo no) 2>/dev/null; echo $i; done
## STDOUT:
no
1
no
2
## END

#### break in a substitution
for i in 1 2; do x=$(break; echo in) 2>/dev/null; echo "$i[$x]"; done
## STDOUT:
1[]
2[]
## END

#### break by eval
for i in 1 2 3; do eval 'break'; echo no; done; echo $i
## STDOUT:
1
## END

#### break through a variable command
b=break; for i in 1 2 3; do [ $i = 2 ] && $b; echo $i; done
## STDOUT:
1
## END

#### continue through arguments
set -- continue
for i in 1 2 3; do [ $i = 2 ] && "$@"; echo $i; done
## STDOUT:
1
3
## END

#### continue in while with an increment first
i=0; while [ $i -lt 5 ]; do i=$((i+1)); [ $((i%2)) = 0 ] && continue; echo $i; done
## STDOUT:
1
3
5
## END

#### until with continue
i=0; until [ $i = 4 ]; do i=$((i+1)); [ $i = 2 ] && continue; echo $i; done
## STDOUT:
1
3
4
## END

#### nested three deep with counters
for i in 1 2; do for j in 1 2; do for k in 1 2; do echo $i$j$k; done; done; done | tr '\n' ' '; echo
## STDOUT:
111 112 121 122 211 212 221 222 
## END

#### loop with redirected output makes one file
for i in 1 2 3; do echo $i; done > out; cat out
## STDOUT:
1
2
3
## END

#### loop with append and counter file name
n=0; for i in 1 2 3; do echo $i; done > out$((n++)); ls; echo $n
## STDOUT:
out0
1
## END

#### loop reading a file line by line
printf 'a\nb\nc\n' > f
while read l; do echo "[$l]"; done < f
## STDOUT:
[a]
[b]
[c]
## END

#### while read last line without newline
printf 'a\nb' > f
while read l || [ -n "$l" ]; do echo "[$l]"; done < f
## STDOUT:
[a]
[b]
## END

#### while read keeps variables when redirected
n=0; printf '1\n2\n3\n' > f
while read x; do n=$((n+x)); done < f; echo $n
## STDOUT:
6
## END

#### while read in a pipeline loses variables
n=0; printf '1\n2\n' | while read x; do n=$((n+x)); done; echo $n
## STDOUT:
0
## END

#### while read in a pipeline prints inside
printf '1\n2\n' | { n=0; while read x; do n=$((n+x)); done; echo $n; }
## STDOUT:
3
## END

#### body commands share the loop's input
printf 'a\nb\nc\nd\n' > f
while read x; do read y; echo "$x-$y"; done < f
## STDOUT:
a-b
c-d
## END

#### body with head eats input
printf '%s\n' 1 2 3 4 5 > f
while read x; do echo "got $x"; cat > /dev/null; done < f
## STDOUT:
got 1
## END

#### body command with its own input leaves the loop's alone
printf '1\n2\n' > f
while read x; do cat < /dev/null; echo $x; done < f
## STDOUT:
1
2
## END

#### while read with several variables
printf 'a b c d\ne f\n' | while read x y z; do echo "$x|$y|$z"; done
## STDOUT:
a|b|c d
e|f|
## END

#### while IFS= read -r
printf '  a\\b  \n' | while IFS= read -r l; do echo "[$l]"; done
## STDOUT:
[  a\b  ]
## END

#### while IFS=: read
printf 'root:x:0\nnobody:x:65534\n' | while IFS=: read -r u p i; do echo $u $i; done
## STDOUT:
root 0
nobody 65534
## END

#### while read from a here-document
while read a b; do echo "$b $a"; done <<E
1 2
3 4
E
## STDOUT:
2 1
4 3
## END

#### while read from a descriptor above two
printf 'a\nb\n' > f
while read -u 3 x; do echo $x; cat; done 3< f < /dev/null
## STDOUT:
a
b
## END

#### two files in parallel
printf '1\n2\n' > a; printf 'x\ny\n' > b
while read p <&3 && read q <&4; do echo $p$q; done 3<a 4<b
## STDOUT:
1x
2y
## END

#### script's own standard input in a loop
while read l; do echo "<$l>"; done
## stdin-json: "one\ntwo\nthree"
## STDOUT:
<one>
<two>
## END

#### script's input shared by two loops
while read l; do [ "$l" = stop ] && break; echo "1 $l"; done
while read l; do echo "2 $l"; done
## stdin-json: "a\nstop\nb\nc\n"
## STDOUT:
1 a
2 b
2 c
## END

#### script's input: read then cat
read first
echo "first=$first"
cat
## stdin-json: "1\n2\n3\n"
## STDOUT:
first=1
2
3
## END

#### script's input: cat consumes all
cat > all
read x; echo "$? [$x]"
wc -l < all
## stdin-json: "1\n2\n"
## STDOUT:
1 []
2
## END

#### script's input: head then read from a file
head -n 1
read x; echo "[$x]"
## stdin-json: "l1\nl2\nl3\n"
## STDOUT:
l1
[l2]
## END

#### break leaves the rest of the input
printf '%s\n' a b c > f
{ while read x; do [ $x = a ] && break; done; cat; } < f
## STDOUT:
b
c
## END

#### loop in a pipeline's middle
printf '3\n1\n2\n' | while read x; do echo $((x*10)); done | sort -n
## STDOUT:
10
20
30
## END

#### loop as the first stage ended by head
while :; do echo y; done | head -n 3
## STDOUT:
y
y
y
## END

#### C-style loops nested with break and continue
for ((i=0;i<3;i++)); do for ((j=0;j<3;j++)); do ((j==1)) && continue; ((i==1)) && break; echo $i$j; done; done
## STDOUT:
00
02
20
22
## END

#### continue runs the C-style update
for ((i=0;i<4;i++)); do ((i==1)) && continue; echo $i; done; echo $i
## STDOUT:
0
2
3
4
## END

#### break skips the C-style update
for ((i=0;i<4;i++)); do ((i==2)) && break; done; echo $i
## STDOUT:
2
## END

#### C-style with braces
for ((i=0;i<2;i++)) { echo $i; }
## STDOUT:
0
1
## END

#### for with braces
for i in a b; { echo $i; }
## STDOUT:
a
b
## END

#### select reads choices
select x in a b; do echo "got $x $REPLY"; break; done 2>/dev/null <<< 2
## STDOUT:
got b 2
## END

#### select with several answers
select x in one two; do case $x in two) echo two; break;; *) echo "[$x]";; esac; done 2>/dev/null <<E
7
1
2
E
## STDOUT:
[]
[one]
two
## END

#### loop in a background job
for i in 1 2; do echo $i; done > out & wait; cat out
## STDOUT:
1
2
## END

#### loop with && after done
for i in 1; do false; done && echo no || echo failed
while false; do :; done && echo zero
## STDOUT:
failed
zero
## END

#### condition with a pipeline
i=0
while echo $i | grep -q '[0-2]'; do i=$((i+1)); done; echo $i
## STDOUT:
3
## END

#### condition with a function that changes state
next() { n=$((n+1)); [ $n -le 3 ]; }
while next; do echo $n; done
## STDOUT:
1
2
3
## END

#### condition in a subshell changes nothing
n=0; while (n=5; false); do :; done; echo $n
## STDOUT:
0
## END

#### exit in a loop
for i in 1 2; do echo $i; exit 3; done; echo no
## STDOUT:
1
## END
## status: 3

#### exit in a while read
printf 'a\nb\n' > f
while read x; do echo $x; exit 4; done < f; echo no
## STDOUT:
a
## END
## status: 4

#### exit in a piped while read
printf 'a\nb\n' | while read x; do echo $x; exit 4; done; echo "after $?"
## STDOUT:
a
after 4
## END

#### return from a loop reading a file
f() { while read x; do [ $x = b ] && return 5; echo $x; done < f.txt; }
printf 'a\nb\nc\n' > f.txt; f; echo $?
## STDOUT:
a
5
## END

#### errexit in a loop body
set -e
for i in 1 2; do echo $i; false; echo no; done
## STDOUT:
1
## END
## status: 1

#### errexit does not act on a loop condition
set -e
i=0
while ((i < 2)); do ((++i)); done
until [ $i = 0 ]; do i=$((i-1)); done
echo $i
## STDOUT:
0
## END

#### variable in a loop as a number of times
n=3; while ((n-- > 0)); do printf x; done; echo
## STDOUT:
xxx
## END

#### empty for list from a variable
l=; for i in $l; do echo no; done; echo done
for i in "$l"; do echo "once[$i]"; done
## STDOUT:
done
once[]
## END

#### loop over lines with IFS
IFS='
'
for l in $(printf 'a b\nc d\n'); do echo "[$l]"; done
## STDOUT:
[a b]
[c d]
## END

#### loop with a changed IFS inside
for p in a:b c:d; do IFS=: read x y <<< "$p"; echo $y$x; done
## STDOUT:
ba
dc
## END

#### loop over keys and deleting
declare -A h=([a]=1); for k in "${!h[@]}"; do unset "h[$k]"; done; echo ${#h[@]}
## STDOUT:
0
## END

#### infinite loop ended by a counter in a function
tick() { ((++c >= 3)) && return 1; return 0; }
while tick; do echo $c; done; echo end $c
## STDOUT:
1
2
end 3
## END

#### loops and the working directory
mkdir -p a b
for d in a b; do (cd $d; pwd | sed 's,.*/,,'); done
for d in a b; do cd $d; touch in; cd ..; done; ls a b
## STDOUT:
a
b
a:
in

b:
in
## END

#### loop prints to two descriptors
for i in 1 2; do echo o$i; echo e$i >&2; done 2> err; cat err
## STDOUT:
o1
o2
e1
e2
## END

#### thousand iterations of a builtin
for ((i=0;i<1000;i++)); do :; done; echo $i
## STDOUT:
1000
## END

#### fifty iterations of an external command
for i in {1..50}; do expr $i + 0; done | tail -n 1
## STDOUT:
50
## END

#### continue in a piped loop
printf '1\n2\n3\n' | while read x; do [ $x = 2 ] && continue; echo $x; done
## STDOUT:
1
3
## END

#### do and done as words
for do in done; do echo $do; done
## STDOUT:
done
## END

#### one-line loop after a group and before a subshell
{ for i in 1; do echo $i; done; } ; (while false; do :; done; echo s)
## STDOUT:
1
s
## END

#### loop in a substitution with break 2
echo $(for i in 1 2; do for j in 1 2; do echo $i$j; break 2; done; done)
## STDOUT:
11
## END

#### case in a loop with continue and break
for a in -v -x file -- rest; do
  case $a in -v) echo verbose; continue;; --) break;; -*) echo "opt $a";; *) echo "arg $a";; esac
done; echo $a
## STDOUT:
verbose
opt -x
arg file
--
## END

#### while with getopts
set -- -a -b val rest
while getopts 'ab:' o; do case $o in a) echo A;; b) echo "B $OPTARG";; esac; done
shift $((OPTIND-1)); echo "$1"
## STDOUT:
A
B val
rest
## END

#### reading while the file grows is bounded
printf '1\n' > f
n=0; while read x; do n=$((n+1)); [ $n -lt 4 ] && echo $n >> f; done < f; echo $n
## STDOUT:
4
## END

#### for over "$@" modified by the body's function
f() { set -- x; }
set -- a b; for i; do f; echo $i; done; echo $#
## STDOUT:
a
b
2
## END

#### loop with negated condition
i=0; while ! [ $i = 2 ]; do i=$((i+1)); done; echo $i
## STDOUT:
2
## END

#### until with a pipeline and pipefail
set -o pipefail
i=0; until echo $i | grep 2 | cat >/dev/null; do i=$((i+1)); done; echo $i
## STDOUT:
2
## END

#### the loop variable in a pipeline, a redirected body and a subshell
set -eu
for e in a b; do echo "1$e" | cat | sort; done
for e in c d; do { echo "2$e"; cat; } </dev/null; done
for e in f g; do ( echo "3$e"; echo "4$e" ) | cat; done
for e in h i; do echo "5$e $(echo "6$e" | cat)"; done
echo "$e"
## STDOUT:
1a
1b
2c
2d
3f
4f
3g
4g
5h 6h
5i 6i
i
## END

#### for ((…)): an error in an expression ends the loop
for ((i = 0; 7++; i++)); do echo never; done
echo "first $?"
for ((i = 0; i < 3; 7 = 4)); do echo "pass $i"; false; done
echo "then $?"
for ((1 / 0; 1; i++)); do echo never; done
echo "last $?"
set -e
for ((; 1; x = 08)); do echo "in $i"; done
echo "goes on $?"
## STDOUT:
first 1
pass 0
then 1
last 1
in 0
goes on 1
## END

#### for ((…)) leaves PIPESTATUS alone
false | (exit 3)
for ((i = 0; i < 1; i++)); do echo "$? ${PIPESTATUS[@]}"; (exit 4) | true; done
echo "$? ${PIPESTATUS[@]}"
## STDOUT:
3 1 3
0 4 0
## END

#### for ((…)) without expressions, in a trace
set -x
for ((;;)); do break; done
for ((i = 0; ; i++)); do ((i > 0)) && break; done
## STDOUT:
## END
## STDERR:
+ (( 1 ))
+ (( 1 ))
+ break
+ (( i = 0 ))
+ (( 1 ))
+ (( i > 0 ))
+ (( i++ ))
+ (( 1 ))
+ (( i > 0 ))
+ break
## END

#### continue in the condition of until ends that loop
for i in 1 2; do
  echo "$i"
  until continue; do
    echo never
  done
  echo after
done
## STDOUT:
1
after
2
after
## END

#### break in a condition: its own status is the condition's
n=0
while [ $n -lt 1 ] || ! break; do n=1; (exit 3); done
echo $?
n=0
until [ $n -gt 0 ] && break; do n=1; (exit 4); done
echo $?
n=0
while [ $n -lt 1 ] || break; do n=1; (exit 5); done
echo $?
while ! continue; do echo never; done
echo $?
for i in 1 2; do
  while true; do
    until break 2; do :; done
    echo never
    break
  done
  echo "after $i"
done
## STDOUT:
3
4
0
0
after 1
after 2
## END

#### decisions that follow one another
i=0
while [ $i -lt 12 ]; do
  i=$((i + 1))
  case $i in
    1) continue ;;
    2) cat /dev/null && cat /dev/null || echo never ;;
    3 | 4) if ! cat /dev/null; then echo never; else cat /nowhere 2>/dev/null; fi ;;
    5) until cat /dev/null; do echo never; done ;;
    6) for j in; do cat "$j"; done ;;
    7) for j in a b; do cat /nowhere 2>/dev/null || continue 2; done ;;
    8) ! cat /nowhere 2>/dev/null && ! cat /dev/null || echo eight ;;
    9) false ;;
    10) ;;
    11) break ;;
    12) echo never ;;
  esac
  echo "$i $?"
done
echo "end $i $?"
## STDOUT:
2 0
3 1
4 1
5 0
6 0
eight
8 0
9 1
10 0
end 11 0
## END

#### `in` on a line of its own
echo 1
for x
in a b
do echo $x
done
## STDOUT:
1
a
b
## END

#### `in` on a line of its own, where bash does not take it
echo 1
case x in x)
for x
in x
do
echo $x
done
esac
## STDOUT:
1
## END
## status: 2

#### $_ behind break and continue
while :; do true x; break; done; echo $_
for i in 1 2; do true x; continue; done; echo $_
for i in 1 2; do for j in 1; do true x; break 2; done; done; echo $_
for i in 1; do ! break; done; echo $_
for i in 1 2; do case $i in 1) continue;; esac; { break 1; } > o; done; echo $_
for i in 1 2; do break > o; done; echo $_
true q; while [ "$_" = q ]; do break; done; echo $_
## STDOUT:
break
continue
2
break
1
break
break
## END

#### break and continue from within a negated command
while ((i1++ < 2)); do ! { continue; }; done; echo $?
for i in 1 2; do ! { ls -d .; continue; }; done; echo $?
for i in 1 2; do ! { ls -d .; break; }; done; echo $?
for i in 1 2; do ! { ls -d .; ! { break; }; }; done; echo $?
for i in 1 2; do ! for j in 1 2; do ls -d .; break 2; done; done; echo $?
for i in 1 2; do ! for j in 1 2; do ls -d .; break; done; echo in $?; done; echo $?
for i in 1 2; do ! for j in 1 2; do ls -d .; continue 2; done; echo in $?; done; echo $?
for i in 1 2; do ! eval 'ls -d .; break'; done; echo $?
for i in 1 2; do ! { ls -d . > o; continue; } > o2; done; echo $?
for i in 1 2; do ! if ls -d .; then break; fi; done; echo $?
f() { for i in 1 2; do ! { ls -d .; return 3; }; done; echo no; }; f; echo $?
while ! { ls -d .; break; }; do :; done; echo $?
for i in 1 2; do ! break; done; echo $?
for i in 1 2; do ! (ls -d .; continue; ) 2>/dev/null; echo $?; done; echo $?
for i in 1 2; do ! { b=break; ls -d .; $b; }; done; echo $?
set -e
for i in 1 2; do ! { ls -d .; continue; }; done; echo $?
## STDOUT:
1
.
.
1
.
1
.
0
.
1
.
in 1
.
in 1
0
.
.
1
.
1
1
.
1
.
3
.
0
1
.
1
.
1
0
.
1
.
.
1
## END

#### break and continue from within a negation that errexit depends on
for i in 1 2; do ! { set -e; ls -d .; false; continue; }; echo no; done; echo $?
false || echo "e on"
for i in 1 2; do ! { ls -d .; set +e; break; }; done; echo $?
false; echo off
for i in 1 2; do set -e; ! { set +e; false; ls -d .; set -e; continue; }; done; echo $?
for i in 1 2; do ! for j in 1 2; do false; ls -d .; continue 2; done; done; echo $?
f() { for i in 1 2; do ! { ls -d .; continue; }; done; false; echo not; }
f || echo or
f
## STDOUT:
.
## END
## status: 1

#### for ((…)) with parameters in its expressions
a=(x y z) n=2
for ((i = 0; i < ${#a[@]}; i++)); do echo "$i ${a[i]}"; done
for ((i = 0; i < "$n"; i++)); do echo "q $i"; n=$((n - (i == 0))); done
f() { for ((i = 0; i < $(($2 / 2)); i++)); do echo "$1 $i"; [ "$i" = 1 ] && set -- $1 2; done; }
f arg 10
for ((i = ${#a[@]} - 1; i >= 0; i--)); do echo $i; done
for ((i = 0; i < $#; i++)); do echo no; done
op=+; for ((i = 0; i $op 0 < 2; i++)); do echo "op $i"; done
e='i < 2'; for ((i = 0; $e; i++)); do (exit 4); done; echo "st $?"
y=$(for ((i = 0; i < $n; i++)); do echo "c $i"; done; echo "$i"); echo "$y"
## STDOUT:
0 x
1 y
2 z
q 0
arg 0
arg 1
2
1
0
op 0
op 1
st 4
c 0
1
## END

#### for ((…)): expansions that make no expression, or end the shell
bad='1 +'; for ((i = 0; i < $bad; i++)); do echo never; done; echo "st $?"
e='i < 2; i++'; for ((i = 0; $e; i++)); do echo never; done; echo "st $?"
for ((i = $?; i < 2; i++)); do echo "q $?"; done
for ((i = $$; i < $$ + 2; i++)); do echo p; done
set -u
trap 'echo bye' EXIT
y=$(for ((i = 0; i < 2; i++)); do echo "$i"; done; for ((i = 0; i < $nope; i++)); do echo never; done); echo "[$y] $?"
for ((i = 0; i < $nope; i++)); do echo never; done
echo never
## STDOUT:
st 1
st 1
q 0
q 0
p
p
[0
1] 1
bye
## END
## status: 1

#### break 0 fails, and no handler of a trap does anything
trap 'echo err' ERR
f() { for i in 1 2; do
  break 0
done; echo f $?; }
(set -e; trap 'echo bye' EXIT; for i in 1 2; do break 0; echo no; done; echo no) 2>/dev/null; echo $?
f 2>/dev/null
for i in 1; do for j in 1 2; do continue 0 2>/dev/null; echo no; done; echo no; done
echo $?
for i in 1; do if break 0; then echo no; else echo no; fi; done 2>/dev/null
echo here $?
for i in 1; do ! break 0; echo no; done 2>/dev/null
echo here $?
for i in 1; do { false; break 2>/dev/null; }; done
echo here $?
trap 'echo bye' EXIT
set -e
f 2>/dev/null || echo no
for i in 1; do break 0; done
echo no
## status: 1
## STDOUT:
err
1
f 1
1
here 1
here 0
err
here 0
f 1
## END

#### standard error behind text that may leave the loop
exec 2>errors
for i in 1 2 3; do eval 'echo "$i" >&2; no_such_command'; done
for i in 4 5; do eval 'echo "$i" >&2; break'; done
echo 6 >&2
grep -c . errors
grep -x '[0-9]' errors | tr '\n' ' '
## stdout-json: "8\n1 2 3 4 6 "

#### a jump in a substitution of what a compound command expands itself
for i in 1 2; do
  case "${none[@]:1:2}$(echo a; continue; echo b)" in a) /bin/echo A ;; *) echo other ;; esac
  { echo x; /bin/echo y; } >"${none[@]:1:2}o$(echo a; break; echo b)"
  for j in "${none[@]:1:2}$(echo a; continue 2; echo b)" c; do /bin/echo "$j"; done
done
cat oa*
for x in a "$(echo b; break; echo c)"; do /bin/echo "$x"; done
case $(break; echo a) in a) /bin/echo yes ;; esac
## STDOUT:
A
a
c
A
a
c
x
y
a
b
yes
## END
## STDERR:
../t.sh: line 8: break: only meaningful in a `for', `while', or `until' loop
## END

#### a loop of builtins with numbers that are long together, and with some that are none
i=0 a=123456789 b=987654321
while ((i<30)); do
  a=$((a+i)) b=$((b-i))
  c=$((a+b+i))
  i=$((i+1))
done
echo "$a $b $c"
big=9999999990 i=0
while ((i<30)); do
  big=$((big+1)) i=$((i+1)); o=$((big*2))
done
echo "$big $o"
oct=010 i=0
while ((i<10)); do
  o=$((oct+i)) i=$((i+1))
done
echo "$o"
## STDOUT:
123457224 987653886 1111111139
10000000020 20000000040
17
## END

#### a loop of builtins with a case, many times round
i=0 x=0 n=0 p='1?'
while ((i<14)); do
  x=$((x+i)); y=${x#1}
  case $y in
    5* | "6"*) z=five; w="$w$i" ;;
    $p) z="p$?" ;;
    [0-9]) z=one ;&
    '') n=$((n+1)) ;;
  esac
  case "$z-$i" in p*) : ;; *-1?) q=$q$i ;; esac
  case $i in 7) continue=1; i=9; continue ;; 1[23]) break ;; esac
  i=$((i+1))
done
echo "$i $x $y $z $n $w $q"
f() {
  local k
  for k in 1 2 3 4 5 6 7 8; do
    false
    case $k in 3) echo "three $?"; return 3 ;; 9) : ;; esac
    echo "$?"
  done
}
f; echo "$?"
## STDOUT:
12 70 70 five 4 3511 101112
0
0
three 1
3
## END

#### jumps in substitutions outside of loops
out=$(
if break; then
echo then
fi
)
echo "[$out]"
y=a$(continue; echo k)
echo "$y"
echo "$(break; echo k)"
[[ -n $(break; echo k) ]] && echo yes
cat <<X
$(break; echo doc)
X
## STDOUT:
[then]
ak
k
yes
doc
## END
## STDERR:
../t.sh: line 5: break: only meaningful in a `for', `while', or `until' loop
../t.sh: line 7: continue: only meaningful in a `for', `while', or `until' loop
../t.sh: line 9: break: only meaningful in a `for', `while', or `until' loop
../t.sh: line 10: break: only meaningful in a `for', `while', or `until' loop
../t.sh: line 11: break: only meaningful in a `for', `while', or `until' loop
## END

#### A loop whose first expression is an error lets a later break leave the script
for ((1/0;;)); do :; done; break
echo a $?
break
echo b $?
## STDOUT:
## END

#### A loop whose first expression is an error counts for the breaks behind it
echo a
for i in 1 2; do
  for ((1/0;;)); do :; done
  break
  echo no
done
echo b
for i in 1 2; do for ((;;1/0)); do echo q; done; break 2; echo no; done
x=$(break; echo no)
echo "<$x>"
## STDOUT:
a
b
q
## END

#### A loop whose first expression is an error has a function's break leave the script
f() { for ((1/0;;)); do :; done; break; echo no; }
f
echo no
## STDOUT:
## END

#### C-style loops whose expressions fail, assign, or go on for long
n="2 x"; for ((i=0;i<n;i++)); do echo $i; done; echo "st $?"
y='1+'; for ((i=0;i<y;i++)); do echo no; done; echo "st $?"
for ((a=1,b=10;a<b;a++,b--)); do [ $a = 3 ] && n=7; done; echo $a $b $n
for ((i=0;i<400;i++)); do s=$((s+i)); done; echo $s
for ((i=0;i<5;i++)); do for ((j=0;j<i;j++)); do ((j==2)) && continue 2; printf '%s ' $i$j; done; echo; done; echo "$i $j"
declare -i k=3; arr=(1 2 3)
for ((k=0;k<3;k++)); do echo "$k"; done
for ((arr=0;arr<2;arr++)); do echo "${arr[*]}"; done
f() { for ((OPTIND=1;OPTIND<3;OPTIND++)); do echo $OPTIND; done; }
f; getopts ab o -a -b; echo $o
SECONDS=0; for ((SECONDS=3;SECONDS<4;SECONDS++)); do echo s; done
readonly r=3; for ((r=0;r<2;r++)); do echo $r; done; echo "st $?"
## STDOUT:
st 1
st 1
6 5 7
79800

10 
20 21 
30 31 40 41 5 2
0
1
2
0 2 3
1 2 3
1
2
?
s
st 1
## END

#### C-style loops within functions, and a variable that nounset misses
f() { local i s=0; for ((i=0;i<$1;i++)); do ((s+=i)); g $i; done; echo $s; return $s; }
g() { local i; for ((i=0;i<2;i++)); do :; done; [ $1 = 3 ] && return 1; }
i=99; f 5; echo "$? $i"
f 3 | cat; echo ${PIPESTATUS[*]}
(for ((i=0;i<3;i++)); do [ $i = 2 ] && exit 4; done); echo $? $i
false; for ((i=0;i<0;i++)); do :; done; echo $?
set -u
for ((i=0;i<missing;i++)); do echo $i; done
echo never
## STDOUT:
10
10 99
3
3 0
4 99
0
## END
## status: 1

#### A loop within another goes on from a file that changes what divides words
echo 'sleep 0 & wait $!; IFS=:abx' >lib
touch a:x b.y
for i in 1 2; do
  for j in a:b c=:d x$i:z *:* ?.* "q:r":s b*.$i end; do
    echo "<$j>"
    . ./lib
  done
done
## STDOUT:
<a:b>
<c=:d>
<x1:z>
<a:x>
<b.y>
<q:r:s>
<b*.1>
<end>
<a:b>
<c=:d>
<x2:z>
<a:x>
<b.y>
<q:r:s>
<b*.2>
<end>
## END

#### A loop goes on from a file with its variable as it is, which may be unset
echo 'sleep 0 & wait $!' >lib
for i in 1 2; do unset i; . ./lib; echo "${i-unset}"; done
f() {
  local i k
  for k in a b; do
    unset k
    for i in 1 2; do . ./lib; echo "$i ${k-unset}"; unset i; . ./lib; echo "${i-unset}"; i=3; done
  done
}
i=outer k=outer
f
echo $i $k
## STDOUT:
unset
unset
1 unset
unset
2 unset
unset
1 unset
unset
2 unset
unset
outer outer
## END

#### slices, subscripts and keys in a loop
a=(x y z); s=abcdef; declare -A m
for i in 0 1 2 3 4; do
  t=${s:i:2}; u=${s:$i}; v=${s: -i:1}; w=${a[i%3]}
  a[$i]=$t; a[i+5]=$u; m[k$i]=$w; m[$i]=$v; m["q $i"]=x
  [[ ${s:i:1} == c ]] && echo "c at $i"
  case ${s:i:1} in [de]) echo "${m[k$i]} ${m[$i]} ${m["q $i"]}";; esac
  for part in ${s:i:1} "${a[i]}" ${a[@]:1:2}; do p+=$part,; done
done
echo "${a[@]}" ${#m[@]} $p
## STDOUT:
c at 2
ab d x
bc c x
ab bc cd de ef abcdef bcdef cdef def ef 15 a,ab,y,z,b,bc,bc,z,c,cd,bc,cd,d,de,bc,cd,e,ef,bc,cd,
## END

#### slices, subscripts and keys that fail in a loop
s=abc a=(1 2); declare -A m=([x]=1)
for i in 1 2 3 -9; do
  (echo "${s:0:i}") 2>/dev/null; echo "slice $?"
  x=${a[i-12]}; echo "read $? [$x]"
  a[i]=$i; echo "set $?"
done 2>/dev/null
echo "${a[@]}"
for k in x y '' z; do m[$k]=$k; echo "key $? ${m[$k]}"; done 2>/dev/null
echo "${#m[@]}"
unset m; m=(1 2); for k in 0 1 x; do m[$k]=$k; echo "${m[$k]}"; done
## STDOUT:
a
slice 0
read 0 []
set 0
ab
slice 0
read 0 []
set 0
abc
slice 0
read 0 []
set 0
slice 1
read 0 []
1 1 2 3
key 0 x
key 0 y
2
0
1
x
## END

#### loops within loops, whose words a shell that stays expands
touch f1 f2
for i in 1 2 3; do for f in f* "$i $i" $i{a,b}; do l+="[$f]"; done; done
echo "$l"
for i in 1 2 3; do for j in; do echo no; done; echo $?; for k in $nothing "$@"; do echo no; done; done
IFS=,; v=a,b; for i in 1 2 3; do for j in $v; do r+=$j-; done; done; echo $r
false; for i in 1 2 3; do for j in $?; do echo $j; done; false; done
## STDOUT:
[f1][f2][1 1][f1][f2][2 2][f1][f2][3 3]
0
0
0
a-b-a-b-a-b-
1
1
1
## END
## status: 1
