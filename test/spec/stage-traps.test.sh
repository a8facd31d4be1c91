# EXIT traps that stages of pipelines set: a stage is a shell of its own, which ends at its end.

#### a subshell as the last stage
printf '%s\n' a b | (
  trap 'echo "over $? $x"; rm -f list' 0 1 2 15
  while read -r x; do echo "got $x"; echo "$x" >> list; done
  cat list
  x=last
)
echo "$? $(ls)"
## STDOUT:
got a
got b
a
b
over 0 last
0 
## END

#### a group, a loop and a condition
{ trap 'echo first' EXIT; echo one; true; } | { trap 'echo "last $?"' EXIT; cat; false; }
echo "${PIPESTATUS[@]}"
for x in 1 2; do trap 'echo "loop $x"' EXIT; echo $x; done | cat
if true; then trap 'echo cond' EXIT; fi | cat
echo a b | while read -r x y; do trap 'echo "read $y"' EXIT; echo "$x"; done
## STDOUT:
one
first
last 1
0 1
1
2
a
## END

#### the trap settles the stage's status
set -o pipefail
{ trap 'exit 3' EXIT; true; echo; } | cat; echo "$?"
: | { trap 'exit 4' EXIT; cat; echo end; }; echo "$?"
: | { trap 'true' EXIT; cat; (exit 5); }; echo "$?"
## STDOUT:

3
end
4
5
## END

#### exit, and set -e, in a stage with a trap
set -e
: | { trap 'echo "exit $?"' EXIT; cat; exit 6; echo never; } || echo "got $?"
if : | (trap 'echo "ignored $?"' EXIT; false; echo went on); then echo yes; fi
(: | (trap 'echo "left $?"' EXIT; false; echo never); echo never) || true
: | (trap 'echo "end $?"' EXIT; false; echo never)
echo never
## STDOUT:
exit 6
got 6
went on
ignored 0
yes
never
left 0
never
end 1
## END
## status: 1

#### functions that set the trap of their stage
cleanup() { echo "clean $1 $?"; }
work() { trap 'cleanup "$name"' EXIT; local name=inner; echo "work $1"; cat; }
name=outer
echo data | work a
work b < /dev/null | cat
echo data | { work c; name=stage; true; }
f() { echo x | (trap 'echo "in $FUNCNAME $1"' EXIT; cat; shift); }
f one two
leave() { trap 'echo left' EXIT; cat; exit 7; }
: | leave; echo "$?"
## STDOUT:
work a
data
clean inner 0
work b
clean inner 0
work c
data
clean stage 0
x
in f two
left
7
## END

#### a trap that is taken away, and the script's own
trap 'echo script' EXIT
echo a | { trap 'echo stage' EXIT; cat; trap - EXIT; echo b; } | cat
echo c | { cat; echo d; }
x=$(echo e | { trap 'echo f' EXIT; cat; echo g; })
echo $x
## STDOUT:
a
b
c
d
e g f
script
## END

#### an abandoned line of a stage
echo a | { trap 'echo over' EXIT; cat; readonly r=1; r=2; echo never; }
echo "$?"
: | (trap 'echo over' EXIT; cat; : ${unset?no}; echo never) 2> /dev/null
echo "$?"
## STDOUT:
a
over
1
over
1
## END

#### a signal to a stage's own shell
{ trap 'echo term; exit 8' TERM; trap 'echo over' EXIT; sh -c 'kill -TERM $PPID'; sleep 1; echo never; } | cat
echo "${PIPESTATUS[0]}"
## STDOUT:
term
over
8
## END

#### an error in redirections within a stage, where PIPESTATUS is read
set -u
{ trap 'echo over' EXIT; { echo a; echo $nope; } > f; } | cat
echo "${PIPESTATUS[@]}"
cat f
## STDOUT:
over
1 0
a
## END

#### an error in a shell within redirections undoes those of the shell around it
set -u
{ { trap 'echo over' EXIT; echo a; echo $nope; } | cat; } > f
{ { trap 'echo over' EXIT; echo a; echo $nope; } | sed 's/^/-/'; } 2> g
{ (trap 'echo inner' EXIT; echo b; echo $nope); echo "$?"; } > h
for i in 1 2; do (trap 'echo loop' EXIT; [ "$i" = 1 ] || echo $nope); done > i
f() { (trap 'echo called' EXIT; echo c; echo $nope); }
f > j
call=f
$call > k
(trap 'echo own' EXIT; echo d; echo $nope) > l
cat f h i j k l
## STDOUT:
over
-a
-over
inner
loop
called
called
a
b
1
loop
c
c
d
own
## END

