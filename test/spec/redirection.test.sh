# Redirections: of simple and compound commands, of functions, of the shell itself; order, descriptors, files.

#### output to a file
echo a > f; cat f
echo b > f; cat f
## STDOUT:
a
b
## END

#### append
echo a > f; echo b >> f; echo c >> f; cat f
## STDOUT:
a
b
c
## END

#### input
echo data > f; cat < f; tr a-z A-Z < f
## STDOUT:
data
DATA
## END

#### error output
ls /nonexistent 2> err; [ -s err ] && echo has
echo o 2> err; [ -s err ] || echo empty
## STDOUT:
has
o
empty
## END

#### both
{ echo o; echo e >&2; } > both 2>&1; cat both
{ echo o; echo e >&2; } &> both2; cat both2
{ echo o2; echo e2 >&2; } &>> both2; cat both2
{ echo p; echo q >&2; } >& both3; cat both3
## STDOUT:
o
e
o
e
o
e
o2
e2
p
q
## END

#### order of 2>&1
{ echo o; echo e >&2; } 2>&1 > f | sed 's/^/pipe /'
cat f
## STDOUT:
pipe e
o
## END

#### swap of stdout and stderr
{ echo o; echo e >&2; } 3>&1 1>&2 2>&3 3>&- 2>/dev/null | cat
{ { echo o; echo e >&2; } 3>&1 1>&2 2>&3 | sed 's/^/p /'; } 2>f; cat f
## STDOUT:
p e
o
## END

#### redirection before, between and after words
> f echo a b; cat f
echo > f a b; cat f
echo a b > f c; cat f
## STDOUT:
a b
a b
a b c
## END

#### several output redirections: all are opened, the last wins
echo x > a > b; ls; cat b; [ -s a ] || echo a empty
## STDOUT:
a
b
x
a empty
## END

#### several input redirections
echo 1 > a; echo 2 > b; cat < a < b
## STDOUT:
2
## END

#### redirection without a command makes the file
> empty; ls; wc -c < empty
echo x > full; > full; wc -c < full
## STDOUT:
empty
0
0
## END

#### target from a variable
n='a b'; echo x > "$n"; cat "$n"
f=t; echo y > $f$f; cat tt
## STDOUT:
x
y
## END

#### target expanded to several words is an error
n='a b'; { echo x > $n; } 2>/dev/null; echo $?; ls
## STDOUT:
1
## END

#### target from a glob
touch only.txt; echo new > only.t*; cat only.txt
## STDOUT:
new
## END

#### target with effects once
i=0; echo x > f$((i++)); echo $i; ls
## STDOUT:
1
f0
## END

#### target of a group with effects once
i=0; { echo a; echo b; } > g$((i++)); cat g0; echo $i
## STDOUT:
a
b
1
## END

#### target of a function call with effects
i=0; f() { echo $i; }; f > h$((i++)); cat h0
## STDOUT:
1
## END

#### group output
{ echo a; echo b; } > f; cat f
## STDOUT:
a
b
## END

#### subshell output and input
(echo a; cat) > f <<< in; cat f
## STDOUT:
a
in
## END

#### if, while, for, case with redirections
if true; then echo i; fi > a
while read x; do echo w$x; done < a > b
for x in 1 2; do echo f$x; done >> b
case x in x) echo c;; esac >> b
cat b
## STDOUT:
wi
f1
f2
c
## END

#### until and C-style for and arithmetic with redirections
i=2; until ((i-- == 0)); do echo u$i; done > a; cat a
for ((i=0;i<2;i++)); do echo c$i; done > b; cat b
((x=1)) > c; [ -e c ] && echo made; [[ a ]] > d; [ -e d ] && echo made
## STDOUT:
u1
u0
c0
c1
made
made
## END

#### nested groups with their own files
{ echo 1; { echo 2; { echo 3; } > c; echo 2b; } > b; echo 1b; } > a
cat a - b c < /dev/null
## STDOUT:
1
1b
2
2b
3
## END

