# Here-documents: expanded once, where they stand, for whatever command they belong to.

#### plain
cat <<E
line one
line two
E
## STDOUT:
line one
line two
## END

#### expansion
x=v
cat <<E
$x ${x}y $(echo sub) $((1+2)) `echo bq`
E
## STDOUT:
v vy sub 3 bq
## END

#### quoted delimiter
x=v
cat <<'E'
$x $(echo no) \$ \\ `id`
E
cat <<"E"
$x
E
cat <<\E
$x
E
## STDOUT:
$x $(echo no) \$ \\ `id`
$x
$x
## END

#### partly quoted delimiter
cat <<E"O"F
$HOME
EOF
## STDOUT:
$HOME
## END

#### backslashes when unquoted
x=v
cat <<E
\$x \\ \a \` a\
b
E
## STDOUT:
$x \ \a ` ab
## END

#### quotes are literal
x=v
cat <<E
"$x" '$x' \"
E
## STDOUT:
"v" 'v' \"
## END

#### tabs stripped
cat <<-E
	one
		two
	 three
	E
## STDOUT:
one
two
 three
## END

#### empty
cat <<E
E
echo $?
## STDOUT:
0
## END

#### two on one line
cat <<A - <<B
first
A
second
B
## STDOUT:
second
## END

#### two commands on one line
cat <<A; cat <<B
a
A
b
B
## STDOUT:
a
b
## END

#### in an and list
cat <<A && echo after
in
A
## STDOUT:
in
after
## END

#### with a pipe behind
cat <<A | tr a-z A-Z
text
A
## STDOUT:
TEXT
## END

#### with a pipe on the next line
cat <<A |
text
A
tr a-z A-Z
## STDOUT:
TEXT
## END

#### with redirection of output
cat <<A > f
content
A
cat f
## STDOUT:
content
## END

#### for a loop
while read a; do echo "[$a]"; done <<E
1
2
E
## STDOUT:
[1]
[2]
## END

#### for a group with several readers
{ read a; cat; } <<E
first
rest 1
rest 2
E
echo $a
## STDOUT:
rest 1
rest 2
first
## END

#### for a function call
f() { read x; echo "$1 $x"; }
f arg <<E
input
E
## STDOUT:
arg input
## END

#### in a function body is expanded per call
f() { cat <<E
$1 $n
E
}
n=1; f a; n=2; f b
## STDOUT:
a 1
b 2
## END

#### in a loop is expanded per iteration
for i in 1 2; do cat <<E
i=$i
E
done
## STDOUT:
i=1
i=2
## END

#### in an if branch and a case branch
if true; then cat <<E
if
E
fi
case x in x) cat <<E
case
E
;; esac
## STDOUT:
if
case
## END

#### in a substitution
x=$(cat <<E
inner $((2*3))
E
)
echo "$x"
## STDOUT:
inner 6
## END

#### in a subshell and a brace group
(cat <<E
sub
E
); { cat <<E
grp
E
}
## STDOUT:
sub
grp
## END

#### in a background job
cat <<E > f &
bg
E
wait; cat f
## STDOUT:
bg
## END

#### in a pipeline stage
echo x | cat - /dev/fd/3 3<<E
three
E
## STDOUT:
x
three
## END

#### on descriptor three
cat 3<<E <&3
via three
E
## STDOUT:
via three
## END

#### read twice from one document
{ read a; read b; echo $b $a; } <<E
x
y
E
## STDOUT:
y x
## END

#### effects in the body happen in this shell
i=0
cat <<E
$((i++)) $((i++)) ${u:=set}
E
echo $i $u
## STDOUT:
0 1 set
0
## END

#### effects in the body of a loop's document happen once
i=0
while read x; do echo $x; done <<E
$((i++))
$((i++))
E
echo $i
## STDOUT:
0
1
2
## END

#### status in the body
(exit 3)
cat <<E
$?
E
## STDOUT:
3
## END

