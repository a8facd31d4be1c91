# State of the shell besides variables: directory, umask, limits, options, aliases, hashing, positional parameters.

#### cd is kept
mkdir d; cd d; pwd | sed 's,.*/,,'; touch f; cd ..; ls d
## STDOUT:
d
f
## END

#### cd dash and OLDPWD
mkdir a b; cd a; cd ../b; cd - > /dev/null; basename "$PWD"; basename "$OLDPWD"
## STDOUT:
a
b
## END

#### cd home and CDPATH
mkdir -p h/x; HOME=$PWD/h; cd; basename "$PWD"; CDPATH=$HOME; cd /; cd x > /dev/null; basename "$PWD"
## STDOUT:
h
x
## END

#### cd -P and -L
mkdir real; ln -s real link; cd link; basename "$PWD"; pwd -P | sed 's,.*/,,'; cd ..; cd -P link; basename "$PWD"
## STDOUT:
link
real
real
## END

#### logical directory of a symlink is kept between commands
mkdir -p real/sub; ln -s real link; cd link/sub; true; pwd | sed 's,.*/\(.*/.*\),\1,'; cd ..; basename "$PWD"
## STDOUT:
link/sub
link
## END

#### cd in a removed directory
mkdir gone; cd gone; rmdir ../gone; pwd | sed 's,.*/,,'; cd ..; basename "$PWD"
## STDOUT:
gone
cwd
## END

#### cd to a directory with odd names
mkdir -- ' a b' '-d' $'n\nl'; cd ' a b'; cd ../-d 2>/dev/null; cd -- -d 2>/dev/null; cd ..; cd $'n\nl'; cd ..; ls | wc -l
## STDOUT:
4
## END

#### failing cd changes nothing
p=$PWD; cd nowhere 2>/dev/null || echo failed; [ "$p" = "$PWD" ] && echo same
## STDOUT:
failed
same
## END

#### PWD and OLDPWD assigned
mkdir d; cd d; PWD=fake; pwd | sed 's,.*/,,'; OLDPWD=/; cd - 
## STDOUT:
d
/
## END

#### pushd and popd
mkdir a b; pushd a > /dev/null; pushd ../b > /dev/null; dirs | tr ' ' '\n' | wc -l; popd > /dev/null; basename "$PWD"; popd > /dev/null; ls
## STDOUT:
3
a
a
b
## END

