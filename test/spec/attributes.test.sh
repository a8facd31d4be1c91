#### assignments to variables that change what they are given
declare -i n=2 m; n=3+4; echo $n; m=n*2; echo $m; n+=1; echo $n; i=0; while ((i<5)); do i=$((i+1)); n=i*2; done; echo $n
declare -u U; declare -l L; for x in Ab cD; do U=$x; L=$x; echo $U $L; done; declare -x E=1; E=2; sh -c 'echo $E'
## STDOUT:
7
14
8
10
AB ab
CD cd
2
## END

#### builtins that assign to a read-only variable in a loop
readonly M=3; i=0; while ((i < M)); do ((i++)); read -r a b <<< "x$i y"; printf -v p '%s' "$a"; echo "$a $b $p"; done
readonly a; read -r a <<< z; echo "st $? $a"; printf -v a x; echo "st $? $a"; mapfile -t a <<< q; echo "st $?"
while read -r a; do echo "in $a"; done <<< "l"; echo "st $?"; echo end
## STDOUT:
x1 y x1
x2 y x2
x3 y x3
st 1 x3
st 1 x3
st 1
st 0
end
## END

#### C-style loops over read-only local variables
f() { local -r lr=4; local i; for ((i=0;i<lr;i++)); do ((i==2)) && continue; echo $i; done; ((lr=5)); echo "st $?"; lr=6; echo never; }
f; echo "after $?"; lr=7; echo $lr
g() { local x=$1 y; y=$((x%3)); echo $y $((x/2)) $((7/2*x)); }; for v in 1 2 3; do g $v; done
## STDOUT:
0
1
3
st 1
1 0 3
2 1 6
0 1 9
## END

#### read-only variables before commands
readonly R=1; R=2 true; echo "st $?"; R=2 :; echo "never?"
echo next; f() { R=3 echo hi; echo "st $?"; }; f; x=1 R=2; echo never
echo "end $x"; R=5 /bin/echo prog; echo "st $?"
## STDOUT:
st 0
never?
next
hi
st 0
end 1
prog
st 0
## END

#### A reference to an element whose subscript fails gives up the line that expands it, with a trap too
trap 'echo bye' EXIT
a=(1 2)
declare -n r='a[1/0]'
x=$r
echo "x $?"
[[ $r == 5 ]]
echo "t $?"
echo "$r"
echo "e $?"
echo "${r[0]}"
echo "i $?"
## STDOUT:
x 1
t 1
e 1

i 0
bye
## END

#### A reference to an element whose subscript comes to fail in a loop leaves what the passes before have assigned
a=(1 2)
declare -n r='a[n]'
n=1
for i in 1 2 3 4 5 6 7; do
  y=$i
  x=$r
  [[ $i == 6 ]] && n=1/0
done
echo "$? $y $n"
## STDOUT:
1 7 1/0
## END

#### A loop over targets of a reference, of which a later one fails, gives up its line there
declare -n r
x1=1 x2=2 x3=3 x4=4 x5=5
for r in x1 x2 x3 x4 x5 x5 x5 'a[1/0]' x1; do
  z=$r
  echo "$r"
done
echo "$? $z"
## STDOUT:
1
2
3
4
5
5
5
1 5
## END

#### A name in one word with its option is that of an integer, whose value fails
trap 'echo bye' EXIT
declare -i v=5 w=6
read -av <<< '6 1/0'
echo "$?"
printf -vw %s 1/0
echo "$?"
export w=1/0
echo "$?"
declare -p v w
## STDOUT:
1
1
1
declare -ai v=([0]="6")
declare -i w="6"
bye
## END

#### Words of all parameters are evaluated, and lead to a subscript that fails
trap 'echo bye' EXIT
set -- 'a[1/0]'
let "$*"
echo "$?"
[[ $* -eq 1 ]]
echo "$?"
: 'a[1/0]'
[[ $_ -eq 1 ]]
echo "$?"
echo 'a[1/0]' >file
let "v=$(cat file)"
echo "$?"
v='a[1/0]'
read -s "$v" <<< 5
echo "$?"
## STDOUT:
1
1
1
1
1
bye
## END

#### A list for an array that bash alone assigns gives up the line
trap 'echo bye' EXIT
GROUPS=(1 2)
echo "$?"
for i in 1 2 3 4 5 6; do
  y=$i
  BASH_LINENO+=(3)
done
echo "$? $y"
## STDOUT:
1
1 1
bye
## END

#### declare -gr of a variable that the function has a local one of
g() { declare -gr y=7; }
f() { local x=1 y=2; declare -gr x=9; x=5; echo "in=$x"; g; y=3; echo "$y"; }
f; echo "out=$x $y"
h() { declare -gr z=4; echo "$z"; /bin/true; }
h; echo "$z"
## STDOUT:
in=5
3
out=9 7
4
4
## END
