# Commands known only at run time: eval, source, variable command names, shadowing.

#### eval joins arguments
eval echo a '"b  c"' 'd;' echo e
## STDOUT:
a b  c d
e
## END

#### eval assigns and expands twice
x='$y'; y=deep; eval echo $x; eval "z=$x"; echo $z
## STDOUT:
deep
deep
## END

#### eval defines functions and aliases
eval 'f() { echo "made $1"; }'; f x
## STDOUT:
made x
## END

#### eval with control flow
for i in 1 2 3; do eval 'if [ $i = 2 ]; then continue; fi'; echo $i; done
## STDOUT:
1
3
## END

#### eval with exit and return
f() { eval 'return 4'; echo no; }; f; echo $?; eval 'exit 3'; echo no
## STDOUT:
4
## END
## status: 3

#### eval with a syntax error goes on
eval 'if' 2>/dev/null; echo "$?"; eval ')' 2>/dev/null; echo on
## STDOUT:
2
on
## END

#### eval with a here-document and newlines
eval 'cat <<E
$((1+1))
E
echo after'
## STDOUT:
2
after
## END

#### eval with redirection and pipe
eval 'echo a; echo b >&2' 2>/dev/null | cat; eval 'exec 3> f'; echo x >&3; exec 3>&-; cat f
## STDOUT:
a
x
## END

#### eval nested
eval eval eval echo deep; eval "eval 'echo \"a b\"'"
## STDOUT:
deep
a b
## END

#### eval of many lines with state
eval 'a=1
b=2
c() { echo c$a$b; }'
c
## STDOUT:
c12
## END

#### eval in a substitution, a pipeline and the background
echo $(eval 'echo s'); eval 'echo p' | eval cat; eval 'echo b > f' & wait; cat f
## STDOUT:
s
p
b
## END

#### eval with LINENO
eval 'echo $LINENO'

eval '
echo $LINENO'
## STDOUT:
1
5
## END

#### eval sets options
eval 'set -f'; echo *; eval 'set +f'; touch g1; echo g*
## STDOUT:
*
g1
## END

#### eval indirect assignment
for n in a b c; do eval "var_$n=\$n\$n"; done; echo $var_a$var_b$var_c
## STDOUT:
aabbcc
## END

#### eval with hostile text quoted by printf %q
x="'; {% \$x %} \"\$(id)"; eval "y=$(printf %q "$x")"; [ "$x" = "$y" ] && echo same
## STDOUT:
same
## END

#### eval changes directory and traps
mkdir d; eval 'cd d; trap "echo bye" EXIT'; basename "$PWD"
## STDOUT:
d
bye
## END

#### eval starts a job
eval 'true & p=$!'; wait $p; echo $?
## STDOUT:
0
## END

#### source sets variables and functions
echo 'v=1; f() { echo "lib $v"; }' > lib.sh; . ./lib.sh; f; source ./lib.sh; echo $v
## STDOUT:
lib 1
1
## END

#### source with arguments
echo 'echo $# $1; shift; echo $1' > lib; set -- outer; . ./lib a b; echo $1; . ./lib; 
## STDOUT:
2 a
b
outer
1 outer

## END

#### source without arguments can change the caller's
echo 'set -- x y' > lib; set -- a; . ./lib; echo $#; . ./lib q; echo $#
## STDOUT:
2
2
## END

#### source returns
echo 'echo a; return 3; echo b' > lib; . ./lib; echo $?
## STDOUT:
a
3
## END

#### source in a function sees locals
echo 'echo $l; l=changed' > lib; f() { local l=loc; . ./lib; echo $l; }; f; echo "[$l]"
## STDOUT:
loc
changed
[]
## END

#### source exits
echo 'exit 5' > lib; (. ./lib; echo no); echo $?; . ./lib; echo no
## STDOUT:
5
## END
## status: 5

#### source missing file
. ./missing 2>/dev/null; echo $?
## STDOUT:
1
## END

#### source missing in POSIX mode ends the script
set -o posix
echo a
. ./missing 2>/dev/null
echo no
## STDOUT:
a
## END
## status: 1

