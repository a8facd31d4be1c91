#!/bin/bash
# Nightly: checks a new edition of the time zone tables, reports what changed since the last one, and files the result.
#
# usage: nightly.sh [NEW [OLD]]         editions below data/
# status: 0 nothing of note, 3 zones were removed and somebody should look, 1 an input is broken
set -euo pipefail
export LC_ALL=C
umask 022

cd "$(dirname "$0")"
new=${1:-2025b} old=${2:-2020a}
out=out/$new
failures=0
declare -A title=([added]='new zones' [removed]='zones that are gone')

log() { printf '%-10s %s\n' "$1" "$2"; }
rows() { grep -v '^#' "$1" || true; }
finish() {
  local status=$?
  rm -rf "$out/tmp"
  log finished "status $status"
}
trap finish EXIT

log started "tables $new, compared with $old"
rm -rf "$out"
mkdir -p "$out/tmp" "$out/regions"

# 1. The inputs must be there and in order before anything is made of them.
for table in "data/$new/zone1970.tab" "data/$new/iso3166.tab" "data/$old/zone1970.tab"; do
  if [[ ! -r $table ]]; then
    log missing "$table"
    failures=$((failures + 1))
    continue
  fi
  case $table in
    */iso3166.tab) fields=2 ;;
    *) fields=3 ;;
  esac
  ./check-table.sh "$table" "$fields" || failures=$((failures + 1))
done
if ((failures > 0)); then
  echo "$failures inputs are broken" >&2
  exit 1
fi

# 2. One sorted list of zones for each edition, and what is in only one of them.
for edition in "$old" "$new"; do
  rows "data/$edition/zone1970.tab" | cut -f 3 | sort > "$out/tmp/$edition.zones"
done
comm -13 "$out/tmp/$old.zones" "$out/tmp/$new.zones" > "$out/added"
comm -23 "$out/tmp/$old.zones" "$out/tmp/$new.zones" > "$out/removed"
for change in added removed; do
  log "$change" "$(wc -l < "$out/$change" | tr -d ' ') ${title[$change]}"
done

# 3. Zones by region, one file each.
while read -r region; do
  grep "^$region/" "$out/tmp/$new.zones" > "$out/regions/$region"
done < <(cut -d / -f 1 "$out/tmp/$new.zones" | uniq)
wc -l "$out"/regions/* | awk '$2 != "total" { sub(".*/", "", $2); printf "%4d  %s\n", $1, $2 }' | sort -k1,1nr -k2 > "$out/tmp/regions"

# 4. Countries with the most zones, with their names.
rows "data/$new/zone1970.tab" |
  awk -F '\t' '{ n = split($1, code, ","); for (i = 1; i <= n; i++) print code[i] }' |
  sort | uniq -c | sort -k1,1nr -k2 | head -n 5 > "$out/tmp/countries" || true
declare -A country=()
while IFS=$'\t' read -r code name; do
  country[$code]=$name
done < <(rows "data/$new/iso3166.tab")

# 5. The principal places farthest north and south.
./places.sh "data/$new/zone1970.tab" > "$out/tmp/places"
south=$(head -n 1 "$out/tmp/places")
north=$(tail -n 1 "$out/tmp/places")

# 6. Leap seconds so far.
leaps=$(awk '$1 == "Leap" && $6 == "+"' "data/$new/leapseconds" | tee "$out/tmp/leaps" | wc -l)
last=$(tail -n 1 "$out/tmp/leaps" | awk '{ print $4, $3, $2 }')

{
  cat <<EOF
Time zones, edition $new
========================
$(wc -l < "$out/tmp/$new.zones" | tr -d ' ') zones; $((leaps)) leap seconds, the last on $last
northernmost: ${north#*$'\t'} at ${north%%$'\t'*}
southernmost: ${south#*$'\t'} at ${south%%$'\t'*}

By region
EOF
  cat "$out/tmp/regions"
  printf '\nCountries with the most\n'
  while read -r count code; do
    printf '%4d  %s (%s)\n' "$count" "${country[$code]}" "$code"
  done < "$out/tmp/countries"
  for change in added removed; do
    printf '\n%s since %s\n' "${title[$change]^}" "$old"
    sed 's/^/  /' "$out/$change"
  done
} > "$out/report.txt"
log written "$out/report.txt, $(wc -l < "$out/report.txt" | tr -d ' ') lines, $(cksum < "$out/report.txt" | cut -d ' ' -f 1)"

head -n 12 "$out/report.txt"
if [[ -s $out/removed ]]; then
  exit 3
fi
