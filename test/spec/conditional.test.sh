# if, case, [ ], [[ ]].

#### if else elif
for x in 1 2 3; do if [ $x = 1 ]; then echo one; elif [ $x = 2 ]; then echo two; else echo more; fi; done
## STDOUT:
one
two
more
## END

#### nested if
if true; then if false; then echo no; else if true; then echo deep; fi; fi; fi
## STDOUT:
deep
## END

#### condition with side effects
if x=5; [ $x = 5 ]; then echo $x; fi; echo $x
## STDOUT:
5
5
## END

#### condition is a subshell or a group
if (exit 0); then echo a; fi
if { false; true; }; then echo b; fi
if ! (exit 1); then echo c; fi
## STDOUT:
a
b
c
## END

#### condition is a pipeline
if echo abc | grep -q b; then echo found; fi
if echo abc | grep -q x; then :; else echo not found; fi
## STDOUT:
found
not found
## END

#### condition is an and-or list
if true && false || true; then echo yes; fi
## STDOUT:
yes
## END

#### if with redirection on the whole
if true; then echo in; fi > out; cat out
if read x; then echo "$x"; fi <<< word
## STDOUT:
in
word
## END

#### elif chain stops at the first match
if echo a; false; then :; elif echo b; true; then echo B; elif echo c; then echo C; fi
## STDOUT:
a
b
B
## END

#### if in a function with return
f() { if [ "$1" ]; then return 3; fi; echo empty; }
f x; echo $?; f
## STDOUT:
3
empty
## END

#### case literals
for x in a b zz; do case $x in a) echo A;; b) echo B;; *) echo other;; esac; done
## STDOUT:
A
B
other
## END

#### case alternatives
case b in a|b|c) echo abc;; esac
case d in (a|b) ;; (c|d) echo cd;; esac
## STDOUT:
abc
cd
## END

#### case globs
case file.txt in *.sh) echo sh;; *.t?t) echo txt;; esac
case x5 in [a-z][0-9]) echo ok;; esac
case Q in [!a-z]) echo not lower;; esac
case a in [[:alpha:]]) echo alpha;; esac
## STDOUT:
txt
ok
not lower
alpha
## END

#### case quoted patterns are literal
case '*' in '*') echo star;; esac
case abc in "a*") echo no;; a*) echo glob;; esac
p='a*'; case abc in $p) echo var glob;; esac; case abc in "$p") echo no;; *) echo var literal;; esac
## STDOUT:
star
glob
var glob
var literal
## END

#### case empty word and patterns
case '' in '') echo empty;; *) echo no;; esac
case $unset in ?*) echo no;; *) echo nothing;; esac
## STDOUT:
empty
nothing
## END

#### case fall through
case a in a) echo a;& b) echo b;& c) echo c;; d) echo d;; esac
## STDOUT:
a
b
c
## END

#### case test next
case abc in a*) echo a;;& *b*) echo b;;& x) echo x;;& *) echo star;; esac
## STDOUT:
a
b
star
## END

#### case mix of ;& and ;;&
case 1 in 1) echo 1;;& 2) echo 2;& 3) echo 3;; 1) echo one again;& 9) echo nine;; esac
## STDOUT:
1
one again
nine
## END

#### case last branch without terminator
case x in x) echo last
esac
## STDOUT:
last
## END

#### case empty branches and status
case x in x) ;; esac; echo $?
case x in x) ;& y) false;; esac; echo $?
## STDOUT:
0
1
## END

#### case with no branches
case x in esac; echo $?
## STDOUT:
0
## END

#### case on a substitution
case $(echo hello) in h*) echo h;; esac
## STDOUT:
h
## END

#### case word expanded once
i=0; case $((++i)) in 2) echo no;; 1) echo one;; esac; echo $i
## STDOUT:
one
1
## END

#### case patterns with effects only until matched
i=0
case b in $((i++))) ;; b) echo hit $i;; $((i++))) ;; esac; echo $i
## STDOUT:
hit 1
1
## END

#### case with variables set in branches
case x in x) y=1;; esac; echo $y
## STDOUT:
1
## END

#### case in a loop with break and continue
for w in a skip b stop c; do case $w in skip) continue;; stop) break;; esac; echo $w; done
## STDOUT:
a
b
## END

#### case multi-line style
case "$1" in
  start)
    echo starting
    ;;
  stop | halt)
    echo stopping
    ;;
