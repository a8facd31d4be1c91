# EXIT traps that a text sets which only run time knows: where the shell ends that the text has been run in.

#### subshells: a variable, a word that is `trap`, a file, a function
x="trap 'echo bye' EXIT"
t=trap
echo "$x" > lib
f() { eval "$1"; echo in f; true; }
( eval "$x"; echo hi; true )
echo 1
( $t 'echo bye' EXIT; echo hi; true )
echo 2
( . ./lib; echo hi; true )
echo 3
( f "$x"; true )
echo 4
( eval "$x"; exit 3; )
echo "$?"
## STDOUT:
hi
bye
1
hi
bye
2
hi
bye
3
in f
bye
4
bye
3
## END

#### substitutions
x="trap 'echo bye' EXIT"
echo text > file
f() { eval "$x"; cat file; }
y=$(eval "$x"; echo hi; true)
echo "$y"
y=$(f)
echo "$y"
y=$(echo | f)
echo "$y"
## STDOUT:
hi
bye
text
text
bye
## END

#### stages that are groups, subshells, commands and functions
x="trap 'echo bye' EXIT"
f() { eval "$x"; echo in f; true; }
echo | { eval "$x"; echo hi; true; }
{ eval "$x"; echo hi; true; } | cat
echo | (if true; then eval "$x"; true; fi)
echo | eval "$x"
f | cat
echo | { eval "$x"; exit 3; }
echo "$?"
## STDOUT:
hi
bye
hi
bye
bye
bye
in f
bye
bye
3
## END

#### other compound commands that are stages end without it
x="trap 'echo bye' EXIT"
f() { eval "$x"; true; }
echo | if true; then eval "$x"; echo one; fi
echo | while read -r a; do eval "$x"; echo two; done
for i in 1 2; do eval "$x"; echo $i; done | cat
echo | case x in x) eval "$x"; echo three; exit 3 ;; esac
echo "$?"
echo | if true; then f; echo four; exit 4; fi > out
echo "$? $(cat out)"
echo | if f; then f; fi
## STDOUT:
one
two
1
2
three
3
4 four
## END

#### it runs with the redirections of its stage
x="trap 'echo bye' EXIT"
f() { eval "$x"; echo in f; true; }
echo | { eval "$x"; echo hi; true; } > one
echo | (eval "$x"; false) > two
echo | f > three
echo | eval "$x" > four
cat one two three four
## STDOUT:
hi
bye
bye
in f
bye
bye
## END

#### the trap settles the status
x="trap 'exit 5' EXIT"
( eval "$x"; true )
echo "$?"
echo | { eval "$x"; true; }
echo "$?"
y=$(eval "$x"; echo hi)
echo "$? $y"
## STDOUT:
5
5
5 hi
## END

#### nothing else is lost where the text sets no trap
trap 'echo over' EXIT
set -e
x='echo one; v=2'
echo | { eval "$x"; echo "$v"; }
( eval "$x"; echo "$v"; false ) || echo failed
echo "$(eval "$x"; echo "$v")"
( eval "$x"; false )
echo not here
## STDOUT:
one
2
one
2
failed
one
2
one
over
## END
## status: 1

#### nothing in the script names a trap
printf 'tr%s' "ap 'echo bye' EXIT" > lib
( . ./lib; echo hi; true )
( eval "$(cat lib)"; echo hi; true )
v=$(. ./lib; echo hi; true)
echo "$v"
echo | { . ./lib; echo hi; true; }
echo | if . ./lib; then echo hi; fi
f() { . ./lib; echo in f; true; }
f | cat
## STDOUT:
hi
bye
hi
bye
hi
bye
hi
bye
hi
in f
bye
## END

