# Indexed and associative arrays, and that they travel from command to command.

#### literal and elements
a=(one two three)
echo ${a[0]} ${a[1]} ${a[2]} ${a[3]-none} $a
## STDOUT:
one two three none one
## END

#### all elements and their number
a=(x 'y z' '')
echo ${#a[@]}
printf '[%s]' "${a[@]}"; echo
printf '[%s]' "${a[*]}"; echo
printf '[%s]' ${a[@]}; echo
## STDOUT:
3
[x][y z][]
[x y z ]
[x][y][z]
## END

#### sparse
a[5]=five; a[2]=two; a[10]=ten
true
echo "${a[@]}" / "${!a[@]}" / ${#a[@]}
## STDOUT:
two five ten / 2 5 10 / 3
## END

#### literal with subscripts
a=([3]=c [1]=a d)
echo "${!a[@]}" "${a[@]}"; 
a=([2]=x y z); echo "${!a[@]}"
## STDOUT:
1 2 3 a d c
2 3 4
## END

#### append elements
a=(1); true; a+=(2 3); true; a[${#a[@]}]=4
echo "${a[@]}"
## STDOUT:
1 2 3 4
## END

#### negative index
a=(1 2 3)
echo ${a[-1]} ${a[-3]}; a[-1]=x; echo "${a[@]}"
## STDOUT:
3 1
1 2 x
## END

#### unset elements and the whole
a=(1 2 3 4)
unset 'a[1]' 'a[-1]'
echo "${a[@]}" "${!a[@]}"
unset a; echo ${#a[@]}
## STDOUT:
1 3 0 2
0
## END

#### slices
a=(0 1 2 3 4 5)
echo "${a[@]:2}" / "${a[@]:2:2}" / "${a[@]: -2}" / "${a[@]:0:1}"
## STDOUT:
2 3 4 5 / 2 3 / 4 5 / 0
## END

#### slices of a sparse array
a=([2]=a [5]=b [9]=c)
echo "${a[@]:2:2}" "${a[@]:6}"
## STDOUT:
a b c
## END

#### copy keeps elements
a=('x y' '' z); b=("${a[@]}"); echo ${#b[@]} "${b[0]}"
## STDOUT:
3 x y
## END

#### elements with newlines and quotes travel
a=($'l1\nl2' "it's" '"q"' '$x' '\' '*')
true
printf '<%s>' "${a[@]}"; echo
## STDOUT:
<l1
l2><it's><"q"><$x><\><*>
## END

#### loop over an array
a=(x 'y z' w)
for e in "${a[@]}"; do echo "[$e]"; done
for i in "${!a[@]}"; do echo "$i=${a[i]}"; done
## STDOUT:
[x]
[y z]
[w]
0=x
1=y z
2=w
## END

#### modified in a loop
a=(1 2 3)
for i in ${!a[@]}; do a[i]=$((a[i]*10)); done
echo "${a[@]}"
## STDOUT:
10 20 30
## END

#### modified while looping over it
a=(1 2 3)
for e in "${a[@]}"; do a+=($e); done
echo "${a[@]}"
## STDOUT:
1 2 3 1 2 3
## END

#### array from a substitution and a glob
touch f1 f2 f3
a=($(echo p q)); b=(f*)
echo ${#a[@]} ${#b[@]} "${b[-1]}"
## STDOUT:
2 3 f3
## END

#### array from words with IFS
IFS=:; x=a:b:c; a=($x); unset IFS
echo ${#a[@]} ${a[2]}
## STDOUT:
3 c
## END

#### read -a
read -a a <<< 'p q r'
echo ${#a[@]} ${a[1]}
IFS=, read -ra b <<< 'x,y z,w'
echo "${b[1]}"
## STDOUT:
3 q
y z
## END

#### mapfile
printf 'l1\nl 2\nl3' > f
mapfile -t a < f
echo ${#a[@]} "${a[1]}"
mapfile b < f; printf '%s' "${b[@]}" | od -An -c | tr -s ' '
## STDOUT:
3 l 2
 l 1 \n l 2 \n l 3
## END

#### mapfile options
printf '%s\n' a b c d e > f
mapfile -t -s 1 -n 2 x < f; echo "${x[@]}"
mapfile -t -O 2 y < f; echo "${!y[@]}"
mapfile -t -d , z <<< a,b; echo ${#z[@]}
## STDOUT:
b c
2 3 4 5 6
2
## END

#### mapfile callback
cb() { echo "cb $1 $2"; }
printf '%s\n' a b c d > f
mapfile -t -c 2 -C cb a < f
echo ${#a[@]}
## STDOUT:
cb 1 b
cb 3 d
4
## END

#### readarray into the default
printf 'x\ny\n' > f
readarray < f; echo ${#MAPFILE[@]}
## STDOUT:
2
## END

#### associative basics
declare -A h=([one]=1 [two]=2)
h[three]=3
echo ${h[one]} ${h[two]} ${h[three]} ${#h[@]}
## STDOUT:
1 2 3 3
## END

#### associative keys sorted
declare -A h=([b]=2 [a]=1 [c]=3)
true
for k in $(printf '%s\n' "${!h[@]}" | sort); do echo $k ${h[$k]}; done
## STDOUT:
a 1
b 2
c 3
## END

#### associative keys with blanks and specials
declare -A h
h['a b']=1 h["c'd"]=2 h['$x']=3 h[']']=4 h['*']=5
true
echo "${h['a b']}${h["c'd"]}${h['$x']}${h['*']}" ${#h[@]}
## STDOUT:
1235 5
## END

#### associative unset key
declare -A h=([a]=1 [b]=2)
unset 'h[a]'; echo ${#h[@]} "${h[a]-gone}"
## STDOUT:
1 gone
## END

#### associative test of a key
declare -A h=([a]='')
[[ -v h[a] ]] && echo has; [[ -v h[b] ]] || echo hasnt
echo "${h[a]+set}" "${h[b]+set}"
## STDOUT:
has
hasnt
set 
## END

#### associative counting words
declare -A c
for w in a b a c b a; do ((c[$w]++)); done
for k in a b c; do echo $k ${c[$k]}; done
## STDOUT:
a 3
b 2
c 1
## END

#### associative append to a value
declare -A h=([k]=x); h[k]+=y; h+=([m]=z); echo ${h[k]} ${h[m]}
## STDOUT:
xy z
## END

#### associative local
f() { local -A m=([k]=inner); echo ${m[k]}; }
declare -A m=([k]=outer)
f; echo ${m[k]}
## STDOUT:
inner
outer
## END

#### associative from key value list
declare -A h=(a 1 b 2); echo ${h[a]}${h[b]}
## STDOUT:
12
## END

#### array local and recursive
f() { local a=($1 $2); if (($1)); then f $(($1-1)) x; fi; echo "${a[@]}"; }
f 2 y
## STDOUT:
0 x
1 x
2 y
## END

#### array of a function's arguments
f() { local args=("$@"); echo ${#args[@]} "${args[1]}"; }
f a 'b c' d
## STDOUT:
3 b c
## END

#### array passed by name
sum() { local -n arr=$1; local s=0 e; for e in "${arr[@]}"; do ((s+=e)); done; echo $s; }
v=(1 2 3); sum v
## STDOUT:
6
## END

#### array element as scalar in a child
a=(1 2); export a; sh -c 'echo "[$a]"'
## STDOUT:
[]
## END

#### array in a subshell
a=(1)
(a+=(2); echo "${a[@]}"); echo "${a[@]}"
## STDOUT:
1 2
1
## END

#### array filled in a pipeline is lost
a=()
printf 'x\ny\n' | while read l; do a+=("$l"); done
echo ${#a[@]}
## STDOUT:
0
## END

#### array filled from process substitution stays
a=()
while read l; do a+=("$l"); done < <(printf 'x\ny\n')
echo ${#a[@]}
## STDOUT:
2
## END

#### lastpipe keeps the array
shopt -s lastpipe
a=()
printf 'x\ny\n' | while read l; do a+=("$l"); done
echo ${#a[@]}
## STDOUT:
2
## END

#### arrays as stack and queue
s=(); s+=(a); s+=(b); s+=(c)
echo ${s[-1]}; unset 's[-1]'; echo "${s[@]}"
s=("${s[@]:1}"); echo "${s[@]}"
## STDOUT:
c
a b
b
## END

#### array joined and split
a=(x y z)
j=$(IFS=-; echo "${a[*]}"); echo $j
IFS=- read -ra b <<< "$j"; echo ${#b[@]}
## STDOUT:
x-y-z
3
## END

#### array to sorted array
a=(c a b)
mapfile -t s < <(printf '%s\n' "${a[@]}" | sort); echo "${s[@]}"
## STDOUT:
a b c
## END

#### pattern operations over elements
a=(a.txt b.txt c.sh)
echo "${a[@]%.txt}" "${a[@]/./_}" "${a[@]^^}"
## STDOUT:
a b c.sh a_txt b_txt c_sh A.TXT B.TXT C.SH
## END

#### array quoting with @Q and declare -p
a=('x y' "it's" '')
echo "${a[@]@Q}"
declare -p a
## STDOUT:
'x y' 'it'\''s' ''
declare -a a=([0]="x y" [1]="it's" [2]="")
## END

#### declare -p of an associative with one key
declare -A h=(['k k']='v v'); declare -p h
## STDOUT:
declare -A h=(["k k"]="v v" )
## END

#### two dimensional by key
declare -A g
for x in 0 1; do for y in 0 1; do g[$x,$y]=$((x*2+y)); done; done
echo ${g[1,0]} ${g[0,1]} ${g[1,1]}
## STDOUT:
2 1 3
## END

#### array index with effects
i=0; a[i++]=x; a[i++]=y; echo $i "${a[@]}"
## STDOUT:
2 x y
## END

#### assignment to element zero by the plain name
a=(1 2); a=x; echo "${a[@]}"
## STDOUT:
x 2
## END

#### scalar becomes an array
x=s; x[1]=t; echo "${x[@]}"
## STDOUT:
s t
## END

#### empty array
a=(); echo ${#a[@]} "[${a[@]}]" "${a[@]+set}"
set -- "${a[@]}"; echo $#
## STDOUT:
0 []
0
## END

#### array with a thousand elements
a=({1..1000}); true; echo ${#a[@]} ${a[999]}
## STDOUT:
1000 1000
## END

#### array of commands
cmds=('echo one' 'echo two'); for c in "${cmds[@]}"; do $c; done
cmd=(echo 'a  b' c); "${cmd[@]}"
## STDOUT:
one
two
a  b c
## END

#### array as argument list of a command
args=(-n 'x y'); echo "${args[@]}"; echo
## STDOUT:
x y
## END

#### readonly and exported array elements
declare -r r=(1 2); { r[0]=5; } 2>/dev/null; echo "${r[0]}"
## STDOUT:
## END
## status: 1

#### integer array
declare -ia n=(1+1 2*3); n[2]=n[0]+n[1]; echo "${n[@]}"
## STDOUT:
2 6 8
## END

#### lower-case array
declare -la l=(ABC Def); echo "${l[@]}"
## STDOUT:
abc def
## END

#### BASH_REMATCH
[[ 2026-11-24 =~ ^([0-9]+)-([0-9]+)-([0-9]+)$ ]]
echo "${BASH_REMATCH[1]}" "${BASH_REMATCH[3]}" ${#BASH_REMATCH[@]}
## STDOUT:
2026 24 4
## END

#### BASH_REMATCH seen some commands later
[[ ab12 =~ ([a-z]+)([0-9]+) ]]
true
x=1
echo "${BASH_REMATCH[0]} ${BASH_REMATCH[2]}"
## STDOUT:
ab12 12
## END

#### BASH_REMATCH in a condition's branch
if [[ k=v =~ (.*)=(.*) ]]; then echo "${BASH_REMATCH[1]} ${BASH_REMATCH[2]}"; fi
## STDOUT:
k v
## END

#### DIRSTACK and GROUPS are arrays
[ ${#DIRSTACK[@]} -eq 1 ] && echo one
[ ${#GROUPS[@]} -ge 1 ] && echo groups
## STDOUT:
one
groups
## END

#### array expansion in a here-document
a=(1 2 3)
cat <<E
${a[@]} ${#a[@]} ${a[1]}
E
## STDOUT:
1 2 3 3 2
## END

#### array expansion in arithmetic condition
a=(3 4); ((a[0] < a[1])) && echo less
## STDOUT:
less
## END

#### array in case
a=(x); case ${a[0]} in x) echo yes;; esac
## STDOUT:
yes
## END

#### array element test with -v
a=([1]=x); [[ -v a[1] ]] && echo y; [[ -v a[0] ]] || echo n; [[ -v a ]] || echo whole n
## STDOUT:
y
n
whole n
## END

#### array assignment with a prefix command is an environment string
a=(1 2) true 2>/dev/null; echo "${a[@]}"
## STDOUT:

## END

#### unset in a loop while iterating over indices
a=(a b c d)
for i in "${!a[@]}"; do ((i % 2)) && unset "a[$i]"; done
echo "${a[@]}"
## STDOUT:
a c
## END

#### bubble sort
a=(5 3 8 1)
for ((i=0;i<${#a[@]};i++)); do for ((j=0;j<${#a[@]}-1;j++)); do
  if ((a[j]>a[j+1])); then t=${a[j]}; a[j]=${a[j+1]}; a[j+1]=$t; fi
done; done; echo "${a[@]}"
## STDOUT:
1 3 5 8
## END

#### associative arrays keep the order of their keys
declare -A m
for i in {1..120}; do m[w$((i * 7919))]=$i; done
first=${!m[*]}
m[other]=1
unset 'm[other]'
f() {
  local -A copy
  local k
  for k in "${!m[@]}"; do copy[$k]=${m[$k]}; done
  second=${!copy[*]}
  test -n "$second"
  test "$second" = "${!copy[*]}" && echo copied
}
f
test "$first" = "${!m[*]}" && echo same
echo "${m[w7919]} ${first:0:31} ${second:0:31}"
## STDOUT:
copied
same
1 w863171 w807738 w269246 w601844 w863171 w807738 w269246 w601844
## END

#### an associative array that was a plain variable has a table of its own size
eval 'x=1; declare -A x; x=([zero]=1 [one]=2)'
declare -A y=([zero]=1 [one]=2)
declare -p x
echo "${!x[@]} ${!y[@]}"
## STDOUT:
declare -A x=([zero]="1" [one]="2" )
zero one one zero
## END

#### arrays that loops append to and assign elements of
for i in {1..30}; do a+=("$i x" y); b[i]=$i; c[$i]="v $i"; [ -n "${b[i]}" ] && n=${c[$i]}; done; echo ${#a[@]} ${#b[@]} "${c[30]}" $n "${a[@]:0:3}"
declare -A m; for i in {1..5}; do m[$i]=x$i; m+=([k$i]=z); done; echo ${#m[@]}; for i in {1..30}; do d=("$i" "${a[@]:0:2}"); done; echo "${#d[@]} ${d[*]}"
## STDOUT:
60 30 v 30 v 30 1 x y 2 x
10
3 30 1 x y
## END

#### arrays with attributes, and subscripts that fail, in loops
readonly -a ra=(1 2); for i in 1 2 3 4 5; do x=$i; z=$x; [ $i = 3 ] && ra+=(3); echo $i; done; echo "st $? ${ra[*]}"
for i in 1 2 3 4 5; do ra[i]=5; echo never; done; echo "st $? ${ra[*]}"
declare -i ia; for i in 1 2 3 4; do ia+=(i*2); ia[i]=i+1; done; echo "${ia[*]}"
s=scalar; for i in 1 2 3; do s+=("$i"); done; echo "${s[*]}"; for i in 1 2; do s=$i; done; echo "${s[*]}"; for k in k1 k2; do e[$k]=$k; done; echo "${e[*]}"
for i in 08 09; do f[$i]=x; echo never; done; echo "st $?"
for i in -1 1; do g[$i]=x; echo maybe; done; echo "st $?"
## STDOUT:
1
2
2 2 3 4 5
scalar 1 2 3
2 1 2 3
k2
## END
## status: 1

#### local arrays that loops append to, and an element that nounset misses
f() { local -a l=(); local i; for i in 1 2 3 4; do l+=("$i$1"); l[i]=$i; done; echo "${l[*]} ${#l[@]}"; }; f a; f b; l=(g); f c; echo "${l[*]}"
set -u; for i in 0 1 2; do h[i]=$i; echo "${h[i]}"; done; echo ${h[5]}; echo never
## STDOUT:
1a 1 2 3 4 5
1b 1 2 3 4 5
1c 1 2 3 4 5
g
0
1
2
## END
## status: 1

#### references to arrays, exported ones, and lists that are assigned in loops
declare -n r=arr; for i in 1 2 3 4; do r+=("$i"); r[i]=z; done; echo "${arr[*]}"; unset -n r; export ex=1; for i in 1 2 3; do ex+=(b); done; declare -p ex
for i in *; do q+=("$i"); done; echo ${#q[@]}; IFS=,; for i in 1,2 3; do w+=($i); done; echo "${#w[@]} ${w[*]}"; x=(); for i in 1 2 3 4; do x=("${x[@]}" $i); done; echo "${x[*]}"
for i in 1 2 3; do y=([5]=a b); done; echo "${!y[@]}"; i=5; for j in 1 2 3; do y[i]=$((j*2)) z=$j; done; echo "${y[5]} $z"
## STDOUT:
1 z z z z
declare -ax ex=([0]="1" [1]="b" [2]="b" [3]="b")
1
3 1,2,3
1,2,3,4
5 6
6 3
## END

#### substitutions in a list that ask for the array it is assigned to
arr=($(declare -p arr 2>&1))
echo "${arr[@]}"
unset arr
arr=(x $([[ -v arr ]] && echo is || echo no; declare -p arr 2>&1))
echo "${arr[@]}"
arr+=($(declare -p arr))
echo "${arr[@]}"
f() { local q; q=($(declare -p q)); echo "${q[@]}"; local -a r=($(declare -p r 2>&1)); echo "${r[@]}"; }; f
n=(3 1 2); n=($(printf "%s\n" "${n[@]}" | sort)); echo "${n[@]}"
set -u
x=$(echo "${#arr[@]}x")
echo "$x"
x=$(echo $(((j+2)*3)))
echo "$x $?"
arr=($(echo "${#arr[@]}x"))
echo "$arr"
unset arr
arr=($(echo "${#arr[@]}x") $(echo 1 $((j+2))) z)
echo "$arr"
## STDOUT:
declare -a arr=()
x no declare -a arr=()
x no declare -a arr=() declare -a arr=([0]="x" [1]="no" [2]="declare" [3]="-a" [4]="arr=()")
declare -a q
../t.sh: line 8: declare: r: not found
1 2 3
12x
 1
12x
0x
## END
