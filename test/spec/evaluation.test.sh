#### a default that is a substitution, needed and not
n=0
say() { echo "ran $1" >&2; echo "$1"; }
a=${A:-$(say one)}
A=set
b=${A:-$(say two)}
c=${A:+$(say three)}
d=${NONE:+$(say four)}
e=${E-$(say five)}
E=
f=${E-$(say six)} g=7
h=${E:-"$(say 'a  b')"/x}
echo "$a|$b|$c|$d|$e|$f|$g|$h"
## STDOUT:
one|set|three||five||7|a  b/x
## END
## STDERR:
ran one
ran three
ran five
ran a  b
## END

#### a default within a default
say() { echo "ran $1" >&2; echo "$1"; }
echo "${A:-${B:-$(say deep)}}"
B=b
echo "${A:-${B:-$(say deep)}}"
A=a
echo "${A:-${B:-$(say deep)}}"
## STDOUT:
deep
b
a
## END
## STDERR:
ran deep
## END

#### a default that assigns
say() { echo "ran $1" >&2; echo "$1"; }
: "${A:=$(say one)}"
: "${A:=$(say two)}"
echo "$A"
: ${B:=x} "${C:=$(say "$B")}"
echo "$B $C"
## STDOUT:
one
x x
## END
## STDERR:
ran one
ran x
## END

#### the status of an assignment with a default
a=${A:-$(exit 3)}
echo $?
A=set
a=${A:-$(exit 3)}
echo $?
a=$(exit 4)${A:-$(exit 3)}
echo $?
a=$(exit 4)${B:-$(exit 3)}
echo $?
## STDOUT:
3
0
4
3
## END

#### set -e and a default that fails
set -e
a=${A-x$(echo y; false)}
echo not reached
## STDOUT:
## END
## status: 1

#### set -u stops a command before its substitution
set -u
say() { echo "ran $1" >&2; }
trap 'echo over' EXIT
x=1
echo "$x $(say one)" "$y" "$(say two)"
echo not reached
## STDOUT:
over
## END
## status: 1

#### set -u, a positional parameter before a substitution
set -u
f() {
  local file=$1/$(echo b) name
  name=$(echo c)/$file
  echo "$name"
  echo "${2%x}$(echo never >&2)"
}
f a
echo not reached
## STDOUT:
c/a/b
## END
## status: 1

#### set -u, a variable that a loop or a list set before
set -u
for i in 1 2; do
  j=$i
  echo "$i$j$(echo x)"
done
if [ "$i" = 3 ]; then k=1; fi
echo "${k}$(echo never >&2)"
## STDOUT:
11x
22x
## END
## status: 1

#### set -u, a declaration without a value
set -u
x=1
f() {
  local x
  echo "$x$(echo never >&2)"
}
f
echo not reached
## STDOUT:
## END
## status: 1

#### set -u, unset again
set -u
x=1
unset x
echo "$x$(echo never >&2)"
## STDOUT:
## END
## status: 1

#### an error message in the way
x=
echo "${x:?is empty}$(echo never >&2)"
echo next line
## STDOUT:
## END
## status: 1

#### substitutions in a here-document
a='*'
cat <<END
first $(echo one; echo two) $a "$(echo "quoted $a")"
  $(printf '%s' 'trailing

')|
`echo old` \$(echo not)
END
echo after
## STDOUT:
first one
two * "quoted *"
  trailing|
old $(echo not)
after
## END

#### substitutions in a here-document that goes to a file
echo before > out
cat > out <<END
$(wc -c < out)
END
tr -d ' ' < out
cat <<END > out
$(cat out)
END
tr -d ' ' < out
## STDOUT:
0
0
## END

#### a here-string and a redirection that are substitutions
echo data > file
cat <<< "$(echo word) $(cat file)"
cat < "$(echo file)"
echo more >> "$(echo file)"
cat < "$(echo file)" 2> "$(echo err)"
cat file err
## STDOUT:
word data
data
data
more
data
more
## END

#### substitutions in assignments before a command
A=1 B=$(echo "$A-b") sh -c 'echo "$A $B"'
A=$(echo a; false) sh -c 'echo "$A"'
echo "$? $A"
A=$(echo in >&2) sh -c 'echo "$(echo word)" "$A"' "$(echo arg >&2)"
f() { echo "f $A $1"; }
A=$(echo x) f "$(echo y)"
echo "[$A]"
## STDOUT:
1 1-b
a
0 
word 
f x y
[]
## END

#### an assignment beside a redirection
a=$(echo out; echo err >&2) 2> file
echo "$a"
wc -c < file | tr -d ' '
## STDOUT:
out
0
## END

#### old-style substitutions, nested
a=`echo a\`echo b\``
b=`expr 1 + \`echo 2\``
echo "$a $b `echo "x $a"`"
## STDOUT:
ab 3 x ab
## END

#### a brace expansion and a substitution
echo {a,b}"$(echo x)" {1..3}$(echo y)
## STDOUT:
ax bx 1y 2y 3y
## END

#### the status that a substitution sees
(exit 3)
echo "$(echo $?)" "$(echo $?)"
x=${X:-$(echo $?)}
echo "$x"
## STDOUT:
3 0
0
## END

#### eval of lists
x='$y'; y='5 6'
eval d=($x); echo "${d[0]}|${#d[@]}"
eval d=("$x" b); echo "${d[0]}|${#d[@]}"
eval d+=(1 '2 3'); echo "${#d[@]}"
x='$(echo s)'
eval d=([3]=$x k) e=($x); echo "${d[3]}" "${e[0]}" "${!d[@]}"
set -- ab cd
eval a2=("${@/#/\"-i \"}")
echo "${a2[@]}" "${#a2[@]}"
f() { eval q=("$1" 5); }
f q; echo "${q[1]}"
. ./nofile 2>/dev/null
n='); sleep 0.01 & wait $!; echo waited $?; k=('
eval d=($n)
echo "${#d[@]} ${#k[@]}"
## STDOUT:
5|2
5|3
6
s s 3 4
-i ab -i cd 2
5
waited 0
0 0
## END

#### a text that holds the number of `$$`, and interrupts the script
echo a
eval "kill -INT $$"
echo not here
## STDOUT:
a
## END
## status: 130
