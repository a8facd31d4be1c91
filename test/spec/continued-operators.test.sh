# A backslash and a newline between the characters of an operator.

#### AND-OR lists
true &\
& echo and
false |\
| echo or
## STDOUT:
and
or
## END

#### redirections
echo hi >\
> f
cat <\
< END_OF_TEXT
here
END_OF_TEXT
cat f
## STDOUT:
here
hi
## END

#### a here-string
cat <<\
<word
## STDOUT:
word
## END

#### the ends of a clause
case x in x) echo a ;\
; y) echo b;; esac
case x in x) echo a ;\
& y) echo b;; esac
## STDOUT:
a
a
b
## END

#### arithmetic whose parentheses are divided
i=1
(\
(i=i+2))
echo $i
for (\
(i=0;i<2;i++)); do echo $i; done
echo $\
((1+1))
## STDOUT:
3
0
1
2
## END

#### a process substitution
cat <\
(echo zz)
## STDOUT:
zz
## END

#### case in an arithmetic expansion makes it a command
echo "[$(( $(case 1 in (1) echo 1;; esac)+10 ))]" 2> /dev/null
echo "[$(( $(echo 1) + 10 ))]"
(( a = $(case 1 in 1) echo 1;; *) echo 2;; esac) )); echo "$a"
x=$(( $(case 1 in 1) echo 1; esac) + 1 )) 2> /dev/null; echo "[$x] $?"
## STDOUT:
[]
[11]
1
[] 127
## END

#### An extended pattern with a continued line in it, which nothing switches on, in a function
echo before
f() {
  case foo in
  f*\
(o|p)) echo ok ;;
  esac
}
f
## STDOUT:
before
## END
## STDERR:
../t.sh: line 5: syntax error near unexpected token `('
../t.sh: line 5: `(o|p)) echo ok ;;'
## END
## status: 2
