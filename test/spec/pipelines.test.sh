# Pipelines: stages run at once and stream; which shell a stage is; SIGPIPE; statuses.

#### two and three stages
echo b | cat; printf 'b\na\n' | sort | tr a-z A-Z
## STDOUT:
b
A
B
## END

#### five stages
seq 1 20 | grep 1 | sed 's/1/x/' | sort -r | head -n 2
## STDOUT:
x9
x8
## END

#### builtin stages
echo a b c | { read x y; echo "$y"; }
## STDOUT:
b c
## END

#### function, group, subshell, loop, if and case stages
up() { tr a-z A-Z; }
echo x | up | { cat; echo grp; } | (cat; echo sub) | while read l; do echo "w$l"; done | if read f; then echo "first $f"; cat; fi
## STDOUT:
first wX
wgrp
wsub
## END

#### compound first stage
{ echo b; echo a; } | sort
(echo d; echo c) | sort
for i in 3 1 2; do echo $i; done | sort
if true; then echo z; echo y; fi | sort
case x in x) echo q; echo p;; esac | sort
## STDOUT:
a
b
c
d
1
2
3
y
z
p
q
## END

#### variables of stages are lost
x=0; echo 5 | read x; echo $x
x=1 | true; echo $x; true | x=2; echo $x
## STDOUT:
0
0
0
## END

#### lastpipe
shopt -s lastpipe
echo 5 | read x; echo $x
printf '1\n2\n' | while read n; do s=$((s+n)); done; echo $s
## STDOUT:
5
3
## END

#### directory and options of stages are lost
cd / | true; true | cd /; [ "$PWD" = / ] || echo here
set -f | true; case $- in *f*) echo leaked;; *) echo ok;; esac
## STDOUT:
here
ok
## END

#### exit and return in stages
echo a | exit 3; echo $?
f() { echo a | return 4; echo $?; }; f
## STDOUT:
3
4
## END

#### pipeline over lines
echo a |
  cat |

  # comment
  tr a b
## STDOUT:
b
## END

#### endless writer ends by SIGPIPE
yes | head -n 2
echo ${PIPESTATUS[@]}
## STDOUT:
y
y
141 0
## END

#### endless loop writer ends by SIGPIPE
while :; do echo x; done | head -n 1
echo ${PIPESTATUS[1]}
## STDOUT:
x
0
## END

#### seq into head, status
seq 1 100000 | head -n 1; echo ${PIPESTATUS[@]}
## STDOUT:
1
141 0
## END

#### reader that ignores its input
seq 1 10 | true; echo end
## STDOUT:
end
## END

#### reader that closes early in a function
first() { head -n 1; }
yes no | first; seq 1 100000 | first
## STDOUT:
no
1
## END

#### writer sees a closed reader
{ sleep 0.05; echo late; } 2>/dev/null | true; echo ${PIPESTATUS[1]}
## STDOUT:
0
## END

#### SIGPIPE ignored
trap '' PIPE
{ sleep 0.05; echo x 2>/dev/null || echo failed >&2; } 2> f | true; cat f
## STDOUT:
failed
## END

#### pipefail
set -o pipefail
false | true; echo $?; true | false | true; echo $?; (exit 2) | (exit 3); echo $?; true | true; echo $?
## STDOUT:
1
1
3
0
## END

#### pipefail in an and-or list
set -o pipefail
false | true && echo no || echo failed
## STDOUT:
failed
## END

#### pipefail in a substitution and a function
set -o pipefail
x=$(false | true); echo $?; f() { false | true; }; f; echo $?
## STDOUT:
1
1
## END

#### pipefail turned off
set -o pipefail; false | true; echo $?; set +o pipefail; false | true; echo $?
## STDOUT:
1
0
## END

#### bang
! true | false; echo $?; ! false | true; echo $?
## STDOUT:
0
1
## END

#### both outputs
ls /nonexistent_q |& grep -c nonexistent
{ echo o; echo e >&2; } |& sort
## STDOUT:
1
e
o
## END

#### stages stream: a reader answers while the writer waits
{ echo ping; sleep 0.1; echo pong; } | { read a; echo "got $a"; read b; echo "got $b"; }
## STDOUT:
got ping
got pong
## END

#### two way order within a stage
echo start; echo mid | cat; echo end
## STDOUT:
start
mid
end
## END