#### an error in what is expanded within redirections: words, substitutions, the word of a case
set -u
(trap 'echo "over $?"' EXIT; { for i in 1 $nope; do echo "$i"; done; echo never; } > f; echo never)
(trap 'echo "over $?"' EXIT; { echo "$$" "$nope"; echo never; } > f; echo never)
(trap 'echo "over $?"' EXIT; { x=$(echo a)$nope; echo never; } > f; echo never)
(trap 'echo "over $?"' EXIT; { case $(echo a)$nope in a) ;; esac; echo never; } > f; echo never)
(trap 'echo "over $?"' EXIT; { case $(echo a) in a) echo b;; esac; for i in $(echo c); do exit 3; done; } > f; echo never)
echo "$?"
cat f
## STDOUT:
over 1
over 1
over 1
over 1
3
b
over 3
## END

#### an error in the redirections of a group within redirections
set -u
(trap 'echo "over $?"' EXIT; { { echo a; } > $nope; echo never; } > f; echo never)
(trap 'echo "over $?"' EXIT; { while read -r line; do echo "$line"; done < "$nope"; } > f; echo never)
(trap 'echo "over $?"' EXIT; { { cat; } <<< "$nope"; } > f; echo never)
(trap 'echo "over $?"' EXIT; { { { echo a; } > ${name:=g}; { echo b; } > "$name" 2> ${nope?no}; } > h; } > f; echo never)
(trap 'echo "over $?"' EXIT; { { echo a; } > /nonexistent/a; echo "$?"; { echo b; exit 4; } > g; } > f; echo never)
echo "$?"
cat f g
## STDOUT:
over 1
over 1
over 1
over 1
4
1
b
over 4
## END

#### an error in the words of a stage runs the script's EXIT trap there
trap 'echo "bye $?"' EXIT
echo ${x?} | cat
f() { echo "$((1 / y))" | sed 's/^/in a function: /'; }
y=0
f
set -u
: | cat "$z"
echo "$y" | cat
echo end
## STDOUT:
bye 1
in a function: bye 1
bye 1
0
end
bye 0
## END

#### an error in a substitution, or in a compound stage, does not
set -u
trap 'echo bye' EXIT
echo "x$(echo ${z?})" | cat
{ echo $z; } | cat
echo end
## STDOUT:
x
end
bye
## END

#### descriptors that a stage within redirections opens for itself end with it
printf '%s\n' one two three > in
echo x | { exec 3> f; echo a >&3; echo b; echo c >&3; } > g
echo x | { exec 3< in; read -r v <&3; echo "$v"; cat <&3; } > h
for i in 1 2; do exec 3>> k; echo "$i" >&3; echo "out $i"; done 2> /dev/null | cat
printf '%s\n' 1 2 | while read -r i; do exec 3>> l; echo "l$i" >&3; echo "out $i"; done > m
echo x | { exec > n; echo inner; } > o
echo x | { exec 3>&1 > p; echo inner; echo outer >&3; } > q
echo x | if true; then exec 4> r; { echo in r >&4; echo in s; } > s; echo again >&4; exit 3; fi > t
echo "$?"
f() { exec 5> u; echo f; }
echo x | { f; echo g; echo h >&5; } > v
echo y | { e='exec 6> w'; eval "$e"; echo on 6 >&6; cat; } > x
{ echo a; exec 3> y; echo b >&3; echo err >&2; } 2> z | cat
: | { exec 3> aa; echo 1 >&3; : "${nope?}"; echo never >&3; } > bb 2>&1
{ exec 3> cc; echo x >&3; (echo sub >&3; exec 3> dd; echo dd >&3); echo back >&3; y=$(echo cap >&3; echo out); echo "$y" >&3; } > ee | cat
echo z | { exec 3>&1; echo to cat >&3 | cat; echo y | { exec 4>&1; cat >&4; } > ff; exec 3>&-; { echo bad >&3; } 2> /dev/null || echo closed; } > gg
head -50 f g h k l m n o p q r s t u v w x y z aa bb cc dd ee ff gg | sed 's/.*nope: .*/nope/'
## STDOUT:
out 1
out 2
3
a
==> f <==
a
c

==> g <==
b

==> h <==
one
two
three

==> k <==
1
2

==> l <==
l1
l2

==> m <==
out 1
out 2

==> n <==
inner

==> o <==

==> p <==
inner

==> q <==
outer

==> r <==
in r
again

==> s <==
in s

==> t <==

==> u <==
h

==> v <==
f
g

==> w <==
on 6

==> x <==
y

==> y <==
b

==> z <==
err

==> aa <==
1

==> bb <==
nope

==> cc <==
x
sub
back
cap
out

==> dd <==
dd

==> ee <==

==> ff <==
y

==> gg <==
to cat
closed
## END

