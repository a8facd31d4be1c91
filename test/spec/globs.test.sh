# Pathname expansion.

#### star, question mark, brackets
touch a1 a2 b1 .h; echo a* ?1 [ab]1 [!a]1 *2
## STDOUT:
a1 a2 a1 b1 a1 b1 b1 a2
## END

#### no match stays
echo *.none "x*" nope?
## STDOUT:
*.none x* nope?
## END

#### quoted globs stay
touch f1; echo 'f*' "f?" f\* f'*' f*
## STDOUT:
f* f? f* f* f1
## END

#### sorted order
touch c b a B A; echo *
## STDOUT:
A B a b c
## END

#### hidden files
touch .x y; echo *; echo .x*; shopt -s dotglob; echo *
## STDOUT:
y
.x
.x y
## END

#### nullglob and failglob
shopt -s nullglob; echo [ *.none ]; shopt -u nullglob; shopt -s failglob; (echo *.none) 2>/dev/null; echo $?
## STDOUT:
[ ]
1
## END

#### failglob abandons the line
shopt -s failglob
echo before
echo *.none; echo same line
echo next
## STDOUT:
before
next
## END
## STDERR:
../t.sh: line 3: no match: *.none
## END

#### nocaseglob
touch Ab; shopt -s nocaseglob; echo ab*; echo a?
## STDOUT:
Ab
Ab
## END

#### globstar
mkdir -p d/e; touch x.t d/y.t d/e/z.t; shopt -s globstar; echo **/*.t; echo **
## STDOUT:
d/e/z.t d/y.t x.t
d d/e d/e/z.t d/y.t x.t
## END

#### extglob
shopt -s extglob
touch a.c a.h b.c ab aab
echo !(*.c); echo *.@(c|h); echo +(a)b; echo ?(a)ab; echo *(a)b
## STDOUT:
a.h aab ab
a.c a.h b.c
aab ab
aab ab
aab ab
## END

#### directories with slash
mkdir d1 d2; touch f; echo */; echo d*/
## STDOUT:
d1/ d2/
d1/ d2/
## END

#### paths across directories
mkdir -p p/q1 p/q2; touch p/q1/f p/q2/f; echo p/*/f p/q?/f; echo */*
## STDOUT:
p/q1/f p/q2/f p/q1/f p/q2/f
p/q1 p/q2
## END

#### character classes
touch 1 a A _; echo [[:digit:]] [[:upper:]] [[:lower:]] [[:alpha:]] [^[:alnum:]]
## STDOUT:
1 A a A a _
## END

#### ranges and special bracket members
touch 'a-b' 'a]b' 'a^b' axb; echo a[]-]b; echo a[x^]b; echo 'a'[-]b
## STDOUT:
a-b a]b
a^b axb
a-b
## END

#### file names with blanks and newlines
touch 'a b' $'c\nd'; for f in *; do printf '[%s]' "$f"; done; echo
## STDOUT:
[a b][c
d]
## END

#### set -f and set +f
touch f1; set -f; echo f*; set +f; echo f*
## STDOUT:
f*
f1
## END

#### GLOBIGNORE
touch a.o b.c .h; GLOBIGNORE='*.o'; echo *; unset GLOBIGNORE; echo *
## STDOUT:
.h b.c
a.o b.c
## END

#### in assignments, redirections and here-strings
touch f1; x=f*; echo "$x"; echo $x; cat <<< f*; a=(f*); echo ${a[0]}
## STDOUT:
f*
f1
f*
f1
## END

#### in case and double brackets there is none
touch f1; case f1 in f*) echo pat;; esac; [[ f1 == f* ]] && echo pat2; [[ f* == 'f*' ]] && echo none
## STDOUT:
pat
pat2
none
## END

#### in for loops
touch b.t a.t; for f in *.t; do echo $f; done
## STDOUT:
a.t
b.t
## END

#### results are not split or expanded again
touch 'x y' '*z'; for f in *; do echo "$f"; done; printf '%s\n' *z
## STDOUT:
*z
x y
*z
## END

