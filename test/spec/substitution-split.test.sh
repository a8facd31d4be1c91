# Command substitutions that run as steps of their own where they stand in unusual places.

#### in arithmetic, one after the other
echo $((1 + $(echo 1)${undefined:-3})) $((`echo 1` + 2))
x=3; echo $(( x = x + $(echo $x) )) $x $(echo $x)
z=1; echo $(( $(z=5; echo $z) + z ))
## STDOUT:
14 3
6 6 6
6
## END

#### in arithmetic that fails after it ran
echo $(( $(echo ran >&2; echo "a b") )); echo skipped
echo next
## STDOUT:
next
## END

#### in arithmetic, the text is expanded before anything is evaluated
i=1
echo $(( i = 5, $(echo $i) )) $i
echo $(( 0 && $(echo once >> f; echo 1) )); cat f
## STDOUT:
1 5
0
once
## END

#### recursion in arithmetic
fact() { local n=$1; if (( n < 2 )); then echo 1; else echo $((n * $(fact $(($n-1)) ) )); fi; }
fact 5
## STDOUT:
120
## END

#### in a key of an associative array, within arithmetic
declare -A m=([k]=7)
echo ${m[$(echo k)]} $(( m[$(echo k)] + 1 ))
## STDOUT:
7 8
## END

#### as the command itself
$(echo ec)$(echo ho) split builtin
t() { echo "t $1"; }
$(echo t) hello; $(printf '%s ' t x)y
## STDOUT:
split builtin
t hello
t x
## END

#### a command that expands to nothing has the status of its last substitution
$(exit 42); echo $?
$(exit 42) $(exit 43); echo $?
`false` X 2>/dev/null; echo $?
if $(false); then echo T; else echo F; fi
if $(true); then echo T; else echo F; fi
$(exit 3) $(true); echo $?
## STDOUT:
42
43
127
F
T
0
## END

#### a command that expands to exit, return or break
f() { $(echo return) 4; echo no; }
f; echo $?
for i in 1 2; do $(echo break); echo no; done
(
  $(echo exit) 5
  echo no
); echo $?
## STDOUT:
4
5
## END

#### a command that expands to nothing, under set -e
set -e
$(false) || echo ignored
$(false)
echo no
## status: 1
## STDOUT:
ignored
## END

#### operands of [[ ]]
[[ $(echo a) == a ]] && echo one
[[ $(exit 3) == a ]] || echo $?
[[ ! -z $(echo q) ]] && echo two
[[ "$(echo 'a b')" =~ ^a\ $(echo b)$ ]] && echo "${BASH_REMATCH[0]}"
x=1; [[ x+=1 -eq $(echo $x) ]]; echo $? $x
## STDOUT:
one
1
two
a b
1 2
## END

#### operands of [[ ]] that may not be expanded
[[ -n $(true) && $(echo no >&2) ]]; echo $?
[[ -n $(echo x) || $(echo no >> f) ]]; echo $?; ls
## STDOUT:
1
0
## END

#### [[ ]] under set -e
set -e
if [[ $(false; echo a) == b ]]; then echo no; fi
[[ $(echo a) == b ]]
echo no
## status: 1
## STDOUT:
## END

#### an arithmetic command
(( $(echo 3) > 2 )) && echo gt
(( y = $(echo 3) * 2 )); echo $? $y
(( $(echo 0) )); echo $?
## STDOUT:
gt
0 6
1
## END

#### escaped backticks
x='a  b'
echo `echo \"` "`echo \\$`" `echo \\\\ ` `echo \$x`
echo "[`echo \"$x\"`]" `printf \"%s-\" $x`
y=`echo \"$?\"`; echo $y
## STDOUT:
" $ \ a b
[a  b] "a-""b-"
"0"
## END

#### escaped backticks that fail
z=`ls \"nope\" 2>/dev/null`; echo $?
v=`cat \"nope\" \"\"`; echo $?
(set -e; v=`false \"nope\"`; echo no); echo $?
## STDOUT:
2
1
1
## END

#### escaped backticks in a here-document
x='a  b'
cat <<EOF
`echo \"$x\"` and `echo \\"`
EOF
## STDOUT:
"a b" and "
## END

#### braces repeat what stands beside them
echo {a,b}$(echo x >> f; echo y) $(echo z >> f){1..3}
cat f
## STDOUT:
ay by 1 2 3
x
x
z
z
z
## END