#### failing substitution in the body
cat <<E
a$(false)b
E
echo $?
## STDOUT:
ab
0
## END

#### positional parameters in the body
set -- p 'q r'
cat <<E
$1 $2 $@ $# "$*"
E
## STDOUT:
p q r p q r 2 "p q r"
## END

#### array in the body
a=(1 '2 3')
cat <<E
${a[@]} ${#a[@]} ${a[1]}
E
## STDOUT:
1 2 3 2 2 3
## END

#### delimiter inside text is not the end
cat <<E
E 
 E
EE
E
## STDOUT:
E 
 E
EE
## END

#### delimiter with odd characters
cat <<'! $x'
text
! $x
cat <<'%}'
{% x %}
%}
## STDOUT:
text
{% x %}
## END

#### delimiter from a keyword
cat <<done
in
done
echo done
## STDOUT:
in
done
## END

#### body with hostile text
cat <<'E'
'; {% $x %} "$(id)` \
E
echo end
## STDOUT:
'; {% $x %} "$(id)` \
end
## END

#### body with parentheses and quotes in a substitution
x=$(cat <<'E'
) ' " ` $( 
E
); echo "$x"
## STDOUT:
) ' " ` $( 
## END

#### very long body
{ echo 'cat <<E'; seq 1 2000; echo E; } > s
. ./s | wc -l
## STDOUT:
2000
## END

#### body with bytes above ASCII
cat <<'E' | od -An -tx1 | head -n 1
é€
E
## STDOUT:
 c3 a9 e2 82 ac 0a
## END

#### here-string with quotes, variables and newlines
x='a  b'
cat <<< "$x"; cat <<< $x; cat <<< 'l1
l2'; cat <<< ''
## STDOUT:
a  b
a  b
l1
l2

## END

#### here-string for read and mapfile
read a b <<< 'x y z'; echo "$b"; mapfile -t m <<< $'p\nq'; echo ${#m[@]}
## STDOUT:
y z
2
## END

#### here-string is expanded once
i=0; cat <<< $((i++)); echo $i
## STDOUT:
0
0
## END

#### here-document with line continuation in the command
cat \
  <<E
continued
E
## STDOUT:
continued
## END

#### here-document after a comment
cat <<E # comment
text
E
## STDOUT:
text
## END

#### nested documents
cat <<A
$(cat <<B
inner
B
) outer
A
## STDOUT:
inner outer
## END

#### document in a nested substitution with quotes
echo "$(cat <<E
"quoted" $(echo deep)
E
)"
## STDOUT:
"quoted" deep
## END

#### document for exec
exec 3<<E
l1
l2
E
read x <&3; read y <&3; exec 3<&-; echo $y$x
## STDOUT:
l2l1
## END

#### document for eval and source
eval 'cat <<E
ev
E'
cat > lib <<'E'
cat <<X
from $1
X
E
. ./lib arg
## STDOUT:
ev
from arg
## END

#### document for a variable command
c=cat; $c <<E
dyn
E
## STDOUT:
dyn
## END

#### document input partly read
{ head -n 1; } <<E
a
b
E
echo next
## STDOUT:
a
next
## END

#### document with tilde and glob stays literal
touch f1; cat <<E
~ * f?
E
## STDOUT:
~ * f?
## END

#### document with default containing quotes
cat <<E
${x:-"a b"} ${y:-'c'}
E
## STDOUT:
a b 'c'
## END

#### document in a conditional chain
cat <<A || cat <<B
yes
A
no
B
echo end
## STDOUT:
yes
end
## END

#### document of one with tabs inside quoted
cat <<-'E'
	$x
		y
	E
## STDOUT:
$x
y
## END