#### dirs stack rotation
mkdir a b c; pushd a >/dev/null; pushd ../b >/dev/null; pushd ../c >/dev/null; pushd +1 >/dev/null; basename "$PWD"; dirs -c; echo ${#DIRSTACK[@]}
## STDOUT:
b
1
## END

#### tilde plus and minus
mkdir a b; cd a; cd ../b; basename ~-; basename ~+
## STDOUT:
a
b
## END

#### umask
umask 027; touch f; stat -c %a f; umask; umask -S; umask u=rwx,g=,o=; umask
## STDOUT:
640
0027
u=rwx,g=rx,o=
0077
## END

#### umask for one subshell
umask 022; (umask 0; : > a); : > b; stat -c %a a b
## STDOUT:
666
644
## END

#### umask in a function
f() { umask 077; }; umask 022; f; : > x; stat -c %a x
## STDOUT:
600
## END

#### ulimit
ulimit -S -n 100; ulimit -n; true; ulimit -n; (ulimit -S -n 50; ulimit -n); ulimit -n
## STDOUT:
100
100
50
100
## END

#### ulimit reaches children
ulimit -S -n 77; sh -c 'ulimit -n'
## STDOUT:
77
## END

#### set -- and shift
set -- a 'b c' d; shift; echo $# "$1"; set -- "$@" e; echo $# "$3"; shift 2; echo "$@"; set --; echo $#
## STDOUT:
2 b c
3 e
e
0
## END

#### set -- with options looking words
set -- -e -x; echo "$1" $#; set - a; echo $1; set x y; echo $2
## STDOUT:
2
a
y
## END

#### positional parameters with hostile and empty words
set -- '' "a'b" '"' '{% $x %}' $'n\nl' '*'; true; printf '<%s>' "$@"; echo $#
## STDOUT:
<><a'b><"><{% $x %}><n
l><*>6
## END

#### positional parameters given to the script
echo $# "$1" "$2"; shift; echo "$@"
## args-json: ["a b","","c"]
## STDOUT:
3 a b 
 c
## END

#### fifty positional parameters
set -- {1..50}; true; echo $# ${50}; shift 49; echo $1
## STDOUT:
50 50
50
## END

#### set prints variables
x='a b'; set | grep '^x='
## STDOUT:
x='a b'
## END

#### set -o list
set -o | grep errexit; set +o | grep noglob; set -e; set -o | grep errexit
## STDOUT:
errexit        	off
set +o noglob
errexit        	on
## END

#### options travel
set -f -u; true; echo $- | tr -dc fu; echo; set +fu; echo $- | tr -dc fu; echo
## STDOUT:
fu

## END

#### set -o by long names
set -o noglob -o nounset; echo *; set +o noglob; touch q; echo q*
## STDOUT:
*
q
## END

#### shopt travels
shopt -s nullglob extglob; true; shopt -q nullglob && echo on; echo none*; shopt -u nullglob; echo none*
## STDOUT:
on

none*
## END

#### shopt in an if
if shopt -q extglob; then echo on; else echo off; fi; shopt -s extglob; if shopt -q extglob; then echo on; fi
## STDOUT:
off
on
## END

#### shopt -o and -p
shopt -so noglob; echo *; shopt -p nullglob
## STDOUT:
*
shopt -u nullglob
## END
## status: 1

#### set -x traces
x=1
set -x
echo $x
set +x
echo done
## STDOUT:
1
done
## END
## STDERR:
+ echo 1
+ set +x
## END

#### set -x with PS4 and functions
PS4='+$LINENO '
f() { echo in; }
set -x
f a
{ set +x; } 2>/dev/null
## STDOUT:
in
## END
## STDERR:
+4 f a
+2 echo in
## END

#### set -v prints lines
set -v
echo a
## STDOUT:
a
## END
## STDERR:
echo a
## END

#### set -n stops executing
echo a
set -n
echo b
## STDOUT:
a
## END

#### set -t exits after a command
set -t; echo a
echo b
## STDOUT:
a
## END

#### set -a and child
set -a; NEW=1; set +a; sh -c 'echo $NEW'
## STDOUT:
1
## END

#### set -h and hash
hash -r; ls > /dev/null; hash -t ls > /dev/null && echo hashed
## STDOUT:
hashed
## END

#### set -P
mkdir r; ln -s r l; set -P; cd l; basename "$PWD"
## STDOUT:
r
## END

#### set -b, -m are accepted
set -b; set +b; echo ok
## STDOUT:
ok
## END

#### alias from the next line
shopt -s expand_aliases
alias hi='echo hello'
hi there
unalias hi
hi 2>/dev/null || echo gone
## STDOUT:
hello there
gone
## END

#### alias not on its own line
shopt -s expand_aliases
alias a='echo one'; a 2>/dev/null || echo not yet
a
## STDOUT:
not yet
one
## END

#### alias off by default
alias b='echo no'
b 2>/dev/null || echo off
## STDOUT:
off
## END

#### alias with arguments and trailing blank
shopt -s expand_aliases
alias run='command '
alias say='echo said'
run say x
## STDOUT:
said x
## END

#### alias of a reserved word and compound
shopt -s expand_aliases
alias iff='if true; then'
iff echo yes; fi
## STDOUT:
yes
## END

#### alias in a function is expanded when defined
shopt -s expand_aliases
alias a='echo one'
f() { a; }
alias a='echo two'
f
a
## STDOUT:
one
two
## END

#### alias quoting avoids it
shopt -s expand_aliases
alias ls='echo aliased'
\ls -d .
'ls' -d .
ls
## STDOUT:
.
.
aliased
## END

#### alias listing
shopt -s expand_aliases
alias z='echo "q"'
alias z
alias
## STDOUT:
alias z='echo "q"'
alias z='echo "q"'
## END

#### alias in eval on the same line
shopt -s expand_aliases
alias e='echo evald'
eval 'e x'
## STDOUT:
evald x
## END

#### hash remembers
mkdir b; printf '#!/bin/sh\necho v1\n' > b/t9; chmod +x b/t9; PATH=$PWD/b:$PATH; t9; hash -d t9; t9
## STDOUT:
v1
v1
## END

#### hash -p
printf '#!/bin/sh\necho faked\n' > x; chmod +x x; hash -p ./x fake; fake
## STDOUT:
faked
## END

#### type and command -v
type -t echo; type -t ls; f() { :; }; type -t f; type -t if; command -v f; command -v echo; type -t nope || echo none
## STDOUT:
builtin
file
function
keyword
f
echo
none
## END

#### command skips functions
echo() { printf 'fun\n'; }; command echo real; builtin echo real2; echo
## STDOUT:
real
real2
fun
## END

#### command -p
PATH=/nonexistent; command -p ls -d .; ls 2>/dev/null || builtin echo $?
## STDOUT:
.
## END

#### builtin with a non builtin
builtin ls 2>/dev/null; echo $?
## STDOUT:
1
## END

#### enable -n
enable -n echo; type -t echo; echo from disk; enable echo; type -t echo
## STDOUT:
file
from disk
builtin
## END

#### exec replaces the shell
exec echo last
echo no
## STDOUT:
last
## END

#### exec of a missing command ends the script
exec /nonexistent/cmd
echo no
## STDOUT:
## END
## STDERR:
../t.sh: line 1: /nonexistent/cmd: No such file or directory
## END
## status: 127

#### exec with execfail goes on
shopt -s execfail
exec /nonexistent/cmd 2>/dev/null
echo on
## STDOUT:
on
## END

#### exec -a and -c
exec -a myname sh -c 'echo $0'
## STDOUT:
myname
## END

#### times and SECONDS
times > /dev/null; echo $?; [ $SECONDS -lt 100 ] && echo ok
## STDOUT:
0
ok
## END

#### EPOCHSECONDS, UID, EUID, PPID, HOSTNAME
[ $EPOCHSECONDS -gt 1000000000 ] && [ $UID = $(id -u) ] && [ $EUID = $UID ] && [ $PPID -gt 0 ] && [ -n "$HOSTNAME" ] && echo ok
## STDOUT:
ok
## END

#### BASH_VERSION and friends
[ -n "$BASH_VERSION" ] && [ ${BASH_VERSINFO[0]} -ge 5 ] && [ "$MACHTYPE" ] && echo ok; [ -n "$BASHOPTS" ] && [ -n "$SHELLOPTS" ] && echo opts
## STDOUT:
ok
opts
## END

#### SHELLOPTS follows set
set -u; case :$SHELLOPTS: in *:nounset:*) echo yes;; esac; shopt -s nullglob; case :$BASHOPTS: in *:nullglob:*) echo yes;; esac
## STDOUT:
yes
yes
## END

