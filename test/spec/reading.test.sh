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