#### redirection undone after a group
{ echo in; } > f; echo out; cat f
## STDOUT:
out
in
## END

#### redirection undone after break
for i in 1 2; do { echo in; break; } > f; done; echo out; cat f
## STDOUT:
out
in
## END

#### redirection undone after return
f() { { echo in; return 3; } > f.txt; }; f; echo out $?; cat f.txt
## STDOUT:
out 3
in
## END

#### redirection undone after a failing errexit context
{ echo in; false; } > f || echo out; cat f
## STDOUT:
out
in
## END

#### exit within a redirected group
trap 'echo trap' EXIT
{ echo in; exit 3; } > f
## STDOUT:
## END
## status: 3

#### exec output for the rest
exec > log
echo one
echo two >&2
sed 's/^/log: /' log >&2
## STDOUT:
## END
## STDERR:
two
log: one
## END

#### exec output and back
exec 3>&1 > log
echo hidden
exec >&3 3>&-
echo shown; cat log
## STDOUT:
shown
hidden
## END

#### exec input for the rest
printf 'a\nb\n' > f
exec < f
read x; echo $x; read y; echo $y; read z || echo eof
## STDOUT:
a
b
eof
## END

#### exec append twice
exec 3>&1
exec >> log; echo 1; exec >> log; echo 2; exec >&3; cat log
## STDOUT:
1
2
## END

#### exec error output
exec 2> err; ls /nonexistent; echo msg >&2; wc -l < err
## STDOUT:
2
## END

#### exec in a subshell
(exec > f; echo in); echo out; cat f
## STDOUT:
out
in
## END

#### exec in a function lasts
f() { exec 3>&1 > f.txt; }; f; echo in; exec >&3; echo out; cat f.txt
## STDOUT:
out
in
## END

#### exec in a group with its own redirection
{ exec > f; echo in; } > g; echo out; cat f; wc -c < g
## STDOUT:
out
in
0
## END

#### exec opens a descriptor above two
exec 3> f; echo a >&3; echo b >&3; exec 3>&-; cat f
## STDOUT:
a
b
## END

#### exec opens for reading
printf 'l1\nl2\nl3\n' > f
exec 4< f; read -u 4 a; read b <&4; echo $a $b; head -n 1 <&4; exec 4<&-
## STDOUT:
l1 l2
l3
## END

#### exec read and write
printf 'abcdef\n' > f
exec 5<> f; read -n 3 -u 5 x; echo $x; printf X >&5; exec 5>&-; cat f
## STDOUT:
abc
abcXef
## END

#### exec with a named descriptor
exec {fd}> f; [ $fd -ge 10 ] && echo ten; echo x >&$fd; exec {fd}>&-; cat f
## STDOUT:
ten
x
## END

#### named descriptor on a group stays open
{ echo a >&$fd; } {fd}> f; echo b >&$fd; exec {fd}>&-; cat f
## STDOUT:
a
b
## END

#### descriptor moved
exec 3> f 4>&3-; echo x >&4; { echo y >&3; } 2>/dev/null || echo closed; exec 4>&-; cat f
## STDOUT:
closed
x
## END

#### descriptors in a subshell and a function
exec 3> f; (echo sub >&3); g() { echo fun >&3; }; g; echo "$(echo sb >&3)"; echo p | cat >&3; exec 3>&-; cat f
## STDOUT:

sub
fun
sb
p
## END

#### descriptors are inherited by children
exec 3> f; sh -c 'echo child >&3'; exec 3>&-; cat f
## STDOUT:
child
## END

#### descriptor closed for one command
{ echo x >&-; } 2>/dev/null; echo $?
cat <&- 2>/dev/null; [ $? -ne 0 ] && echo failed
## STDOUT:
1
failed
## END

#### duplicate to a closed descriptor fails
{ echo x >&7; } 2>/dev/null; echo $?
## STDOUT:
1
## END

