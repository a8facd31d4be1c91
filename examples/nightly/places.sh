#!/bin/bash
# places.sh TABLE: latitude and name of each zone's principal place, from south to north. (ISO 6709: ±DDMM or ±DDMMSS.)
grep -v '^#' "$1" |
  awk -F '\t' '{ match($2, /^[-+][0-9]+/); d = substr($2, 2, RLENGTH - 1)
                 printf "%s%.2f\t%s\n", substr($2, 1, 1), substr(d, 1, 2) + substr(d, 3, 2) / 60 + substr(d, 5, 2) / 3600, $3 }' |
  sort -k1,1g
