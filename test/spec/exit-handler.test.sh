# EXIT traps that call a function: its commands are steps where the script itself ends.

#### the end of the script
cleanup() { local s=$?; echo "c $s $# ${FUNCNAME[*]} ${BASH_LINENO[*]} $LINENO"; caller; :; echo "end $?"; }
trap cleanup EXIT
echo a
false
## STDOUT:
a
c 1 0 cleanup main 1 0 1
1 ../t.sh
end 0
## END
## status: 1

#### exit with a number
cleanup() { local s=$?; echo "c $s $# ${FUNCNAME[*]} ${BASH_LINENO[*]} $LINENO"; caller; false; echo "end $?"; }
trap cleanup EXIT
echo a
exit 3
echo b
## STDOUT:
a
c 3 0 cleanup main 1 0 1
1 ../t.sh
end 1
## END
## status: 3

#### exit without one
cleanup() { local s=$?; echo "c $s $# ${FUNCNAME[*]} ${BASH_LINENO[*]} $LINENO"; caller; false; echo "end $?"; }
trap cleanup EXIT
(exit 5)
exit
## STDOUT:
c 5 0 cleanup main 1 0 1
1 ../t.sh
end 1
## END
## status: 5

#### exit with a variable
cleanup() { local s=$?; echo "c $s $# ${FUNCNAME[*]} ${BASH_LINENO[*]} $LINENO"; caller; false; echo "end $?"; }
trap cleanup EXIT
x=6
exit $x
## STDOUT:
c 6 0 cleanup main 1 0 1
1 ../t.sh
end 1
## END
## status: 6

#### exit with a negative number
cleanup() { local s=$?; echo "c $s $# ${FUNCNAME[*]} ${BASH_LINENO[*]} $LINENO"; caller; false; echo "end $?"; }
trap cleanup EXIT
exit -1
## STDOUT:
c 255 0 cleanup main 1 0 1
1 ../t.sh
end 1
## END
## status: 255

#### exit with a word
cleanup() { local s=$?; echo "c $s $# ${FUNCNAME[*]} ${BASH_LINENO[*]} $LINENO"; caller; false; echo "end $?"; }
trap cleanup EXIT
exit abc
echo x
## STDOUT:
c 2 0 cleanup main 1 0 1
1 ../t.sh
end 1
## END
## status: 2

#### exit with two words
cleanup() { local s=$?; echo "c $s $# ${FUNCNAME[*]} ${BASH_LINENO[*]} $LINENO"; caller; false; echo "end $?"; }
trap cleanup EXIT
exit 1 2
echo x
## STDOUT:
x
c 0 0 cleanup main 1 0 1
1 ../t.sh
end 1
## END

#### exit in a conditional
cleanup() { local s=$?; echo "c $s $# ${FUNCNAME[*]} ${BASH_LINENO[*]} $LINENO"; caller; :; echo "end $?"; }
trap cleanup EXIT
if true; then exit 4; fi
## STDOUT:
c 4 0 cleanup main 1 0 1
1 ../t.sh
end 0
## END
## status: 4

#### exit in a list
cleanup() { local s=$?; echo "c $s $# ${FUNCNAME[*]} ${BASH_LINENO[*]} $LINENO"; caller; false; echo "end $?"; }
trap cleanup EXIT
exit 4 || echo x
## STDOUT:
c 4 0 cleanup main 1 0 1
1 ../t.sh
end 1
## END
## status: 4

#### exit in a for loop
cleanup() { local s=$?; echo "c $s $# ${FUNCNAME[*]} ${BASH_LINENO[*]} $LINENO"; caller; echo $i; echo "end $?"; }
trap cleanup EXIT
for i in 1 2 3; do [ $i = 2 ] && exit 4; echo $i; done
## STDOUT:
1
c 4 0 cleanup main 1 0 1
1 ../t.sh
2
end 0
## END
## status: 4

#### exit in a while loop
cleanup() { local s=$?; echo "c $s $# ${FUNCNAME[*]} ${BASH_LINENO[*]} $LINENO"; caller; echo $i; echo "end $?"; }
trap cleanup EXIT
i=0; while :; do i=$((i+1)); if [ $i = 4 ]; then exit; fi; done
## STDOUT:
c 0 0 cleanup main 1 0 1
1 ../t.sh
4
end 0
## END

#### exit in a redirected group
cleanup() { local s=$?; echo "c $s $# ${FUNCNAME[*]} ${BASH_LINENO[*]} $LINENO"; caller; echo $i; echo "end $?"; }
trap cleanup EXIT
{ echo a; exit 3; } >out.txt
## status: 3