#### from variables with quotes inside
touch 'q"q'; x='q"*'; echo $x; x='"q*"'; echo $x
## STDOUT:
q"q
"q*"
## END

#### backslash in a variable
touch 'a*b' axb; x='a\*b'; echo $x; echo a\*b
## STDOUT:
a\*b
a*b
## END

#### after cd
mkdir d; touch d/in out; cd d; echo *; cd ..; echo *
## STDOUT:
in
d out
## END

#### after files are made and removed
touch f1; echo f*; touch f2; echo f*; rm f1; echo f*; rm f2; echo f*
## STDOUT:
f1
f1 f2
f2
f*
## END

#### braces then globs
touch a1 b1; echo {a,b}* {a,c}1
## STDOUT:
a1 b1 a1 c1
## END

#### tilde with globs
touch t1; HOME=$PWD; for f in ~/t*; do echo ${f##*/}; done
## STDOUT:
t1
## END

#### dot slash
touch f; echo ./*; echo ./f*
## STDOUT:
./f
./f
## END

#### as a command
printf '#!/bin/sh\necho ran $1\n' > tool1; chmod +x tool1; ./tool* x
## STDOUT:
ran x
## END

#### symlinks and dangling links
touch r; ln -s r l; ln -s nowhere d; echo *
## STDOUT:
d l r
## END

#### in a subshell and a substitution
touch f1; (touch f2; echo f*); echo $(echo f*)
## STDOUT:
f1 f2
f1 f2
## END

#### IFS does not touch glob results
IFS=1; touch a1b; for f in a*; do echo "$f"; done
## STDOUT:
a1b
## END

#### dot and dot dot
mkdir d; cd d; echo .*; shopt -u globskipdots; echo .*
## STDOUT:
.*
. ..
## END

#### remove by glob
touch a b c; rm [ab]; echo *
## STDOUT:
c
## END

#### number range braces with globs none
echo file{1..3}.txt {01..03}
## STDOUT:
file1.txt file2.txt file3.txt 01 02 03
## END

#### unreadable pattern characters
touch '[x]' x; echo [x] '[x]' \[x]
## STDOUT:
x [x] [x]
## END

#### LC_COLLATE order
touch b A a B; LC_ALL=C; echo *
## STDOUT:
A B a b
## END

#### glob in arithmetic for and array loop
touch 1 2 3; s=0; for f in [0-9]; do ((s+=f)); done; echo $s
## STDOUT:
6
## END

#### glob matches in "$@" stay
touch 'a b' c; set -- *; echo $# "$1"; printf '<%s>' "$@"; echo
## STDOUT:
2 a b
<a b><c>
## END

#### large directory
for i in {1..150}; do : > n$i; done; set -- n*; echo $#
## STDOUT:
150
## END

#### extended patterns that bash reads before the option is on: in the same line, in a function, behind a switch
(
  echo 'shopt -s extglob; echo !(a)' >line
  echo 'f() { shopt -s extglob; case aab in +(a)b) echo y;; esac; }; f' >body
  bash line 2>/dev/null; echo $?
  bash body 2>/dev/null; echo $?
)
touch a b
shopt -s extglob; ls
echo !(a)
off() { shopt -u extglob; }
off
echo one
f() { case aab in +(a)b) echo y;; esac; }
echo two
## STDOUT:
2
2
a
b
body
line
b body line
one
## END
## status: 2

#### an extended pattern in the line that switches them on
touch a; shopt -s extglob; echo !(a)
## STDOUT:
## END
## status: 2

#### a function with an extended pattern, called with the option off
touch a b
shopt -s extglob
f() { echo @(a|x); ls; }
f
shopt -u extglob
f
## STDOUT:
a
a
b
@(a|x)
a
b
## END

#### a loop with an extended pattern that switches the option off
touch a b
shopt -s extglob
for i in 1 2; do
  case $i in !(1)) echo $i;; esac
  shopt -u extglob
  ls
done
## STDOUT:
a
b
a
b
## END

#### an extended pattern on the line that switches the option off
touch a b
shopt -s extglob
echo !(a); shopt -u extglob; echo @(a); ls
## STDOUT:
b
@(a)
a
b
## END
