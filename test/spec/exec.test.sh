#### a program that takes the shell's place has the process id that the script shows
echo $$ >pid
f() { exec "$@"; echo no; }
f
trap 'echo bye' EXIT
f sh -c 'echo $$ | cmp - pid && rm pid; exit 4'
## STDOUT:
no
## END
## status: 4

#### a signal to the process id that the script has written reaches the program in its place
echo $$ >pid
(exec true)
p=sh
exec "$p" -c 'p=$(cat pid); rm pid; kill -TERM $p; sleep 5' "$p" *
## STDOUT:
## END
## status: 143

#### exec of what cannot be run, and of an option, in the first shell
trap 'echo bye $?' EXIT
p=-x; exec "$p" a 2>/dev/null; echo $?
exec -x; echo $?
exec ./nosuch "$p"
## STDOUT:
2
2
## END
## STDERR:
## END
## status: 127

#### exec of an option leaves its redirections behind
set -- -z
true && exec "$@" >out
echo next $?
exec -x 2>err
echo again; nosuch
## STDOUT:
## END
## status: 127

#### exec of an option in a group
{ exec -y >out; } 2>err
echo next $?
## STDOUT:
## END

#### `command exec` without a program, and of an option
command exec
echo after
command exec -z; echo end
f() { builtin exec; echo in f; }; f; echo end
## STDOUT:
after
end
in f
end
## END
