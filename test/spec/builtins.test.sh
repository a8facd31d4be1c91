
#### key bindings that nothing asks for
bind 'set completion-ignore-case on' 2>/dev/null
echo "set $?"
bind Space:magic-space 2>/dev/null
echo "key $?"
bind -x '"\C-g": echo hello' 2>/dev/null
echo "command $?"
bind -m vi-insert '"\C-k": kill-line' 2>/dev/null
echo "map $?"
bind -m nonsense 'a: b' 2>/dev/null
echo "no map $?"
bind -f /nonexistent 2>/dev/null
echo "file $?"
## STDOUT:
set 0
key 0
command 0
map 0
no map 1
file 1
## END

#### key bindings that are asked for
bind '"\C-g": "hello"' 2>/dev/null
true
bind -s 2>/dev/null | grep hello
echo "$?"
## STDOUT:
"\C-g": "hello"
0
## END

#### printf with the time that the shell was started at
printf -v a '%(%s)T' -2
sleep 1.1
printf -v b '%(%s)T' -2
[ "$a" = "$b" ] && echo same
f() { /bin/true; printf "%d %(%s)T|%d\n" -2 -2 -2; }
f | while read -r x y; do echo "$x" $(( ${y%|*} - a )) "${y#*|}"; done
c=$(printf -- '%(%s)T' -2)
[ "$a" = "$c" ] && echo same
printf '%(%Y)T %% %(%s)T\n' -1 -2 | wc -w
## STDOUT:
same
-2 0 -2
same
3
## END
