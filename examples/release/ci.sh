#!/usr/bin/env bash
# What CI does with this small library, one subcommand a job; the same on a developer's machine.
#
#   ci.sh lint                     syntax, white space and headers of every source
#   ci.sh test [PATTERN]           runs tests/*.test.sh and prints TAP
#   ci.sh version [--next PART]    the version, or the next one (PART: major, minor or patch)
#   ci.sh notes [VERSION]          the release notes of a version, from CHANGELOG.md
#   ci.sh package                  a reproducible tarball with checksums in out/
#   ci.sh verify                   checks out/ against its checksums
#   ci.sh all                      all of it, with a summary
#   ci.sh help
set -euo pipefail
shopt -s nullglob

export LC_ALL=C TZ=UTC
PROJECT=strings
OUT=${CI_OUT:-out}
SOURCE_DATE=${SOURCE_DATE:-2026-01-01}
cd -- "$(dirname -- "$0")"

if [[ -n ${CI_GROUPS:-} ]]; then
  group() { echo "::group::$1"; }
  endgroup() { echo '::endgroup::'; }
else
  group() { echo "--- $1"; }
  endgroup() { :; }
fi

die() {
  local status=1
  if [[ $1 == -s ]]; then
    status=$2
    shift 2
  fi
  printf 'ci: %s\n' "$*" >&2
  exit "$status"
}

need() {
  local program missing=()
  for program; do
    command -v "$program" > /dev/null 2>&1 || missing+=("$program")
  done
  ((${#missing[@]} == 0)) || die -s 69 "needs ${missing[*]}"
}

read_version() {
  local version
  read -r version < VERSION || die "VERSION is empty"
  if [[ ! $version =~ ^([0-9]+)\.([0-9]+)\.([0-9]+)$ ]]; then
    die "VERSION is not MAJOR.MINOR.PATCH: $version"
  fi
  printf '%s\n' "$version"
}

lint_file() {
  local file=$1 problems=0
  if ! bash -n "$file" 2> "$OUT/lint.err"; then
    sed "s|^$file: |  |" "$OUT/lint.err"
    problems=$((problems + 1))
  fi
  if grep -nE '[[:blank:]]+$' "$file" > "$OUT/lint.err"; then
    sed 's/:.*/: white space at the end/; s/^/  line /' "$OUT/lint.err"
    problems=$((problems + 1))
  fi
  case $(head -n 1 "$file") in
    '#!/bin/sh' | '#!/usr/bin/env bash') ;;
    '# shellcheck shell='*) ;;
    *)
      echo "  no interpreter named in line 1"
      problems=$((problems + 1))
      ;;
  esac
  return $((problems > 0))
}

cmd_lint() {
  local file failed=0
  mkdir -p "$OUT"
  for file in src/*.sh tests/*.sh; do
    if lint_file "$file"; then
      echo "ok   $file"
    else
      echo "FAIL $file"
      failed=$((failed + 1))
    fi
  done
  rm -f "$OUT/lint.err"
  ((failed == 0)) || die "$failed files have problems"
}

cmd_test() {
  local pattern=${1:-} number=0 failed=0 file log
  local -a files=(tests/*"$pattern"*.test.sh)
  ((${#files[@]} > 0)) || die "no test matches '$pattern'"
  mkdir -p "$OUT"
  echo "1..${#files[@]}"
  for file in "${files[@]}"; do
    number=$((number + 1))
    log=$OUT/$(basename "$file" .sh).log
    if sh "$file" > "$log" 2>&1; then
      echo "ok $number - ${file#tests/}"
    else
      echo "not ok $number - ${file#tests/} (status $?)"
      sed 's/^/# /' < "$log"
      failed=$((failed + 1))
    fi
  done
  [[ $failed -eq 0 ]]
}

cmd_version() {
  local version major minor patch
  version=$(read_version)
  if [[ ${1:-} != --next ]]; then
    echo "$version"
    return
  fi
  IFS=. read -r major minor patch <<< "$version"
  case ${2:-patch} in
    major) echo "$((major + 1)).0.0" ;;
    minor) echo "$major.$((minor + 1)).0" ;;
    patch) echo "$major.$minor.$((patch + 1))" ;;
    *) die -s 64 "no such part of a version: $2" ;;
  esac
}

cmd_notes() {
  local version=${1:-$(read_version)} notes
  notes=$(awk -v want="## $version" '
    $0 == want || index($0, want " ") == 1 { found = 1; next }
    /^## / { found = 0 }
    found' CHANGELOG.md)
  [[ -n $notes ]] || die "CHANGELOG.md says nothing of $version"
  printf '%s\n' "$notes" | sed -e '/./,$!d'
}

cmd_package() {
  local version name
  version=$(read_version)
  name=$PROJECT-$version
  rm -rf "${OUT:?}/$name"
  mkdir -p "$OUT/$name"
  cp src/*.sh VERSION CHANGELOG.md "$OUT/$name/"
  { echo "# $name"; cmd_notes "$version"; } > "$OUT/$name/NOTES"
  (cd "$OUT" && tar --sort=name --mtime="$SOURCE_DATE" --owner=0 --group=0 --numeric-owner --mode=u=rw,go=r,a+X -cf - "$name") |
    gzip -9n > "$OUT/$name.tar.gz"
  (cd "$OUT" && sha256sum "$name.tar.gz" > SHA256SUMS)
  rm -rf "${OUT:?}/$name"
  echo "$OUT/$name.tar.gz"
}

cmd_verify() {
  [[ -f $OUT/SHA256SUMS ]] || die "nothing is packaged"
  (cd "$OUT" && sha256sum --check --quiet SHA256SUMS) || die "checksums differ"
  tar -tzf "$OUT/$PROJECT-$(read_version).tar.gz" | sed 's/^/  /'
}

cmd_all() {
  local job status
  local -A outcome=()
  for job in lint test package verify; do
    group "$job"
    status=0
    # Each job in a shell of its own: its exit must not be ours.
    bash "$0" "$job" || status=$?
    outcome[$job]=$status
    endgroup
  done
  echo
  for job in lint test package verify; do
    printf '%-8s %s\n' "$job" "$([[ ${outcome[$job]} == 0 ]] && echo passed || echo "failed (${outcome[$job]})")"
  done
  [[ "${outcome[*]}" != *[1-9]* ]]
}

need awk sed tar gzip sha256sum
command=${1:-help}
(($# == 0)) || shift
case $command in
  lint) cmd_lint "$@" ;;
  test) cmd_test "$@" ;;
  version) cmd_version "$@" ;;
  notes) cmd_notes "$@" ;;
  package) cmd_package ;;
  verify) cmd_verify ;;
  all) cmd_all ;;
  help | -h | --help)
    while IFS= read -r line; do
      [[ $line == '#'* ]] || break
      case $line in '#!'*) continue ;; esac
      line=${line#'#'}
      printf '%s\n' "${line# }"
    done < "$0"
    ;;
  *) die -s 64 "no such command: $command (try help)" ;;
esac
