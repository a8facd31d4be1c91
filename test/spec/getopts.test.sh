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

#### getopts in a loop whose body calls functions, inside grouped options
f() {
while getopts "hv:xz" opt "$@"; do
  case $opt in
   h) ls -d .;;
   v) echo "v $OPTARG"; date +%Y >/dev/null;;
   x) ls -d /; g "$opt" ;;
   ?) echo bad >&2; ls -d /tmp;;
  esac
  echo "$OPTIND"
done
shift $((OPTIND-1))
ls -d "$@"
}
g() { echo "g $1"; ls -d /etc; }
f -hxz -v foo -qxh -xvbar -- . /
OPTIND=1
set -- -hxz -xhx
f -hxz
## STDOUT:
.
1
/
g x
/etc
1
/tmp
2
v foo
4
/tmp
4
/
g x
/etc
4
.
5
/
g x
/etc
5
v bar
6
.
/
.
1
/
g x
/etc
1
/tmp
2
.
## END

#### getopts in functions with an OPTIND of their own
p() { local OPTIND o v=; while getopts hv:x o; do case $o in h) ls -d .;; v) v=$OPTARG; ls -d "$v";; x) q -ab; echo "p: $OPTIND";; *) return 3;; esac; done; shift $((OPTIND-1)); echo "p: $# $v"; }
q() { local o OPTIND=1; while getopts abc o "$@"; do echo "q $o"; ls -d .; [ $o = b ] && return 1; done; }
p -hx -v / -xh a b; echo $?
set -- -ab -ba
OPTIND=1
while getopts ab o; do echo "m $o $OPTIND"; p -hxz; echo $?; r; done
r() { typeset OPTIND=1; getopts ab x; echo "r $x"; }
s() { local OPTIND; getopts ab x; ls -d .; getopts ab x; echo "s $x $OPTIND"; }
OPTIND=1
while getopts ab o; do echo "m $o $OPTIND"; s -bab -a; r; declare -p OPTIND; done
## STDOUT:
.
q a
.
q b
.
p: 2
/
q a
.
q b
.
p: 4
.
p: 2 /
0
m a 1
.
q a
.
q b
.
p: 1
3
m b 2
.
q a
.
q b
.
p: 1
3
m b 2
.
q a
.
q b
.
p: 1
3
m a 3
.
q a
.
q b
.
p: 1
3
m a 1
.
s a 1
r ?
declare -i OPTIND="1"
m b 2
.
s a 1
r ?
declare -i OPTIND="2"
m b 2
.
s a 1
r ?
declare -i OPTIND="2"
m a 3
.
s a 1
r ?
declare -i OPTIND="3"
## END

#### getopts in nested functions with local OPTIND
f() { local OPTIND o; while getopts ab o; do echo f$o; done; echo "f OPTIND=$OPTIND"; }
set -- -x -y
f -a -b
getopts xy o; echo $? $o $OPTIND
f -ab -b
getopts xy o; echo $? $o $OPTIND
g() { local OPTIND=1 o; while getopts ab o "$@"; do echo g$o; f -a; done; echo "g OPTIND=$OPTIND"; }
set -- -xyx -y; OPTIND=1
getopts xy o; echo $? $o $OPTIND
g -ab -b
getopts xy o; echo $? $o $OPTIND
getopts xy o; echo $? $o $OPTIND
h() { local OPTIND o;  getopts ab o; echo h$o; getopts ab o; echo h$o; }
OPTIND=1
getopts xy o; echo $? $o $OPTIND
h -aba -b
getopts xy o; echo $? $o $OPTIND
getopts xy o; echo $? $o $OPTIND
getopts xy o; echo $? $o $OPTIND
getopts xy o; echo $? $o $OPTIND
## STDOUT:
fa
fb
f OPTIND=3
0 x 2
fa
fb
fb
f OPTIND=3
0 y 3
0 x 1
ga
fa
f OPTIND=2
gb
fa
f OPTIND=2
gb
fa
f OPTIND=2
g OPTIND=3
0 y 1
0 x 2
0 x 1
ha
hb
0 y 1
0 x 2
0 y 3
1 ? 3
## END

#### getopts with words of its own, and assigned OPTIND
set -- -ab -a
getopts ab o; echo $o; OPTIND=1; getopts ab o; echo $o; getopts ab o; echo $o
unset OPTIND; getopts ab o; echo $o $OPTIND
read OPTIND <<< 1; getopts ab o; echo $o $OPTIND; printf -v OPTIND 1; getopts ab o; echo $o $OPTIND
export OPTIND=1; getopts ab o; echo $o $OPTIND; shift; getopts ab o; echo $o $OPTIND
: $((OPTIND=1)); getopts ab o; echo $o $OPTIND;
((OPTIND=1)); getopts ab o -abc -a; echo $o $OPTIND;
getopts abc o -abc -a; echo $o $OPTIND $OPTARG;
getopts abc: o -abcfoo -a; echo $o $OPTIND $OPTARG;
getopts abc: o -abcfoo -c x -aab; echo $o $OPTIND $OPTARG;
getopts abc: o -abcfoo -c x -aab; echo $o $OPTIND $OPTARG;
getopts abc: o -abcfoo -c x -aab; echo $o $OPTIND $OPTARG;
x="-abcfoo -c x -aab"
getopts abc: o $x; echo $o $OPTIND $OPTARG;
getopts abc: o $x; echo $o $OPTIND $OPTARG;
## STDOUT:
a
a
b
a 1
a 1
a 1
a 1
a 2
a 2
a 1
b 1
c 2 foo
c 4 x
a 4
a 4
b 5
? 5
## END

