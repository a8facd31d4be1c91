# Substitutions in redirections: they run where the redirection is performed, with what was opened before it.

#### a document with a substitution behind the file that it is written to
name=x
cat > out <<END
$(ls)
name: $name $(cat out | wc -l | tr -d ' ') $(echo err >&2)
END
cat out
## STDOUT:
out
name: x 0 
## END

#### a document with a substitution, appended, in a loop and in a function
w() {
  local v=$1
  cat >> out <<END
v: $(echo "$v" | tr a-z A-Z) $v
END
  echo "status $?"
}
for i in a b; do w $i; done
cat out
## STDOUT:
status 0
status 0
v: A a
v: B b
## END

#### where the file cannot be opened
cat > nowhere/out <<END
$(echo run >&2) $(touch made)
END
echo $?
ls
## STDOUT:
1
## END

#### where the file cannot be opened, under set -e
set -e
trap 'echo "trap $?"' EXIT
cat > nowhere/out 2>/dev/null <<END || echo ignored
$(echo no)
END
cat > nowhere/out <<END
$(touch made)
END
echo not here
## STDOUT:
ignored
trap 1
## END
## status: 1

#### a command that fails with its document, under set -e: its trap writes where the script does
set -e
trap 'echo "trap $?"' EXIT
cat nothing > out 2> err <<END
$(echo a)
END
echo not here
## STDOUT:
trap 1
## END
## status: 1

#### a document with a parameter that is unset
set -u
cat > out <<END
$(touch made1) $undefined $(touch made2)
END
echo $?
ls
read x <<< "$(touch made3)$undefined$(touch made4)"
echo not here
## STDOUT:
1
made1
out
## END
## status: 1

#### what goes to standard error in a document's substitution
cat > out 2> err <<END
$(echo to err >&2; echo to out)
END
cat out; echo; cat err
cat 2>&1 > out <<END
$(echo here >&2; echo there)
END
cat out
## STDOUT:
to out

to err
here
there
## END

#### words that depend on the files there are
echo * > out <<END
$(echo x)
END
cat out
x='*'
echo $x > out2 <<END
$(echo x)
END
cat out2
## STDOUT:
*
out
## END

#### the status in a document
false
cat > out <<END
$? $(exit 3) $? $(exit 4)
END
echo $?; cat out
## STDOUT:
0
1  3 
## END

#### a builtin with a here-string behind a file
read -r a b > out <<< "$(echo 1 2)"
echo "$a $b"
printf '%s\n' x > out <<< "$(echo unused)"
cat out
## STDOUT:
1 2
x
## END

#### a loop over a here-string with a substitution
while read -r a b; do
  echo "[$a] [$b]"
done <<< "$(printf '%s\n' '1 one' '2 two')"
f() {
  local sum=0 n
  while read -r n; do sum=$((sum + n)); done <<< "$(printf '1\n2\n%s\n' "$1")"
  echo $sum
}
f 3
{ read -r x; cat; } <<END
$(echo first)
$(echo second | tr a-z A-Z)
END
echo "$x"
## STDOUT:
[1] [one]
[2] [two]
6
SECOND
first
## END

#### the status where a compound command with a substitution in its redirection begins
{ echo $?; } <<< "$(exit 3)"
if true; then echo $?; fi <<< "$(exit 3)"
for i in 1; do echo $?; done <<< "$(exit 4)"
while :; do echo $?; break; done <<< "$(exit 5)"
false
{ echo $?; } > "$(echo out)"
cat out
## STDOUT:
3
0
4
0
0
## END

#### a file whose name a substitution gives
mkdir d; d=d
{ echo a; echo b; } > "$d/$(echo name)" 2> "$(echo err)"
cat "$d/name"
for i in 1 2; do echo $i; done >> "$(echo log | tr a-z A-Z)"
cat LOG
( echo sub ) > "$(echo sub)"
cat sub
## STDOUT:
a
b
1
2
sub
## END

#### a redirection that fails behind a substitution, of a compound command
set -e
{ echo a; } > "nowhere/$(echo x)" || echo failed
{ echo b; } > "nowhere/$(echo x)"
echo not here
## STDOUT:
failed
## END
## status: 1

