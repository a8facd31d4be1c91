#!/bin/sh
# hourly.sh STATION: one line an hour: station,hour,celsius,wind.
while IFS=, read -r time celsius wind; do
  printf '%s,%s,%s,%s\n' "$1" "${time%%:*}" "$celsius" "$wind"
done
