# Parameter expansion in all its forms.

#### use default
unset u; e=; v=val
echo "[${u-d}] [${e-d}] [${v-d}]"
echo "[${u:-d}] [${e:-d}] [${v:-d}]"
## STDOUT:
[d] [] [val]
[d] [d] [val]
## END

#### assign default
unset u; e=; v=val
echo "[${u=d}] [${e=d}] [${v=d}]"
echo "[$u] [$e] [$v]"
unset u; e=
echo "[${u:=d}] [${e:=d}]"
echo "[$u] [$e]"
## STDOUT:
[d] [] [val]
[d] [] [val]
[d] [d]
[d] [d]
## END

#### alternate
unset u; e=; v=val
echo "[${u+a}] [${e+a}] [${v+a}]"
echo "[${u:+a}] [${e:+a}] [${v:+a}]"
## STDOUT:
[] [a] [a]
[] [] [a]
## END

#### error if unset ends the script
echo before
: ${nope?gone missing}
echo not reached
## STDOUT:
before
## END
## STDERR:
../t.sh: line 2: nope: gone missing
## END
## status: 1

#### error if empty in a subshell
e=
(: ${e:?is empty}) 2>/dev/null
echo $?
## STDOUT:
1
## END

#### error message default
(: ${nope?}) 2>&1 | sed 's/.*: nope/nope/'
## STDOUT:
nope: parameter not set
## END

#### default is expanded only when used
n=0
v=set
echo ${v:-$((n++))} ${u:-$((n++))} ${u:-$((n++))}
echo $n
## STDOUT:
set 0 1
2
## END

#### default with a substitution is run only when used
v=1
echo ${v:-$(echo ran >&2; echo x)}
echo ${u:-$(echo ran)}
## STDOUT:
1
ran
## END

#### nested defaults
echo ${a:-${b:-${c:-deep}}}
b=mid; echo ${a:-${b:-${c:-deep}}}
## STDOUT:
deep
mid
## END

