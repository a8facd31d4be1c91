# Command substitution: which commands run, once, in which order, in which process.

#### in an argument
echo "$(echo a) b $(echo c)"
## STDOUT:
a b c
## END

#### nested three deep
echo "$(echo 1 $(echo 2 $(echo 3)))"
## STDOUT:
1 2 3
## END

#### splits unquoted, not quoted
for w in $(echo a b; echo c); do printf '[%s]' $w; done; echo
for w in "$(echo a b; echo c)"; do printf '[%s]' "$w"; done; echo
## STDOUT:
[a][b][c]
[a b
c]
## END

#### globs unquoted
touch f1 f2
echo $(echo 'f*') "$(echo 'f*')"
## STDOUT:
f1 f2 f*
## END

#### order of evaluation is left to right
echo $(echo a >> log; echo 1) $(echo b >> log; echo 2)
cat log
## STDOUT:
1 2
a
b
## END

#### effects before a substitution
i=0
echo $((i++)) $(echo $i) $((i++)) $(echo $i)
## STDOUT:
0 1 1 2
## END

#### status then substitution
echo $(false) $?
echo $?
## STDOUT:
1
0
## END

#### words come before redirections
echo $(ls) > out
cat out
## STDOUT:

## END

#### redirection then assignment order
x=$(cat f 2>/dev/null || echo none) > f
echo $x
## STDOUT:
none
## END

#### changes stay inside
x=1
y=$(x=2; cd /; set -f; echo $x)
echo $x $y
case $- in *f*) echo leaked;; *) echo kept;; esac
## STDOUT:
1 2
kept
## END

#### sees functions and locals
g() { echo "g $1"; }
f() { local l=loc; echo "$(g $l)"; }
f
## STDOUT:
g loc
## END

#### sees positional parameters
set -- a b
echo "$(echo $# $2; shift; echo $1)" $#
## STDOUT:
2 b
b 2
## END

#### sees aliases and options
set -f
echo "$(echo *)"
## STDOUT:
*
## END

#### exit inside ends only it
x=$(echo a; exit 3; echo b)
echo "$? $x"
## STDOUT:
3 a
## END

#### return inside a function's substitution
f() { x=$(return 4; echo no); echo "$? [$x]"; }
f
## STDOUT:
4 []
## END

#### several commands and a loop inside
x=$(for i in 1 2 3; do echo $i; done | tr '\n' ,)
echo $x
## STDOUT:
1,2,3,
## END

#### case inside parentheses
x=$(case a in a) echo A;; (b) echo B;; esac)
echo $x
## STDOUT:
A
## END

#### here-document inside
x=$(cat <<E
in $((1+1))
E
)
echo "$x"
## STDOUT:
in 2
## END

#### comment with a parenthesis inside
x=$(echo a # not ) the end
echo b)
echo $x
## STDOUT:
a b
## END

#### quotes with parentheses inside
echo "$(echo ')' "(" \))"
## STDOUT:
) ( )
## END

#### redirection input form
printf 'a\nb\n\n' > f
echo "[$(<f)]"
x=$(< f); echo "${#x}"
## STDOUT:
[a
b]
3
## END

#### redirection input form of a missing file
x=$(<nope) 2>/dev/null; echo "$? [$x]"
## STDOUT:
1 []
## END

#### standard error is not captured
{ x=$(echo out; echo err >&2); } 2> e
echo "$x"; cat e
## STDOUT:
out
err
## END

#### standard error joined
x=$( { echo out; echo err >&2; } 2>&1 ); echo "$x"
## STDOUT:
out
err
## END

#### in an assignment before a command
X=$(echo v) sh -c 'echo $X'
## STDOUT:
v
## END

#### in an array
a=($(echo x y) "$(echo p q)")
echo ${#a[@]} "${a[2]}"
## STDOUT:
3 p q
## END

#### in an array subscript
a=(1 2 3)
echo ${a[$(echo 1)]}
## STDOUT:
2
## END

#### in arithmetic
echo $(( $(echo 2) * $(echo 3) ))
(( x = $(echo 5) )); echo $x
## STDOUT:
6
5
## END

#### in a condition
[ "$(echo a)" = a ] && echo eq
[[ $(echo abc) == a* ]] && echo match
if test -n "$(true)"; then echo no; else echo empty; fi
## STDOUT:
eq
match
empty
## END

#### in a case word and a pattern
case $(echo abc) in $(echo 'a*')) echo yes;; *) echo no;; esac
## STDOUT:
yes
## END