#### an array that is declared
f() { local arr=($(echo 1 2 3)) n=5; echo "${arr[1]} $n ${#arr[@]} $?"; local b=("$(exit 4)" "x y" $(echo p q)); echo ${#b[@]} $?; }
f
declare -a q=(a $(echo b c) "$(echo 'd e')"); echo ${#q[@]}
declare -A m=([k]="$(echo v)" [$(echo z)]=2); echo ${m[k]} ${m[z]}
declare -ax e=($(false)); echo $?
## STDOUT:
2 5 3 0
4 0
4
v 2
0
## END

#### an array declared from an outer one of its name
arr=(9 8)
f() { local arr=($(echo "${arr[@]}")); echo "${#arr[*]}"; }
show() { echo "${arr[@]}"; }
g() { local arr=($(show)); echo "${#arr[*]}"; }
f; g
## STDOUT:
2
2
## END

#### bash reads until the last process of a substitution has ended, waited for or not
f() { (sleep .1; echo late) & }
x=$(echo 1; (sleep .1; echo job) & echo 2); echo "$x"
for i in $(echo 1; f; echo 2); do echo "$i"; done
x=$(echo a | tee >(sleep .1; cat); echo b); echo "$x"
g() { sh -c '(sleep .1; echo late) & echo now'; }
x=$(g; echo 2); echo "$x"
## STDOUT:
1
2
job
1
2
late
a
b
a
now
2
late
## END

#### messages that a substitution captures name the lines that bash counts there
x=$(
  echo a
  nosuch 2>&1
)
echo "$x" | sed 's/.*line/line/'
y=$( (g() { :; }; nosuch2) 2>&1 )
echo "$y" | sed 's/.*line/line/'
f() {
  v=$(nosuch3 |& tr a-z A-Z; echo a
  ); echo "${v#*:}"
}
f
## STDOUT:
a
line 5: nosuch: command not found
line 9: nosuch2: command not found
 LINE 10: NOSUCH3: COMMAND NOT FOUND
a
## END

#### messages of a script that writes them where its output goes
(
  exec >out 2>&1
  x=$(nosuch
    echo a
  )
  echo "$x"
)
sed 's/.*line/line/' out
## STDOUT:
line 5: nosuch: command not found
a
## END

#### LINENO behind a string that bash prints on several lines
f() { :; }
x=$(f; echo $'a\nb'; echo $LINENO); echo "$x"
x=$(f $'a\x0ab'; echo $LINENO); echo "$x"
x=$(f $'a\tb'; echo $LINENO); echo "$x"
## STDOUT:
a
b
3
4
4
## END

#### lines that messages name, where a compound command or a call has them as output
f() {
  v=$(
    nosuchA
  )
  echo "[$v]" "$(
  nosuchB)"
}
f 2>&1 | sed 's/.*line/line/'
if true; then
  v=$(
    nosuchC
  )
fi 2>&1 | sed 's/.*line/line/'
{ x=$(
nosuchD
)
} &> o
for i in 1; do
  x=$(
nosuchE
)
done 2>> o
f |& sed 's/.*line/line/'
sed 's/.*line/line/' o
## STDOUT:
line 4: nosuchA: command not found
line 5: nosuchB: command not found
[] 
line 12: nosuchC: command not found
line 4: nosuchA: command not found
line 5: nosuchB: command not found
[] 
line 16: nosuchD: command not found
line 21: nosuchE: command not found
## END

#### commands that stand on several lines, all of which bash counts on one
exec 2>&1
x=$(nosuch a 2>&1 |
  cat)
echo "$x"
x=$(true |
  nosuch b)
echo "$x"
readonly y=$(nosuch c 2>&1 \
    | cat)
echo "$y"
echo "first
second $(nosuch d 2>&1) $(nosuch e 2>&1 | cat) third
fourth"
f() {
  local z
  z=$(nosuch g 2>&1 | cat |
     nosuch h 2>&1 |
     cat - /dev/null)
  echo "$z"
  test -n "$(nosuch i 2>&1 &&
      echo yes ||
      echo "no $LINENO")" \
     -a x && echo "$LINENO"
}
f
cat <<END
doc
$(nosuch j 2>&1)
$(nosuch k 2>&1 |
  cat) $LINENO
END
echo a \
  b $(nosuch l 2>&1 |
  cat) \
  $(nosuch m 2>&1)
a=$(nosuch n 2>&1 |
  cat) b=1 nosuch o
for i in $(nosuch p 2>&1 |
   cat) 2; do echo "$i"; done
case $(nosuch q 2>&1 |
   cat) in *) echo matched;; esac
if [ "$(nosuch r 2>&1 |
   wc -w)" -gt 2 ]; then echo words; fi
v="$(nosuch s 2>&1 ||
   echo "$(nosuch t)")"
echo "$v"
( w=$(nosuch u |
   cat); echo "w$w" )
[[ $(nosuch w |
  cat) ]] || echo none
printf '%s\n' one \
   two "$(nosuch z 2>&1 |
   cat)"
nosuch1 \
   "$(nosuch aa |
   cat)"
## STDOUT:
../t.sh: line 3: nosuch: command not found
../t.sh: line 6: nosuch: command not found

../t.sh: line 9: nosuch: command not found
first
second ../t.sh: line 13: nosuch: command not found ../t.sh: line 13: nosuch: command not found third
fourth
../t.sh: line 18: nosuch: command not found
23
doc
../t.sh: line 26: nosuch: command not found
../t.sh: line 26: nosuch: command not found 26
a b ../t.sh: line 32: nosuch: command not found ../t.sh: line 32: nosuch: command not found
../t.sh: line 37: nosuch: command not found
../t.sh:
line
38:
nosuch:
command
not
found
2
matched
words
../t.sh: line 45: nosuch: command not found
../t.sh: line 45: nosuch: command not found
../t.sh: line 48: nosuch: command not found
w
../t.sh: line 50: nosuch: command not found
none
one
two
../t.sh: line 51: nosuch: command not found
../t.sh: line 56: nosuch: command not found
../t.sh: line 56: nosuch1: command not found
## END
## status: 127