#### readonly names of bash
(UID=5) 2>/dev/null || echo ro; (BASHOPTS=x) 2>/dev/null || echo ro2
## STDOUT:
ro
ro2
## END

#### IFS is default
printf '%s' "$IFS" | od -An -c; unset IFS; x='a b'; set -- $x; echo $#
## STDOUT:
      \t  \n
2
## END

#### PS1 and prompts are unset
echo "[${PS1-unset}]" "$PS4"
## STDOUT:
[unset] + 
## END

#### history and bind are off
case $- in *i*) echo inter;; *) echo script;; esac; [ -o history ] || echo nohist
## STDOUT:
script
nohist
## END

#### locale
LC_ALL=C; printf '%s\n' b A a | sort; [[ é =~ ^.$ ]] || echo bytes; LC_ALL=C.UTF-8; [[ é =~ ^.$ ]] && echo char
## STDOUT:
A
a
b
bytes
char
## END

#### TZ
export TZ=UTC; date -d @0 +%H; TZ=Etc/GMT-3 date -d @0 +%H; date -d @0 +%H
## STDOUT:
00
03
00
## END

#### environment of a child: exact names
a=1; export b=2; env | grep -c '^a='; env | grep '^b='; env | grep -ci sh2sfn
## STDOUT:
0
b=2
0
## END
## status: 1

