# Arithmetic: $(( )), (( )), let, and everywhere bash evaluates a number.

#### operators
echo $((7+3)) $((7-3)) $((7*3)) $((7/3)) $((7%3)) $((2**10)) $((-7/2)) $((-7%3))
## STDOUT:
10 4 21 2 1 1024 -3 -1
## END

#### precedence and parentheses
echo $((2+3*4)) $(((2+3)*4)) $((2**3**2)) $((-2**2)) $((1<<2+1)) $((10-4-3))
## STDOUT:
14 20 512 4 8 3
## END

#### comparison and logic
echo $((3<4)) $((3>=4)) $((3==3)) $((3!=3)) $((1&&0)) $((1||0)) $((!5)) $((!0))
## STDOUT:
1 0 1 0 0 1 0 1
## END

#### bits
echo $((6&3)) $((6|3)) $((6^3)) $((~6)) $((1<<4)) $((256>>4))
## STDOUT:
2 7 5 -7 16 16
## END

#### ternary and comma
echo $((1?2:3)) $((0?2:3)) $((1,2,3)) $((0?1:0?2:3))
## STDOUT:
2 3 3 3
## END

#### ternary evaluates one side
x=0; : $((1 ? x++ : (x+=10))); echo $x
y=0; : $((0 && (y=1))); echo $y
y=0; : $((1 || (y=1))); echo $y
## STDOUT:
1
0
0
## END

#### increments
i=5
echo $((i++)) $i $((++i)) $i $((i--)) $i $((--i)) $i
## STDOUT:
5 6 7 7 7 6 5 5
## END

#### assignment operators
x=10; echo $((x+=5)) $((x-=3)) $((x*=2)) $((x/=5)) $((x%=3)) $((x<<=3)) $((x>>=1)) $((x|=1)) $((x&=5)) $((x^=7))
## STDOUT:
15 12 24 4 1 8 4 5 5 2
## END

