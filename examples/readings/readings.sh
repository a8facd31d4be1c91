#!/usr/bin/env bash
# Nightly: takes in one day's readings of the weather stations, files hourly means, warns of gales, keeps some days.
#
# usage: readings.sh [-d DAY] [-g METRES] [-k DAYS] [-nv] [STATION]...
#   -d DAY     the day to take in (YYYY-MM-DD; default: the last below data/)
#   -g METRES  a wind of so many m/s is a gale (default 20)
#   -k DAYS    archives to keep (default 2)
#   -n         write nothing but the summary
#   -v         say what is done
# status: 0 all well, 3 there were gales, 4 some station's file is no good, 64 wrong usage
set -euo pipefail
export LC_ALL=C TZ=UTC0

cd "$(dirname "${BASH_SOURCE[0]}")"
readonly out=out
gale=20 keep=2 day='' dry_run='' verbose=''
declare -a bad=()
declare -A mean=()
gales=0

usage() {
  sed -n 's/^# \{0,1\}//; 2,10p' "$0" >&2
  exit 64
}

say() {
  [[ -n $verbose ]] || return 0
  printf 'readings: %s\n' "$*"
}

# The days below data/, one a line, oldest first.
days() {
  local entry
  for entry in data/*/; do
    entry=${entry%/}
    printf '%s\n' "${entry##*/}"
  done | sort
}

cleanup() {
  local status=$?
  trap - EXIT
  [[ -z ${work:-} ]] || rm -rf -- "$work"
  say "ended with status $status"
  exit "$status"
}

# take_in FILE: checks a station's file and files what is usable of it.
take_in() {
  local file=$1 name rows
  name=$(basename "$file" .csv)
  if ! ./check.sh "$file"; then
    bad+=("$name")
    return 0
  fi
  ./clean.sh < "$file" | ./hourly.sh "$name" | sort -t , -k 2,2 > "$work/$name.hourly"
  rows=$(wc -l < "$work/$name.hourly")
  mean[$name]=$(awk -F , '{ sum += $3 } END { printf "%.2f", NR ? sum / NR : 0 }' "$work/$name.hourly")
  say "$name: $((rows)) hours, mean ${mean[$name]}"
}

# find_gales: appends every gale to the day's list.
find_gales() {
  local station hour celsius wind
  while IFS=, read -r station hour celsius wind; do
    if awk -v w="$wind" -v g="$gale" 'BEGIN { exit !(w >= g) }'; then
      gales=$((gales + 1))
      printf '%s %s %s m/s\n' "$hour" "$station" "$wind" >> "$work/gales"
    fi
  done < <(cat "$work"/*.hourly 2> /dev/null)
}

summary() {
  local station
  cat << END
Readings of $day
$(printf '%.0s=' {1..22})
stations ${#mean[@]}, without a usable file ${#bad[@]}, gales $gales

station    mean °C
END
  for station in $(printf '%s\n' "${!mean[@]}" | sort); do
    printf '%-10s %7s\n' "$station" "${mean[$station]}"
  done
  if [[ -s $work/gales ]]; then
    printf '\ngales (from %s m/s)\n' "$gale"
    sort "$work/gales"
  fi
  if ((${#bad[@]})); then
    printf '\nno good: %s\n' "${bad[*]}"
  fi
}

# Only the newest archives stay.
rotate() {
  local archive kept=0
  while read -r archive; do
    kept=$((kept + 1))
    ((kept > keep)) || continue
    say "dropping $archive"
    rm -f -- "$archive"
  done < <(find "$out" -maxdepth 1 -name 'readings-*.tar.gz' | sort -r)
}

while getopts ':d:g:k:nv' option; do
  case $option in
    d) day=$OPTARG ;;
    g) gale=$OPTARG ;;
    k) keep=$OPTARG ;;
    n) dry_run=yes ;;
    v) verbose=yes ;;
    :) echo "readings: -$OPTARG needs a value" >&2; usage ;;
    *) echo "readings: no such option: -$OPTARG" >&2; usage ;;
  esac
done
shift $((OPTIND - 1))
[[ $keep =~ ^[1-9][0-9]*$ ]] || usage
: "${day:=$(days | tail -n 1)}"
[[ -d data/$day ]] || { echo "readings: there is no data/$day" >&2; exit 64; }

mkdir -p "$out"
work=$out/work.$day
trap cleanup EXIT
trap 'echo "readings: interrupted" >&2; exit 130' INT TERM
rm -rf "$work" && mkdir "$work"

say "taking in $day"
for file in "data/$day"/*.csv; do
  station=${file##*/} station=${station%.csv}
  if (($# > 0)) && ! printf '%s\n' "$@" | grep -x "$station" >/dev/null; then
    say "leaving out $station"
    continue
  fi
  take_in "$file"
done
find_gales
summary > "$work/summary.txt"
cat "$work/summary.txt"

if [[ -z $dry_run ]]; then
  (
    cd "$work"
    tar --sort=name --owner=0 --group=0 --numeric-owner --mtime="$day 00:00" --mode=a=r -cf - ./*.hourly summary.txt
  ) | gzip -n > "$out/readings-$day.tar.gz"
  rotate
fi

if ((${#bad[@]} > 0)); then
  exit 4
elif ((gales > 0)); then
  exit 3
fi