#### the commands of a substitution in a here-document stand on the lines of its text, counted from the command around
cat <<E
$(
if :; then
  echo $LINENO
fi
# c
for i in 1 2; do
 echo $LINENO
done
)
x $(
echo "$(echo $LINENO)" $LINENO
echo "$(
echo $LINENO)"
:
cat <<<"$(
echo $LINENO)"
(echo $LINENO)
x=$(echo $LINENO); echo $x
{
echo $LINENO
} 2>&1
case $(echo $LINENO) in *) echo $LINENO ;; esac
)
y $(cat <<F
$(echo $LINENO)
$(
echo $LINENO
)
F
:
)
E
f() {
  cat <<E
  $(echo $LINENO)
  $(
  echo $LINENO; g
  )
E
}
g() { echo $LINENO ${BASH_LINENO[*]}; }
f
exec 2>&1
cat <<E
$(
:
echo a | { cat; echo $LINENO; }
{ cat < nosuch; } 2>&1 | sed "s,.*: line,line,"
)
E
if :; then
  cat <<E
$(

echo $LINENO)
E
fi
trap 'echo "err $LINENO"' ERR
set -E
cat <<E
$(
false
)
E
## STDOUT:
3
7
7
x 2 2
4
6
8
9
11
13
y 1
2
  35
  36
42 36 43 0
a
47
line 48: nosuch: No such file or directory
55
err 62
## END

#### tests behind a here-document in a substitution, which bash cannot read again
trap 'echo bye $?' EXIT
echo x $(
cat <<E1
d
E1
((1)); c=f1; echo $c
) y
echo next
echo x $( cat <<E1 && { [[ a ]]; echo b; }
d
E1
) y
echo "$(cat <<E1
d
E1
((1)))"
## STDOUT:
next
d
bye 0
## END

#### a command of one word behind a here-document is on the line that ends it
exec 2>&1
f() { cat; echo "L ${BASH_LINENO[0]}"; caller 0; }
g() { echo "G ${BASH_LINENO[*]}"; }
cat <<EOF | f
a
EOF
cat <<EOF | nosuch   # a comment
a
EOF
cat <<A && cat <<B && g
a
A
b
B
cat <<EOF; nosuch
a
EOF
if cat <<EOF; then nosuch; g; fi
a
EOF
{ cat <<EOF; g; nosuch
a
EOF
}
h() {
  cat <<EOF | g
a
EOF
  cat <<-EOF; g
	a
	EOF
  cat <<EOF; g x
a
EOF
}
h
i() {
  cat <<EOF >/dev/null; false
a
EOF
}
set -E; trap 'echo "E $LINENO"' ERR
i
cat <<EOF | false
a
EOF
## STDOUT:
a
L 6
6 main ../t.sh
../t.sh: line 9: nosuch: command not found
a
b
G 14 0
a
../t.sh: line 17: nosuch: command not found
a
../t.sh: line 18: nosuch: command not found
G 18 0
a
G 21 0
../t.sh: line 23: nosuch: command not found
G 28 36 0
a
G 31 36 0
a
G 32 36 0
E 40
E 43
E 46
## END
## status: 1

#### Commands that share a step behind a here-document on their line do not run its body
cat <<A; sleep 0 &
x
A
wait
cat <<A <<-B; { echo in $LINENO
x
A
	y
	B
} &
wait
cat <<A; for i in a b; do echo $i $LINENO
x $(cat <<C; echo $LINENO
c
C
)
A
sleep 0 & done; wait
## STDOUT:
x
y
in 5
x c
12
a 12
b 12
## END

#### A shell that goes on behind a here-document on its line does not run its body
echo 'sleep 0 & ' >lib
cat <<A; . ./lib &&
x
A
  echo b $LINENO; wait
cat <<A; . ./lib; echo c $LINENO
y
A
wait; nosuch 2>&1
cat <<A; if { . ./lib
z
A
wait; }; then echo d $LINENO; fi
## STDOUT:
x
b 5
y
c 6
../t.sh: line 9: nosuch: command not found
z
d 13
## END
