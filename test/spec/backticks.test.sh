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
