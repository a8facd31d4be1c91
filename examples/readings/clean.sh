#!/bin/sh
# clean.sh: readings from standard input without comments, gaps and impossible values.
awk -F , '/^#/ || $2 == "" { next } $2 > 60 || $2 < -60 || $3 < 0 { next } { print }'