#### the last program of a function takes the place of a substitution's shell, and what ends otherwise does not
x=$(printf 'tr%s' "ap 'echo bye' EXIT")
: > file
f() { eval "$x"; cat file; }
b() { eval "$x"; echo hi; }
c() { eval "$x"; if true; then cat file; fi; }
d() { eval "$x"; cat < file; }
e() { eval "$x"; eval 'cat file'; }
g() { eval "$x"; return 4; }
h() { eval "$x"; v=1; }
i() { true; f; }
j() { true; b; }
k() { eval "$x"; command b; }
l() ( eval "$x"; cat file )
m() { eval "$x"; cat file | cat; }
n() { eval "$x"; cat file; } >&1
echo "last: $(f) $(: ; f) $(: && f) $(v=1 f) $(i) $(n) $(k 2>/dev/null)"
for name in f b c d e g h i j l m n; do echo "$name $($name) $($name; :)"; done
echo "not last: $(f; :) $(if true; then f; fi) $({ f; }) $(f < /dev/null) $(! f)"
echo "$(b) $(c) $(d) $(e) $(g) $(h) $(j) $(l) $(m)"
y=$(g); echo "$? $y"
y=$(true; g || exit 5); echo "$? $y"
## STDOUT:
last:       bye
f  bye
b hi
bye hi
bye
c bye bye
d bye bye
e bye bye
g bye bye
h bye bye
i  bye
j hi
bye hi
bye
l bye bye
m bye bye
n  bye
not last: bye bye bye bye bye
hi
bye bye bye bye bye bye hi
bye bye bye
4 bye
5 bye
## END

#### a function's trap in a substitution, with locals, where the function ends or exits
x=$(printf 'tr%s' 'ap "echo \"bye \$v \$?\"" EXIT')
v=outer
f() { local v=inner; eval "$x"; echo f; }
g() { local v=inner; eval "$x"; exit 3; }
h() { local v=inner; eval "$x"; test -n "$unset"; }
a=$(f); echo "$? $a"
a=$(g); echo "$? $a"
a=$(h); echo "$? $a"
a="$(h "$(f)")/$(g || true)"; echo "$? $a"
set -e
a=$(h) || echo "$? $a"
echo "$(h; echo on)"
## STDOUT:
0 f
bye outer 0
3 bye inner 3
1 bye outer 1
3 bye outer 1/bye inner 3
1 bye outer 1
on
bye outer 0
## END

#### other compound commands that are stages with redirections
x=$(printf 'tr%s' "ap 'echo bye' EXIT")
f() { eval "$x"; echo in f; true; }
g() { eval "$x"; echo in g; exit 6; }
echo | if eval "$x"; then echo one; fi > a 2>&1
echo 1 | while read -r v; do eval "$x"; echo "two $v"; done > b
for i in 1 2; do eval "$x"; echo $i; done 2> c | cat
echo | case x in x) eval "$x"; echo three; exit 3 ;; esac > d
echo "$?"
echo | if true; then f; echo four; exit 4; fi > e
echo "$?"
echo | if g; then f; fi > ff; echo "$?"
echo | if f; then cat "${nope?}"; fi > gg 2>/dev/null; echo "$?"
echo | if f; then : $((1/0)); fi > h 2>/dev/null; echo "$?"
echo | if f; then { echo in; exit 4; } > k; fi > i 2>/dev/null; echo "$?"
echo | if f; then { echo in; : ${nope?}; } > k; fi > j 2>/dev/null; echo "$?"
echo | if f; then { echo in; : ${nope?}; } > k; fi 2>/dev/null; echo "$?"
echo | for v in 1; do f; (exit 3); done > l; echo "$?"
set -e
echo | if f; then false; fi > m || echo "$?"
( echo | if f; then false; echo never; fi > m; echo never ) || true
set +e
set -u
echo | if f; then : $nope; fi > n 2>&1; echo "$?"
set +u
{ echo | if eval "$x"; then { echo one; }; fi > o; } > p
echo | if f; then exit 3; fi > /nonexistent/a; echo "$?"
echo | for i in ${nope?}; do f; done > q; echo "$?"
echo | if f; then y=$(f); echo "$y"; (f); fi > r; echo "$?"
echo | if f; then echo | f; fi > s; echo "$?"
head -50 a b c d e ff gg h i j k l m n o p q r s | sed 's/.*nope: .*/nope/'
## STDOUT:
1
2
3
4
6
1
1
4
1
in f
1
3
1
never
1
1
1
0
0
==> a <==
one

==> b <==
two 1

==> c <==

==> d <==
three

==> e <==
in f
four

==> ff <==
in g

==> gg <==
in f

==> h <==
in f

==> i <==
in f

==> j <==
in f

==> k <==
in

==> l <==
in f

==> m <==
in f
never

==> n <==
in f
nope

==> o <==
one