#### length
x=hello; echo ${#x}
unset u; echo ${#u}
a=(one two three); echo ${#a[@]} ${#a} ${#a[2]}
set -- a b c; echo $# ${#@} ${#*} ${#1}
## STDOUT:
5
0
3 3 5
3 3 3 1
## END

#### remove prefix
p=/usr/local/lib/file.tar.gz
echo ${p#*/} ${p##*/} ${p#nomatch}
## STDOUT:
usr/local/lib/file.tar.gz file.tar.gz /usr/local/lib/file.tar.gz
## END

#### remove suffix
p=/usr/local/lib/file.tar.gz
echo ${p%.*} ${p%%.*} ${p%/*} ${p%nomatch}
## STDOUT:
/usr/local/lib/file.tar /usr/local/lib/file /usr/local/lib /usr/local/lib/file.tar.gz
## END

#### patterns in removal come from variables
x=abcabc pat='*b'
echo ${x#$pat} ${x##$pat} "${x#"$pat"}"
## STDOUT:
cabc c abcabc
## END

#### quoted star in removal
x='*a*'; echo ${x#'*'} ${x%"*"} ${x#\*}
## STDOUT:
a* *a a*
## END

#### removal over positional parameters
set -- a.c b.c c.h
echo ${@%.c} 
printf '[%s]' "${@#?}"; echo
## STDOUT:
a b c.h
[.c][.c][.h]
## END

#### substring
x=0123456789
echo ${x:3} ${x:3:2} ${x: -3} ${x: -3:2} ${x:2:-2} ${x:10} "[${x:20}]" ${x:0:0}
## STDOUT:
3456789 34 789 78 234567 []
## END

#### substring with arithmetic
x=abcdef i=1
echo ${x:i} ${x:i+1:i*2} ${x:$((i+2))} ${x:(-2)}
## STDOUT:
bcdef cd def ef
## END

#### substring with effects happens once
x=abcdef i=0
echo ${x:i++:2} $i
## STDOUT:
ab 1
## END

#### slices of positional parameters
set -- a b c d e
echo ${@:2} / ${@:2:2} / ${@: -2} / ${*:1:1}
echo ${@:0:1} | sed 's,.*/,,'
## STDOUT:
b c d e / b c / d e / a
t.sh
## END

#### replace
x=banana
echo ${x/a/A} ${x//a/A} ${x/#b/B} ${x/%a/Z} ${x//an} ${x/x/y}
## STDOUT:
bAnana bAnAnA Banana bananZ ba banana
## END

#### replace with patterns
x=a1b22c333
echo ${x//[0-9]/#} ${x//[0-9]*/} ${x/%[0-9]*/-}
## STDOUT:
a#b##c### a a-
## END

#### replace with slashes and quotes
p=a/b/c
echo ${p//\//:} "${p//\//' '}" ${p//'/'/+}
## STDOUT:
a:b:c a b c a+b+c
## END

#### replacement with ampersand is literal unless patsub_replacement
x=abc
shopt -u patsub_replacement
echo ${x/b/[&]}
shopt -s patsub_replacement
echo ${x/b/[&]} "${x/b/[\&]}"
## STDOUT:
a[&]c
a[b]c a[&]c
## END

#### replace in all of an array
a=(foo boo zoo)
echo "${a[@]/oo/-}" "${a[@]#?}" "${a[@]^}"
## STDOUT:
f- b- z- oo oo oo Foo Boo Zoo
## END

#### case modification
x=hElLo
echo ${x^} ${x^^} ${x,} ${x,,} ${x~} ${x~~} ${x^^[el]}
## STDOUT:
HElLo HELLO hElLo hello HElLo HeLlO hELLo
## END

#### transformations
x='a b"c'
echo ${x@Q} "${x@U}" "${x@u}" "${x@L}"
y='\t'; printf '[%s]\n' "${y@E}"
declare -i n=1; echo ${n@a} ${n@A}
## STDOUT:
'a b"c' A B"C A b"c a b"c
[	]
i declare -i n='1'
## END

#### transformation of arrays
a=(x 'y z')
echo "${a[@]@Q}"
declare -A h=([k]=v); echo ${h[@]@K} ${h[@]@k}
## STDOUT:
'x' 'y z'
k "v" k v
## END

#### prompt transformation
x='\$ '
p=${x@P}; [ "$p" = '$ ' ] || [ "$p" = '# ' ] && echo ok
## STDOUT:
ok
## END

#### indirection with operators
name=var var=value
echo ${!name} ${!name:-x} ${!name#v} ${#name}
unset var; echo ${!name:-default}
## STDOUT:
value value alue 3
default
## END

#### indirection to arrays and positional parameters
a=(p q r) i='a[1]' j='a[@]' k=2
set -- x y z
echo ${!i} ${!j} ${!k}
## STDOUT:
q p q r y
## END

#### positional beyond nine
set -- 1 2 3 4 5 6 7 8 9 ten eleven
echo $10 ${10} ${11}
## STDOUT:
10 ten eleven
## END

#### unset positional
set -- a
echo "[$2]" "[${2-none}]" "[${1+has}]"
## STDOUT:
[] [none] [has]
## END

#### at and star with defaults
set --
echo "[${@:-none}]" "[${*-none}]" "[${@+some}]"
set -- a; echo "[${@+some}]"
## STDOUT:
[none] [none] []
[some]
## END

#### nounset errors
set -u
x=1
echo $x
(echo $nope) 2>/dev/null; echo $?
echo ${nope-ok}
## STDOUT:
1
1
ok
## END

#### nounset and positional parameters
set -u
set --
echo "[$@]" "[$*]" $#
(echo $1) 2>/dev/null; echo $?
## STDOUT:
[] [] 0
1
## END

#### nounset and arrays
set -u
a=()
echo "[${a[@]}]" "[${#a[@]}]"
(echo ${a[0]}) 2>/dev/null; echo $?
## STDOUT:
[] [0]
1
## END

#### nounset ends the script
set -u
echo a
echo $nope
echo not reached
## STDOUT:
a
## END
## STDERR:
../t.sh: line 3: nope: unbound variable
## END
## status: 1

#### nounset in a function ends the script
set -u
f() { echo $nope; echo no; }
f
echo no
## STDOUT:
## END
## STDERR:
../t.sh: line 2: nope: unbound variable
## END
## status: 1

#### nounset in a condition ends the script too
set -u
if echo $nope; then echo no; else echo no; fi
echo no
## STDOUT:
## END
## STDERR:
../t.sh: line 2: nope: unbound variable
## END
## status: 1

#### nounset in a substitution fails only there
set -u
x=$( (echo $nope) 2>/dev/null)
echo "$? [$x]"
## STDOUT:
1 []
## END

#### bad substitution
echo before
(eval 'echo ${x!y}') 2>/dev/null
echo $?
## STDOUT:
before
1
## END

#### special parameters in braces
set -- a b
false
echo ${?} ${#} ${1} ${@} ${*} ${-//[^e]/}
## STDOUT:
1 2 a a b a b
## END

#### expansion in double quotes keeps blanks
x='a   b'
echo ${x%b}- "${x%b}"-
## STDOUT:
a - a   -
## END

#### default words split when unquoted
printf '[%s]' ${u:-a b}; echo
printf '[%s]' "${u:-a b}"; echo
printf '[%s]' ${u:-"a b" c}; echo
## STDOUT:
[a][b]
[a b]
[a b][c]
## END

#### alternate with quoted list
set -- 'a b' c
printf '[%s]' ${1+"$@"}; echo
## STDOUT:
[a b][c]
## END

#### assignment of default in arithmetic context
unset n
echo $(( ${n:=5} + n ))
## STDOUT:
10
## END

#### order of effects in one command
x=1
echo $x ${y:=2} $((x=3)) $x $y
## STDOUT:
1 2 3 3 2
## END

#### effects survive into the next command
echo ${z:=first} >/dev/null
echo $z
: $((k=4))
echo $k
## STDOUT:
first
4
## END

#### effects in a substitution are lost
echo $(echo ${z:=inner}) "[$z]"
## STDOUT:
inner []
## END

#### effects in a pipeline are lost
echo ${z:=inner} | cat
echo "[$z]"
## STDOUT:
inner
[]
## END

#### newline and tab in defaults
printf '%s\n' "${u:-a
b	c}"
## STDOUT:
a
b	c
## END

#### closing brace in a default
echo ${u:-a\}b} "${u:-"}"}" ${u:-'}'}
## STDOUT:
a}b } }
## END

#### backslash in patterns
x='a\b'; echo ${x#*\\} ${x//\\//}
## STDOUT:
b a/b
## END

#### extended globs in patterns
shopt -s extglob
x=aaabbb
echo ${x##+(a)} ${x%%+(b)} ${x//@(a|b)/-}
## STDOUT:
bbb aaa ------
## END

#### IFS and "${x#…}" on arrays
IFS=,
a=(1x 2x)
echo "${a[*]%x}"
## STDOUT:
1,2
## END

#### parameter with a subscript of arithmetic
a=(10 20 30) i=1
echo ${a[i]} ${a[i+1]} ${a[$i]} ${a[-1]} ${a[i-1]}
## STDOUT:
20 30 20 30 10
## END

#### length of a multi-byte string in C locale
x=é
echo ${#x}
LC_ALL=C; echo ${#x}
## STDOUT:
1
2
## END

#### set and unset in sequence
for v in a '' unset; do
  x=$v; [ "$v" = unset ] && unset x
  echo "${x-U}" "${x:-N}" "${x+S}" "${x:+T}"
done
## STDOUT:
a a S T
 N S 
U N  
## END

#### expansions of names with adjacent brackets
x=v
echo $x[0] "${x}[0]" "$x]"
## STDOUT:
v[0] v[0] v]
## END

#### hash operator on at
set -- aa bb
echo "${#@}" "${@#a}"
## STDOUT:
2 a bb
## END

#### negative length on short string
x=ab
(echo ${x:0:-5}) 2>/dev/null; echo $?
## STDOUT:
1
## END

#### dollar in a pattern
x='a$b'; echo ${x%$*} ${x#*\$}
## STDOUT:
a$b b
## END

#### tilde in defaults
HOME=/home/u
echo ${u:-~} ${u:-~/x} "${u:-~}"
## STDOUT:
/home/u /home/u/x ~
## END

#### a quoted substitution that does not end, in a pattern
a=4
echo "${a#'$('\'}"
echo "$a"
## STDOUT:
4
## END

#### with set -u, the number of elements of an array that is unset gives up the line alone
set -u; declare -A m
echo "${#arr[@]}"; echo no
echo "after $?"
echo "${#arr[0]}" "${#m[k]}" "${#m[@]}"
echo "after $?"
f() { local a=1; [[ ${#arr[*]} = 0 ]]; echo f; }
f; echo no
echo "after $?"
for i in 1 2 3 4; do y=1; z=2; x=${#arr[@]}; echo no; done
echo "$? $i"
(echo ${#arr[@]}; echo no); echo $?
x=$(echo ${#arr[@]}; echo no); echo "$? $x"
## STDOUT:
after 1
after 1
after 1
1 1
1
1 
## END