#### source looks in PATH
mkdir p; echo 'echo from path' > p/lib9; PATH=$PWD/p:$PATH; . lib9
## STDOUT:
from path
## END

#### source a computed path
n=lib; echo 'echo computed' > lib.sh; . "./$n.sh"; d=.; source $d/lib.sh
## STDOUT:
computed
computed
## END

#### source in a loop and a condition
echo 'c=$((c+1)); [ $c -lt 3 ]' > lib; while . ./lib; do echo $c; done; echo end $c
## STDOUT:
1
2
end 3
## END

#### source of a file made just before
for i in 1 2; do echo "echo gen $i" > g; . ./g; done
## STDOUT:
gen 1
gen 2
## END

#### source from a pipe and process substitution
. /dev/stdin <<< 'echo from stdin; s=1'; echo $s; . <(echo 'echo from fd; t=2'); echo $t
## STDOUT:
from stdin
1
from fd
2
## END

#### source nested with LINENO and BASH_SOURCE
echo 'echo b $LINENO ${BASH_SOURCE[0]}' > b; printf '\n. ./b\necho a $LINENO ${BASH_SOURCE[0]}\n' > a; . ./a; echo top $LINENO
## STDOUT:
b 1 ./b
a 3 ./a
top 1
## END

#### source changes directory, options and traps
mkdir d; echo 'cd d; set -f; trap "echo t" EXIT' > lib; . ./lib; basename "$PWD"; echo *
## STDOUT:
d
*
t
## END

#### source with break and continue
echo 'break' > lib; for i in 1 2; do . ./lib; echo no; done; echo $i
## STDOUT:
1
## END

#### source with a syntax error goes on
echo 'echo first; if' > lib; . ./lib 2>/dev/null; echo "$?"
## STDOUT:
2
## END

#### source opens a descriptor
echo 'exec 3> f' > lib; . ./lib; echo x >&3; exec 3>&-; cat f
## STDOUT:
x
## END

#### source with aliases
shopt -s expand_aliases
echo 'alias hey="echo hey"' > lib
. ./lib
hey you
## STDOUT:
hey you
## END

#### source reads the script's input
echo 'read x' > lib; . ./lib; read y; echo $x $y
## stdin-json: "1\n2\n"
## STDOUT:
1 2
## END

#### variable command words
c=echo; $c a; c='echo b'; $c; c='echo -n'; $c c; echo; c=; $c echo d
## STDOUT:
a
b
c
d
## END

#### variable command that is a builtin with state
c=cd; $c /; pwd; c='export Z=5'; $c; sh -c 'echo $Z'; c=shift; set -- a b; $c; echo $1
## STDOUT:
/
5
b
## END

#### variable command that is exit
c='exit 7'
$c
echo no
## STDOUT:
## END
## status: 7

#### variable command that is return
f() { r=return; $r 3; echo no; }; f; echo $?
## STDOUT:
3
## END

#### variable command that is break and continue
for i in 1 2 3; do b=continue; [ $i = 2 ] && $b; [ $i = 3 ] && b=break && $b; echo $i; done
## STDOUT:
1
## END

#### variable command that is eval, source and set
e=eval; $e 'x=1; echo $x'; s=.; echo 'echo src' > l; $s ./l; t=set; $t -- p q; echo $2
## STDOUT:
1
src
q
## END

#### variable command that is a function
f() { v=$1; return 2; }; n=f; $n val; echo $? $v
## STDOUT:
2 val
## END

#### variable command that is trap
t=trap; $t 'echo trapped' EXIT; echo body
## STDOUT:
body
trapped
## END

#### variable command that is exec
x=exec; $x 3> f; echo a >&3; $x 3>&-; cat f; $x echo replaced; echo no
## STDOUT:
a
replaced
## END

#### variable command that is local and declare
f() { l=local; $l x=5; echo $x; }; x=1; f; echo $x; d=declare; $d -i n; n=1+1; echo $n
## STDOUT:
5
1
2
## END

#### variable command that is read, printf -v, unset, wait
r=read; $r a <<< v; echo $a; p=printf; $p -v q %s z; echo $q; u=unset; $u a; echo "[$a]"; true & w=wait; $w; echo $?
## STDOUT:
v
z
[]
0
## END