#### substitutions that call functions, in a document
f() { echo "f($1)"; return 3; }
g() { for i in 1 2; do f $i; done; }
cat > out <<END
a: $(f a)
$(g)
END
echo $?; cat out
## STDOUT:
0
a: f(a)
f(1)
f(2)
## END

#### a document with a substitution in a pipeline and in the background
cat > out <<END | cat
$(echo a)
END
cat <<END > out2 | tr a-z A-Z
$(echo b)
END
cat > out3 <<END &
$(echo c)
END
wait
cat out out2 out3
## STDOUT:
a
b
c
## END

#### documents under set -e with substitutions that fail
set -e
cat > out <<END
$(false; echo goes on)
END
shopt -s inherit_errexit
cat >> out <<END
$(false; echo not here)
END
cat out
## STDOUT:
goes on

## END

#### a function that only run time names opens a descriptor within redirections
f() { exec 5>out; }
x=f
{ $x; } 2>/dev/null
echo hi >&5
cat out
g() { "$@"; }
for i in 1; do g f; done 2>/dev/null
echo two >&5; cat out
## STDOUT:
hi
two
## END

#### descriptors that subshells open within redirections
( exec 3>deep; date >/dev/null; echo three >&3; cat deep; exec >moved; echo out ) 2>/dev/null
echo after; cat moved
{ echo a | { exec 4>stage; cat >&4; }; cat stage; } 2>err
x=$(exec 5>sub; echo x >&5; cat sub) 2>/dev/null; echo "$x"
while read -r line; do
  (eval "exec 6>$line"; echo "$line" >&6)
  cat "$line"
done <<< 'one
two'
{ (exec 3>&1; echo s >&3 | cat; exit 3); echo $?; } > all; cat all
f() { exec 7>fn; echo f >&7; }
(f; echo more >&7) 2>/dev/null; cat fn
{ echo no >&7; } 2>/dev/null || echo closed
## STDOUT:
three
after
out
a
x
one
two
s
3
f
more
closed
## END

#### the line of a compound command whose redirection fails
while :; do
  break
done 2>> messages < nosuch
{ echo; } 2>> messages < nosuch
if true; then
  echo
fi 2>> messages > nosuch/x
( echo
  echo ) 2>> messages < nosuch
sed 's/.*: line/line/' messages; rm messages
## STDOUT:
line 3: nosuch: No such file or directory
line 4: nosuch: No such file or directory
line 7: nosuch/x: No such file or directory
line 9: nosuch: No such file or directory
## END

#### within other commands, a compound command's redirections are on the line that was counted last
case x in x)
while :; do
  break
done 2>> messages < nosuch
{ echo; } 2>> messages < nosuch
;; esac
if true
then
{ echo; } 2>> messages < nosuch

while :; do
  break
done 2>> messages < nosuch
fi
for i in 1
do

{ echo; } 2>> messages < nosuch
done
f() {
 if true; then
   {
   while :; do break; done < nosuch
   echo "$(
   { :; } < nosuch2 )"
   } 2>>messages
 fi
 ( echo a
   { :; } < nosuch3
 ) 2>>messages
 case x in
  x)
 { echo; } 2>> messages < nosuch
 ;; esac
}
f
for i in 1; do
 f 2>>messages <nosuch5
done
( echo a
   { echo; } < nosuch3
   while :; do break; done < nosuch3

 ) 2>>messages
sed 's/.*: line/line/' messages
## STDOUT:

a
a
line 1: nosuch: No such file or directory
line 1: nosuch: No such file or directory
line 14: nosuch: No such file or directory
line 14: nosuch: No such file or directory
line 15: nosuch: No such file or directory
line 20: nosuch: No such file or directory
line 25: nosuch2: No such file or directory
line 30: nosuch3: No such file or directory
line 31: nosuch: No such file or directory
line 38: nosuch5: No such file or directory
line 44: nosuch3: No such file or directory
line 44: nosuch3: No such file or directory
## END