#### the line of commands in a substitution, in functions, files and redirections
exec 2>&1
g() { echo "in g $LINENO"; nosuch_g; echo "$1 $LINENO" |
  cat; }
x=$(echo $LINENO |
  cat)
echo "$x"
x=$(g one |
  # a comment
  cat)
echo "$x"
x=$(eval 'nosuch a; echo $LINENO' 2>&1 |
  cat && echo and $LINENO ||
  echo or)
echo "$x"
arr=( one $(nosuch b 2>&1 |
   wc -w) "$(echo $LINENO \
   | cat)" )
echo "${arr[@]}"
echo $(( $(echo $LINENO |
   cat) + 1 ))
f() {
  local z=$(echo $LINENO |
    cat) w=3
  local q="$(! nosuch c |
     cat)"
  echo "$z $w [$q]" >> "$(echo out |
    cat)$LINENO"
  cat out*; rm out*
  echo "$(echo "$UNSETVAR" |
     cat)"
  x=${UNSET2:-$(nosuch d |
      cat)}
  echo "x $x"
  while [ "$(nosuch e |
     wc -l)" -gt 5 ]; do echo never; done
  until nosuch f "$(nosuch h |
    cat)" || true; do :; done
}
f
f
(
 y=$(f |
  tail -n 3)
 echo "$y"
)
cat > lib <<'L'
z=$(nosuch l1 2>&1 |
  cat)
echo "$z"
echo \
  "a" "$(nosuch l2 2>&1 |
  cat)"
L
. ./lib
rm lib
[ -n "$(nosuch i |
  cat)" ] || echo "empty $LINENO"
echo "$(cat < /nonexist/file |
  cat)" "$(cd /nonexist/dir |
  cat)" $(nosuch j |
  cat) $LINENO
set -e
v=$(nosuch k |
 cat; )
echo "went on $LINENO"
v=$(echo x |
 nosuch l)
echo never
## STDOUT:
5
../t.sh: line 2: nosuch_g: command not found
in g 2
one 2
../t.sh: line 13: nosuch: command not found
13
and 13
one 7 17
21
../t.sh: line 25: nosuch: command not found
23 3 []

../t.sh: line 32: nosuch: command not found
x 
../t.sh: line 35: nosuch: command not found
../t.sh: line 36: nosuch: command not found
../t.sh: line 36: nosuch: command not found
../t.sh: line 25: nosuch: command not found
23 3 []

../t.sh: line 32: nosuch: command not found
x 
../t.sh: line 35: nosuch: command not found
../t.sh: line 36: nosuch: command not found
../t.sh: line 36: nosuch: command not found
../t.sh: line 25: nosuch: command not found
../t.sh: line 32: nosuch: command not found
../t.sh: line 35: nosuch: command not found
../t.sh: line 36: nosuch: command not found
../t.sh: line 36: nosuch: command not found
23 3 []

x 
./lib: line 2: nosuch: command not found
a ./lib: line 5: nosuch: command not found
../t.sh: line 56: nosuch: command not found
empty 57
../t.sh: line 59: /nonexist/file: No such file or directory
../t.sh: line 59: cd: /nonexist/dir: No such file or directory
../t.sh: line 59: nosuch: command not found
  59
../t.sh: line 64: nosuch: command not found
went on 65
../t.sh: line 67: nosuch: command not found
## END
## status: 127

#### what the first command of a substitution has printed before it ends it or gives up its line
f() { echo in; local -i c=2; c+=0foo; }
x=$(k=1 f; echo after); echo "[$x] $?"
echo "$(
k=1 f
echo after)"
x=$(trap 'echo T' EXIT; k=1 f; echo after); echo "[$x] $?"
x=$( ( k=1 f; echo ) ; echo after); echo "[$x] $?"
x=$( if k=1 f; then echo; fi; echo after); echo "[$x] $?"
f() { echo in; kill -9 $BASHPID; }
x=$(k=1 f; echo after); echo "[$x] $?"
x=$(trap 'echo T' EXIT; k=1 f; echo after); echo "[$x] $?"
## STDOUT:
[in] 1
in
[in
T] 1
[in
after] 0
[in] 1
[in] 137
[in] 137
## END

