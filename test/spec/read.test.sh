# read, mapfile, getopts, printf, echo.

#### read splits into variables
read a b c <<< 'x  y z w'; echo "[$a][$b][$c]"
## STDOUT:
[x][y][z w]
## END

#### read one variable strips blanks
read x <<< '   a b  '; echo "[$x]"; IFS= read x <<< '   a b  '; echo "[$x]"
## STDOUT:
[a b]
[   a b  ]
## END

#### read without a name fills REPLY with blanks kept
read <<< '  a  '; echo "[$REPLY]"
## STDOUT:
[  a  ]
## END

#### read backslashes
read x <<< 'a\tb\\c'; echo "$x"; read -r x <<< 'a\tb\\c'; echo "$x"
## STDOUT:
atb\c
a\tb\\c
## END

#### read continuation line
printf 'a\\\nb\nc\n' > f; { read x; read y; } < f; echo $x $y
## STDOUT:
ab c
## END

#### read with fewer words than names
read a b c <<< 'x'; echo "[$a][$b][$c]"
## STDOUT:
[x][][]
## END

#### read with IFS colon and empty fields
IFS=: read a b c d <<< 'x::y:'; echo "[$a][$b][$c][$d]"
## STDOUT:
[x][][y][]
## END

#### read -n and -N
read -n 2 x <<< abcd; echo $x; read -N 3 x <<< $'a\nbc'; echo "$x"; { read -n1 a; read b; } <<< xyz; echo $a $b
## STDOUT:
ab
a
b
x yz
## END

#### read -d
read -d , x <<< 'a b,c'; echo "$x"; printf 'a\0b\0' | while read -r -d '' x; do echo "[$x]"; done
## STDOUT:
a b
[a]
[b]
## END