#### stderr of stages goes to the script's
{ echo a; echo e1 >&2; } 2> err | cat; cat err
## STDOUT:
a
e1
## END

#### redirections in the middle of a pipeline
echo a | cat > f | wc -l; cat f
echo a | tr a b < /dev/null | wc -c
echo x | cat < /dev/null
## STDOUT:
0
a
0
## END

#### stage with a here-document ignores the pipe
echo pipe | cat <<E
doc
E
## STDOUT:
doc
## END

#### assignment prefixes in stages
A=1 sh -c 'echo $A' | B=2 sh -c 'read x; echo $x$B'
## STDOUT:
12
## END

#### positional parameters in stages
set -- a b; echo $1 | { read x; echo $x $2; shift; echo $#; }; echo $#
## STDOUT:
a b
1
2
## END

#### status of last counts for if and while
if echo a | grep -q a; then echo yes; fi
while echo x | grep -q y; do echo no; done; echo done
## STDOUT:
yes
done
## END

#### nested pipelines
echo a | { echo b | cat; cat; } | sort
echo "$(echo c | tr c d | cat)" | cat
## STDOUT:
a
b
d
## END

#### pipeline in a function in a pipeline
f() { sed 's/a/b/' | sed 's/b/c/'; }
echo a | f | f | cat
## STDOUT:
c
## END

#### pipeline in a subshell in the background
(echo bg | cat > f) & wait; cat f
## STDOUT:
bg
## END

#### reading the pipe by several commands
seq 1 6 | { read a; read b; echo $a $b; cat | tail -n 1; }
## STDOUT:
1 2
6
## END

#### head leaves the rest of a pipe only unbuffered
printf 'a\nb\nc\n' | { read x; cat; }
## STDOUT:
b
c
## END

#### binary data through stages
printf '\000\001\377\n\000' | cat | od -An -tx1
## STDOUT:
 00 01 ff 0a 00
## END

#### large data through stages
head -c 1000000 /dev/zero | tr '\0' a | wc -c
## STDOUT:
1000000
## END

#### megabytes through builtin and external
for i in {1..2000}; do echo "line $i of some text"; done | cat | tail -n 1
## STDOUT:
line 2000 of some text
## END

#### empty pipe
true | cat; true | wc -c; : | read x; echo $?
## STDOUT:
0
1
## END

#### last line without newline
printf 'a\nb' | while read x; do echo "[$x]"; done
printf 'a\nb' | { while read x || [ "$x" ]; do echo "[$x]"; done; }
## STDOUT:
[a]
[a]
[b]
## END

#### stage order of effects through a file
{ echo 1 > f; } | cat; cat f
## STDOUT:
1
## END

#### subshell depth
echo $BASH_SUBSHELL | cat; { echo $BASH_SUBSHELL; } | cat; (echo $BASH_SUBSHELL | cat)
## STDOUT:
0
1
1
## END

#### dollar dollar in stages
echo $$ | { read a; [ $a = $$ ] && echo same; }
## STDOUT:
same
## END

#### functions defined in a stage are lost
f() { echo old; }
true | f() { echo new; }
f
## STDOUT:
old
## END

#### traps in a stage
trap 'echo out' EXIT
{ trap 'echo stage' EXIT; echo body; } | cat
## STDOUT:
body
stage
out
## END

#### trap of the parent is not run in stages
trap 'echo once' EXIT
echo a | cat | { cat; }
## STDOUT:
a
once
## END

#### umask in a stage
umask 022; umask 077 | true; umask
## STDOUT:
0022
## END

#### set -- in a stage
set -- a; set -- b c | true; echo $#
## STDOUT:
1
## END

#### unset in a stage
x=1; unset x | true; echo $x
## STDOUT:
1
## END

#### read only the first stage's status with PIPESTATUS
sh -c 'exit 9' | cat >/dev/null; [ ${PIPESTATUS[0]} -eq 9 ] && echo nine
## STDOUT:
nine
## END

#### PIPESTATUS of ten stages
true | false | true | false | true | false | true | false | true | false; echo ${PIPESTATUS[*]}
## STDOUT:
0 1 0 1 0 1 0 1 0 1
## END

#### PIPESTATUS after a pipeline in a condition
if (exit 4) | true; then echo ${PIPESTATUS[@]}; fi
(exit 5) | false || echo ${PIPESTATUS[@]}
## STDOUT:
4 0
5 1
## END

#### PIPESTATUS after a loop whose body is a pipeline
for i in 1 2; do (exit $i) | (exit $((i+1))); done; echo ${PIPESTATUS[@]}
## STDOUT:
2 3
## END

#### PIPESTATUS after a while whose condition is a pipeline
while (exit 3) | (exit 4); do :; done; echo ${PIPESTATUS[@]} $?
## STDOUT:
3 4 0
## END

#### PIPESTATUS in a subshell's pipeline and outside
(false | true; echo ${PIPESTATUS[@]}); echo ${PIPESTATUS[@]}
## STDOUT:
1 0
0
## END

#### PIPESTATUS with an assignment alone
false | true | false
x=1; echo ${PIPESTATUS[@]}
## STDOUT:
0
## END

#### pipe into xargs
printf 'a b\nc\n' | xargs -n 1 echo item
## STDOUT:
item a
item b
item c
## END

#### pipe into a variable command
c='tr a b'; echo a | $c; p=cat; echo z | "$p"
## STDOUT:
b
z
## END

#### pipe from eval and into eval
eval 'echo a; echo b' | eval 'sort -r'
## STDOUT:
b
a
## END

#### pipe into source
echo 'read x; echo "src $x"' > lib; echo data | . ./lib
## STDOUT:
src data
## END

#### pipe into exec
echo data | exec cat; echo after
## STDOUT:
data
after
## END

#### pipe into command and builtin
echo q | command cat; echo w | builtin read x; echo "[$x]"
## STDOUT:
q
[]
## END

#### while read with nested while read of another input
printf 'a\nb\n' > o; printf '1\n2\n' > i
cat o | while read x; do cat i | while read y; do echo $x$y; done; done
## STDOUT:
a1
a2
b1
b2
## END

#### tee
echo data | tee a b | tr d D; cat a b
## STDOUT:
Data
data
data
## END

#### sort unique count
printf 'b\na\nb\n' | sort | uniq -c | sed 's/^ *//'
## STDOUT:
1 a
2 b
## END

#### awk with quotes and dollars
printf '1 2\n3 4\n' | awk '{ s += $2 } END { print "sum", s }'
## STDOUT:
sum 6
## END

#### sed with odd delimiters
echo '/a/b' | sed 's|/|{%|g'
## STDOUT:
{%a{%b
## END

#### grep -q ends the writer under pipefail
set -o pipefail
yes | grep -q y; echo $?
## STDOUT:
141
## END

#### stage reads the script's input
cat | tr a-z A-Z
## stdin-json: "text\n"
## STDOUT:
TEXT
## END

#### stage leaves the script's input to later commands
read a; echo $a | cat; read b; echo $b
## stdin-json: "1\n2\n"
## STDOUT:
1
2
## END

#### time in a pipeline position
TIMEFORMAT=; time echo a | cat
## STDOUT:
a
## END

#### assignments from a pipeline
x=$(echo a b c | wc -w); echo $x; y=$(printf '%s\n' 3 1 2 | sort | head -n 1); echo $y
## STDOUT:
3
1
## END

#### exported variable reaches every stage
export V=1; sh -c 'echo $V' | { read a; sh -c "echo $a\$V"; }
## STDOUT:
11
## END

#### kill one stage
sh -c 'kill -KILL $$' | cat; echo ${PIPESTATUS[@]}
## STDOUT:
137 0
## END

#### command not found in stages
{ nope_a | cat; } 2>/dev/null; echo $?; { echo a | nope_b; } 2>/dev/null; echo $?
## STDOUT:
0
127
## END

#### shared output of two stages without pipe use
{ echo first >&2; } 2>&1 | cat; echo second
## STDOUT:
first
second
## END

#### recursion through a pipe with state
f() { if [ $1 -gt 0 ]; then { echo $1; f $(($1-1)); } | cat; fi; }
f 5
## STDOUT:
5
4
3
2
1
## END

#### |& is the last redirection of a simple command: its words are expanded before
f() { echo in >&2; echo f$(echo sub >&2); }
echo $(echo word >&2) a |& sed 's/^/P /'
: ${unset?message} |& sed 's/^/P /'
x=$(echo assigned >&2) |& sed 's/^/P /'
f $(echo argument >&2) |& sed 's/^/P /'
: > nowhere/x |& sed 's/^/P /'
{ echo group $(echo inner >&2); } |& sed 's/^/P /'
## STDOUT:
P a
P in
P sub
P f
P inner
P group
## END

#### |& after other redirections
{ echo a >&2; } 2>/dev/null |& sed 's/^/P /'
f() { echo b >&2; }
f 2>/dev/null |& sed 's/^/P /'
cat <<A nowhere |& sed 's/^/P /' | grep -c nowhere
$(echo document >&2)
A
## STDOUT:
P a
P b
1
## END

#### a function that pipes with |&, printed
f() { ls nowhere |& cat |& wc -l; }
f
declare -f f
## STDOUT:
1
f () 
{ 
    ls nowhere 2>&1 | cat 2>&1 | wc -l
}
## END

#### break and continue set PIPESTATUS, as commands do
for i in 1; do false | true; break; done; echo "${PIPESTATUS[*]}" $?
for i in 1 2; do false | true; continue; done; echo "${PIPESTATUS[*]}" $?
for i in 1 2; do false | true; ! continue; done; echo "${PIPESTATUS[*]}" $?
for i in 1; do for j in 1; do true | false; break 2; done; done; echo "${PIPESTATUS[*]}" $?
for i in 1; do true | false || break; done; echo "${PIPESTATUS[*]}" $?
for i in 1 2; do false | true; if true; then break; fi; done; echo "${PIPESTATUS[*]}" $?
f() { for i in 1; do false | true; break; done; echo "${PIPESTATUS[*]}" $?; }
f
## STDOUT:
0 0
0 0
0 1
0 0
0 0
0 0
0 0
## END

#### PIPESTATUS in arithmetic loops at the start, once a command has run
for ((i = 0; i < 2; i++)); do while :; do break; done; echo "${PIPESTATUS[*]}"; done
for ((;;)); do false | true; break; done; echo "${PIPESTATUS[*]}"
## STDOUT:
0
0
0
## END

#### stages that are one program: killed, not found, without input, with a readonly variable
bash -c 'kill -9 $$' | cat; echo "${PIPESTATUS[@]}"
bash -c 'kill -TERM $$' | bash -c 'cat; exit 7'; echo "${PIPESTATUS[@]}"
nosuch-program | cat | false; echo "${PIPESTATUS[@]}"
cat </nosuch | sort; echo "${PIPESTATUS[@]}"
readonly A=1
A=2 env | grep -c '^A='; echo "${PIPESTATUS[@]}"
trap '' TERM
bash -c 'kill -TERM $$; echo alive' | cat
trap - TERM
shopt -s failglob
ls /nosuch* | cat; echo "${PIPESTATUS[@]}"
shopt -u failglob
ls /nosuch* 2>/dev/null | wc -l; echo "${PIPESTATUS[@]}"
(exit 3) | sleep 0 | bash -c 'exit 9'; echo "${PIPESTATUS[@]}"
set -eo pipefail
sort </dev/null | cat
false | true
echo unreached
## STDOUT:
137 0
143 7
127 0 1
1 0
0
0 1
alive
1 0
0
2 0
3 0 9
## END
## status: 1

#### stages that are one program, in a working directory that is gone
mkdir gone; cd gone; rmdir ../gone
echo a | cat
ls | wc -l; echo "${PIPESTATUS[@]}"
## STDOUT:
a
0
0 0
## END

#### A function that has looped for long ends its stage by exit
f() {
  i=0
  while [ "$i" -lt 60 ]; do
    i=$((i + 1))
    if [ "$i" = never ]; then
      # Steps count for the execution's history whether they run or not.
      : "$i" && : "$i" && : "$i" && : "$i" && : "$i" && : "$i" && : "$i" && : "$i"
      : "$i" && : "$i" && : "$i" && : "$i" && : "$i" && : "$i" && : "$i" && : "$i"
      : "$i" && : "$i" && : "$i" && : "$i" && : "$i" && : "$i" && : "$i" && : "$i"
      : "$i" && : "$i" && : "$i" && : "$i" && : "$i" && : "$i" && : "$i" && : "$i"
      : "$i" && : "$i" && : "$i" && : "$i" && : "$i" && : "$i" && : "$i" && : "$i"
      : "$i" && : "$i" && : "$i" && : "$i" && : "$i" && : "$i" && : "$i" && : "$i"
    fi
  done
  exit 3
}
f | cat
echo "${PIPESTATUS[0]}"
## STDOUT:
3
## END
