# Aliases: words that a step's shell expands, and those that change how the text is read.

#### aliases of words, wherever a command may stand
shopt -s expand_aliases
alias say='echo said'
alias p='printf "%s\n" '
alias w2=word
say hello
p w2 other
for i in 1 2; do say $i; done
if say cond; then say yes | tr a-z A-Z; fi
x=$(say in sub); echo "$x"
( say sub; exit 3 ); echo $?
case $(say c) in *c) say matched;; esac
trap 'say bye' EXIT
trap 'say usr' USR1
kill -USR1 $$
unalias say
say gone 2>/dev/null || echo none
alias say='echo again'
say x && say y
{ say grouped; } > out.txt; cat out.txt
while say loop; do break; done
alias
type say
command -v say
cat <<X
$(say heredoc)
X
say 'a' "b" say; \say no 2>/dev/null || echo escaped
sh -c 'say x' 2>/dev/null || echo child
shopt -u expand_aliases
say off 2>/dev/null || echo off
## STDOUT:
said hello
word
other
said 1
said 2
said cond
SAID YES
said in sub
said sub
3
said matched
said usr
none
again x
again y
again grouped
again loop
alias p='printf "%s\n" '
alias say='echo again'
alias w2='word'
say is aliased to `echo again'
alias say='echo again'
again heredoc
again a b say
escaped
child
off
## END

#### an alias goes before a function
say() { echo "function $*"; }
shopt -s expand_aliases
alias say='echo alias'
say x
## STDOUT:
alias x
## END

#### an unset variable in an alias
set -u
shopt -s expand_aliases
alias q='echo $nope'
echo a
q
echo b
## STDOUT:
a
## END
## status: 1

#### aliases of aliases, and errexit
shopt -s expand_aliases
alias a=b b=c c="echo cyc"
a 1
alias loop=loop
loop 2>/dev/null; echo $?
a 1; alias loop=loop; loop 2>/dev/null; echo $?
alias ls='ls -d'
ls /
alias g='grep -c'
printf 'x\ny\n' | g x
f() { echo "$@"; }
alias t=true
t && f one
t
! t; echo $?
set -e
alias ff=false
ff || echo ok
ff
echo not
## STDOUT:
cyc 1
127
cyc 1
127
/
1
one
1
ok
## END
## status: 1

#### functions that are read before and after an alias
shopt -s expand_aliases
f() { say "$1"; }
say() { echo "function $1"; }
f before
alias say='echo alias'
f after
say here
g() { say "$1"; }
unalias say
g defined
## STDOUT:
function before
function after
alias here
alias defined
## END

#### aliases that are more than words
shopt -s expand_aliases
alias e='echo one; echo' b='{ echo' n='! ' leave='exit 4'
e two
b three; }
n true; echo $?
if true; then alias later='echo late'; fi
later x
leave
echo not
## STDOUT:
one
two
three
1
late x
## END
## status: 4

#### aliases are expanded where a line is read
shopt -s expand_aliases
alias one=echo; one same line 2>/dev/null || echo read before
eval 'alias two="echo second"'
two line
x=one
$x z 2>/dev/null || echo not an alias
## STDOUT:
read before
second line
not an alias
## END

#### aliases that another builtin defines
shopt -s expand_aliases
command alias x='echo a; echo'
false && x b
builtin eval "alias y='echo c; echo'"
false && y d
echo end
## STDOUT:
b
d
end
## END

#### aliases turned off in a command that has been read
shopt -s expand_aliases
alias a='echo aliased'
f() { shopt -u expand_aliases; }
{ shopt -u expand_aliases
a 1
}
shopt -s expand_aliases
f; a 2
shopt -s expand_aliases
shopt -u expand_aliases && a 3
a 4 2>/dev/null || echo off
true && shopt -s expand_aliases; a 5 2>/dev/null || echo still off
a 6
## STDOUT:
aliased 1
aliased 2
aliased 3
off
still off
aliased 6
## END

#### aliases and a trap that changes them
shopt -s expand_aliases
alias a='echo one'
trap "alias a='echo two; echo'" USR1
kill -USR1 $$
false && a three
## STDOUT:
three
## END

#### what is appended to BASH_ALIASES itself
BASH_ALIASES=ll
BASH_ALIASES+=1
alias
## STDOUT:
alias 0='ll1'
## END