==> p <==

==> q <==

==> r <==
in f
in f
bye
in f
bye

==> s <==
in f
in f
bye
## END

#### redirections of stages that a text gives a trap
tr() { printf 'tr%s' "ap '$1' EXIT"; }
x=$(tr 'echo "bye $? $BASH_SUBSHELL $v"')
n=$(tr 'echo "bye $?" >&3')
v=out
echo | { eval "$x"; v=in; echo "a $BASH_SUBSHELL"; true; } > f01
echo | (eval "$x"; v=in; echo "a $BASH_SUBSHELL"; (exit 3)) > f02
echo "$?"
echo | (eval "$x"; echo a; exit 4) > f03; echo "$?"
echo | { eval "$x"; echo a; exit 4; } > f04; echo "$?"
echo | (eval "$x"; echo a; : ${nope?}) > f05 2> f06; echo "$?"
echo | { eval "$x"; { echo a; : ${nope?}; } > f07; } > f08 2>&1; echo "$?"
echo | { eval "$x"; (echo a; exit 3); y=$(echo b; exit 5); echo "$y"; false; } > f09; echo "$?"
echo | { eval "$x"; echo never; } > /nonexistent/a; echo "$?"
echo | { eval "$x"; echo never; } > f10 > /nonexistent/b 2> f11; echo "$?"
(exit 7)
echo | { echo "$?"; eval "$x"; } > f12
{ eval "$n"; echo "to 3" >&3; echo out; } 3> f13 | cat
{ (eval "$x"; echo x; true) >&2; echo out; } 2> f14 | cat
(eval "$x"; echo in; cat) < f13 | sed 's/^/- /'
f=f15
{ eval "$x"; f=f16; echo named; } > "$f" | cat
exec 3> f17
echo | eval "$x; echo e" >&3; echo "$?"
echo | eval "$x; echo e; exit 3" >&3 2>/dev/null; echo "$?"
echo | eval "$x; echo never" >&9; echo "$?"
echo | eval "$x; : \${nope?}" >&3 2>&1; echo "$?"
echo data | eval "$x; cat" >&3; echo "$?"
g=$( exec 4>&1
  (echo gz; eval "$x"; echo $? >&4) 3>&- | eval "cat; $x" - >&3 )
echo "$? $g"
g=$( exec 5>&1
  (cat f13 5>&-; echo $? >&5) 3>&- |
  if false; then eval 'echo no'; else
    r=$( exec 4>&1; (eval "$x; cat" 4>&-; echo $? >&4) 3>&- | sed 's/^/+ /' >&3 4>&- ) || r=x
    exit $r
  fi >&3 5>&- )
echo "$? $g"
set -o pipefail
: | { eval "$(tr 'exit 6')"; true; } > f18; echo "$?"
set -e
: | { eval "$x"; false; echo never; } > f19 || echo "failed $?"
( : | { eval "$x"; false; echo never; } > f20; echo never ) || echo "failed $?"
h() { eval "$1"; echo in h; true; }
: | { h "$x"; echo after; } > f21
: | (h "$x"; h true) > f22 | cat
for i in 1 2; do echo "$i" | { while read -r w; do eval "$x"; echo "w $w"; done; } >> f23; done
head -30 f?? | sed 's/.*nope: .*/nope/; s/.*: No such.*/no file/'
## STDOUT:
3
4
4
1
1
1
1
1
out
out
- in
- to 3
- bye 0
- bye 0 1 out
0
3
1
1
0
1 0
0 0
6
never
==> f01 <==
a 1
bye 0 1 in

==> f02 <==
a 1
bye 3 1 in

==> f03 <==
a
bye 4 1 out

==> f04 <==
a
bye 4 1 out

==> f05 <==
a
bye 1 1 out

==> f06 <==
nope

==> f07 <==
a

==> f08 <==
nope
bye 1 1 out

==> f09 <==
a
b
bye 1 1 out

==> f10 <==

==> f12 <==
7
bye 0 1 out

==> f13 <==
to 3
bye 0

==> f14 <==
x
bye 0 2 out

==> f15 <==
named
bye 0 1 out

==> f17 <==
e
bye 0 1 out
e
bye 3 1 out
nope
bye 1 1 out
data
bye 0 1 out
gz
bye 0 2 out
bye 1 2 out
+ to 3
+ bye 0
+ bye 0 4 out