#### what a stage is given for its environment is no error that ends it, read-only or not
trap 'echo "bye $?"' EXIT
x='readonly LC_ALL; declare -i n'
eval "$x"
f() { echo "in f $n"; }
LC_ALL=C echo a | cat
echo b | LC_ALL=C cat
n=1/0 f | cat
LC_ALL=C eval 'echo e' | n=1/0 cat
(LC_ALL=C echo c | n=1/0 sed s/^/-/)
y=$(LC_ALL=C printf '%s\n' d | LC_ALL=C sort); echo "$y"
LC_ALL=C | cat
n=1/0 $nothing | cat
n+=1/0 echo never | cat
echo "${POSIXLY_CORRECT+yes}${POSIXLY_CORRECT-no}"
(exit 3)
## STDOUT:
a
b
in f 1/0
e
-c
d
bye 1
bye 1
bye 1
no
bye 3
## END
## status: 3

#### traps of stages with redirections
trap 'echo script' EXIT
v=out
echo | { trap 'echo "bye $? $BASH_SUBSHELL $v"' EXIT; v=in; echo "a $BASH_SUBSHELL"; true; } > f01
echo | (trap 'echo "bye $? $BASH_SUBSHELL $v"' 0; v=in; echo "a $BASH_SUBSHELL"; (exit 3)) > f02 || echo "$?"
echo | (trap 'rm -f tmp; echo gone' EXIT INT TERM; echo a > tmp; exit 4) > f03; echo "$?"
printf 'a\nb\n' > in
{ trap 'echo "end $n"' EXIT; n=0; while read -r l; do n=$((n + 1)); done; } < in | cat
{ trap 'echo end >&3' EXIT; echo body; } 3> f04 2>&1 | sed 's/^/- /'
cleanup() { echo "clean $1 $?"; }
echo x | { trap 'cleanup "$v"' EXIT; v=inner; cat; false; } >> f04 || echo "$?"
set -u
: | { trap 'echo over4' EXIT; echo a; echo $nope; } > f05
: | { trap 'echo over5' EXIT; { echo a; echo $nope; } > f06; } > f07
: | { { { trap 'echo over9' EXIT; echo a; echo $nope; } | cat; } > f08; } > f09
: | { { trap 'echo over8' EXIT; echo a; echo $nope; } | cat; } > f10
: | { trap 'echo over18' EXIT; echo a; } > /nonexistent/f || echo bad
set -e
: | { trap 'echo "errexit $?"' EXIT; false; echo never; } > f11 || echo "ignored $?"
( : | { trap 'echo "errexit $?"' EXIT; false; echo never; } > f12; echo never ) && echo yes
f() { : | (trap 'echo "in $1 ${FUNCNAME[0]}"' EXIT; cat; shift) > "$1"; }
f f13 two
head f??
## STDOUT:
3
4
end 2
- body
1
bad
never
yes
==> f01 <==
a 1
bye 0 1 in

==> f02 <==
a 1
bye 3 1 in

==> f03 <==
gone

==> f04 <==
end
x
clean inner 1

==> f05 <==
a
over4

==> f06 <==
a

==> f07 <==
over5

==> f08 <==
a

==> f09 <==
over9

==> f10 <==
a
over8

==> f11 <==
never
errexit 0

==> f12 <==
never
errexit 0

==> f13 <==
in two f
script
## END

#### words that cannot be expanded, in a stage: the script's EXIT trap runs there
set -u
trap 'echo "trap $?"' EXIT
given=1
f() { echo "f $1 $given" | cat; echo "then $2" | cat; echo "left $?"; }
echo "$HOME_OF_NOBODY" | cat
echo "after $?"
if echo $NOT_GIVEN | grep -q x; then echo yes; else echo no; fi
! echo "${NOT_GIVEN}" | cat
echo "inverted $?"
true | echo "${NONE[1]}" "${NOR:=assigned}" | cat
echo "${NOR-unset}"
f one
x=$(echo "$NOT_GIVEN" | cat; echo "in $?")
echo "[$x]"
echo end
## STDOUT:
trap 1
after 0
no
trap 1
inverted 1
trap 1
unset
f one 1
trap 1
left 0
[in 0]
end
trap 0
## END

#### words that can be expanded although the script does not say so
set -u
trap 'echo "trap $?"' EXIT
eval 'WORD=word; set -- a b; list=(x y)'
echo "$WORD" | tr a-z A-Z
printf '%s\n' "${list[1]}" "${list[@]}" ${WORD%d} | while read -r line; do echo "<$line>"; done
f() { if echo "$2" | grep -q "$1"; then echo "has $1"; else echo "has no $1"; fi; }
f a bab
f c bab
unset WORD
echo "$WORD" | cat
echo "${list[5]}" | cat
echo end
## STDOUT:
WORD
<y>
<x>
<y>
<wor>
has a
has no c
trap 1
trap 1
end
trap 0
## END

#### a function reads PIPESTATUS, and no handler does
set -u
main() {
{ trap 'echo over' EXIT; { echo a; echo $nope; } > f; } | cat
echo "${PIPESTATUS[@]}"
cat f
}
main
## STDOUT:
over
1 0
a
## END
