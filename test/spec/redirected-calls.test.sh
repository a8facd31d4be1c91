# Calls with redirections under set -e with an EXIT trap: where a simple command ends the shell, the call's redirections are undone first.

#### an unset parameter in a call with redirections
set -eu -o pipefail
trap 'echo "trap $? x=$x $#"; echo t2 >&2' EXIT
fu() { local x=1; echo in; echo $undef; echo not; }
x=0
fu > out.txt
echo end
## status: 1

#### a subshell that fails in a call with redirections
set -eu -o pipefail
trap 'echo "trap $? x=$x $#"; echo t2 >&2' EXIT
fs() { local x=1; echo in;  ( false; echo nn ) ; echo not; }
x=0
fs > out.txt
echo end
## status: 1

#### a pipeline that fails in a call with redirections
set -eu -o pipefail
trap 'echo "trap $? x=$x $#"; echo t2 >&2' EXIT
fp() { local x=1; echo in;  false | true; echo not; }
x=0
fp > out.txt
echo end
## status: 1

#### a command that fails in a function that it calls in a call with redirections
set -eu -o pipefail
trap 'echo "trap $? x=$x $#"; echo t2 >&2' EXIT
hf() { local y=2; false; echo nohf; }
fn() { local x=1; echo in;  hf; echo not; }
x=0
fn > out.txt
echo end
## STDOUT:
trap 1 x=0 0
## END
## status: 1

#### an assignment that fails in a call with redirections
set -eu -o pipefail
trap 'echo "trap $? x=$x $#"; echo t2 >&2' EXIT
f_c() { local x=1; echo in;  x=$(false); echo not; }
x=0
f_c > out.txt
echo end
## STDOUT:
trap 1 x=0 0
## END
## status: 1

#### a test that fails in a call with redirections
set -eu -o pipefail
trap 'echo "trap $? x=$x $#"; echo t2 >&2' EXIT
fk() { local x=1; echo in;  [[ 1 = 2 ]]; echo not; }
x=0
fk > out.txt
echo end
## status: 1

#### an expression that fails in a call with redirections
set -eu -o pipefail
trap 'echo "trap $? x=$x $#"; echo t2 >&2' EXIT
fa() { local x=1; echo in;  ((0)); echo not; }
x=0
fa > out.txt
echo end
## status: 1

#### a command that fails within a redirection of its own in a call with redirections
set -eu -o pipefail
trap 'echo "trap $? x=$x $#"; echo t2 >&2' EXIT
fr() { local x=1; echo in;  { false; } > r.txt; echo not; }
x=0
fr > out.txt
echo end
## STDOUT:
trap 1 x=0 0
## END
## status: 1

#### a command that fails in an if in a call with redirections
set -eu -o pipefail
trap 'echo "trap $? x=$x $#"; echo t2 >&2' EXIT
f_i() { local x=1; echo in;  if true; then false; fi; echo not; }
x=0
f_i > out.txt
echo end
## STDOUT:
trap 1 x=0 0
## END
## status: 1

#### a command that fails in loops in a call with redirections
set -eu -o pipefail
trap 'echo "trap $? x=$x $#"; echo t2 >&2' EXIT
fw() { local x=1; echo in;  while true; do for i in 1 2; do false; done; done; echo not; }
x=0
fw > out.txt
echo end
## STDOUT:
trap 1 x=0 0
## END
## status: 1

#### an exit in a call with redirections
set -eu -o pipefail
trap 'echo "trap $? x=$x $#"; echo t2 >&2' EXIT
fx() { local x=1; echo in;  exit 3; echo not; }
x=0
fx > out.txt
echo end
## status: 3

#### a command that fails behind an operator in a call with redirections
set -eu -o pipefail
trap 'echo "trap $? x=$x $#"; echo t2 >&2' EXIT
fo() { local x=1; echo in;  true && false; echo not; }
x=0
fo > out.txt
echo end
## STDOUT:
trap 1 x=0 0
## END
## status: 1

#### failures that are ignored, and one that is not in a call with redirections
set -eu -o pipefail
trap 'echo "trap $? x=$x $#"; echo t2 >&2' EXIT
hf() { local y=2; false; echo nohf; }
fb() { local x=1; echo in; false || true; if hf; then echo y; fi; set +e; false; set -e; cat < nothing; echo not; }
x=0
fb > out.txt
echo end
## STDOUT:
trap 1 x=0 0
## END
## status: 1