==> f18 <==

==> f19 <==
never
bye 0 1 out

==> f20 <==
never
bye 0 2 out

==> f21 <==
in h
after
bye 0 1 out

==> f22 <==
in h
in h
bye 0 1 out

==> f23 <==
w 1
bye 0 1 out
w 2
bye 0 1 out
## END

#### pipelines in substitutions whose stages evaluate texts, with descriptors of their own
x=$(printf 'tr%s' "ap 'echo \"bye \$?\"' EXIT")
exec 3> f01
for cmd in cat "$x; cat" "cat; exit 3" "$x; cat; exit 4"; do
g=$(
  exec 4>&1
  (echo gz; echo $? >&4) 3>&- | eval "$cmd" - >&3
)
echo "$? $g"
g=$(
  exec 4>&1
  (echo gz 4>&-; eval "$x"; echo $? >&4) 3>&- | eval "$cmd" >/dev/null
)
echo "$? $g"
g=$(
  exec 5>&1
  (printf 'l\nm\n' 5>&-; echo $? >&5) 3>&- |
  if test "$cmd" = cat; then
    eval "$cmd" > /dev/null && { printf '%s\n' none || exit 2; }
  else
    r=$(
      exec 4>&1
      (eval "$cmd" 4>&-; echo $? >&4) 3>&- |
        LC_ALL=C sed 's/^/+ /' >&3 4>&-
    ) || { r=$?; test $r -lt 2 && r=2; }
    test 256 -le "${r%% *}" && r=$(expr 128 + $r % 128)
    echo "<$r>"
    exit "${#r}"
  fi >&3 5>&-
)
echo "$? $g"
done
exec 3>&-
cat f01
## STDOUT:
0 0
0 0
0 0
0 0
0 0
1 0
1 0
3 0
0 0
1 0
4 0
0 0
gz
none
gz
bye 0
+ l
+ m
+ bye 0
<0>
gz
+ l
+ m
<>
gz
bye 1
+ l
+ m
+ bye 4
<>
## END

#### an error in a shell within a stage leaves the stage's redirections
x=$(printf 'tr%s' "ap 'echo over' EXIT")
set -u
: | { (eval "$x"; echo a; echo $nope); echo "$?"; } > f01
: | if true; then (eval "$x"; echo a; echo $nope); fi > f02
: | (eval "$x"; echo a; echo $nope) > f03
: | { eval "$x"; echo a; echo $nope; } > f04
: | { eval "$x"; { echo a; echo $nope; } > f05; } > f06
: | ( (eval "$x"; echo a; echo $nope); echo "$?") > f07
: | { y=$(eval "$x"; echo a; echo $nope); echo "$y"; } > f08
: | { { eval "$x"; echo a; echo $nope; } | cat; } > f09
: | { { { eval "$x"; echo a; echo $nope; } | cat; } > f10; } > f11
: | while :; do (eval "$x"; echo a; echo $nope); break; done > f12
: | if true; then { (eval "$x"; echo a; echo $nope); } > f13; fi > f14
: | eval "$x; echo a; echo \$nope" > f15
: | { eval "$x"; echo a; exit 3; } > f16 || echo "$?"
head f??
## STDOUT:
3
==> f01 <==
a
over
1

==> f02 <==
a
over

==> f03 <==
a
over

==> f04 <==
a
over

==> f05 <==
a

==> f06 <==
over

==> f07 <==
a
over
1

==> f08 <==
a
over

==> f09 <==
a
over

==> f10 <==
a

==> f11 <==
over

==> f12 <==
a
over

==> f13 <==
a

==> f14 <==
over

==> f15 <==
a
over

==> f16 <==
a
over
## END

