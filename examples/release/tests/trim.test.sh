#!/bin/sh
. src/strings.sh
[ "$(trim '  a b ')" = 'a b' ] && [ "$(trim '')" = '' ]
