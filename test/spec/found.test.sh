# What the random scripts of test/property found, shrunk.

#### positional parameters after a pipeline
echo x | cat
echo $#
## STDOUT:
x
0
## END

#### loop variable in a pipeline of the body
for i in a b; do echo $i | cat; done
## STDOUT:
a
b
## END

#### positional parameters after a pipeline of a builtin reader
b=x
echo "$b" | cat
! true || [[ -v b ]]
echo "end $? $#"
## STDOUT:
x
end 0 0
## END

#### assignments before one that fails
a=x b[0+]=y c=z
echo $a $b $c
## STDOUT:
x
## END

#### LINENO of an ERR trap that a redirection sets off
trap 'echo line=$LINENO' ERR

false

{ false
  true
} > /zz/x
echo ok
## STDOUT:
line=3
line=3
ok
## END

#### a program is looked for where it was found before
mkdir one two
printf '#!/bin/sh\necho one\n' > one/mycmd
printf '#!/bin/sh\necho two\n' > two/mycmd
chmod +x one/mycmd two/mycmd
PATH="two:one:$PATH"
mycmd
rm two/mycmd
mycmd
echo $?
## STDOUT:
two
127
## END

#### a call in an ignored context sees the status before it
f() { echo $?; return 3; }
(exit 8)
f || f
f $(exit 5)
for x in $(exit 7) a; do echo $?; done
## STDOUT:
8
3
5
7
## END

#### break in a command substitution ends it
for i in 1 2; do x=$(echo a; break; echo b); echo "$? $x"; done
for i in 1 2; do x=$(for j in 1; do continue 2; done; echo b); echo "$? [$x]"; done
for i in 1 2; do x=$( (break; echo b) 2>/dev/null; echo c); echo "$? $x"; done
## STDOUT:
0 a
0 a
0 []
0 []
0 b
c
0 b
c
## END

#### a coprocess and what uses its descriptors
coproc { read x; echo "co $x"; read z; }
echo hi >&"${COPROC[1]}"
read y <&"${COPROC[0]}"
echo "$y"
## STDOUT:
co hi
## END

#### a command in a loop sees the status before it
c=eval
for i in 1 2; do (exit 4); $c 'echo $?'; done
while :; do (exit 6); $c 'echo $?; break'; done
## STDOUT:
4
4
6
## END

#### lines of calls
f() { g; }
g() {
  echo "${BASH_LINENO[*]} $LINENO"
  caller 0
  caller 1
}

f
## STDOUT:
1 8 0 3
1 f ../t.sh
8 main ../t.sh
## END
