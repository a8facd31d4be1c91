#### a loop variable that functions have too
set -e
readonly where=here
f() { local file; for file in a b; do echo "$file $where"; done; }
for file in 1 2; do f; echo "$file"; done
## STDOUT:
a here
b here
1
a here
b here
2
## END

#### a read-only loop variable
f() { readonly i=5; for i in 1 2; do echo $i; done; echo "after"; }
f
echo "next $?"
## STDOUT:
after
next 0
## END

#### a loop variable that is an integer
declare -i n
for n in 1+1 2*3; do echo "$n"; done
declare -u up
for up in a b; do echo "$up"; done
## STDOUT:
2
6
A
B
## END

#### negated functions and groups with errexit on
set -e
is_number() { case $1 in '' | *[!0-9]*) return 1 ;; esac; }
if ! is_number 12x; then echo "no number"; fi
! is_number 12
f() { false; echo "f goes on"; }
! f
! { false; echo "so does a group"; }
! (false; echo "and a subshell")
if ! f; then echo never; else echo else; fi
echo end
## STDOUT:
no number
f goes on
so does a group
and a subshell
f goes on
else
end
## END

#### a negated function that turns errexit on
f() { set -e; false; echo "reached"; }
! f
echo "$-" | tr -dc e
false
echo not reached
## STDOUT:
## END
## status: 1

#### a working directory that is gone
mkdir -p top/d
top=$PWD/top
cd top/d
rm -r ../d
echo still here
echo "${PWD#"$top"}"
[ -d ../d ] || echo gone
ls
echo x > file 2> /dev/null || echo cannot write
x=$(pwd)
echo "${x#"$top"}"
cd ..
echo "${PWD##*/}"
ls
## STDOUT:
still here
/d
gone
cannot write
/d
top
## END

#### a lock directory
cd .
mkdir lock
unlock() { [ -z "$lock" ] || rmdir "$lock"; }
trap unlock EXIT
lock=lock
if mkdir lock 2> /dev/null; then echo never; else echo locked; fi
rmdir lock
mkdir lock
## STDOUT:
locked
## END

