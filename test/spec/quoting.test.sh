# Quoting, word splitting and hostile text: every byte arrives unharmed.

#### single quotes keep everything
printf '[%s]\n' '$x `y` "z" \ {% $states %} '
## STDOUT:
[$x `y` "z" \ {% $states %} ]
## END

#### double quotes expand only dollar, backquote and backslash
x=v
printf '[%s]\n' "$x \$x \\ \" \a 'q' {% $x %}"
## STDOUT:
[v $x \ " \a 'q' {% v %}]
## END

#### hostile text in a literal
printf '%s\n' "'; {% \$x %} \"\$(id)"
## STDOUT:
'; {% $x %} "$(id)
## END

#### hostile text in a variable
x=$'\'; {% $x %} "$(id)'
printf '%s\n' "$x"
## STDOUT:
'; {% $x %} "$(id)
## END

#### hostile text through a substitution
x=$'\'; {% $x %} "$(id)`id`\\'
y=$(printf '%s' "$x")
printf '%s\n' "$y"
[ "$x" = "$y" ] && echo same
## STDOUT:
'; {% $x %} "$(id)`id`\
same
## END

#### hostile text as an argument
printf '<%s>\n' "$1" "$2" "$3"
## args-json: ["'; {% $x %} \"$(id)","`id` && echo no","{%'%}"]
## STDOUT:
<'; {% $x %} "$(id)>
<`id` && echo no>
<{%'%}>
## END

#### hostile text as arguments set by the script
set -- "'; {% \$x %} \"\$(id)" '*' '~' '-n' ''
printf '<%s>\n' "$@"
echo $#
## STDOUT:
<'; {% $x %} "$(id)>
<*>
<~>
<-n>
<>
5
## END

#### hostile text in a for loop
for w in "'; {% \$x %} \"\$(id)" '{%$states.input%}' '%}'; do printf '%s|' "$w"; done; echo
## STDOUT:
'; {% $x %} "$(id)|{%$states.input%}|%}|
## END

#### hostile text in a case word and pattern
x="'; {% \$x %} \"\$(id)"
case $x in "'; {% \$x %} \"\$(id)") echo matched;; *) echo not;; esac
## STDOUT:
matched
## END

#### hostile text in a file name
f="'; {% \$x %} \"\$(id)"
echo data > "$f"
cat "$f"
ls
## STDOUT:
data
'; {% $x %} "$(id)
## END

#### hostile text in a function
f() { printf '%s\n' "'; {% \$x %} \"\$(id)" "$1"; }
f "{% \$states.input %}"
## STDOUT:
'; {% $x %} "$(id)
{% $states.input %}
## END

#### hostile text in a here-document
x="'; {% \$x %} \"\$(id)"
cat <<E
$x {% \$y %} "'
E
cat <<'E'
$x {% $y %} "' `id` $(id)
E
## STDOUT:
'; {% $x %} "$(id) {% $y %} "'
$x {% $y %} "' `id` $(id)
## END

#### hostile text in an environment variable
export X="'; {% \$x %} \"\$(id)"
sh -c 'printf "%s\n" "$X"'
## STDOUT:
'; {% $x %} "$(id)
## END