#### digit glued or not
echo 2>f; cat f; echo 2 >f; cat f; echo a2>f; cat f
## STDOUT:

2
a2
## END

#### descriptor by a variable
d=2; { echo x >&$d; } 2> f; cat f
## STDOUT:
x
## END

#### pipes and redirections together
echo a | cat > f; cat f; cat < f | tr a b; echo x 2>&1 | cat
## STDOUT:
a
b
x
## END

#### pipe both
{ echo o; echo e >&2; } |& sort
## STDOUT:
e
o
## END

#### here-string
cat <<< 'a b'; cat <<< "$HOME" | wc -l; x='1  2'; cat <<< $x
## STDOUT:
a b
1
1  2
## END

#### read and write the same file
echo old > f; { cat; echo new; } < f > g; cat g
## STDOUT:
old
new
## END

#### noclobber
set -C; echo a > f; { echo b > f; } 2>/dev/null; echo $?; cat f; echo c >| f; cat f; echo d >> f; cat f
## STDOUT:
1
a
c
c
d
## END

#### noclobber travels
set -o noclobber
true
echo 1 > f
(echo 2 > f) 2>/dev/null || echo refused
## STDOUT:
refused
## END

#### read from and write to a directory
mkdir d; { cat < d; } 2>/dev/null; [ $? -ne 0 ] && echo no; { echo x > d; } 2>/dev/null; echo $?
## STDOUT:
no
1
## END

#### missing directory
{ echo x > no/such; } 2>/dev/null; echo $?; ls
## STDOUT:
1
## END

#### error message of a missing file
cat < missing
echo $?
## STDOUT:
1
## END
## STDERR:
../t.sh: line 1: missing: No such file or directory
## END

#### /dev names
echo a > /dev/stdout; echo b > /dev/null; echo c > /dev/stderr 2>/dev/null; echo in | cat /dev/stdin; echo d > /dev/fd/1
## STDOUT:
a
in
d
## END

#### script output is a pipe
[ -p /dev/stdout ] && echo pipe
## STDOUT:
pipe
## END

#### dash as file name for close in a loop
for i in 1 2; do echo $i 2>&-; done
## STDOUT:
1
2
## END

#### redirection with assignment only
x=1 > f; ls; echo $x
## STDOUT:
f
1
## END

#### redirection of a builtin that changes state
cd / > f; cd - > g; cat g | sed 's,.*/,,'; read v <<< val; echo $v
## STDOUT:
val
## END

#### redirection of export, set and trap listing
export Q=1; export -p > f; grep -c Q= f; trap 'x' USR1; trap > t; cat t
## STDOUT:
1
trap -- 'x' SIGUSR1
## END

#### redirection of eval and source
eval 'echo a; echo b' > f; cat f; echo 'echo s; read x; echo $x' > lib; . ./lib > g <<< in; cat g
## STDOUT:
a
b
s
in
## END

#### redirection on a function call and in its body
f() { echo in; echo err >&2; cat > body; }; f > o 2> e <<< text; cat o e body
## STDOUT:
in
err
text
## END

#### redirection around a pipeline
{ echo b; echo a; } > f; { sort | tr a-z A-Z; } < f > g; cat g
## STDOUT:
A
B
## END

#### two commands with one input
printf '1\n2\n3\n' > f; { head -n 1; cat; } < f
## STDOUT:
1
2
3
## END

#### two commands with one pipe input
printf '1\n2\n3\n' | { read a; read b; echo $b $a; cat; }
## STDOUT:
2 1
3
## END

#### read then external command share the offset
printf 'a\nb\nc\nd\n' > f; { read x; head -n 1; read y; echo $x $y; } < f
## STDOUT:
b
a c
## END

#### appending processes interleave by order
exec 3>> f; echo 1 >&3; echo 2 >> f; echo 3 >&3; exec 3>&-; cat f
## STDOUT:
1
2
3
## END