#### bases
echo $((0x1f)) $((010)) $((2#101)) $((16#ff)) $((36#z)) $((64#_))
## STDOUT:
31 8 5 255 35 63
## END

#### unset and empty are zero
unset u; e=
echo $((u)) $((e)) $((u+1))
## STDOUT:
0 0 1
## END

#### variables without dollar and with
a=3 b=4
echo $((a*b)) $(($a*$b)) $((${a}+b))
## STDOUT:
12 12 7
## END

#### a variable that holds an expression
x='1+2'; echo $((x*2)) $(($x*2))
## STDOUT:
6 5
## END

#### a chain of names
a=b b=c c=7; echo $((a))
## STDOUT:
7
## END

#### arrays
a=(5 6 7)
echo $((a[1]+a[2])) $((a[0]++)) ${a[0]} $((a[i=2]))
echo $i
## STDOUT:
13 5 6 7
2
## END

#### associative elements
declare -A h=([k]=4)
echo $((h[k]*2)); ((h[n]+=3)); echo ${h[n]}
## STDOUT:
8
3
## END

#### division by zero is an error
(echo $((1/0))) 2>/dev/null; echo $?
((1/0)) 2>/dev/null; echo $?
## STDOUT:
1
1
## END

#### division by zero abandons the line only
echo a
echo $((1/0)) ; echo same line
echo next line
## STDOUT:
a
next line
## END
## STDERR:
../t.sh: line 2: 1/0: division by 0 (error token is "0")
## END

#### syntax error in an expression
(echo $((1+))) 2>/dev/null; echo $?
x='1 2'; (echo $((x))) 2>/dev/null; echo $?
## STDOUT:
1
1
## END

#### invalid octal
(echo $((08))) 2>/dev/null; echo $?
## STDOUT:
1
## END

#### overflow wraps
echo $((9223372036854775807+1))
## STDOUT:
-9223372036854775808
## END

#### double parentheses command
((1+1)) && echo nonzero
((1-1)) || echo zero
((x=5)); echo $x
## STDOUT:
nonzero
zero
5
## END

#### double parentheses with newlines and blanks
(( x = 1 +
   2 ))
echo $x
## STDOUT:
3
## END

#### let
let x=1+1; echo $x
let 'y = x * 3' z=y+1; echo $y $z
## STDOUT:
2
6 7
## END

#### C-style for
for ((i=0; i<3; i++)); do echo -n $i; done; echo
for ((;;)); do break; done; echo ok
## STDOUT:
012
ok
## END

#### C-style for with comma and no parts
for ((i=0,j=5; i<j; i++,j--)); do echo $i $j; done
i=0; for ((; i<2;)); do ((i++)); done; echo $i
## STDOUT:
0 5
1 4
2 3
2
## END

#### integer variable
declare -i n
n=2*3; echo $n; n+=1; echo $n
n="5 + 5"; echo $n
## STDOUT:
6
7
10
## END

#### arithmetic in subscripts and slices
a=(0 1 2 3 4); i=1
echo ${a[i*2]} ${a[@]:i:i+1}
## STDOUT:
2 1 2
## END

#### arithmetic in test
[ $((1+1)) -eq 2 ] && echo yes
[[ 1+1 -eq 2 ]] && echo yes2
x=3; [[ x -gt 2 ]] && echo yes3
## STDOUT:
yes
yes2
yes3
## END

#### arithmetic in array index assignment
a[1+1]=x; i=5; a[i]=y; a[i++]=z
echo ${!a[@]} $i
## STDOUT:
2 5 6
## END

#### post increment inside an index runs once
i=0; a=(10 20 30)
((a[i++]+=5)); echo ${a[@]} $i
## STDOUT:
15 20 30 1
## END

#### negative numbers and unary plus
echo $((-5)) $((- 5)) $((+5)) $((- -5)) $((~0))
## STDOUT:
-5 -5 5 5 -1
## END

#### numbers with leading blanks
x=' 42 '; echo $((x+1))
## STDOUT:
43
## END

#### string comparison is not arithmetic
[ abc \< abd ] && echo lt
[[ 10 < 9 ]] && echo string order
## STDOUT:
lt
string order
## END

#### arithmetic substitution in words
echo a$((1+1))b "$((2+2))" $((3))$((4))
## STDOUT:
a2b 4 34
## END

#### arithmetic result is subject to splitting
IFS=2; echo $((123)) "$((123))"
## STDOUT:
1 3 123
## END

#### nested arithmetic
echo $(( $((1+2)) * $(( $((2)) + 1 )) ))
## STDOUT:
9
## END

#### substitution inside arithmetic runs once
echo $(( $(echo x >> log; echo 2) + 1 ))
wc -l < log
## STDOUT:
3
1
## END

#### old style
echo $[1+2] $[3*4]
## STDOUT:
3 12
## END

#### factorial with a loop
n=10 r=1
while ((n > 1)); do ((r *= n--)); done
echo $r
## STDOUT:
3628800
## END

#### fibonacci with a function
fib() { if (($1 < 2)); then echo $1; else echo $(( $(fib $(($1-1))) + $(fib $(($1-2))) )); fi; }
fib 7
## STDOUT:
13
## END

#### gcd with recursion and a global
gcd() { if (($2)); then gcd $2 $(($1 % $2)); else g=$1; fi; }
gcd 48 36; echo $g
## STDOUT:
12
## END

#### collatz
n=27 s=0
until ((n == 1)); do ((n % 2 ? (n = 3*n+1) : (n /= 2), s++)); done
echo $s
## STDOUT:
111
## END

#### primes with a nested loop
for ((i=2; i<30; i++)); do
  for ((j=2; j*j<=i; j++)); do ((i % j)) || continue 2; done
  echo -n "$i "
done; echo
## STDOUT:
2 3 5 7 11 13 17 19 23 29 
## END

#### arithmetic status drives errexit
set -e
((1))
echo a
((0)) || echo b
((0))
echo no
## STDOUT:
a
b
## END
## status: 1

#### increment from zero under errexit
set -e
i=0
((i++)) || true
((++i))
echo $i
## STDOUT:
2
## END

#### let under errexit
set -e
let x=1
let y=0 || echo zero
echo $x$y
## STDOUT:
zero
10
## END

#### random in a range
x=$((RANDOM % 10)); ((x >= 0 && x < 10)) && echo ok
## STDOUT:
ok
## END

#### arithmetic with positional parameters
set -- 3 4
echo $(($1 + $2)) $(($1$2)) $(($#))
## STDOUT:
7 34 2
## END

#### arithmetic on a function's result
add() { echo $(($1+$2)); }
echo $(( $(add 1 2) * 2 ))
## STDOUT:
6
## END

#### hexadecimal output by printf
printf '%x %o %#x %05d %+d\n' 255 8 255 42 7
## STDOUT:
ff 10 0xff 00042 +7
## END

#### printf with arithmetic like arguments
printf '%d %d\n' 0x10 "'A"
## STDOUT:
16 65
## END

#### effects of arithmetic in different places carry
i=0
echo $((++i)) > f$((++i))
ls; echo $i
x=$((++i)); echo $i
## STDOUT:
f2
2
3
## END

#### effects in an array literal
i=0; a=($((i++)) $((i++)) $((i++))); echo ${a[@]} $i
## STDOUT:
0 1 2 3
## END

#### effect in a case word
i=0
case $((++i)) in 1) echo one $i;; esac
## STDOUT:
one 1
## END

#### effect in a for list
i=0
for x in $((++i)) $((++i)); do echo $x $i; done
## STDOUT:
1 2
2 2
## END

#### effect in a here-document
i=0
cat <<E
$((++i)) $((++i))
E
echo $i
## STDOUT:
1 2
0
## END

#### effect in a here-string and test
i=0
cat <<< $((++i))
[ $((++i)) = 2 ] && echo $i
## STDOUT:
1
## END
## status: 1

#### effect in a subshell is lost
i=0
(echo $((++i))); echo $i
echo $((++i)) | cat; echo $i
x=$(echo $((++i))); echo $i
## STDOUT:
1
0
1
0
0
## END

#### while with arithmetic command
i=3
while ((i--)); do echo $i; done; echo end $i
## STDOUT:
2
1
0
end -1
## END

#### bit flags
flags=0
((flags |= 1<<2)); ((flags |= 1<<4)); echo $flags
((flags & 4)) && echo set; ((flags & 2)) || echo clear
## STDOUT:
20
set
clear
## END

#### big loops
s=0; for ((i=1;i<=1000;i++)); do ((s+=i)); done; echo $s
## STDOUT:
500500
## END

#### expressions that are not ones give up their line and no more
a=4
echo $((a ? 5 : )) no
echo "one $?"
echo $((5 $a)) no
echo $(((a) 5)) no
for i in 1 2; do echo $i; echo $((a 5)); echo no; done
echo "two $? $i"
f() { local a=7; echo $((a ? : 2)); echo no; }
f
echo "three $a"
echo $((! ! a)) $((a ? 0 ? 2 : 3 : 4)) $((-(a + 1) * 2))
## STDOUT:
one 1
1
two 1 1
three 4
1 3 -10
## END

#### a value that leads to a failing subscript gives up its command line, whatever traps and options there are
a='b[1/0]'
set -e
(( a ))
echo "st=$?"
[[ $a -eq 1 ]]
echo "st=$?"
if let x=a; then :; fi; echo no
trap 'echo X $?' EXIT
trap 'echo E $?' ERR
f() { while (( a )); do :; done; echo no; }
f
[ -v "$a" ]
printf -v "$a" x
read -r "$a" <<< q
echo "st=$?"
## STDOUT:
st=1
st=1
st=1
X 0
## END
## STDERR:
../t.sh: line 3: 1/0: division by 0 (error token is "0")
../t.sh: line 5: 1/0: division by 0 (error token is "0")
../t.sh: line 7: 1/0: division by 0 (error token is "0")
../t.sh: line 10: 1/0: division by 0 (error token is "0")
../t.sh: line 12: 1/0: division by 0 (error token is "0")
../t.sh: line 13: 1/0: division by 0 (error token is "0")
../t.sh: line 14: 1/0: division by 0 (error token is "0")
## END

#### a loop whose counter becomes the name of an element that cannot be
set -e
for v in 1 2 3 4 5 6 'b[1/0]' 7; do
  (( v + 1 ))
  [[ $v -gt 0 ]]
  echo "v=$v"
done
echo "st=$?"
n=0
f() {
  while (( $1 > n )); do
    [[ $1 -lt 50 ]]
    (( ++n ))
    [[ n -ne 4 ]] || n='c[q r]'
  done
  echo "n=$n"
}
f 3
f 5
echo "st=$? $n"
## STDOUT:
v=1
v=2
v=3
v=4
v=5
v=6
st=1
n=3
st=1 c[q r]
## END
## STDERR:
../t.sh: line 3: 1/0: division by 0 (error token is "0")
../t.sh: line 7: q r: syntax error in expression (error token is "r")
## END

#### expressions that assign to a read-only variable
readonly r=1; ((r=2)); echo "st $?"; ((q=r=3)); echo "st $? $q"; [[ r=4 -eq 4 ]]; echo "st $?"
f() { ((r++)); echo "in $?"; r=5; echo never; }
f; echo "after $?"
r=7; echo never2
echo end $r
## STDOUT:
st 1
st 1 
st 1
in 1
end 1
## END

#### expressions over references
declare -n ref='a[1/0]'; ((ref)); echo "st $?"; [[ ref -eq 1 ]]; echo "st $?"; declare -n r2=x; x=3; ((r2++)); echo $x; r2=9; echo $x; for ((r2=0;r2<3;r2++)); do echo $r2; done; echo $x
i=0; while [ $i -lt 5 ]; do i=$((i+1)); ((r2+=i)); done; echo $x
## STDOUT:

## END

#### expressions over a variable that a text has made read-only
eval 'readonly z=5'; ((z++)); echo "st $?"; x=$((z+1)); echo $x; x=$((z%2)); echo $x; y=$((z=3)); echo never $y
echo end
## STDOUT:
st 1
6
1
end
## END

#### expressions that divide by zero, and that lead to a failing subscript
d=0; echo $((5/1)); (( 5/d )); echo "st $?"; ((5%d)); echo "st $?"; x=$((5/d)); echo never
echo "end $x"; let 5/d; echo "st $?"; for ((i=5/d;i<1;i++)); do echo no; done; echo "st $?"; [[ 5/d -eq 1 ]]; echo "st $?"
e='a[1/0]'; ((e)); echo "never st $?"
echo "st $?"; (( $e )); echo never
echo end2; set -- 'b[1/0]'; (( $1 + 1 )); echo never
echo end3
## STDOUT:
5
st 1
st 1
end 
st 1
st 1
st 1
st 1
end2
end3
## END

#### lengths and numbers of arguments in expressions of a loop
a=(1 2); v=abc; set -- x y; i=0
while [ $i -lt 6 ]; do i=$((i+1)); n=$((${#v} + ${#a[@]} + $# + i)); [ $((${#v}*2)) -gt $n ] || v=${v}xy; : $((n % 3)); done; echo $n $v
set -u; m=$((${#nope} + 1)); echo never
## STDOUT:
21 abcxyxyxyxy
## END
## status: 1

#### a substitution in an expression, under set -u
set -u
s=5
e=$(( $(echo 7) - s )); echo $e
echo $(( $(echo 7; echo side >&2) - s )) $(($(echo 1) + $(echo 2)))
(( $(echo 3) > 2 )) && echo y
(e=$(( $(echo 7; echo side >&2) - nope )); echo not); echo $?
(e=$(( $nope - $(echo 7; echo side >&2) )); echo not); echo $?
(e=$(( $(echo 7; echo side >&2) - $nope )); echo not); echo $?
(e=$(($(echo 1/0 | cat))); echo not $e); echo $?
a=(); (echo $(( $(echo 0) + a[0] )); echo not) 2>/dev/null; echo $?
## STDOUT:
2
2 3
y
1
1
1
1
0
not
0
## END

#### an assignment gives a name of the next one's arithmetic another value
k=2
:
k=-- b=$((k))
echo "[$k][$b] $?"
k=2 a=(1 2)
:
k=a- a=($((k)))
echo "[$k][$a]"
k=2
:
k=- >f$((k))
echo "$k"
k=1 i=5
i=$((i + 1)) k=$((k + i)) b=$((b + 1))
echo "$i $k $b"
## STDOUT:
[--][] 1
[a-][1]
-
6 7 1
## END