#### exit in subshells and substitutions is none of the script
cleanup() { local s=$?; echo "c $s $# ${FUNCNAME[*]} ${BASH_LINENO[*]} $LINENO"; caller; :; echo "end $?"; }
trap cleanup EXIT
(exit 3)
echo $?
(echo in; exit 4)
x=$(echo a; exit 5)
echo $? $x
## STDOUT:
3
in
5 a
c 0 0 cleanup main 1 0 1
1 ../t.sh
end 0
## END

#### nor in pipelines
cleanup() { local s=$?; echo "c $s $# ${FUNCNAME[*]} ${BASH_LINENO[*]} $LINENO"; caller; :; echo "end $?"; }
trap cleanup EXIT
exit 3 | cat
echo a | exit 4
echo $?
## STDOUT:
4
c 0 0 cleanup main 1 0 1
1 ../t.sh
end 0
## END

#### exit in a function
cleanup() { local s=$?; echo "c $s $# ${FUNCNAME[*]} ${BASH_LINENO[*]} $LINENO"; caller; :; echo "end $?"; }
trap cleanup EXIT
f() { local v=1; exit 3; }
f
## STDOUT:
c 3 0 cleanup f main 1 4 0 1
1 ../t.sh
end 0
## END
## status: 3

#### exit in the handler
cleanup() { local s=$?; echo "c $s $# ${FUNCNAME[*]} ${BASH_LINENO[*]} $LINENO"; caller; exit 9; echo "end $?"; }
trap cleanup EXIT
exit 3
## STDOUT:
c 3 0 cleanup main 1 0 1
1 ../t.sh
## END
## status: 9

#### exit without a number in the handler keeps the status
cleanup() { local s=$?; echo "c $s $# ${FUNCNAME[*]} ${BASH_LINENO[*]} $LINENO"; caller; false; exit; echo "end $?"; }
trap cleanup EXIT
exit 3
## STDOUT:
c 3 0 cleanup main 1 0 1
1 ../t.sh
## END
## status: 3

#### what the handler returns is nobody's
cleanup() { local s=$?; echo "c $s $# ${FUNCNAME[*]} ${BASH_LINENO[*]} $LINENO"; caller; return 9; echo "end $?"; }
trap cleanup EXIT
exit 3
## STDOUT:
c 3 0 cleanup main 1 0 1
1 ../t.sh
## END
## status: 3

#### return without a number in a function that the handler calls
g() { false; return; }
cleanup() { local s=$?; echo "c $s $# ${FUNCNAME[*]} ${BASH_LINENO[*]} $LINENO"; caller; g; echo "end $?"; }
trap cleanup EXIT
exit 3
## STDOUT:
c 3 0 cleanup main 1 0 2
1 ../t.sh
end 3
## END
## status: 3

#### exit in a function that the handler calls
g() { (exit 7); exit; }
cleanup() { local s=$?; echo "c $s $# ${FUNCNAME[*]} ${BASH_LINENO[*]} $LINENO"; caller; g; echo "end $?"; }
trap cleanup EXIT
exit 3
## STDOUT:
c 3 0 cleanup main 1 0 2
1 ../t.sh
## END
## status: 3

#### exit in subshells of the handler
cleanup() { local s=$?; echo "c $s $# ${FUNCNAME[*]} ${BASH_LINENO[*]} $LINENO"; caller; (exit 8); echo $?; (false; exit); echo $?; x=$(exit 6); echo $?; echo "end $?"; }
trap cleanup EXIT
exit 3
## STDOUT:
c 3 0 cleanup main 1 0 1
1 ../t.sh
8
1
6
end 0
## END
## status: 3

#### set -e ends the handler
set -e
cleanup() { local s=$?; echo "c $s $# ${FUNCNAME[*]} ${BASH_LINENO[*]} $LINENO"; caller; false; echo "end $?"; }
trap cleanup EXIT
exit 3
## STDOUT:
c 3 0 cleanup main 1 0 2
1 ../t.sh
## END
## status: 1

#### set -e is ignored in parts of the handler
set -e
cleanup() { local s=$?; echo "c $s $# ${FUNCNAME[*]} ${BASH_LINENO[*]} $LINENO"; caller; false || echo ok; ! true; if false; then :; fi; echo "end $?"; }
trap cleanup EXIT
exit 3
## STDOUT:
c 3 0 cleanup main 1 0 2
1 ../t.sh
ok
end 0
## END
## status: 3

#### set -e ends the script
set -e
cleanup() { local s=$?; echo "c $s $# ${FUNCNAME[*]} ${BASH_LINENO[*]} $LINENO"; caller; :; echo "end $?"; }
trap cleanup EXIT
echo a
false
echo b
## STDOUT:
a
c 1 0 cleanup main 1 0 2
1 ../t.sh
end 0
## END
## status: 1