#### open descriptors of a child
ls /proc/self/fd | head -n 3 | tr '\n' ' '; exec 5</dev/null; sh -c '[ -e /proc/self/fd/5 ] && echo five'; exec 5<&-; sh -c '[ -e /proc/self/fd/5 ] || echo closed'
## STDOUT:
0 1 2 five
closed
## END

#### PATH unset
unset PATH; { ls; } 2>/dev/null; echo $?; /bin/ls -d .
## STDOUT:
127
.
## END

#### let, declare and typeset forms
declare x=1 y; typeset -i z=2+2; echo $x "[$y]" $z; declare +i z; z=1+1; echo $z
## STDOUT:
1 [] 4
1+1
## END

#### declare -p of everything does not fail
:; declare -p > all; [ -s all ] && echo ok; grep -c '^declare -- nosuch' all; rm all
## STDOUT:
ok
0
## END

#### compgen and complete
compgen -W 'abc abd x' ab; complete -W 'a b' foo; complete -p foo
## STDOUT:
abc
abd
complete -W 'a b' foo
## END

#### caller at the top
caller; echo $?
## STDOUT:
0 NULL
0
## END

#### logout and suspend are errors
logout 2>/dev/null; echo $?
## STDOUT:
1
## END

#### help exists
help : > /dev/null && echo ok
## STDOUT:
ok
## END

#### test builtin in different forms
test -d .; echo $?; [ -d /nonexistent ]; echo $?; builtin test a = a; echo $?
## STDOUT:
0
1
0
## END

#### POSIX mode effects
set -o posix; f() { echo $1; }; f x; export V=1; [ -n "$POSIXLY_CORRECT" ] && echo set
## STDOUT:
x
set
## END

#### POSIXLY_CORRECT turns it on
POSIXLY_CORRECT=1; [ -o posix ] && echo on; unset POSIXLY_CORRECT; [ -o posix ] || echo off
## STDOUT:
on
off
## END

#### BASH_ENV is not read by us but by children
echo 'echo env read' > e; BASH_ENV=./e bash -c 'echo child'
## STDOUT:
env read
child
## END

#### BASH_ARGV0
echo ${0##*/}; BASH_ARGV0=new; echo $0; true; echo $0
## STDOUT:
t.sh
new
new
## END

#### script path forms
echo "$0"; dirname "$0"; basename "$0"; cd /; echo "$0"
## STDOUT:
../t.sh
..
t.sh
../t.sh
## END

#### script reads itself
head -n 1 "$0"; grep -c end "$0"
# end
## STDOUT:
head -n 1 "$0"; grep -c end "$0"
2
## END

#### script sourced by itself guarded
if [ -z "$G" ]; then G=1; . "$0"; echo outer; else echo inner; fi
## STDOUT:
inner
outer
## END

#### script calls itself
if [ "$1" ]; then echo "child $1"; else bash "$0" x; echo parent; fi
## STDOUT:
child x
parent
## END

#### background environment of cd in functions
go() { cd "$1" || return; }; mkdir d; go d; basename "$PWD"; go nowhere 2>/dev/null || echo $?
## STDOUT:
d
1
## END

#### TMPDIR is usable
t=$(mktemp -d); [ -d "$t" ] && echo ok; rmdir "$t"
## STDOUT:
ok
## END

#### dollar underscore at the start and after different commands
echo x y; echo $_; cd .; echo $_; for i in 1; do :; done; echo "$_"; [ a = b ]; echo "$_"
## STDOUT:
x y
y
.
:
]
## END

