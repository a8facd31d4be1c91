# What the random scripts of test/property found, shrunk.

#### positional parameters after a pipeline
echo x | cat
echo $#
## STDOUT:
x
0
## END

#### loop variable in a pipeline of the body
for i in a b; do echo $i | cat; done
## STDOUT:
a
b
## END

#### positional parameters after a pipeline of a builtin reader
b=x
echo "$b" | cat
! true || [[ -v b ]]
echo "end $? $#"
## STDOUT:
x
end 0 0
## END