#### set -e ends it in a function
set -e
cleanup() { local s=$?; echo "c $s $# ${FUNCNAME[*]} ${BASH_LINENO[*]} $LINENO"; caller; :; echo "end $?"; }
trap cleanup EXIT
f() { false; echo no; }
f
echo b
## STDOUT:
c 1 0 cleanup f main 1 5 0 2
1 ../t.sh
end 0
## END
## status: 1

#### a failed substitution in the handler under set -e
set -e
cleanup() { local s=$?; echo "c $s $# ${FUNCNAME[*]} ${BASH_LINENO[*]} $LINENO"; caller; x=$(false); echo no; echo "end $?"; }
trap cleanup EXIT
exit 3
## STDOUT:
c 3 0 cleanup main 1 0 2
1 ../t.sh
## END
## status: 1

#### an unset variable in the handler
set -u
cleanup() { local s=$?; echo "c $s $# ${FUNCNAME[*]} ${BASH_LINENO[*]} $LINENO"; caller; echo $nope; echo no; echo "end $?"; }
trap cleanup EXIT
exit 3
## STDOUT:
c 3 0 cleanup main 1 0 2
1 ../t.sh
## END
## status: 3

#### the same under set -e
set -eu
cleanup() { local s=$?; echo "c $s $# ${FUNCNAME[*]} ${BASH_LINENO[*]} $LINENO"; caller; echo "$nope"; echo no; echo "end $?"; }
trap cleanup EXIT
exit 3
## STDOUT:
c 3 0 cleanup main 1 0 2
1 ../t.sh
## END
## status: 1

#### an unset variable in a function that the handler calls
set -u
g() { h; echo no; }
h() { echo $nope; echo no; }
cleanup() { local s=$?; echo "c $s $# ${FUNCNAME[*]} ${BASH_LINENO[*]} $LINENO"; caller; g; echo "end $?"; }
trap cleanup EXIT
echo a
## STDOUT:
a
c 0 0 cleanup main 1 0 4
1 ../t.sh
## END

#### an unset variable in the script
set -u
cleanup() { local s=$?; echo "c $s $# ${FUNCNAME[*]} ${BASH_LINENO[*]} $LINENO"; caller; :; echo "end $?"; }
trap cleanup EXIT
echo $nope
echo b
## STDOUT:
c 1 0 cleanup main 1 0 2
1 ../t.sh
end 0
## END
## status: 1

#### a failed expansion in the handler
cleanup() { local s=$?; echo "c $s $# ${FUNCNAME[*]} ${BASH_LINENO[*]} $LINENO"; caller; echo ${nope?bad}; echo no; echo "end $?"; }
trap cleanup EXIT
exit 3
## STDOUT:
c 3 0 cleanup main 1 0 1
1 ../t.sh
## END
## status: 3

#### an arithmetic error in the handler
cleanup() { local s=$?; echo "c $s $# ${FUNCNAME[*]} ${BASH_LINENO[*]} $LINENO"; caller; echo $((1/0)); echo no; echo "end $?"; }
trap cleanup EXIT
exit 3
## STDOUT:
c 3 0 cleanup main 1 0 1
1 ../t.sh
## END
## status: 3

#### an arithmetic error in a function that the handler calls
g() { echo $((1/0)); echo no; }
cleanup() { local s=$?; echo "c $s $# ${FUNCNAME[*]} ${BASH_LINENO[*]} $LINENO"; caller; g; echo "end $?"; }
trap cleanup EXIT
exit 3
## STDOUT:
c 3 0 cleanup main 1 0 2
1 ../t.sh
## END
## status: 3

#### an assignment to a read-only variable in the handler
cleanup() { local s=$?; echo "c $s $# ${FUNCNAME[*]} ${BASH_LINENO[*]} $LINENO"; caller; readonly r=1; r=2; echo no; echo "end $?"; }
trap cleanup EXIT
exit 3
## STDOUT:
c 3 0 cleanup main 1 0 1
1 ../t.sh
## END
## status: 3

#### the trap is taken away
cleanup() { local s=$?; echo "c $s $# ${FUNCNAME[*]} ${BASH_LINENO[*]} $LINENO"; caller; :; echo "end $?"; }
trap cleanup EXIT
trap - EXIT
echo a
## STDOUT:
a
## END

#### the handler takes it away itself
cleanup() { local s=$?; echo "c $s $# ${FUNCNAME[*]} ${BASH_LINENO[*]} $LINENO"; caller; trap - EXIT; trap - TERM; exit $s; echo "end $?"; }
trap cleanup EXIT TERM
exit 3
## STDOUT:
c 3 0 cleanup main 1 0 1
1 ../t.sh
## END
## status: 3

#### another function becomes the handler
cleanup() { local s=$?; echo "c $s $# ${FUNCNAME[*]} ${BASH_LINENO[*]} $LINENO"; caller; :; echo "end $?"; }
other() { echo other $?; }
trap cleanup EXIT
echo a
trap other EXIT
exit 2
## STDOUT:
a
other 2
## END
## status: 2

