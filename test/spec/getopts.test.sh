#### a loop over options, some in one word
set -- -a -b one -cb two -vvv -c -- rest -x
v=0
while getopts ab:cv opt; do
  case $opt in
    a) echo "a $OPTIND" ;;
    b) echo "b $OPTARG $OPTIND" ;;
    c) echo "c $OPTIND ${OPTARG-unset}" ;;
    v) v=$((v + 1)); echo "v $v $OPTIND" ;;
  esac
done
echo "$? $opt $OPTIND"
shift $((OPTIND - 1))
echo "$@"
## STDOUT:
a 2
b one 4
c 4 unset
b two 6
v 1 6
v 2 6
v 3 7
c 8 unset
0 ? 9
rest -x
## END

#### plain options, several in a word
set -- -abc -d value -ef file
while getopts abcd:ef opt; do
  echo "$opt ${OPTARG:-none} $OPTIND"
done
echo "$opt $OPTIND"
shift "$((OPTIND - 1))"
echo "$# $1"
## STDOUT:
a none 1
b none 1
c none 2
d value 4
e none 4
f none 5
? 5
1 file
## END

#### unknown options and missing values, silently
set -- -ax -b
while getopts :ab: opt; do
  case $opt in
    :) echo "missing $OPTARG" ;;
    \?) echo "unknown $OPTARG" ;;
    *) echo "$opt" ;;
  esac
done
## STDOUT:
a
unknown x
missing b
## END

#### unknown options and missing values, with messages
set -- -axb -c
while getopts ac: opt; do
  echo "$opt [${OPTARG-unset}]"
done
echo $?
## STDOUT:
a [unset]
? [unset]
? [unset]
? [unset]
0
## END
## STDERR:
../t.sh: illegal option -- x
../t.sh: illegal option -- b
../t.sh: option requires an argument -- c
## END

#### started again
parse() {
  OPTIND=1
  while getopts xy: opt "$@"; do echo "$opt ${OPTARG-}"; done
}
set -- -xy 1 -x
while getopts xy: opt; do echo "$opt ${OPTARG-} $OPTIND"; done
OPTIND=1
set -- -xx
while getopts xy: opt; do echo "again $opt $OPTIND"; done
## STDOUT:
x  1
y 1 3
x  4
again x 1
again x 2
## END

#### in a function that keeps its own place
parse() {
  local OPTIND opt
  while getopts pq opt; do echo "in $opt $OPTIND"; done
}
set -- -ab -c
while getopts abc opt; do
  echo "$opt $OPTIND"
  parse -pq -p
done
echo "$OPTIND"
## STDOUT:
a 1
in p 1
in q 2
in p 3
b 2
in p 1
in q 2
in p 3
c 3
in p 1
in q 2
in p 3
3
## END

#### in a function
v=
parse() {
  while getopts ab:v opt; do
    case $opt in
      a) all=yes ;;
      b) b=$OPTARG ;;
      v) v=x$v ;;
      *) return 2 ;;
    esac
  done
  shift $((OPTIND - 1))
  echo "$all $b $v $# $*"
}
parse -vav -b 'two words' -v more
## STDOUT:
yes two words xxx 1 more
## END

#### a usage message ends the script
set -e
usage() { echo "usage: t [-n]"; exit 64; }
set -- -nz
while getopts :n opt; do
  case $opt in
    n) n=1 ;;
    *) usage ;;
  esac
done
echo not reached
## STDOUT:
usage: t [-n]
## END
## status: 64

#### one call at a time
set -- -abc
getopts abc x; echo "$x"
getopts abc x; echo "$x"
y=$(getopts abc z; echo "$z")
echo "$y"
getopts abc x; echo "$x $OPTIND"
getopts abc x || echo over
## STDOUT:
a
b
c
c 2
over
## END

#### OPTIND=0 before getopts is called wrongly
report() { echo "OPTIND after getopts: $1"; }
for words in -a '-a -v 2'; do
  set -- $words
  OPTIND=0
  while getopts -a tst av: o 2>/dev/null; do :; done
  if [[ $OPTIND != 4 ]]; then report "$OPTIND"; fi
done
## STDOUT:
OPTIND after getopts: 0
OPTIND after getopts: 0
## END
