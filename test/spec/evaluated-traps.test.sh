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