#### a trap that is set or not
cleanup() { local s=$?; echo "c $s $# ${FUNCNAME[*]} ${BASH_LINENO[*]} $LINENO"; caller; :; echo "end $?"; }
if [ -n "$1" ]; then trap cleanup EXIT; fi
echo a
exit 2
## STDOUT:
a
## END
## status: 2

#### the function is defined after the trap
trap cleanup EXIT
cleanup() { local s=$?; echo "c $s $# ${FUNCNAME[*]} ${BASH_LINENO[*]} $LINENO"; caller; :; echo "end $?"; }
echo a
## STDOUT:
a
c 0 0 cleanup main 1 0 2
1 ../t.sh
end 0
## END

#### the function is redefined
cleanup() { local s=$?; echo "c $s $# ${FUNCNAME[*]} ${BASH_LINENO[*]} $LINENO"; caller; :; echo "end $?"; }
trap cleanup EXIT
cleanup() { echo new $?; date >/dev/null; }
echo a
## STDOUT:
a
new 0
## END

#### the function is unset
cleanup() { local s=$?; echo "c $s $# ${FUNCNAME[*]} ${BASH_LINENO[*]} $LINENO"; caller; :; echo "end $?"; }
trap cleanup EXIT
unset -f cleanup
echo a
## STDOUT:
a
## END

#### a handler with arguments
cleanup() { local s=$?; echo "c $s $# ${FUNCNAME[*]} ${BASH_LINENO[*]} $LINENO"; caller; echo "$1"; echo "end $?"; }
trap "cleanup x" EXIT
echo a
## STDOUT:
a
c 0 1 cleanup main 1 0 1
1 ../t.sh
x
end 0
## END

#### a signal whose handler exits
cleanup() { local s=$?; echo "c $s $# ${FUNCNAME[*]} ${BASH_LINENO[*]} $LINENO"; caller; :; echo "end $?"; }
trap cleanup EXIT
trap "exit 7" TERM
kill -TERM $$
echo no
## STDOUT:
c 7 0 cleanup main 1 0 1
1 ../t.sh
end 0
## END
## status: 7

#### a signal within the handler
cleanup() { local s=$?; echo "c $s $# ${FUNCNAME[*]} ${BASH_LINENO[*]} $LINENO"; caller; kill -USR1 $$; echo after; echo "end $?"; }
trap cleanup EXIT
trap "echo got" USR1
exit 3
## STDOUT:
c 3 0 cleanup main 1 0 1
1 ../t.sh
got
after
end 0
## END
## status: 3

#### the handler lists traps
cleanup() { local s=$?; echo "c $s $# ${FUNCNAME[*]} ${BASH_LINENO[*]} $LINENO"; caller; trap; trap -p; echo "end $?"; }
trap cleanup EXIT
exit 3
## STDOUT:
c 3 0 cleanup main 1 0 1
1 ../t.sh
trap -- 'cleanup' EXIT
trap -- 'cleanup' EXIT
end 0
## END
## status: 3

#### the handler sets the trap again
cleanup() { local s=$?; echo "c $s $# ${FUNCNAME[*]} ${BASH_LINENO[*]} $LINENO"; caller; trap "echo again" EXIT; echo "end $?"; }
trap cleanup EXIT
exit 3
## STDOUT:
c 3 0 cleanup main 1 0 1
1 ../t.sh
end 0
## END
## status: 3

#### pipelines in the handler
cleanup() { local s=$?; echo "c $s $# ${FUNCNAME[*]} ${BASH_LINENO[*]} $LINENO"; caller; echo a b | tr a-z A-Z | cat; seq 3 | while read x; do echo $x; done; echo "end $?"; }
trap cleanup EXIT
exit 3
## STDOUT:
c 3 0 cleanup main 1 0 1
1 ../t.sh
A B
1
2
3
end 0
## END
## status: 3

#### redirections in the handler
g() { echo g; date >/dev/null; }
cleanup() { local s=$?; echo "c $s $# ${FUNCNAME[*]} ${BASH_LINENO[*]} $LINENO"; caller; { echo a; echo b >&2; } >out.txt 2>&1; cat out.txt; g >o2; cat o2; echo "end $?"; }
trap cleanup EXIT
exit 3
## STDOUT:
c 3 0 cleanup main 1 0 2
1 ../t.sh
a
b
g
end 0
## END
## status: 3

#### loops in the handler
cleanup() { local s=$?; echo "c $s $# ${FUNCNAME[*]} ${BASH_LINENO[*]} $LINENO"; caller; for i in 1 2 3 4 5 6 7 8; do [ $i = 5 ] && break; echo $i; done; n=0; while [ $n -lt 6 ]; do n=$((n+1)); /bin/true; done; echo $n; echo "end $?"; }
trap cleanup EXIT
exit 3
## STDOUT:
c 3 0 cleanup main 1 0 1
1 ../t.sh
1
2
3
4
6
end 0
## END
## status: 3

