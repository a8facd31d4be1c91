# And-or lists, sequences, groups: which commands run, in which order.

#### three commands in a sequence
echo one; echo two; echo three
## STDOUT:
one
two
three
## END

#### and list runs the second only on success
true && echo yes
false && echo no
echo $?
## STDOUT:
yes
1
## END

#### or list runs the second only on failure
false || echo fallback
true || echo never
echo $?
## STDOUT:
fallback
0
## END

#### the seed line with both successes
first() { echo first; return 0; }
second() { echo second; return 0; }
first && second; echo always $?
## STDOUT:
first
second
always 0
## END

#### the seed line with the first failing
first() { echo first; return 3; }
second() { echo second; }
first && second; echo always $?
## STDOUT:
first
always 3
## END

#### the seed line with the second failing
first() { echo first; }
second() { echo second; return 4; }
first && second; echo always $?
## STDOUT:
first
second
always 4
## END

#### and-or lists associate to the left
false && echo a || echo b
true || echo c && echo d
false || false && echo e || echo f
## STDOUT:
b
d
f
## END

#### long and list stops at the first failure
true && echo 1 && (exit 7) && echo 2 && echo 3
echo status $?
## STDOUT:
1
status 7
## END

#### long or list stops at the first success
(exit 1) || (exit 2) || echo third || echo fourth
echo status $?
## STDOUT:
third
status 0
## END

#### or after and sees the status of the failed one
(exit 5) && echo no || echo got $?
## STDOUT:
got 5
## END

#### status of a skipped and list is that of the failed command
(exit 9) && true
echo $?
## STDOUT:
9
## END

#### negated command in an and list
! false && echo ok
! true || echo nok
! true && echo never
echo $?
## STDOUT:
ok
nok
1
## END

#### double negation
! ! true
echo $?
! ! false
echo $?
## STDOUT:
0
1
## END

#### negated and-or is only the first pipeline
! true || echo right
! false && echo right2
## STDOUT:
right
right2
## END

#### newline after an operator
true &&
  echo joined
false ||

  echo also joined
## STDOUT:
joined
also joined
## END

#### comment after an operator
true && # why not
  echo joined
## STDOUT:
joined
## END

#### brace group status
{ echo a; (exit 3); }
echo $?
## STDOUT:
a
3
## END

#### brace group in an and list
{ echo a; false; } && echo no || { echo b; true; } && echo c
## STDOUT:
a
b
c
## END

#### nested groups
{ { { echo deep; }; }; }; ( ( ( echo deeper ) ) )
## STDOUT:
deep
deeper
## END

#### group keeps variables, subshell does not
x=0
{ x=1; }
echo $x
(x=2; echo in $x)
echo $x
## STDOUT:
1
in 2
1
## END

#### group over several lines with and-or between
{
  echo one
  echo two
} && {
  echo three
  false
} || {
  echo four
}
## STDOUT:
one
two
three
four
## END

#### semicolon ends a list inside a group
{ false; echo after; }
{ false && echo no; echo after; }
## STDOUT:
after
after
## END

#### subshell status is that of its last command
(true; false); echo $?
(false; true); echo $?
(exit 42); echo $?
## STDOUT:
1
0
42
## END

#### background and sequence
{ echo bg; } & wait
echo fg
## STDOUT:
bg
fg
## END

#### empty commands between lines


echo a


echo b
## STDOUT:
a
b
## END

#### only comments
# nothing
   # here
## STDOUT:
## END

#### empty script prints nothing and succeeds
:
## STDOUT:
## END

#### line continuation inside a word and between words
echo a\
b c \
  d
## STDOUT:
ab c d
## END

#### exit stops the script in a list
echo before; exit 3; echo after
## STDOUT:
before
## END
## status: 3

#### exit in the middle of an and list
true && exit 5 && echo no
echo no
## STDOUT:
## END
## status: 5

#### exit in an or list that is skipped
true || exit 5
echo still here
## STDOUT:
still here
## END

#### exit without argument gives the last status
(exit 6)
exit
## STDOUT:
## END
## status: 6

#### exit in a brace group ends the script
{ echo in; exit 4; }
echo no
## STDOUT:
in
## END
## status: 4