esac
## args-json: ["halt"]
## STDOUT:
stopping
## END

#### case nested
case a in a) case b in b) echo ab;; esac;; esac
## STDOUT:
ab
## END

#### case with redirection
case x in x) echo out; echo err >&2;; esac > o 2> e; cat o e
## STDOUT:
out
err
## END

#### case with extglob
shopt -s extglob
case foobar in @(foo|bar)*(bar)) echo ext;; esac
case 123 in +([0-9])) echo digits;; esac
case x in !(y)) echo not y;; esac
## STDOUT:
ext
digits
not y
## END

#### case with nocasematch
shopt -s nocasematch
case ABC in abc) echo same;; esac
[[ Foo == fOO ]] && echo too
## STDOUT:
same
too
## END

#### case tilde and braces
HOME=/h; case /h in ~) echo home;; esac
case '{a}' in {a}) echo brace;; esac
## STDOUT:
home
brace
## END

#### case with backslash patterns
case 'a*b' in a\*b) echo lit;; esac
case 'a\b' in 'a\b') echo bs;; esac
## STDOUT:
lit
bs
## END

#### case reserved words as patterns
case esac in (esac) echo esac;; esac
case in in in) echo in;; esac
case if in if|then) echo if;; esac
## STDOUT:
esac
in
if
## END

#### test strings
[ a = a ] && [ a != b ] && [ -n x ] && [ -z '' ] && echo ok
[ x ] && echo one; [ '' ] || echo empty; [ ! x ] || echo not
## STDOUT:
ok
one
empty
not
## END

#### test numbers
[ 3 -gt 2 ] && [ 2 -lt 3 ] && [ 2 -le 2 ] && [ 2 -ge 2 ] && [ 1 -ne 2 ] && [ -1 -eq -1 ] && echo ok
## STDOUT:
ok
## END

#### test with and, or, parentheses
[ a = a -a b = b ] && echo and; [ a = b -o b = b ] && echo or; [ \( a = a \) ] && echo par
## STDOUT:
and
or
par
## END

#### test missing operands
[ -n ] && echo n; x=; [ -n "$x" ] || echo empty; [ -n $x ] && echo trap
## STDOUT:
n
empty
trap
## END

#### test argument that looks like an operator
[ = = = ] && echo eq; [ '(' = '(' ] && echo par; [ ! = x ] || echo bang; [ -f = -f ] && echo f
## STDOUT:
eq
par
bang
f
## END

#### file tests
touch f; mkdir d; ln -s f l; : > e; echo x > f; chmod 600 f
[ -e f ] && [ -f f ] && [ -d d ] && [ -L l ] && [ -h l ] && [ -s f ] && [ ! -s e ] && [ -r f ] && [ -w f ] && echo ok
[ -x d ] && [ ! -e nope ] && [ ! -f d ] && echo ok2
## STDOUT:
ok
ok2
## END

#### file comparison
touch -d 2020-01-01 old; touch new; ln new hard
[ new -nt old ] && [ old -ot new ] && [ new -ef hard ] && echo ok
## STDOUT:
ok
## END

#### descriptor test
[ -t 0 ] && echo tty || echo no tty
[ -p /dev/stdin ] || echo not a pipe; echo x | { [ -p /dev/stdin ] && echo pipe; }
## STDOUT:
no tty
not a pipe
pipe
## END

#### variable tests
x=; [ -v x ] && echo set; [ -v y ] || echo unset; a[3]=1; [ -v 'a[3]' ] && echo elem
[ -o errexit ] || echo off; set -e; [ -o errexit ] && echo on
## STDOUT:
set
unset
elem
off
on
## END

#### double brackets
x='a b'; [[ $x = 'a b' ]] && echo no split; [[ -n $x && -z $y ]] && echo and; [[ -z $x || $x ]] && echo or
[[ ! -e nope ]] && echo not; [[ ( a = b || c = c ) && d = d ]] && echo group
## STDOUT:
no split
and
or
not
group
## END

#### double bracket patterns
[[ abc == a* ]] && echo glob; [[ abc == 'a*' ]] || echo quoted; p='a*'; [[ abc == $p ]] && echo var; [[ abc == "$p" ]] || echo lit
[[ abc != b* ]] && echo ne
## STDOUT:
glob
quoted
var
lit
ne
## END

