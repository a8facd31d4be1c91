#!/bin/bash
# backup.sh: incremental copies of some folders, rotated as grandfathers, fathers and sons.
#
# usage: backup.sh [-c CONFIG] [-t DATE] [-f] [-q] [backup|list|prune|restore ARCHIVE DIRECTORY]
#   -c CONFIG  NAME=VALUE lines (default: backup.conf)
#   -t DATE    today (YYYY-MM-DD, for tests; default: the clock)
#   -f         a full copy, whatever the day
#   -q         only errors
set -o errexit -o nounset -o pipefail
cd "$(dirname "$0")"
. ./lib/log.sh
source lib/days.sh

CONFIG=backup.conf
TODAY=
FULL=0
LOCK=
umask 027

# Settings are read, not run.
load_config() {
  local line key value number=0
  [ -r "$CONFIG" ] || fatal "cannot read $CONFIG"
  while IFS= read -r line || [ -n "$line" ]; do
    number=$((number + 1))
    line=${line%%#*}
    line=${line%"${line##*[![:space:]]}"}
    [ -n "$line" ] || continue
    key=${line%%=*}
    value=${line#*=}
    case $key in
      STORE | SOURCES | KEEP_DAILY | KEEP_WEEKLY | KEEP_MONTHLY) printf -v "$key" '%s' "$value" ;;
      *) fatal "$CONFIG:$number: no such setting: $key" ;;
    esac
  done < "$CONFIG"
}

lock() {
  mkdir -p "$STORE"
  if ! mkdir "$STORE/.lock" 2> /dev/null; then
    fatal "another backup is under way ($STORE/.lock)"
  fi
  LOCK=$STORE/.lock
}

unlock() {
  if [ -n "$LOCK" ]; then
    rmdir "$LOCK"
    LOCK=
  fi
}

# The kind of a day: monthly on the first, weekly on Sundays, daily otherwise.
kind_of() {
  if [ "${1##*-}" = 01 ]; then
    echo monthly
  elif [ "$(weekday "$1")" -eq 7 ]; then
    echo weekly
  else
    echo daily
  fi
}

archives() {
  local kind=$1
  find "$STORE" -maxdepth 1 -type f -name "*.$kind.tar.gz" | sort -r
}

backup() {
  local kind archive source newer=()
  local -a files=()
  kind=$(kind_of "$TODAY")
  [ "$FULL" -eq 0 ] || kind=monthly
  archive=$STORE/$TODAY.$kind.tar.gz
  [ ! -e "$archive" ] || fatal "$archive is there already"
  if [ "$kind" = daily ] && [ -e "$STORE/.stamp" ]; then
    newer=(-newer "$STORE/.stamp")
  fi
  for source in $SOURCES; do
    if [ ! -d "$source" ]; then
      warn "no folder $source"
      continue
    fi
    while IFS= read -r -d '' file; do
      files+=("$file")
    done < <(find "$source" -type f ${newer[@]+"${newer[@]}"} ! -name '*.tmp' -print0 | sort -z)
  done
  if [ ${#files[@]} -eq 0 ]; then
    log "nothing new for $kind"
    return
  fi
  printf '%s\0' "${files[@]}" |
    tar --null -T - --mtime="$TODAY" --owner=0 --group=0 --numeric-owner --mode=u=rw,go=r -cf - |
    gzip -n > "$archive.part" || fatal "tar failed"
  mv "$archive.part" "$archive"
  touch -d "$TODAY" "$STORE/.stamp"
  (cd "$STORE" && cksum "${archive##*/}") >> "$STORE/index"
  log "$(printf '%s: %d files' "${archive##*/}" "${#files[@]}")"
}

# prune: keeps the newest of each kind.
prune() {
  local kind keep old
  for kind in daily weekly monthly; do
    case $kind in
      daily) keep=$KEEP_DAILY ;;
      weekly) keep=$KEEP_WEEKLY ;;
      monthly) keep=$KEEP_MONTHLY ;;
    esac
    archives "$kind" | tail -n +"$((keep + 1))" | while read -r old; do
      log "dropping ${old##*/}"
      rm -f "$old"
    done
  done
  if [ -f "$STORE/index" ]; then
    while read -r sum size name; do
      [ ! -e "$STORE/$name" ] || echo "$sum $size $name"
    done < "$STORE/index" > "$STORE/index.new"
    mv "$STORE/index.new" "$STORE/index"
  fi
}

list() {
  local archive age
  { archives daily; archives weekly; archives monthly; } | sort | while read -r archive; do
    archive=${archive##*/}
    age=$(days_between "${archive%%.*}" "$TODAY")
    printf '%-28s %4d days\n' "$archive" "$age"
  done
}

restore() {
  local archive=$STORE/$1.tar.gz target=$2 sum size rest
  [ -r "$archive" ] || fatal "no archive $1"
  read -r sum size rest <<< "$(grep " $1.tar.gz\$" "$STORE/index" || true)"
  [ "$(cksum < "$archive")" = "$sum $size" ] || fatal "$1 is damaged"
  mkdir -p "$target"
  tar -xzf "$archive" -C "$target"
  log "restored $(tar -tzf "$archive" | wc -l | tr -d ' ') files to $target"
}

while getopts c:t:fq option; do
  case "$option" in
    c) CONFIG=$OPTARG ;;
    t) TODAY=$OPTARG ;;
    f) FULL=1 ;;
    q) LOG_LEVEL=1 ;;
    *) exit 64 ;;
  esac
done
shift "$((OPTIND - 1))"
TODAY=${TODAY:-$(date +%F)}
load_config
trap unlock EXIT

case "${1:-backup}" in
  backup)
    lock
    backup
    prune
    ;;
  prune) lock; prune ;;
  list) list ;;
  restore)
    [ $# -eq 3 ] || fatal "restore ARCHIVE DIRECTORY"
    restore "$2" "$3"
    ;;
  *) fatal "no such command: $1" ;;
esac
