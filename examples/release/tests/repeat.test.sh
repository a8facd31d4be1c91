#!/bin/sh
. src/strings.sh
[ "$(repeat ab 3)" = ababab ] && [ -z "$(repeat ab 0)" ]