#### double bracket regular expressions
[[ abc123 =~ [0-9]+$ ]] && echo "${BASH_REMATCH[0]}"
re='^(a)(b)?(c)?$'; [[ ac =~ $re ]] && echo "${#BASH_REMATCH[@]} [${BASH_REMATCH[2]}]"
[[ 'a.c' =~ a"."c ]] && echo dot; [[ abc =~ a"."c ]] || echo literal dot
## STDOUT:
123
4 []
dot
literal dot
## END

#### double bracket comparison
[[ a < b ]] && echo lt; [[ b > a ]] && echo gt; [[ 2 -lt 10 ]] && echo num; [[ 2 > 10 ]] && echo str
## STDOUT:
lt
gt
num
str
## END

#### double bracket evaluates lazily
[[ -n '' && $(echo ran >&2) ]]; echo $?
i=0; [[ a = b && $((++i)) -gt 0 ]]; echo $i; [[ a = a && $((++i)) -gt 0 ]]; echo $i
## STDOUT:
1
0
1
## END

#### double brackets across lines
if [[ a = a &&
      b = b ]]
then echo lines; fi
## STDOUT:
lines
## END

#### conditionals in and-or lists
[ -e f ] && echo exists || echo missing
touch f; [ -e f ] && echo exists || echo missing
## STDOUT:
missing
exists
## END

#### if with assignments by substitution
if out=$(echo data; exit 3); then echo no; else echo "$? $out"; fi
## STDOUT:
3 data
## END

#### if condition reads input
printf 'y\nn\n' > f
{ if read a && [ $a = y ]; then echo yes; fi; if read a && [ $a = n ]; then echo no; fi; } < f
## STDOUT:
yes
no
## END

#### if condition with a function that exits
f() { exit 3; }
if f; then echo no; else echo no; fi; echo no
## STDOUT:
## END
## status: 3

#### if inside a pipeline stage
echo v | if read x; then echo "got $x"; fi | cat
## STDOUT:
got v
## END

#### if in a background job and in a subshell
if true; then echo bg; fi & wait; (if false; then :; else echo sub; fi)
## STDOUT:
bg
sub
## END

#### long elif chain
grade() { if (($1 >= 90)); then echo A; elif (($1 >= 80)); then echo B; elif (($1 >= 70)); then echo C; else echo F; fi; }
for s in 95 85 75 5; do grade $s; done
## STDOUT:
A
B
C
F
## END

#### string tests with hostile operands
x='-f'; [ "$x" = -f ] && echo ok; y='!'; [ "$y" = '!' ] && echo ok2; z='('; [ "$z" ] && echo ok3
x="'; {% \$x %} \"\$(id)"; [ "$x" = "'; {% \$x %} \"\$(id)" ] && echo ok4; [[ $x == *'{% $x %}'* ]] && echo ok5
## STDOUT:
ok
ok2
ok3
ok4
ok5
## END

#### empty and blank comparisons
x=' '; [ -n "$x" ] && echo blank; [ "$x" = ' ' ] && echo eq; [[ $x ]] && echo set
## STDOUT:
blank
eq
set
## END

#### numeric test with variables and arithmetic
a=5; [ $a -eq $((2+3)) ] && echo eq; [ "$a" -eq 05 ] && echo zero; [[ a -eq 5 ]] && echo name
## STDOUT:
eq
zero
name
## END

#### test with unset variable in double brackets
[[ $nope = '' ]] && echo empty; [[ -z $nope ]] && echo z; [[ ! $nope ]] && echo not
## STDOUT:
empty
z
not
## END