#### case patterns are expanded only until one matches
case b in $(echo a >>log; echo a)) ;; $(echo b >>log; echo b)) echo hit;; $(echo c >>log; echo c)) ;; esac
cat log
## STDOUT:
hit
a
b
## END

#### for words are expanded once
for i in $(echo run >> log; echo 1 2 3); do :; done
cat log
## STDOUT:
run
## END

#### while conditions are expanded each time
i=0
while [ $(echo x >> log; echo $i) -lt 3 ]; do i=$((i+1)); done
wc -l < log
## STDOUT:
4
## END

#### in a here-document
cat <<E
a $(echo b; echo c) d `echo e`
E
## STDOUT:
a b
c d e
## END

#### in a here-string
cat <<< "$(echo one; echo two)"
## STDOUT:
one
two
## END

#### in a redirection target
echo data > $(echo fi)le
cat file
## STDOUT:
data
## END

#### in a parameter default only when needed
x=1
echo ${x:-$(echo called >> log)} ${y:-$(echo called >> log; echo v)}
wc -l < log
## STDOUT:
1 v
1
## END

#### in a function call's arguments
f() { echo "$# $1"; }
f $(echo a b) "$(echo c d)"
## STDOUT:
3 a
## END

#### as the command itself
$(echo echo) hi
$(echo echo a b)
x='echo z'; $x
## STDOUT:
hi
a b
z
## END

#### as a command that is a builtin changing state
$(echo cd) /
pwd
`echo export` Y=5
sh -c 'echo $Y'
## STDOUT:
/
5
## END

#### of background job does not wait for its parent
x=$(echo a & wait); echo $x
## STDOUT:
a
## END

#### of a pipeline
echo $(echo b a | tr ' ' '\n' | sort)
## STDOUT:
a b
## END

#### of a subshell and a group
echo $( (echo s) ) $( { echo g; } )
## STDOUT:
s g
## END

#### arithmetic look-alike
echo $( (echo 1); (echo 2) )
## STDOUT:
1 2
## END

#### of nothing
echo "[$()]" "[$( )]" "[$(:)]"
## STDOUT:
[] [] []
## END