#### case in the handler
cleanup() { local s=$?; echo "c $s $# ${FUNCNAME[*]} ${BASH_LINENO[*]} $LINENO"; caller; case $s in 0) echo ok;; *) echo bad $s;; esac; echo "end $?"; }
trap cleanup EXIT
exit 3
## STDOUT:
c 3 0 cleanup main 1 0 1
1 ../t.sh
bad 3
end 0
## END
## status: 3

#### redirected output at the end
cleanup() { local s=$?; echo "c $s $# ${FUNCNAME[*]} ${BASH_LINENO[*]} $LINENO"; caller; echo to file; echo "end $?"; }
trap cleanup EXIT
exec >out.txt
echo a

#### exec in the handler
cleanup() { local s=$?; echo "c $s $# ${FUNCNAME[*]} ${BASH_LINENO[*]} $LINENO"; caller; exec echo gone; echo "end $?"; }
trap cleanup EXIT
exit 3
## STDOUT:
c 3 0 cleanup main 1 0 1
1 ../t.sh
gone
## END

#### a here-document in the handler
cleanup() { local s=$?; echo "c $s $# ${FUNCNAME[*]} ${BASH_LINENO[*]} $LINENO"; caller; cat <<E
val $s
E
echo x; echo "end $?"; }
trap cleanup EXIT
exit 3
## STDOUT:
c 3 0 cleanup main 1 0 1
1 ../t.sh
val 3
x
end 0
## END
## status: 3

#### read in the handler
cleanup() { local s=$?; echo "c $s $# ${FUNCNAME[*]} ${BASH_LINENO[*]} $LINENO"; caller; read x <<< "a b"; echo $x; echo "end $?"; }
trap cleanup EXIT
exit 3
## STDOUT:
c 3 0 cleanup main 1 0 1
1 ../t.sh
a b
end 0
## END
## status: 3

#### a script that is one call
cleanup() { local s=$?; echo "c $s $# ${FUNCNAME[*]} ${BASH_LINENO[*]} $LINENO"; caller; rm -f x; echo "end $?"; }
main() { echo main "$@"; touch x; }
trap cleanup EXIT
main "$@"
## STDOUT:
main
c 0 0 cleanup main 1 0 1
1 ../t.sh
end 0
## END

#### a script that is one call, and exits in it
cleanup() { local s=$?; echo "c $s $# ${FUNCNAME[*]} ${BASH_LINENO[*]} $LINENO"; caller; rm -f x; echo "end $?"; }
main() { echo main "$@"; touch x; exit 4; }
trap cleanup EXIT
main "$@"
## STDOUT:
main
c 4 0 cleanup main main 1 4 0 1
1 ../t.sh
end 0
## END
## status: 4

#### the working directory of the handler
cleanup() { local s=$?; echo "c $s $# ${FUNCNAME[*]} ${BASH_LINENO[*]} $LINENO"; caller; pwd | sed "s|.*/||"; cd ..; echo "end $?"; }
trap cleanup EXIT
mkdir -p q; cd q
set -- a b
x=1
## STDOUT:
c 0 0 cleanup main 1 0 1
1 ../t.sh
q
end 0
## END

#### variables, arrays and parameters in the handler
cleanup() { local s=$?; echo "c $s $# ${FUNCNAME[*]} ${BASH_LINENO[*]} $LINENO"; caller; echo $x ${arr[*]} $*; x=2; echo "end $?"; }
trap cleanup EXIT
x=1; arr=(a b)
set -- p q
localx() { local x=5; }
localx
## STDOUT:
c 0 0 cleanup main 1 0 1
1 ../t.sh
1 a b
end 0
## END

#### the handler comes from a file
. ./lib.sh
trap cleanup EXIT
echo a
exit 3
## FILE: lib.sh
cleanup() { local s=$?; echo "c $s $# ${FUNCNAME[*]} ${BASH_LINENO[*]} $LINENO"; caller; :; echo "end $?"; }
## END
## STDOUT:
a
c 3 0 cleanup main 1 0 1
1 ../t.sh
end 0
## END
## status: 3

#### the trap is set in a file
. ./lib.sh
echo a
exit 3
## FILE: lib.sh
cleanup() { local s=$?; echo "c $s $# ${FUNCNAME[*]} ${BASH_LINENO[*]} $LINENO"; caller; :; echo "end $?"; }
trap cleanup EXIT
## END
## STDOUT:
a
c 3 0 cleanup main 1 0 1
1 ../t.sh
end 0
## END
## status: 3