#### one open description is one offset
{ echo aaa; } > f; exec 3<> f; exec 4>&3; echo X >&3; echo Y >&4; exec 3>&- 4>&-; cat f
## STDOUT:
X
Y
## END

#### two opens are two offsets
exec 3> f 4> f; echo abc >&3; echo X >&4; exec 3>&- 4>&-; cat f
## STDOUT:
X
c
## END

#### truncation happens at opening, even if unused
echo x > f; false > f; wc -c < f; echo y > f; true && : > f; wc -c < f
## STDOUT:
0
0
## END

#### expansion error prevents the redirection
(: ${x?} > f) 2>/dev/null; ls
## STDOUT:
## END

#### skipped command opens nothing
false && echo x > f; if false; then echo > g; fi; ls; echo none
## STDOUT:
none
## END

#### loop input from a substitution
while read x; do echo "[$x]"; done <<< "$(printf 'a\nb')"
## STDOUT:
[a]
[b]
## END

#### descriptor 0 closed and opened
exec 0<&-; { read x; } 2>/dev/null || echo failed; exec < /dev/null; read x || echo eof
## STDOUT:
failed
eof
## END

#### stdin from the script's input after exec restored
exec 3<&0 < /dev/null; read x || echo null; exec <&3 3<&-; read x; echo $x
## stdin-json: "real\n"
## STDOUT:
null
real
## END

#### output of a background job to a file
{ echo a; echo b; } > f & wait; cat f
## STDOUT:
a
b
## END

#### mixed builtin and external order on one output
echo 1; sh -c 'echo 2'; printf '3\n'; expr 4 + 0; echo 5
## STDOUT:
1
2
3
4
5
## END

#### mixed output order on both descriptors into one file
{ echo 1; sh -c 'echo 2 >&2'; echo 3; ls /nonexistent_q; echo 4; } > f 2>&1; sed 's/ls: .*/LS/' f
## STDOUT:
1
2
3
LS
4
## END

#### quoted file names
echo x > 'a"b'; echo y > "c'd"; echo z > e\ f; cat 'a"b' "c'd" 'e f'
## STDOUT:
x
y
z
## END

#### file name that looks like an option or number
echo x > ./-n; cat ./-n; echo y > 1; cat 1
## STDOUT:
x
y
## END

#### ten descriptors
exec 3>a 4>b 5>c 6>d; for i in 3 4 5 6; do echo $i >&$i; done; exec 3>&- 4>&- 5>&- 6>&-; cat a b c d
## STDOUT:
3
4
5
6
## END

#### descriptor above nine
exec 12> f; echo x >&12; exec 12>&-; cat f
## STDOUT:
x
## END

#### tee-like with descriptors
exec 3>&1; x=$(echo captured; echo seen >&3); exec 3>&-; echo "[$x]"
## STDOUT:
seen
[captured]
## END

#### capture stderr only
x=$( { echo out; echo err >&2; } 2>&1 >/dev/null ); echo "[$x]"
## STDOUT:
[err]
## END

#### status of a pipeline kept through a descriptor
exec 4>&1; s=$( { { (exit 3); echo $? >&3; } | cat >&4; } 3>&1 ); exec 4>&-; echo $s
## STDOUT:
3
## END

#### here-document and file together
cat - f <<E > out
here
E
echo $?; cat out 2>/dev/null; echo f > f; cat - f <<E
again
E
## STDOUT:
1
here
again
f
## END

#### redirections on time, bang and coproc-free compounds
! { echo a; } > f; cat f; TIMEFORMAT=; time { echo b; } > g; cat g
## STDOUT:
a
b
## END

#### umask decides modes
umask 077; echo > a; umask 022; echo > b; stat -c %a a b
## STDOUT:
600
644
## END

#### link targets
echo x > real; ln -s real link; echo y > link; cat real; [ -L link ] && echo link
## STDOUT:
y
link
## END