#### of large output
x=$(seq 1 20000)
echo ${#x}
set -- $x; echo $# ${20000}
## STDOUT:
108893
20000 20000
## END

#### of binary like bytes
x=$(printf '\001\177\200\377')
printf '%s' "$x" | od -An -tx1
## STDOUT:
 01 7f 80 ff
## END

#### many in a row
echo $(echo 1)$(echo 2)$(echo 3)$(echo 4)$(echo 5)$(echo 6)$(echo 7)$(echo 8)
## STDOUT:
12345678
## END

#### twenty nested
x=0
for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do x=$(echo $((x+1))); done
echo $x
## STDOUT:
20
## END

#### backquotes nested
echo `echo a \`echo b \\\`echo c\\\`\``
## STDOUT:
a b c
## END

#### backquotes in double quotes
echo "`echo "a  b"`" `echo 'c  d'`
## STDOUT:
a  b c d
## END

#### trap inside a substitution
x=$(trap 'echo bye' EXIT; echo hi); echo "$x"
## STDOUT:
hi
bye
## END

#### outer trap is not run by a substitution
trap 'echo outer' EXIT
x=$(echo in)
echo "[$x]"
## STDOUT:
[in]
outer
## END

#### variables set in a condition substitution do not leak
if [ "$(y=5; echo $y)" = 5 ]; then echo "[$y]"; fi
## STDOUT:
[]
## END

#### read inside takes the script's input
{ x=$(head -n 1); read y; echo "$x|$y"; } <<E
first
second
E
## STDOUT:
first|
## END

#### errexit is off inside unless inherited
set -e
x=$(false; echo still)
echo $x
## STDOUT:
still
## END

#### errexit inherited
set -e
shopt -s inherit_errexit
x=$(false; echo still) || echo "failed [$x]"
## STDOUT:
## END

#### errexit with a failing substitution in an argument goes on
set -e
echo "a$(false)b"
echo on
## STDOUT:
ab
on
## END

#### errexit with a failing substitution in an assignment stops
set -e
x=$(false)
echo no
## STDOUT:
## END
## status: 1

#### pipefail inside
set -o pipefail
x=$(false | true); echo $?
## STDOUT:
1
## END

#### expansion error inside leaves the outer command running
x=$(: ${nope?bad} 2>/dev/null; echo no) 2>/dev/null
echo "$? [$x]"
## STDOUT:
1 []
## END

#### exec inside
x=$(exec echo replaced; echo no); echo $x
## STDOUT:
replaced
## END

#### process substitution as a file
cat <(echo a) <(echo b)
## STDOUT:
a
b
## END

#### process substitution for output
echo data > >(cat > f; : > done)
while [ ! -e done ]; do sleep 0.01; done
cat f
## STDOUT:
data
## END

#### process substitution feeds a loop without a subshell
n=0
while read l; do n=$((n+1)); done < <(printf 'a\nb\nc\n')
echo $n
## STDOUT:
3
## END

#### diff of two process substitutions
diff <(printf '1\n2\n') <(printf '1\n3\n')
echo $?
## STDOUT:
2c2
< 2
---
> 3
1
## END

#### process substitution in a function argument
f() { cat "$1"; }
f <(echo in)
## STDOUT:
in
## END

#### substitution inside quotes inside substitution with a variable that changes
x=1
echo "$(x=2; echo "$(x=3; echo $x) $x") $x"
## STDOUT:
3 2 1
## END

#### substitution reading PIPESTATUS of its own
echo "$(false | true; echo ${PIPESTATUS[@]})"
## STDOUT:
1 0
## END

#### substitution in export and local and declare
f() { local a=$(echo "p q") b="$(echo r)"; declare c=$(echo "s  t"); echo "$a|$b|$c"; }
f
export E=$(echo "u v"); echo "$E"
## STDOUT:
p q|r|s  t
u v
## END

#### assignment value from a substitution is not split
x=$(echo 'a   b'); echo "$x"
## STDOUT:
a   b
## END

#### substitution twice as prefix
A=$(echo 1) B=$(echo 2) sh -c 'echo $A$B'
## STDOUT:
12
## END

#### assignment prefix on empty command keeps
A=$(echo kept) $(true)
echo "$A"
## STDOUT:
kept
## END

#### last substitution's side file exists before the next command
x=$(touch made); [ -e made ] && echo yes
## STDOUT:
yes
## END

#### dollar paren with newline layout
x=$(
  echo a

  echo b
)
echo "$x"
## STDOUT:
a
b
## END

#### commands after a substitution in the same word
echo pre$(echo -mid-)post
## STDOUT:
pre-mid-post
## END

#### substitution yields a number used as descriptor
echo out >&$(echo 1)
## STDOUT:
out
## END

#### substitution output that looks like an option
echo $(echo -n) x
printf "$(echo '%s-%s\n')" a b
## STDOUT:
x
a-b
## END

#### umask and cd inside do not leak
umask 022
x=$(umask 077; cd /; umask)
echo $x $(umask); [ "$PWD" != / ] && echo here
## STDOUT:
0077 0022
here
## END

#### Braces within `${ command; }` are an error of syntax where bash is older than such substitutions, before anything of the command runs
echo start
if echo first; then
echo ${ { echo y; }; }
fi
## STDOUT:
start
## END
## status: 2

#### env in substitutions, stages and functions shows the level of shells that it has there
export SHLVL=7
level() { grep '^SHLVL' "$@"; }
x=$(env | level); echo "$x"
x=$(true; env | level | tr a a); echo "$x"
x=$(env); echo "$x" | level
x=$(true; env); echo "$x" | level
show() { env; }
other() { show; }
x=$(show); echo "$x" | level
x=$(other); echo "$x" | level
x=$(other | level); echo "$x"
(show) > all; level all
(true; other) > all; level all
{ true; env; } | level
show | level
other > all; level all
rm all
## STDOUT:
SHLVL=7
SHLVL=7
SHLVL=6
SHLVL=6
SHLVL=6
SHLVL=6
SHLVL=7
SHLVL=7
SHLVL=7
SHLVL=7
SHLVL=7
SHLVL=7
## END
