# Backticks with backslashes: where none of them goes away, their commands stand in the script as others do.

#### sed and expr, with backslashes that stay
x=`echo 'a(b)c' | sed -e 's/\(.\)/<\1>/g'`; echo "$x"
y="`echo 'a b' | sed 's/\(a\)/"\1"/' | tr a-z A-Z`"; echo "$y"
if a=`expr "X/a/b" : 'X\(.*\)/'`; then echo "$a"; fi
for i in `printf 'a\nb\n' | sort -r`; do echo "$i"; done
case `echo 'x\y' | cat` in x\\y) echo case ;; esac
## STDOUT:
<a><(><b><)><c>
"A" B
/a
b
a
case
## END

#### backslashes that go away, and both
w=`echo "\"q\"" \| cat`; echo "$w"
v=`echo \\\\a \$HOME 'b\\n' | sed 's/\\\\/x/g'`; echo "$v" | sed "s#$HOME#home#"
u=`echo \`echo 'in\ner' | cat\` | cat`; echo "$u"
t="`echo \"a\\b\" | cat`"; echo "$t"
s="`echo \"c\" | sed 's/\(c\)/\1\1/'`"; echo "$s"
## STDOUT:
"q" | cat
xa home bxn
in\ner
a\b
cc
## END

#### lines and continuations
f() { echo "f $1 $LINENO"; }
z=`f 'a\b' | cat
f 'c\d'
echo one \
  two | cat`; echo "$z"
echo `echo $LINENO; echo '\x'` $LINENO
## STDOUT:
f a\b 1
f c\d 1
one two
6 \x 6
## END

#### functions, subshells and statuses
f() { echo 'g\h' "$1"; return 4; }
a=`f '\1' | cat; f 2`; echo "$? $a"
b=`(cd /; pwd | sed 's/\//\./'); exit 5`; echo "$? $b"
set -e
c=`f '\'`  || echo "$c"
d=`printf '%s\n' '\x'; false`
echo never
## status: 1
## STDOUT:
4 g\h \1
g\h 2
5 .
g\h \
## END

#### here-documents and quotes around
cat <<END
`echo 'a\tb' | sed 's/\(a\)/\1\1/'`
END
echo "x `printf '%s\n' 'y\z' | sed 's/\\\\/-/'` `echo 'p\q' | cat`"
cat <<'END'
`echo \(`
END
x=`cat <<END | tr a-z A-Z
in \a document
END
`; echo "$x"
## STDOUT:
aa\tb
x y-z p\q
`echo \(`
IN \A DOCUMENT
## END

#### a backslash before a newline goes away with it, in single quotes too
echo `echo 'foo\
bar'`
echo "`echo 'a\
b' "c\
d"`"
x=`f() { echo 'e\
f'; }; f; echo g`; echo $x
## STDOUT:
foobar
ab cd
ef g
## END

#### behind a dollar
echo $`echo x`y "$`echo x`" $`ls /dev/null`
x=$`echo x`; echo "$x"
## STDOUT:
$xy $x $/dev/null
$x
## END

#### escaped backticks that are the same as $(…)
u=http://h/a/b/
p=`echo "$u" | sed -e 's,/[^/]*\$,/,' -e "s,\\\\.,x,"`; echo "$p $?"
q="`echo \"a  b\" | tr a-z A-Z`"; echo "[$q]"
d=`basename \`pwd\``; [ "$d" = "`basename \"$PWD\"`" ] && echo same
e=`echo \`echo \\\`echo deep\\\` | tr d D\``; echo "$e"
f() { local x=`printf '%s\n' "\$1" "$1" | cat`; echo "$x"; return `test "\$1" = a; echo \$?`; }
f a; echo $?; f b; echo $?
for i in `printf '%s ' \$u x | tr / ' '`; do echo "i $i"; done
case `echo "\"k\"" | tr -d \"` in k) echo k ;; esac
s=`(echo \\\\a; exit 3) | cat`; echo "$s $?"
s=`(exit 3); \`echo true\`; echo \$?`; echo "$s $?"
t=`false; echo \$?; exit 4`; echo "$t $?"
cd / && echo `pwd | sed 's/\$/!/'`
## STDOUT:
http://h/a/b/ 0
[A  B]
same
Deep
a
a
0
b
b
1
i http:
i h
i a
i b
i x
k
\a 0
0 0
1 4
/!
## END

