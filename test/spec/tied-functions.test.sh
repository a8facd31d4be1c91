# What belongs to one process, in functions: it lies where they may be called.

#### a RETURN trap that a function sets
log() { echo "log $1"; }
setup() { trap 'echo "return $FUNCNAME"' RETURN; log in; }
log a
x=1; log b
if true; then setup; fi
log c
trap - RETURN
log d
## STDOUT:
log a
log b
log in
return setup
log c
log d
## END

#### a DEBUG trap, by way of another function
debug() { trap 'echo "> $BASH_COMMAND"' DEBUG; }
start() { debug; }
echo before
: one | cat
start
echo after
## STDOUT:
before
> echo after
after
## END

#### a seed
seed() { RANDOM=$1; }
pick() { echo $((RANDOM % 1000)); }
echo begin; pick > /dev/null
seed 7; a=$RANDOM b=$RANDOM
seed 7
[ "$a $b" = "$RANDOM $RANDOM" ] && echo same
pick > first; seed 7; : $RANDOM $RANDOM; pick > second; cmp first second && echo same; rm first second
## STDOUT:
begin
same
same
## END

#### a variable of bash's own that a function takes away
forget() { unset SECONDS; SECONDS=abc; }
echo one | cat
forget
echo "$SECONDS"
f() { echo "$SECONDS"; }; f
(echo "$SECONDS")
## STDOUT:
one
abc
abc
abc
## END

#### a function that nothing calls, and one that only run time names
dead() { trap 'echo never' DEBUG; unset RANDOM; RANDOM=x; }
run() { "$@"; }
echo a; x=$(echo b); echo "$x"
seen() { trap 'echo "debug"' DEBUG; }
run echo c
run seen
echo d
## STDOUT:
a
b
c
debug
d
## END

#### a name from an argument, from eval, and from a handler
seta() { trap 'echo "D $LINENO"' DEBUG; }
$1 true; x=seta
echo a
eval "$x"
echo b
trap - DEBUG
echo c
## STDOUT:
a
D 5
b
D 6
c
## END

#### a handler that calls such a function
tell() { trap 'echo "debug"' DEBUG; }
trap tell USR1
echo a
kill -USR1 $$
echo b
## STDOUT:
a
debug
b
## END

#### in a substitution, a pipeline and a subshell it is for their shell alone
t() { trap 'echo "> $BASH_COMMAND"' DEBUG; }
x=$(t; echo in); echo "$x"
(t; echo sub)
echo in | { t; cat; }
echo out
## STDOUT:
> echo in
in
> echo sub
sub
> cat
in
out
## END

#### a handler that leaves the function which it interrupts
f() { trap 'return 3' USR1; kill -USR1 $$; echo never; }
echo a; true | cat
f; echo "$?"
g() { kill -USR1 $$; echo never; }
g; echo "$?"
## STDOUT:
a
3
3
## END

#### completions that a function defines
setup() { complete -W "$1" prog; }
echo a
setup 'one two'
x=$(complete -p); echo "$x"
setup 'three'
complete -p prog
echo end
## STDOUT:
a
complete -W 'one two' prog
complete -W 'three' prog
end
## END

#### limits that a function sets
limit() { ulimit -f 2; }
echo a; echo b | cat
limit
{ head -c 5000 /dev/zero > big; } 2> /dev/null
stat -c %s big; rm big
echo end
## STDOUT:
a
b
2048
end
## END

#### functions that nothing calls signal the shell, trace it, and seed RANDOM
trap 'echo handled' USR1
own=$$
stop() { kill -USR1 "$own"; sleep 0; }
trace() { trap 'echo debug' DEBUG; set -v; }
seed() { RANDOM=1; exec 3>&1-; }
echo "$((own == $$))"
for i in 1 2; do echo "$i"; done
## STDOUT:
1
1
2
## END

#### a function that only a handler calls, which signals the shell
own=$$
trap 'echo handled' USR1
stop() { kill -USR1 "$own"; echo stopped; }
trap stop EXIT
echo body
## STDOUT:
body
handled
stopped
## END

#### a function that only another function calls, which signals the shell
own=$$
trap 'echo handled' USR1
stop() { kill -USR1 "$own"; echo stopped; }
unused() { stop; }
used() { inner; }
inner() { stop; }
echo body
used
## STDOUT:
body
handled
stopped
## END

#### functions that a word, a quoted name, eval and a text call
own=$$
trap 'echo handled' USR1
first() { kill -USR1 "$own"; echo first; }
second() { kill -USR1 "$own"; echo second; }
third() { kill -USR1 "$own"; echo third; }
sec\ond
name=fir
"${name}st"
eval "thi${name:2:1}d"
## STDOUT:
handled
second
handled
first
handled
third
## END

#### a function by a quoted name, and nothing else that calls
own=$$
trap 'echo handled' USR1
second() { kill -USR1 "$own"; echo second; }
echo body
sec""ond
echo end
## STDOUT:
body
handled
second
end
## END

#### a function that a handler calls by a quoted name
own=$$
trap 'echo handled' USR1
second() { kill -USR1 "$own"; echo second; }
trap -- 'echo end; sec\ond' EXIT
echo body
## STDOUT:
body
end
handled
second
## END

#### a function that nothing calls, and that is listed
own=$$
stop() { kill -USR1 "$own"; echo $$; }
echo body
declare -f | grep -c 'kill -USR1 "$own"'
type stop | tail -n 3
## STDOUT:
body
1
    kill -USR1 "$own";
    echo $$
}
## END

#### a function that nothing calls, which another shell gets
own=$$
trap 'echo handled' USR1
stop() { kill -USR1 "$own"; sleep 0; echo stopped; }
set -a
again() { stop; }
export own
bash -c 'type again | head -n 1'
export -f stop
bash -c stop
echo end
## STDOUT:
again is a function
stopped
handled
end
## END

#### a function that is called where a command is not found
own=$$
trap 'echo handled' USR1
command_not_found_handle() { kill -USR1 "$own"; echo "no $1"; return 1; }
nosuchcommand-here x
echo "$?"
## STDOUT:
no nosuchcommand-here
handled
1
## END

#### a function that nothing calls, whose here-document lies behind it, and one that is called by words
own=$$
stop() { cat <<END; }
$own
END
other() { trap 'echo debug' DEBUG; }
echo body
"$@" other
echo end
## STDOUT:
body
debug
end
## END

#### a function that a subscript's substitution calls
own=$$
trap 'echo handled' USR1
stop() { kill -USR1 "$own"; echo 1; }
x='a[$(stop)]'
echo "$((x))"
echo end
## STDOUT:
0
handled
end
## END

#### a function whose here-document lies behind it, and one on the next line
own=x
stop() { cat <<END; }
$own
END
other() { echo hi; }; more() { echo more; }
stop
"$@" other
echo "$(more)" end >&2
## STDOUT:
x
hi
## END
## STDERR:
more end
## END
