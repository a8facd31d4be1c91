#### a loop variable that functions have too
set -e
readonly where=here
f() { local file; for file in a b; do echo "$file $where"; done; }
for file in 1 2; do f; echo "$file"; done
## STDOUT:
a here
b here
1
a here
b here
2
## END

#### a read-only loop variable
f() { readonly i=5; for i in 1 2; do echo $i; done; echo "after"; }
f
echo "next $?"
## STDOUT:
after
next 0
## END

#### a loop variable that is an integer
declare -i n
for n in 1+1 2*3; do echo "$n"; done
declare -u up
for up in a b; do echo "$up"; done
## STDOUT:
2
6
A
B
## END

#### negated functions and groups with errexit on
set -e
is_number() { case $1 in '' | *[!0-9]*) return 1 ;; esac; }
if ! is_number 12x; then echo "no number"; fi
! is_number 12
f() { false; echo "f goes on"; }
! f
! { false; echo "so does a group"; }
! (false; echo "and a subshell")
if ! f; then echo never; else echo else; fi
echo end
## STDOUT:
no number
f goes on
so does a group
and a subshell
f goes on
else
end
## END

#### a negated function that turns errexit on
f() { set -e; false; echo "reached"; }
! f
echo "$-" | tr -dc e
false
echo not reached
## STDOUT:
## END
## status: 1

#### a working directory that is gone
mkdir -p top/d
top=$PWD/top
cd top/d
rm -r ../d
echo still here
echo "${PWD#"$top"}"
[ -d ../d ] || echo gone
ls
echo x > file 2> /dev/null || echo cannot write
x=$(pwd)
echo "${x#"$top"}"
cd ..
echo "${PWD##*/}"
ls
## STDOUT:
still here
/d
gone
cannot write
/d
top
## END

#### a lock directory
cd .
mkdir lock
unlock() { [ -z "$lock" ] || rmdir "$lock"; }
trap unlock EXIT
lock=lock
if mkdir lock 2> /dev/null; then echo never; else echo locked; fi
rmdir lock
mkdir lock
## STDOUT:
locked
## END
