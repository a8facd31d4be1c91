# Subshells: a copy of everything; nothing comes back but output, files and the status.

#### variables, arrays, functions
x=1; a=(1); f() { echo f1; }
(x=2; a+=(2); f() { echo f2; }; f; echo $x ${a[@]}); echo $x ${a[@]}; f
## STDOUT:
f2
2 1 2
1 1
f1
## END

#### directory, umask, options, shopt
umask 022
(cd /; umask 077; set -f; shopt -s nullglob); umask; [ $PWD != / ] && echo here; [ -o noglob ] || echo glob; shopt -q nullglob || echo off
## STDOUT:
0022
here
glob
off
## END

#### positional parameters
set -- a b c; (shift; echo $#; set -- x; echo $1); echo $# $1
## STDOUT:
2
x
3 a
## END

#### exit status and exit
(exit 3); echo $?; (exit); echo $?; (false; exit); echo $?; ( (exit 9) ); echo $?
## STDOUT:
3
0
1
9
## END

#### exported variables
export E=1; (E=2; sh -c 'echo $E'); sh -c 'echo $E'; (unset E; sh -c 'echo ${E-none}'); sh -c 'echo $E'
## STDOUT:
2
1
none
1
## END

#### readonly inside
(readonly r=1; echo $r); r=2; echo $r
## STDOUT:
1
2
## END

#### aliases inside
shopt -s expand_aliases
alias a='echo outer'
(alias a='echo inner'
a)
a
## STDOUT:
outer
outer
## END

#### traps are reset but listed
trap 'echo out' EXIT
(trap 'echo in' EXIT; echo body)
(echo no trap here)
echo end
## STDOUT:
body
in
no trap here
end
out
## END

#### signal traps are reset in a subshell
trap 'echo usr1' USR1
(sh -c 'kill -USR1 $PPID'; echo no) ; echo $?
kill -USR1 $$
## STDOUT:
138
usr1
## END

#### ignored signals stay ignored
trap '' TERM
(sh -c 'kill -TERM $PPID'; echo survived)
## STDOUT:
survived
## END

#### nested levels
x=0; (x=1; (x=2; (x=3; echo $x $BASH_SUBSHELL); echo $x); echo $x); echo $x
## STDOUT:
3 3
2
1
0
## END

#### LINENO inside
(
echo $LINENO
)
echo $LINENO
## STDOUT:
2
4
## END

#### BASHPID and $$
(a=$BASHPID; [ $a != $$ ] && echo differs; [ $$ = $$ ] && echo same)
## STDOUT:
differs
same
## END

#### break and continue in a subshell inside a loop
for i in 1 2; do (continue 2>/dev/null; echo "c$i"); done
## STDOUT:
c1
c2
## END

#### return in a subshell inside a function
f() { (return 5); echo $?; (exit 6); echo $?; }; f
## STDOUT:
5
6
## END

#### background in a subshell, wait inside
(echo a > f & wait; cat f)
## STDOUT:
a
## END

#### subshell in a condition and in lists
(true) && echo a; (false) || echo b; if (exit 2); then :; else echo $?; fi; while (exit 1); do :; done
## STDOUT:
a
b
2
## END

#### redirections on a subshell
(echo a; echo b >&2) > o 2> e; cat o e; (cat; read x; echo "[$x]") <<< in
## STDOUT:
a
b
in
[]
## END

#### input is shared with the parent
{ (read a; echo "sub $a"); read b; echo "par $b"; } <<< $'1\n2'
## STDOUT:
sub 1
par 2
## END

#### functions called in a subshell see locals
g() { echo $l; }; f() { local l=loc; (g; l=changed; g); g; }; f
## STDOUT:
loc
changed
loc
## END

#### subshell sees PIPESTATUS, $?, $_ and $!
false | true; (echo ${PIPESTATUS[@]}); (exit 3); (echo $?); : & p=$!; ([ $p = $! ] && echo bang); wait
## STDOUT:
1 0
3
bang
## END

#### OPTIND in a subshell
set -- -a -b; getopts ab o; (getopts ab o; echo $o $OPTIND); getopts ab o; echo $o $OPTIND
## STDOUT:
b 3
b 3
## END

#### IFS in a subshell
x=a:b; (IFS=:; set -- $x; echo $#); set -- $x; echo $#
## STDOUT:
2
1
## END

#### set -e in a subshell
(set -e; false; echo no); echo $?; (set -e; false || true; echo yes)
## STDOUT:
1
yes
## END

#### set -u in a subshell
(set -u; : $nope; echo no) 2>/dev/null; echo $?
## STDOUT:
1
## END

#### expansion error in a subshell
(: ${nope:?msg}; echo no) 2>/dev/null; echo $?
## STDOUT:
1
## END

#### exec in a subshell
(exec echo replaced; echo no); echo on
## STDOUT:
replaced
on
## END

#### deep state after ten subshells
x=0; for i in 1 2 3 4 5 6 7 8 9 10; do (x=$i; echo -n $x); done; echo; echo $x
## STDOUT:
12345678910
0
## END

#### subshell as function body keeps the caller clean
f() ( cd /; x=9; set -- q; exit 4 ); x=1; f a; echo $? $x; [ $PWD != / ] && echo here
## STDOUT:
4 1
here
## END

#### subshell with a heredoc and substitution
(cat <<E
$(echo sub) $BASH_SUBSHELL
E
)
## STDOUT:
sub 1
## END

#### arithmetic effects in a subshell
i=0; ((i++)); (((i++)); ((i+=5)); echo $i); echo $i
## STDOUT:
7
1
## END

#### two parentheses that are no arithmetic
( (echo a) ); ((echo b) ); (: ; (echo c))
## STDOUT:
a
b
c
## END

#### unset in a subshell
x=1; f() { echo f; }; (unset x; unset -f f; echo ${x-none}; f 2>/dev/null || echo gone); echo $x; f
## STDOUT:
none
gone
1
f
## END

#### SECONDS and RANDOM in a subshell
SECONDS=5; ([ $SECONDS -ge 5 ] && echo ok)
## STDOUT:
ok
## END

#### subshell with many commands
(a=1
b=2; c=$((a+b))
if [ $c = 3 ]; then echo three; fi
for i in 1 2; do echo $i; done
exit 7)
echo $?
## STDOUT:
three
1
2
7
## END

#### subshell in a pipeline and back
(echo 3; echo 1) | (sort; echo end)
## STDOUT:
1
3
end
## END

#### subshell with local errors stays local
(cd /nonexistent 2>/dev/null || exit 3; echo no); echo $?
## STDOUT:
3
## END

#### DIRSTACK in a subshell
(pushd / > /dev/null; echo ${#DIRSTACK[@]}); echo ${#DIRSTACK[@]}
## STDOUT:
2
1
## END

#### hash and PATH in a subshell
(PATH=/nonexistent; ls 2>/dev/null; echo $?); ls -d .
## STDOUT:
127
.
## END

#### SHELLOPTS-like flags after a subshell with set -x off
(set -o pipefail; false | true; echo $?); false | true; echo $?
## STDOUT:
1
0
## END

#### subshell in a while read loop shares its input
printf '1\n2\n3\n' | while read x; do (read y; echo "$x $y"); done
## STDOUT:
1 2
3 
## END

#### subshell in a function in a substitution in a subshell
f() { (echo $(echo $1 $BASH_SUBSHELL)); }; (f a)
## STDOUT:
a 3
## END

#### BASH_SUBSHELL in a stage whose text looks as if it read a file
sh -c 'echo a' | (
  echo "$BASH_SUBSHELL"
  pushd . > /dev/null
  cat
)
sh -c 'echo a' | { echo "$BASH_SUBSHELL"; pushd . > /dev/null; }
x=$(pushd . > /dev/null; echo "$BASH_SUBSHELL")
echo "$x"
## STDOUT:
1
a
1
1
## END

#### env before the end of a subshell shows the level of shells that it has there
export SHLVL=5
( env | grep '^SHLVL'; env > all; true | cat; echo end )
grep '^SHLVL' all
( true | cat; env > all )
grep '^SHLVL' all
( true | cat; env -i x=1; env -i sh -c 'echo $x' )
( ( env > all; echo inner ); ( env > all2 ); true )
grep '^SHLVL' all all2
rm all all2
## STDOUT:
SHLVL=5
end
SHLVL=5
SHLVL=5
x=1

inner
all:SHLVL=5
all2:SHLVL=4
## END