#### escaped backticks that are not
cat <<X
`echo \"a\" | cat`
X
x=`echo a # \` b`; echo "$x"
y=`echo '\\\\' "\\\\\\\\" | cat`; echo "$y"
z=`cat <<Y
\$HOME is \\\$HOME
Y
`; echo "$z" | sed "s,$HOME,home,"
v=${n:-`echo \"q\" | cat`}; echo "$v"
w="${n:-`echo \"q\" | cat`}"; echo "$w"
echo $((`echo \$((1+1)) | cat` + 1))
[[ `echo \$HOME | cat` == "$HOME" ]] && echo home
k=`echo 'unclosed | cat \'`; echo "$k"
shopt -s extglob
m=`echo "\$(case ab in a?(b)) echo glob;; esac)" | cat`; echo "$m"
## STDOUT:
"a"
a
\\ \\
home is $HOME
"q"
"q"
3
home
unclosed | cat \
glob
## END

#### escaped backticks as they are written
f() { x=`echo \$1 | cat`; }
declare -f f
set -x
v=1
for i in `expr \$v + 1`; do :; done 2>&1
## STDOUT:
f () 
{ 
    x=`echo \$1 | cat`
}
++ expr 1 + 1
+ for i in `expr \$v + 1`
+ :
## END

#### newlines behind a backslash go away, in quotes and comments too
one=`printf '%s\n' a \
  b | \
  sort -r`
echo "$one"
two=`printf '%s\n' 'a\
b' c`
echo "$two"
three=`echo x \
  # comment \
  echo y`
echo "$three"
four=`cat <<'EOF'
a\
b
EOF
`
echo "$four"
five=`cat <<EOF
a\
b $one
EOF
`
echo "$five"
six=`ec\
ho joined "in \
quotes" | tr a-z \
 A-Z; echo ${one:+set\
 x}`
echo "$six"
seven=`echo $'a\
b' | cat`
echo "$seven"
eight=`echo "$(printf %s \
  nested | tr n N)" \
  | cat`
echo "$eight"
nine=`echo $((1 + \
  2)) | cat && \
  false || \
  echo no`
echo "$nine $?"
ten=`case $one in \
  b*) echo matched;; \
  esac | cat`
echo "$ten"
f() { for w in `echo a b | \
  cat`; do echo "<$w>"; done; echo "${1:-`echo default | \
  cat`}"; }
f; f given
cat <<END
`echo in document | \
  cat`
END
x=`exit 3 | \
  exit 4`; echo "$?"
echo `echo \
  a` "`echo ' b ' | \
   cat`"
if [ "`echo 3 | \
  wc -l`" -eq 1 ]; then echo yes; fi
y=`echo a\\
b | cat`; echo "$y"
z=`printf '%s|' \
  "it's" "\"q\"" 'don'\''t' \
  | cat`; echo "$z"
## STDOUT:
b
a
ab
c
x
ab
ab b
a
JOINED IN QUOTES
set x
ab
Nested
3
no 0
matched
<a>
<b>
default
<a>
<b>
given
in document
4
a  b 
yes
ab
it's|"q"|don't|
## END

#### messages of commands on several lines
exec 2>&1
a=`nosuch1 \
  x`
b=`echo a | \
  nosuch2; nosuch3`
c=`echo $'x' 'y' \
  $'a\
b'`
echo "$c"
f() { d=`nosuch4 2>&1 | \
   cat`; echo "$d"; echo `nosuch5 \
   a; nosuch6`; }
f
g=`cat <<\E
q\
r
E`
echo "$g"
h=`( nosuch7 ) | \
 cat; echo "$LINENO"`
echo "$h $LINENO"
h=`eval 'nosuch8; echo $LINENO' | \
 cat; echo "$LINENO"`
echo "$h $LINENO"
## STDOUT:
../t.sh: line 3: nosuch1: command not found
../t.sh: line 5: nosuch2: command not found
../t.sh: line 5: nosuch3: command not found
x y ab
../t.sh: line 11: nosuch4: command not found
../t.sh: line 12: nosuch5: command not found
../t.sh: line 12: nosuch6: command not found

qr
../t.sh: line 20: nosuch7: command not found
20 21
../t.sh: line 23: nosuch8: command not found
23
23 24
## END

#### extended patterns within backticks, where the script switches them on
shopt -s extglob
m=`echo "\`echo @(x|y)*\`" | cat`; echo "$m"
n=`case ab in a?(b)) echo glob;; esac`; echo "$n"
## STDOUT:
@(x|y)*
glob
## END

#### a quote that ends nowhere, within backticks
echo shown
echo [`echo 'aa`]
x=`"pwd` || echo "no $?"
echo "$x" end
## STDOUT:
shown
[]
no 2
 end
## END
