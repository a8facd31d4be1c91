#### a call with redirections
say() { echo "$1: out"; echo "$1: err" >&2; }
say a > file
say b 2>&1 >> file | sed 's/^/piped /'
say c > /dev/null 2>&1
say d 2> err >> file
cat file err
## STDOUT:
piped b: err
a: out
b: out
d: out
d: err
## END

#### words are expanded before the file is opened
say() { echo "$1"; }
echo old > file
say "$(cat file)" > file
cat file
n=0
say $((n = 5)) > "out$n"
cat out5
say "$(cat file)" > "$(echo name)"
cat name
## STDOUT:
old
5
old
## END

#### a call that reads
total() { local n sum=0; while read -r n; do sum=$((sum + n)); done; echo "$1 $sum"; }
printf '%s\n' 1 2 3 > numbers
total file < numbers
total doc <<END
10
$((20 + 1))
$(echo 30)
END
total string <<< "$(echo 7)"
## STDOUT:
file 6
doc 61
string 7
## END

#### a call whose file cannot be opened
f() { echo never; }
f > /nonexistent/file 2> /dev/null
echo "status $?"
set -e
if f > /nonexistent/file; then echo no; else echo "else $?"; fi
f 2> /dev/null > /nonexistent/file
echo not reached
## STDOUT:
status 1
else 1
## END
## status: 1

#### return, exit and loops in a redirected call
f() { echo "in $1"; [ "$1" = 2 ] && return 7; echo "past $1"; }
for i in 1 2 3; do
  f $i >> log || { echo "status $?"; continue; }
  echo "ok $i"
done
cat log
g() { echo bye; exit 4; }
h() { g > "$1"; }
trap 'echo over' EXIT
h bye
echo not reached
## STDOUT:
ok 1
status 7
ok 3
in 1
past 1
in 2
in 3
past 3
## END
## status: 4

#### recursion with redirections
down() {
  local n=$1
  echo "at $n"
  [ "$n" -eq 0 ] || down $((n - 1)) >> "file$n"
  echo "back $n"
}
down 2
cat file2 file1
## STDOUT:
at 2
back 2
at 1
back 1
at 0
back 0
## END

#### a redirected call keeps what it changes
f() { x=changed; cd sub; set -- a b; echo "$PWD" | sed 's/.*\///'; }
mkdir sub
f > out 2>&1
echo "$x ${PWD##*/} $#"
cat ../out
## STDOUT:
changed sub 0
sub
## END

#### a function that opens descriptors, called with redirections
f() { exec 3> three; echo "to four"; }
f > four
echo "to three" >&3
exec 3>&-
{ f; } > five
echo "to three again" >&3
cat three four five
## STDOUT:
to three again
to four
to four
## END

#### errexit in a redirected call
set -e
f() { false; echo "goes on"; }
f > out || echo "or $?"
cat out
f > out
echo not reached
## STDOUT:
goes on
## END
## status: 1