#### stages that run no EXIT trap, where one command sets it and ends the shell
printf '#!/bin/sh\necho p\n' > p.sh
chmod +x p.sh
x=$(printf 'tr%s' "ap 'echo bye' EXIT")
./p.sh | case x in x) eval "$x"; echo three; exit 3;; esac
echo "$?"
./p.sh | if true; then eval "$x"; echo two; exit 4; fi > f1
echo "$?"
./p.sh | { eval "$x"; echo two; exit 4; } > f2
./p.sh | (eval "$x"; echo two; exit 5) > f3
./p.sh | { eval "$x"; echo two;  } > f4
./p.sh | (eval "$x"; echo two ) > f5
./p.sh | { eval "$x"; echo two; : ${nope?}; } > f6
./p.sh | if true; then eval "$x"; : ${nope?}; fi > f7
./p.sh | eval "$x; echo a; exit 3" 2>&1
{ eval "$x"; echo a; ./p.sh; } > f8 | ./p.sh
{ eval "$x"; echo a; } > f9 | ./p.sh
head f?
y="$x; echo five; exit 5"
./p.sh | if eval "$y"; then :; fi; echo "$?"
./p.sh | while read -r l; do eval "$y"; echo never; done > g1; echo "$?"
./p.sh | for l in 1 2; do eval "$x"; cat; : $((1/0)); done > g2; echo "$?"
f() { eval "$y"; }
./p.sh | if f; then :; fi; echo "$?"
./p.sh | if true; then cat; read -r v; echo "$LINENO $v $BASH_SUBSHELL"; eval 'echo "$LINENO"
echo $LINENO'; exec 7> g3; echo a >&7; fi; echo "$?"
./p.sh | if eval "$x"; then eval 'exec 7> g4; echo hi'; echo b >&7;  eval 'echo c >&7; exit 9'; fi; echo "$?"
./p.sh | if eval "$x"; then eval 'cat <&0; exit 9'; fi 2> /dev/null <&-; echo "$?"
cat g?
## STDOUT:
three
3
4
a
bye
p
p
==> f1 <==
two

==> f2 <==
two
bye

==> f3 <==
two
bye

==> f4 <==
two
bye

==> f5 <==
two
bye

==> f6 <==
two
bye

==> f7 <==

==> f8 <==
a
p
bye

==> f9 <==
a
bye
five
5
5
1
five
5
p
24  1
25
26
0
hi
9
9
five
p
a
b
c
## END

#### stages with redirections and a trap: in functions and loops, without clobbering, with what changes their shell
x=$(printf 'tr%s' "ap 'echo \"bye \$?\"' EXIT")
set -C
echo old > f1
echo | { eval "$x"; echo never; } > f1 || echo "no $?"
echo | { eval "$x"; echo new; } >| f1 && cat f1
set +C
set -e
w() {
  local p=$1 q
  shift
  for q; do
    echo "$q" | { eval "$x"; cat; echo "$p $# $q"; } >> "$p"
    echo "$q" | (eval "$x"; local r=$q; cat; return 3) >> "$p" || echo "ret $?"
  done
  printf '%s\n' 1 2 | while read -r q; do echo "$q" | { eval "$x"; cat; false; } >> "$p" || echo "in $q $?"; done
}
w f2 a b
set +e; cat f2
echo | { eval "$x"; exec > f3; echo three; } > f4
echo | { eval "$x"; exec 3>&1 >&-; echo to3 >&3; } > f5
echo | { eval "$x"; cd /; pwd; } > f6
echo | { eval "$x"; umask 077; : > f7; } 2>/dev/null
echo | { eval "$x"; { echo in; { echo deep; exit 2; } > f8; } > f9; } > f10 || echo "deep $?"
echo | { eval "$x"; trap - EXIT; echo untrapped; } > f11
echo | { eval "$x"; (eval "$x"; echo sub); echo main; } 2>&1 > f12
echo | { eval "$x"; read -r l; echo "l=$l"; } < f11 > f13
for f in f?; do echo "$f"; cat "$f"; done
for f in f1?; do echo "$f"; cat "$f"; done
## STDOUT:
no 1
new
bye 0
ret 3
ret 3
in 1 1
in 2 1
a
f2 2 a
bye 0
a
bye 3
b
f2 2 b
bye 0
b
bye 3
1
bye 1
2
bye 1
bye 0
deep 2
f1
new
bye 0
f2
a
f2 2 a
bye 0
a
bye 3
b
f2 2 b
bye 0
b
bye 3
1
bye 1
2
bye 1
f3
three
bye 0
f4
f5
to3
f6
/
bye 0
f7
f8
deep
bye 2
f9
in
f10
f11
untrapped
f12
sub
bye 0
main
bye 0
f13
l=untrapped
bye 0
## END