#### variable command that is command and builtin
c=command; $c cd /; pwd; b=builtin; $b cd /tmp; pwd; $c exit 3; echo no
## STDOUT:
/
/tmp
## END
## status: 3

#### variable command that is an assignment is not one
x='a=5'; $x 2>/dev/null; echo "$? [$a]"
## STDOUT:
127 []
## END

#### variable command that is a reserved word is not one
x=if; $x true 2>/dev/null; echo $?; y='{'; $y echo a 2>/dev/null; echo $?
## STDOUT:
127
127
## END

#### positional command words
set -- echo a 'b c'; "$@"; set -- cd /; "$@"; pwd; set -- ; "$@"; echo $?
## STDOUT:
a b c
/
0
## END

#### positional command that sets the parameters
set -- set -- new words; "$@"; echo $# $1
## STDOUT:
2 new
## END

#### array command words
a=(printf '<%s>' x 'y z'); "${a[@]}"; echo; a=(exit 4); "${a[@]}"; echo no
## STDOUT:
<x><y z>
## END
## status: 4

#### substitution as command word
$(echo echo) a; $(echo exit) 6; echo no
## STDOUT:
a
## END
## status: 6

#### partly quoted command words
e'c'ho a; "ec"ho b; ec\ho c; ex""it 8; echo no
## STDOUT:
a
b
c
## END
## status: 8

#### command word with a tilde, glob and brace
printf '#!/bin/sh\necho ran\n' > prog1; chmod +x prog1; HOME=$PWD; ~/prog1; ./prog?; {echo,x,y}
## STDOUT:
ran
ran
x y
## END

#### command word with assignments before
c='sh -c'; A=1 $c 'echo $A'; A=2 eval 'echo $A'; echo "[$A]"
## STDOUT:
1
2
[]
## END

#### command word with a redirection
c='cat -'; $c <<< in > f; cat f
## STDOUT:
in
## END

#### function shadows exit, return cannot be avoided by quoting
exit() { echo "fake exit $1"; builtin exit 3; }
exit 9; echo no
## STDOUT:
fake exit 9
## END
## status: 3

#### function shadows set, shift, export
set() { echo fake set; }; set -- a; echo $#; unset -f set; set -- a; echo $#
## STDOUT:
fake set
0
1
## END

#### function shadows true in a condition
true() { return 1; }; if true; then echo yes; else echo no; fi; unset -f true; true && echo back
## STDOUT:
no
back
## END

#### function shadows break in a loop
break() { echo nobreak; }; for i in 1 2; do break; echo $i; done
## STDOUT:
nobreak
1
nobreak
2
## END

#### function shadows source and eval
eval() { builtin echo "fake eval $*"; }; eval echo a; .() { echo dot; } 2>/dev/null; unset -f eval; eval echo b
## STDOUT:
fake eval echo a
b
## END

#### function defined over a command later
date() { echo fake date; }; date; unset -f date; date +%Y | grep -c 20
## STDOUT:
fake date
1
## END

#### function and variable of the same name
f=1; f() { f=2; }; f; echo $f
## STDOUT:
2
## END

#### unset decides between function and variable
n=v; n() { echo f; }; unset n; echo "[$n]"; n; unset n; n 2>/dev/null || echo gone
## STDOUT:
[]
f
gone
## END

#### command_not_found_handle
command_not_found_handle() { echo "handler: $1 $2"; return 9; }
nosuchcmd arg; echo $?
## STDOUT:
handler: nosuchcmd arg
9
## END

#### variable function names in a dispatch table
cmd_start() { echo starting; }; cmd_stop() { echo stopping; return 2; }
for c in start stop other; do if declare -F "cmd_$c" > /dev/null; then "cmd_$c"; echo $?; else echo "unknown $c"; fi; done
## STDOUT:
starting
0
stopping
2
unknown other
## END

#### functions through find and xargs with bash -c
f() { echo "f:$1"; }; export -f f; touch a b; printf '%s\n' a b | xargs -n1 bash -c 'f "$1"' _
## STDOUT:
f:a
f:b
## END

#### trap text as code with functions
on_exit() { echo "exit with $?"; }; trap on_exit EXIT; c='exit 5'; $c
## STDOUT:
exit with 5
## END
## status: 5