#### dollar underscore passed over a subshell
echo a last; (echo $_); echo $_
## STDOUT:
a last
last
last
## END

#### dollar underscore with expansions
x='p q'; : $x; echo $_; : "$x"; echo "$_"; : "" ; echo "[$_]"
## STDOUT:
q
p q
[]
## END

#### exported options reach a bash that the script starts
set -o pipefail
export SHELLOPTS
bash -c 'set -o | grep pipefail; echo $SHELLOPTS'
shopt -s nullglob
export BASHOPTS
bash -c 'shopt nullglob'
export -n SHELLOPTS
bash -c 'set -o | grep pipefail'
## STDOUT:
pipefail       	on
braceexpand:hashall:interactive-comments:pipefail
nullglob       	on
pipefail       	off
## END

#### POSIX mode under allexport
set -o posix; set -a
set -o | grep posix
env | grep -c POSIXLY
x=$(set -o | grep posix)
echo "$x"
saved=$(set +o)
set +a -f
eval "$saved"
set -o | grep -E 'posix|noglob'
unset POSIXLY_CORRECT
set -o | grep posix
## STDOUT:
posix          	on
0
posix          	on
noglob         	off
posix          	on
posix          	off
## END

#### arguments of all calls
f() { echo "${BASH_ARGV[*]}|${BASH_ARGC[*]}"; }
echo "${BASH_ARGV[*]}|${BASH_ARGC[*]}"
f 1 2
shopt -s extdebug
f 3 4
## STDOUT:
|0
|0
4 3|2 0
## END

#### a working directory that is moved
mkdir -p a/b/é; cd a/b/é; echo one > f
mv ../../../a ../../../c
cat f; pwd -P | sed 's,.*/c,c,'; pwd | sed 's,.*/a,a,'
echo two > g; ls *
x=$(ls; echo "$PWD" | sed 's,.*/a,a,')
echo "$x"
cd ..; pwd | sed 's,.*/c,c,'
cd ../..; ls -d * */*/*/*
## STDOUT:
one
c/b/é
a/b/é
f
g
f
g
a/b/é
c/b
c
c/b/é/f
c/b/é/g
## END

#### a function that moves the working directory
f() { mv "$PWD" "$PWD.old"; echo "$1" > f; x=5; }
mkdir d; cd d
f one; cat f; echo $x
( f two; cat f ) 2>/dev/null; cat f; cd ..; ls
## STDOUT:
one
5
two
two
d.old
## END

#### options that are exported
set -u
export SHELLOPTS
bash -c 'echo $-; echo ${nope}; echo never' 2>/dev/null
shopt -s nullglob; declare -x BASHOPTS
bash -c 'echo no*such'
export -n SHELLOPTS
bash -c 'echo $-'
## STDOUT:
huBc

hBc
## END

#### a list of all variables
x=1
set | grep -c SECOND[S]
f() { local y=2; set; }
f | grep -c SECOND[S]
set > all; grep -c SECOND[S] all; rm all
(set) | grep ^x=
## STDOUT:
0
0
0
x=1
## END

#### a list of all variables before any other command, of which a filter picks some
set | grep -c SECOND[S]
declare | sed -n 's/^IFS=.*/IFS/p'
set | awk -F= '$1 == "OPTIND"'
## STDOUT:
0
IFS
OPTIND=1
## END

