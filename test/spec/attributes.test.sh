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