#### what a substitution prints goes to a pipe, which can be opened again
x=$(echo a; echo b >/dev/stdout; echo c); echo "[$x]"
x=$(echo a; echo b | tee /dev/stdout; echo c); echo "[$x]"
f() { echo a; echo b | tee /dev/stderr; echo c >/dev/fd/1; echo d >/dev/fd/2; }
x=$(f 2>&1); echo "[$x]"
x=$(echo a; f 2>/dev/null >/dev/stdout; { echo q; f 2>&1; } >/dev/stdout; echo c); echo "[$x]"
x=$(printf 'a\nb\n' | while read -r l; do echo "$l" >/dev/stdout; done; echo e); echo "[$x]"
x=$(echo z; awk 'BEGIN { print "awk" > "/dev/stdout" }'; echo e); echo "[$x]"
printf '%s\n' 'echo out' 'echo err >/dev/stderr' >tool
x=$(echo z; sh ./tool 2>&1; echo e); echo "[$x]"
## STDOUT:
[a
b
c]
[a
b
b
c]
[a
b
b
c
d]
[a
a
b
c
q
a
b
b
c
d
c]
[a
b
e]
[z
awk
e]
[z
out
err
e]
## END

#### a command asks what its output is
f() { [ -p /dev/stdout ] && echo pipe; }
x=$(f); echo "$? $x"
x=$([ -p /dev/stdout ] && echo pipe); echo "$? $x"
g() { if [[ -p /dev/fd/1 ]]; then echo pipe; else echo other; fi; }
x=$(echo a; g); echo "$x"
g | cat
h() { local x=$(g); echo "h $x"; }
h
x=$(test -t 1 || echo no; g; ls >/dev/null; g); echo "$x"
## STDOUT:
0 pipe
0 pipe
a
pipe
pipe
h pipe
no
pipe
pipe
## END

#### a substitution ends when nobody can print any more
f() { (sleep 0.2; echo late) & echo a; ls >/dev/null; }
x=$(f; echo b); echo "$x"
x=$(sh -c '(sleep 0.2; echo late) & echo a'; echo b); echo "$x"
for i in 1 2; do x=$(echo $i; ls >/dev/null; echo $(echo in; ls >/dev/null; echo $i)); echo "$x"; done
## STDOUT:
a
b
late
a
b
late
1
in 1
2
in 2
## END

#### where a substitution is assigned, an empty IFS joins its words
set -- "1 2" "3  4"
a=("1 2" "3  4")
x=$(IFS=; printf '<%s>' $*); echo "$x"
x=$(unset IFS; printf '<%s>' $*); echo "$x"
x=$(IFS=,; printf '<%s>' $*); echo "$x"
x=$(IFS=; printf '<%s>' ${a[*]}; printf '<%s>' ${a[@]} $@); echo "$x"
f() { local x=$(IFS=; printf '<%s>' $*); echo "$x"; }; f "$@"
echo $(IFS=; printf '<%s>' $*)
b[0]=$(IFS=; printf '<%s>' $*) ; echo "${b[0]}"
c=($(IFS=; printf '<%s>' $*)); echo "${c[@]}"
cat <<< $(IFS=; printf '<%s>' $*)
z=1$(IFS=; printf '<%s>' $*) env | grep ^z=
echo ${q:=$(IFS=; printf '<%s>' $*)}
x=$( ( IFS=; printf '<%s>' $*) ; for i in 1; do IFS=;  printf '<%s>' $*; done; printf '<%s>' "$(printf '<%s>' $*)"); echo "$x"
## STDOUT:
<1 23  4>
<1><2><3><4>
<1 2><3  4>
<1 23  4><1 2><3  4><1 2><3  4>
<1 2><3  4>
<1 2><3 4>
<1 23  4>
<1 2><3 4>
<1 23  4>
z=1<1 23  4>
<1 23 4>
<1 23  4><1 23  4><<1 23  4>>
## END

#### lines within substitutions of several lines that a function or a handler tells
f() { echo "${BASH_LINENO[0]}"; }
die() { caller; exit 1; }
echo "$(:
f a
)"
x=$(
  die
)
echo "$x"
a=($(:
f c
))
echo ${a[@]}
set -E
trap 'echo "E $LINENO"' ERR
x=$(
 false
 echo a; (exit 3)
)
echo "$x"
## STDOUT:
6
8 ../t.sh
13
E 19
E 19
a
E 20
## END

#### words of a substitution beside an IFS that is empty for read
set -- a b c
p() { printf '<%s>' "$@"; echo; }
while IFS= read -r l; do x=$(p $* "$l"); echo "$x"; done <<< 'q r'
x=$(p $*); echo "$x"
IFS=
x=$(p $*); echo "$x"
y=$(printf '%s\n' a | cat); echo "$y"
## STDOUT:
<a><b><c><q r>
<a><b><c>
<abc>
a
## END

#### words of functions in a substitution, with an empty IFS
set -- a b c
p() { printf '<%s>' "$@"; echo; }
g() { p $*; }
h() { "$@"; }
IFS=''
x=$(g a b); echo "$x"
x=$(h g a b); echo "$x"
x=$(eval 'p $*'); echo "$x"
c=g; x=$($c q r); echo "$x"
x=$(echo one; printf two); echo "$x"
unset IFS
x=$(g a b); echo "$x"
## STDOUT:
<ab>
<ab>
<abc>
<qr>
one
two
<a><b>
## END

#### an empty IFS for a function, and for one in the place of read
read() { x=$(printf '<%s>' $*); echo "$x"; }
IFS= read a b
f() { x=$(printf '<%s>' $*); echo "$x"; }
IFS= f a b
IFS="" f a b
y=$(date +%Y | wc -l); echo "$y"
## STDOUT:
<ab>
<ab>
<ab>
1
## END