#### the trap is set in a file that exits
. ./lib.sh
echo a
exit 3
## FILE: lib.sh
cleanup() { local s=$?; echo "c $s $# ${FUNCNAME[*]} ${BASH_LINENO[*]} $LINENO"; caller; :; echo "end $?"; }
trap cleanup EXIT
exit 5
## END
## STDOUT:
c 5 0 cleanup source main 1 1 0 1
1 ./lib.sh
end 0
## END
## status: 5

#### posix mode
set -o posix
cleanup() { local s=$?; echo "c $s $# ${FUNCNAME[*]} ${BASH_LINENO[*]} $LINENO"; caller; :; echo "end $?"; }
trap cleanup EXIT
exit 3
## STDOUT:
c 3 0 cleanup main 1 0 2
1 ../t.sh
end 0
## END
## status: 3

#### exit behind a negation
cleanup() { local s=$?; echo "c $s $# ${FUNCNAME[*]} ${BASH_LINENO[*]} $LINENO"; caller; :; echo "end $?"; }
trap cleanup EXIT
! exit 3
## STDOUT:
c 3 0 cleanup main 1 0 1
1 ../t.sh
end 0
## END
## status: 3

#### the handler waits for a job
cleanup() { local s=$?; echo "c $s $# ${FUNCNAME[*]} ${BASH_LINENO[*]} $LINENO"; caller; wait; echo waited; echo "end $?"; }
trap cleanup EXIT
sleep 0.1 &
echo a
## STDOUT:
a
c 0 0 cleanup main 1 0 1
1 ../t.sh
waited
end 0
## END

#### umask and options in the handler
cleanup() { local s=$?; echo "c $s $# ${FUNCNAME[*]} ${BASH_LINENO[*]} $LINENO"; caller; umask; echo "$-"; echo "end $?"; }
trap cleanup EXIT
umask 077
set -f
## STDOUT:
c 0 0 cleanup main 1 0 1
1 ../t.sh
0077
fhB
end 0
## END

#### a message in the handler
cleanup() { local s=$?; echo "c $s $# ${FUNCNAME[*]} ${BASH_LINENO[*]} $LINENO"; caller; nosuchcmd; echo "end $?"; }
trap cleanup EXIT
exit 3
## STDOUT:
c 3 0 cleanup main 1 0 1
1 ../t.sh
end 127
## END
## status: 3

#### blank lines at the end
cleanup() { local s=$?; echo "c $s $# ${FUNCNAME[*]} ${BASH_LINENO[*]} $LINENO"; caller; :; echo "end $?"; }
trap cleanup EXIT
if false; then echo a; fi
## STDOUT:
c 0 0 cleanup main 1 0 1
1 ../t.sh
end 0
## END

#### LINENO in the handler
cleanup() { local s=$?; echo "c $s $# ${FUNCNAME[*]} ${BASH_LINENO[*]} $LINENO"; caller; echo $LINENO
  echo $LINENO; echo "end $?"; }
trap cleanup EXIT


exit 3
## STDOUT:
c 3 0 cleanup main 1 0 1
1 ../t.sh
1
2
end 0
## END
## status: 3

#### an arithmetic error in a subshell of the handler
set -u
cleanup() { local s=$?; echo "c $s $# ${FUNCNAME[*]} ${BASH_LINENO[*]} $LINENO"; caller; (echo $((1/0)); echo no); echo $?; x=$(echo $((1/0))); echo $?; echo "end $?"; }
trap cleanup EXIT
exit 3
## STDOUT:
c 3 0 cleanup main 1 0 2
1 ../t.sh
1
1
end 0
## END
## status: 3

#### an unset variable in a subshell of the handler
set -u
cleanup() { local s=$?; echo "c $s $# ${FUNCNAME[*]} ${BASH_LINENO[*]} $LINENO"; caller; (echo $nope; echo no); echo $?; echo $nope | cat; echo $?; echo "end $?"; }
trap cleanup EXIT
exit 3
## STDOUT:
c 3 0 cleanup main 1 0 2
1 ../t.sh
1
0
end 0
## END
## status: 3

#### set -e in a subshell of the handler
set -e
cleanup() { local s=$?; echo "c $s $# ${FUNCNAME[*]} ${BASH_LINENO[*]} $LINENO"; caller; (false; echo no); echo $?; echo "end $?"; }
trap cleanup EXIT
exit 3
## STDOUT:
c 3 0 cleanup main 1 0 2
1 ../t.sh
## END
## status: 1

#### exit in a pipeline of the handler
cleanup() { local s=$?; echo "c $s $# ${FUNCNAME[*]} ${BASH_LINENO[*]} $LINENO"; caller; { false; exit; } | cat; echo ${?}; { exit 4; } | { exit; }; echo $?; echo "end $?"; }
trap cleanup EXIT
exit 3
## STDOUT:
c 3 0 cleanup main 1 0 1
1 ../t.sh
0
0
end 0
## END
## status: 3