#### read -a
read -a a <<< 'p q r'; echo ${#a[@]} ${a[2]}; a=(1 2 3 4); read -a a <<< 'z'; echo ${#a[@]}
## STDOUT:
3 r
1
## END

#### read -p, -s are quiet without a terminal
read -p 'prompt: ' x <<< v; echo $x; read -s y <<< w; echo $y
## STDOUT:
v
w
## END

#### read -t
read -t 0 x < /dev/null; echo $?; { sleep 0.15; } | { read -t 0.02 x; echo $(( $? > 128 )); }
## STDOUT:
0
1
## END

#### read -u
exec 3<<< 'three'; read -u 3 x; exec 3<&-; echo $x
## STDOUT:
three
## END

#### read -i and -e without a terminal
read -e x <<< v 2>/dev/null; echo $x
## STDOUT:
v
## END

#### read status at the end
printf 'a\nb' > f; { read x; echo $?; read y; echo $? $y; read z; echo "$? [$z]"; } < f
## STDOUT:
0
1 b
1 []
## END

#### read into array elements and locals
read 'a[2]' h <<< 'p q'; echo ${a[2]} $h; f() { local l; read l <<< v; echo $l; }; f; echo "[$l]"
## STDOUT:
p q
v
[]
## END

#### read invalid name
read 1x 2>/dev/null <<< v; echo $?
## STDOUT:
1
## END

#### read readonly
readonly r=1; { read r <<< v; } 2>/dev/null; echo $? $r
## STDOUT:
1 1
## END

#### read in a condition with IFS
while IFS='=' read -r k v; do echo "$k -> $v"; done <<< $'a=1\nb=2=3\nc'
## STDOUT:
a -> 1
b -> 2=3
c -> 
## END

#### read keeps the file position for others
printf '1\n2\n3\n4\n' > f; { read a; sed -n 1p; } < f
## STDOUT:
2
## END

#### read byte by byte from a pipe leaves the rest
printf '1\n2\n3\n' | { read a; cat; }
## STDOUT:
2
3
## END

#### read from the script's input, then a child
read a; cat; echo $a
## stdin-json: "1\n2\n3\n"
## STDOUT:
2
3
1
## END

#### read from the script's input in a function and a subshell
f() { read $1; }; f x; (read y; echo "sub $y"); read z; echo $x $z
## stdin-json: "1\n2\n3\n"
## STDOUT:
sub 2
1 3
## END

#### read in a substitution consumes
x=$(read a; echo $a); read b; echo $x $b
## stdin-json: "1\n2\n"
## STDOUT:
1 2
## END

#### read in a pipeline's first stage consumes
{ read a; echo $a; } | cat; read b; echo $b
## stdin-json: "1\n2\n"
## STDOUT:
1
2
## END

#### read of long lines
printf '%05000d\nx\n' 1 > f; { read a; read b; } < f; echo ${#a} $b
## STDOUT:
5000 x
## END

#### read of bytes
printf '\377\376 x\n' | { read a b; printf '%s' "$a" | od -An -tx1; echo $b; }
## STDOUT:
 ff fe
x
## END

#### read with IFS from the environment of the function
f() { IFS=, read a b; echo $b; }; f <<< '1,2'; x='a b'; set -- $x; echo $#
## STDOUT:
2
2
## END

#### read CR LF
printf 'a\r\n' | { read x; printf '%s' "$x" | od -An -c; }
## STDOUT:
   a  \r
## END

#### getopts simple
set -- -a -b val rest; while getopts ab: o; do echo "$o [${OPTARG-}] $OPTIND"; done; echo $? $OPTIND; shift $((OPTIND-1)); echo "$@"
## STDOUT:
a [] 2
b [val] 4
0 4
rest
## END

#### getopts clustered
set -- -abval -c; while getopts ab:c o; do echo "$o ${OPTARG-}"; done; echo $OPTIND
## STDOUT:
a 
b val
c 
3
## END

#### getopts clustered with commands between
set -- -xyz; getopts xyz o; true; echo $o $OPTIND; getopts xyz o; ls > /dev/null; echo $o $OPTIND; getopts xyz o; echo $o $OPTIND; getopts xyz o; echo $? $OPTIND
## STDOUT:
x 1
y 1
z 2
1 2
## END

#### getopts unknown option
set -- -q; getopts ab o 2>/dev/null; echo $o "[${OPTARG-}]"
## STDOUT:
? []
## END

#### getopts silent mode
set -- -q -b; getopts :ab: o; echo $o $OPTARG; getopts :ab: o; echo $o $OPTARG
## STDOUT:
? q
: b
## END

#### getopts missing argument
set -- -b; getopts b: o 2>/dev/null; echo $o "[${OPTARG-none}]"
## STDOUT:
? [none]
## END

#### getopts ends at double dash and operands
set -- -a -- -b; while getopts ab o; do echo $o; done; echo $OPTIND; set -- x -a; OPTIND=1; getopts a o; echo $? $OPTIND
## STDOUT:
a
3
1 1
## END

#### getopts with arguments given
while getopts xy o -x -y z; do echo $o; done; echo $OPTIND
## STDOUT:
x
y
3
## END

#### getopts reset by OPTIND
set -- -a; getopts a o; OPTIND=1; getopts a o; echo $o; OPTIND=1; set -- -b; getopts b o; echo $o
## STDOUT:
a
b
## END

#### getopts in a function with local OPTIND
f() { local OPTIND o; while getopts n: o; do echo "$o=$OPTARG"; done; }
f -n 1 -n 2; f -n 3
## STDOUT:
n=1
n=2
n=3
## END

#### getopts in a function without local OPTIND goes on
f() { getopts ab o "$@"; echo "$o $OPTIND"; }
f -a -b; f -a -b
## STDOUT:
a 2
b 3
## END

#### getopts message
set -- -z
getopts a o
echo $o
## STDOUT:
?
## END
## STDERR:
../t.sh: illegal option -- z
## END

#### getopts OPTERR
OPTERR=0; set -- -z; getopts a o; echo $o
## STDOUT:
?
## END

#### getopts hostile values
set -- -b "'; {% \$x %}" ; getopts b: o; printf '%s\n' "$OPTARG"
## STDOUT:
'; {% $x %}
## END

#### printf formats
printf '%s|%5s|%-5s|%05d|%x|%c|%%|%e\n' a b c 42 255 xyz 1.5
## STDOUT:
a|    b|c    |00042|ff|x|%|1.500000e+00
## END

#### printf reuses its format
printf '%s-%s\n' a b c; printf '[%s]' 1 2 3; echo; printf 'x\n' a b
## STDOUT:
a-b
c-
[1][2][3]
x
## END

#### printf missing arguments
printf '%s %d|\n'; printf '%s %s\n' a
## STDOUT:
 0|
a 
## END

#### printf -v
printf -v x '%03d' 7; echo $x; printf -v 'a[1]' %s el; echo ${a[1]}; true; echo $x
## STDOUT:
007
el
007
## END

#### printf %q
printf '%q\n' 'a b' "it's" '' $'a\nb' '$x' plain
## STDOUT:
a\ b
it\'s
''
$'a\nb'
\$x
plain
## END

#### printf %b and escapes
printf '%b|' 'a\tb' '\x41' '\0101'; printf '\x41\101\u20ac\n'
## STDOUT:
a	b|A|A|AA€
## END

#### printf %(fmt)T
TZ=UTC printf '%(%Y-%m-%d)T\n' 0; TZ=UTC printf -v d '%(%H)T' 3600; echo $d
## STDOUT:
1970-01-01
01
## END

#### printf widths from arguments
printf '%*s|%-*s|%.2s|%.*f\n' 5 a 4 b xyz 2 3.14159
## STDOUT:
    a|b   |xy|3.14
## END

#### printf numbers from characters and bases
printf '%d %d %d %i\n' "'a" 0x1f 010 -5; printf '%u\n' 5; printf '%o\n' 8
## STDOUT:
97 31 8 -5
5
10
## END

#### printf invalid number
printf '%d\n' 12x 2>/dev/null; echo $?
## STDOUT:
12
1
## END

#### printf status of a write to a closed output
printf x >&- 2>/dev/null; echo $?
## STDOUT:
1
## END

#### echo options
echo -n a; echo -e 'b\tc'; echo -E 'd\te'; echo -ne 'f\n'; echo -x; echo - ; echo -- a; echo -nn z; echo
## STDOUT:
ab	c
d\te
f
-x
-
-- a
z
## END

#### echo with xpg_echo
shopt -s xpg_echo; echo 'a\tb'; shopt -u xpg_echo; echo 'a\tb'
## STDOUT:
a	b
a\tb
## END

#### echo -e with \c
echo -e 'a\cb'; echo
## STDOUT:
a
## END

#### echo special arguments
echo "$@" "" end; echo '' | wc -c; echo -n | wc -c
## STDOUT:
 end
1
0
## END

#### mapfile from the script's input
mapfile -t m; echo ${#m[@]} "${m[1]}"
## stdin-json: "a\nb c\n"
## STDOUT:
2 b c
## END

#### mapfile in a pipeline is lost
printf 'a\n' | mapfile -t m; echo ${#m[@]}
## STDOUT:
0
## END

#### mapfile -u and -n then read goes on
printf '%s\n' 1 2 3 4 > f; exec 3< f; mapfile -t -n 2 -u 3 m; read -u 3 x; exec 3<&-; echo "${m[@]}" $x
## STDOUT:
1 2 3
## END

#### mapfile replaces, -O keeps
m=(x y z); mapfile -t m <<< a; echo ${#m[@]}; m=(x y z); mapfile -t -O 1 m <<< a; echo "${m[@]}"
## STDOUT:
1
x a z
## END

#### IFS whitespace and others mixed in read
IFS=' :' read a b c <<< ' x : y:z '; echo "[$a][$b][$c]"
## STDOUT:
[x][y][z]
## END

#### IFS newline
IFS=$'\n' read -d '' -a l <<< $'a b\nc'; echo ${#l[@]} "${l[0]}"
## STDOUT:
2 a b
## END

#### attributes of the variables that read and mapfile set
declare -u REPLY
f() { echo f; return 3; }
read <<< ab
echo $REPLY
declare -i MAPFILE
f || echo $?
mapfile -t <<< 1+2
echo "${MAPFILE[@]}"
readonly REPLY MAPFILE
f | cat
read <<< cd 2>/dev/null || echo read only
(REPLY=x) 2>/dev/null || echo read only
declare -p REPLY MAPFILE
f || :
## STDOUT:
AB
f
3
3
f
read only
read only
declare -ru REPLY="AB"
declare -air MAPFILE=([0]="3")
f
## END