#### a return in a call with redirections
set -eu -o pipefail
trap 'echo "trap $? x=$x $#"; echo t2 >&2' EXIT
fy() { local x=1; echo in; return 4; }
x=0
fy > out.txt
echo end
## STDOUT:
trap 4 x=0 0
## END
## status: 4

#### a failure in a subshell in a loop in a call with redirections
set -eu -o pipefail
trap 'echo "trap $? x=$x $#"; echo t2 >&2' EXIT
hf() { local y=2; false; echo nohf; }
fz() { local x=1; echo in; for i in 1; do (hf); done; }
x=0
fz > out.txt
echo end
## status: 1

#### a call with redirections whose failure is ignored
set -e
trap 'echo "trap $?"' EXIT
f() { echo in; cat nothing; echo out; }
f > out1 2> err || echo ignored
if f > out2 2>&1; then echo yes; fi
! f > out3 2> err3
f >> out1 2> err
echo not here
## STDOUT:
yes
trap 1
## END
## status: 1

#### calls with redirections one within another, under set -e
set -e
trap 'echo "trap $?"' EXIT
f() { echo f; false; }
g() { echo g; f > inner; echo not here; }
g > outer || echo ignored
cat inner outer
f 2> err > inner
echo not here
## STDOUT:
f
g
not here
trap 1
## END
## status: 1

#### a function that is called with redirections and without
set -e
trap cleanup EXIT
cleanup() { echo "cleaned $?"; }
log() { echo "log: $*"; [ "$1" != stop ]; }
log a >&2
log b
log c > out
for i in 1 2; do log $i >> out; done
cat out
x=$(log d 2>&1; log e 2>/dev/null)
echo "$x"
log stop > out2
echo not here
## STDOUT:
log: b
log: c
log: 1
log: 2
log: d
log: e
cleaned 1
## END
## status: 1

#### usage to standard error, then an exit, with an EXIT trap
set -euo pipefail
cleanup() { local s=$?; trap - EXIT; echo "status $s"; exit "$s"; }
trap cleanup EXIT
usage() { cat <<END
usage: $(basename "$0")
END
}
[ $# -gt 0 ] || { usage >&2; exit 64; }
## STDOUT:
status 64
## END
## status: 64

#### patterns in the words of a call do not find the file that its redirection makes
touch a b
f() { echo "$@"; }
g() { cat; echo "$@"; }
f * > new
cat new
g ${x:-*} < a > new2
cat new2
y='n*' z='a  b'
f $y >> new3; cat new3
f $z "$y" > new4; cat new4
f $y < new >&2
IFS=:
w='a:n*4:c'
f $w > new4x; cat new4x
unset IFS
f "$(echo 'n*')" $z > new7; cat new7
f $(echo 'n*') $z > new8; cat new8
f $y > "nowhere/file" || echo "failed $?"
set -f
f $y > new9; cat new9
set +f
shopt -s extglob nullglob
q='new@(9|10)'
f $q > new10; cat new10
inner() { f $1 > "$2"; cat "$2"; }
inner 'zz*' zz2
inner 'zz q' zz3
## STDOUT:
a b
a b new
new new2
a b n*
a new4 c
n* a b
new new2 new3 new4 new4x new7 a b
failed 1
n*
new9

zz q
## END

#### A function's call whose redirection fails names its own line in a function
f() {
  :

  g a \
    b >/nonexistent/1
  h 2>/dev/null

  g >/nonexistent/2
}
g() { :; }
h() { g >/nonexistent/3; }
f
echo $?
## STDOUT:
1
## END
## STDERR:
../t.sh: line 4: /nonexistent/1: No such file or directory
../t.sh: line 8: /nonexistent/2: No such file or directory
## END

#### A function's call whose redirection fails names its own line in a file that is read
cat > lib.sh <<'E'
g() { :; }
echo read

g >/nonexistent/1
E
:

. ./lib.sh
## STDOUT:
read
## END
## STDERR:
./lib.sh: line 4: /nonexistent/1: No such file or directory
## END
## status: 1