#### elements in a substitution, with an empty IFS of the function's own
f() { local IFS=; local a=(1 2 3); x=$(printf '<%s>' ${a[*]}); echo "$x"; z=$(printf '<%s>' "$(printf '[%s]' ${a[*]})"); echo "$z"; w=$(echo hi | tr h H); echo "$w"; }
f
k=$(f); echo "$k"
## STDOUT:
<123>
<[123]>
Hi
<123>
<[123]>
Hi
## END

#### elements in what read is given with an empty IFS
a=(1 2)
IFS='' read -r x <<< ' u v '
IFS="" read -r y <<< "$(printf '<%s>' ${a[*]})"
echo "$x|$y"
q=$(printf '<%s>' ${a[*]}); echo "$q"
IFS= read -r z < <(printf '<%s>' ${a[*]}); echo "$z"
IFS= read -r -d "$(printf '%s' $*)" v <<< a; echo "$v"
## STDOUT:
 u v |<1><2>
<1><2>
<1><2>
a

## END

#### a function of a file expands all arguments in a substitution, with an empty IFS
IFS=; set -- a b
k() { echo $*; }
echo 'g() { printf "<%s>" $*; }' > lib
f=./lib
. $f
z=$(g q r); echo "$z"
## STDOUT:
<qr>
## END

#### the function for commands that are not found expands all arguments in a substitution, with an empty IFS
IFS=
command_not_found_handle() { printf '<%s>' $*; }
z=$(nosuch a b); echo "$z"
## STDOUT:
<nosuchab>
## END

#### a prompt expands all arguments in a substitution, with an empty IFS
IFS=; set -- a b
k() { echo $*; }
p='$(printf "<%s>" $*)'
z=$(echo "${p@P}"); echo "$z"
## STDOUT:
<ab>
## END

#### an alias and references expand all arguments in substitutions, with an empty IFS
shopt -s expand_aliases
IFS=; set -- a b; e=(q r)
alias g='printf "<%s>" $*'
k() { echo $*; }
z=$(g); echo "$z"
x='*'; z=$(printf '<%s>' ${!x}); echo "$z"
declare -n n='e[*]'; z=$(printf '<%s>' $n); echo "$z"
## STDOUT:
<ab>
<ab>
<qr>
## END

#### A message of a substitution of several lines counts from where its command's head ends
echo $(missing-1 a
) .
echo $(missing-2 "$(id -u)"
) .
x=$(
  missing-3
  echo "$(missing-4)" # behind it

)
y=$(missing-5; missing-6 | cat
missing-7)
echo "<$x$y>"
## STDOUT:
.
.
<>
## END
## STDERR:
../t.sh: line 2: missing-1: command not found
../t.sh: line 4: missing-2: command not found
../t.sh: line 9: missing-3: command not found
../t.sh: line 10: missing-4: command not found
../t.sh: line 11: missing-5: command not found
../t.sh: line 11: missing-6: command not found
../t.sh: line 12: missing-7: command not found
## END

#### Lines of a substitution whose messages show are counted, in a function's call too
f() {
  missing-1
}
v=$(echo a $LINENO
missing-2 2>&1
f 2>&1; echo "$LINENO"
)
echo "$v"
## STDOUT:
a 7
../t.sh: line 8: missing-2: command not found
../t.sh: line 2: missing-1: command not found
9
## END

#### A here-document before the second && or || of a substitution's list, which bash cannot read in its own print
x=$(true && cat <<E && echo no
a
E
); echo "1 $? $x"
## STDOUT:
## END
## status: 1

#### A here-document of a pipeline before && in a substitution, which bash cannot read in its own print
x=$(echo | cat <<E && echo no
a
E
); echo "1 $? $x"
## STDOUT:
## END
## status: 1

#### Here-documents of a substitution's lists that bash can read in its own print
x=$(true && cat <<E | cat || echo no
a
E
cat <<E && cat <<F
b
E
c
F
); echo "1 $? $x"
y=$(! cat <<E && echo no; true && (cat; exit 3) <<E
d
E
e
E
); echo "2 $? $y"
## STDOUT:
1 0 a
b
c
2 1 d
## END

#### A here-document in the condition of an if of a substitution, behind another command
x=$(echo q; if cat <<E; then echo yes; fi
a
E
); echo "1 $? $x"
## STDOUT:
## END
## status: 1

#### What the word of case runs is counted on the line where the word ends
case $(echo $LINENO >&2
echo $LINENO) in 4) echo "four" ;; 3) echo "three $LINENO" ;; esac
f() {
  case "a
$(missing; echo $LINENO)" in *5) echo $LINENO ;; esac
}
f
## STDOUT:
three 2
5
## END
## STDERR:
2
../t.sh: line 5: missing: command not found
## END