#### completions that are set, asked for, changed and taken away
for n in {a..z} {A..Z} x{1..60}; do complete -W "$n" "$n"; done
ls -d .
complete -p | cksum
complete -r m x7 Q
ls -d .
complete -F f -o nospace m
complete -o default -W 'multi
line'\''s "$x" `y`
complete -F bad bad' 'we ird' "q'uote" '[' '*' -- -x '' 'a
b'
ls -d /
complete -p
complete -D -F d
complete -E -W 'e f'
complete -I -A command
ls -d .
compopt -o nosort m && compopt +o nospace m
compopt -o plusdirs nosuch; echo $?
complete -p m -D -E
complete -r nosuch; echo $?
( complete -r; complete -F s sub; complete -p; ls -d . )
complete -p | wc -l
x=$(complete -p m)
echo "$x"
complete -r -D
f() { complete -F f inf; ls -d /; complete -p inf; }
f
complete -p inf
complete -r
complete -p; echo $?
## STDOUT:
.
811164336 2238
.
/
complete -W 'x50' x50
complete -W 'x51' x51
complete -W 'x52' x52
complete -W 'x53' x53
complete -W 'x54' x54
complete -W 'x55' x55
complete -W 'x56' x56
complete -W 'x57' x57
complete -W 'x58' x58
complete -W 'x59' x59
complete -W 'x18' x18
complete -W 'x19' x19
complete -W 'x14' x14
complete -W 'x15' x15
complete -W 'x16' x16
complete -W 'x17' x17
complete -W 'x10' x10
complete -W 'x11' x11
complete -W 'x12' x12
complete -W 'x13' x13
complete -o default -W 'multi
line'\''s "$x" `y`
complete -F bad bad' 'we ird'
complete -o default -W 'multi
line'\''s "$x" `y`
complete -F bad bad' 'a
b'
complete -W 'x60' x60
complete -W 'x25' x25
complete -W 'x24' x24
complete -W 'x27' x27
complete -W 'x26' x26
complete -W 'x21' x21
complete -W 'x20' x20
complete -W 'x23' x23
complete -W 'x22' x22
complete -W 'x29' x29
complete -W 'x28' x28
complete -W 'x5' x5
complete -W 'x4' x4
complete -W 'x6' x6
complete -W 'x1' x1
complete -W 'x3' x3
complete -W 'x2' x2
complete -W 'x9' x9
complete -W 'x8' x8
complete -o default -W 'multi
line'\''s "$x" `y`
complete -F bad bad' 'q'\''uote'
complete -o default -W 'multi
line'\''s "$x" `y`
complete -F bad bad' '*'
complete -o default -W 'multi
line'\''s "$x" `y`
complete -F bad bad' '['
complete -W 'Z' Z
complete -W 'Y' Y
complete -W 'X' X
complete -W 'W' W
complete -W 'V' V
complete -W 'U' U
complete -W 'T' T
complete -W 'S' S
complete -W 'R' R
complete -W 'P' P
complete -W 'O' O
complete -W 'N' N
complete -W 'M' M
complete -W 'L' L
complete -W 'K' K
complete -W 'J' J
complete -W 'I' I
complete -W 'H' H
complete -W 'G' G
complete -W 'F' F
complete -W 'E' E
complete -W 'D' D
complete -W 'C' C
complete -W 'B' B
complete -W 'A' A
complete -W 'z' z
complete -W 'y' y
complete -W 'x' x
complete -W 'w' w
complete -W 'v' v
complete -W 'u' u
complete -W 't' t
complete -W 's' s
complete -W 'r' r
complete -W 'q' q
complete -W 'p' p
complete -W 'o' o
complete -W 'n' n
complete -o nospace -F f m
complete -W 'l' l
complete -W 'k' k
complete -W 'j' j
complete -W 'i' i
complete -W 'h' h
complete -W 'g' g
complete -W 'f' f
complete -W 'e' e
complete -W 'd' d
complete -W 'c' c
complete -W 'b' b
complete -W 'a' a
complete -W 'x32' x32
complete -W 'x33' x33
complete -W 'x30' x30
complete -W 'x31' x31
complete -W 'x36' x36
complete -W 'x37' x37
complete -W 'x34' x34
complete -W 'x35' x35
complete -W 'x38' x38
complete -o default -W 'multi
line'\''s "$x" `y`
complete -F bad bad' --
complete -W 'x39' x39
complete -o default -W 'multi
line'\''s "$x" `y`
complete -F bad bad' ''
complete -o default -W 'multi
line'\''s "$x" `y`
complete -F bad bad' -x
complete -W 'x43' x43
complete -W 'x42' x42
complete -W 'x41' x41
complete -W 'x40' x40
complete -W 'x47' x47
complete -W 'x46' x46
complete -W 'x45' x45
complete -W 'x44' x44
complete -W 'x49' x49
complete -W 'x48' x48
.
1
complete -o nosort -F f m
1
complete -F s sub
.
138
complete -o nosort -F f m
/
complete -F f inf
complete -F f inf
0
## END

#### completions in functions, loops, stages and conditions, with options
set -eu
alias x='a
complete -F evil evil'
IFS=/
set -f
complete -A file -X '!*.go' -P "pre'" -S 'suf$' -G '*.c' -C 'cmd arg "q"' 8g 6g
ls -d .
complete -p
set +f
g() { local IFS=:; complete -p nosuch || echo $?; complete -W 'a b' "$@"; }
g u/v w:z
ls -d .
for i in 1 2 3; do complete -p u/v; complete -o dirnames n$i; ls -d .; done | cat
complete -p
if ! complete -p n1; then echo none; fi
{ complete -d cd; complete -p | sort; } | tail -1
complete -p cd && echo no
echo notreached
## STDOUT:
.
complete -f -G '*.c' -P 'pre'\''' -S 'suf$' -X '!*.go' -C 'cmd arg "q"' 8g
complete -f -G '*.c' -P 'pre'\''' -S 'suf$' -X '!*.go' -C 'cmd arg "q"' 6g
1
.
complete -W 'a b' u/v
.
complete -W 'a b' u/v
.
complete -W 'a b' u/v
.
complete -f -G '*.c' -P 'pre'\''' -S 'suf$' -X '!*.go' -C 'cmd arg "q"' 8g
complete -W 'a b' u/v
complete -W 'a b' w:z
complete -f -G '*.c' -P 'pre'\''' -S 'suf$' -X '!*.go' -C 'cmd arg "q"' 6g
none
complete -f -G '*.c' -P 'pre'\''' -S 'suf$' -X '!*.go' -C 'cmd arg "q"' 8g
notreached
## END

#### completions in POSIX mode, traps, files that are read, and subshells
set -o posix
complete -F f g
ls -d .
complete -p
trap 'complete -p; echo end' EXIT
trap 'complete -W usr usr' USR1
kill -USR1 $$
ls -d .
cat >lib <<'F'
complete -p
complete -F libf lib
libf() { complete -p g; complete -r g; }
F
. ./lib
ls -d .
libf
eval "complete -p"
complete -p | while read -r a; do echo "<$a>"; ls -d .; done
set +o posix
unset -f libf
complete -p lib
(trap 'complete -p' EXIT; complete -F in in; ls -d .)
complete -v
complete -F
complete -p "a b" 2>&1
complete -A nosuch x; echo $?
compgen -W 'aa ab b' a
ls -d .
## STDOUT:
.
complete -F f g
.
complete -W 'usr' usr
complete -F f g
.
complete -F f g
complete -W 'usr' usr
complete -F libf lib
<complete -W 'usr' usr>
.
<complete -F libf lib>
.
complete -F libf lib
.
complete -F in in
complete -W 'usr' usr
complete -F libf lib
../t.sh: line 25: complete: a b: no completion specification
2
aa
ab
.
complete -W 'usr' usr
complete -F libf lib
end
## END

#### completions asked for by what bash prints of them, and beside jobs
c=$(complete -p docker 2>/dev/null) && [[ $c ]] || echo none
complete -F _docker docker
t() {
  local complete
  complete=$(complete -p docker 2>/dev/null) && [[ $complete ]] || return 1
  if [[ $complete == *_docker* ]]; then complete -r docker; return 0; fi
}
if t; then echo had; else echo hadnt; fi
if t; then echo had; else echo hadnt; fi
pythons=(python python3.9)
complete -F _omb -o default "${pythons[@]}"
v="-o nospace"
complete $v -F _go go 2>/dev/null || complete -F _g go
ls -d .
complete -p
sleep 0.1 &
complete -p go
wait
LC_ALL=C complete -W $'\xe4\xf6' bytes
complete -W 'äö' "grüße"
ls -d .
complete -p
export BASH_COMPAT=44
complete -p go | od -c | head -2
## STDOUT:
none
had
hadnt
.
complete -o default -F _omb python3.9
complete -o nospace -F _go go
complete -o default -F _omb python
complete -o nospace -F _go go
.
complete -W 'äö' grüße
complete -W '��' bytes
complete -o default -F _omb python3.9
complete -o nospace -F _go go
complete -o default -F _omb python
0000000   c   o   m   p   l   e   t   e       -   o       n   o   s   p
0000020   a   c   e       -   F       _   g   o       g   o  \n
## END

#### the history is read, emptied and written, and nothing asks for it
HISTFILE=$PWD/hist
prompt() { history -a; history -c; history -r; echo "$? $1"; ls -d .; }
history -r; echo $?
prompt 1 2>/dev/null
printf '%s\n' 'echo one' 'echo two' >hist
prompt 2
history -a other; echo $?
history -n || echo no
HISTFILESIZE=1
history -a
cat hist
( prompt 3; unset HISTFILE; history -r 2>/dev/null; echo $? )
for i in 1 2; do history -c; prompt $i | cat; done
ls
## STDOUT:
1
1 1
.
0 2
.
0
echo two
0 3
.
1
0 1
.
0 2
.
hist
## END

#### the history is read, and listed
printf '%s\n' 'echo one' 'echo two' >hist
HISTFILE=hist
ls -d .
history -r
ls -d /
history
history -s three
history -a
cat hist
f() { history -c; history -r; ls -d .; }
f
fc -l
history -w copy; cat copy
## STDOUT:
.
/
    1  echo one
    2  echo two
echo one
echo two
three
.
1	 echo one
2	 echo two
3	 three
echo one
echo two
three
## END

#### the history is read, and a file that the script does not show lists it
printf '%s\n' 'echo one' 'echo two' >hist
HISTFILE=hist
echo 'history; history -c' >lib
history -r
ls -d /
. ./lib
history -a
ls -d .
. ./lib
## STDOUT:
/
    1  echo one
    2  echo two
.
## END

#### Completions of names that look like options, of functions without a name, and of more names than their table began with
complete -W 'a b' -- '-a b' -x
complete -F '' none
complete -F f -X y -D
echo begun
complete -p
for i in {1..1100}; do complete -W "$i" "cmd$i"; done
echo more
complete -p | head -20
## STDOUT:
begun
complete -W 'a b' '-a b'
complete -X 'y' -F f -D
complete -W 'a b' -x
complete -F  none
more
complete -W '214' cmd214
complete -W '215' cmd215
complete -W '216' cmd216
complete -W '869' cmd869
complete -W '217' cmd217
complete -W '868' cmd868
complete -W '210' cmd210
complete -W '211' cmd211
complete -W '212' cmd212
complete -W '308' cmd308
complete -W '213' cmd213
complete -W '309' cmd309
complete -W '306' cmd306
complete -W '863' cmd863
complete -W '307' cmd307
complete -W '862' cmd862
complete -W '304' cmd304
complete -W '861' cmd861
complete -W '305' cmd305
complete -W '860' cmd860
## END

#### What changes the history, and texts that only run time knows which ask for it
history -s one
echo a
eval "$(echo history)"
f() { eval "$1"; }
history -s two
for i in 1 2; do
  f "$(echo "history; history -s again$i")"
done
echo b
## STDOUT:
a
    1  one
    1  one
    2  two
    1  one
    2  two
    3  again1
b
## END

#### A history that is read, and a file that only run time knows which asks for it
HISTFILE=saved
echo 'echo old' >saved
echo 'history' >lib
history -r
echo a
. ./lib
## STDOUT:
a
    1  echo old
## END