#### exit in a subshell ends only it
(echo in; exit 4; echo no)
echo out $?
## STDOUT:
in
out 4
## END

#### exit status is taken modulo 256
(exit 256); echo $?
(exit 257); echo $?
(exit -1); echo $?
## STDOUT:
0
1
255
## END

#### command not found is 127 and the list goes on
no_such_command_here 2>/dev/null || echo $?
## STDOUT:
127
## END

#### not executable is 126
echo data > f
./f 2>/dev/null
echo $?
mkdir d
./d 2>/dev/null
echo $?
## STDOUT:
126
126
## END

#### status of the last command is the script's
echo x
false
## STDOUT:
x
## END
## status: 1

#### a script that ends in a failed and list
true && false
## STDOUT:
## END
## status: 1

#### a script that ends in a negation
! true
## STDOUT:
## END
## status: 1

#### bytes after exit are never read
echo ok
exit 0
'unterminated " garbage $( (
## STDOUT:
ok
## END

#### one line with everything
x=1; y=2 && { echo $x; } || echo no; (echo $y); if :; then echo z; fi
## STDOUT:
1
2
z
## END

#### reserved words as arguments
echo if then else fi do done case esac while until for in function { } ! [[ ]] time
## STDOUT:
if then else fi do done case esac while until for in function { } ! [[ ]] time
## END

#### brace not a group when it is an argument
echo {a; echo b}
## STDOUT:
{a
b}
## END

#### semicolon inside quotes is no separator
echo 'a; b' "c && d" e\;f
## STDOUT:
a; b c && d e;f
## END

#### and-or with assignments
a=1 && b=$((a+1)) && echo $a$b
a=$(false) || echo failed "[$a]"
## STDOUT:
12
failed []
## END

#### many short commands in one list
for i in 1 2 3 4 5 6 7 8 9 10; do printf %s, $i; done; echo; true && true && true && echo yes
## STDOUT:
1,2,3,4,5,6,7,8,9,10,
yes
## END

#### return status of colon, true and false with arguments
: a b c; echo $?
true x; echo $?
false x; echo $?
## STDOUT:
0
0
1
## END

#### time is a prefix and keeps the status
TIMEFORMAT=
time false
echo $?
## STDOUT:
1
## END

#### time of a pipeline keeps PIPESTATUS
TIMEFORMAT=
time (exit 2) | (exit 3)
echo ${PIPESTATUS[@]}
## STDOUT:
2 3
## END

#### bang alone
!
echo $?
## STDOUT:
1
## END

#### list as condition: only the last status counts
if false; true; then echo yes; else echo no; fi
if true; false; then echo yes; else echo no; fi
## STDOUT:
yes
no
## END

#### a list in a condition changes variables
if x=5; y=6; [ $x -lt $y ]; then echo $x $y; fi
## STDOUT:
5 6
## END

#### groups with redirections in an and list
{ echo a; echo b; } > f && cat f && rm f
## STDOUT:
a
b
## END

#### subshell directly after a group
{ echo a; }; (echo b); { echo c; }
## STDOUT:
a
b
c
## END

#### double semicolon free case in one line
case x in x) echo a && false || echo b;; esac
## STDOUT:
a
b
## END

#### ampersand list order with wait
echo 1; { echo 2; } & wait; echo 3
## STDOUT:
1
2
3
## END

#### a command after a group on the same line
{ echo a; } ; echo b ; ( echo c ) ; echo d
## STDOUT:
a
b
c
d
## END

#### deep nesting of groups and subshells
( { ( { ( { echo x; }; echo y ); }; echo z ); } )
## STDOUT:
x
y
z
## END

#### status through five levels
( { ( { (exit 77); }; ); }; ); echo $?
## STDOUT:
77
## END

#### assignment between commands is seen later
echo "[$v]"; v=1; echo "[$v]"; v=2; echo "[$v]"
## STDOUT:
[]
[1]
[2]
## END

#### lists of one hundred commands keep order
i=0
while [ $i -lt 100 ]; do i=$((i+1)); done; echo $i
## STDOUT:
100
## END

#### and list across a function that exits
f() { exit 12; }
true && f && echo no
echo no
## STDOUT:
## END
## status: 12

#### newline inside quotes is part of the word
printf '%s\n' 'a
b'
## STDOUT:
a
b
## END