#### assignments without a command are performed one after the other, each with its substitutions
IFS=: A=(`printf 'a:b c:d\n'`); echo "${#A[@]}" "$IFS"; unset IFS
A=$(exit 3) B=$(echo $?); echo "$? $A $B"
false; A=1 B=$(echo $?; exit 4); echo "$? $A $B"
X=1 Y=$(echo "[$X]"; X=9) Z=$(echo "$X $Y"); echo "$X $Y $Z $?"
f() { local P=1; P=2 Q=$(echo "$P"; date >/dev/null) R=$(exit 5); echo "$? $P $Q"; }
f
A=$(exit 3) B=7; echo $? $B
A=$(exit 3) B=$(exit 0) C=$(false); echo $?
PATH="$(echo /nowhere)" \
  V="$(command -v ls || true)"; echo "[$V] $LINENO"; PATH=/usr/bin:/bin
(set -e; A=1 B=$(false); echo no); echo "$?"
(set -e; A=$(false) B=$(true); echo yes); echo "$?"
(set -u; A=$nope B=$(echo side >&2); echo no); echo "$?"
(set -u; A=$(echo first >&2) B=$nope$(echo side >&2); echo no); echo "$?"
readonly RO=1
g() { RO=2 B=$(echo side >&2); echo "in g $?"; }
g; echo "after $? [$B]"
RO=2 B=$(echo side2 >&2); echo "not"
echo "next $? [$B]"
declare -i N; N=1+1 M=$(echo "$N"); echo "$N $M"
C=(x $(echo y)) D[3]=$(echo z) E+=$(echo "${D[3]}"); echo "${C[*]} ${D[3]} $E"
A= B=$(echo q) > nodir/x; echo "$? [$A] [$B]"
if A=1 B=$(false); then echo t; else echo e; fi
## STDOUT:
3 :
0  3
4 1 1
1 [1] 1 [1] 0
5 2 2
3 7
1
[] 10
1
yes
0
1
1
next 1 []
2 2
x y z z
1 [] [q]
e
## END

#### several assignments on several lines, with substitutions in them
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
4 3 a:b c:1 :
12 1 x
7 1 y z 6
1
2 1
2 14 15
x
17y
127 20 22
## END

#### redirections see none of the variables that are assigned before a command
FOO=x read -r a <<<"$(printenv FOO; echo "[$FOO]"; FOO=y; echo "$FOO")"; echo "$a"
IFS=$'\n' read -d '' -r -a s <<<"$(printf 'a b\nc d\n')" || true; declare -p s
IFS=' ' read -r -a Q <<< "$(printf '1 2 3\n4' | tail -n 1 | cat)"; declare -p Q
PATH=/nonexistent read a <<<"$(date +%Y | tr 0-9 n)"; echo "$a"
f() { cat; echo "$FOO"; }
FOO=x f <<<"$(printenv FOO; echo "[$FOO]")"
FOO=$(echo 1) BAR=$(echo "<$FOO>") read b <<<"$(echo "($FOO)$(echo 3)")"; echo "$b"
FOO=x cat <<END
$(echo "[$FOO]" | cat) $FOO `echo 2`
END
A=1 B=$A cat <<<"$(echo "$A|$B" | cat)"
readonly R=1
R=2 read b <<<"$(echo sub >&2; echo x)"; echo "rc $? $b"
declare -i I
I=1/0 read b <<<"$(echo sub >&2; echo x)"; echo "rc $? $b"
LC_ALL=C read b <<<"$(printf 'é%.0s' 1 2 | wc -c)"; echo "$b"
e=; FOO=5 $e <<<"$(echo "[$FOO]" >&2; echo x)"; echo "$FOO"
FOO=1 exec 3<<<"$(echo "[$FOO]" | cat)"; cat <&3; echo "$FOO"
FOO=6 eval 'cat; echo "$FOO"' <<<"$(echo "($FOO)" | cat)"
FOO=7 : <<<"$(echo "($FOO)" >&2)"
## STDOUT:
[]
declare -a s=([0]="a b" [1]="c d")
declare -a Q=([0]="4")
nnnn
[]
x
()3
[]  2
|
rc 0 x
rc 0 x
4
5
[5]
5
(5)
6
## END

#### a substitution of nothing but comments is empty
`# comment` echo a $(# nothing
) b `#x`
cat <<END
`#helm` $(echo 1 | cat) `#dev` $(echo 2 | cat)
END
x=`#c`$(false)`#d`; echo $?
x=$(false)$(#c
); echo $?
## STDOUT:
a b
 1  2
0
1
## END

#### what a here-document expands beside a substitution, behind assignments before its command
FOO=x cat <<END
$(echo "[$FOO]" | cat) $FOO
END
FOO=x cat <<END
$FOO $(echo 1) $FOO `echo 2` $FOO
END
FOO=x cat <<END
$FOO $FOO
END
FOO=x cat <<<"$FOO $(echo 1) $FOO `echo 2` $FOO"
FOO=x read -d '' v <<END
$FOO $(echo 1) $FOO `echo 2` $FOO
END
echo $v
FOO=x read -d '' v <<END
$(echo 1) $FOO
END
echo $v
FOO=x read -d '' v <<<"$(echo 1) $FOO"
echo $v
FOO=x read -d '' v <<<"$FOO ${FOO-n} ${#FOO} $((FOO+1))"
echo $v
## STDOUT:
[] 
 1  2 
 
 1  2 