#### a long loop in the handler, then an error
cleanup() { local s=$?; echo "c $s $# ${FUNCNAME[*]} ${BASH_LINENO[*]} $LINENO"; caller; n=0; while [ $n -lt 700 ]; do n=$((n+1)); done; echo $n; echo $((1/0)); echo no; echo "end $?"; }
trap cleanup EXIT
exit 3
## STDOUT:
c 3 0 cleanup main 1 0 1
1 ../t.sh
700
## END
## status: 3

#### getopts before the end
cleanup() { local s=$?; echo "c $s $# ${FUNCNAME[*]} ${BASH_LINENO[*]} $LINENO"; caller; echo $OPTIND; echo "end $?"; }
trap cleanup EXIT
set -- -a -b
while getopts ab o; do echo $o; done
## STDOUT:
a
b
c 0 0 cleanup main 1 0 1
1 ../t.sh
3
end 0
## END

#### recursion in the handler
g() { echo g $1 ${#FUNCNAME[@]}; if [ $1 -gt 0 ]; then g $(($1-1)); fi; }
cleanup() { local s=$?; echo "c $s $# ${FUNCNAME[*]} ${BASH_LINENO[*]} $LINENO"; caller; g 3; echo "end $?"; }
trap cleanup EXIT
exit 3
## STDOUT:
c 3 0 cleanup main 1 0 2
1 ../t.sh
g 3 3
g 2 4
g 1 5
g 0 6
end 0
## END
## status: 3

#### a RETURN or DEBUG trap that runs in the handler, too
(
  set -T; trap 'echo R' RETURN
  f() { ls -d /; getopts ab: o -a -b x; echo "$o $OPTIND"; }
  trap f EXIT
  echo a
)
on() { trap 'echo "D ${FUNCNAME[0]}"' DEBUG; set -T; }
g() { ls -d /; }
trap g EXIT
on
ls -d /
## STDOUT:
a
/
a 2
R
D on
D 
/
D 
D g
D g
/
## END

#### a RETURN trap in the script's own handler
set -T; trap 'echo R' RETURN
f() { ls -d /; getopts ab: o -a -b x; echo "$o $OPTIND"; }
trap f EXIT
echo a
## STDOUT:
a
/
a 2
R
## END

#### an expansion error in a function ends the subshell around the call, whose EXIT trap runs outside all functions
f() { local z=f; echo "$((k%3))"; }
g() { local z=g; ( trap 'echo sub $z $# $?; h' EXIT; f 2; echo no ); echo after $?; }
h() { echo h; }
k='p  q' z=global
g 1 2 3
( trap 'echo sub2 $?' EXIT; g | cat; f; echo no ) 2>/dev/null
echo end
## STDOUT:
sub global 0 1
h
after 1
sub g 0 1
h
after 1
sub2 1
end
## END

#### where a line is given up in redirections within a subshell, its EXIT trap runs outside them
f() { echo in; echo $((0foo)); }
g() { f; }
( trap 'echo T' EXIT; { echo before; { g; } >&2; } >out; echo after); cat out
( trap 'echo T' EXIT; { echo before; eval 'echo $((0foo))'; } >out; echo after); cat out
: | { trap 'echo stage' EXIT; { g; } >&2; } | cat
: | { trap 'echo loop' EXIT; while :; do g; done >&2; } | cat
## STDOUT:
T
before
before
T
stage
loop
## END

#### an error in a subshell in a loop
f() { declare -x k="$c$((k%3))"; }
for k in 'p  q' 5; do
  ( trap 'echo sub $?' EXIT; f 2 )
done
echo end
## STDOUT:
sub 1
sub 0
end
## END

#### functions that are defined within a function stand on their own lines
main() {
cleanup() { echo "c $? ${BASH_LINENO[*]} $LINENO";
echo $LINENO; }; other() { echo o $LINENO;
third() { echo t $LINENO; }
}; echo $LINENO
other
trap 'cleanup; other; third' EXIT
trap 'cleanup; fourth; echo $LINENO' ERR
false
exit 3
}; fourth() { echo $LINENO; }
main
## STDOUT:
5
o 3
c 1 9 12 0 2
3
11
9
c 3 1 12 0 2
3
o 3
t 4
## END
## status: 3

#### errexit ends a subshell within functions that are being called, whose variables its EXIT trap sees
x=global
main() { local x=in; false; echo no; }
( set -e; trap 'echo "EXIT $? $x"' EXIT; main; echo after ); echo "rc=$?"
( set -e; trap 'echo "EXIT $? $x"' EXIT; main | cat; main; echo after ); echo "rc=$?"
m2() { local x=in; (exit 4); echo no; }
m3() { local x=in; : | { while read -r l; do echo "[$l]"; done; (exit 5); }; echo no; }
m4() { local x=in; [[ a = b ]]; echo no; }
for m in m2 m3 m4; do ( set -e; trap 'echo "EXIT $? $x"' EXIT; $m; echo after ); echo "$m rc=$?"; done
( set -e; trap 'echo "EXIT $? $x"' EXIT; m2; echo after )
( set -e; trap 'echo "EXIT $? $x"' EXIT; m3; echo after )
y=$(set -e; trap 'echo "EXIT $? $x"' EXIT; main; echo after); echo "$y"
: | { set -e; trap 'echo "EXIT $? $x"' EXIT; main; echo after; }
{ set -e; trap 'echo "EXIT $? $x"' EXIT; main; echo after; } & wait
y=$( (set -e; trap 'echo "EXIT $? $x"' EXIT; main; echo after) ); echo "$y"
(set -e; trap 'echo "EXIT $? $x"' EXIT; eval main; echo after)
## STDOUT:
EXIT 1 in
rc=1
EXIT 1 in
rc=1
EXIT 4 in
m2 rc=4
EXIT 5 in
m3 rc=5
EXIT 1 in
m4 rc=1
EXIT 4 in
EXIT 5 in
EXIT 1 global
EXIT 1 in
EXIT 1 in
EXIT 1 in
EXIT 1 global
## END
## status: 1

#### one call between a subshell and an error, within redirections
f() { echo $((1/0)); echo c; }
( trap 'echo T $?' EXIT; f >/dev/null; echo no )
echo $?
( trap 'echo T $?' EXIT; { f; } >/dev/null; echo no )
( trap 'echo T $?' EXIT; f >&2; echo no )
g() { ( trap 'echo T $?' EXIT; f >/dev/null; echo no ); echo g; }
g
g >/dev/null
: | { trap 'echo T $?' EXIT; f >/dev/null; echo no; } | cat
## STDOUT:
T 1
1
T 1
T 1
T 1
g
T 1
T 1
## END

#### an error in a text that a function runs ends the subshell around the call
f() { eval 'echo $((1/0))'; echo c; }
( f >/dev/null; echo no ); echo $?
( { f; } >&2; echo no ); echo $? 
( trap 'echo T $? >&2' EXIT; f >/dev/null; echo no ); echo $?
( f; echo no ); echo $?
x=$(f; echo no); echo "$? $x"
g() { f; }
( g >/dev/null; echo no ); echo $?
: | { g; echo no; } | cat; echo $?
f2() { eval 'exit 3'; }
( f2 >/dev/null; echo no ); echo $?
f3() { eval 'return 3'; echo no; }
( f3 >/dev/null; echo yes $? ); echo $?
( for i in 1 2; do eval continue; echo no; done; echo $? )
h() { eval 'v=5'; }
( h >/dev/null; echo $v; h; echo $v )
## STDOUT:
1
1
1
1
1 
1
0
3
yes 3
0
0
5
5
## END

#### a signal of its own under a negation, and the EXIT trap
trap 'echo end $?' EXIT
! kill $$
echo not
## STDOUT:
end 1
## END
## status: 143

#### a signal of its own in a redirected group, and the EXIT trap
trap 'echo end $?' EXIT
{ kill $$; } > x
echo not
## STDOUT:
end 0
## END
## status: 143

#### a signal of its own in a redirected group, behind another command
trap 'echo end $?; cat x >&2' EXIT
{ echo a; kill $$; } > x
echo not
## STDOUT:
end 0
## END
## status: 143

#### a signal of its own in a negated group, and the EXIT trap
trap 'echo end $?' EXIT
! { kill -s TERM $$; }
echo not
## STDOUT:
end 1
## END
## status: 143

#### a signal of its own at the end of a function that is called with redirections, and the EXIT trap
trap 'echo "EX $?"; cat out >&2' EXIT
f() { echo a; kill -TERM $$; }
g() { echo b; f; }
g > out
echo never
## STDOUT:
EX 0
## END
## status: 143

#### a signal of its own at the end of a function that is negated, and the EXIT trap
trap 'echo "EX $?"' EXIT
f() { kill -TERM $$; }
! f
echo never
## STDOUT:
EX 1
## END
## status: 143

#### a signal of its own at the end of a function in a redirected group, and the EXIT trap
trap 'echo "EX $?"' EXIT
set -e
f() { echo a; kill -TERM $$; }
if { f; } > out; then echo yes; fi
echo never
## STDOUT:
EX 0
## END
## status: 143

#### a DEBUG trap that is set behind an EXIT trap runs once before its handler
trap 'echo end $?' EXIT
trap 'echo D' DEBUG
true
(trap 'echo inner' EXIT; exit 3)
exit 1
## STDOUT:
D
inner
D
D
end 1
## END
## status: 1
