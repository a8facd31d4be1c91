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