#### lines of redirections that fail in conditions
if { true; } >/; then :; fi
{ true; } >/
if { true
} >/; then :; fi
while { true; } >/; do :; done
! { { :; } <nosuch; }
if (true) >/; then :; fi
## STDOUT:
## END
## STDERR:
../t.sh: line 1: /: Is a directory
../t.sh: line 2: /: Is a directory
../t.sh: line 4: /: Is a directory
../t.sh: line 5: /: Is a directory
../t.sh: line 6: nosuch: No such file or directory
../t.sh: line 7: /: Is a directory
## END

#### A failed redirection of a compound command is not inverted
! { :; } <nof; echo $?
! ( : ) <nof; echo $?
! if :; then :; fi <nof; echo $?
! while false; do :; done <nof; echo $?
! (( 1 )) <nof; echo $?
! [[ a ]] <nof; echo $?
f() { :; }
! f <nof; echo $?
! { { :; } <nof; }; echo $?
! { ls -d /; } <nof >x | cat; echo $?
! { false; } </dev/null; echo $?
! ! { :; } <nof; echo $?
if ! { :; } <nof; then echo T; else echo F; fi
if ! ( ls -d / ) <nof; then echo T; else echo F; fi
! ( ls -d / ) </dev/null; echo $?
for i in 1 2; do ! { ls -d /; continue; } </dev/null; echo no; done
while ! { ls -d /; } <nof; do echo w; break; done
g() { ! { ls -d /; return 3; } </dev/null; echo no; }; g; echo $?
set -e
! { ls -d /; } <nof; echo $?
! { ls -d /; } </dev/null; echo $?
f() { echo >&2; }
## STDOUT:
1
1
1
1
1
1
0
0
1
0
1
F
F
/
1
/
/
/
3
1
/
1
## END

#### A failed redirection behind `!`, in steps of one shell
! { ls -d / & } <nof; echo $?; wait
! for x in; do ls; done <nof; echo $?
! select x in a; do :; done <nof; echo $?
! { exec 7</dev/null; ls -d /; } <nof; echo $?
! case x in x) ls -d /; esac <nof; echo $?
f() { ! { ls -d /; } <nof; }; f; echo $?
f && echo y || echo n
! { eval 'ls -d /'; } <nof >&2; echo $?
! { ls -d /; } <"$u"; echo $?
set -C; : >f1; ! { ls -d /; } >f1; echo $?
! { ls -d /; } >|f1 | cat; echo $?
trap 'echo ERR' ERR
! { ls -d /; } <nof; echo $?
! { ls -d /; false; } </dev/null; echo $?
! ( ls -d / ) <nof | cat
echo $?
x=$(! { ls -d /; } <nof; echo $?); echo $x
set -u
! { ls -d /; } <$nope; echo $?
## STDOUT:
1
1
1
1
1
1
n
1
1
1
1
1
/
ERR
0
1
1
## END
## status: 1

#### A library that only run time knows, beside jobs that are waited for
echo '( sleep 0.4; echo from lib ) &
upd() { ( sleep 0.2; echo upd $1 ) & }' > lib.sh
. ./"${L:-lib}".sh
uname &
wait
echo after
echo 'upd() { ( sleep 0.3; echo upd $1 ) & }' > lib.sh
. ./"${L:-lib}".sh
uname &
wait
upd 1
uname
wait
echo after
## STDOUT:
Linux
from lib
after
Linux
Linux
upd 1
after
## END

#### simple commands that read a process substitution
FOO=1 cat < <(echo "[$FOO]"; printenv FOO)
FOO=1 read -r x < <(echo "[$FOO]"); echo $x
mapfile -t X < <(printf '%s\n' 1 2); echo "${X[*]}"
f() { local l; mapfile -t l < <(nosuch 2>&1); echo "${l[@]}"; readarray -d '' Y < <(printf 'a\0b'); echo "${#Y[@]}"; }
f
cat < <(cat <<< x) - 2>/dev/null
head -n1 < <(seq 1 100000); echo $?
cat 0< <(false) || echo no
nosuch < <(echo 1); echo $?
tr a b < <(echo aaa) > out.txt; cat out.txt
tr a b > nodir/out < <(echo aaa >&2); echo $?
test -p /dev/stdin < <(:); echo $?
(set -e; mapfile -u 9 Z < <(echo 1); echo not); echo $?
while read -r l; do read -r m < <(echo "$l$l"); echo "$m"; done < <(printf '%s\n' x y)
## STDOUT:
[]
[]
1 2
../t.sh: line 4: nosuch: command not found
2
x
1
0
127
bbb
1
0
1
xx
yy
## END

