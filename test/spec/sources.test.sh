# BASH_SOURCE, LINENO, BASH_LINENO and `caller`, where files and functions meet.

#### a file that only run time names: its functions keep its name and lines
for i in lib; do . "./$i.sh"; done
f
h() {

  f
}
h
## FILE: lib.sh
# padding

f() {
  echo "${BASH_SOURCE[*]} ${FUNCNAME[*]} ${BASH_LINENO[*]} $LINENO"
  g
  caller; caller 0
}

g()
{
  # a comment
  caller 0; caller 1

  echo $LINENO
}
## END
## STDOUT:
./lib.sh ../t.sh f main 2 0 4
5 f ./lib.sh
2 main ../t.sh
14
2 ../t.sh
2 main ../t.sh
./lib.sh ../t.sh ../t.sh f h main 5 7 0 4
5 f ./lib.sh
5 h ../t.sh
14
5 ../t.sh
5 h ../t.sh
## END

#### functions of a file that a function reads
use() { source "$1"; }
use ./lib.sh

die "first"
[[ $(declare -F) ]] && die second
echo $(die third)
die fourth | cat
## FILE: lib.sh
function die {
  local text=$1

  echo "${BASH_SOURCE[1]}:${BASH_LINENO[0]}: ${FUNCNAME[1]}: $text ($LINENO)"
}
## END
## STDOUT:
../t.sh:4: main: first (4)
../t.sh:5: main: second (4)
../t.sh:6: main: third (4)
../t.sh:7: main: fourth (4)
## END

#### functions of a file that is gone by the time that they run
use() { source "$1"; rm "$1"; }
use ./lib.sh
f
f
## FILE: lib.sh


f() { echo "$BASH_SOURCE $LINENO"; }
## END
## STDOUT:
./lib.sh 3
./lib.sh 3
## END

#### functions of a file in another directory, read after cd
cd d
for i in lib; do . "../$i.sh"; . "./in.sh"; done
cd ..
f; g
f; g
## FILE: lib.sh

f() {
  echo "$BASH_SOURCE $LINENO"
}
## END
## FILE: d/in.sh


g() {

  echo "$BASH_SOURCE $LINENO"
}
## END
## STDOUT:
../lib.sh 3
./in.sh 5
../lib.sh 3
./in.sh 5
## END

#### functions of a file read by an absolute name
l=$PWD/lib.sh
. "$l"
f
g() { f; }
g
## FILE: lib.sh
echo "${BASH_SOURCE##*/} $LINENO"
f() {

  caller 0
  echo "${BASH_SOURCE##*/} ${BASH_SOURCE[1]} $LINENO"
}
f
## END
## STDOUT:
lib.sh 1
7 source @TOP@/cwd/lib.sh
lib.sh @TOP@/cwd/lib.sh 5
3 main ../t.sh
lib.sh ../t.sh 5
4 g ../t.sh
lib.sh ../t.sh 5
## END

#### a function of a file that reads another, in a loop
for l in a b; do
  . ./$l.sh
done
fa
fb
fc
## FILE: a.sh
. ./c.sh
fa() {
  echo "${BASH_SOURCE[@]} $LINENO"; fc; }
## END
## FILE: b.sh


fb() {
  echo "${BASH_SOURCE[@]} $LINENO"; fa; }
## END
## FILE: c.sh
x=1 y=2

fc() {
  echo "${BASH_SOURCE[@]} ${BASH_LINENO[@]} $LINENO"
}
## END
## STDOUT:
./a.sh ../t.sh 3
./c.sh ./a.sh ../t.sh 3 4 0 4
./b.sh ../t.sh 4
./a.sh ./b.sh ../t.sh 3
./c.sh ./a.sh ./b.sh ../t.sh 3 4 5 0 4
./c.sh ../t.sh 6 0 4
## END

#### two files define the same function
for l in a b; do
  . ./$l.sh
  f
done
f
. ./a.sh
f
## FILE: a.sh
f() { echo "$BASH_SOURCE $LINENO"; }
## END
## FILE: b.sh


f() { echo "$BASH_SOURCE $LINENO"; }
## END
## STDOUT:
./a.sh 1
./b.sh 3
./b.sh 3
./a.sh 1
## END

#### a file defines a function as the script does
f() { echo "$BASH_SOURCE $LINENO"; }
f
for l in a; do . ./$l.sh; done
f
(f)
## FILE: a.sh


f() { echo "$BASH_SOURCE $LINENO"; }
## END
## STDOUT:
../t.sh 1
./a.sh 3
./a.sh 3
## END

#### functions with redirections, other bodies, here-documents, and hostile text
for l in a; do . ./$l.sh; done
f
cat log
g
h
i 2
j
"k-k"
## FILE: a.sh
f() {
  echo "f $LINENO"
} > log
g() (
  echo "g $LINENO )"
)
h() {
  cat <<X
} $LINENO
X
  echo $LINENO
}
function i if (($1 == 2)); then
  echo "i $LINENO } fi"

  echo $LINENO