#### variables and functions named as what JavaScript's objects inherit
constructor=5; toString=(a b); valueOf() { echo "called $1"; }
echo $((constructor + 3)) "${toString[1]}"
valueOf x
__proto__=hidden; echo "$__proto__"
__proto__() { echo function; }; __proto__
for hasOwnProperty in 1 2; do isPrototypeOf=$hasOwnProperty; done
echo $isPrototypeOf
f() { local constructor=inner; echo $constructor; ( toString=s; echo $toString ); }
f; echo $constructor
toLocaleString 2>/dev/null; echo $?
unset __proto__ constructor; echo "[${__proto__-}${constructor-}]"
## STDOUT:
8 b
called x
hidden
function
2
inner
s
5
127
[]
## END

#### a remembered program that begins with a dash, and steps' own programs
true | true
hash -p './p q' -- -danger; hash -l
## STDOUT:
builtin hash -p './p q' -danger
## END

#### a working directory that a subshell moves or removes
mkdir t1
(cd t1; >real; (cd ..; mv t1 t2); [[ -f real ]] || echo lost; ls; pwd -P | sed 's,.*/,,'; echo x > new; cat new)
ls t2; mkdir t4
(cd t4; (cd ..; rmdir t4); ls; pwd | sed 's,.*/,,'; echo done)
ls
mkdir a; cd a; x=$(cd ..; mv a b; echo moved); echo "$x"; touch here; ls; cd ..; ls b
## STDOUT:
real
t2
x
new
real
t4
done
t2
moved
here
here
## END

#### command -p and the table of programs, with another PATH
mkdir bin; echo 'echo wrong' > bin/tr; chmod +x bin/tr
PATH="$PWD/bin:$PATH"
echo aaa | tr a b
echo aaa | command -p tr a b
command -p tr a b <<< aaa
tr a b <<< aaa
hash -l
PATH="$PWD/bin:$PATH"
tr a b <<< aaa
echo $?
## STDOUT:
wrong
bbb
bbb
bbb
builtin hash -p /bin/tr tr
wrong
0
## END

#### command -p where PATH leads nowhere
PATH=/nonexistent
command -p ls -d .
ls -d .
echo $?
cat <<< hi
hash -t ls
f() { command -p "$@"; }
f cat <<< x
cat <<< y
PATH=/nonexistent2
ls -d .
PATH=/bin
(cat <<< z)
## STDOUT:
.
.
0
/bin/ls
x
y
z
## END

#### tables of the shell that are only asked
bind -q yank | grep -c . ; echo $?
complete; complete -p nosuch 2>/dev/null; echo $?
compgen -A function; compgen -W 'a b'
history; history 3; history nonsense 2>/dev/null; echo $?
fc -l 0 1 2 2>/dev/null; echo $?
ls -d .
## STDOUT:
1
0
1
a
b
1
0
.
## END

#### tables of the shell that change, then are asked
complete -W 'a b' one
ls -d .
complete -p
history -s first
ls -d /
history
for i in 1 2; do history; history -s "pass $i"; ls -d .; done
history -c
f() { history -s "in $1"; }
f a; ls -d .; f b
history
## STDOUT:
.
complete -W 'a b' one
/
    1  first
    1  first
.
    1  first
    2  pass 1
.
.
    1  in a
    2  in b
## END

#### a locale that the system has not leaves the one before, in a pipeline's stages too
LANG=C.UTF-8
export LC_ALL=xx_XX.UTF-8
x=$'a\303\251b'
f() { echo "${#x}"; }
f
f | cat
: | { f; f; }
(f; : ; f)
## STDOUT:
3
3
3
3
3
3
## END

#### a working directory in whose place another stands
mkdir r1 r2 d; ln -s r1 current; touch r1/one r2/two
cd current; ls
ln -sfn r2 ../current
ls; pwd | sed 's,.*/,,'; echo new > file; ls
cd ../current; ls; cd ..
cd d; touch x; (cd ..; rm -r d; mkdir d; touch d/y)
ls; pwd | sed 's,.*/,,'; (echo hi > z) 2>/dev/null; echo $?
cd ..; ls d
cd d; (cd ..; mv d e; echo text > d)
ls; touch here; ls; ls ../e; cat ../d; cd ..; ls
## STDOUT:
one
one
current
file
one
two
d
1
y
y
here
y
here
y
text
current
d
e
r1
r2
## END

