# How bash reads a script: line by line, each executed before the next is read.

#### garbage behind exit is never read
echo a
exit 3
fi ( ' "
## status: 3
## STDOUT:
a
## END

#### the EXIT trap runs before garbage
trap 'echo bye' EXIT
false
exit "$?"
}}} (( `
## status: 1
## STDOUT:
bye
## END

#### a substitution with a brace is an expansion, and a bad one
x=1
echo ${ echo a; } $x
echo "next $?"
## STDOUT:
next 1
## END

#### a script reads its own payload behind exit
sed '1,/^exit/d' "$0" | tr a-z A-Z
exit 0
payload ' ( " `
## STDOUT:
PAYLOAD ' ( " `
## END

#### bad substitutions abandon one line
x=3
echo "${}" || echo no
echo "next $?"
echo ${:-x}; echo same line
echo "next $?"
echo ${x!}
echo "next $?"
## STDOUT:
next 1
next 1
next 1
## END

#### an error in a file that is read and not judged: errexit is off for as long
set -e
. ./lib.sh || echo "fails $?"
case $- in *e*) echo flag;; esac
false
echo not
## FILE: lib.sh
echo in
echo ${x!bad}
if echo ${y!bad}; then echo yes; fi
(false; echo sub)
f() { false; echo f; }
f
trap 'echo exit $?' EXIT
return 3
## END
## STDOUT:
in
sub
f
fails 3
flag
exit 1
## END
## status: 1

#### exec fails in a file that is read and not judged
set -e
if . ./lib.sh a b; then echo yes; fi
echo after $#
## FILE: lib.sh
echo in $#
shopt -s execfail
exec ./none
echo further
## END
## STDOUT:
in 2
further
yes
after 0
## END