#### bash -c and sh -c children
bash -c 'echo $0 $1' name arg; sh -c 'exit 4'; echo $?; bash -c 'x=1; echo $x; false' || echo $?
## STDOUT:
name arg
4
1
1
## END

#### script made and run
cat > s.sh <<'E'
#!/bin/bash
echo "s $# $1"
exit 3
E
chmod +x s.sh; ./s.sh 'a b'; echo $?; bash s.sh; sh ./s.sh z
## STDOUT:
s 1 a b
3
s 0 
s 1 z
## END
## status: 3

#### script without shebang
echo 'echo plain $1' > p; chmod +x p; ./p a
## STDOUT:
plain a
## END

#### env, nice, timeout, nohup run commands
env A=1 sh -c 'echo $A'; nice -n 0 echo nice; timeout 5 echo timed; timeout 0.05 sleep 2; echo $?
## STDOUT:
1
nice
timed
124
## END

#### find -exec
mkdir d; touch d/a d/b; find d -type f -exec echo {} \; | sort
## STDOUT:
d/a
d/b
## END

#### let a variable hold operators: no
x='&& echo no'; echo a $x; y='| cat'; echo b $y; z='> f'; echo c $z; ls
## STDOUT:
a && echo no
b | cat
c > f
## END

#### reading commands from a file and running each
printf 'echo one\nx=5\necho $x\n' > cmds; while read -r l; do eval "$l"; done < cmds; echo $x
## STDOUT:
one
5
5
## END

#### heredoc fed shell
bash <<'E'
echo in $((1+1))
exit 6
E
echo $?
## STDOUT:
in 2
6
## END

#### parameters of eval with globs and splitting
touch f1 f2; eval 'echo f*'; x='a   b'; eval echo $x; eval "echo '$x'"
## STDOUT:
f1 f2
a b
a   b
## END

#### eval sets a DEBUG trap
eval 'trap "echo D" DEBUG'
echo 1
x=2
f() { echo in; }
f
## STDOUT:
D
1
D
D
in
## END

#### eval sets a RETURN trap
eval 'set -o functrace; trap "echo R" RETURN'
f() { echo f; }
f
f
## STDOUT:
f
R
f
R
## END

#### a text that sets a DEBUG trap
x="trap 'echo d' DEBUG"; eval "$x"; ls >/dev/null; echo a; trap - DEBUG; echo b
## STDOUT:
d
d
a
d
b
## END

#### a text that sets a RETURN trap
x="trap 'echo r' RETURN"; f() { ls >/dev/null; eval "$x"; ls >/dev/null; echo in; }; f; echo out
## STDOUT:
in
r
out
## END

#### texts that change what a shell cannot be given
x='enable -n echo'; eval "$x"; ls >/dev/null; type -t echo
x='unset SECONDS'; eval "$x"; ls >/dev/null; SECONDS=abc; echo $SECONDS
## STDOUT:
file
abc
## END

#### getopts in a text
x='getopts ab o'; set -- -ab -b; while eval "$x"; do ls >/dev/null; echo $o; done
## STDOUT:
a
b
b
## END

#### a limit on files in a text
x='ulimit -f 1'; eval "$x"; ls >/dev/null; head -c 5000 /dev/zero > big; echo $?
## STDOUT:
153
## END

#### a handler that sets a DEBUG trap
trap 'trap "echo d" DEBUG' USR1; kill -USR1 $$; ls >/dev/null; echo a
eval 'trap - DEBUG'; ls >/dev/null
## STDOUT:
d
d
a
d
d
## END

#### what only run time knows to be trap or set, and what is judged by it
t=trap
if $t 'echo trapped' EXIT; echo body; then echo yes; fi
s=set
(if :; then $s -e; fi; for i in 1; do (exit 3); done; echo no)
echo "$?"
if :; then echo end; fi
## STDOUT:
body
yes
3
end
trapped
## END

#### what only run time knows to be an ERR trap
t=trap; $t 'echo err $?' ERR
if :; then false; fi
{ (exit 3); }
f() { return 4; }
f
echo end
## STDOUT:
err 1
err 3
err 4
end
## END