#### large output through a redirected loop
for i in 1 2 3; do seq 1 1000; done > f; wc -l < f
## STDOUT:
3000
## END

#### redirect in a nested function chain
a() { echo a; b; } ; b() { echo b >&2; c 2>&1; }; c() { echo c >&2; }
a > o 2> e; cat o; echo --; cat e
## STDOUT:
a
c
--
b
## END

#### output to a file that is also read later in the same line
echo 1 > f; cat f; echo 2 > f && cat f; { cat f; echo 3 > f; }; cat f
## STDOUT:
1
2
2
3
## END

#### exec of what is not there keeps its redirections under execfail
shopt -s execfail
exec nowhere 3> out
echo three >&3
exec nowhere > more 2>/dev/null
echo more
cat more >&3
exec nowhere <<< line
read -r x
echo "$x"
## STDOUT:
## END

#### exec opens the same file again: from its beginning
echo 'one two' > tmpf
exec < tmpf
cat
exec < tmpf
read -d ' ' word && echo "$word"
cat -
## STDOUT:
one two
one
two
## END

#### exec writes the same file anew, and then at its end
exec > log
echo a
exec > log
echo b
exec >> log
echo c
cat log >&2
## STDERR:
b
c
## END

#### a function, and evaluated text, open a file again under the same descriptor
printf '1\n2\n' > log
f() { exec 3< log; }
f; read a <&3
f; read b <&3
eval 'exec 3<log'; read c <&3
read d <&3
echo $a $b $c $d
## STDOUT:
1 1 1 2
## END

#### redirections of compound commands that fail, wherever they stand
cat_all() { while read -r x; do echo "<$x>"; done < "$1"; echo "read $?"; }
printf '1\n2\n' > in
cat_all in
cat_all missing 2>/dev/null
{ cat in; echo never; } < missing 2>/dev/null || echo "no $?"
x=$( { cat in; } > /no/such/file; echo "in $?" ) 2>/dev/null
echo "$x"
for i in in missing in; do
  if { read -r y; } 2>/dev/null < $i; then echo "got $y"; else echo "none $?"; continue; fi
  echo "$i"
done
( cat in ) 2>/dev/null < missing; echo $?
(set -e; { cat in; } 2>/dev/null < missing; echo never); echo $?
## STDOUT:
<1>
<2>
read 0
read 1
no 1
in 1
got 1
in
none 1
got 1
in
1
1
## END

#### a writer that a function closes, before the reader reads to the end
mkfifo p q
cat < p > q &
exec 3>p
fin() { exec 3>&-; cat <&4; }
exec 4<q
echo hi >&3
fin
exec 4<&-
rm p q
## STDOUT:
hi
## END

#### a writer that a group closes, before the reader reads to the end
mkfifo input output
cat <input >output &
exec 3>input
{
	echo 'abc' >&3
	read line <&4 && [ "$line" = abc ] && : ${rc:=0}
	exec 3>&-
	if read line <&4; then
		echo "Extraneous output: $line"
		rc=1
	fi
} 4<output
exec 3>&-
echo rc $rc
rm input output
## STDOUT:
rc 0
## END

#### the script's own descriptor by its name below /proc
log=$(mktemp)
open() { exec 3>"$log"; rm "$log"; }
say() { echo -e "$@" | tee -a /proc/$$/fd/3; }
open
say one
say two | cat
echo three >>/proc/$$/fd/3
( echo four >>/proc/$$/fd/3 )
x=$(say five); echo "[$x]"
for i in 1 2; do say "i $i"; done
cat /proc/$$/fd/3 >all; cat all
sed 's/o/0/' </proc/$$/fd/3 >all2; cat all2
exec 3>&-
cat /proc/$$/fd/3 2>/dev/null || echo closed
## STDOUT:
one
two
[five]
i 1
i 2
one
two
three
four
five
i 1
i 2
0ne
tw0
three
f0ur
five
i 1
i 2
closed
## END