#### hostile text in an array
a=("'; {% \$x %} \"\$(id)" '"' "'" '\' '$')
printf '[%s]' "${a[@]}"; echo
## STDOUT:
['; {% $x %} "$(id)]["]['][\][$]
## END

#### hostile text in an associative array key
declare -A h
k="'; {% %} \"x"
h[$k]=1
for i in "${!h[@]}"; do printf '%s=%s\n' "$i" "${h[$i]}"; done
## STDOUT:
'; {% %} "x=1
## END

#### hostile text in an alias
shopt -s expand_aliases
alias say="echo \"it's {% x %}\""
say
## STDOUT:
it's {% x %}
## END

#### hostile text in a trap
trap "printf '%s\n' \"'; {% x %}\"" EXIT
echo body
## STDOUT:
body
'; {% x %}
## END

#### hostile text in a here-string
cat <<< "'; {% \$x %} \"\$(id)"
## STDOUT:
'; {% $x %} "$(id)
## END

#### hostile text in a directory name
mkdir "a'b {% c"
cd "a'b {% c" && basename "$PWD"
## STDOUT:
a'b {% c
## END

#### JSON-like text
printf '%s\n' '{"a": "b\u0041", "c": [1, "\n"]}' "\"quoted\"" '\"'
## STDOUT:
{"a": "b\u0041", "c": [1, "\n"]}
"quoted"
\"
## END

#### JSONata-like text
x='$sum([1,2]) & "x" ~> $string()'
echo "$x"
## STDOUT:
$sum([1,2]) & "x" ~> $string()
## END

#### placeholders look like ours
echo '${Self} ${Partition} ${first}' "@TOP"
## STDOUT:
${Self} ${Partition} ${first} @TOP
## END

#### ANSI-C quotes
printf '%s\n' $'a\tb\nc\\d\'e\"f\x41\101\u00e9\e[0m' | od -An -c | tr -s ' '
## STDOUT:
 a \t b \n c \ d ' e " f A A 303 251 033
 [ 0 m \n
## END

#### ANSI-C quote with NUL ends the string
x=$'ab\0cd'; echo "$x"
## STDOUT:
ab
## END

#### locale quotes
echo $"hello $((1+1))"
## STDOUT:
hello 2
## END

#### backslash newline inside double quotes
echo "a\
b"
echo 'a\
b'
## STDOUT:
ab
a\
b
## END

#### newlines inside quotes
x='line one
line two'
echo "$x"
echo $x
## STDOUT:
line one
line two
line one line two
## END

#### carriage return and tabs survive
x=$'a\r\tb'
printf '%s' "$x" | od -An -c | tr -s ' '
## STDOUT:
 a \r \t b
## END

#### trailing newlines of a substitution go
x=$(printf 'a\n\n\n')
printf '[%s]\n' "$x"
x=$(printf 'a\n\n\n'; echo .)
printf '[%s]\n' "$x"
## STDOUT:
[a]
[a


.]
## END

#### leading newlines and blanks stay when quoted
x=$(printf '\n\n  a  ')
printf '[%s]\n' "$x" $x
## STDOUT:
[

  a  ]
[a]
## END

#### NUL bytes in a substitution are dropped
{ x=$(printf 'a\0b'); } 2>/dev/null
printf '%s' "$x" | od -An -c | tr -s ' '
## STDOUT:
 a b
## END

#### NUL bytes in output
printf 'a\0b\n'
## stdout-json: "a\u0000b\n"

#### invalid UTF-8 in output and variables
x=$'\xff\xfe\x80'
printf '%s' "$x"
printf '%s' "$x" | od -An -tx1
## STDOUT:
��� ff fe 80
## END

#### invalid UTF-8 through a substitution and an array
a=($'\xc3' $'\xe9t\xe9')
b=$(printf '%s' "${a[@]}")
printf '%s' "$b" | od -An -tx1
## STDOUT:
 c3 e9 74 e9
## END

#### invalid UTF-8 in a file name
f=$'x\xffy'
: > "$f"
for g in x*; do printf '%s' "$g" | od -An -tx1; done
rm x*
## STDOUT:
 78 ff 79
## END

#### UTF-8 length and slices
x='äöü€😀'
echo ${#x} ${x:1:2} ${x: -1}
## STDOUT:
5 öü 😀
## END

#### missing last newline
printf 'no newline'
## stdout-json: "no newline"

#### empty arguments
printf '[%s]' "" '' a ""; echo
set -- ""; echo $#
set -- $e; echo $#
## STDOUT:
[][][a][]
1
0
## END

#### quoted empty next to an unquoted empty expansion
e=
set -- $e"" $e ''; echo $#
## STDOUT:
2
## END

#### splitting on the default IFS
x='  a  b	c
d '
set -- $x; echo $#; printf '[%s]' "$@"; echo
## STDOUT:
4
[a][b][c][d]
## END

#### splitting on another IFS
IFS=:; x='a::b:'; set -- $x; echo $#; printf '[%s]' "$@"; echo
## STDOUT:
3
[a][][b]
## END

#### splitting on blanks and others
IFS=' ,'; x=' a , b,, c '; set -- $x; echo $#; printf '[%s]' "$@"; echo
## STDOUT:
4
[a][b][][c]
## END

#### empty IFS does not split
IFS=; x='a b'; set -- $x; echo $#
## STDOUT:
1
## END

#### unset IFS splits on blanks
IFS=:; unset IFS; x='a b:c'; set -- $x; echo $# "$1" "$2"
## STDOUT:
2 a b:c
## END

#### IFS joins "$*"
set -- a b c
IFS=-; echo "$*"; IFS=; echo "$*"; unset IFS; echo "$*"
IFS=', '; echo "$*"
## STDOUT:
a-b-c
abc
a b c
a,b,c
## END

#### IFS kept from command to command
IFS=,
echo $(echo a,b)
x=1,2
for i in $x; do echo $i; done
## STDOUT:
a b
1
2
## END

#### IFS for one command does not matter for its own words
x=a:b
IFS=: echo $x
IFS=: read p q <<< "$x"; echo $p $q
## STDOUT:
a:b
a b
## END

#### literal words are never split
IFS=x
echo axb "axb" a"x"b
## STDOUT:
axb axb axb
## END

#### splitting joins adjacent literals
x='b c'
set -- a${x}d; printf '[%s]' "$@"; echo
## STDOUT:
[ab][cd]
## END

#### "$@" with neighbours
set -- 1 2 3
printf '[%s]' "a$@b"; echo
set --
printf '[%s]' "a$@b"; echo
## STDOUT:
[a1][2][3b]
[ab]
## END

#### $@ and $* unquoted
set -- 'a b' '' c
printf '[%s]' $@; echo
printf '[%s]' $*; echo
printf '[%s]' "$@"; echo
printf '[%s]' "$*"; echo
## STDOUT:
[a][b][c]
[a][b][c]
[a b][][c]
[a b  c]
## END

#### glob characters in unquoted variables
touch f1 f2
x='f*'
echo $x "$x"
set -f
echo $x
set +f
echo $x
## STDOUT:
f1 f2 f*
f*
f1 f2
## END

#### tilde
HOME=/h
echo ~ ~/x "~" \~ a~ x=~ 
y=~/z; echo $y
y=a:~/b; echo $y
## STDOUT:
/h /h/x ~ ~ a~ x=/h
/h/z
a:/h/b
## END

#### tilde after assignment to HOME only for later words
HOME=/one
HOME=/two eval 'echo ~'
echo ~
## STDOUT:
/two
/one
## END

#### brace expansion
echo {a,b}{1,2} {1..4} {a..e..2} {3..1} {01..03} x{,y} {a} {} "{a,b}" {a,'b c'}
## STDOUT:
a1 a2 b1 b2 1 2 3 4 a c e 3 2 1 01 02 03 x xy {a} {} {a,b} a b c
## END

#### brace expansion is before parameters
n=3
echo {1..$n} {$n,4}
## STDOUT:
{1..3} 3 4
## END

#### quoted at signs and percent signs
printf '%s %s\n' '%s' "100%" "50% {%"
echo "%}" '{%'
## STDOUT:
%s 100%
50% {% 
%} {%
## END

#### exclamation marks
echo "wow!" wow! '!' "!x"
## STDOUT:
wow! wow! ! !x
## END

#### hash inside words
echo a#b '#c' \#d # e
x=a; echo ${#x} $#
## STDOUT:
a#b #c #d
1 0
## END

#### dollar at the end of a word
echo a$ "b$" $'c' $ "$ x"
## STDOUT:
a$ b$ c $ $ x
## END

#### backslashes in echo and printf
echo 'a\tb' "a\\tb"
echo -e 'a\tb'
printf 'a\tb\n'
printf '%s\n' 'a\tb'
printf '%b\n' 'a\tb'
## STDOUT:
a\tb a\tb
a	b
a	b
a\tb
a	b
## END

#### nested quotes in substitutions
echo "$(echo "a $(echo "b 'c'") d")"
echo "`echo "x \`echo y\`"`"
## STDOUT:
a b 'c' d
x y
## END

#### quotes inside parameter defaults
echo "${x:-"a b"}" ${x:-'c  d'} "${x:-'e'}"
printf '[%s]' ${x:-a "b c" d}; echo
## STDOUT:
a b c  d 'e'
[a][b c][d]
## END

#### unterminated looking but fine
echo "a'b" 'c"d' \' \"
## STDOUT:
a'b c"d ' "
## END

#### very long argument
x=$(printf '%05000d' 7)
echo ${#x}
y=$x$x$x$x
echo "$y" | wc -c
## STDOUT:
5000
20001
## END

#### large variable of 300 KB travels
x=$(head -c 300000 /dev/zero | tr '\0' x)
echo ${#x}
true
echo ${#x} ${x:299998}
## STDOUT:
300000
300000 xx
## END

#### many variables travel
for i in {1..200}; do eval "v$i=$i"; done
true
s=0; for i in {1..200}; do n=v$i; s=$((s + ${!n})); done; echo $s
## STDOUT:
20100
## END

#### control characters in a variable
x=$'\001\002\177\033'
true
printf '%s' "$x" | od -An -tx1
## STDOUT:
 01 02 7f 1b
## END

#### backquotes with escapes
echo `echo \$LANG`
echo `echo '\\\\'`
x=5; echo `echo \`echo $x\``
## STDOUT:
C.UTF-8
\\
5
## END

#### single quote inside double inside backquote
echo "`echo 'a b'`"
## STDOUT:
a b
## END

#### a variable named like ours
state=1 status=2 input=3 result=4 states=5
true
echo $state $status $input $result $states
## STDOUT:
1 2 3 4 5
## END

#### dollar names in double quotes next to text
x=1; echo "${x}y $xy ${x}_ $x-"
## STDOUT:
1y  1_ 1-
## END

#### hundreds of parentheses and braces that nothing closes, in quotes
x="$(printf '%s' '((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((' "{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{")"
y='((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((('
cat <<\.
((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((
.
echo ${#x} ${#y}
## STDOUT:
((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((
201 101
## END

#### a quoted operator at the end of a command
echo \&
echo a\\& wait
if echo \|\&; then echo b\&; fi
set -e
echo 'c\'\& || true
echo \&& wait
## STDOUT:
&
a\
|&
b&
c\&
&
## END

#### data that looks like the end of a section of a record
set -- $'a\x1c\nb' c
shopt -s nullglob
/bin/true
printf %s "$1" | od -c
echo $#
f() { /bin/true; printf %s "$1" | od -c; g; }
g() { /bin/true; printf %s "$x" | od -c; }
x=$'u\x1d\nv'
f $'x\x1c\ntouch inside\n\x1c\n'
/bin/echo $'y\x1c\ntouch inside\n' >/dev/null
printf %s "$_" | od -c
alias q=$'a\x1c\nb'
/bin/true
alias q | od -c
for i in $'p\x1c\nq' r; do /bin/true; printf %s "$i" | od -c; done
x=$(printf 'a\x1c\nb')
/bin/true
case $x in *$'\x1c'*) /bin/echo yes ;; esac
mkdir $'d\x1c\ntouch inside\n'
cd d*
/bin/true
basename "$PWD" | od -c
cd ..
echo "$(basename "$OLDPWD")" | od -c
trap $': \x1c\n echo bye' EXIT
/bin/true
h() { echo $'z\x1d\n'; }
/bin/true
h | od -c
echo inside*
## STDOUT:
0000000   a 034  \n   b
0000004
2
0000000   x 034  \n   t   o   u   c   h       i   n   s   i   d   e  \n
0000020 034  \n
0000022
0000000   u 035  \n   v
0000004
0000000   y 034  \n   t   o   u   c   h       i   n   s   i   d   e  \n
0000020
0000000   a   l   i   a   s       q   =   '   a 034  \n   b   '  \n
0000017
0000000   p 034  \n   q
0000004
0000000   r
0000001
yes
0000000   d 034  \n   t   o   u   c   h       i   n   s   i   d   e  \n
0000020  \n
0000021
0000000   d 034  \n   t   o   u   c   h       i   n   s   i   d   e  \n
0000020
0000000   z 035  \n  \n
0000004

bye
## END

#### directory stack with names of several lines
mkdir $'n\nl' $'two\nthree\n' four
IFS=1
pushd $'n\nl' >/dev/null
pushd $'../two\nthree\n' >/dev/null
pushd ../four >/dev/null
/bin/true
dirs -p | wc -l
popd >/dev/null
basename "$PWD" | od -c
popd >/dev/null
/bin/true
basename "$PWD" | od -c
popd >/dev/null
popd 2>/dev/null || echo empty
## STDOUT:
7
0000000   t   w   o  \n   t   h   r   e   e  \n  \n
0000013
0000000   n  \n   l  \n
0000004
empty
## END