#### substitutions behind && and || in [[
t() { echo "$? ${1-}"; }
ip=
if [[ -n $ip && $(echo side >&2; echo 1) -gt 0 ]]; then echo y; else echo n; fi
ip=1
if [[ -n $ip && $(echo side >&2; echo 1) -gt 0 ]]; then echo y; else echo n; fi
[[ -z a || $(echo b) == b ]]; t
[[ ! -f nofile && $(touch nofile; echo 1) == 1 ]]; t
[[ -n a && ( -z b || $(echo u | cat) == u ) ]]; t
[[ -n a && ( -n b || $(echo u >&2) == u ) && "$(echo v)" == v ]]; t
[[ ( -z a && $(echo no >&2) ) || $(echo v) == [uv] ]]; t
[[ $(echo a) == a && $(echo b) == b || $(echo c >&2) == c ]]; t
[[ $(echo a) == b && $(echo b) == b || $(echo c | tee /dev/stderr) == c && -n x ]]; t
[[ ! ( -n a && $(echo) ) ]]; t
[[ abc =~ ^(a)(b) && $(echo "${BASH_REMATCH[2]}") == "${BASH_REMATCH[2]}" ]]; t "${BASH_REMATCH[1]}"
r='['; [[ a =~ $r || $(echo x) == x ]]; t
[[ -n a && $(exit 3) ]]; t
false; [[ -n a && $(echo $?) == 1 && $? -eq 1 ]]; t
false; [[ -n a && $? -eq 1 && $(echo 1) ]]; t
f() { [[ -n $1 && $(echo "$1" | cat) == x ]]; }
f x; t; f y; t; f; t
(set -e; [[ -n a && $(echo no) == yes ]]; echo not) ; t
(set -e; [[ -z a && $(echo no) == yes ]]; echo not) ; t
(set -e; [[ -z a && $(echo no) == yes ]] || echo ok; ! [[ -n a && $(echo no) ]]; echo on) ; t
(set -u; [[ -n a && $nope == $(echo x >&2) ]]; echo not) ; t
(set -u; [[ -n $nope && $(echo x >&2) ]]; echo not) ; t
x=$( [[ -n a && $(echo q) == q ]] && echo in; exit 4 ); t "$x"
while [[ -n $ip && $(echo "$ip") != 3 ]]; do ip=$((ip + 1)); done; t "$ip"
[[ -n a && 1 -eq $((n=5)) || $(echo "$n") == 5 ]]; t
[[ 1x -eq 1 || $(echo x) == x ]]; t
[[ -n a && $(echo 1) -eq 1y ]]; t
if [[ -n "$1" && ! -f "$1" && -n "$(echo "$1" | grep -v '^-')" ]]; then echo q; else echo z; fi
set -x
[[ -n a && -z $(echo) ]]
[[ -n a && ( -z b || $(echo u) == u ) ]]
[[ ! -n a && $(echo u) == u ]]
## STDOUT:
n
y
0 
0 
0 
0 
0 
0 
0 
0 
0 a
0 
1 
1 
0 
0 
1 
1 
1 
1 
ok
on
0 
1 
1 
4 in
0 3
0 
0 
1 
z
## END
## status: 1

#### an expansion that fails in a part of [[
set -u
y=$( [[ -n a && $nope == $(echo x >&2) ]]; echo not); echo "$? [$y]"
y=$(echo before; [[ -n a && $nope == $(echo x >&2) ]]; echo not); echo "$? [$y]"
y=$( [[ -n $nope && $(echo x >&2) ]]; echo not); echo "$? [$y]"
y=$( A=$nope B=$(echo 1); echo not); echo "$? [$y]"
f() { [[ -n a && ${1:?gone} == $(echo x >&2) ]]; echo not; }
y=$( echo pre; f); echo "$? [$y]"
( f; echo not ); echo $?
set -e
y=$( echo pre; f) || echo "$? [$y]"
trap 'echo bye $?' EXIT
z=$( [[ -n b && $(echo q) == r ]] || echo or; [[ -n b && $(echo q) == r ]]; echo on); echo "$z"
echo end
[[ -n b && $(echo q) == r ]]
echo not
## STDOUT:
1 []
1 [before]
1 []
1 []
1 [pre]
1
1 [pre]
or
on
end
bye 1
## END
## status: 1

#### substitutions behind && in [[ on several lines, or with set -u, an ERR trap, $_ and PIPESTATUS
trap 'echo "err $?"' ERR
[[ -n a && $(echo no) == yes ]]
[[ -z a && $(echo no) == yes ]]
trap - ERR
true | false
[[ -n a && $(echo b) == b ]]; echo "${PIPESTATUS[*]}"
false | true
[[ -n a && ${PIPESTATUS[0]} == 1 && $(echo b) == b ]]; echo "$? ${PIPESTATUS[*]}"
: last
[[ $_ == last && $(echo b) == b && $_ == last ]]; echo "$? $_"
[[ -n a &&
  $(echo b) == b
]]; echo $?
set -u
[[ -z "" || $(echo "$nope") ]]; echo $?
## STDOUT:
err 1
err 1
0
0 0
0 last
0
0
## END
