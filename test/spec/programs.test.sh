# Steps that only run a program: what may change in the shell all the same, and names that are no program's.

#### a function takes a program's name in between
cat() { x=changed; }
cat /dev/null; echo "$x"
unset -f cat
x=; cat /dev/null; echo "<$x>"
## STDOUT:
changed
<>
## END

#### a function known only at run time takes a program's name
eval 'touch() { made=$((made + 1)); }'
touch a; touch b; touch c; echo "$made"; ls
## STDOUT:
3
## END

#### a trap runs behind a program
trap 'x=$((x + 1))' USR1
sh -c "kill -USR1 $$"
sleep 0.1
echo "$x"
## STDOUT:
1
## END

#### an ERR trap changes variables when a program fails
trap 'failed=$((failed + 1))' ERR
ls /nowhere 2>/dev/null; /bin/false; false; echo "$failed"
## STDOUT:
3
## END

#### loop variables with attributes, in a loop over programs
export e=0
declare -u u=; declare -i n=0; declare -a a=(x y)
for e in b c; do env | grep '^e='; done
for u in b c; do /bin/echo "$u"; done
for n in 1+1 2+3; do /bin/echo "$n"; done
for a in p q; do /bin/echo "${a[@]}"; done
declare -p e u n a
## STDOUT:
e=b
e=c
B
C
2
5
p y
q y
declare -x e="c"
declare -u u="C"
declare -i n="5"
declare -a a=([0]="q" [1]="y")
## END

#### loop variables become exported by allexport
set -a
for v in 1 2; do env | grep '^v='; done
## STDOUT:
v=1
v=2
## END

#### loop variables of which bash makes something
touch .hidden shown
for GLOBIGNORE in x y; do /bin/echo *; done
for IFS in : ,; do /bin/echo a; set -- b c; echo "$*"; done
## STDOUT:
.hidden shown
.hidden shown
a
b:c
a
b,c
## END

#### values of loop variables keep their bytes
for v in 'a b' '"' "'" '\' '$x' '`' $'tab\there' $'new\nline' $'\xff\x01' '' '*'; do printf '%s' "$v" | od -An -c; cat /dev/null; echo "[$v]" | cat -v; done
declare -p v
## STDOUT:
   a       b
[a b]
   "
["]
   '
[']
   \
[\]
   $   x
[$x]
   `
[`]
   t   a   b  \t   h   e   r   e
[tab	here]
   n   e   w  \n   l   i   n   e
[new
line]
 377 001
[M-^?^A]
[]
   *
[*]
declare -- v="*"
## END

#### arrays called LINES and COLUMNS
LINES=(1 2 3); COLUMNS=80
/bin/true; cat /dev/null
echo "${LINES[@]} $COLUMNS"
## STDOUT:
1 2 3 80
## END

#### the status, the last argument and the pipe's statuses after programs
cat /dev/null one 2>/dev/null; echo "$? $_"
/bin/true a b; echo "$_ ${PIPESTATUS[@]}"
/bin/false; echo "${PIPESTATUS[@]}"
## STDOUT:
1 one
b 0
1
## END

#### programs that were found are remembered
cat /dev/null; hash | grep -c /cat
hash -r; hash 2>/dev/null | grep -c /cat; cat /dev/null; PATH=$PATH; hash 2>&1 | grep -c /cat; :
## STDOUT:
1
0
0
## END

#### a program removes the working directory
mkdir d; cd d; /bin/rmdir ../d; /bin/true; echo "${PWD##*/}"; /bin/ls . >/dev/null 2>&1; echo "$?"; cd ..; ls
## STDOUT:
d
0
## END

#### exec of a program with a name that was made with the script's process id
mkdir "d.$$"
exec sh -c 'rmdir "$1" && echo removed' sh "d.$$"
## STDOUT:
removed
## END