#### getopts after OPTIND was unset
set -- -ab -a
unset OPTIND
declare -p OPTIND
getopts ab o; declare -p OPTIND; ls -d "$OPTIND"
OPTIND=1; declare -p OPTIND; echo $OPTIND
## STDOUT:
declare -- OPTIND="1"
declare -- OPTIND="1"
1
## END

#### getopts in a function that calls what words name
f() { while getopts hxz o; do run echo "$o"; run -z "$o"; [ "$o" = x ] && run ls -d /; done; }
run() { "$@"; ls -d .; }
f -hxz -x
one() { getopts abc o "$@"; }
OPTIND=1
while one -abc -a; do echo "$o $OPTIND"; ls -d .; done
g() { getopts abc o; }
OPTIND=1
c=g
while $c -abc -a; do echo "$o $OPTIND"; ls -d .; done
set -- -cab -b
OPTIND=1
while $c "$@"; do echo "$o $OPTIND"; ls -d .; done
h() { eval 'getopts abc o "$@"'; k; }
k() { "$c" -aba; ls -d .; }
OPTIND=1
h "$@"; echo $o; h "$@"; echo $o; h "$@"; echo $o
## STDOUT:
h
.
.
x
.
.
/
.
z
.
.
x
.
.
/
.
a 1
.
b 1
.
c 2
.
a 3
.
a 1
.
b 1
.
c 2
.
a 3
.
c 1
.
a 1
.
b 2
.
b 3
.
.
b
.
?
.
?
## END

#### getopts inside a word, continued with other words
g() { getopts abc o; echo "$o" $OPTIND; }
set -- -ab -x
getopts abc o; echo "$o" $OPTIND
g -cc
g -cc
getopts abc o; echo "$o" $OPTIND
OPTIND=1
getopts abc o; echo "$o" $OPTIND
g foo
getopts abc o; echo "$o" $OPTIND
## STDOUT:
a 1
c 2
? 2
? 3
a 1
? 2
? 3
## END

#### getopts with the positional parameters named
f() {
while getopts "hv:xz" opt "$@"; do
  case $opt in
   h) ls -d .;;
   v) echo "v $OPTARG"; date +%Y >/dev/null;;
   x) ls -d /; g "$opt" ;;
   ?) echo bad >&2; ls -d /tmp;;
  esac
  echo "$OPTIND"
done
shift $((OPTIND-1))
ls -d "$@"
}
g() { echo "g $1"; ls -d /etc; }
f -hxz -v foo -qxh -xvbar -- . /
OPTIND=1
set -- -hxz -xhx
getopts hxz o "$@"; echo $o; ls -d /
getopts hxz o "${@}"; echo $o; ls -d /
shift 
getopts hxz o "$@"; echo $o; ls -d /
getopts hxz o "$@"; echo $o; ls -d /
getopts hxz o; echo $o; ls -d /
getopts hxz o; echo $o; ls -d /
set --
getopts hxz o "$@"; echo $o $?; ls -d /
## STDOUT:
.
1
/
g x
/etc
1
/tmp
2
v foo
4
/tmp
4
/
g x
/etc
4
.
5
/
g x
/etc
5
v bar
6
.
/
h
/
x
/
x
/
?
/
?
/
?
/
? 1
/
## END

#### the place in a word is forgotten however OPTIND is assigned to
set -- -abc
getopts abc o; echo "$o"
: $((OPTIND=1))
getopts abc o; echo "$o"
((OPTIND = 1))
getopts abc o; echo "$o"
for OPTIND in 1; do getopts abc o; echo "$o"; done
for ((OPTIND = 1; OPTIND < 2; OPTIND++)); do getopts abc o; echo "$o"; break; done
getopts abc o; echo "$o"
## STDOUT:
a
a
a
a
a
b
## END

#### OPTIND is assigned to by other names
set -- -abc
getopts abc o; echo "$o"
declare -n index=OPTIND
index=1
getopts abc o; echo "$o"
getopts abc o; echo "$o"
unset -n index
name=OPTIND
eval "$name=1"
getopts abc o; echo "$o"
getopts abc o; echo "$o"
## STDOUT:
a
a
b
a
b
## END

#### a trap's handler takes an option
next() { getopts abcd o -abcd; echo "handler $o"; }
trap 'getopts abcd o; echo "trap $o"' USR1
trap next USR2
set -- -abcd
getopts abcd o; echo "$o"
kill -USR1 $$
getopts abcd o; echo "$o"
kill -USR2 $$
## STDOUT:
a
trap b
c
handler d
## END

#### several hundred options in one word
printf -v word '%300s' ''
word=-${word// /ab}
code='for ((i = 0; i < 301; i++)); do getopts ab o "$word"; done'
eval "$code"
echo "$o $OPTIND"
sh -c :
getopts ab o "$word"
echo "$o"
code='for ((i = 0; i < 296; i++)); do getopts ab o "$word"; done'
eval "$code"
echo "$o $OPTIND"
sh -c :
getopts ab o "$word"; echo "$o $OPTIND"
getopts ab o "$word"; echo "$o $?"
## STDOUT:
a 1
b
b 1
a 1
b 0
## END

#### a text that run time makes takes options of a word
word=-abcdef
take='getopts abcdef o "$word"'
eval "$take; $take"
echo "$o $OPTIND"
getopts abcdef o "$word"; echo "$o"
take=getopts
$take abcdef o "$word"
sh -c :
getopts abcdef o "$word"; echo "$o"
## STDOUT:
b 1
c
e
## END