#### the script's own descriptor, which a subshell has another of
exec 3>log
( exec 3>log2; echo sub >>/proc/$$/fd/3 )
( echo shell >>/proc/$$/fd/3 ) 3>log2
o() { exec 3>log2; }
o | cat
( o; echo sub >>/proc/$$/fd/3 )
x=o; ( $x; echo sub >>/proc/$$/fd/3 )
cat log log2
## STDOUT:
sub
shell
sub
sub
## END

#### a command that begins with `&>`
&>one
&>>one echo in one
f() { &>two; &>three echo in three; }
f && f
echo x | &>four
for i in 1; do &>five; done
case b in a) ;& b) &>six;; esac
x=$(&>seven)
if &>eight; then ls; cat one three; fi
## STDOUT:
eight
five
four
one
seven
six
three
two
in one
in three
## END

#### standard input and error are closed
exec 3>&1 <&- 2>&-
nosuch
echo $?
(exit 3)
echo $?
f() { echo in f; (exit 4); }
f
echo $?
x=$(f; echo sub)
echo $x
read x || echo no input
## STDOUT:
127
3
in f
4
in f sub
no input
## END

#### descriptors of any number
for n in 1; do exec 249>x 250>y 251>z; done
echo a >&249
(echo b >&250)
echo c | cat >&251
cat x y z
exec 250>&-
{ echo d >&250; } 2>/dev/null || echo closed
## STDOUT:
a
b
c
closed
## END

#### redirections of a compound command that are given up: the lines behind
exec 2>&1
echo start
{
echo hi
} <<EOF
one $((1/0))
two
EOF
echo "r $? $LINENO"
for i in 1; do
echo hi
done <<EOF
one $((1/0))
two
EOF
echo "r $? $LINENO"

case $((1/0)) in
a) echo;;
esac
echo "r $? $LINENO"
case x in
$((1/0))) echo;;

esac
echo "r $? $LINENO"
for i in $((1/0)); do
echo;

done
echo "r $? $LINENO"
while echo $((1/0)); do
echo;

done
echo "r $? $LINENO"
if true; then

  { echo; } > $((1/0))
  echo no
fi
echo "r $? $LINENO"
f() {
  { echo
  } > $((1/0))

}
f
echo "r $? $LINENO"
for ((i=1/0;;)); do

 :
done
echo "r $? $LINENO"
while read -r x; do
  echo $x

done < $((1/0))
echo "r $? $LINENO"
## STDOUT:
start
../t.sh: line 8: 1/0: division by 0 (error token is "0")
r 1 9
../t.sh: line 15: 1/0: division by 0 (error token is "0")
r 1 16
../t.sh: line 18: 1/0: division by 0 (error token is "0")
r 1 19
../t.sh: line 20: 1/0: division by 0 (error token is "0")
r 1 21
../t.sh: line 22: 1/0: division by 0 (error token is "0")
r 1 23
../t.sh: line 24: 1/0: division by 0 (error token is "0")
r 1 25
../t.sh: line 30: 1/0: division by 0 (error token is "0")
r 1 31
../t.sh: line 32: 1/0: division by 0 (error token is "0")
r 1 38
../t.sh: line 39: ((: i=1/0: division by 0 (error token is "0")
r 1 43
../t.sh: line 47: 1/0: division by 0 (error token is "0")
r 1 48
## END

#### what the here-document of a compound command expands fails on the line that its own shell or list ends on
exec 2>&1
(
{
echo hi
} <<EOF
one ${x?no}
two
EOF
echo "r $?"
); echo "r $?"
( set -u
for i in 1; do
echo hi
done <<EOF
one $x
EOF

); echo "r $?"
if true; then
while read -r x; do
echo hi
done <<EOF
one ${x?no}
two
EOF
fi
## STDOUT:
../t.sh: line 10: x: no
r 1
../t.sh: line 18: x: unbound variable
r 1
../t.sh: line 26: x: no
## END
## status: 1