1 2
1
1
n 0 1
## END

#### declared arrays, and variables before a command, beside a file that is read
cat > lib.sh <<'X'
LV=1
X
. ./lib.sh
f() { local x=($(echo 1 2 | cat)) y=("$(echo q r)") ; declare -p x y; declare -a z=($(echo 1)$(echo 2)); declare -p z; }
f
readonly -a RA=(1)
declare -a RA=($(echo side >&2; echo 2)); echo "rc $?"
declare -A M=([a]=$(echo 1) [b]="$(echo 2 | cat)"); declare -p M
h() { echo "h: $P $D"; }
o=$(P='' D="$(mktemp -u | cut -c1-5)" h 2>&1); echo "$o"
P=$(echo 1) D="$(echo "$P" | cat)" h
g() { local -i n=($(echo 1+1)); declare -p n; local -r c=($(echo 5)); declare -p c; c=2; }
g; echo $?
readonly Q=1
Q=$(echo s >&2; echo 2) h; echo "rc $?"
(set -e; local_() { local v=($(false)); echo on; }; local_; declare -a w=("$(exit 3)"); echo "$?")
## STDOUT:
declare -a x=([0]="1" [1]="2")
declare -a y=([0]="q r")
declare -a z=([0]="12")
declare -A M=([b]="2" [a]="1" )
h:  /tmp/
h: 1 1
declare -ai n=([0]="2")
declare -ar c=([0]="5")
h:  
rc 0
on
0
## END

#### programs in the values before a command are given what stands before them
A=1 B=$(printenv A; echo "[$A]") printenv A B
A=1 B=$(A=2; printenv A; echo $A) printenv A B
A=9; A=1 B=$(unset A; echo "[${A-}]"; printenv A) printenv A B
A=1 B=$(declare -p A) printenv B
A=1 A=2 B=$(printenv A) printenv B
A=x A+=y B=$(printenv A) printenv B
PATH=/nonexistent B=$(ls 2>&1) /usr/bin/printenv B
f() { echo "$A $B"; }; A=1 B=$(f) f
export E=1; E=2 B=$(printenv E) f
A=1 B=$(sh -c 'echo $A') C=$(printenv B) printenv A B C
A= M='x y' B="$(printenv M)" printenv A M B
A=1 B="$(printenv A)-$(printenv Q A)" printenv A B
g() { echo "$A $B"; }
A=1 B=$(mktemp -u | tr -d -c A-Z | tail -c 0) g
A=1 B=$(date +%Y >/dev/null) C=$(uname) g
A=~ B=$(printenv A) printenv B
A=$HOME B=$(printenv A) printenv B
A=1 B=$(nosuch) g; echo $?
x=$(A=1 B="$(printenv A)" g 2>&1); echo "$x"
A=1 B=$(printenv A) command printenv B
A=1 B=$(printenv A) printenv B <<<"$(echo 1)"
A=1 B=$(printenv A; exit 3) $empty; echo "$? $A $B"
A=7 B=$(printenv A) $empty; echo "$? $A $B"
A=8 B=$(printenv A) "${empty[@]}"; echo "$? $A $B"
## STDOUT:
1
1
[]
1
2
1
[9]
declare -x A="1"
2
xy
../t.sh: line 7: ls: command not found
1 1 
9 2
1
1
1

x y
x y
1
1-1
1 
1 
@TOP@/cwd
@TOP@/cwd
1 
0
1 1
1
1
3 1 
1 7 
1 8 
## END

#### groups and subshells on one line of a substitution have its line
x=$({ echo $LINENO; } 2>&1); echo $x
x=$( { echo $LINENO; echo $LINENO; nosuch; } 2>&1 ); echo $x

x=$( ( echo $LINENO; echo $LINENO; nosuch ) 2>&1 ); echo $x
x=$( ( echo $LINENO; { echo $LINENO; nosuch; } ) 2>&1 | cat); echo $x
f() {
  local output
  output=$({ printf a$LINENO |
   cat; nosuch; } 2>&1); echo "$output"
  output=$({ echo $LINENO && nosuch <<<"$LINENO"; } 2>&1); echo "$output"
  output=$(echo 1; { echo $LINENO && nosuch <<<"$LINENO"; } 2>&1); echo "$output"
  echo "$(
  { nosuch
 nosuch2 $LINENO; } 2>&1
  )"
  output=$({ echo 1; } 2>&1; (echo $LINENO; nosuch) 2>&1 && { echo $LINENO; } )
  echo "$output"
  output=$( { ! { echo $LINENO; }; ( (echo $LINENO; nosuch); echo $LINENO) ; } 2>&1; echo $LINENO); echo $output
  output=$( { echo $LINENO; } & wait; { nosuch & wait; } 2>&1; echo $LINENO); echo $output
}
f
## STDOUT:
1
2 2 ../t.sh: line 2: nosuch: command not found
4 4 ../t.sh: line 4: nosuch: command not found
5 5 ../t.sh: line 5: nosuch: command not found
a9../t.sh: line 9: nosuch: command not found
10
../t.sh: line 10: nosuch: command not found
1
11
../t.sh: line 11: nosuch: command not found
../t.sh: line 15: nosuch: command not found
../t.sh: line 16: nosuch2: command not found
1
16
../t.sh: line 16: nosuch: command not found
18 18 ../t.sh: line 18: nosuch: command not found 18 18
19 ../t.sh: line 19: nosuch: command not found 19
## END