fi
# j() { echo no; }
j() { echo "j() { x" '
}' $LINENO
  echo "$LINENO"; }; echo behind
k-k() { case a in
  a) echo $LINENO;;
  esac; }
## END
## STDOUT:
behind
f 2
g 5 )
} 8
11
i 14 } fi
16
j() { x 
} 19
21
23
## END

#### functions that eval defines
eval 'f() {

  echo "f $LINENO ${BASH_SOURCE[0]}"
}'
f
eval "g() { echo g \$LINENO; caller 0; }"
g

t() {
  eval 'h() { echo h $LINENO; caller 0; }'
}
t
h
## STDOUT:
f 6 ../t.sh
g 6
7 main ../t.sh
h 10
13 main ../t.sh
## END

#### a nested function of a file
for l in a; do . ./$l.sh; done
f
g
g
## FILE: a.sh
f() {
  g() {
    echo "$BASH_SOURCE $LINENO"

    echo "${BASH_LINENO[*]} $LINENO"
  }
}
## END
## STDOUT:
./a.sh 3
3 0 5
./a.sh 3
4 0 5
## END

#### arguments for a file read in one step, and return in its functions
for l in a; do . ./$l.sh x y; done
echo $#
f 1 2; echo $?
. ./a.sh z; echo $?
## FILE: a.sh
echo "$@"
f() { echo "$# $LINENO $BASH_SOURCE"
  return 3; }
return 4
## END
## STDOUT:
x y
0
2 2 ./a.sh
3
z
4
## END

#### exported functions of a file
for l in a; do . ./$l.sh; done
f
bash -c f
f
## FILE: a.sh

f() {
  echo "$LINENO"
}
export -f f
## END
## STDOUT:
3
0
3
## END

#### messages of functions of a file
for l in a; do . ./$l.sh; done
f
f 2>&1
echo "$(f 2>&1)"
## FILE: a.sh

f() {
  nosuchcommand

  : ${x?no}
}
## END
## stdout-json: ""
## status: 1

#### traps see the line of a function of a file
set -e
for l in a; do . ./$l.sh; done
trap 'echo "exit $? ${BASH_SOURCE[*]} $LINENO"' EXIT
f
## FILE: a.sh
f() {

  false
  echo no
}
## END
## STDOUT:
exit 1 ./a.sh ../t.sh 1
## END
## status: 1

#### ERR trap with a stack trace
set -eE
for l in a; do . ./$l.sh; done
trap 'trace' ERR
f
## FILE: a.sh
trace() {
  local i
  for ((i = 1; i < ${#FUNCNAME[@]}; i++)); do
    echo "${FUNCNAME[i]} ${BASH_SOURCE[i]}:${BASH_LINENO[i-1]}"
  done
}
f() {
  g

}
g() {

  false
}
## END
## STDOUT:
g ./a.sh:13
f ./a.sh:8
main ../t.sh:4
## END
## status: 1

#### a log library with its own stack
source_all() { local f; for f in ./lib/*.sh; do . "$f"; done; }
source_all
main() {
  log "a"
  warn "b"
}
main
log c
## FILE: lib/log.sh
# log
_where() {
  local n=${1:-1}
  set -- $(caller "$n")
  echo "$3:$1 ($2)"
}

log() {
  echo "$(_where 1) $*"
}
## END
## FILE: lib/warn.sh
warn() {
  log "warn" "$@"
}
## END
## STDOUT:
../t.sh:4 (main) a
./lib/warn.sh:2 (warn) warn b
../t.sh:8 (main) c
## END

#### what stands behind an exec is another program's
echo before
'''exec' "$(dirname "$(command -v cat)")/printf" '%s\n' "a $1b" 'c'
' '''
def f(x): return [(y) for y in x]; if (((
## STDOUT:
before
a b
c
## END

#### behind an exec of what is not there
echo before
exec /nonexistent/program "$@"
if then ((( '
## status: 127
## STDOUT:
before
## END

#### functions of a command that begins on the first line have the script's name in messages
(set -u
try() {
	eval v=\$$1
}
(try y)
f() { nosuch; }
f
) 2>&1 | cat
{ g() { nosuch; }
g; } 2>&1
## STDOUT:
../t.sh: line 3: y: unbound variable
../t.sh: line 6: nosuch: command not found
../t.sh: line 9: nosuch: command not found
## END
## status: 127

#### a substitution's function tells its caller's line by a file that a function reads
load() { . ./lib.sh; }
load
x=$(
  echo a

  # comment
  tell
)
echo "$x"
## FILE: lib.sh
tell() { echo "called at $(caller 0)"; }
## END
## STDOUT:
a
called at 9 main ../t.sh
## END

#### a file that a file reads lists BASH_ARGV
. ./outer.sh
## FILE: outer.sh
. ./inner.sh
## END
## FILE: inner.sh
declare -p BASH_ARGV BASH_ARGC
## END
## STDOUT:
declare -a BASH_ARGV=([0]="./inner.sh" [1]="./outer.sh")
declare -a BASH_ARGC=([0]="1" [1]="1" [2]="0")
## END