#### ulimit: as many descriptors as there may be
MAX_FD=maximum
case $MAX_FD in
  max*) MAX_FD=$( ulimit -H -n ) || echo warn ;;
esac
case $MAX_FD in
  '' | soft) : ;;
  *) ulimit -n "$MAX_FD" || echo warn ;;
esac
true
[ "$(ulimit -n)" = "$(ulimit -H -n)" ] && echo same
few=`ulimit -Hn`
few=100
f() { ulimit -S -n $few; }
f
true; ulimit -n
## STDOUT:
same
100
## END

#### what is the same for all processes of the script
grep -Eq '(envID|VxID):.*[1-9]' /proc/self/status || echo no container
pid="$$"
echo "$pid" > lock
if kill -0 "$(cat lock)" 2> /dev/null; then echo alive; fi
f() { kill -s 0 "$1" && echo "f $?"; }
f "$pid"; f $$
kill -0 "$pid" $$; echo $?
grep -c '\[stack\]' /proc/self/maps
rm lock
## STDOUT:
no container
alive
f 0
f 0
0
1
## END

#### read-only PWD and OLDPWD
readonly OLDPWD=/
cd /tmp
echo "$? $OLDPWD"
pwd
cd /
echo "$? $PWD"
readonly PWD
cd /tmp
echo "$? $PWD"
pwd | cat
echo x | { read -r v; echo "$v $PWD"; }
## STDOUT:
1 /
/tmp
1 /
1 /
/tmp
x /
## END

#### execfail is of no use in a subshell
shopt -s execfail
(exec nosuch 2>/dev/null; echo no)
echo $?
x=$(exec nosuch 2>/dev/null; echo no)
echo "$x" $?
exec nosuch 2>/dev/null
echo $?
## STDOUT:
127
 127
127
## END

#### A locale that the system has not leaves a shell with the one before
x=é
LC_ALL=C
echo ${#x}
LC_ALL=xx_YY
echo ${#x}
ls /nonexistent
LC_CTYPE=zz
echo ${#x}
unset LC_ALL
echo ${#x}
LANG=C
echo ${#x}
unset LC_CTYPE
echo ${#x}
LANG=xx_YY
echo ${#x}
LC_MESSAGES=zz
echo ${#x}
LC_ALL=
echo ${#x}
LC_ALL=C.UTF-8
echo ${#x}
LC_ALL=zz
(echo ${#x})
f() { local LC_ALL=C; echo ${#x}; ls /nonexistent; echo ${#x}; LC_ALL=zz; echo ${#x}; ls /nonexistent; }
f
## STDOUT:
2
2
2
1
2
2
2
2
2
1
1
2
2
2
## END
## status: 2

#### A locale that the system has not is spoken of where it is assigned
export LC_ALL=xx_YY
echo b
(echo c)
x=$(echo d)
f() { echo f; }
f
## STDOUT:
b
c
f
## END

#### exported variables of one bucket of the shell's table keep their order from step to step

export VFKX=1
export VAAA=2
export VCEK=3
env | grep ^V
VFKX=4
unset VAAA
export VAAA=5
env | grep ^V
f() { env | grep ^V; (printenv | grep ^V); }
f
## STDOUT:
VCEK=3
VAAA=2
VFKX=1
VAAA=5
VCEK=3
VFKX=4
VAAA=5
VCEK=3
VFKX=4
VAAA=5
VCEK=3
VFKX=4
## END

#### exported variables keep their order in a shell that keeps descriptors

export VFKX=1 VAAA=2 VCEK=3
exec 5>&1
env | grep ^V >&5
env | grep ^V
## STDOUT:
VCEK=3
VAAA=2
VFKX=1
VCEK=3
VAAA=2
VFKX=1
## END
