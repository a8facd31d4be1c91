#!/bin/sh
# check.sh FILE: fails, and says why, where a file is not a day of readings.
set -eu
lines=$(grep -c '^[0-9][0-9]:[0-9][0-9],' "$1" || :)
case $(head -n 1 "$1") in
  '# station '*) ;;
  *) echo "check: $1 has no header" ; exit 1 ;;
esac
[ "$lines" -ge 12 ] || { echo "check: $1 has only $lines readings"; exit 1; }
