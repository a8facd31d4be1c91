#!/bin/sh
. src/strings.sh
got=$(join , a '' b)
echo "got $got"
[ "$got" = a,,b ]