#### redirections before and behind words, beside a process substitution or a here-document
cat > a - 2> b <<END < /dev/null
$(echo 1; echo 2 >&2)
END
cat a b
cat 2> b > a <<END
$(echo 1; echo 2 >&2)
END
cat a b
mapfile -t < <(printf '%s\n' 1 2) X 2>/dev/null; echo "${X[*]}"
sort -r 2>/dev/null < <(printf '%s\n' 1 2) \
 >out; cat out
g() { cat; echo "$? $LINENO" >&2; }
while read -r x; do cat < <(echo "$x$LINENO"); break; done < <(echo q)
h() { mapfile -t M < <(echo "$1$LINENO"; nosuch "$LINENO"); echo "${M[*]}"
 mapfile -t M < <(nosuch $LINENO); local -a L; mapfile -t L \
 < <(nosuch2 $LINENO);
}
h 5; echo ${#L[@]}
(cat < <(exit 4); exit 3); echo $?
trap 'echo bye' EXIT
cat < <(echo "$(echo in)")
cat < <(trap 'echo sub' EXIT)
sum=0; for i in 1 2 3; do read -r n < <(echo $((i * 2))); sum=$((sum + n)); done; echo $sum
set -e
grep -q x < <(echo y) || echo none
grep x < <(echo y)
echo not
## STDOUT:
2
1
2
1 2
2
1
q13
514
0
3
in
sub
12
none
bye
## END
## status: 1

#### the status of a process substitution that a command has read
mapfile -t X < <(echo a; exit 3); wait $!; echo "$? ${X[*]}"
## STDOUT:
3 a
## END

#### LINENO in process substitutions of several lines that a command reads
b=5 k=1
:
if ((k==1))
then
i2=0
while [ $i2 -lt 3 ]; do
i2=$((i2+1))
mapfile -t arr < <(
echo "$LINENO $((b-=1))"
)
done
else
printf '<%s>' "$((++k))$k"; echo
fi
echo "${arr[*]-}"
mapfile -t arr < <(
echo "$LINENO"
)
echo "${arr[*]-}"
while [ $i2 -lt 5 ]; do
i2=$((i2+1))
mapfile -t arr < <(

echo "$LINENO"
echo "$LINENO"
)
echo "${arr[*]-}"
done
true
cat <(
echo "a $LINENO"
)
cat < <(
echo "b $LINENO"
)
x=$(
echo "c $LINENO"
); echo "$x"
read -r x < <(
echo "d $LINENO"
); echo "$x"
read -r x <<< "$(
echo "e $LINENO"
)"; echo "$x"
mapfile -t x < <(
echo "f $LINENO"
); echo "$x"
mapfile -t x < <(
echo "g $LINENO" | cat
); echo "$x"
mapfile -t x < <(
echo "h $LINENO"; echo "i $LINENO"
); echo "${x[@]}"
while read -r l; do echo "$l $LINENO"; done < <(
echo "j $LINENO"
)
mapfile -t \
  x < <(
echo "f $LINENO"
); echo "$x"
mapfile -t x < <(

echo "k $LINENO"

); echo "$x"
mapfile -t x < <( echo "l $LINENO"

); echo "$x"
read -r x < <(
nocmd 2>&1
); echo "$x"
## STDOUT:
8 4
16
22 23
22 23
a 32
b 33
c 38
d 39
e 42
f 45
g 48
h 51 i 51
j 56 54
f 57
k 61
l 66
../t.sh: line 69: nocmd: command not found
## END