#### jobs in groups of a substitution count lines
x=$(true & wait; echo $LINENO); echo $x
x=$({ true & } 2>&1; echo $LINENO); echo $x
x=$({ true; } & wait; echo $LINENO); echo $x
x=$( (true &); echo $LINENO); echo $x
x=$( (true & wait; echo $LINENO); echo $LINENO); echo $x
## STDOUT:
1
2
3
4
5 5
## END

#### attributes of variables that are assigned one after the other, or before a command
declare -i N
N=1/0 M=$(echo side >&2); echo "$? [$N]"
f() { N=1/0 M=$(echo side >&2); echo "not"; }
f; echo "after $?"
(N=2 M=$(echo "$N") O=1/0; echo "$? $M"); echo $?
UID=5 read b <<<"$(echo sub >&2; echo x)"; echo "$? $b"
LINENO=50 read b <<<"$(echo "$LINENO")"; echo "$b"
SECONDS=500 read b <<<"$(echo "$((SECONDS >= 500))")"; echo "$b"
UID=5 M=$(echo sub >&2); echo "$? [$M]"
set -e
g() { A=1 B=$(false) C=$(true); echo "go $?"; A=1 B=$(true) C=$(false); echo not; }
(g) || echo "or $?"
if g; then echo t; fi
(g; echo not); echo "$?"
## STDOUT:
0 2
0
0 x
7
0
go 0
not
go 0
not
t
go 0
## END
## status: 1

#### assignments and redirections in POSIX mode, with substitutions
set -o posix
readonly R=1
(R=2 B=$(echo side >&2); echo not); echo $?
FOO=x read a <<<"$(echo "[$FOO]" | cat)"; echo "$a $FOO"
FOO=x : <<<"$(echo "[$FOO]" >&2)"; echo "$FOO"
A=1 B=$(printenv A) printenv B
A=1 B=$(echo $A) C=$(exit 4); echo "$? $B"
## STDOUT:
1
[] 
x
1
4 1
## END

#### a group with redirections in a substitution, and the line of what fails there
f() {
  y=1

  x=$({ cat; echo 1; } <nosuch 2>&1); echo "$x"
  x=$( (echo $LINENO; { echo 2; } >nodir/x) 2>&1 |
    cat); echo "$x"
}
f
x=$({ { echo 1 >&2; nosuch; } 2>/dev/null; { nosuch; } 2>&1; } 2>&1 >/dev/null); echo "$x"
## STDOUT:

6
../t.sh: line 6: nodir/x: No such file or directory

## END

#### messages of a command with documents, in a substitution
true
true
if ! e="$(nocmd - 2>&1 <<EOF
a
b
EOF
)"; then echo "$e"; fi
e=$(nocmd 2>&1 <<EOF
a
EOF
); echo "$e"
e=$(

nocmd 2>&1 <<EOF
a
EOF
)
echo "$e"
x=1; e=$(nocmd 2>&1 \
 a <<EOF
a
EOF
)
echo "$e"; echo $(nocmd 2>&1 <<A; nocmd2 2>&1
q
A
)
e=$(nocmd 2>&1 <<EOF | cat
a
EOF
)
echo "$e"; f() {
true
e="$(nocmd - 2>&1 <<-"EOF"
	a
	EOF
)"
echo "$e"
}
f
true
x() {
echo "<$(cat nofile - 2>&1 <<EOF
a $LINENO ${y:-z}
b
EOF
)>" $LINENO
}

x; v=7
e=$(nocmd$v 2>&1 <<EOF
$v
EOF
) || echo "$? $e"
set -u
e=$(cat 2>&1 <<EOF
$v ${nn}
EOF
) || echo "$? $e"
e=$(nosuch 2>&1 <<A 3<<B
$v
A
b
B
); echo "$? $e"
true
e=$(cat - 2>&1 <<A
$v
A
); echo "$? $e"
## STDOUT:
../t.sh: line 7: nocmd: command not found
../t.sh: line 11: nocmd: command not found
../t.sh: line 17: nocmd: command not found
../t.sh: line 23: nocmd: command not found
../t.sh: line 27: nocmd: command not found ../t.sh: line 30: nocmd2: command not found
../t.sh: line 31: nocmd: command not found
../t.sh: line 37: nocmd: command not found
<cat: nofile: No such file or directory
a 47 z
b> 47
127 ../t.sh: line 54: nocmd7: command not found
1 ../t.sh: line 59: nn: unbound variable
127 ../t.sh: line 65: nosuch: command not found
0 7
## END
